#include "import/inner/refs.h"
#include "base/csv.h"

void refs_init(struct refs *r, struct arena *a)
{
        *r = (struct refs){ .a = a };
        map_init(&r->by_code, a, 64);
        map_init(&r->by_name, a, 64);
}

static void *more(struct arena *a, void *old, uint32_t n, uint32_t *cap, size_t size)
{
        if (n < *cap)
                return old;
        *cap = *cap ? *cap * 2 : 64;
        void *all = arena_raw(a, *cap * size);
        if (n)
                memcpy(all, old, n * size);
        return all;
}

void refs_code(struct refs *r, struct str code)
{
        struct str key = cell_key(r->a, code);
        if (key.n == 0 || map_get(&r->by_code, key) != MAP_NONE)
                return;
        r->code = more(r->a, r->code, r->n_codes, &r->cap_codes, sizeof(*r->code));
        r->code[r->n_codes] = code;
        map_put(&r->by_code, r->a, key, r->n_codes++);
}

void refs_name(struct refs *r, struct str name, struct str code)
{
        struct str key = cell_key(r->a, name);
        if (key.n == 0 || code.n == 0)
                return;
        uint32_t at = map_get(&r->by_name, key);
        if (at != MAP_NONE) {
                r->name[at].unclear = r->name[at].unclear || !str_eq(r->name[at].code, code);
                return;
        }
        r->name = more(r->a, r->name, r->n_names, &r->cap_names, sizeof(*r->name));
        r->name[r->n_names] = (struct ref_name){ code, false };
        map_put(&r->by_name, r->a, key, r->n_names++);
}

static void names_of(struct refs *r, struct str all, struct str code)
{
        struct str one;
        while (str_split(&all, ';', &one))
                refs_name(r, one, code);
}

void refs_load(struct refs *r, enum import_kind kind, const struct folder *folder)
{
        const struct import_target *t = &import_targets[kind];
        struct str text = folder && t->file ? folder_text(folder, t->file) : (struct str){ 0 };
        struct csv_column columns[] = { { t->field[t->key[0]].name, false, false }, { t->name_field ? t->name_field : "name", false, false }, { "aliases", false, false } };
        struct findings quiet = { .arena = r->a };
        struct csv c;
        if (text.n == 0 || csv_read(r->a, str_of(t->file), text, columns, COUNT(columns), &quiet, &c) != OK)
                return;
        for (size_t i = 0; i < c.rows; i++) {
                refs_code(r, csv_at(&c, i, 0));
                refs_name(r, csv_at(&c, i, 1), csv_at(&c, i, 0));
                names_of(r, csv_at(&c, i, 2), csv_at(&c, i, 0));
        }
}

enum import_reason refs_find(const struct refs *r, struct str said, struct str *ret)
{
        struct str key = cell_key(r->a, said);
        uint32_t at = map_get(&r->by_code, key);
        if (at != MAP_NONE) {
                *ret = r->code[at];
                return REASON_NONE;
        }
        at = map_get(&r->by_name, key);
        if (at == MAP_NONE)
                return REASON_UNKNOWN_REFERENCE;
        if (r->name[at].unclear)
                return REASON_UNCLEAR_REFERENCE;
        *ret = r->name[at].code;
        return REASON_NONE;
}
