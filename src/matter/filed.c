#include "matter/filed.h"
#include <json-c/json.h>
#include "base/json.h"
#include "matter/inner/verify.h"
#include "matter/filed_sql.h"

int filed_add(struct ctx *ctx, int64_t matter)
{
        return sql_matter_filed_add(ctx->tx, &(struct sql_matter_filed_add_in){ ctx->town, matter, ctx->actor.name }, NULL);
}

int filed_by_asker(struct ctx *ctx, int64_t matter)
{
        struct sql_matter_filed_get_row row;
        int rc = ERR_NONE;
        if (ctx->actor.kind == ACTOR_KEY)
                rc = sql_matter_filed_get(ctx->tx, ctx->arena, &(struct sql_matter_filed_get_in){ ctx->town, matter }, &row);
        if (rc == OK && !str_eq(row.filed_by, ctx->actor.name))
                rc = ERR_NONE;
        if (rc == ERR_NONE)
                return err_set(ctx->err, ERR_NONE, "service_request_id", "没有这件事项", "There is no such request");
        return rc;
}

/* The state an event led to, where it led to another one; NULL else. */
static const struct procedure_state *state_reached(const struct town *t, const struct sql_matter_filed_steps_row *r)
{
        JSON_AUTO body = NULL;
        if (json_parse(r->body, &body, NULL) != OK)
                return NULL;
        const struct procedure *p = town_procedure(t, r->proc);
        struct str from = json_text(json_get(body, "from")), to = json_text(json_get(body, "to"));
        int at = from.n && to.n && !str_eq(from, to) ? procedure_state_find(p, to) : -1;
        return at < 0 ? NULL : &p->state[at];
}

int filed_steps(struct ctx *ctx, const struct town *t, struct instant since, struct instant until, struct filed_steps *ret)
{
        struct sql_matter_filed_steps_rows rows;
        struct sql_matter_filed_steps_in in = {
                .town = ctx->town, .filed_by = ctx->actor.name, .since = since, .before = until, .max = FILED_STEPS_MAX
        };
        int rc = sql_matter_filed_steps(ctx->tx, ctx->arena, &in, &rows);
        if (rc != OK)
                return rc;
        *ret = (struct filed_steps){ .row = arena_array(ctx->arena, struct filed_step, rows.n) };
        for (size_t i = 0; i < rows.n; i++) {
                const struct sql_matter_filed_steps_row *r = &rows.row[i];
                const struct procedure_state *to = state_reached(t, r);
                if (to)
                        ret->row[ret->n++] = (struct filed_step){ r->matter, r->n, r->at, to };
        }
        return OK;
}

int filed_verify(struct ctx *ctx, struct matter_check *c)
{
        struct sql_matter_filed_wrong_rows rows;
        int rc = sql_matter_filed_wrong(ctx->tx, ctx->arena, &(struct sql_matter_filed_wrong_in){ ctx->town }, &rows);
        for (size_t i = 0; rc == OK && i < rows.n; i++)
                verify_fault(ctx, c, rows.row[i].matter, "登记的对外系统与其经过不符", "its row names another system than the one that filed it");
        return rc;
}
