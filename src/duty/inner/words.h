/* duty/inner/words.h — a fixed set of words, all found in one pass over a text.
 *
 * Aho-Corasick over folded characters: A-Z and full-width forms fold to a-z and half width, any blank to one
 * space. Characters, not bytes: a Chinese character is one step instead of three, and folding costs nothing.
 * Nodes are numbered breadth first, so the children of a node lie side by side and need no table per node.
 * Built once in an arena, never written after, shared by threads.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/str.h"

#define WORD_NONE UINT32_MAX
#define WORDS_PAGES 0x1100u /* pages of 256 code points up to U+10FFFF */

struct words {
        uint16_t page[WORDS_PAGES]; /* code point >> 8 to a page; page 0 is empty */
        uint16_t (*symbol)[256];    /* per page: the character's number, 0 = in no word */
        uint32_t n_symbols;
        uint32_t *root;         /* per symbol: the root's child, 0 = none */
        struct word_node *node; /* 0 is the root */
        uint16_t *sym;          /* per node: the symbol that leads to it */
        uint32_t n_nodes;
        const struct str *word; /* the words, as given */
        uint32_t *suffix;       /* per word: the longest other word it ends with, or WORD_NONE */
        uint32_t *chars;        /* per word: its length in characters */
        uint32_t n;
};

/* A word found in a text: bytes [at, at + n). */
struct word_hit {
        uint32_t at, n, word;
};
struct word_hits {
        struct word_hit *row;
        uint32_t n, cap;
};

/* @word must be distinct after folding (of equal ones the first is found), valid UTF-8, and outlive this.
 * An empty word is never found. At most 65,534 distinct characters; words beyond that are never found. */
void words_init(struct words *, struct arena *, const struct str *word, uint32_t n);

/* Add to @hits, from left to right, every place where a word stands that is not inside a longer word found
 * there ("消防" is not reported inside "消防通道"). A word that begins or ends with a letter or digit must not
 * touch another one ("tap" is not in "tape"; a plural s is allowed). @text is valid UTF-8, below 4 GiB. */
void words_find(const struct words *, struct arena *, struct str text, struct word_hits *hits);

/* The folded character. */
static inline uint32_t word_fold(uint32_t c)
{
        if (c > 0x3000 && c < 0xFF01)
                return c; /* nearly all that comes */
        if (c >= 0xFF01 && c <= 0xFF5E)
                c -= 0xFEE0;
        if (c >= 'A' && c <= 'Z')
                return c + 32;
        return c == '\t' || c == '\n' || c == '\r' || c == 0x3000 || c == 0xA0 ? ' ' : c;
}
/* The whole text folded, in the arena. */
struct str word_fold_text(struct arena *, struct str);
static inline bool word_is_latin(uint32_t c)
{
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Like utf8_next, but inlined: this is the inner loop of matching. Never reads past the end. */
static inline uint32_t word_next(struct str s, size_t *i)
{
        const unsigned char *p = (const unsigned char *)s.p + *i;
        size_t left = s.n - *i;
        if (p[0] >= 0xE0 && p[0] < 0xF0 && left >= 3) {
                *i += 3;
                return (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
        }
        if (p[0] >= 0xF0 && left >= 4) {
                *i += 4;
                return (p[0] & 0x07u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
        }
        if (p[0] >= 0xC0 && left >= 2) {
                *i += 2;
                return (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
        }
        *i += 1;
        return p[0];
}
