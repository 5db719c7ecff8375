/* people/inner/token.h — secrets handed out once and kept only as hashes: cookies, invitations, API keys. */
#pragma once
#include "base/ctx.h"

#define TOKEN_BYTES 32   /* 256 random bits */
#define TOKEN_TEXT 44    /* base64url and NUL */
#define TOKEN_HASH 32

struct token {
        char text[TOKEN_TEXT];
        unsigned char hash[TOKEN_HASH];
};

/* @use keeps a token of one kind from counting as another: "session", "invite", "key"; at most 16 bytes. */
void token_make(struct chance *, const char *use, struct token *ret);
/* The hash under which a presented token was stored. False when @text cannot be a token. */
bool token_hash(struct str text, const char *use, unsigned char ret[static TOKEN_HASH]);
/* A second value bound to the token, which only who holds the token can know: base64url of 128 bits. */
#define TOKEN_TIED 23
bool token_tied(struct str text, const char *use, char ret[static TOKEN_TIED]);
static inline struct str hash_view(const unsigned char *hash) { return (struct str){ (const char *)hash, TOKEN_HASH }; }
