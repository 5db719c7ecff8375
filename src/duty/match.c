#include "duty/match.h"
#include "duty/inner/ngram.h"
#include "duty/inner/words.h"

static const struct {
        const char *name;
        struct say say;
} hows[MATCH_HOWS] = {
        [MATCH_CHOICE] = { "choice", { "由诉求人选择", "Chosen by the reporter" } },
        [MATCH_KEYWORD] = { "keyword", { "按关键词匹配", "Matched by keywords" } },
        [MATCH_NGRAM] = { "ngram", { "按文字相似程度匹配", "Matched by likeness of words" } },
        [MATCH_DESK] = { "desk", { "由调度员判断", "Left to the desk" } },
};

const char *match_how_name(enum match_how how)
{
        return hows[how].name;
}

struct say match_how_say(enum match_how how)
{
        return hows[how].say;
}

/* ---- the catalogue's words and their weights ---- */

/* By length: a Chinese character counts one, a run of Latin letters half its length, at least one. */
static const uint32_t weight_of_length[] = { 0, 30, 100, 130, 160, 190, 220, 250 };
enum { SHARE_ROOT = 80 }; /* per cent: words of a root are general */
enum { HEAD_FACTOR = 2 }; /* the title, or where there is none the first HEAD_BYTES of the text, count double */
enum { HEAD_BYTES = 120 };
enum { REPEATS = 3 };       /* how often the same word still adds something */
enum { CLEAR_AT = 100 };    /* a word of two characters: the least that can be clear */
enum { NGRAM_FLOOR = 100 }; /* cosine, per mille: below it nothing resembles enough */

struct term_post {
        uint32_t subject, weight;
};

struct matcher {
        struct classifier as;
        const struct subjects *subjects;
        uint32_t *root; /* per subject: the root of its tree */
        struct words words;
        struct str *term; /* folded, distinct */
        uint32_t *first;  /* per term + 1: its postings */
        struct term_post *post;
        struct ngrams ngrams;
};

static uint32_t length_of(struct str s)
{
        uint32_t length = 0, latin = 0;
        for (size_t i = 0; i < s.n;) {
                uint32_t c = word_next(s, &i);
                if (c < 0x2E80)
                        latin++;
                else
                        length++;
        }
        length += (latin + 1) / 2;
        return length < COUNT(weight_of_length) ? length : COUNT(weight_of_length) - 1;
}

struct gather {
        struct arena *arena;
        struct map terms;
        struct str *term;
        struct {
                uint32_t term, subject;
        } * pair;
        uint32_t n_terms, n_pairs;
};

static void gather_term(struct gather *g, uint32_t subject, struct str s)
{
        struct str folded = str_trim(word_fold_text(g->arena, s));
        if (folded.n == 0)
                return;
        uint32_t t = map_put(&g->terms, g->arena, folded, g->n_terms);
        if (t == MAP_NONE) {
                t = g->n_terms++;
                g->term[t] = folded;
        }
        for (uint32_t i = g->n_pairs; i > 0 && g->pair[i - 1].subject == subject; i--)
                if (g->pair[i - 1].term == t)
                        return;
        g->pair[g->n_pairs].term = t;
        g->pair[g->n_pairs++].subject = subject;
}

/* A part of a name counts as a word only where no subject claims it as its own: "安全" of "燃气泄漏与安全" does not. */
static void gather_part(struct gather *g, uint32_t subject, struct str part)
{
        if (utf8_count(part) >= 2 && map_get(&g->terms, word_fold_text(g->arena, part)) == MAP_NONE)
                gather_term(g, subject, part);
}

/* Bytes of the joint that stands at byte @i of a name; 0 = none. */
static size_t joint_at(struct str name, size_t i)
{
        static const char *const joints[] = { "与", "和", "、" };
        for (size_t k = 0; k < COUNT(joints); k++)
                if (str_starts((struct str){ name.p + i, name.n - i }, str_of(joints[k])))
                        return strlen(joints[k]);
        return 0;
}

/* "停水与水压不足" is also 停水 and 水压不足. */
static void gather_parts(struct gather *g, uint32_t subject, struct str name)
{
        size_t from = 0;
        for (size_t i = 0; i < name.n; i++) {
                size_t joint = joint_at(name, i);
                if (joint == 0)
                        continue;
                gather_part(g, subject, (struct str){ name.p + from, i - from });
                from = i + joint;
        }
        if (from > 0)
                gather_part(g, subject, (struct str){ name.p + from, name.n - from });
}

static uint32_t terms_at_most(const struct subjects *all)
{
        uint32_t n = 0;
        for (uint32_t i = 0; i < all->n; i++)
                n += all->row[i].n_keywords + 2 + (uint32_t)all->row[i].name_zh.n / 3;
        return n;
}

static void gather_all(struct gather *g, const struct subjects *all)
{
        uint32_t most = terms_at_most(all);
        g->term = arena_array(g->arena, struct str, most);
        g->pair = arena_alloc_array(g->arena, most, sizeof *g->pair);
        map_init(&g->terms, g->arena, most);
        for (uint32_t i = 0; i < all->n; i++) {
                gather_term(g, i, all->row[i].name_zh);
                gather_term(g, i, all->row[i].name_en);
                for (uint32_t k = 0; k < all->row[i].n_keywords; k++)
                        gather_term(g, i, all->row[i].keywords[k]);
        }
        for (uint32_t i = 0; i < all->n; i++)
                gather_parts(g, i, all->row[i].name_zh);
}

/* A word that n subjects share tells a n-th as much about each. */
static uint32_t weight_of(const struct subjects *all, struct str term, uint32_t subject, uint32_t sharers)
{
        uint32_t share = all->row[subject].depth == 0 ? SHARE_ROOT : 100;
        uint32_t w = weight_of_length[length_of(term)] * share / 100 / sharers;
        return w ? w : 1;
}

static void index_terms(struct matcher *m, struct arena *a, const struct gather *g)
{
        m->term = g->term;
        m->first = arena_array(a, uint32_t, g->n_terms + 2);
        m->post = arena_array(a, struct term_post, g->n_pairs);
        for (uint32_t i = 0; i < g->n_pairs; i++)
                m->first[g->pair[i].term + 2]++;
        for (uint32_t t = 0; t < g->n_terms; t++)
                m->first[t + 2] += m->first[t + 1];
        for (uint32_t i = 0; i < g->n_pairs; i++) /* first[t + 1] walks from the start of t to its end */
                m->post[m->first[g->pair[i].term + 1]++].subject = g->pair[i].subject;
        for (uint32_t t = 0; t < g->n_terms; t++)
                for (uint32_t k = m->first[t]; k < m->first[t + 1]; k++)
                        m->post[k].weight =
                                weight_of(m->subjects, m->term[t], m->post[k].subject, m->first[t + 1] - m->first[t]);
        words_init(&m->words, a, m->term, g->n_terms);
}

/* ---- matching ---- */

struct scoring {
        const struct matcher *m;
        uint32_t *own;     /* per subject: weight of its own words */
        uint32_t *family;  /* per root: weight of all words of its tree */
        uint32_t *touched; /* subjects with own > 0, in the order of finding */
        uint32_t n_touched;
        uint8_t *seen; /* per term: times found */
        struct word_hits title, text;
};

static void score_term(struct scoring *s, uint32_t term, uint32_t factor)
{
        const struct matcher *m = s->m;
        if (s->seen[term] >= REPEATS)
                return;
        uint32_t again = 1u << s->seen[term]++; /* said twice is not twice as true: 1, 1/2, 1/4 */
        for (uint32_t k = m->first[term]; k < m->first[term + 1]; k++) {
                const struct term_post *p = &m->post[k];
                uint32_t w = 1 + p->weight * factor / again;
                if (s->own[p->subject] == 0)
                        s->touched[s->n_touched++] = p->subject;
                s->own[p->subject] += w;
                s->family[m->root[p->subject]] += w;
        }
}

/* Every word before byte @head counts HEAD_FACTOR times. */
static void score_hits(struct scoring *s, const struct word_hits *hits, size_t head)
{
        for (uint32_t i = 0; i < hits->n; i++)
                score_term(s, hits->row[i].word, hits->row[i].at < head ? HEAD_FACTOR : 1);
}

/* What speaks for the subjects above speaks for this one; what speaks for its other relatives, a quarter. */
static uint32_t total_of(const struct scoring *s, uint32_t subject)
{
        const struct subjects *all = s->m->subjects;
        uint32_t line = 0;
        for (uint32_t at = subject; at != SUBJECT_NONE; at = all->row[at].up)
                line += s->own[at];
        return line + (s->family[s->m->root[subject]] - line) / 4;
}

struct ranked {
        uint32_t subject, score;
};

static bool ranks_before(const struct subjects *all, struct ranked a, struct ranked b)
{
        if (a.score != b.score)
                return a.score > b.score;
        if (all->row[a.subject].depth != all->row[b.subject].depth)
                return all->row[a.subject].depth > all->row[b.subject].depth;
        return a.subject < b.subject;
}

/* The best few, best first: insertion into a short list. */
struct podium {
        struct ranked row[1 + MATCH_OTHERS];
        uint32_t n;
};

static void podium_add(struct podium *p, const struct subjects *all, struct ranked r)
{
        uint32_t at = p->n;
        while (at > 0 && ranks_before(all, r, p->row[at - 1]))
                at--;
        if (at == COUNT(p->row))
                return;
        uint32_t last = p->n < COUNT(p->row) ? p->n++ : COUNT(p->row) - 1;
        memmove(&p->row[at + 1], &p->row[at], (last - at) * sizeof p->row[0]);
        p->row[at] = r;
}

static bool speaks_for(const struct matcher *m, uint32_t term, uint32_t subject)
{
        for (uint32_t k = m->first[term]; k < m->first[term + 1]; k++)
                if (subject_covers(m->subjects, m->post[k].subject, subject))
                        return true;
        return false;
}

static void keep_words(const struct scoring *s, const struct word_hits *hits, struct str where, bool in_title,
                       struct match *ret)
{
        for (uint32_t i = 0; i < hits->n && ret->n_words < MATCH_WORDS; i++) {
                const struct word_hit *h = &hits->row[i];
                if (!speaks_for(s->m, h->word, ret->subject))
                        continue;
                struct match_word w = { .text = { where.p + h->at, h->n }, .at = h->at, .in_title = in_title };
                bool again = false;
                for (uint32_t k = 0; k < ret->n_words && !again; k++)
                        again = str_eq(ret->words[k].text, w.text);
                if (!again)
                        ret->words[ret->n_words++] = w;
        }
}

static void keep_others(const struct podium *p, uint32_t best, struct match *ret)
{
        for (uint32_t i = best; i < p->n && ret->n_others < MATCH_OTHERS; i++)
                ret->others[ret->n_others++] = (struct match_other){ p->row[i].subject, (int32_t)p->row[i].score };
}

static void by_keywords(struct scoring *s, const struct match_in *in, struct match *ret)
{
        const struct subjects *all = s->m->subjects;
        struct podium p = { .n = 0 };
        for (uint32_t i = 0; i < s->n_touched; i++)
                podium_add(&p, all, (struct ranked){ s->touched[i], total_of(s, s->touched[i]) });

        uint32_t top = p.row[0].score, second = p.n > 1 ? p.row[1].score : 0;
        uint64_t sum = (uint64_t)top + second + CLEAR_AT;
        *ret = (struct match){ .how = MATCH_KEYWORD,
                               .subject = p.row[0].subject,
                               .score = (int32_t)((uint64_t)top * 1000 / sum) };
        for (uint32_t i = 1; i < p.n; i++)
                p.row[i].score = (uint32_t)((uint64_t)p.row[i].score * 1000 / sum);
        keep_words(s, &s->title, in->title, true, ret);
        keep_words(s, &s->text, in->text, false, ret);
        keep_others(&p, 1, ret);
}

static void by_ngrams(const struct matcher *m, struct arena *a, const struct match_in *in, struct match *ret)
{
        uint32_t *score = arena_array(a, uint32_t, m->subjects->n);
        ngrams_score(&m->ngrams, a, in->title, in->text, score);
        struct podium p = { .n = 0 };
        for (uint32_t i = 0; i < m->subjects->n; i++)
                if (score[i] > 0)
                        podium_add(&p, m->subjects, (struct ranked){ i, score[i] });

        bool found = p.n > 0 && p.row[0].score >= NGRAM_FLOOR;
        *ret = (struct match){ .how = found ? MATCH_NGRAM : MATCH_DESK,
                               .subject = found ? p.row[0].subject : SUBJECT_NONE,
                               .score = p.n ? (int32_t)p.row[0].score : 0 };
        keep_others(&p, found ? 1 : 0, ret);
}

static void classify(const struct classifier *self, struct arena *a, const struct match_in *in, struct match *ret)
{
        const struct matcher *m = (const struct matcher *)self;
        struct scoring s = { .m = m };
        words_find(&m->words, a, in->title, &s.title);
        words_find(&m->words, a, in->text, &s.text);
        if (s.title.n + s.text.n == 0) {
                by_ngrams(m, a, in, ret);
                return;
        }
        s.own = arena_array(a, uint32_t, m->subjects->n);
        s.family = arena_array(a, uint32_t, m->subjects->n);
        s.touched = arena_array(a, uint32_t, m->subjects->n);
        s.seen = arena_alloc(a, m->words.n);
        score_hits(&s, &s.title, SIZE_MAX);
        score_hits(&s, &s.text, in->title.n ? 0 : HEAD_BYTES);
        by_keywords(&s, in, ret);
}

struct matcher *matcher_new(struct arena *a, const struct subjects *all)
{
        struct matcher *m = arena_new(a, struct matcher);
        m->as = (struct classifier){ .name = "words-1", .classify = classify };
        m->subjects = all;
        m->root = arena_array(a, uint32_t, all->n);
        for (uint32_t i = 0; i < all->n; i++)
                for (uint32_t up = i; up != SUBJECT_NONE; up = all->row[up].up)
                        m->root[i] = up;
        struct gather g = { .arena = a };
        gather_all(&g, all);
        index_terms(m, a, &g);
        ngrams_init(&m->ngrams, a, all);
        return m;
}

const struct classifier *matcher_classifier(const struct matcher *m)
{
        return &m->as;
}

static void put_choice_first(uint32_t choice, struct match *m)
{
        struct match_other said[1 + MATCH_OTHERS];
        uint32_t n = 0;
        if (m->subject != SUBJECT_NONE)
                said[n++] = (struct match_other){ m->subject, m->score };
        memcpy(said + n, m->others, m->n_others * sizeof said[0]);
        n += m->n_others;
        bool agrees = m->subject == choice;
        m->how = MATCH_CHOICE;
        m->subject = choice;
        m->score = 1000;
        m->n_words = agrees ? m->n_words : 0;
        m->n_others = 0;
        for (uint32_t i = 0; i < n && m->n_others < MATCH_OTHERS; i++)
                if (said[i].subject != choice)
                        m->others[m->n_others++] = said[i];
}

void match_subject(const struct subjects *all, const struct classifier *c, struct arena *a, const struct match_in *in,
                   struct match *ret)
{
        uint32_t choice = in->choice.n ? subject_find(all, in->choice) : SUBJECT_NONE;
        c->classify(c, a, in, ret);
        if (choice != SUBJECT_NONE)
                put_choice_first(choice, ret);
}

/* ---- suggestions ---- */

struct suggestions {
        uint32_t *row, n, max;
};

static void suggest_add(struct suggestions *s, uint32_t subject)
{
        if (subject == SUBJECT_NONE || s->n == s->max)
                return;
        for (uint32_t i = 0; i < s->n; i++)
                if (s->row[i] == subject)
                        return;
        s->row[s->n++] = subject;
}

uint32_t match_suggest(const struct matcher *m, struct arena *a, struct str typed, uint32_t *ret, uint32_t max)
{
        struct suggestions s = { .row = ret, .max = max };
        struct str folded = str_trim(word_fold_text(a, typed));
        if (folded.n == 0)
                return 0;
        for (uint32_t t = 0; t < m->words.n && s.n < max; t++)
                if (str_starts(m->term[t], folded))
                        for (uint32_t k = m->first[t]; k < m->first[t + 1]; k++)
                                suggest_add(&s, m->post[k].subject);
        struct match found;
        struct match_in in = { .text = typed };
        classify(&m->as, a, &in, &found);
        suggest_add(&s, found.subject);
        for (uint32_t i = 0; i < found.n_others; i++)
                suggest_add(&s, found.others[i].subject);
        return s.n;
}
