/* bench/voices.c — one cause, a thousand voices: from the answer until each of them has it and their messages are written, committed.
 *
 * The commands are those of the server: the answer with the first voices in its transaction, then page by page as its rounds
 * do; then sealing, and the listener that writes a message in the app and one for the gateway to each of them. What the gateways
 * do with it comes after. The store holds many other matters.
 */
#include "filled.h"
#include "matter/voices.h"
#include "notice/notice.h"
#include "town/shelf.h"

#define VOICES 1000
#define TOGETHER 50 /* said and joined in one command */

struct speaking {
        struct bench *b;
        const struct filled *f;
        struct store *store;
        struct town *town;
        struct id_gen ids;
        int64_t cause;
        size_t next, joined;
        int64_t seal;
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

/* One resident more says it, with a contact, so that there is somebody to be told; the desk joins it. */
static int one_voice(struct ctx *ctx, struct speaking *s, size_t nth)
{
        const struct speaker *who = &s->f->speaker;
        struct intake k;
        struct code code = code_new(ctx->now, ctx->chance);
        int64_t id = id_next(ctx->ids, ctx->now);
        struct intake_in in = { .title = STR(""), .words = speaker_words(who, nth, ctx->arena), .subject = STR(""), .place = STR(""), .thing = STR(""),
                                .respondent = STR(""), .source = STR("web"), .has_point = true, .point = who->point[nth % who->n], .accuracy_m = 10 };
        const struct form_value form[] = { { STR("cause"), str_printf(ctx->arena, "%lld", (long long)s->cause) }, { STR("reason"), STR("同一处") } };
        int rc = intake_decide(ctx, s->town, &in, &k);
        if (rc == OK)
                rc = matter_open(ctx, s->town, &k, id, &code, id_next(ctx->ids, ctx->now));
        return rc == OK ? act(ctx, s, id, "join", form, COUNT(form)) : rc;
}

static int join_run(struct tx *tx, struct command *self)
{
        struct speaking *s = self->arg;
        ARENA_AUTO arena = { 0 };
        struct ctx ctx = ctx_of(s, tx, &arena, self->err);
        int rc = OK;
        for (size_t i = 0; rc == OK && i < TOGETHER; i++)
                rc = one_voice(&ctx, s, s->joined + i);
        return rc;
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
        while (rc == OK && s->joined < VOICES) {
                rc = store_write(s->store, join_run, s, PRIO_REQUEST, &s->err);
                s->joined += rc == OK ? TOGETHER : 0;
        }
        return rc;
}

/* ---- as the rounds do: seal, and write messages ------------------------------------------------------------------------------ */

static int seal_run(struct tx *tx, struct command *self)
{
        struct speaking *s = self->arg;
        ARENA_AUTO arena = { 0 };
        struct ctx ctx = ctx_of(s, tx, &arena, self->err);
        return event_seal(&ctx, 4096, &s->n);
}

static int seal_all(struct speaking *s)
{
        int rc = OK;
        for (s->n = 1; rc == OK && s->n > 0;)
                rc = store_write(s->store, seal_run, s, PRIO_BACKGROUND, &s->err);
        return rc;
}

static int skip_run(struct tx *tx, struct command *self)
{
        struct speaking *s = self->arg;
        ARENA_AUTO arena = { 0 };
        struct ctx ctx = ctx_of(s, tx, &arena, self->err);
        return event_cursor_set(&ctx, STR(NOTICE_LISTENER), s->seal);
}

/* What came before is no news: the listener begins behind it. */
static int skip_all(struct speaking *s)
{
        int rc = OK;
        for (int64_t before = -1; rc == OK && before != s->seal;) {
                ARENA_AUTO arena = { 0 };
                struct ctx ctx = ctx_of(s, NULL, &arena, &s->err);
                struct event_rows rows;
                before = s->seal;
                rc = store_read_begin(s->store, &ctx.tx, &s->err);
                if (rc != OK)
                        return rc;
                rc = event_after(&ctx, before, 4096, &rows, &s->seal);
                store_read_end(ctx.tx);
        }
        return rc == OK ? store_write(s->store, skip_run, s, PRIO_BACKGROUND, &s->err) : rc;
}

struct noting { struct speaking *s; struct notice_batch batch; size_t at; };

static int note_run(struct tx *tx, struct command *self)
{
        struct noting *w = self->arg;
        ARENA_AUTO arena = { 0 };
        struct ctx ctx = ctx_of(w->s, tx, &arena, self->err);
        size_t next = w->at;
        int rc = notice_apply(&ctx, &w->batch, w->at, &next);
        w->s->next = next;
        return rc;
}

/* One batch of the listener: *ret_rows messages written, *ret_more = there may be more. */
static int note_some(struct speaking *s, size_t *ret_rows, bool *ret_more)
{
        static const struct notice_ways ways = { .sms = true };
        ARENA_AUTO arena = { 0 };
        struct noting w = { .s = s };
        struct ctx ctx = ctx_of(s, NULL, &arena, &s->err);
        int rc = store_read_begin(s->store, &ctx.tx, &s->err);
        if (rc != OK)
                return rc;
        rc = notice_gather(&ctx, s->town, &ways, 1000, &w.batch);
        store_read_end(ctx.tx);
        *ret_more = rc == OK && w.batch.to != w.batch.from;
        do {
                rc = rc == OK && *ret_more ? store_write(s->store, note_run, &w, PRIO_BACKGROUND, &s->err) : rc;
                w.at = s->next;
        } while (rc == OK && w.at < w.batch.n);
        *ret_rows += w.batch.n;
        return rc;
}

static int note_all(struct speaking *s, size_t *ret_rows)
{
        int rc = OK;
        for (bool more = true; rc == OK && more;)
                rc = note_some(s, ret_rows, &more);
        return rc;
}

static int answer_all(struct speaking *s)
{
        const struct form_value text[] = { { STR("text"), STR("管道已修好，今日十八时恢复供水，给您带来不便请谅解。") },
                                           { STR("shared"), STR("管道已修好，今日十八时恢复供水，给您带来不便请谅解。") } };
        struct arena *a = s->b->a->arena;
        size_t rows = 0;
        int rc = seal_all(s);
        if (rc == OK)
                rc = skip_all(s);
        double begin = bench_clock();
        if (rc == OK)
                rc = on_cause(s, "answer", text, COUNT(text));
        double answered = bench_clock() - begin;
        for (s->n = MATTER_FOLLOW_MAX; rc == OK && s->n == MATTER_FOLLOW_MAX;)
                rc = store_write(s->store, follow_run, s, PRIO_BACKGROUND, &s->err);
        double followed = bench_clock() - begin;
        if (rc == OK)
                rc = seal_all(s);
        double sealed = bench_clock() - begin;
        if (rc == OK)
                rc = note_all(s, &rows);
        double all = bench_clock() - begin;
        if (rc != OK)
                return rc;
        bench_row(s->b, arena_printf(a, "%d voices answered with their cause and told, %s", (int)s->joined, s->f->engine), all, -1, "s", "<= 1");
        bench_row(s->b, arena_printf(a, "the answer itself, with the first %d of them", MATTER_FOLLOW_MAX), answered * 1e3, -1, "ms", "");
        bench_row(s->b, "until the last of them has it, committed", followed * 1e3, -1, "ms", "");
        bench_row(s->b, "sealing their events", (sealed - followed) * 1e3, -1, "ms", "");
        bench_row(s->b, arena_printf(a, "%zu messages for the app and the gateway, committed", rows), (all - sealed) * 1e3, -1, "ms", "");
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
