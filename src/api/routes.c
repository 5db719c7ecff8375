#include "api/routes.h"

#define ROUTE_TABLE_AT(table) &table,

const struct route_table *const *route_tables(size_t *ret_n)
{
        static const struct route_table *const all[] = { ROUTE_TABLES(ROUTE_TABLE_AT) };
        *ret_n = COUNT(all);
        return all;
}
