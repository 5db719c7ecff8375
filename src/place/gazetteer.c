#include "place/gazetteer.h"
#include <math.h>
#include "place/inner/kinds_said.h"
#include "place/spoken.h"

const char *found_how_name(enum found_how how)
{
        static const char *const names[FOUND_HOWS] = { "number", "name", "alias", "said", "short", "offset", "alike" };
        return names[how];
}

struct say found_how_say(enum found_how how)
{
        static const struct say says[FOUND_HOWS] = {
                { "设施编号", "number of a thing" },       { "标准名称", "its name" },
                { "别名或旧名", "another or older name" }, { "大家的叫法", "what people call it" },
                { "简称", "a shortened name" },            { "从地标推算", "reckoned from a landmark" },
                { "写法相近", "written alike" },
        };
        return says[how];
}

/* ---- the table ---------------------------------------------------------------------------------------------------------- */

struct entry {
        enum found_how how;
        uint32_t place, thing; /* rows; MAP_NONE */
        const struct alias *alias; /* in force on some days; NULL = always */
        uint32_t next;         /* of the same form, or MAP_NONE */
};
struct gazetteer {
        const struct places *places;
        const struct things *things;
        struct map by_form; /* to the first of its chain */
        struct entry *entry;
        struct str *form; /* of each entry */
        uint32_t *tail;
        uint32_t n, most;
        size_t longest; /* bytes of the longest form */
};

static void add(struct gazetteer *g, struct arena *a, struct str form, struct entry e)
{
        if (form.n == 0 || g->n == g->most)
                return;
        uint32_t at = g->n++;
        e.next = MAP_NONE;
        g->entry[at] = e;
        g->form[at] = form;
        g->tail[at] = at;
        if (form.n > g->longest)
                g->longest = form.n;
        uint32_t first = map_put(&g->by_form, a, form, at);
        if (first == MAP_NONE)
                return;
        g->entry[g->tail[first]].next = at;
        g->tail[first] = at;
}

/* 桂花坪社区 is 桂花坪 to those who live there; two characters must be left. */
static struct str shortened(enum place_kind kind, struct str form)
{
        static const char *const ends[] = { "街道办事处", "街道", "社区", "小区", "镇", "乡", "村" };
        if (kind < PLACE_TOWNSHIP || kind > PLACE_GRID)
                return (struct str){ 0 };
        for (size_t i = 0; i < COUNT(ends); i++) {
                size_t n = strlen(ends[i]);
                if (str_ends(form, str_of(ends[i])) && form.n >= n + 6)
                        return (struct str){ form.p, form.n - n };
        }
        return (struct str){ 0 };
}

static void add_place(struct gazetteer *g, struct arena *a, uint32_t row)
{
        const struct place *p = &g->places->row[row];
        struct entry e = { .how = FOUND_NAME, .place = row, .thing = MAP_NONE };
        struct str form = spoken_form(a, p->name), shorter = shortened(p->kind, form);
        add(g, a, form, e);
        e.how = FOUND_ALIAS;
        for (size_t i = 0; i < p->n_aliases; i++) {
                struct str other = spoken_form(a, p->aliases[i]);
                if (!str_eq(other, form))
                        add(g, a, other, e);
                if (str_eq(other, shorter))
                        shorter = (struct str){ 0 };
        }
        e.how = FOUND_SHORT;
        if (shorter.n)
                add(g, a, shorter, e);
}

static size_t alias_count(const struct places *ps)
{
        size_t n = 0;
        for (size_t i = 0; i < ps->n; i++)
                n += ps->row[i].n_aliases;
        return n;
}

/* The number at the end of a thing's code: lamp-003 is number 3; -1 when there is none. */
static int64_t number_of(struct str code)
{
        size_t at = code.n;
        int64_t n;
        while (at > 0 && code.p[at - 1] >= '0' && code.p[at - 1] <= '9')
                at--;
        spoken_number_at((struct str){ code.p + at, code.n - at }, &n);
        return at == code.n ? -1 : n;
}

/* Things are found by kind and number under a form that nobody says: "lamp#3". */
static struct str number_form(struct arena *a, struct str kind, int64_t number)
{
        return str_printf(a, STR_FMT "#%lld", STR_ARG(kind), (long long)number);
}

static void add_thing(struct gazetteer *g, struct arena *a, uint32_t row)
{
        const struct thing *t = &g->things->row[row];
        struct entry e = { .how = FOUND_NUMBER, .place = MAP_NONE, .thing = row };
        int64_t number = number_of(t->code);
        uint32_t at = t->place.n ? map_get(&g->places->by_code, t->place) : MAP_NONE;
        e.place = at;
        add(g, a, spoken_form(a, t->code), e);
        if (number >= 0)
                add(g, a, number_form(a, t->kind, number), e);
}

const struct gazetteer *gazetteer_new(struct arena *a, const struct places *ps, const struct things *ts, const struct aliases *as)
{
        struct gazetteer *g = arena_new(a, struct gazetteer);
        size_t most = 2 * ps->n + alias_count(ps) + 2 * ts->n + as->n + 1;
        *g = (struct gazetteer){ .places = ps, .things = ts, .most = (uint32_t)most, .entry = arena_array(a, struct entry, most),
                                 .form = arena_array(a, struct str, most), .tail = arena_array(a, uint32_t, most) };
        map_init(&g->by_form, a, most);
        for (uint32_t i = 0; i < ps->n; i++)
                add_place(g, a, i);
        for (uint32_t i = 0; i < ts->n; i++)
                add_thing(g, a, i);
        for (size_t i = 0; i < as->n; i++) {
                const struct alias *x = &as->row[i];
                uint32_t thing = x->thing.n ? map_get(&ts->by_code, x->thing) : MAP_NONE;
                struct str at = thing == MAP_NONE ? x->place : ts->row[thing].place;
                add(g, a, spoken_form(a, x->said),
                    (struct entry){ .how = FOUND_SAID, .place = at.n ? map_get(&ps->by_code, at) : MAP_NONE, .thing = thing, .alias = x });
        }
        return g;
}

/* ---- reading what was said ----------------------------------------------------------------------------------------------- */

#define SPANS_MAX 16
#define MEANS_MAX 64

/* A stretch of the form that is a name, where its meanings begin, and which places and things they are: a name like 1号楼 has as many
 * as the town has estates, and each reading of another name asks whether one of them stands around it. */
struct span {
        struct str text;
        uint32_t first;
        uint8_t *place, *thing; /* bits of rows */
        bool mark;              /* a direction follows: where it is reckoned from */
};
#define CHAIN_MAX 4096
struct hearing {
        const struct gazetteer *g;
        struct arena *a;
        const struct locator *ground;
        struct day on;
        struct str form;
        struct span span[SPANS_MAX];
        size_t n_spans;
        struct spoken_offset offset;
        bool offset_said, unexplained;
};

static bool means(const struct hearing *h, const struct entry *e)
{
        return !e->alias || alias_in_force(e->alias, h->on);
}

/* The first entry of the chain that is in force. */
static uint32_t first_of(const struct hearing *h, struct str form)
{
        uint32_t i = map_get(&h->g->by_form, form);
        while (i != MAP_NONE && !means(h, &h->g->entry[i]))
                i = h->g->entry[i].next;
        return i;
}

static bool digit(char c)
{
        return c >= '0' && c <= '9';
}

static bool letter(char c)
{
        return c >= 'a' && c <= 'z';
}

/* No name begins or ends inside a number or a word: 1号楼 is not in 21号楼. */
static bool parted(struct str form, size_t at)
{
        if (at == 0 || at == form.n)
                return true;
        char l = form.p[at - 1], r = form.p[at];
        return !(digit(l) && digit(r)) && !(letter(l) && letter(r)) && ((unsigned char)r & 0xC0) != 0x80;
}

static size_t name_at(const struct hearing *h, size_t at, uint32_t *ret)
{
        size_t most = h->form.n - at;
        if (most > h->g->longest)
                most = h->g->longest;
        if (!parted(h->form, at))
                return 0;
        for (size_t n = most; n > 0; n--) {
                if (!parted(h->form, at + n))
                        continue;
                *ret = first_of(h, (struct str){ h->form.p + at, n });
                if (*ret != MAP_NONE)
                        return n;
        }
        return 0;
}

/* "灯杆3号", "3号灯杆", "路灯杆编号3": a kind of thing and a number, in either order. Chains of all kinds that the word may mean. */
static size_t thing_at(const struct hearing *h, size_t at, uint32_t *ret)
{
        struct str rest = { h->form.p + at, h->form.n - at };
        struct numbered said;
        size_t n = parted(h->form, at) ? kind_said_at(rest, &said) : 0;
        *ret = MAP_NONE;
        for (size_t i = 0; n > 0 && i < said.n_kinds && *ret == MAP_NONE; i++)
                *ret = first_of(h, number_form(h->a, str_of(said.kind[i]), said.number));
        return *ret == MAP_NONE || !parted(h->form, at + n) ? 0 : n;
}

static bool bit(const uint8_t *set, uint32_t row)
{
        return row != MAP_NONE && (set[row / 8] >> row % 8 & 1);
}

static void set_bit(uint8_t *set, uint32_t row)
{
        if (row != MAP_NONE)
                set[row / 8] |= (uint8_t)(1 << row % 8);
}

static void keep_span(struct hearing *h, size_t at, size_t n, uint32_t first)
{
        if (h->n_spans == SPANS_MAX) {
                h->unexplained = true;
                return;
        }
        struct span *s = &h->span[h->n_spans++];
        *s = (struct span){ .text = { h->form.p + at, n }, .first = first, .place = arena_array(h->a, uint8_t, h->g->places->n / 8 + 1),
                            .thing = arena_array(h->a, uint8_t, h->g->things->n / 8 + 1) };
        size_t steps = 0;
        for (uint32_t i = first; i != MAP_NONE && steps < CHAIN_MAX; i = h->g->entry[i].next, steps++) {
                const struct entry *e = &h->g->entry[i];
                if (!means(h, e))
                        continue;
                if (e->thing != MAP_NONE)
                        set_bit(s->thing, e->thing);
                else
                        set_bit(s->place, e->place);
        }
}

/* Whatever begins here, the longer of a thing and a name; then directions; then words that say nothing. Bytes taken, at least one. */
static size_t hear_at(struct hearing *h, size_t at)
{
        uint32_t name = MAP_NONE, thing = MAP_NONE;
        struct str rest = { h->form.p + at, h->form.n - at };
        struct spoken_offset offset;
        size_t n_name = name_at(h, at, &name), n_thing = thing_at(h, at, &thing);
        if (n_name || n_thing) {
                keep_span(h, at, n_thing > n_name ? n_thing : n_name, n_thing > n_name ? thing : name);
                return n_thing > n_name ? n_thing : n_name;
        }
        size_t n = spoken_offset_at(rest, &offset);
        if (n) {
                struct span *last = h->n_spans ? &h->span[h->n_spans - 1] : NULL;
                bool follows = last && last->text.p + last->text.n == rest.p;
                h->unexplained = h->unexplained || h->offset_said || !follows;
                if (follows)
                        last->mark = true;
                h->offset_said = true;
                h->offset = offset;
                return n;
        }
        n = spoken_filler_at(rest);
        h->unexplained = h->unexplained || n == 0;
        return n ? n : 1;
}

/* ---- putting the names together ------------------------------------------------------------------------------------------- */

/* Is @outer the same, or a place around it? */
static bool around(const struct gazetteer *g, const struct entry *inner, const struct entry *outer)
{
        if (outer->thing != MAP_NONE)
                return outer->thing == inner->thing;
        for (uint32_t i = inner->place; i != MAP_NONE; i = g->places->row[i].up)
                if (i == outer->place)
                        return true;
        return false;
}

/* Does one meaning of the name @s stand around @e, or is it? */
static bool backs(const struct hearing *h, const struct span *s, const struct entry *e)
{
        if (bit(s->thing, e->thing))
                return true;
        for (uint32_t i = e->place; i != MAP_NONE; i = h->g->places->row[i].up)
                if (bit(s->place, i))
                        return true;
        return false;
}

/* One reading of one name, and how many of the other names stand around it. */
struct meaning {
        const struct entry *e;
        const struct span *span;
        size_t backed;
};

static int narrow(const struct gazetteer *g, const struct entry *e)
{
        return e->thing != MAP_NONE ? 100 : e->place != MAP_NONE ? (int)g->places->row[e->place].kind : 0;
}

static bool before(const struct gazetteer *g, const struct meaning *x, const struct meaning *y)
{
        if (x->backed != y->backed)
                return x->backed > y->backed;
        if (narrow(g, x->e) != narrow(g, y->e))
                return narrow(g, x->e) > narrow(g, y->e);
        return x->e->how != y->e->how ? x->e->how < y->e->how : x->span->text.n > y->span->text.n;
}

/* "Somewhere in the township" is no place to send anybody to. */
static bool placeable(const struct gazetteer *g, const struct entry *e)
{
        return e->thing != MAP_NONE || (e->place != MAP_NONE && g->places->row[e->place].kind >= PLACE_COMMUNITY);
}

static bool same_meaning(const struct entry *x, const struct entry *y)
{
        return x->place == y->place && x->thing == y->thing;
}

/* Kept sorted, the first FOUND_MAX and a few more; *ret_all: none had to be left out. */
static size_t meanings(const struct hearing *h, struct meaning *all, bool *ret_all)
{
        size_t n = 0;
        *ret_all = true;
        for (size_t s = 0; s < h->n_spans; s++) {
                size_t steps = 0;
                for (uint32_t i = h->span[s].first; i != MAP_NONE && steps < CHAIN_MAX; i = h->g->entry[i].next, steps++) {
                        const struct entry *e = &h->g->entry[i];
                        struct meaning m = { e, &h->span[s], 0 };
                        size_t at = 0, known = 0;
                        if (!means(h, e) || !placeable(h->g, e))
                                continue;
                        for (size_t k = 0; k < h->n_spans; k++)
                                m.backed += backs(h, &h->span[k], e);
                        while (known < n && !same_meaning(all[known].e, e))
                                known++;
                        if (known < n)
                                continue;
                        while (at < n && !before(h->g, &m, &all[at]))
                                at++;
                        *ret_all = *ret_all && n < MEANS_MAX;
                        if (at == MEANS_MAX)
                                continue;
                        size_t move = n < MEANS_MAX ? n : MEANS_MAX - 1;
                        memmove(&all[at + 1], &all[at], (move - at) * sizeof(all[0]));
                        all[at] = m;
                        n = move + 1;
                }
                *ret_all = *ret_all && steps < CHAIN_MAX;
        }
        return n;
}

static bool exact(enum found_how how)
{
        return how <= FOUND_SAID;
}

/* The thing of kind building that stands for a building's point. */
static const struct thing *building_thing(const struct gazetteer *g, const struct place *p)
{
        for (size_t i = 0; p && p->kind >= PLACE_BUILDING && i < g->things->n; i++)
                if (g->things->row[i].has_point && str_eq(g->things->row[i].place, p->code) && str_is(g->things->row[i].kind, "building"))
                        return &g->things->row[i];
        return NULL;
}

static const struct thing *standing(const struct gazetteer *g, const struct entry *e)
{
        if (e->thing != MAP_NONE)
                return g->things->row[e->thing].has_point ? &g->things->row[e->thing] : NULL;
        return building_thing(g, e->place == MAP_NONE ? NULL : &g->places->row[e->place]);
}

/* A landmark that a numbered thing was reckoned from tells whether it is that thing: not one that stands a walk away. */
#define MARK_METRES 1000.0

static bool marks(const struct hearing *h, const struct span *s, const struct entry *e)
{
        const struct thing *from = standing(h->g, &h->g->entry[s->first]), *to = standing(h->g, e);
        return s->mark && e->thing != MAP_NONE && (!from || !to || point_metres(from->point, to->point) <= MARK_METRES);
}

/* The first is certain when every name that was said is it, stands around it or leads to it, nothing else reads so, and nothing was
 * left over. What was reckoned from it is not it. */
static bool certain(const struct hearing *h, const struct meaning *all, size_t n, bool whole)
{
        if (!whole || h->unexplained || all[0].span->mark || !exact(all[0].e->how))
                return false;
        for (size_t k = 0; k < h->n_spans; k++)
                if (!backs(h, &h->span[k], all[0].e) && !marks(h, &h->span[k], all[0].e))
                        return false;
        for (size_t i = 1; i < n && all[i].backed == all[0].backed; i++)
                if (!around(h->g, all[0].e, all[i].e) && !all[i].span->mark)
                        return false;
        return true;
}

static void take_point(const struct hearing *h, struct place_hit *f)
{
        struct located at;
        struct locate_in in = { .has_point = true, .p = f->point, .datum = DATUM_WGS84, .accuracy_m = -1, .on = h->on };
        if (!f->has_point || !h->ground || locate(h->ground, &in, &at, NULL) != OK)
                return;
        f->located = at.how;
        if (at.how != LOCATED_DESK)
                f->place = place_find(h->g->places, at.building.n ? at.building : at.grid);
}

static struct place_hit found_of(const struct hearing *h, const struct meaning *m)
{
        const struct entry *e = m->e;
        struct place_hit f = { .how = e->how, .words = m->span->text, .percent = 100, .located = LOCATED_INSIDE };
        if (e->place != MAP_NONE)
                f.place = &h->g->places->row[e->place];
        if (e->thing != MAP_NONE)
                f.thing = &h->g->things->row[e->thing];
        if (f.thing && f.thing->has_point) {
                f.has_point = true;
                f.point = f.thing->point;
        }
        if (!f.place)
                take_point(h, &f);
        return f;
}

/* ---- so far from a landmark ------------------------------------------------------------------------------------------------ */

/* Without metres the landmark's neighbourhood is all that was said: about a street's width and a house away. */
#define BESIDE_METRES 40
#define EIGHTH 0.78539816339744831 /* of a turn, in radians */

static bool reckon(const struct hearing *h, const struct place_hit *mark, struct place_hit *ret)
{
        const struct thing *t = mark->thing && mark->thing->has_point ? mark->thing : building_thing(h->g, mark->place);
        if (!t || !h->offset_said || h->offset.opposite || h->offset.crossings)
                return false;
        double metres = h->offset.metres ? h->offset.metres : BESIDE_METRES, turn = (h->offset.side - SIDE_N) * EIGHTH;
        struct degree_metres degree = degree_metres_at(t->point.lat);
        *ret = (struct place_hit){ .how = FOUND_OFFSET, .words = mark->words, .percent = 100, .has_point = true,
                               .point = { t->point.lat + cos(turn) * metres / degree.lat, t->point.lon + sin(turn) * metres / degree.lon } };
        if (point_check(ret->point, NULL) != OK)
                return false;
        take_point(h, ret);
        return ret->place != NULL;
}

/* ---- written alike --------------------------------------------------------------------------------------------------------- */

#define ALIKE_PERCENT 65
#define TOKENS_MAX 64

/* Characters, with a whole number as one: 21号楼 is not alike 1号楼. */
struct tokens {
        uint64_t p[TOKENS_MAX];
        bool number[TOKENS_MAX];
        size_t n;
};

static void tokens_read(struct str s, struct tokens *ret)
{
        ret->n = 0;
        for (size_t i = 0; i < s.n && ret->n < TOKENS_MAX;) {
                size_t from = i;
                utf8_next(s, &i);
                while (digit(s.p[from]) && i < s.n && digit(s.p[i]))
                        i++;
                ret->number[ret->n] = digit(s.p[from]);
                ret->p[ret->n++] = str_hash((struct str){ s.p + from, i - from });
        }
}

static bool has(const struct tokens *t, uint64_t token)
{
        for (size_t i = 0; i < t->n; i++)
                if (t->p[i] == token)
                        return true;
        return false;
}

/* No number of the name may be missing, and one token more than the numbers must be there. */
static bool comparable(const struct tokens *said, const struct tokens *name)
{
        size_t shared = 0, longer = said->n > name->n ? said->n : name->n, apart = longer - (said->n + name->n - longer);
        if (name->n < 2 || 100 * apart > (100 - ALIKE_PERCENT) * longer)
                return false;
        for (size_t i = 0; i < name->n; i++) {
                bool there = has(said, name->p[i]);
                if (name->number[i] && !there)
                        return false;
                shared += there && !name->number[i];
        }
        return shared > 0;
}

/* 100 less the share of tokens that would have to be written otherwise (Levenshtein). */
static int32_t alike(const struct tokens *x, const struct tokens *y)
{
        size_t row[TOKENS_MAX + 1];
        for (size_t k = 0; k <= y->n; k++)
                row[k] = k;
        for (size_t i = 1; i <= x->n; i++) {
                size_t corner = row[0];
                row[0] = i;
                for (size_t k = 1; k <= y->n; k++) {
                        size_t other = corner + (x->p[i - 1] != y->p[k - 1]);
                        corner = row[k];
                        size_t gap = (row[k] < row[k - 1] ? row[k] : row[k - 1]) + 1;
                        row[k] = other < gap ? other : gap;
                }
        }
        size_t longer = x->n > y->n ? x->n : y->n;
        return longer ? (int32_t)(100 * (longer - row[y->n]) / longer) : 0;
}

static void keep_alike(struct hearing *h, const struct entry *e, struct str piece, int32_t percent, struct place_hits *out)
{
        struct place_hit f = found_of(h, &(struct meaning){ e, &(struct span){ .text = piece }, 0 });
        size_t at = 0;
        f.how = FOUND_ALIKE;
        f.percent = percent;
        for (size_t i = 0; i < out->n; i++)
                if (out->row[i].place == f.place && out->row[i].thing == f.thing) {
                        if (out->row[i].percent >= percent)
                                return;
                        memmove(&out->row[i], &out->row[i + 1], (--out->n - i) * sizeof(f));
                        break;
                }
        while (at < out->n && out->row[at].percent >= percent)
                at++;
        if (at == FOUND_MAX)
                return;
        size_t keep = out->n < FOUND_MAX ? out->n : FOUND_MAX - 1;
        memmove(&out->row[at + 1], &out->row[at], (keep - at) * sizeof(f));
        out->row[at] = f;
        out->n = keep + 1;
}

static void hear_alike(struct hearing *h, struct place_hits *out)
{
        struct str rest = h->form, piece;
        while (str_split(&rest, '|', &piece)) {
                struct tokens said, name;
                piece = spoken_bare(piece);
                tokens_read(piece, &said);
                for (uint32_t i = 0; said.n > 1 && i < h->g->n; i++) {
                        const struct entry *e = &h->g->entry[i];
                        if (!means(h, e) || !placeable(h->g, e) || e->how == FOUND_NUMBER || e->how == FOUND_SHORT)
                                continue;
                        tokens_read(h->g->form[i], &name);
                        int32_t percent = comparable(&said, &name) ? alike(&said, &name) : 0;
                        if (percent >= ALIKE_PERCENT)
                                keep_alike(h, e, piece, percent, out);
                }
        }
}

/* ---- all together ----------------------------------------------------------------------------------------------------------- */

static void tell(struct hearing *h, struct place_hits *out)
{
        struct meaning all[MEANS_MAX + 1];
        bool whole;
        size_t n = meanings(h, all, &whole);
        if (n == 0)
                return;
        struct place_hit first = found_of(h, &all[0]), spot;
        first.certain = certain(h, all, n, whole) && (first.place || first.thing);
        if (all[0].span->mark && reckon(h, &first, &spot))
                out->row[out->n++] = spot;
        out->row[out->n++] = first;
        for (size_t i = 1; i < n && out->n < FOUND_MAX; i++)
                if (!(all[i].backed < all[0].backed && around(h->g, all[0].e, all[i].e)))
                        out->row[out->n++] = found_of(h, &all[i]);
}

void gazetteer_find(const struct gazetteer *g, struct arena *a, const struct locator *ground, struct str said, struct day on, bool near,
                    struct place_hits *ret)
{
        said.n = utf8_prefix(said, SPOKEN_MAX);
        struct hearing h = { .g = g, .a = a, .ground = ground, .on = on, .form = spoken_form(a, said) };
        *ret = (struct place_hits){ 0 };
        for (size_t at = 0; at < h.form.n;)
                at += hear_at(&h, at);
        tell(&h, ret);
        if (near && ret->n == 0)
                hear_alike(&h, ret);
}

bool gazetteer_knows(const struct gazetteer *g, struct str said, struct day on)
{
        ARENA_AUTO a = { 0 };
        struct hearing h = { .g = g, .a = &a, .on = on };
        return first_of(&h, spoken_form(&a, said)) != MAP_NONE;
}
