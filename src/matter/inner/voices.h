/* matter/inner/voices.h — joining, parting and following, as parts of a step. */
#pragma once
#include "base/json.h"
#include "matter/voices.h"

/* What the cause has said. The first three are kept in matter_following. */
enum turn_kind {
        TURN_ENDED,    /* it ended without an answer */
        TURN_ANSWERED,
        TURN_NEWS,     /* it is announced, or its time was moved */
        TURN_JOINS     /* nothing: it is announced, and this one is joined to it as it comes in */
};
/* The cause has spoken, and this step of a voice passes it on. */
struct voice_turn {
        int64_t cause;
        int32_t n;                       /* event of the cause */
        enum turn_kind what;
        struct instant until, was;       /* news: until when it is to be over now, and was before; INSTANT_NONE = it is announced now */
        struct str unit;                 /* news: who sees to it */
};
/* Whoever an event names, "staff:…" or "key:…"; else the system. */
struct actor voice_actor(struct str text);
/* matter_act for a voice: the action is the one of its procedure that follows, or gives it back; @a->action is not looked at. */
int matter_act_voice(struct ctx *, const struct town *, const struct matter_action *a, const struct voice_turn *, struct matter *ret);
/* The action of @p in @state that records so, or -1. */
int voice_records(const struct procedure *p, struct str state, enum procedure_record);
/* The action of @p in @state that does so, or -1. */
int voice_action(const struct procedure *p, struct str state, const struct voice_turn *);

/* Its cause counts one less; the desk has it again, in @m. */
int voice_part(struct ctx *, const struct town *, struct matter *m);
/* An answer to a matter of somebody's own does not go to others as it stands: ERR_MISSING naming "shared". */
int voice_answer(struct ctx *, const struct matter *m, struct str shared);
/* What the event says: "joined":{"cause"}, "parted":{"cause","unit","post","holder"}, "followed":{"cause","n"}, "left":{"cause"} or "news":{"cause","n","until","was","unit"}.
 * What is joined to an announced cause has "until" and "unit" too. */
struct voice_change {
        int64_t cause;                   /* before or after the step */
        bool joins, parts, waited;
        const struct voice_turn *turn;
        struct instant until;            /* joins: until when the cause is announced, or INSTANT_NONE */
        struct str unit;                 /* and who sees to it */
};
/* May @m be joined to the matter that @text names? Then the cause counts one voice more, and stands in *ret. ERR_UNKNOWN, ERR_RULE,
 * ERR_STATE naming "cause". */
int voice_join(struct ctx *, const struct matter *m, struct str text, struct voice_change *ret);
void voice_body(struct json *, const struct matter *m, const struct voice_change *);
/* @m was answered, or ended, or there is news of it: its voices follow. */
int voice_begin(struct ctx *, const struct town *, const struct matter *m, enum turn_kind);
/* ERR_STATE while voices of @id have not been told yet: what they are told would be gone. */
int voice_all_told(struct ctx *, int64_t id);
