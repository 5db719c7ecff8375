#include "matter/known.h"
#include <json-c/json.h>
#include "base/json.h"
#include "matter/inner/verify.h"
#include "matter/inner/voices.h"
#include "matter/inner/write.h"
#include "matter/voices_sql.h"
#include "people/audit.h"

#define AHEAD_MAX (366 * US_PER_DAY)

static int check_time(struct ctx *ctx, struct instant since, struct instant until)
{
        if (until.us > ctx->now.us && until.us > since.us && until.us - ctx->now.us <= AHEAD_MAX)
                return OK;
        return err_set(ctx->err, ERR_RANGE, "until", "预计恢复时间须在现在和开始时间之后，且不超过一年",
                       "The time of restoring lies after now and after the beginning, within a year");
}

static struct str known_body(struct ctx *ctx, const struct known_cause *c)
{
        BUF_AUTO out = BUF(EVENT_BODY_MAX);
        struct json j = json_to(&out);
        json_open(&j);
        json_key(&j, "known");
        json_open(&j);
        json_kstr(&j, "subject", c->subject);
        json_kstr(&j, "path", c->path);
        json_kinstant(&j, "since", c->since);
        json_kinstant(&j, "until", c->until);
        json_close(&j);
        json_close(&j);
        if (out.over)
                BUG("an event past its ceiling");
        return str_dup(ctx->arena, buf_view(&out));
}

static struct str known_words(struct ctx *ctx, struct str text, struct str why)
{
        BUF_AUTO out = BUF(WORDS_MAX);
        struct json j = json_to(&out);
        json_open(&j);
        json_kstr(&j, "text", text);
        if (why.n)
                json_kstr(&j, "reason", why);
        json_close(&j);
        return str_dup(ctx->arena, buf_view(&out));
}

/* The announcement as a step of its matter. */
static int say(struct ctx *ctx, struct matter *m, const char *kind, const struct known_cause *c)
{
        struct notes notes = { 0 };
        struct change change = { .kind = kind, .body = known_body(ctx, c), .words = known_words(ctx, c->text, c->why), .at = ctx->now };
        change_note(ctx, m, &notes, &change);
        return matter_save(ctx, m, &notes);
}

int known_open(struct ctx *ctx, const struct town *t, const struct intake *k, const struct known_cause *c, int64_t id, const struct code *code)
{
        struct matter m;
        struct known_causes now;
        int rc = check_time(ctx, c->since, c->until);
        if (rc == OK)
                rc = known_list(ctx, &now);
        if (rc == OK && now.n >= KNOWN_MAX)
                rc = err_set(ctx->err, ERR_RULE, "text", "生效的公告已有 %d 条，请先答复结束一些", "%d announcements are in force; answer some first", KNOWN_MAX);
        if (rc == OK)
                rc = matter_open(ctx, t, k, id, code, MATTER_ANONYMOUS);
        if (rc == OK)
                rc = matter_get(ctx, id, &m);
        if (rc == OK)
                rc = say(ctx, &m, "known", c);
        if (rc != OK)
                return rc;
        return sql_matter_known_add(ctx->tx, &(struct sql_matter_known_add_in){ ctx->town, id, c->subject, c->path, c->since, c->until, c->text, actor_text(ctx->arena, ctx->actor) }, NULL);
}

int known_move(struct ctx *ctx, int64_t cause, int32_t rev, struct instant until, struct str why, struct str text, struct matter *ret)
{
        struct known_cause c;
        struct matter m;
        int rc = known_get(ctx, cause, &c);
        if (rc == ERR_NONE)
                return err_set(ctx->err, ERR_NONE, "id", "没有这条公告", "There is no such announcement");
        if (rc == OK)
                rc = matter_get(ctx, cause, &m);
        if (rc != OK)
                return rc;
        if (rev && rev != m.rev)
                return err_set(ctx->err, ERR_REV, "If-Match", "事项已被更新（现为第 %d 版）", "The matter has changed (now revision %d)", (int)m.rev);
        if (!m.open || !instant_is_none(m.answered))
                return err_set(ctx->err, ERR_STATE, "id", "公告已经结束", "The announcement is over");
        rc = check_time(ctx, c.since, until);
        if (rc != OK)
                return rc;
        c.until = until;
        c.why = why;
        c.text = text.n ? text : c.text;
        rc = say(ctx, &m, "known_moved", &c);
        if (rc == OK)
                rc = sql_matter_known_move(ctx->tx, &(struct sql_matter_known_move_in){ ctx->town, cause, until, c.text, why });
        if (rc == OK)
                *ret = m;
        return rc;
}

int known_get(struct ctx *ctx, int64_t cause, struct known_cause *ret)
{
        struct sql_matter_known_get_row r;
        int rc = sql_matter_known_get(ctx->tx, ctx->arena, &(struct sql_matter_known_get_in){ ctx->town, cause }, &r);
        if (rc == OK)
                *ret = (struct known_cause){ cause, r.subject, r.path, r.announcer, r.said, r.why, r.since, r.until, r.moved, r.voices };
        return rc;
}

int known_list(struct ctx *ctx, struct known_causes *ret)
{
        struct sql_matter_known_rows rows;
        int rc = sql_matter_known(ctx->tx, ctx->arena, &(struct sql_matter_known_in){ ctx->town, KNOWN_MAX }, &rows);
        if (rc != OK)
                return rc;
        ret->n = rows.n;
        ret->row = arena_array(ctx->arena, struct known_cause, rows.n);
        for (size_t i = 0; i < rows.n; i++) {
                const struct sql_matter_known_row *r = &rows.row[i];
                ret->row[i] = (struct known_cause){ r->cause, r->subject, r->path, r->announcer, r->said, r->why, r->since, r->until, r->moved, r->voices };
        }
        return OK;
}

static bool inside(struct str path, struct str place)
{
        return str_starts(path, place) && (path.n == place.n || path.p[place.n] == '/');
}

const struct known_cause *known_for(const struct town *t, const struct known_causes *all, const struct intake *k, struct instant now)
{
        const struct known_cause *best = NULL;
        if (!k->subject || !k->place || k->urgent || k->in.respondent.n)
                return NULL;
        for (size_t i = 0; i < all->n; i++) {
                const struct known_cause *c = &all->row[i];
                uint32_t subject = subject_find(&t->subjects, c->subject);
                if (subject == SUBJECT_NONE || !subject_covers(&t->subjects, subject, k->match.subject) || !inside(k->path, c->path) ||
                    now.us < c->since.us || now.us >= c->until.us)
                        continue;
                if (!best || c->path.n > best->path.n)
                        best = c;
        }
        return best;
}

int known_join(struct ctx *ctx, const struct town *t, int64_t id, const struct known_cause *c, struct matter *ret)
{
        struct ctx as = *ctx;
        struct form_value form[] = { { STR("cause"), str_printf(ctx->arena, "%lld", (long long)c->cause) }, { STR("reason"), c->text } };
        struct matter_action a = { .id = id, .rights = UINT64_MAX, .form = form, .n_form = COUNT(form) };
        as.actor = voice_actor(c->by);
        return matter_act_voice(&as, t, &a, &(struct voice_turn){ .cause = c->cause, .joins = true }, ret);
}

/* What the last announcement in the chain said. */
static int last_said(struct ctx *ctx, int64_t cause, struct str *ret_until)
{
        struct event_rows events;
        int rc = event_of(ctx, cause, &events);
        *ret_until = STR("");
        for (size_t i = 0; rc == OK && i < events.n; i++) {
                JSON_AUTO doc = NULL;
                if (json_parse(events.row[i].e.body, &doc, NULL) != OK)
                        continue;
                struct json_object *until = json_get(json_get(doc, "known"), "until");
                if (until)
                        *ret_until = str_dup(ctx->arena, json_text(until));
        }
        return rc;
}

int known_verify(struct ctx *ctx, struct matter_check *check)
{
        struct known_causes all;
        int rc = known_list(ctx, &all);
        for (size_t i = 0; rc == OK && i < all.n; i++) {
                struct str said;
                struct instant until;
                rc = last_said(ctx, all.row[i].cause, &said);
                if (rc == OK && (instant_parse(said, &until) != OK || until.us != all.row[i].until.us))
                        verify_fault(ctx, check, all.row[i].cause, "公告的时间与其经过不符", "its announced time is not what its events say");
        }
        return rc;
}
