#include "procedure/inner/sample.h"

TEST(check_default_is_sound)
{
        ARENA_AUTO a = { 0 };
        struct findings out = { .arena = &a };
        CHECK_EQ(procedure_check(sample_request(&a), &sample_town, &out), OK);
        sample_clean(&out);
}

/* The two places in the file that tests change more than once. */
#define SIGN_EFFECTS "    to: received\n    effects:\n      - stop: sign\n"
#define ENTER_DISPATCHED "      - start: [sign, answer, statutory]\n"

/* One change that still reads well, the rule it breaks, the line to be named, and a word of the sentence or NULL. */
static const struct {
        const char *find, *with, *rule, *line, *word;
        size_t n; /* findings in all: what follows from the fault, and no more */
} flaw[] = {
        /* a missing guard */
        { "    to: dispatched\n    when: {lead_known: yes}\n    form:\n      place:",
          "    to: dispatched\n    form:\n      place:", "procedure.guard-missing",
          "    to: dispatched\n    form:\n      place:", "lead_known: no", 1 },
        { ", lead_known: yes}", "}", "procedure.guard-missing", "      - state: dispatched", "lead_known: no", 1 },
        { "      - state: dispatched\n        when: {place_known: yes, subject_known: yes, lead_known: yes}",
          "      - state: dispatched", "procedure.row-dead", "      - state: placing", NULL, 2 },
        { "      - state: placing\n    form", "    form", "procedure.no-row", "  submit:", "place_known: no", 1 },
        { "        when: {to_verify: yes}\n      - state: reporting\n        when: {anonymous: yes, order_owed: yes}\n      - state: closed\n        when: {anonymous: yes}\n",
          "        when: {to_verify: yes}\n      - state: closed\n", "procedure.row-dead",
          "      - state: answered\n    form:\n      text: {label: {zh: 答复内容", NULL, 2 },
        { "      - state: closed\n        when: {outcome: reached}\n      - state: same", "      - state: closed",
          "procedure.record-missing", "  closed:", "told", 1 },
        { "        when: {anonymous: yes, to_verify: no}\n\n  verify:", "\n  verify:", "procedure.posting",
          "  answer:\n    name: {zh: 答复", "anonymous: no", 1 },
        /* a state nobody reaches, an action nobody can do */
        { "    to: sent_back", "    to: closed", "procedure.state-unreachable", "  sent_back:", NULL, 2 },
        { "    from: placing\n    to: dispatched", "    from: closed\n    to: dispatched", "procedure.final-left",
          "  dispatch:", NULL, 1 },
        { "      - state: answered\n    form:\n      text: {label: {zh: 答复内容",
          "      - state: closed\n    form:\n      text: {label: {zh: 答复内容", "procedure.record-missing", "  closed:",
          "answer (closed)", 1 },
        { "    when: {covered: no}\n    form", "    when: {covered: []}\n    form", "procedure.action-never",
          "  confer:", NULL, 1 },
        /* a way that never ends */
        { "    from: answered\n    to:\n      - state: reporting\n        when: {order_owed: yes}\n      - state: closed\n    effects",
          "    from: answered\n    effects", "procedure.unwatched",
          "  answered:", "read", 1 },
        /* a state without a clock */
        { "      - start: tell\n", "", "procedure.unwatched", "  answered:", "submit", 2 },
        { "      - start: tell\n", "      - start: tell\n        when: {urgent: yes}\n", "procedure.unwatched",
          "  answered:", "answer", 1 },
        { "      - start: [place, answer, statutory]\n", "      - start: [answer, statutory]\n", "procedure.unwatched", "  placing:", "submit", 2 },
        { "      - start: tell\n", "", "procedure.clock-idle", "  tell:\n    name: {zh: 告知时限", NULL, 2 },
        { "    urgent: sign_urgent\n    restarts: yes\n    at: {50: remind, 80", "    urgent: sign_urgent\n    at: {50: remind, 80", "procedure.unwatched", "  dispatched:", "assign", 1 },
        { "    to: received\n    effects:\n      - stop: sign\n",
          "    to: received\n    effects:\n      - stop: [sign, answer]\n", "procedure.unwatched",
          "  received:", "sign", 4 },
        { "    watch: answer\n  working", "    watch: contact\n  working", "procedure.unwatched",
          "  received:", "submit", 1 },
        /* nowhere to go when it runs out */
        { "    restarts: yes\n    at: {50: remind, 100: up}", "    restarts: yes\n    at: {50: remind, 100: remind}",
          "procedure.clock-stuck", "  place:\n    name: {zh: 定责时限", "placing", 1 },
        { "    at: {50: remind, 80: remind, 100: up}\n    then: receive", "    at: {100: remind}\n    then: submit",
          "procedure.clock-stuck", "  sign:\n    name: {zh: 签收时限", NULL, 2 },
        { "    at: {50: remind, 80: remind, 100: up}\n    source: 履职",
          "    at: {100: remind}\n    then: receive\n    source: 履职", "procedure.clock-stuck",
          "  answer:\n    name: {zh: 承诺", "received", 3 },
        /* clocks start at dispatch, never at sign-for */
        { SIGN_EFFECTS, SIGN_EFFECTS "      - start: contact\n", "procedure.starts-at-sign",
          "  sign:\n    name: {zh: 签收, en: Sign for}", "submit", 1 },
        { ENTER_DISPATCHED, "      - start: [sign, statutory]\n", "procedure.late-clock", "  dispatched:", "submit",
          4 },
        { ENTER_DISPATCHED, "      - start: [sign, answer]\n", "procedure.late-clock", "  dispatched:", "submit", 1 },
        /* the end is the end */
        { "    after_end: yes\n", "", "procedure.final-left", "  rate:", NULL, 1 },
        { "    after_end: yes\n", "    after_end: yes\n    to: working\n", "procedure.final-left", "  rate:", NULL, 3 },
        { "      - record: rating", "      - record: rating\n      - start: tell", "procedure.final-left",
          "  rate:", NULL, 1 },
        { "    who: reporter\n    from: answered\n    to:", "    who: reporter\n    from: answered\n    after_end: yes\n    to:",
          "procedure.final-left", "  read:", NULL, 1 },
        { "    after: decline\n", "    after: decline\n    enter:\n      - start: tell\n", "procedure.final-clock",
          "      - start: tell\n  withdrawn", NULL, 1 },
        { "    from: withdrawing\n    to: withdrawn\n", "    from: withdrawing\n", "procedure.no-end", "  withdrawing:", "withdraw", 2 },
        /* what an end and a record ask for */
        { "      - record: answer\n", "", "procedure.record-missing", "  closed:", "answer", 4 },
        { "      - record: told\n        by: reading\n", "", "procedure.record-missing", "  closed:", "read", 2 },
        { "      - record: decline\n", "", "procedure.record-missing", "  declined:", "decline", 1 },
        { "elsewhere: {label: {zh: 可以找谁, en: Where else to go}, type: text, required: yes,",
          "elsewhere: {label: {zh: 可以找谁, en: Where else to go}, type: text,", "procedure.record-fields",
          "      - record: decline", NULL, 1 },
        { "      - record: contact\n      - stop: contact",
          "      - record: contact\n        by: reading\n      - stop: contact", "procedure.record-fields",
          "      - record: contact", NULL, 1 },
        { "      - notify: [desk, reporter]", "      - notify: [desk, reporter]\n      - record: contact",
          "procedure.record-fields", "      - record: contact", NULL, 3 },
        { "      elsewhere: {label", "      elsewhither: {label", "procedure.record-fields", "      - record: decline",
          NULL, 1 },
        /* a pause and an extension take their end from somebody, and a clock that was given one is not counted anew */
        { "      - pause: [answer, report_in, task_answer]\n        until: until\n", "      - pause: [answer, pause]\n        until: until\n", "procedure.given-end",
          "      - pause: [answer, pause]", NULL, 1 },
        { "      - extend: answer\n        more: more\n", "      - extend: [answer, pause]\n        more: more\n", "procedure.given-end",
          "      - extend: [answer, pause]", NULL, 1 },
        /* what was found not to be solved is watched again */
        { "      - resume: answer\n        when: {outcome: not_solved}\n", "", "procedure.unwatched", "  working:", "verify", 4 },
        { "      - record: shelving\n", "", "procedure.record-missing", "  shelved:", "grant_shelving", 1 },
        /* software advises, a named person decides */
        { "who: matter.decline", "who: [matter.decline, system]", "procedure.named-person", "  decline:", NULL, 5 },
        { "who: matter.answer\n    from: [received, working, asking", "who: [matter.answer, public]\n    from: [received, working, asking", "procedure.named-person",
          "  answer:\n    name: {zh: 答复", NULL, 1 },
        { "who: matter.decline", "who: [matter.decline, system]", "procedure.system-ends", "  decline:", NULL, 5 },
        { "who: matter.decline", "who: [matter.decline, system]", "procedure.system-form",
          "      reason: {label: {zh: 理由", NULL, 5 },
        { "who: matter.decline", "who: []", "procedure.who", "  decline:", NULL, 1 },
        { "    from: placing\n", "    from: []\n", "procedure.from", "  dispatch:", NULL, 2 },
        { "    from: start\n", "    from: [start, placing]\n", "procedure.no-start", "  submit:", NULL, 1 },
        { "      - state: placing\n", "      - state: same\n", "procedure.no-start", "  submit:", NULL, 1 },
        { "    from: start\n", "    from: placing\n", "procedure.no-start", "# 居民诉求", NULL, 1 },
        /* who calls others in waits for them, or goes on without, with a reason */
        { "    name: {zh: 答复, en: Answer}\n    when: {tasks_open: no}\n", "    name: {zh: 答复, en: Answer}\n", "procedure.tasks",
          "  answer:\n    name: {zh: 答复", "tasks_open", 1 },
        { "      - record: override\n", "", "procedure.tasks", "  call_in:", "override", 3 },
        { "      - start: [report_in, task_answer]\n", "      - start: task_answer\n", "procedure.tasks", "  call_in:", NULL, 2 },
        { "      - stop: report_in\n", "", "procedure.tasks", "  call_in:", NULL, 1 },
        { "    watch: answer\n  working", "    watch: task_answer\n  working", "procedure.tasks",
          "  task_answer:\n    name: {zh: 协办答复时限", NULL, 2 },
        { "      - stop: tell\n\n  decline", "      - stop: [tell, report_in]\n\n  decline", "procedure.tasks",
          "  report_in:\n    name: {zh: 报到时限", NULL, 1 },
        /* limits of the town */
        { "    limit: joint_look", "    limit: joint_luck", "procedure.limit-unknown", "    limit: joint_luck", NULL,
          1 },
        { "    urgent: answer_urgent", "    urgent: answer_urge", "procedure.limit-unknown", "    urgent: answer_urge",
          NULL, 1 },
        { "    limit: contact\n    urgent: contact_urgent\n    upstream: yes\n    at: {50: remind, 80: remind, 100: up}\n    source: 答复",
          "    limit: statutory\n    at: {100: up}\n    source: 答复", "procedure.too-long", "  statutory:", "answered",
          1 },
};

static struct findings check_flaw(struct arena *a, struct str text)
{
        struct findings out;
        const struct procedure *p = sample_read(a, text, &out);
        if (!p)
                print_error("%d: %s " STR_FMT "\n", out.row[0].line, out.row[0].rule, STR_ARG(out.row[0].en));
        CHECK(p != NULL);
        int e = procedure_check(p, &sample_town, &out);
        CHECK_EQ(e, out.errors ? ERR_RULE : OK);
        return out;
}

TEST(check_finds_every_flaw)
{
        for (size_t i = 0; i < COUNT(flaw); i++) {
                ARENA_AUTO a = { 0 };
                struct str text = sample_replace(&a, procedure_default(), flaw[i].find, flaw[i].with);
                struct findings out = check_flaw(&a, text);
                int32_t line = sample_line(text, flaw[i].line);
                sample_expect(&out, flaw[i].rule, line, flaw[i].with);
                if (out.n != flaw[i].n)
                        fail_msg("row %zu: %zu findings, not %zu", i, out.n, flaw[i].n);
                const struct finding *f = sample_find(&out, flaw[i].rule, line);
                if (flaw[i].word && str_find(f->en, str_of(flaw[i].word)) < 0)
                        fail_msg("\"" STR_FMT "\" does not say %s", STR_ARG(f->en), flaw[i].word);
        }
}

/* A duty row may promise more than the law allows: then the sum shows it. */
TEST(check_longest_duty)
{
        static const struct {
                struct clock_limit duty;
                int want;
        } row[] = {
                { { 5, DUE_WORKDAY, DUE_ROLL_NONE }, OK },
                { { 30, DUE_DAY, DUE_ROLL_NONE }, OK },
                { { 2, DUE_MONTH, DUE_ROLL_NONE }, ERR_RULE },
                { { 60, DUE_WORKDAY, DUE_ROLL_NONE }, ERR_RULE },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                ARENA_AUTO a = { 0 };
                struct findings out = { .arena = &a };
                struct procedure_town town = { .limit = sample_limit, .duty = row[i].duty };
                CHECK_EQ(procedure_check(sample_request(&a), &town, &out), row[i].want);
                if (row[i].want != OK)
                        CHECK(sample_find(&out, "procedure.too-long",
                                          sample_line(procedure_default(), "  statutory:\n    name")) != NULL);
        }
}

TEST(check_limit_hours)
{
        static const struct {
                struct clock_limit limit;
                int64_t most, least;
        } row[] = {
                { { 24, DUE_HOUR, DUE_ROLL_NONE }, 24, 24 },
                { { 2, DUE_WORKHOUR, DUE_ROLL_NONE }, 24 * 16, 2 }, /* two working days at the most */
                { { 5, DUE_WORKDAY, DUE_ROLL_NONE }, 24 * 20, 24 * 5 },
                { { 21, DUE_WORKDAY, DUE_ROLL_NONE }, 24 * 53, 24 * 21 }, /* meets two runs of days off */
                { { 15, DUE_DAY, DUE_ROLL_NONE }, 24 * 16, 24 * 15 },
                { { 15, DUE_DAY, DUE_ROLL_STATUTORY }, 24 * 27, 24 * 15 },
                { { 1, DUE_MONTH, DUE_ROLL_NONE }, 24 * 32, 24 * 28 },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                CHECK_EQ(limit_hours_most(row[i].limit), row[i].most);
                CHECK_EQ(limit_hours_least(row[i].limit), row[i].least);
        }
}

/* Real counts never exceed the safe side: every start day of three years, against the calendar. */
TEST(check_limit_hours_are_safe)
{
        ARENA_AUTO a = { 0 };
        const struct calendar *cal = calendar_build(&a, NULL, 0);
        struct day from, to;
        CHECK_EQ(day_parse(STR("2024-01-01"), &from), OK);
        CHECK_EQ(day_parse(STR("2026-09-30"), &to), OK);
        for (int unit = DUE_WORKDAY; unit <= DUE_HOUR; unit++)
                for (int32_t limit = 1; limit <= 60; limit += 3)
                        for (int32_t d = from.n; d <= to.n; d += 5) {
                                struct clock_limit l = { limit, (enum due_unit)unit, DUE_ROLL_STATUTORY };
                                struct due_spec spec = { .start = { day_start((struct day){ d }).us + 17 * US_PER_HOUR +
                                                                    1 },
                                                         .limit = limit,
                                                         .unit = l.unit,
                                                         .roll = l.roll };
                                struct due due;
                                CHECK_EQ(due_compute(cal, NULL, &spec, &due, NULL), OK);
                                int64_t us = due.at.us - spec.start.us;
                                CHECK(us <= limit_hours_most(l) * US_PER_HOUR);
                                CHECK(us >= limit_hours_least(l) * US_PER_HOUR);
                        }
}

/* More conditions than can be tried: said so, not passed over. */
TEST(check_too_big)
{
        ARENA_AUTO a = { 0 };
        struct str form = STR("    form:\n"), effects = STR("    effects:\n");
        for (int i = 0; i < 13; i++) {
                form = str_printf(&a, "%s      f%d: {label: {zh: 甲, en: A}, type: bool}\n", form.p, i);
                effects = str_printf(&a, "%s      - {notify: lead, when: {f%d: yes}}\n", effects.p, i);
        }
        const char *with = arena_printf(&a, "    to: received\n%s%s      - stop: sign\n", form.p, effects.p);
        struct str text = sample_replace(&a, procedure_default(), SIGN_EFFECTS, with);
        struct findings out = check_flaw(&a, text);
        sample_expect(&out, "procedure.too-big", sample_line(text, "  sign:\n    name: {zh: 签收, "), "13 conditions");
}
