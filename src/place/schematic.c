#include "place/schematic.h"
#include <stdlib.h>

static int by_number(const struct schematic_tile *a, const struct schematic_tile *b)
{
        return (a->which > b->which) - (a->which < b->which);
}

static int from_north(const void *p, const void *q)
{
        const struct schematic_tile *a = p, *b = q;
        int c = (a->at.lat < b->at.lat) - (a->at.lat > b->at.lat);
        return c ? c : by_number(a, b);
}

static int from_west(const void *p, const void *q)
{
        const struct schematic_tile *a = p, *b = q;
        int c = (a->at.lon > b->at.lon) - (a->at.lon < b->at.lon);
        return c ? c : by_number(a, b);
}

uint32_t schematic_arrange(struct schematic_tile *tile, size_t n)
{
        uint32_t columns = 1;
        while (columns < SCHEMATIC_COLUMNS_MAX && (size_t)columns * columns < n)
                columns++;
        size_t rows = (n + columns - 1) / columns, at = 0;
        qsort(tile, n, sizeof(*tile), from_north);
        for (size_t row = 0; row < rows; row++) {
                size_t here = n / rows + (row < n % rows); /* as even as can be, without holes */
                qsort(tile + at, here, sizeof(*tile), from_west);
                for (size_t i = 0; i < here; i++, at++) {
                        tile[at].row = (uint32_t)row;
                        tile[at].column = (uint32_t)i;
                }
        }
        return columns;
}
