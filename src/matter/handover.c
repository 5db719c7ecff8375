#include "matter/handover.h"
#include "base/json.h"
#include "matter/handover_sql.h"
#include "matter/inner/fair.h"
#include "matter/inner/night.h"
#include "matter/inner/task.h"
#include "matter/inner/verify.h"
#include "matter/inner/write.h"

const char *const hand_why_names[] = { "left", "leave", "back", "asked", "shift" };

bool hand_serves(const struct town *t, struct str login, struct day on)
{
        uint32_t me = map_get(&t->staff.by_login, login);
        if (me == MAP_NONE || !staff_serves(&t->staff.row[me], on))
                return false;
        for (uint32_t i = t->posts.of_person.first[me]; i < t->posts.of_person.first[me + 1]; i++)
                if (post_in_force(&t->posts.row[t->posts.of_person.to[i]], on))
                        return true;
        return false;
}

/* ---- who is next ------------------------------------------------------------------------------------------------------ */

struct choosing {
        struct ctx *ctx;
        const struct town *t;
        const struct leaves *leaves;
        const struct matter *m;
        struct str from;      /* not to whom it is taken from */
        struct day day;
};

static bool can_take(const struct choosing *c, uint32_t staff)
{
        if (staff == STAFF_NONE)
                return false;
        const struct staff_member *s = &c->t->staff.row[staff];
        return staff_serves(s, c->day) && !str_eq(s->login, c->from) && !leave_away(c->leaves, s->login, c->day) &&
               !kept_out(c->t, c->ctx->arena, s->login, c->day, c->m->respondent);
}

static bool of_post(const struct choosing *c, const struct post *p, struct post_choice *ret)
{
        if (!p || !post_in_force(p, c->day))
                return false;
        uint32_t who = can_take(c, p->holder) ? p->holder : can_take(c, p->backup) ? p->backup : STAFF_NONE;
        if (who == STAFF_NONE)
                return false;
        *ret = (struct post_choice){ p->code, p->title, c->t->staff.row[who].login, who == p->backup };
        return true;
}

static bool post_reaches(const struct choosing *c, const struct post *p, enum right right)
{
        if (p->role == POST_NONE || !(c->t->roles.row[p->role].rights & right_bit(right)) || !p->place_path.p)
                return false;
        return p->whole_town || path_within(c->m->path, p->place_path);
}

static bool of_org(const struct choosing *c, struct str org, enum right right, struct post_choice *ret)
{
        const struct org *o = org_find(&c->t->orgs, org);
        if (!o)
                return false;
        uint32_t at = (uint32_t)(o - c->t->orgs.row);
        for (uint32_t i = c->t->posts.of_org.first[at]; i < c->t->posts.of_org.first[at + 1]; i++) {
                const struct post *p = &c->t->posts.row[c->t->posts.of_org.to[i]];
                if (post_reaches(c, p, right) && of_post(c, p, ret))
                        return true;
        }
        return false;
}

/* The post itself, another of its unit, the unit in charge, those above it, the desk. */
static bool next_of(const struct choosing *c, struct str post, struct str unit, struct post_choice *ret)
{
        const struct post *p = post_find(&c->t->posts, post);
        const struct org *o = org_find(&c->t->orgs, unit);
        if (of_post(c, p, ret))
                return true;
        if (p && p->org != POST_NONE && of_org(c, c->t->orgs.row[p->org].code, RIGHT_MATTER_SIGN, ret))
                return true;
        if (of_org(c, unit, RIGHT_MATTER_SIGN, ret) || of_org(c, unit, RIGHT_MATTER_DISPATCH, ret))
                return true;
        for (uint32_t up = o ? o->up : ORG_NONE; up != ORG_NONE; up = c->t->orgs.row[up].up)
                if (of_org(c, c->t->orgs.row[up].code, RIGHT_MATTER_DISPATCH, ret))
                        return true;
        return of_org(c, c->t->fallback, RIGHT_MATTER_DISPATCH, ret);
}

/* Whom somebody named: a post, or a person by one of their posts. */
static int named(const struct choosing *c, struct str to, struct post_choice *ret)
{
        struct err *err = c->ctx->err;
        const struct post *p = post_find(&c->t->posts, to);
        const struct staff_member *s = staff_find(&c->t->staff, to);
        struct scopes scopes;
        struct scope_object object;
        if (!p && !s)
                return err_set(err, ERR_UNKNOWN, "to", "没有这个岗位或人员：" STR_FMT, "There is no such post or member of staff: " STR_FMT, STR_ARG(to));
        if (p && !of_post(c, p, ret))
                return err_set(err, ERR_RULE, "to", "这个岗位现在没有能接手的人", "Nobody who could take it acts for this post now");
        if (p)
                return OK;
        if (!can_take(c, (uint32_t)(s - c->t->staff.row)))
                return err_set(err, ERR_RULE, "to", "这个人不在岗、正在休假，或应当回避", "They do not serve, are away, or are to keep out of it");
        matter_scope(c->t, c->m, &object);
        scopes_of(c->ctx->arena, &c->t->posts, s->login, c->day, &scopes);
        if (!scope_allows(&scopes, s->login, RIGHT_MATTER_READ, &object))
                return err_set(err, ERR_RULE, "to", "这个人的岗位管不到事项 %lld", "No post of theirs reaches matter %lld", (long long)c->m->id);
        *ret = (struct post_choice){ .post = scopes.row[0].post, .title = STR(""), .login = s->login };
        return OK;
}

/* ---- moving one ------------------------------------------------------------------------------------------------------- */

static void say_handed(struct ctx *ctx, struct matter *m, struct notes *notes, struct str from, enum hand_why why, const struct matter_task *task)
{
        BUF_AUTO out = BUF(EVENT_BODY_MAX);
        struct json j = json_to(&out);
        json_open(&j);
        json_key(&j, "handed");
        json_open(&j);
        json_kstr(&j, "from", from);
        json_kc(&j, "why", hand_why_names[why]);
        json_close(&j);
        if (task) {
                task_json(&j, task);
        } else {
                json_kstr(&j, "post", m->post);
                json_kstr(&j, "holder", m->holder);
        }
        json_close(&j);
        struct change c = { .kind = task ? "task_handed" : "handed", .body = str_dup(ctx->arena, buf_view(&out)), .at = ctx->now };
        change_note(ctx, m, notes, &c);
}

/* Is it to be taken from @login now? */
static bool is_to_go(const struct choosing *c, const struct hand_ask *a, struct str login)
{
        if (login.n == 0)
                return false;
        switch (a->hand.why) {
        case HAND_LEFT:
                return !hand_serves(c->t, login, c->day);
        case HAND_LEAVE:
                return leave_away(c->leaves, login, c->day);
        case HAND_ASKED:
                return str_eq(login, a->from);
        case HAND_BACK:
        case HAND_SHIFT:
                break;
        }
        return false;
}

static int choose(struct choosing *c, const struct hand_ask *a, struct str from, struct str post, struct str unit, struct post_choice *ret)
{
        c->from = from;
        if (a->to.n)
                return named(c, a->to, ret);
        if (next_of(c, post, unit, ret))
                return OK;
        return err_set(c->ctx->err, ERR_NONE, "to", "事项 %lld 没有人可以接手", "Nobody is left who could take matter %lld", (long long)c->m->id);
}

/* After a leave it goes back to @from; whatever else moved it, it does not. @task: 0 for the matter itself. */
static int keep_stand_in(struct ctx *ctx, const struct matter *m, int32_t task, struct str from, struct str post, struct str now, enum hand_why why)
{
        if (why == HAND_LEAVE)
                return sql_matter_stand_in_add(ctx->tx, &(struct sql_matter_stand_in_add_in){ ctx->town, m->id, task, from, post, now }, NULL);
        return sql_matter_stand_in_drop(ctx->tx, &(struct sql_matter_stand_in_drop_in){ ctx->town, m->id, task }, NULL);
}

static int hand_tasks(struct choosing *c, const struct hand_ask *a, struct matter *m, struct notes *notes, struct tasking *g)
{
        int rc = m->tasks_open ? matter_tasks(c->ctx, m, &g->all) : OK;
        for (size_t i = 0; rc == OK && i < g->all.n; i++) {
                struct matter_task *k = &g->all.row[i];
                struct str from = k->holder, post = k->post;
                struct post_choice to;
                if (!k->open || !is_to_go(c, a, from))
                        continue;
                rc = choose(c, a, from, post, task_by_account(k) ? k->unit : m->unit, &to);
                if (rc != OK)
                        return rc;
                k->post = to.post;
                k->holder = to.login;
                g->changed |= UINT32_C(1) << i;
                say_handed(c->ctx, m, notes, from, a->hand.why, k);
                rc = keep_stand_in(c->ctx, m, k->k, from, post, k->holder, a->hand.why);
        }
        return rc;
}

static bool may_have_back(const struct choosing *c, const struct sql_matter_stand_in_of_row *row, struct str holder)
{
        uint32_t who = map_get(&c->t->staff.by_login, row->login);
        return str_eq(holder, row->stand_in) && who != MAP_NONE && can_take(c, who) && hand_serves(c->t, row->login, c->day);
}

static void task_back(struct choosing *c, const struct sql_matter_stand_in_of_row *row, struct matter *m, struct notes *notes, struct tasking *g)
{
        for (size_t i = 0; i < g->all.n; i++) {
                struct matter_task *k = &g->all.row[i];
                struct str from = k->holder;
                if (k->k != row->task || !k->open || !may_have_back(c, row, from))
                        continue;
                k->post = row->post;
                k->holder = row->login;
                g->changed |= UINT32_C(1) << i;
                say_handed(c->ctx, m, notes, from, HAND_BACK, k);
        }
}

static void matter_back(struct choosing *c, const struct sql_matter_stand_in_of_row *row, struct matter *m, struct notes *notes)
{
        struct str from = m->holder;
        if (!m->open || !may_have_back(c, row, from))
                return;
        m->post = row->post;
        m->holder = row->login;
        say_handed(c->ctx, m, notes, from, HAND_BACK, NULL);
}

/* Back to who was away, when the stand-in has it still. */
static int hand_back(struct choosing *c, struct matter *m, struct notes *notes, struct tasking *g)
{
        struct ctx *ctx = c->ctx;
        struct sql_matter_stand_in_of_rows rows;
        int rc = sql_matter_stand_in_of(ctx->tx, ctx->arena, &(struct sql_matter_stand_in_of_in){ ctx->town, m->id }, &rows);
        if (rc == OK && m->tasks_open)
                rc = matter_tasks(ctx, m, &g->all);
        for (size_t i = 0; rc == OK && i < rows.n; i++) {
                const struct sql_matter_stand_in_of_row *row = &rows.row[i];
                if (leave_away(c->leaves, row->login, c->day))
                        continue;
                if (row->task)
                        task_back(c, row, m, notes, g);
                else
                        matter_back(c, row, m, notes);
                rc = sql_matter_stand_in_drop(ctx->tx, &(struct sql_matter_stand_in_drop_in){ ctx->town, m->id, row->task }, NULL);
        }
        return rc;
}

static int hand_on(struct choosing *c, const struct hand_ask *a, struct matter *m, struct notes *notes)
{
        struct str from = m->holder, post = m->post;
        struct post_choice to;
        if (!m->open || !is_to_go(c, a, from))
                return OK;
        int rc = choose(c, a, from, post, m->unit, &to);
        if (rc != OK)
                return rc;
        m->post = to.post;
        m->holder = to.login;
        say_handed(c->ctx, m, notes, from, a->hand.why, NULL);
        return keep_stand_in(c->ctx, m, 0, from, post, m->holder, a->hand.why);
}

/* On from who was on duty, to who is, or to its own post. */
static int hand_shift(struct choosing *c, struct matter *m, struct notes *notes)
{
        struct post_choice to;
        struct str from = m->holder;
        if (!night_over(c->ctx, c->t, m, &to))
                return OK;
        c->from = from;
        if (to.login.n == 0 && !next_of(c, m->post, m->unit, &to))
                return err_set(c->ctx->err, ERR_NONE, "to", "事项 %lld 没有人可以接手", "Nobody is left who could take matter %lld", (long long)m->id);
        m->post = to.post;
        m->holder = to.login;
        say_handed(c->ctx, m, notes, from, HAND_SHIFT, NULL);
        return OK;
}

/* What moves the matter itself. */
static int hand_matter(struct choosing *c, const struct hand_ask *a, struct matter *m, struct notes *notes, struct tasking *g)
{
        if (a->hand.why == HAND_BACK)
                return hand_back(c, m, notes, g);
        return a->hand.why == HAND_SHIFT ? hand_shift(c, m, notes) : hand_on(c, a, m, notes);
}

int matter_hand(struct ctx *ctx, const struct town *t, const struct leaves *leaves, const struct hand_ask *a, bool *ret_moved)
{
        struct matter m;
        struct tasking g = { 0 };
        struct notes notes = { 0 };
        struct choosing c = { .ctx = ctx, .t = t, .leaves = leaves, .m = &m, .from = STR(""), .day = instant_day(ctx->now) };
        *ret_moved = false;
        int rc = matter_get(ctx, a->hand.matter, &m);
        if (rc == OK)
                rc = hand_matter(&c, a, &m, &notes, &g);
        if (rc == OK && a->hand.why != HAND_BACK && a->hand.why != HAND_SHIFT)
                rc = hand_tasks(&c, a, &m, &notes, &g);
        if (rc != OK || !notes.first)
                return rc;
        rc = matter_save(ctx, &m, &notes);
        if (rc == OK && g.changed)
                rc = task_save(ctx, &m, &g);
        *ret_moved = rc == OK;
        return rc;
}

/* ---- what is due ------------------------------------------------------------------------------------------------------ */

int matter_held_by(struct ctx *ctx, struct str login, struct str unit, int max, int64_t **ret_ids, size_t *ret_n)
{
        struct sql_matter_held_rows all;
        struct sql_matter_held_unit_rows some;
        int rc;
        if (unit.n) {
                rc = sql_matter_held_unit(ctx->tx, ctx->arena, &(struct sql_matter_held_unit_in){ ctx->town, unit, login, max }, &some);
                *ret_n = rc == OK ? some.n : 0;
        } else {
                rc = sql_matter_held(ctx->tx, ctx->arena, &(struct sql_matter_held_in){ ctx->town, login, max }, &all);
                *ret_n = rc == OK ? all.n : 0;
        }
        *ret_ids = arena_array(ctx->arena, int64_t, *ret_n);
        for (size_t i = 0; i < *ret_n; i++)
                (*ret_ids)[i] = unit.n ? some.row[i].id : all.row[i].id;
        return rc;
}

static int add_held(struct ctx *ctx, struct str login, enum hand_why why, int max, struct hands *ret)
{
        int64_t *ids;
        size_t n;
        int rc = matter_held_by(ctx, login, STR(""), max - (int)ret->n, &ids, &n);
        for (size_t i = 0; rc == OK && i < n; i++)
                ret->row[ret->n++] = (struct hand){ ids[i], why };
        return rc;
}

int matter_hands_back(struct ctx *ctx, const struct leaves *l, int max, struct hands *ret)
{
        struct sql_matter_stand_in_list_rows rows;
        int rc = sql_matter_stand_in_list(ctx->tx, ctx->arena, &(struct sql_matter_stand_in_list_in){ ctx->town }, &rows);
        for (size_t i = 0; rc == OK && i < rows.n && ret->n < (size_t)max; i++) {
                bool listed = ret->n && ret->row[ret->n - 1].matter == rows.row[i].matter; /* with another of its tasks */
                if (!listed && !leave_away(l, rows.row[i].login, instant_day(ctx->now)))
                        ret->row[ret->n++] = (struct hand){ rows.row[i].matter, HAND_BACK };
        }
        return rc;
}

int matter_hands_shift(struct ctx *ctx, const struct town *t, int max, struct hands *ret)
{
        struct sql_matter_urgent_rows rows;
        struct post_choice to;
        int rc = sql_matter_urgent(ctx->tx, ctx->arena, &(struct sql_matter_urgent_in){ ctx->town }, &rows);
        for (size_t i = 0; rc == OK && i < rows.n && ret->n < (size_t)max; i++) {
                const struct sql_matter_urgent_row *r = &rows.row[i];
                struct matter m = { .id = r->id, .open = true, .urgent = true, .unit = r->unit, .path = r->path, .post = r->post, .holder = r->holder,
                                    .respondent = r->respondent };
                if (night_over(ctx, t, &m, &to))
                        ret->row[ret->n++] = (struct hand){ m.id, HAND_SHIFT };
        }
        return rc;
}

int matter_hands_due(struct ctx *ctx, const struct town *t, const struct leaves *l, int max, struct hands *ret)
{
        struct sql_matter_holders_rows rows;
        struct day today = instant_day(ctx->now);
        *ret = (struct hands){ .row = arena_array(ctx->arena, struct hand, (size_t)max) };
        int rc = sql_matter_holders(ctx->tx, ctx->arena, &(struct sql_matter_holders_in){ ctx->town }, &rows);
        for (size_t i = 0; rc == OK && i < rows.n && ret->n < (size_t)max; i++) {
                struct str login = rows.row[i].holder;
                if (!hand_serves(t, login, today))
                        rc = add_held(ctx, login, HAND_LEFT, max, ret);
                else if (leave_away(l, login, today))
                        rc = add_held(ctx, login, HAND_LEAVE, max, ret);
        }
        if (rc == OK)
                rc = matter_hands_back(ctx, l, max, ret);
        return rc == OK ? matter_hands_shift(ctx, t, max, ret) : rc;
}

/* ---- proof ------------------------------------------------------------------------------------------------------------- */

int matter_verify_held(struct ctx *ctx, const struct town *t, struct matter_check *c)
{
        struct sql_matter_holders_rows rows;
        int faults = 0;
        int rc = store_read_renew(ctx->tx);
        if (rc == OK)
                rc = sql_matter_holders(ctx->tx, ctx->arena, &(struct sql_matter_holders_in){ ctx->town }, &rows);
        for (size_t i = 0; rc == OK && i < rows.n; i++) {
                int64_t *ids;
                size_t n;
                if (hand_serves(t, rows.row[i].holder, instant_day(ctx->now)))
                        continue;
                rc = matter_held_by(ctx, rows.row[i].holder, STR(""), 1, &ids, &n);
                for (size_t k = 0; rc == OK && k < n; k++, faults++)
                        verify_fault(ctx, c, ids[k], "由已离任的人持有，请移交：linli handover", "it is held by somebody who left: linli handover");
        }
        return rc == OK && faults ? ERR_RULE : rc;
}
