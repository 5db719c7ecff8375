#include "procedure/inner/sample.h"
#include "procedure/clocks.h"

static struct instant at(const char *text)
{
        struct instant t;
        CHECK_EQ(instant_parse(str_of(text), &t), OK);
        return t;
}

static const struct clock_ground *ground(struct arena *a)
{
        struct clock_ground *g = arena_new(a, struct clock_ground);
        g->calendar = calendar_build(a, NULL, 0);
        g->town = sample_limit;
        return g;
}

/* A step that starts and stops clocks by name, "a b c". */
static struct step effects(const struct procedure *p, const char *start, const char *stop, struct instant when)
{
        struct step s = { 0 };
        for (size_t i = 0; i < p->n_clocks; i++) {
                s.start |= (uint32_t)(strstr(start, p->clock[i].code.p) != NULL) << i;
                s.stop |= (uint32_t)(strstr(stop, p->clock[i].code.p) != NULL) << i;
                s.stop_at[i] = when;
        }
        return s;
}

static void apply(struct clock_set *set, const struct procedure *p, const struct clock_ground *g, const char *start,
                  const char *stop, const char *now)
{
        struct step s = effects(p, start, stop, at(now));
        struct err err = { 0 };
        CHECK_EQ(clock_set_step(set, p, &s, g, at(now), &err), OK);
}

static const char *due_of(struct arena *a, struct clock_set *set, const char *code)
{
        char out[40];
        struct clock *c = clock_set_find(set, str_of(code));
        CHECK(c != NULL);
        return arena_printf(a, "%s", instant_format(c->due, out));
}

/* Dispatched on a Wednesday at ten: each clock by its own unit. */
TEST(clocks_side_by_side)
{
        ARENA_AUTO a = { 0 };
        const struct procedure *p = sample_request(&a);
        struct clock_set set = { 0 };
        apply(&set, p, ground(&a), "sign contact answer statutory", "", "2026-03-04 10:00");
        CHECK_EQ(set.n, 4);
        CHECK_STR(str_of(due_of(&a, &set, "sign")), "2026-03-04T12:00:00+08:00");
        CHECK_STR(str_of(due_of(&a, &set, "contact")), "2026-03-05T10:00:00+08:00");
        CHECK_STR(str_of(due_of(&a, &set, "answer")), "2026-03-11T23:59:59.999999+08:00");
        /* the sixtieth day is Sunday 3 May, in the holiday that lasts to the 5th */
        CHECK_STR(str_of(due_of(&a, &set, "statutory")), "2026-05-06T23:59:59.999999+08:00");
        const struct clock *c = clock_set_find(&set, STR("answer"));
        CHECK_STR(c->source, "answer");
        CHECK_EQ(c->from, CLOCK_FROM_TOWN);
        CHECK_EQ(c->unit, DUE_WORKDAY);
        CHECK_EQ(c->limit, 5);
        CHECK_EQ(c->kind, CLOCK_PROMISED);
        CHECK(!c->provisional);
        CHECK_EQ(clock_set_next(&set).us, at("2026-03-04 11:00").us);
}

/* Which limit binds the answer. */
static const struct {
        struct clock_limit duty;
        bool urgent;
        const char *due, *source;
        enum clock_from from;
} choice[] = {
        { { 0 }, false, "2026-03-11T23:59:59.999999+08:00", "answer", CLOCK_FROM_TOWN },
        { { 0 }, true, "2026-03-05T10:00:00+08:00", "answer_urgent", CLOCK_FROM_TOWN },
        { { 3, DUE_WORKDAY, DUE_ROLL_NONE }, false, "2026-03-09T23:59:59.999999+08:00", "D-7", CLOCK_FROM_DUTY },
        { { 15, DUE_WORKDAY, DUE_ROLL_NONE }, false, "2026-03-25T23:59:59.999999+08:00", "D-7", CLOCK_FROM_DUTY },
        { { 15, DUE_WORKDAY, DUE_ROLL_NONE }, true, "2026-03-05T10:00:00+08:00", "answer_urgent", CLOCK_FROM_TOWN },
        { { 4, DUE_HOUR, DUE_ROLL_NONE }, true, "2026-03-04T14:00:00+08:00", "D-7", CLOCK_FROM_DUTY },
        { { 3, DUE_DAY, DUE_ROLL_STATUTORY }, false, "2026-03-09T23:59:59.999999+08:00", "D-7", CLOCK_FROM_DUTY },
        { { 3, DUE_DAY, DUE_ROLL_NONE }, false, "2026-03-07T23:59:59.999999+08:00", "D-7", CLOCK_FROM_DUTY },
};

TEST(clocks_limit_choice)
{
        ARENA_AUTO a = { 0 };
        const struct procedure *p = sample_request(&a);
        for (size_t i = 0; i < COUNT(choice); i++) {
                struct clock_ground g = *ground(&a);
                g.duty = choice[i].duty;
                g.duty_code = STR("D-7");
                g.urgent = choice[i].urgent;
                struct clock_set set = { 0 };
                apply(&set, p, &g, "answer", "", "2026-03-04 10:00");
                CHECK_STR(str_of(due_of(&a, &set, "answer")), choice[i].due);
                CHECK_STR(set.row[0].source, choice[i].source);
                CHECK_EQ(set.row[0].from, choice[i].from);
                /* a duty row does not touch the other clocks */
                apply(&set, p, &g, "statutory", "", "2026-03-04 10:00");
                CHECK_STR(set.row[1].source, "statutory");
        }
}

TEST(clocks_never_restart)
{
        ARENA_AUTO a = { 0 };
        const struct procedure *p = sample_request(&a);
        const struct clock_ground *g = ground(&a);
        struct clock_set set = { 0 };
        apply(&set, p, g, "sign contact answer", "", "2026-03-04 10:00");
        apply(&set, p, g, "", "sign contact", "2026-03-04 10:30");
        /* sent elsewhere: the new unit signs anew, the resident's clocks go on */
        apply(&set, p, g, "sign contact answer", "", "2026-03-06 09:00");
        CHECK_EQ(set.n, 3);
        CHECK_STR(str_of(due_of(&a, &set, "sign")), "2026-03-06T11:00:00+08:00");
        CHECK_STR(str_of(due_of(&a, &set, "answer")), "2026-03-11T23:59:59.999999+08:00");
        CHECK(clock_runs(clock_set_find(&set, STR("sign"))));
        CHECK(!clock_runs(clock_set_find(&set, STR("contact"))));
        CHECK_EQ(clock_set_find(&set, STR("sign"))->level, 0);
        /* a second stop changes nothing */
        apply(&set, p, g, "", "contact", "2026-03-07 09:00");
        CHECK_EQ(clock_set_find(&set, STR("contact"))->stopped.us, at("2026-03-04 10:30").us);
}

TEST(clocks_stop)
{
        ARENA_AUTO a = { 0 };
        const struct procedure *p = sample_request(&a);
        const struct clock_ground *g = ground(&a);
        struct clock_set set = { 0 };
        apply(&set, p, g, "contact answer", "", "2026-03-04 10:00");
        /* the contact was made before the clock began */
        struct step s = effects(p, "", "contact", at("2026-03-04 09:00"));
        CHECK_EQ(clock_set_step(&set, p, &s, g, at("2026-03-04 12:00"), NULL), OK);
        CHECK_EQ(set.row[0].stopped.us, at("2026-03-04 10:00").us);
        CHECK(clock_kept(&set.row[0], at("2030-01-01 09:00")));
        CHECK(clock_kept(&set.row[1], set.row[1].due));
        CHECK(!clock_kept(&set.row[1], (struct instant){ set.row[1].due.us + 1 }));
        /* an end stops all and starts none */
        s = effects(p, "tell", "", at("2026-03-04 12:00"));
        s.ended = true;
        CHECK_EQ(clock_set_step(&set, p, &s, g, at("2026-03-12 12:00"), NULL), OK);
        CHECK_EQ(set.n, 2);
        CHECK_EQ(set.row[1].stopped.us, at("2026-03-12 12:00").us);
        CHECK(!clock_kept(&set.row[1], at("2026-03-12 12:00")));
        CHECK(instant_is_none(clock_set_next(&set)));
}

TEST(clocks_missing_limit)
{
        ARENA_AUTO a = { 0 };
        struct findings out;
        struct str text = sample_replace(&a, procedure_default(), "limit: joint_look", "limit: joint_luck");
        const struct procedure *p = sample_read(&a, text, &out);
        struct clock_set set = { 0 };
        struct step s = effects(p, "answer joint_look", "", at("2026-03-04 10:00"));
        struct err err = { 0 };
        CHECK_EQ(clock_set_step(&set, p, &s, ground(&a), at("2026-03-04 10:00"), &err), ERR_NONE);
        CHECK_STR(str_of(err.en), "town.yaml has no limit \"joint_luck\"");
        CHECK_EQ(set.n, 0); /* not even the first of the two */
}

/* The alarms of one matter as they come, each once and in order. */
static const struct {
        const char *now;
        const char *fired;
} hour[] = {
        { "2026-03-04 10:59", "" },
        { "2026-03-04 11:00", "sign 50 remind" },
        { "2026-03-04 11:00", "" },
        { "2026-03-04 12:30", "sign 80 remind, sign 100 up then receive" },
        { "2026-03-04 21:59", "" },
        { "2026-03-05 09:00", "contact 50 remind, contact 80 remind" },
        { "2026-03-05 10:00", "contact 100 up" },
        { "2026-03-20 10:00", "answer 50 remind, answer 80 remind, answer 100 up" },
        { "2027-03-20 10:00", "" },
};

TEST(clocks_fire_in_order)
{
        ARENA_AUTO a = { 0 };
        const struct procedure *p = sample_request(&a);
        struct clock_set set = { 0 };
        apply(&set, p, ground(&a), "sign contact answer", "", "2026-03-04 10:00");
        for (size_t i = 0; i < COUNT(hour); i++) {
                struct clock_alarm alarm[CLOCK_ALARMS_MAX];
                struct instant now = at(hour[i].now);
                size_t n = clock_set_fire(&set, p, now, alarm);
                struct str got = STR("");
                for (size_t k = 0; k < n; k++) {
                        CHECK(alarm[k].at.us <= now.us && (k == 0 || alarm[k - 1].at.us <= alarm[k].at.us));
                        got = str_printf(&a, "%s%s" STR_FMT " %d %s%s%s", got.p, k ? ", " : "",
                                         STR_ARG(set.row[alarm[k].clock].code), alarm[k].percent,
                                         alarm_kind_words[alarm[k].kind], alarm[k].then < 0 ? "" : " then ",
                                         alarm[k].then < 0 ? "" : p->action[alarm[k].then].code.p);
                }
                CHECK_STR(got, hour[i].fired);
        }
        CHECK(instant_is_none(clock_set_next(&set)));
}

/* Alarms of one instant come in the order of the set. */
TEST(clocks_fire_together)
{
        ARENA_AUTO a = { 0 };
        const struct procedure *p = sample_request(&a);
        struct clock_alarm alarm[CLOCK_ALARMS_MAX];
        struct clock_set set = { 0 };
        apply(&set, p, ground(&a), "sign ruling", "", "2026-03-04 10:00");
        CHECK_EQ(clock_set_fire(&set, p, at("2026-03-04 11:00"), alarm), 2);
        CHECK_EQ(alarm[0].clock, 0);
        CHECK_EQ(alarm[1].clock, 1);
        CHECK_EQ(clock_set_fire(&set, p, at("2026-03-04 12:00"), alarm), 3);
        CHECK_EQ(alarm[0].percent, 80);
        CHECK_EQ(alarm[1].clock, 0);
        CHECK_EQ(alarm[2].clock, 1);
}

/* What is stopped stays silent, however late. */
TEST(clocks_stopped_are_silent)
{
        ARENA_AUTO a = { 0 };
        const struct procedure *p = sample_request(&a);
        struct clock_alarm alarm[CLOCK_ALARMS_MAX];
        struct clock_set set = { 0 };
        apply(&set, p, ground(&a), "sign", "", "2026-03-04 10:00");
        apply(&set, p, ground(&a), "", "sign", "2026-03-04 10:01");
        CHECK(instant_is_none(clock_set_next(&set)));
        CHECK_EQ(clock_set_fire(&set, p, at("2027-01-01 09:00"), alarm), 0);
}

/* A clock of an older version of the file, unknown to this one, still goes up. */
TEST(clocks_unknown_goes_up)
{
        ARENA_AUTO a = { 0 };
        const struct procedure *p = sample_request(&a);
        struct clock_alarm alarm[CLOCK_ALARMS_MAX];
        struct clock_set set;
        CHECK_EQ(clock_set_parse(STR("1;old|g|1|h|0|100|200|0|0||t:x|"), &set), OK);
        CHECK_EQ(clock_set_fire(&set, p, (struct instant){ 200 }, alarm), 1);
        CHECK_EQ(alarm[0].kind, ALARM_UP);
        CHECK_EQ(alarm[0].then, -1);
}

TEST(clocks_provisional)
{
        ARENA_AUTO a = { 0 };
        const struct procedure *p = sample_request(&a);
        struct clock_set set = { 0 };
        bool changed = true;
        apply(&set, p, ground(&a), "answer", "", "2027-09-28 10:00");
        CHECK(set.row[0].provisional);
        CHECK_STR(str_of(due_of(&a, &set, "answer")), "2027-10-05T23:59:59.999999+08:00");
        CHECK_EQ(clock_set_renew(&set, p, ground(&a)->calendar, NULL, &changed, NULL), OK);
        CHECK(!changed);
        /* the notice comes: the first week of October is off */
        struct local_day off[7];
        for (int i = 0; i < 7; i++) {
                CHECK(day_make(2027, 10, 1 + i, &off[i].day));
                off[i] = (struct local_day){ .day = off[i].day, .work = false, .name = STR("国庆节") };
        }
        const struct calendar *known = calendar_build(&a, off, COUNT(off));
        set.row[0].level = 50;
        CHECK_EQ(clock_set_renew(&set, p, known, NULL, &changed, NULL), OK);
        CHECK(changed);
        CHECK_STR(str_of(due_of(&a, &set, "answer")), "2027-10-12T23:59:59.999999+08:00");
        CHECK_EQ(set.row[0].level, 50); /* what has fired does not fire again */
        set.row[0].stopped = set.row[0].started;
        set.row[0].due = set.row[0].started;
        CHECK_EQ(clock_set_renew(&set, p, known, NULL, &changed, NULL), OK);
        CHECK(!changed);
}

TEST(clocks_text)
{
        ARENA_AUTO a = { 0 };
        const struct procedure *p = sample_request(&a);
        struct clock_set set = { 0 }, back;
        char text[CLOCKS_TEXT_MAX], again[CLOCKS_TEXT_MAX];
        CHECK_STR(((struct str){ text, clock_set_write(&set, text) }), "1");
        apply(&set, p, ground(&a), "sign contact answer statutory tell place joint_look", "", "2026-03-04 10:00");
        apply(&set, p, ground(&a), "", "sign place", "2026-03-04 11:00");
        set.row[2].level = 50;
        set.row[3].provisional = true;
        size_t n = clock_set_write(&set, text);
        CHECK_EQ(clock_set_parse((struct str){ text, n }, &back), OK);
        CHECK_EQ(back.n, 7);
        for (size_t i = 0; i < back.n; i++) {
                const struct clock *x = &set.row[i], *y = &back.row[i];
                CHECK(str_eq(x->code, y->code) && str_eq(x->source, y->source));
                CHECK(x->kind == y->kind && x->limit == y->limit && x->unit == y->unit && x->roll == y->roll &&
                      x->from == y->from);
                CHECK(x->started.us == y->started.us && x->due.us == y->due.us && x->stopped.us == y->stopped.us);
                CHECK(x->provisional == y->provisional && x->level == y->level && x->n_shares == y->n_shares);
                for (size_t k = 0; k < x->n_shares; k++)
                        CHECK(x->share[k].percent == y->share[k].percent && x->share[k].at.us == y->share[k].at.us);
        }
        CHECK_EQ(clock_set_write(&back, again), n);
        CHECK_EQ(memcmp(text, again, n), 0);
        CHECK_EQ(clock_set_next(&back).us, clock_set_next(&set).us);
}

/* The largest set there can be keeps within the ceiling. */
TEST(clocks_text_largest)
{
        char code[CLOCK_CODE_MAX], source[64], text[CLOCKS_TEXT_MAX];
        memset(code, 'c', sizeof code);
        memset(source, 's', sizeof source);
        struct instant last = { INT64_C(7258118399999999) }; /* the end of 2199 */
        struct clock_set set = { .n = PROCEDURE_CLOCKS_MAX }, back;
        for (size_t i = 0; i < set.n; i++) {
                struct clock *c = &set.row[i];
                *c = (struct clock){ .code = { code, sizeof code },
                                     .source = { source, sizeof source },
                                     .limit = DUE_LIMIT_MAX,
                                     .started = last,
                                     .due = last,
                                     .stopped = last,
                                     .level = 100,
                                     .n_shares = 3,
                                     .extended = DUE_LIMIT_MAX,
                                     .n_pauses = CLOCK_PAUSES_MAX };
                for (int k = 0; k < CLOCK_PAUSES_MAX; k++)
                        c->pause[k] = (struct due_span){ { last.us - 1 }, last };
                for (int k = 0; k < 3; k++)
                        c->share[k] = (struct clock_share){ 97 + k, last };
        }
        size_t n = clock_set_write(&set, text);
        CHECK(n <= CLOCKS_TEXT_MAX);
        CHECK_EQ(clock_set_parse((struct str){ text, n }, &back), OK);
        CHECK_EQ(back.n, PROCEDURE_CLOCKS_MAX);
}

TEST(clocks_text_refused)
{
        static const char *const bad[] = {
                "2",
                "x",
                "1;",
                "1;a",
                "1;a|g",
                "1;|g|1|h|0|100|200|0|0||t:x|",
                "1;a|z|1|h|0|100|200|0|0||t:x|",
                "1;a|g|01|h|0|100|200|0|0||t:x|",
                "1;a|g|100001|h|0|100|200|0|0||t:x|",
                "1;a|g|-1|h|0|100|200|0|0||t:x|",
                "1;a|g|1|q|0|100|200|0|0||t:x|",
                "1;a|g|1|h|2|100|200|0|0||t:x|",
                "1;a|g|1|h|0||200|0|0||t:x|",
                "1;a|g|1|h|0|100|200|0|101||t:x|",
                "1;a|g|1|h|0|100|200|0|0|x|t:x|",
                "1;a|g|1|h|0|100|200|0|0||x:x|",
                "1;a|g|1|h|0|100|200|0|0||t:|",
                "1;a|g|1|h|0|100|200|0|0||t:x",
                "1;a|g|1|h|0|100|200|0|0||t:x|50",
                "1;a|g|1|h|0|100|200|0|0||t:x|50:",
                "1;a|g|1|h|0|100|200|0|0||t:x|50:150,",
                "1;a|g|1|h|0|100|200|0|0||t:x|50:150,50:160",
                "1;a|g|1|h|0|100|200|0|0||t:x|10:1,20:2,30:3,40:4",
                "1;a|g|1|h|0|100|200|0|0||t:x|100:200",
                "1;a|g|1|h|0|99999999999999999999|200|0|0||t:x|",
                "1;a b|g|1|h|0|100|200|0|0||t:x|",
                "1;a|g|1|h|0|100|200|0|0||t:x| ",
        };
        struct clock_set set;
        for (size_t i = 0; i < COUNT(bad); i++)
                if (clock_set_parse(str_of(bad[i]), &set) != ERR_BAD)
                        fail_msg("taken: %s", bad[i]);
        CHECK_EQ(clock_set_parse(STR(""), &set), OK);
        CHECK_EQ(set.n, 0);
        CHECK_EQ(clock_set_parse(STR("1;a|g|1|h|0|100|200|0|0||t:x|"), &set), OK);
        CHECK_EQ(clock_set_parse(STR("1;a|g|1|h|0|100|200|0|0||t:x|10:1,20:2,30:3;b|s|2|o|1|1|2|1|80|2|d:y|"), &set),
                 OK);
        CHECK_EQ(set.n, 2);
}

/* Every prefix and every changed byte of a real text: taken or refused, never read past its end. */
TEST(clocks_text_any_bytes)
{
        ARENA_AUTO a = { 0 };
        const struct procedure *p = sample_request(&a);
        struct clock_set set = { 0 };
        char text[CLOCKS_TEXT_MAX];
        apply(&set, p, ground(&a), "sign answer", "", "2026-03-04 10:00");
        size_t n = clock_set_write(&set, text);
        for (size_t i = 0; i < n; i++) {
                char *exact = malloc(i + 1);
                memcpy(exact, text, i);
                clock_set_parse((struct str){ exact, i }, &set);
                free(exact);
                for (const char *c = "|;:,0x9\xff"; *c; c++) {
                        char *copy = malloc(n);
                        memcpy(copy, text, n);
                        copy[i] = *c;
                        clock_set_parse((struct str){ copy, n }, &set);
                        free(copy);
                }
        }
}

/* ---- pauses, extensions, and clocks that are given their end --------------------------------------------------------- */

static int change(struct clock_set *set, const struct procedure *p, const struct clock_ground *g, struct step s, const char *now, struct err *err)
{
        s.action = &p->action[0];
        return clock_set_step(set, p, &s, g, at(now), err);
}

static uint32_t bit_of(const struct procedure *p, const char *clock)
{
        return UINT32_C(1) << procedure_clock_find(p, str_of(clock));
}

/* Five working days from Wednesday 4 March 2026 end on Wednesday the 11th. */
TEST(clocks_pause_and_extend)
{
        ARENA_AUTO a = { 0 };
        const struct procedure *p = sample_request(&a);
        struct clock_set set = { 0 };
        struct err err = { 0 };
        uint32_t answer = bit_of(p, "answer"), pause = bit_of(p, "pause");
        apply(&set, p, ground(&a), "answer statutory", "", "2026-03-04 10:00");
        CHECK_STR(str_of(due_of(&a, &set, "answer")), "2026-03-11T23:59:59.999999+08:00");

        /* from Friday to Monday a week later: six working days are left out, Friday 6 to Friday 13 */
        struct step s = { .pause = answer, .start = pause, .ends = pause, .until = at("2026-03-16 00:00"), .to = 0 };
        CHECK_EQ(change(&set, p, ground(&a), s, "2026-03-06 09:00", &err), OK);
        CHECK_STR(str_of(due_of(&a, &set, "answer")), "2026-03-19T23:59:59.999999+08:00");
        CHECK_STR(str_of(due_of(&a, &set, "pause")), "2026-03-16T00:00:00+08:00");
        CHECK_STR(str_of(due_of(&a, &set, "statutory")), "2026-05-06T23:59:59.999999+08:00");

        /* it goes on earlier, on Tuesday the 10th: only Friday and Monday are left out */
        CHECK_EQ(change(&set, p, ground(&a), (struct step){ .resume = answer, .stop = pause }, "2026-03-10 08:00", &err), OK);
        CHECK_STR(str_of(due_of(&a, &set, "answer")), "2026-03-13T23:59:59.999999+08:00");

        /* three working days more: the weekend does not count */
        CHECK_EQ(change(&set, p, ground(&a), (struct step){ .extend = answer, .more = 3 }, "2026-03-10 09:00", &err), OK);
        CHECK_STR(str_of(due_of(&a, &set, "answer")), "2026-03-18T23:59:59.999999+08:00");
        CHECK_EQ(clock_set_find(&set, STR("answer"))->extended, 3);

        /* the text keeps it */
        char text[CLOCKS_TEXT_MAX], again[CLOCKS_TEXT_MAX];
        struct clock_set back;
        size_t n = clock_set_write(&set, text);
        CHECK_EQ(clock_set_parse((struct str){ text, n }, &back), OK);
        CHECK_EQ(clock_set_find(&back, STR("answer"))->n_pauses, 1);
        CHECK_EQ(clock_set_write(&back, again), n);
        CHECK_EQ(memcmp(text, again, n), 0);
}

TEST(clocks_changes_have_bounds)
{
        ARENA_AUTO a = { 0 };
        const struct procedure *p = sample_request(&a);
        struct clock_set set = { 0 }, before;
        struct err err = { 0 };
        uint32_t answer = bit_of(p, "answer"), pause = bit_of(p, "pause"), law = bit_of(p, "statutory");
        apply(&set, p, ground(&a), "answer statutory", "", "2026-03-04 10:00");
        before = set;
        struct step s = { .pause = answer, .start = pause, .ends = pause, .until = at("2026-03-04 10:00") };
        CHECK_EQ(change(&set, p, ground(&a), s, "2026-03-05 10:00", &err), ERR_RANGE); /* it would have ended already */
        s.until = at("2026-03-17 10:00"); /* the limit "pause" is ten days */
        CHECK_EQ(change(&set, p, ground(&a), s, "2026-03-05 10:00", &err), ERR_RANGE);
        CHECK_STR(str_of(err.field), "until");
        s = (struct step){ .pause = answer, .until = at("2026-05-07 10:00") }; /* beyond the limit of law */
        CHECK_EQ(change(&set, p, ground(&a), s, "2026-03-05 10:00", &err), ERR_RANGE);
        s = (struct step){ .extend = answer, .more = 60 };
        CHECK_EQ(change(&set, p, ground(&a), s, "2026-03-05 10:00", &err), ERR_RANGE);
        CHECK_STR(str_of(err.field), "more");
        CHECK_EQ(memcmp(&before, &set, sizeof set), 0); /* nothing was changed */

        /* a written answer was given: then the limit of law stands still too */
        s = (struct step){ .pause = answer | law, .until = at("2026-06-30 10:00") };
        CHECK_EQ(change(&set, p, ground(&a), s, "2026-03-05 10:00", &err), OK);
        CHECK(clock_set_find(&set, STR("statutory"))->due.us > at("2026-08-01 00:00").us);

        /* what has run out is neither paused nor extended */
        apply(&set, p, ground(&a), "contact", "", "2026-03-04 10:00");
        uint32_t contact = bit_of(p, "contact");
        struct instant due = clock_set_find(&set, STR("contact"))->due;
        CHECK_EQ(change(&set, p, ground(&a), (struct step){ .extend = contact, .more = 1 }, "2026-03-09 10:00", &err), ERR_RULE);
        CHECK_EQ(change(&set, p, ground(&a), (struct step){ .pause = contact, .until = at("2026-03-10 00:00") }, "2026-03-09 10:00", &err), OK);
        CHECK_EQ(clock_set_find(&set, STR("contact"))->due.us, due.us);
}

/* An answer that turned out to be none: the promise runs as if it had not been stopped. */
TEST(clocks_resume_what_was_stopped)
{
        ARENA_AUTO a = { 0 };
        const struct procedure *p = sample_request(&a);
        struct clock_set set = { 0 };
        struct err err = { 0 };
        uint32_t answer = bit_of(p, "answer");
        apply(&set, p, ground(&a), "answer", "", "2026-03-04 10:00");
        struct instant due = clock_set_find(&set, STR("answer"))->due;
        apply(&set, p, ground(&a), "", "answer", "2026-03-06 10:00");
        CHECK_EQ(change(&set, p, ground(&a), (struct step){ .resume = answer }, "2026-03-12 10:00", &err), OK);
        CHECK(clock_runs(clock_set_find(&set, STR("answer"))));
        CHECK_EQ(clock_set_find(&set, STR("answer"))->due.us, due.us);
        CHECK(!clock_kept(clock_set_find(&set, STR("answer")), at("2026-03-12 10:00")));
}
