/* place/schematic.h — places as tiles in their rough order: rows from north to south, each from west to east.
 *
 * For those who may not be shown a map. What comes out are ranks: no coordinate, distance or outline can be read from them. Pure.
 */
#pragma once
#include <stddef.h>
#include "place/datum.h"

#define SCHEMATIC_COLUMNS_MAX 4 /* names stay readable on a small phone */

struct schematic_tile {
        struct point at; /* in */
        uint32_t which;  /* in: the caller's own number; of two at one spot the lower one comes first */
        uint32_t row, column;
};
/* Arranges @tile and sorts it by row and column. The number of columns. */
uint32_t schematic_arrange(struct schematic_tile *tile, size_t n);
