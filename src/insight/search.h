/* insight/search.h — which matters speak of this? Over the index that the listener "search" keeps (insight/tokens.h).
 *
 * Only the title and report of a matter are indexed, never contacts, answers or notes. An erased matter leaves the
 * index. The answer may lag some seconds behind (listen_lag); it is ids alone: the caller loads each matter and shows
 * it only to those in whose scope it is.
 */
#pragma once
#include "insight/listen.h"

#define SEARCH_MAX 50        /* ids of one answer */
#define SEARCH_CHARS_MAX 200 /* of a question */

/* Matters of ctx->town that hold every word of @query, newest first: ids below @before (INT64_MAX to begin), at most
 * @max. ERR_UTF8; ERR_TOO_BIG for a longer question; ERR_MISSING when there is nothing to look for in it: only
 * punctuation, or only a number of seven digits or more, by which nobody is looked up. Ids in ctx->arena. */
int insight_search(struct ctx *, struct str query, int64_t before, int32_t max, int64_t **ret_ids, size_t *ret_n);

/* Of a matter that was taken out FTS5 keeps the tokens, marked as deleted, until it merges its segments. Rewrite a piece of the index:
 * @first begins with all segments, then call until *ret_more is false. Nothing to do on PostgreSQL. Write. */
int search_scrub(struct ctx *, bool first, bool *ret_more);
