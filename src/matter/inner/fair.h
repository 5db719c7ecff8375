/* matter/inner/fair.h — who is complained about, and who may therefore not handle it (回避, 信访工作条例 第三十条). */
#pragma once
#include "town/town.h"

/* The unit of a respondent, be it an org or a member of staff; NULL when there is none. */
const struct org *accused_org(const struct town *, struct str respondent);
/* Is @login the respondent, or of their unit or one below it, by staff.csv or by any post? */
bool kept_out(const struct town *, struct arena *, struct str login, struct day, struct str respondent);
/* Up the ladder from who holds it: posts of the units above, then the desk, then whoever leads the shift. False: nobody is left. */
struct matter;
bool ladder_next(struct ctx *, const struct town *, const struct matter *, struct post_choice *ret);
/* post_for, with nobody who is kept out: ERR_NONE then too. */
int fair_post(const struct town *, struct arena *, const struct post_query *, struct str respondent,
              struct post_choice *ret);
