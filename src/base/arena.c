#include "base/arena.h"
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/err.h"
#include "base/sanitized.h"

#if SANITIZED
#include <sanitizer/asan_interface.h>
#define GAP 16 /* stays hidden between two allocations, so that an overrun is seen */

/* Not inlined: gcc would take the call for a read of memory that was never written. */
__attribute__((noinline)) static void hide(void *p, size_t n)
{
        __asan_poison_memory_region(p, n);
}

__attribute__((noinline)) static void show(void *p, size_t n)
{
        __asan_unpoison_memory_region(p, n);
}
#else
#define GAP 0

static void hide(void *p, size_t n)
{
        (void)p, (void)n;
}

static void show(void *p, size_t n)
{
        (void)p, (void)n;
}
#endif

#define BLOCK_DEFAULT ((size_t)16 << 10)
#define BLOCK_GROWN ((size_t)4 << 20)
#define ALIGN alignof(max_align_t)

struct arena_block {
        struct arena_block *next; /* older */
        size_t size, used;
        alignas(max_align_t) unsigned char data[];
};

static struct arena_block *block_new(struct arena *a, size_t size)
{
        struct arena_block *b = malloc(sizeof *b + size);
        if (!b)
                out_of_memory(size);
        b->next = NULL;
        b->size = size;
        b->used = 0;
        hide(b->data, size);
        a->held += size;
        return b;
}

static void block_free(struct arena *a, struct arena_block *b)
{
        a->held -= b->size;
        show(b->data, b->size);
        free(b);
}

/* A big arena takes bigger steps, so that a town of a million rows is not a million calls. */
static size_t block_size(const struct arena *a)
{
        size_t grown = a->held / 4 & ~(ALIGN - 1);
        if (grown > BLOCK_GROWN)
                grown = BLOCK_GROWN;
        return grown > a->block ? grown : a->block;
}

static void *block_take(struct arena_block *b, size_t n, size_t room)
{
        void *p = b->data + b->used;
        b->used += room;
        show(p, n);
        return p;
}

static void *arena_slow(struct arena *a, size_t n, size_t room)
{
        if (a->block == 0)
                a->block = BLOCK_DEFAULT;
        size_t size = block_size(a);
        if (a->head && room > size / 4) {
                /* A large piece gets a block of its own behind the head, which still has room. */
                struct arena_block *own = block_new(a, room);
                own->next = a->head->next;
                a->head->next = own;
                return block_take(own, n, room);
        }
        struct arena_block *b = block_new(a, room > size ? room : size);
        b->next = a->head;
        a->head = b;
        return block_take(b, n, room);
}

void *arena_raw(struct arena *a, size_t n)
{
        if (n > PTRDIFF_MAX / 2)
                out_of_memory(n);
        size_t room = ((n ? n : 1) + GAP + ALIGN - 1) & ~(ALIGN - 1);
        struct arena_block *b = a->head;
        if (b && b->size - b->used >= room)
                return block_take(b, n, room);
        return arena_slow(a, n, room);
}

void *arena_alloc(struct arena *a, size_t n)
{
        void *p = arena_raw(a, n);
        memset(p, 0, n);
        return p;
}

void *arena_alloc_array(struct arena *a, size_t n, size_t size)
{
        size_t bytes;
        if (__builtin_mul_overflow(n, size, &bytes))
                out_of_memory(SIZE_MAX);
        return arena_alloc(a, bytes);
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
        char *p = arena_raw(a, n + 1);
        if (n > 0)
                memcpy(p, s, n);
        p[n] = '\0';
        return p;
}

char *arena_vprintf(struct arena *a, size_t *ret_n, const char *fmt, va_list args)
{
        va_list again;
        va_copy(again, args);
        int n = fmt ? vsnprintf(NULL, 0, fmt, again) : -1;
        va_end(again);
        if (n < 0)
                BUG("a format that cannot be printed");
        char *p = arena_raw(a, (size_t)n + 1);
        vsnprintf(p, (size_t)n + 1, fmt, args);
        *ret_n = (size_t)n;
        return p;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
        size_t n;
        va_list args;
        va_start(args, fmt);
        char *p = arena_vprintf(a, &n, fmt, args);
        va_end(args);
        return p;
}

void arena_reset(struct arena *a)
{
        struct arena_block *keep = NULL;
        for (struct arena_block *b = a->head, *next; b; b = next) {
                next = b->next;
                if (!keep && b->size == a->block)
                        keep = b;
                else
                        block_free(a, b);
        }
        a->head = keep;
        if (!keep)
                return;
        keep->next = NULL;
        keep->used = 0;
        hide(keep->data, keep->size);
}

void arena_free(struct arena *a)
{
        for (struct arena_block *b = a->head, *next; b; b = next) {
                next = b->next;
                block_free(a, b);
        }
        a->head = NULL;
}
