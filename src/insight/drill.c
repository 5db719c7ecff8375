#include "insight/drill.h"
#include <stddef.h>
#include <stdlib.h>
#include "insight/course_sql.h"

const char *const drill_words[DRILL_TABLES + 1] = { "rates", "flow", "returns", "sources", "cooperation", NULL };

struct digging {
        struct ctx *ctx;
        const struct drill_in *in;
        size_t at;    /* of the figure: its offset in rates_row or flow_figures, or its bit */
        bool missed;  /* the rest of that rate */
        int64_t *id;
        size_t n;
        bool full;
};

static void found(struct digging *d, int64_t matter)
{
        if (d->n == DRILL_CASES_MAX)
                d->full = true;
        else
                d->id[d->n++] = matter;
}

/* ---- figures by name --------------------------------------------------------------------------------------------------- */

struct figure { const char *name; size_t at; };
#define RATE_OF(reading, rate)                                                                                                \
        { #reading "." #rate ".numerator", offsetof(struct rates_row, reading.rate.numerator) },                              \
        { #reading "." #rate ".denominator", offsetof(struct rates_row, reading.rate.denominator) },                          \
        { #reading "." #rate ".excluded", offsetof(struct rates_row, reading.rate.excluded) },                                \
        { #reading "." #rate ".partly", offsetof(struct rates_row, reading.rate.partly) }
#define READING_OF(reading) RATE_OF(reading, response), RATE_OF(reading, solution), RATE_OF(reading, satisfaction), RATE_OF(reading, on_time)
static const struct figure rates_figures[] = {
        { "matters", offsetof(struct rates_row, matters) },       { "open_overdue", offsetof(struct rates_row, open_overdue) },
        { "unrated", offsetof(struct rates_row, unrated) },       { "reopened", offsetof(struct rates_row, reopened) },
        { "called", offsetof(struct rates_row, called) },         { "unreachable", offsetof(struct rates_row, unreachable) },
        { "moved", offsetof(struct rates_row, moved) },           { "shelved", offsetof(struct rates_row, shelved) },
        { "ended_unanswered", offsetof(struct rates_row, ended) }, READING_OF(official), READING_OF(honest),
};
static const struct figure missed_figures[] = { /* at the rate itself */
        { "official.response.missed", offsetof(struct rates_row, official.response) },
        { "official.solution.missed", offsetof(struct rates_row, official.solution) },
        { "official.satisfaction.missed", offsetof(struct rates_row, official.satisfaction) },
        { "official.on_time.missed", offsetof(struct rates_row, official.on_time) },
        { "honest.response.missed", offsetof(struct rates_row, honest.response) },
        { "honest.solution.missed", offsetof(struct rates_row, honest.solution) },
        { "honest.satisfaction.missed", offsetof(struct rates_row, honest.satisfaction) },
        { "honest.on_time.missed", offsetof(struct rates_row, honest.on_time) },
};
#define STEP(i) { "contact." #i, offsetof(struct flow_figures, contact[i]) }
static const struct figure flow_figures_[] = {
        { "sent", offsetof(struct flow_figures, sent) }, { "straight", offsetof(struct flow_figures, straight) },
        { "hops.0", offsetof(struct flow_figures, hops[0]) }, { "hops.1", offsetof(struct flow_figures, hops[1]) },
        { "hops.2", offsetof(struct flow_figures, hops[2]) }, { "hops.3", offsetof(struct flow_figures, hops[3]) },
        STEP(0), STEP(1), STEP(2), STEP(3), STEP(4), STEP(5), STEP(6), STEP(7),
        { "not_contacted", offsetof(struct flow_figures, not_contacted) }, { "answered", offsetof(struct flow_figures, answered) },
        { "reopened", offsetof(struct flow_figures, reopened) },
};
enum { RETURNED, UPHELD, OVERRULED, WAITING };
static const struct figure returns_figures[] = { { "returned", RETURNED }, { "upheld", UPHELD }, { "overruled", OVERRULED }, { "waiting", WAITING } };
enum { OPENED, OPEN, ANSWERED, CLOSED, REOPENED };
static const struct figure sources_figures[] = { { "opened", OPENED }, { "open", OPEN }, { "answered", ANSWERED }, { "closed", CLOSED }, { "reopened", REOPENED } };
enum { ASKED, CANCELLED, TASK_OPEN, OVERRIDDEN, REPORT_KEPT, REPORT_MISSED, ANSWER_KEPT, ANSWER_MISSED };
static const struct figure task_figures[] = {
        { "asked", ASKED }, { "cancelled", CANCELLED }, { "open", TASK_OPEN }, { "overridden", OVERRIDDEN },
        { "report_kept", REPORT_KEPT }, { "report_missed", REPORT_MISSED }, { "answer_kept", ANSWER_KEPT }, { "answer_missed", ANSWER_MISSED },
};

static bool look_up(const struct figure *f, size_t n, struct str name, size_t *ret)
{
        for (size_t i = 0; i < n; i++)
                if (str_is(name, f[i].name)) {
                        *ret = f[i].at;
                        return true;
                }
        return false;
}

static int figure_of(struct digging *d)
{
        static const struct { const struct figure *row; size_t n; } of[DRILL_TABLES] = {
                [DRILL_RATES] = { rates_figures, COUNT(rates_figures) },       [DRILL_FLOW] = { flow_figures_, COUNT(flow_figures_) },
                [DRILL_RETURNS] = { returns_figures, COUNT(returns_figures) }, [DRILL_SOURCES] = { sources_figures, COUNT(sources_figures) },
                [DRILL_COOPERATION] = { task_figures, COUNT(task_figures) },
        };
        if (look_up(of[d->in->table].row, of[d->in->table].n, d->in->figure, &d->at))
                return OK;
        d->missed = d->in->table == DRILL_RATES && look_up(missed_figures, COUNT(missed_figures), d->in->figure, &d->at);
        return d->missed ? OK : err_set(d->ctx->err, ERR_UNKNOWN, "figure", "这张表没有这个数", "This table has no such figure");
}

/* ---- tables ------------------------------------------------------------------------------------------------------------ */

static bool wanted(const struct digging *d, struct str key)
{
        return !d->in->one || str_eq(key, d->in->key);
}

static void rates_seen(void *arg, int64_t matter, struct str key, const struct rates_row *alone)
{
        struct digging *d = arg;
        const void *at = (const char *)alone + d->at;
        const struct rate *r = at;
        int64_t n = d->missed ? r->denominator - r->numerator - r->partly : *(const int64_t *)at;
        if (n > 0 && wanted(d, key))
                found(d, matter);
}

static void flow_seen(void *arg, int64_t matter, struct str key, const struct flow_figures *alone)
{
        struct digging *d = arg;
        const void *at = (const char *)alone + d->at;
        if (*(const int64_t *)at > 0 && wanted(d, key))
                found(d, matter);
}

/* A row that this reader was not shown by itself is not opened by asking for its key. */
#define SHOWN(d, out, shown)                                                                                                  \
        do {                                                                                                                  \
                for (size_t i_ = 0; i_ < (out).n; i_++)                                                                       \
                        (shown) |= (out).row[i_].cells == 1 && !(out).row[i_].withheld && str_eq((out).row[i_].key, (d)->in->key); \
        } while (0)

static int row_shown(struct digging *d, bool shown)
{
        if (shown || !d->in->one || d->n == 0)
                return OK;
        return err_set(d->ctx->err, ERR_RULE, "key", "这一行人太少，已与其他行合并，不单独列出", "So few people stand behind this row that it was joined to others; it is not opened by itself");
}

static int dig_rates(struct digging *d)
{
        struct rates out;
        bool shown = false;
        struct rates_in in = { .from = d->in->from, .to = d->in->to, .group = (enum rate_group)d->in->by, .reader = d->in->reader, .seen = rates_seen, .arg = d };
        int rc = insight_rates(d->ctx, &in, &out);
        if (rc == OK)
                SHOWN(d, out, shown);
        return rc == OK ? row_shown(d, shown) : rc;
}

static int dig_flow(struct digging *d, bool (*late)(void *), void *arg)
{
        struct flow out;
        bool shown = false;
        struct flow_in in = { .from = d->in->from, .to = d->in->to, .group = (enum flow_group)d->in->by, .reader = d->in->reader, .seen = flow_seen, .arg = d };
        int rc = insight_flow(d->ctx, &in, late, arg, &out);
        if (rc == OK)
                SHOWN(d, out, shown);
        return rc == OK ? row_shown(d, shown) : rc;
}

static struct instant since(const struct digging *d)
{
        return day_start(d->in->from);
}

static struct instant before(const struct digging *d)
{
        return day_start((struct day){ d->in->to.n + 1 });
}

static int dig_returns(struct digging *d)
{
        struct sql_insight_return_cases_rows rows;
        struct returns out;
        bool shown = false;
        struct returns_in in = { .from = d->in->from, .to = d->in->to, .group = (enum returns_group)d->in->by, .reader = d->in->reader };
        int rc = insight_returns(d->ctx, &in, &out);
        if (rc == OK)
                rc = sql_insight_return_cases(d->ctx->tx, d->ctx->arena,
                                              &(struct sql_insight_return_cases_in){ d->ctx->town, since(d), before(d), DRILL_CASES_MAX + 1 }, &rows);
        if (rc != OK)
                return rc;
        for (size_t i = 0; i < rows.n; i++) {
                const struct sql_insight_return_cases_row *r = &rows.row[i];
                bool is[] = { true, r->upheld == 1, r->upheld == 0, r->upheld == INT32_MIN && r->open };
                if (is[d->at] && wanted(d, in.group == RETURNS_BY_DUTY ? r->duty : r->unit))
                        found(d, r->matter);
        }
        SHOWN(d, out, shown);
        return row_shown(d, shown);
}

static int dig_sources(struct digging *d)
{
        struct sql_insight_source_cases_rows rows;
        int rc = sql_insight_source_cases(d->ctx->tx, d->ctx->arena,
                                          &(struct sql_insight_source_cases_in){ d->ctx->town, since(d), before(d), DRILL_CASES_MAX + 1 }, &rows);
        for (size_t i = 0; rc == OK && i < rows.n; i++) {
                const struct sql_insight_source_cases_row *r = &rows.row[i];
                bool is[] = { true, r->open, !instant_is_none(r->answered), !instant_is_none(r->closed), r->reopened > 0 };
                if (is[d->at] && wanted(d, r->source))
                        found(d, r->matter);
        }
        return rc;
}

static int dig_tasks(struct digging *d)
{
        struct sql_insight_task_cases_rows rows;
        struct cooperation out;
        bool shown = false;
        struct cooperation_in in = { .from = d->in->from, .to = d->in->to, .group = (enum cooperation_group)d->in->by, .reader = d->in->reader };
        int rc = insight_cooperation(d->ctx, &in, &out);
        if (rc == OK)
                rc = sql_insight_task_cases(d->ctx->tx, d->ctx->arena,
                                            &(struct sql_insight_task_cases_in){ d->ctx->town, since(d), before(d), d->ctx->now, DRILL_CASES_MAX + 1 }, &rows);
        if (rc != OK)
                return rc;
        for (size_t i = 0; i < rows.n; i++) {
                const struct sql_insight_task_cases_row *r = &rows.row[i];
                bool is[] = { r->live, !r->live, r->open, r->overridden, r->report_kept, r->report_missed, r->answer_kept, r->answer_missed };
                if (is[d->at] && wanted(d, in.group == COOPERATION_BY_LEAD ? r->lead : r->unit))
                        found(d, r->matter);
        }
        SHOWN(d, out, shown);
        return row_shown(d, shown);
}

/* ---- all --------------------------------------------------------------------------------------------------------------- */

static int newest_first(const void *a, const void *b)
{
        int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
        return x < y ? 1 : x > y ? -1 : 0;
}

int insight_drill(struct ctx *ctx, const struct drill_in *in, bool (*late)(void *), void *arg, struct drill *ret)
{
        struct digging d = { .ctx = ctx, .in = in };
        int rc = figure_of(&d);
        if (rc != OK)
                return rc;
        if (in->to.n < in->from.n || (int64_t)in->to.n - in->from.n >= RATES_DAYS_MAX)
                return err_set(ctx->err, ERR_RANGE, "to", "应不早于 from，期间不超过三年", "Not before from, and within three years of it");
        d.id = arena_array(ctx->arena, int64_t, DRILL_CASES_MAX);
        switch (in->table) {
        case DRILL_RATES: rc = dig_rates(&d); break;
        case DRILL_FLOW: rc = dig_flow(&d, late, arg); break;
        case DRILL_RETURNS: rc = dig_returns(&d); break;
        case DRILL_SOURCES: rc = dig_sources(&d); break;
        default: rc = dig_tasks(&d);
        }
        if (rc != OK)
                return rc;
        if (d.full)
                return err_set(ctx->err, ERR_TOO_BIG, "from", "超过 %d 件，请缩短期间", "More than %d matters; take a shorter period", DRILL_CASES_MAX);
        qsort(d.id, d.n, sizeof(*d.id), newest_first);
        *ret = (struct drill){ .matter = d.id };
        for (size_t i = 0; i < d.n; i++) /* one matter may have had several units called in */
                if (ret->n == 0 || ret->matter[ret->n - 1] != d.id[i])
                        ret->matter[ret->n++] = d.id[i];
        return OK;
}
