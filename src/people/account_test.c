#include <pthread.h>
#include <stdio.h>
#include "people/account.h"
#include "people/apikey.h"
#include "people/audit.h"
#include "people/inner/token.h"
#include "people/password.h"
#include "people/session.h"
#include "people/sign_in.h"
#include "store/store_test_util.h"

#define PASSWORD "correct horse 电池"

static struct vault_keys *ring(void)
{
        static struct vault_keys *keys;
        struct chance_seeded chance;
        if (!keys) {
                chance_seed(&chance, 7);
                CHECK_EQ(vault_keys_in_memory(&chance.base, &keys), OK);
        }
        return keys;
}

/* Argon2id costs a tenth of a second: once is enough for all tests. */
static const char *hashed(void)
{
        static char hash[PASSWORD_HASH_TEXT];
        if (!hash[0])
                CHECK_EQ(password_hash(STR(PASSWORD), hash, NULL), OK);
        return hash;
}

/* ---- pure ------------------------------------------------------------------------------------------- */

TEST(passwords_accepted_and_refused)
{
        static const struct {
                const char *login, *password;
                int want;
        } row[] = {
                { "a01", "abcdefghij", OK },
                { "a01", "密码密码口令口令一二", OK },
                { "a01", "abcdefghi", ERR_RANGE },
                { "a01", "密码密码口令口令一", ERR_RANGE },
                { "a01", "aaaaaaaaaaaa", ERR_RANGE },
                { "a01", "abababababcb", ERR_RANGE },
                { "diaodu01", "Diaodu01-2026", ERR_RANGE },
                { "diaodu01", "my DIAODU01 and more words", ERR_RANGE },
                { "wu", "wuabcdefghi", ERR_RANGE }, /* login and nine more */
                { "wu", "a swung wuthering word", OK },
                { "a01", "\xFF\xFE\xFD\xFC\xFB\xFA\xF9\xF8\xF7\xF6", ERR_UTF8 },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                struct err e = { 0 };
                if (password_check(str_of(row[i].login), str_of(row[i].password), &e) != row[i].want)
                        fail_msg("row %zu", i);
                CHECK(row[i].want == OK || strcmp(e.field, "password") == 0);
        }
        char big[PASSWORD_BYTES_MAX + 2];
        for (size_t i = 0; i < sizeof big; i++)
                big[i] = (char)('a' + i % 26);
        CHECK_EQ(password_check(STR("x"), (struct str){ big, PASSWORD_BYTES_MAX }, NULL), OK);
        CHECK_EQ(password_check(STR("x"), (struct str){ big, PASSWORD_BYTES_MAX + 1 }, NULL), ERR_RANGE);
}

TEST(passwords_match)
{
        char other[PASSWORD_HASH_TEXT];
        CHECK_EQ(password_hash(STR(PASSWORD), other, NULL), OK);
        CHECK(strcmp(other, hashed()) != 0); /* salted */
        CHECK(strncmp(other, "$argon2id$", 10) == 0);
        CHECK_EQ(password_verify(str_of(hashed()), STR(PASSWORD), NULL), OK);
        CHECK_EQ(password_verify(str_of(hashed()), STR("wrong horse"), NULL), ERR_AUTH);
        CHECK_EQ(password_verify(STR(""), STR(PASSWORD), NULL), ERR_AUTH);
        CHECK_EQ(password_verify(STR(""), STR("nobody has this password"), NULL), ERR_AUTH);
        CHECK_EQ(password_verify(STR("$argon2id$broken"), STR(PASSWORD), NULL), ERR_AUTH);
}

static void *verify_in_thread(void *arg)
{
        *(int *)arg = password_verify(str_of(hashed()), STR(PASSWORD), NULL);
        return NULL;
}

TEST(passwords_queue_has_an_end)
{
        enum { N = PASSWORD_QUEUE_MAX + 8 };
        pthread_t thread[N];
        int rc[N], ok = 0, busy = 0;
        hashed();
        for (int i = 0; i < N; i++)
                CHECK_EQ(pthread_create(&thread[i], NULL, verify_in_thread, &rc[i]), 0);
        for (int i = 0; i < N; i++)
                pthread_join(thread[i], NULL);
        for (int i = 0; i < N; i++) {
                ok += rc[i] == OK;
                busy += rc[i] == ERR_BUSY;
        }
        CHECK_EQ(ok + busy, N);
        CHECK(ok >= PASSWORD_QUEUE_MAX);
}

/* RFC 6238 appendix B, SHA-1, the last six of its eight digits. */
TEST(totp_vectors)
{
        struct totp_secret s;
        memcpy(s.byte, "12345678901234567890", sizeof s.byte);
        static const struct {
                int64_t at;
                const char *code;
        } row[] = {
                { 59, "287082" },         { 1111111109, "081804" }, { 1111111111, "050471" },
                { 1234567890, "005924" }, { 2000000000, "279037" }, { 20000000000, "353130" },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                struct instant now = { row[i].at * US_PER_SECOND };
                int64_t step = 0, right = row[i].at / 30;
                CHECK_EQ(totp_check(&s, str_of(row[i].code), now, 0, &step), OK);
                CHECK_EQ(step, right);
                CHECK_EQ(totp_check(&s, str_of(row[i].code), now, right, &step), ERR_AUTH); /* used */
                now.us -= 30 * US_PER_SECOND;                                               /* the phone is ahead */
                CHECK_EQ(totp_check(&s, str_of(row[i].code), now, -9, &step), OK);
                now.us += 60 * US_PER_SECOND; /* or behind */
                CHECK_EQ(totp_check(&s, str_of(row[i].code), now, 0, &step), OK);
                now.us += 30 * US_PER_SECOND;
                CHECK_EQ(totp_check(&s, str_of(row[i].code), now, 0, &step), ERR_AUTH);
        }
        CHECK_EQ(totp_check(&s, STR("28708"), (struct instant){ 59 * US_PER_SECOND }, 0, &(int64_t){ 0 }), ERR_AUTH);
        CHECK_EQ(totp_check(&s, (struct str){ 0 }, (struct instant){ 59 * US_PER_SECOND }, 0, &(int64_t){ 0 }),
                 ERR_AUTH);
}

TEST(totp_text_both_ways)
{
        ARENA_AUTO a = { 0 };
        struct chance_seeded chance;
        struct totp_secret s, back;
        chance_seed(&chance, 3);
        totp_make(&chance.base, &s);
        CHECK_EQ(totp_read(str_of(totp_text(&a, &s)), &back), OK);
        CHECK(memcmp(&s, &back, sizeof s) == 0);
        CHECK(strstr(totp_uri(&a, &s, STR("a01")), "otpauth://totp/Linli:a01?secret=") != NULL);
        CHECK_EQ(totp_read(STR("ABC"), &back), ERR_TYPE);
        CHECK_EQ(totp_read(STR("1!"), &back), ERR_TYPE);
}

TEST(tokens_of_one_kind_are_no_other)
{
        struct chance_seeded chance;
        struct token t;
        unsigned char hash[TOKEN_HASH];
        chance_seed(&chance, 5);
        token_make(&chance.base, "session", &t);
        CHECK(token_hash(str_of(t.text), "session", hash));
        CHECK(memcmp(hash, t.hash, sizeof hash) == 0);
        CHECK(token_hash(str_of(t.text), "invite", hash));
        CHECK(memcmp(hash, t.hash, sizeof hash) != 0);
        CHECK(!token_hash((struct str){ t.text, TOKEN_TEXT - 2 }, "session", hash));
        CHECK(!token_hash((struct str){ 0 }, "session", hash));
}

TEST(csrf_is_tied_to_its_session)
{
        char csrf[23], other[23];
        const char *token = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
        CHECK(session_csrf(str_of(token), csrf));
        CHECK(session_csrf(STR("BAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"), other));
        CHECK(strcmp(csrf, other) != 0);
        CHECK(session_csrf_ok(str_of(token), str_of(csrf)));
        CHECK(!session_csrf_ok(str_of(token), str_of(other)));
        CHECK(!session_csrf_ok(str_of(token), STR("")));
        CHECK(!session_csrf_ok(STR("short"), str_of(csrf)));
        CHECK(!session_csrf(STR("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh="), csrf));
}

/* ---- operations ------------------------------------------------------------------------------------- */

struct invited {
        struct str login;
        struct invite_given given;
        struct str accepted;
        const char *hash;
};

static int op_invite(struct ctx *ctx, void *arg)
{
        struct invited *x = arg;
        return invite_make(ctx, x->login, &x->given);
}
static int op_accept(struct ctx *ctx, void *arg)
{
        struct invited *x = arg;
        return invite_accept(ctx, str_of(x->given.token), x->hash, &x->accepted);
}
static int op_look_at(struct ctx *ctx, void *arg)
{
        struct invited *x = arg;
        struct invite found;
        int rc = invite_find(ctx, str_of(x->given.token), &found);
        if (rc == OK)
                x->accepted = found.login;
        return rc;
}

static void account_with_password(struct store *store, struct test_ctx *t, const char *login)
{
        struct invited x = { .login = str_of(login), .hash = hashed() };
        CHECK_EQ(test_write(store, t, op_invite, &x), OK);
        CHECK_EQ(test_write(store, t, op_accept, &x), OK);
        CHECK_STR(x.accepted, login);
}

STORE_TEST(invitations)
{
        struct test_ctx t;
        test_ctx_init(&t);
        struct invited x = { .login = STR("a01"), .hash = hashed() }, bad = { .login = STR("a 1") };
        CHECK_EQ(test_write(store, &t, op_invite, &bad), ERR_TYPE);
        CHECK_EQ(test_write(store, &t, op_invite, &x), OK);
        CHECK_EQ(x.given.until.us - t.ctx.now.us, 72 * US_PER_HOUR);
        CHECK_EQ(test_read(store, &t, op_look_at, &x), OK);
        CHECK_STR(x.accepted, "a01");

        struct invited newer = x; /* a second link makes the first worthless */
        CHECK_EQ(test_write(store, &t, op_invite, &newer), OK);
        CHECK(strcmp(newer.given.token, x.given.token) != 0);
        CHECK_EQ(test_read(store, &t, op_look_at, &x), ERR_NONE);
        CHECK_EQ(test_write(store, &t, op_accept, &x), ERR_NONE);

        t.ctx.town++; /* a link is good for its town only */
        CHECK_EQ(test_read(store, &t, op_look_at, &newer), ERR_NONE);
        t.ctx.town--;
        t.ctx.now.us += INVITE_US;
        CHECK_EQ(test_write(store, &t, op_accept, &newer), ERR_NONE);
        t.ctx.now.us -= 1;
        CHECK_EQ(test_write(store, &t, op_accept, &newer), OK);
        CHECK_EQ(test_write(store, &t, op_accept, &newer), ERR_NONE); /* once */
        bad.given = (struct invite_given){ .token = "no token" };
        CHECK_EQ(test_read(store, &t, op_look_at, &bad), ERR_NONE);
        test_ctx_free(&t);
}

struct signing {
        struct sign_in s;
        struct session_given given;
        int rc;
};

static int op_begin(struct ctx *ctx, void *arg)
{
        struct signing *x = arg;
        return sign_in_begin(ctx, ring(), &x->s);
}
static int op_end(struct ctx *ctx, void *arg)
{
        struct signing *x = arg;
        return sign_in_end(ctx, ring(), &x->s, &x->given);
}

/* All three steps; the result. */
static int sign_in(struct store *store, struct test_ctx *t, const char *login, const char *password, const char *code,
                   struct signing *x)
{
        *x = (struct signing){ .s = { .login = str_of(login),
                                      .password = str_of(password),
                                      .code = str_of(code),
                                      .source = STR("192.0.2.7") } };
        int rc = test_read(store, t, op_begin, x);
        if (rc == ERR_RATE)
                return rc;
        CHECK_EQ(rc, OK);
        CHECK_EQ(sign_in_check(&t->ctx, &x->s), OK);
        CHECK_EQ(test_write(store, t, op_end, x), OK);
        return x->s.result;
}

static int op_session(struct ctx *ctx, void *arg)
{
        struct signing *x = arg;
        struct session s;
        int rc = session_find(ctx, str_of(x->given.token), &s);
        x->rc = rc == OK ? s.factors + 10 * s.stale : 0;
        return rc;
}
static int op_touch(struct ctx *ctx, void *arg)
{
        return session_touch(ctx, str_of(((struct signing *)arg)->given.token));
}
static int op_out(struct ctx *ctx, void *arg)
{
        return session_end(ctx, str_of(((struct signing *)arg)->given.token));
}
static int op_out_all(struct ctx *ctx, void *arg)
{
        return session_end_all(ctx, ((struct signing *)arg)->s.login);
}
static int op_sweep(struct ctx *ctx, void *arg)
{
        (void)arg;
        return people_sweep(ctx);
}
static int op_sessions(struct ctx *ctx, void *arg)
{
        struct sessions s;
        int rc = session_list(ctx, STR("a01"), &s);
        *(size_t *)arg = s.n;
        return rc;
}

STORE_TEST(sessions_begin_and_end)
{
        struct test_ctx t;
        test_ctx_init(&t);
        struct signing x, y;
        size_t n;
        account_with_password(store, &t, "a01");
        CHECK_EQ(sign_in(store, &t, "a01", PASSWORD, "", &x), OK);
        CHECK(session_csrf_ok(str_of(x.given.token), str_of(x.given.csrf)));
        CHECK_EQ(test_read(store, &t, op_session, &x), OK);
        CHECK_EQ(x.rc, 1);

        struct instant begun = t.ctx.now;
        t.ctx.now.us = begun.us + SESSION_TOUCH_US;
        CHECK_EQ(test_read(store, &t, op_session, &x), OK);
        CHECK_EQ(x.rc, 11);
        CHECK_EQ(test_write(store, &t, op_touch, &x), OK);
        CHECK_EQ(test_read(store, &t, op_session, &x), OK);
        CHECK_EQ(x.rc, 1);

        t.ctx.now.us = begun.us + SESSION_TOUCH_US + SESSION_IDLE_US; /* idle */
        CHECK_EQ(test_read(store, &t, op_session, &x), ERR_AUTH);
        t.ctx.now.us--;
        CHECK_EQ(test_read(store, &t, op_session, &x), OK);
        for (int h = 7; h <= 24; h += 7) { /* kept awake, but not past a day */
                t.ctx.now.us = begun.us + h * US_PER_HOUR;
                CHECK_EQ(test_write(store, &t, op_touch, &x), OK);
        }
        t.ctx.now.us = begun.us + SESSION_MAX_US - 1;
        CHECK_EQ(test_read(store, &t, op_session, &x), OK);
        t.ctx.now.us++;
        CHECK_EQ(test_read(store, &t, op_session, &x), ERR_AUTH);

        CHECK_EQ(sign_in(store, &t, "a01", PASSWORD, "", &x), OK);
        CHECK_EQ(sign_in(store, &t, "a01", PASSWORD, "", &y), OK);
        t.ctx.town++; /* valid for one town */
        CHECK_EQ(test_read(store, &t, op_session, &x), ERR_AUTH);
        t.ctx.town--;
        CHECK_EQ(test_write(store, &t, op_sweep, NULL), OK);
        CHECK_EQ(test_read(store, &t, op_sessions, &n), OK);
        CHECK_EQ(n, 2);
        CHECK_EQ(test_write(store, &t, op_out, &x), OK);
        CHECK_EQ(test_read(store, &t, op_session, &x), ERR_AUTH);
        CHECK_EQ(test_read(store, &t, op_session, &y), OK);
        CHECK_EQ(test_write(store, &t, op_out_all, &y), OK);
        CHECK_EQ(test_read(store, &t, op_session, &y), ERR_AUTH);
        CHECK_EQ(test_write(store, &t, op_out, &x), OK);
        test_ctx_free(&t);
}

static int op_audit(struct ctx *ctx, void *arg)
{
        return audit_list(ctx, INT64_MAX, 200, arg);
}

STORE_TEST(sign_in_refuses_and_waits)
{
        struct test_ctx t;
        test_ctx_init(&t);
        struct signing x;
        account_with_password(store, &t, "a01");
        CHECK_EQ(sign_in(store, &t, "a01", "wrong password", "", &x), ERR_AUTH);
        CHECK_EQ(t.err.code, ERR_AUTH);
        CHECK_EQ(sign_in(store, &t, "ghost", PASSWORD, "", &x), ERR_AUTH);
        CHECK_EQ(sign_in(store, &t, "", "", "", &x), ERR_AUTH);
        CHECK_EQ(sign_in(store, &t, "a01", PASSWORD, "", &x), OK); /* and the failures are forgotten */
        for (int i = 0; i < 4; i++)
                CHECK_EQ(sign_in(store, &t, "a01", "wrong password", "", &x), ERR_AUTH);
        CHECK_EQ(sign_in(store, &t, "a01", "wrong password", "", &x), ERR_AUTH);
        CHECK_EQ(sign_in(store, &t, "a01", PASSWORD, "", &x), ERR_RATE);
        CHECK_EQ(x.s.wait_s, 1);
        CHECK_EQ(sign_in(store, &t, "b02", PASSWORD, "", &x), ERR_AUTH); /* another login need not wait */
        t.ctx.now.us += US_PER_SECOND;
        CHECK_EQ(sign_in(store, &t, "a01", "wrong password", "", &x), ERR_AUTH);
        CHECK_EQ(sign_in(store, &t, "a01", PASSWORD, "", &x), ERR_RATE);
        CHECK_EQ(x.s.wait_s, 2);
        t.ctx.now.us += 2 * US_PER_SECOND;
        CHECK_EQ(sign_in(store, &t, "a01", PASSWORD, "", &x), OK);

        struct audit_rows rows;
        CHECK_EQ(test_read(store, &t, op_audit, &rows), OK);
        size_t failed = 0;
        for (size_t i = 0; i < rows.n; i++)
                failed += str_is(rows.row[i].act, "sign-in") && !rows.row[i].done;
        CHECK_EQ(failed, 10);
        CHECK_STR(rows.row[0].subject, "a01");
        CHECK(rows.row[0].done);
        test_ctx_free(&t);
}

static int op_fail_unchecked(struct ctx *ctx, void *arg)
{
        struct signing *x = arg;
        x->s.proven = ERR_AUTH;
        return sign_in_end(ctx, ring(), &x->s, &x->given);
}

/* No limit is for good, and none can be walked around by asking many at once. */
STORE_TEST(sign_in_patience)
{
        struct test_ctx t;
        test_ctx_init(&t);
        struct signing x = { .s = { .login = STR("a01") } };
        account_with_password(store, &t, "a01");
        int longest = 0;
        for (int i = 0; i < 40; i++) {
                CHECK_EQ(test_write(store, &t, op_fail_unchecked, &x), OK);
                if (x.s.result == ERR_RATE) {
                        longest = x.s.wait_s > longest ? x.s.wait_s : longest;
                        t.ctx.now.us += x.s.wait_s * US_PER_SECOND;
                }
        }
        CHECK_EQ(longest, 60);
        struct signing right = { .s = { .login = STR("a01"), .password = STR(PASSWORD) } };
        t.ctx.now.us += 60 * US_PER_SECOND;
        CHECK_EQ(test_read(store, &t, op_begin, &right), OK);
        CHECK_EQ(sign_in_check(&t.ctx, &right.s), OK);
        CHECK_EQ(test_write(store, &t, op_fail_unchecked, &x), OK); /* somebody fails in between */
        CHECK_EQ(test_write(store, &t, op_end, &right), OK);
        CHECK_EQ(right.s.result, ERR_RATE);
        t.ctx.now.us += 60 * US_PER_SECOND;
        CHECK_EQ(test_write(store, &t, op_end, &right), OK);
        CHECK_EQ(right.s.result, OK);

        for (int i = 0; i < 20; i++) { /* one source, many logins */
                struct signing y = { .s = { .login = STR("z"), .source = STR("192.0.2.9") } };
                char login[16];
                snprintf(login, sizeof login, "z%d", i);
                y.s.login = str_of(login);
                CHECK_EQ(test_write(store, &t, op_fail_unchecked, &y), OK);
                CHECK_EQ(y.s.result, ERR_AUTH);
        }
        struct signing y = { .s = { .login = STR("a01"), .source = STR("192.0.2.9") } };
        CHECK_EQ(test_read(store, &t, op_begin, &y), ERR_RATE);
        y.s.source = STR("192.0.2.10");
        CHECK_EQ(test_read(store, &t, op_begin, &y), OK);
        t.ctx.now.us += 25 * US_PER_HOUR; /* forgotten after a day */
        y.s.source = STR("192.0.2.9");
        CHECK_EQ(test_write(store, &t, op_fail_unchecked, &y), OK);
        CHECK_EQ(y.s.result, ERR_AUTH);
        CHECK_EQ(test_read(store, &t, op_begin, &y), OK);
        test_ctx_free(&t);
}

struct rival {
        struct store *store;
        struct test_ctx t;
        struct invited x;
        int rc;
};

static void *accept_in_thread(void *arg)
{
        struct rival *r = arg;
        r->rc = test_write(r->store, &r->t, op_accept, &r->x);
        return NULL;
}

STORE_TEST(invitation_raced_for)
{
        enum { N = 8 };
        static struct rival rival[N];
        pthread_t thread[N];
        struct test_ctx t;
        test_ctx_init(&t);
        struct invited x = { .login = STR("a01"), .hash = hashed() };
        CHECK_EQ(test_write(store, &t, op_invite, &x), OK);
        for (int i = 0; i < N; i++) {
                rival[i] = (struct rival){ .store = store, .x = x };
                test_ctx_init(&rival[i].t);
                rival[i].t.ctx.ids = &t.ids;
                CHECK_EQ(pthread_create(&thread[i], NULL, accept_in_thread, &rival[i]), 0);
        }
        int won = 0, late = 0;
        for (int i = 0; i < N; i++) {
                pthread_join(thread[i], NULL);
                won += rival[i].rc == OK;
                late += rival[i].rc == ERR_NONE;
                test_ctx_free(&rival[i].t);
        }
        CHECK_EQ(won, 1);
        CHECK_EQ(late, N - 1);
        test_ctx_free(&t);
}

/* A password that was right a moment ago lets nobody in once it was changed. */
STORE_TEST(sign_in_overtaken_by_a_change)
{
        struct test_ctx t;
        test_ctx_init(&t);
        struct signing x = { .s = { .login = STR("a01"), .password = STR(PASSWORD) } };
        account_with_password(store, &t, "a01");
        CHECK_EQ(test_read(store, &t, op_begin, &x), OK);
        CHECK_EQ(sign_in_check(&t.ctx, &x.s), OK);
        CHECK_EQ(x.s.result, OK);
        account_with_password(store, &t, "a01");
        CHECK_EQ(test_write(store, &t, op_end, &x), OK);
        CHECK_EQ(x.s.result, ERR_AUTH);
        CHECK_EQ(x.given.token[0], 0);

        CHECK_EQ(test_read(store, &t, op_begin, &x), OK);
        CHECK_EQ(sign_in_check(&t.ctx, &x.s), OK);
        CHECK_EQ(x.s.result, OK);
        x.s.result = ERR_AUTH; /* the caller finds that the login no longer serves */
        CHECK_EQ(test_write(store, &t, op_end, &x), OK);
        CHECK_EQ(x.s.result, ERR_AUTH);
        CHECK_EQ(x.given.token[0], 0);
        test_ctx_free(&t);
}

struct factor {
        struct totp_secret s;
        struct str box;
        int64_t step;
};
static int op_totp_on(struct ctx *ctx, void *arg)
{
        struct factor *f = arg;
        return account_totp_on(ctx, STR("a01"), f->box, f->step);
}

static const char *code_at(struct test_ctx *t, const struct totp_secret *s)
{
        for (int i = 0; i < 1000000; i++) {
                const char *code = arena_printf(&t->arena, "%06d", i);
                int64_t step;
                if (totp_check(s, str_of(code), t->ctx.now, t->ctx.now.us / US_PER_SECOND / 30 - 1, &step) == OK &&
                    step == t->ctx.now.us / US_PER_SECOND / 30)
                        return code;
                if (i % 1000 == 0)
                        arena_reset(&t->arena);
        }
        return NULL;
}

STORE_TEST(sign_in_with_second_factor)
{
        struct test_ctx t;
        test_ctx_init(&t);
        struct signing x, y;
        struct factor f = { .step = t.ctx.now.us / US_PER_SECOND / 30 };
        memcpy(f.s.byte, "12345678901234567890", sizeof f.s.byte);
        account_with_password(store, &t, "a01");
        CHECK_EQ(account_totp_seal(&t.ctx, ring(), STR("a01"), &f.s, &f.box), OK);
        CHECK(memmem(f.box.p, f.box.n, f.s.byte, sizeof f.s.byte) == NULL);
        CHECK_EQ(test_write(store, &t, op_totp_on, &f), OK);

        char code[7];
        CHECK_EQ(sign_in(store, &t, "a01", PASSWORD, "", &x), ERR_MISSING);
        CHECK_EQ(sign_in(store, &t, "a01", "wrong password", "", &x), ERR_AUTH);
        CHECK_EQ(sign_in(store, &t, "a01", PASSWORD, "000000", &x), ERR_AUTH);
        memcpy(code, code_at(&t, &f.s), sizeof code);
        CHECK_EQ(sign_in(store, &t, "a01", PASSWORD, code, &x), ERR_AUTH); /* the code that set it up */
        t.ctx.now.us += 30 * US_PER_SECOND;
        memcpy(code, code_at(&t, &f.s), sizeof code);

        /* two at once with one code: one gets in */
        x = y = (struct signing){ .s = { .login = STR("a01"), .password = STR(PASSWORD), .code = str_of(code) } };
        CHECK_EQ(test_read(store, &t, op_begin, &x), OK);
        CHECK_EQ(test_read(store, &t, op_begin, &y), OK);
        CHECK_EQ(sign_in_check(&t.ctx, &x.s), OK);
        CHECK_EQ(sign_in_check(&t.ctx, &y.s), OK);
        CHECK_EQ(test_write(store, &t, op_end, &x), OK);
        CHECK_EQ(test_write(store, &t, op_end, &y), OK);
        CHECK_EQ(x.s.result, OK);
        CHECK_EQ(y.s.result, ERR_AUTH);
        CHECK_EQ(test_read(store, &t, op_session, &x), OK);
        CHECK_EQ(x.rc, 2);

        account_with_password(store, &t, "a01"); /* a new invitation mends a lost second factor and ends sessions */
        CHECK_EQ(test_read(store, &t, op_session, &x), ERR_AUTH);
        CHECK_EQ(sign_in(store, &t, "a01", PASSWORD, "", &x), OK);
        test_ctx_free(&t);
}

struct change {
        struct account a;
        int32_t revision;
};
static int op_account(struct ctx *ctx, void *arg)
{
        return account_get(ctx, STR("a01"), &((struct change *)arg)->a);
}
static int op_password(struct ctx *ctx, void *arg)
{
        return account_password(ctx, STR("a01"), ((struct change *)arg)->revision, hashed());
}
static int op_close(struct ctx *ctx, void *arg)
{
        (void)arg;
        return account_close(ctx, STR("a01"));
}
static int op_accounts(struct ctx *ctx, void *arg)
{
        return account_list(ctx, STR(""), 200, arg);
}

/* What taking it off asks for: the three steps, with @password and @code; what was refused before anything was tried, or the result. */
static int owner(struct store *store, struct test_ctx *t, const char *password, const char *code)
{
        struct signing x = { .s = { .login = STR("a01"), .password = str_of(password), .code = str_of(code), .again = true, .source = STR("192.0.2.7") } };
        int rc = test_read(store, t, op_begin, &x);
        if (rc == OK)
                rc = sign_in_check_owner(&t->ctx, &x.s);
        if (rc != OK)
                return rc;
        CHECK_EQ(test_write(store, t, op_end, &x), OK);
        return x.s.result;
}

STORE_TEST(a_second_factor_goes_by_the_password_or_where_there_is_none_by_a_code)
{
        struct test_ctx t;
        struct factor f = { 0 };
        test_ctx_init(&t);
        t.ctx.now.us = INT64_C(2000000000) * US_PER_SECOND; /* RFC 6238, appendix B */
        struct invited x = { .login = STR("a01"), .hash = hashed() };
        CHECK_EQ(test_write(store, &t, op_invite, &x), OK); /* an account without a password */
        CHECK_EQ(owner(store, &t, "", ""), ERR_NONE);
        memcpy(f.s.byte, "12345678901234567890", sizeof f.s.byte);
        CHECK_EQ(account_totp_seal(&t.ctx, ring(), STR("a01"), &f.s, &f.box), OK);
        CHECK_EQ(test_write(store, &t, op_totp_on, &f), OK);
        CHECK_EQ(owner(store, &t, PASSWORD, ""), ERR_MISSING);
        CHECK_STR(str_of(t.ctx.err->field), "code");
        CHECK_EQ(owner(store, &t, "", "000000"), ERR_AUTH);
        CHECK_EQ(owner(store, &t, "", "279037"), OK);
        CHECK_EQ(test_write(store, &t, op_accept, &x), OK); /* a password; that took the factor off */
        CHECK_EQ(test_write(store, &t, op_totp_on, &f), OK);
        CHECK_EQ(owner(store, &t, "", "000000"), ERR_MISSING);
        CHECK_STR(str_of(t.ctx.err->field), "password");
        CHECK_EQ(owner(store, &t, PASSWORD, ""), OK); /* the phone may be lost */
        for (int i = 0; i < 5; i++)
                CHECK_EQ(owner(store, &t, "a wrong password", ""), ERR_AUTH);
        CHECK_EQ(owner(store, &t, PASSWORD, ""), ERR_RATE); /* one does not try for ever */
        test_ctx_free(&t);
}

STORE_TEST(accounts_change_and_close)
{
        struct test_ctx t;
        test_ctx_init(&t);
        struct signing x;
        struct change c;
        account_with_password(store, &t, "a01");
        account_with_password(store, &t, "B02");
        CHECK_EQ(sign_in(store, &t, "a01", PASSWORD, "", &x), OK);
        CHECK_EQ(test_read(store, &t, op_account, &c), OK);
        CHECK(!c.a.two_factor);
        c.revision = c.a.revision;
        CHECK_EQ(test_write(store, &t, op_password, &c), OK);
        CHECK_EQ(test_read(store, &t, op_session, &x), ERR_AUTH);
        CHECK_EQ(test_write(store, &t, op_password, &c), ERR_REV);
        CHECK_EQ(sign_in(store, &t, "a01", PASSWORD, "", &x), OK);
        CHECK_EQ(test_write(store, &t, op_close, NULL), OK);
        CHECK_EQ(test_read(store, &t, op_session, &x), ERR_AUTH);
        CHECK_EQ(sign_in(store, &t, "a01", PASSWORD, "", &x), ERR_AUTH);
        struct account_rows rows;
        CHECK_EQ(test_read(store, &t, op_accounts, &rows), OK);
        CHECK_EQ(rows.n, 2);
        CHECK_STR(rows.row[0].login, "B02");
        CHECK(rows.row[0].ready);
        CHECK(!rows.row[1].ready);
        test_ctx_free(&t);
}

/* ---- API keys --------------------------------------------------------------------------------------- */

struct keyed {
        struct apikey k, found;
        char text[APIKEY_TEXT];
        struct apikeys all;
};
static int op_key_make(struct ctx *ctx, void *arg)
{
        struct keyed *x = arg;
        return apikey_make(ctx, &x->k, x->text);
}
static int op_key_find(struct ctx *ctx, void *arg)
{
        struct keyed *x = arg;
        return apikey_find(ctx, str_of(x->text), &x->found);
}
static int op_key_revoke(struct ctx *ctx, void *arg)
{
        struct keyed *x = arg;
        return apikey_revoke(ctx, x->k.name);
}
static int op_key_list(struct ctx *ctx, void *arg)
{
        struct keyed *x = arg;
        return apikey_list(ctx, &x->all);
}

STORE_TEST(api_keys)
{
        struct test_ctx t;
        test_ctx_init(&t);
        struct keyed x = { .k = { .name = STR("hotline"),
                                  .rights = right_bit(RIGHT_MATTER_OPEN),
                                  .place = STR("t/c1"),
                                  .org = STR("office/desk"),
                                  .until = instant_day(t.ctx.now) } };
        CHECK_EQ(test_write(store, &t, op_key_make, &x), OK);
        CHECK(strncmp(x.text, "lk_", 3) == 0 && strlen(x.text) == 46);
        CHECK_EQ(test_read(store, &t, op_key_find, &x), OK);
        CHECK_STR(x.found.name, "hotline");
        CHECK_STR(x.found.maker, "system");
        struct scopes s;
        apikey_scopes(&t.arena, &x.found, &s);
        struct scope_object in = { .path = STR("t/c1/g1"), .org_path = STR("office/desk") },
                            out = { .path = STR("t/c2") };
        CHECK_EQ(scope_allows(&s, x.found.name, RIGHT_MATTER_OPEN, &in), 1);
        CHECK_EQ(scope_allows(&s, x.found.name, RIGHT_MATTER_READ, &in), 0);
        CHECK_EQ(scope_allows(&s, x.found.name, RIGHT_MATTER_OPEN, &out), 0);

        struct keyed twin = x, none = x, odd = x, past = x;
        CHECK_EQ(test_write(store, &t, op_key_make, &twin), ERR_EXISTS);
        none.k.rights = 0;
        CHECK_EQ(test_write(store, &t, op_key_make, &none), ERR_RULE);
        none.k.rights = right_bit(RIGHT_PUBLIC);
        CHECK_EQ(test_write(store, &t, op_key_make, &none), ERR_RULE);
        odd.k.name = STR("hot line");
        CHECK_EQ(test_write(store, &t, op_key_make, &odd), ERR_TYPE);
        past.k.until.n--;
        CHECK_EQ(test_write(store, &t, op_key_make, &past), ERR_RANGE);

        t.ctx.town++;
        CHECK_EQ(test_read(store, &t, op_key_find, &x), ERR_AUTH);
        t.ctx.town--;
        t.ctx.now.us += US_PER_DAY;
        CHECK_EQ(test_read(store, &t, op_key_find, &x), ERR_AUTH); /* its last day was yesterday */
        t.ctx.now.us -= US_PER_DAY;
        CHECK_EQ(test_write(store, &t, op_key_revoke, &x), OK);
        CHECK_EQ(test_read(store, &t, op_key_find, &x), ERR_AUTH);
        CHECK_EQ(test_write(store, &t, op_key_revoke, &x), ERR_NONE);
        CHECK_EQ(test_read(store, &t, op_key_list, &x), OK);
        CHECK_EQ(x.all.n, 1);
        CHECK(!instant_is_none(x.all.row[0].revoked));
        strcpy(x.text, "lk_nonsense");
        CHECK_EQ(test_read(store, &t, op_key_find, &x), ERR_AUTH);
        test_ctx_free(&t);
}
