#include "procedure/inner/sample.h"
#include "procedure/step.h"

#define FACTS_PLACED                                                                                                   \
        (FACT_BIT(FACT_PLACE_KNOWN) | FACT_BIT(FACT_SUBJECT_KNOWN) | FACT_BIT(FACT_LEAD_KNOWN) | FACT_BIT(FACT_COVERED))
#define FACTS_ANONYMOUS (FACTS_PLACED | FACT_BIT(FACT_ANONYMOUS))
enum { ALL_RIGHTS = 0x3fff << 5 };

/* "name=value" pairs, ended by NULL. */
struct pairs {
        const char *name, *value;
};

static struct instant at(const char *text)
{
        struct instant t;
        CHECK_EQ(instant_parse(str_of(text), &t), OK);
        return t;
}

static int run(const struct procedure *p, const char *state, const char *action, enum actor_kind actor, uint32_t facts,
               const struct pairs *form, struct step *ret, struct err *err)
{
        struct form_value value[8];
        size_t n = 0;
        for (; form && n < COUNT(value) && form[n].name; n++)
                value[n] = (struct form_value){ str_of(form[n].name), str_of(form[n].value) };
        struct step_ask ask = {
                .state = *state ? procedure_state_find(p, str_of(state)) : STATE_NONE,
                .action = str_of(action),
                .actor = actor,
                .rights = actor == ACTOR_STAFF ? ALL_RIGHTS : 0,
                .value = value,
                .n_values = n,
                .facts = facts,
                .now = at("2026-03-04 10:00"),
                .since = at("2026-03-03 09:00"),
        };
        return procedure_step(p, &ask, ret, err);
}

#define WORDS                                                                                                          \
        {                                                                                                              \
                {                                                                                                      \
                        "words", "路灯不亮"                                                                        \
                }                                                                                                      \
        }
#define REACHED                                                                                                        \
        {                                                                                                              \
                { "channel", "phone" }, { "time", "2026-03-04 09:30" },                                                \
                {                                                                                                      \
                        "outcome", "reached"                                                                           \
                }                                                                                                      \
        }
#define MISSED                                                                                                         \
        {                                                                                                              \
                { "channel", "phone" }, { "time", "2026-03-04 09:30" },                                                \
                {                                                                                                      \
                        "outcome", "not_reached"                                                                       \
                }                                                                                                      \
        }
#define TEXT_PAIR                                                                                                      \
        {                                                                                                              \
                "text", "已派人更换灯具，今晚亮灯。"                                                      \
        }
#define TEXT                                                                                                           \
        {                                                                                                              \
                TEXT_PAIR                                                                                              \
        }
#define WHY                                                                                                            \
        {                                                                                                              \
                { "reason", "不属于本镇职责" }, { "basis", "条例第十一条" },                                           \
                {                                                                                                      \
                        "elsewhere", "县法院立案庭"                                                              \
                }                                                                                                      \
        }

/* The straight path and its branches: each row is one sentence of docs/procedures.md.
 * start, stop: clocks; notify, records: words. */
static const struct {
        const char *state, *action;
        enum actor_kind actor;
        uint32_t facts;
        struct pairs form[5];
        const char *to, *start, *stop, *notify, *records;
} path[] = {
        { "", "submit", ACTOR_PUBLIC, FACTS_PLACED, WORDS, "dispatched", "sign contact answer statutory", "",
          "reporter lead", "" },
        { "", "submit", ACTOR_REPORTER, FACTS_ANONYMOUS, WORDS, "dispatched", "sign answer statutory", "",
          "reporter lead", "" },
        { "", "submit", ACTOR_STAFF, FACTS_PLACED & ~FACT_BIT(FACT_COVERED), WORDS, "dispatched",
          "sign contact answer statutory joint_look", "", "reporter lead", "" },
        { "", "submit", ACTOR_PUBLIC, FACTS_PLACED & ~FACT_BIT(FACT_PLACE_KNOWN), WORDS, "placing", "place contact answer statutory", "",
          "reporter desk", "" },
        { "", "submit", ACTOR_PUBLIC, 0, WORDS, "placing", "place contact answer statutory", "", "reporter desk", "" },
        { "placing",
          "dispatch",
          ACTOR_STAFF,
          FACTS_PLACED,
          { { "reason", "电话核实" } },
          "dispatched",
          "sign contact answer statutory",
          "place",
          "reporter lead",
          "placement" },
        { "dispatched", "sign", ACTOR_STAFF, FACTS_PLACED, { { 0 } }, "received", "", "sign", "", "" },
        { "dispatched", "receive", ACTOR_SYSTEM, FACTS_PLACED, { { 0 } }, "received", "", "sign", "lead next", "" },
        { "received", "contact", ACTOR_STAFF, FACTS_PLACED, REACHED, "working", "", "contact", "", "contact" },
        { "received", "contact", ACTOR_STAFF, FACTS_PLACED, MISSED, "received", "", "", "", "contact" },
        { "working", "contact", ACTOR_STAFF, FACTS_PLACED, MISSED, "working", "", "", "", "contact" },
        { "working",
          "assign",
          ACTOR_STAFF,
          FACTS_PLACED,
          { { "unit", "water" }, { "reason", "属供水" } },
          "dispatched",
          "sign contact answer statutory",
          "consent joint_look",
          "reporter lead",
          "assignment" },
        { "working", "confer", ACTOR_STAFF, FACTS_PLACED & ~FACT_BIT(FACT_COVERED), TEXT, "working", "", "joint_look",
          "lead", "conference" },
        { "working", "answer", ACTOR_STAFF, FACTS_PLACED, TEXT, "answered", "tell", "answer consent pause restore", "reporter", "answer" },
        { "received", "answer", ACTOR_STAFF, FACTS_ANONYMOUS, TEXT, "closed", "", "answer consent pause restore", "", "answer told" },
        { "answered", "tell", ACTOR_STAFF, FACTS_PLACED, REACHED, "closed", "", "contact tell", "", "contact told" },
        { "answered", "tell", ACTOR_STAFF, FACTS_PLACED, MISSED, "answered", "", "", "", "contact" },
        { "answered", "read", ACTOR_REPORTER, FACTS_PLACED, { { 0 } }, "closed", "", "tell", "", "told" },
        { "placing", "decline", ACTOR_STAFF, 0, WHY, "declined", "", "", "reporter", "decline" },
        { "working", "withdraw", ACTOR_REPORTER, FACTS_PLACED, { { 0 } }, "withdrawn", "",
          "place sign ruling review contact answer statutory tell consent pause shelf verify joint_look await_upstream", "lead", "withdrawal" },
        { "answered", "note", ACTOR_REPORTER, FACTS_PLACED, TEXT, "answered", "", "", "lead", "note" },
        { "closed",
          "rate",
          ACTOR_REPORTER,
          FACTS_PLACED,
          { { "solved", "partly" }, { "satisfied", "4" } },
          "closed",
          "",
          "",
          "",
          "rating" },
};

static struct str clock_words(struct arena *a, const struct procedure *p, uint32_t set)
{
        struct str s = STR("");
        for (size_t i = 0; i < p->n_clocks; i++)
                if (set >> i & 1)
                        s = str_printf(a, "%s%s%s", s.p, s.n ? " " : "", p->clock[i].code.p);
        return s;
}

/* The same clocks in any order. */
static bool same_words(struct str got, const char *want)
{
        struct str rest = str_of(want), word;
        size_t n = 0;
        while (str_split(&rest, ' ', &word)) {
                n += word.n + 1;
                struct str all = got, one;
                bool found = false;
                while (str_split(&all, ' ', &one))
                        found |= str_eq(one, word);
                if (!found)
                        return false;
        }
        return n == (got.n ? got.n + 1 : 0);
}

static struct str record_words(struct arena *a, uint64_t set)
{
        struct str s = STR("");
        for (int i = 0; i < RECORD_COUNT; i++)
                if (set >> i & 1)
                        s = str_printf(a, "%s%s%s", s.p, s.n ? " " : "", procedure_records[i].name);
        return s;
}

static struct str notify_words(struct arena *a, uint32_t set)
{
        struct str s = STR("");
        for (int i = 0; i < NOTIFY_COUNT; i++)
                if (set >> i & 1)
                        s = str_printf(a, "%s%s%s", s.p, s.n ? " " : "", procedure_notify_words[i]);
        return s;
}

static void expect_words(struct str got, const char *want, const char *what, size_t row)
{
        if (!same_words(got, want))
                fail_msg("row %zu, %s: got \"" STR_FMT "\", want \"%s\"", row, what, STR_ARG(got), want);
}

TEST(step_straight_path)
{
        ARENA_AUTO a = { 0 };
        const struct procedure *p = sample_request(&a);
        for (size_t i = 0; i < COUNT(path); i++) {
                struct step s;
                struct err err = { 0 };
                if (run(p, path[i].state, path[i].action, path[i].actor, path[i].facts, path[i].form, &s, &err) != OK)
                        fail_msg("row %zu: %s %s", i, err.field, err.en);
                CHECK_STR(p->state[s.to].code, path[i].to);
                CHECK_EQ(s.ended, s.entered && p->state[s.to].final);
                expect_words(clock_words(&a, p, s.start), path[i].start, "start", i);
                expect_words(clock_words(&a, p, s.stop), path[i].stop, "stop", i);
                expect_words(notify_words(&a, s.notify), path[i].notify, "notify", i);
                expect_words(record_words(&a, s.records), path[i].records, "records", i);
        }
}

/* What is refused: the code, the field, and that nothing is written. */
static const struct {
        const char *state, *action;
        enum actor_kind actor;
        uint32_t facts;
        struct pairs form[6];
        int want;
        const char *field;
} refusal[] = {
        { "dispatched", "fly", ACTOR_STAFF, FACTS_PLACED, { { 0 } }, ERR_NONE, "action" },
        { "dispatched", "sign", ACTOR_REPORTER, FACTS_PLACED, { { 0 } }, ERR_RIGHT, "action" },
        { "dispatched", "sign", ACTOR_PUBLIC, FACTS_PLACED, { { 0 } }, ERR_RIGHT, "action" },
        { "dispatched", "sign", ACTOR_SYSTEM, FACTS_PLACED, { { 0 } }, ERR_RIGHT, "action" },
        { "dispatched", "receive", ACTOR_STAFF, FACTS_PLACED, { { 0 } }, ERR_RIGHT, "action" },
        { "working", "withdraw", ACTOR_PUBLIC, FACTS_PLACED, { { 0 } }, ERR_RIGHT, "action" },
        { "working", "withdraw", ACTOR_STAFF, FACTS_PLACED, { { 0 } }, ERR_RIGHT, "action" },
        { "placing", "decline", ACTOR_SYSTEM, FACTS_PLACED, WHY, ERR_RIGHT, "action" },
        { "working", "sign", ACTOR_STAFF, FACTS_PLACED, { { 0 } }, ERR_STATE, "action" },
        { "", "sign", ACTOR_STAFF, FACTS_PLACED, { { 0 } }, ERR_STATE, "action" },
        { "working", "submit", ACTOR_STAFF, FACTS_PLACED, WORDS, ERR_STATE, "action" },
        { "closed", "withdraw", ACTOR_REPORTER, FACTS_PLACED, { { 0 } }, ERR_STATE, "action" },
        { "closed", "answer", ACTOR_STAFF, FACTS_PLACED, TEXT, ERR_STATE, "action" },
        { "declined", "rate", ACTOR_REPORTER, FACTS_PLACED, { { 0 } }, ERR_STATE, "action" },
        { "placing", "dispatch", ACTOR_STAFF, 0, { { "reason", "不知道" } }, ERR_RULE, "lead_known" },
        { "received", "contact", ACTOR_STAFF, FACTS_ANONYMOUS, REACHED, ERR_RULE, "anonymous" },
        { "closed",
          "rate",
          ACTOR_REPORTER,
          FACTS_PLACED | FACT_BIT(FACT_RATED),
          { { "solved", "no" }, { "satisfied", "1" } },
          ERR_RULE,
          "rated" },
        /* a contact counts only with channel, time and outcome */
        { "received",
          "contact",
          ACTOR_STAFF,
          FACTS_PLACED,
          { { "time", "2026-03-04 09:30" }, { "outcome", "reached" } },
          ERR_MISSING,
          "channel" },
        { "received",
          "contact",
          ACTOR_STAFF,
          FACTS_PLACED,
          { { "channel", "phone" }, { "outcome", "reached" } },
          ERR_MISSING,
          "time" },
        { "received",
          "contact",
          ACTOR_STAFF,
          FACTS_PLACED,
          { { "channel", "phone" }, { "time", "2026-03-04 09:30" } },
          ERR_MISSING,
          "outcome" },
        { "received",
          "contact",
          ACTOR_STAFF,
          FACTS_PLACED,
          { { "channel", "pigeon" }, { "time", "2026-03-04 09:30" }, { "outcome", "reached" } },
          ERR_RANGE,
          "channel" },
        { "received",
          "contact",
          ACTOR_STAFF,
          FACTS_PLACED,
          { { "channel", "phone" }, { "time", "2026-03-04 10:01" }, { "outcome", "reached" } },
          ERR_RANGE,
          "time" },
        { "received",
          "contact",
          ACTOR_STAFF,
          FACTS_PLACED,
          { { "channel", "phone" }, { "time", "2026-03-03 08:59" }, { "outcome", "reached" } },
          ERR_RANGE,
          "time" },
        { "received",
          "contact",
          ACTOR_STAFF,
          FACTS_PLACED,
          { { "channel", "phone" }, { "time", "2026-02-30 09:00" }, { "outcome", "reached" } },
          ERR_TYPE,
          "time" },
        { "received",
          "contact",
          ACTOR_STAFF,
          FACTS_PLACED,
          { { "channel", "phone" }, { "channel", "phone" } },
          ERR_UNKNOWN,
          "channel" },
        { "received", "contact", ACTOR_STAFF, FACTS_PLACED, { { "chanel", "phone" } }, ERR_UNKNOWN, "chanel" },
        { "received", "contact", ACTOR_STAFF, FACTS_PLACED, { { "\xff", "phone" } }, ERR_UNKNOWN, "" },
        { "dispatched", "sign", ACTOR_STAFF, FACTS_PLACED, { { "text", "x" } }, ERR_UNKNOWN, "text" },
        { "working", "answer", ACTOR_STAFF, FACTS_PLACED, { { "text", "" } }, ERR_MISSING, "text" },
        { "working", "answer", ACTOR_STAFF, FACTS_PLACED, { { "text", " \u3000 \n\u3000" } }, ERR_MISSING, "text" },
        { "working", "answer", ACTOR_STAFF, FACTS_PLACED, { { "text", "已办结了" } }, ERR_RANGE, "text" },
        { "working", "answer", ACTOR_STAFF, FACTS_PLACED, { { "text", "\u3000已办结了  " } }, ERR_RANGE, "text" },
        { "working", "answer", ACTOR_STAFF, FACTS_PLACED, { { "text", "已经\xe5办结" } }, ERR_UTF8, "text" },
        { "working", "answer", ACTOR_STAFF, FACTS_PLACED, { { "text", "已经办结\x01了" } }, ERR_TYPE, "text" },
        { "closed",
          "rate",
          ACTOR_REPORTER,
          FACTS_PLACED,
          { { "solved", "yes" }, { "satisfied", "0" } },
          ERR_RANGE,
          "satisfied" },
        { "closed",
          "rate",
          ACTOR_REPORTER,
          FACTS_PLACED,
          { { "solved", "yes" }, { "satisfied", "6" } },
          ERR_RANGE,
          "satisfied" },
        { "closed",
          "rate",
          ACTOR_REPORTER,
          FACTS_PLACED,
          { { "solved", "yes" }, { "satisfied", "4.5" } },
          ERR_TYPE,
          "satisfied" },
        { "closed",
          "rate",
          ACTOR_REPORTER,
          FACTS_PLACED,
          { { "solved", "maybe" }, { "satisfied", "4" } },
          ERR_RANGE,
          "solved" },
        { "placing",
          "decline",
          ACTOR_STAFF,
          0,
          { { "reason", "不属于本镇职责" }, { "basis", "条例第十一条" } },
          ERR_MISSING,
          "elsewhere" },
};

TEST(step_refusals)
{
        ARENA_AUTO a = { 0 };
        const struct procedure *p = sample_request(&a);
        for (size_t i = 0; i < COUNT(refusal); i++) {
                struct step s = { .to = -77 };
                struct err err = { 0 };
                int e = run(p, refusal[i].state, refusal[i].action, refusal[i].actor, refusal[i].facts, refusal[i].form,
                            &s, &err);
                if (e != refusal[i].want || strcmp(err.field, refusal[i].field) != 0)
                        fail_msg("row %zu: got %d %s (%s)", i, e, err.field, err.en);
                CHECK(err.zh[0] && err.en[0]);
                CHECK_EQ(s.to, -77);
        }
}

/* An instant may be the very opening and the very moment. */
TEST(step_instant_bounds)
{
        ARENA_AUTO a = { 0 };
        const struct procedure *p = sample_request(&a);
        static const struct {
                const char *time;
                int want;
        } row[] = {
                { "2026-03-03T09:00:00+08:00", OK },
                { "2026-03-03T08:59:59.999999+08:00", ERR_RANGE },
                { "2026-03-04T10:00:00+08:00", OK },
                { "2026-03-04T10:00:00.000001+08:00", ERR_RANGE },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                struct step s;
                struct pairs form[] = {
                        { "channel", "phone" }, { "time", row[i].time }, { "outcome", "reached" }, { 0 }
                };
                CHECK_EQ(run(p, "received", "contact", ACTOR_STAFF, FACTS_PLACED, form, &s, NULL), row[i].want);
        }
}

/* Lengths count characters, not bytes, at both ends of the range. */
TEST(step_text_length)
{
        ARENA_AUTO a = { 0 };
        const struct procedure *p = sample_request(&a);
        static const struct {
                size_t chars;
                int want;
        } row[] = { { 1, ERR_RANGE }, { 2, OK }, { 5000, OK }, { 5001, ERR_RANGE } };
        for (size_t i = 0; i < COUNT(row); i++) {
                char *text = arena_alloc(&a, row[i].chars * 3 + 1);
                for (size_t k = 0; k < row[i].chars; k++)
                        memcpy(text + 3 * k, "灯", 3);
                struct step s;
                struct pairs form[] = { { "words", text }, { 0 } };
                CHECK_EQ(run(p, "", "submit", ACTOR_PUBLIC, FACTS_PLACED, form, &s, NULL), row[i].want);
        }
}

TEST(step_values_and_words)
{
        ARENA_AUTO a = { 0 };
        const struct procedure *p = sample_request(&a);
        struct step s;
        struct err err = { 0 };
        CHECK_EQ(run(p, "received", "contact", ACTOR_STAFF, FACTS_PLACED,
                     (struct pairs[]){ { "channel", " visit " },
                                       { "time", "2026-03-04T01:30:00Z" },
                                       { "outcome", "reached" },
                                       { 0 } },
                     &s, &err),
                 OK);
        CHECK_STR(step_value(&s, "channel")->text, "visit");
        CHECK_EQ(step_value(&s, "channel")->number, 1);
        CHECK_EQ(step_value(&s, "time")->number, at("2026-03-04 09:30").us);
        CHECK(step_value(&s, "text") == NULL);
        CHECK(step_value(&s, "nothing") == NULL);
        /* the stop counts from the contact, not from when it was typed in */
        CHECK_EQ(s.stop_at[procedure_clock_find(p, STR("contact"))].us, at("2026-03-04 09:30").us);

        CHECK_EQ(run(p, "working", "sign", ACTOR_STAFF, FACTS_PLACED, NULL, &s, &err), ERR_STATE);
        CHECK_STR(str_of(err.zh), "“办理中”时不能“签收”");
        CHECK_STR(str_of(err.en), "\"Sign for\" is not possible while the matter is: Being dealt with");
        CHECK_EQ(run(p, "placing", "sign", ACTOR_STAFF, FACTS_PLACED, NULL, &s, &err), ERR_STATE);
        CHECK_STR(str_of(err.zh), "“待定责”时不能“签收”");
        CHECK_EQ(run(p, "", "sign", ACTOR_STAFF, FACTS_PLACED, NULL, &s, &err), ERR_STATE);
        CHECK_STR(str_of(err.zh), "“未登记”时不能“签收”");
        CHECK_EQ(run(p, "working", "answer", ACTOR_STAFF, FACTS_PLACED, (struct pairs[]){ { "text", "好" }, { 0 } }, &s,
                     &err),
                 ERR_RANGE);
        CHECK_STR(str_of(err.zh), "“答复内容”应为 5 到 10000 个字");
        CHECK_STR(str_of(err.en), "\"Answer\" must have 5 to 10000 characters");
        CHECK_EQ(run(p, "placing", "dispatch", ACTOR_STAFF, 0, (struct pairs[]){ { "reason", "核实" }, { 0 } }, &s,
                     &err),
                 ERR_RULE);
        CHECK_STR(str_of(err.zh), "不能“定责派单”：负责单位尚未确定");
        CHECK_STR(str_of(err.en), "\"Place and dispatch\" is not possible: the unit in charge is not known");
        CHECK_EQ(run(p, "received", "answer", ACTOR_STAFF, FACTS_ANONYMOUS, (struct pairs[]){ TEXT_PAIR, { 0 } }, &s,
                     &err),
                 OK);
        CHECK_EQ(s.told, TOLD_POSTING);
        CHECK_EQ(run(p, "answered", "read", ACTOR_REPORTER, FACTS_PLACED, NULL, &s, &err), OK);
        CHECK_EQ(s.told, TOLD_READING);
}

/* What may be done now, by whom. */
static const struct {
        const char *state;
        enum actor_kind actor;
        uint64_t rights;
        uint32_t facts;
        const char *want;
} menu[] = {
        { "", ACTOR_PUBLIC, 0, 0, "submit" },
        { "", ACTOR_STAFF, SAMPLE_BIT(SAMPLE_OPEN), 0, "submit" },
        { "dispatched", ACTOR_PUBLIC, 0, FACTS_PLACED, "" },
        { "dispatched", ACTOR_REPORTER, 0, FACTS_PLACED, "withdraw note" },
        { "dispatched", ACTOR_SYSTEM, 0, FACTS_PLACED, "receive" },
        { "dispatched", ACTOR_STAFF, SAMPLE_BIT(SAMPLE_SIGN), FACTS_PLACED, "sign" },
        { "dispatched", ACTOR_STAFF, 0, FACTS_PLACED, "" },
        { "dispatched", ACTOR_STAFF, SAMPLE_BIT(SAMPLE_DISPATCH) | SAMPLE_BIT(SAMPLE_DECLINE), FACTS_PLACED,
          "assign decline join announce" },
        { "dispatched", ACTOR_STAFF, SAMPLE_BIT(SAMPLE_DISPATCH), FACTS_PLACED & ~FACT_BIT(FACT_COVERED),
          "assign confer join announce" },
        { "received", ACTOR_KEY, SAMPLE_BIT(SAMPLE_CONTACT) | SAMPLE_BIT(SAMPLE_ANSWER), FACTS_PLACED,
          "contact call_in ask answer" },
        { "received", ACTOR_STAFF, SAMPLE_BIT(SAMPLE_CONTACT) | SAMPLE_BIT(SAMPLE_ANSWER), FACTS_ANONYMOUS,
          "call_in ask answer" },
        { "answered", ACTOR_REPORTER, 0, FACTS_PLACED, "read withdraw note" },
        { "closed", ACTOR_REPORTER, 0, FACTS_PLACED, "rate" },
        { "closed", ACTOR_REPORTER, 0, FACTS_PLACED | FACT_BIT(FACT_RATED), "" },
        { "closed", ACTOR_STAFF, ALL_RIGHTS, FACTS_PLACED, "" },
};

TEST(step_menu)
{
        ARENA_AUTO a = { 0 };
        const struct procedure *p = sample_request(&a);
        for (size_t i = 0; i < COUNT(menu); i++) {
                const struct procedure_action *list[PROCEDURE_ACTIONS_MAX];
                int state = *menu[i].state ? procedure_state_find(p, str_of(menu[i].state)) : STATE_NONE;
                size_t n = procedure_actions(p, state, menu[i].actor, menu[i].rights, menu[i].facts, list);
                struct str got = STR("");
                for (size_t k = 0; k < n; k++)
                        got = str_printf(&a, "%s%s%s", got.p, k ? " " : "", list[k]->code.p);
                expect_words(got, menu[i].want, "menu", i);
        }
}

static uint32_t facts_in(struct procedure_when w)
{
        uint32_t facts = 0;
        for (size_t i = 0; i < w.n; i++)
                facts |= w.term[i].field < 0 ? FACT_BIT(w.term[i].fact) : 0;
        return facts;
}

static uint32_t facts_of(struct procedure_effects list)
{
        uint32_t facts = 0;
        for (size_t i = 0; i < list.n; i++)
                facts |= facts_in(list.row[i].when);
        return facts;
}

/* The facts that can make a difference to an action. */
static uint32_t facts_that_count(const struct procedure *p, const struct procedure_action *a)
{
        uint32_t facts = facts_in(a->when) | facts_of(a->effects);
        for (size_t i = 0; i < a->n_rows; i++) {
                facts |= facts_in(a->row[i].when);
                if (a->row[i].to != STATE_SAME)
                        facts |= facts_in(p->state[a->row[i].to].needs) | facts_of(p->state[a->row[i].to].enter);
        }
        return facts;
}

/* Every action of every state with every set of facts that matters to it: never a crash, and whatever is done was allowed. */
TEST(step_exhaustive)
{
        ARENA_AUTO a = { 0 };
        const struct procedure *p = sample_request(&a);
        struct err err;
        for (int state = STATE_NONE; state < (int)p->n_states; state++)
                for (size_t i = 0; i < p->n_actions; i++) {
                        uint32_t all = facts_that_count(p, &p->action[i]), facts = 0;
                        do {
                                struct step s = { 0 };
                                const char *code = state < 0 ? "" : p->state[state].code.p;
                                int e = run(p, code, p->action[i].code.p, ACTOR_STAFF, facts, NULL, &s, &err);
                                if (e != OK)
                                        continue;
                                CHECK(!s.entered || p->state[s.to].needs.n == 0 || (facts & FACT_BIT(FACT_LEAD_KNOWN)));
                                CHECK(state >= 0 && !p->state[state].final);
                        } while ((facts = (facts - all) & all) != 0);
                }
}
