/* base/day.h — days and instants.
 *
 * A day is a date of the proleptic Gregorian calendar in China Standard Time. An instant is a
 * point in time, in microseconds. China has one zone, UTC+8, and no daylight saving since 1991.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "base/str.h"

struct day { int32_t n; };        /* days since 1970-01-01; DAY_NONE = not known / open */
struct instant { int64_t us; };   /* microseconds since 1970-01-01T00:00:00Z */

#define DAY_NONE ((struct day){ INT32_MIN })
#define INSTANT_NONE ((struct instant){ INT64_MIN })
#define US_PER_SECOND INT64_C(1000000)
#define US_PER_MINUTE (60 * US_PER_SECOND)
#define US_PER_HOUR (3600 * US_PER_SECOND)
#define US_PER_DAY (86400 * US_PER_SECOND)
#define CST_OFFSET_US (8 * US_PER_HOUR)

static inline bool day_is_none(struct day d) { return d.n == INT32_MIN; }
static inline bool instant_is_none(struct instant t) { return t.us == INT64_MIN; }

/* "YYYY-MM-DD", years 1900-2199, a date that exists. OK or ERR_TYPE. */
int day_parse(struct str, struct day *ret);
/* false if it does not exist */
bool day_make(int year, int month, int dom, struct day *ret);
void day_split(struct day, int *ret_year, int *ret_month, int *ret_dom);
int day_weekday(struct day); /* 0 = Monday ... 6 = Sunday */
/* 11 bytes with NUL. Returns out. */
char *day_format(struct day, char out[static 11]);

/* RFC 3339 with a zone ("2026-11-23T09:00:00+08:00", "...Z", fraction up to 6 digits), or
 * "YYYY-MM-DD HH:MM[:SS]" / "YYYY-MM-DDTHH:MM[:SS]" without zone, read as China time. OK or ERR_TYPE. */
int instant_parse(struct str, struct instant *ret);
/* RFC 3339 with +08:00, microseconds only when not zero. 33 bytes with NUL. Returns out. */
char *instant_format(struct instant, char out[static 40]);
struct day instant_day(struct instant);          /* its date in China */
int64_t instant_us_of_day(struct instant);       /* microseconds since that day's midnight in China */
struct instant day_start(struct day);            /* 00:00:00 +08:00 */
struct instant day_end(struct day);              /* 23:59:59.999999 +08:00 */
