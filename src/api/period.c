#include "api/period.h"

void view_period(struct request *req, struct day *ret_from, struct day *ret_to)
{
        const struct values *q = &req->query;
        *ret_to = value_given(q, PERIOD_TO) ? value_day(q, PERIOD_TO) : instant_day(req->ctx.now);
        *ret_from = value_given(q, PERIOD_FROM) ? value_day(q, PERIOD_FROM) : (struct day){ ret_to->n - 30 };
}

static const struct member cell_members[] = {
        { .name = "key", .type = FIELD_STR },
        { .name = "cells", .type = FIELD_INT, .help = { "几格合在一行", "How many cells this row adds up" } },
        { .name = "withheld", .type = FIELD_BOOL, .help = { "人数太少，不给数", "Too few stand behind it: no figures" } },
        { 0 },
};
const struct shape cell_shape = { NULL, cell_members, NULL };

int view_cell_reader(struct request *req, struct cell_reader *ret)
{
        *ret = (struct cell_reader){ .login = req->who.by == CRED_COOKIE ? req->who.login : STR(""), .scopes = &req->who.scopes,
                                     .on = instant_day(req->ctx.now) };
        return house_town(req, &ret->town);
}
