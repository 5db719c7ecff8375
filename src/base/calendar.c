#include "base/calendar.h"
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/inner/holidays.h"

#define DAY_FIRST (-25567) /* 1900-01-01 */
#define DAYS 109573        /* to 2199-12-31 */
#define WORDS ((DAYS + 63) / 64)
#define YEAR_LAST 2199

/* Arithmetic on eight bytes at once, because a loop over bits is guessed wrong by the branch predictor. */
#define ONES UINT64_C(0x0101010101010101)
#define TOPS UINT64_C(0x8080808080808080)

/* Bits set in each byte of @x. */
static uint64_t bits_per_byte(uint64_t x)
{
        x = x - (x >> 1 & UINT64_C(0x5555555555555555));
        x = (x & UINT64_C(0x3333333333333333)) + (x >> 2 & UINT64_C(0x3333333333333333));
        return (x + (x >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
}

static uint32_t bits_set(uint64_t x)
{
        return (uint32_t)(bits_per_byte(x) * ONES >> 56);
}

/* How many of the eight rising sums are at most k? */
static uint32_t sums_upto(uint64_t sums, uint32_t k)
{
        uint64_t atmost = (((k * ONES | TOPS) - sums) & TOPS) >> 7;
        return (uint32_t)(atmost * ONES >> 56);
}

/* Position of the set bit number @k, from 0, of @x which has more than k: first its byte, then its bit. */
static uint32_t select_bit(uint64_t x, uint32_t k)
{
        uint64_t sums = bits_per_byte(x) * ONES;
        uint32_t shift = sums_upto(sums, k) * 8;
        k -= (uint32_t)(sums << 8 >> shift) & 0xFF;
        uint64_t bit = (x >> shift & 0xFF) * ONES & UINT64_C(0x8040201008040201); /* bit i alone in byte i */
        uint64_t one = (((bit & ~TOPS) + ~TOPS) | bit) >> 7 & ONES;
        return shift + sums_upto(one * ONES, k);
}

/* A bit for each day. The n-th working day is found by the word where every 32nd one stands, a step or none
 * along the counts before each word, and a select inside the word. */
#define SAMPLE 32
struct calendar {
        uint64_t work[WORDS];
        uint32_t before[WORDS + 1];          /* working days before each word */
        uint16_t word_of[DAYS / SAMPLE + 1]; /* the word of working day SAMPLE * i, from 0 */
        int32_t published_from, published_to;
        struct local_day *local; /* by day, each once; names end with NUL */
        size_t n_local;
        struct str version;
};

static bool inside(struct day d)
{
        return d.n >= DAY_FIRST && d.n < DAY_FIRST + DAYS;
}

static void set_work(struct calendar *c, int32_t day, bool work)
{
        uint32_t i = (uint32_t)(day - DAY_FIRST);
        uint64_t bit = UINT64_C(1) << (i % 64);
        if (work)
                c->work[i / 64] |= bit;
        else
                c->work[i / 64] &= ~bit;
}

bool calendar_is_work(const struct calendar *c, struct day d)
{
        if (!inside(d))
                return false;
        uint32_t i = (uint32_t)(d.n - DAY_FIRST);
        return c->work[i / 64] >> (i % 64) & 1;
}

/* By day, each once, the later row of two; for a few rows or a million. */
static void take_local(struct calendar *c, struct arena *a, const struct local_day *local, size_t n)
{
        ARENA_AUTO scratch = { 0 };
        const struct local_day **of_day = arena_array(&scratch, const struct local_day *, DAYS);
        size_t kept = 0;
        for (size_t i = 0; i < n; i++) {
                if (!inside(local[i].day))
                        continue;
                const struct local_day **at = &of_day[local[i].day.n - DAY_FIRST];
                kept += *at == NULL;
                *at = &local[i];
        }
        c->local = arena_array(a, struct local_day, kept);
        for (int32_t i = 0; i < DAYS; i++) {
                if (!of_day[i])
                        continue;
                c->local[c->n_local] = *of_day[i];
                c->local[c->n_local++].name = str_dup(a, of_day[i]->name);
        }
}

static void set_days(struct calendar *c)
{
        for (int32_t day = DAY_FIRST; day < DAY_FIRST + DAYS; day++)
                set_work(c, day, day_weekday((struct day){ day }) < 5);
        for (size_t i = 0; i < holidays_n; i++)
                set_work(c, holidays[i].day, holidays[i].work);
        for (size_t i = 0; i < c->n_local; i++)
                set_work(c, c->local[i].day.n, c->local[i].work);
}

static void count_days(struct calendar *c)
{
        uint32_t n = 0, sample = 0;
        for (uint32_t w = 0; w < WORDS; w++) {
                c->before[w] = n;
                n += bits_set(c->work[w]);
                for (; sample * SAMPLE < n; sample++)
                        c->word_of[sample] = (uint16_t)w;
        }
        c->before[WORDS] = n;
}

/* Which of the seven festivals does a local day off name? One bit each. */
static unsigned festivals_of(struct str name)
{
        static const char *const word[][2] = {
                { "元旦", "新年" }, { "春节", "春节" }, { "清明", "清明" }, { "劳动", "五一" },
                { "端午", "端午" }, { "中秋", "中秋" }, { "国庆", "十一" },
        };
        unsigned found = 0;
        for (unsigned i = 0; i < COUNT(word); i++)
                if (str_find(name, str_of(word[i][0])) >= 0 || str_find(name, str_of(word[i][1])) >= 0)
                        found |= 1u << i;
        return found;
}

static bool notice_typed_in(const struct calendar *c, struct day first, struct day last)
{
        unsigned found = 0;
        for (size_t i = 0; i < c->n_local; i++) {
                const struct local_day *l = &c->local[i];
                if (l->day.n >= first.n && l->day.n <= last.n && !l->work)
                        found |= festivals_of(l->name);
        }
        return found == (1u << 7) - 1;
}

static void set_published(struct calendar *c)
{
        struct day first, last;
        if (!day_make(holidays_first, 1, 1, &first) || !day_make(holidays_last, 12, 31, &last))
                BUG("holiday notices of another age");
        c->published_from = first.n;
        c->published_to = last.n;
        for (int year = holidays_last + 1; year <= YEAR_LAST; year++) {
                if (!day_make(year, 1, 1, &first) || !day_make(year, 12, 31, &last) || !notice_typed_in(c, first, last))
                        return;
                c->published_to = last.n;
        }
}

static void set_version(struct calendar *c, struct arena *a)
{
        if (c->n_local == 0) {
                c->version = str_printf(a, "cn-%d.%s", holidays_last, holidays_digest);
                return;
        }
        unsigned char sum[crypto_generichash_BYTES_MIN];
        crypto_generichash_state state;
        crypto_generichash_init(&state, NULL, 0, sizeof sum);
        for (size_t i = 0; i < c->n_local; i++) {
                char head[32];
                const struct local_day *l = &c->local[i];
                int n = snprintf(head, sizeof head, "%d %d %zu ", l->day.n, l->work, l->name.n);
                crypto_generichash_update(&state, (const unsigned char *)head, (size_t)n);
                crypto_generichash_update(&state, (const unsigned char *)l->name.p, l->name.n);
        }
        crypto_generichash_final(&state, sum, sizeof sum);
        c->version = str_printf(a, "cn-%d.%s+%02x%02x%02x%02x", holidays_last, holidays_digest, sum[0], sum[1], sum[2],
                                sum[3]);
}

struct calendar *calendar_build(struct arena *a, const struct local_day *local, size_t n)
{
        struct calendar *c = arena_new(a, struct calendar);
        if (n > 0)
                take_local(c, a, local, n);
        set_days(c);
        count_days(c);
        set_published(c);
        set_version(c, a);
        return c;
}

struct str calendar_version(const struct calendar *c)
{
        return c->version;
}

/* Working days before day @i, an offset of 0 to DAYS. */
static uint32_t rank(const struct calendar *c, uint32_t i)
{
        if (i / 64 == WORDS)
                return c->before[WORDS];
        uint64_t low = c->work[i / 64] & ((UINT64_C(1) << (i % 64)) - 1);
        return c->before[i / 64] + bits_set(low);
}

int calendar_add_work(const struct calendar *c, struct day d, int32_t n, struct day *ret)
{
        if (!inside(d))
                return ERR_RANGE;
        if (n == 0) {
                *ret = d;
                return OK;
        }
        uint32_t i = (uint32_t)(d.n - DAY_FIRST);
        int64_t target = n > 0 ? (int64_t)rank(c, i + 1) + n - 1 : (int64_t)rank(c, i) + n;
        if (target < 0 || target >= c->before[WORDS])
                return ERR_RANGE;
        uint32_t t = (uint32_t)target, w = c->word_of[t / SAMPLE];
        while (c->before[w + 1] <= t)
                w++;
        ret->n = DAY_FIRST + (int32_t)(w * 64 + select_bit(c->work[w], t - c->before[w]));
        return OK;
}

int32_t calendar_count_work(const struct calendar *c, struct day after, struct day upto)
{
        if (!inside(after) || !inside(upto))
                BUG("a day outside 1900-2199");
        if (upto.n <= after.n)
                return 0;
        return (int32_t)(rank(c, (uint32_t)(upto.n - DAY_FIRST) + 1) - rank(c, (uint32_t)(after.n - DAY_FIRST) + 1));
}

bool calendar_published(const struct calendar *c, struct day from, struct day to)
{
        return from.n >= c->published_from && to.n <= c->published_to;
}

static int find_local(const void *day, const void *row)
{
        int32_t x = ((const struct day *)day)->n, y = ((const struct local_day *)row)->day.n;
        return (x > y) - (x < y);
}

static int find_holiday(const void *day, const void *row)
{
        int32_t x = ((const struct day *)day)->n, y = ((const struct holiday *)row)->day;
        return (x > y) - (x < y);
}

struct day_why calendar_why(const struct calendar *c, struct day d)
{
        bool weekday = day_weekday(d) < 5;
        const struct local_day *l = c->n_local ? bsearch(&d, c->local, c->n_local, sizeof *l, find_local) : NULL;
        if (l)
                return (struct day_why){ l->work ? DAY_LOCAL_WORK : DAY_LOCAL_OFF, { l->name.p, l->name.p } };
        const struct holiday *h = bsearch(&d, holidays, holidays_n, sizeof *h, find_holiday);
        if (h && !h->work)
                return (struct day_why){ DAY_HOLIDAY, holiday_names[h->name] };
        if (h && !weekday)
                return (struct day_why){ DAY_MAKEUP, holiday_names[h->name] };
        return (struct day_why){ weekday ? DAY_WORKDAY : DAY_WEEKEND, { "", "" } };
}

struct say day_name(struct day d)
{
        static const struct say name[] = { { "周一", "Monday" },   { "周二", "Tuesday" }, { "周三", "Wednesday" },
                                           { "周四", "Thursday" }, { "周五", "Friday" },  { "周六", "Saturday" },
                                           { "周日", "Sunday" } };
        return name[day_weekday(d)];
}
