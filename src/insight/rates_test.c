#include "insight/rates.h"
#include "insight/exclude.h"
#include "insight/insight_sql.h"
#include "insight/listen.h"
#include "matter/matter_test_util.h"

#define NONE INT64_MIN
#define NEVER INT64_MAX
#define UNRATED INT32_MIN
/* Days of January 2026, counted from the 1st at midnight; the period of the tests is the 10th to the 19th. */
#define DAY(d) (INT64_C(1767196800000000) + ((d)-1) * US_PER_DAY)

static const struct rates_span january = { .lo = { DAY(10) }, .hi = { DAY(20) - 1 }, .end = { DAY(20) - 1 } };

/* ---- one matter, one sentence ---------------------------------------------------------------------------------------
 */

struct told {
        const char *sentence;
        bool open, excluded, anonymous;
        int64_t first_due, promised, due, contact_due, contacted, answered, closed;
        int32_t solved, satisfied;
        const char *official; /* response, solution, satisfaction, on time: + yes, ~ partly, - no, x excluded, . not
                                 counted */
        const char *honest;
        int64_t overdue, ended, unrated;
};
static const struct told told[] = {
        { "answered, solved and rated in time", false, false, false, DAY(5), DAY(4), DAY(12), DAY(5), DAY(4), DAY(8),
          DAY(9), 2, 5, "++++", "++++", 0, 0, 0 },
        { "reached late, answered late, unsolved", false, false, false, DAY(5), DAY(4), DAY(12), DAY(5), DAY(6),
          DAY(13), DAY(14), 0, 1, "----", "----", 0, 0, 0 },
        { "partly solved and basically satisfied is shown beside", false, false, false, DAY(5), DAY(4), DAY(12), DAY(5),
          DAY(4), DAY(8), DAY(9), 1, 3, "+~~+", "+~~+", 0, 0, 0 },
        { "4 of 5 is satisfied", false, false, false, DAY(5), DAY(4), DAY(12), DAY(5), DAY(4), DAY(8), DAY(9), 0, 4,
          "+-++", "+-++", 0, 0, 0 },
        { "on the very last microsecond is in time", false, false, false, DAY(5), DAY(4), DAY(12), DAY(5), DAY(5),
          DAY(12), DAY(13), 2, 5, "++++", "++++", 0, 0, 0 },
        { "a microsecond later is late", false, false, false, DAY(5), DAY(4), DAY(12), DAY(5), DAY(5) + 1, DAY(12) + 1,
          DAY(13), 2, 5, "-++-", "-++-", 0, 0, 0 },
        { "closed and not rated: no rating to count", false, false, false, DAY(5), DAY(4), DAY(12), DAY(5), DAY(4),
          DAY(8), DAY(9), UNRATED, UNRATED, "+..+", "+..+", 0, 0, 1 },
        { "anonymous: no contact is owed", false, false, true, DAY(5), DAY(4), DAY(12), NONE, NONE, DAY(8), DAY(8),
          UNRATED, UNRATED, "...+", "...+", 0, 0, 1 },
        { "open past its day: not solved, not satisfied", true, false, false, DAY(5), DAY(4), DAY(12), DAY(5), DAY(4),
          NONE, NONE, UNRATED, UNRATED, "+..-", "+---", 1, 0, 0 },
        { "the same, nobody was reached", true, false, false, DAY(5), DAY(4), DAY(12), DAY(5), NONE, NONE, NONE,
          UNRATED, UNRATED, "-..-", "----", 1, 0, 0 },
        { "answered late, reporter not told yet: late, but no sore", true, false, false, DAY(5), DAY(4), DAY(12),
          DAY(5), DAY(4), DAY(15), NONE, UNRATED, UNRATED, "+..-", "+..-", 0, 0, 0 },
        { "answered after the period: it was a sore at its end", false, false, false, DAY(5), DAY(4), DAY(12), DAY(5),
          DAY(4), DAY(25), DAY(26), 2, 5, "+++-", "+---", 1, 0, 0 },
        { "excluded: out of the official figures, in the honest ones", false, true, false, DAY(5), DAY(4), DAY(12),
          DAY(5), DAY(4), DAY(8), DAY(9), 0, 1, "xxxx", "+--+", 0, 0, 0 },
        { "excluded and unrated: only what would have counted", false, true, false, DAY(5), DAY(4), DAY(12), NONE, NONE,
          DAY(8), DAY(9), UNRATED, UNRATED, "...x", "...+", 0, 0, 1 },
        { "declined before anything was owed", false, false, false, DAY(5), DAY(4), DAY(12), DAY(5), NONE, NONE, DAY(4),
          UNRATED, UNRATED, "....", "....", 0, 1, 0 },
        { "declined after the contact was owed", false, false, false, DAY(5), DAY(4), DAY(12), DAY(5), NONE, NONE,
          DAY(6), UNRATED, UNRATED, "-...", "-...", 0, 1, 0 },
        { "declined after its day: late", false, false, false, DAY(5), DAY(4), DAY(12), DAY(5), DAY(4), NONE, DAY(13),
          UNRATED, UNRATED, "+..-", "+..-", 0, 0, 0 },
        { "an old sore counts again", true, false, false, DAY(2), DAY(1), DAY(5), DAY(2), DAY(2), NONE, NONE, UNRATED,
          UNRATED, "....", ".---", 1, 0, 0 },
        { "an old sore where nobody was reached", true, false, false, DAY(2), DAY(1), DAY(5), DAY(2), NONE, NONE, NONE,
          UNRATED, UNRATED, "....", "----", 1, 0, 0 },
        { "an old sore of somebody anonymous", true, false, true, DAY(2), DAY(1), DAY(5), NONE, NONE, NONE, NONE,
          UNRATED, UNRATED, "....", ".---", 1, 0, 0 },
        { "an old sore healed after the period", false, false, false, DAY(2), DAY(1), DAY(5), DAY(2), DAY(2), DAY(22),
          DAY(22), 2, 5, "....", ".---", 1, 0, 0 },
        { "an old sore healed within it", false, false, false, DAY(2), DAY(1), DAY(5), DAY(2), DAY(2), DAY(15), DAY(15),
          2, 5, "....", "....", 0, 0, 0 },
        { "forgotten at the desk: no day was ever promised", true, false, false, DAY(5), NONE, NEVER, NONE, NONE, NONE,
          NONE, UNRATED, UNRATED, "....", "----", 1, 0, 0 },
        { "forgotten at the desk until after the period", false, false, false, DAY(5), DAY(21), DAY(28), DAY(22),
          DAY(22), DAY(24), DAY(24), 2, 5, "....", "----", 1, 0, 0 },
        { "at the desk, still in time", true, false, false, DAY(20), NONE, NEVER, NONE, NONE, NONE, NONE, UNRATED,
          UNRATED, "....", "....", 0, 0, 0 },
        { "promised for later", true, false, false, DAY(5), DAY(4), DAY(21), DAY(5), DAY(4), NONE, NONE, UNRATED,
          UNRATED, "....", "....", 0, 0, 0 },
        { "promised for the period's last microsecond: not passed yet", true, false, false, DAY(5), DAY(4), DAY(20) - 1,
          DAY(5), DAY(4), NONE, NONE, UNRATED, UNRATED, "+...", "+...", 0, 0, 0 },
};

static char mark(const struct rate *r)
{
        if (r->excluded)
                return 'x';
        if (r->denominator == 0)
                return '.';
        return r->numerator ? '+' : r->partly ? '~' : '-';
}

static void check_reading(const char *sentence, const char *which, const struct reading *r, const char *want)
{
        char got[5] = { mark(&r->response), mark(&r->solution), mark(&r->satisfaction), mark(&r->on_time), 0 };
        if (strcmp(got, want) != 0)
                fail_msg("%s: %s %s, want %s", sentence, which, got, want);
}

static struct rated rated_of(const struct told *w)
{
        return (struct rated){ .open = w->open,
                               .excluded = w->excluded,
                               .anonymous = w->anonymous,
                               .first_due = { w->first_due },
                               .promised = { w->promised },
                               .due = { w->due },
                               .contact_due = { w->contact_due },
                               .contacted = { w->contacted },
                               .answered = { w->answered },
                               .closed = { w->closed },
                               .solved = w->solved,
                               .satisfied = w->satisfied };
}

TEST(each_matter_counts_as_the_sentence_says)
{
        for (size_t i = 0; i < COUNT(told); i++) {
                struct rates_row row = { 0 };
                struct rated m = rated_of(&told[i]);
                rates_take(&row, &m, &january);
                check_reading(told[i].sentence, "official", &row.official, told[i].official);
                check_reading(told[i].sentence, "honest", &row.honest, told[i].honest);
                if (row.open_overdue != told[i].overdue || row.ended != told[i].ended || row.unrated != told[i].unrated)
                        fail_msg("%s: overdue %d ended %d unrated %d", told[i].sentence, (int)row.open_overdue,
                                 (int)row.ended, (int)row.unrated);
        }
}

/* ---- many matters, counted a second time ----------------------------------------------------------------------------
 */

#define MATTERS 3000

struct dice {
        uint64_t s;
};

static int64_t roll(struct dice *d, int64_t n)
{
        d->s = d->s * 6364136223846793005u + 1442695040888963407u;
        return (int64_t)((d->s >> 33) % (uint64_t)n);
}

static int64_t some_day(struct dice *d, int64_t from, int64_t days)
{
        return from + roll(d, days * 24) * US_PER_HOUR;
}

static void random_matter(struct dice *d, int64_t id, struct sql_insight_put_in *m)
{
        static const struct str units[] = { { "a", 1 }, { "b", 1 }, { "c", 1 } },
                                grids[] = { { "", 0 }, { "g1", 2 }, { "g2", 2 } };
        static const struct str paths[] = { { "town", 4 }, { "town/north", 10 }, { "town/northern", 13 } };
        int64_t opened = some_day(d, DAY(1), 25);
        int which = (int)roll(d, 3);
        *m = (struct sql_insight_put_in){ .town = TEST_TOWN,
                                          .matter = id,
                                          .unit = units[roll(d, 3)],
                                          .grid = grids[which],
                                          .path = paths[which],
                                          .subject = units[roll(d, 2)],
                                          .anonymous = roll(d, 4) == 0,
                                          .first_due = { opened + 2 * US_PER_HOUR },
                                          .promised = { NONE },
                                          .due = { NEVER },
                                          .contact_due = { NONE },
                                          .contacted = { NONE },
                                          .answered = { NONE },
                                          .closed = { NONE },
                                          .solved = UNRATED,
                                          .satisfied = UNRATED,
                                          .open = true };
        if (m->subject.p == NULL)
                m->subject = STR("");
        if (roll(d, 8) == 0)
                return;
        m->promised.us = some_day(d, opened, 3);
        m->due.us = some_day(d, m->promised.us, 8);
        if (!m->anonymous)
                m->contact_due.us = m->promised.us + US_PER_DAY;
        if (!m->anonymous && roll(d, 3))
                m->contacted.us = some_day(d, m->promised.us, 3);
        if (roll(d, 4) == 0)
                return;
        bool answered = roll(d, 6) > 0;
        m->answered.us = answered ? some_day(d, m->promised.us, 12) : NONE;
        if (answered && roll(d, 6) == 0)
                return;
        m->open = false;
        m->closed.us = answered ? m->answered.us + US_PER_HOUR : some_day(d, m->promised.us, 12);
        if (answered && roll(d, 3)) {
                m->solved = (int32_t)roll(d, 3);
                m->satisfied = 1 + (int32_t)roll(d, 5);
        }
}

static bool left_out(int64_t id)
{
        return id % 11 == 0;
}

static int fill_op(struct ctx *ctx, void *arg)
{
        struct sql_insight_put_in *m = arg;
        for (int64_t i = 0; i < MATTERS; i++) {
                struct exclusion x = { .matter = i, .reason = STR("重复"), .asked = STR("a"), .approved = STR("b") };
                int rc = sql_insight_put(ctx->tx, &m[i], NULL);
                if (rc == OK && left_out(i))
                        rc = insight_exclude(ctx, &x);
                if (rc != OK)
                        return rc;
        }
        return OK;
}

struct question {
        struct rates_in in;
        struct rates out;
};

static int rates_op(struct ctx *ctx, void *arg)
{
        struct question *q = arg;
        return insight_rates(ctx, &q->in, &q->out);
}

static struct str key_of(const struct sql_insight_put_in *m, enum rate_group g)
{
        return g == RATE_BY_UNIT ? m->unit : g == RATE_BY_GRID ? m->grid : g == RATE_BY_SUBJECT ? m->subject : STR("");
}

static void add(struct rate *r, bool yes, bool partly)
{
        r->denominator++;
        r->numerator += yes;
        r->partly += partly;
}

/* What the words of rates.h say of one matter, as plainly as can be. */
struct plain {
        bool sore, mine, answered, contacted, contact_counts, contact_kept, day_counts, day_kept, rated;
};

static struct plain plainly(const struct sql_insight_put_in *m, int64_t lo, int64_t hi, int64_t end)
{
        struct plain p = { .answered = m->answered.us != NONE, .contacted = m->contacted.us != NONE, .rated = m->satisfied != UNRATED };
        bool stood_open = m->open || m->closed.us > end;
        bool unanswered = !p.answered || m->answered.us > end;
        bool had_promise = m->promised.us != NONE && m->promised.us <= end;
        p.sore = stood_open && unanswered && (had_promise ? m->due.us < end : m->first_due.us < end);
        p.mine = m->due.us >= lo && m->due.us <= hi;
        p.contact_counts = m->contact_due.us != NONE && m->contact_due.us < end &&
                           !(!p.contacted && !m->open && !p.answered && m->closed.us <= m->contact_due.us);
        p.contact_kept = p.contacted && m->contacted.us <= m->contact_due.us;
        p.day_counts = m->due.us < end && !(!m->open && !p.answered && m->closed.us <= m->due.us);
        p.day_kept = p.answered && m->answered.us <= m->due.us;
        return p;
}

static void add_honest(struct reading *h, const struct sql_insight_put_in *m, const struct plain *p, int64_t end)
{
        if (!p->mine && p->sore) {
                if (!m->anonymous && (!p->contacted || m->contacted.us > end))
                        add(&h->response, false, false);
                add(&h->solution, false, false);
                add(&h->satisfaction, false, false);
                add(&h->on_time, false, false);
        }
        if (!p->mine)
                return;
        if (p->contact_counts)
                add(&h->response, p->contact_kept, false);
        if (p->day_counts)
                add(&h->on_time, p->day_kept, false);
        if (p->sore || p->rated) {
                add(&h->solution, !p->sore && m->solved == 2, !p->sore && m->solved == 1);
                add(&h->satisfaction, !p->sore && m->satisfied >= 4, !p->sore && m->satisfied == 3);
        }
}

static void add_official(struct reading *o, const struct sql_insight_put_in *m, const struct plain *p, bool left_out)
{
        if (left_out) {
                o->response.excluded += p->contact_counts;
                o->on_time.excluded += p->day_counts;
                o->solution.excluded += p->rated;
                o->satisfaction.excluded += p->rated;
                return;
        }
        if (p->contact_counts)
                add(&o->response, p->contact_kept, false);
        if (p->day_counts)
                add(&o->on_time, p->day_kept, false);
        if (p->rated) {
                add(&o->solution, m->solved == 2, m->solved == 1);
                add(&o->satisfaction, m->satisfied >= 4, m->satisfied == 3);
        }
}

/* One row for one key. */
static struct rates_row naive(const struct sql_insight_put_in *all, const struct rates_in *in, struct str key, int64_t now)
{
        struct rates_row w = { .key = key };
        int64_t lo = day_start(in->from).us, hi = day_end(in->to).us, end = hi < now ? hi : now;
        for (int64_t i = 0; i < MATTERS; i++) {
                const struct sql_insight_put_in *m = &all[i];
                if (!str_eq(key_of(m, in->group), key) || (in->within.n && !str_eq(m->path, in->within)))
                        continue;
                struct plain p = plainly(m, lo, hi, end);
                w.open_overdue += p.sore;
                add_honest(&w.honest, m, &p, end);
                if (!p.mine)
                        continue;
                w.matters++;
                w.unrated += !m->open && p.answered && !p.rated;
                w.ended += !m->open && !p.answered && m->closed.us <= m->due.us;
                add_official(&w.official, m, &p, left_out(i));
        }
        return w;
}

static void same_rate(const struct rate *a, const struct rate *b)
{
        CHECK_EQ(a->numerator, b->numerator);
        CHECK_EQ(a->denominator, b->denominator);
        CHECK_EQ(a->excluded, b->excluded);
        CHECK_EQ(a->partly, b->partly);
        CHECK(a->numerator + a->partly <= a->denominator);
}

static void same_row(const struct rates_row *a, const struct rates_row *b)
{
        const struct reading *x[] = { &a->official, &a->honest }, *y[] = { &b->official, &b->honest };
        for (int i = 0; i < 2; i++) {
                same_rate(&x[i]->response, &y[i]->response);
                same_rate(&x[i]->solution, &y[i]->solution);
                same_rate(&x[i]->satisfaction, &y[i]->satisfaction);
                same_rate(&x[i]->on_time, &y[i]->on_time);
        }
        CHECK_EQ(a->matters, b->matters);
        CHECK_EQ(a->open_overdue, b->open_overdue);
        CHECK_EQ(a->unrated, b->unrated);
        CHECK_EQ(a->ended, b->ended);
}

/* Five work in each of the units a, b and c: nothing is joined. */
static struct town *crowded(struct arena *a)
{
        struct folder *plain = arena_new(a, struct folder);
        BUF_AUTO orgs = BUF(65536), staff = BUF(65536);
        small_folder(a, NULL, plain);
        buf_str(&orgs, folder_text(plain, "orgs.csv"));
        buf_str(&staff, folder_text(plain, "staff.csv"));
        for (char unit = 'a'; unit <= 'c'; unit++) {
                buf_printf(&orgs, "%c,jiedao,department,own,account,单位%c,\n", unit, unit);
                for (int i = 0; i < CELL_WORKERS_MIN; i++)
                        buf_printf(&staff, "%c%d,测试,%c,,\n", unit, i, unit);
        }
        struct town_file change[] = { { "orgs.csv", str_c(a, buf_view(&orgs)) }, { "staff.csv", str_c(a, buf_view(&staff)) }, { 0 } };
        return small_town(change);
}

static int64_t check_against_naive(struct store *store, struct test_ctx *t, const struct sql_insight_put_in *all,
                                   const struct rates_in *in)
{
        struct question q = { .in = *in };
        int64_t counted = 0;
        CHECK_EQ(test_read(store, t, rates_op, &q), OK);
        for (size_t i = 0; i < q.out.n; i++) {
                struct rates_row want = naive(all, in, q.out.row[i].key, t->ctx.now.us);
                same_row(&q.out.row[i], &want);
                if (i)
                        CHECK(str_cmp(q.out.row[i - 1].key, q.out.row[i].key) < 0);
                counted += want.matters + want.open_overdue;
        }
        return counted;
}

STORE_TEST(rates_are_what_a_second_count_gives)
{
        struct test_ctx t;
        struct dice d = { 7 };
        test_ctx_init(&t);
        struct town *town = crowded(&t.arena);
        struct sql_insight_put_in *m = arena_array(&t.arena, struct sql_insight_put_in, MATTERS);
        for (int64_t i = 0; i < MATTERS; i++)
                random_matter(&d, i, &m[i]);
        CHECK_EQ(test_write(store, &t, fill_op, m), OK);
        static const int periods[][3] = { { 10, 19, 60 }, { 10, 19, 15 }, { 1, 31, 60 },
                                          { 1, 31, 20 },  { 12, 12, 60 }, { 25, 31, 10 } };
        for (size_t p = 0; p < COUNT(periods); p++) {
                int64_t counted[RATE_GROUPS];
                for (int g = 0; g < RATE_GROUPS; g++) {
                        struct rates_in in = { .from = instant_day((struct instant){ DAY(periods[p][0]) }),
                                               .to = instant_day((struct instant){ DAY(periods[p][1]) }),
                                               .group = (enum rate_group)g,
                                               .reader = { .town = town, .on = instant_day(t.ctx.now) } };
                        t.ctx.now.us = DAY(periods[p][2]) + US_PER_HOUR;
                        counted[g] = check_against_naive(store, &t, m, &in);
                        CHECK_EQ(counted[g], counted[0]); /* no matter is in two groups or in none */
                        in.within = STR("town/north");
                        check_against_naive(store, &t, m, &in);
                }
                CHECK(counted[0] > 100);
        }
        town_unref(town);
        test_ctx_free(&t);
}

STORE_TEST(a_town_without_matters_has_nulls)
{
        struct test_ctx t;
        struct town *town = small_town(NULL);
        struct question q = { .in = { .from = { 20000 }, .to = { 20030 }, .reader.town = town } };
        BUF_AUTO out = BUF(1u << 20);
        test_ctx_init(&t);
        CHECK_EQ(test_read(store, &t, rates_op, &q), OK);
        CHECK_EQ(q.out.n, 1);
        struct json j = json_to(&out);
        rates_json(&j, &q.in, &q.out, NULL, NULL);
        CHECK(str_find(buf_view(&out),
                       STR("\"response\":{\"withheld\":false,\"rate\":null,\"low\":0.0000,\"high\":1.0000,\"numerator\":0,\"denominator\":0,\"excluded\":0}")) > 0);
        q.in.group = RATE_BY_UNIT;
        CHECK_EQ(test_read(store, &t, rates_op, &q), OK);
        CHECK_EQ(q.out.n, 0);
        town_unref(town);
        test_ctx_free(&t);
}

STORE_TEST(a_period_must_make_sense)
{
        struct test_ctx t;
        struct town *town = small_town(NULL);
        struct question q = { .in = { .from = { 20000 }, .to = { 19999 } } };
        test_ctx_init(&t);
        CHECK_EQ(test_read(store, &t, rates_op, &q), ERR_RANGE);
        q.in = (struct rates_in){ .from = { 20000 }, .to = { 20000 + RATES_DAYS_MAX }, .reader.town = town };
        CHECK_EQ(test_read(store, &t, rates_op, &q), ERR_RANGE);
        q.in.to.n--;
        CHECK_EQ(test_read(store, &t, rates_op, &q), OK);
        town_unref(town);
        test_ctx_free(&t);
}

/* n ratings, in both readings. */
static struct rates_row rated_by(int64_t n)
{
        struct raters r = { n, n, 0 };
        return (struct rates_row){ .cells = 1, .solved = r, .satisfied = r, .said = n };
}

TEST(what_few_said_is_quiet_and_takes_along_what_it_could_be_worked_out_from)
{
        struct rates_row row[] = { rated_by(0), rated_by(4), rated_by(5), rated_by(9), rated_by(30) };
        rates_hush(row, 1);
        CHECK(!row[0].quiet && !row[0].quiet_official); /* nobody said anything: there is nothing to keep */
        rates_hush(&row[1], 1);
        CHECK(row[1].quiet && row[1].quiet_official);
        rates_hush(&row[2], 1);
        CHECK(!row[2].quiet && !row[2].quiet_official);
        rates_hush(row, COUNT(row)); /* the total less the others would be the four: the five go along */
        CHECK(!row[0].quiet && row[1].quiet && row[2].quiet && !row[3].quiet && !row[4].quiet);
        struct rates_row three[] = { rated_by(3), rated_by(2), rated_by(7) };
        rates_hush(three, COUNT(three)); /* five together: nothing more need go */
        CHECK(three[0].quiet && three[1].quiet && !three[2].quiet);
        three[0].withheld = true; /* too few workers: its figures are what the total less the others gives, in any case */
        three[0].said = three[0].solved.honest = three[0].satisfied.honest = 40;
        rates_hush(three, COUNT(three));
        CHECK(three[0].quiet && three[1].quiet && !three[2].quiet);
}

TEST(readings_that_few_ratings_tell_apart_are_not_both_shown)
{
        struct rates_row row = rated_by(20);
        row.solved.official = 18;
        row.solved.apart = 2;
        rates_hush(&row, 1);
        CHECK(!row.quiet && row.quiet_official); /* the honest one stays */
        row.solved.official = 15;
        row.solved.apart = 5;
        rates_hush(&row, 1);
        CHECK(!row.quiet && !row.quiet_official);
}

TEST(a_sore_is_nobodys_rating)
{
        struct rates_row row = { 0 };
        struct rated late = { .open = true, .first_due = { DAY(5) }, .promised = { DAY(4) }, .due = { DAY(12) }, .contact_due = { NONE }, .contacted = { NONE },
                              .answered = { NONE }, .closed = { NONE }, .solved = UNRATED, .satisfied = UNRATED };
        for (int i = 0; i < 20; i++)
                rates_take(&row, &late, &january);
        rates_hush(&row, 1);
        CHECK(!row.quiet); /* twenty late ones, no rating: all is told */
        CHECK_EQ(row.honest.solution.denominator, 20);
        struct rated one = { .first_due = { DAY(5) }, .promised = { DAY(4) }, .due = { DAY(12) }, .contact_due = { NONE }, .contacted = { NONE },
                             .answered = { DAY(8) }, .closed = { DAY(9) }, .solved = 2, .satisfied = 5 };
        rates_take(&row, &one, &january);
        rates_hush(&row, 1);
        CHECK(row.quiet); /* one of twenty-one is the one who rated */
}

TEST(a_rate_is_written_with_what_it_was_counted_from)
{
        struct rates_row row = { .key = STR("urban"), .cells = 1, .matters = 3, .official.solution = { 2, 3, 1, 1 } };
        struct rates r = { .row = &row, .n = 1, .end = { DAY(20) }, .as_of = { DAY(20) } };
        struct rates_in in = { .from = instant_day((struct instant){ DAY(10) }),
                               .to = instant_day((struct instant){ DAY(19) }),
                               .group = RATE_BY_UNIT };
        BUF_AUTO out = BUF(65536);
        struct json j = json_to(&out);
        rates_json(&j, &in, &r, NULL, NULL);
        CHECK(str_starts(buf_view(&out), STR("{\"from\":\"2026-01-10\",\"to\":\"2026-01-19\",\"by\":\"unit\",\"end\":"
                                             "\"2026-01-20T00:00:00+08:00\"")));
        CHECK(str_find(buf_view(&out), STR("\"key\":\"urban\",\"cells\":1,\"withheld\":false,\"matters\":3,")) > 0);
        CHECK(str_find(buf_view(&out), STR("\"solution\":{\"withheld\":false,\"rate\":0.6667,\"low\":0.2077,\"high\":0.9385,\"numerator\":2,\"denominator\":3,"
                                           "\"excluded\":1,\"partly\":1}")) > 0);
}

/* ---- exclusions -----------------------------------------------------------------------------------------------------
 */

static int exclude_op(struct ctx *ctx, void *arg)
{
        return insight_exclude(ctx, arg);
}

static int put_op(struct ctx *ctx, void *arg)
{
        return sql_insight_put(ctx->tx, arg, NULL);
}

STORE_TEST(an_exclusion_needs_two_people_and_a_reason)
{
        static const struct {
                int64_t matter;
                const char *reason, *asked, *approved;
                int rc;
        } row[] = {
                { 1, "", "a", "b", ERR_MISSING },    { 1, "  ", "a", "b", ERR_MISSING },
                { 1, "重复", "", "b", ERR_MISSING }, { 1, "重复", "a", "", ERR_MISSING },
                { 1, "重复", "a", "a", ERR_RULE },   { 2, "重复", "a", "b", ERR_NONE },
                { 1, "重复", "a", "b", OK },         { 1, "另外", "c", "d", ERR_EXISTS },
        };
        struct test_ctx t;
        struct dice d = { 1 };
        struct sql_insight_put_in m;
        test_ctx_init(&t);
        random_matter(&d, 1, &m);
        CHECK_EQ(test_write(store, &t, put_op, &m), OK);
        for (size_t i = 0; i < COUNT(row); i++) {
                struct exclusion x = { row[i].matter, str_of(row[i].reason), str_of(row[i].asked),
                                       str_of(row[i].approved) };
                CHECK_EQ(test_write(store, &t, exclude_op, &x), row[i].rc);
        }
        test_ctx_free(&t);
}
