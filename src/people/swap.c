#include "people/swap.h"
#include "people/audit.h"
#include "people/swap_sql.h"

const char *const swap_step_names[SWAP_STEPS + 1] = { "agree", "approve", "refuse", "withdraw", NULL };

/* ---- whose turn it is ------------------------------------------------------------------------------------------------- */

static bool answers(const struct shift *s, uint32_t who)
{
        for (size_t i = 0; i < s->n_officers; i++)
                if (s->officer[i] == who)
                        return true;
        return false;
}

static bool on_duty(const struct shift *s, uint32_t who)
{
        return s->leader == who || answers(s, who);
}

/* The shift of @turn in which @who has a turn; NULL. */
static struct shift *turn_of(const struct roster *r, const struct swap_turn *turn, uint32_t who)
{
        for (size_t i = 0; i < r->n; i++)
                if (r->row[i].date.n == turn->date.n && str_eq(r->row[i].name, turn->shift) && on_duty(&r->row[i], who))
                        return &r->row[i];
        return NULL;
}

static bool busy(const struct roster *r, uint32_t who, const struct shift *at, const struct shift *but)
{
        for (size_t i = 0; i < r->n; i++)
                if (&r->row[i] != but && on_duty(&r->row[i], who) && r->row[i].from.us < at->to.us && at->from.us < r->row[i].to.us)
                        return true;
        return false;
}

static bool holds(const struct posts *posts, struct str login, enum right right, struct day on)
{
        ARENA_AUTO a = { 0 };
        struct scopes s;
        scopes_of(&a, posts, login, on, &s);
        for (size_t i = 0; i < s.n; i++)
                if (s.row[i].rights & right_bit(right))
                        return true;
        return false;
}

/* ---- what may be asked ------------------------------------------------------------------------------------------------ */

struct weighing {
        struct ctx *ctx;
        const struct swap_ground *g;
        uint32_t asker, other;
        const struct shift *turn, *back; /* back: NULL = nothing in return */
        bool leads;
};

static int find_turns(struct weighing *w, const struct swap_ask *a)
{
        struct err *err = w->ctx->err;
        w->asker = map_get(&w->g->staff->by_login, a->asker);
        w->other = map_get(&w->g->staff->by_login, a->other);
        if (w->other == MAP_NONE)
                return err_set(err, ERR_UNKNOWN, "with", "staff.csv 里没有这个人", "There is no such member of staff");
        if (w->other == w->asker)
                return err_set(err, ERR_RULE, "with", "不能与自己换班", "Nobody swaps with themselves");
        w->turn = w->asker == MAP_NONE ? NULL : turn_of(w->g->roster, &a->turn, w->asker);
        if (!w->turn)
                return err_set(err, ERR_UNKNOWN, "shift", "值班表上这一班没有您", "The roster has no such turn of yours");
        w->leads = w->turn->leader == w->asker;
        w->back = day_is_none(a->back.date) ? NULL : turn_of(w->g->roster, &a->back, w->other);
        if (!day_is_none(a->back.date) && (!w->back || (w->back->leader == w->other) != w->leads))
                return err_set(err, ERR_UNKNOWN, "back_shift", "值班表上那一班对方没有同样的班", "The roster has no like turn of theirs then");
        return OK;
}

/* @who takes the turn @to and gives up @off, or nothing. */
static int can_take(const struct weighing *w, uint32_t who, const struct shift *to, const struct shift *off)
{
        struct err *err = w->ctx->err;
        const struct staff_member *s = &w->g->staff->row[who];
        if (!staff_present(s, to->date))
                return err_set(err, ERR_RULE, "with", STR_FMT " 当天不在职或休假", STR_FMT " does not serve or is away on that day", STR_ARG(s->name));
        if (on_duty(to, who) || busy(w->g->roster, who, to, off))
                return err_set(err, ERR_RULE, "with", STR_FMT " 那段时间已经有班", STR_FMT " is on duty at that time already", STR_ARG(s->name));
        if (w->leads && !holds(w->g->posts, s->login, RIGHT_MATTER_APPROVE, to->date))
                return err_set(err, ERR_RULE, "with", "带班须由有审批权限的领导接替", "Who takes a leader's turn must be one who may approve");
        return OK;
}

static int weigh(struct weighing *w, const struct swap_ask *a)
{
        struct err *err = w->ctx->err;
        int rc = find_turns(w, a);
        if (rc != OK)
                return rc;
        if (w->turn->from.us <= w->ctx->now.us)
                return err_set(err, ERR_STATE, "shift", "这一班已经开始", "That shift has begun");
        if (w->back && w->back->from.us <= w->ctx->now.us)
                return err_set(err, ERR_STATE, "back_shift", "那一班已经开始", "That shift has begun");
        rc = can_take(w, w->other, w->turn, w->back);
        return rc == OK && w->back ? can_take(w, w->asker, w->back, w->turn) : rc;
}

/* ---- asking ------------------------------------------------------------------------------------------------------------ */

static bool waits(const struct swap *s)
{
        return str_is(s->state, "asked") || str_is(s->state, "agreed");
}

/* Is either turn asked for already? */
static int none_waits(struct ctx *ctx, const struct swap_ask *a)
{
        struct swaps all;
        int rc = swap_list(ctx, a->turn.date, &all);
        for (size_t i = 0; rc == OK && i < all.n; i++) {
                const struct swap *s = &all.row[i];
                if (waits(s) && str_eq(s->asker, a->asker) && s->turn.date.n == a->turn.date.n && str_eq(s->turn.shift, a->turn.shift))
                        return err_set(ctx->err, ERR_EXISTS, "shift", "这一班已经申请过换班", "A swap of this turn is asked for already");
        }
        if (rc == OK && all.n == SWAPS_MAX)
                return err_set(ctx->err, ERR_BUSY, "shift", "换班申请过多", "There are too many swaps");
        return rc;
}

int swap_ask(struct ctx *ctx, const struct swap_ground *g, const struct swap_ask *a, int64_t *ret_id)
{
        struct weighing w = { .ctx = ctx, .g = g };
        int rc = weigh(&w, a);
        if (rc == OK)
                rc = none_waits(ctx, a);
        if (rc != OK)
                return rc;
        int64_t id = id_next(ctx->ids, ctx->now);
        bool returns = !day_is_none(a->back.date);
        struct sql_people_swap_add_in in = {
                .town = ctx->town, .id = id, .date = a->turn.date, .shift = a->turn.shift, .leads = w.leads, .asker = a->asker, .other = a->other,
                .back_date = a->back.date, .back_shift = returns ? a->back.shift : STR(""), .reason = a->reason,
                .last_date = returns && a->back.date.n > a->turn.date.n ? a->back.date : a->turn.date, .at = ctx->now,
        };
        rc = sql_people_swap_add(ctx->tx, &in, NULL);
        if (rc == OK)
                rc = audit_add(ctx, "swap-ask", str_printf(ctx->arena, "%lld", (long long)id), true);
        if (rc == OK)
                *ret_id = id;
        return rc;
}

/* ---- the steps --------------------------------------------------------------------------------------------------------- */

#define SWAP_OF(r)                                                                                                     \
        { .id = (r)->id, .turn = { (r)->date, (r)->shift }, .back = { (r)->back_date, (r)->back_shift },               \
          .leads = (r)->leads, .asker = (r)->asker, .other = (r)->other, .reason = (r)->reason, .state = (r)->state,   \
          .ruler = (r)->ruler, .at = (r)->at, .changed = (r)->changed }

int swap_list(struct ctx *ctx, struct day from, struct swaps *ret)
{
        struct sql_people_swap_list_rows rows;
        int rc = sql_people_swap_list(ctx->tx, ctx->arena, &(struct sql_people_swap_list_in){ ctx->town, from }, &rows);
        if (rc != OK)
                return rc;
        *ret = (struct swaps){ arena_array(ctx->arena, struct swap, rows.n), rows.n };
        for (size_t i = 0; i < rows.n; i++)
                ret->row[i] = (struct swap)SWAP_OF(&rows.row[i]);
        return OK;
}

static const struct { const char *from[2], *to; } steps[SWAP_STEPS] = {
        [SWAP_AGREE] = { { "asked", NULL }, "agreed" },
        [SWAP_APPROVE] = { { "agreed", NULL }, "approved" },
        [SWAP_REFUSE] = { { "asked", "agreed" }, "refused" },
        [SWAP_WITHDRAW] = { { "asked", "agreed" }, "withdrawn" },
};

static bool leaves_from(enum swap_step step, struct str state)
{
        for (int i = 0; i < 2; i++)
                if (steps[step].from[i] && str_is(state, steps[step].from[i]))
                        return true;
        return false;
}

static int may_step(struct ctx *ctx, const struct swap_ground *g, const struct swap *s, enum swap_step step, struct str who)
{
        bool other = str_eq(who, s->other), asker = str_eq(who, s->asker);
        bool third = !other && !asker && holds(g->posts, who, RIGHT_MATTER_APPROVE, instant_day(ctx->now));
        switch (step) {
        case SWAP_AGREE:
                return other ? OK : err_set(ctx->err, ERR_RIGHT, "action", "由接班的人同意", "Who is to take the turn agrees to it");
        case SWAP_WITHDRAW:
                return asker ? OK : err_set(ctx->err, ERR_RIGHT, "action", "由申请人撤回", "Who asked for it withdraws it");
        case SWAP_REFUSE:
                if ((other && str_is(s->state, "asked")) || third)
                        return OK;
                break;
        case SWAP_APPROVE:
                if (third)
                        return OK;
                break;
        case SWAP_STEPS:
                break;
        }
        return err_set(ctx->err, ERR_RIGHT, "action", "须由换班双方以外、有审批权限的人批准", "A third who may approve decides, neither of the two");
}

int swap_move(struct ctx *ctx, const struct swap_ground *g, int64_t id, enum swap_step step, struct str who)
{
        struct sql_people_swap_get_row row;
        int64_t n = 0;
        int rc = sql_people_swap_get(ctx->tx, ctx->arena, &(struct sql_people_swap_get_in){ ctx->town, id }, &row);
        if (rc == ERR_NONE)
                return err_set(ctx->err, ERR_NONE, "id", "没有这个换班申请", "There is no such swap");
        if (rc != OK)
                return rc;
        struct swap s = SWAP_OF(&row);
        rc = may_step(ctx, g, &s, step, who);
        if (rc != OK)
                return rc;
        if (!leaves_from(step, s.state))
                return err_set(ctx->err, ERR_STATE, "action", "换班申请现在不能这样办", "Not possible in the present state of the swap");
        struct weighing w = { .ctx = ctx, .g = g };
        if (step == SWAP_AGREE || step == SWAP_APPROVE)
                rc = weigh(&w, &(struct swap_ask){ s.asker, s.other, s.turn, s.back, s.reason });
        if (rc != OK)
                return rc;
        bool rules = step == SWAP_APPROVE || step == SWAP_REFUSE;
        struct sql_people_swap_move_in in = { ctx->town, id, s.state, str_of(steps[step].to), rules ? who : STR(""), ctx->now };
        rc = sql_people_swap_move(ctx->tx, &in, &n);
        if (rc == OK && n == 0)
                return err_set(ctx->err, ERR_STATE, "action", "换班申请现在不能这样办", "Not possible in the present state of the swap");
        return rc == OK ? audit_add(ctx, arena_printf(ctx->arena, "swap-%s", swap_step_names[step]), str_printf(ctx->arena, "%lld", (long long)id), true) : rc;
}

int swap_sweep(struct ctx *ctx)
{
        int32_t today = instant_day(ctx->now).n;
        int rc = sql_people_swap_forget(ctx->tx, &(struct sql_people_swap_forget_in){ ctx->town, { today - SWAP_REMEMBERED_DAYS } }, NULL);
        return rc == OK ? sql_people_swap_sweep(ctx->tx, &(struct sql_people_swap_sweep_in){ ctx->town, { today - SWAP_KEPT_DAYS } }, NULL) : rc;
}

/* ---- over the roster --------------------------------------------------------------------------------------------------- */

static void take_turn(struct arena *a, struct roster *r, const struct swap *s, const struct swap_turn *turn, struct str from, struct str to)
{
        uint32_t was = map_get(&r->staff->by_login, from), now = map_get(&r->staff->by_login, to);
        struct shift *at = was == MAP_NONE || now == MAP_NONE ? NULL : turn_of(r, turn, was);
        if (!at || on_duty(at, now))
                return;
        if (s->leads && at->leader == was)
                at->leader = now;
        for (size_t i = 0; !s->leads && i < at->n_officers; i++)
                if (at->officer[i] == was)
                        at->officer[i] = now;
        struct shift_swap *note = arena_array(a, struct shift_swap, at->n_swaps + 1);
        for (size_t i = 0; i < at->n_swaps; i++)
                note[i] = at->swap[i];
        note[at->n_swaps++] = (struct shift_swap){ was, now, s->leads, str_dup(a, s->reason), str_dup(a, s->ruler) };
        at->swap = note;
}

void swap_note(struct arena *a, const struct swaps *all, struct roster *r)
{
        for (size_t i = 0; i < all->n; i++) {
                const struct swap *s = &all->row[i];
                if (!str_is(s->state, "approved"))
                        continue;
                take_turn(a, r, s, &s->turn, s->asker, s->other);
                if (!day_is_none(s->back.date))
                        take_turn(a, r, s, &s->back, s->other, s->asker);
        }
}

uint64_t swaps_mark(const struct swaps *all)
{
        uint64_t mark = 0;
        for (size_t i = 0; i < all->n; i++)
                if (str_is(all->row[i].state, "approved"))
                        mark = mark * UINT64_C(1099511628211) + (uint64_t)all->row[i].id;
        return mark;
}
