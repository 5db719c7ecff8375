/* matter/inner/write.h — how a change of a matter reaches the store: one event, one entry, the row under its revision. */
#pragma once
#include "base/buf.h"
#include "matter/matter.h"

#define WORDS_MAX 49152
#define SALT_BYTES 16

/* What an event says, and what is written beside it. */
struct change {
        const char *kind;
        struct str body;      /* canonical JSON, an object: codes, ids, times */
        struct str words;     /* canonical JSON of free text, or {NULL,0} */
        struct str why;       /* or {NULL,0} */
        struct instant at;
};
/* Events with their entries, kept back until the row was changed under its revision: two who act at once meet there, where the loser
 * looks again, and not at the number of the event. */
struct notes {
        struct note *first, *last;
};
/* Appends to @notes an event (with the salted hash of words and why when there are any); moves m->n and m->chain. */
void change_note(struct ctx *, struct matter *, struct notes *, const struct change *);
/* Write them. */
int notes_write(struct ctx *, const struct notes *);
/* Write the row back under m->rev, then the notes; then m->rev is one higher. ERR_CONFLICT when somebody was faster. */
int matter_save(struct ctx *, struct matter *, const struct notes *);
/* Take what a decision says about place, subject and unit into the row. */
void matter_take(struct matter *, const struct town *, const struct intake *);
/* "moved": [{"clock","from","to"}], the deadlines that are other in @after than in @before (texts of clocks). */
struct json;
void moved_body(struct json *, struct str before, struct str after);
/* Keep the set in the row: text, next alarm, promised day. */
void matter_take_clocks(struct ctx *, struct matter *, const struct clock_set *);
/* People write down a call in whole minutes: one in the minute of what it answers to is not before it. */
static inline struct instant whole_minute(struct instant t)
{
        return (struct instant){ t.us - t.us % US_PER_MINUTE };
}
/* Salted hash of what was written, as 32 hex characters in the arena. */
struct str words_hash(struct arena *, struct str salt, struct str words, struct str why);
