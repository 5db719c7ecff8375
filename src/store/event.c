#include "store/event.h"
#include <stdlib.h>
#include "base/log.h"
#include "store/inner/merkle.h"
#include "store/store_sql.h"

#define NAME_MAX_BYTES 128
#define SEAL_MAX 4096 /* events of one seal */
#define SEALS_A_TIME 16
#define HISTORY_MAX 10000 /* events of one matter in one answer */

static const unsigned char no_hash[EVENT_HASH_BYTES];

static struct str hash_str(const unsigned char hash[EVENT_HASH_BYTES])
{
        return (struct str){ (const char *)hash, EVENT_HASH_BYTES };
}

/* ---- append ----------------------------------------------------------------------------------------- */
static int check_event(const struct event *e)
{
        if (e->n < 1)
                return ERR_RANGE;
        if (!e->kind.n || !e->actor.n)
                return ERR_MISSING;
        if (e->body.n > EVENT_BODY_MAX || e->kind.n > NAME_MAX_BYTES || e->actor.n > NAME_MAX_BYTES)
                return ERR_TOO_BIG;
        return OK;
}

int event_put(struct ctx *ctx, const struct event *e, const unsigned char hash[EVENT_HASH_BYTES])
{
        int rc = check_event(e);
        if (rc != OK)
                return rc;
        struct sql_event_add_in row = { ctx->town, e->matter, e->n, e->at, e->kind, e->actor, e->body, hash_str(hash) };
        rc = sql_event_add(ctx->tx, &row, NULL);
        if (rc != OK)
                return rc;
        struct sql_tail_add_in tail = { ctx->town, e->matter, e->n, hash_str(hash) };
        return sql_tail_add(ctx->tx, &tail, NULL);
}

int event_append(struct ctx *ctx, const struct event *e, const unsigned char prev[EVENT_HASH_BYTES],
                 unsigned char ret_hash[EVENT_HASH_BYTES])
{
        unsigned char hash[EVENT_HASH_BYTES];

        int rc = check_event(e); /* also that it can be hashed */
        if (rc != OK)
                return rc;
        event_hash(ctx->town, e, prev, hash);
        rc = event_put(ctx, e, hash);
        if (rc == OK)
                memcpy(ret_hash, hash, EVENT_HASH_BYTES);
        return rc;
}

/* ---- seal ------------------------------------------------------------------------------------------- */
static int by_member(const void *va, const void *vb)
{
        const struct sql_tail_take_row *a = va, *b = vb;
        if (a->matter != b->matter)
                return a->matter < b->matter ? -1 : 1;
        return a->n < b->n ? -1 : a->n > b->n;
}

static struct str members_of(struct ctx *ctx, struct sql_tail_take_rows *taken, unsigned char root[EVENT_HASH_BYTES])
{
        struct merkle m = { 0 };
        unsigned char *out = arena_raw(ctx->arena, taken->n * SEAL_MEMBER_BYTES);

        qsort(taken->row, taken->n, sizeof *taken->row, by_member);
        for (size_t i = 0; i < taken->n; i++) {
                seal_member_put(out + i * SEAL_MEMBER_BYTES, taken->row[i].matter, taken->row[i].n);
                merkle_add(&m, (const unsigned char *)taken->row[i].hash.p);
        }
        merkle_root(&m, root);
        return (struct str){ (const char *)out, taken->n * SEAL_MEMBER_BYTES };
}

static int last_seal(struct ctx *ctx, struct seal *ret)
{
        struct sql_seal_last_row row;

        int rc = sql_seal_last(ctx->tx, ctx->arena, &(struct sql_seal_last_in){ ctx->town }, &row);
        if (rc == ERR_NONE) {
                *ret = (struct seal){ .n = 0, .first = 1, .hash = hash_str(no_hash) };
                return OK;
        }
        if (rc == OK)
                *ret = (struct seal){ .n = row.n, .first = row.first, .members = row.members, .hash = row.hash };
        return rc;
}

int event_seal(struct ctx *ctx, int max, int *ret_n)
{
        struct sql_tail_take_rows taken;
        struct seal last;
        unsigned char root[EVENT_HASH_BYTES], hash[EVENT_HASH_BYTES];

        int32_t most = max < 1 ? 1 : max > SEAL_MAX ? SEAL_MAX : max;
        int rc = sql_tail_take(ctx->tx, ctx->arena, &(struct sql_tail_take_in){ ctx->town, most }, &taken);
        if (rc != OK)
                return rc;
        if (!taken.n) {
                *ret_n = 0;
                return OK;
        }
        rc = last_seal(ctx, &last);
        if (rc != OK)
                return rc;

        struct seal s = { .n = last.n + 1,
                          .first = last.first + (int64_t)seal_count(&last),
                          .at = ctx->now,
                          .members = members_of(ctx, &taken, root),
                          .root = hash_str(root),
                          .prev = last.hash };
        seal_hash(ctx->town, &s, hash);
        struct sql_seal_add_in row = { ctx->town, s.n, s.first, s.members, s.at, s.root, s.prev, hash_str(hash) };
        int64_t added;
        rc = sql_seal_add(ctx->tx, &row, &added);
        if (rc != OK)
                return rc == ERR_EXISTS ? ERR_CONFLICT : rc; /* another sealer was first: again from its seal */
        *ret_n = (int)taken.n;
        return OK;
}

int event_waits(struct ctx *ctx, bool *ret)
{
        struct sql_tail_some_row row;
        int rc = sql_tail_some(ctx->tx, ctx->arena, &(struct sql_tail_some_in){ ctx->town }, &row);
        *ret = rc == OK;
        return rc == ERR_NONE ? OK : rc;
}

/* ---- read ------------------------------------------------------------------------------------------- */
static struct event_row row_of(const struct sql_event_some_row *r, int64_t seal)
{
        struct event_row out = { { r->matter, r->n, r->at, r->kind, r->actor, r->body }, seal, { 0 } };
        if (r->hash.n == EVENT_HASH_BYTES)
                memcpy(out.hash, r->hash.p, EVENT_HASH_BYTES);
        return out;
}

#define SOME 16
struct pair {
        int64_t matter;
        int32_t n;
};

static int some_of(struct ctx *ctx, const struct seal *s, size_t from, struct sql_event_some_rows *ret)
{
        struct sql_event_some_in in = { .town = ctx->town };
        struct pair *pair = (struct pair *)(void *)&in.m0;
        size_t count = seal_count(s);

        _Static_assert(offsetof(struct sql_event_some_in, m15) - offsetof(struct sql_event_some_in, m0) ==
                               15 * sizeof(struct pair),
                       "pairs stand side by side");
        for (size_t i = 0; i < SOME && from + i < count; i++)
                seal_member_get(s, from + i, &pair[i].matter, &pair[i].n);
        return sql_event_some(ctx->tx, ctx->arena, &in, ret);
}

int event_members(struct ctx *ctx, const struct seal *s, struct event_rows *ret)
{
        struct event_rows out = { arena_array(ctx->arena, struct event_row, seal_count(s)), 0 };

        for (size_t from = 0; from < seal_count(s); from += SOME) {
                struct sql_event_some_rows rows;
                int rc = some_of(ctx, s, from, &rows);
                if (rc != OK)
                        return rc;
                for (size_t i = 0; i < rows.n; i++)
                        out.row[out.n++] = row_of(&rows.row[i], s->n);
        }
        *ret = out;
        return OK;
}

/* A member whose event is gone is left out and said aloud: one deleted row must not stop every listener; verify
 * reports it as a fault. */
static int add_members(struct ctx *ctx, const struct seal *s, struct event_rows *all)
{
        struct event_rows some;

        int rc = event_members(ctx, s, &some);
        if (rc != OK)
                return rc;
        if (some.n != seal_count(s))
                log_error("store: town %lld: seal %lld lacks events; run verify", (long long)ctx->town,
                          (long long)s->n);
        memcpy(all->row + all->n, some.row, some.n * sizeof *some.row);
        all->n += some.n;
        return OK;
}

static struct seal seal_of(const struct sql_seal_after_row *r)
{
        return (struct seal){ r->n, r->first, r->at, r->members, r->root, r->prev, r->hash };
}

bool event_is_of_matter(const struct event *e)
{
        static const char *const others[] = { "shift_", "standing_", "draft_" };
        for (size_t i = 0; i < COUNT(others); i++)
                if (str_starts(e->kind, str_of(others[i])))
                        return false;
        return true;
}

int event_after(struct ctx *ctx, int64_t seal, int max, struct event_rows *ret, int64_t *ret_seal)
{
        struct sql_seal_after_in in = { ctx->town, seal, SEALS_A_TIME };
        struct sql_seal_after_rows seals;
        size_t total = 0, whole = 0;

        int rc = sql_seal_after(ctx->tx, ctx->arena, &in, &seals);
        if (rc != OK)
                return rc;
        for (; whole < seals.n; whole++) {
                size_t count = seals.row[whole].members.n / SEAL_MEMBER_BYTES;
                if (whole && total + count > (size_t)max)
                        break;
                total += count;
        }
        struct event_rows all = { arena_array(ctx->arena, struct event_row, total), 0 };
        for (size_t i = 0; i < whole; i++) {
                struct seal s = seal_of(&seals.row[i]);
                rc = add_members(ctx, &s, &all);
                if (rc != OK)
                        return rc;
        }
        *ret = all;
        *ret_seal = whole ? seals.row[whole - 1].n : seal;
        return OK;
}

int event_of(struct ctx *ctx, int64_t matter, struct event_rows *ret)
{
        struct sql_event_of_matter_rows rows;
        struct sql_event_of_matter_in in = { ctx->town, matter, 0, HISTORY_MAX };

        int rc = sql_event_of_matter(ctx->tx, ctx->arena, &in, &rows);
        if (rc != OK)
                return rc;
        struct event_row *out = arena_array(ctx->arena, struct event_row, rows.n);
        for (size_t i = 0; i < rows.n; i++) {
                struct sql_event_of_matter_row *r = &rows.row[i];
                struct sql_event_some_row same = { matter, r->n, r->at, r->kind, r->actor, r->body, r->hash };
                out[i] = row_of(&same, 0);
        }
        *ret = (struct event_rows){ out, rows.n };
        return OK;
}

/* ---- a listener's place ----------------------------------------------------------------------------- */
int event_cursor(struct ctx *ctx, struct str listener, int64_t *ret_seal)
{
        struct sql_cursor_get_row row;
        int rc = sql_cursor_get(ctx->tx, ctx->arena, &(struct sql_cursor_get_in){ ctx->town, listener }, &row);
        if (rc == ERR_NONE)
                row.seal = 0;
        else if (rc != OK)
                return rc;
        *ret_seal = row.seal;
        return OK;
}

int event_cursor_set(struct ctx *ctx, struct str listener, int64_t seal)
{
        int64_t changed;
        int rc = sql_cursor_set(ctx->tx, &(struct sql_cursor_set_in){ ctx->town, listener, seal }, &changed);
        if (rc == OK && changed != 1)
                return ERR_CONFLICT; /* somebody went further already */
        return rc;
}
