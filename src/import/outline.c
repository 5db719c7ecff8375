#include "import/inner/outline.h"
#include <json-c/json.h>
#include <stdio.h>
#include "base/json.h"
#include "base/map.h"
#include "import/merge.h"
#include "place/datum.h"

#define POSITION_DEPTH 6

bool is_outline(struct str geometry)
{
        JSON_AUTO o = NULL;
        if (geometry.n == 0 || json_parse(geometry, &o, NULL) != OK)
                return false;
        struct str type = json_text(json_get(o, "type"));
        return str_is(type, "Polygon") || str_is(type, "MultiPolygon");
}

static bool is_number(struct json_object *o) { return json_object_is_type(o, json_type_double) || json_object_is_type(o, json_type_int); }

/* Positions are the innermost arrays: [lon, lat]. */
static void shift(struct json_object *o, enum datum datum, int depth)
{
        size_t n = json_object_is_type(o, json_type_array) ? json_object_array_length(o) : 0;
        if (n >= 2 && is_number(json_object_array_get_idx(o, 0))) {
                struct json_object *lon = json_object_array_get_idx(o, 0), *lat = json_object_array_get_idx(o, 1);
                struct point p = { json_object_get_double(lat), json_object_get_double(lon) };
                char text[32];
                if (point_check(p, NULL) != OK)
                        return;
                p = datum_to_wgs84(datum, p);
                snprintf(text, sizeof(text), "%.7f", p.lon);
                json_object_array_put_idx(o, 0, json_object_new_double_s(p.lon, text));
                snprintf(text, sizeof(text), "%.7f", p.lat);
                json_object_array_put_idx(o, 1, json_object_new_double_s(p.lat, text));
                return;
        }
        for (size_t i = 0; i < n && depth < POSITION_DEPTH; i++)
                shift(json_object_array_get_idx(o, i), datum, depth + 1);
}

static struct str as_text(struct arena *a, struct json_object *o)
{
        return str_dup(a, str_of(json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE)));
}

struct str outline_to_wgs84(struct arena *a, enum coordinates c, struct str geometry)
{
        JSON_AUTO o = NULL;
        if (geometry.n == 0 || (c != COORDINATES_GCJ02 && c != COORDINATES_BD09) || json_parse(geometry, &o, NULL) != OK)
                return geometry;
        shift(json_get(o, "coordinates"), c == COORDINATES_GCJ02 ? DATUM_GCJ02 : DATUM_BD09, 0);
        return as_text(a, o);
}

/* ---- into grids.geojson ------------------------------------------------------------------------------------------- */

struct merging {
        struct arena *a;
        const struct import_rows *rows;
        struct map by_code, done;
        struct import_counts *counts;
        struct buf *out;
        bool first;
};

static void write_feature(struct merging *m, struct str feature)
{
        buf_puts(m->out, m->first ? "\n" : ",\n");
        buf_str(m->out, feature);
        m->first = false;
}

static void merge_feature(struct merging *m, struct json_object *feature)
{
        struct str code = json_text(json_get(json_get(feature, "properties"), "code"));
        uint32_t by = code.n ? map_get(&m->by_code, code) : MAP_NONE;
        JSON_AUTO shape = NULL;
        if (by != MAP_NONE && json_parse(m->rows->row[by].shape, &shape, NULL) == OK) {
                bool same = json_object_equal(shape, json_get(feature, "geometry"));
                if (!same)
                        json_object_object_add(feature, "geometry", json_object_get(shape));
                if (map_put(&m->done, m->a, str_dup(m->a, code), 0) == MAP_NONE)
                        *(same ? &m->counts->unchanged : &m->counts->replaced) += 1;
        }
        write_feature(m, as_text(m->a, feature));
}

static void add_features(struct merging *m)
{
        for (size_t i = 0; i < m->rows->n; i++) {
                const struct import_row *r = &m->rows->row[i];
                if (r->reason != REASON_NONE || map_put(&m->done, m->a, r->cell[0], 0) != MAP_NONE)
                        continue;
                BUF_AUTO one = BUF(FOLDER_FILE_BYTES);
                struct json j = json_to(&one);
                json_open(&j);
                json_kc(&j, "type", "Feature");
                json_key(&j, "properties");
                json_open(&j);
                json_kstr(&j, "code", r->cell[0]);
                json_close(&j);
                json_key(&j, "geometry");
                json_raw(&j, r->shape);
                json_close(&j);
                write_feature(m, buf_view(&one));
                m->counts->added++;
        }
}

int import_merge_outlines(struct arena *a, const struct import_rows *rows, struct str old, struct str *ret_text, struct import_counts *counts, struct err *err)
{
        BUF_AUTO out = BUF(FOLDER_FILE_BYTES);
        struct merging m = { .a = a, .rows = rows, .counts = counts, .out = &out, .first = true };
        JSON_AUTO doc = NULL;
        *counts = (struct import_counts){ 0 };
        map_init(&m.by_code, a, rows->n);
        map_init(&m.done, a, rows->n);
        for (size_t i = 0; i < rows->n; i++)
                if (rows->row[i].reason == REASON_NONE)
                        map_put(&m.by_code, a, rows->row[i].cell[0], (uint32_t)i);
        if (old.n && json_parse(old, &doc, NULL) != OK)
                return err_set(err, ERR_BAD, rows->target->file, "现有的 %s 读不通，先用 linli check 核对", "the present %s does not read; look at it with linli check", rows->target->file);
        struct json_object *features = json_get(doc, "features");
        if (doc && !json_object_is_type(features, json_type_array))
                return err_set(err, ERR_BAD, rows->target->file, "现有的 %s 不是 FeatureCollection", "the present %s is no FeatureCollection", rows->target->file);
        buf_puts(&out, "{\"type\":\"FeatureCollection\",\"features\":[");
        for (size_t i = 0; features && i < json_object_array_length(features); i++)
                merge_feature(&m, json_object_array_get_idx(features, i));
        add_features(&m);
        buf_puts(&out, "\n]}\n");
        if (out.over)
                return err_set(err, ERR_TOO_BIG, rows->target->file, "结果超过 64 MiB", "the result is larger than 64 MiB");
        *ret_text = counts->added + counts->replaced == 0 ? old : str_dup(a, buf_view(&out));
        return OK;
}
