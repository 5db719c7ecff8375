/* A procedure unlike the one that ships: optional fields, every type, clocks that go nowhere but to an action. */
#include "procedure/inner/sample.h"
#include "procedure/step.h"

#define HALL                                                                                                              \
        "code: hall\nversion: 12\nname: {zh: 预约, en: Appointment}\nsource: x\n"                                       \
        "states:\n"                                                                                                       \
        "  booked:\n    name: {zh: 已约, en: Booked}\n    public: {zh: 已约, en: Booked}\n    watch: wait\n"          \
        "    enter: {start: wait}\n"                                                                                      \
        "  missed:\n    name: {zh: 失约, en: Missed}\n    public: {zh: 失约, en: Missed}\n    watch: rest\n"          \
        "    enter: {start: rest}\n"                                                                                      \
        "  over:\n    name: {zh: 完, en: Over}\n    public: {zh: 完, en: Over}\n    final: true\n"                      \
        "actions:\n"                                                                                                      \
        "  book:\n    name: {zh: 约, en: Book}\n    who: public\n    from: start\n"                                      \
        "    to:\n      - {state: over, when: {walk_in: yes, size: [small, middle]}}\n"                                   \
        "      - {state: missed, when: {size: large}}\n      - {state: booked}\n"                                         \
        "    form:\n"                                                                                                     \
        "      day: {label: {zh: 日, en: Day}, type: instant, required: yes, future: yes}\n"                             \
        "      walk_in: {label: {zh: 现场, en: Walk-in}, type: bool}\n"                                                 \
        "      size: {label: {zh: 大小, en: Size}, type: choice, choices: {small: {zh: 小, en: S}, middle: {zh: 中, " \
        "en: M}, "                                                                                                        \
        "large: {zh: 大, en: L}}}\n"                                                                                     \
        "      count: {label: {zh: 数, en: Count}, type: int}\n"                                                         \
        "      words: {label: {zh: 话, en: Words}, type: text}\n"                                                        \
        "    effects: {notify: desk, when: {walk_in: no}}\n"                                                              \
        "  come:\n    name: {zh: 到, en: Come}\n    who: [matter.sign, reporter]\n    from: [booked, missed]\n    "      \
        "to: over\n"                                                                                                      \
        "  miss:\n    name: {zh: 失, en: Miss}\n    who: system\n    from: booked\n    to: missed\n"                     \
        "clocks:\n"                                                                                                       \
        "  wait:\n    name: {zh: 等, en: Wait}\n    kind: stage\n    limit: sign\n    at: {100: remind}\n"               \
        "    then: miss\n    source: x\n"                                                                                 \
        "  rest:\n    name: {zh: 余, en: Rest}\n    kind: stage\n    limit: sign\n    at: {1: up, 100: up}\n"            \
        "    source: x\n"

static const struct procedure *read_clean(struct arena *a, struct str text)
{
        struct findings out;
        const struct procedure *p = sample_read(a, text, &out);
        sample_clean(&out);
        return p;
}

TEST(other_is_sound)
{
        ARENA_AUTO a = { 0 };
        struct findings out = { .arena = &a };
        const struct procedure *p = read_clean(&a, STR(HALL));
        CHECK_EQ(procedure_check(p, &sample_town, &out), OK);
        sample_clean(&out);
        CHECK_EQ(procedure_check(p, NULL, &out), OK);
        CHECK_EQ(p->version, 12);
        CHECK_EQ(p->n_rights, 1);
        CHECK_STR(p->right[0].name, "matter.sign");
        CHECK_EQ(p->right[0].line, sample_line(STR(HALL), "    who: [matter.sign"));
        CHECK_EQ(p->action[0].field[4].min, 0);
        CHECK_EQ(p->action[0].field[4].max, 1000);
}

static const struct {
        const char *walk_in, *size, *count;
        const char *to; /* NULL: refused */
        int notify;
} booking[] = {
        { "", "", "", "booked", 0 },
        { "no", "", "", "booked", 1 },
        { "false", "small", "", "booked", 1 },
        { "yes", "", "", "booked", 0 },
        { "yes", "small", "", "over", 0 },
        { "true", "middle", "", "over", 0 },
        { "yes", "large", "", "missed", 0 },
        { "", "large", "-3", "missed", 0 },
        { "maybe", "", "", NULL, 0 },
        { "", "huge", "", NULL, 0 },
        { "", "", "3.0", NULL, 0 },
        { "", "", "9999999999999999999", NULL, 0 },
};

TEST(other_types)
{
        ARENA_AUTO a = { 0 };
        const struct procedure *p = read_clean(&a, STR(HALL));
        for (size_t i = 0; i < COUNT(booking); i++) {
                const struct form_value value[] = {
                        { STR("day"), STR("2030-01-01 09:00") },
                        { STR("walk_in"), str_of(booking[i].walk_in) },
                        { STR("size"), str_of(booking[i].size) },
                        { STR("count"), str_of(booking[i].count) },
                };
                struct step_ask ask = { .state = STATE_NONE,
                                        .action = STR("book"),
                                        .actor = ACTOR_PUBLIC,
                                        .value = value,
                                        .n_values = COUNT(value),
                                        .now = { 0 },
                                        .since = INSTANT_NONE };
                struct step s;
                int e = procedure_step(p, &ask, &s, NULL);
                CHECK_EQ(e == OK, booking[i].to != NULL);
                if (e != OK)
                        continue;
                CHECK_STR(p->state[s.to].code, booking[i].to);
                CHECK_EQ(s.notify, booking[i].notify ? 1 << NOTIFY_DESK : 0);
                CHECK_EQ(step_value(&s, "count") ? step_value(&s, "count")->number : 0, *booking[i].count ? -3 : 0);
        }
}

/* The fact that stands in the way is named, not the one before it. */
TEST(other_guard)
{
        ARENA_AUTO a = { 0 };
        const struct procedure *p =
                read_clean(&a, sample_replace(&a, STR(HALL), "from: [booked, missed]",
                                              "from: [booked, missed]\n    when: {anonymous: no, urgent: yes}"));
        struct step_ask ask = {
                .state = 0, .action = STR("come"), .actor = ACTOR_REPORTER, .now = { 0 }, .since = INSTANT_NONE
        };
        struct step s;
        struct err err = { 0 };
        CHECK_EQ(procedure_step(p, &ask, &s, &err), ERR_RULE);
        CHECK_STR(str_of(err.field), "urgent");
        CHECK_STR(str_of(err.en), "\"Come\" is not possible: it is not urgent");
        ask.facts = FACT_BIT(FACT_URGENT) | FACT_BIT(FACT_ANONYMOUS);
        CHECK_EQ(procedure_step(p, &ask, &s, &err), ERR_RULE);
        CHECK_STR(str_of(err.field), "anonymous");
        ask.facts = FACT_BIT(FACT_URGENT);
        CHECK_EQ(procedure_step(p, &ask, &s, &err), OK);
}

/* A clock's code of 32 characters is the longest. */
TEST(other_code_length)
{
        ARENA_AUTO a = { 0 };
        read_clean(&a, sample_replace(&a,
                                      sample_replace(&a,
                                                     sample_replace(&a, STR(HALL), "watch: wait",
                                                                    "watch: w2345678901234567890123456789012"),
                                                     "start: wait", "start: w2345678901234567890123456789012"),
                                      "  wait:", "  w2345678901234567890123456789012:"));
}

/* One change, the one finding it must give, and its whole sentence. */
static const struct {
        const char *find, *with, *rule, *en;
} said[] = {
        { "      - {state: booked}\n", "", "procedure.no-row",
          "Action \"book\": with (walk_in: no, size: small) nothing says where it leads" },
        { "    enter: {start: rest}\n", "    enter: {start: rest, when: {urgent: yes}}\n", "procedure.unwatched",
          "In \"missed\" the clock \"rest\" does not run: book (missed)" },
        { "from: [booked, missed]\n    to: over", "from: booked\n    to: over", "procedure.no-end",
          "No end can be reached from \"missed\": book (missed)" },
        { "    watch: wait\n", "    watch: wait\n    needs: {urgent: yes}\n", "procedure.guard-missing",
          "Action \"book\" with (walk_in: no, size: small, urgent: no) enters \"booked\" although the needs of that "
          "state do not "
          "hold: add a condition" },
        { "    then: miss\n", "", "procedure.clock-stuck",
          "When the clock \"wait\" runs out in state \"booked\" nothing happens: say up at 100, or an action of the "
          "system possible "
          "there (then)" },
        { "    final: true\n", "    final: true\n    after: rating\n", "procedure.record-missing",
          "\"over\" can be reached without the record \"rating\": book (over)" },
        { "    who: system\n    from: booked\n    to: missed", "    who: system\n    from: booked\n    to: over",
          "procedure.system-ends", "The system never ends a matter: action \"miss\" leads to an end" },
        { "when: {size: large}}", "when: {size: []}}", "procedure.row-dead",
          "Action \"book\": this row is never taken" },
        { "    from: booked\n    to: missed", "    from: booked\n    to: missed\n    when: {urgent: yes}",
          "procedure.clock-stuck",
          "When the clock \"wait\" runs out in state \"booked\" nothing happens: say up at 100, or an action of the "
          "system possible "
          "there (then)" },
        { "    limit: sign\n    at: {100", "    limit: sine\n    at: {100", "procedure.limit-unknown",
          "town.yaml has no limit \"sine\"" },
        { "      - {state: booked}\n", "      - {state: booked, when: {size: [small, middle]}}\n", "procedure.no-row",
          "Action \"book\": with (walk_in: no, size: -) nothing says where it leads" },
        { "enter: {start: wait}", "enter: [{start: wait}, {record: told, by: posting}]", "procedure.posting",
          "Action \"book\" with (walk_in: no, size: small) posts the answer instead of telling a reporter who can be "
          "reached" },
};

TEST(other_sentences)
{
        for (size_t i = 0; i < COUNT(said); i++) {
                ARENA_AUTO a = { 0 };
                struct findings out = { .arena = &a };
                const struct procedure *p = read_clean(&a, sample_replace(&a, STR(HALL), said[i].find, said[i].with));
                CHECK_EQ(procedure_check(p, &sample_town, &out), ERR_RULE);
                bool found = false;
                for (size_t k = 0; k < out.n; k++)
                        found |= strcmp(out.row[k].rule, said[i].rule) == 0 && str_is(out.row[k].en, said[i].en);
                if (!found)
                        fail_msg("row %zu: %s: " STR_FMT, i, out.row[0].rule, STR_ARG(out.row[0].en));
        }
}

/* The sum of the stages against a statutory clock, to the hour: 24 + 48 hours are just within three days. */
#define SUM                                                                                                            \
        "code: sum\nversion: 1\nname: {zh: 和, en: Sum}\nsource: x\n"                                                 \
        "states:\n"                                                                                                    \
        "  one: {name: {zh: 一, en: One}, public: {zh: 一, en: One}, watch: first, enter: {start: [first, law]}}\n"  \
        "  two: {name: {zh: 二, en: Two}, public: {zh: 二, en: Two}, watch: second, enter: {start: second}}\n"       \
        "  end: {name: {zh: 完, en: End}, public: {zh: 完, en: End}, final: yes}\n"                                  \
        "actions:\n"                                                                                                   \
        "  open: {name: {zh: 开, en: Open}, who: public, from: start, to: one}\n"                                     \
        "  go: {name: {zh: 走, en: Go}, who: public, from: one, to: two}\n"                                           \
        "  back: {name: {zh: 回, en: Back}, who: public, from: two, to: one}\n"                                       \
        "  skip: {name: {zh: 略, en: Skip}, who: public, from: one, to: end}\n"                                       \
        "  stop: {name: {zh: 停, en: Stop}, who: public, from: two, to: end}\n"                                       \
        "clocks:\n"                                                                                                    \
        "  first: {name: {zh: 甲, en: A}, kind: stage, limit: h24, at: {100: up}, source: x}\n"                       \
        "  second: {name: {zh: 乙, en: B}, kind: stage, limit: h48, at: {100: up}, source: x}\n"                      \
        "  law: {name: {zh: 法, en: Law}, kind: statutory, limit: d3, at: {100: up}, source: x}\n"

static int sum_limit(const void *arg, struct str id, struct clock_limit *ret)
{
        static const struct {
                const char *id;
                struct clock_limit limit;
        } row[] = {
                { "h24", { 24, DUE_HOUR, DUE_ROLL_NONE } }, { "h48", { 48, DUE_HOUR, DUE_ROLL_NONE } },
                { "h49", { 49, DUE_HOUR, DUE_ROLL_NONE } }, { "d3", { 3, DUE_DAY, DUE_ROLL_NONE } },
                { "d2", { 2, DUE_DAY, DUE_ROLL_NONE } },
        };
        (void)arg;
        for (size_t i = 0; i < COUNT(row); i++)
                if (str_is(id, row[i].id)) {
                        *ret = row[i].limit;
                        return OK;
                }
        return ERR_NONE;
}

static const struct {
        const char *find, *with;
        const char *en; /* NULL: within the limit */
        const char *find_too, *with_too;
} sum[] = {
        { "limit: h48", "limit: h48", NULL, NULL, NULL },
        { "limit: h48", "limit: h49",
          "The stages may take 73 hours, more than the 72 hours of \"law\" (counted on the safe side): one > two > "
          "end",
          NULL, NULL },
        { "limit: d3", "limit: d2",
          "The stages may take 72 hours, more than the 48 hours of \"law\" (counted on the safe side): one > two > "
          "end",
          NULL, NULL },
        { "limit: h24", "limit: d2, roll: statutory",
          "The stages may take 384 hours, more than the 72 hours of \"law\" (counted on the safe side): one > two > "
          "end",
          NULL, NULL },
        /* a clock that watches both states counts once */
        { "watch: second", "watch: first", NULL, NULL, NULL },
        /* stopped on the way, it no longer counts */
        { "from: one, to: two}", "from: one, to: two, effects: {stop: law}}", NULL, NULL, NULL },
        /* started later, it counts from there */
        { "limit: h48", "limit: h49", NULL, "start: [first, law]}}\n  two: {",
          "start: first}}\n  two: {enter: {start: [second, law]}, " },
};

TEST(other_sum)
{
        static const struct procedure_town town = { .limit = sum_limit };
        for (size_t i = 0; i < COUNT(sum); i++) {
                ARENA_AUTO a = { 0 };
                struct findings out = { .arena = &a };
                struct str text = sample_replace(&a, STR(SUM), sum[i].find, sum[i].with);
                if (sum[i].find_too) {
                        text = sample_replace(&a, text, sum[i].find_too, sum[i].with_too);
                        text = sample_replace(&a, text, ", enter: {start: second}}", "}");
                }
                const struct procedure *p = read_clean(&a, text);
                int e = procedure_check(p, &town, &out);
                bool late = false;
                for (size_t k = 0; k < out.n; k++) {
                        late |= strcmp(out.row[k].rule, "procedure.too-long") == 0;
                        if (late)
                                CHECK_STR(out.row[k].en, sum[i].en);
                }
                CHECK_EQ(late, sum[i].en != NULL);
                CHECK_EQ(e, out.n ? ERR_RULE : OK);
        }
}

/* A hundred thousand situations: said to be too many, and quickly. */
TEST(other_many_situations)
{
        ARENA_AUTO a = { 0 };
        struct str states = STR("states:\n"), actions = STR("actions:\n"), clocks = STR("clocks:\n");
        for (int i = 0; i < PROCEDURE_STATES_MAX; i++) {
                states = str_printf(&a, "%s  s%d: {name: {zh: 一, en: A}, public: {zh: 一, en: A}, watch: c%d}\n",
                                    states.p, i, i % 8);
                actions = str_printf(
                        &a, "%s  a%d: {name: {zh: 一, en: A}, who: public, from: s%d, to: s%d, effects: {%s: c%d}}\n",
                        actions.p, i, i, (i + 1) % PROCEDURE_STATES_MAX, i % 3 ? "start" : "stop", i % 8);
                actions = str_printf(
                        &a, "%s  b%d: {name: {zh: 一, en: A}, who: public, from: s%d, to: s%d, effects: {%s: c%d}}\n",
                        actions.p, i, i, (i + 5) % PROCEDURE_STATES_MAX, i % 2 ? "start" : "stop", (i + 3) % 8);
        }
        actions = sample_replace(&a, actions, "from: s31,", "from: start,");
        for (int i = 0; i < PROCEDURE_CLOCKS_MAX; i++)
                clocks = str_printf(&a,
                                    "%s  c%d: {name: {zh: 一, en: A}, kind: stage, limit: sign, restarts: yes, at: "
                                    "{100: up}, source: x}\n",
                                    clocks.p, i);
        struct findings out;
        const struct procedure *p =
                sample_read(&a,
                            str_printf(&a, "code: x\nversion: 1\nname: {zh: 一, en: A}\nsource: x\n%s%s%s", states.p,
                                       actions.p, clocks.p),
                            &out);
        sample_clean(&out);
        CHECK_EQ(procedure_check(p, &sample_town, &out), ERR_RULE);
        CHECK(sample_find(&out, "procedure.too-big", 1) != NULL);
}
