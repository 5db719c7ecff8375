#include "people/mask.h"

#define NAME_STARS 3
#define PHONE_STARS 8
#define ADDRESS_CHARS 24
#define MOBILE_DIGITS 11

/* Takes no room of its own on the screen: direction and joining marks, combining accents, variation selectors. */
static bool invisible(uint32_t c)
{
        return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) ||
               c == 0xFEFF || (c >= 0x300 && c <= 0x36F) || (c >= 0xFE00 && c <= 0xFE0F);
}

static struct str stars_after(struct arena *a, struct str shown, size_t stars)
{
        char *p = arena_raw(a, shown.n + stars + 1);
        if (shown.n > 0)
                memcpy(p, shown.p, shown.n);
        memset(p + shown.n, '*', stars);
        p[shown.n + stars] = '\0';
        return (struct str){ p, shown.n + stars };
}

struct str mask_name(struct arena *a, struct str name)
{
        name = str_trim(name);
        if (name.n == 0)
                return STR("");
        if (!utf8_valid(name))
                return STR("*");
        struct str first = { 0 };
        size_t n = 0;
        for (size_t i = 0; i < name.n;) {
                size_t from = i;
                if (invisible(utf8_next(name, &i)))
                        continue;
                if (n++ == 0)
                        first = (struct str){ name.p + from, i - from };
        }
        if (n <= 1)
                return STR("*");
        return stars_after(a, first, n - 1 < NAME_STARS ? n - 1 : NAME_STARS);
}

static bool digit_of(uint32_t c, char *ret)
{
        if (c >= 0xFF10 && c <= 0xFF19)
                c -= 0xFF10 - '0';
        if (c < '0' || c > '9')
                return false;
        *ret = (char)c;
        return true;
}

static struct str digits_of(struct arena *a, struct str s)
{
        if (!utf8_valid(s))
                return STR("");
        char *p = arena_raw(a, s.n + 1);
        size_t n = 0;
        for (size_t i = 0; i < s.n;)
                if (digit_of(utf8_next(s, &i), &p[n]))
                        n++;
        p[n] = '\0';
        return (struct str){ p, n };
}

struct str phone_normal(struct arena *a, struct str phone)
{
        struct str d = digits_of(a, phone);
        size_t cut = str_starts(d, STR("0086")) ? 4 : str_starts(d, STR("86")) ? 2 : 0;
        if (cut > 0 && d.n - cut == MOBILE_DIGITS)
                d = (struct str){ d.p + cut, d.n - cut };
        return d;
}

struct str mask_phone(struct arena *a, struct str phone)
{
        if (str_trim(phone).n == 0)
                return STR("");
        struct str d = phone_normal(a, phone);
        if (d.n == 0)
                return STR("***");
        size_t head = d.n >= MOBILE_DIGITS ? 3 : d.n / 4;
        size_t tail = d.n >= MOBILE_DIGITS ? 4 : d.n / 2 - head;
        size_t hidden = d.n - head - tail;
        struct str front = stars_after(a, (struct str){ d.p, head }, hidden < PHONE_STARS ? hidden : PHONE_STARS);
        return str_printf(a, STR_FMT STR_FMT, STR_ARG(front), (int)tail, d.p + d.n - tail);
}

/* Chinese numerals count as a number only in front of what one counts in an address. */
static bool counts_doors(struct str rest)
{
        static const char *const unit[] = { "号", "栋", "幢", "座", "楼", "单元", "层", "室", "户", "门" };
        for (size_t i = 0; i < COUNT(unit); i++)
                if (str_starts(rest, str_of(unit[i])))
                        return true;
        return false;
}

static bool is_numeral(uint32_t c)
{
        static const uint32_t numeral[] = {
                0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B,
                0x4E5D, 0x5341, 0x767E, 0x7532, 0x4E59, 0x4E19, 0x4E01
        }; /* 一…十 百 甲乙丙丁 */
        for (size_t i = 0; i < COUNT(numeral); i++)
                if (c == numeral[i])
                        return true;
        return false;
}

static bool door_starts(struct str s, size_t from)
{
        size_t i = from;
        uint32_t c = utf8_next(s, &i);
        char digit;
        if (digit_of(c, &digit))
                return true;
        bool latin = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (!latin && !is_numeral(c))
                return false;
        while (i < s.n && !counts_doors((struct str){ s.p + i, s.n - i })) {
                c = utf8_next(s, &i);
                if (!is_numeral(c) && !digit_of(c, &digit))
                        return false;
        }
        return i < s.n;
}

static size_t address_cut(struct str s)
{
        static const struct str compound = { "小区", sizeof("小区") - 1 };
        ptrdiff_t at = str_find(s, compound);
        if (at >= 0 && (size_t)at + compound.n < s.n)
                return (size_t)at + compound.n;
        for (size_t i = 0; i < s.n; utf8_next(s, &i))
                if (door_starts(s, i))
                        return i;
        return utf8_prefix(s, utf8_count(s) / 2);
}

struct str mask_address(struct arena *a, struct str address)
{
        address = str_trim(address);
        if (address.n == 0)
                return STR("");
        if (!utf8_valid(address))
                return STR("*");
        struct str shown = { address.p, address_cut(address) };
        shown.n = utf8_prefix(shown, ADDRESS_CHARS);
        return stars_after(a, str_trim(shown), 3);
}

bool mail_valid(struct str s)
{
        ptrdiff_t at = str_find(s, STR("@"));
        for (size_t i = 0; i < s.n; i++)
                if (s.p[i] <= ' ' || s.p[i] > '~' || strchr("<>,;:\"\\()[]", s.p[i]) || (s.p[i] == '@' && (ptrdiff_t)i != at))
                        return false;
        return at > 0 && (size_t)at + 1 < s.n;
}
