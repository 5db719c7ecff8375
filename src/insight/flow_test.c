#include "insight/flow.h"
#include "base/test.h"

#define U(...) { __VA_ARGS__ }
#define H US_PER_HOUR

/* Each row a matter: where it went, whether somebody was reached, and what it counts as. */
static const struct {
        const char *unit[5];
        bool owed;
        int64_t contacted_us; /* after the opening; -1 = nobody was */
        int sent, straight, hops, step; /* hops: 1..4; step: index of contact, -1 = not contacted, -2 = none owed */
} row[] = {
        { U("a"), true, 1 * H, 1, 1, 1, 0 },         /* within the hour, on the dot */
        { U("a"), true, 1 * H + 1, 1, 1, 1, 1 },     /* a microsecond later is the next step */
        { U("a"), true, 0, 1, 1, 1, 0 },
        { U("a"), true, 72 * H, 1, 1, 1, 6 },
        { U("a"), true, 73 * H, 1, 1, 1, 7 },        /* later than the last step */
        { U("a"), true, -1, 1, 1, 1, -1 },
        { U("a"), false, -1, 1, 1, 1, -2 },          /* anonymous: no contact is owed */
        { U("a", "b"), true, 2 * H, 1, 0, 2, 1 },    /* sent on */
        { U("a", "a"), true, 2 * H, 1, 1, 1, 1 },    /* decided anew, the same unit */
        { U("a", "b", "a"), true, 2 * H, 1, 0, 3, 1 },
        { U("a", "b", "c", "d", "e"), true, 2 * H, 1, 0, 4, 1 }, /* four and more */
        { U(NULL), true, 2 * H, 0, 0, 0, 1 },        /* the desk still looks */
};

TEST(how_one_matter_counts)
{
        for (size_t i = 0; i < COUNT(row); i++) {
                struct flow_figures f = { 0 };
                struct str unit[5];
                struct flow_matter m = { .unit = unit, .owed = row[i].owed, .opened = { 1000 * H }, .contacted = INSTANT_NONE };
                while (m.n < 5 && row[i].unit[m.n]) {
                        unit[m.n] = str_of(row[i].unit[m.n]);
                        m.n++;
                }
                if (row[i].contacted_us >= 0)
                        m.contacted = (struct instant){ 1000 * H + row[i].contacted_us };
                flow_take(&f, &m);
                CHECK_EQ(f.sent, row[i].sent);
                CHECK_EQ(f.straight, row[i].straight);
                for (int k = 0; k < FLOW_HOPS; k++)
                        CHECK_EQ(f.hops[k], row[i].hops == k + 1);
                for (int k = 0; k <= FLOW_STEPS; k++)
                        CHECK_EQ(f.contact[k], row[i].step == k);
                CHECK_EQ(f.not_contacted, row[i].step == -1);
        }
}

TEST(reopening_counts_among_what_was_answered)
{
        struct flow_figures f = { 0 };
        struct str a = STR("a");
        flow_take(&f, &(struct flow_matter){ .unit = &a, .n = 1, .answered = true, .reopened = true, .contacted = INSTANT_NONE });
        flow_take(&f, &(struct flow_matter){ .unit = &a, .n = 1, .answered = true, .contacted = INSTANT_NONE });
        flow_take(&f, &(struct flow_matter){ .unit = &a, .n = 1, .contacted = INSTANT_NONE });
        CHECK_EQ(f.answered, 2);
        CHECK_EQ(f.reopened, 1);
}

TEST(the_median_is_a_step)
{
        static const struct {
                int64_t contact[FLOW_STEPS + 1];
                int32_t want;
        } m[] = {
                { { 0 }, 0 },                          /* nobody was reached */
                { { 1 }, 1 },
                { { 1, 0, 1 }, 1 },                    /* half of two */
                { { 1, 0, 2 }, 4 },
                { { 0, 0, 0, 0, 0, 0, 5, 4 }, 72 },
                { { 0, 0, 0, 0, 0, 0, 4, 5 }, -1 },    /* later than the last step */
        };
        for (size_t i = 0; i < COUNT(m); i++) {
                struct flow_figures f = { 0 };
                memcpy(f.contact, m[i].contact, sizeof(f.contact));
                CHECK_EQ(flow_median(&f), m[i].want);
        }
}
