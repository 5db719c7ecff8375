/* What goes out: JSON, problems, ETags, cookies, and the headers that every answer carries. */
#include <sodium.h>
#include "api/inner/job.h"
#include "base/log.h"

#define ANSWER_HEADERS 20
#define PROBLEM_MAX ((size_t)8 << 10)
#define CSP_DEFAULT "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"

/* ---- made by handlers ------------------------------------------------------------------------------- */

struct json request_json(struct request *req, int status)
{
        struct answer *out = &req->out;
        buf_clear(&out->body);
        out->body.max = req->route && req->route->answer_max ? req->route->answer_max : ROUTE_ANSWER_DEFAULT;
        out->status = status;
        out->type = NULL;
        return json_to(&out->body);
}

struct json request_items(struct request *req)
{
        struct json j = request_json(req, 0);
        json_open(&j);
        json_key(&j, "items");
        json_list(&j);
        return j;
}

void request_etag(struct request *req, int64_t revision)
{
        req->out.etag = str_printf(req->ctx.arena, "\"r%lld\"", (long long)revision);
}

void request_etag_body(struct request *req)
{
        unsigned char hash[16];
        char hex[sizeof hash * 2 + 1];
        crypto_generichash(hash, sizeof hash, (const unsigned char *)req->out.body.p, req->out.body.n, NULL, 0);
        sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
        req->out.etag = str_printf(req->ctx.arena, "\"%s\"", hex);
}

void request_file(struct request *req, int fd, int64_t bytes)
{
        req->out.file.open = true;
        req->out.file.fd = fd;
        req->out.file.bytes = req->out.file.n = bytes;
}

void request_file_parts(struct request *req, int fd, int64_t bytes, int64_t most)
{
        request_file(req, fd, bytes);
        req->out.file.most = most;
}

void request_set_cookie(struct request *req, const char *name, struct str value, int64_t seconds)
{
        size_t i = req->out.cookie[0].n ? 1 : 0;
        const char *secure = job_of(req)->server->o.secure_cookies ? "; Secure" : "";
        struct str age = { "", 0 };
        if (req->out.cookie[i].n)
                BUG("more than two cookies in one answer");
        if (seconds)
                age = str_printf(req->ctx.arena, "; Max-Age=%lld", (long long)(seconds < 0 ? 0 : seconds));
        req->out.cookie[i] = str_printf(req->ctx.arena, "%s=" STR_FMT "; Path=/; HttpOnly; SameSite=Lax" STR_FMT "%s",
                                        name, STR_ARG(value), STR_ARG(age), secure);
}

/* ---- problems --------------------------------------------------------------------------------------- */

/* Words of the machine room are for the log, not for the asker. */
static bool is_internal(int code)
{
        return code == ERR_IO || code == ERR_SCHEMA || code == ERR_INTERNAL || code == ERR_STORE || code == ERR_FULL;
}

static void problem_write(struct request *req, int code, int status, struct json *j)
{
        const struct err_kind *kind = err_kind(code);
        enum lang lang = req->ctx.lang;
        bool own = req->err.code != OK && !is_internal(code);
        char type[64];
        snprintf(type, sizeof type, "urn:linli:problem:%s", kind->name);
        json_open(j);
        json_kc(j, "type", type);
        json_kc(j, "title", say_in(kind->say, lang));
        json_kint(j, "status", status);
        json_kc(j, "detail", own ? err_text(&req->err, lang) : say_in(kind->say, lang));
        if (own && req->err.field[0])
                json_kc(j, "field", req->err.field);
        json_kstr(j, "instance", utf8_valid(req->path) ? req->path : STR("/"));
        json_kbool(j, "retry", kind->retry);
        json_close(j);
}

static void log_internal(const struct request *req, int code)
{
        if (is_internal(code))
                log_error("%s: %s %s", req->route ? req->route->name : "request", err_kind(code)->name,
                          req->err.code != OK ? req->err.en : "");
}

static void retry_by_status(struct request *req, int status)
{
        if (req->out.retry_after == 0 && (status == 503 || status == 429))
                req->out.retry_after = 1;
}

struct str request_problem_text(struct request *req, int code)
{
        bool own = req->err.code != OK && !is_internal(code);
        log_internal(req, code);
        return str_dup(&req->arena, str_of(own ? err_text(&req->err, req->ctx.lang) : say_in(err_kind(code)->say, req->ctx.lang)));
}

void request_problem(struct request *req, int code)
{
        const struct err_kind *kind = err_kind(code);
        if (req->route && req->route->manner && req->route->manner->problem) {
                req->out.etag = req->out.location = req->out.disposition = (struct str){ NULL, 0 };
                req->route->manner->problem(req, code);
                retry_by_status(req, req->out.status);
                return;
        }
        int status = job_of(req)->refused_status ? job_of(req)->refused_status : kind->status;
        struct json j = request_json(req, status);
        req->out.body.max = PROBLEM_MAX;
        problem_write(req, code, status, &j);
        req->out.type = "application/problem+json";
        req->out.coding = NULL;
        req->out.lasting = (struct str){ NULL, 0 };
        req->out.etag = req->out.location = req->out.disposition = (struct str){ NULL, 0 };
        retry_by_status(req, status);
        log_internal(req, code);
}

/* ---- sent by the loop ------------------------------------------------------------------------------- */

struct headers {
        struct http_header h[ANSWER_HEADERS];
        size_t n;
};

static void header_add(struct headers *to, const char *name, struct str value)
{
        if (to->n == ANSWER_HEADERS)
                BUG("more headers than an answer can have");
        to->h[to->n++] = (struct http_header){ str_of(name), value };
}

/* A value made by a handler: whatever it put there must not become another header. */
static void header_put(struct request *req, struct headers *to, const char *name, struct str value)
{
        if (value.n == 0)
                return;
        for (size_t i = 0; i < value.n; i++) {
                if ((unsigned char)value.p[i] >= ' ' && value.p[i] != 0x7f)
                        continue;
                log_error("%s: header %s left out: control character", req->route ? req->route->name : "request", name);
                return;
        }
        header_add(to, name, (struct str){ str_c(req->ctx.arena, value), value.n });
}

static void headers_fixed(struct headers *to, const char *csp, const char *cache)
{
        header_add(to, "X-Content-Type-Options", STR("nosniff"));
        header_add(to, "Referrer-Policy", STR("no-referrer"));
        header_add(to, "Content-Security-Policy", csp ? str_of(csp) : STR(CSP_DEFAULT));
        header_add(to, "Cache-Control", cache ? str_of(cache) : STR("no-store"));
}

static void file_headers(struct request *req, int status, struct headers *to)
{
        const struct answer *out = &req->out;
        header_add(to, "Accept-Ranges", STR("bytes"));
        header_add(to, "Cross-Origin-Resource-Policy", STR("same-origin"));
        if (status == 206)
                header_put(req, to, "Content-Range", str_printf(req->ctx.arena, "bytes %lld-%lld/%lld", (long long)out->file.from,
                                                                (long long)(out->file.from + out->file.n - 1), (long long)out->file.bytes));
        if (status == 416)
                header_put(req, to, "Content-Range", str_printf(req->ctx.arena, "bytes */%lld", (long long)out->file.bytes));
}

static void headers_made(struct request *req, int status, struct headers *to)
{
        const struct answer *out = &req->out;
        bool kept = req->route && req->route->cached && status < 400;
        headers_fixed(to, out->csp, out->cache ? out->cache : kept ? "private, no-cache" : NULL);
        if (status != 304 && status != 204)
                header_add(to, "Content-Type", str_of(out->type ? out->type : "application/json"));
        if (out->type && strcmp(out->type, "application/problem+json") == 0)
                header_add(to, "Content-Language", req->ctx.lang == LANG_ZH ? STR("zh-CN") : STR("en"));
        if (kept)
                header_add(to, "Vary", STR("Accept-Language, Authorization, Cookie"));
        if (out->pressed)
                header_add(to, "Vary", STR("Accept-Encoding"));
        if (out->coding && status != 304 && status != 204)
                header_add(to, "Content-Encoding", str_of(out->coding));
        if (out->worker)
                header_add(to, "Service-Worker-Allowed", str_of(out->worker));
        if (out->retry_after > 0)
                header_put(req, to, "Retry-After", str_printf(req->ctx.arena, "%d", out->retry_after));
        if (status == 401)
                header_add(to, "WWW-Authenticate", STR("Bearer realm=\"linli\""));
        header_put(req, to, "ETag", out->etag);
        header_put(req, to, "Location", out->location);
        header_put(req, to, "Allow", out->allow);
        if (out->file.open)
                file_headers(req, status, to);
        header_put(req, to, "Content-Disposition", out->disposition);
        header_put(req, to, "Set-Cookie", out->cookie[0]);
        header_put(req, to, "Set-Cookie", out->cookie[1]);
}

static struct str etag_strong(struct str etag)
{
        return str_starts(etag, STR("W/")) ? (struct str){ etag.p + 2, etag.n - 2 } : etag;
}

/* RFC 9110 13.1.2: weak comparison, a list or "*". */
static bool etag_known(struct str list, struct str etag)
{
        struct str one;
        if (str_is(str_trim(list), "*"))
                return true;
        while (str_split(&list, ',', &one)) {
                if (str_eq(etag_strong(str_trim(one)), etag_strong(etag)))
                        return true;
        }
        return false;
}

/* RFC 9110 14: one range of bytes; what is no such range, or several, is as if none were asked for. */
static int range_status(struct request *req)
{
        struct answer *out = &req->out;
        struct str s = str_trim(req->in.range), first;
        int64_t a = 0, b = out->file.bytes - 1;
        bool stale = req->in.if_range.n && !str_eq(str_trim(req->in.if_range), out->etag);
        if (s.n == 0 || stale || !str_starts(s, STR("bytes=")) || memchr(s.p, ',', s.n))
                return 200;
        s = (struct str){ s.p + 6, s.n - 6 };
        const char *dash = memchr(s.p, '-', s.n);
        if (!dash)
                return 200;
        first = (struct str){ s.p, (size_t)(dash - s.p) };
        struct str last = { dash + 1, s.n - first.n - 1 };
        if (first.n == 0 && str_int(last, 1, INT64_MAX, &b) == OK) { /* the last so many */
                a = b < out->file.bytes ? out->file.bytes - b : 0;
                b = out->file.bytes - 1;
        } else if (str_int(first, 0, INT64_MAX, &a) != OK || (last.n && str_int(last, a, INT64_MAX, &b) != OK)) {
                return 200;
        }
        if (a >= out->file.bytes)
                return 416;
        out->file.from = a;
        out->file.n = (b < out->file.bytes - 1 ? b : out->file.bytes - 1) - a + 1;
        if (out->file.most && out->file.n > out->file.most)
                out->file.n = out->file.most;
        return 206;
}

static int answer_status(struct request *req)
{
        struct answer *out = &req->out;
        int status = out->status ? out->status : req->route && req->route->status ? req->route->status : 200;
        if (status != 200 || req->method != HTTP_GET)
                return status;
        if (out->etag.n && req->in.if_none_match.n && etag_known(req->in.if_none_match, out->etag))
                return 304;
        return out->file.open ? range_status(req) : status;
}

/* The whole of a file that is given out in parts only. */
static int not_whole(struct request *req)
{
        int64_t most = req->out.file.most;
        if (!req->out.file.open || most == 0 || req->head || req->out.file.bytes <= most || answer_status(req) != 200)
                return OK;
        return err_set(&req->err, ERR_BAD, "Range", "这个文件按段读取：请在请求头 Range 里写明要哪一段，每段至多 %lld 字节",
                       "This file is read in parts: name one in the header Range, of at most %lld bytes", (long long)most);
}

static void count(struct job *j, int status)
{
        metrics_count(&j->server->metrics, j->route_index, status, (uint64_t)(clock_us() - j->start_us));
}

static void answer_stream(struct job *j)
{
        struct headers h = { 0 };
        headers_fixed(&h, NULL, NULL);
        header_add(&h, "Content-Type", STR("text/event-stream; charset=utf-8"));
        header_add(&h, "X-Accel-Buffering", STR("no"));
        count(j, 200);
        http_reply(j->conn,
                   &(struct http_reply){ .status = 200, .header = h.h, .n = h.n, .pull = sse_pull, .arg = j->client });
}

/* From here on the connection closes it. */
static void file_hand_over(struct request *req, struct http_reply *r)
{
        r->has_file = true;
        r->fd = req->out.file.fd;
        r->from = req->out.file.from;
        r->n_file = req->out.file.n;
        req->out.file.open = false;
}

void job_answer(struct job *j, int rc)
{
        struct request *req = &j->req;
        if (rc == RUN_STREAM && !req->head) {
                answer_stream(j);
                return;
        }
        if (rc == OK && req->out.body.over) {
                err_set(&req->err, ERR_INTERNAL, "", "回答过长", "The answer grew past answer_max");
                rc = ERR_INTERNAL;
        }
        if (rc == OK)
                rc = not_whole(req);
        if (rc < 0)
                request_problem(req, rc);
        int status = answer_status(req);
        struct headers h = { 0 };
        headers_made(req, status, &h);
        struct http_reply r = { .status = status, .header = h.h, .n = h.n };
        if ((status == 200 || status == 206) && req->out.file.open)
                file_hand_over(req, &r);
        else if (status != 304 && status != 204)
                r.body = req->out.lasting.n ? req->out.lasting : buf_view(&req->out.body);
        r.close = atomic_load_explicit(&j->server->stopping, memory_order_relaxed);
        count(j, status);
        http_reply(j->conn, &r);
}

void job_answer_left(struct job *j)
{
        static const char body[] =
                "{\"type\":\"urn:linli:problem:busy\",\"title\":\"系统正在停止 / shutting down\",\"status\":503}";
        struct headers h = { 0 };
        headers_fixed(&h, NULL, NULL);
        header_add(&h, "Content-Type", STR("application/problem+json"));
        header_add(&h, "Retry-After", STR("5"));
        count(j, 503);
        http_reply(j->conn,
                   &(struct http_reply){ .status = 503, .header = h.h, .n = h.n, .body = str_of(body), .close = true });
}
