#include "api/diff_view.h"
#include "app/command.h"
#include "app/tell.h"
#include "app/town_words.h"
#include "app/world.h"

#define JSON_MAX ((size_t)1 << 30)

static const struct option options[] = {
        OPTION_DB,
        OPTION_TOWN_CODE,
        OPTION_JSON,
        { 0 },
};

struct comparing {
        struct args *a;
        struct town_version before, after;
        struct town_diff diff;
        bool asked; /* matters were looked at */
        struct matter_moves moves;
};

/* ---- which matters would move ------------------------------------------------------------------------------------ */

static int ask_matters(struct comparing *c, struct world *w, int64_t town)
{
        struct ctx ctx = world_ctx(c->a, w, town);
        int rc = store_read_begin(w->store, &ctx.tx, &w->err);
        if (rc != OK)
                return fail(c->a, &w->err);
        for (bool more = true; rc == OK && more;)
                rc = matter_moves_some(&ctx, c->before.town, c->after.town, &c->moves, &more);
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
                (long long)c->moves.open, (long long)c->moves.moved);
        for (size_t i = 0; i < c->moves.n; i++) {
                const struct matter_moved *m = &c->moves.row[i];
                fprintf(a->out, "  %lld " STR_FMT " " STR_FMT ": " STR_FMT " → " STR_FMT " (%s)\n", (long long)m->id,
                        STR_ARG(m->subject), STR_ARG(m->path), STR_ARG(m->before), STR_ARG(m->after), say_in(lead_how_say(m->how), a->lang));
        }
}

static void tell_json(const struct comparing *c)
{
        BUF_AUTO out = BUF(JSON_MAX);
        struct json j = json_to(&out);
        diff_view(&j, c->before, c->after, &c->diff, c->asked ? &c->moves : NULL, false);
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
        struct comparing c = { .a = a, .moves = { .arena = a->arena, .max = SIZE_MAX } };
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
