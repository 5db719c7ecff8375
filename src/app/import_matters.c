/* linli import, for open matters: into the store, one transaction a matter, by the decision that every matter gets. */
#include "app/cmd_import.h"
#include "app/tell.h"
#include "base/json.h"
#include "import/matters.h"

#define BATCHES_SHOWN 1000
#define JSON_MAX ((size_t)4 << 20)
#define CLASHES_MAX 100 /* two batches in one second */

struct job {
        struct importing *i;
        struct args *a;
        struct world w;
        int64_t id;              /* the town */
        struct town *town;
        struct import_run run;
        struct import_batch batch;
        size_t row;
        bool added;
        struct import_number number;
};

static struct ctx job_ctx(struct job *j, struct arena *arena)
{
        struct ctx ctx = world_ctx(j->a, &j->w, j->id);
        ctx.arena = arena;
        ctx.actor = (struct actor){ .kind = ACTOR_STAFF, .name = arg_text(j->a, "by", "") };
        return ctx;
}

/* ---- the stage ---------------------------------------------------------------------------------------------------- */

static int open_world(struct job *j, bool write)
{
        struct args *a = j->a;
        int rc = world_open(a, write, &j->w);
        if (rc == EXIT_FINE)
                rc = world_town(a, &j->w, &j->id);
        if (rc == EXIT_FINE && shelf_town(j->w.shelf, j->id, a->now, &j->town, &j->w.err) != OK)
                rc = fail(a, &j->w.err);
        return rc;
}

/* Whoever brings matters in, or takes them back, stands for it with their name. */
static int named(struct job *j)
{
        struct str by = arg_text(j->a, "by", "");
        const struct staff_member *s = staff_find(&j->town->staff, by);
        if (s && staff_serves(s, instant_day(j->a->now)))
                return EXIT_FINE;
        return usage_error(j->a, "--by", (struct say){ "写明是谁：staff.csv 中在岗人员的登录名", "say who: the login of somebody in service in staff.csv" });
}

static int close_world(struct job *j, int rc)
{
        town_unref(j->town);
        world_close(&j->w);
        return rc;
}

/* ---- in ----------------------------------------------------------------------------------------------------------- */

static int judge(struct job *j)
{
        struct args *a = j->a;
        struct ctx ctx = job_ctx(j, a->arena);
        struct folder *folder = arena_new(a->arena, struct folder);
        if (store_read_begin(j->w.store, &ctx.tx, &j->w.err) != OK)
                return fail(a, &j->w.err);
        int rc = town_folder_of(&ctx, a->arena, j->town->version, folder), out = EXIT_FINE;
        if (rc == OK)
                out = import_read_source(j->i, folder);
        if (rc == OK && out == EXIT_FINE)
                rc = import_judge_matters(&ctx, &j->run, &j->i->rows, &j->i->counts.added, &j->i->counts.unchanged);
        store_read_end(ctx.tx);
        return rc == OK ? out : fail(a, &j->w.err);
}

static int begin_run(struct tx *tx, struct command *self)
{
        struct job *j = self->arg;
        ARENA_AUTO arena = { 0 };
        struct ctx ctx = job_ctx(j, &arena);
        ctx.tx = tx;
        ctx.err = self->err;
        return import_begin(&ctx, &j->batch);
}

static int begin(struct job *j)
{
        struct args *a = j->a;
        struct import_rows *r = &j->i->rows;
        j->batch = (struct import_batch){ .kind = STR("matters"), .by = arg_text(a, "by", ""), .at = a->now, .source = a->at[0], .mapping = arg_text(a, "map", ""),
                                          .rows = (int64_t)r->n, .accepted = (int64_t)r->accepted, .rejected = (int64_t)r->rejected };
        int rc = ERR_EXISTS;
        for (int again = 0; again < CLASHES_MAX && rc == ERR_EXISTS; again++) {
                j->batch.id = batch_name(a->arena, a->now, j->batch.kind, again);
                rc = store_write(j->w.store, begin_run, j, PRIO_REQUEST, &j->w.err);
        }
        j->run.batch = j->batch.id;
        return rc == OK ? EXIT_FINE : fail(a, &j->w.err);
}

static int open_run(struct tx *tx, struct command *self)
{
        struct job *j = self->arg;
        ARENA_AUTO arena = { 0 };
        struct ctx ctx = job_ctx(j, &arena);
        ctx.tx = tx;
        ctx.err = self->err;
        return import_open_matter(&ctx, &j->run, &j->i->rows, j->row, &j->added);
}

static int open_all(struct job *j)
{
        struct import_rows *r = &j->i->rows;
        j->i->counts = (struct import_counts){ 0 };
        for (j->row = 0; j->row < r->n; j->row++) {
                if (r->row[j->row].reason != REASON_NONE)
                        continue;
                if (store_write(j->w.store, open_run, j, PRIO_REQUEST, &j->w.err) != OK) {
                        fprintf(j->a->errors, j->a->lang == LANG_ZH ? "第 %d 行没有写入；已写入的 %zu 件在批次 %.*s 中，再次导入会接着做\n"
                                                                    : "row %d was not written; %zu matters stand in batch %.*s, and importing again goes on from there\n",
                                (int)r->row[j->row].line, j->i->counts.added, STR_ARG(j->batch.id));
                        return fail(j->a, &j->w.err);
                }
                *(j->added ? &j->i->counts.added : &j->i->counts.unchanged) += 1;
        }
        j->i->batch = j->batch.id;
        return EXIT_FINE;
}

static int bring_in(struct job *j)
{
        int rc = judge(j);
        if (rc == EXIT_FINE && !j->i->dry && j->i->counts.added > 0) {
                rc = import_has_contact(&j->i->rows) ? world_keys(j->a, &j->w, true) : EXIT_FINE;
                j->run.keys = j->w.keys;
                if (rc == EXIT_FINE)
                        rc = begin(j);
                if (rc == EXIT_FINE)
                        rc = open_all(j);
        }
        if (rc == EXIT_FINE)
                rc = import_write_rejects(j->i);
        return rc == EXIT_FINE ? import_tell(j->i) : rc;
}

int import_matters(struct importing *i)
{
        struct job j = { .i = i, .a = i->a };
        int rc = open_world(&j, !i->dry);
        j.run = (struct import_run){ .town = j.town, .batch = STR(""), .now = i->a->now };
        if (rc == EXIT_FINE && !i->dry)
                rc = named(&j);
        return close_world(&j, rc == EXIT_FINE ? bring_in(&j) : rc);
}

/* ---- back --------------------------------------------------------------------------------------------------------- */

static int undo_run(struct tx *tx, struct command *self)
{
        struct job *j = self->arg;
        ARENA_AUTO arena = { 0 };
        struct ctx ctx = job_ctx(j, &arena);
        ctx.tx = tx;
        ctx.err = self->err;
        return j->number.matter ? import_undo_one(&ctx, j->town, j->batch.id, &j->number) : import_undo_done(&ctx, j->batch.id);
}

static int next_number(struct job *j, int64_t *after)
{
        struct ctx ctx = job_ctx(j, j->a->arena);
        int rc = store_read_begin(j->w.store, &ctx.tx, &j->w.err);
        if (rc != OK)
                return rc;
        rc = *after ? OK : import_undo_look(&ctx, j->batch.id);
        if (rc == OK)
                rc = import_undo_next(&ctx, j->batch.id, after, &j->number);
        store_read_end(ctx.tx);
        return rc;
}

static void tell_undone(struct job *j, int64_t back, const int64_t *kept, size_t n_kept)
{
        struct args *a = j->a;
        BUF_AUTO out = BUF(JSON_MAX);
        struct json json = json_to(&out);
        if (!arg_has(a, "json")) {
                fprintf(a->out, a->lang == LANG_ZH ? "批次 %.*s：撤销 %lld 件，%zu 件已有人办理，保留\n" : "batch %.*s: %lld taken back; %zu kept, somebody has worked on them\n",
                        STR_ARG(j->batch.id), (long long)back, n_kept);
                for (size_t i = 0; i < n_kept; i++)
                        fprintf(a->out, "  %lld\n", (long long)kept[i]);
                return;
        }
        json_open(&json);
        json_kstr(&json, "batch", j->batch.id);
        json_kint(&json, "taken_back", back);
        json_key(&json, "kept");
        json_list(&json);
        for (size_t i = 0; i < n_kept; i++)
                json_id(&json, kept[i]);
        json_end(&json);
        json_close(&json);
        tell_buf(a, &out);
}

static int take_back(struct job *j)
{
        struct args *a = j->a;
        int64_t after = 0, back = 0, *kept = arena_array(a->arena, int64_t, SHEET_ROWS_MAX);
        size_t n_kept = 0;
        int rc;
        j->batch.id = arg_text(a, "undo", "");
        while ((rc = next_number(j, &after)) == OK) {
                rc = store_write(j->w.store, undo_run, j, PRIO_REQUEST, &j->w.err);
                if (rc == ERR_STATE && n_kept < SHEET_ROWS_MAX)
                        kept[n_kept++] = j->number.matter;
                else if (rc != OK)
                        return fail(a, &j->w.err);
                else
                        back++;
        }
        if (rc != ERR_NONE || (after == 0 && j->w.err.code != OK))
                return fail(a, &j->w.err);
        j->number = (struct import_number){ .matter = 0 };
        if (n_kept == 0 && store_write(j->w.store, undo_run, j, PRIO_REQUEST, &j->w.err) != OK)
                return fail(a, &j->w.err);
        tell_undone(j, back, kept, n_kept);
        return n_kept ? EXIT_FINDINGS : EXIT_FINE;
}

int import_undo_matters(struct args *a)
{
        struct job j = { .a = a };
        int rc = open_world(&j, true);
        if (rc == EXIT_FINE)
                rc = named(&j);
        return close_world(&j, rc == EXIT_FINE ? take_back(&j) : rc);
}

int import_list_matters(struct args *a)
{
        struct job j = { .a = a };
        struct import_batch *b;
        size_t n;
        int rc = open_world(&j, false);
        if (rc != EXIT_FINE)
                return close_world(&j, rc);
        struct ctx ctx = job_ctx(&j, a->arena);
        int done = store_read_begin(j.w.store, &ctx.tx, &j.w.err);
        if (done == OK) {
                done = import_batches(&ctx, BATCHES_SHOWN, &b, &n);
                store_read_end(ctx.tx);
        }
        if (done == OK)
                import_tell_batches(a, b, n);
        return close_world(&j, done == OK ? EXIT_FINE : fail(a, &j.w.err));
}
