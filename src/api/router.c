#include "api/router.h"
#include "base/err.h"
#include "base/map.h"

#define SEGMENTS_MAX 24

/* One segment of a path, and what may follow it. */
struct node {
        struct str segment;
        struct node *child, *next; /* fixed segments below; sisters */
        struct node *param, *rest; /* {id}; {file*} */
        struct node *ending;       /* what stands behind the last dot of this segment: "services.{format}" */
        const struct route *route[HTTP_METHODS];
        uint32_t index[HTTP_METHODS];
};

struct router {
        struct node root;
        const struct route **route;
        size_t n;
        struct map by_name;
        struct shape_set shapes;
};

/* The segment at the front of "/a/b"; *path moves past it. */
static struct str segment_take(struct str *path)
{
        struct str s = { path->p + 1, path->n - 1 };
        const char *slash = s.n ? memchr(s.p, '/', s.n) : NULL;
        if (slash)
                s.n = (size_t)(slash - s.p);
        *path = (struct str){ s.p + s.n, path->n - 1 - s.n };
        return s;
}

/* ---- building -------------------------------------------------------------------------------------- */

static struct node *node_fixed(struct arena *arena, struct node *at, struct str segment)
{
        struct node **slot = &at->child;
        for (; *slot; slot = &(*slot)->next)
                if (str_eq((*slot)->segment, segment))
                        return *slot;
        *slot = arena_new(arena, struct node);
        (*slot)->segment = segment;
        return *slot;
}

static struct node *node_for(struct arena *arena, struct node *at, struct str segment)
{
        ptrdiff_t dot = str_find(segment, STR(".{"));
        if (dot > 0) {
                at = node_for(arena, at, (struct str){ segment.p, (size_t)dot });
                if (!at->ending)
                        at->ending = arena_new(arena, struct node);
                return at->ending;
        }
        if (segment.n < 2 || segment.p[0] != '{')
                return node_fixed(arena, at, segment);
        struct node **slot = segment.p[segment.n - 2] == '*' ? &at->rest : &at->param;
        if (!*slot)
                *slot = arena_new(arena, struct node);
        return *slot;
}

static int router_add(struct arena *arena, struct router *t, const struct route *r, struct err *err)
{
        int rc = route_check(r, err);
        if (rc != OK)
                return rc;
        struct node *at = &t->root;
        struct str path = str_of(r->path);
        if (str_is(path, "/"))
                path.n = 0;
        while (path.n > 0)
                at = node_for(arena, at, segment_take(&path));
        uint32_t index = (uint32_t)t->n;
        if (at->route[r->method] || map_put(&t->by_name, arena, str_of(r->name), index) != MAP_NONE)
                return err_set(err, ERR_RULE, r->name, "路由 %s 与另一条重复", "Route %s stands there twice", r->name);
        at->route[r->method] = r;
        at->index[r->method] = index;
        t->route[t->n++] = r;
        return r->answer ? shape_collect(arena, &t->shapes, r->answer, err) : OK;
}

int router_make(struct arena *arena, const struct route_table *const *tables, size_t n_tables, struct router **ret,
                struct err *err)
{
        size_t n = 0;
        for (size_t i = 0; i < n_tables; i++)
                n += tables[i]->n;
        struct router *t = arena_new(arena, struct router);
        t->route = arena_array(arena, const struct route *, n);
        map_init(&t->by_name, arena, n);
        shape_collect(arena, &t->shapes, &problem_shape, err);
        for (size_t i = 0; i < n_tables; i++) {
                for (size_t k = 0; k < tables[i]->n; k++) {
                        int rc = router_add(arena, t, &tables[i]->route[k], err);
                        if (rc != OK)
                                return rc;
                }
        }
        *ret = t;
        return OK;
}

/* ---- matching -------------------------------------------------------------------------------------- */

static int node_end(const struct node *at, enum http_method method, struct router_match *m)
{
        if (at->route[method]) {
                m->route = at->route[method];
                m->index = at->index[method];
                return OK;
        }
        for (unsigned i = 0; i < HTTP_METHODS; i++)
                m->allow |= at->route[i] ? 1u << i : 0;
        return m->allow ? ERR_METHOD : ERR_NONE;
}

static int node_walk(const struct node *at, enum http_method method, struct str path, int depth,
                     struct router_match *m);

/* A parameter takes @text; on a dead end it is given back. */
static int node_param(const struct node *at, enum http_method method, struct str text, struct str path, int depth,
                      struct router_match *m)
{
        if (!at || text.n == 0 || m->n_params == ROUTE_PARAMS_MAX)
                return ERR_NONE;
        m->param[m->n_params++] = text;
        int rc = node_walk(at, method, path, depth, m);
        if (rc != OK)
                m->n_params--;
        return rc;
}

/* "services.xml": a fixed segment or a parameter, and what its last dot parts from it. */
static int node_ending(const struct node *at, enum http_method method, struct str segment, struct str after, int depth,
                       struct router_match *m)
{
        size_t dot = segment.n;
        while (dot > 0 && segment.p[dot - 1] != '.')
                dot--;
        if (dot < 2)
                return ERR_NONE;
        struct str base = { segment.p, dot - 1 }, ending = { segment.p + dot, segment.n - dot };
        for (const struct node *c = at->child; c; c = c->next)
                if (c->ending && str_eq(c->segment, base))
                        return node_param(c->ending, method, ending, after, depth, m);
        if (!at->param || !at->param->ending || m->n_params == ROUTE_PARAMS_MAX)
                return ERR_NONE;
        m->param[m->n_params++] = base;
        int rc = node_param(at->param->ending, method, ending, after, depth, m);
        if (rc != OK)
                m->n_params--;
        return rc;
}

static int node_walk(const struct node *at, enum http_method method, struct str path, int depth, struct router_match *m)
{
        if (path.n == 0)
                return node_end(at, method, m);
        if (depth == SEGMENTS_MAX)
                return ERR_NONE;
        struct str after = path, segment = segment_take(&after);
        int rc = ERR_NONE;
        for (const struct node *c = at->child; c; c = c->next) {
                if (!str_eq(c->segment, segment))
                        continue;
                rc = node_walk(c, method, after, depth + 1, m);
                break;
        }
        if (rc == ERR_NONE)
                rc = node_ending(at, method, segment, after, depth + 1, m);
        if (rc == ERR_NONE)
                rc = node_param(at->param, method, segment, after, depth + 1, m);
        if (rc == ERR_NONE && at->rest)
                rc = node_param(at->rest, method, (struct str){ path.p + 1, path.n - 1 }, (struct str){ path.p, 0 },
                                depth + 1, m);
        return rc;
}

/* A page opens with a slash behind it too: people type one, and a page's own router leaves one. */
static int page_anyway(const struct router *t, enum http_method method, struct str path, struct router_match *m)
{
        struct router_match with = { .town = m->town, .path = m->path };
        int rc = node_walk(&t->root, method, (struct str){ path.p, path.n - 1 }, 0, &with);
        if (rc != OK || !with.route->page)
                return ERR_NONE;
        *m = with;
        return OK;
}

int router_match(const struct router *t, enum http_method method, struct str path, struct router_match *ret)
{
        *ret = (struct router_match){ .path = path };
        if (path.n == 0 || path.p[0] != '/')
                return ERR_NONE;
        if (str_starts(path, STR("/t/"))) {
                segment_take(&path);
                ret->town = segment_take(&path);
                ret->path = path.n ? path : STR("/");
                if (ret->town.n == 0)
                        return ERR_NONE;
        }
        path = str_is(ret->path, "/") ? (struct str){ ret->path.p, 0 } : ret->path;
        int rc = node_walk(&t->root, method, path, 0, ret);
        return rc == ERR_NONE && str_ends(path, STR("/")) ? page_anyway(t, method, path, ret) : rc;
}

/* ---- asking ---------------------------------------------------------------------------------------- */

struct str router_allow(struct arena *arena, uint32_t allow)
{
        struct str s = { "", 0 };
        for (unsigned i = 0; i < HTTP_METHODS; i++) {
                if (!(allow >> i & 1))
                        continue;
                s = str_printf(arena, STR_FMT "%s%s%s", STR_ARG(s), s.n ? ", " : "",
                               http_method_name((enum http_method)i), i == HTTP_GET ? ", HEAD" : "");
        }
        return s;
}

size_t router_count(const struct router *t)
{
        return t->n;
}

const struct route *router_route(const struct router *t, size_t i)
{
        if (i >= t->n)
                BUG("a route index past the table");
        return t->route[i];
}

const struct shape_set *router_shapes(const struct router *t)
{
        return &t->shapes;
}

const struct route *router_by_name(const struct router *t, struct str name)
{
        uint32_t i = map_get(&t->by_name, name);
        return i == MAP_NONE ? NULL : t->route[i];
}
