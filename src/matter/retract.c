/* Taking back a matter that came in with a table: it ends as withdrawn, and what was written goes. */
#include "matter/retract.h"
#include "base/json.h"
#include "matter/erase.h"
#include "matter/inner/write.h"

/* Alarms ring by themselves; whatever a person or another system did counts. */
static int untouched(struct ctx *ctx, const struct matter *m)
{
        struct event_rows story;
        int rc = event_of(ctx, m->id, &story);
        if (rc != OK)
                return rc;
        bool touched = m->voices > 0 || m->cause != MATTER_NO_CAUSE || !m->open;
        for (size_t i = 1; i < story.n; i++)
                touched = touched || !str_starts(story.row[i].e.actor, STR("system"));
        if (!touched)
                return OK;
        return err_set(ctx->err, ERR_STATE, "matter", "事项 %lld 已有人办理过，不能随批次撤销", "Somebody has worked on matter %lld; it cannot be undone with its batch",
                       (long long)m->id);
}

/* The state of its procedure that means "taken back"; one of the town's own may have no such, then any end will do. */
static struct str end_state(const struct procedure *p)
{
        struct str any = STR("withdrawn");
        for (size_t i = p->n_states; i > 0; i--) {
                if (str_is(p->state[i - 1].code, "withdrawn"))
                        return p->state[i - 1].code;
                if (p->state[i - 1].final)
                        any = p->state[i - 1].code;
        }
        return any;
}

int matter_retract(struct ctx *ctx, const struct town *t, int64_t id, struct str batch)
{
        struct matter m;
        struct clock_set set;
        int rc = matter_get(ctx, id, &m);
        if (rc == OK)
                rc = untouched(ctx, &m);
        if (rc != OK)
                return rc;
        struct str from = m.state;
        m.state = end_state(town_procedure(t, m.proc));
        m.open = false;
        m.closed = ctx->now;
        if (clock_set_parse(m.clocks, &set) != OK)
                return err_set(ctx->err, ERR_SCHEMA, "clocks", "时限数据损坏", "The clocks of this matter are damaged");
        for (size_t i = 0; i < set.n; i++)
                if (clock_runs(&set.row[i]))
                        set.row[i].stopped = ctx->now;
        matter_take_clocks(ctx, &m, &set);
        BUF_AUTO body = BUF(EVENT_BODY_MAX);
        struct json j = json_to(&body);
        json_open(&j);
        json_kstr(&j, "from", from);
        json_kstr(&j, "to", m.state);
        json_kstr(&j, "import", batch);
        json_close(&j);
        struct change c = { .kind = "retracted", .body = str_dup(ctx->arena, buf_view(&body)), .at = ctx->now };
        struct notes notes = { 0 };
        change_note(ctx, &m, &notes, &c);
        rc = matter_save(ctx, &m, &notes);
        if (rc == OK && m.order.state != ORDER_NONE)
                rc = order_drop(ctx, id);
        return rc == OK ? matter_erase(ctx, id, str_printf(ctx->arena, "导入批次 " STR_FMT " 撤销", STR_ARG(batch)), NULL) : rc;
}
