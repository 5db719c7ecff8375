/* duty/duty.h — the duty lists of a town: duties.csv, read and indexed.
 *
 * A row says who answers for a subject: on which list, who leads, who assists, where, under which condition, until
 * when, on which basis, and from which day to which. The lists are those of the 履行职责事项清单 (基本, 配合,
 * 上级收回), the public services, what was handed down (赋权, 委托), and a committee's own lawful list
 * (rulebook 11). Everything returned lives in the arena; after duties_bind it is never written, so threads may share
 * it.
 */
#pragma once
#include "base/due.h"
#include "duty/subject.h"

#define DUTY_NONE UINT32_MAX
#define DUTY_FILE "duties.csv"
#define DUTY_CONDITIONS_MAX 8 /* pairs in one row */

enum duty_list {
        DUTY_BASIC,     /* 基本 */
        DUTY_ASSIST,    /* 配合: an upper organ leads, our unit assists */
        DUTY_RECALLED,  /* 上级收回: the lead is who took it back */
        DUTY_SERVICE,   /* 公共服务 */
        DUTY_CONFERRED, /* 赋权: in our own name */
        DUTY_ENTRUSTED, /* 委托: in the entrusting organ's name */
        DUTY_COMMITTEE, /* a residents' or villagers' committee's own */
        DUTY_LISTS
};
/* "basic", ... and what people call it. */
const char *duty_list_name(enum duty_list);
struct say duty_list_say(enum duty_list);
/* Handed down: may be used only with staff, certificates and money named (接得住). */
static inline bool duty_list_is_handed_down(enum duty_list l)
{
        return l == DUTY_CONFERRED || l == DUTY_ENTRUSTED;
}

/* "owner=property": a fact and the value it must have. */
struct duty_pair {
        struct str fact, value;
};

struct duty {
        struct str code;
        enum duty_list list;
        struct str subject_code, title;
        uint32_t subject;            /* index, SUBJECT_NONE if unknown */
        struct duty_pair *condition; /* all must hold; sorted by fact, no fact twice; none = a plain row */
        uint32_t n_condition;
        struct str lead;    /* org code */
        struct str *assist; /* org codes */
        uint32_t n_assist;
        struct str place;   /* place code; "" = the whole town */
        int32_t limit;      /* 0 = none given */
        enum due_unit unit; /* when limit > 0 */
        struct str basis;
        struct day since, until; /* first and last day; DAY_NONE = open */
        struct str staff, certificates, money;
        bool usable; /* nothing in the row itself is in error: it takes part in finding a lead */
        bool lead_unknown, lead_own, lead_committee; /* after duties_bind */
        int32_t line;
};

/* Rows of one subject and one place. */
struct duty_cell {
        uint32_t place, first, n;
}; /* order[first .. first + n) */
struct duty_span {
        uint32_t first, n;
}; /* cells of one subject, by place */

struct duties {
        struct duty *row; /* in the order of the file */
        uint32_t n;
        struct map by_code;
        /* The index, over usable rows with a known subject. Place 0 is the whole town. */
        struct map places; /* place code to its number, from 1 */
        uint32_t n_places;
        struct duty_span *of_subject; /* per subject */
        struct duty_cell *cell;
        uint32_t n_cells;
        uint32_t *order;
};

/* Read the file's text (UTF-8). OK even with findings: errors duty.code, duty.duplicate (a code twice), duty.list,
 * duty.condition, duty.limit, duty.dates, duty.unknown-subject; warning duty.basis-empty; and those of csv_read. */
int duties_read(struct arena *, struct str text, const struct subjects *, struct findings *, struct duties *ret);

/* What must be known of an org. */
struct duty_org {
        bool own;       /* relation own: ours, not an upper organ's, a utility's, ... */
        bool committee; /* kind committee: a residents' or villagers' committee */
};
/* Looked up by code; false if there is no such org. */
struct duty_orgs {
        bool (*find)(const void *self, struct str code, struct duty_org *ret);
        const void *self;
};
/* Note in every row what its lead is. Without it no lead counts as our own or as a committee. */
void duties_bind(struct duties *, struct duty_orgs);

/* Its index, or DUTY_NONE. */
uint32_t duty_find(const struct duties *, struct str code);
/* In force on that day (both ends inclusive)? */
bool duty_holds_on(const struct duty *, struct day);
/* The cell of a subject and a place number, or NULL. */
const struct duty_cell *duty_cell_at(const struct duties *, uint32_t subject, uint32_t place);
/* Could both conditions hold at once? False when one fact would need two values. */
bool duty_conditions_meet(const struct duty *, const struct duty *);
/* Does @narrow demand all that @wide demands, and more? */
bool duty_condition_narrower(const struct duty *narrow, const struct duty *wide);
bool duty_condition_same(const struct duty *, const struct duty *);
/* Not handed down, or with staff, certificates and money named. */
bool duty_has_capacity(const struct duty *);
