#include "matter/inner/known.h"
#include <json-c/json.h>
#include "matter/inner/verify.h"
#include "matter/inner/voices.h"
#include "matter/inner/write.h"
#include "matter/voices_sql.h"
#include "people/audit.h"

/* ---- parts of a step ------------------------------------------------------------------------------------------------------- */

/* Clocks that an announcement starts. */
static uint32_t own_clocks(const struct procedure *p)
{
        uint32_t set = 0;
        for (size_t i = 0; i < p->n_actions; i++)
                for (size_t k = 0; (action_records(&p->action[i]) & RECORD_BIT(RECORD_ANNOUNCEMENT)) && k < p->action[i].effects.n; k++)
                        if (p->action[i].effects.row[k].kind == EFFECT_START)
                                set |= p->action[i].effects.row[k].set;
        return set;
}

uint32_t known_facts(const struct procedure *p, const struct matter *m)
{
        struct clock_set set;
        uint32_t own = own_clocks(p);
        bool named = false;
        for (size_t i = 0; i < p->n_clocks; i++)
                named = named || ((own >> i & 1) && str_find(m->clocks, p->clock[i].code) >= 0);
        if (!named || clock_set_parse(m->clocks, &set) != OK)
                return 0;
        for (size_t i = 0; i < p->n_clocks; i++)
                if ((own >> i & 1) && clock_set_find(&set, p->clock[i].code))
                        return FACT_BIT(FACT_ANNOUNCED);
        return 0;
}

static int refuse(struct ctx *ctx, int code, const char *field, const char *zh, const char *en)
{
        return err_set(ctx->err, code, field, "%1$s%2$.0s", "%1$.0s%2$s", zh, en);
}

static struct str text_of(const struct step *s, const char *name)
{
        const struct step_value *v = step_value(s, name);
        return v && v->given ? v->text : STR("");
}

static int announced_is(struct ctx *ctx, int64_t id, bool want)
{
        struct known_cause c;
        int rc = known_get(ctx, id, &c);
        if (rc == OK && !want)
                return refuse(ctx, ERR_STATE, "id", "已经公告过，请改预计恢复时间", "It is announced already; move its time instead");
        if (rc == ERR_NONE && want)
                return refuse(ctx, ERR_STATE, "id", "这件事项没有公告为已知原因", "This matter was not announced as a known cause");
        return rc == ERR_NONE ? OK : rc;
}

static int check_places(struct ctx *ctx, const struct town *t, struct str places)
{
        struct str rest = places, code;
        size_t n = 0;
        while (str_split(&rest, ' ', &code)) {
                if (code.n == 0)
                        continue;
                if (!place_find(&t->places, code))
                        return err_set(ctx->err, ERR_UNKNOWN, "places", "没有地点 " STR_FMT, "There is no place " STR_FMT, STR_ARG(code));
                n++;
        }
        if (n > 0 && n <= KNOWN_PLACES_MAX)
                return OK;
        return err_set(ctx->err, ERR_RANGE, "places", "应有 1 至 %d 个地点", "1 to %d places are needed", KNOWN_PLACES_MAX);
}

static struct str last_of(struct str path)
{
        size_t at = path.n;
        while (at > 0 && path.p[at - 1] != '/')
                at--;
        return (struct str){ path.p + at, path.n - at };
}

static int judge_new(struct ctx *ctx, const struct town *t, const struct matter *m, struct known_cause *c)
{
        struct known_causes now;
        if (m->respondent.n)
                return refuse(ctx, ERR_RULE, "action", "反映单位或人员的诉求不公告", "A complaint about a unit or person is not announced");
        if (subject_find(&t->subjects, c->subject) == SUBJECT_NONE)
                return refuse(ctx, ERR_UNKNOWN, "subject", "没有这个事项类别", "There is no such subject");
        int rc = check_places(ctx, t, c->places);
        if (rc == OK)
                rc = announced_is(ctx, m->id, false);
        if (rc == OK)
                rc = known_list(ctx, &now);
        if (rc == OK && now.n >= KNOWN_MAX)
                rc = err_set(ctx->err, ERR_RULE, "text", "生效的公告已有 %d 条，请先答复结束一些", "%d announcements are in force; answer some first", KNOWN_MAX);
        return rc;
}

static int take_new(struct ctx *ctx, const struct town *t, const struct matter *m, const struct step *s, const struct known_cause *asked,
                    struct known_cause *c)
{
        const struct step_value *since = step_value(s, "since");
        *c = (struct known_cause){ .cause = m->id, .subject = asked && asked->subject.n ? asked->subject : m->subject,
                                   .places = asked && asked->places.n ? asked->places : last_of(m->path), .by = actor_text(ctx->arena, ctx->actor),
                                   .text = text_of(s, "text"), .text_en = text_of(s, "text_en"), .why = STR(""), .was = INSTANT_NONE,
                                   .since = since && since->given ? (struct instant){ since->number } : ctx->now };
        return judge_new(ctx, t, m, c);
}

static int take_move(struct ctx *ctx, const struct matter *m, const struct step *s, struct known_cause *c)
{
        struct str text = text_of(s, "text"), text_en = text_of(s, "text_en");
        int rc = announced_is(ctx, m->id, true);
        if (rc == OK)
                rc = known_get(ctx, m->id, c);
        if (rc != OK)
                return rc;
        c->was = c->until;
        c->why = text_of(s, "reason");
        c->text = text.n ? text : c->text;
        c->text_en = text_en.n ? text_en : text.n ? STR("") : c->text_en; /* English of other words would say what is no longer so */
        c->moved++;
        return OK;
}

int known_judge(struct ctx *ctx, const struct town *t, const struct matter *m, const struct step *s, const struct known_cause *asked, struct known_change *ret)
{
        const struct step_value *until = step_value(s, "until");
        if (!(s->records & KNOWN_RECORDS))
                return OK;
        int rc = s->records & RECORD_BIT(RECORD_ANNOUNCEMENT) ? take_new(ctx, t, m, s, asked, &ret->c) : take_move(ctx, m, s, &ret->c);
        if (rc != OK)
                return rc;
        ret->c.until = (struct instant){ until ? until->number : 0 };
        if (ret->c.until.us <= ctx->now.us || ret->c.until.us <= ret->c.since.us)
                return refuse(ctx, ERR_RANGE, "until", "预计恢复时间须在现在和开始时间之后", "The time of restoring lies after now and after the beginning");
        ret->is = true;
        return OK;
}

void known_body(struct json *j, const struct known_change *k)
{
        if (!k->is)
                return;
        json_key(j, "known");
        json_open(j);
        json_kstr(j, "subject", k->c.subject);
        json_kstr(j, "places", k->c.places);
        json_kinstant(j, "since", k->c.since);
        json_kinstant(j, "until", k->c.until);
        json_kinstant(j, "was", k->c.was);
        json_kint(j, "moved", k->c.moved);
        json_close(j);
}

int known_save(struct ctx *ctx, const struct matter *m, const struct known_change *k)
{
        const struct known_cause *c = &k->c;
        if (!k->is)
                return OK;
        if (c->moved > 0)
                return sql_matter_known_move(ctx->tx, &(struct sql_matter_known_move_in){ ctx->town, m->id, c->until, c->was, c->text, c->text_en, c->why, c->moved });
        return sql_matter_known_add(ctx->tx, &(struct sql_matter_known_add_in){ ctx->town, m->id, c->subject, c->places, c->since, c->until, c->text, c->text_en, c->by }, NULL);
}

int known_erase(struct ctx *ctx, int64_t cause)
{
        return sql_matter_known_erase(ctx->tx, &(struct sql_matter_known_erase_in){ ctx->town, cause }, NULL);
}

/* ---- by the door ----------------------------------------------------------------------------------------------------------- */

#define FORM_MAX 5

static void fill(struct form_value *form, size_t *n, const char *name, struct str value)
{
        if (value.n)
                form[(*n)++] = (struct form_value){ str_of(name), value };
}

static struct str time_text(struct ctx *ctx, struct instant at)
{
        char text[40];
        return instant_is_none(at) ? STR("") : str_dup(ctx->arena, str_of(instant_format(at, text)));
}

/* The action of the matter's procedure that does so. */
static int step_by(struct ctx *ctx, const struct town *t, const struct matter_action *who, enum procedure_record record, const struct form_value *form,
                   size_t n, const struct known_cause *c, struct matter *ret)
{
        struct matter m;
        struct matter_action a = *who;
        int rc = matter_get(ctx, who->id, &m);
        if (rc == OK)
                rc = announced_is(ctx, who->id, record == RECORD_NEW_TIME);
        if (rc != OK)
                return rc;
        int at = voice_records(town_procedure(t, m.proc), m.state, record);
        if (at < 0)
                return refuse(ctx, ERR_STATE, "id", "这件事项现在不能公告，或公告已经结束", "This matter cannot be announced now, or its announcement is over");
        a.action = town_procedure(t, m.proc)->action[at].code;
        a.form = form;
        a.n_form = n;
        a.known = c;
        return matter_act(ctx, t, &a, ret);
}

int known_announce(struct ctx *ctx, const struct town *t, const struct matter_action *who, const struct known_cause *c, struct matter *ret)
{
        struct form_value form[FORM_MAX];
        size_t n = 0;
        fill(form, &n, "until", time_text(ctx, c->until));
        fill(form, &n, "since", time_text(ctx, c->since));
        fill(form, &n, "text", c->text);
        fill(form, &n, "text_en", c->text_en);
        return step_by(ctx, t, who, RECORD_ANNOUNCEMENT, form, n, c, ret);
}

int known_open(struct ctx *ctx, const struct town *t, const struct intake *k, const struct matter_action *who, const struct known_cause *c, const struct code *code,
               struct matter *ret)
{
        int rc = matter_open(ctx, t, k, who->id, code, MATTER_ANONYMOUS);
        return rc == OK ? known_announce(ctx, t, who, c, ret) : rc;
}

int known_move(struct ctx *ctx, const struct town *t, const struct matter_action *who, const struct known_move *to, struct matter *ret)
{
        struct form_value form[FORM_MAX];
        size_t n = 0;
        fill(form, &n, "until", time_text(ctx, to->until));
        fill(form, &n, "reason", to->why);
        fill(form, &n, "text", to->text);
        fill(form, &n, "text_en", to->text_en);
        return step_by(ctx, t, who, RECORD_NEW_TIME, form, n, NULL, ret);
}

/* ---- reading --------------------------------------------------------------------------------------------------------------- */

/* The statements return rows of one shape; only their C types differ. */
#define KNOWN_OF(r)                                                                                                                       \
        ((struct known_cause){ (r)->cause, (r)->subject, (r)->places, (r)->announcer, (r)->said, (r)->said_en, (r)->why, (r)->since, (r)->until, \
                               (r)->was, (r)->moved, (r)->voices })

int known_get(struct ctx *ctx, int64_t cause, struct known_cause *ret)
{
        struct sql_matter_known_get_row r;
        int rc = sql_matter_known_get(ctx->tx, ctx->arena, &(struct sql_matter_known_get_in){ ctx->town, cause }, &r);
        if (rc == OK)
                *ret = KNOWN_OF(&r);
        return rc;
}

int known_list(struct ctx *ctx, struct known_causes *ret)
{
        struct sql_matter_known_rows rows;
        int rc = sql_matter_known(ctx->tx, ctx->arena, &(struct sql_matter_known_in){ ctx->town, KNOWN_MAX }, &rows);
        if (rc != OK)
                return rc;
        *ret = (struct known_causes){ arena_array(ctx->arena, struct known_cause, rows.n), rows.n };
        for (size_t i = 0; i < rows.n; i++)
                ret->row[i] = KNOWN_OF(&rows.row[i]);
        return OK;
}

static bool inside(struct str path, struct str place)
{
        return str_starts(path, place) && (path.n == place.n || path.p[place.n] == '/');
}

/* How special the place of @c is in which @path lies, 0 = in none. */
static size_t reaches(const struct town *t, const struct known_cause *c, struct str path)
{
        struct str rest = c->places, code;
        size_t best = 0;
        while (str_split(&rest, ' ', &code)) {
                const struct place *p = code.n ? place_find(&t->places, code) : NULL;
                if (p && p->path.n > best && inside(path, p->path))
                        best = p->path.n;
        }
        return best;
}

const struct known_cause *known_for(const struct town *t, const struct known_causes *all, const struct intake *k, struct instant now)
{
        const struct known_cause *best = NULL;
        size_t special = 0;
        if (!k->subject || !k->place || k->urgent || k->in.respondent.n)
                return NULL;
        for (size_t i = 0; i < all->n; i++) {
                const struct known_cause *c = &all->row[i];
                uint32_t subject = subject_find(&t->subjects, c->subject);
                if (subject == SUBJECT_NONE || !subject_covers(&t->subjects, subject, k->match.subject) || now.us < c->since.us || now.us >= c->until.us)
                        continue;
                size_t here = reaches(t, c, k->path);
                if (here > special) {
                        best = c;
                        special = here;
                }
        }
        return best;
}

int known_join(struct ctx *ctx, const struct town *t, int64_t id, const struct known_cause *c, struct matter *ret)
{
        struct ctx as = *ctx;
        struct form_value form[] = { { STR("cause"), str_printf(ctx->arena, "%lld", (long long)c->cause) }, { STR("reason"), c->text } };
        struct matter_action a = { .id = id, .rights = UINT64_MAX, .form = form, .n_form = COUNT(form) };
        as.actor = voice_actor(c->by);
        return matter_act_voice(&as, t, &a, &(struct voice_turn){ .cause = c->cause, .what = TURN_JOINS }, ret);
}

/* ---- proof ----------------------------------------------------------------------------------------------------------------- */

/* What the last announcement in the chain said. */
static int last_said(struct ctx *ctx, int64_t cause, struct known_cause *ret)
{
        struct event_rows events;
        int rc = event_of(ctx, cause, &events);
        *ret = (struct known_cause){ .subject = STR(""), .places = STR(""), .until = INSTANT_NONE };
        for (size_t i = 0; rc == OK && i < events.n; i++) {
                JSON_AUTO doc = NULL;
                if (json_parse(events.row[i].e.body, &doc, NULL) != OK)
                        continue;
                struct json_object *known = json_get(doc, "known");
                if (!json_get(known, "places") || instant_parse(json_text(json_get(known, "until")), &ret->until) != OK)
                        continue;
                ret->subject = str_dup(ctx->arena, json_text(json_get(known, "subject")));
                ret->places = str_dup(ctx->arena, json_text(json_get(known, "places")));
                ret->moved = json_object_get_int(json_get(known, "moved"));
        }
        return rc;
}

static int verify_one(struct ctx *ctx, struct matter_check *check, const struct sql_matter_known_page_row *r)
{
        ARENA_AUTO arena = { 0 };
        struct ctx own = *ctx;
        struct known_cause said;
        own.arena = &arena;
        int rc = last_said(&own, r->cause, &said);
        if (rc == OK && (said.until.us != r->until.us || said.moved != r->moved || !str_eq(said.subject, r->subject) || !str_eq(said.places, r->places)))
                verify_fault(ctx, check, r->cause, "公告与其经过不符", "what is announced is not what its events say");
        return rc;
}

int known_verify(struct ctx *ctx, struct matter_check *check)
{
        for (int64_t after = 0;;) {
                ARENA_AUTO page = { 0 };
                struct sql_matter_known_page_rows rows;
                int rc = store_read_renew(ctx->tx);
                if (rc == OK)
                        rc = sql_matter_known_page(ctx->tx, &page, &(struct sql_matter_known_page_in){ ctx->town, after, VERIFY_PAGE }, &rows);
                if (rc != OK || rows.n == 0)
                        return rc;
                for (size_t i = 0; rc == OK && i < rows.n; i++)
                        rc = verify_one(ctx, check, &rows.row[i]);
                if (rc != OK)
                        return rc;
                after = rows.row[rows.n - 1].cause;
        }
}
