#include "basemap/carry.h"
#include <curl/curl.h>
#include <pthread.h>
#include "base/address.h"
#include "base/log.h"

struct transfer {
        bool busy;
        struct tile_id id;
        struct instant now;
        struct tile_ask *waiting;
        struct buf body;
        CURL *curl;
};
struct tile_carrier {
        const struct basemap_config *config;
        pthread_t thread;
        pthread_mutex_t lock; /* of what follows */
        struct tile_keep keep;
        struct tile_ask *head, **tail;
        size_t waiting;
        int fails;
        struct instant sulk; /* until then nobody is asked */
        struct tile_counts counts;
        bool closing;
        /* The thread's own. */
        struct transfer transfer[TILE_AT_ONCE];
        CURLM *multi;
        struct curl_slist *headers;
};

/* ---- asking ---------------------------------------------------------------------------------------------------------- */

int tile_look(struct tile_carrier *c, struct tile_ask *a)
{
        pthread_mutex_lock(&c->lock);
        const struct tile_kept *k = tile_keep_find(&c->keep, a->id, a->now);
        int rc = k ? k->type ? OK : ERR_NONE : c->closing || a->now.us < c->sulk.us || c->waiting >= TILE_WAITING_MAX ? ERR_BUSY : ERR_STATE;
        c->counts.kept += k != NULL;
        if (rc == OK) {
                a->type = k->type;
                buf_str(a->to, buf_view(&k->bytes));
        }
        pthread_mutex_unlock(&c->lock);
        return rc;
}

void tile_fetch(struct tile_carrier *c, struct tile_ask *a)
{
        a->next = NULL;
        pthread_mutex_lock(&c->lock);
        bool closing = c->closing;
        if (!closing) {
                *c->tail = a;
                c->tail = &a->next;
                c->waiting++;
                curl_multi_wakeup(c->multi);
        }
        pthread_mutex_unlock(&c->lock);
        if (closing)
                a->done(a, ERR_BUSY);
}

/* ---- one transfer ---------------------------------------------------------------------------------------------------- */

static void url_of(struct buf *to, struct str template, struct tile_id id)
{
        for (size_t i = 0; i < template.n; i++) {
                char mark = i + 2 < template.n && template.p[i] == '{' && template.p[i + 2] == '}' ? template.p[i + 1] : '\0';
                if (mark != 'z' && mark != 'x' && mark != 'y') {
                        buf_char(to, template.p[i]);
                        continue;
                }
                buf_int(to, mark == 'z' ? id.z : mark == 'x' ? id.x : id.y);
                i += 2;
        }
        buf_char(to, '\0');
}

static void transfer_begin(struct tile_carrier *c, struct transfer *t)
{
        BUF_AUTO url = BUF(4096);
        if (!t->curl)
                t->curl = curl_easy_init();
        if (!t->curl)
                out_of_memory(0);
        curl_easy_reset(t->curl); /* its connection stays */
        buf_clear(&t->body);
        url_of(&url, str_of(c->config->url[t->id.layer]), t->id);
        address_options(t->curl, "https,http", c->config->ca, TILE_SECONDS, &t->body);
        curl_easy_setopt(t->curl, CURLOPT_URL, url.p);
        curl_easy_setopt(t->curl, CURLOPT_HTTPHEADER, c->headers);
        curl_easy_setopt(t->curl, CURLOPT_ACCEPT_ENCODING, ""); /* a browser is sent the tile as it is */
        curl_easy_setopt(t->curl, CURLOPT_PRIVATE, t);
        curl_multi_add_handle(c->multi, t->curl);
}

/* A picture is what its first bytes say; a vector tile has no such sign, so the service's own word is needed. */
static const char *type_of(const struct tile_carrier *c, const struct transfer *t)
{
        struct str b = buf_view(&t->body);
        char *said = NULL;
        if (!c->config->vector) {
                if (str_starts(b, STR("\x89PNG\r\n\x1a\n")))
                        return "image/png";
                if (str_starts(b, STR("\xff\xd8\xff")))
                        return "image/jpeg";
                return b.n > 12 && str_starts(b, STR("RIFF")) && memcmp(b.p + 8, "WEBP", 4) == 0 ? "image/webp" : NULL;
        }
        curl_easy_getinfo(t->curl, CURLINFO_CONTENT_TYPE, &said);
        struct str s = str_of(said);
        bool good = str_starts(s, STR("application/vnd.mapbox-vector-tile")) || str_starts(s, STR("application/x-protobuf")) ||
                    str_starts(s, STR("application/protobuf")) || str_starts(s, STR("application/octet-stream"));
        return good && b.n > 0 && b.p[0] != '<' && b.p[0] != '{' ? "application/vnd.mapbox-vector-tile" : NULL;
}

/* How it ended: OK with its type, ERR_NONE where the service has none, else ERR_BUSY. The address is not logged: it may hold a key. */
static int judge(const struct tile_carrier *c, const struct transfer *t, CURLcode rc, const char **ret_type)
{
        long status = 0;
        curl_easy_getinfo(t->curl, CURLINFO_RESPONSE_CODE, &status);
        *ret_type = rc == CURLE_OK && status == 200 ? type_of(c, t) : NULL;
        if (*ret_type)
                return OK;
        bool empty = status == 204 || status == 404 || (status == 200 && c->config->vector && t->body.n == 0);
        if (rc == CURLE_OK && empty)
                return ERR_NONE;
        log_warn("base map: tile %d/%u/%u of layer %d: %s, status %ld", (int)t->id.z, t->id.x, t->id.y, (int)t->id.layer,
                 rc == CURLE_OK ? "no tile" : curl_easy_strerror(rc), status);
        return ERR_BUSY;
}

static void tell(struct tile_ask *a, int rc, const char *type, struct str bytes)
{
        while (a) {
                struct tile_ask *next = a->next; /* its memory is gone after done */
                if (rc == OK) {
                        a->type = type;
                        buf_str(a->to, bytes);
                }
                a->done(a, rc);
                a = next;
        }
}

static void transfer_end(struct tile_carrier *c, struct transfer *t, CURLcode code)
{
        const char *type;
        int rc = judge(c, t, code, &type);
        curl_multi_remove_handle(c->multi, t->curl);
        pthread_mutex_lock(&c->lock);
        if (rc != ERR_BUSY)
                tile_keep_put(&c->keep, t->id, type, rc == OK ? buf_view(&t->body) : STR(""), t->now);
        c->fails = rc == ERR_BUSY ? c->fails + 1 : 0;
        if (c->fails >= TILE_FAILS)
                c->sulk = (struct instant){ t->now.us + (TILE_SECONDS + TILE_SULK_SECONDS) * US_PER_SECOND };
        c->counts.fetched += rc != ERR_BUSY;
        c->counts.failed += rc == ERR_BUSY;
        c->counts.bytes = c->keep.bytes;
        struct tile_ask *waiting = t->waiting;
        for (struct tile_ask *a = waiting; a; a = a->next)
                c->waiting--;
        t->busy = false;
        t->waiting = NULL;
        pthread_mutex_unlock(&c->lock);
        tell(waiting, rc, type, buf_view(&t->body));
}

/* ---- the thread ------------------------------------------------------------------------------------------------------ */

static struct transfer *transfer_for(struct tile_carrier *c, struct tile_id id)
{
        struct transfer *idle = NULL;
        for (size_t i = 0; i < TILE_AT_ONCE; i++) {
                struct transfer *t = &c->transfer[i];
                if (t->busy && tile_same(t->id, id))
                        return t;
                if (!t->busy)
                        idle = t;
        }
        return idle;
}

/* Those who wait, to transfers, as far as there are any. False: it closes. */
static bool take_up(struct tile_carrier *c)
{
        pthread_mutex_lock(&c->lock);
        for (struct transfer *t; c->head && (t = transfer_for(c, c->head->id));) {
                struct tile_ask *a = c->head;
                c->head = a->next;
                if (!c->head)
                        c->tail = &c->head;
                a->next = t->waiting;
                t->waiting = a;
                if (t->busy)
                        continue;
                t->busy = true;
                t->id = a->id;
                t->now = a->now;
                transfer_begin(c, t);
        }
        bool on = !c->closing;
        pthread_mutex_unlock(&c->lock);
        return on;
}

static void *carrier_main(void *arg)
{
        struct tile_carrier *c = arg;
        int running, left;
        while (take_up(c)) {
                CURLMsg *m;
                if (curl_multi_perform(c->multi, &running) != CURLM_OK)
                        log_error("base map: libcurl does not go on");
                bool some = false;
                while ((m = curl_multi_info_read(c->multi, &left))) {
                        char *p = NULL;
                        CURLcode code = m->data.result;
                        if (m->msg != CURLMSG_DONE || curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &p) != CURLE_OK || !p)
                                continue;
                        transfer_end(c, (struct transfer *)(void *)p, code);
                        some = true;
                }
                if (!some)
                        curl_multi_poll(c->multi, NULL, 0, 1000, NULL);
        }
        return NULL;
}

struct tile_carrier *tile_carrier_new(struct arena *arena, const struct basemap_config *config)
{
        struct tile_carrier *c = arena_new(arena, struct tile_carrier);
        c->config = config;
        c->tail = &c->head;
        c->multi = curl_multi_init();
        c->headers = curl_slist_append(NULL, config->vector ? "Accept: application/vnd.mapbox-vector-tile, application/x-protobuf" : "Accept: image/png, image/jpeg, image/webp");
        if (!c->multi || !c->headers)
                out_of_memory(0);
        for (size_t i = 0; i < TILE_AT_ONCE; i++)
                c->transfer[i].body = BUF(TILE_BYTES_MAX);
        tile_keep_init(&c->keep, arena, (size_t)config->keep_mib << 20, config->keep_hours * US_PER_HOUR);
        pthread_mutex_init(&c->lock, NULL);
        if (pthread_create(&c->thread, NULL, carrier_main, c) != 0)
                BUG("no thread to fetch tiles");
        return c;
}

void tile_carrier_close(struct tile_carrier *c)
{
        if (!c)
                return;
        pthread_mutex_lock(&c->lock);
        c->closing = true;
        curl_multi_wakeup(c->multi);
        pthread_mutex_unlock(&c->lock);
        pthread_join(c->thread, NULL);
        tell(c->head, ERR_BUSY, NULL, STR(""));
        for (size_t i = 0; i < TILE_AT_ONCE; i++) {
                struct transfer *t = &c->transfer[i];
                if (t->busy)
                        curl_multi_remove_handle(c->multi, t->curl);
                tell(t->waiting, ERR_BUSY, NULL, STR(""));
                curl_easy_cleanup(t->curl);
                buf_free(&t->body);
        }
        curl_multi_cleanup(c->multi);
        curl_slist_free_all(c->headers);
        tile_keep_free(&c->keep);
        pthread_mutex_destroy(&c->lock);
}

void tile_counts(struct tile_carrier *c, struct tile_counts *ret)
{
        pthread_mutex_lock(&c->lock);
        *ret = c->counts;
        pthread_mutex_unlock(&c->lock);
}
