/* Recompute every chain and every seal of a town, a page at a time. */
#include "store/inner/merkle.h"
#include "store/store_sql.h"

#define PAGE 500

struct walk {
        struct ctx ctx; /* the caller's, with an arena of our own */
        struct err *err;
        struct event_check *check;
        int64_t matter; /* chain at hand */
        int32_t n;
        unsigned char hash[EVENT_HASH_BYTES]; /* of event n, or of the last seal */
};

/* Only the first fault is told; all are counted. */
static void fault(struct walk *w, const char *zh, const char *en, int64_t a, int64_t b)
{
        if (w->check->faults++ == 0)
                err_set(w->err, ERR_RULE, "", zh, en, (long long)a, (long long)b);
}

static bool same_hash(struct str stored, const unsigned char hash[EVENT_HASH_BYTES])
{
        return stored.n == EVENT_HASH_BYTES && memcmp(stored.p, hash, EVENT_HASH_BYTES) == 0;
}

static int next_page(struct walk *w)
{
        arena_reset(w->ctx.arena);
        return store_read_renew(w->ctx.tx);
}

/* ---- chains ----------------------------------------------------------------------------------------- */
static void check_event(struct walk *w, const struct sql_event_page_row *r)
{
        static const unsigned char none[EVENT_HASH_BYTES];
        unsigned char hash[EVENT_HASH_BYTES];
        struct event e = { r->matter, r->n, r->at, r->kind, r->actor, r->body };
        bool fresh = r->matter != w->matter || w->n == 0;

        w->check->events++;
        if (r->n != (fresh ? 1 : w->n + 1))
                fault(w, "事项 %lld 的事件链在第 %lld 条之前缺失记录",
                      "Matter %lld: events before number %lld are missing", r->matter, r->n);
        event_hash(w->ctx.town, &e, fresh ? none : w->hash, hash);
        if (!same_hash(r->hash, hash))
                fault(w, "事项 %lld 的第 %lld 条事件与其哈希不符，内容被改动过",
                      "Matter %lld: event %lld does not match its hash; it was altered", r->matter, r->n);
        w->matter = r->matter;
        w->n = r->n;
        memcpy(w->hash, r->hash.n == EVENT_HASH_BYTES ? (const unsigned char *)r->hash.p : hash, EVENT_HASH_BYTES);
}

static int check_chains(struct walk *w)
{
        struct sql_event_page_in in = { w->ctx.town, INT64_MIN, INT32_MIN, PAGE };
        struct sql_event_page_rows rows;

        w->n = 0;
        do {
                int rc = next_page(w);
                if (rc == OK)
                        rc = sql_event_page(w->ctx.tx, w->ctx.arena, &in, &rows);
                if (rc != OK)
                        return rc;
                for (size_t i = 0; i < rows.n; i++)
                        check_event(w, &rows.row[i]);
                in.matter = w->matter;
                in.n = w->n;
        } while (rows.n == PAGE);
        return OK;
}

/* ---- seals ------------------------------------------------------------------------------------------ */
static int check_members(struct walk *w, const struct seal *s, const struct event_rows *rows)
{
        struct merkle m = { 0 };
        unsigned char root[EVENT_HASH_BYTES];
        size_t at = 0;

        for (size_t i = 0; i < seal_count(s); i++) {
                int64_t matter;
                int32_t n;
                seal_member_get(s, i, &matter, &n);
                if (at == rows->n || rows->row[at].e.matter != matter || rows->row[at].e.n != n) {
                        fault(w, "事项 %lld 的第 %lld 条事件已封存，但记录不见了",
                              "Matter %lld: event %lld was sealed but its row is gone", matter, n);
                        continue;
                }
                merkle_add(&m, rows->row[at++].hash);
        }
        merkle_root(&m, root);
        if (at == seal_count(s) && !same_hash(s->root, root))
                fault(w, "第 %lld 号封存的根哈希与其 %lld 条事件不符",
                      "Seal %lld: the root does not match its %lld events", s->n, (int64_t)at);
        return OK;
}

static void check_seal(struct walk *w, const struct seal *s)
{
        unsigned char hash[EVENT_HASH_BYTES];

        if (s->n != w->check->seals + 1 || s->first != w->check->sealed + 1)
                fault(w, "第 %lld 号封存之前缺失封存记录（起始序号 %lld）",
                      "Seals before number %lld are missing (it starts at %lld)", s->n, s->first);
        if (!same_hash(s->prev, w->hash))
                fault(w, "第 %lld 号封存没有接上前一号（起始序号 %lld）",
                      "Seal %lld does not continue the one before it (it starts at %lld)", s->n, s->first);
        seal_hash(w->ctx.town, s, hash);
        if (!same_hash(s->hash, hash))
                fault(w, "第 %lld 号封存与其哈希不符，被改动过（起始序号 %lld）",
                      "Seal %lld does not match its hash; it was altered (it starts at %lld)", s->n, s->first);
        memcpy(w->hash, hash, EVENT_HASH_BYTES);
        w->check->seals = s->n;
        w->check->sealed = s->first - 1 + (int64_t)seal_count(s);
}

static int check_one_seal(struct walk *w, bool *ret_more)
{
        struct sql_seal_after_in in = { w->ctx.town, w->check->seals, 1 };
        struct sql_seal_after_rows rows;
        struct event_rows events;

        int rc = next_page(w);
        if (rc == OK)
                rc = sql_seal_after(w->ctx.tx, w->ctx.arena, &in, &rows);
        if (rc != OK)
                return rc;
        *ret_more = rows.n == 1;
        if (!rows.n)
                return OK;
        struct sql_seal_after_row *r = &rows.row[0];
        struct seal s = { r->n, r->first, r->at, r->members, r->root, r->prev, r->hash };
        rc = event_members(&w->ctx, &s, &events);
        if (rc != OK)
                return rc;
        check_seal(w, &s);
        return check_members(w, &s, &events);
}

static int check_seals(struct walk *w)
{
        bool more = true;

        memset(w->hash, 0, sizeof w->hash);
        while (more) {
                int rc = check_one_seal(w, &more);
                if (rc != OK)
                        return rc;
        }
        return OK;
}

/* ---- totals ----------------------------------------------------------------------------------------- */
/* In one snapshot: what is neither sealed nor waiting was put in behind the sealer's back, or its mark was removed. */
static int check_totals(struct walk *w)
{
        struct sql_event_count_row events;
        struct sql_tail_count_row tail;
        struct sql_seal_last_row seal = { 0 };
        struct sql_event_count_in town = { w->ctx.town };

        int rc = next_page(w);
        if (rc == OK)
                rc = sql_event_count(w->ctx.tx, w->ctx.arena, &town, &events);
        if (rc == OK)
                rc = sql_tail_count(w->ctx.tx, w->ctx.arena, &(struct sql_tail_count_in){ town.town }, &tail);
        if (rc == OK)
                rc = sql_seal_last(w->ctx.tx, w->ctx.arena, &(struct sql_seal_last_in){ town.town }, &seal);
        if (rc != OK && rc != ERR_NONE)
                return rc;
        int64_t sealed = rc == OK ? seal.first - 1 + (int64_t)(seal.members.n / SEAL_MEMBER_BYTES) : 0;
        w->check->unsealed = tail.n;
        if (events.n != sealed + tail.n)
                fault(w, "共有 %lld 条事件，但已封存与待封存合计 %lld 条",
                      "There are %lld events, but sealed and waiting ones add up to %lld", events.n, sealed + tail.n);
        return OK;
}

int event_verify(struct ctx *ctx, struct event_check *ret)
{
        ARENA_AUTO a = { 0 };
        struct event_check check = { 0 };
        struct walk w = { .ctx = *ctx, .err = ctx->err, .check = &check };

        w.ctx.arena = &a;
        int rc = check_chains(&w);
        if (rc == OK)
                rc = check_seals(&w);
        if (rc == OK)
                rc = check_totals(&w);
        if (rc != OK)
                return rc;
        *ret = check;
        return check.faults ? ERR_RULE : OK;
}
