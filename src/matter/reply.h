/* matter/reply.h — the reply to an order from upstream: the fields that the system demands, and the text ready to be pasted back.
 *
 * Taken from the matter as it stands, in the order of upstreams.yaml. Nothing of the reporter's contact is in it: upstream has that, and
 * mobile and citizens' numbers in the unit's words are hidden (个人信息保护法 第六条). What is demanded and not there yet is named, never
 * made up; a value that is too long is named too, never cut.
 */
#pragma once
#include "matter/files.h"

enum reply_fault { REPLY_FINE, REPLY_MISSING, REPLY_TOO_LONG };
struct reply_field {
        const struct upstream_field *as;
        struct str value;              /* "" = not there */
        enum reply_fault fault;
};
struct reply {
        const struct upstream *up;
        struct reply_field *field;
        size_t n, faults;
        struct str text;               /* the template filled in, also where something is missing */
};
/* ERR_NONE when the matter came with no order, ERR_UNKNOWN naming "system" when the town no longer names its system. */
int reply_make(struct ctx *, const struct town *, const struct matter *, struct reply *ret);

/* The files that go with it: put to an answer of this round by the unit, which the reporter sees too, and not erased. Nothing that the reporter
 * sent, and nothing that somebody keeps for the office. */
int reply_files(struct ctx *, const struct town *, const struct matter *, struct matter_file_rows *ret);

/* Pure: mobile numbers (11 digits from 13 to 19) as 138****1234, citizens' numbers (17 digits and a check character, GB 11643) wholly
 * starred; other numbers stay. */
struct str reply_hide_numbers(struct arena *, struct str text);
