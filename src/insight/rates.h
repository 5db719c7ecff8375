/* insight/rates.h — response, solution and satisfaction (三率), in two readings, each with what it was counted from.
 *
 * No public text gives one formula (北京市接诉即办工作条例 names the three rates and no more); this is the default of
 * rulebook 2.4. A rate is an integer over an integer; without a denominator it is null, never 100 %.
 *
 * Of the period are the matters whose promised day lies in it. `end` is the end of the period, or now if that is
 * earlier. The official reading takes the matters of the period without approved exclusions:
 * - response: a contact was owed and its limit has passed; kept when first contact (with channel, time and outcome) was
 *   within it;
 * - solution: it was rated; kept when solved (partly solved is shown beside, not added in);
 * - satisfaction: it was rated; kept when 4 or 5 of 5 (3, "basically", is shown beside);
 * - on time: the promised day has passed; kept when answered by then.
 *
 * The honest reading leaves exclusions in, and every sore that is open at `end` counts in all four, whenever its day
 * was: not responded when nobody reached the reporter, not solved, not satisfied, not on time.
 *
 * A sore stands open and unanswered at `end` although its promised day has passed; or nobody has promised a day yet and
 * even the first of its clocks has run out. So what is not closed cannot flatter a figure, what waits at a desk
 * cannot hide there, and an old sore is counted each period until it is answered. A past period is counted as things
 * stood at its end; only ratings may still arrive.
 *
 * By unit, grid or subject, rows of few people are joined: insight/cells.h.
 *
 * Solution and satisfaction are what single reporters said. Whoever may not read reports (rates_in.everybody) is not told what fewer than
 * CELL_REPORTS_MIN of them said: with so few ratings in a row, both rates are withheld in both readings, and so are the counts they could be
 * worked out from (not rated, taken up again, rated when called back, could not be reached). Where the readings differ by so few ratings,
 * the official one is withheld and the honest one stays. What is withheld of some rows is not of so few together either, so that it cannot be
 * worked out from the total: the smallest of the others go along. Response and on time are what the town did and stay. A rating is one
 * matter's; whether two are one person's nobody knows, since there is no register. Periods can be subtracted from each other all the same.
 *
 * What ended without an answer (declined, withdrawn) before it was owed one owes none: it is in no denominator, and is
 * shown.
 */
#pragma once
#include "base/ctx.h"
#include "base/json.h"
#include "insight/cells.h"

struct rate {
        int64_t numerator, denominator; /* null when the denominator is 0 */
        int64_t excluded;               /* would have counted in the denominator but for an approved exclusion */
        int64_t partly;                 /* partly solved; rated 3 */
};
struct reading {
        struct rate response, solution, satisfaction, on_time;
};
/* How many ratings a rate was counted from in each reading (a sore counts without one), and how many stand in one reading alone. */
struct raters {
        int64_t official, honest, apart;
};
enum rate_group { RATE_ALL, RATE_BY_UNIT, RATE_BY_GRID, RATE_BY_SUBJECT, RATE_GROUPS };
extern const char *const rate_group_names[]; /* "all", "unit", "grid", "subject"; ends with NULL */

/* How sure is it? The ends of the 95 % interval of Wilson (1927), as shares of 1: with few matters it is wide, and two units whose bands
 * overlap are not told apart. 0 and 1 without a denominator. Shown, never a threshold. */
void rate_band(const struct rate *, double *ret_low, double *ret_high);

#define RATES_DAYS_MAX (3 * 366)
#define RATES_ROWS_MAX 100000
struct rates_row;
struct rates_in {
        struct day from, to; /* both within the period */
        enum rate_group group;
        struct str within; /* path of a place: only matters there; "" = the whole town */
        struct cell_reader reader;
        bool everybody;    /* asked by whoever may not read reports: what few reporters said is withheld */
        /* Told of every matter that counts, with its row's key and what it alone adds to it; NULL = nobody is told. */
        void (*seen)(void *arg, int64_t matter, struct str key, const struct rates_row *alone);
        void *arg;
};
struct rates_row {
        struct str key; /* code of the unit, grid or subject, "" where it is not known yet; "" for all */
        int64_t cells;  /* how many it is made of; 1 = itself, else key is "" */
        bool withheld;  /* too few people stand behind it: figures are 0 and mean nothing */
        bool quiet;          /* too few reporters said something: both readings' solution and satisfaction, unrated, reopened, called and unreachable are not shown */
        bool quiet_official; /* the official reading's solution and satisfaction are not */
        struct reading official, honest;
        struct raters solved, satisfied;
        int64_t said;         /* of the period, whose reporter said something about the outcome, or was called back and did not */
        int64_t matters;      /* of the period */
        int64_t open_overdue; /* sores, also of earlier periods */
        int64_t unrated;      /* of the period, answered and closed, not rated */
        int64_t reopened;     /* of the period, said to be not solved and taken up again, once or more */
        int64_t called;       /* of the period, rated when called back */
        int64_t unreachable;  /* of the period, called back in vain as often as the town does, or did not want to say: not in solution and satisfaction */
        int64_t moved;        /* of the period, paused or given more time */
        int64_t shelved;      /* of the period, on the shelf now */
        int64_t ended;        /* of the period, ended without an answer before it was owed one */
};
struct rates {
        struct rates_row *row; /* by key; the one of small ones last */
        size_t n;              /* one for RATE_ALL */
        struct instant end;
        struct instant as_of; /* events up to here are counted in */
        int64_t lag_seals, parked;
};

/* ERR_RANGE when to is before from or the period is longer than RATES_DAYS_MAX; ERR_TOO_BIG past RATES_ROWS_MAX keys.
 */
int insight_rates(struct ctx *, const struct rates_in *, struct rates *ret);

/* Everything above as JSON. @name (may be NULL) writes a member @key that names the unit, grid or subject. */
void rates_json(struct json *, const struct rates_in *, const struct rates *,
                void (*name)(struct json *, const char *key, enum rate_group, struct str code, void *arg), void *arg);

/* ---- the rule, pure -------------------------------------------------------------------------------------------------
 */

/* One matter as the rates see it. */
struct rated {
        bool anonymous, open, excluded;
        struct instant first_due;
        struct instant promised; /* INSTANT_NONE while no answer is promised, and then due is INT64_MAX */
        struct instant due, contact_due, contacted, answered, closed;
        int32_t solved, satisfied; /* INT32_MIN when not rated */
        int32_t reopened;          /* how often */
        int32_t calls;             /* how often the reporter was called back */
        bool call_open, call_rated; /* is to be called; was rated that way */
        bool moved, shelved;       /* paused or given more time; on the shelf */
};
struct rates_span {
        struct instant lo, hi, end; /* the period's first and last microsecond; see above */
};
/* Does it count at all: is it of the period, or a sore at its end? */
bool rates_counts(const struct rated *, const struct rates_span *);
void rates_take(struct rates_row *, const struct rated *, const struct rates_span *);
void rates_add(struct rates_row *to, const struct rates_row *);
/* Sets quiet and quiet_official of the rows of one table. */
void rates_hush(struct rates_row *, size_t n);
