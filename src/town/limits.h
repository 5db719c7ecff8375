/* town/limits.h — the limits that a town chose itself, each with source and review date. */
#pragma once
#include "base/day.h"
#include "base/due.h"
#include "base/str.h"

struct town_limit {
        struct str id; /* "sign", "contact", "answer_urgent", "statutory", ... */
        int32_t limit; /* > 0 */
        enum due_unit unit;
        bool roll;         /* a last day that is a rest day moves to the next working day (statutory) */
        struct str source; /* shown beside the deadline */
        struct day review; /* when the town looks at it again */
        int32_t line;
};
