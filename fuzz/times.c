/* Days, instants, pauses and office hours as people write them; and a deadline from them: START LIMIT UNIT ROLL PAUSE.
 */
#include "base/due.h"
#include "fuzz.h"

static void day_and_instant(struct str s)
{
        struct day d, again;
        struct instant t, back;
        char text[40];
        if (day_parse(s, &d) == OK) {
                MUST(str_is(s, day_format(d, text)) && day_parse(str_of(text), &again) == OK && again.n == d.n);
                MUST(day_weekday(d) >= 0 && day_weekday(d) <= 6);
        }
        if (instant_parse(s, &t) == OK) {
                instant_format(t, text);
                if (instant_parse(str_of(text), &back) == OK) /* the last hours of 2199 may fall into the next year */
                        MUST(back.us == t.us);
        }
}

static void office(struct str s)
{
        struct str part[OFFICE_SPANS_MAX + 2];
        struct office_hours hours;
        size_t n = 0;
        while (n < COUNT(part) && str_split(&s, ';', &part[n]))
                n++;
        if (office_hours_parse(part, n, &hours) == OK)
                MUST(hours.n > 0 && office_hours_us(&hours) > 0 && office_hours_us(&hours) <= US_PER_DAY);
}

static void deadline(struct arena *a, const struct calendar *c, struct str s)
{
        struct due_span pause[2];
        struct due_spec spec = { .pause = pause };
        struct due_steps steps;
        struct due due;
        struct str word[6] = { 0 };
        int64_t limit;
        size_t n = 0;
        struct err err = { 0 };
        while (n < COUNT(word) && str_split(&s, ' ', &word[n]))
                n++;
        if (due_start_parse(word[0], &spec.start) != OK || str_int(word[1], INT32_MIN, INT32_MAX, &limit) != OK ||
            due_unit_parse(word[2], &spec.unit) != OK || due_roll_parse(word[3], &spec.roll) != OK)
                return;
        spec.limit = (int32_t)limit;
        for (size_t i = 4; i < n; i++)
                spec.n_pause += due_pause_parse(word[i], &pause[spec.n_pause]) == OK;
        if (due_compute(c, NULL, &spec, &due, &err) != OK) {
                MUST(err.zh[0] && err.en[0]);
                return;
        }
        MUST(due.at.us >= spec.start.us - US_PER_DAY);
        if (limit <= 400 && due_steps(a, c, NULL, &spec, &steps, &err) == OK)
                MUST(steps.due.at.us == due.at.us && steps.due.provisional == due.provisional);
        struct instant half, whole;
        if (due_share(c, NULL, &spec, 50, &half, &err) == OK && due_share(c, NULL, &spec, 100, &whole, &err) == OK)
                MUST(half.us <= whole.us && whole.us == due.at.us);
}

static struct arena kept;
static const struct calendar *calendar;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
        (void)argc, (void)argv;
        calendar = calendar_build(&kept, NULL, 0);
        return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        ARENA_AUTO a = { 0 };
        struct str s = fuzz_bytes(data, n);
        day_and_instant(s);
        office(s);
        deadline(&a, calendar, s);
        return 0;
}
