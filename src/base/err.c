#include "base/err.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "base/str.h"

const struct err_kind *err_kind(int code)
{
        if (code >= 0 || code < -ERR_COUNT)
                BUG("a code outside base/errors.txt");
        return &err_kinds[-code - 1];
}

/* Printf that never leaves half a character at the end. */
static void fill_text(char *out, size_t cap, const char *fmt, va_list args)
{
        if (!fmt || vsnprintf(out, cap, fmt, args) < 0)
                BUG("a format that cannot be printed");
        size_t n = strlen(out);
        if (n + 1 < cap)
                return;
        while (n > 0 && !utf8_valid((struct str){ out, n }))
                n--;
        out[n] = '\0';
}

int err_set(struct err *e, int code, const char *field, const char *zh, const char *en, ...)
{
        if (!e)
                return code;
        e->code = code;
        snprintf(e->field, sizeof e->field, "%s", field ? field : "");
        va_list args, again;
        va_start(args, en);
        va_copy(again, args);
        fill_text(e->zh, sizeof e->zh, zh, args);
        fill_text(e->en, sizeof e->en, en, again);
        va_end(again);
        va_end(args);
        return code;
}

const char *err_text(const struct err *e, enum lang lang)
{
        if (!e || e->code == OK)
                return "";
        const char *own = lang == LANG_ZH ? e->zh : e->en;
        return own[0] ? own : say_in(err_kind(e->code)->say, lang);
}

/* "en-GB;q=0.7" to a weight in thousandths; no q means 1000. */
static int tag_weight(const char *tag, size_t n)
{
        const char *q = memmem(tag, n, "q=", 2);
        if (!q)
                return 1000;
        double w = 0;
        const char *end = tag + n;
        struct str digits = str_trim((struct str){ q + 2, (size_t)(end - q - 2) });
        return str_double(digits, &w) == OK && w >= 0 && w <= 1 ? (int)(w * 1000) : 0;
}

enum lang lang_of(const char *asked)
{
        struct str rest = str_of(asked), tag;
        int zh = 0, en = 0;
        while (str_split(&rest, ',', &tag)) {
                tag = str_trim(tag);
                if (tag.n < 2)
                        continue;
                int *best = strncasecmp(tag.p, "zh", 2) == 0 ? &zh : strncasecmp(tag.p, "en", 2) == 0 ? &en : NULL;
                int weight = tag_weight(tag.p, tag.n) * 100 - (zh || en);
                if (best && weight > *best)
                        *best = weight;
        }
        return en > zh ? LANG_EN : LANG_ZH;
}

void bug(const char *file, int line, const char *why)
{
        fprintf(stderr, "linli: bug at %s:%d: %s\n", file, line, why);
        abort();
}

void out_of_memory(size_t wanted)
{
        fprintf(stderr, "linli: out of memory, %zu bytes wanted\n", wanted);
        abort();
}
