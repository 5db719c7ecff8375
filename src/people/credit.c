#include "people/credit.h"

#define CODE_CHARS 18
#define OLD_DIGITS 15

static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/* Place of @c in the alphabet, or -1. */
static int value_of(char c)
{
        const char *at = c ? strchr(alphabet, c) : NULL;
        return at ? (int)(at - alphabet) : -1;
}

static bool is_old(struct str s)
{
        if (s.n != OLD_DIGITS)
                return false;
        for (size_t i = 0; i < s.n; i++)
                if (s.p[i] < '0' || s.p[i] > '9')
                        return false;
        return true;
}

static bool shape_fits(struct str s)
{
        if (s.n != CODE_CHARS)
                return false;
        for (size_t i = 0; i < s.n; i++)
                if (value_of(s.p[i]) < 0)
                        return false;
        return true;
}

/* Weights are powers of 3 modulo 31. */
static bool last_fits(struct str s)
{
        int sum = 0, weight = 1;
        for (size_t i = 0; i + 1 < CODE_CHARS; i++) {
                sum += value_of(s.p[i]) * weight;
                weight = weight * 3 % 31;
        }
        return s.p[CODE_CHARS - 1] == alphabet[(31 - sum % 31) % 31];
}

/* GB 11714: letters count 10 to 35 over the whole alphabet of 26. */
static bool org_fits(struct str s)
{
        static const int weight[] = { 3, 7, 9, 10, 5, 8, 4, 2 };
        const char *code = s.p + 8;
        int sum = 0;
        for (size_t i = 0; i < COUNT(weight); i++)
                sum += (code[i] <= '9' ? code[i] - '0' : code[i] - 'A' + 10) * weight[i];
        return code[8] == "0123456789X0"[11 - sum % 11];
}

enum credit credit_check(struct str s)
{
        if (is_old(s))
                return CREDIT_OLD;
        if (!shape_fits(s))
                return CREDIT_SHAPE;
        if (!last_fits(s))
                return CREDIT_DIGIT;
        return org_fits(s) ? CREDIT_OK : CREDIT_ORG;
}
