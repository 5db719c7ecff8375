#include "api/inner/field.h"
#include <math.h>
#include <stdio.h>

/* ---- saying what is wrong -------------------------------------------------------------------------- */

static size_t spot_text(const struct spot *s, char *to, size_t max)
{
        size_t n = s->up ? spot_text(s->up, to, max) : 0;
        int more = s->name ? snprintf(to + n, max - n, "%s%s", n ? "." : "", s->name)
                           : snprintf(to + n, max - n, "[%zu]", s->index);
        n += more > 0 ? (size_t)more : 0;
        return n < max ? n : max - 1;
}

int field_refuse(const struct reader *r, const struct spot *s, int code, const char *zh, const char *en, int64_t lo,
                 int64_t hi)
{
        char at[sizeof r->err->field] = "";
        if (s)
                spot_text(s, at, sizeof at);
        return err_set(r->err, code, at, zh, en, at, (long long)lo, (long long)hi);
}

int field_unknown(const struct reader *r, const struct spot *up, struct str name)
{
        char shown[48] = "?";
        if (utf8_valid(name) && !utf8_has_control(name))
                snprintf(shown, sizeof shown, STR_FMT, (int)utf8_prefix(name, 15), name.p);
        struct spot s = { .up = up, .name = shown };
        return field_refuse(r, &s, ERR_UNKNOWN, "不认识的字段：%s", "Unknown field: %s", 0, 0);
}

int field_required(const struct reader *r, const struct field *f, const struct value *v, size_t n,
                   const struct spot *up)
{
        for (size_t i = 0; i < n; i++) {
                if (!f[i].required || v[i].given)
                        continue;
                struct spot s = { .up = up, .name = f[i].name };
                return field_refuse(r, &s, ERR_MISSING, "缺少 %s", "%s is missing", 0, 0);
        }
        return OK;
}

size_t field_find(const struct field *f, size_t n, size_t from, struct str name)
{
        for (size_t k = 0; k < n; k++) {
                size_t i = from + k < n ? from + k : from + k - n;
                if (str_is(name, f[i].name))
                        return i;
        }
        return n;
}

/* ---- numbers --------------------------------------------------------------------------------------- */

static bool unlimited(const struct field *f)
{
        return f->min == 0 && f->max == 0;
}

int field_int(const struct reader *r, const struct field *f, const struct spot *s, int64_t n, struct value *ret)
{
        if (!unlimited(f) && (n < f->min || n > f->max))
                return field_refuse(r, s, ERR_RANGE, "%s 须在 %lld 到 %lld 之间", "%s must be from %lld to %lld",
                                    f->min, f->max);
        ret->n = n;
        ret->given = true;
        return OK;
}

int field_number(const struct reader *r, const struct field *f, const struct spot *s, double x, struct value *ret)
{
        int64_t lo = f->type == FIELD_LAT ? -90 : f->type == FIELD_LON ? -180 : f->min;
        int64_t hi = f->type == FIELD_LAT ? 90 : f->type == FIELD_LON ? 180 : f->max;
        if (!isfinite(x))
                return field_refuse(r, s, ERR_TYPE, "%s 不是数", "%s is not a number", 0, 0);
        if ((lo != 0 || hi != 0) && (x < (double)lo || x > (double)hi))
                return field_refuse(r, s, ERR_RANGE, "%s 须在 %lld 到 %lld 之间", "%s must be from %lld to %lld", lo,
                                    hi);
        ret->number = x;
        ret->given = true;
        return OK;
}

/* ---- text ------------------------------------------------------------------------------------------ */

static bool one_line(struct str s)
{
        return !memchr(s.p ? s.p : "", '\n', s.n) && !memchr(s.p ? s.p : "", '\t', s.n);
}

static int text_length(const struct reader *r, const struct field *f, const struct spot *s, struct str text)
{
        int64_t most = field_most(f);
        int64_t n = (int64_t)utf8_count(text);
        if (n > most)
                return field_refuse(r, s, ERR_RANGE, "%s 太长，最多 %lld 个字",
                                    "%s is too long: at most %lld characters", most, 0);
        if (n < f->min)
                return field_refuse(r, s, ERR_RANGE, "%s 太短，至少 %lld 个字",
                                    "%s is too short: at least %lld characters", f->min, 0);
        return OK;
}

static int text_words(const struct reader *r, const struct field *f, const struct spot *s, struct str text,
                      struct value *ret)
{
        if (!utf8_valid(text))
                return field_refuse(r, s, ERR_UTF8, "%s 不是有效的 UTF-8 文本", "%s is not valid UTF-8 text", 0, 0);
        text = str_trim(text);
        if (utf8_has_control(text) || (f->type == FIELD_STR && !one_line(text)))
                return field_refuse(r, s, ERR_TYPE, "%s 含有控制字符", "%s has control characters", 0, 0);
        int rc = text_length(r, f, s, text);
        if (rc != OK)
                return rc;
        ret->str = str_dup(r->arena, text);
        return OK;
}

static int text_code(const struct reader *r, const struct field *f, const struct spot *s, struct str text,
                     struct value *ret)
{
        (void)f;
        if (!code_valid(text))
                return field_refuse(r, s, ERR_TYPE, "%s 不是代码（1-64 个字母、数字或 . _ -）",
                                    "%s is not a code (1-64 letters, digits or . _ -)", 0, 0);
        ret->str = str_dup(r->arena, text);
        return OK;
}

static int text_id(const struct reader *r, const struct field *f, const struct spot *s, struct str text,
                   struct value *ret)
{
        (void)f;
        if (str_int(text, 1, INT64_MAX, &ret->n) != OK || text.p[0] == '+' || text.p[0] == '0')
                return field_refuse(r, s, ERR_TYPE, "%s 不是编号", "%s is not an id", 0, 0);
        return OK;
}

static int text_day(const struct reader *r, const struct field *f, const struct spot *s, struct str text,
                    struct value *ret)
{
        (void)f;
        if (day_parse(text, &ret->day) != OK)
                return field_refuse(r, s, ERR_TYPE, "%s 不是日期（如 2026-11-23）",
                                    "%s is not a date that exists (like 2026-11-23)", 0, 0);
        return OK;
}

static int text_instant(const struct reader *r, const struct field *f, const struct spot *s, struct str text,
                        struct value *ret)
{
        (void)f;
        if (instant_parse(text, &ret->at) != OK)
                return field_refuse(r, s, ERR_TYPE, "%s 不是时间（如 2026-11-23T09:00:00+08:00）",
                                    "%s is not a time (like 2026-11-23T09:00:00+08:00)", 0, 0);
        return OK;
}

static int text_enum(const struct reader *r, const struct field *f, const struct spot *s, struct str text,
                     struct value *ret)
{
        for (int64_t i = 0; f->choices[i]; i++) {
                if (!str_is(text, f->choices[i]))
                        continue;
                ret->n = i;
                return OK;
        }
        char list[160] = "";
        size_t n = 0;
        for (size_t i = 0; f->choices[i] && n < sizeof list - 1; i++)
                n += (size_t)snprintf(list + n, sizeof list - n, "%s%s", i ? ", " : "", f->choices[i]);
        char zh[240], en[240];
        snprintf(zh, sizeof zh, "%%s 只能是：%s", list);
        snprintf(en, sizeof en, "%%s must be one of: %s", list);
        return field_refuse(r, s, ERR_TYPE, zh, en, 0, 0);
}

int field_text(const struct reader *r, const struct field *f, const struct spot *s, struct str text, struct value *ret)
{
        static int (*const read[FIELD_TYPES])(const struct reader *, const struct field *, const struct spot *,
                                              struct str, struct value *) = {
                [FIELD_STR] = text_words, [FIELD_TEXT] = text_words, [FIELD_CODE] = text_code,
                [FIELD_ID] = text_id,     [FIELD_DAY] = text_day,    [FIELD_INSTANT] = text_instant,
                [FIELD_ENUM] = text_enum,
        };
        int rc = read[f->type](r, f, s, text, ret);
        ret->given = rc == OK;
        return rc;
}
