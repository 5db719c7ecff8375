#include "matter/standing.h"
#include <json-c/json.h>
#include "base/json.h"
#include "matter/inner/verify.h"
#include "matter/voices_sql.h"
#include "people/audit.h"

static int unknown(struct ctx *ctx, const char *field)
{
        return err_set(ctx->err, ERR_UNKNOWN, field, "没有这个代码", "There is no such code");
}

static int check_owner(struct ctx *ctx, const struct town *t, struct str unit, struct str post)
{
        if (!org_find(&t->orgs, unit))
                return unknown(ctx, "unit");
        return post.n && !post_find(&t->posts, post) ? unknown(ctx, "post") : OK;
}

static int check_due(struct ctx *ctx, const struct standing *s)
{
        if (day_is_none(s->due) || s->due.n > s->since.n)
                return OK;
        return err_set(ctx->err, ERR_RANGE, "due", "完成日期应晚于开始治理的日期", "It is due after the day on which the plan begins");
}

/* Codes and numbers; the plan's words stand in the row. */
static int note(struct ctx *ctx, struct standing *s, const char *kind, const struct standing_count *counted, unsigned char ret_hash[EVENT_HASH_BYTES], struct event *e)
{
        BUF_AUTO out = BUF(EVENT_BODY_MAX);
        struct json j = json_to(&out);
        json_open(&j);
        json_kstr(&j, "subject", s->subject);
        json_kstr(&j, "path", s->path);
        json_kstr(&j, "unit", s->unit);
        json_kstr(&j, "post", s->post);
        json_kint(&j, "goal", s->goal);
        json_kday(&j, "since", s->since);
        json_kday(&j, "due", s->due);
        if (counted) {
                json_key(&j, "counted");
                json_open(&j);
                json_kint(&j, "before", counted->before);
                json_kint(&j, "months_before", counted->months_before);
                json_kint(&j, "since", counted->since);
                json_kint(&j, "months_since", counted->months_since);
                json_kint(&j, "last", counted->last);
                json_close(&j);
        }
        json_close(&j);
        if (out.over)
                return err_set(ctx->err, ERR_TOO_BIG, "", "填写的内容过长", "What was filled in is too long");
        *e = (struct event){ .matter = s->id, .n = ++s->n, .at = ctx->now, .kind = str_of(kind), .actor = actor_text(ctx->arena, ctx->actor),
                             .body = str_dup(ctx->arena, buf_view(&out)) };
        event_hash(ctx->town, e, s->chain, ret_hash);
        return OK;
}

static bool stands(const struct standings *all, const struct standing *s)
{
        for (size_t i = 0; i < all->n; i++)
                if (instant_is_none(all->row[i].ended) && str_eq(all->row[i].subject, s->subject) && str_eq(all->row[i].path, s->path))
                        return true;
        return false;
}

int standing_open(struct ctx *ctx, const struct town *t, struct standing *s, int64_t id)
{
        struct standings all;
        struct event e;
        if (subject_find(&t->subjects, s->subject) == SUBJECT_NONE)
                return unknown(ctx, "subject");
        int rc = check_owner(ctx, t, s->unit, s->post);
        if (rc == OK)
                rc = check_due(ctx, s);
        if (rc == OK)
                rc = standing_list(ctx, &all);
        if (rc == OK && stands(&all, s))
                rc = err_set(ctx->err, ERR_EXISTS, "subject", "这个地点的这类事项已经列为专项治理", "This subject stands as a problem at this place already");
        if (rc != OK)
                return rc;
        s->id = id;
        s->rev = 1;
        s->n = 0;
        s->opened = ctx->now;
        s->ended = INSTANT_NONE;
        memset(s->chain, 0, sizeof(s->chain));
        s->opener = actor_text(ctx->arena, ctx->actor);
        rc = note(ctx, s, "standing_opened", NULL, s->chain, &e);
        if (rc == OK)
                rc = sql_matter_standing_add(ctx->tx,
                                             &(struct sql_matter_standing_add_in){ .town = ctx->town, .id = id, .chain = { (const char *)s->chain, sizeof(s->chain) },
                                                                                   .subject = s->subject, .path = s->path, .unit = s->unit, .post = s->post,
                                                                                   .plan = s->plan, .goal = s->goal, .since = s->since, .due = s->due, .opened = s->opened,
                                                                                   .opener = s->opener },
                                             NULL);
        return rc == OK ? event_put(ctx, &e, s->chain) : rc;
}

static int load(struct ctx *ctx, int64_t id, int32_t rev, struct standing *ret);

static int save(struct ctx *ctx, struct standing *s, const char *kind, const struct standing_count *counted)
{
        struct event e;
        int rc = note(ctx, s, kind, counted, s->chain, &e);
        if (rc == OK)
                rc = sql_matter_standing_save(ctx->tx,
                                              &(struct sql_matter_standing_save_in){ .town = ctx->town, .id = s->id, .rev = s->rev, .n = s->n,
                                                                                     .chain = { (const char *)s->chain, sizeof(s->chain) }, .unit = s->unit,
                                                                                     .post = s->post, .plan = s->plan, .goal = s->goal, .due = s->due, .ended = s->ended,
                                                                                     .outcome = s->outcome });
        if (rc != OK)
                return rc;
        s->rev++;
        return event_put(ctx, &e, s->chain);
}

int standing_change(struct ctx *ctx, const struct town *t, int64_t id, const struct standing_change *c, struct standing *ret)
{
        struct standing s;
        int rc = load(ctx, id, c->rev, &s);
        if (rc != OK)
                return rc;
        if (c->unit.n) {
                s.unit = c->unit;
                s.post = STR("");
        }
        s.post = c->post.n ? c->post : s.post;
        s.plan = c->plan.n ? c->plan : s.plan;
        s.goal = c->goal >= 0 ? c->goal : s.goal;
        s.due = day_is_none(c->due) ? s.due : c->due;
        rc = check_owner(ctx, t, s.unit, s.post);
        if (rc == OK)
                rc = check_due(ctx, &s);
        if (rc == OK)
                rc = save(ctx, &s, "standing_changed", NULL);
        if (rc == OK)
                *ret = s;
        return rc;
}

int standing_end(struct ctx *ctx, int64_t id, int32_t rev, struct str outcome, const struct standing_count *counted, struct standing *ret)
{
        struct standing s;
        int rc = load(ctx, id, rev, &s);
        if (rc != OK)
                return rc;
        s.ended = ctx->now;
        s.outcome = outcome;
        rc = save(ctx, &s, "standing_ended", counted);
        if (rc == OK)
                *ret = s;
        return rc;
}

static int read_rows(struct ctx *ctx, int64_t id, struct standings *ret)
{
        struct sql_matter_standing_rows rows;
        int rc = sql_matter_standing(ctx->tx, ctx->arena, &(struct sql_matter_standing_in){ ctx->town, id, STANDING_MAX }, &rows);
        if (rc != OK)
                return rc;
        ret->n = rows.n;
        ret->row = arena_array(ctx->arena, struct standing, rows.n);
        for (size_t i = 0; i < rows.n; i++) {
                const struct sql_matter_standing_row *r = &rows.row[i];
                ret->row[i] = (struct standing){ .id = r->id, .rev = r->rev, .n = r->n, .subject = r->subject, .path = r->path, .unit = r->unit,
                                                 .post = r->post, .plan = r->plan, .outcome = r->outcome, .goal = r->goal, .since = r->since,
                                                 .due = r->due, .opener = r->opener, .opened = r->opened, .ended = r->ended };
                memcpy(ret->row[i].chain, r->chain.p, r->chain.n < EVENT_HASH_BYTES ? r->chain.n : EVENT_HASH_BYTES);
        }
        return OK;
}

int standing_get(struct ctx *ctx, int64_t id, struct standing *ret)
{
        struct standings one;
        int rc = read_rows(ctx, id, &one);
        if (rc == OK && one.n == 0)
                return err_set(ctx->err, ERR_NONE, "id", "没有这项专项治理", "There is no such standing problem");
        if (rc == OK)
                *ret = one.row[0];
        return rc;
}

static int load(struct ctx *ctx, int64_t id, int32_t rev, struct standing *ret)
{
        int rc = standing_get(ctx, id, ret);
        if (rc != OK)
                return rc;
        if (rev && rev != ret->rev)
                return err_set(ctx->err, ERR_REV, "If-Match", "已被更新（现为第 %d 版）", "It has changed (now revision %d)", (int)ret->rev);
        if (!instant_is_none(ret->ended))
                return err_set(ctx->err, ERR_STATE, "id", "已经结束", "It has ended");
        return OK;
}

int standing_list(struct ctx *ctx, struct standings *ret)
{
        return read_rows(ctx, 0, ret);
}

/* ---- what its events tell ------------------------------------------------------------------------------------------------- */

static struct day day_of(struct json_object *v)
{
        struct day d;
        return day_parse(json_text(v), &d) == OK ? d : DAY_NONE;
}

static void read_step(struct arena *a, const struct event *e, struct json_object *body, struct standing_step *ret)
{
        struct json_object *c = json_get(body, "counted");
        *ret = (struct standing_step){ .at = e->at, .by = e->actor, .kind = e->kind, .unit = str_dup(a, json_text(json_get(body, "unit"))),
                                       .post = str_dup(a, json_text(json_get(body, "post"))), .goal = json_object_get_int(json_get(body, "goal")),
                                       .due = day_of(json_get(body, "due")), .counted = c != NULL };
        if (c)
                ret->count = (struct standing_count){ .before = json_object_get_int64(json_get(c, "before")), .since = json_object_get_int64(json_get(c, "since")),
                                                      .last = json_object_get_int64(json_get(c, "last")),
                                                      .months_before = json_object_get_int(json_get(c, "months_before")),
                                                      .months_since = json_object_get_int(json_get(c, "months_since")) };
}

int standing_story(struct ctx *ctx, int64_t id, struct standing_steps *ret)
{
        struct event_rows events;
        int rc = event_of(ctx, id, &events);
        if (rc != OK)
                return rc;
        *ret = (struct standing_steps){ arena_array(ctx->arena, struct standing_step, events.n), 0 };
        for (size_t i = 0; i < events.n; i++) {
                JSON_AUTO body = NULL;
                if (json_parse(events.row[i].e.body, &body, NULL) == OK)
                        read_step(ctx->arena, &events.row[i].e, body, &ret->row[ret->n++]);
        }
        return OK;
}

static int verify_one(struct ctx *ctx, struct matter_check *check, const struct standing *s)
{
        struct standing_steps story;
        struct event_rows events;
        int rc = standing_story(ctx, s->id, &story);
        if (rc == OK)
                rc = event_of(ctx, s->id, &events);
        if (rc != OK)
                return rc;
        const struct standing_step *last = story.n ? &story.row[story.n - 1] : NULL;
        bool whole = last && events.n == (size_t)s->n && memcmp(events.row[events.n - 1].hash, s->chain, EVENT_HASH_BYTES) == 0;
        bool same = whole && str_eq(last->unit, s->unit) && str_eq(last->post, s->post) && last->goal == s->goal && last->due.n == s->due.n &&
                    str_is(last->kind, "standing_ended") == !instant_is_none(s->ended);
        if (!same)
                verify_fault(ctx, check, s->id, "专项治理与其经过不符", "a standing problem does not say what its events say");
        return OK;
}

int standing_verify(struct ctx *ctx, struct matter_check *check)
{
        struct standings all;
        int rc = store_read_renew(ctx->tx);
        if (rc == OK)
                rc = standing_list(ctx, &all);
        for (size_t i = 0; rc == OK && i < all.n; i++)
                rc = verify_one(ctx, check, &all.row[i]);
        return rc;
}
