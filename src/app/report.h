/* app/report.h — what the reports of `linli report` share: a period, a snapshot of the store, the town's names. */
#pragma once
#include "app/world.h"
#include "insight/cells.h"

/* --OPTION as a day; EXIT_USAGE after telling. */
int day_arg(const struct args *, const char *option, struct day otherwise, struct day *ret);
/* --from and --to; the last 30 days by default. */
int period_arg(struct args *, struct day *ret_from, struct day *ret_to);

/* One question to the store. Exit codes; whoever gets another than EXIT_FINE was told why. */
struct asking {
        struct args *a;
        struct world world;
        struct ctx ctx; /* with a read transaction until asking_read_end */
        struct town *town;
};
int asking_begin(struct args *, struct asking *);
/* The shelf reads for itself: give up our snapshot before asking it. */
void asking_read_end(struct asking *);
void asking_end(struct asking *);
#define ASKING_AUTO __attribute__((cleanup(asking_end))) struct asking
/* An error code as an exit code. */
int told_by(struct asking *, int rc);
/* asking_begin with the town of now, and a snapshot. The command line is nobody in person: what few people stand behind stays together. */
int asking_in_town(struct args *, struct asking *, struct cell_reader *ret);
/* A row that small ones were added into, by its name; and the line in place of one that is withheld: did it print it? */
struct str cells_name(const struct args *, int64_t cells, struct str name);
bool cells_told_withheld(const struct args *, int64_t cells, bool withheld);
/* Nothing more is asked of the store but the names: q->town. */
int asking_named(struct asking *, int rc);

/* What units called in owe, and how units work together (report_tasks.c). */
int report_tasks(struct args *);
/* Problems that come back, and whether reports fall (report_standing.c). */
int report_standing(struct args *);
int report_cooperation(struct args *);
/* How matters find their unit (report_flow.c). */
int report_flow(struct args *);
/* The letter that asks a unit without an account. */
int report_letter(struct args *);
