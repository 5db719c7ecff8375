/* people/swap.h — who takes whose turn on duty (换班、替班). Asked for by whose turn it is, agreed to by who takes it, approved by a third
 * who may grant things (matter.approve): never by one of the two. roster.csv stays as published; what was approved is laid over it, and
 * the roster says who, for whom and why. The reason is forgotten a month after the day, the row a year after. LOCAL: no rule of the
 * state says how turns are swapped, only that somebody is on duty and a leader leads (值班带班制度).
 */
#pragma once
#include "base/ctx.h"
#include "people/post.h"
#include "people/roster.h"

#define SWAPS_MAX 1000
#define SWAP_REASON_MAX 200
#define SWAP_REMEMBERED_DAYS 31   /* the reason */
#define SWAP_KEPT_DAYS 366

struct swap_turn { struct day date; struct str shift; }; /* as roster.csv writes them; date DAY_NONE: none */
struct swap {
        int64_t id;
        struct swap_turn turn, back; /* back: taken in return, or none */
        bool leads;                  /* the leader's turn, not an officer's */
        struct str asker, other, reason;
        struct str state;            /* asked, agreed, approved, refused, withdrawn */
        struct str ruler;            /* who approved or refused; "" */
        struct instant at, changed;
};
struct swaps { struct swap *row; size_t n; };

/* The people of a town as its folder says. The roster is that of the folder with what was approved laid over it. */
struct swap_ground { const struct staff_list *staff; const struct posts *posts; const struct roster *roster; };

/* @asker asks that @other takes @turn, perhaps for @back. ERR_UNKNOWN naming shift (no such shift, or not their turn), with, or back_shift;
 * ERR_STATE naming shift or back_shift (it has begun); ERR_RULE naming with (themselves, away, on duty at that time already, or no leader
 * for a leader's turn); ERR_EXISTS naming shift (asked for already). Write. */
struct swap_ask { struct str asker, other; struct swap_turn turn, back; struct str reason; };
int swap_ask(struct ctx *, const struct swap_ground *, const struct swap_ask *, int64_t *ret_id);

enum swap_step { SWAP_AGREE, SWAP_APPROVE, SWAP_REFUSE, SWAP_WITHDRAW, SWAP_STEPS };
extern const char *const swap_step_names[SWAP_STEPS + 1]; /* "agree", "approve", "refuse", "withdraw", NULL */
/* One step by @who. Agreeing is for the other, withdrawing for who asked, approving for a third who holds matter.approve; refusing for the
 * other while it is asked, then for such a third. ERR_NONE; ERR_RIGHT naming action; ERR_STATE naming action (not its turn, or somebody
 * was faster) or shift (it has begun); what swap_ask refuses when the roster has changed since. Write. */
int swap_move(struct ctx *, const struct swap_ground *, int64_t id, enum swap_step, struct str who);

/* Those with a day not before @from. Read. */
int swap_list(struct ctx *, struct day from, struct swaps *ret);
/* Forget reasons and rows in their time. Write. */
int swap_sweep(struct ctx *);

/* Lay what was approved over the roster, while nobody else knows it; a turn that is no longer the asker's stays as the folder has it. */
void swap_note(struct arena *, const struct swaps *, struct roster *);
/* The same swaps in force? For whoever keeps a roster that has them. */
uint64_t swaps_mark(const struct swaps *);
