#include "people/apikey.h"
#include <assert.h>
#include "people/audit.h"
#include "people/inner/token.h"
#include "people/people_sql.h"

#define PREFIX "lk_"

static_assert(APIKEY_TEXT >= TOKEN_TEXT + sizeof PREFIX - 1, "a key fits");

static uint64_t grantable(void)
{
        uint64_t bits = 0;
        for (unsigned r = RIGHT_FIRST_GRANTED; r < RIGHT_COUNT; r++)
                bits |= right_bit((enum right)r);
        return bits;
}

static int check(struct ctx *ctx, const struct apikey *k)
{
        if (!code_valid(k->name))
                return err_set(ctx->err, ERR_TYPE, "name", "名称为 1 到 64 个字母、数字或 . _ -",
                               "A name is 1 to 64 letters, digits or . _ -");
        if (k->rights == 0 || (k->rights & ~grantable()))
                return err_set(ctx->err, ERR_RULE, "rights", "至少给一项可授予的权限",
                               "Give at least one right that can be granted");
        if (!day_is_none(k->until) && k->until.n < instant_day(ctx->now).n)
                return err_set(ctx->err, ERR_RANGE, "until", "截止日期已过", "The last day lies in the past");
        return OK;
}

static struct str filled(struct str s)
{
        return s.n > 0 ? s : STR("");
}

int apikey_make(struct ctx *ctx, const struct apikey *k, char ret_text[static APIKEY_TEXT])
{
        int rc = check(ctx, k);
        if (rc != OK)
                return rc;
        struct token t;
        token_make(ctx->chance, "key", &t);
        struct sql_people_key_add_in in = { .town = ctx->town,
                                            .hash = hash_view(t.hash),
                                            .name = k->name,
                                            .rights = (int64_t)k->rights,
                                            .place = filled(k->place),
                                            .org = filled(k->org),
                                            .until = k->until,
                                            .maker = actor_text(ctx->arena, ctx->actor),
                                            .at = ctx->now };
        int64_t n = 0;
        rc = sql_people_key_add(ctx->tx, &in, &n);
        if (rc == OK && n == 0)
                return err_set(ctx->err, ERR_EXISTS, "name", "已有同名的密钥", "A key of this name exists already");
        if (rc == OK)
                rc = audit_add(ctx, "key", k->name, true);
        if (rc != OK)
                return rc;
        memcpy(ret_text, PREFIX, sizeof PREFIX - 1);
        memcpy(ret_text + sizeof PREFIX - 1, t.text, sizeof t.text);
        return OK;
}

static int no_key(struct ctx *ctx)
{
        return err_set(ctx->err, ERR_AUTH, "", "密钥无效、已吊销或已过期", "The key is unknown, revoked or over");
}

int apikey_find(struct ctx *ctx, struct str text, struct apikey *ret)
{
        unsigned char hash[TOKEN_HASH];
        struct str prefix = STR(PREFIX);
        if (!str_starts(text, prefix) || !token_hash((struct str){ text.p + prefix.n, text.n - prefix.n }, "key", hash))
                return no_key(ctx);
        struct sql_people_key_get_in in = { ctx->town, hash_view(hash) };
        struct sql_people_key_get_row r;
        int rc = sql_people_key_get(ctx->tx, ctx->arena, &in, &r);
        if (rc != OK)
                return rc == ERR_NONE ? no_key(ctx) : rc;
        bool over = !day_is_none(r.until) && r.until.n < instant_day(ctx->now).n;
        if (over || !instant_is_none(r.revoked))
                return no_key(ctx);
        *ret = (struct apikey){ r.name, (uint64_t)r.rights & grantable(), r.place, r.org, r.until, r.revoked, r.maker,
                                r.at };
        return OK;
}

void apikey_scopes(struct arena *a, const struct apikey *k, struct scopes *ret)
{
        *ret = (struct scopes){ .row = arena_new(a, struct scope), .n = 1, .home = k->org };
        ret->row[0] = (struct scope){ .rights = k->rights, .place = k->place, .org = k->org, .home = k->org };
}

int apikey_list(struct ctx *ctx, struct apikeys *ret)
{
        struct sql_people_key_list_in in = { ctx->town };
        struct sql_people_key_list_rows rows;
        int rc = sql_people_key_list(ctx->tx, ctx->arena, &in, &rows);
        if (rc != OK)
                return rc;
        *ret = (struct apikeys){ arena_array(ctx->arena, struct apikey, rows.n), rows.n };
        for (size_t i = 0; i < rows.n; i++) {
                const struct sql_people_key_list_row *r = &rows.row[i];
                ret->row[i] = (struct apikey){ r->name,  (uint64_t)r->rights, r->place, r->org,
                                               r->until, r->revoked,          r->maker, r->at };
        }
        return OK;
}

int apikey_revoke(struct ctx *ctx, struct str name)
{
        struct sql_people_key_revoke_in in = { ctx->town, name, ctx->now };
        int64_t n = 0;
        int rc = sql_people_key_revoke(ctx->tx, &in, &n);
        if (rc == OK && n == 0)
                return err_set(ctx->err, ERR_NONE, "name", "没有这个有效的密钥", "There is no such working key");
        return rc == OK ? audit_add(ctx, "key-revoke", name, true) : rc;
}
