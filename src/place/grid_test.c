/* place/grid_test.c */
#include "place/grid.h"
#include <math.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "base/test.h"
#include "place/inner/found_test.h"

#define PLACES                                                                                                         \
        "code,parent,kind,name\n"                                                                                      \
        "110101002000,,township,示例街道\n"                                                                        \
        "110101002001,110101002000,community,东社区\n"                                                              \
        "110101002002,110101002000,community,西社区\n"

/* A town whose first community has grids e1 ... and whose second has w1 ...; and a file for them. */
struct town {
        struct arena arena;
        struct findings f;
        struct places places;
        struct grids grids;
        struct buf csv, features;
};

static void town_init(struct town *t)
{
        *t = (struct town){ .csv = BUF(1 << 24), .features = BUF(1 << 26) };
        t->f.arena = &t->arena;
        buf_puts(&t->csv, PLACES);
}

static void town_free(struct town *t)
{
        buf_free(&t->csv);
        buf_free(&t->features);
        arena_free(&t->arena);
}
#define TOWN_AUTO __attribute__((cleanup(town_free))) struct town

static void town_place(struct town *t, const char *code)
{
        buf_printf(&t->csv, "%s,11010100200%c,grid,网格%s\n", code, code[0] == 'w' ? '2' : '1', code);
}

/* One feature, on a line of its own: the first stands on line 2. */
static void town_feature(struct town *t, const char *code, const char *type, const char *coordinates)
{
        buf_printf(&t->features,
                   "%s\n{\"type\":\"Feature\",\"properties\":{\"code\":\"%s\"},\"geometry\":{\"type\":\"%s\","
                   "\"coordinates\":%s}}",
                   t->features.n ? "," : "", code, type, coordinates);
}

static void town_grid(struct town *t, const char *code, const char *type, const char *coordinates)
{
        town_place(t, code);
        town_feature(t, code, type, coordinates);
}

/* A box in hundred-thousandths of a degree from 116.4, 39.9: about 0.85 m by 1.11 m each. */
static void town_box(struct town *t, const char *code, int x0, int y0, int x1, int y1)
{
        double a = 116.4 + x0 * 1e-5, b = 39.9 + y0 * 1e-5, c = 116.4 + x1 * 1e-5, d = 39.9 + y1 * 1e-5;
        struct arena *arena = &t->arena;
        town_grid(t, code, "Polygon",
                  arena_printf(arena, "[[[%.5f,%.5f],[%.5f,%.5f],[%.5f,%.5f],[%.5f,%.5f],[%.5f,%.5f]]]", a, b, c, b, c,
                               d, a, d, a, b));
}

static void town_read_text(struct town *t, struct str geojson)
{
        CHECK_EQ(places_read(&t->arena, buf_view(&t->csv), &t->f, &t->places), OK);
        CHECK_EQ(t->f.n, 0);
        CHECK_EQ(grids_read(&t->arena, geojson, &t->places, &t->f, &t->grids), OK);
}

static void town_read(struct town *t)
{
        BUF_AUTO text = BUF(1 << 26);
        buf_printf(&text, "{\"type\":\"FeatureCollection\",\"features\":[");
        buf_str(&text, buf_view(&t->features));
        buf_puts(&text, "\n]}\n");
        town_read_text(t, buf_view(&text));
}

static void only(const struct town *t, const char *rule, int32_t line)
{
        if (t->f.n != 1 || found(&t->f, rule, line) != 1) {
                found_print(&t->f);
                fail_msg("want only %s on line %d", rule, line);
        }
}

static void none(const struct town *t)
{
        if (t->f.n != 0) {
                found_print(&t->f);
                fail_msg("want no findings");
        }
}

TEST(good_grids)
{
        TOWN_AUTO t;
        town_init(&t);
        town_box(&t, "w1", 0, 0, 300, 200);
        town_box(&t, "e2", 300, 0, 600, 200);
        town_box(&t, "e1", 300, 200, 600, 400);
        town_read(&t);
        none(&t);
        CHECK_EQ(t.grids.n, 3);
        CHECK_STR(t.grids.row[0].code, "e1");
        CHECK_STR(t.grids.row[2].code, "w1");
        CHECK_EQ(t.grids.row[0].line, 4);
        CHECK_EQ(t.grids.row[2].line, 2);
        CHECK_EQ(grid_find(&t.grids, STR("e2")), 1);
        CHECK_EQ(grid_find(&t.grids, STR("e3")), MAP_NONE);
        CHECK_STR(t.places.row[t.grids.row[1].place].code, "e2");

        const struct grid_index *ix;
        CHECK_EQ(grids_index(&t.arena, &t.grids, &ix), OK);
        struct grid_hit hit;
        CHECK_EQ(grid_locate(ix, (struct point){ 39.901, 116.401 }, 0, &hit), OK);
        CHECK_EQ(hit.grid, 2);
        CHECK_EQ(grid_locate(ix, (struct point){ 39.901, 116.403 }, 0, &hit), OK);
        CHECK_EQ(hit.grid, 1);
        CHECK(hit.boundary && hit.n_others == 1 && hit.others[0] == 2);
}

TEST(holes_multipolygons_and_heights)
{
        TOWN_AUTO t;
        town_init(&t);
        town_grid(&t, "e1", "Polygon",
                  "[[[116,39],[116.1,39],[116.1,39.1],[116,39.1],[116,39]],"
                  "[[116.04,39.04],[116.06,39.04],[116.06,39.06],[116.04,39.06],[116.04,39.04]]]");
        town_grid(&t, "w1", "MultiPolygon",
                  "[[[[116.04,39.04,55.5],[116.06,39.04,1],[116.06,39.06,1],[116.04,39.06,1],[116.04,39.04,1]]],"
                  "[[[116.2,39],[116.3,39],[116.3,39.1],[116.2,39.1],[116.2,39]]]]");
        town_read(&t);
        none(&t);
        CHECK_EQ(t.grids.shapes.n_rings, 4);
        CHECK_EQ(t.grids.shapes.hole[1], 1);
        const struct grid_index *ix;
        CHECK_EQ(grids_index(&t.arena, &t.grids, &ix), OK);
        struct grid_hit hit;
        grid_locate(ix, (struct point){ 39.05, 116.05 }, 0, &hit);
        CHECK_EQ(hit.grid, 1);
        grid_locate(ix, (struct point){ 39.05, 116.25 }, 0, &hit);
        CHECK_EQ(hit.grid, 1);
        grid_locate(ix, (struct point){ 39.02, 116.05 }, 0, &hit);
        CHECK_EQ(hit.grid, 0);
}

/* Features that are refused one by one; the place is known, so no-polygon would only repeat it. */
static const struct {
        const char *type, *coordinates, *rule;
} bad[] = {
        { "Point", "[116,39]", "grid.type" },
        { "LineString", "[[116,39],[117,39]]", "grid.type" },
        { "GeometryCollection", "[]", "grid.type" },
        { "Polygon", "null", "grid.ring" },
        { "Polygon", "7", "grid.ring" },
        { "Polygon", "[]", "grid.ring" },
        { "Polygon", "[[]]", "grid.ring" },
        { "Polygon", "[7]", "grid.ring" },
        { "Polygon", "[[[116,39],[117,39],[116,39]]]", "grid.ring" },
        { "Polygon", "[[[116,39],[117,39],[117,40]]]", "grid.ring" },
        { "Polygon", "[[[116,39],[117,39],[117,40],[116,40]]]", "grid.ring" },
        { "Polygon", "[[[116,39],[116.00000001,39],[116,39.00000001],[116,39]]]", "grid.ring" },
        { "Polygon", "[[[116,39],[117,39],[117,\"40\"],[116,39]]]", "grid.ring" },
        { "Polygon", "[[[116,39],[117,39],[null,40],[116,39]]]", "grid.ring" },
        { "Polygon", "[[[116,39],[117],[117,40],[116,39]]]", "grid.ring" },
        { "Polygon", "[[[39,116],[39,117],[40,117],[39,116]]]", "grid.coordinates" },
        { "Polygon", "[[[448251,4417821],[448351,4417821],[448351,4417921],[448251,4417821]]]", "grid.coordinates" },
        { "Polygon", "[[[179,39],[-179,39],[-179,40],[179,39]]]", "grid.coordinates" },
        { "MultiPolygon", "[]", "grid.ring" },
        { "MultiPolygon", "[[]]", "grid.ring" },
        { "MultiPolygon", "{}", "grid.ring" },
        { "Polygon", "[[[116,39],[117,40],[117,39],[116,40],[116,39]]]", "grid.invalid" },
        { "Polygon", "[[[116,39],[117,39],[116,39],[117,39],[116,39]]]", "grid.invalid" },
        { "Polygon", "[[[116,39],[117,39],[117,40],[116,39]],[[118,39],[119,39],[119,40],[118,39]]]", "grid.invalid" },
};

TEST(each_bad_polygon_is_told)
{
        for (size_t i = 0; i < COUNT(bad); i++) {
                TOWN_AUTO t;
                town_init(&t);
                town_grid(&t, "e1", bad[i].type, bad[i].coordinates);
                town_read(&t);
                if (found(&t.f, bad[i].rule, 2) != 1 || t.f.n != 1) {
                        found_print(&t.f);
                        fail_msg("%s %s should give %s", bad[i].type, bad[i].coordinates, bad[i].rule);
                }
                CHECK_EQ(t.f.errors, 1);
        }
}

/* Whole files; none may crash, each must be an error of the file. */
static const struct {
        const char *text, *rule;
} files[] = {
        { "", "grid.parse" },
        { "{", "grid.parse" },
        { "{\"type\":\"FeatureCollection\",\"features\":[\n\n{\"type\":\"Feat", "grid.parse" },
        { "{\"type\":\"FeatureCollection\",\"features\":[NaN]}", "grid.parse" },
        { "{\"type\":\"FeatureCollection\",\"features\":[]} x", "grid.parse" },
        { "{\"type\":\"FeatureCollection\",\"type\":\"FeatureCollection\",\"features\":[]}", "grid.parse" },
        { "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "grid.parse" },
        { "\xff\xfe", "grid.parse" },
        { "null", "grid.type" },
        { "[]", "grid.type" },
        { "{}", "grid.type" },
        { "{\"type\":\"FeatureCollection\"}", "grid.type" },
        { "{\"type\":\"FeatureCollection\",\"features\":{}}", "grid.type" },
        { "{\"type\":\"FeatureCollection\",\"features\":[null]}", "grid.type" },
        { "{\"type\":\"FeatureCollection\",\"features\":[[7]]}", "grid.type" },
        { "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\"}]}", "grid.code" },
        { "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"code\":\"\"}}]}",
          "grid.code" },
        { "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"code\":[1]}}]}",
          "grid.code" },
        { "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"code\":-1}}]}",
          "grid.code" },
        { "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"code\":\"zz\"}}]}",
          "grid.unknown" },
        { "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"code\":"
          "\"110101002001\"}}]}",
          "grid.unknown" },
        { "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"EPSG:4547\"}},"
          "\"features\":[]}",
          "grid.crs" },
};

TEST(each_bad_file_is_told)
{
        for (size_t i = 0; i < COUNT(files); i++) {
                TOWN_AUTO t;
                town_init(&t);
                town_read_text(&t, str_of(files[i].text));
                if (found(&t.f, files[i].rule, -1) != 1 || t.f.n != 1) {
                        found_print(&t.f);
                        fail_msg("%s should give %s", files[i].text, files[i].rule);
                }
                CHECK_EQ(t.grids.n, 0);
        }
}

TEST(a_half_written_file_names_the_line)
{
        TOWN_AUTO t;
        town_init(&t);
        town_read_text(&t, str_of(files[2].text));
        only(&t, "grid.parse", 3);
}

TEST(every_cut_of_a_good_file_is_refused)
{
        TOWN_AUTO t;
        town_init(&t);
        town_box(&t, "e1", 0, 0, 300, 200);
        BUF_AUTO text = BUF(1 << 20);
        buf_printf(&text, "{\"type\":\"FeatureCollection\",\"features\":[" STR_FMT "]}",
                   STR_ARG(buf_view(&t.features)));
        CHECK_EQ(places_read(&t.arena, buf_view(&t.csv), &t.f, &t.places), OK);
        for (size_t n = 0; n < text.n; n++) {
                struct findings f = { .arena = &t.arena };
                struct grids g;
                CHECK_EQ(grids_read(&t.arena, (struct str){ text.p, n }, &t.places, &f, &g), OK);
                CHECK_EQ(found(&f, "grid.parse", -1), 1);
                CHECK_EQ(g.n, 0);
        }
}

TEST(codes_as_numbers)
{
        TOWN_AUTO t;
        town_init(&t);
        buf_puts(&t.csv, "110101002001001,110101002001,grid,第一网格\n");
        town_read_text(&t, STR("{\"type\":\"FeatureCollection\",\"features\":[\n{\"type\":\"Feature\",\n\"properties\":"
                               "{\"code\":110101002001001},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
                               "[[[116,39],[117,39],[117,40],[116,39]]]}}]}"));
        none(&t);
        CHECK_STR(t.grids.row[0].code, "110101002001001");
        CHECK_EQ(t.grids.row[0].line, 3);
}

TEST(a_code_twice_names_both_lines)
{
        TOWN_AUTO t;
        town_init(&t);
        town_box(&t, "e1", 0, 0, 300, 200);
        town_feature(&t, "e1", "Polygon", "[[[116,39],[117,39],[117,40],[116,39]]]");
        town_read(&t);
        only(&t, "grid.duplicate", 3);
        CHECK(str_find(t.f.row[0].en, STR("line 2 and line 3")) >= 0);
        CHECK_EQ(t.grids.n, 1);
}

TEST(a_grid_without_polygon)
{
        TOWN_AUTO t;
        town_init(&t);
        town_box(&t, "e1", 0, 0, 300, 200);
        town_place(&t, "e2");
        town_read(&t);
        only(&t, "grid.no-polygon", 6);
        CHECK_STR(t.f.row[0].file, "places.csv");
}

TEST(self_crossing_names_the_spot)
{
        TOWN_AUTO t;
        town_init(&t);
        town_grid(&t, "e1", "Polygon", "[[[116,39],[116.2,39.2],[116.2,39],[116,39.2],[116,39]]]");
        town_read(&t);
        only(&t, "grid.invalid", 2);
        CHECK(str_find(t.f.row[0].en, STR("39.1000")) >= 0);
        CHECK(str_find(t.f.row[0].en, STR("116.1000")) >= 0);
        CHECK(str_starts(t.f.row[0].shape, STR("{\"type\":\"Point\"")));
}

TEST(overlap_with_area_and_share)
{
        TOWN_AUTO t;
        town_init(&t);
        town_box(&t, "e1", 0, 0, 300, 200);
        town_box(&t, "e2", 270, 0, 600, 200);
        town_read(&t);
        only(&t, "grid.overlap", 3);
        /* 30 by 200 steps: 25.64 m by 222.07 m is 5694 m2, a tenth of the smaller grid. */
        CHECK(str_find(t.f.row[0].en, STR("by 569")) >= 0);
        CHECK(str_find(t.f.row[0].en, STR("10.00 %")) >= 0);
        /* And it says where: the strip that both cover, to be drawn. */
        CHECK(str_starts(t.f.row[0].shape, STR("{\"type\":\"MultiPolygon\",\"coordinates\":[[[[116.40")));
        CHECK(str_find(t.f.row[0].shape, STR("[116.4027000,39.9000000]")) >= 0);
        CHECK(str_find(t.f.row[0].shape, STR("[116.4030000,39.9020000]")) >= 0);
}

TEST(one_grid_inside_another)
{
        TOWN_AUTO t;
        town_init(&t);
        town_box(&t, "e1", 0, 0, 300, 200);
        town_box(&t, "w1", 100, 50, 200, 100);
        town_read(&t);
        only(&t, "grid.overlap", 3);
        CHECK(str_find(t.f.row[0].en, STR("100.00 %")) >= 0);
}

TEST(rounding_is_no_overlap)
{
        TOWN_AUTO t;
        town_init(&t);
        /* The neighbour has a vertex on the long side, a centimetre off. */
        town_grid(&t, "e1", "Polygon", "[[[116,39],[116.03,39],[116.03,39.01],[116,39.01],[116,39]]]");
        town_grid(&t, "e2", "Polygon",
                  "[[[116,39],[116,38.99],[116.03,38.99],[116.03,39],[116.015,39.0000001],[116,39]]]");
        town_grid(&t, "e3", "Polygon",
                  "[[[116,39.01],[116.015,39.0100001],[116.03,39.01],[116.03,39.02],[116,39.02],[116,39.01]]]");
        town_read(&t);
        none(&t);
}

TEST(a_hole_in_a_community)
{
        TOWN_AUTO t;
        town_init(&t);
        /* A ring of four around nothing. */
        town_box(&t, "e1", 0, 0, 200, 100);
        town_box(&t, "e2", 200, 0, 300, 200);
        town_box(&t, "e3", 100, 200, 300, 300);
        town_box(&t, "e4", 0, 100, 100, 300);
        town_read(&t);
        only(&t, "grid.gap", 2);
        CHECK_EQ(t.f.errors, 1);
        CHECK(str_find(t.f.row[0].en, STR("Community 110101002001 has a hole of 94")) >= 0);
        CHECK(str_find(t.f.row[0].en, STR("12.50 %")) >= 0);
        CHECK(str_starts(t.f.row[0].shape, STR("{\"type\":\"MultiPolygon\"")));
}

TEST(a_hole_filled_by_another_community_is_none)
{
        TOWN_AUTO t;
        town_init(&t);
        town_box(&t, "e1", 0, 0, 200, 100);
        town_box(&t, "e2", 200, 0, 300, 200);
        town_box(&t, "e3", 100, 200, 300, 300);
        town_box(&t, "e4", 0, 100, 100, 300);
        town_box(&t, "w1", 100, 100, 200, 200);
        town_read(&t);
        none(&t);
}

TEST(an_island_in_a_hole_counts_as_covered)
{
        TOWN_AUTO t;
        town_init(&t);
        town_box(&t, "e1", 0, 0, 200, 100);
        town_box(&t, "e2", 200, 0, 300, 200);
        town_box(&t, "e3", 100, 200, 300, 300);
        town_box(&t, "e4", 0, 100, 100, 300);
        town_box(&t, "e5", 100, 120, 200, 180);
        town_box(&t, "w1", 130, 105, 180, 115);
        town_read(&t);
        CHECK_EQ(found(&t.f, "grid.gap", -1), 2);
        CHECK_EQ(t.f.errors, 1);   /* above e5 only the first community */
        CHECK_EQ(t.f.warnings, 1); /* around w1 both, and without its area */
        size_t w = t.f.row[0].severity == SEV_WARNING ? 0 : 1;
        CHECK(str_find(t.f.row[w].en, STR("hole of 142")) >= 0);
}

TEST(a_crack_open_to_the_outside)
{
        TOWN_AUTO t;
        town_init(&t);
        town_box(&t, "e1", 0, 0, 300, 200);
        town_box(&t, "w1", 302, 0, 600, 200);
        town_read(&t);
        only(&t, "grid.gap", 2);
        CHECK_EQ(t.f.warnings, 1);
        CHECK(str_find(t.f.row[0].en, STR("crack")) >= 0);
}

TEST(corners_are_no_cracks)
{
        TOWN_AUTO t;
        town_init(&t);
        town_box(&t, "e1", 0, 0, 300, 200);
        town_box(&t, "e2", 300, 0, 600, 400);
        town_box(&t, "w1", 1000, 0, 1300, 200);
        town_read(&t);
        none(&t);
}

TEST(an_invalid_grid_makes_no_false_gap)
{
        TOWN_AUTO t;
        town_init(&t);
        town_box(&t, "e1", 0, 0, 200, 100);
        town_box(&t, "e2", 200, 0, 300, 200);
        town_box(&t, "e3", 100, 200, 300, 300);
        town_box(&t, "e4", 0, 100, 100, 300);
        /* Fills the hole, with a spike that runs over itself. */
        town_grid(&t, "e5", "Polygon",
                  "[[[116.401,39.901],[116.402,39.901],[116.402,39.902],[116.4015,39.902],[116.4015,39.9015],[116.4015,"
                  "39.902],"
                  "[116.401,39.902],[116.401,39.901]]]");
        town_read(&t);
        only(&t, "grid.invalid", 6);
}

/* A ring of thousands of crossings is told, not mended; then gaps cannot be told from that grid. */
TEST(a_tangle_is_told_quickly)
{
        TOWN_AUTO t;
        town_init(&t);
        BUF_AUTO ring = BUF(1 << 22);
        uint64_t s = 1;
        buf_puts(&ring, "[[[116,39]");
        for (int i = 0; i < 50000; i++) {
                s = s * 6364136223846793005u + 1442695040888963407u;
                buf_printf(&ring, ",[%.7f,%.7f]", 116 + (double)(s >> 33 & 0xffff) * 1e-6,
                           39 + (double)(s >> 48) * 1e-6);
        }
        buf_puts(&ring, ",[116,39]]]");
        buf_char(&ring, '\0');
        town_box(&t, "w1", 0, 0, 300, 200);
        town_grid(&t, "e1", "Polygon", ring.p);
        town_read(&t);
        CHECK_EQ(t.f.n, 2);
        CHECK_EQ(found(&t.f, "grid.invalid", 3), 1);
        CHECK_EQ(found(&t.f, "grid.check", 0), 1);
}

TEST(a_thousand_grids_on_one_spot)
{
        TOWN_AUTO t;
        town_init(&t);
        for (int i = 0; i < 1000; i++)
                town_box(&t, arena_printf(&t.arena, "e%d", i), 0, 0, 300, 200);
        town_read(&t);
        CHECK_EQ(found(&t.f, "grid.overlap", -1), 1000);
        CHECK_EQ(found(&t.f, "grid.check", 0), 1);
        const struct grid_index *ix;
        CHECK_EQ(grids_index(&t.arena, &t.grids, &ix), OK);
        struct grid_hit hit;
        CHECK_EQ(grid_locate(ix, (struct point){ 39.901, 116.401 }, 0, &hit), OK);
        CHECK_EQ(hit.grid, 0);
        CHECK_EQ(hit.n_others, 999);
}

/* Real boundaries, with real slivers: whatever is found, the index must agree with an even-odd count. */
static void add_real(struct town *t, const char *dir, const char *file)
{
        BUF_AUTO text = BUF(1 << 24);
        if (buf_read_file(&text, arena_printf(&t->arena, "%s/boundaries_beijing/%s-all.geojson", dir, file)) != OK)
                return;
        JSON_AUTO root = NULL;
        CHECK_EQ(json_parse(buf_view(&text), &root, NULL), OK);
        CHECK_EQ(places_read(&t->arena, buf_view(&t->csv), &t->f, &t->places), OK);
        struct grids g;
        struct findings f = { .arena = &t->arena };
        CHECK_EQ(grids_parse(&t->arena, buf_view(&text), &t->places, &f, &g), OK);
        for (size_t i = 0; i < f.n; i++) {
                struct str en = f.row[i].en;
                if (strcmp(f.row[i].rule, "grid.unknown") != 0 || en.n < 17)
                        continue;
                buf_printf(&t->csv, "%.12s,110101002001,grid,%.12s\n", en.p + 5, en.p + 5);
        }
}

static void locate_real(struct town *t, const char *dir, const char *file)
{
        BUF_AUTO text = BUF(1 << 24);
        CHECK_EQ(buf_read_file(&text, arena_printf(&t->arena, "%s/boundaries_beijing/%s-all.geojson", dir, file)), OK);
        struct findings f = { .arena = &t->arena };
        struct places places;
        CHECK_EQ(places_read(&t->arena, buf_view(&t->csv), &f, &places), OK);
        f = (struct findings){ .arena = &t->arena };
        struct grids g;
        CHECK_EQ(grids_read(&t->arena, buf_view(&text), &places, &f, &g), OK);
        CHECK(g.n > 5);
        const struct grid_index *ix;
        CHECK_EQ(grids_index(&t->arena, &g, &ix), OK);
        uint32_t n = 0;
        for (uint32_t i = 0; i < g.n; i++) {
                for (uint32_t k = g.shapes.ring[g.shapes.polygon[i]]; k < g.shapes.ring[g.shapes.polygon[i + 1]]; k++) {
                        struct grid_hit hit;
                        CHECK_EQ(grid_locate(ix, vertex_point(g.shapes.v[k]), 0, &hit), OK);
                        bool mine = hit.grid == i;
                        for (uint32_t o = 0; o < hit.n_others && o < GRID_OTHERS_MAX; o++)
                                mine |= hit.others[o] == i;
                        CHECK(hit.how == GRID_INSIDE && hit.boundary && mine);
                        n++;
                }
        }
        printf("  %s: %zu grids, %u vertices, %zu errors, %zu warnings\n", file, g.n, n, f.errors, f.warnings);
}

TEST(real_boundaries)
{
        static const char *const district[] = { "dongcheng", "xicheng", "fangshan", "chaoyang" };
        const char *dir = test_shared_data();
        if (!dir)
                SKIP("no shared data");
        for (size_t i = 0; i < COUNT(district); i++) {
                TOWN_AUTO t;
                town_init(&t);
                add_real(&t, dir, district[i]);
                locate_real(&t, dir, district[i]);
        }
}
