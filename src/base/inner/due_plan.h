/* base/inner/due_plan.h — a deadline question made ready: checked, pauses merged. Shared by due.c and due_steps.c. */
#pragma once
#include "base/due.h"

struct due_plan {
        const struct calendar *cal;
        const struct office_hours *hours;
        const struct due_spec *spec;
        struct day start;
        struct due_span pause[DUE_PAUSES_MAX]; /* rising, apart, none empty */
        size_t n_pause;
        int32_t days; /* day units: how many days must be counted; a month is its days without pauses */
};

int due_plan_make(struct due_plan *, const struct calendar *, const struct office_hours *, const struct due_spec *,
                  struct err *);
/* Day units: the @nth counted day. OK or ERR_RANGE. */
int due_plan_day(const struct due_plan *, int32_t nth, struct day *ret);
bool due_plan_paused(const struct due_plan *, struct day);
/* Microseconds of [from, to) outside the pauses. */
int64_t due_plan_running(const struct due_plan *, int64_t from, int64_t to);
int due_plan_due(const struct due_plan *, struct due *ret, struct err *);
