/* duty/inner/list.h — a cell that holds a list, parts separated by ';'. */
#pragma once
#include "base/arena.h"
#include "base/str.h"

/* The parts, trimmed, without empty and repeated ones, in order; views into @cell, the array in the arena.
 * Returns how many. @ret_empty: an empty part stood between others (an empty cell or a last ';' is none). */
uint32_t list_split(struct arena *, struct str cell, struct str **ret, bool *ret_empty);
bool list_has(const struct str *list, uint32_t n, struct str s);
