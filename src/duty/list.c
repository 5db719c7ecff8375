#include "duty/inner/list.h"

bool list_has(const struct str *list, uint32_t n, struct str s)
{
        for (uint32_t i = 0; i < n; i++)
                if (str_eq(list[i], s))
                        return true;
        return false;
}

static uint32_t count_parts(struct str cell)
{
        uint32_t n = 1;
        for (size_t i = 0; i < cell.n; i++)
                n += cell.p[i] == ';';
        return n;
}

uint32_t list_split(struct arena *a, struct str cell, struct str **ret, bool *ret_empty)
{
        *ret = NULL;
        *ret_empty = false;
        cell = str_trim(cell);
        if (cell.n == 0)
                return 0;
        if (cell.p[cell.n - 1] == ';')
                cell.n--;

        struct str *list = arena_array(a, struct str, count_parts(cell));
        struct str part;
        uint32_t n = 0;
        while (str_split(&cell, ';', &part)) {
                part = str_trim(part);
                if (part.n == 0)
                        *ret_empty = true;
                else if (!list_has(list, n, part))
                        list[n++] = part;
        }
        *ret = list;
        return n;
}
