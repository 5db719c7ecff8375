#include "api/inner/http.h"
#include <arpa/inet.h>
#include <errno.h>
#include <limits.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include "api/inner/form.h"
#include "api/inner/wire.h"

#define CONNECTION_MEMORY ((size_t)32 << 10)
#define STREAM_BLOCK ((size_t)4 << 10)
#define BACKLOG 1024
#define SLOWEST_BYTES_MS 16
#define NEVER INT64_MAX

enum phase { PHASE_IDLE, PHASE_BEGUN, PHASE_BODY, PHASE_READY, PHASE_ANSWERED };

struct http_conn {
        struct http *http;
        struct MHD_Connection *mhd;
        int fd;
        bool open;
        struct http_conn *next_free;
        /* When the sweeper may cut it, CLOCK_MONOTONIC; written by the loop, read by the sweeper. */
        _Atomic int64_t deadline_ms;
        _Atomic bool busy; /* a whole request is here and its answer is not through */
        /* The current exchange; the loop's own. */
        enum phase phase;
        void *exchange;
        struct arena *arena;
        struct wire_line line;
        size_t body_n, body_max, wasted;
        bool too_big;
        struct http_reply stream;
};

struct http {
        struct http_options o;
        struct http_app app;
        struct MHD_Daemon *mhd;
        int listen_fd;
        uint16_t port;
        struct arena arena;
        /* The table of connections. The close callback takes the lock before the library closes the socket, so a
         * number the sweeper shuts down under it is still ours. */
        pthread_mutex_t lock;
        struct http_conn *conn, *free;
        size_t n_conn;
        pthread_t sweeper, acceptor;
        pthread_cond_t wake;
        bool stopping;
};

static int64_t now_ms(void)
{
        struct timespec t;
        clock_gettime(CLOCK_MONOTONIC, &t);
        return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void conn_deadline(struct http_conn *c, int ms)
{
        atomic_store_explicit(&c->deadline_ms, ms > 0 ? now_ms() + ms : NEVER, memory_order_relaxed);
}

/* ---- connections ----------------------------------------------------------------------------------- */

static struct http_conn *conn_of(struct MHD_Connection *mhd)
{
        const union MHD_ConnectionInfo *i = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
        return i ? i->socket_context : NULL;
}

static void conn_open(struct http *h, struct MHD_Connection *mhd, void **ret)
{
        const union MHD_ConnectionInfo *i = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
        pthread_mutex_lock(&h->lock);
        struct http_conn *c = h->free;
        if (c) {
                h->free = c->next_free;
                *c = (struct http_conn){ .http = h, .mhd = mhd, .fd = i ? i->connect_fd : -1, .open = true };
                conn_deadline(c, h->o.headers_ms);
        }
        pthread_mutex_unlock(&h->lock);
        *ret = c;
        if (c)
                h->app.connections(h->app.arg, 1);
}

static void conn_close(struct http *h, void **context)
{
        struct http_conn *c = *context;
        if (!c)
                return;
        pthread_mutex_lock(&h->lock);
        c->open = false;
        c->next_free = h->free;
        h->free = c;
        pthread_mutex_unlock(&h->lock);
        h->app.connections(h->app.arg, -1);
}

static void on_connection(void *arg, struct MHD_Connection *mhd, void **context,
                          enum MHD_ConnectionNotificationCode what)
{
        if (what == MHD_CONNECTION_NOTIFY_STARTED)
                conn_open(arg, mhd, context);
        else
                conn_close(arg, context);
}

/* ---- one exchange ---------------------------------------------------------------------------------- */

static void *on_line(void *arg, const char *uri, struct MHD_Connection *mhd)
{
        struct http *h = arg;
        struct http_conn *c = conn_of(mhd);
        if (!c)
                return NULL;
        c->phase = PHASE_BEGUN;
        c->body_n = c->body_max = c->wasted = 0;
        c->too_big = false;
        conn_deadline(c, h->o.headers_ms);
        c->exchange = h->app.begin(h->app.arg, c, &c->arena);
        c->line = wire_line(c->arena, uri);
        return c;
}

/* A long body has longer: a phone on a bad network still does 16 KiB in a second. */
static int body_patience(const struct http *h, int64_t length)
{
        int64_t more = length / SLOWEST_BYTES_MS;
        return more < INT_MAX - h->o.body_ms ? h->o.body_ms + (int)more : INT_MAX;
}

static enum MHD_Result exchange_head(struct http_conn *c, const char *method, const char *version)
{
        struct http *h = c->http;
        struct http_head head = { .method = str_of(method), .target = c->line.target };
        wire_read(c->mhd, c->arena, &c->line, method, version, &head);
        const union MHD_ConnectionInfo *peer = MHD_get_connection_info(c->mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
        head.peer = peer ? peer->client_addr : NULL;
        c->phase = PHASE_BODY;
        conn_deadline(c, head.length ? body_patience(h, head.length) : 0);
        h->app.head(h->app.arg, c->exchange, &head, &c->body_max);
        return head.wire && c->phase != PHASE_ANSWERED ? MHD_NO : MHD_YES;
}

static enum MHD_Result exchange_body(struct http_conn *c, const char *data, size_t *n)
{
        struct str piece = { data, *n };
        *n = 0;
        if (c->phase == PHASE_ANSWERED)
                return MHD_YES;
        if (c->too_big || piece.n > c->body_max - c->body_n) {
                c->too_big = true;
                c->wasted += piece.n;
                return c->wasted > HTTP_WASTE_MAX ? MHD_NO : MHD_YES;
        }
        c->body_n += piece.n;
        return c->http->app.body(c->http->app.arg, c->exchange, piece) == OK ? MHD_YES : MHD_NO;
}

static enum MHD_Result on_request(void *arg, struct MHD_Connection *mhd, const char *url, const char *method,
                                  const char *version, const char *data, size_t *n, void **context)
{
        (void)arg, (void)mhd, (void)url;
        struct http_conn *c = *context;
        if (!c)
                return MHD_NO;
        if (c->phase == PHASE_BEGUN)
                return exchange_head(c, method, version);
        if (*n > 0)
                return exchange_body(c, data, n);
        if (c->phase == PHASE_ANSWERED)
                return MHD_YES;
        if (c->phase == PHASE_BODY) {
                c->phase = PHASE_READY;
                atomic_store_explicit(&c->busy, true, memory_order_relaxed);
                conn_deadline(c, 0);
        }
        c->http->app.ready(c->http->app.arg, c->exchange, c->too_big);
        return MHD_YES;
}

static void on_completed(void *arg, struct MHD_Connection *mhd, void **context, enum MHD_RequestTerminationCode why)
{
        (void)arg, (void)mhd;
        struct http_conn *c = *context;
        if (!c || c->phase == PHASE_IDLE)
                return;
        void *exchange = c->exchange;
        c->phase = PHASE_IDLE;
        c->exchange = NULL;
        c->http->app.done(c->http->app.arg, exchange, why == MHD_REQUEST_TERMINATED_COMPLETED_OK);
        conn_deadline(c, c->http->o.idle_ms);
        atomic_store_explicit(&c->busy, false, memory_order_release);
}

/* A stream's client has as long to take one piece as others have for the whole answer. */
static ssize_t on_pull(void *arg, uint64_t pos, char *to, size_t max)
{
        (void)pos;
        struct http_conn *c = arg;
        ptrdiff_t n = c->stream.pull(c->stream.arg, to, max);
        conn_deadline(c, n == 0 ? 0 : c->http->o.send_ms);
        return n < 0 ? MHD_CONTENT_READER_END_OF_STREAM : (ssize_t)n;
}

static struct MHD_Response *reply_response(struct http_conn *c, const struct http_reply *r)
{
        if (r->has_file)
                return MHD_create_response_from_fd_at_offset64((uint64_t)r->n_file, r->fd, (uint64_t)r->from);
        if (!r->pull)
                return MHD_create_response_from_buffer(r->body.n, (void *)(uintptr_t)r->body.p, MHD_RESPMEM_PERSISTENT);
        c->stream = *r;
        return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK, on_pull, c, NULL);
}

static int body_patience_out(const struct http *h, int64_t length)
{
        return h->o.send_ms + body_patience(h, length);
}

int http_reply(struct http_conn *c, const struct http_reply *r)
{
        struct MHD_Response *response = reply_response(c, r);
        if (!response)
                out_of_memory(r->body.n);
        for (size_t i = 0; i < r->n; i++)
                if (MHD_add_response_header(response, r->header[i].name.p, r->header[i].value.p) != MHD_YES)
                        BUG("a response header that cannot be sent");
        if (r->close)
                MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
        c->phase = PHASE_ANSWERED;
        atomic_store_explicit(&c->busy, true, memory_order_relaxed);
        conn_deadline(c, r->has_file ? body_patience_out(c->http, r->n_file) : c->http->o.send_ms);
        enum MHD_Result queued = MHD_queue_response(c->mhd, (unsigned)r->status, response);
        MHD_destroy_response(response);
        return queued == MHD_YES ? OK : ERR_BUSY;
}

int http_form(struct http_conn *c, struct str body, struct form *ret)
{
        return form_read(c->mhd, c->arena, body, ret);
}

void http_suspend(struct http_conn *c)
{
        MHD_suspend_connection(c->mhd);
}
void http_resume(struct http_conn *c)
{
        MHD_resume_connection(c->mhd);
}

/* ---- the sweeper ----------------------------------------------------------------------------------- */

static int sweep(struct http *h)
{
        int cut = 0;
        int64_t now = now_ms();
        for (size_t i = 0; i < h->n_conn; i++) {
                struct http_conn *c = &h->conn[i];
                if (!c->open || atomic_load_explicit(&c->deadline_ms, memory_order_relaxed) > now)
                        continue;
                shutdown(c->fd, SHUT_RDWR);
                atomic_store_explicit(&c->deadline_ms, NEVER, memory_order_relaxed);
                cut++;
        }
        return cut;
}

static int tick_ms(const struct http_options *o)
{
        int least = o->headers_ms < o->body_ms ? o->headers_ms : o->body_ms;
        return least / 4 < 10 ? 10 : least / 4 > 250 ? 250 : least / 4;
}

static void *sweeper_main(void *arg)
{
        struct http *h = arg;
        int tick = tick_ms(&h->o);
        pthread_mutex_lock(&h->lock);
        while (!h->stopping) {
                struct timespec until;
                clock_gettime(CLOCK_MONOTONIC, &until);
                int64_t ns = until.tv_nsec + (int64_t)tick * 1000000;
                until.tv_sec += ns / 1000000000;
                until.tv_nsec = ns % 1000000000;
                pthread_cond_timedwait(&h->wake, &h->lock, &until);
                int cut = sweep(h);
                pthread_mutex_unlock(&h->lock);
                for (; cut > 0; cut--)
                        h->app.cut(h->app.arg);
                h->app.tick(h->app.arg);
                pthread_mutex_lock(&h->lock);
        }
        pthread_mutex_unlock(&h->lock);
        return NULL;
}

static void sweeper_start(struct http *h)
{
        pthread_condattr_t attr;
        pthread_condattr_init(&attr);
        pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
        pthread_cond_init(&h->wake, &attr);
        pthread_condattr_destroy(&attr);
        if (pthread_create(&h->sweeper, NULL, sweeper_main, h) != 0)
                BUG("no thread for the sweeper");
}

/* ---- start and stop -------------------------------------------------------------------------------- */

static socklen_t address_parse(const char *text, uint16_t port, struct sockaddr_storage *ret)
{
        struct sockaddr_in *four = (struct sockaddr_in *)ret;
        struct sockaddr_in6 *six = (struct sockaddr_in6 *)ret;
        *ret = (struct sockaddr_storage){ 0 };
        if (inet_pton(AF_INET, text, &four->sin_addr) == 1) {
                four->sin_family = AF_INET;
                four->sin_port = htons(port);
                return sizeof *four;
        }
        if (inet_pton(AF_INET6, text, &six->sin6_addr) == 1) {
                six->sin6_family = AF_INET6;
                six->sin6_port = htons(port);
                return sizeof *six;
        }
        return 0;
}

static uint16_t port_of(int fd)
{
        struct sockaddr_storage a;
        socklen_t n = sizeof a;
        if (getsockname(fd, (struct sockaddr *)&a, &n) != 0)
                return 0;
        return ntohs(a.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&a)->sin6_port
                                             : ((struct sockaddr_in *)&a)->sin_port);
}

static int listen_at(struct http *h, struct err *err)
{
        struct sockaddr_storage a;
        socklen_t n = address_parse(h->o.address, h->o.port, &a);
        if (n == 0)
                return err_set(err, ERR_BAD, "listen", "不是 IP 地址：%s", "Not an IP address: %s", h->o.address);
        const char *why = "";
        int yes = 1, fd = socket(a.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (fd >= 0) {
                setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
                if (bind(fd, (struct sockaddr *)&a, n) == 0 && listen(fd, BACKLOG) == 0) {
                        h->listen_fd = fd;
                        h->port = port_of(fd);
                        return OK;
                }
                why = strerror(errno);
                close(fd);
        }
        return err_set(err, ERR_IO, "listen", "不能在 %s 端口 %d 上监听：%s", "Cannot listen at %s port %d: %s",
                       h->o.address, (int)h->o.port, why);
}

/* ---- the acceptor ---------------------------------------------------------------------------------- */

/* Left to accept for themselves, the loop that wakes first takes all that are waiting and the others stay idle. The library
 * hands connections that it is given to its loops in turn. */
static void accept_one(struct http *h)
{
        struct sockaddr_storage a;
        socklen_t n = sizeof a;
        int fd = accept4(h->listen_fd, (struct sockaddr *)&a, &n, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (fd >= 0)
                MHD_add_connection(h->mhd, fd, (struct sockaddr *)&a, n); /* closes it when it takes no more */
        else if (errno != EAGAIN && errno != EINTR && errno != ECONNABORTED)
                usleep(10000); /* out of descriptors or memory: others may let go of some */
}

static void *acceptor_main(void *arg)
{
        struct http *h = arg;
        struct pollfd p = { .fd = h->listen_fd, .events = POLLIN };
        while (poll(&p, 1, -1) >= 0 || errno == EINTR) {
                if (p.revents & ~POLLIN)
                        break; /* http_stop has shut it down */
                if (p.revents)
                        accept_one(h);
        }
        return NULL;
}

static void acceptor_start(struct http *h)
{
        if (h->listen_fd >= 0 && pthread_create(&h->acceptor, NULL, acceptor_main, h) != 0)
                BUG("no thread to accept connections");
}

static void acceptor_stop(struct http *h)
{
        if (h->listen_fd < 0)
                return;
        shutdown(h->listen_fd, SHUT_RDWR);
        pthread_join(h->acceptor, NULL);
        close(h->listen_fd);
}

static struct MHD_Daemon *daemon_start(struct http *h)
{
        unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC | MHD_USE_TURBO;
        struct MHD_OptionItem more[12];
        size_t n = 0;
        more[n++] = (struct MHD_OptionItem){ MHD_OPTION_CONNECTION_LIMIT, h->o.connections, NULL };
        more[n++] = (struct MHD_OptionItem){ MHD_OPTION_CONNECTION_MEMORY_LIMIT, (intptr_t)CONNECTION_MEMORY, NULL };
        more[n++] = (struct MHD_OptionItem){ MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL };
        if (h->o.per_address > 0)
                more[n++] = (struct MHD_OptionItem){ MHD_OPTION_PER_IP_CONNECTION_LIMIT, h->o.per_address, NULL };
        flags |= MHD_USE_NO_LISTEN_SOCKET;
        if (h->o.loops > 1)
                more[n++] = (struct MHD_OptionItem){ MHD_OPTION_THREAD_POOL_SIZE, h->o.loops, NULL };
        if (h->o.tls_cert && h->o.tls_key) {
                flags |= MHD_USE_TLS;
                more[n++] = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)(uintptr_t)h->o.tls_cert };
                more[n++] = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)h->o.tls_key };
                more[n++] = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_PRIORITIES, 0,
                                                     (void *)(uintptr_t) "NORMAL:-VERS-TLS1.0:-VERS-TLS1.1" };
        }
        more[n] = (struct MHD_OptionItem){ MHD_OPTION_END, 0, NULL };
        return MHD_start_daemon(flags, 0, NULL, NULL, on_request, h, MHD_OPTION_URI_LOG_CALLBACK, on_line, h,
                                MHD_OPTION_NOTIFY_COMPLETED, on_completed, h, MHD_OPTION_NOTIFY_CONNECTION,
                                on_connection, h, MHD_OPTION_ARRAY, more, MHD_OPTION_END);
}

static void http_free(struct http *h)
{
        struct arena a = h->arena;
        pthread_mutex_destroy(&h->lock);
        arena_free(&a);
}

int http_start(const struct http_options *o, const struct http_app *app, struct http **ret, struct err *err)
{
        struct arena a = { 0 };
        struct http *h = arena_new(&a, struct http);
        *h = (struct http){ .o = *o, .app = *app, .listen_fd = -1, .arena = a };
        h->n_conn = (size_t)o->connections + 64; /* closing ones count until they are swept out */
        h->conn = arena_array(&h->arena, struct http_conn, h->n_conn);
        for (size_t i = h->n_conn; i-- > 0; h->free = &h->conn[i])
                h->conn[i].next_free = h->free;
        pthread_mutex_init(&h->lock, NULL);
        int rc = o->address ? listen_at(h, err) : OK;
        if (rc == OK && !(h->mhd = daemon_start(h)))
                rc = o->tls_cert ? err_set(err, ERR_BAD, "tls", "不能启动：证书或私钥无效",
                                           "Cannot start: bad certificate or key")
                                 : err_set(err, ERR_IO, "", "不能启动网络服务", "Cannot start the event loops");
        if (rc != OK) {
                if (h->listen_fd >= 0)
                        close(h->listen_fd);
                http_free(h);
                return rc;
        }
        sweeper_start(h);
        acceptor_start(h);
        *ret = h;
        return OK;
}

uint16_t http_port(const struct http *h)
{
        return h->port;
}

void http_stop(struct http *h)
{
        acceptor_stop(h);
        pthread_mutex_lock(&h->lock);
        h->stopping = true;
        pthread_cond_signal(&h->wake);
        pthread_mutex_unlock(&h->lock);
        pthread_join(h->sweeper, NULL);
        pthread_cond_destroy(&h->wake);
        MHD_stop_daemon(h->mhd);
        http_free(h);
}

int http_adopt(struct http *h, int fd)
{
        struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
        return MHD_add_connection(h->mhd, fd, (struct sockaddr *)&a, sizeof a) == MHD_YES ? OK : ERR_BUSY;
}

void http_cut_waiting(struct http *h)
{
        pthread_mutex_lock(&h->lock);
        for (size_t i = 0; i < h->n_conn; i++)
                if (h->conn[i].open && !atomic_load_explicit(&h->conn[i].busy, memory_order_acquire))
                        shutdown(h->conn[i].fd, SHUT_RDWR);
        pthread_mutex_unlock(&h->lock);
}

bool http_idle(struct http *h, int fd)
{
        bool idle = false;
        pthread_mutex_lock(&h->lock);
        for (size_t i = 0; i < h->n_conn; i++)
                if (h->conn[i].open && h->conn[i].fd == fd)
                        idle = !atomic_load_explicit(&h->conn[i].busy, memory_order_acquire);
        pthread_mutex_unlock(&h->lock);
        return idle;
}
