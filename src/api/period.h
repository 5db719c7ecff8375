/* api/period.h — what figures are asked by: from, to, by whom. */
#pragma once
#include "api/house.h"
#include "insight/cells.h"

enum { PERIOD_FROM, PERIOD_TO, PERIOD_BY, PERIOD_FIELDS };
#define FIELDS_OF_PERIOD                                                                                                                  \
        [PERIOD_FROM] = { .name = "from", .type = FIELD_DAY, .help = { "第一天，默认 30 天前", "First day; 30 days ago by default" } },      \
        [PERIOD_TO] = { .name = "to", .type = FIELD_DAY, .help = { "最后一天，默认今天", "Last day; today by default" } }

void view_period(struct request *, struct day *ret_from, struct day *ret_to);
/* The request's town and whoever is signed in; a key is nobody in person. */
int view_cell_reader(struct request *, struct cell_reader *ret);
