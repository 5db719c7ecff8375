/* matter/matter.h — a resident's request, from words to a responsible person and a day.
 *
 * intake_decide() (matter/intake.h) does all thinking before the transaction and touches no database; matter_open()
 * writes what it decided. Every later step is an action of the matter's procedure: matter_act() loads, lets the
 * procedure judge, writes the row under its revision, one event and one entry.
 */
#pragma once
#include "base/ctx.h"
#include "matter/code.h"
#include "matter/intake.h"
#include "matter/order.h"
#include "procedure/step.h"
#include "store/event.h"
#include "town/town.h"

#define MATTER_NO_CAUSE INT64_MIN

/* A matter as stored. Text lives in the arena of the read. */
struct matter {
        int64_t id;
        int32_t rev, n;
        unsigned char chain[EVENT_HASH_BYTES];
        struct str proc;
        int64_t version;                  /* town version of its last dispatch */
        struct str state;
        bool open, urgent;
        struct str subject, matched, level;
        struct str grid, path, located;
        struct str unit, unit_path, assist, duty, post, holder;
        int32_t raised;
        struct str respondent, source;
        int64_t person;                   /* MATTER_ANONYMOUS when no contact was left */
        struct instant opened, due, next_at;
        struct str clocks;                /* see procedure/clocks.h */
        struct instant signed_at, contacted, answered, closed;
        int32_t solved, satisfied;        /* 0 no, 1 partly, 2 yes; 1..5; INT32_MIN when not rated */
        struct str returned_by, returned_duty; /* 退单: the org that returned it, and the duty row it had been sent by; "" = none has */
        struct instant returned_at, ruled_at;
        int32_t upheld;                   /* 1 sent elsewhere, 0 overruled, INT32_MIN not ruled on */
        int32_t reopened;                 /* how often "not solved" took it up again, a supervisor's look included */
        bool reviewed;                    /* it came to a supervisor that way */
        int64_t cause;                    /* the matter it was joined to (matter/voices.h); MATTER_NO_CAUSE = none */
        bool waits;                       /* it waits for the answer of its cause */
        int32_t voices;                   /* how many were joined to this one */
        int32_t tasks, tasks_open;        /* 吹哨: units ever called in; those that still owe an answer. See matter/task.h */
        struct instant tasks_next;        /* the next alarm of any task */
        bool tasks_provisional;
        struct str called;                /* their org codes, joined by ';' */
        struct str asked, asked_by;       /* what the unit asks for and nobody has decided: pause, extension, shelving; and the actor */
        int32_t pauses, extensions;       /* how many were granted */
        struct instant shelved_until;     /* 挂账: looked at again then */
        bool call_open;                   /* the reporter is to be called back 回访 */
        int32_t calls, call_days;         /* calls made, in vain or not, and on how many days */
        struct instant last_call;
        bool call_rated;                  /* the rating was given when called back */
        bool place_call;                  /* nobody knows where it is, and the reporter can be asked */
        int32_t place_calls;              /* how often somebody tried */
        int64_t householder;              /* 户主, in the vault; MATTER_ANONYMOUS = none was named */
        int32_t files;                    /* attachments that ever came, erased ones too: matter/files.h */
        struct order order;               /* what it came with from upstream; state ORDER_NONE when nothing */
};

/* Write a decided intake in ctx->tx. The id and the code were made before. ERR_CONFLICT when the town's version has moved on since:
 * decide again. */
int matter_open(struct ctx *, const struct town *, const struct intake *, int64_t id, const struct code *, int64_t person);
/* The same in two steps: all that can be worked out before the transaction, so that the store's one writing thread only writes. The
 * draft lives in ctx->arena, with views into the town and the intake; another decision needs another draft. */
struct matter_draft;
struct matter_files; /* matter/files.h; NULL = none */
const struct matter_draft *matter_draft(struct ctx *, const struct town *, const struct intake *, int64_t id, const struct code *, int64_t person,
                                        const struct matter_files *);
int matter_open_draft(struct ctx *, const struct matter_draft *);

int matter_get(struct ctx *, int64_t id, struct matter *ret);                 /* ERR_NONE */
int matter_by_code(struct ctx *, struct str typed_code, struct matter *ret);  /* ERR_NONE also for what is no code */

/* The object of the rights check; @rec need not stay. */
void matter_scope(const struct town *, const struct matter *, struct scope_object *ret);
/* As it was just before @step, with the units whose tasks the step called off: whoever sees that and not matter_scope has lost it with
 * this step. Who is complained about stays kept out. ERR_NONE: with this step it left nobody. */
int matter_scope_left(struct ctx *, const struct town *, const struct matter *, const struct event *step, struct scope_object *ret);
void matter_item_scope(const struct town *, struct str path, struct str unit_path, struct str assist, struct str called,
                       struct str respondent, struct scope_object *ret);

/* One action of the procedure on one matter. */
struct matter_action {
        int64_t id;
        int32_t rev;                      /* the revision the caller saw; 0 = whatever stands */
        struct str action;                /* "sign", "contact", "answer", "tell", "rate", "decline", "dispatch", "assign" … */
        uint64_t rights;                  /* of the actor over this matter, after the scope check */
        const struct scopes *scopes;      /* where the actor holds them: for what is done to a task; NULL = nowhere */
        struct str login;
        const struct form_value *form;    /* free text goes to the entry, codes to the event */
        size_t n_form;
        const struct order_in *order;     /* what upstream sent, when the action takes it in; else NULL */
        const struct known_cause *known;  /* what an announcement reaches beyond the matter itself (matter/known.h); NULL = nothing */
};
/* *ret is the matter afterwards. ERR_NONE, ERR_REV (412), ERR_STATE, ERR_RIGHT, ERR_MISSING … naming the field; ERR_CONFLICT
 * (somebody was faster, or it is to be sent somewhere and the town's version has moved on) is retried by the store. */
int matter_act(struct ctx *, const struct town *, const struct matter_action *, struct matter *ret);

/* What this actor may do now, for the API and the screens. @ret has room for PROCEDURE_ACTIONS_MAX. */
size_t matter_may(const struct town *, const struct matter *, enum actor_kind, uint64_t rights, struct instant now,
                  const struct procedure_action **ret);
/* Until when the unit that has it may return it (退单), by the limit "return" of town.yaml from its last dispatch; INSTANT_NONE before
 * one. */
struct instant matter_return_until(const struct town *, const struct matter *);

/* ---- call-back 回访 --------------------------------------------------------------------------------------------- */
/* A matter that has ended and whose reporter is to be called: they left a contact and have not rated. */
struct matter_call {
        int64_t id;
        int32_t rev;
        struct str subject, grid, path, unit, unit_path, assist, called, respondent;
        struct instant closed, last_call; /* INSTANT_NONE: nobody has called yet */
        int32_t calls, call_days;
};
struct matter_calls { struct matter_call *row; size_t n; };
/* The longest ended first, behind (@after, @after_id); INSTANT_NONE to begin. @max 1..MATTER_LIST_MAX. */
int matter_calls(struct ctx *, struct instant after, int64_t after_id, int32_t max, struct matter_calls *ret);
/* By when: the limit "callback" of town.yaml from the end. */
struct instant matter_call_due(const struct town *, struct instant closed);

/* Whom an event's "tell" means, as logins: the person in charge, the desk, the next post up. Never who is complained about; nobody
 * twice. @ret has room for MATTER_TOLD_MAX. Returns how many; none for NOTIFY_REPORTER. */
#define MATTER_TOLD_MAX 16
size_t matter_told(struct ctx *, const struct town *, const struct matter *, enum procedure_notify, struct str *ret);
/* May this member of staff know of it at all? False for who is complained about (回避). */
bool matter_may_know(struct ctx *, const struct town *, const struct matter *, struct str login);
/* What was written beside event @n of it; {NULL,0} when nothing was, or it is erased. */
int matter_words(struct ctx *, int64_t id, int32_t n, struct str *ret_json);

/* Where it is, in the reporter's own words: what was said last; "" when nothing was, or it is erased. *ret_unlearned: a person was
 * named in it. */
int matter_place_said(struct ctx *, int64_t id, struct str *ret, bool *ret_unlearned);

/* The stored explanation of the last dispatch, byte for byte; ERR_NONE when erased. */
int matter_why(struct ctx *, int64_t id, struct str *ret_json);

/* The story: events with what was written beside them. */
struct matter_step {
        struct event e;
        struct str words, erased;         /* words: canonical JSON of the form's free text */
        bool has_why;
};
struct matter_file_rows;                  /* matter/files.h */
struct matter_story { struct matter_step *row; size_t n; struct matter_file_rows *files; };
int matter_story(struct ctx *, int64_t id, struct matter_story *ret);

/* ---- lists ------------------------------------------------------------------------------------------------------ */
#define MATTER_LIST_MAX 50
struct matter_item {
        int64_t id;
        int32_t rev;
        struct str state, subject, level, grid, path, unit, unit_path, assist, called, post, holder, respondent;
        bool open, urgent;
        int32_t raised, voices;           /* voices: how many were joined to it */
        int64_t cause;                    /* or the matter it was joined to */
        struct instant opened, due;
};
struct matter_items { struct matter_item *row; size_t n; };
struct matter_filter {
        struct str grid, unit;            /* one of them, or neither for the whole town */
        bool open;                        /* with unit: open or closed ones */
        int64_t before;                   /* grid, town: ids below; INT64_MAX to begin */
        struct instant due; int64_t after; /* unit: behind this place; INSTANT_NONE to begin */
        int32_t max;                      /* 1..MATTER_LIST_MAX */
};
int matter_list(struct ctx *, const struct matter_filter *, struct matter_items *ret);

/* ---- clocks ----------------------------------------------------------------------------------------------------- */
/* Ids whose next alarm has come, at most @max. */
int matter_ringing(struct ctx *, int max, int64_t **ret_ids, size_t *ret_n);
/* Ring what is due on one matter: reminders at 50 and 80 %, at 100 % it goes up to the next post and the procedure's own
 * action is done (an unsigned one counts as received). Each alarm once, one event each. */
int matter_ring(struct ctx *, const struct town *, int64_t id, int *ret_alarms);
/* Count the deadlines that were provisional anew, now that the calendar may know more (a notice was published, the town changed its
 * calendar). *ret_moved: a deadline moved; an event says from when to when. */
int matter_renew(struct ctx *, const struct town *, int64_t id, bool *ret_moved);
/* Would matter_renew change anything about an open matter? Asks no store. */
struct matter_open_row;
bool matter_renews(const struct town *, const struct matter_open_row *);
int matter_next_alarm(struct ctx *, struct instant *ret);   /* INSTANT_NONE when nothing runs */

/* ---- proof ------------------------------------------------------------------------------------------------------ */
struct matter_check { int64_t matters, erased, faults, files, files_erased; };
/* Invariants of the rows: every open matter has an owner and a running clock, its chain ends in its last event, what was written still
 * has the hash that its event names, no row and no words are gone but what somebody had erased, and the row says what its events say
 * (state, place, subject, unit, post, duty row, rating). Renews a read snapshot as it goes. ERR_RULE with the first fault as a sentence
 * in ctx->err. */
int matter_verify(struct ctx *, struct matter_check *ret);
/* Walk the open matters, 200 at a time (linli diff: which would go elsewhere?). */
struct matter_walk { int64_t after; };
struct matter_open_row { int64_t id; struct str proc, subject, path, unit, duty, clocks; struct instant opened; bool provisional /* some deadline is */, tasks_provisional; };
/* Fill in what the last decision was told and a person at the desk did not say anew: point, place, thing, facts. ERR_NONE when its
 * explanation was erased. */
int matter_recall(struct ctx *, const struct town *, int64_t id, struct intake_in *in);
/* Where the lists of @town would send it on what was known when it was last sent (point, thing, facts), whoever a desk has named
 * since: unit, or suggested unit while it is being placed, in *ret_unit. Other errors as intake_settle. */
int matter_would_go(struct ctx *, const struct town *, const struct matter_open_row *, struct str *ret_unit, enum lead_how *ret_how);
int matter_walk_open(struct ctx *, struct matter_walk *, struct matter_open_row **ret, size_t *ret_n);
