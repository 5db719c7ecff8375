#include "base/json.h"
#include "matter/intake.h"
#include "matter/order.h"

/* The explanation is kept byte for byte for years: keys keep their order, and nothing is written that a later version of the
 * town could read differently. Codes only: people's words are not in it, but for the catalogue's own words that were found, and a post
 * stands for whoever holds it, since everybody may ask who answers. */
#define WHY_MAX 16384
#define WHY_ROWS 12

static void where(struct json *j, const struct intake *k)
{
        json_key(j, "place");
        json_open(j);
        json_kc(j, "how", located_name(k->at.how));
        json_kstr(j, "grid", k->at.grid);
        json_kstr(j, "building", k->at.building);
        json_kstr(j, "chosen", k->in.place);
        json_kstr(j, "thing", k->in.thing);
        if (k->found) {
                json_kc(j, "found_by", found_how_name(k->found->how));
                json_kstr(j, "found", k->found->thing ? k->found->thing->code : k->found->place->code);
        }
        if (k->in.has_point) {
                json_key(j, "lat");
                json_double(j, k->in.point.lat, 7);
                json_key(j, "lon");
                json_double(j, k->in.point.lon, 7);
                json_kc(j, "datum", datum_name(k->in.datum));
                json_key(j, "accuracy");
                if (k->in.accuracy_m < 0)
                        json_null(j);
                else
                        json_double(j, k->in.accuracy_m, 1);
                json_key(j, "metres");
                json_double(j, k->at.metres, 1);
        }
        json_kbool(j, "tie", k->at.tie);
        json_kbool(j, "ask", k->at.ask);
        json_kstr(j, "agreement", k->at.agreement);
        json_key(j, "others");
        json_list(j);
        for (size_t i = 0; i < k->at.n_others && i < COUNT(k->at.others); i++)
                json_str(j, k->at.others[i]);
        json_end(j);
        json_close(j);
}

static void what(struct json *j, const struct town *t, const struct intake *k)
{
        json_key(j, "subject");
        json_open(j);
        json_kstr(j, "code", k->subject ? k->subject->code : STR(""));
        json_kc(j, "how", match_how_name(k->match.how));
        json_kint(j, "score", k->match.score);
        json_kc(j, "by", matcher_classifier(t->matcher)->name);
        json_key(j, "words");
        json_list(j);
        for (uint32_t i = 0; i < k->match.n_words; i++)
                json_str(j, k->match.words[i].text);
        json_end(j);
        json_key(j, "others");
        json_list(j);
        for (uint32_t i = 0; i < k->match.n_others; i++)
                json_str(j, t->subjects.row[k->match.others[i].subject].code);
        json_end(j);
        json_close(j);
        json_key(j, "danger");
        json_list(j);
        for (uint32_t i = 0; i < k->signs.n_dangers; i++)
                json_c(j, danger_kinds[k->signs.danger[i].kind].code);
        json_end(j);
        json_key(j, "other_doors");
        json_list(j);
        for (uint32_t i = 0; i < k->signs.n_channels; i++)
                json_c(j, channel_kinds[k->signs.channel[i].kind].code);
        json_end(j);
}

static void rows_looked_at(struct json *j, const struct town *t, const struct lead *l)
{
        json_key(j, "rows");
        json_list(j);
        for (uint32_t i = 0; i < l->n_rows && i < WHY_ROWS; i++) {
                json_open(j);
                json_kstr(j, "duty", t->duties.row[l->row[i].duty].code);
                json_kc(j, "lost", lead_lost_name(l->row[i].lost));
                json_close(j);
        }
        json_end(j);
        json_kint(j, "rows_all", l->n_rows);
}

static void who(struct json *j, const struct town *t, const struct intake *k)
{
        const struct lead *l = &k->lead;
        json_key(j, "lead");
        json_open(j);
        json_kc(j, "how", k->by_desk ? "desk" : lead_how_name(l->how));
        json_kstr(j, "org", k->suggested ? k->suggested->code : k->unit->code);
        if (k->duty) {
                json_kstr(j, "duty", k->duty->code);
                json_kc(j, "list", duty_list_name(k->duty->list));
                json_kstr(j, "basis", k->duty->basis);
                json_key(j, "condition");
                json_list(j);
                for (uint32_t i = 0; i < k->duty->n_condition; i++) {
                        json_str(j, k->duty->condition[i].fact);
                        json_str(j, k->duty->condition[i].value);
                }
                json_end(j);
        }
        json_kstr(j, "agreement", l->agreement);
        json_kbool(j, "interim", l->interim);
        json_kbool(j, "joint_look", l->joint_look);
        json_kbool(j, "recalled", l->recalled);
        json_key(j, "missing");
        json_list(j);
        for (uint32_t i = 0; i < l->n_missing; i++)
                json_str(j, l->missing[i]);
        json_end(j);
        rows_looked_at(j, t, l);
        json_close(j);
        json_kstr(j, "unit", k->unit->code);
        json_kc(j, "reach", org_reach_name(k->unit->reach));
        json_kstr(j, "assist", k->assist);
        json_key(j, "post");
        json_open(j);
        json_kstr(j, "code", k->post.post);
        json_kstr(j, "title", k->post.title);
        json_kbool(j, "backup", k->post.backup);
        json_close(j);
        json_kbool(j, "duty_officer_alarmed", k->signs.alarm && k->duty_officer);
        if (k->night)
                json_kbool(j, "with_duty_officer", true);
}

static void upstream(struct json *j, const struct intake *k)
{
        const struct order *o = k->in.order;
        if (!o || !order_owed(o))
                return;
        json_key(j, "upstream");
        json_open(j);
        json_kstr(j, "system", o->system);
        json_kinstant(j, "due", o->due);
        json_kinstant(j, "ours", o->ours);
        json_close(j);
}

static void until(struct json *j, const struct town *t, const struct intake *k)
{
        json_key(j, "clocks");
        json_list(j);
        for (size_t i = 0; i < k->clocks.n; i++) {
                const struct clock *c = &k->clocks.row[i];
                static const char *const from[] = { [CLOCK_FROM_TOWN] = "town", [CLOCK_FROM_DUTY] = "duty", [CLOCK_FROM_ORDER] = "upstream" };
                const struct town_limit *l = c->from == CLOCK_FROM_TOWN ? town_limit(t, c->source) : NULL;
                const struct upstream *up = c->from == CLOCK_FROM_ORDER ? upstream_find(&t->upstreams, c->source) : NULL;
                json_open(j);
                json_kstr(j, "clock", c->code);
                json_kint(j, "limit", c->limit);
                json_kc(j, "unit", due_unit_name(c->unit));
                json_kbool(j, "roll", c->roll == DUE_ROLL_STATUTORY);
                json_kc(j, "from", from[c->from]);
                json_kstr(j, "id", c->source);
                json_kstr(j, "source", l ? l->source : up ? up->margin.source : (k->duty && c->from == CLOCK_FROM_DUTY ? k->duty->basis : STR("")));
                json_kinstant(j, "due", c->due);
                json_kbool(j, "provisional", c->provisional);
                json_close(j);
        }
        json_end(j);
        json_kstr(j, "calendar", calendar_version(town_time(t, k->unit).calendar));
}

void intake_explain(struct ctx *ctx, const struct town *t, struct intake *k)
{
        BUF_AUTO out = BUF(WHY_MAX);
        struct json j = json_to(&out);
        json_open(&j);
        json_kint(&j, "format", 1);
        json_kinstant(&j, "at", ctx->now);
        json_kint(&j, "town", t->id);
        json_kint(&j, "town_version", t->version);
        where(&j, k);
        what(&j, t, k);
        json_key(&j, "facts");
        json_open(&j);
        for (size_t i = 0; i < k->in.n_facts; i++) {
                json_key(&j, str_c(ctx->arena, k->in.fact[i].fact));
                json_str(&j, k->in.fact[i].value);
        }
        json_close(&j);
        json_kbool(&j, "urgent", k->urgent);
        who(&j, t, k);
        json_kstr(&j, "state", k->state);
        upstream(&j, k);
        until(&j, t, k);
        json_close(&j);
        if (out.over)
                BUG("an explanation past its ceiling"); /* every list in it is bounded */
        k->why = str_dup(ctx->arena, buf_view(&out));
}
