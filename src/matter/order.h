/* matter/order.h — an order from upstream (上级派单): a matter that 12345 or the district has sent, with a number and a deadline of its own.
 *
 * The same number of the same system is one matter: what comes again unchanged changes nothing, what was added is added, and what upstream
 * sends back after our reply (重办) takes the matter up once more. Our deadline is upstream's less a margin. It is owed until upstream was
 * answered or has taken it back: a matter with an order does not end before, so none gets lost between two desks.
 *
 * What an order says of the reporter's contact goes to the vault when it is taken in, as with every intake; nothing here keeps it.
 */
#pragma once
#include "base/ctx.h"
#include "town/town.h"

#define ORDER_NUMBER_CHARS 64

enum order_state {
        ORDER_NONE,          /* the matter came with none */
        ORDER_IS_RECEIVED,
        ORDER_IS_REDO,       /* sent back to be dealt with again 重办 */
        ORDER_IS_RETURNED,   /* we say that it is not ours; upstream has not said yes yet */
        ORDER_IS_TAKEN_BACK, /* it has */
        ORDER_IS_ANSWERED,
        ORDER_STATES
};
extern const char *const order_state_words[ORDER_STATES]; /* "", "received", … */
struct say order_state_say(enum order_state);

struct order {
        enum order_state state;
        struct str system, number;
        int32_t round;              /* 1 at first */
        bool refused;               /* upstream has refused a return in this round */
        struct instant received;    /* of this round, as all that follow; INSTANT_NONE where unknown */
        struct instant due, ours;   /* upstream's deadline; the same less the margin */
        struct instant return_until;
        struct instant returned, answered;
        int32_t returns, refusals;  /* of all rounds */
        int32_t kept, late;         /* rounds answered by upstream's deadline, and past it */
};
/* Does upstream wait for a reply, or for the outcome of a return? */
static inline bool order_owed(const struct order *o)
{
        return o->state == ORDER_IS_RECEIVED || o->state == ORDER_IS_REDO || o->state == ORDER_IS_RETURNED;
}

/* ---- rules; pure ---------------------------------------------------------------------------------------------------- */
/* Our deadline: earlier than @due by the system's margin, but by no more than half of the time that upstream gives. INSTANT_NONE when there
 * is no due. @up NULL: a system that the town no longer names has no margin. */
struct instant order_ours(const struct upstream *up, struct instant received, struct instant due);
/* The facts has_order, order_owed and order_return_open. */
uint32_t order_facts(const struct order *, struct instant now);

/* ---- what an order says --------------------------------------------------------------------------------------------- */
/* Views into the cells or the arena. */
struct order_in {
        struct str number;
        bool redo;                               /* upstream says itself that it was sent back to be dealt with again */
        bool dated;                              /* it says when it was sent; else received is now */
        struct instant received;
        struct instant due, return_until;        /* INSTANT_NONE when it does not say */
        struct str title, words, place;
        struct str name, phone, address;         /* "" = none */
        struct str note;                         /* what stood for a phone and is none, in words; "" = nothing */
};
/* ---- taking it in --------------------------------------------------------------------------------------------------- */
enum order_outcome {
        ORDER_OPENED, /* a new matter */
        ORDER_SAME,   /* known, nothing new: nothing changed */
        ORDER_NOTED,  /* known; what was added stands in the story now */
        ORDER_REDONE, /* taken up once more */
        ORDER_OUTCOMES
};
extern const char *const order_outcome_words[ORDER_OUTCOMES + 1]; /* "opened", "same", "noted", "redone", NULL */

struct vault_keys;
struct order_taking; /* what was worked out before the transaction; lives in ctx->arena */
struct order_taken {
        enum order_outcome outcome;
        int64_t id;
        int32_t rev;
        struct str state;
        struct instant due;
        char code[32];       /* the tracking code of a new matter, else "" */
        struct order order;
};
/* Decide and seal, before the transaction. @rights: what ctx->actor holds (an order that was known is a step of its matter, by matter.open).
 * Errors as intake_decide and vault_seal. */
int order_prepare(struct ctx *, const struct town *, const struct vault_keys *, const struct upstream *, const struct order_in *, uint64_t rights,
                  struct order_taking **ret);
/* In ctx->tx. ERR_CONFLICT (somebody took the same number in meanwhile, or the town's version has moved): call order_again and run it
 * once more. Else as matter_open and matter_act. */
int order_take(struct ctx *, struct order_taking *, struct order_taken *ret);
int order_again(struct ctx *, const struct town *, struct order_taking *);

/* The order as it is when it comes in: for an opening that does not go through order_take, such as that of an old ledger. */
void order_begin(const struct town *, const struct upstream *, const struct order_in *, struct order *ret);
/* Open the matter of a decided intake whose ->in.order it is, in ctx->tx, and keep the order beside it. ERR_CONFLICT when the number is
 * taken. Else as matter_open. */
struct code;
struct intake;
int order_open(struct ctx *, const struct town *, const struct intake *, int64_t id, const struct code *, int64_t person, const struct order_in *);
/* Its matter is taken back as if it had never come: the number is free again. */
int order_drop(struct ctx *, int64_t matter);

/* What order_take would find, without taking it in; id 0 when the number is new. ctx->tx is a read. */
int order_look(struct ctx *, const struct upstream *, const struct order_in *, struct order_taken *ret);

/* The matter of an order. ERR_NONE. */
int order_find(struct ctx *, struct str system, struct str number, int64_t *ret_matter);
/* Of one matter; state ORDER_NONE when it has none. */
int order_of(struct ctx *, int64_t matter, struct order *ret);

/* ---- the desk's list ------------------------------------------------------------------------------------------------- */
#define ORDER_LIST_MAX 50
struct order_item {
        struct order order;
        int64_t matter;
        struct instant chase;                    /* the place in the list, with the matter */
        struct str state;                        /* of the matter */
        bool open;
        struct str path, unit, unit_path, assist, called, respondent;
};
struct order_items { struct order_item *row; size_t n; };
/* Those that are owed, or those that are not, the nearest deadline on top, behind @chase and @after (INSTANT_NONE and 0 to begin). */
int order_list(struct ctx *, bool owed, struct instant chase, int64_t after, int32_t max, struct order_items *ret);
