/* Who is on duty, who is away, and whose matters go to whom: roster, leave, handover. */
#include "api/duty_view.h"
#include "app/cmd_duty.h"
#include "app/hand.h"
#include "app/tell.h"
#include "app/world.h"
#include "base/json.h"

int asked_open(struct args *a, bool write, struct asked *q)
{
        q->a = a;
        int rc = world_open(a, write, &q->w);
        if (rc == EXIT_FINE)
                rc = world_town(a, &q->w, &q->town);
        if (rc != EXIT_FINE)
                return rc;
        q->h = (struct house){ .store = q->w.store, .shelf = q->w.shelf, .only_town = q->town };
        return shelf_town(q->w.shelf, q->town, a->now, &q->t, &q->w.err) == OK ? EXIT_FINE : fail(a, &q->w.err);
}

void asked_close(struct asked *q)
{
        town_unref(q->t);
        world_close(&q->w);
}

int asked_day(struct args *a, const char *name, struct day otherwise, struct day *ret)
{
        *ret = otherwise;
        if (!arg_has(a, name) || day_parse(arg_text(a, name, ""), ret) == OK)
                return EXIT_FINE;
        return usage_error(a, arena_printf(a->arena, "--%s", name), (struct say){ "应为存在的日期，如 2026-12-31", "needs a date that exists, such as 2026-12-31" });
}

/* ---- roster ------------------------------------------------------------------------------------------------------------ */

static const struct option roster_options[] = {
        OPTION_DB, OPTION_TOWN_CODE, OPTION_JSON,
        { "day", "DAY", false, { "从哪天起（默认今天）", "from which day (default: today)" } },
        { "days", "N", false, { "几天（默认 7，最多 62）", "how many days (default 7, at most 62)" } },
        { "html", NULL, false, { "输出可打印的网页", "print a page for the printer" } },
        { 0 },
};

static void print_roster(struct args *a, const struct town *t, const struct leaves *l, struct day from, struct day to)
{
        for (size_t i = 0; i < t->roster.n; i++) {
                const struct shift *s = &t->roster.row[i];
                char day[11], begin[40], end[40];
                if (s->date.n < from.n || s->date.n > to.n)
                        continue;
                fprintf(a->out, "%s  %.5s-%.5s  ", day_format(s->date, day), instant_format(s->from, begin) + 11, instant_format(s->to, end) + 11);
                roster_names(a->out, t, l, s, a->lang);
                fputc('\n', a->out);
        }
}

static int run_roster(struct args *a)
{
        ASKED_AUTO q = { 0 };
        struct day from;
        int64_t days;
        struct leaves l;
        if (!str_is(a->at[0], "print"))
                return usage_error(a, str_c(a->arena, a->at[0]), (struct say){ "应为 print", "needs print" });
        int rc = asked_day(a, "day", instant_day(a->now), &from);
        if (rc == EXIT_FINE)
                rc = arg_int(a, "days", 7, 1, 62, &days);
        if (rc == EXIT_FINE)
                rc = asked_open(a, false, &q);
        if (rc != EXIT_FINE)
                return rc;
        struct ctx ctx = world_ctx(a, &q.w, q.town);
        struct day to = { from.n + (int32_t)days - 1 };
        rc = store_read_begin(q.w.store, &ctx.tx, &q.w.err);
        if (rc == OK) {
                rc = leave_list(&ctx, from, &l);
                store_read_end(ctx.tx);
        }
        if (rc != OK)
                return fail(a, &q.w.err);
        BUF_AUTO out = BUF(4u << 20);
        if (arg_has(a, "json")) {
                struct json j = json_to(&out);
                roster_view(&j, q.t, &l, from, to, a->now);
                tell_buf(a, &out);
        } else if (arg_has(a, "html")) {
                roster_page(&out, q.t, &l, from, to, a->lang);
                fwrite(out.p, 1, out.n, a->out);
        } else {
                print_roster(a, q.t, &l, from, to);
        }
        return EXIT_FINE;
}

const struct verb cmd_roster = {
        .name = "roster", .usage = "print [--day DAY] [--days N] [--html] [--db URL] [--town-code CODE] [--json]", .min_at = 1, .max_at = 1,
        .summary = { "值班表：谁带班、谁值班", "the duty roster: who leads, who answers" },
        .details = { "按 roster.csv 列出班次、带班领导和值班员，休假的人标明；--html 输出可打印的表。值班表随乡镇文件夹装入（linli load）。",
                     "Lists shifts, leaders and officers of roster.csv, marking who is away; --html prints a table for paper. The roster comes in with the town folder "
                     "(linli load)." },
        .options = roster_options, .run = run_roster,
};

/* ---- leave ------------------------------------------------------------------------------------------------------------- */

static const struct option leave_options[] = {
        OPTION_DB, OPTION_TOWN_CODE, OPTION_JSON,
        { "from", "DAY", false, { "第一天（默认今天）", "first day (default: today)" } },
        { "until", "DAY", false, { "最后一天", "last day" } },
        { "drop", "ID", false, { "提前回来或登记错了：取消这条", "back earlier, or a mistake: take this one away" } },
        { 0 },
};

struct leaving { struct asked *q; struct str login; struct day since, until; int64_t id; bool drop; };

static int leave_run(struct tx *tx, struct command *self)
{
        struct leaving *o = self->arg;
        ARENA_AUTO arena = { 0 };
        struct ctx ctx = world_ctx(o->q->a, &o->q->w, o->q->town);
        ctx.arena = &arena;
        ctx.tx = tx;
        ctx.err = self->err;
        return o->drop ? leave_drop(&ctx, o->id) : leave_add(&ctx, &o->q->t->staff, o->login, o->since, o->until, &o->id);
}

static int tell_leaves(struct asked *q)
{
        struct args *a = q->a;
        struct ctx ctx = world_ctx(a, &q->w, q->town);
        struct leaves l;
        int rc = store_read_begin(q->w.store, &ctx.tx, &q->w.err);
        if (rc == OK) {
                rc = leave_list(&ctx, instant_day(a->now), &l);
                store_read_end(ctx.tx);
        }
        if (rc != OK)
                return fail(a, &q->w.err);
        BUF_AUTO out = BUF(4u << 20);
        struct json j = json_to(&out);
        leaves_view(&j, q->t, &l);
        tell_buf(a, &out);
        return EXIT_FINE;
}

static int run_leave(struct args *a)
{
        ASKED_AUTO q = { 0 };
        struct leaving o = { .q = &q, .drop = arg_has(a, "drop") };
        int moved, stuck;
        if (o.drop == (a->n_at == 1) && (o.drop || arg_has(a, "until")))
                return usage_error(a, NULL, (struct say){ "需要登录名和 --until，或只要 --drop", "a login and --until, or --drop alone" });
        if (a->n_at == 1 && !arg_has(a, "until"))
                return usage_error(a, "--until", (struct say){ "需要最后一天", "the last day is needed" });
        int rc = asked_day(a, "from", instant_day(a->now), &o.since);
        if (rc == EXIT_FINE)
                rc = asked_day(a, "until", DAY_NONE, &o.until);
        if (rc == EXIT_FINE)
                rc = arg_int(a, "drop", 0, 1, INT64_MAX, &o.id);
        if (rc == EXIT_FINE)
                rc = asked_open(a, a->n_at == 1 || o.drop, &q);
        if (rc != EXIT_FINE)
                return rc;
        if (a->n_at == 0 && !o.drop)
                return tell_leaves(&q);
        o.login = a->n_at ? a->at[0] : STR("");
        if (store_write(q.w.store, leave_run, &o, PRIO_REQUEST, &q.w.err) != OK)
                return fail(a, &q.w.err);
        shelf_drop(q.w.shelf, q.town); /* who acts for whom has changed */
        struct ctx ctx = world_ctx(a, &q.w, q.town);
        if (hand_all(&q.h, &ctx, q.t, &moved, &stuck) != OK)
                return fail(a, &q.w.err);
        if (arg_has(a, "json"))
                fprintf(a->out, "{\"id\":\"%lld\",\"moved\":%d,\"stuck\":%d}\n", (long long)o.id, moved, stuck);
        else
                fprintf(a->out, a->lang == LANG_ZH ? "已登记（%lld）；换人办理 %d 件，无人可接 %d 件\n" : "noted (%lld); %d matters changed hands, %d found nobody\n",
                        (long long)o.id, moved, stuck);
        return stuck ? EXIT_FINDINGS : EXIT_FINE;
}

const struct verb cmd_leave = {
        .name = "leave", .usage = "[LOGIN --until DAY [--from DAY] | --drop ID] [--db URL] [--town-code CODE] [--json]", .max_at = 1, .writes = true,
        .summary = { "登记休假：期间由替班人办理", "somebody is away: their backup takes over" },
        .details = { "只记日期，不记原因。第一天起，名下未结事项立即转给岗位的替班人，新来的也一样；最后一天过后自动转回。不带参数时列出。",
                     "Only the days are kept, never the reason. From the first day open and new matters go to the post's backup at once, and back after the last. "
                     "Without arguments it lists." },
        .options = leave_options, .run = run_leave,
};

/* ---- handover ----------------------------------------------------------------------------------------------------------- */

static const struct option handover_options[] = {
        OPTION_DB, OPTION_TOWN_CODE, OPTION_JSON,
        { "from", "LOGIN", false, { "谁的（不写：所有离任和休假的人）", "whose (without: all who left or are away)" } },
        { "to", "WHO", false, { "交给哪个岗位或人员（不写：岗位的现任、替班，或上级）", "to which post or person (without: who acts for the post, or above)" } },
        { 0 },
};

struct one_hand { struct asked *q; const struct leaves *leaves; struct hand_ask ask; bool moved; };

static int hand_run(struct tx *tx, struct command *self)
{
        struct one_hand *o = self->arg;
        ARENA_AUTO arena = { 0 };
        struct ctx ctx = world_ctx(o->q->a, &o->q->w, o->q->town);
        ctx.arena = &arena;
        ctx.tx = tx;
        ctx.err = self->err;
        return matter_hand(&ctx, o->q->t, o->leaves, &o->ask, &o->moved);
}

static int hand_one(struct asked *q, const struct leaves *l, int64_t id, int *ret_moved)
{
        struct hand_ask ask = { { id, HAND_ASKED }, arg_text(q->a, "from", ""), arg_text(q->a, "to", "") };
        struct one_hand o = { .q = q, .leaves = l, .ask = ask };
        int rc = store_write(q->w.store, hand_run, &o, PRIO_REQUEST, &q->w.err);
        *ret_moved += rc == OK && o.moved;
        return rc;
}

/* All of them or, when one cannot go there, none of the rest: what was moved stays, and the command says where it stopped. */
static int hand_named(struct asked *q, int *ret_moved)
{
        struct args *a = q->a;
        for (;;) {
                ARENA_AUTO arena = { 0 };
                struct ctx ctx = world_ctx(a, &q->w, q->town);
                struct leaves l;
                int64_t *ids;
                size_t n = 0;
                ctx.arena = &arena;
                int rc = store_read_begin(q->w.store, &ctx.tx, &q->w.err);
                if (rc != OK)
                        return rc;
                rc = leave_list(&ctx, instant_day(a->now), &l);
                if (rc == OK)
                        rc = matter_held_by(&ctx, arg_text(a, "from", ""), STR(""), 200, &ids, &n);
                store_read_end(ctx.tx);
                for (size_t i = 0; rc == OK && i < n; i++)
                        rc = hand_one(q, &l, ids[i], ret_moved);
                if (rc != OK || n == 0)
                        return rc;
        }
}

static int run_handover(struct args *a)
{
        ASKED_AUTO q = { 0 };
        int moved = 0, stuck = 0;
        if (arg_has(a, "to") && !arg_has(a, "from"))
                return usage_error(a, "--from", (struct say){ "--to 须与 --from 同用", "--to goes with --from" });
        int rc = asked_open(a, true, &q);
        if (rc != EXIT_FINE)
                return rc;
        struct ctx ctx = world_ctx(a, &q.w, q.town);
        int code = arg_has(a, "from") ? hand_named(&q, &moved) : hand_all(&q.h, &ctx, q.t, &moved, &stuck);
        if (arg_has(a, "json"))
                fprintf(a->out, "{\"moved\":%d,\"stuck\":%d}\n", moved, stuck);
        else
                fprintf(a->out, a->lang == LANG_ZH ? "已移交 %d 件，无人可接 %d 件\n" : "%d matters changed hands, %d found nobody\n", moved, stuck);
        if (code != OK)
                return fail(a, &q.w.err);
        return stuck ? EXIT_FINDINGS : EXIT_FINE;
}

const struct verb cmd_handover = {
        .name = "handover", .usage = "[--from LOGIN [--to POST|LOGIN]] [--db URL] [--town-code CODE] [--json]", .writes = true,
        .summary = { "移交未结事项：离任、任期届满、休假", "hand over open matters: who left, whose term ended, who is away" },
        .details = { "不写 --from 时，把所有离任（或任期届满、已不任职）和休假人员名下未结事项交给岗位现任、替班、本单位其他人，再往上级，最后到兜底调度；不交给被反映人。"
                     "服务每天和装入新版时自动做一次；linli verify 检查没有事项留在离任人员名下。",
                     "Without --from all that is held by who left, holds no post any longer or is away goes to who acts for the post, its backup, others of the unit, those "
                     "above, at last the desk; never to who is complained about. A server does it every day and with each new version; linli verify proves that nothing "
                     "stays with somebody who left." },
        .options = handover_options, .run = run_handover,
};
