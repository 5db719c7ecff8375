#include "people/view.h"
#include "people/audit.h"
#include "people/view_sql.h"

int view_list(struct ctx *ctx, struct str login, struct saved_views *ret)
{
        struct sql_people_view_list_rows rows;
        int rc = sql_people_view_list(ctx->tx, ctx->arena, &(struct sql_people_view_list_in){ ctx->town, login }, &rows);
        if (rc != OK)
                return rc;
        *ret = (struct saved_views){ arena_array(ctx->arena, struct saved_view, rows.n), rows.n };
        for (size_t i = 0; i < rows.n; i++)
                ret->row[i] = (struct saved_view){ rows.row[i].name, rows.row[i].query, rows.row[i].at };
        return OK;
}

int view_put(struct ctx *ctx, struct str login, struct str name, struct str query)
{
        struct saved_views all;
        bool new = true;
        int rc = view_list(ctx, login, &all);
        if (rc != OK)
                return rc;
        for (size_t i = 0; i < all.n; i++)
                new = new && !str_eq(all.row[i].name, name);
        if (new && all.n >= VIEWS_MAX)
                return err_set(ctx->err, ERR_RANGE, "name", "最多保存 %d 个视图，请先删去不用的", "At most %d views are kept; delete one first", VIEWS_MAX);
        rc = sql_people_view_put(ctx->tx, &(struct sql_people_view_put_in){ ctx->town, login, name, query, ctx->now }, NULL);
        return rc == OK ? audit_add(ctx, "view", login, true) : rc;
}

int view_drop(struct ctx *ctx, struct str login, struct str name)
{
        int64_t n = 0;
        int rc = sql_people_view_drop(ctx->tx, &(struct sql_people_view_drop_in){ ctx->town, login, name }, &n);
        if (rc == OK && n == 0)
                return err_set(ctx->err, ERR_NONE, "name", "没有这个视图", "There is no such view");
        return rc == OK ? audit_add(ctx, "view-drop", login, true) : rc;
}

int view_drop_all(struct ctx *ctx, struct str login)
{
        return sql_people_view_drop_all(ctx->tx, &(struct sql_people_view_drop_all_in){ ctx->town, login }, NULL);
}
