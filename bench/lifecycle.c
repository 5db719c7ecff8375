/* bench/lifecycle.c — whole lives of matters over HTTP with many stored: a resident creates one, the desk assigns it to
 * another unit, that unit resolves it (signs for it and answers; what is anonymous is closed by the answer), somebody
 * searches. Five requests each, four of them durable writes. Figures and search index keep up meanwhile.
 */
#include <stdlib.h>
#include "filled.h"
#include "http_load.h"

#define CONNECTIONS 128
#define STEPS_MAX 4096

enum step { STEP_ASSIGN, STEP_PLACE, STEP_SIGN, STEP_ANSWER, STEP_SEARCH };

/* What the next request is about follows from an answer; whichever connection is free sends it. */
struct living {
        const struct filled *f;
        struct { enum step step; long long id; } todo[STEPS_MAX];
        size_t n;
        uint64_t created, lives, refused;
        const char *unit[2];    /* assigned by turns */
        bool turn;
};

static void then(struct living *l, enum step step, long long id)
{
        if (l->n == STEPS_MAX)
                BUG("more answers than requests");
        l->todo[l->n].step = step;
        l->todo[l->n++].id = id;
}

static bool holds(const char *body, size_t n, const char *sign)
{
        return memmem(body, n, sign, strlen(sign)) != NULL;
}

/* {"id":"…","code":… after creating, {"id":"…","rev":… after an action, {"items":… after a search. */
static void answer(void *arg, int status, const char *body, size_t n)
{
        struct living *l = arg;
        if (status < 200 || status > 299) {
                l->refused++;
                return;
        }
        if (n > 8 && memcmp(body, "{\"items\"", 8) == 0) {
                l->lives++;
                return;
        }
        long long id = n > 8 ? strtoll(body + 7, NULL, 10) : 0;
        if (holds(body, n, "\"code\":\"") && holds(body, n < 120 ? n : 120, "\"state\":\"placing\""))
                then(l, STEP_PLACE, id);
        else if (holds(body, n < 60 ? n : 60, "\"code\":"))
                then(l, STEP_ASSIGN, id);
        else if (holds(body, n, "\"state\":\"dispatched\""))
                then(l, STEP_SIGN, id);
        else if (holds(body, n, "\"state\":\"received\""))
                then(l, STEP_ANSWER, id);
        else
                then(l, STEP_SEARCH, id);
}

static size_t post(struct living *l, char *out, long long id, const char *action, const char *body)
{
        return (size_t)snprintf(out, LOAD_REQUEST_MAX, "POST /api/matters/%lld/%s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                                       "Idempotency-Key: bench-%s-%lld\r\n%sContent-Length: %zu\r\n\r\n%s",
                                id, action, action, id, l->f->bearer, strlen(body), body);
}

static size_t ask(struct living *l, enum step step, long long id, char *out)
{
        /* "路灯 不亮", "噪声 施工", "井盖", "漏水 维修" */
        static const char *const query[] = { "%E8%B7%AF%E7%81%AF%20%E4%B8%8D%E4%BA%AE", "%E5%99%AA%E5%A3%B0%20%E6%96%BD%E5%B7%A5", "%E4%BA%95%E7%9B%96",
                                             "%E6%BC%8F%E6%B0%B4%20%E7%BB%B4%E4%BF%AE" };
        char body[512];
        switch (step) {
        case STEP_ASSIGN:
        case STEP_PLACE:
                l->turn = !l->turn;
                snprintf(body, sizeof(body), "{\"unit\":\"%s\",\"reason\":\"请你单位牵头办理\"}", l->unit[l->turn]);
                return post(l, out, id, step == STEP_PLACE ? "dispatch" : "assign", body);
        case STEP_SIGN:
                return post(l, out, id, "sign", "{}");
        case STEP_ANSWER:
                return post(l, out, id, "answer", "{\"text\":\"已派人到现场处理完毕，感谢您的反映。\"}");
        case STEP_SEARCH:
                break;
        }
        return (size_t)snprintf(out, LOAD_REQUEST_MAX, "GET /api/search?q=%s HTTP/1.1\r\nHost: localhost\r\n%s\r\n",
                                query[(uint64_t)id / 4096 % COUNT(query)], l->f->bearer);
}

static size_t next(void *arg, uint64_t number, char *out)
{
        struct living *l = arg;
        (void)number;
        if (l->n == 0)
                return speaker_next((void *)(uintptr_t)&l->f->speaker, l->created++, out);
        l->n--;
        return ask(l, l->todo[l->n].step, l->todo[l->n].id, out);
}

/* Two units that lead something. */
static int choose_units(struct bench *b, struct living *l)
{
        const struct town *t = l->f->speaker.town;
        for (uint32_t i = 0; i < t->duties.n; i++) {
                const char *lead = str_c(b->a->arena, t->duties.row[i].lead);
                const struct org *o = org_find(&t->orgs, t->duties.row[i].lead);
                if (!o || o->relation != ORG_OWN)
                        continue;
                if (!l->unit[0])
                        l->unit[0] = lead;
                else if (strcmp(lead, l->unit[0]) != 0)
                        l->unit[1] = lead;
                if (l->unit[1])
                        return EXIT_FINE;
        }
        bench_say(b, "%s", "the town has no two units of its own that lead something");
        return EXIT_USAGE;
}

static int measure(struct bench *b, struct living *l, const struct child *child)
{
        struct load_result r;
        double seconds = b->seconds < 20 ? b->seconds : 20, cpu = child_cpu(child);
        struct load_options o = { .port = child->port, .connections = CONNECTIONS, .seconds = seconds, .next = next, .answer = answer, .arg = l };
        bench_say(b, "lifecycle: %d connections for %.0f s", CONNECTIONS, seconds);
        if (load_run(&o, &r) != 0 || r.errors || l->refused || l->lives == 0) {
                bench_say(b, "lifecycle: %llu requests, %llu lives, %llu refused, %llu broken connections", (unsigned long long)r.answered,
                          (unsigned long long)l->lives, (unsigned long long)l->refused, (unsigned long long)r.errors);
                return EXIT_FAILED;
        }
        bench_say(b, "lifecycle: %.0f requests/s, p99 %.1f ms, %.0f us of CPU each", load_rate(&r), (double)load_percentile(&r, 99) / 1e3,
                  (child_cpu(child) - cpu) * 1e6 / (double)r.answered);
        bench_row(b, arena_printf(b->a->arena, "create, assign, resolve, search, %s, %s stored", l->f->engine, l->f->size), (double)l->lives / r.seconds,
                  -1, "lives/s", ">= 1000");
        bench_row(b, arena_printf(b->a->arena, "the same, requests"), load_rate(&r), -1, "/s", "");
        return EXIT_FINE;
}

static int run(struct bench *b)
{
        struct living *l = arena_new(b->a->arena, struct living);
        struct child child;
        int rc = filled_get(b, &l->f);
        if (rc == EXIT_FINE)
                rc = choose_units(b, l);
        if (rc == EXIT_FINE)
                rc = child_start(b, l->f->url, &child);
        if (rc != EXIT_FINE)
                return rc;
        rc = measure(b, l, &child);
        child_stop(&child);
        return rc;
}

const struct bench_case bench_lifecycle = {
        .name = "lifecycle",
        .help = { "从提交到办结和检索", "create, assign, resolve, search" },
        .run = run,
};
