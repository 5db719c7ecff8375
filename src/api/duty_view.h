/* api/duty_view.h — the roster and leaves: as JSON, as a page to print. For staff: names in full, days only, no reasons. */
#pragma once
#include <stdio.h>
#include "api/house.h"
#include "people/leave.h"
#include "people/swap.h"

extern const struct shape roster_shape, swap_shape, leave_shape;
/* {"from","to","now":{"leader","officer"},"shifts":[{"date","shift","from","to","leader","officers":[…],
 * "swaps":[{"from","to","leads","why","approved_by"}]}]}: from whose turn it was, to who has it now */
void roster_view(struct json *, const struct town *, const struct leaves *, struct day from, struct day to, struct instant now);
/* An HTML page with one table. */
void roster_page(struct buf *, const struct town *, const struct leaves *, struct day from, struct day to, enum lang);
/* "leader 张三 / officers 李四, 王五 (away)" */
void roster_names(FILE *, const struct town *, const struct leaves *, const struct shift *, enum lang);
/* {"items":[{"id","date","shift","leads","asker","with","back","reason","state","ruled_by","at"}]} */
void swaps_view(struct json *, const struct town *, const struct swaps *);
/* {"items":[{"id","login","name","since","until"}]} */
void leaves_view(struct json *, const struct town *, const struct leaves *);
