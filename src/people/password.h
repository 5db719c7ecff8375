/* people/password.h — passwords: what is accepted, and Argon2id one at a time.
 *
 * Length is what counts; there are no composition rules and no forced change (a change is asked for by an invitation).
 * 等保 GB/T 22239-2019 身份鉴别: identity by account, back-off after failures, idle end, second factor for
 * administrators.
 */
#pragma once
#include "base/err.h"
#include "base/str.h"

#define PASSWORD_CHARS_MIN 10
#define PASSWORD_BYTES_MAX 256
#define PASSWORD_HASH_TEXT 128   /* Argon2id string with NUL */
#define PASSWORD_QUEUE_MAX 16

/* ERR_RANGE (field "password") when shorter than 10 characters, longer than 256 bytes, made of fewer than four
 * different characters, or built on the login name; ERR_UTF8. */
int password_check(struct str login, struct str password, struct err *);

/* Both take about 0.1 s of a core and 32 MiB, so they run one at a time in the whole process: callers wait their turn,
 * and with more than 16 waiting ERR_BUSY is returned at once. Never call them inside a transaction. */
int password_hash(struct str password, char ret[static PASSWORD_HASH_TEXT], struct err *);
/* OK, ERR_AUTH when it does not match, ERR_BUSY. A @hash of "" (no account, no password yet) never matches and takes
 * as long as one that might. */
int password_verify(struct str hash, struct str password, struct err *);
