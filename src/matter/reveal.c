#include "matter/reveal.h"
#include "place/spoken.h"

const char *const reveal_kind_names[REVEAL_KINDS] = { "phone", "id", "plate", "account", "mail", "door", "person" };

/* One character of the text, its width folded: a digit is a digit however it was typed. */
struct sign { uint32_t c; size_t at, end; };
struct reading { struct sign *s; size_t n; struct str text; struct reveal *ret; size_t found; };

static bool is_digit(uint32_t c) { return c >= '0' && c <= '9'; }
static bool is_letter(uint32_t c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
static uint32_t lower(uint32_t c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; }

/* What people put between the groups of a number. */
static bool parts_groups(uint32_t c)
{
        return c == ' ' || c == '-' || c == 0xB7 || c == 0x2014 || c == 0x2013 || c == 0x3000;
}

static void read_signs(struct arena *a, struct str text, struct reading *r)
{
        r->s = arena_array(a, struct sign, text.n + 1);
        for (size_t i = 0; i < text.n;) {
                struct sign s = { .at = i };
                s.c = utf8_next(text, &i);
                s.end = i;
                if (s.c >= 0xFF01 && s.c <= 0xFF5E)
                        s.c -= 0xFEE0;
                r->s[r->n++] = s;
        }
}

static uint32_t sign_at(const struct reading *r, size_t i)
{
        return i < r->n ? r->s[i].c : 0;
}

static void note(struct reading *r, enum reveal_kind kind, size_t from, size_t to)
{
        if (r->found < REVEAL_MAX)
                r->ret[r->found++] = (struct reveal){ kind, { r->text.p + r->s[from].at, r->s[to - 1].end - r->s[from].at } };
}

/* ---- numbers ------------------------------------------------------------------------------------------------------------ */

/* Digits from @i on, over single signs that part groups; *ret_end is behind the last digit. */
static size_t digits_at(const struct reading *r, size_t i, char digit[24], size_t *ret_end)
{
        size_t n = 0;
        for (; i < r->n; i++) {
                if (is_digit(r->s[i].c)) {
                        if (n < 23)
                                digit[n] = (char)r->s[i].c;
                        n++;
                        *ret_end = i + 1;
                } else if (!parts_groups(r->s[i].c) || !is_digit(sign_at(r, i + 1))) {
                        break;
                }
        }
        digit[n < 23 ? n : 23] = 0;
        return n;
}

/* 2026-11-23, 20261123: a day of these years is no telephone. */
static bool is_day(const char *d, size_t n)
{
        if (n != 8 || (strncmp(d, "19", 2) != 0 && strncmp(d, "20", 2) != 0))
                return false;
        int month = (d[4] - '0') * 10 + d[5] - '0', day = (d[6] - '0') * 10 + d[7] - '0';
        return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static bool is_phone(const char *d, size_t n)
{
        if (n == 15 && strncmp(d, "0086", 4) == 0)
                return d[4] == '1';
        if (n == 13 && strncmp(d, "86", 2) == 0)
                return d[2] == '1';
        if (n == 11 && d[0] == '1')
                return d[1] >= '3';
        if (n >= 10 && n <= 12 && d[0] == '0')
                return true;
        return (n == 7 || n == 8) && d[0] >= '2' && !is_day(d, n);
}

static size_t number_at(struct reading *r, size_t i)
{
        char d[24];
        size_t end = i, n = digits_at(r, i, d, &end);
        bool x = n == 17 && lower(sign_at(r, end)) == 'x';
        if (n == 18 || x)
                note(r, REVEAL_ID, i, end + x);
        else if (is_phone(d, n))
                note(r, REVEAL_PHONE, i, end);
        else if (n == 15)
                note(r, REVEAL_ID, i, end);
        else if (n >= 16 && n <= 19)
                note(r, REVEAL_ACCOUNT, i, end);
        return end + x;
}

/* ---- plates, doors, mail ------------------------------------------------------------------------------------------------ */

static bool one_of(uint32_t c, const char *set)
{
        struct str s = str_of(set);
        for (size_t i = 0; i < s.n;)
                if (utf8_next(s, &i) == c)
                        return true;
        return false;
}

static size_t plate_at(struct reading *r, size_t i)
{
        size_t k = i + 2, n = 0;
        if (!one_of(r->s[i].c, "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领") || !is_letter(sign_at(r, i + 1)))
                return 0;
        while (parts_groups(sign_at(r, k)) || sign_at(r, k) == 0x2022)
                k++;
        for (; n < 6 && (is_digit(sign_at(r, k)) || is_letter(sign_at(r, k))); k++)
                n++;
        if (n < 5)
                return 0;
        note(r, REVEAL_PLATE, i, k);
        return k;
}

static size_t word_at(const struct reading *r, size_t i, const char *word)
{
        struct str w = str_of(word);
        size_t k = i;
        for (size_t at = 0; at < w.n; k++)
                if (lower(sign_at(r, k)) != utf8_next(w, &at))
                        return 0;
        return k - i;
}

/* 3号楼, 12栋, 2单元, 501室. */
static size_t door_behind(struct reading *r, size_t i)
{
        static const char *const words[] = { "号楼", "栋", "幢", "单元", "室" };
        size_t k = i;
        while (is_digit(sign_at(r, k)) && k - i < 6)
                k++;
        for (size_t w = 0; w < COUNT(words); w++) {
                size_t n = word_at(r, k, words[w]);
                if (n == 0)
                        continue;
                note(r, REVEAL_DOOR, i, k + n);
                return k + n;
        }
        return 0;
}

/* Room 501, Building 3. */
static size_t door_before(struct reading *r, size_t i)
{
        static const char *const words[] = { "room ", "unit ", "flat ", "apartment ", "building " };
        if (i > 0 && is_letter(r->s[i - 1].c))
                return 0;
        for (size_t w = 0; w < COUNT(words); w++) {
                size_t n = word_at(r, i, words[w]), k = i + n;
                if (n == 0 || !is_digit(sign_at(r, k)))
                        continue;
                while (is_digit(sign_at(r, k)))
                        k++;
                note(r, REVEAL_DOOR, i, k);
                return k;
        }
        return 0;
}

static bool in_mail(uint32_t c)
{
        return is_digit(c) || is_letter(c) || c == '.' || c == '_' || c == '-' || c == '+';
}

static size_t mail_at(struct reading *r, size_t i)
{
        size_t from = i, to = i + 1;
        if (r->s[i].c != '@')
                return 0;
        while (from > 0 && in_mail(r->s[from - 1].c))
                from--;
        while (in_mail(sign_at(r, to)))
                to++;
        if (from == i || to == i + 1)
                return 0;
        note(r, REVEAL_MAIL, from, to);
        return to;
}

/* For that question any long number is somebody's, and here a day is not. */
static struct str without_digits(struct arena *a, struct str text)
{
        char *out = arena_raw(a, text.n + 1);
        for (size_t i = 0; i < text.n; i++)
                out[i] = is_digit((unsigned char)text.p[i]) ? '.' : text.p[i];
        return (struct str){ out, text.n };
}

size_t reveal_find(struct arena *scratch, struct str text, struct reveal ret[REVEAL_MAX])
{
        struct reading r = { .text = text, .ret = ret };
        read_signs(scratch, text, &r);
        for (size_t i = 0; i < r.n;) {
                size_t next = is_digit(r.s[i].c) ? door_behind(&r, i) : plate_at(&r, i);
                if (next == 0 && is_digit(r.s[i].c))
                        next = number_at(&r, i);
                if (next == 0)
                        next = door_before(&r, i);
                if (next == 0)
                        next = mail_at(&r, i);
                i = next > i ? next : i + 1;
        }
        if (r.found == 0 && spoken_names_person(scratch, without_digits(scratch, text)))
                ret[r.found++] = (struct reveal){ REVEAL_PERSON, STR("") };
        return r.found;
}
