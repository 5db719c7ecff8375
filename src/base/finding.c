#include "base/finding.h"
#include <stdarg.h>
#include <stdlib.h>

static struct str text_of(struct arena *a, const char *fmt, va_list args)
{
        struct str s;
        s.p = arena_vprintf(a, &s.n, fmt, args);
        return s;
}

static void grow(struct findings *f)
{
        size_t cap = f->cap ? f->cap * 2 : 16;
        struct finding *row = arena_array(f->arena, struct finding, cap);
        if (f->n > 0)
                memcpy(row, f->row, f->n * sizeof *row);
        f->row = row;
        f->cap = cap;
}

void finding_add(struct findings *f, const char *rule, enum severity severity, struct str file, int32_t line,
                 struct say hint, const char *zh, const char *en, ...)
{
        *(severity == SEV_ERROR ? &f->errors : &f->warnings) += 1;
        if (f->n >= FINDINGS_MAX) {
                f->dropped++;
                return;
        }
        if (f->n == f->cap)
                grow(f);
        va_list args, again;
        va_start(args, en);
        va_copy(again, args);
        f->row[f->n++] = (struct finding){
                .rule = rule,
                .severity = severity,
                .file = str_dup(f->arena, file),
                .line = line,
                .zh = text_of(f->arena, zh, args),
                .en = text_of(f->arena, en, again),
                .hint = { hint.zh ? hint.zh : "", hint.en ? hint.en : "" },
        };
        va_end(again);
        va_end(args);
}

void finding_shape(struct findings *f, struct str geometry)
{
        if (f->n > 0 && f->dropped == 0)
                f->row[f->n - 1].shape = str_dup(f->arena, geometry);
}

static int by_place(const void *a, const void *b)
{
        const struct finding *x = a, *y = b;
        int c = str_cmp(x->file, y->file);
        if (c != 0)
                return c;
        if (x->line != y->line)
                return x->line < y->line ? -1 : 1;
        c = strcmp(x->rule, y->rule);
        return c != 0 ? c : str_cmp(x->en, y->en);
}

void findings_sort(struct findings *f)
{
        if (f->n > 1)
                qsort(f->row, f->n, sizeof *f->row, by_place);
}
