#include "people/sign_in.h"
#include <sodium.h>
#include "people/audit.h"
#include "people/inner/account.h"
#include "people/inner/seal.h"
#include "people/password.h"
#include "people/people_sql.h"

#define TRY_MEMORY_US (24 * US_PER_HOUR)

/* How failures slow one down. */
struct patience {
        const char *label;
        int free;   /* failures without a wait */
        int most_s; /* longest wait */
};
static const struct patience per_login = { "try login", 4, 60 };
static const struct patience per_source = { "try source", 19, 900 };

static int64_t wait_after(const struct patience *p, int32_t failed)
{
        if (failed <= p->free)
                return 0;
        int doublings = failed - p->free - 1;
        int64_t wait = doublings > 20 ? p->most_s : INT64_C(1) << doublings;
        return wait < p->most_s ? wait : p->most_s;
}

struct subject {
        unsigned char hash[16];
};

static struct str subject_of(struct ctx *ctx, const struct vault_keys *keys, const struct patience *p, struct str text,
                             struct subject *out)
{
        seal_mac(keys, p->label, ctx->town, text, out->hash);
        return (struct str){ (const char *)out->hash, sizeof out->hash };
}

/* Seconds this subject still has to wait, rounded up. */
static int waits(struct ctx *ctx, const struct vault_keys *keys, const struct patience *p, struct str text, int *ret_s)
{
        *ret_s = 0;
        if (text.n == 0)
                return OK;
        struct subject s;
        struct sql_people_try_get_in in = { ctx->town, subject_of(ctx, keys, p, text, &s) };
        struct sql_people_try_get_row row;
        int rc = sql_people_try_get(ctx->tx, ctx->arena, &in, &row);
        if (rc != OK)
                return rc == ERR_NONE ? OK : rc;
        if (row.until.us > ctx->now.us)
                *ret_s = (int)((row.until.us - ctx->now.us + US_PER_SECOND - 1) / US_PER_SECOND);
        return OK;
}

static int must_wait(struct ctx *ctx, const struct vault_keys *keys, const struct sign_in *s, int *ret_s)
{
        int by_login, by_source;
        int rc = waits(ctx, keys, &per_login, s->login, &by_login);
        if (rc == OK)
                rc = waits(ctx, keys, &per_source, s->source, &by_source);
        if (rc == OK)
                *ret_s = by_login > by_source ? by_login : by_source;
        return rc;
}

static int count_failure(struct ctx *ctx, const struct vault_keys *keys, const struct patience *p, struct str text)
{
        if (text.n == 0)
                return OK;
        struct subject s;
        struct str subject = subject_of(ctx, keys, p, text, &s);
        struct sql_people_try_add_in add = { ctx->town, subject, ctx->now, { ctx->now.us - TRY_MEMORY_US } };
        struct sql_people_try_get_in get = { ctx->town, subject };
        struct sql_people_try_get_row row;
        int rc = sql_people_try_add(ctx->tx, &add, NULL);
        if (rc == OK)
                rc = sql_people_try_get(ctx->tx, ctx->arena, &get, &row);
        if (rc != OK)
                return rc;
        struct sql_people_try_wait_in wait = { ctx->town,
                                               subject,
                                               { ctx->now.us + wait_after(p, row.failed) * US_PER_SECOND } };
        return sql_people_try_wait(ctx->tx, &wait, NULL);
}

static int load(struct ctx *ctx, const struct vault_keys *keys, struct sign_in *s)
{
        struct account_secret a;
        int rc = code_valid(s->login) ? account_load(ctx, s->login, &a) : ERR_NONE;
        if (rc == ERR_NONE) {
                s->hash = STR("");
                return OK;
        }
        if (rc != OK)
                return rc;
        s->hash = a.password;
        s->revision = a.revision;
        s->last_step = a.totp_step;
        s->two_factor = a.totp.p != NULL;
        return s->two_factor ? account_totp_open(ctx, keys, s->login, a.totp, &s->secret) : OK;
}

static int refuse_for_now(struct ctx *ctx, struct sign_in *s, int wait_s)
{
        s->result = ERR_RATE;
        s->wait_s = wait_s;
        return err_set(ctx->err, ERR_RATE, "", "多次登录失败，请 %d 秒后再试",
                       "Too many failed attempts; wait %d seconds", wait_s);
}

int sign_in_begin(struct ctx *ctx, const struct vault_keys *keys, struct sign_in *s)
{
        int wait_s;
        int rc = must_wait(ctx, keys, s, &wait_s);
        if (rc != OK)
                return rc;
        if (wait_s > 0)
                return refuse_for_now(ctx, s, wait_s);
        s->result = s->proven = ERR_AUTH;
        return load(ctx, keys, s);
}

static int judge(struct ctx *ctx, struct sign_in *s)
{
        if (!s->two_factor)
                return OK;
        if (s->code.n == 0)
                return ERR_MISSING;
        return totp_check(&s->secret, s->code, ctx->now, s->last_step, &s->step);
}

int sign_in_check(struct ctx *ctx, struct sign_in *s)
{
        int rc = password_verify(s->hash, s->password, ctx->err);
        if (rc == ERR_BUSY)
                return rc;
        s->proven = rc == OK ? judge(ctx, s) : ERR_AUTH;
        s->result = s->proven;
        return OK;
}

int sign_in_check_owner(struct ctx *ctx, struct sign_in *s)
{
        if (s->hash.n > 0 && s->password.n == 0)
                return err_set(ctx->err, ERR_MISSING, "password", "请输入您的密码", "Enter your password");
        if (s->hash.n == 0 && s->two_factor && s->code.n == 0)
                return err_set(ctx->err, ERR_MISSING, "code", "您没有在这里设过密码，请输入验证器现在显示的数字",
                               "You have no password here; enter the digits your authenticator shows now");
        if (s->hash.n == 0 && !s->two_factor)
                return err_set(ctx->err, ERR_NONE, "", "您没有启用二次验证", "You have no second factor");
        if (s->hash.n == 0) {
                s->result = s->proven = judge(ctx, s);
                return OK;
        }
        int rc = password_verify(s->hash, s->password, ctx->err);
        if (rc == ERR_BUSY)
                return rc;
        s->two_factor = false;
        s->result = s->proven = rc == OK ? OK : ERR_AUTH;
        return OK;
}

void sign_in_trust(struct ctx *ctx, struct sign_in *s, bool second)
{
        s->second = second;
        s->proven = second ? OK : judge(ctx, s);
        s->result = s->proven;
}

static int fail(struct ctx *ctx, const struct vault_keys *keys, struct sign_in *s)
{
        s->result = ERR_AUTH;
        int rc = count_failure(ctx, keys, &per_login, s->login);
        if (rc == OK)
                rc = count_failure(ctx, keys, &per_source, s->source);
        if (rc != OK)
                return rc;
        rc = audit_add(ctx, "sign-in", code_valid(s->login) ? s->login : STR(""), false);
        if (rc == OK)
                err_set(ctx->err, ERR_AUTH, "", "登录名、密码或验证码不对", "Login, password or code is wrong");
        return rc;
}

/* Between check and end the account may have changed, or another request may have used the same code. */
static int still_good(struct ctx *ctx, struct sign_in *s, bool *ret)
{
        struct account_secret a;
        *ret = false;
        int rc = account_load(ctx, s->login, &a);
        if (rc != OK)
                return rc == ERR_NONE ? OK : rc;
        if (a.revision != s->revision)
                return OK;
        if (!s->two_factor || s->second) {
                *ret = true;
                return OK;
        }
        struct sql_people_account_step_in in = { ctx->town, s->login, s->step };
        int64_t n = 0;
        rc = sql_people_account_step(ctx->tx, &in, &n);
        *ret = n > 0;
        return rc;
}

static int admit(struct ctx *ctx, const struct vault_keys *keys, struct sign_in *s, struct session_given *ret)
{
        struct subject subject;
        struct sql_people_try_clear_in in = { ctx->town, subject_of(ctx, keys, &per_login, s->login, &subject) };
        int rc = sql_people_try_clear(ctx->tx, &in, NULL);
        if (rc != OK || s->again)
                return rc;
        rc = session_begin(ctx, s->login, s->two_factor || s->second ? 2 : 1, ret);
        return rc == OK ? audit_add(ctx, "sign-in", s->login, true) : rc;
}

int sign_in_end(struct ctx *ctx, const struct vault_keys *keys, struct sign_in *s, struct session_given *ret)
{
        int wait_s;
        if (s->result == ERR_AUTH)
                s->proven = ERR_AUTH;
        int rc = must_wait(ctx, keys, s, &wait_s);
        if (rc != OK)
                return rc;
        if (wait_s > 0) { /* others failed meanwhile: guesses sent at once must not all count as the first */
                refuse_for_now(ctx, s, wait_s);
                return OK;
        }
        s->result = s->proven;
        if (s->result == ERR_MISSING) {
                err_set(ctx->err, ERR_MISSING, "code", "请输入动态验证码", "Enter the one-time code");
                return OK;
        }
        if (s->result != OK)
                return fail(ctx, keys, s);
        bool good;
        rc = still_good(ctx, s, &good);
        if (rc != OK)
                return rc;
        return good ? admit(ctx, keys, s, ret) : fail(ctx, keys, s);
}

void sign_in_forget(struct sign_in *s)
{
        sodium_memzero(s, sizeof *s);
}
