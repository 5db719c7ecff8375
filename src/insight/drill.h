/* insight/drill.h — which matters stand behind a figure?
 *
 * A figure is named as it is written in the answer of its table: "matters", "honest.response.numerator", "hops.1", "upheld". Beside the
 * numerator of a rate "missed" names what is neither kept nor partly so. The ids are those that the same rule counted; whoever asks sees
 * of them what they may read. A row that was joined because few people stand behind it (insight/cells.h) is not opened by its key either.
 */
#pragma once
#include "insight/cooperation.h"
#include "insight/flow.h"
#include "insight/rates.h"
#include "insight/returns.h"

enum drill_table { DRILL_RATES, DRILL_FLOW, DRILL_RETURNS, DRILL_SOURCES, DRILL_COOPERATION, DRILL_TABLES };
extern const char *const drill_words[DRILL_TABLES + 1]; /* "rates", "flow", "returns", "sources", "cooperation", NULL */

#define DRILL_CASES_MAX 20000
struct drill_in {
        enum drill_table table;
        struct day from, to;
        int by;            /* of the table's own groups; sources have none */
        bool one;          /* only the row of @key */
        struct str key;
        struct str figure;
        struct cell_reader reader;
};
struct drill { int64_t *matter; size_t n; }; /* each once, the newest first */

/* ERR_UNKNOWN naming figure; ERR_RULE naming key when that row is joined; ERR_TOO_BIG past DRILL_CASES_MAX; else as the table. */
int insight_drill(struct ctx *, const struct drill_in *, bool (*late)(void *), void *arg, struct drill *ret);
