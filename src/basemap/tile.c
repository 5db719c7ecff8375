#include "basemap/tile.h"
#include <math.h>

#define AROUND_LEAST (VERTEX_PER_DEGREE / 100) /* about a kilometre */
#define LAT_MOST 85.0511287798066              /* where the square map ends */

int tile_read(struct str layer, struct str z, struct str x, struct str y, size_t layers, int64_t min_zoom, int64_t max_zoom, struct tile_id *ret)
{
        int64_t l, zoom, column, row;
        if (layers == 0 || str_int(layer, 0, (int64_t)layers - 1, &l) != OK || str_int(z, min_zoom, max_zoom, &zoom) != OK)
                return ERR_NONE;
        int64_t last = (INT64_C(1) << zoom) - 1;
        if (str_int(x, 0, last, &column) != OK || str_int(y, 0, last, &row) != OK)
                return ERR_NONE;
        *ret = (struct tile_id){ (uint8_t)l, (uint8_t)zoom, (uint32_t)column, (uint32_t)row };
        return OK;
}

static int32_t moved(int32_t at, int64_t by, int64_t most)
{
        int64_t to = at + by;
        return (int32_t)(to < -most ? -most : to > most ? most : to);
}

struct box tile_around(struct box b)
{
        int64_t wide = (int64_t)b.x1 - b.x0, high = (int64_t)b.y1 - b.y0;
        int64_t by = (wide > high ? wide : high) / 2 + AROUND_LEAST;
        int64_t lon = INT64_C(180) * VERTEX_PER_DEGREE, lat = INT64_C(85) * VERTEX_PER_DEGREE;
        return (struct box){ moved(b.x0, -by, lon), moved(b.y0, -by, lat), moved(b.x1, by, lon), moved(b.y1, by, lat) };
}

/* Where a point lies on the map of 2^z by 2^z squares. */
static double column_of(int32_t x, int z)
{
        return ((double)x / VERTEX_PER_DEGREE + 180) / 360 * (double)(UINT32_C(1) << z);
}
static double row_of(int32_t y, int z)
{
        double lat = (double)y / VERTEX_PER_DEGREE, r = fmin(fmax(lat, -LAT_MOST), LAT_MOST) * M_PI / 180;
        return (1 - asinh(tan(r)) / M_PI) / 2 * (double)(UINT32_C(1) << z);
}

bool tile_touches(struct tile_id t, struct box b)
{
        return b.x0 <= b.x1 && t.x + 1.0 >= column_of(b.x0, t.z) && t.x <= column_of(b.x1, t.z) && t.y + 1.0 >= row_of(b.y1, t.z) &&
               t.y <= row_of(b.y0, t.z);
}
