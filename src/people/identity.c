#include "people/inner/identity.h"
#include "people/mask.h"

#define PAD 64
#define PHONE_DIGITS_MIN 7

static unsigned char *put_text(unsigned char *p, struct str s)
{
        *p++ = (unsigned char)(s.n >> 8);
        *p++ = (unsigned char)s.n;
        return s.n > 0 ? mempcpy(p, s.p, s.n) : p;
}

struct str identity_pack(struct arena *a, const struct identity *id)
{
        size_t n = 12 + id->name.n + id->phone.n + id->address.n + id->note.n + id->mail.n + id->code.n;
        n = (n + PAD - 1) / PAD * PAD;
        unsigned char *p = arena_alloc(a, n), *at = p;
        at = put_text(at, id->name);
        at = put_text(at, id->phone);
        at = put_text(at, id->address);
        at = put_text(at, id->note);
        at = put_text(at, id->mail);
        put_text(at, id->code);
        return (struct str){ (const char *)p, n };
}

static bool take_text(struct str *rest, struct str *ret)
{
        const unsigned char *p = (const unsigned char *)rest->p;
        if (rest->n < 2)
                return false;
        size_t n = (size_t)p[0] << 8 | p[1];
        if (n > rest->n - 2)
                return false;
        *ret = (struct str){ rest->p + 2, n };
        *rest = (struct str){ rest->p + 2 + n, rest->n - 2 - n };
        return true;
}

int identity_unpack(struct str plain, struct identity *ret)
{
        struct identity out = { 0 };
        if (!take_text(&plain, &out.name) || !take_text(&plain, &out.phone) || !take_text(&plain, &out.address) ||
            !take_text(&plain, &out.note))
                return ERR_INTERNAL;
        /* Boxes made before there were these two end here, or in the zeros they were filled up with. */
        if (take_text(&plain, &out.mail))
                take_text(&plain, &out.code);
        *ret = out;
        return OK;
}

struct seal_place identity_place(int64_t town, int64_t person)
{
        return (struct seal_place){ town, person, STR("identity") };
}

struct str identity_blind(const struct vault_keys *k, size_t i, struct arena *a, int64_t town, struct str phone)
{
        struct str digits = phone_normal(a, phone);
        if (digits.n < PHONE_DIGITS_MIN)
                return (struct str){ 0 };
        unsigned char *blind = arena_raw(a, SEAL_BLIND_BYTES);
        seal_blind(k, i, town, digits, blind);
        return (struct str){ (const char *)blind, SEAL_BLIND_BYTES };
}
