#include "base/json.h"
#include "matter/inner/apart.h"
#include "matter/inner/asking.h"
#include "matter/inner/erase.h"
#include "matter/inner/passage.h"
#include "matter/inner/callback.h"
#include "matter/inner/known.h"
#include "matter/files.h"
#include "matter/inner/order.h"
#include "matter/inner/placing.h"
#include "matter/inner/reopen.h"
#include "matter/inner/returns.h"
#include "matter/inner/told.h"
#include "matter/inner/voices.h"
#include "matter/inner/task.h"
#include "matter/inner/write.h"
#include "matter/matter_sql.h"
#include "people/audit.h"
#include "town/learned.h"

/* One action under way. */
struct doing {
        struct ctx *ctx;
        const struct town *t;
        const struct procedure *p;
        const struct matter_action *ask;
        struct matter m;
        struct intake k;              /* the decision anew, for a dispatch by the desk */
        bool settled;
        bool order_moved;              /* something about the order from upstream changed */
        struct step step;
        struct tasking tasks;
        uint64_t rights;
        struct str from, clocks;       /* before */
        struct matter_files files;     /* that come with it */
        struct instant now;
        struct voice_change voice;
        struct known_change known;
        enum apart apart;
        bool place_call;               /* before */
        int32_t place_calls;
        struct learned learned;        /* what the desk calls the place it found, where @learns */
        bool learns;
        struct passing pass;           /* between towns */
        int32_t rev;                   /* that was read */
        bool writes;                   /* from here on the rows are our own */
};

static struct str asked(const struct matter_action *a, const char *name)
{
        for (size_t i = 0; i < a->n_form; i++)
                if (str_is(a->form[i].name, name))
                        return str_trim(a->form[i].value);
        return (struct str){ 0 };
}

/* Does this action place or send it? Then the decision is made anew with what the desk knows. */
static bool sends(const struct procedure_action *a)
{
        for (size_t i = 0; i < a->effects.n; i++)
                if (a->effects.row[i].kind == EFFECT_RECORD &&
                    (a->effects.row[i].record == RECORD_PLACEMENT || a->effects.row[i].record == RECORD_ASSIGNMENT ||
                     a->effects.row[i].record == RECORD_UPHELD || a->effects.row[i].record == RECORD_GIVEN_BACK || a->effects.row[i].record == RECORD_ACCEPTANCE))
                        return true;
        return false;
}

static enum match_how match_named(struct str name)
{
        enum match_how how = 0;
        while (how < MATCH_DESK && !str_is(name, match_how_name(how)))
                how++;
        return how;
}

/* What the desk names was decided at the desk; what it leaves alone stays as it was found. */
static int settle_anew(struct doing *d)
{
        struct str place = asked(d->ask, "place"), thing = asked(d->ask, "thing"), subject = asked(d->ask, "subject");
        struct intake_in in = { .title = STR(""), .words = STR(""), .subject = subject.n ? subject : d->m.subject,
                                .place = place.n ? place : STR(""), .unit = asked(d->ask, "unit"), .thing = thing.n ? thing : STR(""),
                                .respondent = d->m.respondent, .source = d->m.source, .accuracy_m = -1,
                                .anonymous = d->m.person == MATTER_ANONYMOUS, .urgent = d->m.urgent };
        int rc = matter_recall(d->ctx, d->t, d->m.id, &in);
        if (rc == OK)
                rc = intake_settle(d->ctx, d->t, &in, &d->k);
        if (rc != OK)
                return rc;
        d->k.in.order = d->m.order.state == ORDER_NONE ? NULL : &d->m.order;
        if (d->k.subject)
                d->k.match.how = subject.n ? MATCH_DESK : match_named(d->m.matched);
        if ((place.n || thing.n) && d->k.place)
                d->k.at.how = LOCATED_DESK;
        d->settled = true;
        return OK;
}

/* What comes once more is looked at by the desk, as what comes for the first time. */
static int settle_arrival(struct doing *d)
{
        struct intake_in in = d->pass.again->in;
        in.source = d->m.source;
        in.respondent = d->m.respondent;
        in.desk_first = true;
        int rc = intake_settle(d->ctx, d->t, &in, &d->k);
        d->k.urgent = d->m.urgent || d->pass.again->urgent;
        d->settled = true;
        return rc;
}

/* Sent somewhere by lists that are no longer in force? Then it is decided anew. */
static int still_in_force(struct doing *d)
{
        struct town_label now;
        int rc = town_label(d->ctx, 0, &now);
        return rc == OK && now.version != d->t->version ? ERR_CONFLICT : rc;
}

static uint32_t facts_of(const struct doing *d)
{
        uint32_t facts;
        if (d->settled) {
                facts = intake_facts(&d->k);
                if (d->k.suggested)
                        facts &= ~FACT_BIT(FACT_LEAD_KNOWN); /* name a unit, or place and subject */
        } else {
                facts = FACT_BIT(FACT_LEAD_KNOWN);
                if (!str_eq(d->m.path, d->t->path))
                        facts |= FACT_BIT(FACT_PLACE_KNOWN);
                if (d->m.subject.n)
                        facts |= FACT_BIT(FACT_SUBJECT_KNOWN);
                if (d->m.duty.n)
                        facts |= FACT_BIT(FACT_COVERED);
                if (d->m.person == MATTER_ANONYMOUS)
                        facts |= FACT_BIT(FACT_ANONYMOUS);
        }
        facts |= known_facts(d->p, &d->m);
        facts |= return_facts(d->t, &d->m, d->now) | reopen_facts(d->t, &d->m, d->now) | asking_facts(d->t, &d->m) | order_facts(&d->m.order, d->now);
        for (int i = 0; i < LEVEL_COUNT; i++)
                if ((d->t->verify >> i & 1) && str_is(d->m.level, subject_level_name((enum subject_level)i)))
                        facts |= FACT_BIT(FACT_TO_VERIFY);
        if (d->m.call_open)
                facts |= FACT_BIT(FACT_CALL_OPEN);
        if (d->voice.turn && d->voice.turn->what == TURN_JOINS)
                facts |= FACT_BIT(FACT_CAUSE_KNOWN);
        if (d->voice.turn && d->voice.turn->what == TURN_ANSWERED)
                facts |= FACT_BIT(FACT_CAUSE_ANSWERED);
        if (d->voice.turn && d->voice.turn->what == TURN_NEWS)
                facts |= FACT_BIT(FACT_CAUSE_NEWS);
        if (d->m.tasks_open > 0)
                facts |= FACT_BIT(FACT_TASKS_OPEN);
        if (d->m.urgent)
                facts |= FACT_BIT(FACT_URGENT);
        if (d->m.satisfied != INT32_MIN)
                facts |= FACT_BIT(FACT_RATED);
        return facts;
}

static bool recorded(const struct doing *d, enum procedure_record r)
{
        return d->step.records >> r & 1;
}

static void take_rating(struct doing *d)
{
        const struct step_value *solved = step_value(&d->step, "solved"), *satisfied = step_value(&d->step, "satisfied");
        static const char *const word[] = { "no", "partly", "yes" };
        for (int32_t i = 0; solved && i < 3; i++)
                if (str_is(solved->text, word[i]))
                        d->m.solved = i;
        if (satisfied)
                d->m.satisfied = (int32_t)satisfied->number;
}

static bool ruled(const struct doing *d)
{
        return recorded(d, RECORD_UPHELD) || recorded(d, RECORD_OVERRULED);
}

static bool not_solved(const struct doing *d)
{
        return recorded(d, RECORD_REOPENING) || recorded(d, RECORD_APPEAL);
}

static bool begins_anew(const struct doing *d)
{
        return not_solved(d) || (recorded(d, RECORD_REDO_UPSTREAM) && d->step.action->reopens);
}

static void take_return(struct doing *d)
{
        if (recorded(d, RECORD_RETURN)) {
                d->m.returned_by = d->m.unit;
                d->m.returned_duty = d->m.duty;
                d->m.returned_at = d->now;
        }
        if (ruled(d)) {
                d->m.ruled_at = d->now;
                d->m.upheld = recorded(d, RECORD_UPHELD);
        }
}

#define CALLS (RECORD_BIT(RECORD_CALLBACK) | RECORD_BIT(RECORD_MISSED_CALL))
#define DEALT (RECORD_BIT(RECORD_ANSWER) | RECORD_BIT(RECORD_REQUEST) | RECORD_BIT(RECORD_RETURN))

/* What is done by somebody else than those who did what came before it. */
static int judge_apart(struct doing *d)
{
        static const struct {
                uint64_t on;
                struct apart_ask ask;
        } rule[] = {
                { RECORD_BIT(RECORD_UPHELD) | RECORD_BIT(RECORD_OVERRULED), { RIGHT_MATTER_DISPATCH, 0, RECORD_BIT(RECORD_RETURN), false } },
                { ASKING_RULINGS, { RIGHT_MATTER_APPROVE, 0, RECORD_BIT(RECORD_REQUEST), false } },
                { RECORD_BIT(RECORD_VERIFICATION), { RIGHT_MATTER_VERIFY, 0, DEALT, true } },
                { CALLS, { RIGHT_MATTER_CALLBACK, 0, DEALT | RECORD_BIT(RECORD_VERIFICATION), true } },
        };
        int rc = OK;
        for (size_t i = 0; rc == OK && i < COUNT(rule); i++) {
                if (!(d->step.records & rule[i].on))
                        continue;
                struct apart_ask ask = rule[i].ask;
                ask.rights = d->ask->rights;
                rc = apart_judge(d->ctx, d->t, &d->m, &ask, &d->apart);
        }
        return rc;
}

/* What a return, a reopening, a request, a joining, an answer and a task ask beyond their forms. */
static int judge_more(struct doing *d)
{
        int rc = OK;
        if (recorded(d, RECORD_RETURN))
                rc = return_names(d->ctx, d->t, &d->m, asked(d->ask, "unit"));
        if (rc == OK)
                rc = judge_apart(d);
        if (rc == OK)
                rc = passage_judge(d->ctx, d->t, &d->m, d->step.records, asked(d->ask, "town"), &d->pass);
        if (rc == OK && recorded(d, RECORD_REQUEST))
                rc = asking_fits(d->ctx, d->t, &d->m, asked(d->ask, "what"));
        if (rc == OK && not_solved(d) && d->ctx->actor.kind != ACTOR_REPORTER)
                rc = callback_said_no(d->ctx, &d->m);
        if (rc == OK && d->settled)
                rc = return_no_way_back(d->ctx, &d->m, d->k.unit->code, recorded(d, RECORD_UPHELD));
        if (rc == OK && begins_anew(d))
                rc = reopen_has_words(d->ctx, &d->m);
        if (rc == OK && recorded(d, RECORD_JOINING))
                rc = voice_join(d->ctx, &d->m, asked(d->ask, "cause"), &d->voice);
        if (rc == OK && recorded(d, RECORD_PARTING))
                rc = voice_part(d->ctx, d->t, &d->m);
        if (rc == OK && recorded(d, RECORD_ANSWER) && !d->voice.turn)
                rc = voice_answer(d->ctx, &d->m, asked(d->ask, "shared"));
        if (rc == OK)
                rc = known_judge(d->ctx, d->t, &d->m, &d->step, d->ask->known, &d->known);
        return rc == OK ? task_judge(d->ctx, d->t, &d->m, &d->step, &d->tasks) : rc;
}

static void take_voice(struct doing *d)
{
        d->voice.joins = recorded(d, RECORD_JOINING);
        d->voice.parts = recorded(d, RECORD_PARTING);
        if (d->voice.joins)
                d->m.cause = d->voice.cause;
        else if (d->voice.parts)
                d->m.cause = MATTER_NO_CAUSE;
        d->m.waits = d->voice.joins || (d->m.waits && !d->voice.parts && !recorded(d, RECORD_FOLLOWING) && !recorded(d, RECORD_WITHDRAWAL) && !d->step.ended);
}

/* A clock that stops because nobody has to do it any more says of nobody that it was done. */
#define NOT_DONE (RECORD_BIT(RECORD_DECLINE) | RECORD_BIT(RECORD_WITHDRAWAL) | RECORD_BIT(RECORD_RETURN_UPSTREAM))

static void take_stops(struct doing *d)
{
        for (size_t i = 0; i < d->p->n_clocks && !(d->step.records & NOT_DONE); i++) {
                if (!(d->step.stop >> i & 1))
                        continue;
                if (d->p->clock[i].kind == CLOCK_CONTACT && instant_is_none(d->m.contacted))
                        d->m.contacted = d->step.stop_at[i];
                if (d->p->clock[i].kind == CLOCK_SIGN && d->ctx->actor.kind != ACTOR_SYSTEM && !recorded(d, RECORD_HANDOVER) && instant_is_none(d->m.signed_at))
                        d->m.signed_at = d->ctx->now;
        }
}

static void take_records(struct doing *d)
{
        take_return(d);
        take_voice(d);
        if (begins_anew(d))
                reopen_begin(d->ctx, d->t, &d->m, recorded(d, RECORD_APPEAL), recorded(d, RECORD_REDO_UPSTREAM));
        order_step(d->t, &d->m, &d->step, d->ask->order, d->now, &d->order_moved);
        take_stops(d);
        if (recorded(d, RECORD_ANSWER))
                d->m.answered = d->ctx->now;
        if (recorded(d, RECORD_VERIFICATION) && str_is(asked(d->ask, "outcome"), "not_solved"))
                d->m.answered = INSTANT_NONE;
        if (recorded(d, RECORD_RATING))
                take_rating(d);
        d->m.state = d->p->state[d->step.to].code;
        if (d->step.ended) {
                d->m.open = false;
                d->m.closed = d->ctx->now;
        }
        asking_take(&d->m, d->step.records, asked(d->ask, "what"), d->step.until, !str_eq(d->from, d->m.state),
                    actor_text(d->ctx->arena, d->ctx->actor));
        placing_take(d->t, &d->m, d->step.records, d->from, asked(d->ask, "outcome"));
        callback_take(d->t, &d->m, d->step.records, d->step.ended, asked(d->ask, "outcome"), d->ctx->now,
                      d->ctx->actor.kind != ACTOR_REPORTER);
}

/* A promise made before the duty row was known takes the row's limit, counted from the same start: the resident's clock never
 * restarts. What somebody granted stands. */
static int reground_promise(struct doing *d, struct clock_set *set, const struct clock_ground *g)
{
        for (size_t i = 0; i < set->n; i++) {
                struct clock old = set->row[i];
                int at = procedure_clock_find(d->p, old.code);
                if (old.kind != CLOCK_PROMISED || at < 0 || !clock_runs(&old) || g->duty.limit == 0 || old.extended || old.n_pauses)
                        continue;
                struct step again = { .start = UINT32_C(1) << at, .to = d->step.to };
                set->row[i] = set->row[--set->n];
                return clock_set_step(set, d->p, &again, g, old.started, d->ctx->err);
        }
        return OK;
}

static int run_clocks(struct doing *d)
{
        struct clock_set set;
        if (clock_set_parse(d->m.clocks, &set) != OK)
                return err_set(d->ctx->err, ERR_SCHEMA, "clocks", "时钟数据损坏", "The clocks of this matter are damaged");
        struct clock_ground g = intake_ground(d->t, &d->k);
        g.urgent = d->m.urgent;
        order_ground(&d->m.order, &g);
        struct step own = d->step; /* those of tasks run with the task */
        uint32_t apart = task_clocks(d->p, RECORD_CALL_IN);
        own.start &= ~apart;
        own.stop &= ~apart;
        struct clock_set before = set;
        int rc = clock_set_step(&set, d->p, &own, &g, d->ctx->now, d->ctx->err);
        if (rc == OK && recorded(d, RECORD_EXTENSION))
                rc = extension_fits(d->ctx, d->t, &d->m, &before, &set);
        if (rc == OK)
                rc = asking_fits_order(d->ctx, &d->m, d->step.records, d->step.until, &before, &set);
        if (rc == OK && d->settled && !str_is(d->m.source, "handover")) /* what another town promised stands */
                rc = reground_promise(d, &set, &g);
        if (rc == OK && d->pass.again)
                passage_clocks(d->p, d->pass.again->clocks, &set);
        if (rc == OK)
                clock_set_hurry(&set, d->p, &g);
        if (rc == OK)
                matter_take_clocks(d->ctx, &d->m, &set);
        if (rc == OK && d->settled) {
                d->k.clocks = set;
                d->k.state = d->m.state;
                intake_explain(d->ctx, d->t, &d->k);
        }
        return rc;
}

static void event_body(struct doing *d, struct buf *out)
{
        struct json j = json_to(out);
        json_open(&j);
        json_kstr(&j, "from", d->from);
        json_kstr(&j, "to", d->m.state);
        for (size_t i = 0; i < d->step.action->n_fields; i++) {
                const struct procedure_field *f = &d->step.action->field[i];
                const struct step_value *v = &d->step.value[i];
                const char *name = str_c(d->ctx->arena, f->name);
                if (!v->given || f->type == FORM_TEXT || f->type == FORM_FILES)
                        continue;
                if (f->type == FORM_INSTANT)
                        json_kinstant(&j, name, (struct instant){ v->number });
                else if (f->type == FORM_CHOICE)
                        json_kstr(&j, name, v->text);
                else
                        json_kint(&j, name, v->number);
        }
        told_body(&j, d->step.notify);
        task_body(&j, &d->tasks);
        matter_files_body(&j, &d->files);
        return_body(&j, &d->m, recorded(d, RECORD_RETURN), ruled(d));
        if (begins_anew(d))
                reopen_body(&j, &d->m, d->clocks);
        voice_body(&j, &d->m, &d->voice);
        known_body(&j, &d->known);
        asking_body(&j, &d->m, d->step.records);
        callback_body(&j, &d->m, d->step.records);
        placing_body(&j, &d->m, d->place_call, d->place_calls);
        if (d->learns)
                placing_learned_body(&j, &d->learned);
        if (d->pass.changed)
                passage_body(&j, &d->pass.now);
        if (d->step.pause | d->step.resume | d->step.extend)
                moved_body(&j, d->clocks, d->m.clocks);
        if (d->apart != APART_OTHER)
                json_kc(&j, "apart", apart_word(d->apart));
        if (d->order_moved)
                order_body(&j, &d->m.order);
        if (d->settled) {
                json_kstr(&j, "grid", d->m.grid);
                json_kstr(&j, "subject", d->m.subject);
                json_kstr(&j, "unit", d->m.unit);
                json_kstr(&j, "post", d->m.post);
                json_kstr(&j, "holder", d->m.holder);
                json_kstr(&j, "duty", d->m.duty);
                json_kint(&j, "version", d->m.version);
        }
        json_close(&j);
}

static bool free_text(struct doing *d, struct buf *out)
{
        struct json j = json_to(out);
        bool any = false;
        json_open(&j);
        for (size_t i = 0; i < d->step.action->n_fields; i++) {
                const struct procedure_field *f = &d->step.action->field[i];
                if (f->type != FORM_TEXT || !d->step.value[i].given || d->step.value[i].text.n == 0)
                        continue;
                json_kstr(&j, str_c(d->ctx->arena, f->name), d->step.value[i].text);
                any = true;
        }
        json_close(&j);
        return any;
}

/* All fields of files together: whoever fills in two has one ceiling. */
static int find_files(struct doing *d)
{
        struct str tokens = { 0 };
        const char *field = "files";
        for (size_t i = 0; i < d->step.action->n_fields; i++) {
                const struct procedure_field *f = &d->step.action->field[i];
                if (f->type != FORM_FILES || !d->step.value[i].given)
                        continue;
                field = str_c(d->ctx->arena, f->name);
                tokens = tokens.n ? str_printf(d->ctx->arena, STR_FMT " " STR_FMT, STR_ARG(tokens), STR_ARG(d->step.value[i].text)) : d->step.value[i].text;
        }
        int rc = tokens.n ? matter_files_find(d->ctx, d->t, tokens, d->m.files, field, &d->files) : OK;
        d->m.files += (int32_t)d->files.n;
        return rc;
}

static int write_down(struct doing *d)
{
        BUF_AUTO body = BUF(EVENT_BODY_MAX);
        BUF_AUTO words = BUF(WORDS_MAX);
        event_body(d, &body);
        bool any = free_text(d, &words);
        if (body.over || words.over)
                return err_set(d->ctx->err, ERR_TOO_BIG, "", "填写的内容过长", "What was filled in is too long");
        struct change c = { .kind = str_c(d->ctx->arena, d->step.action->code), .body = str_dup(d->ctx->arena, buf_view(&body)),
                            .words = any ? str_dup(d->ctx->arena, buf_view(&words)) : (struct str){ 0 },
                            .why = d->settled ? d->k.why : (struct str){ 0 }, .at = d->ctx->now };
        struct notes notes = { 0 };
        change_note(d->ctx, &d->m, &notes, &c);
        int rc = matter_save(d->ctx, &d->m, &notes);
        if (rc == OK && d->order_moved)
                rc = order_save(d->ctx, d->m.id, &d->m.order);
        if (rc == OK)
                rc = task_save(d->ctx, &d->m, &d->tasks);
        if (rc == OK)
                rc = known_save(d->ctx, &d->m, &d->known);
        if (rc == OK && d->pass.changed)
                rc = passage_save(d->ctx, d->m.id, &d->pass.now);
        if (rc == OK && d->pass.again)
                rc = erase_counts_anew(d->ctx, d->m.id);
        /* The reporter sees what comes with an answer; a photo of the site that a handler keeps is the office's own. */
        return rc == OK ? matter_files_take(d->ctx, d->m.id, d->m.n, &d->files, recorded(d, RECORD_ANSWER) || recorded(d, RECORD_AMENDMENT)) : rc;
}

/* The event names what is learned, so that comes first; the matter's revision decides between two who place it at once. */
static int learn(struct doing *d)
{
        if (!recorded(d, RECORD_PLACEMENT))
                return OK;
        int rc = placing_learns(d->ctx, d->t, &d->m, asked(d->ask, "alias"), asked(d->ask, "place"), asked(d->ask, "thing"), &d->learned, &d->learns);
        if (rc != OK || !d->learns)
                return rc;
        d->learned.id = id_next(d->ctx->ids, d->ctx->now);
        return learned_propose(d->ctx, &d->learned, &d->learned.id);
}

static int load(struct doing *d)
{
        int rc = matter_get(d->ctx, d->ask->id, &d->m);
        if (rc != OK)
                return rc;
        if (d->ask->rev && d->ask->rev != d->m.rev)
                return err_set(d->ctx->err, ERR_REV, "If-Match", "事项已被更新（现为第 %d 版）", "The matter has changed (now revision %d)", (int)d->m.rev);
        d->rev = d->m.rev;
        d->p = town_procedure(d->t, d->m.proc);
        d->from = d->m.state;
        d->clocks = d->m.clocks;
        d->place_call = d->m.place_call;
        d->place_calls = d->m.place_calls;
        d->voice.cause = d->m.cause;
        d->voice.waited = d->m.waits;
        d->k.unit = org_find(&d->t->orgs, d->m.unit);
        uint32_t duty = duty_find(&d->t->duties, d->m.duty);
        d->k.duty = duty == DUTY_NONE ? NULL : &d->t->duties.row[duty];
        return OK;
}

static int try_step(struct doing *d)
{
        struct step_ask ask = { .state = procedure_state_find(d->p, d->m.state), .action = d->ask->action, .actor = d->ctx->actor.kind,
                                .rights = d->rights, .value = d->ask->form, .n_values = d->ask->n_form, .facts = facts_of(d),
                                .now = d->ctx->now, .since = whole_minute(d->m.opened) };
        return procedure_step(d->p, &ask, &d->step, d->ctx->err);
}

/* The others who said the same hear of it. */
static int tell_voices(struct doing *d)
{
        bool answered = recorded(d, RECORD_ANSWER);
        bool spoke = answered || (d->step.ended && instant_is_none(d->m.answered));
        if (d->voice.turn || !(spoke || d->known.is))
                return OK;
        return voice_begin(d->ctx, d->t, &d->m, answered ? TURN_ANSWERED : spoke ? TURN_ENDED : TURN_NEWS);
}

static int act(struct doing *d, struct matter *ret)
{
        struct ctx *ctx = d->ctx;
        int at = procedure_action_find(d->p, d->ask->action);
        int rc = task_begin(ctx, d->t, at < 0 ? NULL : &d->p->action[at], d->ask, &d->m, &d->tasks, &d->rights);
        if (rc != OK)
                return rc;
        rc = try_step(d);
        if (at >= 0 && sends(&d->p->action[at]) && (rc == OK || rc == ERR_RULE)) { /* the guard asks what the new decision says */
                rc = still_in_force(d);
                if (rc == OK)
                        rc = settle_anew(d);
                if (rc == OK)
                        rc = try_step(d);
        }
        if (rc == OK && d->pass.again)
                rc = settle_arrival(d);
        if (rc == OK && recorded(d, RECORD_DECLINE) && ctx->actor.kind != ACTOR_STAFF)
                rc = err_set(ctx->err, ERR_RIGHT, "action", "不予受理只能由具名的工作人员作出", "Only a named member of staff declines");
        if (rc == OK)
                rc = judge_more(d);
        if (rc != OK)
                return rc;
        if (d->settled)
                matter_take(&d->m, d->t, &d->k);
        take_records(d);
        rc = task_take(ctx, d->t, &d->m, &d->step, &d->tasks);
        if (rc == OK)
                rc = run_clocks(d);
        if (rc == OK)
                rc = find_files(d);
        d->writes = rc == OK;
        if (rc == OK)
                rc = learn(d);
        if (rc == OK)
                rc = write_down(d);
        if (rc == OK && recorded(d, RECORD_UPHELD))
                rc = return_review_list(ctx, d->t, &d->m);
        if (rc == OK)
                rc = tell_voices(d);
        if (rc == OK)
                *ret = d->m;
        return rc;
}

/* At READ COMMITTED what is read after the matter may be newer than the matter, and a refusal that rests on two moments is none. The store then runs
 * the command again, and it is decided on one: by the revision that was named, or by the new state. */
static int on_one_moment(struct doing *d, int rc)
{
        struct matter now;
        bool refused = rc == ERR_RULE || rc == ERR_STATE || rc == ERR_RANGE;
        if (!refused || d->writes || matter_get(d->ctx, d->ask->id, &now) != OK || now.rev == d->rev)
                return rc;
        *d->ctx->err = (struct err){ 0 };
        return ERR_CONFLICT;
}

int matter_act(struct ctx *ctx, const struct town *t, const struct matter_action *a, struct matter *ret)
{
        struct doing d = { .ctx = ctx, .t = t, .ask = a, .now = ctx->now, .rights = a->rights };
        int rc = load(&d);
        return rc == OK ? on_one_moment(&d, act(&d, ret)) : rc;
}

int matter_act_again(struct ctx *ctx, const struct town *t, const struct matter_action *a, const struct arrival *again, int64_t person, struct matter *ret)
{
        struct doing d = { .ctx = ctx, .t = t, .ask = a, .now = ctx->now, .pass = { .again = again } };
        int rc = load(&d);
        if (rc != OK)
                return rc;
        rc = try_step(&d); /* before the row is made what it will be */
        d.step = (struct step){ 0 };
        if (rc == OK)
                rc = passage_again(ctx, &d.m, &d.pass);
        d.m.person = person;
        return rc == OK ? on_one_moment(&d, act(&d, ret)) : rc;
}

int matter_act_voice(struct ctx *ctx, const struct town *t, const struct matter_action *a, const struct voice_turn *turn, struct matter *ret)
{
        struct matter_action own = *a;
        struct doing d = { .ctx = ctx, .t = t, .ask = &own, .now = ctx->now, .rights = a->rights, .voice = { .turn = turn } };
        int rc = load(&d);
        if (rc != OK)
                return rc;
        int at = voice_action(d.p, d.m.state, turn);
        if (at < 0)
                return ERR_STATE;
        own.action = d.p->action[at].code;
        return on_one_moment(&d, act(&d, ret));
}

size_t matter_may(const struct town *t, const struct matter *m, enum actor_kind kind, uint64_t rights, struct instant now,
                  const struct procedure_action **ret)
{
        const struct procedure *p = town_procedure(t, m->proc);
        struct doing d = { .t = t, .p = p, .m = *m, .now = now };
        return procedure_actions(p, procedure_state_find(p, m->state), kind, rights, facts_of(&d), ret);
}
