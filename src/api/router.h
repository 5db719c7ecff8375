/* api/router.h — which route does a method and path mean?
 *
 * A tree of path segments; a fixed segment wins over a parameter. Built once, then read by many threads.
 * "/t/TOWN" in front of any path names the town and is taken off first.
 */
#pragma once
#include "api/route.h"
#include "base/arena.h"

struct router;

struct router_match {
        const struct route *route;          /* NULL unless OK */
        uint32_t index;                     /* of the route, in the order of the tables: for metrics */
        struct str param[ROUTE_PARAMS_MAX]; /* still percent-encoded */
        size_t n_params;
        struct str town; /* of /t/TOWN, "" if none */
        struct str path; /* without it */
        uint32_t allow;  /* ERR_METHOD: bit per enum http_method */
};

/* Every route is checked (route_check), and names, method+path and the names of shapes must be unique: ERR_RULE with a sentence. */
int router_make(struct arena *, const struct route_table *const *tables, size_t n_tables, struct router **ret, struct err *);
/* @path starts with '/', has no query; a slash behind it is as none for pages. OK, ERR_NONE, or ERR_METHOD. */
int router_match(const struct router *, enum http_method, struct str path, struct router_match *ret);
/* "GET, HEAD, POST" */
struct str router_allow(struct arena *, uint32_t allow);

size_t router_count(const struct router *);
const struct route *router_route(const struct router *, size_t index); /* in the order of the tables */
const struct shape_set *router_shapes(const struct router *); /* the named shapes of all answers, and of a problem */
const struct route *router_by_name(const struct router *, struct str name);
