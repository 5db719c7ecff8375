/* Turns on duty that somebody else takes: swap. */
#include "api/duty_view.h"
#include "app/cmd_duty.h"
#include "app/tell.h"
#include "base/json.h"

static const struct option swap_options[] = {
        OPTION_DB, OPTION_TOWN_CODE, OPTION_JSON,
        { "by", "LOGIN", false, { "谁在办理", "who does it" } },
        { "day", "DAY", false, { "哪天的班；列出时从哪天起（默认今天）", "day of the shift; when listing, from which day (default: today)" } },
        { "shift", "NAME", false, { "班次，按值班表", "the shift, as in the roster" } },
        { "with", "LOGIN", false, { "请谁来接", "who is to take it" } },
        { "back-day", "DAY", false, { "换回对方哪天的班", "day of their turn taken in return" } },
        { "back-shift", "NAME", false, { "换回的班次", "the shift taken in return" } },
        { "reason", "TEXT", false, { "理由，写在值班表上", "why: it stands in the roster" } },
        { 0 },
};

struct swapping { struct asked *q; struct swap_ask ask; enum swap_step step; int64_t id; struct str by; };

static int swap_run(struct tx *tx, struct command *self)
{
        struct swapping *o = self->arg;
        ARENA_AUTO arena = { 0 };
        struct ctx ctx = world_ctx(o->q->a, &o->q->w, o->q->town);
        struct swap_ground g = { &o->q->t->staff, &o->q->t->posts, &o->q->t->roster };
        ctx.arena = &arena;
        ctx.tx = tx;
        ctx.err = self->err;
        ctx.actor = (struct actor){ .kind = ACTOR_STAFF, .name = o->by };
        return o->step == SWAP_STEPS ? swap_ask(&ctx, &g, &o->ask, &o->id) : swap_move(&ctx, &g, o->id, o->step, o->by);
}

static void tell_line(struct args *a, const struct town *t, const struct swap *s)
{
        const struct staff_member *from = staff_find(&t->staff, s->asker), *to = staff_find(&t->staff, s->other);
        char day[11], back[11];
        fprintf(a->out, "%lld  %s " STR_FMT "  " STR_FMT " -> " STR_FMT, (long long)s->id, day_format(s->turn.date, day), STR_ARG(s->turn.shift),
                STR_ARG(from ? from->name : s->asker), STR_ARG(to ? to->name : s->other));
        if (!day_is_none(s->back.date))
                fprintf(a->out, a->lang == LANG_ZH ? "（换回 %s " STR_FMT "）" : " (for %s " STR_FMT ")", day_format(s->back.date, back), STR_ARG(s->back.shift));
        fprintf(a->out, "  " STR_FMT "  " STR_FMT "\n", STR_ARG(s->state), STR_ARG(s->reason));
}

static int tell_swaps(struct asked *q, struct day from)
{
        struct args *a = q->a;
        struct ctx ctx = world_ctx(a, &q->w, q->town);
        struct swaps all;
        int rc = store_read_begin(q->w.store, &ctx.tx, &q->w.err);
        if (rc == OK) {
                rc = swap_list(&ctx, from, &all);
                store_read_end(ctx.tx);
        }
        if (rc != OK)
                return fail(a, &q->w.err);
        if (!arg_has(a, "json")) {
                for (size_t i = 0; i < all.n; i++)
                        tell_line(a, q->t, &all.row[i]);
                return EXIT_FINE;
        }
        BUF_AUTO out = BUF(4u << 20);
        struct json j = json_to(&out);
        swaps_view(&j, q->t, &all);
        tell_buf(a, &out);
        return EXIT_FINE;
}

static int wants(struct args *a, const char *option)
{
        if (arg_has(a, option))
                return EXIT_FINE;
        const char *name = arena_printf(a->arena, "--%s", option);
        return usage_error(a, name, (struct say){ "缺少这个选项", "this option is needed" });
}

static int read_ask(struct args *a, struct swapping *o)
{
        static const char *const needed[] = { "by", "day", "shift", "with", "reason" };
        int rc = EXIT_FINE;
        for (size_t i = 0; rc == EXIT_FINE && i < COUNT(needed); i++)
                rc = wants(a, needed[i]);
        if (rc == EXIT_FINE && arg_has(a, "back-day") != arg_has(a, "back-shift"))
                rc = wants(a, arg_has(a, "back-day") ? "back-shift" : "back-day");
        struct str reason = str_trim(arg_text(a, "reason", ""));
        if (rc == EXIT_FINE && (reason.n < 2 || utf8_count(reason) > SWAP_REASON_MAX))
                rc = usage_error(a, "--reason", (struct say){ "2 至 200 字", "needs 2 to 200 characters" });
        o->ask = (struct swap_ask){ .asker = o->by, .other = arg_text(a, "with", ""), .turn.shift = arg_text(a, "shift", ""),
                                    .back.shift = arg_text(a, "back-shift", ""), .reason = reason };
        if (rc == EXIT_FINE)
                rc = asked_day(a, "day", DAY_NONE, &o->ask.turn.date);
        return rc == EXIT_FINE ? asked_day(a, "back-day", DAY_NONE, &o->ask.back.date) : rc;
}

/* agree, approve, refuse or withdraw, and the number of the swap. */
static int read_step(struct args *a, struct swapping *o)
{
        o->step = SWAP_AGREE;
        while (swap_step_names[o->step] && !str_is(a->at[0], swap_step_names[o->step]))
                o->step++;
        if (o->step == SWAP_STEPS)
                return usage_error(a, str_c(a->arena, a->at[0]), (struct say){ "应为 ask、agree、approve、refuse 或 withdraw", "needs ask, agree, approve, refuse or withdraw" });
        if (a->n_at < 2 || str_int(a->at[1], 1, INT64_MAX, &o->id) != OK)
                return usage_error(a, swap_step_names[o->step], (struct say){ "需要换班申请的编号", "the number of the swap is needed" });
        return wants(a, "by");
}

static int run_swap(struct args *a)
{
        ASKED_AUTO q = { 0 };
        struct swapping o = { .q = &q, .step = SWAP_STEPS, .by = arg_text(a, "by", "") };
        struct day from;
        int rc = EXIT_FINE;
        if (a->n_at == 0)
                rc = asked_day(a, "day", instant_day(a->now), &from);
        else if (str_is(a->at[0], "ask"))
                rc = read_ask(a, &o);
        else
                rc = read_step(a, &o);
        if (rc == EXIT_FINE)
                rc = asked_open(a, a->n_at > 0, &q);
        if (rc != EXIT_FINE)
                return rc;
        if (a->n_at == 0)
                return tell_swaps(&q, from);
        if (store_write(q.w.store, swap_run, &o, PRIO_REQUEST, &q.w.err) != OK)
                return fail(a, &q.w.err);
        if (arg_has(a, "json"))
                fprintf(a->out, "{\"id\":\"%lld\"}\n", (long long)o.id);
        else
                fprintf(a->out, a->lang == LANG_ZH ? "已记录（%lld）\n" : "noted (%lld)\n", (long long)o.id);
        return EXIT_FINE;
}

const struct verb cmd_swap = {
        .name = "swap", .usage = "[ask --by LOGIN --day DAY --shift NAME --with LOGIN --reason TEXT [--back-day DAY --back-shift NAME] | agree|approve|refuse|withdraw ID --by LOGIN] [--db URL] [--town-code CODE] [--json]",
        .max_at = 2, .writes = true,
        .summary = { "换班、替班：申请、同意、批准", "turns on duty that somebody else takes: ask, agree, approve" },
        .details = { "自己的班请别人接（可换回对方的班）：本人申请，对方同意，再由双方以外有审批权限的人批准。批准后值班表写明谁替谁、为什么。不带参数时列出。",
                     "Somebody asks that another takes a turn of theirs, perhaps for one of the other's; the other agrees; a third who may approve things approves it. "
                     "Then the roster says who, for whom and why. Without arguments it lists." },
        .options = swap_options, .run = run_swap,
};
