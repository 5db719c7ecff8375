/* base/arena.h — memory that lives as long as one request or job.
 *
 * Allocation is a pointer bump; nothing is freed singly; arena_reset gives all back at once
 * and keeps the first block for the next request. Out of memory aborts with a message
 * (the store is transactional, sizes are bounded at the door). Not for sharing between threads.
 */
#pragma once
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

struct arena {
        struct arena_block *head; /* newest block */
        size_t block;             /* size of a fresh block in bytes; 0 = 16 KiB */
        size_t held;              /* bytes of all blocks */
};

/* Zeroed, aligned for any type. n = 0 gives a valid pointer. */
void *arena_alloc(struct arena *, size_t n);
/* Not zeroed. */
void *arena_raw(struct arena *, size_t n);
char *arena_strndup(struct arena *, const char *s, size_t n);
char *arena_printf(struct arena *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The length without the NUL goes to ret_n. */
char *arena_vprintf(struct arena *, size_t *ret_n, const char *fmt, va_list) __attribute__((format(printf, 3, 0)));
/* Forget everything; keep at most one block of the normal size. */
void arena_reset(struct arena *);
/* Give all memory back. */
void arena_free(struct arena *);

#define arena_new(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define arena_array(a, type, n) ((type *)arena_alloc_array((a), (n), sizeof(type)))
void *arena_alloc_array(struct arena *, size_t n, size_t size);

static inline void arena_cleanup(struct arena *a) { arena_free(a); }
#define ARENA_AUTO __attribute__((cleanup(arena_cleanup))) struct arena
