#include "people/audit.h"
#include "people/inner/page.h"
#include "people/people_sql.h"

struct str actor_text(struct arena *a, struct actor actor)
{
        switch (actor.kind) {
        case ACTOR_PUBLIC:
                return STR("public");
        case ACTOR_REPORTER:
                return actor.name.n ? str_printf(a, "reporter:" STR_FMT, STR_ARG(actor.name)) : STR("reporter");
        case ACTOR_STAFF:
                return str_printf(a, "staff:" STR_FMT, STR_ARG(actor.name));
        case ACTOR_KEY:
                return str_printf(a, "key:" STR_FMT, STR_ARG(actor.name));
        case ACTOR_SYSTEM:
                return STR("system");
        case ACTOR_TOWN:
                return str_printf(a, "town:" STR_FMT, STR_ARG(actor.name));
        }
        BUG("no such kind of actor");
}

int audit_add(struct ctx *ctx, const char *act, struct str subject, bool done)
{
        struct sql_people_audit_add_in in = { .town = ctx->town,
                                              .id = id_next(ctx->ids, ctx->now),
                                              .at = ctx->now,
                                              .actor = actor_text(ctx->arena, ctx->actor),
                                              .act = str_of(act),
                                              .subject = subject.n > 0 ? subject : STR(""),
                                              .done = done };
        return sql_people_audit_add(ctx->tx, &in, NULL);
}

int audit_list(struct ctx *ctx, int64_t before, int max, struct audit_rows *ret)
{
        struct sql_people_audit_list_in in = { .town = ctx->town, .before = before, .max = page_of(max) };
        struct sql_people_audit_list_rows rows;
        int rc = sql_people_audit_list(ctx->tx, ctx->arena, &in, &rows);
        if (rc != OK)
                return rc;
        *ret = (struct audit_rows){ arena_array(ctx->arena, struct audit_row, rows.n), rows.n };
        for (size_t i = 0; i < rows.n; i++)
                ret->row[i] = (struct audit_row){ rows.row[i].id,  rows.row[i].at,      rows.row[i].actor,
                                                  rows.row[i].act, rows.row[i].subject, rows.row[i].done };
        return OK;
}

int audit_over(struct ctx *ctx, struct instant before, int64_t *ret_n)
{
        struct sql_people_audit_over_row row;
        int rc = sql_people_audit_over(ctx->tx, ctx->arena, &(struct sql_people_audit_over_in){ ctx->town, id_floor(before) }, &row);
        if (rc == OK)
                *ret_n = row.looks + row.acts;
        return rc;
}

int audit_expire(struct ctx *ctx, struct instant before, int max, int64_t *ret_n)
{
        int64_t looks = 0, acts = 0;
        int rc = sql_people_look_expire(ctx->tx, &(struct sql_people_look_expire_in){ ctx->town, id_floor(before), max }, &looks);
        if (rc == OK)
                rc = sql_people_audit_expire(ctx->tx, &(struct sql_people_audit_expire_in){ ctx->town, id_floor(before), max }, &acts);
        if (rc == OK)
                *ret_n = looks + acts;
        return rc;
}
