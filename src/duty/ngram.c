#include "duty/inner/ngram.h"
#include "duty/inner/words.h"

enum { TF_ABOVE = 1, TF_KEYWORD = 2, TF_NAME = 2 }; /* how much a place of finding counts */
enum { TF_MAX = 8 };
enum { UNKNOWN_IDF = 2 << 8 }; /* a feature no subject has still lengthens the text */

/* ---- features of a text ---- */

static uint64_t hash_mix(uint64_t h, uint32_t c)
{
        return (h ^ c) * UINT64_C(0x9E3779B97F4A7C15);
}

/* English words that say nothing of the subject; those of one or two letters are left out anyway. */
static bool says_nothing(const char *word, size_t n)
{
        static const char *const small[] = { "the",    "and",  "for",   "are", "with", "out",  "not",   "our",
                                             "was",    "has",  "have",  "had", "this", "that", "there", "from",
                                             "please", "they", "their", "you", "your", "who" };
        if (n <= 2)
                return true;
        for (size_t i = 0; i < COUNT(small); i++)
                if (strlen(small[i]) == n && memcmp(small[i], word, n) == 0)
                        return true;
        return false;
}

/* A run of letters and digits being read. Its first bytes are kept: no small word is longer. */
struct latin {
        uint64_t hash;
        char head[8];
        size_t n;
};

static void latin_add(struct latin *w, uint32_t c)
{
        w->hash = hash_mix(w->hash + 1, c);
        if (w->n < sizeof w->head)
                w->head[w->n] = (char)c;
        w->n++;
}

static void latin_end(struct latin *w, ngram_fn *fn, void *self)
{
        if (w->n > 0 && (w->n > sizeof w->head || !says_nothing(w->head, w->n)))
                fn(self, w->hash | UINT64_C(1) << 63);
        *w = (struct latin){ 0 };
}

static bool is_word_break(uint32_t c)
{
        return c < 0x2E80 || (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFFEF) ||
               (c >= 0x2000 && c <= 0x206F);
}

void ngram_each(struct str s, ngram_fn *fn, void *self)
{
        struct latin latin = { 0 };
        uint32_t last = 0;
        for (size_t i = 0; i < s.n;) {
                uint32_t c = word_fold(word_next(s, &i));
                if (word_is_latin(c)) {
                        latin_add(&latin, c);
                        last = 0;
                        continue;
                }
                latin_end(&latin, fn, self);
                if (is_word_break(c)) {
                        last = 0;
                        continue;
                }
                fn(self, c);
                if (last)
                        fn(self, (uint64_t)last << 32 | c);
                last = c;
        }
        latin_end(&latin, fn, self);
}

static void count_feature(void *self, uint64_t key)
{
        (void)key;
        ++*(size_t *)self;
}

/* ---- fixed point ---- */

uint32_t ngram_log2_q8(uint64_t x)
{
        uint32_t whole = 63u - (uint32_t)__builtin_clzll(x), frac = 0;
        uint64_t m = whole >= 31 ? x >> (whole - 31) : x << (31 - whole); /* [1, 2) in Q31 */
        for (int bit = 7; bit >= 0; bit--) {
                m = m * m >> 31;
                if (m >> 32) {
                        frac |= 1u << bit;
                        m >>= 1;
                }
        }
        return whole << 8 | frac;
}

static uint32_t sqrt_u64(uint64_t x)
{
        uint64_t r = 0;
        for (uint64_t bit = UINT64_C(1) << 31; bit; bit >>= 1)
                if ((r | bit) * (r | bit) <= x)
                        r |= bit;
        return (uint32_t)r;
}

/* ---- profiles ---- */

struct entry {
        uint32_t subject, feature, tf;
};

struct profiling {
        struct ngrams *g;
        struct entry *entry;
        size_t n;
        uint32_t subject, tf;
        uint32_t *last; /* per feature: 1 + its latest entry, if that is of the present subject */
        uint32_t *df;   /* per feature: subjects that have it themselves, not only from above */
};

static uint32_t slot_of(const struct ngrams *g, uint64_t key)
{
        uint64_t h = hash_mix(hash_mix(0, (uint32_t)key), (uint32_t)(key >> 32));
        uint32_t at = (uint32_t)(h >> 32) & g->mask;
        while (g->key[at] != 0 && g->key[at] != key)
                at = (at + 1) & g->mask;
        return at;
}

static void profile_feature(void *self, uint64_t key)
{
        struct profiling *p = self;
        uint32_t at = slot_of(p->g, key);
        if (p->g->key[at] == 0) {
                p->g->key[at] = key;
                p->g->slot_feature[at] = p->g->n_features++;
        }
        uint32_t f = p->g->slot_feature[at];
        struct entry *e = p->last[f] ? &p->entry[p->last[f] - 1] : NULL;
        if (e == NULL || e->subject != p->subject) {
                e = &p->entry[p->n++];
                *e = (struct entry){ .subject = p->subject, .feature = f };
                p->last[f] = (uint32_t)p->n;
                p->df[f]++;
        }
        e->tf = e->tf + p->tf > TF_MAX ? TF_MAX : e->tf + p->tf;
}

static void each_of_subject(const struct subject *s, ngram_fn *fn, void *self)
{
        ngram_each(s->name_zh, fn, self);
        ngram_each(s->name_en, fn, self);
        for (uint32_t k = 0; k < s->n_keywords; k++)
                ngram_each(s->keywords[k], fn, self);
}

static void profile_subject(struct profiling *p, uint32_t i)
{
        const struct subject *s = &p->g->subjects->row[i];
        p->subject = i;
        p->tf = TF_KEYWORD;
        each_of_subject(s, profile_feature, p);
        p->tf = TF_ABOVE;
        for (uint32_t up = s->up; up != SUBJECT_NONE; up = p->g->subjects->row[up].up)
                each_of_subject(&p->g->subjects->row[up], profile_feature, p);
}

static uint64_t entry_weight(const struct ngrams *g, const struct entry *e)
{
        return (uint64_t)(256 + ngram_log2_q8(e->tf)) * g->idf[e->feature] >> 8;
}

/* Entries, in the order of subjects, to postings in the order of features. */
static void make_postings(struct ngrams *g, struct arena *a, const struct profiling *p)
{
        uint64_t *norm = arena_array(a, uint64_t, g->subjects->n);
        uint32_t *at = arena_array(a, uint32_t, g->n_features + 1);
        for (size_t i = 0; i < p->n; i++) {
                uint64_t w = entry_weight(g, &p->entry[i]);
                norm[p->entry[i].subject] += w * w;
                at[p->entry[i].feature + 1]++;
        }
        for (uint32_t f = 0; f < g->n_features; f++)
                at[f + 1] += at[f];
        memcpy(g->first, at, (g->n_features + 1) * sizeof *at);
        for (size_t i = 0; i < p->n; i++) {
                const struct entry *e = &p->entry[i];
                uint32_t length = sqrt_u64(norm[e->subject]);
                uint64_t w = length ? entry_weight(g, e) * NGRAM_UNIT / length : 0;
                g->post[at[e->feature]++] = (struct ngram_post){ e->subject, (uint32_t)w };
        }
}

static size_t count_all(const struct subjects *all)
{
        size_t n = 0;
        for (uint32_t i = 0; i < all->n; i++)
                for (uint32_t up = i; up != SUBJECT_NONE; up = all->row[up].up)
                        each_of_subject(&all->row[up], count_feature, &n);
        return n;
}

void ngrams_init(struct ngrams *g, struct arena *a, const struct subjects *all)
{
        size_t most = count_all(all) + 1, cap = 16;
        while (cap < 2 * most)
                cap *= 2;
        *g = (struct ngrams){ .subjects = all,
                              .mask = (uint32_t)cap - 1,
                              .key = arena_array(a, uint64_t, cap),
                              .slot_feature = arena_array(a, uint32_t, cap) };
        struct profiling p = { .g = g,
                               .entry = arena_array(a, struct entry, most),
                               .last = arena_array(a, uint32_t, most),
                               .df = arena_array(a, uint32_t, most) };
        for (uint32_t i = 0; i < all->n; i++)
                profile_subject(&p, i);

        g->idf = arena_array(a, uint32_t, g->n_features);
        for (uint32_t f = 0; f < g->n_features; f++)
                g->idf[f] = ngram_log2_q8((uint64_t)all->n * 2 / p.df[f] + 1);
        g->first = arena_array(a, uint32_t, g->n_features + 1);
        g->post = arena_array(a, struct ngram_post, p.n);
        make_postings(g, a, &p);
}

/* ---- a text ---- */

struct query {
        const struct ngrams *g;
        uint32_t *tf; /* per feature */
        uint32_t *touched;
        uint32_t n;
        uint32_t unknown; /* features no subject has */
        uint32_t step;
};

static void query_feature(void *self, uint64_t key)
{
        struct query *q = self;
        uint32_t at = slot_of(q->g, key);
        if (q->g->key[at] == 0) {
                q->unknown += q->step;
                return;
        }
        uint32_t f = q->g->slot_feature[at];
        if (q->tf[f] == 0)
                q->touched[q->n++] = f;
        q->tf[f] += q->step;
}

void ngrams_score(const struct ngrams *g, struct arena *a, struct str title, struct str text, uint32_t *ret_score)
{
        struct query q = { .g = g,
                           .tf = arena_array(a, uint32_t, g->n_features),
                           .touched = arena_array(a, uint32_t, g->n_features),
                           .step = 2 };
        uint64_t *dot = arena_array(a, uint64_t, g->subjects->n);
        ngram_each(title, query_feature, &q);
        q.step = 1;
        ngram_each(text, query_feature, &q);

        uint64_t norm = (uint64_t)q.unknown * UNKNOWN_IDF * UNKNOWN_IDF;
        for (uint32_t i = 0; i < q.n; i++) {
                uint32_t f = q.touched[i];
                uint64_t w = (uint64_t)(256 + ngram_log2_q8(q.tf[f])) * g->idf[f] >> 8;
                norm += w * w;
                for (uint32_t k = g->first[f]; k < g->first[f + 1]; k++)
                        dot[g->post[k].subject] += w * g->post[k].weight;
        }
        uint64_t length = sqrt_u64(norm);
        for (uint32_t i = 0; i < g->subjects->n; i++)
                ret_score[i] = length ? (uint32_t)(dot[i] * 1000 / (length * NGRAM_UNIT)) : 0;
}
