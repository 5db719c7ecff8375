#include "store/lease.h"
#include <stdio.h>
#include "store/store_sql.h"

#define NODES 1024

static int one_row(int rc, int64_t changed)
{
        return rc == OK && changed != 1 ? ERR_CONFLICT : rc;
}

static int take_first(struct ctx *ctx, struct str job, struct str holder, struct instant until, int64_t *ret_epoch)
{
        int64_t changed = 0;

        int rc = sql_lease_add(ctx->tx, &(struct sql_lease_add_in){ ctx->town, job, holder, until }, &changed);
        rc = one_row(rc, changed);
        if (rc == OK)
                *ret_epoch = 1;
        return rc;
}

int lease_take(struct ctx *ctx, struct str job, struct str holder, int seconds, int64_t *ret_epoch)
{
        struct instant until = { ctx->now.us + seconds * US_PER_SECOND };
        struct sql_lease_get_row row;
        int64_t changed = 0;

        int rc = sql_lease_get(ctx->tx, ctx->arena, &(struct sql_lease_get_in){ ctx->town, job }, &row);
        if (rc == ERR_NONE)
                return take_first(ctx, job, holder, until, ret_epoch);
        if (rc != OK)
                return rc;

        bool mine = str_eq(row.holder, holder);
        if (!mine && row.until.us > ctx->now.us)
                return ERR_BUSY;
        if (mine)
                rc = sql_lease_renew(ctx->tx, &(struct sql_lease_renew_in){ ctx->town, job, holder, row.epoch, until },
                                     &changed);
        else
                rc = sql_lease_over(ctx->tx,
                                    &(struct sql_lease_over_in){ ctx->town, job, holder, row.epoch, ctx->now, until },
                                    &changed);
        rc = one_row(rc, changed);
        if (rc == OK)
                *ret_epoch = mine ? row.epoch : row.epoch + 1;
        return rc;
}

int lease_check(struct ctx *ctx, struct str job, struct str holder, int64_t epoch)
{
        int64_t changed;
        int rc = sql_lease_held(ctx->tx, &(struct sql_lease_held_in){ ctx->town, job, holder, epoch, ctx->now },
                                &changed);
        return rc == OK && changed != 1 ? ERR_BUSY : rc;
}

int lease_list(struct ctx *ctx, struct lease_rows *ret)
{
        struct sql_lease_list_rows rows;
        int rc = sql_lease_list(ctx->tx, ctx->arena, &(struct sql_lease_list_in){ ctx->town }, &rows);
        if (rc != OK)
                return rc;
        *ret = (struct lease_rows){ arena_array(ctx->arena, struct lease_row, rows.n), rows.n };
        for (size_t i = 0; i < rows.n; i++)
                ret->row[i] = (struct lease_row){ rows.row[i].job, rows.row[i].holder, rows.row[i].epoch, rows.row[i].until };
        return OK;
}

/* ---- node numbers ----------------------------------------------------------------------------------- */
static bool node_of(struct str job, uint32_t *ret)
{
        int64_t v;
        if (!str_starts(job, STR("node-")) || str_int((struct str){ job.p + 5, job.n - 5 }, 0, NODES - 1, &v) != OK)
                return false;
        *ret = (uint32_t)v;
        return true;
}

int lease_node(struct ctx *ctx, struct str holder, int seconds, uint32_t *ret_node)
{
        struct ctx all = *ctx;
        struct sql_lease_jobs_rows used;
        bool taken[NODES] = { false };
        uint32_t node = NODES, n;
        int64_t epoch;
        char job[16];

        all.town = 0;
        int rc = sql_lease_jobs(all.tx, all.arena, &(struct sql_lease_jobs_in){ 0, all.now }, &used);
        if (rc != OK)
                return rc;
        for (size_t i = 0; i < used.n; i++) {
                if (!node_of(used.row[i].job, &n))
                        continue;
                taken[n] = true;
                if (str_eq(used.row[i].holder, holder))
                        node = n;
        }
        for (n = 0; n < NODES && node == NODES; n++)
                if (!taken[n])
                        node = n;
        if (node == NODES)
                return ERR_BUSY;
        snprintf(job, sizeof job, "node-%04u", node);
        rc = lease_take(&all, str_of(job), holder, seconds, &epoch);
        if (rc == OK)
                *ret_node = node;
        return rc == ERR_BUSY ? ERR_CONFLICT : rc; /* taken a moment ago: look again */
}
