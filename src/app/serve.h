/* app/serve.h — the rate limits a server runs with; shared with `linli http` and `linli call`. */
#pragma once
#include "api/house.h"
#include "api/rate.h"

const struct rate_limit *serve_rates(void);
