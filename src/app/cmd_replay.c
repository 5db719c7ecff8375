/* linli replay: real, dated messages through the main job, at simulated time.
 *
 * Only what the file says happens: a message comes in at its time; where it was answered, the answer comes at its time.
 * The desk places at once what could not be placed, so that the answer has somewhere to come from. Nobody signs for
 * anything, so the clocks do it: what is unsigned counts as received and goes up. */
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include "app/rounds.h"
#include "app/tell.h"
#include "app/world.h"
#include "app/town_load.h"
#include "base/csv.h"
#include "base/json.h"
#include "app/replay_causes.h"
#include "matter/matter.h"
#include "matter/similar.h"
#include "store/event.h"

static const struct option options[] = {
        { "town", "DIR", false, { "乡镇文件夹（必填）", "the town folder (needed)" } },
        { "scatter", "SEED", false, { "没有坐标的随机放到网格里，用这个种子", "place what has no coordinates at random in the grids, by this seed" } },
        { "db", "URL", false, { "数据库；不给时用临时文件", "the store; without it a temporary file" } },
        { "merge", NULL, false, { "像是同一件事的就并案：总是听从建议的调度员", "join what seems to be the same: a desk that always takes the advice" } },
        { "limit", "N", false, { "只回放前 N 条", "only the first N messages" } },
        OPTION_JSON,
        { 0 },
};

enum { COL_ID, COL_MESSAGE_ID, COL_TITLE, COL_TIME, COL_DETAIL, COL_REPLY, COL_REPLY_TIME, COL_TYPE, COL_CREATED, COL_CLOSED, COL_LAT, COL_LON, COLS };
static const struct csv_column columns[COLS] = {
        [COL_ID] = { "id", false, false },            [COL_MESSAGE_ID] = { "message_id", false, false },
        [COL_TITLE] = { "title", false, false },      [COL_TIME] = { "time", false, false },
        [COL_DETAIL] = { "detail", false, false },    [COL_REPLY] = { "reply", false, false },
        [COL_REPLY_TIME] = { "reply_time", false, false }, [COL_TYPE] = { "type", false, false },
        [COL_CREATED] = { "created", false, false },  [COL_CLOSED] = { "closed", false, false },
        [COL_LAT] = { "lat", false, false },          [COL_LON] = { "lon", false, false },
};

struct message {
        struct str title, words, reply;
        struct instant at, answered;  /* INSTANT_NONE = not answered in the file */
        bool has_point;
        struct point point;
        int64_t id;                   /* the matter, 0 until opened */
        int64_t cause;                /* what it was joined to, 0 = nothing */
        struct str unit;              /* who would lead, for the desk */
        struct str subject;
};

enum happening { COMES_IN, IS_ANSWERED };
struct moment { struct instant at; enum happening what; uint32_t message; };

struct tally {
        int64_t in, matters, merged, declined, lost, located, matched[MATCH_HOWS], answered, on_time, overdue, unreadable;
        int64_t desk_place, desk_subject, located_how[8], provisional, rung;
        struct { int64_t met, missed, running; } clock[CLOCK_KINDS];
};

struct replay {
        struct args *a;
        struct world w;
        struct house house;
        struct town *town;
        struct message *message;
        size_t n;
        struct chance_seeded chance;
        bool scatter, merge;
        struct tally t;
        struct instant now, next_listen;
};

/* ---- the file -------------------------------------------------------------------------------------------------------- */

/* "04/12/2018 11:11:26 AM" as American exports write it; else whatever base/day.h reads. */
static int read_time(struct arena *a, struct str s, struct instant *ret)
{
        if (instant_parse(s, ret) == OK)
                return OK;
        if (s.n == 22 && s.p[2] == '/' && s.p[5] == '/') {
                int64_t hour;
                if (str_int((struct str){ s.p + 11, 2 }, 1, 12, &hour) != OK)
                        return ERR_TYPE;
                hour = hour % 12 + (s.p[20] == 'P' ? 12 : 0);
                struct str iso = str_printf(a, "%.4s-%.2s-%.2s %02d:%.5s", s.p + 6, s.p, s.p + 3, (int)hour, s.p + 14);
                return instant_parse(iso, ret);
        }
        return ERR_TYPE;
}

/* "SW-Dirty Alley": the letters before the dash are the agency's own and nearly give the answer away. */
static struct str without_prefix(struct str type)
{
        ptrdiff_t dash = str_find(type, STR("-"));
        for (ptrdiff_t i = 0; i < dash; i++)
                if (type.p[i] < 'A' || type.p[i] > 'Z')
                        return type;
        return dash > 0 && dash <= 5 ? str_trim((struct str){ type.p + dash + 1, type.n - (size_t)dash - 1 }) : type;
}

static struct str clipped(struct str s, size_t chars)
{
        return (struct str){ s.p, utf8_prefix(s, chars) };
}

static bool control_free(struct arena *a, struct str *s)
{
        char *p = arena_strndup(a, s->p ? s->p : "", s->n);
        for (size_t i = 0; i < s->n; i++)
                if ((unsigned char)p[i] < 32 && p[i] != '\n' && p[i] != '\t')
                        p[i] = ' ';
        *s = (struct str){ p, s->n };
        return utf8_valid(*s);
}

static bool read_message(struct replay *r, const struct csv *c, size_t row, struct message *m)
{
        struct arena *a = r->a->arena;
        struct str at = csv_at(c, row, COL_TIME), type = csv_at(c, row, COL_TYPE);
        struct str detail = csv_at(c, row, COL_DETAIL);
        if (at.n == 0)
                at = csv_at(c, row, COL_CREATED);
        *m = (struct message){ .title = clipped(csv_at(c, row, COL_TITLE), 200), .answered = INSTANT_NONE };
        m->words = clipped(detail.n ? detail : type.n ? without_prefix(type) : m->title, INTAKE_WORDS_MAX);
        m->reply = clipped(csv_at(c, row, COL_REPLY).n ? csv_at(c, row, COL_REPLY) : STR("closed in the file"), 9000);
        if (!control_free(a, &m->title) || !control_free(a, &m->words) || !control_free(a, &m->reply) || read_time(a, at, &m->at) != OK)
                return false;
        if (utf8_count(m->words) < 2)
                m->words = str_printf(a, STR_FMT " -", STR_ARG(m->title.n ? m->title : m->words));
        if (utf8_count(m->reply) < 5)
                m->reply = str_printf(a, STR_FMT " ……（原文）", STR_ARG(m->reply));
        struct str answered = csv_at(c, row, COL_REPLY_TIME).n ? csv_at(c, row, COL_REPLY_TIME) : csv_at(c, row, COL_CLOSED);
        if (answered.n && (read_time(a, answered, &m->answered) != OK || m->answered.us < m->at.us))
                m->answered = instant_is_none(m->answered) ? INSTANT_NONE : m->at;
        struct str lat = csv_at(c, row, COL_LAT), lon = csv_at(c, row, COL_LON);
        m->has_point = lat.n && lon.n && str_double(lat, &m->point.lat) == OK && str_double(lon, &m->point.lon) == OK && point_check(m->point, NULL) == OK;
        return true;
}

/* Why not: the first fault of the file, or that no row has words and a time. */
static struct say nothing_to_replay(struct args *a, const struct findings *found)
{
        for (size_t i = 0; i < found->n; i++)
                if (found->row[i].severity == SEV_ERROR)
                        return (struct say){ arena_printf(a->arena, "第 %d 行：" STR_FMT, (int)found->row[i].line, STR_ARG(found->row[i].zh)),
                                             arena_printf(a->arena, "line %d: " STR_FMT, (int)found->row[i].line, STR_ARG(found->row[i].en)) };
        return (struct say){ "没有可回放的行：要有 time（或 created）列，以及 title、detail 或 type 列", "no row to replay: a column time (or created) is needed, and title, detail or type" };
}

static int read_file(struct replay *r, struct str path, int64_t limit)
{
        static const size_t most = 512u << 20;
        BUF_AUTO bytes = BUF(most);
        struct findings found = { .arena = r->a->arena };
        struct csv c;
        struct str text;
        const char *encoding;
        int rc = buf_read_file(&bytes, arg_path(r->a, path));
        if (rc != OK)
                return usage_error(r->a, str_c(r->a->arena, path), (struct say){ "文件读不出来", "the file cannot be read" });
        if (text_utf8(r->a->arena, str_dup(r->a->arena, buf_view(&bytes)), &text, &encoding) != OK)
                return usage_error(r->a, str_c(r->a->arena, path), (struct say){ "既不是 UTF-8 也不是 GB18030", "neither UTF-8 nor GB18030" });
        csv_read_long(r->a->arena, path, text, columns, COLS, 65536, &found, &c);
        r->message = arena_array(r->a->arena, struct message, c.rows);
        for (size_t i = 0; i < c.rows && (int64_t)i < limit; i++) {
                if (read_message(r, &c, i, &r->message[r->n]))
                        r->n++;
                else
                        r->t.unreadable++;
        }
        if (r->n == 0)
                return usage_error(r->a, str_c(r->a->arena, path), nothing_to_replay(r->a, &found));
        return EXIT_FINE;
}

/* ---- time ------------------------------------------------------------------------------------------------------------- */

static struct ctx at_now(struct replay *r, struct arena *arena)
{
        struct ctx ctx = world_ctx(r->a, &r->w, r->town->id);
        ctx.now = r->now;
        ctx.arena = arena;
        ctx.chance = &r->chance.base;
        return ctx;
}

static int listen_all(struct replay *r)
{
        bool more = true;
        int rc = OK;
        while (more && rc == OK) {
                ARENA_AUTO arena = { 0 };
                struct ctx ctx = at_now(r, &arena);
                rc = round_listen(&r->house, &ctx, &more);
        }
        return rc;
}

/* All alarms up to @until, each at its own moment. */
static int pass_time(struct replay *r, struct instant until)
{
        for (;;) {
                ARENA_AUTO arena = { 0 };
                struct ctx ctx = at_now(r, &arena);
                struct instant next = INSTANT_NONE;
                int rung;
                int rc = store_read_begin(r->w.store, &ctx.tx, &r->w.err);
                if (rc == OK) {
                        rc = matter_next_alarm(&ctx, &next);
                        store_read_end(ctx.tx);
                }
                if (rc != OK)
                        return rc;
                if (instant_is_none(next) || next.us > until.us)
                        break;
                r->now = next.us > r->now.us ? next : r->now;
                ctx = at_now(r, &arena);
                rc = round_ring(&r->house, &ctx, &rung);
                r->t.rung += rung;
                if (rc != OK)
                        return rc;
        }
        r->now = until;
        return OK;
}

/* ---- one message -------------------------------------------------------------------------------------------------------- */

struct opening { struct replay *r; struct intake *k; int64_t id; struct code code; };

static int open_run(struct tx *tx, struct command *self)
{
        struct opening *o = self->arg;
        ARENA_AUTO arena = { 0 };
        struct ctx ctx = at_now(o->r, &arena);
        ctx.tx = tx;
        ctx.err = self->err;
        return matter_open(&ctx, o->r->town, o->k, o->id, &o->code, MATTER_ANONYMOUS);
}

static double fraction(struct replay *r)
{
        uint32_t x;
        chance_fill(&r->chance.base, &x, sizeof(x));
        return x / 4294967296.0;
}

/* Somewhere inside a grid drawn by lot: points of its box until one falls inside. */
static void scatter(struct replay *r, struct message *m)
{
        const struct grids *g = &r->town->grids;
        if (!r->scatter || m->has_point || g->n == 0)
                return;
        uint32_t i = (uint32_t)(fraction(r) * (double)g->n);
        struct box b = polygon_box(&g->shapes, i);
        for (int tries = 0; tries < 64; tries++) {
                struct vertex v = { b.x0 + (int32_t)(fraction(r) * ((double)b.x1 - b.x0)), b.y0 + (int32_t)(fraction(r) * ((double)b.y1 - b.y0)) };
                struct grid_hit hit;
                m->point = vertex_point(v);
                if (grid_locate(r->town->index, m->point, 0, &hit) == OK && hit.how == GRID_INSIDE && hit.grid == i)
                        break;
        }
        m->has_point = true;
}

struct stepping { struct replay *r; struct message *m; const char *action; const struct form_value *form; size_t n; };

static int step_run(struct tx *tx, struct command *self)
{
        struct stepping *s = self->arg;
        struct matter after;
        ARENA_AUTO arena = { 0 };
        struct ctx ctx = at_now(s->r, &arena);
        ctx.tx = tx;
        ctx.err = self->err;
        ctx.actor = (struct actor){ .kind = ACTOR_STAFF, .name = STR("replay") };
        struct matter_action a = { .id = s->m->id, .action = str_of(s->action), .rights = UINT64_MAX, .form = s->form, .n_form = s->n };
        return matter_act(&ctx, s->r->town, &a, &after);
}

static int step(struct replay *r, struct message *m, const char *action, const struct form_value *form, size_t n)
{
        struct stepping s = { r, m, action, form, n };
        return store_write(r->w.store, step_run, &s, PRIO_REQUEST, &r->w.err);
}

/* The desk looks at what is offered and takes the first. */
static int joins(struct replay *r, struct message *m, const struct intake *k)
{
        ARENA_AUTO arena = { 0 };
        struct ctx ctx = at_now(r, &arena);
        struct similar_ask ask = intake_similar_ask(k);
        struct similar_rows found;
        ask.except = m->id;
        int rc = store_read_begin(r->w.store, &ctx.tx, &r->w.err);
        if (rc != OK)
                return rc;
        rc = matter_similar(&ctx, r->town, &ask, &found);
        store_read_end(ctx.tx);
        if (rc != OK || found.n == 0)
                return rc;
        const struct form_value form[] = { { STR("cause"), str_printf(&arena, "%lld", (long long)found.row[0].cause) },
                                           { STR("reason"), str_printf(&arena, "回放：相似度 %d%%", (int)found.row[0].percent) } };
        rc = step(r, m, "join", form, COUNT(form));
        if (rc != OK)
                return rc;
        m->cause = found.row[0].cause;
        r->t.merged++;
        return OK;
}

static int comes_in(struct replay *r, struct message *m)
{
        ARENA_AUTO arena = { 0 };
        struct ctx ctx = at_now(r, &arena);
        struct intake k;
        scatter(r, m);
        struct intake_in in = { .title = m->title, .words = m->words, .subject = STR(""), .place = STR(""), .thing = STR(""), .respondent = STR(""),
                                .has_point = m->has_point, .point = m->point, .accuracy_m = -1, .source = STR("replay"), .anonymous = true }; /* the file names nobody who could be told */
        int rc = intake_decide(&ctx, r->town, &in, &k);
        if (rc != OK)
                return rc;
        struct opening o = { .r = r, .k = &k, .id = id_next(ctx.ids, r->now), .code = code_new(r->now, ctx.chance) };
        rc = store_write(r->w.store, open_run, &o, PRIO_REQUEST, &r->w.err);
        if (rc != OK)
                return rc;
        m->id = o.id;
        m->unit = k.suggested ? k.suggested->code : k.unit->code;
        m->subject = k.subject ? k.subject->code : (struct str){ 0 };
        r->t.matched[k.match.how]++;
        r->t.located += k.place != NULL;
        r->t.located_how[k.at.how]++;
        r->t.desk_place += !k.place;
        r->t.desk_subject += !k.subject;
        return r->merge ? joins(r, m, &k) : OK;
}

static int state_of(struct replay *r, struct message *m, struct arena *arena, struct matter *ret)
{
        struct ctx ctx = at_now(r, arena);
        int rc = store_read_begin(r->w.store, &ctx.tx, &r->w.err);
        if (rc != OK)
                return rc;
        rc = matter_get(&ctx, m->id, ret);
        store_read_end(ctx.tx);
        return rc;
}

/* What was joined is answered with its cause, when the first of them is. */
static int follow_all(struct replay *r)
{
        ARENA_AUTO arena = { 0 };
        struct ctx ctx = at_now(r, &arena);
        int n = 1, rc = OK;
        while (rc == OK && n > 0)
                rc = round_follow(&r->house, &ctx, &n);
        return rc;
}

static int is_answered(struct replay *r, struct message *m)
{
        ARENA_AUTO arena = { 0 };
        struct matter x;
        struct message work = *m;
        int rc = state_of(r, &work, &arena, &x);
        if (rc == OK && x.waits) {
                work.id = x.cause;
                rc = state_of(r, &work, &arena, &x);
        }
        if (rc != OK || !instant_is_none(x.answered))
                return rc;
        const struct form_value place[] = { { STR("unit"), m->unit }, { STR("reason"), STR("回放：由调度员定责") } };
        const struct form_value text[] = { { STR("text"), m->reply } };
        if (str_is(x.state, "placing"))
                rc = step(r, &work, "dispatch", place, COUNT(place));
        if (rc == OK && (rc = state_of(r, &work, &arena, &x)) == OK && str_is(x.state, "dispatched"))
                rc = step(r, &work, "sign", NULL, 0);
        if (rc == OK)
                rc = step(r, &work, "answer", text, COUNT(text));
        return rc == OK && r->merge ? follow_all(r) : rc;
}

static int by_time(const void *a, const void *b)
{
        const struct moment *x = a, *y = b;
        if (x->at.us != y->at.us)
                return x->at.us < y->at.us ? -1 : 1;
        if (x->what != y->what)
                return x->what < y->what ? -1 : 1;
        return x->message < y->message ? -1 : x->message > y->message;
}

static int play(struct replay *r)
{
        size_t n = 0;
        struct moment *moment = arena_array(r->a->arena, struct moment, 2 * r->n);
        for (uint32_t i = 0; i < r->n; i++) {
                moment[n++] = (struct moment){ r->message[i].at, COMES_IN, i };
                if (!instant_is_none(r->message[i].answered))
                        moment[n++] = (struct moment){ r->message[i].answered, IS_ANSWERED, i };
        }
        qsort(moment, n, sizeof(*moment), by_time);
        bool shown = isatty(STDERR_FILENO) && !arg_has(r->a, "json");
        for (size_t i = 0; i < n; i++) {
                struct message *m = &r->message[moment[i].message];
                int rc = pass_time(r, moment[i].at);
                if (rc == OK && moment[i].what == COMES_IN)
                        rc = comes_in(r, m);
                else if (rc == OK)
                        rc = is_answered(r, m);
                if (rc == OK && i % 500 == 499)
                        rc = listen_all(r);
                if (rc != OK) {
                        fprintf(r->a->errors, "%zu/%zu: ", i, n);
                        return rc;
                }
                if (shown && i % 100 == 0)
                        fprintf(stderr, "\r%zu / %zu", i, n);
        }
        if (shown)
                fputc('\n', stderr);
        return listen_all(r);
}

/* ---- what came of it ---------------------------------------------------------------------------------------------------- */

static void count_clocks(struct replay *r, const struct matter *m)
{
        struct clock_set set;
        if (clock_set_parse(m->clocks, &set) != OK)
                return;
        for (size_t i = 0; i < set.n; i++) {
                const struct clock *c = &set.row[i];
                if (clock_runs(c) && r->now.us <= c->due.us)
                        r->t.clock[c->kind].running++;
                else if (clock_kept(c, r->now))
                        r->t.clock[c->kind].met++;
                else
                        r->t.clock[c->kind].missed++;
                r->t.provisional += c->provisional;
        }
}

static int count(struct replay *r)
{
        r->t.in = (int64_t)r->n;
        for (size_t i = 0; i < r->n; i++) {
                ARENA_AUTO arena = { 0 };
                struct matter x;
                int rc = r->message[i].id ? state_of(r, &r->message[i], &arena, &x) : ERR_NONE;
                if (rc == ERR_NONE) {
                        r->t.lost++;
                        continue;
                }
                if (rc != OK)
                        return rc;
                if (str_is(x.state, "declined"))
                        r->t.declined++;
                else
                        r->t.matters += !r->message[i].cause;
                if (!instant_is_none(x.answered)) {
                        r->t.answered++;
                        r->t.on_time += !instant_is_none(x.due) && x.answered.us <= x.due.us;
                        r->t.overdue += instant_is_none(x.due) || x.answered.us > x.due.us;
                } else if (!instant_is_none(x.due) && r->now.us > x.due.us) {
                        r->t.overdue++;
                }
                count_clocks(r, &x);
        }
        return OK;
}

static struct voiced *voiced_of(struct replay *r, size_t *ret_n)
{
        struct voiced *v = arena_array(r->a->arena, struct voiced, r->n);
        size_t n = 0;
        for (size_t i = 0; i < r->n; i++) {
                const struct message *m = &r->message[i];
                if (m->id)
                        v[n++] = (struct voiced){ m->cause ? m->cause : m->id, m->id, { m->title, m->words } };
        }
        *ret_n = n;
        return v;
}

static void tell_json(struct replay *r, double seconds)
{
        BUF_AUTO out = BUF(1 << 20);
        struct json j = json_to(&out);
        const struct tally *t = &r->t;
        json_open(&j);
        json_kint(&j, "in", t->in);
        json_kint(&j, "matters", t->matters);
        json_kint(&j, "merged", t->merged);
        json_kint(&j, "declined", t->declined);
        json_kint(&j, "lost", t->lost);
        json_kint(&j, "located", t->located);
        json_key(&j, "matched");
        json_open(&j);
        for (size_t i = 0; i < MATCH_HOWS; i++)
                json_kint(&j, match_how_name((enum match_how)i), t->matched[i]);
        json_close(&j);
        json_kint(&j, "answered", t->answered);
        json_kint(&j, "on_time", t->on_time);
        json_kint(&j, "overdue", t->overdue);
        json_key(&j, "seconds");
        json_double(&j, seconds, 2);
        json_key(&j, "desk");
        json_open(&j);
        json_kint(&j, "place_unknown", t->desk_place);
        json_kint(&j, "subject_unknown", t->desk_subject);
        json_close(&j);
        json_key(&j, "clocks");
        json_open(&j);
        for (size_t i = 0; i < CLOCK_KINDS; i++) {
                json_key(&j, clock_kind_words[i]);
                json_open(&j);
                json_kint(&j, "met", t->clock[i].met);
                json_kint(&j, "missed", t->clock[i].missed);
                json_kint(&j, "running", t->clock[i].running);
                json_close(&j);
        }
        json_close(&j);
        if (r->merge) {
                size_t n;
                struct voiced *v = voiced_of(r, &n);
                causes_json(&j, r->a->arena, v, n);
        }
        json_kint(&j, "alarms", t->rung);
        json_kint(&j, "unreadable", t->unreadable);
        json_close(&j);
        tell_buf(r->a, &out);
}

static double percent(int64_t part, int64_t whole) { return whole ? 100.0 * (double)part / (double)whole : 0; }

static void tell_text(struct replay *r, double seconds)
{
        const struct tally *t = &r->t;
        FILE *f = r->a->out;
        bool zh = r->a->lang == LANG_ZH;
        fprintf(f, zh ? "回放 %lld 条，成事项 %lld，合并 %lld，不予受理 %lld，丢失 %lld；用时 %.1f 秒\n"
                      : "%lld messages: %lld matters, %lld merged, %lld declined, %lld lost; %.1f s\n",
                (long long)t->in, (long long)t->matters, (long long)t->merged, (long long)t->declined, (long long)t->lost, seconds);
        fprintf(f, zh ? "定位：%lld（%.1f%%）；到调度台：地点不明 %lld，事项不明 %lld\n" : "located: %lld (%.1f %%); to the desk: place unknown %lld, subject unknown %lld\n",
                (long long)t->located, percent(t->located, t->in), (long long)t->desk_place, (long long)t->desk_subject);
        for (size_t i = 0; i < MATCH_HOWS; i++)
                fprintf(f, zh ? "  %s：%lld（%.1f%%）\n" : "  %s: %lld (%.1f %%)\n", say_in(match_how_say((enum match_how)i), r->a->lang),
                        (long long)t->matched[i], percent(t->matched[i], t->in));
        fprintf(f, zh ? "已答复 %lld：按期 %lld，超期 %lld（含未答复而超期的）\n" : "answered %lld: on time %lld, overdue %lld (open and overdue counted)\n",
                (long long)t->answered, (long long)t->on_time, (long long)t->overdue);
        static const struct say kinds[CLOCK_KINDS] = {
                [CLOCK_STAGE] = { "阶段时限（定责、告知、会商）", "stages (placing, telling, joint look)" }, [CLOCK_TASK] = { "协办任务", "tasks of other units" }, [CLOCK_SIGN] = { "签收", "sign for" },
                [CLOCK_CONTACT] = { "首次联系（文件中没有）", "first contact (not in the file)" }, [CLOCK_PROMISED] = { "承诺答复", "promised answer" },
                [CLOCK_STATUTORY] = { "法定期限", "statutory limit" },
        };
        for (size_t i = 0; i < CLOCK_KINDS; i++)
                fprintf(f, zh ? "  %s：按期 %lld，超期 %lld，在途 %lld\n" : "  %s: met %lld, missed %lld, running %lld\n", say_in(kinds[i], r->a->lang),
                        (long long)t->clock[i].met, (long long)t->clock[i].missed, (long long)t->clock[i].running);
        if (!r->merge)
                return;
        size_t n;
        struct voiced *v = voiced_of(r, &n);
        causes_text(r->a, v, n);
}

/* ---- the stage ---------------------------------------------------------------------------------------------------------- */

static int set_stage(struct replay *r, char *tmp)
{
        struct args *a = r->a;
        int rc = EXIT_FINE;
        if (!arg_has(a, "town"))
                return usage_error(a, "--town", (struct say){ "需要乡镇文件夹", "the town folder is needed" });
        if (!arg_has(a, "db")) {
                if (!mkdtemp(tmp))
                        return usage_error(a, "--db", (struct say){ "建不了临时目录", "no temporary directory can be made" });
                a->given[a->n_given].option = &options[2];
                a->given[a->n_given++].value = str_printf(a->arena, "sqlite:%s/replay.db", tmp);
                a->scratch = true;
        }
        rc = world_open(a, true, &r->w);
        if (rc == EXIT_FINE && vault_keys_in_memory(&chance_system, &r->w.keys) != OK)
                rc = EXIT_FAILED;
        if (rc == EXIT_FINE)
                rc = town_for_asking(a, arg_text(a, "town", ""), &r->town);
        int64_t id = rc == EXIT_FINE ? r->town->id : 0;
        if (rc == EXIT_FINE)
                rc = town_load_dir(a, &r->w, arg_text(a, "town", ""), false);
        if (rc == EXIT_FINDINGS) /* errors that a fallback covers do not keep messages from being played */
                rc = town_load_dir(a, &r->w, arg_text(a, "town", ""), true);
        town_unref(r->town);
        r->town = NULL;
        if (rc == EXIT_FINE && shelf_town(r->w.shelf, id, a->now, &r->town, &r->w.err) != OK)
                rc = fail(a, &r->w.err);
        r->house = (struct house){ .store = r->w.store, .shelf = r->w.shelf, .keys = r->w.keys, .only_town = id };
        return rc;
}

static void clear_stage(struct replay *r, const char *tmp)
{
        town_unref(r->town);
        world_close(&r->w);
        if (strchr(tmp, 'X'))
                return;
        static const char *const left[] = { "replay.db", "replay.db-wal", "replay.db-shm", "replay.db.lock", "replay.db.key" };
        char path[4096];
        for (size_t i = 0; i < COUNT(left); i++) {
                snprintf(path, sizeof(path), "%s/%s", tmp, left[i]);
                unlink(path);
        }
        rmdir(tmp);
}

static int run(struct args *a)
{
        struct replay r = { .a = a };
        const char *dir = getenv("TMPDIR");
        char tmp[512];
        int64_t limit, seed;
        struct timespec begin, end;
        snprintf(tmp, sizeof(tmp), "%s/linli-replay-XXXXXX", dir && *dir ? dir : "/tmp");
        int rc = arg_int(a, "limit", INT64_MAX, 1, INT64_MAX, &limit);
        if (rc == EXIT_FINE)
                rc = arg_int(a, "scatter", 1, 0, INT64_MAX, &seed);
        if (rc != EXIT_FINE)
                return rc;
        r.scatter = arg_has(a, "scatter");
        r.merge = arg_has(a, "merge");
        chance_seed(&r.chance, (uint64_t)seed);
        rc = read_file(&r, a->at[0], limit);
        if (rc == EXIT_FINE)
                rc = set_stage(&r, tmp);
        clock_gettime(CLOCK_MONOTONIC, &begin);
        if (rc == EXIT_FINE && (play(&r) != OK || count(&r) != OK))
                rc = fail(a, &r.w.err);
        clock_gettime(CLOCK_MONOTONIC, &end);
        double seconds = (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9;
        if (rc == EXIT_FINE && arg_has(a, "json"))
                tell_json(&r, seconds);
        else if (rc == EXIT_FINE)
                tell_text(&r, seconds);
        clear_stage(&r, tmp);
        return rc == EXIT_FINE && r.t.lost ? EXIT_FINDINGS : rc;
}

const struct verb cmd_replay = {
        .name = "replay",
        .usage = "FILE --town DIR [--scatter SEED] [--merge] [--db URL] [--limit N] [--json]",
        .min_at = 1,
        .max_at = 1,
        .summary = { "用真实的带日期的来件走一遍主流程", "play real, dated messages through the main job" },
        .details = { "按文件里的时间逐条登记，有答复时间的按时答复；时钟照走，未签收的视为签收并上报。不给 --db 时用临时文件。",
                     "Opens each message at its own time and answers it when the file says so; the clocks run, and what nobody signs for counts as received and goes up. Without --db a temporary file is used." },
        .options = options,
        .run = run,
};
