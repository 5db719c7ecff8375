/* duty/diff.h — what changed between two versions of the duty lists, and who would lead now who did not before? */
#pragma once
#include "duty/lead.h"

enum duty_field {
        DUTY_FIELD_LIST,
        DUTY_FIELD_SUBJECT,
        DUTY_FIELD_TITLE,
        DUTY_FIELD_CONDITION,
        DUTY_FIELD_LEAD,
        DUTY_FIELD_ASSIST,
        DUTY_FIELD_PLACE,
        DUTY_FIELD_LIMIT,
        DUTY_FIELD_BASIS,
        DUTY_FIELD_SINCE,
        DUTY_FIELD_UNTIL,
        DUTY_FIELD_STAFF,
        DUTY_FIELD_CERTIFICATES,
        DUTY_FIELD_MONEY,
        DUTY_FIELDS
};
/* The column's name; limit stands for limit and unit. */
const char *duty_field_name(enum duty_field);

/* One row, known by its code. */
struct duty_change {
        uint32_t before, after; /* rows of the two versions; DUTY_NONE: added, or removed */
        uint32_t fields;        /* changed: bits 1 << enum duty_field */
};
struct duty_diff {
        struct duty_change *row; /* removed and changed in the order of the old file, then added in that of the new */
        uint32_t n, added, removed, changed;
};
/* The order of assists and of pairs in a condition is not a change. */
void duties_diff(struct arena *, const struct duties *before, const struct duties *after, struct duty_diff *ret);
