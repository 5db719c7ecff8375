#include <stdio.h>
#include "app/rounds.h"
#include "app/erasures.h"
#include "app/hand.h"
#include "app/retain.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/log.h"
#include "insight/rates.h"
#include "insight/search.h"
#include "matter/files.h"
#include "matter/voices.h"
#include "people/leave.h"
#include "people/session.h"
#include "people/swap.h"
#include "store/event.h"
#include "store/file.h"
#include "store/idem.h"
#include "store/lease.h"
#include "town/draft.h"

/* A command of this many events keeps requests waiting for some ten milliseconds at most. */
#define SEAL_MAX 2048
#define LISTEN_MAX 2048
#define RING_MAX 200
#define FOLLOW_CAUSES 20
#define FOLLOW_PAGES 20 /* of one cause in a pass, MATTER_FOLLOW_MAX voices each */
#define RENEW_PAGES 25 /* of 200 matters */
#define LEASE_SECONDS 15
#define SWEEP_EVERY_US (10 * US_PER_MINUTE)
#define RETAIN_MAX 200 /* matters a pass */
#define SCRUB_EVERY_US US_PER_HOUR /* the search index is rewritten for what was erased at most so often */
#define LIST_EVERY_US (2 * US_PER_SECOND)
#define LIST_MARGIN_US (10 * US_PER_MINUTE) /* a command that began earlier may be committed later */
#define SCRUB_WAIT_MS 7000 /* a read lasts 5 s at most */

/* ---- one small job in one write ---------------------------------------------------------------------------------------- */

struct job {
        struct house *house;
        struct ctx ctx;
        int (*run)(struct job *);
        struct str holder;           /* "" = no lease: the only process there is */
        const char *name;
        int64_t id;
        const struct town *t;
        const struct gathered *got;
        size_t at, next;             /* matters of got that were applied */
        int n;
};

static int job_run(struct tx *tx, struct command *self)
{
        struct job *j = self->arg;
        int64_t epoch;
        ARENA_AUTO arena = { 0 };
        j->ctx.tx = tx;
        j->ctx.arena = &arena;
        j->n = 0;
        int rc = j->holder.n ? lease_take(&j->ctx, str_of(j->name), j->holder, LEASE_SECONDS, &epoch) : OK;
        return rc == OK ? j->run(j) : rc;
}

static int job_do(struct job *j, int *ret_n)
{
        int rc = store_write(j->house->store, job_run, j, PRIO_BACKGROUND, j->ctx.err);
        *ret_n = rc == OK ? j->n : 0;
        return rc;
}

static int seal(struct job *j) { return event_seal(&j->ctx, SEAL_MAX, &j->n); }
static int apply(struct job *j) { return listen_apply(&j->ctx, j->got, j->at, &j->next); }
static int ring(struct job *j) { return matter_ring(&j->ctx, j->t, j->id, &j->n); }

/* Files that nobody has bound to a matter by then are forgotten. */
static struct instant uploads_before(const struct town *t, struct instant now)
{
        const struct town_limit *l = town_limit(t, STR("upload"));
        return (struct instant){ now.us - l->limit * (l->unit == DUE_HOUR || l->unit == DUE_WORKHOUR ? US_PER_HOUR : US_PER_DAY) };
}

static int sweep(struct job *j)
{
        int rc = people_sweep(&j->ctx);
        if (rc == OK)
                rc = matter_upload_sweep(&j->ctx, uploads_before(j->t, j->ctx.now), 100, &j->n);
        if (rc == OK)
                rc = leave_sweep(&j->ctx);
        if (rc == OK)
                rc = swap_sweep(&j->ctx);
        if (rc == OK)
                rc = draft_sweep(&j->ctx, (struct instant){ j->ctx.now.us - draft_life_us(j->t) }, 20, &j->n);
        return rc == OK ? idem_sweep(&j->ctx, 500, &j->n) : rc;
}

/* One after another would be one commit each; handed over together the store makes one of many. */
struct errand { struct job job; struct command command; struct gather *gather; struct err err; };
struct gather { pthread_mutex_t lock; pthread_cond_t all; size_t waiting; };

static void errand_done(struct command *c)
{
        struct errand *e = (struct errand *)(void *)((char *)c - offsetof(struct errand, command));
        struct gather *g = e->gather;
        pthread_mutex_lock(&g->lock);
        if (--g->waiting == 0)
                pthread_cond_signal(&g->all);
        pthread_mutex_unlock(&g->lock);
}

static void errand_send(struct errand *e, struct gather *g)
{
        e->gather = g;
        e->job.ctx.err = &e->err;
        e->command = (struct command){ .run = job_run, .done = errand_done, .arg = &e->job, .err = &e->err, .priority = PRIO_BACKGROUND };
        int sent = store_submit(e->job.house->store, &e->command);
        if (sent != OK) {
                e->command.rc = sent;
                errand_done(&e->command);
        }
}

/* All of them; the code of the first that failed, with its sentence in @err. */
static int errands_do(struct errand *const *e, size_t n, struct err *err)
{
        struct gather g = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, n };
        for (size_t i = 0; i < n; i++)
                errand_send(e[i], &g);
        pthread_mutex_lock(&g.lock);
        while (g.waiting)
                pthread_cond_wait(&g.all, &g.lock);
        pthread_mutex_unlock(&g.lock);
        for (size_t i = 0; i < n; i++) {
                if (e[i]->command.rc == OK)
                        continue;
                if (err)
                        *err = e[i]->err;
                return e[i]->command.rc;
        }
        return OK;
}

/* ---- sealing and listening --------------------------------------------------------------------------------------------- */

static const char *const lease_names[LISTENERS] = { [LISTENER_CASES] = "figures", [LISTENER_SEARCH] = "search" };

/* What there is to do, read beside the commit thread: where nothing happened nothing is written, no lease either. */
struct to_do {
        struct arena arena;
        bool unsealed;
        struct gathered got[LISTENERS];
};

static int look(struct house *h, const struct ctx *ctx, struct to_do *d)
{
        struct ctx read = *ctx;
        read.arena = &d->arena;
        int rc = store_read_begin(h->store, &read.tx, ctx->err);
        if (rc != OK)
                return rc;
        rc = event_waits(&read, &d->unsealed);
        for (enum listener who = 0; rc == OK && who < LISTENERS; who++)
                rc = listen_gather(&read, who, LISTEN_MAX, &d->got[who]);
        store_read_end(read.tx);
        return rc;
}

/* The next piece of what a listener gathered; false when all of it is written. A gathered without matters still moves the cursor. */
static bool next_piece(struct errand *e, const struct job *like, enum listener who, const struct gathered *g, bool first)
{
        size_t at = first ? 0 : e->job.next;
        if (first ? g->to == g->from : at == g->n)
                return false;
        *e = (struct errand){ .job = *like };
        e->job.name = lease_names[who];
        e->job.run = apply;
        e->job.got = g;
        e->job.at = e->job.next = at;
        return true;
}

/* Seal, and bring every listener up to where it was sealed before. */
static int listen_write(struct job *like, struct to_do *d)
{
        struct errand sealing = { .job = *like }, piece[LISTENERS] = { 0 };
        bool left[LISTENERS], first = true;
        sealing.job.name = "sealer";
        sealing.job.run = seal;
        int rc = OK;
        for (size_t n = 1; rc == OK && n > 0; first = false) {
                struct errand *e[1 + LISTENERS];
                n = 0;
                if (first && d->unsealed)
                        e[n++] = &sealing;
                for (enum listener who = 0; who < LISTENERS; who++) {
                        left[who] = (first || left[who]) && next_piece(&piece[who], like, who, &d->got[who], first);
                        if (left[who])
                                e[n++] = &piece[who];
                }
                rc = errands_do(e, n, like->ctx.err);
        }
        return rc == ERR_CONFLICT ? OK : rc; /* somebody else has gone further: look again */
}

static int listen_as(struct house *h, struct ctx *ctx, struct str holder, bool *ret_more)
{
        struct to_do d = { 0 };
        struct job like = { .house = h, .ctx = *ctx, .holder = holder };
        int rc = look(h, ctx, &d);
        *ret_more = rc == OK && d.unsealed;
        for (enum listener who = 0; rc == OK && who < LISTENERS; who++)
                *ret_more = *ret_more || d.got[who].to != d.got[who].from;
        if (rc == OK)
                rc = listen_write(&like, &d);
        arena_free(&d.arena);
        return rc;
}

int round_listen(struct house *h, struct ctx *ctx, bool *ret_more)
{
        return listen_as(h, ctx, STR(""), ret_more);
}

static int due_ids(struct house *h, struct ctx *ctx, struct arena *a, int64_t **ids, size_t *n)
{
        struct ctx read = *ctx;
        read.arena = a;
        int rc = store_read_begin(h->store, &read.tx, ctx->err);
        if (rc != OK)
                return rc;
        rc = matter_ringing(&read, RING_MAX, ids, n);
        store_read_end(read.tx);
        return rc;
}

static int ring_all(struct house *h, struct ctx *ctx, struct str holder, const struct town *t, const int64_t *ids, size_t n, int *ret_n)
{
        ARENA_AUTO arena = { 0 };
        struct errand **e = arena_array(&arena, struct errand *, n);
        for (size_t i = 0; i < n; i++) {
                e[i] = arena_new(&arena, struct errand);
                e[i]->job = (struct job){ .house = h, .ctx = *ctx, .holder = holder, .name = "clock", .run = ring, .id = ids[i], .t = t };
        }
        int rc = errands_do(e, n, ctx->err);
        for (size_t i = 0; i < n; i++)
                *ret_n += e[i]->command.rc == OK && e[i]->job.n > 0;
        return rc;
}

static int ring_as(struct house *h, struct ctx *ctx, struct str holder, int *ret_n)
{
        ARENA_AUTO arena = { 0 };
        int64_t *ids;
        size_t n;
        struct town *t;
        *ret_n = 0;
        int rc = due_ids(h, ctx, &arena, &ids, &n);
        if (rc != OK || n == 0)
                return rc;
        rc = shelf_town(h->shelf, ctx->town, ctx->now, &t, ctx->err);
        if (rc != OK)
                return rc;
        rc = ring_all(h, ctx, holder, t, ids, n, ret_n);
        town_unref(t);
        return rc;
}

int round_ring(struct house *h, struct ctx *ctx, int *ret_n)
{
        return ring_as(h, ctx, STR(""), ret_n);
}

/* ---- voices behind their cause ------------------------------------------------------------------------------------------- */

static int follow(struct job *j) { return matter_follow(&j->ctx, j->t, j->id, MATTER_FOLLOW_MAX, &j->n); }

static int causes_behind(struct house *h, struct ctx *ctx, struct arena *a, int64_t **ids, size_t *n)
{
        struct ctx read = *ctx;
        read.arena = a;
        int rc = store_read_begin(h->store, &read.tx, ctx->err);
        if (rc != OK)
                return rc;
        rc = matter_following(&read, FOLLOW_CAUSES, ids, n);
        store_read_end(read.tx);
        return rc;
}

/* Page by page, each in a commit of its own, so that nobody waits for a thousand voices. */
static int follow_cause(struct house *h, struct ctx *ctx, struct str holder, const struct town *t, int64_t cause, int *ret_n)
{
        struct job j = { .house = h, .ctx = *ctx, .holder = holder, .name = "voices", .run = follow, .id = cause, .t = t };
        int n = MATTER_FOLLOW_MAX, rc = OK;
        for (int page = 0; rc == OK && n == MATTER_FOLLOW_MAX && page < FOLLOW_PAGES; page++) {
                rc = job_do(&j, &n);
                *ret_n += n;
        }
        return rc;
}

static int follow_as(struct house *h, struct ctx *ctx, struct str holder, int *ret_n)
{
        ARENA_AUTO arena = { 0 };
        int64_t *ids;
        size_t n;
        struct town *t = NULL;
        *ret_n = 0;
        int rc = causes_behind(h, ctx, &arena, &ids, &n);
        if (rc != OK || n == 0)
                return rc;
        rc = shelf_town(h->shelf, ctx->town, ctx->now, &t, ctx->err);
        for (size_t i = 0; rc == OK && i < n; i++)
                rc = follow_cause(h, ctx, holder, t, ids[i], ret_n);
        town_unref(t);
        return rc;
}

int round_follow(struct house *h, struct ctx *ctx, int *ret_n)
{
        return follow_as(h, ctx, STR(""), ret_n);
}

/* ---- deadlines that were provisional ------------------------------------------------------------------------------------- */

static int renew(struct job *j)
{
        bool moved;
        int rc = matter_renew(&j->ctx, j->t, j->id, &moved);
        j->n = rc == OK && moved;
        return rc;
}

static int renew_one(struct house *h, struct ctx *ctx, struct str holder, struct town *t, int64_t id, int *ret_moved)
{
        struct job j = { .house = h, .ctx = *ctx, .holder = holder, .name = "clock", .run = renew, .id = id, .t = t };
        int moved;
        int rc = job_do(&j, &moved);
        *ret_moved += moved;
        if (rc == OK || err_kind(rc)->retry)
                return rc;
        log_error("rounds town=%lld matter=%lld: a provisional deadline cannot be counted: %s", (long long)ctx->town, (long long)id, err_kind(rc)->name);
        return OK; /* the others go on */
}

/* Looked through beside the commit thread: what stays as it is is not written. When the store fails the page comes again. */
static int renew_page(struct house *h, struct ctx *ctx, struct str holder, struct town *t, struct matter_walk *walk, size_t *ret_n, int *ret_moved)
{
        ARENA_AUTO arena = { 0 };
        struct ctx read = *ctx;
        struct matter_walk next = *walk;
        struct matter_open_row *row;
        read.arena = &arena;
        int rc = store_read_begin(h->store, &read.tx, ctx->err);
        if (rc != OK)
                return rc;
        rc = matter_walk_open(&read, &next, &row, ret_n);
        store_read_end(read.tx);
        for (size_t i = 0; rc == OK && i < *ret_n; i++)
                if (matter_renews(t, &row[i]))
                        rc = renew_one(h, ctx, holder, t, row[i].id, ret_moved);
        if (rc == OK)
                *walk = next;
        return rc;
}

/* ---- erasing and keeping ------------------------------------------------------------------------------------------------- */

struct merging { struct job job; bool first, more; };

static int merge(struct job *j)
{
        struct merging *m = (struct merging *)(void *)((char *)j - offsetof(struct merging, job));
        return search_scrub(&j->ctx, m->first, &m->more);
}

/* One piece of the index. */
static int merge_some(struct house *h, struct ctx *ctx, bool first, bool *ret_more)
{
        struct merging m = { .job = { .house = h, .ctx = *ctx, .name = "scrub", .run = merge }, .first = first };
        int n;
        int rc = job_do(&m.job, &n);
        *ret_more = rc == OK && m.more;
        return rc;
}

int round_scrub(struct house *h, struct ctx *ctx)
{
        bool more = true;
        int rc = OK;
        for (bool first = true; rc == OK && more; first = false)
                rc = merge_some(h, ctx, first, &more);
        return rc == OK ? store_scrub(h->store, SCRUB_WAIT_MS, ctx->err) : rc;
}

/* ---- the thread ---------------------------------------------------------------------------------------------------------- */

struct counted {
        int64_t town;
        char calendar[96];
        struct matter_walk walk;      /* so far */
        bool through;
        int moved;
};

struct rounds {
        struct house *house;
        struct id_gen *ids;
        struct instant (*now)(void *);
        void *arg;
        char holder[32];
        pthread_t thread;
        pthread_mutex_t lock;
        pthread_cond_t wake;
        bool woken, stop;
        size_t known;                 /* announced causes seen in this pass */
        struct instant swept;
        _Atomic uint64_t rings, failures, passes;
        struct { int64_t town, seal; } told[64]; /* up to which seal the live stream was told */
        size_t n_told;
        struct keeping {
                int64_t town;
                struct day day;               /* up to which retention was done */
                struct instant listed, looked; /* up to which erasures stand in the file, and when that was looked at */
                bool behind;                  /* something was written since */
                struct instant handed, handed_all; /* when was looked for matters of who is away; and through all holders, */
                struct day handed_day;        /* on which day, */
                int64_t handed_version;       /* and by which version of the town */
        } keeping[64];
        size_t n_keeping;
        bool erased, merging;                 /* something was erased since the index was rewritten; it is being rewritten */
        struct instant scrubbed;
        struct counted counted[64]; /* by which calendar provisional deadlines were last counted */
        size_t n_counted;
};

/* To those who see it, and to those whom it left with this step: their lists still have it. */
static void tell_of(struct rounds *r, struct ctx *read, const struct town *t, const struct event *e)
{
        struct matter m;
        struct scope_object object, left;
        if (matter_get(read, e->matter, &m) != OK)
                return;
        matter_scope(t, &m, &object);
        sse_publish(r->house->hub, &(struct sse_event){ .town = read->town, .kind = "matter.changed", .id = m.id, .object = &object });
        if (matter_scope_left(read, t, &m, e, &left) == OK)
                sse_publish(r->house->hub, &(struct sse_event){ .town = read->town, .kind = "matter.changed", .id = m.id, .object = &left });
}

static void tell_live(struct rounds *r, struct ctx *ctx)
{
        size_t at = 0;
        while (at < r->n_told && r->told[at].town != ctx->town)
                at++;
        if (at == COUNT(r->told))
                return;
        ARENA_AUTO arena = { 0 };
        struct ctx read = *ctx;
        struct event_rows rows;
        struct town *t;
        int64_t seal = 0;
        read.arena = &arena;
        if (shelf_town(r->house->shelf, ctx->town, ctx->now, &t, NULL) != OK)
                return;
        if (store_read_begin(r->house->store, &read.tx, NULL) == OK) {
                int rc = OK;
                /* Nobody listens, or it begins: from the present on, so that who comes next misses nothing. */
                bool nobody = at == r->n_told || sse_clients(r->house->hub) == 0;
                if (nobody && (rc = event_cursor(&read, STR("insight"), &seal)) == OK) {
                        r->told[at] = (__typeof__(r->told[0])){ ctx->town, seal };
                        r->n_told += at == r->n_told;
                }
                rows = (struct event_rows){ 0 };
                if (rc == OK && !nobody)
                        rc = event_after(&read, r->told[at].seal, LISTEN_MAX, &rows, &seal);
                for (size_t i = 0; rc == OK && i < rows.n; i++)
                        tell_of(r, &read, t, &rows.row[i].e);
                if (rc == OK && rows.n)
                        r->told[at].seal = seal;
                store_read_end(read.tx);
        }
        town_unref(t);
}

/* Where the town's counting stands; begun anew when its calendar is another one. NULL when there are too many towns. */
static struct counted *counted_of(struct rounds *r, int64_t town, struct str calendar)
{
        size_t at = 0;
        while (at < r->n_counted && r->counted[at].town != town)
                at++;
        if (at == COUNT(r->counted))
                return NULL;
        struct counted *c = &r->counted[at];
        if (at < r->n_counted && str_is(calendar, c->calendar))
                return c;
        r->n_counted += at == r->n_counted;
        *c = (struct counted){ .town = town };
        snprintf(c->calendar, sizeof(c->calendar), STR_FMT, STR_ARG(calendar));
        return c;
}

static int renew_some(struct rounds *r, struct ctx *ctx, struct town *t, struct counted *c)
{
        size_t n = 1;
        int rc = OK;
        for (int page = 0; page < RENEW_PAGES && n > 0 && rc == OK; page++)
                rc = renew_page(r->house, ctx, str_of(r->holder), t, &c->walk, &n, &c->moved);
        c->through = rc == OK && n == 0;
        if (c->through && c->moved)
                log_info("town=%lld calendar=%s: %d deadlines moved", (long long)ctx->town, c->calendar, c->moved);
        return rc;
}

/* Once when the server starts, and again whenever the town has another version or calendar; some pages a pass. */
static int renew_if_needed(struct rounds *r, struct ctx *ctx, bool *more)
{
        struct town *t;
        int rc = shelf_town(r->house->shelf, ctx->town, ctx->now, &t, ctx->err);
        if (rc != OK)
                return rc;
        char lists[96]; /* an office's own days and hours come with the town's version */
        snprintf(lists, sizeof(lists), "%lld " STR_FMT, (long long)t->version, STR_ARG(calendar_version(t->calendar)));
        struct counted *c = counted_of(r, ctx->town, str_of(lists));
        if (c && !c->through) {
                rc = renew_some(r, ctx, t, c);
                *more = *more || !c->through;
        }
        town_unref(t);
        return rc;
}

/* While nothing is announced anywhere, intake need not look. */
static void watch_known(struct rounds *r, const struct ctx *ctx)
{
        ARENA_AUTO arena = { 0 };
        struct ctx read = *ctx;
        struct known_causes all = { .n = 1 };
        read.arena = &arena;
        if (store_read_begin(r->house->store, &read.tx, NULL) == OK) {
                known_list(&read, &all);
                store_read_end(read.tx);
        }
        r->known += all.n;
}

static struct keeping *keeping_of(struct rounds *r, int64_t town)
{
        size_t at = 0;
        while (at < r->n_keeping && r->keeping[at].town != town)
                at++;
        if (at == COUNT(r->keeping))
                return NULL;
        if (at == r->n_keeping)
                r->keeping[r->n_keeping++] = (struct keeping){ .town = town, .day = DAY_NONE, .listed = INSTANT_NONE, .behind = true, .handed_day = DAY_NONE };
        return &r->keeping[at];
}

/* After midnight, some matters a pass, until nothing is left. */
static int retain_if_due(struct rounds *r, struct ctx *ctx, bool *more)
{
        struct keeping *k = keeping_of(r, ctx->town);
        struct town *t;
        int64_t n = 0;
        if (!k || k->day.n == instant_day(ctx->now).n)
                return OK;
        int rc = shelf_town(r->house->shelf, ctx->town, ctx->now, &t, ctx->err);
        if (rc != OK)
                return rc;
        rc = retain_some(r->house, ctx, str_of(r->holder), t, RETAIN_MAX, &n);
        town_unref(t);
        if (rc == OK && n == 0)
                k->day = instant_day(ctx->now);
        if (n)
                log_info("town=%lld: retention took %lld", (long long)ctx->town, (long long)n);
        r->erased = r->erased || n > 0;
        *more = *more || n > 0;
        return rc;
}

/* Who left, whose term ended, who is away: what they held goes to others. All holders are looked through when a day begins, when the
 * town's lists changed and now and then; the units of who is away every few seconds. */
static int hand_if_due(struct rounds *r, struct ctx *ctx, bool *more)
{
        struct keeping *k = keeping_of(r, ctx->town);
        struct town *t;
        int n = 0, stuck = 0;
        if (!k || ctx->now.us - k->handed.us < LIST_EVERY_US)
                return OK;
        int rc = shelf_town(r->house->shelf, ctx->town, ctx->now, &t, ctx->err);
        if (rc != OK)
                return rc;
        struct day today = instant_day(ctx->now);
        bool all = k->handed_day.n != today.n || k->handed_version != t->version || ctx->now.us - k->handed_all.us > SWEEP_EVERY_US;
        rc = hand_some(r->house, ctx, str_of(r->holder), t, all, RETAIN_MAX, &n, &stuck);
        if (rc == OK && all && n == 0) {
                k->handed_all = ctx->now;
                k->handed_day = today;
                k->handed_version = t->version;
                if (stuck)
                        log_warn("town=%lld: nobody is left to take %d matters of who left", (long long)ctx->town, stuck);
        }
        if (rc == OK && n == 0)
                k->handed = ctx->now;
        if (n)
                log_info("town=%lld: %d matters changed hands", (long long)ctx->town, n);
        town_unref(t);
        *more = *more || n > 0;
        return rc;
}

/* What was erased on request is written beside the database, and leaves the WAL. */
static int list_erased(struct rounds *r, struct ctx *ctx, bool written)
{
        struct keeping *k = keeping_of(r, ctx->town);
        int64_t n = 0;
        if (!k || !r->house->erasures)
                return OK;
        k->behind = k->behind || written;
        if (!k->behind || ctx->now.us - k->looked.us < LIST_EVERY_US)
                return OK;
        k->looked = ctx->now;
        int rc = erasures_write(r->house->erasures, r->house->store, ctx->town, k->listed, &n, ctx->err);
        if (rc == OK) {
                k->listed = (struct instant){ ctx->now.us - LIST_MARGIN_US };
                k->behind = false;
        }
        r->erased = r->erased || n > 0;
        return rc == OK && n ? store_scrub(r->house->store, 0, ctx->err) : rc;
}

/* Tokens of what was erased go from the index when its segments are written anew; then the WAL that held them goes too. */
static void scrub_some(struct rounds *r, struct ctx *ctx, bool *more)
{
        bool first = !r->merging, left = false;
        if (!r->merging && (!r->erased || ctx->now.us - r->scrubbed.us < SCRUB_EVERY_US))
                return;
        r->erased = r->erased && !first;
        if (merge_some(r->house, ctx, first, &left) != OK) {
                r->erased = true;
                return;
        }
        r->merging = left;
        *more = *more || left;
        if (left)
                return;
        r->scrubbed = ctx->now;
        store_scrub(r->house->store, 0, ctx->err);
}

static int sweep_town(struct house *h, struct ctx *ctx, struct str holder)
{
        struct town *t;
        int n;
        int rc = shelf_town(h->shelf, ctx->town, ctx->now, &t, ctx->err);
        if (rc != OK)
                return rc;
        struct job j = { .house = h, .ctx = *ctx, .holder = holder, .name = "sweep", .run = sweep, .t = t };
        rc = job_do(&j, &n);
        town_unref(t);
        return rc == OK ? file_sweep(h->store, ctx, true, &n) : rc;
}

static bool town_pass(struct rounds *r, int64_t town)
{
        struct err err = { 0 };
        bool more = false;
        int rung = 0, followed = 0;
        struct ctx ctx = { .town = town, .actor = { .kind = ACTOR_SYSTEM, .name = STR("") }, .now = r->now(r->arg), .err = &err,
                           .chance = &chance_system, .ids = r->ids };
        struct str holder = str_of(r->holder);
        watch_known(r, &ctx);
        int behind = follow_as(r->house, &ctx, holder, &followed);
        int rc = listen_as(r->house, &ctx, holder, &more);
        bool written = more;
        if (rc == OK)
                tell_live(r, &ctx);
        if (rc == OK)
                rc = renew_if_needed(r, &ctx, &more);
        if (rc == OK || rc == ERR_BUSY)
                rc = ring_as(r->house, &ctx, holder, &rung);
        atomic_fetch_add(&r->rings, (uint64_t)rung);
        if (rc == OK)
                rc = list_erased(r, &ctx, written);
        if (rc == OK)
                rc = hand_if_due(r, &ctx, &more);
        if (rc == OK)
                rc = retain_if_due(r, &ctx, &more);
        if (rc == OK)
                scrub_some(r, &ctx, &more);
        if (rc == OK && ctx.now.us - r->swept.us > SWEEP_EVERY_US) {
                rc = sweep_town(r->house, &ctx, holder);
        } else if (rc == OK) {
                int n;
                rc = file_sweep(r->house->store, &ctx, false, &n);
        }
        if (rc == OK)
                rc = behind;
        if (rc != OK && rc != ERR_BUSY) {
                if (atomic_fetch_add(&r->failures, 1) % 100 == 0)
                        log_warn("rounds town=%lld: %s: %s", (long long)town, err_kind(rc)->name, err_text(&err, LANG_EN));
        }
        return more || rung == RING_MAX || followed >= FOLLOW_PAGES * MATTER_FOLLOW_MAX;
}

static bool pass(struct rounds *r)
{
        ARENA_AUTO arena = { 0 };
        struct ctx ctx = { .arena = &arena };
        struct town_row *row;
        size_t n = 0;
        bool more = false;
        if (store_read_begin(r->house->store, &ctx.tx, NULL) != OK)
                return false;
        int rc = town_list(&ctx, &row, &n);
        store_read_end(ctx.tx);
        r->known = 0;
        for (size_t i = 0; rc == OK && i < n; i++)
                more = town_pass(r, row[i].id) || more;
        atomic_store(&r->house->nothing_known, rc == OK && r->known == 0);
        struct instant now = r->now(r->arg);
        if (now.us - r->swept.us > SWEEP_EVERY_US)
                r->swept = now;
        atomic_fetch_add(&r->passes, 1);
        return more;
}

static void *go_round(void *arg)
{
        struct rounds *r = arg;
        for (;;) {
                bool more = pass(r);
                struct timespec until;
                clock_gettime(CLOCK_REALTIME, &until);
                until.tv_nsec += more ? 2000000 : 200000000;
                if (until.tv_nsec >= 1000000000) {
                        until.tv_sec++;
                        until.tv_nsec -= 1000000000;
                }
                pthread_mutex_lock(&r->lock);
                while (!r->stop && !(r->woken && more) && pthread_cond_timedwait(&r->wake, &r->lock, &until) == 0)
                        continue;
                r->woken = false;
                bool stop = r->stop;
                pthread_mutex_unlock(&r->lock);
                if (stop)
                        return NULL;
        }
}

struct rounds *rounds_start(struct house *h, struct id_gen *ids, struct instant (*now)(void *), void *arg)
{
        struct rounds *r = calloc(1, sizeof(*r));
        uint64_t random;
        if (!r)
                BUG("out of memory");
        r->house = h;
        r->ids = ids;
        r->now = now;
        r->arg = arg;
        r->swept = now(arg);
        chance_fill(&chance_system, &random, sizeof(random));
        snprintf(r->holder, sizeof(r->holder), "%016llx", (unsigned long long)random);
        pthread_mutex_init(&r->lock, NULL);
        pthread_cond_init(&r->wake, NULL);
        if (pthread_create(&r->thread, NULL, go_round, r) != 0)
                BUG("no thread");
        return r;
}

void rounds_wake(struct rounds *r)
{
        pthread_mutex_lock(&r->lock);
        r->woken = true;
        pthread_mutex_unlock(&r->lock);
}

void rounds_stop(struct rounds *r)
{
        if (!r)
                return;
        pthread_mutex_lock(&r->lock);
        r->stop = true;
        pthread_cond_signal(&r->wake);
        pthread_mutex_unlock(&r->lock);
        pthread_join(r->thread, NULL);
        pthread_mutex_destroy(&r->lock);
        pthread_cond_destroy(&r->wake);
        free(r);
}

void rounds_metrics(struct rounds *r, struct buf *out)
{
        buf_printf(out, "# TYPE linli_rounds_total counter\nlinli_rounds_total %llu\n", (unsigned long long)atomic_load(&r->passes));
        buf_printf(out, "# TYPE linli_matters_rung_total counter\nlinli_matters_rung_total %llu\n", (unsigned long long)atomic_load(&r->rings));
        buf_printf(out, "# TYPE linli_rounds_failed_total counter\nlinli_rounds_failed_total %llu\n", (unsigned long long)atomic_load(&r->failures));
}
