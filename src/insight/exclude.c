#include "insight/exclude.h"
#include "insight/insight_sql.h"

#define REASON_CHARS_MAX 500

static int check(struct ctx *ctx, const struct exclusion *x)
{
        if (str_trim(x->reason).n == 0)
                return err_set(ctx->err, ERR_MISSING, "reason", "请写明剔除理由", "Give the reason for leaving it out");
        if (!utf8_valid(x->reason) || utf8_count(x->reason) > REASON_CHARS_MAX)
                return err_set(ctx->err, ERR_TOO_BIG, "reason", "理由最多 %d 个字", "At most %d characters",
                               REASON_CHARS_MAX);
        if (x->asked.n == 0 || x->approved.n == 0)
                return err_set(ctx->err, ERR_MISSING, x->asked.n ? "approved" : "asked", "须有申请人和批准人",
                               "Who asks and who approves must be named");
        if (str_eq(x->asked, x->approved))
                return err_set(ctx->err, ERR_RULE, "approved", "申请人不能批准自己的剔除申请",
                               "Nobody approves what they ask for themselves");
        return OK;
}

int insight_exclude(struct ctx *ctx, const struct exclusion *x)
{
        struct sql_insight_is_counted_row found;
        int64_t changed = 0;
        int rc = check(ctx, x);
        if (rc == OK)
                rc = sql_insight_is_counted(
                        ctx->tx, ctx->arena,
                        &(struct sql_insight_is_counted_in){ .town = ctx->town, .matter = x->matter }, &found);
        if (rc == OK)
                rc = sql_insight_exclude(ctx->tx,
                                         &(struct sql_insight_exclude_in){ .town = ctx->town,
                                                                           .matter = x->matter,
                                                                           .reason = x->reason,
                                                                           .asked = x->asked,
                                                                           .approved = x->approved,
                                                                           .at = ctx->now },
                                         &changed);
        if (rc == OK && changed == 0)
                return err_set(ctx->err, ERR_EXISTS, "id", "这件事项已经剔除", "This matter was left out before");
        return rc;
}
