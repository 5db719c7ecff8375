#include "store/idem.h"
#include "store/store.h"
#include "store/store_sql.h"

#define KEY_MIN 8
#define KEY_MAX 64
#define ANSWER_MAX 8192

static struct instant oldest(const struct ctx *ctx)
{
        return (struct instant){ ctx->now.us - IDEM_DAYS * US_PER_DAY };
}

static int check_key(struct ctx *ctx, const struct idem *k)
{
        bool plain = k->key.n >= KEY_MIN && k->key.n <= KEY_MAX;
        for (size_t i = 0; plain && i < k->key.n; i++)
                plain = k->key.p[i] > ' ' && k->key.p[i] < 127;
        if (plain)
                return OK;
        return err_set(ctx->err, ERR_RANGE, "Idempotency-Key", "幂等键应为 8 至 64 个可见的 ASCII 字符",
                       "An idempotency key is 8 to 64 visible ASCII characters");
}

int idem_begin(struct ctx *ctx, const struct idem *k, bool *ret_found, struct idem_answer *ret)
{
        struct sql_idem_get_in in = { ctx->town, k->route, k->actor, k->key };
        struct sql_idem_get_row row;

        int rc = check_key(ctx, k);
        if (rc != OK)
                return rc;
        rc = sql_idem_get(ctx->tx, ctx->arena, &in, &row);
        if (rc != OK && rc != ERR_NONE)
                return rc;
        if (rc == OK && row.at.us < oldest(ctx).us) {
                struct sql_idem_drop_in old = { ctx->town, k->route, k->actor, k->key };
                rc = sql_idem_drop(ctx->tx, &old, NULL);
                if (rc != OK)
                        return rc;
                rc = ERR_NONE;
        }
        if (rc == ERR_NONE) {
                *ret_found = false;
                return OK;
        }
        if (row.body.n != sizeof k->body || memcmp(row.body.p, k->body, sizeof k->body) != 0)
                return err_set(ctx->err, ERR_KEY, "Idempotency-Key", "同一幂等键已用于不同的内容",
                               "This idempotency key was used with another body");
        *ret_found = true;
        *ret = (struct idem_answer){ row.status, row.id, row.answer };
        return OK;
}

static bool worth_keeping(int32_t status)
{
        return status != 429 && status < 500;
}

int idem_end(struct ctx *ctx, const struct idem *k, const struct idem_answer *answer)
{
        if (!worth_keeping(answer->status))
                return OK;
        if (answer->sealed.n > ANSWER_MAX)
                return ERR_TOO_BIG;
        struct sql_idem_add_in in = {
                ctx->town,      k->route,   k->actor,       k->key,  { (const char *)k->body, sizeof k->body },
                answer->status, answer->id, answer->sealed, ctx->now
        };
        return sql_idem_add(ctx->tx, &in);
}

int idem_forget(struct ctx *ctx, int64_t matter)
{
        return sql_idem_forget(ctx->tx, &(struct sql_idem_forget_in){ ctx->town, matter }, NULL);
}

int idem_sweep(struct ctx *ctx, int max, int *ret_n)
{
        int64_t changed;

        int rc = sql_idem_sweep(ctx->tx, &(struct sql_idem_sweep_in){ ctx->town, oldest(ctx), max }, &changed);
        if (rc == OK)
                *ret_n = (int)changed;
        return rc;
}
