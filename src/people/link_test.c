/* Links to a sign-in elsewhere: one subject, one account; a new key finds the old ones; what a closed account loses. */
#include "people/account.h"
#include "people/inner/seal.h"
#include "people/link.h"
#include "people/session.h"
#include "people/sign_in.h"
#include "store/store_test_util.h"

#define ISSUER STR("https://sso.example.org/city")

struct linking {
        const struct vault_keys *keys;
        struct str login, subject;
        struct link found;
        struct sign_in s;
        struct session_given given;
        struct invite_given invited;
};

static int op_invite(struct ctx *ctx, void *arg)
{
        struct linking *x = arg;
        return invite_make(ctx, x->login, &x->invited);
}
static int op_accept(struct ctx *ctx, void *arg)
{
        struct linking *x = arg;
        struct str login;
        return invite_accept(ctx, str_of(x->invited.token), "$argon2id$none", &login);
}
static int op_make(struct ctx *ctx, void *arg)
{
        struct linking *x = arg;
        return link_make(ctx, x->keys, x->login, ISSUER, x->subject);
}
static int op_find(struct ctx *ctx, void *arg)
{
        struct linking *x = arg;
        return link_find(ctx, x->keys, ISSUER, x->subject, &x->found);
}
static int op_renew(struct ctx *ctx, void *arg)
{
        struct linking *x = arg;
        return link_renew(ctx, x->keys, &x->found, x->subject);
}
static int op_close(struct ctx *ctx, void *arg)
{
        return account_close(ctx, ((struct linking *)arg)->login);
}
static int op_begin(struct ctx *ctx, void *arg)
{
        struct linking *x = arg;
        return sign_in_begin(ctx, x->keys, &x->s);
}
static int op_end(struct ctx *ctx, void *arg)
{
        struct linking *x = arg;
        return sign_in_end(ctx, x->keys, &x->s, &x->given);
}
static int op_once(struct ctx *ctx, void *arg)
{
        return once_only(ctx, ((struct linking *)arg)->subject, (struct instant){ ctx->now.us + 1 });
}
static int op_sweep(struct ctx *ctx, void *arg)
{
        (void)arg;
        return people_sweep(ctx);
}

static struct vault_keys *ring_of(size_t n)
{
        struct vault_keys *k = seal_ring();
        for (size_t i = 0; i < n; i++) {
                unsigned char master[SEAL_MASTER_BYTES] = { (unsigned char)(i + 1) };
                seal_ring_add(k, (int32_t)i + 1, master);
        }
        seal_ring_close(k);
        return k;
}

STORE_TEST(one_subject_opens_one_account)
{
        struct test_ctx t;
        test_ctx_init(&t);
        struct vault_keys *keys = ring_of(1);
        struct linking x = { .keys = keys, .login = STR("a01"), .subject = STR("s-1") };
        CHECK_EQ(test_write(store, &t, op_make, &x), ERR_NONE); /* no account */
        CHECK_EQ(test_write(store, &t, op_invite, &x), OK);
        CHECK_EQ(test_write(store, &t, op_make, &x), OK);
        CHECK_EQ(test_write(store, &t, op_make, &x), OK); /* again is the same */
        x.login = STR("b02");
        CHECK_EQ(test_write(store, &t, op_invite, &x), OK);
        CHECK_EQ(test_write(store, &t, op_make, &x), ERR_EXISTS);
        CHECK_EQ(test_read(store, &t, op_find, &x), OK);
        CHECK_STR(x.found.login, "a01");
        x.login = STR("a01");
        x.subject = STR("s-2"); /* another subject in place of the first */
        CHECK_EQ(test_write(store, &t, op_make, &x), OK);
        x.subject = STR("s-1");
        CHECK_EQ(test_read(store, &t, op_find, &x), ERR_NONE);
        t.ctx.town++; /* a link is good for its town only */
        x.subject = STR("s-2");
        CHECK_EQ(test_read(store, &t, op_find, &x), ERR_NONE);
        t.ctx.town--;
        CHECK_EQ(test_write(store, &t, op_close, &x), OK);
        CHECK_EQ(test_read(store, &t, op_find, &x), ERR_NONE);
        vault_keys_free(keys);
        test_ctx_free(&t);
}

STORE_TEST(a_link_made_by_its_person_goes_with_a_new_invitation)
{
        struct test_ctx t;
        test_ctx_init(&t);
        struct vault_keys *keys = ring_of(1);
        struct linking x = { .keys = keys, .login = STR("a01"), .subject = STR("s-1") };
        for (int own = 0; own < 2; own++) {
                t.ctx.actor = (struct actor){ .kind = ACTOR_STAFF, .name = own ? STR("a01") : STR("admin") };
                CHECK_EQ(test_write(store, &t, op_invite, &x), OK);
                CHECK_EQ(test_write(store, &t, op_make, &x), OK);
                CHECK_EQ(test_write(store, &t, op_accept, &x), OK);
                CHECK_EQ(test_read(store, &t, op_find, &x), own ? ERR_NONE : OK);
        }
        vault_keys_free(keys);
        test_ctx_free(&t);
}

STORE_TEST(a_new_key_finds_links_under_the_old_one)
{
        struct test_ctx t;
        test_ctx_init(&t);
        struct vault_keys *old = ring_of(1), *both = ring_of(2), *stranger = seal_ring();
        unsigned char master[SEAL_MASTER_BYTES] = { 2 };
        seal_ring_add(stranger, 2, master); /* the newest alone */
        seal_ring_close(stranger);
        struct linking x = { .keys = old, .login = STR("a01"), .subject = STR("s-1") };
        CHECK_EQ(test_write(store, &t, op_invite, &x), OK);
        CHECK_EQ(test_write(store, &t, op_make, &x), OK);
        x.keys = stranger;
        CHECK_EQ(test_read(store, &t, op_find, &x), ERR_NONE);
        x.keys = both;
        CHECK_EQ(test_read(store, &t, op_find, &x), OK);
        CHECK_EQ(test_write(store, &t, op_renew, &x), OK);
        x.keys = stranger; /* and needs the old one no more */
        CHECK_EQ(test_read(store, &t, op_find, &x), OK);
        vault_keys_free(old);
        vault_keys_free(both);
        vault_keys_free(stranger);
        test_ctx_free(&t);
}

STORE_TEST(trusted_without_a_password)
{
        struct test_ctx t;
        test_ctx_init(&t);
        struct vault_keys *keys = ring_of(1);
        struct linking x = { .keys = keys, .login = STR("a01") };
        CHECK_EQ(test_write(store, &t, op_invite, &x), OK);
        x.s = (struct sign_in){ .login = STR("a01"), .password = STR(""), .code = STR(""), .source = STR("") };
        CHECK_EQ(test_read(store, &t, op_begin, &x), OK);
        sign_in_trust(&t.ctx, &x.s, false);
        CHECK_EQ(test_write(store, &t, op_end, &x), OK);
        CHECK_EQ(x.s.result, OK);
        CHECK(x.given.token[0]);
        CHECK_EQ(test_read(store, &t, op_begin, &x), OK);
        sign_in_trust(&t.ctx, &x.s, false);
        CHECK_EQ(test_write(store, &t, op_accept, &x), OK); /* the account changes before the end */
        CHECK_EQ(test_write(store, &t, op_end, &x), OK);
        CHECK_EQ(x.s.result, ERR_AUTH);
        vault_keys_free(keys);
        test_ctx_free(&t);
}

STORE_TEST(a_proof_counts_once)
{
        struct test_ctx t;
        test_ctx_init(&t);
        struct linking x = { .subject = STR("state") };
        CHECK_EQ(test_write(store, &t, op_once, &x), OK);
        CHECK_EQ(test_write(store, &t, op_once, &x), ERR_AUTH);
        CHECK_EQ(test_write(store, &t, op_sweep, &x), OK);
        CHECK_EQ(test_write(store, &t, op_once, &x), ERR_AUTH);
        t.ctx.now.us += 1;
        CHECK_EQ(test_write(store, &t, op_sweep, &x), OK);
        CHECK_EQ(test_write(store, &t, op_once, &x), OK);
        test_ctx_free(&t);
}
