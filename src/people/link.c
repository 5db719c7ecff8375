#include "people/link.h"
#include <sodium.h>
#include "people/audit.h"
#include "people/inner/account.h"
#include "people/inner/page.h"
#include "people/inner/seal.h"
#include "people/link_sql.h"

struct mark {
        unsigned char hash[SEAL_BLIND_BYTES];
};

/* An issuer holds no line break, so no two pairs read alike. */
static struct str mark_of(const struct ctx *ctx, const struct vault_keys *keys, size_t i, struct str issuer, struct str subject, struct mark *out)
{
        struct str both = str_printf(ctx->arena, STR_FMT "\n" STR_FMT, STR_ARG(issuer), STR_ARG(subject));
        seal_link(keys, i, ctx->town, both, out->hash);
        return (struct str){ (const char *)out->hash, sizeof out->hash };
}

/* Under the newest key first, then under those before it. */
static int find(struct ctx *ctx, const struct vault_keys *keys, struct str issuer, struct str subject, struct sql_people_link_find_row *ret)
{
        struct mark m;
        int rc = ERR_NONE;
        for (size_t i = keys->n; i > 0 && rc == ERR_NONE; i--) {
                struct sql_people_link_find_in in = { ctx->town, mark_of(ctx, keys, i - 1, issuer, subject, &m) };
                rc = sql_people_link_find(ctx->tx, ctx->arena, &in, ret);
        }
        return rc;
}

int link_find(struct ctx *ctx, const struct vault_keys *keys, struct str issuer, struct str subject, struct link *ret)
{
        struct sql_people_link_find_row row;
        int rc = find(ctx, keys, issuer, subject, &row);
        if (rc == OK)
                *ret = (struct link){ row.login, row.issuer, row.maker, row.at };
        return rc;
}

int link_of(struct ctx *ctx, struct str login, struct link *ret)
{
        struct sql_people_link_of_row row;
        int rc = sql_people_link_of(ctx->tx, ctx->arena, &(struct sql_people_link_of_in){ ctx->town, login }, &row);
        if (rc == OK)
                *ret = (struct link){ row.login, row.issuer, row.maker, row.at };
        return rc;
}

int link_list(struct ctx *ctx, struct str after, int max, struct links *ret)
{
        struct sql_people_link_list_in in = { ctx->town, after.n > 0 ? after : STR(""), page_of(max) };
        struct sql_people_link_list_rows rows;
        int rc = sql_people_link_list(ctx->tx, ctx->arena, &in, &rows);
        if (rc != OK)
                return rc;
        *ret = (struct links){ arena_array(ctx->arena, struct link, rows.n), rows.n };
        for (size_t i = 0; i < rows.n; i++)
                ret->row[i] = (struct link){ rows.row[i].login, rows.row[i].issuer, rows.row[i].maker, rows.row[i].at };
        return OK;
}

int link_make(struct ctx *ctx, const struct vault_keys *keys, struct str login, struct str issuer, struct str subject)
{
        struct account_secret account;
        struct sql_people_link_find_row row;
        struct mark m;
        int64_t n = 0;
        int rc = account_load(ctx, login, &account);
        if (rc == ERR_NONE)
                return err_set(ctx->err, ERR_NONE, "login", "没有这个账号，请先邀请", "There is no such account; invite them first");
        if (rc == OK)
                rc = find(ctx, keys, issuer, subject, &row);
        bool taken = rc == OK && !str_eq(row.login, login);
        if (rc == OK || rc == ERR_NONE)
                rc = taken ? OK : sql_people_link_drop(ctx->tx, &(struct sql_people_link_drop_in){ ctx->town, login }, NULL);
        struct sql_people_link_add_in add = { ctx->town, login, issuer, mark_of(ctx, keys, keys->n - 1, issuer, subject, &m),
                                              actor_text(ctx->arena, ctx->actor), ctx->now };
        if (rc == OK && !taken)
                rc = sql_people_link_add(ctx->tx, &add, &n);
        if (rc == OK && n == 0)
                return err_set(ctx->err, ERR_EXISTS, "subject", "这个统一身份已关联另一个账号", "This sign-in is linked to another account");
        return rc == OK ? audit_add(ctx, "link", login, true) : rc;
}

int link_renew(struct ctx *ctx, const struct vault_keys *keys, const struct link *l, struct str subject)
{
        struct mark old, new;
        struct str newest = mark_of(ctx, keys, keys->n - 1, l->issuer, subject, &new);
        int rc = OK;
        for (size_t i = 0; rc == OK && i + 1 < keys->n; i++) {
                struct sql_people_link_renew_in in = { ctx->town, l->login, mark_of(ctx, keys, i, l->issuer, subject, &old), newest };
                rc = sql_people_link_renew(ctx->tx, &in, NULL);
        }
        return rc;
}

static int drop(struct ctx *ctx, struct str login, int64_t *ret_n)
{
        int rc = sql_people_link_drop(ctx->tx, &(struct sql_people_link_drop_in){ ctx->town, login }, ret_n);
        return rc == OK && *ret_n > 0 ? audit_add(ctx, "unlink", login, true) : rc;
}

int link_drop(struct ctx *ctx, struct str login)
{
        int64_t n = 0;
        int rc = drop(ctx, login, &n);
        return rc == OK && n == 0 ? err_set(ctx->err, ERR_NONE, "login", "没有关联统一身份认证", "No sign-in elsewhere is linked") : rc;
}

int link_drop_any(struct ctx *ctx, struct str login)
{
        int64_t n = 0;
        return drop(ctx, login, &n);
}

int link_drop_own(struct ctx *ctx, struct str login)
{
        struct str maker = actor_text(ctx->arena, (struct actor){ .kind = ACTOR_STAFF, .name = login });
        int64_t n = 0;
        int rc = sql_people_link_drop_by(ctx->tx, &(struct sql_people_link_drop_by_in){ ctx->town, login, maker }, &n);
        return rc == OK && n > 0 ? audit_add(ctx, "unlink", login, true) : rc;
}

/* ---- proofs that count once ------------------------------------------------------------------------------------------ */

int once_only(struct ctx *ctx, struct str proof, struct instant until)
{
        unsigned char hash[32];
        int64_t n = 0;
        crypto_generichash(hash, sizeof hash, (const unsigned char *)proof.p, proof.n, NULL, 0);
        struct sql_people_once_add_in in = { ctx->town, { (const char *)hash, sizeof hash }, until };
        int rc = sql_people_once_add(ctx->tx, &in, &n);
        return rc == OK && n == 0 ? ERR_AUTH : rc;
}

int once_sweep(struct ctx *ctx)
{
        return sql_people_once_sweep(ctx->tx, &(struct sql_people_once_sweep_in){ ctx->town, ctx->now }, NULL);
}
