/* fuzz/fuzz.h — what the harnesses share. Each file here asks one parser what it makes of any bytes at all.
 *
 * A harness is built twice: by script/fuzz with libFuzzer, which looks for inputs, and with replay.c, which runs those
 * that are kept (fuzz/corpus/NAME) as a plain test. An input is good when nothing overruns, nothing overflows, nothing
 * hangs, and what the parser promises of its answer holds (MUST).
 */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/csv.h"
#include "base/err.h"
#include "base/finding.h"
#include "base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerInitialize(int *argc, char ***argv);

#define MUST(x)                                                                                                        \
        do {                                                                                                           \
                if (!(x)) {                                                                                            \
                        fprintf(stderr, "%s:%d: not true: %s\n", __FILE__, __LINE__, #x);                              \
                        abort();                                                                                       \
                }                                                                                                      \
        } while (0)

static inline struct str fuzz_bytes(const uint8_t *data, size_t n)
{
        return (struct str){ (const char *)data, n };
}

/* As the town folder reads a file; false when it is neither UTF-8 nor GB18030. */
static inline bool fuzz_text(struct arena *a, struct str bytes, struct str *ret)
{
        const char *encoding = NULL;
        if (text_utf8(a, bytes, ret, &encoding) != OK)
                return false;
        MUST(utf8_valid(*ret) && encoding);
        return true;
}

/* What a person reads is complete in both languages, names a line of the file, and is text. */
static inline void fuzz_findings(const struct findings *f)
{
        for (size_t i = 0; i < f->n; i++) {
                const struct finding *x = &f->row[i];
                MUST(x->rule && x->rule[0] && x->line >= 0 && x->file.n > 0);
                MUST(x->zh.n > 0 && x->en.n > 0 && utf8_valid(x->zh) && utf8_valid(x->en));
        }
        MUST(f->n <= FINDINGS_MAX && f->errors + f->warnings >= f->n);
}
