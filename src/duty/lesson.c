#include "duty/lesson.h"
#include <stdlib.h>
#include "duty/inner/words.h"

enum { PIECE_MIN = 2, PIECE_MAX = 4 };
enum { TEXT_CHARS = 200 };   /* of one text: what matters is said at its beginning */
enum { GROUP_MAX = 200 };    /* corrections of one kind that are read */
enum { PIECES_KEPT = 64, PIECES_TRIED = 8 };

/* One kind of correction: all that the desk sent to one subject. */
struct group {
        uint32_t to, n;
        uint32_t *sample;
};

struct piece {
        struct str text;
        uint32_t at, last, n, others; /* which it was of all; sample seen last + 1; corrections of the group with it; matters of other subjects with it */
};

struct study {
        struct arena *a;
        const struct subjects *all;
        const struct lesson_sample *sample;
        uint32_t n, good;
        uint32_t *now; /* where the words lead today */
        lesson_never *never;
        void *self;
};

static uint32_t found_by(const struct matcher *m, const struct lesson_sample *s)
{
        ARENA_AUTO scratch = { 0 };
        struct match found;
        const struct classifier *c = matcher_classifier(m);
        c->classify(c, &scratch, &(struct match_in){ .choice = STR(""), .title = s->title, .text = s->text }, &found);
        return found.subject;
}

/* ---- kinds of corrections ---- */

static struct group *group_of(struct group *g, uint32_t *n, uint32_t max, uint32_t to)
{
        for (uint32_t i = 0; i < *n; i++)
                if (g[i].to == to)
                        return &g[i];
        if (*n == max)
                return NULL;
        g[*n] = (struct group){ .to = to };
        return &g[(*n)++];
}

/* Said twice in the same words may be one person: it counts once. */
static bool said_before(const struct study *s, const struct group *g, uint32_t at)
{
        for (uint32_t i = 0; i < g->n; i++)
                if (str_eq(s->sample[g->sample[i]].text, s->sample[at].text))
                        return true;
        return false;
}

static int larger_first(const void *x, const void *y)
{
        const struct group *a = x, *b = y;
        if (a->n != b->n)
                return a->n > b->n ? -1 : 1;
        return (a->to > b->to) - (a->to < b->to);
}

static uint32_t groups_of(const struct study *s, struct group *g, uint32_t max)
{
        uint32_t n = 0;
        for (uint32_t i = 0; i < s->n; i++) {
                const struct lesson_sample *x = &s->sample[i];
                struct group *of = x->corrected && s->now[i] != x->is ? group_of(g, &n, max, x->is) : NULL;
                if (!of || of->n == GROUP_MAX || said_before(s, of, i))
                        continue;
                if (!of->sample)
                        of->sample = arena_array(s->a, uint32_t, GROUP_MAX);
                of->sample[of->n++] = i;
        }
        if (n > 1)
                qsort(g, n, sizeof(*g), larger_first);
        return n;
}

/* ---- pieces that they share ---- */

struct pieces {
        struct arena *a;
        struct map at;
        struct piece *row;
        uint32_t n, cap;
};

static bool han(uint32_t c)
{
        return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF);
}

static void piece_add(struct pieces *p, struct str text, uint32_t sample)
{
        if (p->n == p->cap)
                return;
        uint32_t at = map_put(&p->at, p->a, text, p->n);
        if (at == MAP_NONE) {
                at = p->n++;
                p->row[at] = (struct piece){ .text = text, .at = at };
        }
        if (p->row[at].last != sample + 1)
                p->row[at].n++;
        p->row[at].last = sample + 1;
}

static void pieces_of(struct pieces *p, struct str text, uint32_t sample)
{
        text.n = utf8_prefix(text, TEXT_CHARS);
        for (size_t i = 0; i < text.n;) {
                size_t end = i, chars = 0, next = i;
                while (end < text.n && chars < PIECE_MAX && han(word_next(text, &end))) {
                        next = chars == 0 ? end : next;
                        if (++chars >= PIECE_MIN)
                                piece_add(p, (struct str){ text.p + i, end - i }, sample);
                }
                i = chars ? next : end;
        }
}

/* Part of a longer piece that stands wherever it does says less. */
static bool said_by_longer(const struct piece *row, uint32_t n, uint32_t at)
{
        for (uint32_t i = 0; i < n; i++)
                if (i != at && row[i].n == row[at].n && row[i].text.n > row[at].text.n && str_find(row[i].text, row[at].text) >= 0)
                        return true;
        return false;
}

static bool is_word(const struct study *s, struct str text)
{
        for (uint32_t i = 0; i < s->all->n; i++) {
                const struct subject *x = &s->all->row[i];
                if (str_eq(x->name_zh, text))
                        return true;
                for (uint32_t k = 0; k < x->n_keywords; k++)
                        if (str_eq(x->keywords[k], text))
                                return true;
        }
        return false;
}

static int commoner_first(const void *x, const void *y)
{
        const struct piece *a = x, *b = y;
        if (a->n != b->n)
                return a->n > b->n ? -1 : 1;
        return a->text.n != b->text.n ? (a->text.n > b->text.n ? -1 : 1) : (a->at > b->at) - (a->at < b->at);
}

static int telling_first(const void *x, const void *y)
{
        const struct piece *a = x, *b = y;
        int64_t p = (int64_t)a->n - a->others, q = (int64_t)b->n - b->others;
        return p != q ? (p > q ? -1 : 1) : commoner_first(x, y);
}

static void count_others(const struct study *s, const struct group *g, struct piece *p)
{
        for (uint32_t i = 0; i < s->n; i++)
                p->others += s->sample[i].is != g->to && (str_find(s->sample[i].text, p->text) >= 0 || str_find(s->sample[i].title, p->text) >= 0);
}

/* Those that tell this kind from everything else, the best first. Returns how many. */
static uint32_t telling(const struct study *s, const struct group *g, struct piece *ret)
{
        ARENA_AUTO scratch = { 0 };
        struct pieces p = { .a = &scratch, .cap = g->n * 2 * TEXT_CHARS * (PIECE_MAX - PIECE_MIN + 1) };
        uint32_t kept = 0, n = 0;
        p.row = arena_array(&scratch, struct piece, p.cap);
        map_init(&p.at, &scratch, p.cap);
        for (uint32_t i = 0; i < g->n; i++) {
                pieces_of(&p, s->sample[g->sample[i]].title, g->sample[i]);
                pieces_of(&p, s->sample[g->sample[i]].text, g->sample[i]);
        }
        for (uint32_t i = 0; i < p.n; i++)
                if (p.row[i].n >= LESSON_LEAST)
                        p.row[kept++] = p.row[i];
        qsort(p.row, kept, sizeof(*p.row), commoner_first);
        for (uint32_t i = 0; i < kept && n < PIECES_KEPT; i++)
                if (!said_by_longer(p.row, kept, i) && !is_word(s, p.row[i].text) && !s->never(s->self, g->to, p.row[i].text)) {
                        ret[n] = p.row[i];
                        count_others(s, g, &ret[n]);
                        n += ret[n].n > ret[n].others;
                }
        qsort(ret, n, sizeof(*ret), telling_first);
        return n < PIECES_TRIED ? n : PIECES_TRIED;
}

/* ---- tried out on all ---- */

/* The catalogue with @l's words beside the keywords of their subject. */
static struct subjects taught(struct arena *a, const struct subjects *all, const struct lesson *l)
{
        struct subjects t = *all;
        t.row = arena_array(a, struct subject, all->n);
        memcpy(t.row, all->row, all->n * sizeof(*t.row));
        struct subject *to = &t.row[l->to];
        to->keywords = arena_array(a, struct str, to->n_keywords + l->n_words);
        for (uint32_t i = 0; i < to->n_keywords; i++)
                to->keywords[i] = all->row[l->to].keywords[i];
        for (uint32_t i = 0; i < l->n_words; i++)
                to->keywords[to->n_keywords++] = l->word[i].text;
        return t;
}

static void try_out(const struct study *s, const struct group *g, struct lesson *l)
{
        ARENA_AUTO scratch = { 0 };
        struct subjects t = taught(&scratch, s->all, l);
        const struct matcher *m = matcher_new(&scratch, &t);
        l->right = l->wrong = 0;
        for (uint32_t i = 0; i < g->n; i++)
                l->right += found_by(m, &s->sample[g->sample[i]]) == g->to;
        for (uint32_t i = 0; i < s->n; i++)
                l->wrong += s->now[i] == s->sample[i].is && found_by(m, &s->sample[i]) != s->sample[i].is;
}

static int64_t worth(const struct lesson *l)
{
        return (int64_t)l->right - l->wrong;
}

/* Where LESSON_LEAST of them and more lead today. */
static uint32_t from_of(const struct study *s, const struct group *g)
{
        uint32_t best = SUBJECT_NONE, most = LESSON_LEAST - 1;
        for (uint32_t i = 0; i < g->n; i++) {
                uint32_t there = s->now[g->sample[i]], n = 0;
                for (uint32_t k = 0; k < g->n; k++)
                        n += s->now[g->sample[k]] == there;
                if (n > most) {
                        most = n;
                        best = there;
                }
        }
        return best;
}

static bool study_group(const struct study *s, const struct group *g, struct lesson *ret)
{
        struct piece p[PIECES_KEPT];
        uint32_t n = telling(s, g, p);
        *ret = (struct lesson){ .from = from_of(s, g), .to = g->to, .corrected = g->n, .good = s->good };
        for (uint32_t i = 0; i < n && ret->n_words < LESSON_WORDS && ret->right < g->n; i++) {
                struct lesson more = *ret;
                more.word[more.n_words++] = (struct lesson_word){ p[i].text, p[i].n };
                try_out(s, g, &more);
                if (worth(&more) > worth(ret))
                        *ret = more;
        }
        return ret->n_words > 0 && ret->right >= LESSON_LEAST;
}

void lessons_find(struct arena *a, const struct subjects *all, const struct lesson_sample *sample, uint32_t n, lesson_never *never, void *self,
                  struct lessons *ret)
{
        struct study s = { .a = a, .all = all, .sample = sample, .n = n < LESSON_SAMPLES_MAX ? n : LESSON_SAMPLES_MAX, .never = never, .self = self };
        const struct matcher *m = matcher_new(a, all);
        struct group *g = arena_array(a, struct group, LESSON_SAMPLES_MAX);
        s.now = arena_array(a, uint32_t, s.n);
        for (uint32_t i = 0; i < s.n; i++) {
                s.now[i] = found_by(m, &sample[i]);
                s.good += s.now[i] == sample[i].is;
        }
        uint32_t groups = groups_of(&s, g, LESSON_SAMPLES_MAX);
        ret->n = 0;
        for (uint32_t i = 0; i < groups && ret->n < LESSONS_MAX && g[i].n >= LESSON_LEAST; i++)
                ret->n += study_group(&s, &g[i], &ret->row[ret->n]);
}
