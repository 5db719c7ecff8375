/* bench/workday.c — how long does a working-day deadline take? */
#include "app/bench.h"
#include "base/due.h"

#define ASKED 2000000

static double once(const struct calendar *calendar, uint64_t *sum)
{
        struct due_spec spec = { .unit = DUE_WORKDAY };
        struct due due;
        int64_t first = day_start((struct day){ 20454 }).us; /* a year of starts from 2026-01-01 */
        double begin = bench_clock();
        for (int i = 0; i < ASKED; i++) {
                spec.start.us = first + (int64_t)(i % 365) * US_PER_DAY + (int64_t)(i % 86400) * US_PER_SECOND;
                spec.limit = 1 + i % 20;
                if (due_compute(calendar, &office_hours_default, &spec, &due, NULL) != OK)
                        BUG("a deadline that cannot be computed");
                *sum += (uint64_t)due.at.us;
        }
        return (bench_clock() - begin) / ASKED * 1e9;
}

static int run(struct bench *b)
{
        double took[9];
        uint64_t sum = 0;
        const struct calendar *calendar = calendar_build(b->a->arena, NULL, 0);
        for (size_t i = 0; i < COUNT(took); i++)
                took[i] = once(calendar, &sum);
        if (sum == 0)
                BUG("no deadline at all");
        bench_row(b, "working-day deadline, 1 to 20 days", bench_median(took, COUNT(took)), -1, "ns", "<= 50");
        return EXIT_FINE;
}

const struct bench_case bench_workday = {
        .name = "workday",
        .help = { "工作日期限", "a working-day deadline" },
        .run = run,
};
