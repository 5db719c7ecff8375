#include "parcel/envelope.h"
#include <sodium.h>

#define LEAD "linli parcel 1\n"
#define RULING "linli ruling 1\n"

static struct str head_of(struct arena *a, struct str from, struct str to)
{
        return str_printf(a, LEAD STR_FMT "\n" STR_FMT "\n", STR_ARG(from), STR_ARG(to));
}

int parcel_seal(struct arena *a, const struct parcel_secret *from, const struct neighbour *to, struct str content, struct str *ret_box)
{
        unsigned char curve[crypto_box_PUBLICKEYBYTES];
        struct str head = head_of(a, from->town, to->code);
        size_t n = head.n + content.n, n_signed = n + crypto_sign_BYTES, n_box = n_signed + crypto_box_SEALBYTES;
        if (content.n > PARCEL_CONTENT_MAX)
                return ERR_TOO_BIG;
        unsigned char *plain = arena_raw(a, n), *sealed = arena_raw(a, n_signed), *box = arena_raw(a, n_box);
        memcpy(plain, head.p, head.n);
        memcpy(plain + head.n, content.p, content.n);
        if (crypto_sign(sealed, NULL, plain, n, from->secret) != 0 || crypto_sign_ed25519_pk_to_curve25519(curve, to->key) != 0 ||
            crypto_box_seal(box, sealed, n_signed, curve) != 0)
                return ERR_INTERNAL;
        size_t chars = sodium_base64_encoded_len(n_box, sodium_base64_VARIANT_ORIGINAL);
        char *text = arena_raw(a, chars);
        sodium_bin2base64(text, chars, box, n_box, sodium_base64_VARIANT_ORIGINAL);
        *ret_box = (struct str){ text, chars - 1 };
        return OK;
}

static int not_well(struct err *err)
{
        return err_set(err, ERR_RULE, "box", "这个包裹打不开：不是寄给本地的、被改动过，或双方的公钥对不上",
                       "This parcel does not open: it is not for this town, was changed, or the public keys do not fit");
}

int parcel_open(struct arena *a, const struct parcel_secret *own, const struct neighbour *from, struct str box, struct str *ret_content, struct err *err)
{
        unsigned char pk[crypto_box_PUBLICKEYBYTES], sk[crypto_box_SECRETKEYBYTES], key[NEIGHBOUR_KEY_BYTES];
        size_t n = 0;
        if (box.n == 0 || box.n > PARCEL_BOX_MAX)
                return not_well(err);
        unsigned char *sealed = arena_raw(a, box.n), *inner = arena_raw(a, box.n);
        if (sodium_base642bin(sealed, box.n, box.p, box.n, NULL, &n, NULL, sodium_base64_VARIANT_ORIGINAL) != 0 ||
            n < crypto_box_SEALBYTES + crypto_sign_BYTES)
                return not_well(err);
        parcel_public(own, key);
        bool well = crypto_sign_ed25519_pk_to_curve25519(pk, key) == 0 && crypto_sign_ed25519_sk_to_curve25519(sk, own->secret) == 0 &&
                    crypto_box_seal_open(inner, sealed, n, pk, sk) == 0;
        sodium_memzero(sk, sizeof(sk));
        unsigned long long n_plain = 0;
        unsigned char *plain = arena_raw(a, n);
        well = well && crypto_sign_open(plain, &n_plain, inner, n - crypto_box_SEALBYTES, from->key) == 0;
        struct str head = head_of(a, from->code, own->town), all = { (const char *)plain, well ? (size_t)n_plain : 0 };
        if (!well || !str_starts(all, head))
                return not_well(err);
        *ret_content = (struct str){ all.p + head.n, all.n - head.n };
        return OK;
}

/* ---- rulings ------------------------------------------------------------------------------------------------------ */

/* 0 when a part is longer than any code: such a ruling holds for nothing. */
static size_t ruling_text(const struct parcel_ruling *r, char out[static 256])
{
        if (r->by.n > 12 || r->sender.n > 12 || r->taker.n > 12 || r->parcel.n > 40)
                return 0;
        return (size_t)snprintf(out, 256, RULING STR_FMT "\n" STR_FMT "\n" STR_FMT "\n" STR_FMT "\n%lld\n", STR_ARG(r->by), STR_ARG(r->sender),
                                STR_ARG(r->parcel), STR_ARG(r->taker), (long long)r->at.us);
}

void parcel_ruling_sign(const struct parcel_secret *by, struct parcel_ruling *r)
{
        char text[256];
        size_t n = ruling_text(r, text);
        crypto_sign_detached(r->sig, NULL, (const unsigned char *)text, n, by->secret);
}

bool parcel_ruling_holds(const unsigned char key[NEIGHBOUR_KEY_BYTES], const struct parcel_ruling *r)
{
        char text[256];
        size_t n = ruling_text(r, text);
        return n && crypto_sign_verify_detached(r->sig, (const unsigned char *)text, n, key) == 0;
}
