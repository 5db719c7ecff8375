#include "store/event.h"
#include <pthread.h>
#include <stdio.h>
#include "store/idem.h"
#include "store/inner/merkle.h"
#include "store/lease.h"
#include "store/store_sql.h"
#include "store/store_test_util.h"

/* ---- the tree --------------------------------------------------------------------------------------- */
static void leaf_of(int i, unsigned char *out)
{
        memset(out, 0, EVENT_HASH_BYTES);
        out[0] = (unsigned char)i;
}

/* By the definition: split at the largest power of two below n. */
static void slow_root(int from, int n, unsigned char *ret)
{
        struct merkle one = { 0 }, two = { 0 };
        unsigned char leaf[EVENT_HASH_BYTES];

        if (n == 1) {
                leaf_of(from, leaf);
                merkle_add(&one, leaf);
                merkle_root(&one, ret);
                return;
        }
        int k = 1;
        while (k * 2 < n)
                k *= 2;
        two.used = 2;
        slow_root(from, k, two.level[0]);
        slow_root(from + k, n - k, two.level[1]);
        merkle_root(&two, ret);
}

TEST(merkle_has_the_shape_of_the_rfc)
{
        for (int n = 1; n < 40; n++) {
                struct merkle m = { 0 };
                unsigned char leaf[EVENT_HASH_BYTES], got[EVENT_HASH_BYTES], want[EVENT_HASH_BYTES];
                for (int i = 0; i < n; i++) {
                        leaf_of(i, leaf);
                        merkle_add(&m, leaf);
                }
                merkle_root(&m, got);
                slow_root(0, n, want);
                CHECK(memcmp(got, want, sizeof got) == 0);
        }
}

/* ---- writing chains --------------------------------------------------------------------------------- */
struct chain {
        int64_t matter;
        int32_t from, to;
};

static int append_chain(struct ctx *ctx, void *arg)
{
        struct chain *c = arg;
        unsigned char hash[EVENT_HASH_BYTES] = { 0 };
        struct event_rows old;

        int rc = event_of(ctx, c->matter, &old);
        if (rc != OK)
                return rc;
        if (old.n)
                memcpy(hash, old.row[old.n - 1].hash, sizeof hash);
        for (int32_t n = c->from; n <= c->to && rc == OK; n++) {
                struct event e = { c->matter, n, ctx->now, STR("noted"), STR("staff:a"), STR("{\"n\":1}") };
                rc = event_append(ctx, &e, hash, hash);
        }
        return rc;
}

static int seal_some(struct ctx *ctx, void *arg)
{
        return event_seal(ctx, 7, arg);
}
static int verify(struct ctx *ctx, void *arg)
{
        return event_verify(ctx, arg);
}

static int seal_all(struct store *s, struct test_ctx *t)
{
        int n, total = 0;
        do {
                CHECK_EQ(test_write(s, t, seal_some, &n), OK);
                total += n;
        } while (n);
        return total;
}

static void three_chains(struct store *s, struct test_ctx *t)
{
        for (int64_t m = 1; m <= 3; m++)
                CHECK_EQ(test_write(s, t, append_chain, &(struct chain){ m, 1, 5 }), OK);
        CHECK_EQ(seal_all(s, t), 15);
        CHECK_EQ(test_write(s, t, append_chain, &(struct chain){ 2, 6, 7 }), OK);
}

STORE_TEST(chains_and_seals_verify)
{
        struct test_ctx t;
        struct event_check c;

        test_ctx_init(&t);
        CHECK_EQ(test_read(store, &t, verify, &c), OK);
        CHECK_EQ(c.events, 0);
        three_chains(store, &t);
        CHECK_EQ(test_read(store, &t, verify, &c), OK);
        CHECK_EQ(c.events, 17);
        CHECK_EQ(c.sealed, 15);
        CHECK_EQ(c.unsealed, 2);
        CHECK_EQ(c.seals, 3);
        CHECK_EQ(c.faults, 0);
        test_ctx_free(&t);
}

STORE_TEST(an_event_number_stands_once)
{
        struct test_ctx t;
        test_ctx_init(&t);
        CHECK_EQ(test_write(store, &t, append_chain, &(struct chain){ 1, 1, 1 }), OK);
        CHECK_EQ(test_write(store, &t, append_chain, &(struct chain){ 1, 1, 1 }), ERR_EXISTS);
        test_ctx_free(&t);
}

static void tampered(enum store_engine engine, const char *edit, const char *says)
{
        struct test_ctx t;
        struct event_check c;
        const char *url = test_store_url(engine);
        struct store *s = test_store_open(url);

        test_ctx_init(&t);
        three_chains(s, &t);
        test_store_edit(url, edit);
        CHECK_EQ(test_read(s, &t, verify, &c), ERR_RULE);
        CHECK(c.faults > 0);
        CHECK_EQ(t.err.code, ERR_RULE);
        if (!strstr(t.err.en, says))
                fail_msg("%s: \"%s\" does not say \"%s\"", edit, t.err.en, says);
        store_close(s);
        test_ctx_free(&t);
}

STORE_TEST(verify_finds_what_was_altered)
{
        static const struct {
                const char *edit, *says;
        } row[] = {
                { "UPDATE store_event SET body = '{}' WHERE matter = 1 AND n = 2", "event 2 does not match" },
                { "UPDATE store_event SET actor = 'staff:b' WHERE matter = 2 AND n = 7", "event 7 does not match" },
                { "UPDATE store_event SET at = at + 1 WHERE matter = 3 AND n = 1", "event 1 does not match" },
                { "DELETE FROM store_event WHERE matter = 1 AND n = 3", "before number 4 are missing" },
                { "DELETE FROM store_event WHERE matter = 3 AND n = 5", "its row is gone" },
                { "DELETE FROM store_event WHERE matter = 2 AND n = 7", "add up to" },
                { "DELETE FROM store_tail WHERE matter = 2 AND n = 7", "add up to" },
                { "UPDATE store_seal SET at = at + 1 WHERE n = 2", "does not match its hash" },
                { "DELETE FROM store_seal WHERE n = 2", "Seals before number 3" },
                { "UPDATE store_event SET hash = (SELECT hash FROM store_event WHERE matter = 1 AND n = 1) "
                  "WHERE matter = 1 AND n = 5",
                  "event 5 does not match" },
        };
        for (size_t i = 0; i < COUNT(row); i++)
                tampered(store_engine(store), row[i].edit, row[i].says);
}

/* ---- listeners -------------------------------------------------------------------------------------- */
struct batch {
        int64_t seal;
        int max;
        struct event_rows rows;
        int64_t to;
};

static int after(struct ctx *ctx, void *arg)
{
        struct batch *b = arg;
        return event_after(ctx, b->seal, b->max, &b->rows, &b->to);
}

static int move_cursor(struct ctx *ctx, void *arg)
{
        return event_cursor_set(ctx, STR("insight"), *(int64_t *)arg);
}
static int read_cursor(struct ctx *ctx, void *arg)
{
        return event_cursor(ctx, STR("insight"), arg);
}

STORE_TEST(listeners_follow_whole_seals)
{
        struct test_ctx t;
        struct batch b = { .max = 10 };

        test_ctx_init(&t);
        three_chains(store, &t); /* seals of 7, 7 and 1 */
        CHECK_EQ(test_read(store, &t, after, &b), OK);
        CHECK_EQ(b.to, 1);
        CHECK_EQ(b.rows.n, 7);
        CHECK_EQ(b.rows.row[0].e.matter, 1);
        CHECK_EQ(b.rows.row[6].e.matter, 2);
        CHECK_STR(b.rows.row[6].e.kind, "noted");
        b.seal = b.to;
        CHECK_EQ(test_read(store, &t, after, &b), OK);
        CHECK_EQ(b.to, 3);
        CHECK_EQ(b.rows.n, 8);
        b.seal = b.to;
        CHECK_EQ(test_read(store, &t, after, &b), OK);
        CHECK_EQ(b.to, 3);
        CHECK_EQ(b.rows.n, 0);
        b = (struct batch){ .seal = 0, .max = 3 }; /* a seal greater than max is given whole */
        CHECK_EQ(test_read(store, &t, after, &b), OK);
        CHECK_EQ(b.rows.n, 7);
        test_ctx_free(&t);
}

STORE_TEST(cursor_goes_forward_only)
{
        struct test_ctx t;
        int64_t at = -1;

        test_ctx_init(&t);
        CHECK_EQ(test_read(store, &t, read_cursor, &at), OK);
        CHECK_EQ(at, 0);
        CHECK_EQ(test_write(store, &t, move_cursor, &(int64_t){ 5 }), OK);
        CHECK_EQ(test_write(store, &t, move_cursor, &(int64_t){ 4 }), ERR_CONFLICT);
        CHECK_EQ(test_read(store, &t, read_cursor, &at), OK);
        CHECK_EQ(at, 5);
        test_ctx_free(&t);
}

/* ---- sealing while others write --------------------------------------------------------------------- */
struct author {
        pthread_t thread;
        struct store *store;
        int64_t matter;
        int ok;
};

static void *author_go(void *arg)
{
        struct author *w = arg;
        struct test_ctx t;

        test_ctx_init(&t);
        for (int i = 0; i < 100; i++) {
                w->ok += test_write(w->store, &t, append_chain, &(struct chain){ w->matter, i + 1, i + 1 }) == OK;
                arena_reset(&t.arena);
        }
        test_ctx_free(&t);
        return NULL;
}

STORE_TEST(no_listener_misses_a_late_commit)
{
        struct author w[4] = { 0 };
        struct test_ctx t;
        struct event_check c;
        int sealed = 0, n;

        test_ctx_init(&t);
        for (int i = 0; i < 4; i++) {
                w[i].store = store;
                w[i].matter = 100 - i;
                pthread_create(&w[i].thread, NULL, author_go, &w[i]);
        }
        for (int i = 0; i < 60; i++) {
                CHECK_EQ(test_write(store, &t, seal_some, &n), OK);
                sealed += n;
        }
        for (int i = 0; i < 4; i++) {
                pthread_join(w[i].thread, NULL);
                CHECK_EQ(w[i].ok, 100);
        }
        sealed += seal_all(store, &t);
        CHECK_EQ(sealed, 400);
        CHECK_EQ(test_read(store, &t, verify, &c), OK);
        CHECK_EQ(c.sealed, 400);
        CHECK_EQ(c.unsealed, 0);

        struct batch b = { .max = 50 };
        int32_t last[101] = { 0 };
        do {
                b.seal = b.to;
                CHECK_EQ(test_read(store, &t, after, &b), OK);
                for (size_t i = 0; i < b.rows.n; i++) {
                        struct event *e = &b.rows.row[i].e;
                        CHECK_EQ(e->n, last[e->matter] + 1); /* within a matter in order, none left out */
                        last[e->matter] = e->n;
                }
        } while (b.rows.n);
        CHECK_EQ(last[100] + last[99] + last[98] + last[97], 400);
        test_ctx_free(&t);
}

/* ---- idempotency ------------------------------------------------------------------------------------ */
struct once {
        struct idem key;
        struct idem_answer answer, got;
        bool found;
};

static int do_once(struct ctx *ctx, void *arg)
{
        struct once *o = arg;
        int rc = idem_begin(ctx, &o->key, &o->found, &o->got);
        if (rc != OK || o->found)
                return rc;
        return idem_end(ctx, &o->key, &o->answer);
}

static struct once once(const char *key, unsigned char body, int32_t status, int64_t id)
{
        return (struct once){ .key = { STR("matter.open"), STR("staff:a"), str_of(key), { body } },
                              .answer = { status, id, STR("sealed") } };
}

STORE_TEST(same_key_same_answer)
{
        struct test_ctx t;
        struct once first = once("key-0001", 1, 201, 42), again = once("key-0001", 1, 201, 43),
                    other = once("key-0001", 2, 201, 44), fresh = once("key-0001", 1, 201, 45);

        test_ctx_init(&t);
        CHECK_EQ(test_write(store, &t, do_once, &first), OK);
        CHECK(!first.found);
        CHECK_EQ(test_write(store, &t, do_once, &again), OK);
        CHECK(again.found);
        CHECK_EQ(again.got.status, 201);
        CHECK_EQ(again.got.id, 42);
        CHECK_STR(again.got.sealed, "sealed");
        CHECK_EQ(test_write(store, &t, do_once, &other), ERR_KEY);
        fresh.key.actor = STR(""); /* another actor may use the same key */
        CHECK_EQ(test_write(store, &t, do_once, &fresh), OK);
        CHECK(!fresh.found);
        test_ctx_free(&t);
}

static int sweep(struct ctx *ctx, void *arg)
{
        return idem_sweep(ctx, 10, arg);
}

STORE_TEST(keys_age_and_are_swept)
{
        struct test_ctx t;
        struct once o = once("key-0001", 1, 201, 1), later = once("key-0001", 2, 200, 2),
                    second = once("key-0002", 1, 200, 3);
        int n = -1;

        test_ctx_init(&t);
        CHECK_EQ(test_write(store, &t, do_once, &o), OK);
        CHECK_EQ(test_write(store, &t, do_once, &second), OK);
        t.ctx.now.us += (IDEM_DAYS + 1) * US_PER_DAY;
        CHECK_EQ(test_write(store, &t, do_once, &later), OK); /* too old to count, though not swept yet */
        CHECK(!later.found);
        CHECK_EQ(test_write(store, &t, sweep, &n), OK);
        CHECK_EQ(n, 1);
        CHECK_EQ(test_write(store, &t, sweep, &n), OK);
        CHECK_EQ(n, 0);
        test_ctx_free(&t);
}

STORE_TEST(what_is_not_remembered)
{
        struct test_ctx t;
        struct once busy = once("key-0001", 1, 503, 0), rate = once("key-0001", 1, 429, 0),
                    refused = once("key-0001", 1, 422, 0), again = once("key-0001", 1, 201, 9),
                    bad = once("short", 1, 201, 1);

        test_ctx_init(&t);
        CHECK_EQ(test_write(store, &t, do_once, &busy), OK);
        CHECK_EQ(test_write(store, &t, do_once, &rate), OK);
        CHECK(!rate.found);
        CHECK_EQ(test_write(store, &t, do_once, &refused), OK);
        CHECK(!refused.found);
        CHECK_EQ(test_write(store, &t, do_once, &again), OK);
        CHECK(again.found);
        CHECK_EQ(again.got.status, 422);
        CHECK_EQ(test_write(store, &t, do_once, &bad), ERR_RANGE);
        test_ctx_free(&t);
}

/* ---- leases ----------------------------------------------------------------------------------------- */
struct claim {
        const char *holder;
        int64_t epoch;
};

static int claim(struct ctx *ctx, void *arg)
{
        struct claim *c = arg;
        return lease_take(ctx, STR("sealer"), str_of(c->holder), 10, &c->epoch);
}

static int recheck(struct ctx *ctx, void *arg)
{
        struct claim *c = arg;
        return lease_check(ctx, STR("sealer"), str_of(c->holder), c->epoch);
}

STORE_TEST(a_lease_changes_hands_when_it_runs_out)
{
        struct test_ctx t;
        struct claim a = { "a", 0 }, b = { "b", 0 };

        test_ctx_init(&t);
        CHECK_EQ(test_write(store, &t, claim, &a), OK);
        CHECK_EQ(a.epoch, 1);
        CHECK_EQ(test_write(store, &t, claim, &b), ERR_BUSY);
        CHECK_EQ(test_write(store, &t, recheck, &a), OK);
        t.ctx.now.us += 9 * US_PER_SECOND;
        CHECK_EQ(test_write(store, &t, claim, &a), OK); /* renewed: ten seconds from now */
        t.ctx.now.us += 9 * US_PER_SECOND;
        CHECK_EQ(test_write(store, &t, claim, &b), ERR_BUSY);
        t.ctx.now.us += 2 * US_PER_SECOND;
        CHECK_EQ(test_write(store, &t, claim, &b), OK);
        CHECK_EQ(b.epoch, 2);
        CHECK_EQ(test_write(store, &t, recheck, &a), ERR_BUSY);
        CHECK_EQ(test_write(store, &t, recheck, &b), OK);
        test_ctx_free(&t);
}

struct node_claim {
        const char *holder;
        uint32_t node;
};

static int take_node(struct ctx *ctx, void *arg)
{
        struct node_claim *c = arg;
        return lease_node(ctx, str_of(c->holder), 60, &c->node);
}

STORE_TEST(every_server_gets_its_own_node)
{
        struct test_ctx t;
        struct node_claim a = { "a", 9 }, b = { "b", 9 }, again = { "a", 9 }, c = { "c", 9 };

        test_ctx_init(&t);
        CHECK_EQ(test_write(store, &t, take_node, &a), OK);
        CHECK_EQ(test_write(store, &t, take_node, &b), OK);
        CHECK_EQ(test_write(store, &t, take_node, &again), OK);
        CHECK_EQ(a.node, 0);
        CHECK_EQ(b.node, 1);
        CHECK_EQ(again.node, 0);
        t.ctx.now.us += 61 * US_PER_SECOND;
        CHECK_EQ(test_write(store, &t, take_node, &c), OK);
        CHECK_EQ(c.node, 0);
        test_ctx_free(&t);
}
