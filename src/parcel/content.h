/* parcel/content.h — what two towns say to each other, as JSON: the question that is a parcel, and its answer.
 *
 * Everything that comes in is judged here: codes, lengths, UTF-8, numbers; what is not well formed is refused whole.
 */
#pragma once
#include "base/json.h"
#include "matter/passage.h"
#include "parcel/envelope.h"
#include "people/vault.h"

#define PARCEL_NOTES_MAX 50
#define PARCEL_ID_MAX 40
#define PARCEL_NONCE 16 /* characters */
#define PARCEL_NOTE_CHARS 6000

struct parcel_note {
        int32_t n;                 /* the event it comes from */
        struct str text;
};
/* What the sender says. Views. */
struct parcel {
        struct str id;             /* the sender's number of it: stays the same however often it is asked */
        char nonce[PARCEL_NONCE + 1]; /* comes back in the answer: an old one is none */
        bool over;                 /* another town has it: forget what you have */
        bool full;                 /* the rest is there; else: how does it stand? */
        int32_t edition;           /* the event up to which it tells */
        struct str how;            /* offer, appeal, order */
        struct str title, words, note, subject, clocks, route;
        struct str other;          /* appeal: who did not take it */
        unsigned char code[CODE_HASH_BYTES];
        struct instant opened;
        bool urgent, has_point;
        struct point point;
        enum datum datum;
        double accuracy_m;         /* negative: unknown */
        bool has_contact;
        struct identity contact;
        struct parcel_ruling ruling; /* order */
        struct parcel_note added[PARCEL_NOTES_MAX];
        size_t n_added;
};

enum parcel_state {
        PARCEL_UNKNOWN,            /* never had it: send it all */
        PARCEL_WAITS,              /* a person there has not decided yet */
        PARCEL_TAKEN,
        PARCEL_REFUSED,
        PARCEL_RULED,
        PARCEL_OVER,               /* forgotten */
        PARCEL_STATES
};
extern const char *const parcel_state_names[PARCEL_STATES + 1];
struct parcel_seen {               /* how it stands there: what whoever holds the code may know */
        struct str state_zh, state_en, unit;
        struct instant due;
        bool open;
};
struct parcel_answer {
        struct str id;
        char nonce[PARCEL_NONCE + 1];
        enum parcel_state state;
        int64_t matter;            /* their number; 0 = none */
        struct str reason;         /* refused, ruled: in words */
        struct parcel_ruling ruling;
        struct parcel_seen seen;
};

struct str parcel_write(struct arena *, const struct parcel *);
int parcel_read(struct arena *, struct str json, struct parcel *ret, struct err *);
struct str parcel_answer_write(struct arena *, const struct parcel_answer *);
int parcel_answer_read(struct arena *, struct str json, struct parcel_answer *ret, struct err *);
/* The part that is kept where it came from. */
void parcel_seen_json(struct json *, const struct parcel_seen *);
struct json_object;
int parcel_seen_read(struct arena *, struct json_object *, struct parcel_seen *ret);
