#include "app/command.h"
#include "app/tell.h"
#include "app/town_words.h"
#include "app/world.h"
#include "base/json.h"
#include "matter/matter.h"

#define JSON_MAX ((size_t)1 << 30)

static const struct option options[] = {
        OPTION_DB,
        OPTION_TOWN_CODE,
        OPTION_JSON,
        { 0 },
};

/* An open matter that another unit would lead. */
struct moved {
        struct matter_open_row m;
        struct str before, after;     /* units */
        enum lead_how how;
        struct moved *next;
};
struct comparing {
        struct args *a;
        struct town_version before, after;
        struct town_diff diff;
        bool asked; /* matters were looked at */
        int64_t open, moved;
        struct moved *first, **last;
};

/* ---- which matters would move ------------------------------------------------------------------------------------ */

static int consider(struct comparing *c, struct ctx *ctx, const struct matter_open_row *row)
{
        struct args *a = c->a;
        struct str before, after;
        enum lead_how how;
        c->open++;
        int rc = matter_would_go(ctx, c->before.town, row, &before, &how);
        if (rc == OK)
                rc = matter_would_go(ctx, c->after.town, row, &after, &how);
        if (rc != OK || str_eq(before, after))
                return rc;
        struct moved *m = arena_new(a->arena, struct moved);
        *m = (struct moved){ .m = *row, .before = before, .after = after, .how = how };
        m->m.subject = str_dup(a->arena, row->subject);
        m->m.path = str_dup(a->arena, row->path);
        m->m.unit = str_dup(a->arena, row->unit);
        *c->last = m;
        c->last = &m->next;
        c->moved++;
        return OK;
}

static int walk(struct comparing *c, struct ctx *ctx)
{
        struct matter_walk walk = { 0 };
        ARENA_AUTO page = { 0 };
        ctx->arena = &page;
        for (;;) {
                struct matter_open_row *row;
                size_t n;
                arena_reset(&page);
                int rc = matter_walk_open(ctx, &walk, &row, &n);
                if (rc != OK || n == 0)
                        return rc;
                for (size_t i = 0; i < n && rc == OK; i++)
                        rc = consider(c, ctx, &row[i]);
                if (rc == OK)
                        rc = store_read_renew(ctx->tx);
                if (rc != OK)
                        return rc;
        }
}

static int ask_matters(struct comparing *c, struct world *w, int64_t town)
{
        struct ctx ctx = world_ctx(c->a, w, town);
        int rc = store_read_begin(w->store, &ctx.tx, &w->err);
        if (rc != OK)
                return fail(c->a, &w->err);
        rc = walk(c, &ctx);
        store_read_end(ctx.tx);
        c->asked = true;
        if (rc != OK && w->err.code == OK)
                err_set(&w->err, rc, "db", "未办结事项读不出来", "The open matters cannot be read");
        return rc == OK ? EXIT_FINE : fail(c->a, &w->err);
}

/* ---- telling ----------------------------------------------------------------------------------------------------- */

static void tell_matters(const struct comparing *c)
{
        const struct args *a = c->a;
        if (!c->asked)
                return;
        fprintf(a->out,
                a->lang == LANG_ZH ? "未办结事项 %lld 件，其中 %lld 件会改由别的单位牵头\n"
                                   : "open matters: %lld; another unit would lead %lld of them\n",
                (long long)c->open, (long long)c->moved);
        for (const struct moved *m = c->first; m; m = m->next)
                fprintf(a->out, "  %lld " STR_FMT " " STR_FMT ": " STR_FMT " → " STR_FMT " (%s)\n", (long long)m->m.id,
                        STR_ARG(m->m.subject), STR_ARG(m->m.path), STR_ARG(m->before), STR_ARG(m->after), say_in(lead_how_say(m->how), a->lang));
}

static void json_changes(struct json *j, const char *key, const struct code_changes *c)
{
        json_key(j, key);
        json_open(j);
        for (int change = 0; change < CHANGES; change++) {
                json_key(j, change_name((enum change)change));
                json_list(j);
                for (size_t i = 0; i < c->n; i++)
                        if (c->row[i].change == (enum change)change)
                                json_str(j, c->row[i].code);
                json_end(j);
        }
        json_close(j);
}

static void json_lead(struct json *j, const char *key, const struct duty *d)
{
        json_key(j, key);
        if (d)
                json_str(j, d->lead);
        else
                json_null(j);
}

static void json_duty(struct json *j, const struct comparing *c, const struct duty_change *x)
{
        const struct duty *old = x->before == DUTY_NONE ? NULL : &c->before.town->duties.row[x->before];
        const struct duty *new = x->after == DUTY_NONE ? NULL : &c->after.town->duties.row[x->after];
        json_open(j);
        json_kstr(j, "code", (new ? new : old)->code);
        json_kc(j, "change", change_name(!old ? CHANGE_ADDED : !new ? CHANGE_REMOVED : CHANGE_CHANGED));
        json_lead(j, "lead_before", old);
        json_lead(j, "lead_after", new);
        json_key(j, "fields");
        json_list(j);
        for (int f = 0; f < DUTY_FIELDS; f++)
                if (x->fields & 1u << f)
                        json_c(j, duty_field_name((enum duty_field)f));
        json_end(j);
        json_close(j);
}

static void json_matters(struct json *j, const struct comparing *c)
{
        json_key(j, "matters");
        if (!c->asked) {
                json_null(j);
                return;
        }
        json_open(j);
        json_kint(j, "open", c->open);
        json_key(j, "moved");
        json_list(j);
        for (const struct moved *m = c->first; m; m = m->next) {
                json_open(j);
                json_kid(j, "id", m->m.id);
                json_kstr(j, "subject", m->m.subject);
                json_kstr(j, "place", m->m.path);
                json_kstr(j, "unit", m->m.unit);
                json_kstr(j, "before", m->before);
                json_kstr(j, "after", m->after);
                json_kc(j, "how", lead_how_name(m->how));
                json_close(j);
        }
        json_end(j);
        json_close(j);
}

static void tell_json(const struct comparing *c)
{
        BUF_AUTO out = BUF(JSON_MAX);
        struct json j = json_to(&out);
        json_open(&j);
        json_kbool(&j, "differs", town_differs(&c->diff));
        json_changes(&j, "files", &c->diff.files);
        for (int i = 0; i < DIFF_TABLES; i++)
                json_changes(&j, diff_table_name((enum diff_table)i), &c->diff.table[i]);
        json_key(&j, "duties");
        json_list(&j);
        for (uint32_t i = 0; i < c->diff.duties.n; i++)
                json_duty(&j, c, &c->diff.duties.row[i]);
        json_end(&j);
        json_matters(&j, c);
        json_close(&j);
        tell_buf(c->a, &out);
}

/* ---- the two sides ----------------------------------------------------------------------------------------------- */

static int side_of(struct args *a, struct str dir, struct town_version *ret)
{
        struct town_load_options opt = { .trial = true, .today = instant_day(a->now) };
        struct err err = { 0 };
        struct findings found = { .arena = a->arena };
        struct folder *folder = arena_new(a->arena, struct folder);
        struct town *t;
        if (folder_read_dir(a->arena, arg_path(a, dir), &found, folder, &err) != OK) {
                fail(a, &err);
                return EXIT_USAGE;
        }
        if (town_parse(folder, &opt, &found, &t) != OK) {
                err_set(&err, ERR_BAD, "DIR", "%.*s 的 town.yaml 不能用；linli check 会说明原因",
                        "town.yaml of %.*s cannot be used; linli check says why", STR_ARG(dir));
                fail(a, &err);
                return EXIT_USAGE;
        }
        *ret = (struct town_version){ folder, t };
        return EXIT_FINE;
}

static int loaded_side(struct args *a, struct world *w, int64_t town, struct town_version *ret)
{
        struct folder *folder;
        struct town *t;
        int rc = stored_version(a, w, town, 0, &folder, &t);
        if (rc != EXIT_FINE)
                return rc;
        if (!t) {
                err_set(&w->err, ERR_NONE, "town", "库中没有这个乡镇", "There is no such town in the store");
                return fail(a, &w->err);
        }
        *ret = (struct town_version){ folder, t };
        return EXIT_FINE;
}

/* Only versions of one town can be compared; which it is the folder says. */
static int same_town(const struct comparing *c, int64_t *ret)
{
        static const struct say why = { "文件夹的区划代码不同，不是同一个乡镇",
                                        "the folders have different division codes: not one town" };
        int64_t id = c->after.town->id;
        int rc = arg_int(c->a, "town-code", id, INT64_C(100000000000), INT64_C(999999999999), ret);
        if (rc == EXIT_FINE && (*ret != id || (c->before.town && c->before.town->id != id)))
                rc = usage_error(c->a, NULL, why);
        return rc;
}

static int read_sides(struct comparing *c, struct world *w)
{
        struct args *a = c->a;
        int64_t town = 0;
        bool stored = a->n_at == 1;
        int rc = side_of(a, a->at[stored ? 0 : 1], &c->after);
        if (rc == EXIT_FINE && (stored || arg_has(a, "db")))
                rc = world_open(a, false, w);
        if (rc == EXIT_FINE && !stored)
                rc = side_of(a, a->at[0], &c->before);
        if (rc == EXIT_FINE && w->store)
                rc = same_town(c, &town);
        if (rc == EXIT_FINE && stored)
                rc = loaded_side(a, w, town, &c->before);
        if (rc == EXIT_FINE && w->store)
                rc = ask_matters(c, w, town);
        return rc;
}

static int run(struct args *a)
{
        WORLD_AUTO w = { 0 };
        struct comparing c = { .a = a };
        c.last = &c.first;
        int rc = read_sides(&c, &w);
        if (rc == EXIT_FINE) {
                town_diff(a->arena, c.before, c.after, &c.diff);
                if (arg_has(a, "json")) {
                        tell_json(&c);
                } else {
                        tell_town_diff(a, c.before.town, c.after.town, &c.diff);
                        tell_matters(&c);
                }
        }
        town_unref((struct town *)c.before.town);
        town_unref((struct town *)c.after.town);
        return rc;
}

const struct verb cmd_diff = {
        .name = "diff",
        .usage = "[OLD] NEW [--db URL] [--town-code CODE] [--json]",
        .min_at = 1,
        .max_at = 2,
        .summary = { "两版乡镇文件夹差在哪里，哪些未办结事项会改派",
                     "what changed between two town folders, and which open matters would move" },
        .details = { "列出变动的文件、地点、网格、单位、岗位、人员、事项类别和职责。只给一个目录时，与库中当前版比较。"
                     "给了 --db 时，逐件说明哪些未办结事项会改由别的单位牵头。只看，不改。",
                     "Lists the files, places, grids, organisations, posts, staff, subjects and duties that differ. "
                     "With one folder, "
                     "against what the store holds. With --db it says of each open matter whether another unit would "
                     "lead. Changes "
                     "nothing." },
        .options = options,
        .run = run,
};
