#include "people/account.h"
#include <assert.h>
#include "people/audit.h"
#include "people/inner/account.h"
#include "people/inner/page.h"
#include "people/inner/token.h"
#include "people/link.h"
#include "people/password.h"
#include "people/people_sql.h"
#include "people/session.h"
#include "people/view.h"

static_assert(sizeof(((struct invite_given *)0)->token) == TOKEN_TEXT, "token");

/* ---- invitations ------------------------------------------------------------------------------------ */

int invite_make(struct ctx *ctx, struct str login, struct invite_given *ret)
{
        if (!code_valid(login))
                return err_set(ctx->err, ERR_TYPE, "login", "登录名写法不对", "This is not a login");
        struct token t;
        token_make(ctx->chance, "invite", &t);
        struct instant until = { ctx->now.us + INVITE_US };
        struct sql_people_account_make_in account = { ctx->town, login, ctx->now };
        struct sql_people_invite_drop_in older = { ctx->town, login };
        struct sql_people_invite_add_in add = { ctx->town, hash_view(t.hash),
                                                login,     actor_text(ctx->arena, ctx->actor),
                                                ctx->now,  until };
        int rc = sql_people_account_make(ctx->tx, &account, NULL);
        if (rc == OK)
                rc = sql_people_invite_drop(ctx->tx, &older, NULL);
        if (rc == OK)
                rc = sql_people_invite_add(ctx->tx, &add, NULL);
        if (rc == OK)
                rc = audit_add(ctx, "invite", login, true);
        if (rc != OK)
                return rc;
        ret->until = until;
        memcpy(ret->token, t.text, sizeof ret->token);
        return OK;
}

static int no_invite(struct ctx *ctx)
{
        return err_set(ctx->err, ERR_NONE, "token", "链接无效、已用过或已过期，请重新索取",
                       "This link is unknown, used or over; ask for a new one");
}

int invite_find(struct ctx *ctx, struct str token, struct invite *ret)
{
        unsigned char hash[TOKEN_HASH];
        if (!token_hash(token, "invite", hash))
                return no_invite(ctx);
        struct sql_people_invite_get_in in = { ctx->town, hash_view(hash) };
        struct sql_people_invite_get_row row;
        int rc = sql_people_invite_get(ctx->tx, ctx->arena, &in, &row);
        if (rc != OK)
                return rc == ERR_NONE ? no_invite(ctx) : rc;
        if (ctx->now.us >= row.until.us)
                return no_invite(ctx);
        *ret = (struct invite){ row.login, row.maker, row.at, row.until };
        return OK;
}

static int invite_use(struct ctx *ctx, struct str token)
{
        unsigned char hash[TOKEN_HASH];
        token_hash(token, "invite", hash);
        struct sql_people_invite_use_in in = { ctx->town, hash_view(hash) };
        int64_t n = 0;
        int rc = sql_people_invite_use(ctx->tx, &in, &n);
        return rc == OK && n == 0 ? no_invite(ctx) : rc;
}

int invite_accept(struct ctx *ctx, struct str token, const char *hash, struct str *ret_login)
{
        struct invite invite;
        int rc = invite_find(ctx, token, &invite);
        if (rc == OK)
                rc = invite_use(ctx, token);
        struct account_secret account;
        if (rc == OK)
                rc = account_load(ctx, invite.login, &account);
        if (rc == ERR_NONE)
                return no_invite(ctx);
        if (rc != OK)
                return rc;
        account.password = str_of(hash);
        account.totp = (struct str){ 0 };
        rc = account_save(ctx, invite.login, &account, "accept");
        if (rc == OK)
                rc = link_drop_own(ctx, invite.login);
        if (rc == OK)
                *ret_login = invite.login;
        return rc;
}

int invite_drop(struct ctx *ctx, struct str login)
{
        int64_t n = 0;
        int rc = sql_people_invite_drop(ctx->tx, &(struct sql_people_invite_drop_in){ ctx->town, login }, &n);
        if (rc == OK && n == 0)
                return err_set(ctx->err, ERR_NONE, "login", "没有未用的邀请", "No invitation waits");
        return rc == OK ? audit_add(ctx, "invite-drop", login, true) : rc;
}

int invite_list(struct ctx *ctx, struct invites *ret)
{
        struct sql_people_invite_list_in in = { ctx->town };
        struct sql_people_invite_list_rows rows;
        int rc = sql_people_invite_list(ctx->tx, ctx->arena, &in, &rows);
        if (rc != OK)
                return rc;
        struct invites out = { .row = arena_array(ctx->arena, struct invite, rows.n) };
        for (size_t i = 0; i < rows.n; i++)
                if (ctx->now.us < rows.row[i].until.us)
                        out.row[out.n++] = (struct invite){ rows.row[i].login, rows.row[i].maker, rows.row[i].at,
                                                            rows.row[i].until };
        *ret = out;
        return OK;
}

/* ---- accounts --------------------------------------------------------------------------------------- */

int account_load(struct ctx *ctx, struct str login, struct account_secret *ret)
{
        struct sql_people_account_get_in in = { ctx->town, login };
        struct sql_people_account_get_row row;
        int rc = sql_people_account_get(ctx->tx, ctx->arena, &in, &row);
        if (rc == OK)
                *ret = (struct account_secret){ row.password, row.totp, row.totp_step, row.revision };
        return rc;
}

/* What stands in a new account proves nothing any more: sessions of the old one end. */
int account_save(struct ctx *ctx, struct str login, const struct account_secret *a, const char *act)
{
        struct sql_people_account_set_in in = { ctx->town, login, a->revision, a->password, a->totp, a->totp_step };
        int64_t n = 0;
        int rc = sql_people_account_set(ctx->tx, &in, &n);
        if (rc == OK && n == 0)
                return ERR_CONFLICT;
        struct sql_people_session_drop_login_in sessions = { ctx->town, login };
        if (rc == OK)
                rc = sql_people_session_drop_login(ctx->tx, &sessions, NULL);
        return rc == OK ? audit_add(ctx, act, login, true) : rc;
}

int account_get(struct ctx *ctx, struct str login, struct account *ret)
{
        struct account_secret a;
        int rc = account_load(ctx, login, &a);
        if (rc == OK)
                *ret = (struct account){ a.password, a.totp.p != NULL, a.revision };
        return rc;
}

int account_password(struct ctx *ctx, struct str login, int32_t revision, const char *hash)
{
        struct account_secret a;
        int rc = account_load(ctx, login, &a);
        if (rc != OK)
                return rc;
        if (a.revision != revision)
                return err_set(ctx->err, ERR_REV, "", "账号刚刚被改动，请重试",
                               "The account has just changed; try again");
        a.password = str_of(hash);
        return account_save(ctx, login, &a, "password");
}

static struct str totp_label(struct arena *a, struct str login)
{
        return str_printf(a, "totp:" STR_FMT, STR_ARG(login));
}

int account_totp_seal(struct ctx *ctx, const struct vault_keys *keys, struct str login, const struct totp_secret *s,
                      struct str *ret_box)
{
        struct str plain = { (const char *)s->byte, sizeof s->byte };
        return vault_seal_bytes(keys, ctx, totp_label(ctx->arena, login), plain, ret_box);
}

int account_totp_open(struct ctx *ctx, const struct vault_keys *keys, struct str login, struct str box,
                      struct totp_secret *ret)
{
        struct str plain;
        int rc = vault_open_bytes(keys, ctx, totp_label(ctx->arena, login), box, &plain);
        if (rc != OK)
                return rc;
        if (plain.n != sizeof ret->byte)
                return ERR_INTERNAL;
        memcpy(ret->byte, plain.p, plain.n);
        return OK;
}

int account_totp_reseal(struct ctx *ctx, const struct vault_keys *keys, struct str login, struct str box,
                        struct str *ret_box)
{
        return vault_reseal_bytes(keys, ctx, totp_label(ctx->arena, login), box, ret_box);
}

static int totp_set(struct ctx *ctx, struct str login, struct str box, int64_t step)
{
        struct account_secret a;
        int rc = account_load(ctx, login, &a);
        if (rc != OK)
                return rc;
        a.totp = box;
        a.totp_step = step > a.totp_step ? step : a.totp_step;
        return account_save(ctx, login, &a, "totp");
}

int account_totp_on(struct ctx *ctx, struct str login, struct str box, int64_t step)
{
        return totp_set(ctx, login, box, step);
}

int account_totp_off(struct ctx *ctx, struct str login)
{
        return totp_set(ctx, login, (struct str){ 0 }, 0);
}

int account_close(struct ctx *ctx, struct str login)
{
        struct account_secret a;
        int rc = account_load(ctx, login, &a);
        if (rc != OK)
                return rc == ERR_NONE ? OK : rc;
        struct sql_people_invite_drop_in links = { ctx->town, login };
        rc = sql_people_invite_drop(ctx->tx, &links, NULL);
        if (rc == OK)
                rc = view_drop_all(ctx, login);
        if (rc == OK)
                rc = link_drop_any(ctx, login);
        if (rc != OK)
                return rc;
        a.password = STR("");
        a.totp = (struct str){ 0 };
        return account_save(ctx, login, &a, "close");
}

int account_list(struct ctx *ctx, struct str after, int max, struct account_rows *ret)
{
        struct sql_people_account_list_in in = { ctx->town, after.n > 0 ? after : STR(""), page_of(max) };
        struct sql_people_account_list_rows rows;
        int rc = sql_people_account_list(ctx->tx, ctx->arena, &in, &rows);
        if (rc != OK)
                return rc;
        *ret = (struct account_rows){ arena_array(ctx->arena, struct account_row, rows.n), rows.n };
        for (size_t i = 0; i < rows.n; i++)
                ret->row[i] = (struct account_row){ rows.row[i].login, rows.row[i].ready, rows.row[i].two_factor,
                                                    rows.row[i].at };
        return OK;
}
