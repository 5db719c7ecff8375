#include <json-c/json.h>
#include "matter/inner/fair.h"
#include "matter/inner/items.h"
#include "matter/inner/known.h"
#include "matter/inner/voices.h"
#include "matter/voices_sql.h"
#include "people/audit.h"

/* ---- the parts of a step --------------------------------------------------------------------------------------------- */

static bool records(const struct procedure_action *a, enum procedure_record r)
{
        for (size_t i = 0; i < a->effects.n; i++)
                if (a->effects.row[i].kind == EFFECT_RECORD && a->effects.row[i].record == r)
                        return true;
        return false;
}

bool matter_joins(const struct town *t, const struct matter *m, struct str action)
{
        const struct procedure *p = town_procedure(t, m->proc);
        int at = procedure_action_find(p, action);
        return at >= 0 && records(&p->action[at], RECORD_JOINING);
}

static int find_action(const struct procedure *p, struct str state, enum procedure_record record, bool by_itself)
{
        int at = procedure_state_find(p, state);
        for (size_t i = 0; at >= 0 && i < p->n_actions; i++) {
                const struct procedure_action *a = &p->action[i];
                if (records(a, record) && (a->system || !by_itself) && (a->from >> at & 1))
                        return (int)i;
        }
        return -1;
}

int voice_records(const struct procedure *p, struct str state, enum procedure_record record)
{
        return find_action(p, state, record, false);
}

int voice_action(const struct procedure *p, struct str state, const struct voice_turn *turn)
{
        static const enum procedure_record record[] = { [TURN_ENDED] = RECORD_PARTING, [TURN_ANSWERED] = RECORD_FOLLOWING,
                                                        [TURN_NEWS] = RECORD_INFORMING, [TURN_JOINS] = RECORD_JOINING };
        return find_action(p, state, record[turn->what], turn->what == TURN_ENDED);
}

int matter_cause_named(struct ctx *ctx, struct str text, struct matter *ret)
{
        int64_t id;
        int rc = str_int(str_trim(text), 1, INT64_MAX, &id) == OK ? matter_get(ctx, id, ret) : ERR_NONE;
        if (rc == ERR_NONE)
                return err_set(ctx->err, ERR_UNKNOWN, "cause", "没有这个编号的事项", "There is no matter with this number");
        return rc;
}

static int refuse(struct ctx *ctx, int code, const char *zh, const char *en)
{
        return err_set(ctx->err, code, "cause", "%1$s%2$.0s", "%1$.0s%2$s", zh, en);
}

/* A complaint about somebody stays apart from matters that they may see, and so does what such a matter is answered. */
static int may_join(struct ctx *ctx, const struct matter *m, const struct matter *cause)
{
        if (cause->id == m->id)
                return refuse(ctx, ERR_RULE, "不能并入自己", "A matter is not joined to itself");
        if (!cause->open || !instant_is_none(cause->answered))
                return refuse(ctx, ERR_STATE, "那件事项已有答复或已结束，请单独答复这一件", "That matter is answered or has ended; answer this one by itself");
        if (cause->waits)
                return refuse(ctx, ERR_RULE, "那件事项自己已并入别的事项，请并入同一件", "That matter is joined to another; join this one to the same");
        if (m->voices > 0)
                return refuse(ctx, ERR_RULE, "已有诉求并入这一件，请反过来并入", "Others are joined to this one; join the other to it instead");
        if (m->tasks_open > 0)
                return refuse(ctx, ERR_STATE, "还有单位在协同办理，请等其答复或先撤销", "Units that were called in still owe an answer");
        if (!str_eq(m->respondent, cause->respondent))
                return refuse(ctx, ERR_RULE, "反映单位或人员的诉求不与其他诉求合并", "A complaint about a unit or person is not joined to other matters");
        return OK;
}

/* Is it announced until when? */
static int announced(struct ctx *ctx, const struct matter *cause, struct voice_change *ret)
{
        struct known_cause known;
        int rc = known_get(ctx, cause->id, &known);
        ret->until = rc == OK ? known.until : INSTANT_NONE;
        ret->unit = cause->unit;
        return rc == ERR_NONE ? OK : rc;
}

int voice_join(struct ctx *ctx, const struct matter *m, struct str text, struct voice_change *ret)
{
        struct matter cause;
        int rc = matter_cause_named(ctx, text, &cause);
        if (rc == OK)
                rc = may_join(ctx, m, &cause);
        if (rc == OK)
                rc = sql_matter_voice_joins(ctx->tx, &(struct sql_matter_voice_joins_in){ ctx->town, cause.id });
        if (rc == OK)
                ret->cause = cause.id;
        return rc == OK ? announced(ctx, &cause, ret) : rc;
}

/* Unless the desk is who is complained about: then it stays where it was. */
static void back_to_desk(struct ctx *ctx, const struct town *t, struct matter *m)
{
        const struct org *desk = org_find(&t->orgs, t->fallback), *accused = accused_org(t, m->respondent);
        struct post_query q = { .org = t->fallback, .path = m->path, .day = instant_day(ctx->now), .except = m->respondent, .right = RIGHT_MATTER_DISPATCH };
        struct post_choice post;
        if (!desk || (accused && org_below(&t->orgs, desk->code, accused->code)) || fair_post(t, ctx->arena, &q, m->respondent, &post) != OK)
                return;
        m->unit = desk->code;
        m->unit_path = desk->path;
        m->post = post.post;
        m->holder = post.login;
}

int voice_part(struct ctx *ctx, const struct town *t, struct matter *m)
{
        back_to_desk(ctx, t, m);
        return sql_matter_voice_parts(ctx->tx, &(struct sql_matter_voice_parts_in){ ctx->town, m->cause });
}

int voice_answer(struct ctx *ctx, const struct matter *m, struct str shared)
{
        if (m->voices == 0 || m->person == MATTER_ANONYMOUS || shared.n)
                return OK;
        return err_set(ctx->err, ERR_MISSING, "shared", "有 %d 件诉求并入此件：请另写一份给他们的统一答复，不含这位诉求人的信息",
                       "%d others are joined to this matter: write an answer for them too, without anything of this reporter", (int)m->voices);
}

static void restore_body(struct json *j, struct instant until, struct str unit)
{
        json_kinstant(j, "until", until);
        json_kstr(j, "unit", unit);
}

static const char *word_of(const struct matter *m, const struct voice_change *c)
{
        if (c->turn && c->turn->what == TURN_NEWS)
                return "news";
        if (c->joins)
                return "joined";
        if (!c->waited || m->waits)
                return NULL;
        return c->parts ? "parted" : c->turn && c->turn->what == TURN_ANSWERED ? "followed" : "left";
}

void voice_body(struct json *j, const struct matter *m, const struct voice_change *c)
{
        const char *word = word_of(m, c);
        if (!word)
                return;
        json_key(j, word);
        json_open(j);
        json_kid(j, "cause", c->cause);
        if (c->turn && (c->turn->what == TURN_ANSWERED || c->turn->what == TURN_NEWS))
                json_kint(j, "n", c->turn->n);
        if (c->turn && c->turn->what == TURN_NEWS) {
                restore_body(j, c->turn->until, c->turn->unit);
                json_kinstant(j, "was", c->turn->was);
        }
        if (c->joins && !instant_is_none(c->until))
                restore_body(j, c->until, c->unit);
        if (c->joins && c->turn)
                json_kbool(j, "intake", true);
        if (c->parts) {
                json_kstr(j, "unit", m->unit);
                json_kstr(j, "post", m->post);
                json_kstr(j, "holder", m->holder);
        }
        json_close(j);
}

/* ---- the voices follow ------------------------------------------------------------------------------------------------ */

struct following {
        int64_t cause;
        struct sql_matter_following_get_row at;
        struct voice_turn turn;
        struct actor actor;
        struct form_value text;
};

struct actor voice_actor(struct str text)
{
        const struct str staff = STR("staff:"), key = STR("key:");
        if (str_starts(text, staff))
                return (struct actor){ ACTOR_STAFF, { text.p + staff.n, text.n - staff.n } };
        if (str_starts(text, key))
                return (struct actor){ ACTOR_KEY, { text.p + key.n, text.n - key.n } };
        return (struct actor){ ACTOR_SYSTEM, STR("") };
}

/* What is passed on: of an answer what is meant for all, of news the reason or, the first time, what was announced. */
static int load_words(struct ctx *ctx, struct following *f)
{
        static const char *const first[] = { [TURN_ANSWERED] = "shared", [TURN_NEWS] = "reason" };
        struct sql_matter_said_row said;
        JSON_AUTO doc = NULL;
        int rc = sql_matter_said(ctx->tx, ctx->arena, &(struct sql_matter_said_in){ ctx->town, f->cause, f->at.n }, &said);
        if (rc == OK && json_parse(said.words, &doc, NULL) != OK)
                rc = ERR_SCHEMA;
        if (rc != OK)
                return rc;
        struct json_object *own = json_get(doc, first[f->turn.what]);
        f->text = (struct form_value){ STR("text"), str_dup(ctx->arena, json_text(own ? own : json_get(doc, "text"))) };
        if (f->turn.what == TURN_NEWS)
                f->text.name = STR("reason");
        return OK;
}

static int load_news(struct ctx *ctx, struct following *f)
{
        struct known_cause known;
        struct matter cause;
        int rc = known_get(ctx, f->cause, &known);
        if (rc == OK)
                rc = matter_get(ctx, f->cause, &cause);
        if (rc != OK)
                return rc;
        f->turn.until = known.until;
        f->turn.was = known.was;
        f->turn.unit = cause.unit;
        return OK;
}

static int load_following(struct ctx *ctx, int64_t cause, struct following *f)
{
        *f = (struct following){ .cause = cause };
        int rc = sql_matter_following_get(ctx->tx, ctx->arena, &(struct sql_matter_following_get_in){ ctx->town, cause }, &f->at);
        if (rc != OK)
                return rc;
        f->turn = (struct voice_turn){ .cause = cause, .n = f->at.n, .what = (enum turn_kind)f->at.what };
        f->actor = (struct actor){ ACTOR_SYSTEM, STR("") };
        if (f->turn.what == TURN_ENDED)
                return OK;
        f->actor = voice_actor(f->at.actor);
        if (f->turn.what == TURN_NEWS)
                rc = load_news(ctx, f);
        return rc == OK ? load_words(ctx, f) : rc;
}

/* A voice that its procedure does not let follow stays where it is, with its own clocks running. */
static int follow_one(struct ctx *ctx, const struct town *t, const struct following *f, int64_t id)
{
        struct matter after;
        struct matter_action a = { .id = id, .rights = UINT64_MAX, .form = &f->text, .n_form = f->turn.what != TURN_ENDED };
        struct ctx as = *ctx;
        as.actor = f->actor;
        int rc = matter_act_voice(&as, t, &a, &f->turn, &after);
        return rc == ERR_STATE || rc == ERR_RULE || rc == ERR_NONE ? OK : rc;
}

int matter_follow(struct ctx *ctx, const struct town *t, int64_t cause, int32_t max, int *ret_n)
{
        struct following f;
        struct sql_matter_voices_waiting_rows rows;
        *ret_n = 0;
        int rc = load_following(ctx, cause, &f);
        if (rc != OK)
                return rc == ERR_NONE ? OK : rc; /* somebody else has seen to them */
        rc = sql_matter_voices_waiting(ctx->tx, ctx->arena, &(struct sql_matter_voices_waiting_in){ ctx->town, cause, f.at.upto, max }, &rows);
        for (size_t i = 0; rc == OK && i < rows.n; i++)
                rc = follow_one(ctx, t, &f, rows.row[i].id);
        if (rc != OK)
                return rc;
        *ret_n = (int)rows.n;
        if (rows.n < (size_t)max)
                return sql_matter_following_done(ctx->tx, &(struct sql_matter_following_done_in){ ctx->town, cause, f.at.n, f.at.upto });
        int64_t upto = rows.row[rows.n - 1].id;
        return sql_matter_following_move(ctx->tx, &(struct sql_matter_following_move_in){ ctx->town, cause, f.at.n, f.at.upto, upto });
}

int voice_begin(struct ctx *ctx, const struct town *t, const struct matter *m, enum turn_kind what)
{
        struct sql_matter_voices_waiting_rows rows;
        int n;
        int rc = sql_matter_voices_waiting(ctx->tx, ctx->arena, &(struct sql_matter_voices_waiting_in){ ctx->town, m->id, 0, 1 }, &rows);
        if (rc != OK || rows.n == 0)
                return rc;
        if (m->voices == 0)
                return ERR_CONFLICT; /* joined while this was being decided: decide again */
        rc = sql_matter_following_add(ctx->tx, &(struct sql_matter_following_add_in){ ctx->town, m->id, m->n, (int32_t)what, actor_text(ctx->arena, ctx->actor) }, NULL);
        return rc == OK ? matter_follow(ctx, t, m->id, MATTER_FOLLOW_MAX, &n) : rc;
}

int voice_all_told(struct ctx *ctx, int64_t id)
{
        struct sql_matter_following_get_row row;
        int rc = sql_matter_following_get(ctx->tx, ctx->arena, &(struct sql_matter_following_get_in){ ctx->town, id }, &row);
        if (rc == ERR_NONE)
                return OK;
        if (rc != OK)
                return rc;
        return err_set(ctx->err, ERR_STATE, "state", "答复还在送给并入的诉求人，请稍后再试", "Its answer is still being passed on to others; try again in a moment");
}

/* ---- reading ----------------------------------------------------------------------------------------------------------- */

int matter_voice_sum(struct ctx *ctx, int64_t cause, struct matter_voice_sum *ret)
{
        struct sql_matter_voices_sum_row row;
        int rc = sql_matter_voices_sum(ctx->tx, ctx->arena, &(struct sql_matter_voices_sum_in){ ctx->town, cause }, &row);
        if (rc == OK)
                *ret = (struct matter_voice_sum){ row.n, row.waiting, row.first_opened, row.first_due };
        return rc;
}

int matter_voices(struct ctx *ctx, int64_t cause, int64_t after, int32_t max, struct matter_items *ret)
{
        struct sql_matter_voices_rows rows;
        int rc = sql_matter_voices(ctx->tx, ctx->arena, &(struct sql_matter_voices_in){ ctx->town, cause, after, max }, &rows);
        if (rc == OK)
                TAKE_ITEMS(rows, ret, ctx->arena);
        return rc;
}

int matter_following(struct ctx *ctx, int32_t max, int64_t **ret_ids, size_t *ret_n)
{
        struct sql_matter_following_rows rows;
        int rc = sql_matter_following(ctx->tx, ctx->arena, &(struct sql_matter_following_in){ ctx->town, max }, &rows);
        if (rc != OK)
                return rc;
        *ret_ids = arena_array(ctx->arena, int64_t, rows.n);
        *ret_n = rows.n;
        for (size_t i = 0; i < rows.n; i++)
                (*ret_ids)[i] = rows.row[i].cause;
        return OK;
}
