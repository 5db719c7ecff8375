/* parcel/parcel.h — handing matters over between towns (移交): what went out, what came in, and how a parcel is taken.
 *
 * The outbox is the matter itself (matter/passage.h): what is underway there gets a row here, is sealed from what stands in the matter
 * at that moment, and is asked again until the other town has answered. One way to ask serves for bringing and for looking: the same
 * parcel is one matter, however often it comes. docs/handover.md tells the whole story.
 */
#pragma once
#include "parcel/content.h"

#define PARCEL_LIST_MAX 50

enum parcel_stage {
        STAGE_OFFER,  /* the town that was asked first */
        STAGE_APPEAL, /* it did not take it: the common superior is asked to rule */
        STAGE_ORDER,  /* who was told to take it by the superior */
        STAGE_FOLLOW, /* taken: how it stands there is looked at until it has ended */
        STAGE_BACK,   /* it came back here */
        STAGES
};
extern const char *const parcel_stage_names[STAGES + 1];

struct parcel_out {
        int64_t matter;
        int32_t times;              /* with matter the id of the parcel */
        struct str first, to;
        enum parcel_stage stage;
        int32_t edition, tries;
        struct str error;           /* "" or a word of parcel_error_words */
        struct instant next_at, sent, received, ended; /* INSTANT_NONE */
        struct parcel_ruling ruling; /* by "" while there is none */
        int64_t there;              /* INT64_MIN = not known */
        struct str seen;            /* JSON, "" = nothing yet */
        struct instant seen_at;
        struct str owing;
};
struct parcel_outs { struct parcel_out *row; size_t n; };
/* The last hand-over of a matter. ERR_NONE: it never left. */
int parcel_out_last(struct ctx *, int64_t matter, struct parcel_out *ret);
/* Of matters with ids below @before, INT64_MAX to begin. */
int parcel_out_list(struct ctx *, int64_t before, int32_t max, struct parcel_outs *ret);
/* How it stands there, as last heard: ERR_NONE when nothing was. */
int parcel_seen_of(struct ctx *, const struct parcel_out *, struct parcel_seen *ret);
struct str parcel_id(struct arena *, const struct parcel_out *);

struct parcel_in {
        struct str sender, parcel, how, other;
        int64_t matter;
        int32_t edition;
        struct instant at, over;    /* over: INSTANT_NONE, or since when another town has it */
};
struct parcel_ins { struct parcel_in *row; size_t n; };
int parcel_in_list(struct ctx *, int64_t before, int32_t max, struct parcel_ins *ret);

/* Why it could not be brought, for people. */
struct parcel_error_word { const char *code; struct say say; };
extern const struct parcel_error_word parcel_error_words[];
struct say parcel_error_say(struct str code);

/* Take a sealed parcel from @sender inside ctx->tx, and seal what is answered. The same one again changes nothing, unless the reporter has
 * added something or the superior has ordered it. ERR_UNKNOWN naming "from": no neighbour; ERR_STATE: this town has no key; ERR_RULE naming
 * "box": it does not open, is for another town, or a ruling is none; ERR_BAD: what is in it is not well formed; ERR_CONFLICT. */
int parcel_take(struct ctx *, const struct town *, const struct parcel_config *, const struct vault_keys *, struct str sender, struct str box, struct str *ret_box);
