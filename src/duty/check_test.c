#include "duty/inner/fixture.h"

static bool known_place(const void *self, struct str code)
{
        (void)self;
        static const char *const codes[] = { "11", "town", "c1", "c2", "g1", "g2", "g3", "b7" };
        for (size_t i = 0; i < COUNT(codes); i++)
                if (str_is(code, codes[i]))
                        return true;
        return false;
}

static void check(struct fixture *f, const char *today)
{
        struct duty_grid *grid = arena_array(&f->arena, struct duty_grid, COUNT(fixture_paths));
        for (size_t i = 0; i < COUNT(fixture_paths); i++) {
                struct str *path = arena_array(&f->arena, struct str, LEAD_PATH_MAX);
                uint32_t n = lead_path(str_of(fixture_paths[i]), path);
                grid[i] = (struct duty_grid){ .code = path[n - 1], .path = path, .n_path = n };
        }
        struct duty_check in = { .book = &f->book,
                                 .orgs = { .find = fixture_org },
                                 .place_exists = known_place,
                                 .grid = grid,
                                 .n_grids = COUNT(fixture_paths),
                                 .today = fixture_day(today) };
        duties_check(&in, &f->findings);
}

/* Every leaf has a row: what the cases below add is all that is found. */
#define COVERED "x1,basic,water,供水,,urban,,,,,条例,,,,,\nx2,basic,self,自治,,urban,,,,,条例,,,,,\n"
#define LAMP "x3,basic,lamp,灯,,urban,,,,,条例,,,,,\n"

/* Each row: duties from line 4 on, and what is found on 2026-03-01. */
static const struct {
        const char *why, *rows, *found;
} one[] = {
        { "all is well", LAMP, "" },
        { "the lead is nobody", "a,basic,lamp,灯,,ghost,,,,,条例,,,,,\n", "duty.unknown-org:4 duty.fallback-only:5" },
        { "no lead is named", "a,basic,lamp,灯,,,,,,,条例,,,,,\n", "duty.unknown-org:4 duty.fallback-only:5" },
        { "an assisting unit is nobody", "a,basic,lamp,灯,,urban,works;ghost,,,,条例,,,,,\n", "duty.unknown-org:4" },
        { "the place is nowhere", LAMP "a,basic,lamp,灯,,estate,,g9,,,条例,,,,,\n", "duty.unknown-place:5" },
        { "taken back, by nobody", "a,recalled,lamp,灯,,,,,,,条例,,,,,\n",
          "duty.recalled-by-missing:4 duty.fallback-only:5" },
        { "taken back, by ourselves", "a,recalled,lamp,灯,,urban,,,,,条例,,,,,\n", "duty.recalled-by-missing:4" },
        { "taken back, by a committee", "a,recalled,lamp,灯,,jw,,,,,条例,,,,,\n",
          "duty.recalled-by-missing:4 duty.fallback-only:5" },
        { "taken back, by an unknown org", "a,recalled,lamp,灯,,ghost,,,,,条例,,,,,\n",
          "duty.recalled-by-missing:4 duty.fallback-only:5" },
        { "taken back, and it is so", "a,recalled,lamp,灯,,bureau,,,,,条例,,,,,\n", "" },
        { "taken back, but still on our list", "a,recalled,lamp,灯,,bureau,,,,,条例,,,,,\n" LAMP,
          "duty.recalled-kept:5" },
        { "taken back in part only", "a,recalled,lamp,灯,x=1,bureau,,,,,条例,,,,,\n" LAMP, "" },
        { "assisting under an upper organ", "a,assist,lamp,灯,,bureau,urban,,,,条例,,,,,\n", "" },
        { "our own unit leads what we assist in", "a,assist,lamp,灯,,urban,,,,,条例,,,,,\n",
          "duty.assist-lead:4 duty.fallback-only:5" },
        { "a committee carries an assisting duty alone", "a,assist,lamp,灯,,bureau,jw,,,,条例,,,,,\n",
          "duty.committee-lead:4" },
        { "a committee helps beside our unit", "a,assist,lamp,灯,,bureau,urban;jw,,,,条例,,,,,\n", "" },
        { "a committee leads a duty of ours", "a,basic,lamp,灯,,jw,,,,,条例,,,,,\n",
          "duty.committee-lead:4 duty.fallback-only:5" },
        { "a committee leads an assisting duty", "a,assist,lamp,灯,,jw,urban,,,,条例,,,,,\n",
          "duty.committee-lead:4 duty.fallback-only:5" },
        { "a committee leads its own", "a,committee,lamp,灯,,jw,,,,,组织法,,,,,\n", "" },
        { "the committee's list, led by our office", "a,committee,lamp,灯,,urban,,,,,组织法,,,,,\n",
          "duty.committee-list:4" },
        { "a committee punishes", "a,conferred,lamp,灯,,jw,,,,,条例,,,3,4,5\n",
          "duty.grid-worker:4 duty.fallback-only:5" },
        { "a committee inspects for another", "a,entrusted,lamp,灯,,jw,,,,,条例,,,3,4,5\n",
          "duty.grid-worker:4 duty.fallback-only:5" },
        { "handed down with all it takes", "a,conferred,lamp,灯,,squad,,,,,条例,,,3,4,5\n", "" },
        { "handed down without staff", "a,conferred,lamp,灯,,squad,,,,,条例,,,,4,5\n",
          "duty.capacity:4 duty.fallback-only:5" },
        { "entrusted without anything", "a,entrusted,lamp,灯,,squad,,,,,条例,,,,,\n",
          "duty.capacity:4 duty.capacity:4 duty.capacity:4 duty.fallback-only:5" },
        { "two leads", LAMP "a,basic,lamp,灯,,estate,,,,,条例,,,,,\n", "duty.tie:5" },
        { "two leads, one after the other",
          "a,basic,lamp,灯,,urban,,,,,条例,,2026-06-30,,,\nb,basic,lamp,灯,,estate,,,,,条例,2026-07-01,,,,\n", "" },
        { "two leads on one day",
          "a,basic,lamp,灯,,urban,,,,,条例,,2026-07-01,,,\nb,basic,lamp,灯,,estate,,,,,条例,2026-07-01,,,,\n",
          "duty.tie:5" },
        { "two leads, long ago", LAMP "a,basic,lamp,灯,,estate,,,,,条例,,2025-12-31,,,\n", "duty.out-of-date:5" },
        { "two leads, told apart by a condition",
          LAMP "a,basic,lamp,灯,x=1,estate,,,,,条例,,,,,\nb,basic,lamp,灯,x=2,works,,,,,条例,,,,,\n", "" },
        { "two conditions that may both hold",
          LAMP "a,basic,lamp,灯,x=1,estate,,,,,条例,,,,,\nb,basic,lamp,灯,y=1,works,,,,,条例,,,,,\n", "duty.tie:6" },
        { "one condition within the other",
          LAMP "a,basic,lamp,灯,x=1,estate,,,,,条例,,,,,\nb,basic,lamp,灯,x=1;y=1,works,,,,,条例,,,,,\n", "" },
        { "two leads in one grid",
          LAMP "a,basic,lamp,灯,,estate,,g1,,,条例,,,,,\nb,basic,lamp,灯,,works,,g1,,,条例,,,,,\n", "duty.tie:6" },
        { "an agreement says who leads first",
          LAMP "a,basic,lamp,灯,,estate,,g2,,,条例,,2026-12-31,,,\nb,conferred,lamp,灯,,squad,,g2,,,条例,,2026-12-31,3,"
               "4,5\n",
          "" },
        { "the agreement ends too early",
          LAMP "a,basic,lamp,灯,,estate,,g2,,,条例,,,,,\nb,conferred,lamp,灯,,squad,,g2,,,条例,2027-01-01,,3,4,5\n",
          "duty.tie:6" },
        { "in one building", LAMP "a,basic,lamp,灯,,estate,,b7,,,条例,,,,,\nb,basic,lamp,灯,,works,,b7,,,条例,,,,,\n",
          "duty.tie:6" },
        { "a tie that every grid covers with a row of its own",
          "a,basic,lamp,灯,,estate,,,,,条例,,,,,\nb,basic,lamp,灯,,works,,,,,条例,,,,,\nc,basic,lamp,灯,,urban,,c1,,,"
          "条例,,,,,\nd,basic,lamp,灯,,urban,,c2,,,条例,,,,,\n",
          "" },
        { "... until one of those ends",
          "a,basic,lamp,灯,,estate,,,,,条例,,,,,\nb,basic,lamp,灯,,works,,,,,条例,,,,,\nc,basic,lamp,灯,,urban,,c1,,,"
          "条例,,,,,\nd,basic,lamp,灯,,urban,,c2,,,条例,,2026-08-31,,,\n",
          "duty.tie:5" },
        { "the same twice", LAMP "a,basic,lamp,灯,,urban,,,,,条例,,,,,\n", "duty.duplicate:5" },
        { "nobody for lamps", "", "duty.fallback-only:5" },
        { "lamps in one community only", "a,basic,lamp,灯,,urban,,c1,,,条例,,,,,\n", "duty.fallback-only:5" },
        { "lamps until summer", "a,basic,lamp,灯,,urban,,,,,条例,,2026-06-30,,,\n", "duty.fallback-only:5" },
        { "lamps only under a condition", "a,basic,lamp,灯,x=1,urban,,,,,条例,,,,,\n", "duty.fallback-only:5" },
};

TEST(each_rule_of_the_lists)
{
        for (size_t i = 0; i < COUNT(one); i++) {
                ARENA_AUTO a = { 0 };
                struct fixture f;
                fixture_open(&f, str_printf(&a, "%s%s%s", DUTY_HEAD, COVERED, one[i].rows).p);
                check(&f, "2026-03-01");
                struct str got = fixture_found(&a, &f.findings);
                if (!str_is(got, one[i].found))
                        fail_msg("%s: got \"%.*s\", want \"%s\"", one[i].why, STR_ARG(got), one[i].found);
                arena_free(&f.arena);
        }
}

TEST(without_a_fallback_unit_a_gap_is_an_error)
{
        struct fixture f;
        fixture_open(&f, DUTY_HEAD COVERED);
        f.book.fallback = STR("");
        check(&f, "2026-03-01");
        CHECK_STR(fixture_found(&f.arena, &f.findings), "duty.no-lead:5");
        CHECK_EQ(f.findings.errors, 1);
        arena_free(&f.arena);
}

TEST(a_gap_says_how_many_grids_and_from_when)
{
        struct fixture f;
        fixture_open(&f, DUTY_HEAD COVERED
                     "a,basic,lamp,灯,,urban,,,,,条例,,2026-06-30,,,\nb,basic,lamp,灯,,urban,,c2,,,条例,,,,,\n");
        check(&f, "2026-03-01");
        CHECK_EQ(f.findings.n, 1);
        CHECK_STR(f.findings.row[0].en, "Subject \"lamp\" has no lead in 2 grids (for example \"g1\") from 2026-07-01 "
                                        "on, only the fallback unit \"desk\"");
        CHECK_STR(f.findings.row[0].zh,
                  "事项“lamp”在 2 个网格（例如“g1”）自 2026-07-01 起没有牵头职责，只有兜底单位“desk”");
        CHECK_STR(f.findings.row[0].file, "subjects.csv");
        arena_free(&f.arena);
}

TEST(a_tie_names_a_grid_and_a_day)
{
        struct fixture f;
        fixture_open(&f, DUTY_HEAD COVERED
                     "a,basic,lamp,灯,,urban,,,,,条例,,,,,\nb,basic,lamp,灯,,estate,,,,,条例,2026-09-01,,,,\n");
        check(&f, "2026-03-01");
        CHECK_EQ(f.findings.n, 1);
        CHECK_STR(f.findings.row[0].en,
                  "Duties \"a\" (lead urban) and \"b\" (lead estate) overlap, for example in \"g1\" on 2026-09-01");
        arena_free(&f.arena);
}

TEST(too_many_rows_in_one_cell_are_refused_not_compared)
{
        ARENA_AUTO a = { 0 };
        BUF_AUTO text = BUF(1 << 20);
        buf_puts(&text, DUTY_HEAD COVERED);
        for (int i = 0; i <= DUTY_CELL_MAX; i++)
                buf_printf(&text, "a%d,basic,lamp,灯,,urban,,,,,条例,,,,,\n", i);
        buf_char(&text, 0);
        struct fixture f;
        fixture_open(&f, text.p);
        check(&f, "2026-03-01");
        CHECK_STR(fixture_found(&a, &f.findings), "duty.too-many:4");
        arena_free(&f.arena);
}
