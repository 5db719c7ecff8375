/* bench/speaker.h — residents for a load test: what they say, and where they stand.
 *
 * Words are put together from an invented table of phrases, 40 to 120 characters; points lie inside the town's grids,
 * every grid as often as every other. The same seed gives the same requests.
 */
#pragma once
#include "app/bench.h"
#include "town/town.h"

#define SPEAKER_POINTS 4096

struct speaker {
        struct town *town;
        struct point point[SPEAKER_POINTS];
        size_t n;
        uint64_t seed;          /* idempotency keys of one speaker never repeat, nor those of two seeds */
        int64_t start_ms;
        bool contact;           /* a name is left for the answer: one sealed row more */
        char extra[768];        /* header lines of all requests, each ended by CRLF */
};

/* EXIT_FINE, or after telling why. */
int speaker_init(struct speaker *, struct bench *, uint64_t seed);
void speaker_free(struct speaker *);
/* What is said in request @n. */
struct str speaker_words(const struct speaker *, uint64_t n, struct arena *);
/* Body of request @n as JSON into @out; its length. */
size_t speaker_body(const struct speaker *, uint64_t n, char *out, size_t max);
/* POST /api/matters number @n; for load_options.next. */
size_t speaker_next(void *speaker, uint64_t n, char *out);
uint64_t bench_mix(uint64_t);
