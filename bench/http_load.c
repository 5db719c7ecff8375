#include "http_load.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define READ_MAX ((size_t)256 << 10)
#define EVENTS 256
#define OF_ONE_ADDRESS 200
#define NS 1000000000LL

struct client {
        int fd;
        bool waiting;   /* for an answer */
        int64_t due_ns; /* when its request was due */
        size_t out_n, out_at;
        size_t in_n;
        char out[LOAD_REQUEST_MAX];
        char in[READ_MAX];
};

struct load {
        const struct load_options *o;
        struct load_result *r;
        struct sockaddr_in to;
        int epoll, n_clients;
        struct client **client;
        int *idle, n_idle;
        uint64_t next; /* number of the next request */
        int64_t start_ns, end_ns;
        bool stop;
};

static int64_t now_ns(void)
{
        struct timespec t;
        clock_gettime(CLOCK_MONOTONIC, &t);
        return (int64_t)t.tv_sec * NS + t.tv_nsec;
}

/* ---- histogram -------------------------------------------------------------------------------------- */

/* Exact below 32 us, then 32 steps to each doubling. */
static size_t bucket_of(int64_t us)
{
        uint64_t v = us > 0 ? (uint64_t)us : 0;
        if (v < 32)
                return (size_t)v;
        int shift = 58 - __builtin_clzll(v);
        size_t b = (size_t)(shift + 1) * 32 + (size_t)((v >> shift) - 32);
        return b < LOAD_BUCKETS ? b : LOAD_BUCKETS - 1;
}

static int64_t bucket_top(size_t b)
{
        if (b < 32)
                return (int64_t)b;
        size_t shift = b / 32 - 1;
        return (int64_t)(((uint64_t)(b % 32 + 33) << shift) - 1);
}

int64_t load_percentile(const struct load_result *r, double percent)
{
        uint64_t want = (uint64_t)((double)r->answered * percent / 100.0 + 0.5), seen = 0;
        for (size_t b = 0; b < LOAD_BUCKETS; b++) {
                seen += r->bucket[b];
                if (seen >= want && seen > 0)
                        return bucket_top(b) < r->max_us ? bucket_top(b) : r->max_us;
        }
        return r->max_us;
}

double load_rate(const struct load_result *r)
{
        return r->seconds > 0 ? (double)r->answered / r->seconds : 0;
}

/* ---- connections ------------------------------------------------------------------------------------ */

/* Many clients have many addresses, and a server allows each so many connections. */
static int client_connect(struct load *l, int i)
{
        struct sockaddr_in from = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK + (uint32_t)(i / OF_ONE_ADDRESS)) };
        int yes = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (fd < 0 || bind(fd, (struct sockaddr *)&from, sizeof from) != 0 || connect(fd, (struct sockaddr *)&l->to, sizeof l->to) != 0) {
                if (fd >= 0)
                        close(fd);
                return -1;
        }
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        struct epoll_event e = { .events = EPOLLIN, .data.u32 = (uint32_t)i };
        epoll_ctl(l->epoll, EPOLL_CTL_ADD, fd, &e);
        struct client *c = l->client[i];
        c->fd = fd;
        c->waiting = false;
        c->in_n = c->out_n = c->out_at = 0;
        return 0;
}

/* Connect anew. A server may close a connection that it has not heard from for long: no error. */
static void client_break(struct load *l, int i)
{
        struct client *c = l->client[i];
        bool waiting = c->waiting;
        l->r->errors += waiting;
        close(c->fd);
        if (client_connect(l, i) != 0)
                l->stop = true;
        else if (waiting)
                l->idle[l->n_idle++] = i;
}

static void client_want(struct load *l, int i, uint32_t events)
{
        struct epoll_event e = { .events = events, .data.u32 = (uint32_t)i };
        epoll_ctl(l->epoll, EPOLL_CTL_MOD, l->client[i]->fd, &e);
}

static void client_write(struct load *l, int i)
{
        struct client *c = l->client[i];
        ssize_t n = send(c->fd, c->out + c->out_at, c->out_n - c->out_at, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno != EAGAIN) {
                client_break(l, i);
                return;
        }
        bool before = c->out_at > 0 || n < 0;
        c->out_at += n > 0 ? (size_t)n : 0;
        if (c->out_at < c->out_n)
                client_want(l, i, EPOLLIN | EPOLLOUT);
        else if (before)
                client_want(l, i, EPOLLIN);
}

static void client_ask(struct load *l, int i, int64_t due_ns)
{
        struct client *c = l->client[i];
        c->out_n = l->o->next(l->o->arg, l->next++, c->out);
        c->out_at = 0;
        c->waiting = true;
        c->due_ns = due_ns;
        client_write(l, i);
}

/* ---- answers ---------------------------------------------------------------------------------------- */

/* The value of Content-Length between @head and its end, or -1. */
static long content_length(const char *head, const char *end)
{
        static const char name[] = "\r\ncontent-length:";
        for (const char *p = head; p + sizeof name < end; p = p + 1) {
                p = memchr(p, '\r', (size_t)(end - p));
                if (!p || p + sizeof name >= end)
                        break;
                if (strncasecmp(p, name, sizeof name - 1) == 0)
                        return strtol(p + sizeof name - 1, NULL, 10);
        }
        return -1;
}

/* The length of the whole answer at the front of the buffer; 0 = not all here; -1 = cannot be read. */
static long answer_length(const struct client *c, int *status, size_t *head)
{
        const char *end = memmem(c->in, c->in_n, "\r\n\r\n", 4);
        if (!end)
                return c->in_n >= READ_MAX ? -1 : 0;
        if (c->in_n < 12 || memcmp(c->in, "HTTP/1.", 7) != 0)
                return -1;
        *status = atoi(c->in + 9);
        *head = (size_t)(end - c->in) + 4;
        long body = *status == 204 || *status == 304 || *status < 200 ? 0 : content_length(c->in, end + 2);
        if (body < 0 || *head + (size_t)body > READ_MAX)
                return -1;
        return c->in_n >= *head + (size_t)body ? (long)*head + body : 0;
}

static void answer_count(struct load *l, struct client *c, int status, size_t head, size_t length)
{
        struct load_result *r = l->r;
        int64_t us = (now_ns() - c->due_ns) / 1000;
        r->answered++;
        r->status[status / 100 >= 1 && status / 100 <= 5 ? status / 100 : 0]++;
        r->bucket[bucket_of(us)]++;
        r->max_us = us > r->max_us ? us : r->max_us;
        if (l->o->answer)
                l->o->answer(l->o->arg, status, c->in + head, length - head);
        if (l->o->count && r->answered >= l->o->count)
                l->stop = true;
}

static void client_read(struct load *l, int i)
{
        struct client *c = l->client[i];
        ssize_t n = recv(c->fd, c->in + c->in_n, READ_MAX - c->in_n, MSG_DONTWAIT);
        if (n < 0 && errno == EAGAIN)
                return;
        if (n <= 0) {
                client_break(l, i);
                return;
        }
        c->in_n += (size_t)n;
        l->r->bytes += (uint64_t)n;
        int status = 0;
        size_t head = 0;
        long length = answer_length(c, &status, &head);
        if (length == 0)
                return;
        if (length < 0 || !c->waiting) {
                client_break(l, i);
                return;
        }
        answer_count(l, c, status, head, (size_t)length);
        memmove(c->in, c->in + length, c->in_n - (size_t)length);
        c->in_n -= (size_t)length;
        c->waiting = false;
        if (l->o->rate <= 0 && !l->stop)
                client_ask(l, i, now_ns());
        else
                l->idle[l->n_idle++] = i;
}

/* ---- the loop --------------------------------------------------------------------------------------- */

static int64_t due_of(const struct load *l, uint64_t n)
{
        return l->start_ns + (int64_t)((double)n * (double)NS / l->o->rate);
}

/* Send what is due; returns nanoseconds to wait for the next event. */
static int64_t send_due(struct load *l)
{
        int64_t now = now_ns();
        while (l->n_idle > 0 && !l->stop) {
                int64_t due = l->o->rate > 0 ? due_of(l, l->next) : now;
                if (due > now)
                        return due - now;
                client_ask(l, l->idle[--l->n_idle], due);
        }
        return 100 * 1000000LL;
}

static void load_loop(struct load *l)
{
        struct epoll_event e[EVENTS];
        while (!l->stop) {
                int64_t wait = send_due(l), left = l->end_ns - now_ns();
                if (left <= 0)
                        break;
                wait = wait < left ? wait : left;
                struct timespec t = { .tv_sec = wait / NS, .tv_nsec = wait % NS };
                int n = epoll_pwait2(l->epoll, e, EVENTS, &t, NULL);
                for (int k = 0; k < n && !l->stop; k++) {
                        int i = (int)e[k].data.u32;
                        if (e[k].events & EPOLLOUT)
                                client_write(l, i);
                        if (e[k].events & (EPOLLIN | EPOLLHUP | EPOLLERR))
                                client_read(l, i);
                }
        }
}

static int load_open(struct load *l)
{
        for (int i = 0; i < l->n_clients; i++) {
                if (client_connect(l, i) != 0)
                        return -1;
                l->idle[l->n_idle++] = i;
        }
        return 0;
}

int load_run(const struct load_options *o, struct load_result *ret)
{
        *ret = (struct load_result){ 0 };
        struct load l = { .o = o, .r = ret, .n_clients = o->connections > 0 ? o->connections : 32 };
        l.to = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons(o->port) };
        if (inet_pton(AF_INET, o->address ? o->address : "127.0.0.1", &l.to.sin_addr) != 1)
                return -1;
        l.epoll = epoll_create1(EPOLL_CLOEXEC);
        l.client = calloc((size_t)l.n_clients, sizeof *l.client);
        l.idle = calloc((size_t)l.n_clients, sizeof *l.idle);
        for (int i = 0; i < l.n_clients; i++) {
                l.client[i] = malloc(sizeof **l.client);
                l.client[i]->fd = -1;
        }
        int rc = load_open(&l);
        l.start_ns = now_ns();
        l.end_ns = o->seconds > 0 ? l.start_ns + (int64_t)(o->seconds * (double)NS) : INT64_MAX;
        if (rc == 0)
                load_loop(&l);
        ret->seconds = (double)(now_ns() - l.start_ns) / 1e9;
        for (int i = 0; i < l.n_clients; i++) {
                if (l.client[i]->fd >= 0)
                        close(l.client[i]->fd);
                free(l.client[i]);
        }
        free(l.client);
        free(l.idle);
        close(l.epoll);
        return rc;
}

/* ---- patterns --------------------------------------------------------------------------------------- */

static uint64_t mix(uint64_t x)
{
        x += 0x9e3779b97f4a7c15;
        x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
        x = (x ^ x >> 27) * 0x94d049bb133111eb;
        return x ^ x >> 31;
}

static double part(uint64_t x)
{
        return (double)(mix(x) >> 11) * 0x1p-53;
}

static size_t pick(const char *list, size_t n, uint64_t x, char *to, size_t max)
{
        size_t count = 1, k;
        for (size_t i = 0; i < n; i++)
                count += list[i] == '|';
        for (k = (size_t)(mix(x) % count); k > 0; k--) {
                const char *bar = memchr(list, '|', n);
                n -= (size_t)(bar + 1 - list);
                list = bar + 1;
        }
        const char *end = memchr(list, '|', n);
        n = end ? (size_t)(end - list) : n;
        return (size_t)snprintf(to, max, "%.*s", (int)n, list);
}

static size_t fill_one(const struct load_pattern *p, const char *name, size_t n, uint64_t number, size_t at, char *to,
                       size_t max)
{
        uint64_t x = mix(p->seed) ^ number * 64 ^ at << 48;
        if (n == 1 && name[0] == 'n')
                return (size_t)snprintf(to, max, "%llu", (unsigned long long)number);
        if (n == 2 && memcmp(name, "id", 2) == 0)
                return (size_t)snprintf(to, max, "%010llx%016llx", (unsigned long long)number,
                                        (unsigned long long)mix(p->seed ^ 1));
        if (n == 3 && memcmp(name, "lat", 3) == 0)
                return (size_t)snprintf(to, max, "%.6f", p->south + (p->north - p->south) * part(number * 2 + p->seed));
        if (n == 3 && memcmp(name, "lon", 3) == 0)
                return (size_t)snprintf(to, max, "%.6f",
                                        p->west + (p->east - p->west) * part(number * 2 + 1 + p->seed));
        if (n > 5 && memcmp(name, "pick:", 5) == 0)
                return pick(name + 5, n - 5, x, to, max);
        return (size_t)snprintf(to, max, "{%.*s}", (int)n, name); /* JSON has braces of its own */
}

/* A brace that opens a name known above; else it stands for itself. */
static bool is_name(const char *s, size_t n)
{
        return (n == 1 && s[0] == 'n') || (n == 2 && memcmp(s, "id", 2) == 0) ||
               (n == 3 && (memcmp(s, "lat", 3) == 0 || memcmp(s, "lon", 3) == 0)) ||
               (n > 5 && memcmp(s, "pick:", 5) == 0);
}

static size_t fill(const struct load_pattern *p, const char *text, uint64_t number, char *to, size_t max)
{
        size_t n = 0;
        for (const char *c = text; *c && n + 1 < max;) {
                size_t length = *c == '{' ? strcspn(c + 1, "}\"") : 0;
                if (*c == '{' && c[1 + length] == '}' && is_name(c + 1, length)) {
                        n += fill_one(p, c + 1, length, number, (size_t)(c - text), to + n, max - n);
                        c += length + 2;
                } else {
                        to[n++] = *c++;
                }
        }
        return n < max ? n : max - 1;
}

size_t load_pattern_next(void *pattern, uint64_t number, char *out)
{
        const struct load_pattern *p = pattern;
        char body[LOAD_REQUEST_MAX / 2];
        size_t n = 0, max = LOAD_REQUEST_MAX - sizeof body,
               body_n = p->body ? fill(p, p->body, number, body, sizeof body) : 0;
        n += (size_t)snprintf(out, max, "%s ", p->method);
        n += fill(p, p->path, number, out + n, max - n);
        n += (size_t)snprintf(out + n, max - n, " HTTP/1.1\r\nHost: localhost\r\n");
        n += fill(p, p->headers ? p->headers : "", number, out + n, max - n);
        if (p->body)
                n += (size_t)snprintf(out + n, max - n, "Content-Length: %zu\r\n", body_n);
        n += (size_t)snprintf(out + n, max - n, "\r\n");
        memcpy(out + n, body, body_n);
        return n + body_n;
}
