#include "api/matter_view.h"
#include <json-c/json.h>
#include "matter/files.h"
#include "people/mask.h"

static void state_of(struct json *j, const struct town *t, struct str proc, struct str state, bool public_view)
{
        const struct procedure *p = town_procedure(t, proc);
        int i = procedure_state_find(p, state);
        json_kstr(j, "state", state);
        if (i >= 0)
                view_say(j, "state_name", public_view ? p->state[i].public_word : p->state[i].name);
}

/* What stays the same for everybody who may see the matter at all. */
static void common(struct json *j, const struct town *t, const struct matter *m, bool public_view, struct arena *a)
{
        json_kid(j, "id", m->id);
        json_kint(j, "rev", m->rev);
        state_of(j, t, m->proc, m->state, public_view);
        json_kbool(j, "open", m->open);
        json_kbool(j, "urgent", m->urgent);
        view_subject(j, "subject", t, m->subject);
        view_place(j, "grid", t, m->grid);
        view_org(j, "unit", t, m->unit);
        view_post(j, "post", t, m->post, m->holder, public_view, a);
        json_kinstant(j, "opened", m->opened);
        json_kinstant(j, "due", m->due);
        json_kinstant(j, "answered", m->answered);
        json_kinstant(j, "closed", m->closed);
        json_kint(j, "reopened", m->reopened);
        json_kinstant(j, "shelved_until", m->shelved_until);
        json_key(j, "rating");
        if (m->satisfied == INT32_MIN) {
                json_null(j);
        } else {
                static const char *const solved[] = { "no", "partly", "yes" };
                json_open(j);
                json_kc(j, "solved", solved[m->solved < 0 || m->solved > 2 ? 0 : m->solved]);
                json_kint(j, "satisfied", m->satisfied);
                json_close(j);
        }
}

static void pauses_of(struct json *j, const struct clock *c)
{
        json_key(j, "pauses");
        json_list(j);
        for (size_t i = 0; i < c->n_pauses; i++) {
                json_open(j);
                json_kinstant(j, "from", c->pause[i].from);
                json_kinstant(j, "to", c->pause[i].to);
                json_close(j);
        }
        json_end(j);
}

static void clocks_of(struct json *j, const struct town *t, const struct matter *m, bool public_view)
{
        const struct procedure *p = town_procedure(t, m->proc);
        struct clock_set clocks;
        json_key(j, "clocks");
        json_list(j);
        if (clock_set_parse(m->clocks, &clocks) == OK) {
                for (size_t i = 0; i < clocks.n; i++) {
                        const struct clock *c = &clocks.row[i];
                        int at = procedure_clock_find(p, c->code);
                        if (public_view && at >= 0 && p->clock[at].kind != CLOCK_PROMISED && p->clock[at].kind != CLOCK_STATUTORY &&
                            p->clock[at].kind != CLOCK_CONTACT)
                                continue;
                        json_open(j);
                        json_kstr(j, "code", c->code);
                        if (at >= 0) {
                                view_say(j, "name", p->clock[at].name);
                                json_kc(j, "kind", clock_kind_words[p->clock[at].kind]);
                                json_kstr(j, "source", p->clock[at].source);
                        }
                        json_kinstant(j, "started", c->started);
                        json_kinstant(j, "due", c->due);
                        json_kbool(j, "provisional", c->provisional);
                        json_kinstant(j, "stopped", c->stopped);
                        json_kint(j, "alarmed", c->level);
                        json_kint(j, "extended", c->extended);
                        pauses_of(j, c);
                        json_close(j);
                }
        }
        json_end(j);
}

/* Steps that are the office's own affair, or would name staff. @action NULL: no action of the procedure. */
static bool for_reporter(struct str kind, const struct procedure_action *action)
{
        static const uint64_t inner = RECORD_BIT(RECORD_CONFERENCE) | RECORD_BIT(RECORD_RETURN) | RECORD_BIT(RECORD_OVERRULED) |
                                      RECORD_BIT(RECORD_CALL_IN) | RECORDS_OF_A_TASK | RECORD_BIT(RECORD_REQUEST) | RECORD_BIT(RECORD_REFUSAL) |
                                      RECORD_BIT(RECORD_VERIFICATION) | RECORD_BIT(RECORD_MISSED_CALL) | RECORD_BIT(RECORD_RETURN_UPSTREAM) |
                                      RECORD_BIT(RECORD_GIVEN_BACK) | RECORD_BIT(RECORD_REPLY_UPSTREAM);
        if (action && (action_records(action) & inner))
                return false;
        return !str_is(kind, "alarm") && !str_is(kind, "task_alarm") && !str_is(kind, "task_raised");
}

/* The step is told, not what was written about it: why the desk thinks it the same may speak of others. */
static bool only_named(const struct procedure_action *action)
{
        for (size_t i = 0; i < action->effects.n; i++)
                if (action->effects.row[i].kind == EFFECT_RECORD && action->effects.row[i].record == RECORD_JOINING)
                        return true;
        return false;
}

/* Duties that should have been another person's, and were not: those who read are not deceived about it. */
static void apart_of(struct json *j, struct str body)
{
        JSON_AUTO o = NULL;
        struct err err = { 0 };
        if (str_find(body, STR("\"apart\":")) < 0 || json_parse(body, &o, &err) != OK)
                return;
        struct str apart = json_text(json_get(o, "apart"));
        if (str_is(apart, "desk"))
                view_say(j, "apart", (struct say){ "由调度中心的人员办理", "Done by the dispatch desk" });
        else if (str_is(apart, "alone"))
                view_say(j, "apart", (struct say){ "没有其他人员，由参与过办理的同一人完成", "Done by somebody who had a part in it: there is nobody else" });
}

static void story_of(struct json *j, const struct procedure *p, const struct matter_story *s, bool public_view)
{
        json_key(j, "story");
        json_list(j);
        for (size_t i = 0; i < s->n; i++) {
                const struct matter_step *step = &s->row[i];
                int action = procedure_action_find(p, step->e.kind);
                if (public_view && !for_reporter(step->e.kind, action < 0 ? NULL : &p->action[action]))
                        continue;
                json_open(j);
                json_kint(j, "n", step->e.n);
                json_kinstant(j, "at", step->e.at);
                json_kstr(j, "kind", step->e.kind);
                if (action >= 0)
                        view_say(j, "name", p->action[action].name);
                apart_of(j, step->e.body);
                if (!public_view) {
                        json_kstr(j, "actor", step->e.actor);
                        json_key(j, "codes");
                        json_raw(j, step->e.body.n ? step->e.body : STR("null"));
                }
                if (step->words.n && !(public_view && action >= 0 && only_named(&p->action[action]))) {
                        json_key(j, "words");
                        json_raw(j, step->words);
                }
                if (step->erased.n)
                        json_kstr(j, "erased", step->erased);
                json_close(j);
        }
        json_end(j);
}

static void file_of(struct json *j, const struct matter_file *f)
{
        json_open(j);
        json_kint(j, "k", f->k);
        json_kint(j, "n", f->n);
        json_kstr(j, "kind", f->of.kind);
        json_kstr(j, "type", f->of.type);
        json_kint(j, "bytes", f->of.bytes);
        if (f->of.width) {
                json_kint(j, "width", f->of.width);
                json_kint(j, "height", f->of.height);
        }
        if (f->of.ms)
                json_kint(j, "ms", f->of.ms);
        if (f->of.name.n)
                json_kstr(j, "name", f->of.name);
        json_kc(j, "by", f->reporter ? "reporter" : "staff");
        json_kbool(j, "thumb", f->of.thumb.n > 0 && !f->erased.p);
        if (f->withheld)
                json_kbool(j, "withheld", true);
        if (f->erased.p)
                json_kstr(j, "erased", f->erased);
        json_close(j);
}

static void files_of(struct json *j, const struct matter_story *s, bool public_view)
{
        json_key(j, "files");
        json_list(j);
        for (size_t i = 0; i < s->files->n; i++)
                if (!public_view || s->files->row[i].shown)
                        file_of(j, &s->files->row[i]);
        json_end(j);
}

static void form_of(struct json *j, const struct procedure_action *a)
{
        json_key(j, "form");
        json_list(j);
        for (size_t i = 0; i < a->n_fields; i++) {
                const struct procedure_field *f = &a->field[i];
                json_open(j);
                json_kstr(j, "name", f->name);
                view_say(j, "label", f->label);
                json_kc(j, "type", form_type_words[f->type]);
                json_kbool(j, "required", f->required);
                if (f->type == FORM_TEXT || f->type == FORM_INT || f->type == FORM_FILES) {
                        json_kint(j, "min", f->min);
                        json_kint(j, "max", f->max);
                }
                if (f->n_choices) {
                        json_key(j, "choices");
                        json_list(j);
                        for (size_t k = 0; k < f->n_choices; k++) {
                                json_open(j);
                                json_kstr(j, "code", f->choice[k].code);
                                view_say(j, "name", f->choice[k].name);
                                json_close(j);
                        }
                        json_end(j);
                }
                json_close(j);
        }
        json_end(j);
}

void matter_view_may(struct json *j, const struct procedure_action *const *may, size_t n)
{
        json_key(j, "may");
        json_list(j);
        for (size_t i = 0; i < n; i++) {
                json_open(j);
                json_kstr(j, "action", may[i]->code);
                view_say(j, "name", may[i]->name);
                form_of(j, may[i]);
                json_close(j);
        }
        json_end(j);
}

static void may_of(struct json *j, const struct town *t, const struct matter *m, enum actor_kind kind, uint64_t rights, struct instant now)
{
        const struct procedure_action *may[PROCEDURE_ACTIONS_MAX];
        matter_view_may(j, may, matter_may(t, m, kind, rights, now, may));
}

void matter_view_reporter(struct json *j, const struct town *t, const struct matter *m, const struct matter_tasks *tasks,
                          const struct matter_story *s, const struct together *with, const struct elsewhere *e, struct instant now, struct arena *a)
{
        json_open(j);
        common(j, t, m, true, a);
        json_key(j, "together");
        if (with) {
                json_open(j);
                view_org(j, "unit", t, with->cause.unit);
                json_kinstant(j, "due", with->cause.due);
                if (with->announced) {
                        json_key(j, "known");
                        known_view(j, t, &with->known);
                }
                json_close(j);
        } else {
                json_null(j);
        }
        elsewhere_view(j, t, e, false);
        clocks_of(j, t, m, true);
        task_view_reporter(j, t, tasks);
        story_of(j, town_procedure(t, m->proc), s, true);
        files_of(j, s, true);
        may_of(j, t, m, ACTOR_REPORTER, 0, now);
        json_close(j);
}

/* Whether it may be returned until when, or was, and how that ended. */
static void return_of(struct json *j, const struct town *t, const struct matter *m)
{
        json_kinstant(j, "return_until", m->open && instant_is_none(m->returned_at) ? matter_return_until(t, m) : INSTANT_NONE);
        json_key(j, "returned");
        if (instant_is_none(m->returned_at)) {
                json_null(j);
                return;
        }
        json_open(j);
        view_org(j, "by", t, m->returned_by);
        json_kstr(j, "duty", m->returned_duty);
        json_kinstant(j, "at", m->returned_at);
        json_kinstant(j, "ruled", m->ruled_at);
        json_kc(j, "outcome", m->upheld == 1 ? "upheld" : m->upheld == 0 ? "overruled" : "waiting");
        json_close(j);
}

/* What is asked for and not decided, what was granted, and the calls after the end. */
static void asked_of(struct json *j, const struct matter *m)
{
        json_kstr(j, "asked", m->asked);
        json_kint(j, "pauses", m->pauses);
        json_kint(j, "extensions", m->extensions);
        json_key(j, "call_back");
        json_open(j);
        json_kbool(j, "open", m->call_open);
        json_kint(j, "calls", m->calls);
        json_kint(j, "days", m->call_days);
        json_kinstant(j, "last", m->last_call);
        json_kbool(j, "rated", m->call_rated);
        json_close(j);
}

/* Is the reporter to be asked where it is, how often was it tried, and who was named to find it by. */
static void placing_of(struct json *j, const struct matter *m, const struct vault_masked *householder)
{
        json_key(j, "placing");
        json_open(j);
        json_kbool(j, "call", m->place_call);
        json_kint(j, "calls", m->place_calls);
        json_key(j, "householder");
        if (householder)
                json_str(j, householder->name);
        else
                json_null(j);
        json_close(j);
}

void matter_view_staff(struct json *j, const struct town *t, const struct matter *m, const struct matter_tasks *tasks, const struct matter_story *s,
                       const struct vault_masked *reporter, const struct vault_masked *householder, const struct task_actor *who, const struct elsewhere *e, struct instant now, struct arena *a)
{
        json_open(j);
        common(j, t, m, false, a);
        json_kstr(j, "procedure", m->proc);
        json_kint(j, "town_version", m->version);
        json_kstr(j, "matched", m->matched);
        json_kstr(j, "located", m->located);
        json_kstr(j, "level", m->level);
        json_kstr(j, "duty", m->duty);
        json_kstr(j, "assist", m->assist);
        json_kstr(j, "path", m->path);
        enum source source = source_find(m->source);
        json_kstr(j, "source", m->source);
        if (source < SOURCES)
                view_say(j, "source_name", source_kinds[source].name);
        json_kint(j, "raised", m->raised);
        if (m->order.state != ORDER_NONE) {
                json_key(j, "order");
                json_open(j);
                order_view(j, t, &m->order);
                json_close(j);
        }
        json_key(j, "cause");
        if (m->cause == MATTER_NO_CAUSE)
                json_null(j);
        else
                json_id(j, m->cause);
        json_kbool(j, "waits", m->waits);
        json_kinstant(j, "signed", m->signed_at);
        json_kinstant(j, "contacted", m->contacted);
        return_of(j, t, m);
        asked_of(j, m);
        json_key(j, "reporter");
        if (reporter) {
                json_open(j);
                json_kstr(j, "name", reporter->name);
                json_kstr(j, "phone", reporter->phone);
                json_kstr(j, "address", reporter->address);
                json_kbool(j, "erased", reporter->erased);
                json_close(j);
        } else {
                json_null(j);
        }
        placing_of(j, m, householder);
        elsewhere_view(j, t, e, true);
        clocks_of(j, t, m, false);
        task_view_staff(j, t, m, tasks, who);
        story_of(j, town_procedure(t, m->proc), s, false);
        files_of(j, s, false);
        may_of(j, t, m, who->kind, who->rights, now);
        json_close(j);
}

void matter_view_item_members(struct json *j, const struct town *t, const struct matter_item *m)
{
        json_kid(j, "id", m->id);
        json_kint(j, "rev", m->rev);
        state_of(j, t, STR("request"), m->state, false);
        json_kbool(j, "open", m->open);
        json_kbool(j, "urgent", m->urgent);
        view_subject(j, "subject", t, m->subject);
        view_place(j, "grid", t, m->grid);
        view_org(j, "unit", t, m->unit);
        json_kstr(j, "post", m->post);
        json_kstr(j, "holder", m->holder);
        json_kint(j, "raised", m->raised);
        json_kint(j, "voices", m->voices);
        json_key(j, "cause");
        if (m->cause == MATTER_NO_CAUSE)
                json_null(j);
        else
                json_id(j, m->cause);
        json_kinstant(j, "opened", m->opened);
        json_kinstant(j, "due", m->due);
}

void matter_view_item(struct json *j, const struct town *t, const struct matter_item *m)
{
        json_open(j);
        matter_view_item_members(j, t, m);
        json_close(j);
}

static void signs_view(struct json *j, const struct signs *s)
{
        json_key(j, "danger");
        json_list(j);
        for (uint32_t i = 0; i < s->n_dangers; i++) {
                const struct danger_kind *d = &danger_kinds[s->danger[i].kind];
                json_open(j);
                json_kc(j, "code", d->code);
                json_kbool(j, "now", s->danger[i].now);
                json_key(j, "dial");
                json_list(j);
                for (size_t k = 0; k < COUNT(d->numbers) && d->numbers[k]; k++)
                        json_c(j, d->numbers[k]);
                json_end(j);
                view_say(j, "name", d->name);
                view_say(j, "advice", d->advice);
                json_close(j);
        }
        json_end(j);
        json_key(j, "other_doors");
        json_list(j);
        for (uint32_t i = 0; i < s->n_channels; i++) {
                const struct channel_kind *c = &channel_kinds[s->channel[i].kind];
                json_open(j);
                json_kc(j, "code", c->code);
                json_kc(j, "dial", c->number);
                view_say(j, "door", c->door);
                view_say(j, "advice", c->advice);
                json_kc(j, "basis", c->basis);
                json_close(j);
        }
        json_end(j);
}

static void subject_view(struct json *j, const struct town *t, const struct intake *k)
{
        view_subject(j, "subject", t, k->subject ? k->subject->code : STR(""));
        json_kc(j, "matched", match_how_name(k->match.how));
        json_key(j, "suggestions");
        json_list(j);
        for (uint32_t i = 0; i < k->match.n_others; i++) {
                const struct subject *s = &t->subjects.row[k->match.others[i].subject];
                json_open(j);
                json_kstr(j, "code", s->code);
                view_name(j, "name", s->name_zh, s->name_en);
                json_close(j);
        }
        json_end(j);
}

void intake_view(struct json *j, const struct town *t, const struct intake *k, const struct known_cause *known, struct arena *a)
{
        json_open(j);
        if (known) {
                json_key(j, "known");
                known_view(j, t, known);
        }
        json_kstr(j, "state", k->state);
        subject_view(j, t, k);
        view_place(j, "grid", t, k->at.grid);
        json_kc(j, "located", located_name(k->at.how));
        json_kbool(j, "is_it_here", k->at.ask);
        json_key(j, "or_here");
        json_list(j);
        for (size_t i = 0; i < k->at.n_others && i < COUNT(k->at.others); i++)
                json_str(j, k->at.others[i]);
        json_end(j);
        view_org(j, "unit", t, k->unit->code);
        view_post(j, "post", t, k->post.post, k->post.login, true, a);
        view_org(j, "likely", t, k->suggested ? k->suggested->code : STR(""));
        json_kinstant(j, "due", k->due);
        json_kbool(j, "urgent", k->urgent);
        json_key(j, "ask_for");
        json_list(j);
        for (uint32_t i = 0; i < k->lead.n_missing; i++)
                json_str(j, k->lead.missing[i]);
        json_end(j);
        signs_view(j, &k->signs);
        json_key(j, "why");
        json_raw(j, k->why);
        json_close(j);
}
