/* api/standing.h — standing problems as JSON, for the route and the report. */
#pragma once
#include "api/house.h"
#include "insight/standing.h"

/* {"items":[…with measure…],"comes_back":[…]} */
void standing_view_all(struct json *, const struct town *, const struct standings *, const struct standing_figures *);
