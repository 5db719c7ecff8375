/* matter/board.h — boards: the open matters that somebody has to look at, by why.
 *
 * A voice that waits for its cause stands on no board: it stands under that one. What an asker may see is judged by the
 * caller, row by row (matter_item_scope) and, for counts, group by group.
 */
#pragma once
#include "matter/matter.h"

enum board {
        BOARD_TODAY,      /* the promised answer is owed before midnight */
        BOARD_OVERDUE,    /* it should have been there */
        BOARD_TRIAGE,     /* place or subject not known, or with the fallback unit 待定责、兜底 */
        BOARD_RETURNED,   /* 退单待裁定, the longest returned first */
        BOARD_ASKED,      /* a pause, more time or a shelving was asked for 待批, the oldest matter first */
        BOARD_CALLED,     /* a unit called in still owes its answer 吹哨未结 */
        BOARD_PAUSED,
        BOARD_SHELVED,    /* 挂账, the next to be looked at first */
        BOARD_REOPENED,   /* the reporter said it is not solved 反映未解决 */
        BOARD_PLACE_CALL, /* the reporter is to be asked where it is, the oldest first */
        BOARD_ESCALATED,  /* went up to whoever asks 升级到我 */
        BOARD_MINE,       /* lies with whoever asks */
        BOARDS
};
extern const char *const board_words[BOARDS + 1]; /* "today", … ended by NULL */
struct say board_name(enum board);

/* A line of a board: what a list shows, and what its marks are made of. */
struct board_row {
        struct matter_item item;
        struct str proc, clocks, returned_by, asked;
        struct instant answered, returned_at, ruled_at, shelved_until;
        int32_t reopened, tasks_open;
        bool place_call;
        int64_t key;                      /* its place on this board: with its id, where the next page begins */
};
struct board_rows { struct board_row *row; size_t n; };
struct board_query {
        enum board board;
        struct str login;                 /* whose: BOARD_MINE and BOARD_ESCALATED */
        struct str fallback;              /* the town's unit for what nobody covers: BOARD_TRIAGE */
        int64_t key, after;               /* behind this place; INT64_MIN + 1, 0 to begin */
        int32_t max;                      /* 1..MATTER_LIST_MAX */
};
int board_page(struct ctx *, const struct board_query *, struct board_rows *ret);

/* How many stand on each board, in groups of those that the same people may see. */
#define BOARD_GROUPS_MAX 20000
struct board_group {
        struct str path, unit_path, assist, called, respondent;
        int64_t n[BOARDS];
};
struct board_groups { struct board_group *row; size_t n; };
int board_counts(struct ctx *, struct str login, struct str fallback, struct board_groups *ret);
