#include "matter/board.h"
#include "matter/board_sql.h"

static const struct say names[BOARDS] = {
        [BOARD_TODAY] = { "今日到期", "Due today" },
        [BOARD_OVERDUE] = { "已超期", "Overdue" },
        [BOARD_TRIAGE] = { "待定责、兜底", "To be placed" },
        [BOARD_RETURNED] = { "退单待裁定", "Returned, to be ruled on" },
        [BOARD_ASKED] = { "申请待批", "Asked for, to be decided" },
        [BOARD_CALLED] = { "吹哨未结", "Other units called in" },
        [BOARD_PAUSED] = { "暂停办理", "Paused" },
        [BOARD_SHELVED] = { "挂账", "Shelved" },
        [BOARD_REOPENED] = { "反映未解决", "Not solved, says the reporter" },
        [BOARD_PLACE_CALL] = { "待联系核实地点", "To be asked where it is" },
        [BOARD_ESCALATED] = { "升级到我", "Gone up to me" },
        [BOARD_MINE] = { "由我负责", "With me" },
};

const char *const board_words[BOARDS + 1] = {
        [BOARD_TODAY] = "today",     [BOARD_OVERDUE] = "overdue",   [BOARD_TRIAGE] = "triage",     [BOARD_RETURNED] = "returned",
        [BOARD_ASKED] = "asked",     [BOARD_CALLED] = "called",     [BOARD_PAUSED] = "paused",     [BOARD_SHELVED] = "shelved",
        [BOARD_REOPENED] = "reopened", [BOARD_PLACE_CALL] = "place_call", [BOARD_ESCALATED] = "escalated", [BOARD_MINE] = "mine",
        [BOARDS] = NULL,
};

struct say board_name(enum board b)
{
        return names[b];
}

/* The board statements return rows of the same shape; only their C types differ. @k is what they are sorted by. */
#define TAKE_BOARD(rows, k)                                                                                                   \
        do {                                                                                                                  \
                ret->n = (rows).n;                                                                                            \
                ret->row = arena_array(ctx->arena, struct board_row, (rows).n);                                               \
                for (size_t i_ = 0; i_ < (rows).n; i_++) {                                                                    \
                        __typeof__((rows).row) r_ = &(rows).row[i_];                                                          \
                        ret->row[i_] = (struct board_row){                                                                    \
                                .item = { .id = r_->id, .rev = r_->rev, .state = r_->state, .subject = r_->subject,           \
                                          .level = r_->level, .grid = r_->grid, .path = r_->path, .unit = r_->unit,           \
                                          .unit_path = r_->unit_path, .assist = r_->assist, .called = r_->called,             \
                                          .post = r_->post, .holder = r_->holder, .respondent = r_->respondent,               \
                                          .open = r_->open, .urgent = r_->urgent, .raised = r_->raised,                       \
                                          .opened = r_->opened, .due = r_->due, .voices = r_->voices, .cause = r_->cause },   \
                                .proc = r_->proc, .clocks = r_->clocks, .returned_by = r_->returned_by, .asked = r_->asked,   \
                                .answered = r_->answered_at, .returned_at = r_->returned_at, .ruled_at = r_->ruled_at,        \
                                .shelved_until = r_->shelved_until, .reopened = r_->reopened, .tasks_open = r_->tasks_open,   \
                                .place_call = r_->place_call, .key = (k),                                                     \
                        };                                                                                                    \
                }                                                                                                             \
        } while (0)

/* One page of one statement: most differ in nothing but their name. What comes last is what the statement asks beyond the
   page; an empty one asks nothing. */
#define BOARD_OF(name, by, ...)                                                                                               \
        static int name##_page(struct ctx *ctx, const struct board_query *q, struct board_rows *ret)                          \
        {                                                                                                                     \
                struct sql_matter_board_##name##_rows rows;                                                                   \
                int rc = sql_matter_board_##name(ctx->tx, ctx->arena,                                                         \
                                                 &(struct sql_matter_board_##name##_in){ .town = ctx->town, .after = q->after, \
                                                                                         .max = q->max, __VA_ARGS__ },        \
                                                 &rows);                                                                      \
                if (rc == OK)                                                                                                 \
                        TAKE_BOARD(rows, by);                                                                                 \
                return rc;                                                                                                    \
        }

#define BEHIND .due = { q->key }
BOARD_OF(returned, r_->returned_at.us, BEHIND)
BOARD_OF(asked, r_->id, )
BOARD_OF(called, r_->due.us, BEHIND)
BOARD_OF(paused, r_->due.us, BEHIND)
BOARD_OF(shelved, r_->shelved_until.us, BEHIND)
BOARD_OF(reopened, r_->due.us, BEHIND)
BOARD_OF(place_call, r_->id, )
BOARD_OF(triage, r_->due.us, BEHIND, .unit = q->fallback)
BOARD_OF(holder, r_->due.us, BEHIND, .holder = q->login, .raised = q->board == BOARD_ESCALATED ? 1 : 0)

static struct instant tomorrow(struct ctx *ctx)
{
        return day_start((struct day){ instant_day(ctx->now).n + 1 });
}

/* What is owed today is not yet late: it is no earlier than now. */
static int due_page(struct ctx *ctx, const struct board_query *q, struct board_rows *ret)
{
        struct sql_matter_board_due_rows rows;
        struct sql_matter_board_due_in in = { .town = ctx->town, .due = { q->key }, .after = q->after, .upto = ctx->now, .max = q->max };
        if (q->board == BOARD_TODAY) {
                in.upto = tomorrow(ctx);
                if (in.due.us < ctx->now.us)
                        in.due.us = ctx->now.us - 1, in.after = INT64_MAX;
        }
        int rc = sql_matter_board_due(ctx->tx, ctx->arena, &in, &rows);
        if (rc == OK)
                TAKE_BOARD(rows, r_->due.us);
        return rc;
}

int board_page(struct ctx *ctx, const struct board_query *q, struct board_rows *ret)
{
        static int (*const page[BOARDS])(struct ctx *, const struct board_query *, struct board_rows *) = {
                [BOARD_TODAY] = due_page,       [BOARD_OVERDUE] = due_page,           [BOARD_TRIAGE] = triage_page,
                [BOARD_RETURNED] = returned_page, [BOARD_ASKED] = asked_page,         [BOARD_CALLED] = called_page,
                [BOARD_PAUSED] = paused_page,   [BOARD_SHELVED] = shelved_page,       [BOARD_REOPENED] = reopened_page,
                [BOARD_PLACE_CALL] = place_call_page, [BOARD_ESCALATED] = holder_page, [BOARD_MINE] = holder_page,
        };
        struct board_query in = *q;
        in.max = q->max < 1 || q->max > MATTER_LIST_MAX ? MATTER_LIST_MAX : q->max;
        if (in.login.n == 0 && (q->board == BOARD_MINE || q->board == BOARD_ESCALATED)) {
                *ret = (struct board_rows){ 0 }; /* with nobody: whose post is reached otherwise is not theirs */
                return OK;
        }
        return page[q->board](ctx, &in, ret);
}

int board_counts(struct ctx *ctx, struct str login, struct str fallback, struct board_groups *ret)
{
        struct sql_matter_board_counts_rows rows;
        int rc = sql_matter_board_counts(ctx->tx, ctx->arena,
                                         &(struct sql_matter_board_counts_in){ .town = ctx->town, .now = ctx->now, .tomorrow = tomorrow(ctx),
                                                                               .fallback = fallback, .holder = login, .max = BOARD_GROUPS_MAX },
                                         &rows);
        if (rc != OK)
                return rc;
        ret->n = rows.n;
        ret->row = arena_array(ctx->arena, struct board_group, rows.n);
        for (size_t i = 0; i < rows.n; i++) {
                const struct sql_matter_board_counts_row *r = &rows.row[i];
                ret->row[i] = (struct board_group){
                        .path = r->path, .unit_path = r->unit_path, .assist = r->assist, .called = r->called, .respondent = r->respondent,
                        .n = { [BOARD_TODAY] = r->today, [BOARD_OVERDUE] = r->overdue, [BOARD_TRIAGE] = r->triage, [BOARD_RETURNED] = r->returned,
                               [BOARD_ASKED] = r->asked, [BOARD_CALLED] = r->called_in, [BOARD_PAUSED] = r->paused, [BOARD_SHELVED] = r->shelved,
                               [BOARD_REOPENED] = r->reopened, [BOARD_PLACE_CALL] = r->place_call,
                               [BOARD_ESCALATED] = login.n ? r->escalated : 0, [BOARD_MINE] = login.n ? r->mine : 0 },
                };
        }
        return OK;
}
