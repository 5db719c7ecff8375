#include "matter/intake.h"
#include "matter/inner/fair.h"
#include "matter/inner/order.h"
#include "matter/inner/night.h"

/* ---- where ------------------------------------------------------------------------------------------------------- */

static int place_chosen(struct ctx *ctx, const struct town *t, struct intake *k)
{
        const struct place *p = place_find(&t->places, k->in.place);
        if (!p)
                return err_set(ctx->err, ERR_UNKNOWN, "place", "没有这个地点：" STR_FMT, "There is no such place: " STR_FMT,
                               STR_ARG(k->in.place));
        k->place = p;
        k->at = (struct located){ .how = LOCATED_INSIDE };
        for (const struct place *up = p; up; up = up->up == MAP_NONE ? NULL : &t->places.row[up->up]) {
                if (up->kind == PLACE_BUILDING)
                        k->at.building = up->code;
                if (up->kind == PLACE_GRID)
                        k->at.grid = up->code;
        }
        if (p->kind < PLACE_COMMUNITY)
                k->place = NULL; /* "somewhere in the township" is not a place yet: the desk asks */
        return OK;
}

static int thing_named(struct ctx *ctx, const struct town *t, struct intake *k, const struct thing **ret)
{
        *ret = NULL;
        if (k->in.thing.n == 0)
                return OK;
        *ret = thing_find(&t->things, k->in.thing);
        if (!*ret)
                return err_set(ctx->err, ERR_UNKNOWN, "thing", "没有这个编号的设施：" STR_FMT, "There is no thing with number " STR_FMT,
                               STR_ARG(k->in.thing));
        if (k->in.place.n == 0 && !k->in.has_point && (*ret)->place.n) {
                k->in.place = (*ret)->place;
        } else if (k->in.place.n == 0 && !k->in.has_point && (*ret)->has_point) {
                k->in.has_point = true;
                k->in.point = (*ret)->point;
                k->in.datum = DATUM_WGS84;
                k->in.accuracy_m = 0;
        }
        return OK;
}

/* Whoever chose, pointed at a map or read a number off has said where; else what they said is taken, where only one thing or place can
 * be meant. Everything less is for the desk. */
static void take_said(struct ctx *ctx, const struct town *t, struct intake *k)
{
        struct place_hits hits;
        if (k->in.said.n == 0 || k->in.place.n || k->in.thing.n || k->in.has_point)
                return;
        gazetteer_find(t->gazetteer, ctx->arena, &t->ground, k->in.said, instant_day(ctx->now), false, &hits);
        if (hits.n == 0 || !hits.row[0].certain)
                return;
        struct place_hit *taken = arena_new(ctx->arena, struct place_hit);
        *taken = hits.row[0];
        k->found = taken;
        if (taken->thing)
                k->in.thing = taken->thing->code;
        else
                k->in.place = taken->place->code;
}

static int settle_place(struct ctx *ctx, const struct town *t, struct intake *k)
{
        struct locate_in in = { .has_point = k->in.has_point, .p = k->in.point, .datum = k->in.datum,
                                .accuracy_m = k->in.accuracy_m, .on = instant_day(ctx->now) };
        k->at = (struct located){ .how = LOCATED_DESK };
        if (k->in.place.n)
                return place_chosen(ctx, t, k);
        if (!k->in.has_point)
                return OK;
        int rc = locate(&t->ground, &in, &k->at, ctx->err);
        if (rc == OK && k->at.how != LOCATED_DESK)
                k->place = place_find(&t->places, k->at.building.n ? k->at.building : k->at.grid);
        return rc;
}

/* ---- about what --------------------------------------------------------------------------------------------------- */

static int settle_subject(struct ctx *ctx, const struct town *t, struct intake *k)
{
        if (k->in.subject.n && subject_find(&t->subjects, k->in.subject) == SUBJECT_NONE)
                return err_set(ctx->err, ERR_UNKNOWN, "subject", "没有这个事项类别：" STR_FMT, "There is no such subject: " STR_FMT,
                               STR_ARG(k->in.subject));
        struct match_in in = { .choice = k->in.subject, .title = k->in.title, .text = k->in.words };
        match_subject(&t->subjects, matcher_classifier(t->matcher), ctx->arena, &in, &k->match);
        if (k->match.subject != SUBJECT_NONE)
                k->subject = &t->subjects.row[k->match.subject];
        signposts_read(t->signposts, ctx->arena, k->in.title, k->in.words, &k->signs);
        k->urgent = k->in.urgent || k->signs.alarm;
        return OK;
}

/* ---- who ---------------------------------------------------------------------------------------------------------- */

static void add_fact(struct duty_pair *fact, uint32_t *n, struct str name, struct str value)
{
        for (uint32_t i = 0; i < *n; i++)
                if (str_eq(fact[i].fact, name))
                        return; /* what was said of this case goes before what the register says of the thing */
        if (value.n)
                fact[(*n)++] = (struct duty_pair){ name, value };
}

/* The register names owners by org code. Conditions of this subject may do so too (owner=wuye), or speak of kinds in words of their own
 * (owner=property): of those the register knows nothing, and the fact stays unknown. */
static bool owners_by_code(const struct town *t, uint32_t subject)
{
        for (uint32_t i = 0; i < t->duties.n; i++) {
                const struct duty *d = &t->duties.row[i];
                for (uint32_t c = 0; d->subject == subject && c < d->n_condition; c++)
                        if (str_is(d->condition[c].fact, "owner") && org_find(&t->orgs, d->condition[c].value))
                                return true;
        }
        return false;
}

static uint32_t known_facts(const struct town *t, const struct intake *k, const struct thing *thing, struct day on, struct duty_pair *fact)
{
        uint32_t n = 0;
        for (size_t i = 0; i < k->in.n_facts; i++)
                add_fact(fact, &n, k->in.fact[i].fact, k->in.fact[i].value);
        if (thing) {
                bool warranted = !day_is_none(thing->warranty_until) && on.n <= thing->warranty_until.n;
                add_fact(fact, &n, STR("kind"), thing->kind);
                if (thing->owner.n && owners_by_code(t, k->match.subject))
                        add_fact(fact, &n, STR("owner"), thing->owner);
                add_fact(fact, &n, STR("warranty"), warranted ? STR("yes") : STR("no"));
        }
        return n;
}

/* Who is complained about, and their unit, do not answer: the matter goes one level up (信访工作条例 第三十条). */
static const struct org *above_respondent(const struct town *t, const struct org *unit, struct str respondent)
{
        const struct org *accused = accused_org(t, respondent);
        if (!accused || !org_below(&t->orgs, unit->code, accused->code))
                return unit;
        if (accused->up != ORG_NONE)
                return &t->orgs.row[accused->up];
        const struct org *upper = org_find(&t->orgs, t->upper);
        return upper ? upper : unit;
}

static int settle_unit(struct ctx *ctx, const struct town *t, struct intake *k, const struct thing *thing)
{
        struct str path[LEAD_PATH_MAX];
        struct duty_pair fact[INTAKE_FACTS_MAX + 4];
        struct day on = instant_day(ctx->now);
        struct lead_in in = { .subject = k->match.subject, .path = path, .fact = fact, .day = on };
        k->path = k->place ? k->place->path : t->path;
        in.n_path = lead_path(k->path, path);
        in.n_fact = known_facts(t, k, thing, on, fact);
        if (thing && thing->keeper.n) {
                const struct org *keeper = org_find(&t->orgs, thing->keeper);
                in.keeper = thing->keeper;
                in.keeper_committee = keeper && keeper->kind == ORG_COMMITTEE;
        }
        lead_find(&t->book, ctx->arena, &in, &k->lead);
        k->duty = k->lead.duty == DUTY_NONE ? NULL : &t->duties.row[k->lead.duty];
        struct str code = k->lead.org;
        if (k->at.how == LOCATED_AGREEMENT && org_find(&t->orgs, k->at.agreement_lead))
                code = k->at.agreement_lead;
        if (k->in.unit.n) {
                code = k->in.unit;
                k->by_desk = true;
        }
        k->unit = org_find(&t->orgs, code);
        if (!k->unit && k->in.unit.n)
                return err_set(ctx->err, ERR_UNKNOWN, "unit", "没有这个单位：" STR_FMT, "There is no such unit: " STR_FMT, STR_ARG(code));
        if (!k->unit)
                return err_set(ctx->err, ERR_RULE, "unit", "本地没有兜底单位", "This town has no fallback unit");
        k->unit = above_respondent(t, k->unit, k->in.respondent);
        return OK;
}

static void settle_assist(struct ctx *ctx, const struct town *t, struct intake *k)
{
        BUF_AUTO out = BUF(2048);
        const struct org *accused = accused_org(t, k->in.respondent);
        for (uint32_t i = 0; i < k->lead.n_assist; i++) {
                if (str_eq(k->lead.assist[i], k->unit->code) || (accused && org_below(&t->orgs, k->lead.assist[i], accused->code)))
                        continue;
                if (out.n)
                        buf_char(&out, ';');
                buf_str(&out, k->lead.assist[i]);
        }
        k->assist = str_dup(ctx->arena, buf_view(&out));
}

/* Somebody in person. A unit without an account is reached by letter, phone or upstream: the desk carries it there. */
static void settle_post(struct ctx *ctx, const struct town *t, struct intake *k, bool placing)
{
        struct str about = k->in.respondent;
        struct post_query q = { .org = k->unit->code, .path = k->path, .day = instant_day(ctx->now), .except = about,
                                .right = placing ? RIGHT_MATTER_DISPATCH : RIGHT_MATTER_SIGN };
        k->duty_officer = roster_officer(&t->roster, ctx->now);
        if (k->duty_officer && kept_out(t, ctx->arena, k->duty_officer->login, q.day, about))
                k->duty_officer = NULL;
        if (fair_post(t, ctx->arena, &q, about, &k->post) == OK)
                return;
        q.right = RIGHT_MATTER_DISPATCH;
        if (fair_post(t, ctx->arena, &q, about, &k->post) == OK)
                return;
        for (uint32_t up = k->unit->up; up != ORG_NONE; up = t->orgs.row[up].up) {
                q.org = t->orgs.row[up].code;
                if (fair_post(t, ctx->arena, &q, about, &k->post) == OK)
                        return;
        }
        q.org = t->fallback;
        if (fair_post(t, ctx->arena, &q, about, &k->post) != OK)
                k->post = (struct post_choice){ .post = STR(""), .title = STR(""), .login = STR("") };
}

static void settle_person(struct ctx *ctx, const struct town *t, struct intake *k, bool placing)
{
        settle_post(ctx, t, k, placing);
        struct night_ask q = { k->unit, k->path, k->in.respondent };
        const struct staff_member *officer = k->urgent ? night_officer(ctx, t, &q) : NULL;
        if (!officer)
                return;
        k->night = true;
        k->post.login = officer->login;
}

int intake_settle(struct ctx *ctx, const struct town *t, const struct intake_in *in, struct intake *k)
{
        const struct thing *thing;
        *k = (struct intake){ .in = *in, .path = t->path };
        if (source_find(in->source) == SOURCES)
                return err_set(ctx->err, ERR_UNKNOWN, "source", "没有这种来源：" STR_FMT, "There is no such source: " STR_FMT, STR_ARG(in->source));
        if (in->respondent.n && !org_find(&t->orgs, in->respondent) && !staff_find(&t->staff, in->respondent))
                return err_set(ctx->err, ERR_UNKNOWN, "about", "没有这个单位或人员", "There is no such unit or member of staff");
        take_said(ctx, t, k);
        int rc = thing_named(ctx, t, k, &thing);
        if (rc == OK)
                rc = settle_place(ctx, t, k);
        if (rc == OK)
                rc = settle_subject(ctx, t, k);
        if (rc == OK)
                rc = settle_unit(ctx, t, k, thing);
        if (rc != OK)
                return rc;
        bool placing = in->desk_first || (!k->by_desk && (!k->place || !k->subject));
        if (placing) {
                k->suggested = k->unit;
                k->unit = org_find(&t->orgs, t->fallback);
                if (!k->unit)
                        return err_set(ctx->err, ERR_RULE, "unit", "本地没有兜底单位", "This town has no fallback unit");
                k->unit = above_respondent(t, k->unit, in->respondent);
        }
        settle_assist(ctx, t, k);
        settle_person(ctx, t, k, placing);
        return OK;
}

/* ---- until when --------------------------------------------------------------------------------------------------- */

uint32_t intake_facts(const struct intake *k)
{
        uint32_t facts = FACT_BIT(FACT_LEAD_KNOWN);
        if (k->place)
                facts |= FACT_BIT(FACT_PLACE_KNOWN);
        if (k->subject)
                facts |= FACT_BIT(FACT_SUBJECT_KNOWN);
        if (k->by_desk || !k->lead.joint_look)
                facts |= FACT_BIT(FACT_COVERED);
        if (k->in.anonymous)
                facts |= FACT_BIT(FACT_ANONYMOUS);
        if (k->urgent)
                facts |= FACT_BIT(FACT_URGENT);
        if (k->in.order)
                facts |= order_facts(k->in.order, INSTANT_NONE);
        return facts;
}

static int limit_of(const void *arg, struct str id, struct clock_limit *ret)
{
        const struct town_limit *l = town_limit(arg, id);
        if (!l)
                return ERR_NONE;
        *ret = (struct clock_limit){ l->limit, l->unit, l->roll ? DUE_ROLL_STATUTORY : DUE_ROLL_NONE };
        return OK;
}

struct clock_ground unit_ground(const struct town *t, const struct org *unit, bool urgent)
{
        struct working_time time = town_time(t, unit);
        return (struct clock_ground){ .calendar = time.calendar, .hours = time.hours, .urgent = urgent, .town = limit_of, .arg = t };
}

struct clock_ground intake_ground(const struct town *t, const struct intake *k)
{
        struct clock_ground g = unit_ground(t, k->unit, k->urgent);
        if (k->duty && k->duty->limit > 0) {
                g.duty = (struct clock_limit){ k->duty->limit, k->duty->unit, DUE_ROLL_NONE };
                g.duty_code = k->duty->code;
        }
        if (k->in.order)
                order_ground(k->in.order, &g);
        return g;
}

struct instant promised_due(const struct clock_set *set)
{
        struct instant last = INSTANT_NONE;
        for (size_t i = 0; i < set->n; i++) {
                if (set->row[i].kind == CLOCK_PROMISED)
                        return set->row[i].due;
                if (last.us < set->row[i].due.us)
                        last = set->row[i].due;
        }
        return last;
}

const struct procedure *town_procedure(const struct town *t, struct str code)
{
        for (size_t i = 0; i < t->n_procedures; i++)
                if (str_eq(t->procedures[i]->code, code))
                        return t->procedures[i];
        return t->procedures[0];
}

int intake_decide(struct ctx *ctx, const struct town *t, const struct intake_in *in, struct intake *k)
{
        int rc = intake_settle(ctx, t, in, k);
        if (rc != OK)
                return rc;
        const struct procedure *p = town_procedure(t, STR("request"));
        struct form_value words = { STR("words"), in->words };
        struct step_ask ask = { .state = STATE_NONE, .action = STR("submit"), .actor = ACTOR_PUBLIC, .value = &words, .n_values = 1,
                                .facts = intake_facts(k), .now = ctx->now, .since = INSTANT_NONE };
        struct step step;
        struct clock_ground ground = intake_ground(t, k);
        rc = procedure_step(p, &ask, &step, ctx->err);
        if (rc == OK)
                rc = clock_set_step(&k->clocks, p, &step, &ground, ctx->now, ctx->err);
        if (rc != OK)
                return rc;
        k->state = p->state[step.to].code;
        k->notify = step.notify;
        k->due = promised_due(&k->clocks);
        intake_explain(ctx, t, k);
        return OK;
}
