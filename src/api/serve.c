/* The way of a request: headers, body, door, handler, answer; on its loop, or away on a worker. */
#include "api/inner/serve.h"
#include "api/inner/job.h"
#include <errno.h>
#include <unistd.h>

#define SMALL_BODY ((int64_t)64 << 10) /* of a refused request: read through, so that the connection lives on */

/* ---- refusing --------------------------------------------------------------------------------------- */

static void refuse(struct job *j, int code, int status)
{
        if (j->refused != OK)
                return;
        j->refused = code;
        j->refused_status = status;
}

static int code_of_wire(int status)
{
        return status == 413 ? ERR_TOO_BIG : status == 431 ? ERR_HEADER : ERR_BAD;
}

/* ---- headers ---------------------------------------------------------------------------------------- */

static void *on_begin(void *arg, struct http_conn *conn, struct arena **ret_arena)
{
        struct server *s = arg;
        struct job *j = job_take(s);
        j->conn = conn;
        j->start_us = clock_us();
        j->route_index = router_count(s->router);
        *ret_arena = &j->req.arena;
        return j;
}

/* Parameters as text and, where the name says so, as ids. What cannot be one names nothing that exists. */
static int params_read(struct request *req, const struct router_match *m)
{
        const char *p = req->route->path;
        for (size_t i = 0; i < m->n_params; i++) {
                p = strchr(p, '{') + 1;
                struct str name = { p, strcspn(p, "*}") };
                size_t most = p[name.n] == '*' ? ROUTE_REST_BYTES : ROUTE_PARAM_BYTES;
                struct param *out = &req->param[i];
                if (m->param[i].n > most * 3 || percent_decode(&req->arena, m->param[i], false, &out->text) != OK)
                        return ERR_NONE;
                if (out->text.n > most || !utf8_valid(out->text) || utf8_has_control(out->text))
                        return ERR_NONE;
                if ((str_is(name, "id") || str_ends(name, STR("_id"))) &&
                    str_int(out->text, 1, INT64_MAX, &out->id) != OK)
                        return ERR_NONE;
        }
        req->n_params = m->n_params;
        return OK;
}

static void route_find(struct job *j)
{
        struct request *req = &j->req;
        int rc = router_match(j->server->router, req->method, req->path, &j->match);
        req->town_code = j->match.town;
        req->path = j->match.path;
        if (rc == OK) {
                req->route = j->match.route;
                j->route_index = j->match.index;
                rc = params_read(req, &j->match);
        }
        if (rc == ERR_METHOD)
                req->out.allow = router_allow(&req->arena, j->match.allow);
        if (rc != OK)
                refuse(j, rc, 0);
}

static _Atomic size_t *bytes_of(struct job *j)
{
        return j->req.route->body_file ? &j->server->file_bytes : &j->server->body_bytes;
}

static size_t budget_of(const struct job *j)
{
        return j->req.route->body_file ? j->server->o.file_budget : j->server->o.body_budget;
}

/* Refused before megabytes were sent in vain; counted when it has come. */
static void file_expect(struct job *j, const struct http_head *head)
{
        struct request *req = &j->req;
        bool nobody = !req->in.authorization.n && !req->in.cookie.n;
        int wait = nobody ? rate_look(j->server->rate, req->address, req->route->rate, clock_us()) : 0;
        if (head->length <= 0)
                refuse(j, err_set(&req->err, ERR_MISSING, "Content-Length", "上传须先说明长度", "An upload says its length first"), head->length < 0 ? 411 : 0);
        else if (wait > 0)
                refuse(j, rate_wait(req, wait), 0);
}

static void body_expect(struct job *j, const struct http_head *head, size_t *ret_max)
{
        struct request *req = &j->req;
        if (!req->route || j->refused != OK)
                return;
        int rc = door_body(req->route, req->in.content_type, head->length, ret_max, &req->err);
        if (rc != OK)
                refuse(j, rc, rc == ERR_TYPE ? 415 : 0);
        else if (atomic_load_explicit(bytes_of(j), memory_order_relaxed) > budget_of(j))
                refuse(j, ERR_BUSY, 0);
        else if (req->route->body_file)
                file_expect(j, head);
        j->body.max = *ret_max;
}

static void on_head(void *arg, void *exchange, const struct http_head *head, size_t *ret_max)
{
        struct server *s = arg;
        struct job *j = exchange;
        request_read_head(j, head);
        if (head->wire) {
                metrics_refuse(&s->metrics, REFUSED_WIRE);
                refuse(j, code_of_wire(head->wire), head->wire);
        } else if (atomic_load_explicit(&s->stopping, memory_order_relaxed)) {
                refuse(j, ERR_BUSY, 0);
        } else {
                route_find(j);
                body_expect(j, head, ret_max);
        }
        if (j->refused == OK)
                return;
        bool small = head->length >= 0 && head->length <= SMALL_BODY;
        *ret_max = small ? (size_t)head->length : 0;
        if (head->wire || !small)
                job_answer(j, j->refused);
}

/* Some kilobytes into the page cache: microseconds, on the loop. */
static void file_piece_add(struct job *j, struct str piece)
{
        struct request *req = &j->req;
        int rc = req->body_file.store ? OK : !j->server->o.store ? ERR_STORE : file_begin(j->server->o.store, &req->body_file, &req->err);
        for (size_t at = 0; rc == OK && at < piece.n;) {
                ssize_t n = write(req->body_file.fd, piece.p + at, piece.n - at);
                if (n < 0 && errno != EINTR)
                        rc = errno == ENOSPC || errno == EDQUOT ? ERR_FULL : ERR_IO;
                at += n > 0 ? (size_t)n : 0;
        }
        req->body_bytes += (int64_t)piece.n;
        if (rc != OK)
                refuse(j, rc, 0);
}

static int on_body(void *arg, void *exchange, struct str piece)
{
        struct server *s = arg;
        struct job *j = exchange;
        if (j->refused != OK)
                return OK;
        (void)s;
        j->body_n += piece.n;
        if (atomic_fetch_add_explicit(bytes_of(j), piece.n, memory_order_relaxed) > budget_of(j))
                refuse(j, ERR_BUSY, 0);
        else if (j->req.route->body_file)
                file_piece_add(j, piece);
        else
                buf_str(&j->body, piece);
        return OK;
}

/* ---- running ---------------------------------------------------------------------------------------- */

static int job_run(struct job *j)
{
        struct request *req = &j->req;
        const struct route *route = req->route;
        int rc = door_pass(&j->server->o.door, req);
        bool reads = route->run_on == RUN_READ || route->run_on == RUN_FAST;
        if (rc == OK && reads && j->server->o.store)
                rc = request_tx(req, &req->ctx.tx);
        if (rc != OK)
                return rc;
        request_json(req, 0); /* the answer has its ceiling, also where the handler writes no JSON */
        return route->run(req);
}

/* The handler's own party lets go. With a promise open the request is no longer ours: only the job is touched. */
static void job_through(struct job *j, int rc)
{
        if (rc == RUN_PENDING) {
                j->pending = true;
        } else {
                j->req.rc = rc;
                job_tx_end(j);
        }
        job_release(j);
}

void serve_work(void *arg, struct pool_item *item)
{
        struct server *s = arg;
        struct job *j = (struct job *)((char *)item - offsetof(struct job, item));
        atomic_fetch_sub_explicit(&s->metrics.queued, 1, memory_order_relaxed);
        int rc = ERR_BUSY;
        if (!request_late(&j->req))
                rc = job_run(j);
        else
                metrics_refuse(&s->metrics, REFUSED_LATE);
        job_through(j, rc);
}

static bool runs_here(const struct server *s, const struct route *r)
{
        return r->run_on == RUN_PLAIN || ((r->run_on == RUN_FAST || r->run_on == RUN_SUBMIT) && !s->o.fast_on_worker);
}

static void go_away(struct job *j)
{
        atomic_fetch_add_explicit(&j->refs, 1, memory_order_relaxed);
        atomic_store_explicit(&j->state, JOB_AWAY, memory_order_release);
        http_suspend(j->conn);
}

static void run_here(struct job *j)
{
        int rc = job_run(j);
        if (rc != RUN_PENDING) {
                job_tx_end(j);
                job_answer(j, rc);
                return;
        }
        go_away(j);
        job_through(j, rc);
}

static void run_away(struct job *j)
{
        struct server *s = j->server;
        if (!pool_reserve(s->pool)) {
                metrics_refuse(&s->metrics, REFUSED_QUEUE);
                job_answer(j, ERR_BUSY);
                return;
        }
        atomic_fetch_add_explicit(&s->metrics.queued, 1, memory_order_relaxed);
        go_away(j);
        pool_put(s->pool, &j->item);
}

/* ---- on the loop, when all is here, and when it is back ---------------------------------------------- */

static void on_ready(void *arg, void *exchange, bool too_big)
{
        struct server *s = arg;
        struct job *j = exchange;
        struct request *req = &j->req;
        int state = atomic_load_explicit(&j->state, memory_order_acquire);
        if (state == JOB_LEFT) {
                job_answer_left(j);
                return;
        }
        if (state == JOB_BACK) {
                job_answer(j, j->pending && req->finish ? req->finish(req, req->rc) : req->rc);
                return;
        }
        if (too_big)
                refuse(j, ERR_TOO_BIG, 0);
        if (j->refused != OK) {
                job_answer(j, j->refused);
                return;
        }
        req->body_text = buf_view(&j->body);
        if (req->route->form && (state = http_form(j->conn, req->body_text, &req->form)) != OK) {
                err_set(&req->err, state, "", "表单读不出来", "The form cannot be read");
                job_answer(j, state);
                return;
        }
        req->deadline_us = clock_us() + (int64_t)s->o.run_ms * 1000;
        atomic_store_explicit(&j->parties, 1, memory_order_relaxed);
        if (runs_here(s, req->route))
                run_here(j);
        else
                run_away(j);
}

static void on_done(void *arg, void *exchange, bool sent)
{
        (void)arg, (void)sent;
        struct job *j = exchange;
        if (j->client)
                sse_detach(j->client);
        j->client = NULL;
        job_drop(j);
}

static void on_cut(void *arg)
{
        metrics_refuse(&((struct server *)arg)->metrics, REFUSED_SLOW);
}

static void on_connections(void *arg, int change)
{
        atomic_fetch_add_explicit(&((struct server *)arg)->metrics.connections, change, memory_order_relaxed);
}

static void on_tick(void *arg)
{
        struct server *s = arg;
        if (s->o.hub) {
                sse_tick(s->o.hub);
                atomic_store_explicit(&s->metrics.streams, (int64_t)sse_clients(s->o.hub), memory_order_relaxed);
        }
}

struct http_app serve_app(struct server *s)
{
        return (struct http_app){ .arg = s,
                                  .begin = on_begin,
                                  .head = on_head,
                                  .body = on_body,
                                  .ready = on_ready,
                                  .done = on_done,
                                  .cut = on_cut,
                                  .connections = on_connections,
                                  .tick = on_tick };
}
