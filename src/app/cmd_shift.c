/* One shift hands over to the next: shift. */
#include "app/cmd_duty.h"
#include "app/tell.h"
#include "matter/shift.h"

static const struct option sheet_options[] = {
        OPTION_DB, OPTION_TOWN_CODE, OPTION_JSON,
        { "by", "LOGIN", false, { "谁在办理", "who does it" } },
        { "day", "DAY", false, { "哪天的班（默认今天）；列出时从哪天起", "day of the shift (default: today); when listing, from which day" } },
        { "shift", "NAME", false, { "班次，按值班表", "the shift, as in the roster" } },
        { "rev", "N", false, { "签的是第几版", "the revision that is signed" } },
        { 0 },
};

enum doing { LIST, MAKE, PRINT, SIGN };
struct sheet_doing { struct asked *q; enum doing what; struct str by, shift; struct day day; int64_t id, rev; };

static int write_run(struct tx *tx, struct command *self)
{
        struct sheet_doing *o = self->arg;
        ARENA_AUTO arena = { 0 };
        struct ctx ctx = world_ctx(o->q->a, &o->q->w, o->q->town);
        ctx.arena = &arena;
        ctx.tx = tx;
        ctx.err = self->err;
        ctx.actor = (struct actor){ .kind = ACTOR_STAFF, .name = o->by };
        return o->what == MAKE ? shift_make(&ctx, o->q->t, o->by, o->day, o->shift, &o->id) : shift_sign(&ctx, o->q->t, o->by, o->id, (int32_t)o->rev);
}

static int print_sheet(struct asked *q, int64_t id)
{
        struct args *a = q->a;
        struct ctx ctx = world_ctx(a, &q->w, q->town);
        struct shift_sheet s;
        int rc = store_read_begin(q->w.store, &ctx.tx, &q->w.err);
        if (rc == OK) {
                rc = shift_get(&ctx, id, &s);
                store_read_end(ctx.tx);
        }
        if (rc != OK)
                return fail(a, &q->w.err);
        BUF_AUTO out = BUF(2 * SHIFT_BODY_MAX);
        if (arg_has(a, "json")) {
                fprintf(a->out, "{\"id\":\"%lld\",\"rev\":%d,\"handed_over\":\"" STR_FMT "\",\"taken_over\":\"" STR_FMT "\",\"sheet\":" STR_FMT "}\n", (long long)s.id,
                        s.rev, STR_ARG(s.out_by), STR_ARG(s.in_by), STR_ARG(s.body));
                return EXIT_FINE;
        }
        if (shift_text(&out, q->t, &s, a->lang, &q->w.err) != OK)
                return fail(a, &q->w.err);
        fwrite(out.p, 1, out.n, a->out);
        return EXIT_FINE;
}

static int tell_sheets(struct asked *q, struct day from)
{
        struct args *a = q->a;
        struct ctx ctx = world_ctx(a, &q->w, q->town);
        struct shift_sheets all;
        char day[11];
        int rc = store_read_begin(q->w.store, &ctx.tx, &q->w.err);
        if (rc == OK) {
                rc = shift_list(&ctx, from, &all);
                store_read_end(ctx.tx);
        }
        if (rc != OK)
                return fail(a, &q->w.err);
        for (size_t i = 0; i < all.n; i++) {
                const struct shift_sheet *s = &all.row[i];
                fprintf(a->out, "%lld  %s " STR_FMT "  %s " STR_FMT "  %s " STR_FMT "\n", (long long)s->id, day_format(s->date, day), STR_ARG(s->shift),
                        a->lang == LANG_ZH ? "交班" : "by", STR_ARG(s->out_by.n ? s->out_by : STR("-")), a->lang == LANG_ZH ? "接班" : "to",
                        STR_ARG(s->in_by.n ? s->in_by : STR("-")));
        }
        return EXIT_FINE;
}

static int wants(struct args *a, const char *option)
{
        if (arg_has(a, option))
                return EXIT_FINE;
        return usage_error(a, arena_printf(a->arena, "--%s", option), (struct say){ "缺少这个选项", "this option is needed" });
}

static int read_args(struct args *a, struct sheet_doing *o)
{
        int rc = EXIT_FINE;
        o->what = a->n_at == 0 ? LIST : str_is(a->at[0], "make") ? MAKE : str_is(a->at[0], "print") ? PRINT : SIGN;
        if (o->what == SIGN && !str_is(a->at[0], "sign"))
                return usage_error(a, str_c(a->arena, a->at[0]), (struct say){ "应为 make、print 或 sign", "needs make, print or sign" });
        if ((o->what == PRINT || o->what == SIGN) && (a->n_at < 2 || str_int(a->at[1], 1, INT64_MAX, &o->id) != OK))
                return usage_error(a, str_c(a->arena, a->at[0]), (struct say){ "需要交接单的编号", "the number of the sheet is needed" });
        if (o->what == MAKE || o->what == SIGN)
                rc = wants(a, "by");
        if (rc == EXIT_FINE && o->what == MAKE)
                rc = wants(a, "shift");
        if (rc == EXIT_FINE && o->what == SIGN)
                rc = wants(a, "rev");
        if (rc == EXIT_FINE)
                rc = arg_int(a, "rev", 0, 1, INT32_MAX, &o->rev);
        return rc == EXIT_FINE ? asked_day(a, "day", instant_day(a->now), &o->day) : rc;
}

static int run_sheet(struct args *a)
{
        ASKED_AUTO q = { 0 };
        struct sheet_doing o = { .q = &q, .by = arg_text(a, "by", ""), .shift = arg_text(a, "shift", "") };
        int rc = read_args(a, &o);
        if (rc == EXIT_FINE)
                rc = asked_open(a, o.what == MAKE || o.what == SIGN, &q);
        if (rc != EXIT_FINE)
                return rc;
        if (o.what == LIST)
                return tell_sheets(&q, (struct day){ o.day.n - (arg_has(a, "day") ? 0 : 7) });
        if (o.what != PRINT && store_write(q.w.store, write_run, &o, PRIO_REQUEST, &q.w.err) != OK)
                return fail(a, &q.w.err);
        return print_sheet(&q, o.id);
}

const struct verb cmd_shift = {
        .name = "shift", .usage = "[make --by LOGIN --shift NAME [--day DAY] | print ID | sign ID --by LOGIN --rev N] [--db URL] [--town-code CODE] [--json]",
        .max_at = 2, .writes = true,
        .summary = { "值班交接单：制作、打印、双方签字", "the hand-over of a shift: make it, print it, both sign" },
        .details = { "列出紧急事项、未签收事项和下一班结束前应打的电话，制作后不变；先由交班的人签字，再由接班的另一人签字。签字前可重新制作。不带参数时列出近七天的交接单。",
                     "Lists what is urgent, what nobody has signed for and whom somebody promised to call by the end of the next shift, frozen as made; who goes signs "
                     "first, then who comes, another person. It can be made anew before that. Without arguments it lists those of seven days." },
        .options = sheet_options, .run = run_sheet,
};
