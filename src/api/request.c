/* What came in: headers, target, address; and what a handler may ask of its request. */
#include "api/request.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sodium.h>
#include <strings.h>
#include <unistd.h>
#include "api/inner/job.h"

/* ---- headers ---------------------------------------------------------------------------------------- */

#define HEADER(text, member)                                                                                           \
        {                                                                                                              \
                text, sizeof text - 1, offsetof(struct request_headers, member)                                        \
        }
static const struct {
        const char *name;
        size_t n, at;
} wanted[] = {
        HEADER("host", host),
        HEADER("range", range),
        HEADER("if-range", if_range),
        HEADER("cookie", cookie),
        HEADER("accept", accept),
        HEADER("origin", origin),
        HEADER("if-match", if_match),
        HEADER("user-agent", user_agent),
        HEADER("content-type", content_type),
        HEADER("x-csrf-token", csrf),
        HEADER("authorization", authorization),
        HEADER("last-event-id", last_event_id),
        HEADER("if-none-match", if_none_match),
        HEADER("sec-fetch-site", fetch_site),
        HEADER("accept-language", accept_language),
        HEADER("accept-encoding", accept_encoding),
        HEADER("idempotency-key", idempotency),
        HEADER("x-forwarded-for", forwarded_for),
        HEADER("x-tracking-code", tracking),
};

/* The first of each name; the door's own credentials may not come twice. */
static void header_take(struct job *j, const struct http_header *h)
{
        for (size_t i = 0; i < COUNT(wanted); i++) {
                if (wanted[i].n != h->name.n || strncasecmp(wanted[i].name, h->name.p, h->name.n) != 0)
                        continue;
                struct str *to = (struct str *)((char *)&j->req.in + wanted[i].at);
                bool list = to == &j->req.in.forwarded_for || to == &j->req.in.accept_language ||
                            to == &j->req.in.accept || to == &j->req.in.if_none_match || to == &j->req.in.accept_encoding;
                if (to->n && to == &j->req.in.forwarded_for)
                        *to = h->value; /* the nearest proxy's line is the last */
                else if (to->n && !list)
                        j->refused = ERR_BAD;
                else if (!to->n)
                        *to = h->value;
                return;
        }
}

static enum http_method method_of(struct str name, bool *head)
{
        *head = str_is(name, "HEAD");
        for (enum http_method m = HTTP_GET; m < HTTP_METHODS; m++)
                if (str_is(name, http_method_name(m)))
                        return m;
        return *head ? HTTP_GET : HTTP_NONE;
}

/* ---- address ---------------------------------------------------------------------------------------- */

/* What one household or phone keeps: an IPv4 address, or the network half of an IPv6 one. */
static size_t address_bytes(const struct sockaddr *a, unsigned char out[16])
{
        if (a && a->sa_family == AF_INET) {
                memcpy(out, &((const struct sockaddr_in *)(const void *)a)->sin_addr, 4);
                return 4;
        }
        if (!a || a->sa_family != AF_INET6)
                return 0;
        const struct in6_addr *six = &((const struct sockaddr_in6 *)(const void *)a)->sin6_addr;
        if (IN6_IS_ADDR_V4MAPPED(six)) {
                memcpy(out, &six->s6_addr[12], 4);
                return 4;
        }
        memcpy(out, six->s6_addr, 16);
        return 16;
}

static size_t text_bytes(struct str text, unsigned char out[16])
{
        char c[64];
        if (text.n == 0 || text.n >= sizeof c)
                return 0;
        memcpy(c, text.p, text.n);
        c[text.n] = '\0';
        if (inet_pton(AF_INET, c, out) == 1)
                return 4;
        return inet_pton(AF_INET6, c, out) == 1 ? 16 : 0;
}

static bool is_loopback(const unsigned char *a, size_t n)
{
        static const unsigned char six[16] = { [15] = 1 };
        return n == 4 ? a[0] == 127 : n == 16 ? memcmp(a, six, 16) == 0 : n == 0;
}

/* The last entry of the header is what our own proxy saw. */
static struct str forwarded_last(struct str list)
{
        for (size_t i = list.n; i-- > 0;)
                if (list.p[i] == ',')
                        return str_trim((struct str){ list.p + i + 1, list.n - i - 1 });
        return str_trim(list);
}

static void address_read(struct job *j, const void *peer)
{
        const struct server *s = j->server;
        unsigned char a[16] = { 0 }, proxy[16] = { 0 };
        size_t n = address_bytes(peer, a);
        j->local = is_loopback(a, n) && !j->req.in.forwarded_for.n;
        if (s->o.proxy && j->req.in.forwarded_for.n) {
                size_t proxy_n = text_bytes(str_of(s->o.proxy), proxy);
                if (proxy_n == n && memcmp(a, proxy, n) == 0)
                        n = text_bytes(forwarded_last(j->req.in.forwarded_for), a);
        }
        crypto_shorthash((unsigned char *)&j->req.address, a, n == 16 ? 8 : n, s->address_key);
}

/* ---- target ----------------------------------------------------------------------------------------- */

/* "http://host/path?query" or "/path?query" */
static void target_read(struct request *req, struct str target)
{
        struct str rest = target;
        req->target = target;
        if (str_starts(rest, STR("http://")) || str_starts(rest, STR("https://"))) {
                ptrdiff_t from = str_find(rest, STR("://")) + 3;
                rest = (struct str){ rest.p + from, rest.n - (size_t)from };
                const char *slash = memchr(rest.p, '/', rest.n);
                req->in.host = (struct str){ rest.p, slash ? (size_t)(slash - rest.p) : rest.n };
                rest = slash ? (struct str){ slash, rest.n - req->in.host.n } : STR("/");
        }
        const char *ask = rest.n ? memchr(rest.p, '?', rest.n) : NULL;
        req->path = (struct str){ rest.p, ask ? (size_t)(ask - rest.p) : rest.n };
        if (ask)
                req->query_text = (struct str){ ask + 1, rest.n - req->path.n - 1 };
}

void request_read_head(struct job *j, const struct http_head *head)
{
        struct request *req = &j->req;
        const struct server *s = j->server;
        for (size_t i = 0; i < head->n; i++)
                header_take(j, &head->header[i]);
        target_read(req, head->target);
        address_read(j, head->peer);
        req->method = method_of(head->method, &req->head);
        req->app = s->o.app;
        req->ctx = (struct ctx){
                .actor = { .kind = ACTOR_PUBLIC },
                .now = s->o.now(s->o.app),
                .arena = &req->arena,
                .err = &req->err,
                .chance = s->o.chance,
                .ids = s->o.ids,
        };
        if (req->in.accept_language.n)
                req->ctx.lang = lang_of(str_c(&req->arena, req->in.accept_language));
}

/* ---- what a handler may ask ------------------------------------------------------------------------- */

struct str request_cookie(const struct request *req, const char *name)
{
        struct str rest = req->in.cookie, pair;
        size_t n = strlen(name);
        while (str_split(&rest, ';', &pair)) {
                pair = str_trim(pair);
                if (pair.n > n && memcmp(pair.p, name, n) == 0 && pair.p[n] == '=')
                        return (struct str){ pair.p + n + 1, pair.n - n - 1 };
        }
        return (struct str){ NULL, 0 };
}

/* The place of "{name}" among the parameters of a path. */
const struct param *request_param(const struct request *req, const char *name)
{
        size_t i = 0, n = strlen(name);
        for (const char *p = strchr(req->route->path, '{'); p; p = strchr(p + 1, '{'), i++)
                if (strncmp(p + 1, name, n) == 0 && (p[1 + n] == '}' || p[1 + n] == '*'))
                        return &req->param[i];
        BUG("a parameter the path does not have");
}

int request_if_match(struct request *req, int64_t *ret_revision)
{
        struct str s = str_trim(req->in.if_match);
        if (s.n == 0 || str_is(s, "*")) {
                *ret_revision = -1;
                return OK;
        }
        struct str digits = { s.p + 2, s.n > 3 ? s.n - 3 : 0 };
        if (s.n < 4 || memcmp(s.p, "\"r", 2) != 0 || s.p[s.n - 1] != '"' ||
            str_int(digits, 0, INT64_MAX, ret_revision) != OK)
                return err_set(&req->err, ERR_BAD, "If-Match", "If-Match 须是先前得到的 ETag",
                               "If-Match must be an ETag given before");
        return OK;
}

int request_tx(struct request *req, struct tx **ret)
{
        struct job *j = job_of(req);
        if (!j->server->o.store)
                return ERR_STORE;
        if (!j->tx) {
                int rc = store_read_begin(j->server->o.store, &j->tx, &req->err);
                if (rc != OK)
                        return rc;
        }
        *ret = req->ctx.tx = j->tx;
        return OK;
}

/* A file that cannot be read to its end hashes to something else: the key is then another request's. */
static void hash_file(crypto_generichash_state *h, const struct file_draft *f)
{
        unsigned char buf[16384];
        ssize_t n;
        for (off_t at = 0; f->store && (n = pread(f->fd, buf, sizeof buf, at)) > 0; at += n)
                crypto_generichash_update(h, buf, (size_t)n);
}

void request_body_hash(const struct request *req, unsigned char out[32])
{
        crypto_generichash_state h;
        crypto_generichash_init(&h, NULL, 0, 32);
        crypto_generichash_update(&h, (const unsigned char *)req->route->name, strlen(req->route->name) + 1);
        crypto_generichash_update(&h, (const unsigned char *)req->path.p, req->path.n);
        crypto_generichash_update(&h, (const unsigned char *)"", 1);
        crypto_generichash_update(&h, (const unsigned char *)req->body_text.p, req->body_text.n);
        hash_file(&h, &req->body_file);
        crypto_generichash_final(&h, out, 32);
}

int request_in_scope(struct request *req, int64_t matter, const struct scope_object *object)
{
        const struct door *d = &job_of(req)->server->o.door;
        if (req->who.by == CRED_TRACK)
                return req->who.id == matter && matter != 0 ? OK : ERR_NONE;
        if (req->route->may == RIGHT_PUBLIC)
                return OK;
        return d->reaches && d->reaches(d->arg, req, object) ? OK : ERR_NONE;
}

bool request_late(const struct request *req)
{
        return clock_us() > req->deadline_us;
}
bool request_local(const struct request *req)
{
        return job_of_const(req)->local;
}

int request_page(struct request *req, size_t field, int64_t *last, size_t n)
{
        const struct server *s = job_of(req)->server;
        if (!value_given(&req->query, field))
                return OK;
        return cursor_read(&s->o.cursor_key, req->ctx.town, req->route->name, value_str(&req->query, field), last, n, &req->err);
}

void request_next(struct request *req, struct json *j, const int64_t *last, size_t n)
{
        const struct server *s = job_of(req)->server;
        json_key(j, "next");
        if (last)
                json_str(j, cursor_make(req->ctx.arena, &s->o.cursor_key, req->ctx.town, req->route->name, last, n));
        else
                json_null(j);
}

/* ---- later ------------------------------------------------------------------------------------------ */

struct submission {
        struct command command; /* first: the command is its submission */
        struct request *req;
};

static void submission_done(struct command *c)
{
        request_finish(((struct submission *)c)->req, c->rc);
}

int request_submit(struct request *req, int (*run)(struct tx *, struct command *), void *arg)
{
        struct job *j = job_of(req);
        if (!j->server->o.store)
                return ERR_STORE;
        struct submission *s = arena_new(req->ctx.arena, struct submission);
        s->req = req;
        s->command = (struct command){ .run = run, .done = submission_done, .arg = arg, .err = &req->err };
        request_later(req);
        int rc = store_submit(j->server->o.store, &s->command);
        if (rc == OK)
                return RUN_PENDING;
        atomic_fetch_sub_explicit(&j->parties, 1, memory_order_relaxed);
        return rc;
}

/* What was prepared is in memory; a snapshot must not be held while waiting for the disk. */
int request_later(struct request *req)
{
        job_tx_end(job_of(req));
        atomic_fetch_add_explicit(&job_of(req)->parties, 1, memory_order_relaxed);
        return RUN_PENDING;
}

void request_finish(struct request *req, int rc)
{
        req->rc = rc;
        job_release(job_of(req));
}
