/* app/serve.h — the routes and rate limits a server runs with; shared with `linli http` and `linli call`. */
#pragma once
#include "api/house.h"
#include "api/rate.h"

const struct route_table *serve_tables(size_t *ret_n);
const struct rate_limit *serve_rates(void);
