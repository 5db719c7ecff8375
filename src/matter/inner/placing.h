/* matter/inner/placing.h — nobody knows where it is (地点不明): the reporter is to be asked, the desk places it, and the words it was said
 * in are proposed as a name of that place.
 *
 * The call is due while a matter with a contact is being placed and its place is not known; reaching them, or placing it, ends it. The
 * desk's clock `place` runs meanwhile; the resident's own clocks began at intake and are not touched.
 */
#pragma once
#include <json-c/json.h>
#include "base/json.h"
#include "matter/matter.h"

/* "placing":{"call"} and whether a householder was named; nothing when neither. */
void placing_opened_body(struct json *, const struct matter *);
/* After the records and the new state were taken into the row. @from: the state before; @outcome of a call. */
void placing_take(const struct town *, struct matter *, uint64_t records, struct str from, struct str outcome);
/* "placing":{"call","calls"}, when it changed; @called, @calls: before. */
void placing_body(struct json *, const struct matter *, bool called, int32_t calls);

/* What is learned when the desk places @m: the words it was said in, or those of @alias ("-" = nothing), as a name of @place or @thing.
 * *ret_any: there is something, in *ret. What nobody typed is passed over where it does not fit; ERR_RULE and others naming "alias"
 * for what somebody did. */
struct learned;
int placing_learns(struct ctx *, const struct town *, const struct matter *m, struct str alias, struct str place, struct str thing, struct learned *ret,
                   bool *ret_any);
/* "learned":{"id","place","thing"} */
void placing_learned_body(struct json *, const struct learned *);

/* The row as its events tell it. */
struct placing_fold { bool call, householder; int32_t calls; };
void placing_fold_event(struct placing_fold *, struct json_object *body);
