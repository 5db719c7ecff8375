#include <json-c/json.h>
#include "base/json.h"
#include "matter/inner/fair.h"
#include "matter/inner/verify.h"
#include "matter/inner/write.h"
#include "matter/shift.h"
#include "matter/shift_sql.h"
#include "people/audit.h"
#include <stdlib.h>

#define SHIFTS_MAX 8
#define PEOPLE_MAX (2 * SHIFTS_MAX * (ROSTER_OFFICERS_MAX + 1))

/* ---- whose shift ------------------------------------------------------------------------------------------------------- */

static bool of_shift(const struct town *t, const struct shift *s, struct str login)
{
        uint32_t who = map_get(&t->staff.by_login, login);
        for (size_t i = 0; i < s->n_officers; i++)
                if (s->officer[i] == who)
                        return true;
        return who != MAP_NONE && s->leader == who;
}

static const struct shift *shift_find(const struct town *t, struct day date, struct str name)
{
        for (size_t i = 0; i < t->roster.n; i++)
                if (t->roster.row[i].date.n == date.n && str_eq(t->roster.row[i].name, name))
                        return &t->roster.row[i];
        return NULL;
}

/* ---- what it says ------------------------------------------------------------------------------------------------------ */

enum list { URGENT, UNSIGNED, CALLS, LISTS };
static const char *const list_names[LISTS] = { "urgent", "unsigned", "calls" };

struct line { int64_t id; struct str state, subject, grid, unit, holder; struct instant due; const char *what; };
struct lines { struct line *row; size_t n, cap; };

struct making {
        struct ctx *ctx;
        const struct town *t;
        const struct shift *shift, *next[SHIFTS_MAX];
        size_t n_next;
        struct instant until;           /* calls that are due by then belong to the next shift */
        struct str people[PEOPLE_MAX];
        size_t n_people;
        struct lines list[LISTS];
};

static void add_person(struct making *k, uint32_t who)
{
        if (who != STAFF_NONE && k->n_people < PEOPLE_MAX)
                k->people[k->n_people++] = k->t->staff.row[who].login;
}

static void add_people(struct making *k, const struct shift *s)
{
        add_person(k, s->leader);
        for (size_t i = 0; i < s->n_officers; i++)
                add_person(k, s->officer[i]);
}

static bool hidden(const struct making *k, struct str respondent)
{
        for (size_t i = 0; i < k->n_people && respondent.n; i++)
                if (kept_out(k->t, k->ctx->arena, k->people[i], instant_day(k->ctx->now), respondent))
                        return true;
        return false;
}

static void both(struct json *j, const char *key, struct str zh, struct str en)
{
        json_key(j, key);
        json_open(j);
        json_kstr(j, "zh", zh);
        json_kstr(j, "en", en.n ? en : zh);
        json_close(j);
}

static struct str place_name(const struct town *t, struct str code)
{
        const struct place *p = place_find(&t->places, code);
        return p ? p->name : code;
}

static struct str unit_name(const struct town *t, struct str code)
{
        const struct org *o = org_find(&t->orgs, code);
        return o ? o->name : code;
}

static struct str staff_name(const struct town *t, struct str login)
{
        const struct staff_member *s = staff_find(&t->staff, login);
        return s ? s->name : login;
}

static void add_line(struct making *k, enum list list, const struct line *l)
{
        struct lines *all = &k->list[list];
        if (all->n == all->cap) {
                all->cap = all->cap ? 2 * all->cap : 64;
                struct line *more = arena_array(k->ctx->arena, struct line, all->cap);
                if (all->n)
                        memcpy(more, all->row, all->n * sizeof(*more));
                all->row = more;
        }
        all->row[all->n++] = *l;
}

/* What is due first on top. */
static int by_due(const void *pa, const void *pb)
{
        const struct line *a = pa, *b = pb;
        int64_t x = instant_is_none(a->due) ? INT64_MAX : a->due.us, y = instant_is_none(b->due) ? INT64_MAX : b->due.us;
        if (x != y)
                return x < y ? -1 : 1;
        return a->id < b->id ? -1 : a->id > b->id;
}

static void write_line(const struct town *t, struct json *j, const struct line *l)
{
        uint32_t subject = subject_find(&t->subjects, l->subject);
        const struct procedure *p = town_procedure(t, STR("request"));
        int state = procedure_state_find(p, l->state);
        json_open(j);
        json_kid(j, "id", l->id);
        if (l->what)
                json_kc(j, "what", l->what);
        both(j, "state", state < 0 ? l->state : str_of(p->state[state].name.zh), state < 0 ? l->state : str_of(p->state[state].name.en));
        both(j, "subject", subject == SUBJECT_NONE ? l->subject : t->subjects.row[subject].name_zh,
             subject == SUBJECT_NONE ? l->subject : t->subjects.row[subject].name_en);
        json_kstr(j, "grid", place_name(t, l->grid));
        json_kstr(j, "unit", unit_name(t, l->unit));
        json_kstr(j, "holder", staff_name(t, l->holder));
        json_kinstant(j, "due", l->due);
        json_close(j);
}

/* A call that is owed by the end of the next shift: the first contact, or to be told the answer. */
static void add_call(struct making *k, const struct sql_matter_shift_open_row *r, const struct line *like)
{
        struct clock_set set;
        if (r->person == MATTER_ANONYMOUS || clock_set_parse(r->clocks, &set) != OK)
                return;
        for (size_t i = 0; i < set.n; i++) {
                const struct clock *c = &set.row[i];
                bool contact = c->kind == CLOCK_CONTACT, tell = str_is(c->code, "tell");
                if (!clock_runs(c) || !(contact || tell) || c->due.us > k->until.us)
                        continue;
                struct line l = *like;
                l.what = contact ? "contact" : "tell";
                l.due = c->due;
                add_line(k, CALLS, &l);
        }
}

static int add_unit(struct making *k, struct str unit)
{
        struct sql_matter_shift_open_rows rows;
        int rc = sql_matter_shift_open(k->ctx->tx, k->ctx->arena, &(struct sql_matter_shift_open_in){ k->ctx->town, unit }, &rows);
        for (size_t i = 0; rc == OK && i < rows.n; i++) {
                const struct sql_matter_shift_open_row *r = &rows.row[i];
                struct line l = { r->id, r->state, r->subject, r->grid, r->unit, r->holder, r->due, NULL };
                if (hidden(k, r->respondent))
                        continue;
                if (r->urgent)
                        add_line(k, URGENT, &l);
                if (instant_is_none(r->signed_at) && instant_is_none(r->contacted_at) && instant_is_none(r->answered_at))
                        add_line(k, UNSIGNED, &l);
                add_call(k, r, &l);
        }
        return rc;
}

static int add_callbacks(struct making *k)
{
        struct matter_calls rows;
        int rc = matter_calls(k->ctx, INSTANT_NONE, 0, MATTER_LIST_MAX, &rows);
        for (size_t i = 0; rc == OK && i < rows.n; i++) {
                const struct matter_call *r = &rows.row[i];
                struct line l = { r->id, STR("closed"), r->subject, r->grid, r->unit, STR(""), matter_call_due(k->t, r->closed), "callback" };
                if (!hidden(k, r->respondent) && !instant_is_none(l.due) && l.due.us <= k->until.us)
                        add_line(k, CALLS, &l);
        }
        return rc;
}

static void person(struct json *j, const struct town *t, uint32_t who)
{
        if (who == STAFF_NONE) {
                json_null(j);
                return;
        }
        json_open(j);
        json_kstr(j, "login", t->staff.row[who].login);
        json_kstr(j, "name", t->staff.row[who].name);
        json_close(j);
}

static void officers(struct json *j, const struct town *t, const struct shift *s)
{
        for (size_t i = 0; i < s->n_officers; i++)
                person(j, t, s->officer[i]);
}

static void write_shifts(struct making *k, struct json *j)
{
        json_kstr(j, "town", k->t->name_zh);
        json_kday(j, "date", k->shift->date);
        json_kstr(j, "shift", k->shift->name);
        json_kinstant(j, "from", k->shift->from);
        json_kinstant(j, "to", k->shift->to);
        json_key(j, "leader");
        person(j, k->t, k->shift->leader);
        json_key(j, "out");
        json_list(j);
        officers(j, k->t, k->shift);
        json_end(j);
        json_key(j, "next");
        json_open(j);
        json_key(j, "leader");
        person(j, k->t, k->n_next ? k->next[k->n_next - 1]->leader : STAFF_NONE);
        json_key(j, "in");
        json_list(j);
        for (size_t i = 0; i < k->n_next; i++)
                officers(j, k->t, k->next[i]);
        json_end(j);
        json_kinstant(j, "to", k->until);
        json_close(j);
        json_kinstant(j, "made", k->ctx->now);
}

static void write_lists(struct making *k, struct json *j)
{
        for (int i = 0; i < LISTS; i++) {
                struct lines *l = &k->list[i];
                if (l->n)
                        qsort(l->row, l->n, sizeof(*l->row), by_due);
                json_key(j, list_names[i]);
                json_list(j);
                for (size_t r = 0; r < l->n && r < SHIFT_ROWS_MAX; r++)
                        write_line(k->t, j, &l->row[r]);
                json_end(j);
        }
        json_key(j, "more");
        json_open(j);
        for (int i = 0; i < LISTS; i++)
                json_kint(j, list_names[i], k->list[i].n > SHIFT_ROWS_MAX ? (int64_t)k->list[i].n - SHIFT_ROWS_MAX : 0);
        json_close(j);
}

static int gather(struct making *k)
{
        int rc = OK;
        k->n_next = roster_on(&k->t->roster, k->shift->to, k->next, SHIFTS_MAX);
        k->until = k->shift->to;
        add_people(k, k->shift);
        for (size_t i = 0; i < k->n_next; i++) {
                add_people(k, k->next[i]);
                if (k->next[i]->to.us > k->until.us)
                        k->until = k->next[i]->to;
        }
        for (size_t i = 0; rc == OK && i < k->t->orgs.n; i++)
                rc = add_unit(k, k->t->orgs.row[i].code);
        return rc == OK ? add_callbacks(k) : rc;
}

static int make_body(struct making *k, struct str *ret)
{
        BUF_AUTO out = BUF(SHIFT_BODY_MAX);
        struct json j = json_to(&out);
        int rc = gather(k);
        if (rc != OK)
                return rc;
        json_open(&j);
        write_shifts(k, &j);
        write_lists(k, &j);
        json_close(&j);
        if (out.over)
                BUG("the sheet of a shift past its ceiling"); /* three lists of bounded rows */
        *ret = str_dup(k->ctx->arena, buf_view(&out));
        return OK;
}

/* ---- in the store ------------------------------------------------------------------------------------------------------ */

struct stored { struct shift_sheet s; int32_t n; unsigned char chain[EVENT_HASH_BYTES]; };

static int get_stored(struct ctx *ctx, int64_t id, struct stored *ret)
{
        struct sql_matter_shift_get_row r;
        int rc = sql_matter_shift_get(ctx->tx, ctx->arena, &(struct sql_matter_shift_get_in){ ctx->town, id }, &r);
        if (rc == ERR_NONE)
                return err_set(ctx->err, ERR_NONE, "id", "没有这张交接单", "There is no such sheet");
        if (rc != OK)
                return rc;
        ret->s = (struct shift_sheet){ r.id, r.rev, r.date, r.shift, r.body, r.maker, r.made, r.out_by, r.in_by, r.out_at, r.in_at };
        ret->n = r.n;
        memcpy(ret->chain, r.chain.p, EVENT_HASH_BYTES);
        return OK;
}

static struct str hash_of(struct arena *a, struct str body)
{
        return words_hash(a, STR(""), body, STR(""));
}

/* The event of what stands in @s, and the hash for its row. */
static struct event tell(struct ctx *ctx, struct stored *s, const char *kind)
{
        struct str body = str_printf(ctx->arena, "{\"sheet\":\"" STR_FMT "\",\"out\":\"" STR_FMT "\",\"in\":\"" STR_FMT "\"}", STR_ARG(hash_of(ctx->arena, s->s.body)),
                                     STR_ARG(s->s.out_by), STR_ARG(s->s.in_by));
        struct event e = { .matter = s->s.id, .n = ++s->n, .at = ctx->now, .kind = str_of(kind), .actor = actor_text(ctx->arena, ctx->actor), .body = body };
        event_hash(ctx->town, &e, s->chain, s->chain);
        return e;
}

static int save(struct ctx *ctx, struct stored *s, const char *kind)
{
        int64_t n = 0;
        struct event e = tell(ctx, s, kind);
        struct sql_matter_shift_save_in in = { ctx->town, s->s.id, s->s.rev, s->n, { (const char *)s->chain, EVENT_HASH_BYTES }, s->s.body, s->s.made, s->s.maker,
                                               s->s.out_by, s->s.out_at, s->s.in_by, s->s.in_at };
        int rc = sql_matter_shift_save(ctx->tx, &in, &n);
        if (rc == OK && n == 0)
                return ERR_CONFLICT;
        return rc == OK ? event_put(ctx, &e, s->chain) : rc;
}

static int add_sheet(struct ctx *ctx, const struct shift *shift, struct str body, struct str who, int64_t *ret_id)
{
        int64_t n = 0;
        struct stored s = { .s = { .id = id_next(ctx->ids, ctx->now), .body = body, .out_by = STR(""), .in_by = STR("") } };
        struct event e = tell(ctx, &s, "shift_sheet");
        struct sql_matter_shift_add_in in = { ctx->town, s.s.id, { (const char *)s.chain, EVENT_HASH_BYTES }, shift->date, shift->name, body, ctx->now, who };
        int rc = sql_matter_shift_add(ctx->tx, &in, &n);
        if (rc == OK && n == 0)
                return ERR_CONFLICT;
        if (rc == OK)
                rc = event_put(ctx, &e, s.chain);
        if (rc == OK)
                *ret_id = s.s.id;
        return rc;
}

int shift_make(struct ctx *ctx, const struct town *t, struct str who, struct day date, struct str name, int64_t *ret_id)
{
        struct making *k = arena_new(ctx->arena, struct making);
        struct sql_matter_shift_find_row row;
        struct stored old;
        struct str body;
        *k = (struct making){ .ctx = ctx, .t = t, .shift = shift_find(t, date, name) };
        if (!k->shift)
                return err_set(ctx->err, ERR_UNKNOWN, "shift", "值班表上没有这一班", "The roster has no such shift");
        if (!of_shift(t, k->shift, who))
                return err_set(ctx->err, ERR_RIGHT, "action", "由本班人员制作交接单", "Somebody of that shift makes the sheet");
        if (k->shift->from.us > ctx->now.us)
                return err_set(ctx->err, ERR_STATE, "shift", "这一班还没有开始", "That shift has not begun");
        int rc = sql_matter_shift_find(ctx->tx, ctx->arena, &(struct sql_matter_shift_find_in){ ctx->town, date, name }, &row);
        if (rc != OK && rc != ERR_NONE)
                return rc;
        bool fresh = rc == ERR_NONE;
        rc = fresh ? OK : get_stored(ctx, row.id, &old);
        if (rc == OK && !fresh && old.s.out_by.n)
                return err_set(ctx->err, ERR_STATE, "shift", "这一班的交接单已经签字", "The sheet of that shift is signed");
        if (rc == OK)
                rc = make_body(k, &body);
        if (rc != OK || fresh)
                return rc == OK ? add_sheet(ctx, k->shift, body, who, ret_id) : rc;
        old.s.body = body;
        old.s.made = ctx->now;
        old.s.maker = who;
        *ret_id = old.s.id;
        return save(ctx, &old, "shift_sheet");
}

static bool comes(const struct town *t, const struct shift *s, struct str who)
{
        const struct shift *next[SHIFTS_MAX];
        size_t n = roster_on(&t->roster, s->to, next, SHIFTS_MAX);
        for (size_t i = 0; i < n; i++)
                if (of_shift(t, next[i], who))
                        return true;
        return false;
}

int shift_sign(struct ctx *ctx, const struct town *t, struct str who, int64_t id, int32_t rev)
{
        struct stored s;
        int rc = get_stored(ctx, id, &s);
        if (rc != OK)
                return rc;
        if (s.s.rev != rev)
                return err_set(ctx->err, ERR_REV, "rev", "交接单已重新制作或签字，请重新查看", "The sheet was made anew or signed since; read it again");
        const struct shift *shift = shift_find(t, s.s.date, s.s.shift);
        if (!shift)
                return err_set(ctx->err, ERR_UNKNOWN, "shift", "值班表上没有这一班", "The roster has no such shift");
        if (s.s.in_by.n)
                return err_set(ctx->err, ERR_STATE, "action", "双方都已签字", "Both have signed");
        bool first = s.s.out_by.n == 0;
        if (first && !of_shift(t, shift, who))
                return err_set(ctx->err, ERR_RIGHT, "action", "先由交班人员签字", "Who goes signs first");
        if (!first && str_eq(who, s.s.out_by))
                return err_set(ctx->err, ERR_RIGHT, "action", "交班和接班须由两人签字", "Two persons sign, not one twice");
        if (!first && !comes(t, shift, who))
                return err_set(ctx->err, ERR_RIGHT, "action", "由接班人员签字", "Who comes signs now");
        *(first ? &s.s.out_by : &s.s.in_by) = who;
        *(first ? &s.s.out_at : &s.s.in_at) = ctx->now;
        return save(ctx, &s, first ? "shift_given" : "shift_taken");
}

int shift_get(struct ctx *ctx, int64_t id, struct shift_sheet *ret)
{
        struct stored s;
        int rc = get_stored(ctx, id, &s);
        if (rc == OK)
                *ret = s.s;
        return rc;
}

int shift_list(struct ctx *ctx, struct day from, struct shift_sheets *ret)
{
        struct sql_matter_shift_list_rows rows;
        int rc = sql_matter_shift_list(ctx->tx, ctx->arena, &(struct sql_matter_shift_list_in){ ctx->town, from }, &rows);
        if (rc != OK)
                return rc;
        *ret = (struct shift_sheets){ arena_array(ctx->arena, struct shift_sheet, rows.n), rows.n };
        for (size_t i = 0; i < rows.n; i++) {
                const struct sql_matter_shift_list_row *r = &rows.row[i];
                ret->row[i] = (struct shift_sheet){ r->id, r->rev, r->date, r->shift, STR(""), STR(""), r->made, r->out_by, r->in_by, r->out_at, r->in_at };
        }
        return OK;
}

/* ---- proof -------------------------------------------------------------------------------------------------------------- */

static int check_one(struct ctx *ctx, const struct sql_matter_shift_walk_row *r, struct matter_check *c, int *faults)
{
        struct event_rows events;
        int rc = event_of(ctx, r->id, &events);
        if (rc != OK)
                return rc;
        JSON_AUTO body = NULL;
        const struct event *last = events.n ? &events.row[events.n - 1].e : NULL;
        bool good = last && last->n == r->n && json_parse(last->body, &body, NULL) == OK && str_eq(json_text(json_get(body, "sheet")), hash_of(ctx->arena, r->body)) &&
                    str_eq(json_text(json_get(body, "out")), r->out_by) && str_eq(json_text(json_get(body, "in")), r->in_by);
        if (!good) {
                ++*faults;
                verify_fault(ctx, c, r->id, "交接单与其经过不符", "the sheet of a shift is not what its events say");
        }
        return OK;
}

int shift_verify(struct ctx *ctx, struct matter_check *c)
{
        struct arena *outer = ctx->arena;
        int64_t after = 0;
        int rc = OK, faults = 0;
        for (size_t n = 1; rc == OK && n > 0;) {
                ARENA_AUTO page = { 0 };
                struct sql_matter_shift_walk_rows rows;
                ctx->arena = &page;
                rc = sql_matter_shift_walk(ctx->tx, &page, &(struct sql_matter_shift_walk_in){ ctx->town, after }, &rows);
                n = rc == OK ? rows.n : 0;
                for (size_t i = 0; rc == OK && i < n; i++) {
                        rc = check_one(ctx, &rows.row[i], c, &faults);
                        after = rows.row[i].id;
                }
                ctx->arena = outer;
        }
        return rc == OK && faults ? ERR_RULE : rc;
}
