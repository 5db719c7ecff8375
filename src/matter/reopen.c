#include "matter/inner/fair.h"
#include "matter/inner/reopen.h"

uint32_t reopen_facts(const struct town *t, const struct matter *m, struct instant now)
{
        uint32_t facts = m->reviewed ? FACT_BIT(FACT_REVIEWED) : 0;
        const struct town_limit *l = town_limit(t, STR("reopen"));
        struct working_time time = town_time(t, org_find(&t->orgs, m->unit));
        struct due due;
        if (m->open || !l || instant_is_none(m->closed))
                return facts;
        struct due_spec spec = { .start = m->closed, .limit = l->limit, .unit = l->unit };
        if (due_compute(time.calendar, time.hours, &spec, &due, NULL) != OK || now.us > due.at.us)
                return facts;
        facts |= FACT_BIT(FACT_REOPEN_OPEN);
        return m->reopened < t->reopen_times ? facts | FACT_BIT(FACT_MAY_REOPEN) : facts;
}

int reopen_has_words(struct ctx *ctx, const struct matter *m)
{
        struct str why;
        int rc = matter_why(ctx, m->id, &why);
        if (rc != ERR_NONE)
                return rc;
        return err_set(ctx->err, ERR_STATE, "action", "内容已依申请删除，无法重办，请重新反映",
                       "What was said was erased on request, so it cannot be taken up again; report it anew");
}

void reopen_begin(struct ctx *ctx, const struct town *t, struct matter *m, bool appeal, bool upstream)
{
        struct post_choice up;
        m->open = true;
        m->reopened += !upstream;
        m->closed = m->answered = m->contacted = m->signed_at = INSTANT_NONE;
        m->solved = m->satisfied = INT32_MIN;
        m->clocks = STR("1");
        if (!appeal)
                return;
        m->reviewed = true;
        if (ladder_next(ctx, t, m, &up)) {
                m->post = up.post;
                m->holder = up.login;
        }
}

void reopen_body(struct json *j, const struct matter *m, struct str clocks_before)
{
        json_key(j, "reopening");
        json_open(j);
        json_kint(j, "times", m->reopened);
        json_kbool(j, "reviewed", m->reviewed);
        json_kstr(j, "post", m->post);
        json_kstr(j, "holder", m->holder);
        json_close(j);
        json_kstr(j, "before", clocks_before);
}
