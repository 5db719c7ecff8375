#include "town/shelf.h"
#include "people/leave.h"
#include "people/swap.h"
#include <pthread.h>
#include "base/log.h"

#define SHELF_TOWNS 4096
#define SHELF_PAST 4
#define ROSTER_PAST_DAYS 62 /* how long swaps of past days stand in the roster that is shown */
#define LOOK_EVERY_US (2 * US_PER_SECOND)

struct slot {
        int64_t town;
        struct town *current;
        struct instant looked; /* when the head was last compared */
        bool looking;          /* a thread is at the store for it, without the lock */
        uint64_t drops, seen;  /* how often it was dropped; how often when the last look that ended began: unequal = compare before use */
        struct town *past[SHELF_PAST];
        unsigned next; /* round robin over past */
};

struct shelf {
        struct store *store;
        pthread_mutex_t lock;
        pthread_cond_t looked;          /* some slot's look has ended */
        struct arena arena;             /* the shelf itself and its slots */
        struct slot *slot[SHELF_TOWNS]; /* by town */
        size_t n;
};

struct shelf *shelf_new(struct store *store)
{
        struct arena a = { 0 };
        struct shelf *s = arena_new(&a, struct shelf);
        s->arena = a;
        s->store = store;
        pthread_mutex_init(&s->lock, NULL);
        pthread_cond_init(&s->looked, NULL);
        return s;
}

void shelf_free(struct shelf *s)
{
        if (!s)
                return;
        for (size_t i = 0; i < s->n; i++) {
                town_unref(s->slot[i]->current);
                for (size_t k = 0; k < SHELF_PAST; k++)
                        town_unref(s->slot[i]->past[k]);
        }
        pthread_cond_destroy(&s->looked);
        pthread_mutex_destroy(&s->lock);
        struct arena a = s->arena;
        arena_free(&a);
}

/* The first place whose town is not below @town. */
static size_t place_of(const struct shelf *s, int64_t town)
{
        size_t lo = 0, hi = s->n;
        while (lo < hi) {
                size_t mid = lo + (hi - lo) / 2;
                if (s->slot[mid]->town < town)
                        lo = mid + 1;
                else
                        hi = mid;
        }
        return lo;
}

static struct slot *slot_find(const struct shelf *s, int64_t town)
{
        size_t at = place_of(s, town);
        return at < s->n && s->slot[at]->town == town ? s->slot[at] : NULL;
}

/* Slots are made for towns that exist, so asking for others does not fill the shelf; they stay until it is freed. */
static struct slot *slot_make(struct shelf *s, int64_t town)
{
        struct slot *old = slot_find(s, town);
        if (old || s->n == SHELF_TOWNS)
                return old;
        size_t at = place_of(s, town);
        memmove(&s->slot[at + 1], &s->slot[at], (s->n - at) * sizeof(s->slot[0]));
        s->slot[at] = arena_new(&s->arena, struct slot);
        s->slot[at]->town = town;
        s->slot[at]->looked = INSTANT_NONE;
        s->n++;
        return s->slot[at];
}

static int no_town(struct err *err)
{
        return err_set(err, ERR_NONE, "town", "没有这个乡镇（街道）", "There is no such town here");
}

/* ---- out of the store, without the lock ------------------------------------------------------------------------- */

static int parse_stored(struct ctx *ctx, const struct town_label *label, struct town **ret)
{
        ARENA_AUTO scratch = { 0 };
        struct findings found = { .arena = &scratch };
        struct folder *fo = arena_new(&scratch, struct folder);
        struct town_load_options opt = { .trial = label->trial, .today = DAY_NONE };
        int rc = town_folder_of(ctx, &scratch, label->version, fo);
        if (rc == OK)
                rc = town_parse(fo, &opt, &found, ret);
        if (rc == OK) {
                (*ret)->version = label->version;
                (*ret)->loaded_at = label->at;
        }
        return rc;
}

/* What to bring: a version, or the current one unless it is @have already with the same leaves and swaps (then *ret is NULL). */
struct fetch {
        int64_t town, version, have;
        uint64_t absences;
        struct instant now;
};

static int fetch(struct shelf *s, const struct fetch *f, struct town **ret, struct err *err)
{
        ARENA_AUTO a = { 0 };
        struct ctx ctx = { .town = f->town, .now = f->now, .arena = &a, .err = err };
        struct town_label label;
        struct leaves leaves = { 0 };
        struct swaps swaps = { 0 };
        *ret = NULL;
        int rc = store_read_begin(s->store, &ctx.tx, err);
        if (rc != OK)
                return rc;
        rc = town_label(&ctx, f->version, &label);
        if (rc == OK)
                rc = leave_list(&ctx, instant_day(f->now), &leaves);
        if (rc == OK)
                rc = swap_list(&ctx, (struct day){ instant_day(f->now).n - ROSTER_PAST_DAYS }, &swaps);
        uint64_t mark = leaves_mark(&leaves) * 31 + swaps_mark(&swaps);
        /* A leave that is over changes the mark too: the model is read anew, some times a month. */
        if (rc == OK && (label.version != f->have || mark != f->absences))
                rc = parse_stored(&ctx, &label, ret);
        if (rc == OK && *ret && f->version == 0) {
                leave_note(&(*ret)->arena, &leaves, &(*ret)->staff);
                swap_note(&(*ret)->arena, &swaps, &(*ret)->roster);
                (*ret)->absences = mark;
        }
        store_read_end(ctx.tx);
        return rc == ERR_NONE ? no_town(err) : rc;
}

/* ---- the current model ------------------------------------------------------------------------------------------ */

static bool must_look(const struct slot *slot, struct instant now)
{
        if (!slot->current || slot->drops != slot->seen)
                return true;
        /* Requests that run side by side see slightly different times; a replay may go far back. */
        return now.us >= slot->looked.us + LOOK_EVERY_US || now.us <= slot->looked.us - LOOK_EVERY_US;
}

/* Compare the head; called with the lock, which is given up meanwhile. */
static int look(struct shelf *s, struct slot *slot, struct instant now, struct err *err)
{
        struct town *newer = NULL;
        struct fetch f = { .town = slot->town, .now = now, .have = slot->current ? slot->current->version : -1,
                           .absences = slot->current ? slot->current->absences : 0 };
        uint64_t drops = slot->drops; /* whoever drops it while we look is not served by what we find */
        slot->looking = true;
        pthread_mutex_unlock(&s->lock);
        int rc = fetch(s, &f, &newer, err);
        pthread_mutex_lock(&s->lock);
        slot->looking = false;
        slot->seen = drops;
        pthread_cond_broadcast(&s->looked);
        slot->looked = now;
        if (newer) {
                town_unref(slot->current);
                slot->current = newer;
        }
        return rc;
}

static int current_of(struct shelf *s, struct slot *slot, struct instant now, struct err *err)
{
        while (must_look(slot, now)) {
                if (slot->looking) {
                        if (slot->current && slot->drops == slot->seen)
                                break; /* somebody is at it; what is here will do meanwhile */
                        pthread_cond_wait(&s->looked, &s->lock);
                        continue;
                }
                int rc = look(s, slot, now, err);
                if (rc == OK)
                        continue;
                if (!slot->current || rc == ERR_NONE)
                        return rc;
                /* A database that is away does not take the model away. */
                log_warn("town=%lld version not refreshed: %s", (long long)slot->town, err_kind(rc)->say.en);
                break;
        }
        return OK;
}

/* Is there such a town at all? Asked once, before it gets a slot. */
static int slot_for(struct shelf *s, int64_t town, struct instant now, struct slot **ret, struct err *err)
{
        *ret = slot_find(s, town);
        if (*ret)
                return OK;
        pthread_mutex_unlock(&s->lock);
        struct town *t;
        int rc = fetch(s, &(struct fetch){ .town = town, .now = now, .have = -1 }, &t, err);
        pthread_mutex_lock(&s->lock);
        if (rc != OK)
                return rc;
        *ret = slot_make(s, town);
        if (*ret && !(*ret)->current) {
                (*ret)->current = t;
                (*ret)->looked = now;
                t = NULL;
        }
        town_unref(t);
        return *ret ? OK : err_set(err, ERR_BUSY, "town", "乡镇数量超过上限", "Too many towns");
}

int shelf_town(struct shelf *s, int64_t town, struct instant now, struct town **ret, struct err *err)
{
        struct slot *slot;
        pthread_mutex_lock(&s->lock);
        int rc = slot_for(s, town, now, &slot, err);
        if (rc == OK)
                rc = current_of(s, slot, now, err);
        if (rc == OK) {
                town_ref(slot->current);
                *ret = slot->current;
        }
        pthread_mutex_unlock(&s->lock);
        return rc;
}

/* ---- past models ------------------------------------------------------------------------------------------------ */

static struct town *past_of(const struct slot *slot, int64_t version)
{
        for (size_t i = 0; i < SHELF_PAST; i++)
                if (slot->past[i] && slot->past[i]->version == version)
                        return slot->past[i];
        return NULL;
}

static void keep_past(struct slot *slot, struct town *t)
{
        struct town **place = &slot->past[slot->next++ % SHELF_PAST];
        town_unref(*place);
        *place = t;
}

static int past_version(struct shelf *s, struct slot *slot, int64_t version, struct instant now, struct town **ret,
                        struct err *err)
{
        *ret = past_of(slot, version);
        if (*ret)
                return OK;
        pthread_mutex_unlock(&s->lock);
        struct town *t;
        int rc = fetch(s, &(struct fetch){ .town = slot->town, .version = version, .now = now, .have = -1 }, &t, err);
        pthread_mutex_lock(&s->lock);
        if (rc != OK)
                return rc;
        *ret = past_of(slot, version);
        if (*ret) {
                town_unref(t); /* another thread was faster */
        } else {
                keep_past(slot, t);
                *ret = t;
        }
        return OK;
}

int shelf_town_version(struct shelf *s, int64_t town, int64_t version, struct instant now, struct town **ret,
                       struct err *err)
{
        struct slot *slot;
        pthread_mutex_lock(&s->lock);
        int rc = slot_for(s, town, now, &slot, err);
        struct town *t = rc == OK && slot->current && slot->current->version == version ? slot->current : NULL;
        if (rc == OK && !t)
                rc = past_version(s, slot, version, now, &t, err);
        if (rc == OK) {
                town_ref(t);
                *ret = t;
        }
        pthread_mutex_unlock(&s->lock);
        return rc;
}

int shelf_town_on(struct shelf *s, int64_t town, struct day on, struct instant now, struct town **ret, struct err *err)
{
        ARENA_AUTO a = { 0 };
        struct ctx ctx = { .town = town, .now = now, .arena = &a, .err = err };
        struct town_label label;
        int rc = store_read_begin(s->store, &ctx.tx, err);
        if (rc != OK)
                return rc;
        rc = town_version_on(&ctx, on, &label);
        store_read_end(ctx.tx);
        if (rc == ERR_NONE)
                return no_town(err);
        return rc == OK ? shelf_town_version(s, town, label.version, now, ret, err) : rc;
}

void shelf_drop(struct shelf *s, int64_t town)
{
        pthread_mutex_lock(&s->lock);
        struct slot *slot = slot_find(s, town);
        if (slot)
                slot->drops++;
        pthread_mutex_unlock(&s->lock);
}

int64_t shelf_only(struct shelf *s)
{
        ARENA_AUTO a = { 0 };
        struct ctx ctx = { .arena = &a };
        struct town_row *row;
        size_t n = 0;
        if (store_read_begin(s->store, &ctx.tx, NULL) != OK)
                return 0;
        int rc = town_list(&ctx, &row, &n);
        store_read_end(ctx.tx);
        return rc == OK && n == 1 ? row[0].id : 0;
}
