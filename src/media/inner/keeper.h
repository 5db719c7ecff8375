/* media/inner/keeper.h — the parts of the program linli-media. */
#pragma once
#include "media/inner/protocol.h"

/* Shut this process in: no way out but the descriptors it has. 0, or -1 when it cannot be done. */
int cage_close(void);

/* Once, before anything is forked: libraries started, what they need from disk read. False when they cannot be had. */
bool photo_begin(void);
bool kind_begin(void);

/* What the bytes are, by their own testimony: "image/png"; NULL when nothing is known. Good until the next call. */
const char *kind_of(const void *p, size_t n);
#define KIND_BYTES ((size_t)128 << 10) /* of the beginning that kind_of wants */

/* Read @in from its beginning, write the others; fills *ret. */
enum media_verdict photo_make(int in, int out, int thumb, struct media_answer *ret);
enum media_verdict voice_make(int in, int out, struct media_answer *ret);
enum media_verdict paper_make(int in, int out, struct media_answer *ret);
