#include "people/totp.h"
#include <pthread.h>
#include <stdlib.h>
#include <liboath/oath.h>
#include <sodium.h>

#define DIGITS 6

static void init_once(void)
{
        if (oath_init() != OATH_OK)
                BUG("liboath does not start");
}

static void init(void)
{
        static pthread_once_t once = PTHREAD_ONCE_INIT;
        pthread_once(&once, init_once);
}

void totp_make(struct chance *chance, struct totp_secret *ret)
{
        chance_fill(chance, ret->byte, sizeof ret->byte);
}

const char *totp_text(struct arena *a, const struct totp_secret *s)
{
        init();
        char *text = NULL;
        size_t n = 0;
        if (oath_base32_encode((const char *)s->byte, sizeof s->byte, &text, &n) != OATH_OK)
                BUG("base32 of twenty bytes failed");
        const char *copy = arena_strndup(a, text, n);
        sodium_memzero(text, n);
        free(text);
        return copy;
}

const char *totp_uri(struct arena *a, const struct totp_secret *s, struct str login)
{
        return arena_printf(a, "otpauth://totp/Linli:" STR_FMT "?secret=%s&issuer=Linli&digits=%d&period=%d",
                            STR_ARG(login), totp_text(a, s), DIGITS, TOTP_STEP_SECONDS);
}

int totp_read(struct str base32, struct totp_secret *ret)
{
        init();
        char *raw = NULL;
        size_t n = 0;
        if (base32.n > 128 || oath_base32_decode(base32.p ? base32.p : "", base32.n, &raw, &n) != OATH_OK)
                return ERR_TYPE;
        int rc = n == sizeof ret->byte ? OK : ERR_TYPE;
        if (rc == OK)
                memcpy(ret->byte, raw, n);
        sodium_memzero(raw, n);
        free(raw);
        return rc;
}

static bool code_fits(const struct totp_secret *s, struct str code, int64_t step)
{
        char want[DIGITS + 1];
        if (oath_totp_generate((const char *)s->byte, sizeof s->byte, (time_t)(step * TOTP_STEP_SECONDS),
                               TOTP_STEP_SECONDS, 0, DIGITS, want) != OATH_OK)
                return false;
        return sodium_memcmp(want, code.p, DIGITS) == 0;
}

int totp_check(const struct totp_secret *s, struct str code, struct instant now, int64_t last, int64_t *ret_step)
{
        init();
        if (code.n != DIGITS)
                return ERR_AUTH;
        int64_t step = now.us / US_PER_SECOND / TOTP_STEP_SECONDS;
        for (int64_t at = step - 1; at <= step + 1; at++) {
                if (at <= last || !code_fits(s, code, at))
                        continue;
                *ret_step = at;
                return OK;
        }
        return ERR_AUTH;
}
