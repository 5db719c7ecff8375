/* base/due.h — until when? Deadlines of clocks, as a clerk counts them, and the count itself.
 *
 * Pure rules: no clock, no database. The caller passes all in and stores the answer.
 *
 * - Days and months: the start day is not counted (民法典 第二百零一条第一款). The deadline is the end of the last
 *   day, 23:59:59.999999 +08:00 (第二百零三条第二款, without the shorter office day).
 * - A month ends on the corresponding day, or on the month's last day if there is none (第二百零二条).
 * - Hours run from the start instant (第二百零一条第二款). Working hours run only while the office is open; a start
 *   outside office time begins with the next opening. Both are exact to the microsecond.
 * - Roll "statutory": a last day that is a rest day moves to the next working day (第二百零三条第一款). Day and month
 *   units only: a working day is never a rest day, and hours are not moved. A service limit does not roll unless set.
 * - Pauses are half-open, [from, to); those that touch or overlap count once. In hour units the exact time inside is
 *   left out. In day units a day is left out when the pause lasts over its end, so a pause from day F to day T
 *   leaves out F ... T-1; one given as instants leaves out a day for each midnight that it spans; and cutting
 *   a pause in two changes nothing. A month with pauses is as many days as it would have had without. A deadline
 *   never rolls onto a paused day.
 * - Provisional: a day that was counted, or the deadline, lies in a year whose holiday notice is not known.
 *   The caller computes again when calendar_version() has changed.
 */
#pragma once
#include "base/buf.h"
#include "base/calendar.h"

#define DUE_LIMIT_MAX 100000
#define DUE_PAUSES_MAX 64

enum due_unit { DUE_WORKDAY, DUE_DAY, DUE_MONTH, DUE_WORKHOUR, DUE_HOUR };
enum due_roll { DUE_ROLL_NONE, DUE_ROLL_STATUTORY };

/* "workday", "day", "month", "workhour", "hour". OK or ERR_TYPE. */
int due_unit_parse(struct str, enum due_unit *ret);
const char *due_unit_name(enum due_unit);
/* "个工作日", "working days" */
struct say due_unit_say(enum due_unit);
bool due_unit_is_hours(enum due_unit);
/* "none", "statutory". OK or ERR_TYPE. */
int due_roll_parse(struct str, enum due_roll *ret);

struct due_span {
        struct instant from, to; /* [from, to) */
};

/* What is asked. */
struct due_spec {
        struct instant start;         /* only its date matters for days and months */
        int32_t limit;                /* 1 ... DUE_LIMIT_MAX */
        enum due_unit unit;
        enum due_roll roll;
        const struct due_span *pause; /* any order */
        size_t n_pause;               /* <= DUE_PAUSES_MAX */
};

struct due {
        struct instant at;
        bool provisional;
};

/* A day or an instant as typed: a day is its first microsecond. OK or ERR_TYPE. */
int due_start_parse(struct str, struct instant *ret);
/* "FROM/TO", each a day or an instant. OK, ERR_TYPE, or ERR_RANGE when TO is before FROM. */
int due_pause_parse(struct str, struct due_span *ret);

/* The deadline. @hours may be NULL for the default and is read for DUE_WORKHOUR only.
 * OK; ERR_RANGE for a limit, start, pause or result outside the ranges (@err, may be NULL, names the field). */
int due_compute(const struct calendar *, const struct office_hours *hours, const struct due_spec *, struct due *ret,
                struct err *);

/* Alarms of a clock, in percent of its time. */
#define DUE_ALARMS 3
extern const int due_alarm_percent[DUE_ALARMS]; /* 50, 80, 100 */
/* The first instant at which @percent (1-100) of the clock's own time is used up; 100 is the deadline, rolled.
 * Hours: of the time that counts. Days: of the counted days, each lasting from 00:00 to 24:00, so half of five
 * working days is noon of the third, and four fifths the end of the fourth. As due_compute. */
int due_share(const struct calendar *, const struct office_hours *hours, const struct due_spec *, int percent,
              struct instant *ret, struct err *);

/* The latest day for something that must be done @n days (DUE_DAY or DUE_WORKDAY) before the day of an event:
 * never moved later. With @clear, n whole days lie between the two. OK; ERR_RANGE; ERR_TYPE for another unit. */
int due_before(const struct calendar *, struct day event, int32_t n, enum due_unit, bool clear, struct day *ret);

/* One date of the count. */
enum due_step_kind {
        DUE_STEP_START,      /* not counted */
        DUE_STEP_COUNTED,    /* the n-th day, or some hours */
        DUE_STEP_REST,       /* not a working day, or no office time left */
        DUE_STEP_PAUSED,
        DUE_STEP_ROLLED,     /* past the last day, on the way to the next working day */
        DUE_STEP_ROLLED_TO,  /* the working day where the roll ends */
};
struct due_step {
        struct day date;
        enum due_step_kind kind;
        bool counted;
        int32_t nth;         /* which counted day of the limit; 0 if not counted or in hours */
        int64_t us;          /* time counted on this date; hour units only */
        struct day_why day;  /* what the calendar says of it */
        struct say why;      /* one short sentence */
};
struct due_steps {
        struct due_step *row; /* from the start day to the day on which the time is used up */
        size_t n;
        struct due due;
        struct office_hours hours; /* those it was counted with */
};
/* The count date by date. As due_compute; texts live in the arena. */
int due_steps(struct arena *, const struct calendar *, const struct office_hours *hours, const struct due_spec *,
              struct due_steps *ret, struct err *);
/* Tells a clerk how the deadline came about, in lines of plain text; equal days run together. */
void due_explain(const struct calendar *, const struct due_spec *, const struct due_steps *, enum lang, struct buf *out);
