#include "duty/alike.h"
#include <stdlib.h>
#include "duty/inner/ngram.h"
#include "duty/inner/words.h"

#define COMPANY 32 /* as if so many more texts were at hand: else nothing weighs anything among three */

struct keys {
        uint64_t *row;
        size_t n, cap;
};

/* A text as what it says in short and all it says; rising, each once. */
struct gist {
        struct keys brief, all;
};

static void take(void *self, uint64_t key)
{
        struct keys *k = self;
        if (key >> 32 && k->n < k->cap) /* single characters say too little */
                k->row[k->n++] = key;
}

static int rising(const void *a, const void *b)
{
        uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
        return (x > y) - (x < y);
}

static void settle(struct keys *k)
{
        size_t n = 0;
        qsort(k->row, k->n, sizeof(*k->row), rising);
        for (size_t i = 0; i < k->n; i++)
                if (n == 0 || k->row[n - 1] != k->row[i])
                        k->row[n++] = k->row[i];
        k->n = n;
}

static struct str beginning(struct str s)
{
        return (struct str){ s.p, utf8_prefix(s, ALIKE_CHARS_MAX) };
}

static struct gist gist_of(struct arena *a, const struct alike_text *t)
{
        struct gist g = { 0 };
        struct str words = beginning(t->words), title = beginning(t->title);
        g.all.cap = words.n + title.n;
        g.all.row = arena_array(a, uint64_t, g.all.cap);
        g.brief.cap = title.n ? title.n : words.n;
        g.brief.row = arena_array(a, uint64_t, g.brief.cap);
        ngram_each(title, take, &g.all);
        ngram_each(words, take, &g.all);
        ngram_each(title.n ? title : words, take, &g.brief);
        settle(&g.all);
        settle(&g.brief);
        return g;
}

static bool has(const struct keys *k, uint64_t key)
{
        return bsearch(&key, k->row, k->n, sizeof(key), rising) != NULL;
}

/* How many texts have each key: both lists rise together. */
struct company {
        struct keys key;
        uint32_t *texts;
        size_t n;
};

static struct company company_of(struct arena *a, const struct gist *g, size_t n)
{
        struct company c = { .n = n };
        for (size_t i = 0; i < n; i++)
                c.key.cap += g[i].all.n;
        c.key.row = arena_array(a, uint64_t, c.key.cap);
        for (size_t i = 0; i < n; i++)
                for (size_t k = 0; k < g[i].all.n; k++)
                        c.key.row[c.key.n++] = g[i].all.row[k];
        qsort(c.key.row, c.key.n, sizeof(*c.key.row), rising);
        c.texts = arena_array(a, uint32_t, c.key.n);
        size_t at = 0;
        for (size_t i = 0; i < c.key.n; i++) {
                if (at == 0 || c.key.row[at - 1] != c.key.row[i])
                        c.key.row[at++] = c.key.row[i];
                c.texts[at - 1]++;
        }
        c.key.n = at;
        return c;
}

static uint64_t weight(const struct company *c, uint64_t key)
{
        const uint64_t *at = bsearch(&key, c->key.row, c->key.n, sizeof(key), rising);
        uint64_t texts = at ? c->texts[at - c->key.row] : 1;
        return ngram_log2_q8(((c->n + COMPANY) << 8) / texts) - (8 << 8);
}

/* How much of what @a says in short stands in @b, in thousandths. */
static uint64_t share(const struct company *c, const struct gist *a, const struct gist *b)
{
        uint64_t all = 0, there = 0;
        for (size_t i = 0; i < a->brief.n; i++) {
                uint64_t w = weight(c, a->brief.row[i]);
                all += w;
                there += has(&b->all, a->brief.row[i]) ? w : 0;
        }
        return all ? there * 1000 / all : 0;
}

void alike_score(struct arena *scratch, const struct alike_text *asked, const struct alike_text *other, size_t n, int32_t *ret_percent)
{
        struct gist *g = arena_array(scratch, struct gist, n + 1);
        g[n] = gist_of(scratch, asked);
        for (size_t i = 0; i < n; i++)
                g[i] = gist_of(scratch, &other[i]);
        struct company c = company_of(scratch, g, n + 1);
        for (size_t i = 0; i < n; i++)
                ret_percent[i] = (int32_t)((share(&c, &g[n], &g[i]) + share(&c, &g[i], &g[n])) / 20);
}

/* ---- what is common ------------------------------------------------------------------------------------------------------ */

struct common {
        const struct gist *g;
        size_t n, need; /* how many texts must have it */
        struct str *ret;
        size_t found, max;
};

struct first_key { uint64_t key; };

static void keep_first(void *self, uint64_t key)
{
        struct first_key *f = self;
        if (key >> 32 && !f->key)
                f->key = key;
}

/* Does this piece, a pair of characters or a word, stand in enough of the texts? */
static bool shared(const struct common *c, struct str piece)
{
        struct first_key f = { 0 };
        size_t texts = 0;
        ngram_each(piece, keep_first, &f);
        for (size_t i = 0; f.key && i < c->n; i++)
                texts += has(&c->g[i].all, f.key);
        return f.key && texts >= c->need;
}

static void keep(struct common *c, struct str run)
{
        size_t at = c->found;
        while (at > 0 && c->ret[at - 1].n < run.n)
                at--;
        if (at == c->max)
                return;
        c->found += c->found < c->max;
        for (size_t i = c->found - 1; i > at; i--)
                c->ret[i] = c->ret[i - 1];
        c->ret[at] = run;
}

/* The next piece at @i: two characters, or a word of letters and digits; *ret_step: where the piece after it begins. */
static struct str piece_at(struct str s, size_t i, size_t *ret_step)
{
        size_t first = i, next;
        bool latin = word_is_latin(word_fold(word_next(s, &first)));
        next = first;
        while (latin && next < s.n) {
                size_t past = next;
                if (!word_is_latin(word_fold(word_next(s, &past))))
                        break;
                next = past;
        }
        *ret_step = next;
        if (!latin && next < s.n)
                word_next(s, &next);
        return (struct str){ s.p + i, next - i };
}

static void find_common(struct common *c, struct str s)
{
        size_t from = 0, to = 0;
        for (size_t i = 0, step; i < s.n; i = step) {
                struct str piece = piece_at(s, i, &step);
                if (!shared(c, piece))
                        continue;
                if (to > from && i > to)
                        keep(c, (struct str){ s.p + from, to - from });
                if (to <= from || i > to)
                        from = i;
                to = i + piece.n;
        }
        if (to > from)
                keep(c, (struct str){ s.p + from, to - from });
}

size_t alike_common(struct arena *scratch, const struct alike_text *text, size_t n, struct str *ret, size_t max)
{
        struct gist *g = arena_array(scratch, struct gist, n);
        for (size_t i = 0; i < n; i++)
                g[i] = gist_of(scratch, &text[i]);
        struct common c = { .g = g, .n = n, .ret = ret, .max = max };
        struct str s = text[0].title.n ? text[0].title : beginning(text[0].words);
        for (c.need = n < 4 ? 2 : (n + 1) / 2; c.found == 0 && c.need > 1; c.need /= 2)
                find_common(&c, s);
        return c.found;
}
