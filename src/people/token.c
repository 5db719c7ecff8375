#include "people/inner/token.h"
#include <sodium.h>

#define VARIANT sodium_base64_VARIANT_URLSAFE_NO_PADDING

static void personal_of(const char *use, unsigned char ret[static crypto_generichash_blake2b_PERSONALBYTES])
{
        size_t n = strlen(use);
        if (n > crypto_generichash_blake2b_PERSONALBYTES)
                BUG("a use of tokens has at most 16 bytes");
        memset(ret, 0, crypto_generichash_blake2b_PERSONALBYTES);
        memcpy(ret, use, n);
}

static bool bytes_of(struct str text, unsigned char ret[static TOKEN_BYTES])
{
        size_t n = 0;
        const char *end = NULL;
        return text.n == TOKEN_TEXT - 1 &&
               sodium_base642bin(ret, TOKEN_BYTES, text.p, text.n, NULL, &n, &end, VARIANT) == 0 && n == TOKEN_BYTES &&
               end == text.p + text.n;
}

static void hash_bytes(const unsigned char token[static TOKEN_BYTES], const char *use,
                       unsigned char ret[static TOKEN_HASH])
{
        unsigned char personal[crypto_generichash_blake2b_PERSONALBYTES];
        personal_of(use, personal);
        crypto_generichash_blake2b_salt_personal(ret, TOKEN_HASH, token, TOKEN_BYTES, NULL, 0, NULL, personal);
}

void token_make(struct chance *chance, const char *use, struct token *ret)
{
        unsigned char raw[TOKEN_BYTES];
        chance_fill(chance, raw, sizeof raw);
        sodium_bin2base64(ret->text, sizeof ret->text, raw, sizeof raw, VARIANT);
        hash_bytes(raw, use, ret->hash);
        sodium_memzero(raw, sizeof raw);
}

bool token_hash(struct str text, const char *use, unsigned char ret[static TOKEN_HASH])
{
        unsigned char raw[TOKEN_BYTES];
        if (!bytes_of(text, raw))
                return false;
        hash_bytes(raw, use, ret);
        sodium_memzero(raw, sizeof raw);
        return true;
}

bool token_tied(struct str text, const char *use, char ret[static TOKEN_TIED])
{
        unsigned char raw[TOKEN_BYTES], tied[16];
        if (!bytes_of(text, raw))
                return false;
        crypto_generichash(tied, sizeof tied, (const unsigned char *)use, strlen(use), raw, sizeof raw);
        sodium_bin2base64(ret, TOKEN_TIED, tied, sizeof tied, VARIANT);
        sodium_memzero(raw, sizeof raw);
        return true;
}
