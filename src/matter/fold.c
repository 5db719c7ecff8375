/* The row of a matter, told anew from its events. */
#include <json-c/json.h>
#include "base/json.h"
#include "matter/inner/placing.h"
#include "matter/inner/known.h"
#include "matter/inner/passage.h"
#include "matter/inner/release.h"
#include "matter/inner/task.h"
#include "matter/inner/verify.h"
#include "matter/matter_sql.h"
#include "matter/source.h"

enum { STATE, SUBJECT, GRID, UNIT, POST, HOLDER, DUTY, SOURCE, RETURNED_BY, RETURNED_DUTY, ASKED, TEXTS };
static const char *const text_name[TEXTS] = { "state", "subject", "grid", "unit",        "post",
                                              "holder", "duty",   "source", "by", "duty", "what" };

/* One matter as far as it was told. Texts lie in its arena. */
struct fold {
        int64_t matter;
        int32_t last;      /* its last event so far */
        bool told;         /* it began with "opened": other aggregates are not ours */
        bool ended_in_row; /* the last event has the row beside it */
        bool gone, erased; /* words are gone; somebody had them erased */
        bool known;        /* it was announced */
        bool released;     /* and is public */
        struct str text[TEXTS];
        int64_t version;
        bool urgent;
        int32_t solved, satisfied, upheld, reopened, pauses, extensions, calls;
        int64_t cause;
        bool waits;
        struct task_fold *tasks; /* NULL while no unit was called in */
        int32_t files;
        struct str order; /* state of the order from upstream */
        struct placing_fold placing;
        struct passage_fold passage;
        struct arena arena;
};

static void fold_begin(struct fold *f, const struct sql_matter_verify_events_row *r)
{
        arena_reset(&f->arena);
        struct arena kept = f->arena;
        *f = (struct fold){ .matter = r->matter,
                            .told = str_is(r->kind, "opened"),
                            .solved = INT32_MIN,
                            .satisfied = INT32_MIN,
                            .upheld = INT32_MIN,
                            .cause = MATTER_NO_CAUSE,
                            .text = { [RETURNED_BY] = STR(""), [RETURNED_DUTY] = STR(""), [ASKED] = STR("") },
                            .arena = kept };
}

static void take_text(struct fold *f, struct json_object *body, const char *key, int field)
{
        struct json_object *v = json_get(body, key);
        if (v)
                f->text[field] = str_dup(&f->arena, json_text(v));
}

static void take_rating(struct fold *f, struct json_object *body)
{
        static const char *const word[] = { "no", "partly", "yes" };
        struct str solved = json_text(json_get(body, "solved"));
        for (int32_t i = 0; i < (int32_t)COUNT(word); i++)
                if (str_is(solved, word[i]))
                        f->solved = i;
        f->satisfied = json_object_get_int(json_get(body, "satisfied"));
}

/* Objects, as no field of a form can be. */
static void take_voice(struct fold *f, struct json_object *body)
{
        struct json_object *joined = json_get(json_get(body, "joined"), "cause"), *parted = json_get(body, "parted");
        if (joined && str_int(json_text(joined), 1, INT64_MAX, &f->cause) == OK)
                f->waits = true;
        if (json_get(parted, "cause")) {
                f->cause = MATTER_NO_CAUSE;
                take_text(f, parted, "unit", UNIT);
                take_text(f, parted, "post", POST);
                take_text(f, parted, "holder", HOLDER);
        }
        if (json_get(parted, "cause") || json_get(json_get(body, "followed"), "cause") || json_get(json_get(body, "left"), "cause"))
                f->waits = false;
}

/* What was asked for is over when the matter goes elsewhere. */
static void take_move(struct fold *f, struct json_object *body)
{
        if (!str_eq(json_text(json_get(body, "from")), json_text(json_get(body, "to"))))
                f->text[ASKED] = STR("");
        take_text(f, body, "to", STATE);
        take_text(f, json_get(body, "asked"), "what", ASKED);
}

static void take_release(struct fold *f, struct str kind, struct json_object *body)
{
        int said = release_said(kind, body);
        if (said >= 0)
                f->released = said;
        if (str_is(kind, "erased") && json_object_get_int(json_get(body, "wordless")) == 2)
                f->released = false;
}

/* An action's own fields may have any name, so a decision is known by all of its keys, and a rating by both. */
static void fold_event(struct fold *f, const struct sql_matter_verify_events_row *r)
{
        JSON_AUTO body = NULL;
        if (json_parse(r->body, &body, NULL) != OK)
                return;
        bool decision = json_get(body, "version") && json_get(body, "duty") && json_get(body, "unit");
        bool raised = str_is(r->kind, "raised") || str_is(r->kind, "handed");
        for (int i = SUBJECT; decision && i < SOURCE; i++)
                take_text(f, body, text_name[i], i);
        if (decision)
                f->version = json_object_get_int64(json_get(body, "version"));
        if (str_is(r->kind, "opened")) {
                take_text(f, body, "state", STATE);
                take_text(f, body, "source", SOURCE);
                f->urgent = json_object_get_boolean(json_get(body, "urgent"));
        }
        if (json_get(body, "from") && json_get(body, "to"))
                take_move(f, body);
        if (raised) {
                take_text(f, body, "post", POST);
                take_text(f, body, "holder", HOLDER);
        }
        take_text(f, json_get(body, "return"), "by", RETURNED_BY);
        take_text(f, json_get(body, "return"), "duty", RETURNED_DUTY);
        if (json_get(json_get(body, "ruling"), "upheld"))
                f->upheld = json_object_get_boolean(json_get(json_get(body, "ruling"), "upheld"));
        struct json_object *again = json_get(body, "reopening");
        if (json_get(again, "times")) {
                take_text(f, again, "post", POST);
                take_text(f, again, "holder", HOLDER);
                f->reopened = json_object_get_int(json_get(again, "times"));
                f->solved = f->satisfied = INT32_MIN;
                f->calls = 0;
        }
        take_voice(f, body);
        f->known = f->known || json_get(json_get(body, "known"), "places");
        struct json_object *granted = json_get(body, "granted");
        if (json_get(granted, "pauses")) {
                f->pauses = json_object_get_int(json_get(granted, "pauses"));
                f->extensions = json_object_get_int(json_get(granted, "extensions"));
        }
        if (json_get(json_get(body, "call"), "calls"))
                f->calls = json_object_get_int(json_get(json_get(body, "call"), "calls"));
        if (json_object_get_type(json_get(body, "files")) == json_type_array)
                f->files += (int32_t)json_object_array_length(json_get(body, "files"));
        if (json_get(json_get(body, "order"), "state"))
                f->order = str_dup(&f->arena, json_text(json_get(json_get(body, "order"), "state")));
        if (json_get(body, "solved") && json_get(body, "satisfied"))
                take_rating(f, body);
        take_release(f, r->kind, body);
        placing_fold_event(&f->placing, body);
        task_fold_event(&f->tasks, &f->arena, body);
        passage_fold_event(&f->passage, &f->arena, body);
}

static bool row_agrees(const struct fold *f, const struct sql_matter_verify_events_row *r)
{
        const struct str row[TEXTS] = {
                r->state, r->subject, r->grid, r->unit, r->post, r->holder, r->duty, r->source, r->returned_by, r->returned_duty, r->asked
        };
        for (int i = 0; i < TEXTS; i++)
                if (!str_eq(row[i], f->text[i]))
                        return false;
        if (r->order_state.p && !str_eq(r->order_state, f->order))
                return false;
        return r->version == f->version && r->urgent == f->urgent && r->solved == f->solved &&
               r->satisfied == f->satisfied && r->upheld == f->upheld && r->reopened == f->reopened &&
               r->cause == f->cause && r->waits == f->waits &&
               task_fold_counts(f->tasks, r->tasks, r->tasks_open, r->called) &&
               r->pauses == f->pauses && r->extensions == f->extensions && r->calls == f->calls && r->files == f->files &&
               r->place_call == f->placing.call && r->place_calls == f->placing.calls && r->householder == f->placing.householder;
}

/* The snapshot may have been renewed since the events were read: a matter that went on meanwhile is left for the next time. */
static int fold_beside(struct ctx *ctx, struct matter_check *c, struct fold *f)
{
        bool well = true, way = true;
        struct matter now;
        struct ctx own = *ctx;
        own.arena = &f->arena;
        int rc = OK;
        if (!f->told || !f->ended_in_row)
                return OK;
        if (f->tasks)
                rc = task_fold_agrees(ctx, &f->arena, f->matter, f->tasks, &well);
        if (rc == OK && f->passage.any)
                rc = passage_fold_agrees(&own, f->matter, &f->passage, &way);
        if (rc == OK && !(well && way))
                rc = matter_get(&own, f->matter, &now);
        if (rc == OK && !well && now.n == f->last)
                verify_fault(ctx, c, f->matter, "协办任务与其经过不符", "its tasks do not say what its events say");
        if (rc == OK && !way && now.n == f->last)
                verify_fault(ctx, c, f->matter, "移交的去向与其经过不符", "its way between towns is not what its events say");
        return rc;
}

/* What was announced stands beside its matter for good. */
static int fold_known(struct ctx *ctx, struct matter_check *c, struct fold *f)
{
        struct known_cause known;
        struct ctx own = *ctx;
        own.arena = &f->arena;
        if (!f->told || !f->ended_in_row || !f->known)
                return OK;
        int rc = known_get(&own, f->matter, &known);
        if (rc == ERR_NONE)
                verify_fault(ctx, c, f->matter, "公告不见了", "what was announced is gone");
        return rc == ERR_NONE ? OK : rc;
}

/* What is public stands beside its matter until somebody takes it back. */
static int fold_released(struct ctx *ctx, struct matter_check *c, struct fold *f)
{
        struct release release;
        struct matter now;
        struct ctx own = *ctx;
        own.arena = &f->arena;
        if (!f->told || !f->ended_in_row || !f->released)
                return OK;
        int rc = release_get(&own, f->matter, &release);
        if (rc != ERR_NONE)
                return rc;
        rc = matter_get(&own, f->matter, &now);
        if (rc == OK && now.n == f->last)
                verify_fault(ctx, c, f->matter, "公开的内容不见了", "what was made public is gone");
        return rc;
}

static void fold_end(struct ctx *ctx, struct matter_check *c, const struct fold *f)
{
        if (f->told && !f->ended_in_row)
                verify_fault(ctx, c, f->matter, "记录还在，事项本身不见了", "its events are there, its row is gone");
        if (f->told && f->gone && !f->erased)
                verify_fault(ctx, c, f->matter, "内容没有了，却没有删除的记录",
                             "its words are gone, and nobody had them erased");
}

static void fold_row(struct ctx *ctx, struct matter_check *c, struct fold *f,
                     const struct sql_matter_verify_events_row *r)
{
        fold_event(f, r);
        f->last = r->n;
        f->ended_in_row = r->row_n != INT32_MIN;
        f->gone = f->gone || r->gone;
        f->erased = f->erased || str_is(r->kind, "erased");
        if (f->ended_in_row && source_find(r->source) == SOURCES)
                verify_fault(ctx, c, f->matter, "来源不在清单之内", "it came by a way that is not on the list of sources");
        if (f->ended_in_row && !row_agrees(f, r))
                verify_fault(ctx, c, f->matter, "与其经过不符", "its row does not say what its events say");
        if (!r->entry && str_starts(r->body, STR(SAID_LEAD)))
                verify_fault(ctx, c, f->matter, "填写的内容不见了", "what was written is gone");
}

static int fold_pages(struct ctx *ctx, struct matter_check *c, struct fold *f)
{
        struct sql_matter_verify_events_in in = { .town = ctx->town, .after = INT64_MIN, .max = VERIFY_PAGE };
        for (;;) {
                ARENA_AUTO page = { 0 };
                struct sql_matter_verify_events_rows rows;
                int rc = store_read_renew(ctx->tx);
                if (rc == OK)
                        rc = sql_matter_verify_events(ctx->tx, &page, &in, &rows);
                if (rc != OK || rows.n == 0)
                        return rc;
                for (size_t i = 0; i < rows.n; i++) {
                        if (rows.row[i].matter != f->matter) {
                                rc = fold_beside(ctx, c, f);
                                if (rc == OK)
                                        rc = fold_known(ctx, c, f);
                                if (rc == OK)
                                        rc = fold_released(ctx, c, f);
                                if (rc != OK)
                                        return rc;
                                fold_end(ctx, c, f);
                                fold_begin(f, &rows.row[i]);
                        }
                        if (f->told)
                                fold_row(ctx, c, f, &rows.row[i]);
                }
                in.after = f->matter;
                in.after_n = rows.row[rows.n - 1].n;
        }
}

int verify_events(struct ctx *ctx, struct matter_check *c)
{
        struct fold f = { 0 };
        int rc = fold_pages(ctx, c, &f);
        if (rc == OK)
                rc = fold_beside(ctx, c, &f);
        if (rc == OK)
                rc = fold_known(ctx, c, &f);
        if (rc == OK)
                rc = fold_released(ctx, c, &f);
        if (rc == OK)
                fold_end(ctx, c, &f);
        arena_free(&f.arena);
        return rc;
}
