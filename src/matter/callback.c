#include "matter/inner/callback.h"
#include "matter/matter_sql.h"

static void count_call(struct matter *m, struct instant now)
{
        if (m->calls == 0 || instant_day(m->last_call).n != instant_day(now).n)
                m->call_days++;
        m->calls++;
        m->last_call = now;
}

void callback_take(const struct town *t, struct matter *m, uint64_t records, bool ended, struct str outcome, struct instant now, bool by_staff)
{
        if (m->open) {
                m->call_open = false;
                m->calls = m->call_days = 0;
                m->last_call = INSTANT_NONE;
                m->call_rated = false;
        }
        if (ended)
                m->call_open = m->person != MATTER_ANONYMOUS && !instant_is_none(m->answered);
        if (records & (RECORD_BIT(RECORD_CALLBACK) | RECORD_BIT(RECORD_MISSED_CALL)))
                count_call(m, now);
        if (records & RECORD_BIT(RECORD_RATING)) {
                m->call_open = false;
                m->call_rated = by_staff;
        }
        if (!(records & RECORD_BIT(RECORD_MISSED_CALL)))
                return;
        bool tried = m->calls >= t->callback_calls && m->call_days >= t->callback_days;
        if (tried || str_is(outcome, "refused"))
                m->call_open = false;
}

void callback_body(struct json *j, const struct matter *m, uint64_t records)
{
        if (!(records & (RECORD_BIT(RECORD_CALLBACK) | RECORD_BIT(RECORD_MISSED_CALL))))
                return;
        json_key(j, "call");
        json_open(j);
        json_kint(j, "calls", m->calls);
        json_kint(j, "days", m->call_days);
        json_kbool(j, "open", m->call_open);
        json_close(j);
}

int callback_said_no(struct ctx *ctx, const struct matter *m)
{
        if (m->call_rated && m->solved < 2)
                return OK;
        return err_set(ctx->err, ERR_RULE, "action", "回访时诉求人说没有解决，才能代为要求重办",
                       "Staff take it up again only when the reporter was called back and said that it is not solved");
}

struct instant matter_call_due(const struct town *t, struct instant closed)
{
        const struct town_limit *l = town_limit(t, STR("callback"));
        struct working_time time = town_time(t, NULL);
        struct due due;
        if (!l || instant_is_none(closed))
                return INSTANT_NONE;
        struct due_spec spec = { .start = closed, .limit = l->limit, .unit = l->unit };
        return due_compute(time.calendar, time.hours, &spec, &due, NULL) == OK ? due.at : INSTANT_NONE;
}

int matter_calls(struct ctx *ctx, struct instant after, int64_t after_id, int32_t max, struct matter_calls *ret)
{
        struct sql_matter_list_calls_rows rows;
        struct sql_matter_list_calls_in in = { .town = ctx->town, .closed = instant_is_none(after) ? (struct instant){ INT64_MIN + 1 } : after,
                                               .after = after_id, .max = max };
        int rc = sql_matter_list_calls(ctx->tx, ctx->arena, &in, &rows);
        if (rc != OK)
                return rc;
        ret->n = rows.n;
        ret->row = arena_array(ctx->arena, struct matter_call, rows.n);
        for (size_t i = 0; i < rows.n; i++) {
                const struct sql_matter_list_calls_row *r = &rows.row[i];
                ret->row[i] = (struct matter_call){
                        .id = r->id, .rev = r->rev, .subject = r->subject, .grid = r->grid, .path = r->path, .unit = r->unit,
                        .unit_path = r->unit_path, .assist = r->assist, .called = r->called, .respondent = r->respondent, .closed = r->closed_at,
                        .calls = r->calls, .call_days = r->call_days, .last_call = r->last_call,
                };
        }
        return OK;
}
