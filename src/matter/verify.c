#include "matter/filed.h"
#include "matter/inner/task.h"
#include "matter/inner/erase.h"
#include "matter/inner/order.h"
#include "matter/inner/known.h"
#include "matter/inner/release.h"
#include "matter/inner/verify.h"
#include "matter/inner/voices.h"
#include "matter/inner/write.h"
#include "matter/matter_sql.h"
#include "matter/standing.h"

void verify_fault(struct ctx *ctx, struct matter_check *c, int64_t id, const char *zh, const char *en)
{
        if (c->faults++ == 0)
                err_set(ctx->err, ERR_RULE, "matter", "事项 %lld：%s%.0s", "Matter %lld: %.0s%s", (long long)id, zh, en);
}

static bool some_clock_runs(struct str text)
{
        struct clock_set set;
        bool any = false;
        if (clock_set_parse(text, &set) != OK)
                return false;
        for (size_t i = 0; i < set.n; i++)
                any = any || clock_runs(&set.row[i]);
        return any;
}

static void verify_row(struct ctx *ctx, struct matter_check *c, const struct sql_matter_verify_page_row *r)
{
        c->matters++;
        if (!r->hash.p || !str_eq(r->hash, r->chain))
                verify_fault(ctx, c, r->id, "与其最后一条记录不符", "its row does not end its chain");
        if (r->open && r->unit.n == 0)
                verify_fault(ctx, c, r->id, "没有责任单位", "nobody owns it");
        if (r->voices != r->named)
                verify_fault(ctx, c, r->id, "并入的诉求数不符", "its voices are not those that name it");
        if (r->open && !some_clock_runs(r->clocks))
                verify_fault(ctx, c, r->id, "没有时限", "it has no clock");
}

static int verify_rows(struct ctx *ctx, struct matter_check *c)
{
        for (int64_t after = 0;;) {
                ARENA_AUTO page = { 0 };
                struct sql_matter_verify_page_rows rows;
                int rc = store_read_renew(ctx->tx);
                if (rc == OK)
                        rc = sql_matter_verify_page(ctx->tx, &page, &(struct sql_matter_verify_page_in){ .town = ctx->town, .after = after, .max = VERIFY_PAGE }, &rows);
                if (rc != OK || rows.n == 0)
                        return rc;
                for (size_t i = 0; i < rows.n; i++)
                        verify_row(ctx, c, &rows.row[i]);
                after = rows.row[rows.n - 1].id;
        }
}

/* The hash that the event names, out of its canonical body {"said":"…32 hex…"…}. */
static bool names_hash(struct str body, struct str hash)
{
        const struct str lead = STR(SAID_LEAD);
        return str_starts(body, lead) && body.n >= lead.n + hash.n && memcmp(body.p + lead.n, hash.p, hash.n) == 0;
}

static int verify_entries(struct ctx *ctx, struct matter_check *c)
{
        int64_t after = 0, last_erased = 0;
        int32_t after_n = 0;
        for (;;) {
                ARENA_AUTO page = { 0 };
                struct sql_matter_verify_entries_rows rows;
                int rc = store_read_renew(ctx->tx);
                if (rc == OK)
                        rc = sql_matter_verify_entries(ctx->tx, &page,
                                                       &(struct sql_matter_verify_entries_in){ .town = ctx->town, .after = after, .after_n = after_n, .max = VERIFY_PAGE },
                                                       &rows);
                if (rc != OK || rows.n == 0)
                        return rc;
                for (size_t i = 0; i < rows.n; i++) {
                        const struct sql_matter_verify_entries_row *r = &rows.row[i];
                        after = r->matter;
                        after_n = r->n;
                        if (r->erased.p) {
                                c->erased += r->matter != last_erased;
                                last_erased = r->matter;
                        } else if (!names_hash(r->body, words_hash(&page, r->salt, r->words, r->why))) {
                                verify_fault(ctx, c, r->matter, "内容与记录的指纹不符", "what was written does not have the hash its event names");
                        }
                }
        }
}

static int verify_tasks(struct ctx *ctx, struct matter_check *c)
{
        int64_t stray;
        int rc = store_read_renew(ctx->tx);
        if (rc == OK)
                rc = task_stray(ctx, &stray);
        if (rc == OK && stray != INT64_MIN)
                verify_fault(ctx, c, stray, "有不属于它的协办任务", "there is a task that it does not know of");
        return rc;
}

int matter_verify(struct ctx *ctx, struct matter_check *ret)
{
        *ret = (struct matter_check){ 0 };
        int rc = verify_rows(ctx, ret);
        if (rc == OK)
                rc = verify_entries(ctx, ret);
        if (rc == OK)
                rc = verify_events(ctx, ret);
        if (rc == OK)
                rc = verify_erased(ctx, ret);
        if (rc == OK)
                rc = known_verify(ctx, ret);
        if (rc == OK)
                rc = release_verify(ctx, ret);
        if (rc == OK)
                rc = standing_verify(ctx, ret);
        if (rc == OK)
                rc = verify_tasks(ctx, ret);
        if (rc == OK)
                rc = filed_verify(ctx, ret);
        if (rc == OK)
                rc = verify_files(ctx, ret);
        if (rc == OK)
                rc = verify_orders(ctx, ret);
        if (rc == OK)
                rc = passage_verify(ctx, ret);
        return rc == OK && ret->faults ? ERR_RULE : rc;
}
