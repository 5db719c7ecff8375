/* matter/matter_test_util.h — a small town for tests, built in memory from text; and the sample town. For tests of
 * matter and above.
 *
 * Its ground is a row of squares, 0.01 degrees wide, between 39.90 and 39.91 degrees north:
 *   G1 116.40-116.41 and G2 116.41-116.42 of community A, G3 116.42-116.43 and G4 116.43-116.44 of community B.
 * Along 116.42 runs a shared street that G2 takes; G4 is an enclave that the org linjie takes. Names end in their
 * digit.
 */
#pragma once
#include "matter/matter.h"
#include "store/store_test_util.h"

#define G1 "110101002001001"
#define G2 "110101002001002"
#define G3 "110101002002001"
#define G4 "110101002002002"
#define A_COMMUNITY "110101002001"
#define B_COMMUNITY "110101002002"

/* A file of the folder put in place of the small town's own; text NULL takes it away. */
struct town_file {
        const char *name, *text;
};
/* @change is ended by a row without a name; NULL = as it is. */
void small_folder(struct arena *, const struct town_file *change, struct folder *ret);
/* Parsed and checked: the test fails when there is an error. Version 1 without a store. town_unref it. */
struct town *small_town(const struct town_file *change);
/* samples/town of $LINLI_SOURCE; false when the variable is not set. */
bool sample_folder(struct arena *, struct folder *ret);
/* Stored as the next version at t->ctx.now and read back as the shelf reads it; ctx.town is set. town_unref it. */
struct town *load_town(struct store *, struct test_ctx *, const struct folder *);
/* small_folder, load_town. */
struct town *load_small(struct store *, struct test_ctx *, const struct town_file *change);

/* What a reporter says on the web, anonymously, without a place: fill in the rest. */
struct intake_in say(const char *words);
/* The same at a point of G1. */
struct intake_in say_at(const char *words, double lat, double lon);
/* Decided and opened, in one go; fails the test when it cannot. *ret_code may be NULL. Returns the id. */
int64_t open_one(struct store *, struct test_ctx *, const struct town *, const struct intake_in *,
                 struct code *ret_code);
/* @n matters at once, in one command, cycling through @kinds of @in. */
void open_many(struct store *, struct test_ctx *, const struct town *, const struct intake_in *in, size_t kinds,
               size_t n, int64_t *ret_ids);
/* One action by @who: "reporter", "system", "town" (another one, by its seal), or a login, who then has the rights that posts.csv gives over this matter.
 * @form is "name=value|name=value" or "". Returns its code; *ret is the matter afterwards (may be NULL). */
int act_as(struct store *, struct test_ctx *, const struct town *, int64_t id, const char *who, const char *action,
           const char *form, struct matter *ret);
/* The same by somebody who saw revision @rev. */
int act_seen(struct store *, struct test_ctx *, const struct town *, int64_t id, int32_t rev, const char *who, const char *action,
             const char *form, struct matter *ret);
struct matter get_one(struct store *, struct test_ctx *, int64_t id);
void set_now(struct test_ctx *, const char *instant);
/* One line of a story: who does what, and the state it leads to, or the error and the field it names. */
struct line {
        const char *at; /* "" = no time passes */
        const char *who, *action, *form;
        int code;
        const char *then; /* "" = the action itself is at fault */
};
void play(struct store *, struct test_ctx *, const struct town *, int64_t id, const struct line *, size_t n);
