#include "app/replay_causes.h"
#include <stdlib.h>

#define WORDS_TOLD 5
#define TEXT_CAUSES 10

struct cause {
        const struct voiced *first;
        size_t n;
};

/* Together what belongs together, the cause itself in front of its voices, which came later. */
static int by_cause(const void *a, const void *b)
{
        const struct voiced *x = a, *y = b;
        if (x->cause != y->cause)
                return x->cause < y->cause ? -1 : 1;
        return (x->id > y->id) - (x->id < y->id);
}

static int by_voices(const void *a, const void *b)
{
        const struct cause *x = a, *y = b;
        if (x->n != y->n)
                return x->n > y->n ? -1 : 1;
        return (x->first->cause > y->first->cause) - (x->first->cause < y->first->cause);
}

static size_t causes_of(struct arena *a, struct voiced *v, size_t n, struct cause **ret)
{
        struct cause *cause = arena_array(a, struct cause, n);
        size_t found = 0;
        if (n > 1)
                qsort(v, n, sizeof(*v), by_cause);
        for (size_t i = 0, j; i < n; i = j) {
                for (j = i + 1; j < n && v[j].cause == v[i].cause; j++)
                        continue;
                if (j - i > 1)
                        cause[found++] = (struct cause){ &v[i], j - i };
        }
        if (found > 1)
                qsort(cause, found, sizeof(*cause), by_voices);
        *ret = cause;
        return found;
}

static size_t words_of(struct arena *a, const struct cause *c, struct str ret[WORDS_TOLD])
{
        size_t n = c->n < ALIKE_TEXTS_MAX ? c->n : ALIKE_TEXTS_MAX;
        struct alike_text *text = arena_array(a, struct alike_text, n);
        for (size_t i = 0; i < n; i++)
                text[i] = c->first[i].text;
        return alike_common(a, text, n, ret, WORDS_TOLD);
}

void causes_json(struct json *j, struct arena *a, struct voiced *v, size_t n)
{
        struct cause *cause;
        size_t found = causes_of(a, v, n, &cause);
        json_key(j, "causes");
        json_list(j);
        for (size_t i = 0; i < found && i < CAUSES_TOLD_MAX; i++) {
                struct str word[WORDS_TOLD];
                size_t words = words_of(a, &cause[i], word);
                json_open(j);
                json_kid(j, "matter", cause[i].first->cause);
                json_kint(j, "voices", (int64_t)cause[i].n);
                json_key(j, "words");
                json_list(j);
                for (size_t k = 0; k < words; k++)
                        json_str(j, word[k]);
                json_end(j);
                json_close(j);
        }
        json_end(j);
}

void causes_text(struct args *a, struct voiced *v, size_t n)
{
        struct cause *cause;
        bool zh = a->lang == LANG_ZH;
        size_t found = causes_of(a->arena, v, n, &cause);
        fprintf(a->out, zh ? "同因：%zu 组\n" : "causes: %zu\n", found);
        for (size_t i = 0; i < found && i < TEXT_CAUSES; i++) {
                struct str word[WORDS_TOLD];
                size_t words = words_of(a->arena, &cause[i], word);
                fprintf(a->out, zh ? "  %zu 件：" : "  %zu voices:", cause[i].n);
                for (size_t k = 0; k < words; k++)
                        fprintf(a->out, "%s" STR_FMT, k ? (zh ? "、" : ", ") : (zh ? "" : " "), STR_ARG(word[k]));
                fputc('\n', a->out);
        }
}
