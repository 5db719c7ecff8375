#include "sheet/cell.h"
#include <ctype.h>
#include <math.h>
#include "base/phone.h"

/* ---- characters --------------------------------------------------------------------------------------------------- */

static bool is_blank(uint32_t c)
{
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
               c == 0x202F || c == 0x205F || c == 0x3000;
}

/* Controls, joiners, marks of direction, soft hyphen: what nobody sees and no comparison survives. */
static bool is_unseen(uint32_t c)
{
        return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
               (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

static bool is_wide_word(uint32_t c)
{
        return (c >= 0xFF10 && c <= 0xFF19) || (c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A);
}

enum fold { FOLD_LINE, FOLD_SCAN, FOLD_CODE, FOLD_KEY, FOLD_WORDS }; /* SCAN: a line with all marks of full width made narrow */

/* What takes the place of a character: 0 = nothing, 0x80 and above = the character itself. */
static unsigned char folded(uint32_t c, enum fold how)
{
        bool narrow = how == FOLD_LINE ? is_wide_word(c) : how != FOLD_WORDS && c >= 0xFF01 && c <= 0xFF5E;
        if (how == FOLD_WORDS)
                return c == '\n' || c == '\t' ? (unsigned char)c : is_unseen(c) ? 0 : c < 0x80 ? (unsigned char)c : 0x80;
        if (is_blank(c))
                return how <= FOLD_SCAN ? ' ' : 0;
        if (is_unseen(c))
                return 0;
        if (!narrow && c >= 0x80)
                return 0x80;
        unsigned char ascii = (unsigned char)(narrow ? c - 0xFEE0 : c);
        if (how != FOLD_KEY)
                return ascii;
        return ascii == '*' || ascii == ':' ? 0 : (unsigned char)tolower(ascii);
}

static struct str fold(struct arena *a, struct str s, enum fold how)
{
        char *out = arena_raw(a, s.n + 1);
        size_t n = 0;
        for (size_t i = 0; i < s.n;) {
                size_t from = i;
                unsigned char c = folded(utf8_next(s, &i), how);
                if (c >= 0x80) {
                        memcpy(out + n, s.p + from, i - from);
                        n += i - from;
                } else if (c && !(how <= FOLD_SCAN && c == ' ' && (n == 0 || out[n - 1] == ' '))) {
                        out[n++] = (char)c;
                }
        }
        while (n > 0 && how <= FOLD_SCAN && out[n - 1] == ' ')
                n--;
        out[n] = '\0';
        return (struct str){ out, n };
}

struct str cell_line(struct arena *a, struct str s) { return fold(a, s, FOLD_LINE); }
struct str cell_code(struct arena *a, struct str s) { return fold(a, s, FOLD_CODE); }
struct str cell_words(struct arena *a, struct str s) { return str_trim(fold(a, s, FOLD_WORDS)); }
struct str cell_key(struct arena *a, struct str s) { return fold(a, s, FOLD_KEY); }

/* ---- numbers ------------------------------------------------------------------------------------------------------ */

/* "1.38E+10" lost its last digits when it was saved as it looked; "1.3800000001E+10" holds them all. *ret stays when it is no such. */
static enum cell_fault whole_of_exponent(struct arena *a, struct str s, struct str *ret)
{
        size_t i = 0, digits = 0, decimals = 0;
        char *out = arena_raw(a, s.n + 1);
        int64_t exponent;
        for (bool point = false; i < s.n && (isdigit((unsigned char)s.p[i]) || (s.p[i] == '.' && !point)); i++) {
                point = point || s.p[i] == '.';
                decimals += point && s.p[i] != '.';
                if (s.p[i] != '.')
                        out[digits++] = s.p[i];
        }
        if (digits == 0 || i >= s.n || (s.p[i] != 'E' && s.p[i] != 'e'))
                return CELL_FINE;
        i += i + 1 < s.n && s.p[i + 1] == '+' ? 2 : 1;
        if (str_int((struct str){ s.p + i, s.n - i }, 1, 99, &exponent) != OK)
                return CELL_FINE;
        if (decimals != (size_t)exponent)
                return CELL_LOST_DIGITS;
        *ret = (struct str){ out, digits };
        return CELL_FINE;
}

enum cell_fault cell_code_text(struct arena *a, const struct cell *c, struct str *ret)
{
        struct str s = cell_code(a, c->text);
        if (c->kind == CELL_ERROR)
                return CELL_IS_ERROR;
        if (c->lossy)
                return CELL_LOST_DIGITS;
        enum cell_fault fault = whole_of_exponent(a, s, &s);
        if (fault == CELL_FINE)
                *ret = s;
        return fault;
}

enum cell_fault cell_number(struct arena *a, const struct cell *c, double *ret)
{
        struct str s = cell_code(a, c->text);
        if (c->kind == CELL_ERROR)
                return CELL_IS_ERROR;
        return str_double(s, ret) == OK ? CELL_FINE : CELL_NOT_NUMBER;
}

enum cell_fault cell_int(struct arena *a, const struct cell *c, int64_t *ret)
{
        struct str s;
        double v;
        enum cell_fault fault = cell_code_text(a, c, &s);
        if (fault != CELL_FINE || str_int(s, INT64_MIN / 2, INT64_MAX / 2, ret) == OK)
                return fault;
        if (str_double(s, &v) != OK || v != floor(v) || fabs(v) >= 1e15)
                return CELL_NOT_NUMBER;
        *ret = (int64_t)v;
        return CELL_FINE;
}

/* ---- days --------------------------------------------------------------------------------------------------------- */

/* A text read from the left. */
struct scan {
        struct str s;
        size_t at;
};

static int digits(struct scan *x, int most, int *ret)
{
        int n = 0, v = 0;
        for (; n < most && x->at < x->s.n && isdigit((unsigned char)x->s.p[x->at]); n++, x->at++)
                v = v * 10 + (x->s.p[x->at] - '0');
        *ret = v;
        return n;
}

static bool takes(struct scan *x, const char *word)
{
        struct str rest = { x->s.p + x->at, x->s.n - x->at };
        if (!str_starts(rest, str_of(word)))
                return false;
        x->at += strlen(word);
        return true;
}

static bool takes_one(struct scan *x, const char *const *words)
{
        for (; *words; words++)
                if (takes(x, *words))
                        return true;
        return false;
}

static bool at_end(const struct scan *x) { return x->at >= x->s.n; }

static enum cell_fault scan_day(struct scan *x, enum day_order order, struct day *ret)
{
        static const char *const after_first[] = { "-", "/", ".", "年", NULL }, *const after_second[] = { "-", "/", ".", "月", NULL },
                                 *const after_third[] = { "日", "号", NULL };
        int a, b, c, n = digits(x, 8, &a);
        if (n == 8)
                return day_make(a / 10000, a / 100 % 100, a % 100, ret) ? CELL_FINE : CELL_NOT_DAY;
        if (n == 0 || !takes_one(x, after_first))
                return CELL_NOT_DAY;
        if (digits(x, 2, &b) == 0 || !takes_one(x, after_second))
                return CELL_NOT_DAY;
        int last = digits(x, 4, &c);
        if (last == 0)
                return CELL_NOT_DAY;
        takes_one(x, after_third);
        if (n == 4 && last <= 2)
                return day_make(a, b, c, ret) ? CELL_FINE : CELL_NOT_DAY;
        if (n > 2 || last == 3)
                return CELL_NOT_DAY;
        if (last != 4 || order == DAY_YMD) /* two digits of a year, or day and month in an order that nobody told */
                return CELL_DAY_UNCLEAR;
        return day_make(c, order == DAY_MDY ? a : b, order == DAY_MDY ? b : a, ret) ? CELL_FINE : CELL_NOT_DAY;
}

static bool scan_time(struct scan *x, int64_t *ret_us)
{
        static const char *const colon[] = { ":", "：", "时", "点", NULL }, *const minute[] = { ":", "：", "分", NULL };
        int h, m = 0, s = 0;
        bool late = takes(x, "下午") || takes(x, "晚上");
        if (!late)
                (void)(takes(x, "上午") || takes(x, "早上"));
        while (takes(x, " "))
                ;
        if (digits(x, 2, &h) == 0 || !takes_one(x, colon))
                return false;
        digits(x, 2, &m);
        if (takes_one(x, minute) && digits(x, 2, &s) > 0) {
                takes(x, "秒");
                if (takes(x, ".")) {
                        int fraction;
                        digits(x, 9, &fraction);
                }
        }
        while (takes(x, " "))
                ;
        late = takes(x, "PM") || takes(x, "pm") || late;
        if (takes(x, "AM") || takes(x, "am"))
                h %= 12;
        if (late && h < 12)
                h += 12;
        *ret_us = ((int64_t)h * 3600 + m * 60 + s) * US_PER_SECOND;
        return h < 24 && m < 60 && s < 60;
}

static bool day_of_serial(struct str s, struct day *ret, int64_t *ret_us)
{
        double v;
        if (str_double(s, &v) != OK || v < 30000 || v >= 80000) /* 1982 to 2119 */
                return false;
        *ret = (struct day){ (int32_t)floor(v) - 25569 };
        *ret_us = llround((v - floor(v)) * 86400) * US_PER_SECOND;
        return true;
}

enum cell_fault cell_instant(struct arena *a, const struct cell *c, enum day_order order, struct instant *ret, bool *ret_has_time)
{
        struct scan x = { .s = fold(a, c->text, FOLD_SCAN) };
        struct day day;
        int64_t us = 0;
        if (c->kind == CELL_ERROR)
                return CELL_IS_ERROR;
        if (day_of_serial(x.s, &day, &us)) {
                *ret = (struct instant){ day_start(day).us + us };
                *ret_has_time = us != 0;
                return CELL_FINE;
        }
        enum cell_fault fault = scan_day(&x, order, &day);
        if (fault != CELL_FINE)
                return fault;
        while (takes(&x, " ") || takes(&x, "T"))
                ;
        size_t behind = x.at;
        bool has_time = !at_end(&x) && scan_time(&x, &us);
        x.at = has_time ? x.at : behind;
        bool weekday = takes(&x, "星期") || takes(&x, "周") || takes(&x, "(") || takes(&x, "（");
        if (!at_end(&x) && !weekday && !takes(&x, "+08:00"))
                return CELL_NOT_DAY;
        *ret = (struct instant){ day_start(day).us + (has_time ? us : 0) };
        *ret_has_time = has_time;
        return CELL_FINE;
}

enum cell_fault cell_day(struct arena *a, const struct cell *c, enum day_order order, struct day *ret)
{
        struct instant at;
        bool has_time;
        enum cell_fault fault = cell_instant(a, c, order, &at, &has_time);
        if (fault == CELL_FINE)
                *ret = instant_day(at);
        return fault;
}

/* ---- telephone numbers -------------------------------------------------------------------------------------------- */

enum cell_fault cell_phone(struct arena *a, const struct cell *c, struct str *ret)
{
        struct str s;
        enum cell_fault fault = cell_code_text(a, c, &s);
        if (fault != CELL_FINE)
                return fault;
        return phone_read(a, s, ret) == OK ? CELL_FINE : CELL_NOT_PHONE;
}

/* ---- what should not be there --------------------------------------------------------------------------------------- */

/* ISO 7064 MOD 11-2 over 17 digits. */
static bool check_character(const char *p)
{
        static const int weight[17] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
        int sum = 0;
        for (int i = 0; i < 17; i++)
                sum += (p[i] - '0') * weight[i];
        return "10X98765432"[sum % 11] == toupper((unsigned char)p[17]);
}

static int two(const char *p) { return (p[0] - '0') * 10 + (p[1] - '0'); }

static bool citizen_at(const char *p)
{
        struct day born;
        for (int i = 0; i < 17; i++)
                if (!isdigit((unsigned char)p[i]))
                        return false;
        return p[0] != '0' && day_make(two(p + 6) * 100 + two(p + 8), two(p + 10), two(p + 12), &born) && check_character(p);
}

bool text_has_citizen_number(struct str s)
{
        for (size_t i = 0; i + 18 <= s.n; i++) {
                bool inside = i > 0 && isdigit((unsigned char)s.p[i - 1]);
                bool goes_on = i + 18 < s.n && isdigit((unsigned char)s.p[i + 18]);
                if (!inside && !goes_on && citizen_at(s.p + i))
                        return true;
        }
        return false;
}
