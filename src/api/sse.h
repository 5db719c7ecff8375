/* api/sse.h — the live stream: what changed, by id, to those who may see it (server-sent events).
 *
 * An event on the wire is `event: KIND`, `data: {"id":"…"}`: ids only, so the client asks for the object and the door
 * decides again. Per client the waiting events are a set of at most SSE_WAITING_MAX (kind, id) pairs: the same pair
 * twice is sent once; on overflow the set is dropped for one `event: resync`. After one piece the next comes at the
 * earliest at the server's next tick (at most 250 ms), so a storm costs each client four wake-ups a second. A comment
 * goes out every heartbeat. A
 * stream ends after SSE_LIFE_SECONDS; the browser comes back by itself and its rights are looked at again.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/arena.h"
#include "people/right.h"

struct request;
struct sse_hub;

#define SSE_WAITING_MAX 256
#define SSE_KIND_MAX 32
#define SSE_LIFE_SECONDS 900

struct sse_event {
        int64_t town;
        const char *kind; /* "matter.changed": [a-z._-], at most 31 bytes, copied */
        int64_t id;
        const struct scope_object *object; /* for the filters; NULL when it has none. Used during the call only */
};

/* May this client see it? Called in the publisher's thread, under the hub's lock: pure and quick. */
typedef bool sse_filter(void *arg, const struct sse_event *);

/* @clients at most; @heartbeat_ms between comments, 0 = 15000. Lives in the arena. */
struct sse_hub *sse_hub_new(struct arena *, size_t clients, int heartbeat_ms);
/* Only after the server has stopped. */
void sse_hub_end(struct sse_hub *); /* NULL is fine */
/* Any thread. Never waits on a client. */
void sse_publish(struct sse_hub *, const struct sse_event *);
/* Turn this request into a stream of its town's events that @wants lets through (NULL = all). @arg from the arena.
 * Returns RUN_STREAM, to be returned by the handler, or ERR_BUSY when there are too many clients. Starts with a
 * `resync` when the browser says it missed some (Last-Event-ID). */
int sse_attach(struct request *, struct sse_hub *, sse_filter *wants, void *arg);
size_t sse_clients(struct sse_hub *);

/* For the server alone: time for what waits, heartbeats and lives; the end of all streams; the end of one. */
void sse_tick(struct sse_hub *);
void sse_close_all(struct sse_hub *);
struct sse_client;
void sse_detach(struct sse_client *);
ptrdiff_t sse_pull(void *client, char *to, size_t max);
