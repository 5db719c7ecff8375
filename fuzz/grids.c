/* grids.geojson: read; then, when it is small, its topology, the index, and points in it. */
#include "fuzz.h"
#include "place/grid.h"

#define VERTICES_CHECKED 400

static const char places_csv[] = "code,parent,kind,name\n"
                                 "110101002000,,township,镇\n"
                                 "110101002001,110101002000,community,社区\n"
                                 "a,110101002001,grid,一\n"
                                 "b,110101002001,grid,二\n"
                                 "c,110101002001,grid,三\n";
static struct arena kept;
static struct places places;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
        struct findings f = { .arena = &kept };
        (void)argc, (void)argv;
        places_read(&kept, str_of(places_csv), &f, &places);
        return 0;
}

static void points(const struct grids *g, const struct grid_index *index)
{
        struct grid_hit hit;
        struct grid_nears nears;
        for (uint32_t i = 0; i < g->shapes.n_vertices; i += 1 + g->shapes.n_vertices / 20) {
                struct point p = vertex_point(g->shapes.v[i]);
                MUST(grid_locate(index, p, 50, &hit) == OK);
                MUST(hit.how != GRID_NONE && hit.grid < g->n && hit.metres >= 0);
                MUST(grid_crossing(index, p, 30, &nears) == OK && nears.n > 0);
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        ARENA_AUTO a = { 0 };
        struct findings f = { .arena = &a };
        struct grids g;
        const struct grid_index *index;
        struct str text;
        if (!fuzz_text(&a, fuzz_bytes(data, n), &text))
                return 0;
        MUST(grids_parse(&a, text, &places, &f, &g) == OK);
        if (g.shapes.n_vertices <= VERTICES_CHECKED)
                MUST(grids_check(&g, &places, &f) == OK);
        fuzz_findings(&f);
        int rc = grids_index(&a, &g, &index);
        MUST(rc == OK || rc == ERR_TOO_BIG || rc == ERR_RANGE);
        if (rc == OK)
                points(&g, index);
        return 0;
}
