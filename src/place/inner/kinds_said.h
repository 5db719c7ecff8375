/* place/inner/kinds_said.h — what people call the kinds of public things, and the numbers on them.
 *
 * Kinds are the town's own codes; those of the sample and of the classes of city management (城市管理部件, GB/T 30428.2-2013) are
 * known by their common words. A kind that is not listed is found by its code's word: "bench 3". */
#pragma once
#include "base/str.h"

#define KINDS_SAID_MAX 4

struct numbered {
        const char *kind[KINDS_SAID_MAX]; /* codes that the word may mean */
        size_t n_kinds;
        int64_t number;
};
/* "3号灯杆", "灯杆3号", "路灯3", "lamp post 3" at the beginning of @rest, part of a form. Bytes taken, 0 = none. */
size_t kind_said_at(struct str rest, struct numbered *ret);
