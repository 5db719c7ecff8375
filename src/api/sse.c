#include "api/sse.h"
#include <stdio.h>
#include "api/inner/job.h"

#define KINDS_MAX 64
#define HEARTBEAT_MS 15000
#define TURN_US 200000 /* between two pieces to one client */

struct waiting {
        int64_t id;
        size_t kind;
};

struct sse_client {
        struct sse_hub *hub;
        struct job *job;
        struct sse_client *prev, *next;
        sse_filter *wants;
        void *arg;
        int64_t town, start_us, sent_us;
        struct waiting *waiting; /* a ring would keep the same order; the set is sent from the front */
        size_t n;
        bool resync, asleep, over;
};

struct sse_hub {
        pthread_mutex_t lock;
        struct sse_client *client;
        size_t n, max;
        int64_t heartbeat_us;
        bool closing;
        char kind[KINDS_MAX][SSE_KIND_MAX];
        size_t n_kinds;
};

struct sse_hub *sse_hub_new(struct arena *arena, size_t clients, int heartbeat_ms)
{
        struct sse_hub *h = arena_new(arena, struct sse_hub);
        pthread_mutex_init(&h->lock, NULL);
        h->max = clients;
        h->heartbeat_us = (int64_t)(heartbeat_ms > 0 ? heartbeat_ms : HEARTBEAT_MS) * 1000;
        return h;
}

void sse_hub_end(struct sse_hub *h)
{
        if (h)
                pthread_mutex_destroy(&h->lock);
}

size_t sse_clients(struct sse_hub *h)
{
        pthread_mutex_lock(&h->lock);
        size_t n = h->n;
        pthread_mutex_unlock(&h->lock);
        return n;
}

/* ---- waking ----------------------------------------------------------------------------------------- */

static void client_wake(struct sse_client *c)
{
        if (!c->asleep)
                return;
        c->asleep = false;
        http_resume(c->job->conn);
}

static bool client_has(const struct sse_client *c)
{
        return c->n > 0 || c->resync;
}

/* ---- publishing ------------------------------------------------------------------------------------- */

static size_t kind_index(struct sse_hub *h, const char *kind)
{
        size_t i = 0;
        while (i < h->n_kinds && strcmp(h->kind[i], kind) != 0)
                i++;
        if (i < h->n_kinds)
                return i;
        if (i == KINDS_MAX || strlen(kind) >= SSE_KIND_MAX || kind[strspn(kind, "abcdefghijklmnopqrstuvwxyz._-")])
                BUG("an event kind that is too long, has other characters, or is one too many");
        memcpy(h->kind[h->n_kinds++], kind, strlen(kind) + 1);
        return i;
}

static void client_add(struct sse_client *c, size_t kind, int64_t id)
{
        if (c->resync)
                return;
        for (size_t i = 0; i < c->n; i++)
                if (c->waiting[i].id == id && c->waiting[i].kind == kind)
                        return;
        if (c->n == SSE_WAITING_MAX) {
                c->n = 0;
                c->resync = true;
                return;
        }
        c->waiting[c->n++] = (struct waiting){ id, kind };
}

void sse_publish(struct sse_hub *h, const struct sse_event *e)
{
        int64_t now = clock_us();
        pthread_mutex_lock(&h->lock);
        size_t kind = kind_index(h, e->kind);
        for (struct sse_client *c = h->client; c; c = c->next) {
                if (c->town != e->town || (c->wants && !c->wants(c->arg, e)))
                        continue;
                client_add(c, kind, e->id);
                if (now - c->sent_us >= TURN_US)
                        client_wake(c);
        }
        pthread_mutex_unlock(&h->lock);
}

void sse_tick(struct sse_hub *h)
{
        int64_t now = clock_us();
        pthread_mutex_lock(&h->lock);
        for (struct sse_client *c = h->client; c; c = c->next) {
                if (now - c->start_us > (int64_t)SSE_LIFE_SECONDS * 1000000)
                        c->over = true;
                if (c->over || client_has(c) || now - c->sent_us >= h->heartbeat_us)
                        client_wake(c);
        }
        pthread_mutex_unlock(&h->lock);
}

void sse_close_all(struct sse_hub *h)
{
        pthread_mutex_lock(&h->lock);
        h->closing = true;
        for (struct sse_client *c = h->client; c; c = c->next)
                client_wake(c);
        pthread_mutex_unlock(&h->lock);
}

/* ---- one client ------------------------------------------------------------------------------------- */

int sse_attach(struct request *req, struct sse_hub *h, sse_filter *wants, void *arg)
{
        struct job *j = job_of(req);
        struct sse_client *c = arena_new(&req->arena, struct sse_client);
        *c = (struct sse_client){ .hub = h, .job = j, .wants = wants, .arg = arg, .town = req->ctx.town };
        c->start_us = clock_us();
        c->waiting = arena_array(&req->arena, struct waiting, SSE_WAITING_MAX);
        c->resync = req->in.last_event_id.n > 0;
        if (req->head)
                return RUN_STREAM;
        pthread_mutex_lock(&h->lock);
        bool room = h->n < h->max && !h->closing;
        if (room) {
                c->next = h->client;
                if (c->next)
                        c->next->prev = c;
                h->client = c;
                h->n++;
                j->client = c;
        }
        pthread_mutex_unlock(&h->lock);
        return room ? RUN_STREAM
                    : err_set(&req->err, ERR_BUSY, "", "实时连接已满，请稍后再试",
                              "Too many live streams; try again later");
}

void sse_detach(struct sse_client *c)
{
        struct sse_hub *h = c->hub;
        pthread_mutex_lock(&h->lock);
        *(c->prev ? &c->prev->next : &h->client) = c->next;
        if (c->next)
                c->next->prev = c->prev;
        h->n--;
        pthread_mutex_unlock(&h->lock);
}

/* One event; 0 when it does not fit any more. */
static size_t event_write(char *to, size_t max, const char *kind, int64_t id)
{
        int n = id ? snprintf(to, max, "id: %lld\nevent: %s\ndata: {\"id\":\"%lld\"}\n\n", (long long)id, kind,
                              (long long)id)
                   : snprintf(to, max, "event: %s\ndata: {}\n\n", kind);
        return n > 0 && (size_t)n < max ? (size_t)n : 0;
}

static size_t client_write(struct sse_client *c, char *to, size_t max)
{
        size_t n = 0, sent = 0;
        if (c->resync) {
                n = event_write(to, max, "resync", 0);
                c->resync = n == 0;
        }
        for (size_t more; sent < c->n; sent++, n += more) {
                more = event_write(to + n, max - n, c->hub->kind[c->waiting[sent].kind], c->waiting[sent].id);
                if (more == 0)
                        break;
        }
        memmove(c->waiting, c->waiting + sent, (c->n - sent) * sizeof *c->waiting);
        c->n -= sent;
        return n;
}

ptrdiff_t sse_pull(void *client, char *to, size_t max)
{
        struct sse_client *c = client;
        struct sse_hub *h = c->hub;
        int64_t now = clock_us();
        pthread_mutex_lock(&h->lock);
        ptrdiff_t n = h->closing || c->over ? -1 : (ptrdiff_t)client_write(c, to, max);
        if (n == 0 && now - c->sent_us >= h->heartbeat_us && max > 3) {
                memcpy(to, ":\n\n", 3);
                n = 3;
        }
        if (n != 0)
                c->sent_us = now;
        if (n == 0) {
                c->asleep = true;
                http_suspend(c->job->conn);
        }
        pthread_mutex_unlock(&h->lock);
        return n;
}
