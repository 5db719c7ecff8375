/* matter/inner/task.h — what a step of the matter does to its tasks, and what their clocks do. */
#pragma once
#include <json-c/json.h>
#include "base/json.h"
#include "matter/inner/write.h"
#include "matter/task.h"

/* The tasks of a matter while it is changed. Nothing is read where it has none and none is asked. */
struct tasking {
        uint64_t records;             /* of the action under way */
        struct matter_tasks all;      /* with room for one more */
        struct matter_task *task;     /* the one the action is about, or NULL */
        uint32_t changed;             /* bit i: all.row[i] is to be written */
        bool fresh;                   /* the last one is new */
        uint32_t moved;               /* bit i: the deadlines of all.row[i] moved, and nobody worked on it */
        uint32_t dropped;             /* bit i: called off because the matter ended, or its unit leads now */
};
/* Which task an action is about, and by which rights it is judged: *rights are those over the matter, and become those over the
 * task where it belongs to the unit called in. */
int task_begin(struct ctx *, const struct town *, const struct procedure_action *, const struct matter_action *, const struct matter *,
               struct tasking *ret, uint64_t *rights);
/* What the action asks beyond its form. */
int task_judge(struct ctx *, const struct town *, const struct matter *, const struct step *, const struct tasking *);
/* Do it; after the matter's unit and end were taken. Brings what the matter's row says of its tasks up to date. */
int task_take(struct ctx *, const struct town *, struct matter *, const struct step *, struct tasking *);
/* What the event says: "task_is":{…} as it stands now, "tasks_off":[numbers], "tasks":[…] of those whose deadlines moved. */
void task_body(struct json *, const struct tasking *);
/* After the matter was saved; m->n is the action's event. */
int task_save(struct ctx *, const struct matter *, struct tasking *);

/* Ring what is due: an event each in @notes; *ret_n of them. The caller saves the matter, then calls task_save. */
int task_ring(struct ctx *, const struct town *, struct matter *, struct notes *, struct tasking *ret, size_t *ret_n);
/* While the matter stands still its tasks do, and they go on with it: the pauses and resumptions of the step, done to the clocks of every
 * open task. ERR_* of clock_set_step. */
int task_stand_still(struct ctx *, const struct town *, const struct matter *, const struct step *, struct tasking *);
/* Count provisional deadlines anew; ret->changed says whether any did. */
int task_renew(struct ctx *, const struct town *, struct matter *, struct tasking *ret);
/* "tasks":[{"k","report_due","answer_due"}] of those that moved. */
void task_renewed_body(struct json *, const struct tasking *);

/* ---- shared by the above ---------------------------------------------------------------------------------------- */
static inline bool task_by_account(const struct matter_task *k)
{
        return str_is(k->reach, "account");
}
void task_keep_clocks(struct ctx *, struct matter_task *, const struct clock_set *);
/* report_due and answer_due out of the clocks. */
void task_take_dues(const struct procedure *, struct matter_task *, const struct clock_set *);
/* The units that have or had a task which was not called off, joined by ';'. */
struct str task_called(struct arena *, const struct matter_tasks *);
/* What the matter's row says of its tasks. */
void task_count(struct ctx *, struct matter *, const struct matter_tasks *);
/* "task_is":{…} */
void task_json(struct json *, const struct matter_task *);

/* ---- proof ------------------------------------------------------------------------------------------------------ */
/* The tasks of a matter as its events tell them. */
struct task_fold {
        struct matter_task told[MATTER_TASKS_MAX];
        int32_t n, open;
        struct str called;
};
/* *f is made in the arena when the first task is told. */
void task_fold_event(struct task_fold **f, struct arena *, struct json_object *body);
/* Does the matter's row count them alike? @f may be NULL. */
bool task_fold_counts(const struct task_fold *f, int32_t tasks, int32_t open, struct str called);
/* Do the rows say the same? */
int task_fold_agrees(struct ctx *, struct arena *, int64_t matter, const struct task_fold *, bool *ret);
/* The first matter with a task that its row does not count; INT64_MIN = none. */
int task_stray(struct ctx *, int64_t *ret);
