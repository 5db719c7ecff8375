/* town/inner/read.h — the files that belong to the town itself: town.yaml, calendar.csv. */
#pragma once
#include "town/town.h"

/* Fills code, names, hours, limits, fallback … Returns ERR_BAD when there is no usable code. Findings: yaml.parse,
 * town.value (a value that does not read), town.key-unknown, town.limit-source, town.limit-review (warnings). */
int read_town_yaml(struct town *, struct str text, struct findings *);
/* After the orgs. Findings: calendar.date, calendar.work, calendar.org-unknown, calendar.twice. */
void read_calendar(struct town *, struct str text, struct findings *);
/* What a duty row may ask of an organisation of this town. */
struct duty_orgs town_duty_orgs(const struct town *);
/* Limits that procedures may name and that stand in when the town set none (a warning says so). */
const struct town_limit *default_limit(struct str id);
