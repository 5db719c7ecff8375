#include "people/password.h"
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sodium.h>

#define OPS 3
#define MEMORY (32u << 20)
#define DIFFERENT_MIN 4

static_assert(PASSWORD_HASH_TEXT == crypto_pwhash_STRBYTES, "libsodium decides");

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static _Atomic int waiting;
/* What a password is compared with where there is none; made on first use, under the turn. */
static char nobody[PASSWORD_HASH_TEXT];

static size_t different_chars(struct str s)
{
        uint32_t seen[DIFFERENT_MIN];
        size_t n = 0;
        for (size_t i = 0; i < s.n && n < DIFFERENT_MIN;) {
                uint32_t c = utf8_next(s, &i);
                size_t k = 0;
                while (k < n && seen[k] != c)
                        k++;
                if (k == n)
                        seen[n++] = c;
        }
        return n;
}

static char lower(char c)
{
        return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool contains_folded(struct str hay, struct str needle)
{
        for (size_t i = 0; i + needle.n <= hay.n; i++) {
                size_t k = 0;
                while (k < needle.n && lower(hay.p[i + k]) == lower(needle.p[k]))
                        k++;
                if (k == needle.n)
                        return true;
        }
        return false;
}

/* A long password may contain a short login by chance; one that is mostly the login is guessed first. */
static bool built_on(struct str password, struct str login)
{
        return login.n > 0 && contains_folded(password, login) &&
               (login.n >= 4 || password.n - login.n < PASSWORD_CHARS_MIN);
}

int password_check(struct str login, struct str password, struct err *err)
{
        if (!utf8_valid(password))
                return err_set(err, ERR_UTF8, "password", "密码不是有效的文本", "The password is not valid text");
        if (utf8_count(password) < PASSWORD_CHARS_MIN)
                return err_set(err, ERR_RANGE, "password", "密码至少 %d 个字符",
                               "A password has at least %d characters", PASSWORD_CHARS_MIN);
        if (password.n > PASSWORD_BYTES_MAX)
                return err_set(err, ERR_RANGE, "password", "密码最多 %d 字节", "A password has at most %d bytes",
                               PASSWORD_BYTES_MAX);
        if (different_chars(password) < DIFFERENT_MIN)
                return err_set(err, ERR_RANGE, "password", "密码重复的字符太多",
                               "The password repeats too few characters");
        if (built_on(password, login))
                return err_set(err, ERR_RANGE, "password", "密码不能用登录名拼成",
                               "The password may not be built on the login");
        return OK;
}

static int turn_take(struct err *err)
{
        if (sodium_init() < 0)
                BUG("libsodium finds no source of randomness");
        if (atomic_fetch_add(&waiting, 1) >= PASSWORD_QUEUE_MAX) {
                atomic_fetch_sub(&waiting, 1);
                return err_set(err, ERR_BUSY, "", "同时登录的人太多，请稍后再试",
                               "Too many sign-ins at once; try again shortly");
        }
        pthread_mutex_lock(&turn);
        return OK;
}

static void turn_give(void)
{
        pthread_mutex_unlock(&turn);
        atomic_fetch_sub(&waiting, 1);
}

static int hash_now(struct str password, char *ret)
{
        return crypto_pwhash_str_alg(ret, password.p ? password.p : "", password.n, OPS, MEMORY,
                                     crypto_pwhash_ALG_ARGON2ID13) == 0
                       ? OK
                       : ERR_BUSY;
}

int password_hash(struct str password, char ret[static PASSWORD_HASH_TEXT], struct err *err)
{
        int rc = turn_take(err);
        if (rc != OK)
                return rc;
        rc = hash_now(password, ret);
        turn_give();
        return rc == OK ? OK
                        : err_set(err, rc, "", "内存不足，请稍后再试", "Not enough memory at the moment; try again");
}

static int verify_now(struct str hash, struct str password)
{
        char text[PASSWORD_HASH_TEXT] = "";
        bool known = hash.n > 0 && hash.n < sizeof text;
        if (known)
                memcpy(text, hash.p, hash.n);
        else if (nobody[0] == '\0' && hash_now(STR("nobody has this password"), nobody) != OK)
                return ERR_BUSY;
        bool match = crypto_pwhash_str_verify(known ? text : nobody, password.p ? password.p : "", password.n) == 0;
        return match && known ? OK : ERR_AUTH;
}

int password_verify(struct str hash, struct str password, struct err *err)
{
        if (password.n > PASSWORD_BYTES_MAX)
                password.n = 0; /* was never accepted; takes the same time */
        int rc = turn_take(err);
        if (rc != OK)
                return rc;
        rc = verify_now(hash, password);
        turn_give();
        return rc;
}
