/* people/post.h — who holds which post, and for which place: posts.csv.
 *
 * Rights and work go to posts (岗位), not to persons: a person holds posts for a term, one person may hold several.
 * Pure and immutable after posts_read, so any number of threads may look things up on every request; nothing here is
 * written later. Place paths are plain text ("110…/110…"), as this room does not know places.
 */
#pragma once
#include "base/day.h"
#include "base/finding.h"
#include "base/map.h"
#include "people/org.h"
#include "people/right.h"
#include "people/role.h"
#include "people/staff.h"

/* What posts.csv refers to. All of it must outlive the posts. */
struct post_world {
        const struct orgs *orgs;
        const struct staff_list *staff;
        const struct roles *roles;
        /* Path of a place by its code; {NULL,0} when there is no such place. */
        struct str (*place_path)(const void *places, struct str code);
        const void *places;
        struct str town_path;       /* path of the town's own place: posts there serve the whole town */
};

#define POST_NONE UINT32_MAX
struct post {
        struct str code, title, place, place_path;
        uint32_t role, org;         /* index in roles, orgs; POST_NONE if unknown */
        uint32_t holder, backup;    /* index in staff; STAFF_NONE when empty or unknown */
        struct day since, until;    /* first and last day; DAY_NONE = open */
        bool whole_town;            /* place_path is the town's or above it */
        int32_t line;
};

/* From one thing to many posts: those of thing i are to[first[i]] … to[first[i + 1] - 1]. */
struct post_index { uint32_t *first, *to; };

struct posts {
        struct post *row;
        size_t n;
        struct map by_code;
        struct post_index of_org;    /* most specific place first, then as in the file */
        struct post_index of_person; /* as holder or backup */
        struct post_world world;
};

/* @text is UTF-8. @today: DAY_NONE leaves out the checks of terms (an old version is read back).
 * Findings in posts.csv, besides those of csv_read:
 *   post.code-bad, post.code-twice, post.role-unknown, post.org-unknown, post.place-unknown, post.holder-unknown,
 *   post.backup-unknown, post.date-bad, post.dates (since after until)                              errors
 *   post.term-over    the term ran out before today and no later post of the same role, org and place follows: error
 *   post.no-holder    in force today, and neither holder nor backup is in service: error
 *   post.holder-gone  only the backup is left, post.same-person, post.two-admins (one person both manages people
 *                     and reads the audit)                                                          warnings
 *   post.too-many     more than SCOPES_MAX posts with one person: error
 * ERR_UTF8 as csv_read. */
int posts_read(struct arena *, struct str text, const struct post_world *, struct day today, struct findings *,
               struct posts *ret);

const struct post *post_find(const struct posts *, struct str code); /* NULL if unknown */
bool post_in_force(const struct post *, struct day);
/* Who acts on @day: the holder while in service, else the backup while in service, else NULL (also out of term). */
const struct staff_member *post_acting(const struct posts *, const struct post *, struct day, bool *ret_backup);

/* Who in person does something for an org at a place. */
struct post_query {
        struct str org;          /* code; posts of that very org */
        struct str path;         /* place path; "" = not placed: only posts over the whole town */
        enum right right;        /* what their role must allow */
        struct day day;
        struct str except;       /* a login that must not come out (the respondent), or "" */
};
struct post_choice {
        struct str post, title, login;
        bool backup;             /* @login stands in for the holder */
};
/* The post with the most specific place that reaches @path and has somebody acting; earlier rows win a tie.
 * ERR_NONE when nobody does: *ret stays as it was. */
int post_for(const struct posts *, const struct post_query *, struct post_choice *ret);

/* What @login may do on @day: one scope per post held, also as backup while the holder is out of service; at most
 * SCOPES_MAX. Nobody in service: no scope. Rows from the arena; text views into the posts. */
void scopes_of(struct arena *, const struct posts *, struct str login, struct day, struct scopes *ret);
