/* matter/intake.h — deciding what to do with what somebody says: where, about what, who answers, until when, why.
 *
 * Pure: it reads the town's model and the report, never the database or the clock, so it runs before the transaction,
 * can be asked as a preview ("who would answer?") and recomputed years later. It never refuses because of what is asked
 * (北京市接诉即办工作条例 第十一条): danger and other doors are advice beside "send anyway".
 */
#pragma once
#include "base/ctx.h"
#include "duty/lead.h"
#include "duty/match.h"
#include "duty/signpost.h"
#include "matter/source.h"
#include "place/locate.h"
#include "procedure/clocks.h"
#include "town/town.h"

#define INTAKE_WORDS_MAX 4000    /* characters */
#define INTAKE_FACTS_MAX 16
#define MATTER_ANONYMOUS INT64_MIN

/* What the reporter gives. Views; validated by the caller for length and UTF-8. */
struct order;
struct intake_in {
        struct str title;                /* may be empty */
        struct str words;
        struct str subject;              /* their choice, a code, or "" */
        bool has_point;
        struct point point;
        enum datum datum;
        double accuracy_m;               /* of the phone's position; negative = unknown */
        struct str place;                /* chosen from lists (community, grid, building), or "" */
        struct str thing;                /* number of a public thing, or "" */
        struct str said;                 /* where, as they say it: at most SPOKEN_MAX characters; "" or {NULL,0} = not said */
        bool unlearned;                  /* a person is named in what was said: nothing of it is learned as the name of a place */
        int64_t householder;             /* 户主, in the vault; 0 = none was named */
        struct str group;                /* villagers' group 村民小组, as said; "" or {NULL,0} */
        struct duty_pair fact[INTAKE_FACTS_MAX]; /* what is known: "owner" = "property" */
        size_t n_facts;
        struct str respondent;           /* org or login complained about, or "" */
        struct str source;               /* a code of matter/source.h */
        enum read_back read_back;        /* of a spoken source */
        bool anonymous;
        bool urgent;                     /* it was found urgent before; words of danger make it so too */
        bool desk_first;                 /* the desk looks before any unit gets it: it comes from another town */
        struct str unit;                 /* a unit named by the desk, or "" */
        struct str batch;                /* brought in later with a table (linli import): which batch; else p NULL */
        struct instant taken_in;         /* and when that really was */
        const struct order *order;       /* it came with an order from upstream, or NULL */
};

struct intake {
        struct intake_in in;
        struct located at;
        const struct place_hit *found;   /* the certain match that what was said was taken for; else NULL */
        const struct place *place;       /* NULL when not placed */
        struct str path;                 /* of the place, or of the town */
        struct match match;
        const struct subject *subject;   /* NULL when unknown */
        struct signs signs;
        bool urgent;
        struct lead lead;
        bool by_desk;                    /* the unit was named by a person */
        const struct duty *duty;         /* the row whose limit and basis apply, or NULL */
        const struct org *unit;          /* who leads; never NULL */
        const struct org *suggested;     /* who would lead, while the desk still has to place it; else NULL */
        struct post_choice post;         /* who in person; code "" when nobody can be named */
        const struct staff_member *duty_officer; /* who answers now; alarmed for words of danger; NULL = nobody on the roster */
        bool night;                      /* urgent outside office hours: @post.login is the officer on duty, matter/inner/night.h */
        struct str assist;               /* org codes joined by ';' */
        struct str state;                /* of the procedure */
        uint32_t notify;                 /* bits of procedure_notify: who is told */
        struct clock_set clocks;
        struct instant due;              /* promised answer; INSTANT_NONE when no such clock runs */
        struct str why;                  /* canonical JSON of everything above */
};

/* ERR_UNKNOWN, ERR_RANGE … naming the field for a subject, place, thing, unit or point that cannot be; ERR_RULE when the town lacks
 * a fallback unit or a limit (linli check says so before a load). Memory from ctx->arena; views into the town. */
int intake_decide(struct ctx *, const struct town *, const struct intake_in *, struct intake *ret);

/* Where, about what, who, which row: without procedure and clocks. What a desk's dispatch and intake_decide share. */
int intake_settle(struct ctx *, const struct town *, const struct intake_in *, struct intake *ret);
/* What clocks of @town start from, for this decision. @intake must outlive the ground. */
struct clock_ground intake_ground(const struct town *, const struct intake *);
/* The same for whatever @unit owes, by its own working time; no duty row. */
struct clock_ground unit_ground(const struct town *, const struct org *unit, bool urgent);
/* Write ret->why. */
void intake_explain(struct ctx *, const struct town *, struct intake *);
/* Facts of the procedure that follow from a decision. */
uint32_t intake_facts(const struct intake *);
/* The promised answer's deadline in a set of clocks; where the procedure promises none, the last of all deadlines, so that the lists of
 * a unit, which go by it, hold every matter. */
struct instant promised_due(const struct clock_set *);
const struct procedure *town_procedure(const struct town *, struct str code);
