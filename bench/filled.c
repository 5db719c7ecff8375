#include "filled.h"
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>
#include "app/rounds.h"
#include "app/world.h"
#include "people/apikey.h"

#define TOGETHER 100 /* matters to a command */
#define FLYING 16    /* commands under way */
#define DECIDED 4096 /* different requests; what more are stored repeat them */

struct filling {
        struct bench *b;
        struct filled *f;
        struct store *store;
        struct shelf *shelf;
        struct town *town;
        struct arena arena;
        struct intake *intake;
        struct id_gen ids;
        pthread_mutex_t lock;
        pthread_cond_t landed;
        int flying, failed;
};

struct lot {
        struct command command;
        struct filling *f;
        struct arena arena;
        const struct matter_draft *draft[TOGETHER];
        size_t n;
};

static struct ctx ctx_of(struct filling *f, struct arena *a)
{
        struct instant now = { (int64_t)(f->b->a->now.us + (int64_t)(bench_clock() * 1e6) % 1000) };
        return (struct ctx){ .town = f->town->id, .actor = { .kind = ACTOR_PUBLIC, .name = STR("") }, .now = now, .arena = a,
                             .chance = &chance_system, .ids = &f->ids };
}

/* ---- decided once ----------------------------------------------------------------------------------------------------- */

static int decide_one(struct filling *f, uint64_t i)
{
        struct ctx ctx = ctx_of(f, &f->arena);
        struct err err = { 0 };
        struct intake_in in = { .title = STR(""), .subject = STR(""), .place = STR(""), .thing = STR(""), .respondent = STR(""), .source = STR("web"),
                                .has_point = true, .point = f->f->speaker.point[i % f->f->speaker.n], .accuracy_m = 10, .anonymous = true };
        ctx.err = &err;
        in.words = speaker_words(&f->f->speaker, i, &f->arena);
        int rc = intake_decide(&ctx, f->town, &in, &f->intake[i]);
        if (rc != OK)
                bench_say(f->b, "a request cannot be decided: %s", err_text(&err, LANG_EN));
        return rc == OK ? EXIT_FINE : EXIT_FAILED;
}

static int decide_all(struct filling *f)
{
        int rc = EXIT_FINE;
        f->intake = arena_array(&f->arena, struct intake, DECIDED);
        for (uint64_t i = 0; rc == EXIT_FINE && i < DECIDED; i++)
                rc = decide_one(f, i);
        return rc;
}

/* ---- written many times ------------------------------------------------------------------------------------------------ */

static int lot_run(struct tx *tx, struct command *self)
{
        struct lot *l = self->arg;
        ARENA_AUTO arena = { 0 };
        struct ctx ctx = ctx_of(l->f, &arena);
        int rc = OK;
        ctx.tx = tx;
        for (size_t i = 0; i < l->n && rc == OK; i++)
                rc = matter_open_draft(&ctx, l->draft[i]);
        return rc;
}

static void lot_done(struct command *c)
{
        struct lot *l = c->arg;
        struct filling *f = l->f;
        pthread_mutex_lock(&f->lock);
        f->flying--;
        f->failed = c->rc != OK ? c->rc : f->failed;
        pthread_cond_signal(&f->landed);
        pthread_mutex_unlock(&f->lock);
        arena_free(&l->arena);
        free(l);
}

static void wait_for(struct filling *f, int most)
{
        pthread_mutex_lock(&f->lock);
        while (f->flying > most)
                pthread_cond_wait(&f->landed, &f->lock);
        pthread_mutex_unlock(&f->lock);
}

static struct lot *lot_make(struct filling *f, size_t from)
{
        struct lot *l = calloc(1, sizeof(*l));
        if (!l)
                out_of_memory(sizeof(*l));
        l->f = f;
        l->command = (struct command){ .run = lot_run, .done = lot_done, .arg = l };
        for (size_t i = from; i < f->f->n && l->n < TOGETHER; i++) {
                struct ctx ctx = ctx_of(f, &l->arena);
                struct code code = code_new(ctx.now, ctx.chance);
                f->f->id[i] = id_next(&f->ids, ctx.now);
                l->draft[l->n++] = matter_draft(&ctx, f->town, &f->intake[i % DECIDED], f->f->id[i], &code, MATTER_ANONYMOUS, NULL);
        }
        return l;
}

static int write_all(struct filling *f)
{
        double begin = bench_clock();
        for (size_t at = 0; at < f->f->n && f->failed == OK; at += TOGETHER) {
                struct lot *l = lot_make(f, at);
                wait_for(f, FLYING - 1);
                pthread_mutex_lock(&f->lock);
                f->flying++;
                pthread_mutex_unlock(&f->lock);
                if (store_submit(f->store, &l->command) != OK)
                        BUG("the store takes no more");
        }
        wait_for(f, 0);
        if (f->failed != OK) {
                bench_say(f->b, "filling failed: %s", err_kind(f->failed)->say.en);
                return EXIT_FAILED;
        }
        bench_say(f->b, "%zu matters written in %.0f s", f->f->n, bench_clock() - begin);
        return EXIT_FINE;
}

static int listen_all(struct filling *f)
{
        struct house house = { .store = f->store, .shelf = f->shelf };
        double begin = bench_clock();
        bool more = true;
        int rc = OK;
        while (more && rc == OK) {
                ARENA_AUTO arena = { 0 };
                struct err err = { 0 };
                struct ctx ctx = ctx_of(f, &arena);
                ctx.err = &err;
                ctx.actor.kind = ACTOR_SYSTEM;
                rc = round_listen(&house, &ctx, &more);
                if (rc != OK)
                        bench_say(f->b, "listening failed: %s", err_text(&err, LANG_EN));
        }
        bench_say(f->b, "figures and search index caught up in %.0f s", bench_clock() - begin);
        return rc == OK ? EXIT_FINE : EXIT_FAILED;
}

/* ---- a desk ------------------------------------------------------------------------------------------------------------- */

struct keying {
        struct filling *f;
        char text[APIKEY_TEXT];
};

static int key_run(struct tx *tx, struct command *self)
{
        struct keying *k = self->arg;
        ARENA_AUTO arena = { 0 };
        struct ctx ctx = ctx_of(k->f, &arena);
        struct apikey key = { .name = STR("bench"), .place = STR(""), .org = STR(""), .until = DAY_NONE, .revoked = INSTANT_NONE, .maker = STR("bench") };
        for (enum right r = RIGHT_FIRST_GRANTED; r < RIGHT_COUNT; r++)
                key.rights |= right_bit(r);
        ctx.tx = tx;
        ctx.err = self->err;
        return apikey_make(&ctx, &key, k->text);
}

static int make_key(struct filling *f)
{
        struct keying k = { .f = f };
        struct err err = { 0 };
        int rc = store_write(f->store, key_run, &k, PRIO_REQUEST, &err);
        if (rc != OK)
                bench_say(f->b, "no key: %s", err_text(&err, LANG_EN));
        f->f->bearer = arena_printf(f->b->a->arena, "Authorization: Bearer %s\r\n", k.text);
        return rc == OK ? EXIT_FINE : EXIT_FAILED;
}

/* ---- all of it ----------------------------------------------------------------------------------------------------------- */

static int fill_open(struct filling *f)
{
        struct err err = { 0 };
        int rc = store_open(&(struct store_options){ .url = f->f->url }, &f->store, &err);
        if (rc == OK) {
                f->shelf = shelf_new(f->store);
                rc = shelf_town(f->shelf, f->f->speaker.town->id, f->b->a->now, &f->town, &err);
        }
        if (rc != OK)
                bench_say(f->b, "the store to fill: %s", err_text(&err, LANG_EN));
        return rc == OK ? EXIT_FINE : EXIT_FAILED;
}

static int fill(struct bench *b, struct filled *ret)
{
        struct filling f = { .b = b, .f = ret, .lock = PTHREAD_MUTEX_INITIALIZER, .landed = PTHREAD_COND_INITIALIZER, .ids.node = 900 };
        bench_say(b, "filling a %s store with %zu matters", ret->engine, ret->n);
        int rc = fill_open(&f);
        if (rc == EXIT_FINE)
                rc = make_key(&f);
        if (rc == EXIT_FINE)
                rc = decide_all(&f);
        if (rc == EXIT_FINE)
                rc = write_all(&f);
        if (rc == EXIT_FINE)
                rc = listen_all(&f);
        town_unref(f.town);
        shelf_free(f.shelf);
        store_close(f.store);
        arena_free(&f.arena);
        return rc;
}

static const char *size_of(struct bench *b)
{
        if (b->rows % 1000000 == 0)
                return arena_printf(b->a->arena, "%lldM", (long long)(b->rows / 1000000));
        return arena_printf(b->a->arena, "%lldk", (long long)(b->rows / 1000));
}

int filled_get(struct bench *b, const struct filled **ret)
{
        struct filled *f = b->filled;
        struct child child;
        *ret = f;
        if (f)
                return EXIT_FINE;
        f = arena_new(b->a->arena, struct filled);
        *f = (struct filled){ .url = b->url ? b->url : arena_printf(b->a->arena, "sqlite:%s/filled.db", b->folder),
                              .engine = b->url ? "PostgreSQL" : "SQLite", .size = size_of(b), .n = (size_t)b->rows };
        f->id = arena_array(b->a->arena, int64_t, f->n);
        int rc = speaker_init(&f->speaker, b, 7);
        if (rc == EXIT_FINE)
                rc = child_start(b, f->url, &child); /* makes the schema and loads the town */
        if (rc != EXIT_FINE)
                return rc;
        child_stop(&child);
        rc = fill(b, f);
        if (rc == EXIT_FINE)
                *ret = b->filled = f;
        return rc;
}
