#include "people/leave.h"
#include "people/audit.h"
#include "people/leave_sql.h"

int leave_add(struct ctx *ctx, const struct staff_list *staff, struct str login, struct day since, struct day until, int64_t *ret_id)
{
        if (!staff_find(staff, login))
                return err_set(ctx->err, ERR_UNKNOWN, "login", "staff.csv 里没有这个人", "There is no such member of staff");
        if (until.n < since.n || until.n - since.n >= LEAVE_DAYS_MAX || until.n < instant_day(ctx->now).n)
                return err_set(ctx->err, ERR_RANGE, "until", "应在第一天之后、今天或以后，最多 %d 天", "Needs a day not before the first, nor before today, at most %d days", LEAVE_DAYS_MAX);
        int64_t id = id_next(ctx->ids, ctx->now);
        struct sql_people_leave_add_in in = { ctx->town, id, login, since, until, actor_text(ctx->arena, ctx->actor), ctx->now };
        int rc = sql_people_leave_add(ctx->tx, &in, NULL);
        if (rc == OK)
                rc = audit_add(ctx, "leave", login, true);
        if (rc == OK)
                *ret_id = id;
        return rc;
}

int leave_drop(struct ctx *ctx, int64_t id)
{
        int64_t n = 0;
        int rc = sql_people_leave_drop(ctx->tx, &(struct sql_people_leave_drop_in){ ctx->town, id }, &n);
        if (rc == OK && n == 0)
                return err_set(ctx->err, ERR_NONE, "id", "没有这条记录", "There is no such leave");
        return rc == OK ? audit_add(ctx, "leave-end", str_printf(ctx->arena, "%lld", (long long)id), true) : rc;
}

int leave_list(struct ctx *ctx, struct day from, struct leaves *ret)
{
        struct sql_people_leave_list_rows rows;
        int rc = sql_people_leave_list(ctx->tx, ctx->arena, &(struct sql_people_leave_list_in){ ctx->town, from }, &rows);
        if (rc != OK)
                return rc;
        *ret = (struct leaves){ arena_array(ctx->arena, struct leave, rows.n), rows.n };
        for (size_t i = 0; i < rows.n; i++)
                ret->row[i] = (struct leave){ rows.row[i].id, rows.row[i].login, rows.row[i].maker, rows.row[i].since, rows.row[i].until, rows.row[i].at };
        return OK;
}

int leave_sweep(struct ctx *ctx)
{
        struct day before = { instant_day(ctx->now).n - LEAVE_REMEMBERED_DAYS };
        return sql_people_leave_sweep(ctx->tx, &(struct sql_people_leave_sweep_in){ ctx->town, before }, NULL);
}

bool leave_away(const struct leaves *l, struct str login, struct day on)
{
        for (size_t i = 0; l && i < l->n; i++)
                if (str_eq(l->row[i].login, login) && l->row[i].since.n <= on.n && on.n <= l->row[i].until.n)
                        return true;
        return false;
}

void leave_note(struct arena *a, const struct leaves *l, struct staff_list *staff)
{
        for (size_t i = 0; i < l->n; i++) {
                uint32_t who = map_get(&staff->by_login, l->row[i].login);
                if (who == MAP_NONE || staff->row[who].n_away)
                        continue;
                struct staff_away *away = arena_array(a, struct staff_away, l->n - i);
                for (size_t k = i; k < l->n; k++)
                        if (str_eq(l->row[k].login, l->row[i].login))
                                away[staff->row[who].n_away++] = (struct staff_away){ l->row[k].since, l->row[k].until };
                staff->row[who].away = away;
        }
}

uint64_t leaves_mark(const struct leaves *l)
{
        uint64_t mark = l->n;
        for (size_t i = 0; i < l->n; i++)
                mark = mark * UINT64_C(1099511628211) + (uint64_t)l->row[i].id;
        return mark;
}
