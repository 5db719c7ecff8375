#include "import/inner/convert.h"
#include <ctype.h>
#include "base/csv.h"

static const enum import_reason reason_of[] = {
        [CELL_FINE] = REASON_NONE,           [CELL_IS_ERROR] = REASON_CELL_ERROR, [CELL_LOST_DIGITS] = REASON_LOST_DIGITS,
        [CELL_NOT_NUMBER] = REASON_NOT_A_NUMBER, [CELL_NOT_DAY] = REASON_NOT_A_DAY, [CELL_DAY_UNCLEAR] = REASON_DAY_UNCLEAR,
        [CELL_NOT_PHONE] = REASON_NOT_A_PHONE,
};

static const char *word_of(struct arena *a, const struct import_word *words, struct str key)
{
        for (; words && words->said; words++)
                if (str_eq(key, cell_key(a, str_of(words->said))) || str_is(key, words->means))
                        return words->means;
        return NULL;
}

/* How people write that there is nothing. */
static bool says_nothing(struct str key)
{
        static const char *const nothing[] = { "无", "-", "--", "—", "——", "/", "\\", "空", "暂无", "n/a" };
        for (size_t i = 0; i < COUNT(nothing); i++)
                if (str_is(key, nothing[i]))
                        return true;
        return key.n == 0;
}

static bool says_open_end(struct str key)
{
        static const char *const open[] = { "长期", "长期有效", "永久", "永久有效", "至今", "不限" };
        for (size_t i = 0; i < COUNT(open); i++)
                if (str_is(key, open[i]))
                        return true;
        return says_nothing(key);
}

void split_list(struct arena *a, struct str s, struct parts *ret)
{
        static const char *const marks[] = { "、", "，", "；", ",", ";", "\n", "\r" };
        size_t from = 0;
        *ret = (struct parts){ 0 };
        for (size_t i = 0; i <= s.n;) {
                size_t cut = i == s.n ? 1 : 0;
                for (size_t k = 0; k < COUNT(marks) && cut == 0; k++)
                        if (str_starts((struct str){ s.p + i, s.n - i }, str_of(marks[k])))
                                cut = strlen(marks[k]);
                if (cut == 0) {
                        i++;
                        continue;
                }
                struct str part = cell_line(a, (struct str){ s.p + from, i - from });
                ret->over = ret->over || (part.n && ret->n == COUNT(ret->part));
                if (part.n && ret->n < COUNT(ret->part))
                        ret->part[ret->n++] = part;
                i += cut;
                from = i;
        }
}

static struct str join(struct arena *a, const struct parts *p)
{
        struct str all = STR("");
        for (size_t i = 0; i < p->n; i++)
                all = i ? str_printf(a, STR_FMT ";" STR_FMT, STR_ARG(all), STR_ARG(p->part[i])) : p->part[i];
        return all;
}

static enum import_reason convert_text(struct arena *a, const struct import_field *f, const struct cell *c, struct str *ret)
{
        *ret = f->type == FIELD_WORDS ? cell_words(a, c->text) : cell_line(a, c->text);
        const char *word = f->words ? word_of(a, f->words, cell_key(a, *ret)) : NULL;
        if (word)
                *ret = str_of(word);
        return c->lossy ? REASON_LOST_DIGITS : REASON_NONE;
}

static enum import_reason convert_word(struct arena *a, const struct import_field *f, const struct cell *c, struct str *ret)
{
        const char *word = word_of(a, f->words, cell_key(a, c->text));
        *ret = str_of(word);
        return word ? REASON_NONE : REASON_UNKNOWN_WORD;
}

static enum import_reason convert_code(struct arena *a, const struct cell *c, struct str *ret)
{
        enum cell_fault fault = cell_code_text(a, c, ret);
        if (fault != CELL_FINE)
                return reason_of[fault];
        return code_valid(*ret) ? REASON_NONE : REASON_BAD_CODE;
}

static enum import_reason convert_day(struct arena *a, const struct mapping *m, const struct cell *c, struct str *ret)
{
        struct day day;
        char shown[11];
        if (says_open_end(cell_key(a, c->text))) {
                *ret = STR("");
                return REASON_NONE;
        }
        enum cell_fault fault = cell_day(a, c, m->order, &day);
        if (fault == CELL_FINE)
                *ret = str_dup(a, str_of(day_format(day, shown)));
        return reason_of[fault];
}

static enum import_reason convert_moment(struct arena *a, const struct mapping *m, const struct cell *c, struct str *ret)
{
        struct instant at;
        bool has_time;
        char shown[40];
        enum cell_fault fault = cell_instant(a, c, m->order, &at, &has_time);
        if (fault == CELL_FINE)
                *ret = str_dup(a, str_of(instant_format(at, shown)));
        return reason_of[fault];
}

static enum import_reason convert_count(struct arena *a, const struct cell *c, struct str *ret)
{
        int64_t n;
        enum cell_fault fault = cell_int(a, c, &n);
        if (fault != CELL_FINE)
                return reason_of[fault];
        *ret = str_printf(a, "%lld", (long long)n);
        return n >= 0 && n <= 100000000 ? REASON_NONE : REASON_OUT_OF_RANGE;
}

/* "5", "5个工作日", "24 小时". */
static enum import_reason convert_limit(struct arena *a, const struct import_field *f, const struct cell *c, struct str *ret, struct str *ret_unit)
{
        struct str key = cell_key(a, c->text);
        size_t n = 0;
        while (n < key.n && isdigit((unsigned char)key.p[n]))
                n++;
        struct cell number = { .text = { key.p, n }, .kind = CELL_TEXT };
        struct str rest = { key.p + n, key.n - n };
        const char *unit = rest.n ? word_of(a, f->words, rest) : NULL;
        if (n == 0 || (rest.n && !unit))
                return REASON_NOT_A_NUMBER;
        if (unit)
                *ret_unit = str_of(unit);
        enum import_reason reason = convert_count(a, &number, ret);
        return reason == REASON_NONE && str_is(*ret, "0") ? REASON_OUT_OF_RANGE : reason;
}

static enum import_reason convert_degrees(struct arena *a, const struct import_field *f, const struct cell *c, struct str *ret)
{
        double v, most = strcmp(f->name, "lat") == 0 ? 90 : 180;
        enum cell_fault fault = cell_number(a, c, &v);
        if (fault != CELL_FINE)
                return reason_of[fault];
        *ret = str_printf(a, "%.7f", v);
        return v >= -most && v <= most ? REASON_NONE : REASON_OUT_OF_RANGE;
}

static enum import_reason convert_list(struct arena *a, const struct cell *c, struct str *ret)
{
        struct parts p;
        split_list(a, c->text, &p);
        *ret = join(a, &p);
        return p.over ? REASON_TOO_LONG : REASON_NONE;
}

static enum import_reason convert_typed(struct arena *a, const struct mapping *m, const struct import_field *f, const struct cell *c, struct str *ret, struct str *ret_unit)
{
        switch (f->type) {
        case FIELD_WORD: return convert_word(a, f, c, ret);
        case FIELD_CODE: return convert_code(a, c, ret);
        case FIELD_DAY: return convert_day(a, m, c, ret);
        case FIELD_MOMENT: return convert_moment(a, m, c, ret);
        case FIELD_COUNT: return convert_count(a, c, ret);
        case FIELD_LIMIT: return convert_limit(a, f, c, ret, ret_unit);
        case FIELD_DEGREES: return convert_degrees(a, f, c, ret);
        case FIELD_PHONE: return reason_of[cell_phone(a, c, ret)];
        case FIELD_LIST: return convert_list(a, c, ret);
        case FIELD_REF:
        case FIELD_REFS:
                *ret = str_trim(c->text);
                return c->lossy ? REASON_LOST_DIGITS : REASON_NONE;
        case FIELD_TEXT:
        case FIELD_WORDS:
        case FIELD_SHAPE: break;
        }
        return convert_text(a, f, c, ret);
}

/* What the mapping makes of the cell before it is read: its own values first, then what stands in for the rest. */
static struct cell mapped(struct arena *a, const struct mapped_column *col, const struct cell *c, struct str key)
{
        for (size_t i = 0; i < col->n_values; i++)
                if (str_eq(col->values[i].said, key))
                        return (struct cell){ .text = col->values[i].means, .kind = CELL_TEXT };
        bool known = col->field->words && word_of(a, col->field->words, key);
        bool nothing = col->n_values ? !known : key.n == 0;
        return col->otherwise.n && nothing ? (struct cell){ .text = col->otherwise, .kind = CELL_TEXT } : *c;
}

enum import_reason convert_cell(struct arena *a, const struct mapping *m, const struct mapped_column *col, const struct cell *c, struct str *ret, struct str *ret_unit)
{
        const struct import_field *f = col->field;
        struct cell use = mapped(a, col, c, cell_key(a, c->text));
        struct str key = cell_key(a, use.text);
        bool free_text = f->type == FIELD_TEXT || f->type == FIELD_WORDS;
        *ret = STR("");
        if (use.kind == CELL_ERROR)
                return REASON_CELL_ERROR;
        if (free_text ? key.n == 0 : says_nothing(key))
                return f->needed ? REASON_MISSING : REASON_NONE;
        enum import_reason reason = convert_typed(a, m, f, &use, ret, ret_unit);
        if (reason != REASON_NONE)
                return reason;
        if (ret->n == 0 && f->needed)
                return REASON_MISSING;
        if (ret->n > (f->type == FIELD_WORDS ? SHEET_CELL_BYTES : CSV_CELL_MAX))
                return REASON_TOO_LONG;
        return free_text && text_has_citizen_number(*ret) ? REASON_PERSONAL_NUMBER : REASON_NONE;
}
