/* procedure/clocks.h — the clocks of one matter: kept as one short text in its row, fired in order.
 *
 * A clock starts once, runs beside the others and is stopped by what people do, never by being ignored: it fires at
 * the shares of its time that the procedure names (50, 80, 100 %), once each, and the last takes the matter up.
 * All instants are worked out when a clock starts, so that asking "what is due next" needs no calendar. A clock that somebody
 * paused or extended is counted anew from its own start, with what was left out and what was added; one that has run out stays so.
 *
 * The text (at most CLOCKS_TEXT_MAX bytes, ASCII, equal sets give equal bytes) is "1" and then for each clock ";" and
 *   code|kind|limit|unit|roll|started|due|provisional|level|stopped|source|percent:instant,percent:instant…
 * and for one that was paused or extended also "|" with the units added, "|" and its pauses: from:to,from:to…
 * kind is g (stage), t (task), s, c, p, l (law); unit w (working day), d, m, o (office hour), h; roll 0 or 1; provisional 0 or 1;
 * instants are microseconds since 1970 in decimal, stopped empty while it runs; source is t:ID for a limit of town.yaml
 * d:CODE for a duty row, or u:CODE for an order of that upstream system; the percentages are those below 100 (100 is due). "1" alone is the empty set, and so is "".
 */
#pragma once
#include "base/due.h"
#include "procedure/step.h"

#define CLOCKS_TEXT_MAX 9216
#define CLOCK_PAUSES_MAX 4 /* of one clock */

/* A limit of town.yaml, the row of a duty list, or what an upstream order says. */
enum clock_from { CLOCK_FROM_TOWN, CLOCK_FROM_DUTY, CLOCK_FROM_ORDER };
struct clock_share {
        int32_t percent;
        struct instant at;
};
struct clock {
        struct str code; /* of the procedure; a view */
        enum clock_kind kind;
        int32_t limit;
        enum due_unit unit;
        enum due_roll roll;
        struct instant started, due;
        bool provisional;       /* counted into a year whose holidays are not published yet */
        int32_t level;          /* the highest percentage that has fired; 0 = none */
        struct instant stopped; /* INSTANT_NONE while it runs */
        enum clock_from from;   /* where the limit was taken from, and its id or code there; a view */
        struct str source;
        struct clock_share share[PROCEDURE_ALARMS_MAX]; /* below 100, rising */
        size_t n_shares;
        int32_t extended; /* units of its own added to the limit 延期 */
        struct due_span pause[CLOCK_PAUSES_MAX]; /* in the order they were made */
        size_t n_pauses;
};
struct clock_set {
        struct clock row[PROCEDURE_CLOCKS_MAX];
        size_t n;
};

/* Codes and sources are views of @text. OK, or ERR_BAD when it is not such a text; ret_set is then undefined. */
int clock_set_parse(struct str text, struct clock_set *ret_set);
/* Bytes written to @out; no NUL. */
size_t clock_set_write(const struct clock_set *, char out[static CLOCKS_TEXT_MAX]);
/* The clock, or NULL when it never started. */
struct clock *clock_set_find(struct clock_set *, struct str code);
static inline bool clock_runs(const struct clock *c)
{
        return instant_is_none(c->stopped);
}
/* Was it kept: stopped at the deadline or before, or still inside it at @now? */
bool clock_kept(const struct clock *, struct instant now);

/* When is the next alarm of any running clock; INSTANT_NONE if there is none. */
struct instant clock_set_next(const struct clock_set *);

/* An alarm that has become due. */
struct clock_alarm {
        int clock; /* index into the set */
        int32_t percent;
        struct instant at; /* when it should have fired */
        enum alarm_kind kind;
        int then; /* at 100: the system's action, index into the procedure; -1 = none */
};
#define CLOCK_ALARMS_MAX (PROCEDURE_CLOCKS_MAX * PROCEDURE_ALARMS_MAX)
/* Take all alarms due at @now, earliest first, and mark them as fired. Each fires once, however late the
 * caller comes. A clock the procedure does not know still goes up at 100. Returns how many. */
size_t clock_set_fire(struct clock_set *, const struct procedure *, struct instant now,
                      struct clock_alarm ret_alarm[static CLOCK_ALARMS_MAX]);

/* How long, and by what rule. limit 0 = there is none. */
struct clock_limit {
        int32_t limit;
        enum due_unit unit;
        enum due_roll roll;
};

/* What clocks are started from. */
struct clock_ground {
        const struct calendar *calendar;
        const struct office_hours *hours; /* NULL: the default */
        bool urgent;
        struct clock_limit duty; /* of the duty row that leads; limit 0 = it names none */
        struct str duty_code;    /* 1 … 64 bytes where duty.limit > 0 */
        struct str order_system; /* code of the system that sent it with a deadline; "" = none did */
        struct instant order_due; /* that deadline less the margin; may have passed */
        /* A limit of town.yaml by id: OK or ERR_NONE. */
        int (*town)(const void *arg, struct str id, struct clock_limit *ret);
        const void *arg;
};

/* Do what a step says: stops first, then pauses, resumptions and extensions, then starts. A clock that has been started before
 * starts again only if it `restarts`, so the resident's own clocks never begin anew. A limit is the duty row's where the clock asks
 * for it and there is one, else the town's; for an urgent matter the urgent limit too, and the earlier deadline holds. It rolls when
 * the procedure or the limit says so. A stop before the start counts as the start. A clock that is given its end ends no later than
 * its limit would have it. A pause of what does not run, or has run out, does nothing. When the step ends the matter, every clock
 * stops. OK; ERR_NONE: the town has no such limit; ERR_RANGE from the calendar, for an end beyond the limit, or for
 * a pause beyond a statutory deadline that runs on; ERR_RULE: what has
 * run out is not extended, and a clock pauses CLOCK_PAUSES_MAX times. On failure the set is unchanged. */
int clock_set_step(struct clock_set *, const struct procedure *, const struct step *, const struct clock_ground *,
                   struct instant now, struct err *err);

/* Upstream's deadline has come earlier: clocks that heed it and run past it end there. A later one moves nothing: what was
 * promised to the reporter stands. */
void clock_set_hurry(struct clock_set *, const struct procedure *, const struct clock_ground *);

/* Count provisional clocks that still run and have not run out again, with a calendar that may know more. *ret_changed:
 * did a deadline move? OK or ERR_RANGE. */
int clock_set_renew(struct clock_set *, const struct procedure *, const struct calendar *, const struct office_hours *,
                    bool *ret_changed, struct err *err);
