/* The tables of a town folder, each against a small town that is sound. The first byte chooses the reader. */
#include "duty/check.h"
#include "fuzz.h"
#include "people/post.h"
#include "people/roster.h"
#include "place/agreement.h"
#include "place/thing.h"

static const char places_csv[] = "code,parent,kind,name,aliases,households,population\n"
                                 "110101000000,,county,县,,,\n"
                                 "110101002000,110101000000,township,镇,老镇;镇上,,\n"
                                 "110101002001,110101002000,community,社区,,,\n"
                                 "110101002001001,110101002001,grid,一,,400,\n"
                                 "110101002001002,110101002001,grid,二,,400,\n";
static const char orgs_csv[] = "code,parent,kind,relation,reach,name,credit_code\n"
                               "town,,government,own,account,镇政府,\n"
                               "desk,town,department,own,account,大厅,\n"
                               "bureau,,department,upper,upstream,区局,\n"
                               "jw,town,committee,own,account,居委会,\n";
static const char staff_csv[] = "login,name,org,phone,until\n"
                                "zhang,张三,desk,,\n"
                                "li,李四,town,,2027-01-01\n";
static const char subjects_csv[] = "code,parent,name_zh,name_en,keywords,level\n"
                                   "water,,供水,Water,停水,big\n"
                                   "water.pipe,water,漏水,Leak,漏水,small\n"
                                   "lamp,,路灯,Lamp,路灯,small\n";

static struct arena kept;
static struct places places;
static struct orgs orgs;
static struct staff_list staff;
static struct subjects subjects;
static struct roles roles;
static struct day today;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
        struct findings f = { .arena = &kept };
        (void)argc, (void)argv;
        places_read(&kept, str_of(places_csv), &f, &places);
        orgs_read(&kept, str_of(orgs_csv), &f, &orgs);
        staff_read(&kept, str_of(staff_csv), &orgs, &f, &staff);
        subjects_read(&kept, str_of(subjects_csv), &f, &subjects);
        roles_default(&kept, &roles);
        MUST(f.errors == 0 && day_parse(STR("2026-11-23"), &today) == OK);
        return 0;
}

static void try_places(struct arena *a, struct str text, struct findings *f)
{
        struct places t;
        const struct place *named[2];
        MUST(places_read(a, text, f, &t) == OK);
        places_check_size(&t, place_limits_default, f);
        for (size_t i = 0; i < t.n; i++) {
                int steps = 0;
                for (uint32_t up = t.row[i].up; up != MAP_NONE; up = t.row[up].up)
                        MUST(up < t.n && ++steps <= 8);
                MUST(place_find(&t, t.row[i].code) && place_within(&t, t.row[i].code, t.row[i].code));
                MUST(places_by_name(&t, t.row[i].name, named, 2) > 0 || t.row[i].name.n == 0);
        }
}

static void try_orgs(struct arena *a, struct str text, struct findings *f)
{
        struct orgs t;
        MUST(orgs_read(a, text, f, &t) == OK);
        for (size_t i = 0; i < t.n; i++) {
                size_t steps = 0;
                for (uint32_t up = t.row[i].up; up != ORG_NONE && steps <= t.n; up = t.row[up].up)
                        steps += up < t.n;
                MUST(t.row[i].kind < ORG_KINDS && (t.row[i].path.n > 0 || t.row[i].code.n == 0));
                MUST(steps <= t.n);
        }
}

static void try_staff(struct arena *a, struct str text, struct findings *f)
{
        struct staff_list t;
        MUST(staff_read(a, text, &orgs, f, &t) == OK);
        for (size_t i = 0; i < t.n; i++) {
                MUST(t.row[i].login.n == 0 || staff_find(&t, t.row[i].login));
                staff_serves(&t.row[i], today);
                MUST(utf8_valid(staff_shown(a, &t.row[i])));
        }
}

static struct str path_of(const void *p, struct str code)
{
        const struct place *at = place_find(p, code);
        return at ? at->path : (struct str){ 0 };
}

static void try_posts(struct arena *a, struct str text, struct findings *f)
{
        const struct post_world world = { .orgs = &orgs,
                                          .staff = &staff,
                                          .roles = &roles,
                                          .place_path = path_of,
                                          .places = &places,
                                          .town_path = STR("110101000000/110101002000") };
        struct posts t;
        struct scopes scopes;
        struct post_choice choice;
        MUST(posts_read(a, text, &world, today, f, &t) == OK);
        const struct post_query q = { .org = STR("desk"),
                                      .path = STR("110101000000/110101002000/110101002001"),
                                      .right = RIGHT_MATTER_READ,
                                      .day = today,
                                      .except = STR("li") };
        if (post_for(&t, &q, &choice) == OK)
                MUST(!str_is(choice.login, "li"));
        scopes_of(a, &t, STR("zhang"), today, &scopes);
        MUST(scopes.n <= SCOPES_MAX);
        for (size_t i = 0; i < t.n; i++) {
                bool backup;
                post_acting(&t, &t.row[i], today, &backup);
        }
}

static void try_roster(struct arena *a, struct str text, struct findings *f)
{
        struct roster t;
        const struct shift *on[4];
        MUST(roster_read(a, text, &staff, today, f, &t) == OK);
        for (size_t i = 0; i < t.n; i++)
                MUST(t.row[i].from.us < t.row[i].to.us && (i == 0 || t.row[i - 1].from.us <= t.row[i].from.us));
        MUST(roster_on(&t, day_start(today), on, COUNT(on)) <= COUNT(on));
        roster_officer(&t, day_start(today));
        roster_leader(&t, day_start(today));
}

static void try_subjects(struct arena *a, struct str text, struct findings *f)
{
        struct subjects t;
        MUST(subjects_read(a, text, f, &t) == OK);
        for (uint32_t i = 0; i < t.n; i++) {
                MUST(subject_find(&t, t.row[i].code) <= i && subject_covers(&t, i, i));
                MUST(t.row[i].up == SUBJECT_NONE ||
                     (t.row[i].up < t.n && t.row[t.row[i].up].depth + 1 == t.row[i].depth));
        }
}

static bool find_org(const void *self, struct str code, struct duty_org *ret)
{
        const struct org *o = org_find(self, code);
        if (o)
                *ret = (struct duty_org){ .own = o->relation == ORG_OWN, .committee = o->kind == ORG_COMMITTEE };
        return o != NULL;
}

static bool has_place(const void *self, struct str code)
{
        return place_find(self, code) != NULL;
}

static void try_duties(struct arena *a, struct str text, struct findings *f)
{
        const struct str path[] = { STR("110101000000"), STR("110101002000"), STR("110101002001"),
                                    STR("110101002001001") };
        const struct duty_grid grid = { path[3], path, COUNT(path) };
        struct duties t;
        struct lead lead;
        MUST(duties_read(a, text, &subjects, f, &t) == OK);
        struct duty_orgs known = { .find = find_org, .self = &orgs };
        duties_bind(&t, known);
        struct duty_book book = { .subjects = &subjects, .duties = &t, .fallback = STR("desk") };
        struct duty_check check = { .book = &book,
                                    .orgs = known,
                                    .place_exists = has_place,
                                    .places = &places,
                                    .grid = &grid,
                                    .n_grids = 1,
                                    .today = today };
        duties_check(&check, f);
        for (uint32_t s = 0; s < subjects.n; s++) {
                struct lead_in in = { .subject = s, .path = path, .n_path = COUNT(path), .day = today };
                lead_find(&book, a, &in, &lead);
                MUST(lead.how < LEAD_HOWS && lead.org.n > 0);
        }
}

static void try_agreements(struct arena *a, struct str text, struct findings *f)
{
        const struct str grid[] = { STR("110101002001001"), STR("110101002001002") };
        struct agreements t;
        MUST(agreements_read(a, text, &places, f, &t) == OK);
        agreement_street(&t, &places, grid, 2, today);
        agreement_find(&t, &places, AGREEMENT_ENCLAVE, grid[0], today);
        for (size_t i = 0; i < t.n; i++)
                MUST(t.row[i].n_places > 0 && t.row[i].code.n > 0);
}

static void try_things(struct arena *a, struct str text, struct findings *f)
{
        struct things t;
        double metres;
        MUST(things_read(a, text, &places, f, &t) == OK);
        for (size_t i = 0; i < t.n; i++) {
                MUST(thing_find(&t, t.row[i].code));
                if (t.row[i].has_point)
                        MUST(thing_near(&t, STR(""), t.row[i].point, 10, &metres) && metres >= 0);
        }
}

static void try_roles(struct arena *a, struct str text, struct findings *f)
{
        struct roles t;
        if (roles_read(a, text, f, &t) == OK)
                for (size_t i = 0; i < t.n; i++)
                        MUST(role_find(&t, t.row[i].code));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        static void (*const reader[])(struct arena *, struct str, struct findings *) = {
                try_places,   try_orgs,   try_staff,      try_posts,  try_roster,
                try_subjects, try_duties, try_agreements, try_things, try_roles,
        };
        ARENA_AUTO a = { 0 };
        struct findings f = { .arena = &a };
        struct str text;
        if (n == 0 || !fuzz_text(&a, fuzz_bytes(data + 1, n - 1), &text))
                return 0;
        reader[data[0] % COUNT(reader)](&a, text, &f);
        fuzz_findings(&f);
        return 0;
}
