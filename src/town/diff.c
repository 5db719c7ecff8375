#include "town/diff.h"

const char *change_name(enum change c)
{
        static const char *const names[CHANGES] = { "added", "removed", "changed" };
        return names[c];
}

struct say change_say(enum change c)
{
        static const struct say says[CHANGES] = { { "新增", "added" }, { "删除", "removed" }, { "修改", "changed" } };
        return says[c];
}

/* ---- rows of tables by code ------------------------------------------------------------------------------------- */

typedef struct str row_code(const struct town *, size_t i);
typedef bool row_same(const struct town *, size_t i, const struct town *, size_t k);

static struct str place_code(const struct town *t, size_t i)
{
        return t->places.row[i].code;
}
/* One name may stand for two places, and come back after it ended. */
static struct str alias_code(const struct town *t, size_t i)
{
        return t->aliases.row[i].key;
}
static struct str grid_code(const struct town *t, size_t i)
{
        return t->grids.row[i].code;
}
static struct str org_code(const struct town *t, size_t i)
{
        return t->orgs.row[i].code;
}
static struct str post_code(const struct town *t, size_t i)
{
        return t->posts.row[i].code;
}
static struct str staff_code(const struct town *t, size_t i)
{
        return t->staff.row[i].login;
}
static struct str subject_code(const struct town *t, size_t i)
{
        return t->subjects.row[i].code;
}

static size_t place_n(const struct town *t)
{
        return t->places.n;
}
static size_t alias_n(const struct town *t)
{
        return t->aliases.n;
}
static size_t grid_n(const struct town *t)
{
        return t->grids.n;
}
static size_t org_n(const struct town *t)
{
        return t->orgs.n;
}
static size_t post_n(const struct town *t)
{
        return t->posts.n;
}
static size_t staff_n(const struct town *t)
{
        return t->staff.n;
}
static size_t subject_n(const struct town *t)
{
        return t->subjects.n;
}

static bool lists_same(const struct str *a, size_t n_a, const struct str *b, size_t n_b)
{
        if (n_a != n_b)
                return false;
        for (size_t i = 0; i < n_a; i++)
                if (!str_eq(a[i], b[i]))
                        return false;
        return true;
}

static bool place_same(const struct town *s, size_t i, const struct town *t, size_t k)
{
        const struct place *a = &s->places.row[i], *b = &t->places.row[k];
        return a->kind == b->kind && str_eq(a->path, b->path) && str_eq(a->name, b->name) &&
               a->households == b->households && a->population == b->population &&
               lists_same(a->aliases, a->n_aliases, b->aliases, b->n_aliases);
}

static bool alias_same(const struct town *s, size_t i, const struct town *t, size_t k)
{
        const struct alias *a = &s->aliases.row[i], *b = &t->aliases.row[k];
        return a->until.n == b->until.n;
}

static bool grid_same(const struct town *s, size_t i, const struct town *t, size_t k)
{
        const struct shapes *a = &s->grids.shapes, *b = &t->grids.shapes;
        uint32_t a0 = a->ring[a->polygon[i]], b0 = b->ring[b->polygon[k]];
        uint32_t n = a->ring[a->polygon[i + 1]] - a0;
        return n == b->ring[b->polygon[k + 1]] - b0 &&
               a->polygon[i + 1] - a->polygon[i] == b->polygon[k + 1] - b->polygon[k] &&
               memcmp(&a->v[a0], &b->v[b0], n * sizeof(a->v[0])) == 0;
}

static bool org_same(const struct town *s, size_t i, const struct town *t, size_t k)
{
        const struct org *a = &s->orgs.row[i], *b = &t->orgs.row[k];
        return a->kind == b->kind && a->relation == b->relation && a->reach == b->reach && str_eq(a->path, b->path) &&
               str_eq(a->name, b->name) && str_eq(a->credit_code, b->credit_code);
}

static struct str login_at(const struct town *t, uint32_t i)
{
        return i == STAFF_NONE ? STR("") : t->staff.row[i].login;
}

static struct str role_at(const struct town *t, uint32_t i)
{
        return i == POST_NONE ? STR("") : t->roles.row[i].code;
}

static struct str org_at(const struct town *t, uint32_t i)
{
        return i == POST_NONE ? STR("") : t->orgs.row[i].code;
}

static bool post_same(const struct town *s, size_t i, const struct town *t, size_t k)
{
        const struct post *a = &s->posts.row[i], *b = &t->posts.row[k];
        return str_eq(a->title, b->title) && str_eq(a->place, b->place) &&
               str_eq(role_at(s, a->role), role_at(t, b->role)) && str_eq(org_at(s, a->org), org_at(t, b->org)) &&
               str_eq(login_at(s, a->holder), login_at(t, b->holder)) &&
               str_eq(login_at(s, a->backup), login_at(t, b->backup)) && a->since.n == b->since.n &&
               a->until.n == b->until.n;
}

/* Phones are left out: sealed ones differ each time. */
static bool staff_same(const struct town *s, size_t i, const struct town *t, size_t k)
{
        const struct staff_member *a = &s->staff.row[i], *b = &t->staff.row[k];
        return str_eq(a->name, b->name) && str_eq(a->org, b->org) && a->until.n == b->until.n;
}

static bool subject_same(const struct town *s, size_t i, const struct town *t, size_t k)
{
        const struct subject *a = &s->subjects.row[i], *b = &t->subjects.row[k];
        return str_eq(a->parent, b->parent) && str_eq(a->name_zh, b->name_zh) && str_eq(a->name_en, b->name_en) &&
               a->level == b->level && a->publicity == b->publicity &&
               lists_same(a->keywords, a->n_keywords, b->keywords, b->n_keywords) &&
               lists_same(a->external_codes, a->n_external_codes, b->external_codes, b->n_external_codes);
}

static const struct table {
        const char *name;
        struct say say;
        size_t (*n)(const struct town *);
        row_code *code;
        row_same *same;
} tables[DIFF_TABLES] = {
        [DIFF_PLACES] = { "places", { "地点", "places" }, place_n, place_code, place_same },
        [DIFF_ALIASES] = { "aliases", { "俗称", "what places are called" }, alias_n, alias_code, alias_same },
        [DIFF_GRIDS] = { "grids", { "网格边界", "grid polygons" }, grid_n, grid_code, grid_same },
        [DIFF_ORGS] = { "orgs", { "单位", "organisations" }, org_n, org_code, org_same },
        [DIFF_POSTS] = { "posts", { "岗位", "posts" }, post_n, post_code, post_same },
        [DIFF_STAFF] = { "staff", { "人员", "staff" }, staff_n, staff_code, staff_same },
        [DIFF_SUBJECTS] = { "subjects", { "事项类别", "subjects" }, subject_n, subject_code, subject_same },
};

const char *diff_table_name(enum diff_table d)
{
        return tables[d].name;
}

struct say diff_table_say(enum diff_table d)
{
        return tables[d].say;
}

static struct map codes_of(struct arena *a, const struct table *d, const struct town *t)
{
        struct map m;
        size_t n = d->n(t);
        map_init(&m, a, n);
        for (size_t i = 0; i < n; i++)
                map_put(&m, a, d->code(t, i), (uint32_t)i);
        return m;
}

static void diff_rows(struct arena *a, const struct table *d, const struct town *s, const struct town *t,
                      struct code_changes *ret)
{
        ARENA_AUTO scratch = { 0 };
        size_t n_s = d->n(s), n_t = d->n(t);
        struct map old = codes_of(&scratch, d, s), new = codes_of(&scratch, d, t);
        *ret = (struct code_changes){ .row = arena_array(a, struct code_change, n_s + n_t) };
        for (size_t i = 0; i < n_s; i++) {
                struct str code = d->code(s, i);
                uint32_t k = map_get(&new, code);
                if (map_get(&old, code) != i)
                        continue; /* a code that stands twice: the first one counts */
                if (k == MAP_NONE)
                        ret->row[ret->n++] = (struct code_change){ code, CHANGE_REMOVED };
                else if (!d->same(s, i, t, k))
                        ret->row[ret->n++] = (struct code_change){ code, CHANGE_CHANGED };
        }
        for (size_t k = 0; k < n_t; k++)
                if (map_get(&old, d->code(t, k)) == MAP_NONE && map_get(&new, d->code(t, k)) == k)
                        ret->row[ret->n++] = (struct code_change){ d->code(t, k), CHANGE_ADDED };
}

/* ---- files ------------------------------------------------------------------------------------------------------- */

static int any_phone(void *arg, struct arena *a, struct str in, struct str *ret)
{
        (void)arg, (void)a, (void)in;
        *ret = STR("phone");
        return OK;
}

/* The file with one and the same token for every phone: what is sealed cannot be compared with what is not. */
static struct str without_phones(struct arena *a, struct str bytes)
{
        struct str sealed, same;
        if (staff_seal_phones(a, bytes, any_phone, NULL, &sealed) != OK ||
            staff_open_phones(a, sealed, any_phone, NULL, &same) != OK)
                return bytes;
        return same;
}

static bool file_same(struct arena *a, const struct folder_file *x, const struct folder_file *y)
{
        if (str_eq(x->bytes, y->bytes))
                return true;
        bool sealed = str_find(x->bytes, STR(STAFF_SEALED)) >= 0 || str_find(y->bytes, STR(STAFF_SEALED)) >= 0;
        return sealed && str_is(x->name, "staff.csv") &&
               str_eq(without_phones(a, x->bytes), without_phones(a, y->bytes));
}

static void diff_files(struct arena *a, const struct folder *s, const struct folder *t, struct code_changes *ret)
{
        *ret = (struct code_changes){ .row = arena_array(a, struct code_change, s->n + t->n) };
        for (size_t i = 0; i < s->n; i++) {
                const struct folder_file *other = folder_find(t, str_c(a, s->row[i].name));
                if (!other)
                        ret->row[ret->n++] = (struct code_change){ str_dup(a, s->row[i].name), CHANGE_REMOVED };
                else if (!file_same(a, other, &s->row[i]))
                        ret->row[ret->n++] = (struct code_change){ str_dup(a, s->row[i].name), CHANGE_CHANGED };
        }
        for (size_t i = 0; i < t->n; i++)
                if (!folder_find(s, str_c(a, t->row[i].name)))
                        ret->row[ret->n++] = (struct code_change){ str_dup(a, t->row[i].name), CHANGE_ADDED };
}

void town_diff(struct arena *a, struct town_version before, struct town_version after, struct town_diff *ret)
{
        diff_files(a, before.folder, after.folder, &ret->files);
        for (int i = 0; i < DIFF_TABLES; i++)
                diff_rows(a, &tables[i], before.town, after.town, &ret->table[i]);
        duties_diff(a, &before.town->duties, &after.town->duties, &ret->duties);
}

bool town_differs(const struct town_diff *d)
{
        size_t n = d->files.n + d->duties.n;
        for (int i = 0; i < DIFF_TABLES; i++)
                n += d->table[i].n;
        return n > 0;
}
