#include "api/cursor.h"
#include <sodium.h>
#include <string.h>

#define MAC_BYTES 16
#define VERSION 1
#define TOKEN_MAX (2 + CURSOR_VALUES_MAX * 8 + MAC_BYTES)

static void value_put(unsigned char *to, int64_t value)
{
        for (int i = 0; i < 8; i++)
                to[i] = (unsigned char)((uint64_t)value >> (56 - 8 * i));
}

static int64_t value_get(const unsigned char *from)
{
        uint64_t v = 0;
        for (int i = 0; i < 8; i++)
                v = v << 8 | from[i];
        return (int64_t)v;
}

static void cursor_mac(const struct cursor_key *key, int64_t town, const char *route, const unsigned char *body,
                       size_t n, unsigned char mac[MAC_BYTES])
{
        unsigned char place[8];
        crypto_generichash_state state;
        value_put(place, town);
        crypto_generichash_init(&state, key->k, sizeof key->k, MAC_BYTES);
        crypto_generichash_update(&state, place, sizeof place);
        crypto_generichash_update(&state, (const unsigned char *)route, strlen(route) + 1);
        crypto_generichash_update(&state, body, n);
        crypto_generichash_final(&state, mac, MAC_BYTES);
}

struct str cursor_make(struct arena *arena, const struct cursor_key *key, int64_t town, const char *route,
                       const int64_t *value, size_t n)
{
        unsigned char raw[TOKEN_MAX] = { VERSION, (unsigned char)n };
        if (n == 0 || n > CURSOR_VALUES_MAX)
                BUG("a cursor of no or too many values");
        for (size_t i = 0; i < n; i++)
                value_put(raw + 2 + 8 * i, value[i]);
        size_t body = 2 + 8 * n;
        cursor_mac(key, town, route, raw, body, raw + body);
        size_t room = sodium_base64_encoded_len(body + MAC_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
        char *text = arena_alloc(arena, room);
        sodium_bin2base64(text, room, raw, body + MAC_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
        return (struct str){ text, room - 1 };
}

static bool cursor_good(const struct cursor_key *key, int64_t town, const char *route, struct str token,
                        unsigned char raw[TOKEN_MAX], size_t n)
{
        unsigned char mac[MAC_BYTES];
        size_t got = 0, body = 2 + 8 * n;
        const char *end = NULL;
        if (token.n == 0 ||
            sodium_base642bin(raw, TOKEN_MAX, token.p, token.n, NULL, &got, &end,
                              sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
            end != token.p + token.n || got != body + MAC_BYTES || raw[0] != VERSION || raw[1] != n)
                return false;
        cursor_mac(key, town, route, raw, body, mac);
        return sodium_memcmp(mac, raw + body, MAC_BYTES) == 0;
}

int cursor_read(const struct cursor_key *key, int64_t town, const char *route, struct str token, int64_t *ret_value,
                size_t n, struct err *err)
{
        unsigned char raw[TOKEN_MAX];
        if (n == 0 || n > CURSOR_VALUES_MAX)
                BUG("a cursor of no or too many values");
        if (!cursor_good(key, town, route, token, raw, n))
                return err_set(err, ERR_BAD, "cursor", "翻页标记无效，请从第一页开始",
                               "The cursor is not valid; start from the first page");
        for (size_t i = 0; i < n; i++)
                ret_value[i] = value_get(raw + 2 + 8 * i);
        return OK;
}
