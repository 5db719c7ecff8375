/* matter/standing.h — a standing problem (每月一题): what comes back at a place gets an owner, a plan and a measure.
 *
 * A named person opens, changes and ends it; nothing opens it by itself. The measure stands in insight/standing.h: do reports fall?
 * It speaks of a subject and a place, never of who reports.
 */
#pragma once
#include "store/event.h"
#include "town/town.h"

#define STANDING_MAX 200       /* read at once, the newest */
#define STANDING_TEXT_MAX 2000 /* characters of plan and outcome */
#define STANDING_GOAL_MAX 100000

struct standing {
        int64_t id;
        int32_t rev, n;
        unsigned char chain[EVENT_HASH_BYTES];
        struct str subject, path, unit, post, plan, outcome;
        int32_t goal;                  /* reports a month at most */
        struct day since, due;         /* when the plan began, and by when the goal is to be reached; due DAY_NONE = no day was set */
        struct str opener;             /* who opened it, as events name them */
        struct instant opened, ended;  /* ended: INSTANT_NONE while it stands */
};
struct standings { struct standing *row; size_t n; };
/* What was counted (insight/standing.h): reports in so many full months before the plan, and since. */
struct standing_count { int64_t before, since, last; int32_t months_before, months_since; };
/* A step of it, as its events tell. */
struct standing_step {
        struct instant at;
        struct str by, kind, unit, post; /* kind: "standing_opened", "standing_changed", "standing_ended" */
        int32_t goal;
        struct day due;
        bool counted;                    /* the end: what was counted then */
        struct standing_count count;
};
struct standing_steps { struct standing_step *row; size_t n; };

/* @s: all but id, rev, n, chain and ended. ERR_UNKNOWN naming subject, place, unit or post; ERR_RANGE naming "due": not after since; ERR_EXISTS naming "subject" when one stands
 * for the same subject and place. */
int standing_open(struct ctx *, const struct town *, struct standing *s, int64_t id);
/* ERR_NONE. */
int standing_get(struct ctx *, int64_t id, struct standing *ret);
/* Another owner, plan, goal or day; empty, negative or DAY_NONE = as it was.
 * ERR_NONE, ERR_REV, ERR_STATE when it has ended, ERR_UNKNOWN. *ret is it afterwards. */
struct standing_change { int32_t rev; struct str unit, post, plan; int32_t goal; struct day due; };
int standing_change(struct ctx *, const struct town *, int64_t id, const struct standing_change *, struct standing *ret);
/* Ended by whoever asks (ctx->actor), with what was counted, which its last event keeps. As standing_change. */
int standing_end(struct ctx *, int64_t id, int32_t rev, struct str outcome, const struct standing_count *, struct standing *ret);
int standing_story(struct ctx *, int64_t id, struct standing_steps *ret);
/* The rows say what their events say; a fault counts in @check. */
struct matter_check;
int standing_verify(struct ctx *, struct matter_check *check);
int standing_list(struct ctx *, struct standings *ret);
