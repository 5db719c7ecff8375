#include "matter/inner/returns.h"
#include "matter/matter_sql.h"
#include "people/audit.h"

#define REVIEW_EVERY 3

static const struct clock *sign_clock(struct clock_set *set)
{
        for (size_t i = 0; i < set->n; i++)
                if (set->row[i].kind == CLOCK_SIGN)
                        return &set->row[i];
        return NULL;
}

struct instant matter_return_until(const struct town *t, const struct matter *m)
{
        const struct town_limit *l = town_limit(t, STR("return"));
        struct working_time time = town_time(t, org_find(&t->orgs, m->unit));
        struct clock_set set;
        struct due due;
        if (!l || clock_set_parse(m->clocks, &set) != OK)
                return INSTANT_NONE;
        const struct clock *sent = sign_clock(&set); /* it begins when a unit is sent the matter, each time */
        if (!sent)
                return INSTANT_NONE;
        struct due_spec spec = { .start = sent->started, .limit = l->limit, .unit = l->unit };
        return due_compute(time.calendar, time.hours, &spec, &due, NULL) == OK ? due.at : INSTANT_NONE;
}

uint32_t return_facts(const struct town *t, const struct matter *m, struct instant now)
{
        struct instant until = matter_return_until(t, m);
        uint32_t facts = instant_is_none(m->returned_at) ? 0 : FACT_BIT(FACT_RETURNED);
        if (!instant_is_none(until) && now.us <= until.us)
                facts |= FACT_BIT(FACT_RETURN_OPEN);
        return facts;
}

int return_names(struct ctx *ctx, const struct town *t, const struct matter *m, struct str unit)
{
        if (!org_find(&t->orgs, unit))
                return err_set(ctx->err, ERR_UNKNOWN, "unit", "没有这个单位", "There is no such unit");
        if (str_eq(unit, m->unit))
                return err_set(ctx->err, ERR_RULE, "unit", "这就是现在的负责单位，请写应由哪个单位负责",
                               "It is in charge already; name the unit whose matter this is");
        return OK;
}

int return_no_way_back(struct ctx *ctx, const struct matter *m, struct str unit, bool upheld)
{
        if (!m->returned_by.n || !str_eq(unit, m->returned_by) || !(upheld || m->upheld == 1))
                return OK;
        return err_set(ctx->err, ERR_RULE, "unit", "该单位的退单已成立，不能再派回", "That unit returned it rightly and does not get it again");
}

void return_body(struct json *j, const struct matter *m, bool returned, bool ruled)
{
        if (returned) {
                json_key(j, "return");
                json_open(j);
                json_kstr(j, "by", m->returned_by);
                json_kstr(j, "duty", m->returned_duty);
                json_close(j);
        }
        if (ruled) {
                json_key(j, "ruling");
                json_open(j);
                json_kbool(j, "upheld", m->upheld == 1);
                json_close(j);
        }
}

/* The row's code alone: its title may hold words of danger, and would ring the alarm. */
static int open_review(struct ctx *ctx, const struct town *t, struct str duty, int64_t times)
{
        struct intake_in in = { .title = STR("履职清单复核 Duty row to be looked at"), .subject = STR(""), .place = STR(""), .thing = STR(""),
                                .respondent = STR(""), .unit = STR(""), .source = STR("system"), .accuracy_m = -1, .anonymous = true };
        struct intake k;
        struct actor asker = ctx->actor;
        in.words = str_printf(ctx->arena,
                              "按清单条目 " STR_FMT " 派出的事项已有 %lld 次退单成立。请复核这一行：牵头单位、条件或范围是否要改。\n"
                              "Matters sent by duty row " STR_FMT " were returned rightly %lld times. Look at the row: its lead, its condition, its reach.",
                              STR_ARG(duty), (long long)times, STR_ARG(duty), (long long)times);
        int rc = intake_decide(ctx, t, &in, &k);
        if (rc != OK)
                return rc;
        struct code unused = code_new(ctx->now, ctx->chance); /* nobody follows it from outside */
        ctx->actor = (struct actor){ .kind = ACTOR_SYSTEM, .name = STR("") };
        rc = matter_open(ctx, t, &k, id_next(ctx->ids, ctx->now), &unused, MATTER_ANONYMOUS);
        ctx->actor = asker;
        return rc;
}

int return_review_list(struct ctx *ctx, const struct town *t, const struct matter *m)
{
        struct sql_matter_upheld_count_row row;
        if (!m->returned_duty.n)
                return OK;
        int rc = sql_matter_upheld_count(ctx->tx, ctx->arena, &(struct sql_matter_upheld_count_in){ ctx->town, m->returned_duty }, &row);
        return rc == OK && row.n > 0 && row.n % REVIEW_EVERY == 0 ? open_review(ctx, t, m->returned_duty, row.n) : rc;
}
