#include "matter/inner/asking.h"

uint32_t asking_facts(const struct town *t, const struct matter *m)
{
        uint32_t facts = 0;
        if (str_is(m->asked, "pause"))
                facts |= FACT_BIT(FACT_PAUSE_ASKED);
        if (str_is(m->asked, "extension"))
                facts |= FACT_BIT(FACT_EXTENSION_ASKED);
        if (str_is(m->asked, "shelving"))
                facts |= FACT_BIT(FACT_SHELVING_ASKED);
        if (m->pauses < t->pause_times)
                facts |= FACT_BIT(FACT_MAY_PAUSE);
        if (m->extensions < t->extend_times)
                facts |= FACT_BIT(FACT_MAY_EXTEND);
        return facts;
}

int asking_fits(struct ctx *ctx, const struct town *t, const struct matter *m, struct str what)
{
        uint32_t facts = asking_facts(t, m);
        enum procedure_fact asks = str_is(what, "pause") ? FACT_MAY_PAUSE : FACT_MAY_EXTEND;
        if (str_is(what, "shelving") || (facts & FACT_BIT(asks)))
                return OK;
        const struct say why = procedure_facts[asks].no;
        return err_set(ctx->err, ERR_RULE, "what", "%1$s%2$.0s", "%1$.0s%2$s", why.zh, why.en);
}

static int moved_no_further(struct ctx *ctx, const struct town *t, const struct matter *m, struct instant from, struct instant to)
{
        const struct town_limit *l = town_limit(t, STR("extend"));
        struct working_time time = town_time(t, org_find(&t->orgs, m->unit));
        struct due due;
        char latest[40];
        if (!l)
                return err_set(ctx->err, ERR_NONE, "limit", "town.yaml 没有“extend”这项时限", "town.yaml has no limit \"extend\"");
        struct due_spec spec = { .start = from, .limit = l->limit, .unit = l->unit };
        int rc = due_compute(time.calendar, time.hours, &spec, &due, ctx->err);
        if (rc != OK || to.us <= due.at.us)
                return rc;
        return err_set(ctx->err, ERR_RANGE, "more", "延期最晚到 %s", "More time than until %s is not granted", instant_format(due.at, latest));
}

int extension_fits(struct ctx *ctx, const struct town *t, const struct matter *m, const struct clock_set *before, const struct clock_set *after)
{
        int rc = OK;
        for (size_t i = 0; rc == OK && i < before->n && i < after->n; i++)
                if (after->row[i].extended > before->row[i].extended)
                        rc = moved_no_further(ctx, t, m, before->row[i].due, after->row[i].due);
        return rc;
}

/* What waits is nobody's to promise: upstream has to be asked first, and then its new deadline stands in the order. One that has passed
 * already holds nobody up: it has rung. */
static int waits_no_longer(struct ctx *ctx, const struct matter *m, const char *field, struct instant until)
{
        const struct order *o = &m->order;
        char latest[40];
        if (!order_owed(o) || instant_is_none(o->ours) || o->ours.us <= ctx->now.us || until.us <= o->ours.us)
                return OK;
        return err_set(ctx->err, ERR_RANGE, field, "不能晚于上级派单的本地时限 %s，须先请上级延长", "must not lie beyond %s, our deadline of the order from upstream; ask upstream for more time first",
                       instant_format(o->ours, latest));
}

int asking_fits_order(struct ctx *ctx, const struct matter *m, uint64_t records, struct instant until, const struct clock_set *before,
                      const struct clock_set *after)
{
        int rc = OK;
        if (records & (RECORD_BIT(RECORD_PAUSE) | RECORD_BIT(RECORD_SHELVING)))
                return waits_no_longer(ctx, m, "until", until);
        for (size_t i = 0; rc == OK && (records & RECORD_BIT(RECORD_EXTENSION)) && i < before->n && i < after->n; i++)
                if (after->row[i].extended > before->row[i].extended)
                        rc = waits_no_longer(ctx, m, "more", after->row[i].due);
        return rc;
}

void asking_take(struct matter *m, uint64_t records, struct str what, struct instant until, bool left_state, struct str actor)
{
        if (left_state) { /* whatever was asked for is decided, or no longer matters */
                m->asked = m->asked_by = STR("");
                m->shelved_until = INSTANT_NONE;
        }
        if (records & RECORD_BIT(RECORD_REQUEST)) {
                m->asked = what;
                m->asked_by = actor;
        }
        m->pauses += records & RECORD_BIT(RECORD_PAUSE) ? 1 : 0;
        m->extensions += records & RECORD_BIT(RECORD_EXTENSION) ? 1 : 0;
        if (records & RECORD_BIT(RECORD_SHELVING))
                m->shelved_until = until;
}

void asking_body(struct json *j, const struct matter *m, uint64_t records)
{
        if (records & RECORD_BIT(RECORD_REQUEST)) {
                json_key(j, "asked");
                json_open(j);
                json_kstr(j, "what", m->asked);
                json_close(j);
        }
        if (!(records & ASKING_RULINGS))
                return;
        json_key(j, "granted");
        json_open(j);
        json_kint(j, "pauses", m->pauses);
        json_kint(j, "extensions", m->extensions);
        json_kinstant(j, "shelved_until", m->shelved_until);
        json_close(j);
}
