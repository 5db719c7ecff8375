/* base/inner/holidays.h — the State Council's notices, as made by tools/holidaygen.py from data/holidays. */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include "base/say.h"

struct holiday {
        int32_t day;  /* since 1970-01-01 */
        uint8_t work; /* 1 = worked instead (调休上班), 0 = off */
        uint8_t name; /* in holiday_names */
};
extern const struct holiday holidays[]; /* by day, each once */
extern const size_t holidays_n;
extern const struct say holiday_names[];
extern const int holidays_first, holidays_last; /* years with a notice, without a gap */
extern const char holidays_digest[];            /* 8 hexadecimal digits over all of it */
