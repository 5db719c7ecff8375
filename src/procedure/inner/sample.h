/* procedure/inner/sample.h — what the tests of this room share: names of rights, a town's limits, the shipped file. */
#pragma once
#include "base/test.h"
#include "base/err.h"
#include "procedure/check.h"

enum { SAMPLE_OPEN = 5, SAMPLE_SIGN, SAMPLE_CONTACT, SAMPLE_ANSWER, SAMPLE_CLOSE, SAMPLE_DISPATCH, SAMPLE_DECLINE,
       SAMPLE_APPROVE, SAMPLE_VERIFY, SAMPLE_CALLBACK, SAMPLE_HANDOVER, SAMPLE_RECEIVE };
#define SAMPLE_BIT(r) (UINT64_C(1) << (r))

static inline unsigned sample_right(struct str name)
{
        static const struct {
                const char *name;
                unsigned bit;
        } right[] = {
                { "matter.open", SAMPLE_OPEN },       { "matter.sign", SAMPLE_SIGN },
                { "matter.contact", SAMPLE_CONTACT }, { "matter.answer", SAMPLE_ANSWER },
                { "matter.close", SAMPLE_CLOSE },     { "matter.dispatch", SAMPLE_DISPATCH },
                { "matter.decline", SAMPLE_DECLINE }, { "matter.approve", SAMPLE_APPROVE },
                { "matter.verify", SAMPLE_VERIFY },   { "matter.callback", SAMPLE_CALLBACK },
                { "matter.handover", SAMPLE_HANDOVER }, { "matter.receive", SAMPLE_RECEIVE },
        };
        for (size_t i = 0; i < COUNT(right); i++)
                if (str_is(name, right[i].name))
                        return right[i].bit;
        return 0;
}

static const struct procedure_names sample_names = { sample_right };

/* The limits of docs/town-folder.md. */
static inline int sample_limit(const void *arg, struct str id, struct clock_limit *ret)
{
        static const struct {
                const char *id;
                struct clock_limit limit;
        } row[] = {
                { "sign", { 2, DUE_WORKHOUR, DUE_ROLL_NONE } },
                { "place", { 1, DUE_WORKHOUR, DUE_ROLL_NONE } },
                { "place_urgent", { 1, DUE_HOUR, DUE_ROLL_NONE } },
                { "sign_urgent", { 1, DUE_HOUR, DUE_ROLL_NONE } },
                { "contact", { 24, DUE_HOUR, DUE_ROLL_NONE } },
                { "contact_urgent", { 2, DUE_HOUR, DUE_ROLL_NONE } },
                { "answer", { 5, DUE_WORKDAY, DUE_ROLL_NONE } },
                { "answer_urgent", { 24, DUE_HOUR, DUE_ROLL_NONE } },
                { "statutory", { 60, DUE_DAY, DUE_ROLL_STATUTORY } },
                { "joint_look", { 2, DUE_WORKDAY, DUE_ROLL_NONE } },
                { "ruling", { 2, DUE_WORKHOUR, DUE_ROLL_NONE } },
                { "report_in", { 24, DUE_HOUR, DUE_ROLL_NONE } },
                { "report_in_urgent", { 1, DUE_HOUR, DUE_ROLL_NONE } },
                { "assist_answer", { 3, DUE_WORKDAY, DUE_ROLL_NONE } },
                { "assist_answer_urgent", { 24, DUE_HOUR, DUE_ROLL_NONE } },
                { "review", { 2, DUE_WORKDAY, DUE_ROLL_NONE } },
                { "consent", { 24, DUE_HOUR, DUE_ROLL_NONE } },
                { "pause", { 10, DUE_DAY, DUE_ROLL_NONE } },
                { "shelf", { 180, DUE_DAY, DUE_ROLL_NONE } },
                { "restore", { 365, DUE_DAY, DUE_ROLL_NONE } },
                { "verify", { 48, DUE_HOUR, DUE_ROLL_NONE } },
                { "upstream_return", { 5, DUE_DAY, DUE_ROLL_NONE } },
                { "upstream_reply", { 24, DUE_HOUR, DUE_ROLL_NONE } },
                { "parcel", { 24, DUE_HOUR, DUE_ROLL_NONE } },
        };
        (void)arg;
        for (size_t i = 0; i < COUNT(row); i++)
                if (str_is(id, row[i].id)) {
                        *ret = row[i].limit;
                        return OK;
                }
        return ERR_NONE;
}

static const struct procedure_town sample_town = { .limit = sample_limit };

/* Print all findings and fail when there are any. */
static inline void sample_clean(const struct findings *out)
{
        for (size_t i = 0; i < out->n; i++)
                print_error("%s:%d: %s: " STR_FMT "\n", "request.yaml", out->row[i].line, out->row[i].rule,
                            STR_ARG(out->row[i].en));
        CHECK_EQ(out->n, 0);
}

static inline const struct procedure *sample_read(struct arena *a, struct str text, struct findings *out)
{
        const struct procedure *p = NULL;
        *out = (struct findings){ .arena = a };
        return procedure_read(a, STR("request.yaml"), text, &sample_names, out, &p) == OK ? p : NULL;
}

/* The procedure that ships, without a fault. */
static inline const struct procedure *sample_request(struct arena *a)
{
        struct findings out;
        const struct procedure *p = sample_read(a, procedure_default(), &out);
        sample_clean(&out);
        return p;
}

/* @text with the first @find, which must be there, replaced. */
static inline struct str sample_replace(struct arena *a, struct str text, const char *find, const char *with)
{
        ptrdiff_t at = str_find(text, str_of(find));
        if (at < 0)
                fail_msg("not in the file: %s", find);
        size_t from = (size_t)at, to = from + strlen(find);
        return str_printf(a, "%.*s%s%.*s", (int)from, text.p, with, (int)(text.n - to), text.p + to);
}

/* The line, from 1, on which @needle first stands. */
static inline int32_t sample_line(struct str text, const char *needle)
{
        ptrdiff_t at = str_find(text, str_of(needle));
        if (at < 0)
                fail_msg("not in the file: %s", needle);
        int32_t line = 1;
        for (ptrdiff_t i = 0; i < at; i++)
                line += text.p[i] == '\n';
        return line;
}

/* Is there a finding @rule on @line? Both sentences must be there. */
static inline const struct finding *sample_find(const struct findings *out, const char *rule, int32_t line)
{
        for (size_t i = 0; i < out->n; i++)
                if (strcmp(out->row[i].rule, rule) == 0 && out->row[i].line == line && out->row[i].zh.n &&
                    out->row[i].en.n)
                        return &out->row[i];
        return NULL;
}
static inline void sample_expect(const struct findings *out, const char *rule, int32_t line, const char *what)
{
        if (sample_find(out, rule, line))
                return;
        for (size_t i = 0; i < out->n; i++)
                print_error("got %d: %s: " STR_FMT "\n", out->row[i].line, out->row[i].rule, STR_ARG(out->row[i].en));
        fail_msg("%s: no finding %s on line %d", what, rule, line);
}
