/* bench/voices.c — one cause, a thousand voices: from the answer until each of them has it, committed.
 *
 * The commands are those of the server: the answer with the first voices in its transaction, then page by page as its rounds
 * do. The store holds many other matters.
 */
#include "filled.h"
#include "matter/voices.h"
#include "town/shelf.h"

#define VOICES 1000
#define TOGETHER 50 /* joined in one command */

struct speaking {
        struct bench *b;
        const struct filled *f;
        struct store *store;
        struct town *town;
        struct id_gen ids;
        int64_t cause;
        size_t at, next, joined; /* in f->id */
        const char *action;
        const struct form_value *form;
        size_t n_form;
        int n;
        struct err err;
};

static struct ctx ctx_of(struct speaking *s, struct tx *tx, struct arena *a, struct err *err)
{
        return (struct ctx){ .town = s->town->id, .actor = { .kind = ACTOR_STAFF, .name = STR("bench") }, .now = { s->b->a->now.us + US_PER_HOUR },
                             .tx = tx, .arena = a, .err = err, .chance = &chance_system, .ids = &s->ids };
}

static int act(struct ctx *ctx, const struct speaking *s, int64_t id, const char *action, const struct form_value *form, size_t n)
{
        struct matter after;
        struct matter_action a = { .id = id, .action = str_of(action), .rights = UINT64_MAX, .form = form, .n_form = n };
        return matter_act(ctx, s->town, &a, &after);
}

static int cause_run(struct tx *tx, struct command *self)
{
        struct speaking *s = self->arg;
        ARENA_AUTO arena = { 0 };
        struct ctx ctx = ctx_of(s, tx, &arena, self->err);
        return act(&ctx, s, s->cause, s->action, s->form, s->n_form);
}

static int on_cause(struct speaking *s, const char *action, const struct form_value *form, size_t n)
{
        s->action = action;
        s->form = form;
        s->n_form = n;
        return store_write(s->store, cause_run, s, PRIO_REQUEST, &s->err);
}

static int join_run(struct tx *tx, struct command *self)
{
        struct speaking *s = self->arg;
        ARENA_AUTO arena = { 0 };
        struct ctx ctx = ctx_of(s, tx, &arena, self->err);
        const struct form_value form[] = { { STR("cause"), str_printf(&arena, "%lld", (long long)s->cause) }, { STR("reason"), STR("同一处") } };
        size_t at = s->at, joined = 0;
        for (; at < s->f->n && joined < TOGETHER; at++) {
                if (s->f->id[at] == s->cause)
                        continue;
                int rc = act(&ctx, s, s->f->id[at], "join", form, COUNT(form));
                if (rc != OK && rc != ERR_STATE && rc != ERR_RULE)
                        return rc;
                joined += rc == OK;
        }
        s->n = (int)joined;
        s->next = at;
        return OK;
}

static int follow_run(struct tx *tx, struct command *self)
{
        struct speaking *s = self->arg;
        ARENA_AUTO arena = { 0 };
        struct ctx ctx = ctx_of(s, tx, &arena, self->err);
        return matter_follow(&ctx, s->town, s->cause, MATTER_FOLLOW_MAX, &s->n);
}

/* The first matter that a unit has and can sign for. */
static int choose_cause(struct speaking *s)
{
        int rc = ERR_NONE;
        for (size_t i = 0; i < s->f->n && i < 1000 && rc != OK; i++) {
                s->cause = s->f->id[i];
                rc = on_cause(s, "sign", NULL, 0);
        }
        return rc;
}

static int join_all(struct speaking *s)
{
        int rc = OK;
        while (rc == OK && s->joined < VOICES && s->at < s->f->n) {
                rc = store_write(s->store, join_run, s, PRIO_REQUEST, &s->err);
                s->joined += (size_t)s->n;
                s->at = s->next;
        }
        return rc == OK && s->joined < VOICES ? ERR_NONE : rc;
}

static int answer_all(struct speaking *s)
{
        const struct form_value text[] = { { STR("text"), STR("管道已修好，今日十八时恢复供水，给您带来不便请谅解。") } };
        double begin = bench_clock();
        int rc = on_cause(s, "answer", text, COUNT(text));
        double answered = bench_clock() - begin;
        for (s->n = MATTER_FOLLOW_MAX; rc == OK && s->n == MATTER_FOLLOW_MAX;)
                rc = store_write(s->store, follow_run, s, PRIO_BACKGROUND, &s->err);
        double all = bench_clock() - begin;
        if (rc != OK)
                return rc;
        struct arena *a = s->b->a->arena;
        bench_row(s->b, arena_printf(a, "%d voices answered with their cause, %s", (int)s->joined, s->f->engine), all, -1, "s", "<= 1");
        bench_row(s->b, arena_printf(a, "the answer itself, with the first %d of them", MATTER_FOLLOW_MAX), answered * 1e3, -1, "ms", "");
        return OK;
}

static int run(struct bench *b)
{
        struct speaking s = { .b = b, .ids.node = 901 };
        struct shelf *shelf = NULL;
        int rc = filled_get(b, &s.f);
        if (rc != EXIT_FINE)
                return rc;
        rc = store_open(&(struct store_options){ .url = s.f->url }, &s.store, &s.err);
        if (rc == OK) {
                shelf = shelf_new(s.store);
                rc = shelf_town(shelf, s.f->speaker.town->id, b->a->now, &s.town, &s.err);
        }
        if (rc == OK)
                rc = choose_cause(&s);
        if (rc == OK)
                rc = join_all(&s);
        if (rc == OK)
                rc = answer_all(&s);
        if (rc != OK)
                bench_say(b, "voices: %s", s.err.en[0] ? err_text(&s.err, LANG_EN) : err_kind(rc)->say.en);
        town_unref(s.town);
        shelf_free(shelf);
        store_close(s.store);
        return rc == OK ? EXIT_FINE : EXIT_FAILED;
}

const struct bench_case bench_voices = {
        .name = "voices",
        .help = { "一件事项的答复送给并入的一千件诉求", "one answer for a thousand matters that were joined" },
        .run = run,
};
