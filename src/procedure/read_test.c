#include "procedure/inner/sample.h"
#include "base/buf.h"
#include "base/ctx.h"
#include <stdio.h>

TEST(procedure_default_is_whole)
{
        ARENA_AUTO a = { 0 };
        const struct procedure *p = sample_request(&a);
        CHECK_STR(p->code, "request");
        CHECK_EQ(p->version, 10);
        CHECK_EQ(p->n_states, 25);
        CHECK_EQ(p->n_clocks, 19);
        CHECK_EQ(p->n_rights, 12);
        const struct procedure_clock *c = &p->clock[procedure_clock_find(p, STR("answer"))];
        CHECK(c->duty && !c->restarts && c->kind == CLOCK_PROMISED && c->roll == DUE_ROLL_NONE);
        CHECK_STR(c->urgent, "answer_urgent");
        CHECK_EQ(c->n_alarms, 3);
        CHECK_EQ(c->alarm[2].percent, 100);
        CHECK_EQ(c->alarm[2].kind, ALARM_UP);
        CHECK_EQ(p->clock[procedure_clock_find(p, STR("statutory"))].roll, DUE_ROLL_STATUTORY);
        CHECK_EQ(p->clock[procedure_clock_find(p, STR("sign"))].then, procedure_action_find(p, STR("receive")));
        CHECK_EQ(procedure_state_find(p, STR("nowhere")), -1);
}

/* The sample town carries a copy of the file, so that people find it. */
TEST(procedure_sample_copy)
{
        const char *source = getenv("LINLI_SOURCE");
        if (!source)
                SKIP("LINLI_SOURCE is not set");
        ARENA_AUTO a = { 0 };
        BUF_AUTO b = BUF(PROCEDURE_BYTES_MAX);
        const char *path = arena_printf(&a, "%s/samples/town/procedures/request.yaml", source);
        CHECK_EQ(buf_read_file(&b, path), OK);
        CHECK(str_eq(buf_view(&b), procedure_default()));
}

/* One change to the shipped file, the finding it must give, and the line it must name. */
static const struct {
        const char *find, *with, *rule, *line;
} fault[] = {
        { "code: request", "code: re quest", "procedure.code", "code: re quest" },
        { "      - pause: [answer, report_in, task_answer]\n        until: until\n", "      - pause: [answer, report_in, task_answer]\n", "procedure.shape", "      - pause: [answer, report_in, task_answer]" },
        { "      - pause: [answer, report_in, task_answer]\n        until: until\n", "      - pause: [answer, report_in, task_answer]\n        until: word\n", "procedure.field-unknown", "        until: word" },
        { "      - pause: [answer, report_in, task_answer]\n        until: until\n", "      - pause: [answer, report_in, task_answer]\n        until: until\n        more: until\n", "procedure.shape", "      - pause: [answer, report_in, task_answer]" },
        { "        more: more\n", "        more: reason\n", "procedure.field-unknown", "        more: reason" },
        { "      - resume: answer\n", "      - resume: [answer, nowhere]\n", "procedure.clock-unknown", "      - resume: [answer, nowhere]" },
        { "version: 10", "version: 0", "procedure.value", "version: 0" },
        { "version: 10", "version: one", "procedure.value", "version: one" },
        { "version: 10", "versio: 10", "procedure.key-unknown", "versio: 10" },
        { "version: 10\n", "", "procedure.key-missing", "code: request" },
        { "{zh: 待定责, en: To be placed}", "{zh: 待定责}", "procedure.key-missing", "{zh: 待定责}" },
        { "{zh: 待定责, en: To be placed}", "{zh: \"\", en: To be placed}", "procedure.text", "{zh: \"\"" },
        { "{zh: 待定责, en: To be placed}", "To be placed", "procedure.shape", "name: To be placed" },
        { "{zh: 待定责, en: To be placed}", "{zh: \"a\\nb\", en: To be placed}", "procedure.text", "{zh: \"a\\nb\"" },
        { "{zh: 待定责, en: To be placed}", "{zh: \"a\\eb\", en: To be placed}", "procedure.text", "{zh: \"a\\eb\"" },
        { "watch: place", "watch: plaice", "procedure.clock-unknown", "watch: plaice" },
        { "    watch: place\n", "", "procedure.unwatched", "  placing:" },
        { "    final: yes", "    final: perhaps", "procedure.value", "final: perhaps" },
        { "  placing:\n", "  same:\n", "procedure.code", "  same:" },
        { "who: matter.sign", "who: matter.sigh", "procedure.right-unknown", "who: matter.sigh" },
        { "who: matter.sign", "who: [matter.sign, [x]]", "procedure.right-unknown", "who: [matter.sign, [x]]" },
        { "    from: dispatched\n    to: received", "    from: dispatch\n    to: received", "procedure.state-unknown",
          "from: dispatch\n" },
        { "    to: received", "    to: recieved", "procedure.state-unknown", "to: recieved" },
        { "      - state: answered\n", "      - state: anwsered\n", "procedure.state-unknown", "state: anwsered" },
        { "      - state: placing\n", "      - stat: placing\n", "procedure.key-missing", "stat: placing" },
        { "    when: {lead_known: yes}", "    when: {led_known: yes}", "procedure.fact-unknown", "{led_known: yes}" },
        { "    when: {lead_known: yes}", "    when: {lead_known: maybe}", "procedure.value", "{lead_known: maybe}" },
        { "    when: {lead_known: yes}", "    when: {}", "procedure.shape", "    when: {}" },
        { "    when: {lead_known: yes}", "    when: [lead_known]", "procedure.shape", "    when: [lead_known]" },
        { "when: {outcome: reached}", "when: {outcome: reeched}", "procedure.choice-unknown", "{outcome: reeched}" },
        { "when: {outcome: reached}", "when: {text: yes}", "procedure.value", "{text: yes}" },
        { "when: {outcome: reached}", "when: {outcom: reached}", "procedure.field-unknown", "{outcom: reached}" },
        { "at: time", "at: text", "procedure.field-unknown", "at: text" },
        { "type: instant, required: yes", "type: instant", "procedure.field-unknown", "at: time" },
        { "stop: place", "stop: plaice", "procedure.clock-unknown", "stop: plaice" },
        { "notify: [desk, reporter]", "notify: [desk, mayor]", "procedure.value", "notify: [desk, mayor]" },
        { "record: placement", "record: placemat", "procedure.value", "record: placemat" },
        { "record: placement", "record: placement\n        stop: place", "procedure.shape", "record: placement" },
        { "record: placement", "record: placement\n        at: reason", "procedure.shape", "record: placement" },
        { "by: posting", "by: pigeon", "procedure.value", "by: pigeon" },
        { "type: instant", "type: moment", "procedure.value", "type: moment" },
        { "type: instant", "type: instant, min: 3", "procedure.value", "type: instant, min: 3" },
        { "min: 2\n        max: 5000", "min: 9\n        max: 5", "procedure.value", "label: {zh: 诉求内容" },
        { "type: choice\n", "type: choice\n        future: yes\n", "procedure.value", "future: yes" },
        { "      words:", "      urgent:", "procedure.code", "      urgent:" },
        { "kind: stage", "kind: stages", "procedure.value", "kind: stages" },
        { "limit: sign", "limit: si gn", "procedure.code", "limit: si gn" },
        { "{50: remind, 100: up}", "{50: remind, 90: up}", "procedure.value", "{50: remind, 90: up}" },
        { "{50: remind, 100: up}", "{100: up, 50: remind}", "procedure.value", "{100: up, 50: remind}" },
        { "{50: remind, 100: up}", "{50: remind, 101: up}", "procedure.value", "{50: remind, 101: up}" },
        { "{50: remind, 100: up}", "{50: nudge, 100: up}", "procedure.value", "{50: nudge, 100: up}" },
        { "{50: remind, 100: up}", "up", "procedure.value", "at: up" },
        { "then: receive", "then: recieve", "procedure.action-unknown", "then: recieve" },
        { "roll: statutory", "roll: dice", "procedure.value", "roll: dice" },
        { "after: answer", "after: question", "procedure.value", "after: question" },
        { "states:", "states: []\nstats:", "procedure.shape", "states: []" },
        { "  sign:\n    name: {zh: 签收时限", "  sign_for_it_within_the_set_time_x:\n    name: {zh: 签收时限",
          "procedure.code", "sign_for_it_within_the_set_time_x:" },
        { "actions:\n", "actions:\n\tx: 1\n", "yaml.parse", "\tx: 1" },
        { "enter:\n      - start: [place", "enter:\n      - &a start: [place", "yaml.parse", "&a start" },
};

TEST(procedure_faults)
{
        for (size_t i = 0; i < COUNT(fault); i++) {
                ARENA_AUTO a = { 0 };
                struct findings out;
                struct str text = sample_replace(&a, procedure_default(), fault[i].find, fault[i].with);
                CHECK(sample_read(&a, text, &out) == NULL);
                sample_expect(&out, fault[i].rule, sample_line(text, fault[i].line), fault[i].with);
        }
}

TEST(procedure_ceilings)
{
        ARENA_AUTO a = { 0 };
        struct findings out;
        struct str many = STR("states:\n");
        for (int i = 0; i <= PROCEDURE_STATES_MAX; i++)
                many = str_printf(&a, "%s  s%d: {name: {zh: 甲, en: A}, public: {zh: 甲, en: A}, final: yes}\n", many.p,
                                  i);
        struct str text = sample_replace(&a, procedure_default(), "states:\n", many.p);
        CHECK(sample_read(&a, text, &out) == NULL);
        CHECK(sample_find(&out, "procedure.many", sample_line(text, "  s0:")));
        char *huge = arena_alloc(&a, PROCEDURE_BYTES_MAX + 1);
        memset(huge, '#', PROCEDURE_BYTES_MAX + 1);
        CHECK(sample_read(&a, (struct str){ huge, PROCEDURE_BYTES_MAX + 1 }, &out) == NULL);
        CHECK(sample_find(&out, "procedure.many", 0));
}

/* Read, and check whatever could be read: findings, never a crash. */
static void survive(struct arena *a, struct str text)
{
        struct findings out;
        const struct procedure *p = sample_read(a, text, &out);
        if (!p) {
                CHECK(out.errors > 0);
                return;
        }
        procedure_check(p, &sample_town, &out);
}

TEST(procedure_survives_bytes)
{
        static const char *const text[] = { "",
                                            "\n",
                                            "---\n",
                                            "[]",
                                            "x",
                                            "{}",
                                            "\xff\xfe",
                                            "states: {a: {}}",
                                            "code: &x *x",
                                            "states: {a: []}\nactions: {b: []}\nclocks: {c: []}",
                                            "states:\n  a:\n    watch: {}\n",
                                            "actions: {a: {form: {x: {type: choice, choices: {}}}}}" };
        for (size_t i = 0; i < COUNT(text); i++) {
                ARENA_AUTO a = { 0 };
                survive(&a, str_of(text[i]));
        }
}

static struct str pick_line(struct str text, uint32_t n)
{
        struct str rest = text, line = { 0 };
        while (str_split(&rest, '\n', &line) && n-- > 0)
                ;
        return line;
}

/* One random harm to @text: a line lost, a line twice elsewhere, a cut, or a byte changed. */
static struct str harm(struct arena *a, struct str text, uint32_t r)
{
        uint32_t lines = 380;
        struct str x = pick_line(text, r / 4 % lines), y = pick_line(text, r / 4 / lines % lines);
        size_t at = (size_t)(x.p - text.p);
        int head = (int)at, skip = (int)x.n + 1;
        if (at + x.n + 1 >= text.n)
                return text;
        const char *tail = text.p + head + skip;
        int left = (int)text.n - head - skip;
        switch (r % 4) {
        case 0:
                return str_printf(a, "%.*s%.*s", head, text.p, left, tail);
        case 1:
                return str_printf(a, "%.*s" STR_FMT "\n%.*s", head, text.p, STR_ARG(y), left, tail);
        case 2:
                return str_printf(a, "%.*s" STR_FMT "\n" STR_FMT "\n%.*s", head, text.p, STR_ARG(y), STR_ARG(x), left,
                                  tail);
        default: {
                struct str copy = str_dup(a, text);
                ((char *)(uintptr_t)copy.p)[r / 4 % text.n] = "{}[]:,-# \nxyes&*!"[r % 17];
                return copy;
        }
        }
}

/* The @n-th word of ASCII letters. */
static struct str pick_word(struct str text, uint32_t n)
{
        size_t from = n % text.n, to;
        while (from < text.n && !(text.p[from] >= 'a' && text.p[from] <= 'z'))
                from++;
        for (to = from; to < text.n && ((text.p[to] >= 'a' && text.p[to] <= 'z') || text.p[to] == '_');)
                to++;
        return (struct str){ text.p + from, to - from };
}

/* Words of the file in each other's places: most of these still read, and are checked. */
TEST(procedure_survives_swaps)
{
        struct chance_seeded c;
        chance_seed(&c, 11);
        for (int i = 0; i < 1500; i++) {
                ARENA_AUTO a = { 0 };
                struct str text = procedure_default();
                for (int k = 0; k <= i % 3; k++) {
                        uint32_t r[2];
                        chance_fill(&c.base, r, sizeof r);
                        struct str x = pick_word(text, r[0]), y = pick_word(text, r[1]);
                        int head = (int)(x.p - text.p), tail = head + (int)x.n;
                        text = str_printf(&a, "%.*s" STR_FMT "%.*s", head, text.p, STR_ARG(y), (int)text.n - tail,
                                          text.p + tail);
                }
                survive(&a, text);
        }
}

TEST(procedure_survives_harm)
{
        struct chance_seeded c;
        chance_seed(&c, 7);
        for (int i = 0; i < 1500; i++) {
                ARENA_AUTO a = { 0 };
                struct str text = procedure_default();
                uint32_t r[3];
                chance_fill(&c.base, r, sizeof r);
                for (uint32_t k = 0; k <= r[2] % 2; k++)
                        text = harm(&a, text, r[k]);
                survive(&a, text);
        }
}

/* The schema for editors knows every word of the closed lists. */
TEST(procedure_schema_words)
{
        const char *source = getenv("LINLI_SOURCE");
        if (!source)
                SKIP("LINLI_SOURCE is not set");
        ARENA_AUTO a = { 0 };
        BUF_AUTO b = BUF(PROCEDURE_BYTES_MAX);
        CHECK_EQ(buf_read_file(&b, arena_printf(&a, "%s/procedures/procedure.schema.json", source)), OK);
        const char *word[FACT_COUNT + RECORD_COUNT + 64];
        size_t n = 0;
        for (int i = 0; i < FACT_COUNT; i++)
                word[n++] = procedure_facts[i].name;
        for (int i = 0; i < RECORD_COUNT; i++)
                word[n++] = procedure_records[i].name;
        for (int i = 0; i < NOTIFY_COUNT; i++)
                word[n++] = procedure_notify_words[i];
        for (int i = 0; i < FORM_TYPES; i++)
                word[n++] = form_type_words[i];
        for (int i = 0; i < CLOCK_KINDS; i++)
                word[n++] = clock_kind_words[i];
        for (int i = 0; i < ALARM_KINDS; i++)
                word[n++] = alarm_kind_words[i];
        for (int i = 0; i < TOLD_WAYS; i++)
                word[n++] = procedure_told_words[i];
        for (size_t i = 0; i < n; i++)
                if (str_find(buf_view(&b), str_printf(&a, "\"%s\"", word[i])) < 0)
                        fail_msg("the schema does not know %s", word[i]);
}
