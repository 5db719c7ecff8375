/* api/matter_view.h — a matter as JSON: for the one who reported it, for staff, as a line of a list; and a decision before it is one. */
#pragma once
#include "api/elsewhere.h"
#include "matter/task.h"

/* What the views below write. explanation_shape (explanation.c) is what matter/explain.c keeps. */
extern const struct shape staff_matter_shape, matter_item_shape, task_shape, call_whom_shape, task_item_shape, order_shape;
extern const struct shape tracked_shape, decision_shape, explanation_shape, action_shape, helping_shape;

/* The matter that a voice waits for, and what was announced of it. */
struct together {
        struct matter cause;
        bool announced;
        struct known_cause known;
};
/* What a reporter sees: public words, unit, post, days, answers; no inner notes, staff as 张*. */
/* @together: while it waits for the answer of another matter, else NULL; of that one, who is in charge and what is announced. struct elsewhere: NULL = nothing to say. */
void matter_view_reporter(struct json *, const struct town *, const struct matter *, const struct matter_tasks *, const struct matter_story *,
                          const struct together *, const struct elsewhere *, struct instant now, struct arena *);
/* What staff see. @reporter, @householder: masked, or NULL where this asker must not see it. @who: what they may do. */
void matter_view_staff(struct json *, const struct town *, const struct matter *, const struct matter_tasks *, const struct matter_story *,
                       const struct vault_masked *reporter, const struct vault_masked *householder, const struct task_actor *who, const struct elsewhere *, struct instant now, struct arena *);
void matter_view_item(struct json *, const struct town *, const struct matter_item *);
/* The same, of an object that is open. */
void matter_view_item_members(struct json *, const struct town *, const struct matter_item *);
/* "may":[{action, name, form}] */
void matter_view_may(struct json *, const struct procedure_action *const *, size_t n);
/* "tasks" with what @who may do to each (asked_n and ended_n are steps of the story), and "call_whom": whom the duty row names to
 * assist. */
void task_view_staff(struct json *, const struct town *, const struct matter *, const struct matter_tasks *, const struct task_actor *who);
/* "helping": which other units were asked, in public words; no names of persons. */
void task_view_reporter(struct json *, const struct town *, const struct matter_tasks *);
/* The letter that asks a unit without an account: plain text in one language. @words as matter_task_get gives them. */
void task_letter(struct buf *, const struct town *, const struct matter *, const struct matter_task *, struct str words, enum lang);
void task_view_item(struct json *, const struct town *, const struct task_item *);
/* "assist" and "duty": who assists and which row of the list it is, by name. Members of an object that is open (explanation.c). */
extern const struct shape decided_duty_shape;
void decided_by(struct json *, const struct town *, const struct intake *);
/* Who will answer, by when and why; words of danger and other doors beside it. */
void intake_view(struct json *, const struct town *, const struct intake *, const struct known_cause *known, enum lang, struct arena *);
/* The items of a list that is open: the explanation @why in sentences, a line a point. */
int told_lines(struct json *, struct str why, const struct town *, enum lang);
/* An order from upstream: system, number, state, deadlines. Members of an object that is open. */
void order_view(struct json *, const struct town *, const struct order *);
