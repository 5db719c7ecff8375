/* matter/task.h — other units called in on a matter (吹哨), who report in (报到) and answer.
 *
 * The unit in charge keeps the matter (首接负责, 北京市接诉即办工作条例 第十四条、第十六条) and asks others, each with a task, a reason, clocks and
 * an answer of its own. Its answer waits for all of them, unless it goes on without one and says why. Both sides rate how the two
 * units worked together (双考核, 第三十三条), never a person. Each step is an action of the procedure (call_in, report_in, task_answer,
 * override, call_off, rate_help, rate_call) through matter_act, which names the task by its number; a task changes under its
 * matter's revision.
 *
 * Who may: for the unit called in whoever holds the right by a post of that unit or below it, not who merely sees all of a place. A
 * unit without an account (orgs.csv, `reach`) is asked by letter, phone or the level above's system; what it says is entered by whoever
 * has the matter or the desk, by name, with the channel and the time it came. A unit complained about is never called in.
 */
#pragma once
#include "matter/matter.h"

#define MATTER_TASKS_MAX 32 /* of one matter, over all its life */

enum task_state { TASK_ASKED, TASK_REPORTED, TASK_ANSWERED, TASK_OVERRIDDEN, TASK_CANCELLED, TASK_STATES };
struct task_word {
        const char *code;
        struct say name, public_word; /* for staff, for the reporter */
};
extern const struct task_word task_words[TASK_STATES];

struct matter_task {
        int32_t k; /* its number within the matter, from 1 */
        struct str unit, unit_path, lead;
        struct str reach;        /* account, letter, upstream, phone */
        struct str post, holder; /* who sees to it: of the unit called in, of the lead where that has no account */
        int32_t raised;
        enum task_state state;
        bool open;         /* asked or reported */
        struct str clocks; /* see procedure/clocks.h */
        struct instant asked, report_due, answer_due, reported, ended; /* the last two INSTANT_NONE until then */
        int32_t asked_n, ended_n; /* events with the words; 0 = not ended, or ended with the matter */
        int32_t help, calling;    /* 1..5 how the unit called in cooperated, and how the lead did; INT32_MIN not rated */
};
struct matter_tasks {
        struct matter_task *row; /* by k */
        size_t n;
};
/* Asks the store only where there are some. */
int matter_tasks(struct ctx *, const struct matter *, struct matter_tasks *ret);

/* One of them by its number, and what it was asked: canonical JSON, {NULL,0} when erased. ERR_UNKNOWN naming "task". */
int matter_task_get(struct ctx *, const struct matter *, int64_t number, struct matter_task *ret, struct str *ret_words);

/* What this actor may do to a task now. @rights are those over the matter. @ret has room for PROCEDURE_ACTIONS_MAX. */
struct task_actor {
        enum actor_kind kind;
        uint64_t rights;
        const struct scopes *scopes;
        struct str login;
};
size_t matter_task_may(const struct town *, const struct matter *, const struct matter_task *, const struct task_actor *,
                       const struct procedure_action **ret);
/* Whom the duty row names to assist (配合), and who has no open task: to be offered. At most 8. */
#define TASK_WHOM_MAX 8
size_t matter_task_whom(const struct town *, const struct matter *, const struct matter_tasks *, const struct org *ret[TASK_WHOM_MAX]);

/* Open tasks, what runs out first on top. */
struct task_item {
        int64_t matter;
        struct matter_task task; /* without clocks and ratings */
        struct str subject, grid, path, unit_path, assist, called, respondent; /* of the matter */
        bool urgent;
        struct str words; /* canonical JSON of what it is asked, or {NULL,0} when erased */
};
struct task_items {
        struct task_item *row;
        size_t n;
};
struct task_filter {
        struct str unit;    /* "" = all */
        struct instant due; /* behind this place; INSTANT_NONE to begin */
        int64_t after;
        int32_t after_k;
        int32_t max; /* 1..MATTER_LIST_MAX */
};
int matter_task_list(struct ctx *, const struct task_filter *, struct task_items *ret);
