#include "matter/code.h"
#include <sodium.h>

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

#define TIME_CHARS 3
#define TIME_SHIFT 15 /* microseconds to units of 33 ms: 32,768 of them are 18 minutes, then it begins anew */
#define RANDOM_CHARS 16
#define BODY (TIME_CHARS + RANDOM_CHARS)

static int value_of(char c)
{
        if (c >= 'a' && c <= 'z')
                c = (char)(c - 'a' + 'A');
        if (c == 'O')
                c = '0';
        if (c == 'I' || c == 'L')
                c = '1';
        const char *at = c ? strchr(alphabet, c) : NULL;
        return at ? (int)(at - alphabet) : -1;
}

/* Weighted sum modulo 31: catches every single wrong character except a pair of the alphabet that is 31 apart
 * (0 and Z), and every swap of neighbours that differ modulo 31. */
static int check_of(const int v[BODY])
{
        int sum = 0;
        for (int i = 0; i < BODY; i++)
                sum = (sum * 2 + v[i] + 1) % 31;
        return sum;
}

static struct code write_code(const int v[BODY])
{
        struct code c;
        size_t n = 0;
        for (int i = 0; i <= BODY; i++) {
                if (i > 0 && i % 4 == 0)
                        c.text[n++] = '-';
                c.text[n++] = alphabet[i < BODY ? v[i] : check_of(v)];
        }
        c.text[n] = '\0';
        return c;
}

struct code code_new(struct instant now, struct chance *chance)
{
        unsigned char random[RANDOM_CHARS];
        int v[BODY];
        uint64_t time = (uint64_t)now.us >> TIME_SHIFT;
        chance_fill(chance, random, sizeof(random));
        for (int i = 0; i < TIME_CHARS; i++)
                v[i] = (int)(time >> (5 * (TIME_CHARS - 1 - i)) & 31);
        for (int i = 0; i < RANDOM_CHARS; i++)
                v[TIME_CHARS + i] = random[i] & 31; /* 32 divides 256: no bias; 5 bits each */
        return write_code(v);
}

static void hash_of(const struct code *c, const int v[BODY], unsigned char ret[CODE_HASH_BYTES])
{
        unsigned time = (unsigned)(v[0] << 10 | v[1] << 5 | v[2]);
        ret[0] = (unsigned char)(time >> 8);
        ret[1] = (unsigned char)time;
        crypto_generichash(ret + 2, CODE_HASH_BYTES - 2, (const unsigned char *)c->text, CODE_CHARS, NULL, 0);
}

int code_read(struct str typed, struct code *ret, unsigned char ret_hash[CODE_HASH_BYTES])
{
        int v[BODY + 1], n = 0;
        for (size_t i = 0; i < typed.n; i++) {
                if (typed.p[i] == '-' || typed.p[i] == ' ')
                        continue;
                int x = value_of(typed.p[i]);
                if (x < 0 || n > BODY)
                        return ERR_BAD;
                v[n++] = x;
        }
        if (n != BODY + 1 || v[BODY] != check_of(v))
                return ERR_BAD;
        *ret = write_code(v);
        hash_of(ret, v, ret_hash);
        return OK;
}
