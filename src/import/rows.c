#include "import/rows.h"
#include <sodium.h>
#include "import/inner/convert.h"
#include "import/inner/head.h"
#include "import/inner/outline.h"
#include "import/inner/refs.h"
#include "import/inner/reject.h"
#include "place/datum.h"

#define REFERENCE_ROUNDS 32 /* deeper than a tree of organisations may be */

struct job {
        struct arena *a;
        const struct mapping *m;
        const struct sheet *s;
        const struct str *shapes;
        const struct folder *folder;
        struct head head;
        struct import_rows *out;
        size_t *source;   /* per row: its row in the sheet */
        struct refs *known[IMPORT_KINDS];
};

static size_t field_index(const struct job *j, const struct import_field *f) { return (size_t)(f - j->m->target->field); }

static struct fault_place place_of(const struct job *j, size_t row, size_t column)
{
        size_t at = j->head.at[column];
        bool there = at != COLUMN_NONE;
        return (struct fault_place){ there ? sheet_column_name(j->a, at) : STR(""), j->head.text[column],
                                     there ? sheet_at(j->s, j->source[row], at)->text : j->m->column[column].value };
}

static void fault(const struct job *j, size_t row, size_t column, enum import_reason reason)
{
        reject_row(j->a, j->out, row, j->m->column[column].field, place_of(j, row, column), reason);
}

/* ---- cells -------------------------------------------------------------------------------------------------------- */

static void read_cell(const struct job *j, size_t row, size_t column)
{
        const struct mapped_column *col = &j->m->column[column];
        struct import_row *r = &j->out->row[row];
        struct cell constant = { .text = col->value, .kind = CELL_TEXT };
        struct str unit = { 0 };
        size_t field = field_index(j, col->field);
        if (col->n_of || (!col->constant && j->head.at[column] == COLUMN_NONE))
                return; /* made below; or its column is not in this file and need not be */
        const struct cell *c = col->constant ? &constant : sheet_at(j->s, j->source[row], j->head.at[column]);
        enum import_reason reason = convert_cell(j->a, j->m, col, c, &r->cell[field], &unit);
        if (reason != REASON_NONE)
                fault(j, row, column, reason);
        if (unit.p && r->cell[field + 1].n == 0) /* "5个工作日" says the unit too; in the table of kinds it follows the limit */
                r->cell[field + 1] = unit;
}

/* A code out of other fields: the same words give the same code, so that a second import meets its rows again. */
static void make_code(const struct job *j, size_t row, size_t column)
{
        const struct mapped_column *col = &j->m->column[column];
        struct import_row *r = &j->out->row[row];
        unsigned char h[16];
        crypto_generichash_state st;
        crypto_generichash_init(&st, NULL, 0, sizeof(h));
        bool any = false;
        for (size_t i = 0; i < col->n_of; i++) {
                struct str key = cell_key(j->a, r->cell[col->of[i]].p ? r->cell[col->of[i]] : STR(""));
                any = any || key.n;
                crypto_generichash_update(&st, (const unsigned char *)key.p, key.n);
                crypto_generichash_update(&st, (const unsigned char *)"", 1);
        }
        crypto_generichash_final(&st, h, sizeof(h));
        struct str made = str_printf(j->a, STR_FMT "%02x%02x%02x%02x%02x", STR_ARG(col->make), h[0], h[1], h[2], h[3], h[4]);
        r->cell[field_index(j, col->field)] = made;
        if (!any || !code_valid(made))
                fault(j, row, column, any ? REASON_BAD_CODE : REASON_MISSING);
}

/* WGS 84 is what the folder wants; CGCS2000 differs from it by less than a metre and is read as the same (place/datum.h). */
static void place_point(const struct job *j, size_t row)
{
        struct import_row *r = &j->out->row[row];
        static const enum datum datums[] = { [COORDINATES_GCJ02] = DATUM_GCJ02, [COORDINATES_BD09] = DATUM_BD09, [COORDINATES_EPSG] = DATUM_WGS84 };
        size_t lat = import_field_of(j->m->target, STR("lat")), lon = import_field_of(j->m->target, STR("lon"));
        struct point p;
        if (j->shapes && (lat == SIZE_MAX || (j->m->coordinates != COORDINATES_GCJ02 && j->m->coordinates != COORDINATES_BD09)))
                return; /* converted when the layer was read */
        if (lat == SIZE_MAX || r->reason != REASON_NONE || (r->cell[lat].n == 0 && r->cell[lon].n == 0))
                return;
        if (r->cell[lat].n == 0 || r->cell[lon].n == 0) {
                const struct import_field *f = &j->m->target->field[r->cell[lat].n ? lon : lat];
                reject_row(j->a, j->out, row, f, (struct fault_place){ STR(""), str_of(f->name), STR("") }, REASON_MISSING);
                return;
        }
        if (str_double(r->cell[lat], &p.lat) != OK || str_double(r->cell[lon], &p.lon) != OK)
                return;
        p = datum_to_wgs84(datums[j->m->coordinates], p);
        r->cell[lat] = str_printf(j->a, "%.7f", p.lat);
        r->cell[lon] = str_printf(j->a, "%.7f", p.lon);
}

static void read_row(const struct job *j, size_t row)
{
        struct import_row *r = &j->out->row[row];
        r->cell = arena_array(j->a, struct str, j->m->target->n + 1);
        for (size_t i = 0; i < j->m->n; i++)
                read_cell(j, row, i);
        for (size_t i = 0; i < j->m->n; i++)
                if (j->m->column[i].n_of)
                        make_code(j, row, i);
        place_point(j, row);
        r->shape = j->shapes ? outline_to_wgs84(j->a, j->m->coordinates, j->shapes[j->source[row]]) : STR("");
        size_t shape = import_field_of(j->m->target, STR("shape"));
        if (shape != SIZE_MAX && !is_outline(r->shape))
                reject_row(j->a, j->out, row, NULL, (struct fault_place){ STR(""), STR("shape"), STR("") }, REASON_NO_OUTLINE);
        size_t until = j->m->target->of_persons ? import_field_of(j->m->target, STR("until")) : SIZE_MAX;
        char shown[11];
        if (until != SIZE_MAX && r->cell[until].n == 0) /* nobody stays on a list for ever */
                r->cell[until] = str_dup(j->a, str_of(day_format(j->m->expires, shown)));
}

/* ---- references --------------------------------------------------------------------------------------------------- */

static void own_names(const struct job *j, struct refs *refs)
{
        const struct import_target *t = j->m->target;
        size_t name = t->name_field ? import_field_of(t, str_of(t->name_field)) : SIZE_MAX, aliases = import_field_of(t, STR("aliases"));
        for (size_t i = 0; i < j->out->n; i++) {
                const struct import_row *r = &j->out->row[i];
                struct str code = r->cell[t->key[0]], all = aliases < t->n ? r->cell[aliases] : STR(""), one;
                if (r->reason != REASON_NONE || t->n_key > 1)
                        continue;
                refs_code(refs, code);
                if (name < t->n)
                        refs_name(refs, r->cell[name], code);
                while (str_split(&all, ';', &one))
                        refs_name(refs, one, code);
        }
}

static enum import_reason resolve_one(const struct job *j, const struct refs *refs, const struct import_field *f, struct str said, struct str *ret)
{
        struct parts p;
        if (f->type == FIELD_REF)
                return refs_find(refs, said, ret);
        split_list(j->a, said, &p);
        *ret = STR("");
        for (size_t i = 0; i < p.n; i++) {
                struct str code;
                enum import_reason reason = refs_find(refs, p.part[i], &code);
                if (reason != REASON_NONE)
                        return reason;
                *ret = ret->n ? str_printf(j->a, STR_FMT ";" STR_FMT, STR_ARG(*ret), STR_ARG(code)) : code;
        }
        return p.over ? REASON_TOO_LONG : REASON_NONE;
}

/* The names of a kind: of another one always the same, of the table's own kind those of the rows that still stand. */
static const struct refs *names_of_kind(struct job *j, enum import_kind kind)
{
        bool own = &import_targets[kind] == j->m->target;
        if (j->known[kind] && !own)
                return j->known[kind];
        struct refs *refs = j->known[kind] = arena_new(j->a, struct refs);
        refs_init(refs, j->a);
        if (own)
                own_names(j, refs);
        refs_load(refs, kind, j->folder);
        return refs;
}

/* All rows of one column. True when a row was rejected. */
static bool resolve(struct job *j, size_t column, bool write)
{
        const struct import_field *f = j->m->column[column].field;
        const struct refs *refs = names_of_kind(j, f->refers);
        bool lost = false;
        for (size_t i = 0; i < j->out->n; i++) {
                struct import_row *r = &j->out->row[i];
                struct str *cell = &r->cell[field_index(j, f)], code;
                if (r->reason != REASON_NONE || cell->n == 0)
                        continue;
                enum import_reason reason = resolve_one(j, refs, f, *cell, &code);
                if (reason != REASON_NONE)
                        fault(j, i, column, reason);
                else if (write)
                        *cell = code;
                lost = lost || reason != REASON_NONE;
        }
        return lost;
}

/* A row that is rejected takes its name along, so those that refer to it are looked at again. Codes are written in the last round. */
static void resolve_all(struct job *j)
{
        bool again = true;
        for (int round = 0; round <= REFERENCE_ROUNDS; round++) {
                bool last = !again || round == REFERENCE_ROUNDS;
                again = false;
                for (size_t i = 0; i < j->m->n; i++) {
                        enum field_type type = j->m->column[i].field->type;
                        if (type == FIELD_REF || type == FIELD_REFS)
                                again = resolve(j, i, last) || again;
                }
                if (last)
                        return;
        }
}

/* ---- the same row twice ------------------------------------------------------------------------------------------- */

static struct str key_of(const struct job *j, const struct import_row *r)
{
        const struct import_target *t = j->m->target;
        return t->n_key == 1 ? r->cell[t->key[0]] : str_printf(j->a, STR_FMT "\n" STR_FMT, STR_ARG(r->cell[t->key[0]]), STR_ARG(r->cell[t->key[1]]));
}

static bool same_row(const struct job *j, const struct import_row *a, const struct import_row *b)
{
        for (size_t i = 0; i < j->m->target->n; i++)
                if (!str_eq(a->cell[i], b->cell[i]))
                        return false;
        return true;
}

/* Equal rows are one. Of different ones with one key nobody knows which is right: both are rejected. */
static void judge_twice(const struct job *j)
{
        struct map seen;
        map_init(&seen, j->a, j->out->n);
        for (size_t i = 0; i < j->out->n; i++) {
                struct import_row *r = &j->out->row[i];
                if (r->reason != REASON_NONE)
                        continue;
                uint32_t first = map_put(&seen, j->a, key_of(j, r), (uint32_t)i);
                if (first == MAP_NONE || same_row(j, r, &j->out->row[first]))
                        continue;
                struct fault_place at = { STR(""), str_of(j->m->target->field[j->m->target->key[0]].name), r->cell[j->m->target->key[0]] };
                const struct import_field *f = &j->m->target->field[j->m->target->key[0]];
                if (j->out->row[first].reason == REASON_NONE)
                        reject_row(j->a, j->out, first, f, at, REASON_TWICE);
                reject_row(j->a, j->out, i, f, at, REASON_TWICE);
        }
}

/* ---- all rows ----------------------------------------------------------------------------------------------------- */

static int by_line(const void *a, const void *b)
{
        const struct import_fault *x = a, *y = b;
        return x->line < y->line ? -1 : x->line > y->line;
}

static void tally(struct import_rows *out)
{
        for (size_t i = 0; i < out->n; i++) {
                enum import_reason reason = out->row[i].reason;
                if (reason == REASON_NONE)
                        out->accepted++;
                else
                        out->by_reason[reason]++;
        }
        out->rejected = out->n - out->accepted;
        if (out->n_faults)
                qsort(out->fault, out->n_faults, sizeof(*out->fault), by_line);
}

/* A table declares nothing: its mapping must say what its degrees are. */
static int judge_coordinates(const struct mapping *m, bool layer, struct findings *f)
{
        bool outline = import_field_of(m->target, STR("shape")) != SIZE_MAX;
        if (layer || (!outline && m->coordinates != COORDINATES_FILE && m->coordinates != COORDINATES_EPSG))
                return OK;
        finding_add(f, "import.coordinates", SEV_ERROR, m->file, 0, (struct say){ "表格写 wgs84、cgcs2000、gcj02 或 bd09；边界要用 Shapefile 或 GeoPackage", "A table needs wgs84, cgcs2000, gcj02 or bd09; outlines come from a Shapefile or GeoPackage" },
                    "这不是地图图层：没有边界，也不声明坐标系", "This is no map layer: it has no outlines and declares no system");
        return ERR_BAD;
}

int import_read_rows(struct arena *a, const struct mapping *m, const struct sheet *s, const struct str *shapes, const struct folder *folder, struct findings *f,
                     struct import_rows *ret)
{
        struct job j = { .a = a, .m = m, .s = s, .shapes = shapes, .folder = folder, .out = ret };
        *ret = (struct import_rows){ .target = m->target };
        if (judge_coordinates(m, shapes != NULL, f) != OK)
                return ERR_BAD;
        if (head_refuse_register(a, s, m->file, f) != OK || head_find(a, m, s, f, &j.head) != OK)
                return ERR_BAD;
        ret->row = arena_array(a, struct import_row, s->rows);
        j.source = arena_array(a, size_t, s->rows);
        for (size_t i = j.head.row + j.head.rows; i < s->rows; i++) {
                if (head_no_row(a, m, s, &j.head, i))
                        continue;
                j.source[ret->n] = i;
                ret->row[ret->n].line = s->line[i];
                read_row(&j, ret->n++);
        }
        resolve_all(&j);
        judge_twice(&j);
        tally(ret);
        return OK;
}
