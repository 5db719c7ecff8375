/* duty/lead.h — who leads, for this subject, at this place, on this day?
 *
 * The rule (design.md section 2): the thing's keeper, then a row whose condition holds, then a plain row; among
 * those the most specific place wins, then the most specific subject, then the condition that demands more.
 * - A row of the list assist never makes our unit the lead: its lead is the upper organ named, our unit assists.
 * - A row of the list recalled goes to who took it back; among rows of equal rank it wins, because the township may
 *   no longer act.
 * - A residents' or villagers' committee leads only rows of its own list (北京市接诉即办工作条例 第十七条), also
 *   when it keeps the thing.
 * - What was handed down counts only with staff, certificates and money named.
 * - Two leads of equal rank: an agreement on concurrent powers that names one of them decides for the time being;
 *   else the fallback unit leads for the time being and a joint look (会商) is due.
 * - No row: the fallback unit leads for the time being (首接负责, 同条例 第十四条) and a joint look is due.
 * Pure: the same book and question give the same answer.
 */
#pragma once
#include "duty/duty.h"

enum lead_how {
        LEAD_KEEPER,    /* who keeps the thing */
        LEAD_CONDITION, /* a row whose condition holds */
        LEAD_PLAIN,     /* a row without condition */
        LEAD_AGREEMENT, /* an agreement decided between equals */
        LEAD_TIE,       /* equals and no agreement: the fallback unit, for the time being */
        LEAD_FALLBACK,  /* no row: the fallback unit, for the time being */
        LEAD_HOWS
};
/* "keeper", "condition", "plain", "agreement", "tie", "fallback". */
const char *lead_how_name(enum lead_how);
struct say lead_how_say(enum lead_how);

/* Why a row that was looked at does not lead. */
enum lead_lost {
        LEAD_WON,
        LOST_EARLY,     /* not yet in force */
        LOST_LATE,      /* no longer in force */
        LOST_ORG,       /* its lead is not a known org */
        LOST_ASSIST,    /* an assist row that names our own unit as lead */
        LOST_COMMITTEE, /* a committee on a list that is not its own */
        LOST_CAPACITY,  /* handed down without staff, certificates or money */
        LOST_FALSE,     /* its condition does not hold */
        LOST_UNKNOWN,   /* a fact it asks for is not known */
        LOST_KEEPER,    /* the thing's keeper comes first; the row gives limit and basis */
        LOST_CONDITION, /* a row whose condition holds comes first */
        LOST_PLACE,     /* a row for a more specific place comes first */
        LOST_SUBJECT,   /* a row for a more specific subject comes first */
        LOST_WIDER,     /* a row whose condition demands more comes first */
        LOST_RECALLED,  /* the duty was taken back */
        LOST_SAME,      /* an earlier row of equal rank names the same lead */
        LOST_AGREEMENT, /* an agreement names another of the equals */
        LOST_TIED,      /* one of several equals */
        LEAD_LOSTS
};
/* "won", "early", ... */
const char *lead_lost_name(enum lead_lost);
struct say lead_lost_say(enum lead_lost);

/* All that is asked before somebody can be named. */
struct duty_book {
        const struct subjects *subjects;
        const struct duties *duties; /* bound */
        struct str fallback;         /* org code of town.yaml, 兜底 */
        /* An agreement of kind concurrent that holds at this place on this day: its code and the lead it names. It is
         * asked again with @nth = 0, 1, ... until it answers false. NULL = there are none. */
        bool (*concurrent)(const void *self, const struct str *path, uint32_t n_path, struct day, uint32_t nth,
                           struct str *ret_code, struct str *ret_lead);
        const void *agreements;
};

#define LEAD_PATH_MAX 16
struct lead_in {
        uint32_t subject;             /* index; SUBJECT_NONE = not known: the fallback unit */
        const struct str *path;       /* place codes from the widest to the narrowest known */
        uint32_t n_path;              /* <= LEAD_PATH_MAX; 0 = the place is not known: only rows for the whole town */
        const struct duty_pair *fact; /* what is known, also of the thing: "kind", "owner", "warranty", ... */
        uint32_t n_fact;
        struct str keeper;     /* org code of the thing's keeper, "" if none or no thing */
        bool keeper_committee; /* that org is a committee */
        struct day day;
};

struct lead_row {
        uint32_t duty;
        enum lead_lost lost;
};

struct lead {
        enum lead_how how;
        struct str org;           /* who leads; "" only where the town has no fallback unit */
        uint32_t duty;            /* the row whose limit and basis apply, DUTY_NONE if none */
        struct str agreement;     /* code, for LEAD_AGREEMENT */
        const struct str *assist; /* org codes; for a tie and an agreement also the other equals */
        uint32_t n_assist;
        bool interim;            /* leads for the time being only */
        bool joint_look;         /* a joint look is due */
        bool recalled;           /* an upper organ took the duty back */
        bool keeper_passed_over; /* the keeper is a committee and this is not on its list */
        struct lead_row *row;    /* every row looked at: this subject and those above, this place and those around */
        uint32_t n_rows;
        struct str *missing; /* facts that are not known and could name another lead: ask for them */
        uint32_t n_missing;
};

/* Always answers. What is returned lives in the arena or in the book. */
void lead_find(const struct duty_book *, struct arena *, const struct lead_in *, struct lead *ret);

/* "110.../110.../b12" cut at the slashes; at most LEAD_PATH_MAX, the narrowest dropped first. Returns how many. */
uint32_t lead_path(struct str path, struct str ret[static LEAD_PATH_MAX]);
/* "owner=property;kind=lamp" as known facts, in the order written. OK, or ERR_TYPE when it is not made of pairs. */
int lead_facts(struct arena *, struct str text, struct duty_pair **ret, uint32_t *ret_n);
