#include "duty/inner/words.h"

#define SYMBOLS_MAX 65535u
#define TRIE_NONE UINT32_MAX

struct word_node {
        uint32_t first; /* its children are [first, first + n) */
        uint32_t n;
        uint32_t fail; /* the longest proper suffix that is also a node */
        uint32_t word; /* the longest word that ends here, or WORD_NONE */
        uint64_t mask; /* bit symbol % 64 for each child: most steps fail, and this says so without a look at them */
};

static size_t put_utf8(char *p, uint32_t c)
{
        if (c < 0x80)
                return (void)(p[0] = (char)c), 1;
        if (c < 0x800) {
                p[0] = (char)(0xC0 | c >> 6);
                p[1] = (char)(0x80 | (c & 0x3F));
                return 2;
        }
        if (c < 0x10000) {
                p[0] = (char)(0xE0 | c >> 12);
                p[1] = (char)(0x80 | (c >> 6 & 0x3F));
                p[2] = (char)(0x80 | (c & 0x3F));
                return 3;
        }
        p[0] = (char)(0xF0 | c >> 18);
        p[1] = (char)(0x80 | (c >> 12 & 0x3F));
        p[2] = (char)(0x80 | (c >> 6 & 0x3F));
        p[3] = (char)(0x80 | (c & 0x3F));
        return 4;
}

struct str word_fold_text(struct arena *a, struct str s)
{
        char *out = arena_raw(a, s.n + 1); /* folding never lengthens */
        size_t n = 0;
        for (size_t i = 0; i < s.n;)
                n += put_utf8(out + n, word_fold(word_next(s, &i)));
        out[n] = 0;
        return (struct str){ out, n };
}

/* ---- building ---- */

/* The trie while words are put in: children of a node as a linked list. */
struct trie {
        struct arena *arena;
        struct words *w;
        uint32_t *child, *next; /* per node: first child, next sibling */
        uint32_t *word;         /* per node: the word that ends here, or WORD_NONE */
        uint16_t *sym;
        uint32_t n;
        uint16_t pages;
};

static uint16_t symbol_get(const struct words *w, uint32_t c)
{
        return w->symbol[w->page[c >> 8]][c & 0xFF];
}

/* The number of a character, given out at first sight; 0 when there are no more. */
static uint16_t symbol_make(struct trie *t, uint32_t c)
{
        struct words *w = t->w;
        if (w->page[c >> 8] == 0)
                w->page[c >> 8] = t->pages++;
        uint16_t *s = &w->symbol[w->page[c >> 8]][c & 0xFF];
        if (*s == 0 && w->n_symbols < SYMBOLS_MAX)
                *s = (uint16_t)w->n_symbols++;
        return *s;
}

static uint32_t trie_child(struct trie *t, uint32_t node, uint16_t sym)
{
        for (uint32_t k = t->child[node]; k != TRIE_NONE; k = t->next[k])
                if (t->sym[k] == sym)
                        return k;
        uint32_t k = t->n++;
        t->sym[k] = sym;
        t->word[k] = WORD_NONE;
        t->child[k] = TRIE_NONE;
        t->next[k] = t->child[node];
        t->child[node] = k;
        return k;
}

static void trie_put(struct trie *t, uint32_t word)
{
        struct str s = t->w->word[word];
        uint32_t node = 0;
        for (size_t i = 0; i < s.n;) {
                uint16_t sym = symbol_make(t, word_fold(word_next(s, &i)));
                if (sym == 0)
                        return;
                node = trie_child(t, node, sym);
        }
        if (node != 0 && t->word[node] == WORD_NONE)
                t->word[node] = word;
}

/* How many pages of 256 code points the words touch, and how many characters they have. */
static void measure(const struct words *w, uint32_t *ret_pages, uint32_t *ret_chars)
{
        uint8_t seen[WORDS_PAGES] = { 0 };
        uint32_t pages = 1, chars = 0;
        for (uint32_t k = 0; k < w->n; k++) {
                for (size_t i = 0; i < w->word[k].n; chars++) {
                        uint32_t c = word_fold(word_next(w->word[k], &i));
                        pages += !seen[c >> 8];
                        seen[c >> 8] = 1;
                }
        }
        *ret_pages = pages;
        *ret_chars = chars;
}

static inline uint64_t mask_bit(uint16_t sym)
{
        return UINT64_C(1) << (sym & 63);
}

static uint32_t step(const struct words *w, uint32_t state, uint16_t sym)
{
        for (; state != 0; state = w->node[state].fail) {
                const struct word_node *at = &w->node[state];
                if ((at->mask & mask_bit(sym)) == 0)
                        continue;
                for (uint32_t k = at->first; k < at->first + at->n; k++)
                        if (w->sym[k] == sym)
                                return k;
        }
        return w->root[sym];
}

/* Children get the next free numbers, so those of one node lie side by side. Failure links of a level
 * need only the levels above, which are complete by then. */
static void number_nodes(struct trie *t)
{
        struct words *w = t->w;
        uint32_t *old = arena_array(t->arena, uint32_t, t->n); /* new number to trie node */
        uint32_t n = 1;
        for (uint32_t s = 0; s < n; s++) {
                w->node[s].first = n;
                for (uint32_t k = t->child[old[s]]; k != TRIE_NONE; k = t->next[k], n++) {
                        old[n] = k;
                        w->sym[n] = t->sym[k];
                        w->node[s].mask |= mask_bit(t->sym[k]);
                        w->node[n].word = t->word[k];
                        w->node[n].fail = s == 0 ? 0 : step(w, w->node[s].fail, t->sym[k]);
                        if (s == 0)
                                w->root[t->sym[k]] = n;
                }
                w->node[s].n = n - w->node[s].first;
        }
}

static void link_suffixes(struct words *w)
{
        for (uint32_t s = 1; s < w->n_nodes; s++) {
                struct word_node *at = &w->node[s];
                uint32_t shorter = w->node[at->fail].word;
                if (at->word == WORD_NONE)
                        at->word = shorter;
                else
                        w->suffix[at->word] = shorter;
        }
}

void words_init(struct words *w, struct arena *a, const struct str *word, uint32_t n)
{
        *w = (struct words){ .word = word, .n = n, .n_symbols = 1 };
        uint32_t pages, chars;
        measure(w, &pages, &chars);
        w->symbol = arena_alloc_array(a, pages, sizeof *w->symbol);
        struct trie t = { .arena = a,
                          .w = w,
                          .n = 1,
                          .pages = 1,
                          .child = arena_array(a, uint32_t, chars + 1),
                          .next = arena_array(a, uint32_t, chars + 1),
                          .word = arena_array(a, uint32_t, chars + 1),
                          .sym = arena_array(a, uint16_t, chars + 1) };
        t.child[0] = TRIE_NONE;
        t.word[0] = WORD_NONE;
        for (uint32_t k = 0; k < n; k++)
                trie_put(&t, k);

        w->n_nodes = t.n;
        w->node = arena_array(a, struct word_node, t.n);
        w->sym = arena_array(a, uint16_t, t.n);
        w->root = arena_array(a, uint32_t, w->n_symbols);
        w->suffix = arena_array(a, uint32_t, n);
        memset(w->suffix, 0xFF, n * sizeof *w->suffix);
        w->chars = arena_array(a, uint32_t, n);
        for (uint32_t k = 0; k < n; k++)
                w->chars[k] = (uint32_t)utf8_count(word[k]);
        w->node[0].word = WORD_NONE;
        number_nodes(&t);
        link_suffixes(w);
}

/* ---- finding ---- */

static bool latin_at(struct str s, size_t i)
{
        return i < s.n && word_is_latin(word_fold((unsigned char)s.p[i]));
}

/* Letters and digits of a word may not go on outside it. */
static bool stands_alone(struct str text, size_t at, size_t end)
{
        if (latin_at(text, at) && at > 0 && latin_at(text, at - 1))
                return false;
        if (!latin_at(text, end - 1) || !latin_at(text, end))
                return true;
        return word_fold((unsigned char)text.p[end]) == 's' && !latin_at(text, end + 1);
}

/* Where a word that ends at @end began: folding may have changed its bytes, but not its characters. */
static size_t start_of(const struct words *w, struct str text, size_t end, uint32_t word)
{
        size_t chars = w->chars[word], at = end;
        while (chars > 0 && at > 0)
                chars -= ((unsigned char)text.p[--at] & 0xC0) != 0x80;
        return at;
}

static void hits_push(struct word_hits *hits, struct arena *a, struct word_hit hit)
{
        if (hits->n == hits->cap) {
                uint32_t cap = hits->cap ? hits->cap * 2 : 64;
                struct word_hit *row = arena_raw(a, cap * sizeof *row);
                if (hits->n)
                        memcpy(row, hits->row, hits->n * sizeof *row);
                hits->row = row;
                hits->cap = cap;
        }
        hits->row[hits->n++] = hit;
}

/* The longest word that ends here and stands alone; it swallows those found inside it. */
static void hit_at(const struct words *w, struct arena *a, struct str text, size_t end, uint32_t word, uint32_t floor,
                   struct word_hits *hits)
{
        for (; word != WORD_NONE; word = w->suffix[word]) {
                size_t at = start_of(w, text, end, word);
                if (!stands_alone(text, at, end))
                        continue;
                while (hits->n > floor && hits->row[hits->n - 1].at >= at)
                        hits->n--;
                hits_push(hits, a, (struct word_hit){ (uint32_t)at, (uint32_t)(end - at), word });
                return;
        }
}

void words_find(const struct words *w, struct arena *a, struct str text, struct word_hits *hits)
{
        uint32_t state = 0, floor = hits->n;
        for (size_t i = 0; i < text.n;) {
                uint32_t c = word_next(text, &i);
                uint16_t sym = c < WORDS_PAGES << 8 ? symbol_get(w, word_fold(c)) : 0;
                state = sym ? step(w, state, sym) : 0;
                if (w->node[state].word != WORD_NONE)
                        hit_at(w, a, text, i, w->node[state].word, floor, hits);
        }
}
