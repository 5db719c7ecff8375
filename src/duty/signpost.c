#include "duty/signpost.h"
#include "duty/inner/sign_words.h"
#include "duty/inner/words.h"

enum { BEFORE_BYTES = 45, AFTER_BYTES = 24 }; /* how far a guard reaches: fifteen and eight Chinese characters */
enum { URGENT_BYTES = 60 };                   /* how near a word of urgency must stand */
enum { SHORT_CHARS = 40 };                    /* a text this short is no story */

struct signposts {
        struct words words;
};

struct reading {
        struct str s;
        const struct word_hits *hits;
        bool in_short; /* title and text together */
        struct signs *out;
};

struct signposts *signposts_new(struct arena *a)
{
        struct signposts *sp = arena_new(a, struct signposts);
        struct str *word = arena_array(a, struct str, n_sign_words);
        for (uint32_t i = 0; i < n_sign_words; i++)
                word[i] = str_of(sign_words[i].word);
        words_init(&sp->words, a, word, n_sign_words);
        return sp;
}

static bool has_role(const struct reading *r, uint32_t hit, enum sign_role one, enum sign_role other)
{
        enum sign_role role = sign_words[r->hits->row[hit].word].role;
        return role == one || role == other;
}

/* Does a clause end between these bytes? An enumeration comma does not end one: "防止火灾、爆炸". */
static bool clause_ends(struct str s, size_t from, size_t to)
{
        static const char *const ends[] = { "，", "。", "；", "！", "？", "：" };
        for (size_t i = from; i < to; i++) {
                if (memchr(",.;!?:\n", s.p[i], 7))
                        return true;
                for (size_t k = 0; k < COUNT(ends); k++)
                        if (to - i >= 3 && memcmp(s.p + i, ends[k], 3) == 0)
                                return true;
        }
        return false;
}

static bool guarded_before(const struct reading *r, uint32_t hit)
{
        size_t at = r->hits->row[hit].at;
        for (uint32_t i = hit; i-- > 0;) {
                const struct word_hit *h = &r->hits->row[i];
                if (h->at + h->n + BEFORE_BYTES < at)
                        return false;
                if (has_role(r, i, SIGN_BEFORE, SIGN_AROUND) && h->at + h->n <= at &&
                    !clause_ends(r->s, h->at + h->n, at))
                        return true;
        }
        return false;
}

static bool guarded_after(const struct reading *r, uint32_t hit)
{
        size_t end = r->hits->row[hit].at + r->hits->row[hit].n;
        for (uint32_t i = hit + 1; i < r->hits->n; i++) {
                const struct word_hit *h = &r->hits->row[i];
                if (h->at > end + AFTER_BYTES)
                        return false;
                if (has_role(r, i, SIGN_AFTER, SIGN_AROUND) && h->at >= end && !clause_ends(r->s, end, h->at))
                        return true;
        }
        return false;
}

static bool is_urgent(const struct reading *r, uint32_t hit)
{
        if (r->in_short)
                return true;
        size_t at = r->hits->row[hit].at;
        for (uint32_t i = 0; i < r->hits->n; i++) {
                size_t there = r->hits->row[i].at, apart = there > at ? there - at : at - there;
                if (i != hit && has_role(r, i, SIGN_URGENT, SIGN_URGENT) && apart <= URGENT_BYTES)
                        return true;
        }
        return false;
}

static void add_danger(struct signs *out, enum danger kind, bool now, struct str word)
{
        out->alarm |= now;
        for (uint32_t i = 0; i < out->n_dangers; i++) {
                struct danger_sign *d = &out->danger[i];
                if (d->kind != kind)
                        continue;
                if (now && !d->now)
                        *d = (struct danger_sign){ kind, now, word };
                return;
        }
        out->danger[out->n_dangers++] = (struct danger_sign){ kind, now, word };
}

/* Strong and unguarded: now. Strong but guarded, or weak without urgency: quietly. Weak and guarded: nothing. */
static void read_danger(struct reading *r, uint32_t hit, const struct sign_word *w, struct str word)
{
        bool guarded = guarded_before(r, hit) || guarded_after(r, hit);
        bool strong = w->role == SIGN_STRONG;
        if (guarded && !strong)
                return;
        add_danger(r->out, (enum danger)w->kind, !guarded && (strong || is_urgent(r, hit)), word);
}

static void add_channel(struct signs *out, enum channel kind, struct str word)
{
        for (uint32_t i = 0; i < out->n_channels; i++)
                if (out->channel[i].kind == kind)
                        return;
        out->channel[out->n_channels++] = (struct channel_sign){ kind, word };
}

static void read_part(const struct signposts *sp, struct arena *a, struct str s, bool in_short, struct signs *out)
{
        struct word_hits hits = { 0 };
        words_find(&sp->words, a, s, &hits);
        struct reading r = { .s = s, .hits = &hits, .in_short = in_short, .out = out };
        for (uint32_t i = 0; i < hits.n; i++) {
                const struct sign_word *w = &sign_words[hits.row[i].word];
                struct str word = { s.p + hits.row[i].at, hits.row[i].n };
                if (w->role == SIGN_STRONG || w->role == SIGN_WEAK)
                        read_danger(&r, i, w, word);
                else if (w->role == SIGN_CHANNEL)
                        add_channel(out, (enum channel)w->kind, word);
        }
}

/* What is happening now is shown first. */
static void put_now_first(struct signs *s)
{
        struct danger_sign sorted[DANGERS];
        uint32_t n = 0;
        for (int now = 1; now >= 0; now--)
                for (uint32_t i = 0; i < s->n_dangers; i++)
                        if (s->danger[i].now == now)
                                sorted[n++] = s->danger[i];
        memcpy(s->danger, sorted, n * sizeof sorted[0]);
}

void signposts_read(const struct signposts *sp, struct arena *a, struct str title, struct str text, struct signs *ret)
{
        *ret = (struct signs){ 0 };
        bool in_short = utf8_count(title) + utf8_count(text) <= SHORT_CHARS;
        read_part(sp, a, title, in_short, ret);
        read_part(sp, a, text, in_short, ret);
        put_now_first(ret);
}
