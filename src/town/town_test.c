#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>
#include "people/vault.h"
#include "store/store_test_util.h"
#include "town/diff.h"
#include "town/inner/sample_test.h"
#include "town/shelf.h"

/* ---- the folder ---------------------------------------------------------------------------------------------------
 */

static void write_text(const char *dir, const char *name, struct str bytes)
{
        char path[4096];
        snprintf(path, sizeof(path), "%s/%s", dir, name);
        FILE *f = fopen(path, "w");
        CHECK(f && fwrite(bytes.p, 1, bytes.n, f) == bytes.n && fclose(f) == 0);
}

static const char *sample_on_disk(struct sample *s)
{
        const char *dir = test_tmpdir();
        struct err err = { 0 };
        sample_open(s);
        CHECK_EQ(folder_write_dir(s->folder, dir, false, &err), OK);
        return dir;
}

static void read_again(struct sample *s, const char *dir)
{
        struct err err = { 0 };
        s->found = (struct findings){ .arena = &s->arena };
        s->folder = arena_new(&s->arena, struct folder);
        CHECK_EQ(folder_read_dir(&s->arena, dir, &s->found, s->folder, &err), OK);
}

TEST(a_folder_written_and_read_is_the_same_to_the_byte)
{
        struct sample s;
        const char *dir = sample_on_disk(&s);
        const struct folder *before = s.folder;
        read_again(&s, dir);
        CHECK_EQ(s.found.n, 0);
        CHECK_EQ(s.folder->n, before->n);
        CHECK(memcmp(s.folder->digest, before->digest, sizeof(before->digest)) == 0);
        for (size_t i = 0; i < before->n; i++)
                CHECK(str_eq(s.folder->row[i].bytes, before->row[i].bytes) &&
                      str_eq(s.folder->row[i].name, before->row[i].name));
        sample_close(&s);
}

TEST(nothing_is_replaced_that_differs_unless_forced)
{
        struct sample s;
        struct err err = { 0 };
        const char *dir = sample_on_disk(&s);
        CHECK_EQ(folder_write_dir(s.folder, dir, false, &err), OK); /* the same bytes may stand there */
        write_text(dir, "orgs.csv", STR("mine\n"));
        CHECK_EQ(folder_write_dir(s.folder, dir, false, &err), ERR_EXISTS);
        read_again(&s, dir);
        CHECK_STR(folder_find(s.folder, "orgs.csv")->bytes, "mine\n");
        sample_close(&s);
        sample_open(&s);
        CHECK_EQ(folder_write_dir(s.folder, dir, true, &err), OK);
        read_again(&s, dir);
        CHECK_EQ(s.found.n, 0);
        sample_close(&s);
}

TEST(bom_and_gb18030_are_read_as_the_same_text)
{
        struct sample s;
        sample_open(&s);
        sample_put(&s, "staff.csv", STR("\xEF\xBB\xBFlogin,name,org\r\na,\xE5\xBC\xA0\xE4\xB8\x89,desk\r\n"));
        CHECK(str_starts(sample_file(&s, "staff.csv")->text, STR("login,")));
        sample_put(&s, "staff.csv", STR("login,name,org\r\na,\xD5\xC5\xC8\xFD,desk\r\n")); /* GB18030 */
        CHECK_STR(sample_file(&s, "staff.csv")->text, "login,name,org\r\na,\xE5\xBC\xA0\xE4\xB8\x89,desk\r\n");
        sample_close(&s);
}

TEST(what_is_no_file_of_a_town_is_passed_over_or_named)
{
        struct sample s;
        const char *dir = sample_on_disk(&s);
        write_text(dir, "README.md", STR("words"));
        write_text(dir, ".hidden", STR("words"));
        write_text(dir, "notes.txt", STR("words"));
        write_text(dir, "procedures/x.txt", STR("words"));
        write_text(dir, "retention.csv", STR("\xFF\xFE\xFF"));
        read_again(&s, dir);
        CHECK_EQ(s.found.warnings, 2);
        CHECK_EQ(s.found.errors, 1);
        CHECK_STR(sample_found(&s, "folder.encoding")->file, "retention.csv");
        CHECK_EQ(sample_check(&s), OK);
        sample_close(&s);
}

TEST(a_missing_file_is_said_once_and_the_rest_still_judged)
{
        static const char *const required[] = { "duties.csv", "grids.geojson", "orgs.csv", "places.csv",
                                                "subjects.csv" };
        for (size_t i = 0; i < COUNT(required); i++) {
                struct sample s;
                char path[4096];
                const char *dir = sample_on_disk(&s);
                snprintf(path, sizeof(path), "%s/%s", dir, required[i]);
                CHECK_EQ(unlink(path), 0);
                read_again(&s, dir);
                CHECK_EQ(sample_check(&s), OK);
                const struct finding *f = sample_found(&s, "folder.missing-file");
                CHECK(f && f->severity == SEV_ERROR);
                CHECK_STR(f->file, required[i]);
                CHECK_EQ(f->line, 0);
                sample_close(&s);
        }
}

TEST(without_a_code_there_is_no_town)
{
        struct sample s;
        sample_open(&s);
        sample_drop(&s, "town.yaml");
        CHECK_EQ(sample_check(&s), ERR_BAD);
        CHECK(!s.town);
        sample_close(&s);
}

TEST(optional_files_may_be_absent)
{
        static const char *const optional[] = { "roles.yaml",    "roster.csv",   "agreements.csv",         "things.csv", "aliases.csv",
                                                "retention.csv", "calendar.csv", "procedures/request.yaml" };
        struct sample s;
        sample_open(&s);
        for (size_t i = 0; i < COUNT(optional); i++)
                sample_drop(&s, optional[i]);
        CHECK_EQ(sample_check(&s), OK);
        if (s.found.n > 0)
                fail_msg("findings:%s", sample_list(&s));
        CHECK_STR(s.town->procedures[0]->code, "request");
        CHECK(s.town->absent.request && s.town->absent.roster && !s.town->absent.posts);
        sample_close(&s);
}

TEST(without_posts_one_warning_says_that_nobody_acts)
{
        struct sample s;
        sample_open(&s);
        sample_drop(&s, "posts.csv");
        sample_drop(&s, "roster.csv");
        CHECK_EQ(sample_check(&s), OK);
        CHECK_EQ(s.found.n, 1);
        CHECK_STR(str_of(s.found.row[0].rule), "town.no-posts");
        sample_close(&s);
}

TEST(the_ground_alone_can_be_asked)
{
        struct sample s;
        struct located at;
        sample_open(&s);
        struct folder *all = s.folder;
        s.folder = arena_new(&s.arena, struct folder);
        s.folder->row[s.folder->n++] = *folder_find(all, "grids.geojson");
        s.folder->row[s.folder->n++] = *folder_find(all, "places.csv");
        s.opt.ground_only = true;
        CHECK_EQ(town_parse(s.folder, &s.opt, &s.found, &s.town), OK);
        CHECK_EQ(s.found.n, 0);
        struct locate_in in = {
                .has_point = true, .p = { 39.8986822, 116.4058741 }, .accuracy_m = -1, .on = s.opt.today
        };
        CHECK_EQ(locate(&s.town->ground, &in, &at, NULL), OK);
        CHECK_EQ(at.how, LOCATED_INSIDE);
        CHECK_STR(at.grid, "110101012001001");
        sample_close(&s);
}

/* ---- the model ----------------------------------------------------------------------------------------------------
 */

TEST(a_broken_procedure_gives_way_to_the_products_own)
{
        struct sample s;
        sample_open(&s);
        sample_edit(&s, "procedures/request.yaml", "watch: place", "watch: nothing");
        CHECK_EQ(sample_check(&s), OK);
        CHECK(s.town->absent.request);
        CHECK_EQ(s.town->n_procedures, 1);
        CHECK(procedure_clock_find(s.town->procedures[0], STR("place")) >= 0);
        sample_close(&s);
}

TEST(request_is_always_the_first_procedure)
{
        struct sample s;
        sample_open(&s);
        struct str text = sample_file(&s, "procedures/request.yaml")->bytes;
        ptrdiff_t at = str_find(text, STR("code: request\n"));
        struct str other = str_printf(&s.arena, "%.*scode: appeal\n%.*s", (int)at, text.p,
                                      (int)(text.n - (size_t)at - 14), text.p + at + 14);
        sample_put(&s, "procedures/appeal.yaml", other);
        CHECK_EQ(sample_check(&s), OK);
        CHECK_EQ(s.found.n, 0);
        CHECK_EQ(s.town->n_procedures, 2);
        CHECK_STR(s.town->procedures[0]->code, "request");
        CHECK_STR(s.town->procedures[1]->code, "appeal");
        town_unref(s.town);
        sample_put(&s, "procedures/zz.yaml", other); /* the same code again */
        CHECK_EQ(sample_check(&s), OK);
        CHECK_EQ(s.found.n, 1);
        CHECK_STR(str_of(s.found.row[0].rule), "procedure.code-twice");
        CHECK_STR(s.found.row[0].file, "procedures/zz.yaml");
        sample_close(&s);
}

TEST(a_right_that_nobody_holds_in_some_grid_is_found)
{
        struct sample s;
        sample_open(&s);
        sample_edit(&s, "posts.csv", "leader-1,带班领导,leader,jiedao,110101012000,",
                    "leader-1,带班领导,leader,jiedao,110101012001,");
        sample_edit(&s, "posts.csv", "leader-2,街道书记,leader,gongwei,110101012000,",
                    "leader-2,街道书记,leader,gongwei,110101012001,");
        sample_edit(&s, "posts.csv", "desk-day,调度岗（白班）,dispatcher,desk,110101012000,",
                    "desk-day,调度岗（白班）,dispatcher,desk,110101012002,");
        sample_edit(&s, "posts.csv", "desk-night,调度岗（夜班）,dispatcher,desk,110101012000,",
                    "desk-night,调度岗（夜班）,dispatcher,desk,110101012002,");
        CHECK_EQ(sample_check(&s), OK);
        const struct finding *f = sample_found(&s, "procedure.right-unheld");
        CHECK(f && f->severity == SEV_ERROR && f->line > 0);
        CHECK_STR(f->file, "procedures/request.yaml");
        CHECK(str_find(f->en, STR("matter.decline")) > 0 && str_find(f->en, STR("110101012003001")) > 0);
        sample_close(&s);
}

TEST(grid_workers_alone_do_not_carry_what_was_handed_down)
{
        struct sample s;
        sample_open(&s);
        sample_edit(&s, "posts.csv", "handler-zfd,承办岗,handler,", "handler-zfd,承办岗,grid_worker,");
        CHECK_EQ(sample_check(&s), OK);
        const struct finding *f = sample_found(&s, "post.grid-worker");
        CHECK(f && f->severity == SEV_ERROR);
        CHECK_STR(f->file, "duties.csv");
        sample_close(&s);
}

TEST(limits_come_from_the_town_then_the_product)
{
        struct sample s;
        sample_open(&s);
        sample_edit(&s, "town.yaml", "  sign:           {limit: 2,  unit: workhour",
                    "  sign:           {limit: 3,  unit: hour");
        sample_edit(&s, "town.yaml", "  joint_look:", "  # joint_look:");
        CHECK_EQ(sample_check(&s), OK);
        CHECK_EQ(town_limit(s.town, STR("sign"))->limit, 3);
        CHECK_EQ(town_limit(s.town, STR("sign"))->unit, DUE_HOUR);
        CHECK_EQ(town_limit(s.town, STR("joint_look"))->limit, 2);
        CHECK(!town_limit(s.town, STR("no-such")));
        CHECK(sample_found(&s, "town.limit-default"));
        sample_close(&s);
}

/* The callback of the duty book: at this place, on this day, who begins? */
TEST(agreements_on_concurrent_powers_are_asked_by_place_and_day)
{
        struct sample s;
        struct str path[LEAD_PATH_MAX], code, lead;
        sample_open(&s);
        CHECK_EQ(sample_check(&s), OK);
        const struct duty_book *b = &s.town->book;
        uint32_t n = lead_path(place_find(&s.town->places, STR("110101012004001"))->path, path);
        CHECK(b->concurrent(b->agreements, path, n, s.opt.today, 0, &code, &lead));
        CHECK_STR(code, "concurrent-1");
        CHECK_STR(lead, "zfd");
        CHECK(!b->concurrent(b->agreements, path, n, s.opt.today, 1, &code, &lead));
        CHECK(!b->concurrent(b->agreements, path, n, sample_day("2025-12-31"), 0, &code, &lead));
        n = lead_path(place_find(&s.town->places, STR("110101012004002"))->path, path);
        CHECK(!b->concurrent(b->agreements, path, n, s.opt.today, 0, &code, &lead));
        sample_close(&s);
}

TEST(an_unknown_keeper_is_not_asked)
{
        struct sample s;
        sample_open(&s);
        sample_edit(&s, "things.csv", "u-lamp,u-lamp", "u-lamp,nobody");
        CHECK_EQ(sample_check(&s), OK);
        CHECK_EQ(thing_find(&s.town->things, STR("lamp-001"))->keeper.n, 0);
        CHECK_STR(thing_find(&s.town->things, STR("lamp-001"))->owner, "u-lamp");
        sample_close(&s);
}

/* ---- differences --------------------------------------------------------------------------------------------------
 */

static bool has(const struct code_changes *c, const char *code, enum change change)
{
        for (size_t i = 0; i < c->n; i++)
                if (str_is(c->row[i].code, code) && c->row[i].change == change)
                        return true;
        return false;
}

TEST(a_difference_names_files_rows_and_moved_matters)
{
        struct sample a, b;
        struct town_diff d;
        sample_open(&a);
        sample_open(&b);
        sample_edit(&b, "duties.csv", "basic-001,basic,water,供水与排水,,cgb", "basic-001,basic,water,供水与排水,,msb");
        sample_edit(&b, "orgs.csv", "zhb,jiedao,department,own,account,综合办公室",
                    "zhb,jiedao,department,own,account,综合科");
        sample_edit(&b, "posts.csv", "clerk-1,", "clerk-9,");
        sample_edit(&b, "grids.geojson", "[116.4074363,39.8984333],", "");
        sample_edit(&b, "staff.csv", "13800000001", "13800000099");
        sample_drop(&b, "retention.csv");
        CHECK_EQ(sample_check(&a), OK);
        CHECK_EQ(sample_check(&b), OK);
        town_diff(&a.arena, (struct town_version){ a.folder, a.town }, (struct town_version){ b.folder, b.town }, &d);
        CHECK_EQ(d.files.n, 6);
        CHECK(has(&d.files, "duties.csv", CHANGE_CHANGED) && has(&d.files, "retention.csv", CHANGE_REMOVED));
        CHECK_EQ(d.duties.n, 1);
        CHECK_EQ(d.table[DIFF_ORGS].n, 1);
        CHECK(has(&d.table[DIFF_ORGS], "zhb", CHANGE_CHANGED));
        CHECK_EQ(d.table[DIFF_POSTS].n, 2);
        CHECK(has(&d.table[DIFF_POSTS], "clerk-1", CHANGE_REMOVED) &&
              has(&d.table[DIFF_POSTS], "clerk-9", CHANGE_ADDED));
        CHECK_EQ(d.table[DIFF_GRIDS].n, 1);
        CHECK(has(&d.table[DIFF_GRIDS], "110101012001001", CHANGE_CHANGED));
        CHECK_EQ(d.table[DIFF_PLACES].n + d.table[DIFF_STAFF].n + d.table[DIFF_SUBJECTS].n, 0);
        sample_close(&a);
        sample_close(&b);
}

/* ---- versions in the store ----------------------------------------------------------------------------------------
 */

struct storing {
        const struct folder *folder;
        bool trial;
        int fail_with;
        int64_t version;
};

static int op_store(struct ctx *ctx, void *arg)
{
        struct storing *s = arg;
        int rc = town_store(ctx, s->folder, s->trial, &s->version);
        return rc == OK ? s->fail_with : rc;
}

static void load_on(struct store *store, struct test_ctx *t, const char *at, struct storing *s)
{
        CHECK_EQ(instant_parse(str_of(at), &t->ctx.now), OK);
        CHECK_EQ(test_write(store, t, op_store, s), OK);
}

static void begin(struct test_ctx *t, struct sample *s)
{
        test_ctx_init(t);
        t->ctx.town = SAMPLE_TOWN;
        sample_open(s);
}

static void end(struct test_ctx *t, struct sample *s)
{
        sample_close(s);
        test_ctx_free(t);
}

struct asked_folder {
        int64_t version;
        struct folder *folder;
};

static int op_folder(struct ctx *ctx, void *arg)
{
        struct asked_folder *f = arg;
        f->folder = arena_new(ctx->arena, struct folder);
        return town_folder_of(ctx, ctx->arena, f->version, f->folder);
}

static void check_same_folder(const struct folder *a, const struct folder *b)
{
        CHECK_EQ(a->n, b->n);
        for (size_t i = 0; i < a->n; i++) {
                CHECK(str_eq(a->row[i].name, b->row[i].name));
                CHECK(str_eq(a->row[i].bytes, b->row[i].bytes));
                CHECK(str_eq(a->row[i].text, b->row[i].text));
        }
        CHECK(memcmp(a->digest, b->digest, sizeof(a->digest)) == 0);
}

STORE_TEST(what_was_loaded_comes_back_byte_for_byte)
{
        struct test_ctx t;
        struct sample s;
        begin(&t, &s);
        sample_put(&s, "retention.csv",
                   STR("\xEF\xBB\xBF"
                       "class,period,basis,action\r\nmatter,5y,x,keep\r\n"));
        sample_put(&s, "calendar.csv", STR("date,work,name\r\n2026-12-12,no,\xD5\xC5\xC8\xFD\r\n"));
        sample_put(&s, "agreements.csv", STR(""));
        struct storing one = { .folder = s.folder };
        load_on(store, &t, "2026-03-01T10:00:00+08:00", &one);
        CHECK_EQ(one.version, 1);
        struct asked_folder back = { 0 };
        CHECK_EQ(test_read(store, &t, op_folder, &back), OK);
        check_same_folder(s.folder, back.folder);
        back.version = 2;
        CHECK_EQ(test_read(store, &t, op_folder, &back), ERR_NONE);
        end(&t, &s);
}

STORE_TEST(the_same_folder_again_is_no_new_version)
{
        struct test_ctx t;
        struct sample s;
        begin(&t, &s);
        struct storing one = { .folder = s.folder };
        load_on(store, &t, "2026-03-01T10:00:00+08:00", &one);
        load_on(store, &t, "2026-03-02T10:00:00+08:00", &one);
        CHECK_EQ(one.version, 1);
        one.trial = true; /* another label */
        load_on(store, &t, "2026-03-03T10:00:00+08:00", &one);
        CHECK_EQ(one.version, 2);
        sample_edit(&s, "town.yaml", "nearest_metres: 50", "nearest_metres: 60");
        load_on(store, &t, "2026-03-04T10:00:00+08:00", &one);
        CHECK_EQ(one.version, 3);
        end(&t, &s);
}

STORE_TEST(a_load_that_fails_changes_nothing)
{
        struct test_ctx t;
        struct sample s;
        begin(&t, &s);
        struct storing one = { .folder = s.folder }, two = { .folder = s.folder, .fail_with = ERR_RULE };
        struct asked_folder back = { 0 };
        CHECK_EQ(test_write(store, &t, op_store, &two), ERR_RULE);
        CHECK_EQ(test_read(store, &t, op_folder, &back), ERR_NONE);
        load_on(store, &t, "2026-03-01T10:00:00+08:00", &one);
        CHECK_EQ(test_read(store, &t, op_folder, &back), OK);
        struct folder first = *back.folder;
        sample_edit(&s, "town.yaml", "nearest_metres: 50", "nearest_metres: 60");
        CHECK_EQ(test_write(store, &t, op_store, &two), ERR_RULE);
        CHECK_EQ(test_read(store, &t, op_folder, &back), OK);
        check_same_folder(&first, back.folder);
        end(&t, &s);
}

struct asked_label {
        struct day on;
        struct town_label label;
};

static int op_on(struct ctx *ctx, void *arg)
{
        struct asked_label *l = arg;
        return day_is_none(l->on) ? town_label(ctx, 0, &l->label) : town_version_on(ctx, l->on, &l->label);
}

STORE_TEST(a_day_has_the_version_of_its_end)
{
        static const struct {
                const char *on;
                int64_t version;
        } row[] = {
                { "2025-12-31", 1 }, /* before anything was loaded: the first there is */
                { "2026-03-01", 1 }, { "2026-03-09", 1 }, { "2026-03-10", 3 }, { "2026-04-01", 3 },
        };
        struct test_ctx t;
        struct sample s;
        begin(&t, &s);
        struct storing one = { .folder = s.folder };
        struct asked_label asked = { .on = s.opt.today };
        CHECK_EQ(test_read(store, &t, op_on, &asked), ERR_NONE);
        load_on(store, &t, "2026-03-01T10:00:00+08:00", &one);
        sample_edit(&s, "town.yaml", "nearest_metres: 50", "nearest_metres: 60");
        load_on(store, &t, "2026-03-10T09:00:00+08:00", &one);
        sample_edit(&s, "town.yaml", "nearest_metres: 60", "nearest_metres: 70");
        one.trial = true;
        load_on(store, &t, "2026-03-10T23:59:59+08:00", &one);
        for (size_t i = 0; i < COUNT(row); i++) {
                asked.on = sample_day(row[i].on);
                CHECK_EQ(test_read(store, &t, op_on, &asked), OK);
                CHECK_EQ(asked.label.version, row[i].version);
                CHECK_EQ(asked.label.trial, row[i].version == 3);
        }
        asked.on = DAY_NONE;
        CHECK_EQ(test_read(store, &t, op_on, &asked), OK);
        CHECK_EQ(asked.label.version, 3);
        CHECK_STR(asked.label.actor, "test");
        end(&t, &s);
}

STORE_TEST(two_towns_live_in_one_store)
{
        struct test_ctx t;
        struct sample s;
        begin(&t, &s);
        struct storing one = { .folder = s.folder };
        struct shelf *shelf = shelf_new(store);
        CHECK_EQ(shelf_only(shelf), 0);
        load_on(store, &t, "2026-03-01T10:00:00+08:00", &one);
        CHECK_EQ(shelf_only(shelf), SAMPLE_TOWN);
        t.ctx.town = SAMPLE_TOWN + 1000;
        sample_edit(&s, "town.yaml", "nearest_metres: 50", "nearest_metres: 60");
        load_on(store, &t, "2026-03-02T10:00:00+08:00", &one);
        CHECK_EQ(one.version, 1);
        CHECK_EQ(shelf_only(shelf), 0);
        shelf_free(shelf);
        end(&t, &s);
}

STORE_TEST(damaged_bytes_are_not_served)
{
        struct test_ctx t;
        struct sample s;
        begin(&t, &s);
        ((struct folder_file *)folder_find(s.folder, "town.yaml"))->sha[0] ^=
                1; /* as if a bit had turned on the disk */
        struct storing one = { .folder = s.folder };
        load_on(store, &t, "2026-03-01T10:00:00+08:00", &one);
        struct asked_folder back = { 0 };
        CHECK_EQ(test_read(store, &t, op_folder, &back), ERR_SCHEMA);
        CHECK(strstr(t.err.en, "town.yaml"));
        end(&t, &s);
}

/* ---- phones -------------------------------------------------------------------------------------------------------
 */

struct sealing {
        const struct vault_keys *keys;
        struct folder *folder;
};

static int op_seal(struct ctx *ctx, void *arg)
{
        struct sealing *s = arg;
        return town_seal(ctx, s->keys, s->folder);
}

STORE_TEST(phones_are_sealed_and_stay_the_same_when_loaded_again)
{
        struct test_ctx t;
        struct sample s;
        struct vault_keys *keys;
        begin(&t, &s);
        struct str plain = sample_file(&s, "staff.csv")->bytes;
        CHECK_EQ(vault_keys_in_memory(t.ctx.chance, &keys), OK);
        struct sealing seal = { keys, s.folder };
        struct storing one = { .folder = s.folder };
        CHECK_EQ(test_read(store, &t, op_seal, &seal), OK);
        struct str sealed = sample_file(&s, "staff.csv")->bytes;
        CHECK(str_find(plain, STR("13800000001")) > 0 && str_find(sealed, STR("13800000001")) < 0);
        load_on(store, &t, "2026-03-01T10:00:00+08:00", &one);
        CHECK_EQ(sample_check(&s), OK);
        CHECK_EQ(s.found.n, 0);
        sample_put(&s, "staff.csv", plain);
        CHECK_EQ(test_read(store, &t, op_seal, &seal), OK);
        CHECK(str_eq(sample_file(&s, "staff.csv")->bytes, sealed));
        load_on(store, &t, "2026-03-02T10:00:00+08:00", &one);
        CHECK_EQ(one.version, 1);
        sample_put(&s, "staff.csv", plain);
        sample_edit(&s, "staff.csv", "13800000001", "13800000009");
        CHECK_EQ(test_read(store, &t, op_seal, &seal), OK);
        CHECK(str_find(sample_file(&s, "staff.csv")->bytes, STR("1380000000")) < 0);
        CHECK(!str_eq(sample_file(&s, "staff.csv")->bytes, sealed));
        vault_keys_free(keys);
        end(&t, &s);
}

/* ---- the shelf ----------------------------------------------------------------------------------------------------
 */

static struct instant later(const struct test_ctx *t, int seconds)
{
        return (struct instant){ t->ctx.now.us + seconds * US_PER_SECOND };
}

STORE_TEST(the_shelf_gives_the_current_model_and_that_of_a_past_day)
{
        struct test_ctx t;
        struct sample s;
        struct town *now, *again, *past, *same;
        begin(&t, &s);
        struct shelf *shelf = shelf_new(store);
        struct storing one = { .folder = s.folder };
        CHECK_EQ(shelf_town(shelf, SAMPLE_TOWN, t.ctx.now, &now, &t.err), ERR_NONE);
        load_on(store, &t, "2026-03-01T10:00:00+08:00", &one);
        CHECK_EQ(shelf_town(shelf, SAMPLE_TOWN, t.ctx.now, &now, &t.err), OK);
        CHECK_EQ(now->version, 1);
        CHECK_EQ(now->loaded_at.us, t.ctx.now.us);
        CHECK(now->nearest_metres == 50);
        CHECK_EQ(shelf_town(shelf, SAMPLE_TOWN, later(&t, 1), &again, &t.err), OK);
        CHECK(again == now);
        town_unref(again);

        sample_edit(&s, "town.yaml", "nearest_metres: 50", "nearest_metres: 60");
        load_on(store, &t, "2026-03-10T10:00:00+08:00", &one);
        CHECK_EQ(shelf_town(shelf, SAMPLE_TOWN, t.ctx.now, &again, &t.err), OK);
        CHECK_EQ(again->version, 2);
        CHECK(again->nearest_metres == 60 && now->nearest_metres == 50); /* who holds the old one keeps it */
        town_unref(now);

        CHECK_EQ(shelf_town_on(shelf, SAMPLE_TOWN, sample_day("2026-03-05"), t.ctx.now, &past, &t.err), OK);
        CHECK_EQ(past->version, 1);
        CHECK(past->nearest_metres == 50);
        CHECK_EQ(shelf_town_version(shelf, SAMPLE_TOWN, 1, t.ctx.now, &same, &t.err), OK);
        CHECK(same == past);
        town_unref(same);
        CHECK_EQ(shelf_town_version(shelf, SAMPLE_TOWN, 2, t.ctx.now, &same, &t.err), OK);
        CHECK(same == again);
        town_unref(same);
        CHECK_EQ(shelf_town_version(shelf, SAMPLE_TOWN, 7, t.ctx.now, &same, &t.err), ERR_NONE);
        town_unref(past);
        town_unref(again);
        shelf_free(shelf);
        end(&t, &s);
}

STORE_TEST(a_dropped_model_is_compared_at_once)
{
        struct test_ctx t;
        struct sample s;
        struct town *town;
        begin(&t, &s);
        struct shelf *shelf = shelf_new(store);
        struct storing one = { .folder = s.folder };
        load_on(store, &t, "2026-03-01T10:00:00+08:00", &one);
        CHECK_EQ(shelf_town(shelf, SAMPLE_TOWN, t.ctx.now, &town, &t.err), OK);
        town_unref(town);
        sample_edit(&s, "town.yaml", "nearest_metres: 50", "nearest_metres: 60");
        load_on(store, &t, "2026-03-01T10:00:01+08:00", &one);
        CHECK_EQ(shelf_town(shelf, SAMPLE_TOWN, t.ctx.now, &town, &t.err), OK);
        CHECK_EQ(town->version, 1); /* looked less than two seconds ago */
        town_unref(town);
        shelf_drop(shelf, SAMPLE_TOWN);
        CHECK_EQ(shelf_town(shelf, SAMPLE_TOWN, t.ctx.now, &town, &t.err), OK);
        CHECK_EQ(town->version, 2);
        town_unref(town);
        shelf_free(shelf);
        end(&t, &s);
}

#define THREADS 6
#define ROUNDS 60

struct reader {
        struct shelf *shelf;
        struct instant now;
        int wrong;
};

static void *read_many(void *arg)
{
        struct reader *r = arg;
        int64_t before = 0;
        for (int i = 0; i < ROUNDS; i++) {
                struct town *t;
                struct err err = { 0 };
                struct instant now = { r->now.us + i * US_PER_SECOND / 2 };
                if (shelf_town(r->shelf, SAMPLE_TOWN, now, &t, &err) != OK) {
                        r->wrong++;
                        continue;
                }
                r->wrong += t->version < before || t->nearest_metres != (double)(49 + t->version);
                before = t->version;
                town_unref(t);
                if (shelf_town_version(r->shelf, SAMPLE_TOWN, 1 + i % 3, now, &t, &err) == OK) {
                        r->wrong += t->nearest_metres != (double)(50 + i % 3);
                        town_unref(t);
                }
        }
        return NULL;
}

STORE_TEST(many_threads_read_while_versions_are_loaded)
{
        struct test_ctx t;
        struct sample s;
        struct reader r[THREADS];
        pthread_t thread[THREADS];
        int wrong = 0;
        begin(&t, &s);
        struct shelf *shelf = shelf_new(store);
        struct storing one = { .folder = s.folder };
        load_on(store, &t, "2026-03-01T10:00:00+08:00", &one);
        for (int i = 0; i < THREADS; i++) {
                r[i] = (struct reader){ .shelf = shelf, .now = t.ctx.now };
                CHECK_EQ(pthread_create(&thread[i], NULL, read_many, &r[i]), 0);
        }
        for (int v = 51; v < 56; v++) {
                const char *from = arena_printf(&s.arena, "nearest_metres: %d", v - 1);
                sample_edit(&s, "town.yaml", from, arena_printf(&s.arena, "nearest_metres: %d", v));
                load_on(store, &t, "2026-03-01T10:00:01+08:00", &one);
                shelf_drop(shelf, SAMPLE_TOWN);
        }
        for (int i = 0; i < THREADS; i++) {
                pthread_join(thread[i], NULL);
                wrong += r[i].wrong;
        }
        CHECK_EQ(wrong, 0);
        shelf_free(shelf);
        end(&t, &s);
}
