/* linli verify: whatever somebody changes behind the program's back is found; what was erased on request is fine. */
#include <stdio.h>
#include "matter/erase.h"
#include "matter/matter_test_util.h"
#include "matter/release.h"

struct verifying {
        struct matter_check check;
        int64_t id;
};

static int verify_op(struct ctx *ctx, void *arg)
{
        struct verifying *v = arg;
        return matter_verify(ctx, &v->check);
}

static int erase_op(struct ctx *ctx, void *arg)
{
        struct verifying *v = arg;
        return matter_erase(ctx, v->id, STR("依本人申请"), NULL);
}

struct making_public { const struct town *t; int64_t id; };

static int release_op(struct ctx *ctx, void *arg)
{
        const struct making_public *r = arg;
        struct matter m;
        struct release_in in = { .text = STR("小区门口垃圾没有清运"), .text_en = STR(""), .street = STR(""), .thing = STR("lamp-1"), .place = STR("") };
        return matter_release(ctx, r->t, r->id, 0, &in, &m);
}

/* Three matters with some life in them: the first closed and rated, the second raised, the third just opened. */
static void live(struct store *store, struct test_ctx *c, int64_t id[3])
{
        struct town *t = load_small(store, c, NULL);
        struct intake_in in = say_at("小区门口的垃圾没有清运", 39.905, 116.405);
        for (int i = 0; i < 3; i++)
                id[i] = open_one(store, c, t, &in, NULL);
        CHECK_EQ(act_as(store, c, t, id[0], "cg1", "sign", "", NULL), OK);
        CHECK_EQ(act_as(store, c, t, id[0], "cg1", "answer", "text=已清运完毕", NULL), OK);
        CHECK_EQ(act_as(store, c, t, id[0], "reporter", "rate", "solved=yes|satisfied=2", NULL), OK);
        CHECK_EQ(act_as(store, c, t, id[1], "diaodu1", "assign", "unit=pab|reason=属于平安办", NULL), OK);
        CHECK_EQ(act_as(store, c, t, id[1], "pa1", "sign", "", NULL), OK);
        CHECK_EQ(act_as(store, c, t, id[1], "pa1", "call_in", "unit=wuye|work=请到场协助|reason=涉及物业", NULL), OK);
        CHECK_EQ(act_as(store, c, t, id[1], "pa1", "override", "task=1|reason=现场已无问题", NULL), OK);
        CHECK_EQ(act_as(store, c, t, id[1], "pa1", "rate_help", "task=1|cooperation=1", NULL), OK);
        CHECK_EQ(act_as(store, c, t, id[2], "cg1", "return", "unit=pab|reason=不是我们的职责", NULL), OK);
        CHECK_EQ(act_as(store, c, t, id[2], "diaodu1", "overrule", "reason=清单载明由城管办牵头", NULL), OK);
        struct making_public public = { t, id[1] };
        CHECK_EQ(test_write(store, c, release_op, &public), OK);
        char form[64];
        snprintf(form, sizeof(form), "cause=%lld|reason=同一处", (long long)id[1]);
        CHECK_EQ(act_as(store, c, t, id[2], "diaodu1", "join", form, NULL), OK);
        town_unref(t);
}

static const struct {
        const char *why, *edit, *says;
} tampering[] = {
        { "a rating made better", "UPDATE matter_case SET satisfied = 5 WHERE satisfied = 2",
          "its row does not say what its events say" },
        { "a state set back", "UPDATE matter_case SET state = 'received' WHERE satisfied = 2",
          "its row does not say what its events say" },
        { "another unit", "UPDATE matter_case SET unit = 'cgb', unit_path = 'district/jiedao/cgb' WHERE unit = 'pab'",
          "its row does not say what its events say" },
        { "another person", "UPDATE matter_case SET holder = 'wy1' WHERE unit = 'pab'",
          "its row does not say what its events say" },
        { "a source made up", "UPDATE matter_case SET source = 'telepathy' WHERE unit = 'pab'",
          "it came by a way that is not on the list of sources" },
        { "a request said to be another system's", "INSERT INTO matter_filed (town, matter, filed_by) SELECT town, min(id), 'x' FROM matter_case GROUP BY town",
          "its row names another system than the one that filed it" },
        { "an owner taken away", "UPDATE matter_case SET unit = '' WHERE open = 1", "nobody owns it" },
        { "a clock taken away", "UPDATE matter_case SET clocks = '1', next_at = NULL WHERE open = 1",
          "it has no clock" },
        { "a return blamed on another", "UPDATE matter_case SET returned_by = 'wuye' WHERE returned_by = 'cgb'",
          "its row does not say what its events say" },
        { "a ruling turned round", "UPDATE matter_case SET upheld = 1 WHERE upheld = 0",
          "its row does not say what its events say" },
        { "joined to another", "UPDATE matter_case SET cause = id WHERE waits = 1", "its voices are not those that name it" },
        { "no longer waiting", "UPDATE matter_case SET waits = 0 WHERE waits = 1", "its row does not say what its events say" },
        { "a voice unheard", "UPDATE matter_case SET voices = 0 WHERE voices = 1", "its voices are not those that name it" },
        { "a unit let in", "UPDATE matter_case SET called = 'lamp' WHERE tasks = 1", "its row does not say what its events say" },
        { "another unit blamed", "UPDATE matter_task SET unit = 'lamp' WHERE unit = 'wuye'", "its tasks do not say what its events say" },
        { "cooperation made better", "UPDATE matter_task SET help = 5 WHERE help = 1", "its tasks do not say what its events say" },
        { "a task that was answered after all", "UPDATE matter_task SET state = 'answered' WHERE k = 1", "its tasks do not say what its events say" },
        { "a task lost", "DELETE FROM matter_task WHERE k = 1", "its tasks do not say what its events say" },
        { "a task nobody asked", 
          "INSERT INTO matter_task SELECT town, matter + 1, k, unit, unit_path, lead, reach, post, holder, raised, state, open, clocks, asked, "
          "report_due, answer_due, reported, ended, asked_n, ended_n, help, calling FROM matter_task", "there is a task that it does not know of" },
        { "shown elsewhere than was released", "UPDATE matter_release SET thing = '', place = 'x'", "what is public is not what its events say" },
        { "a photo that nobody released", "INSERT INTO matter_release_photo (town, matter, k, at, actor) SELECT town, matter, 1, at, actor FROM matter_release",
          "what is public is not what its events say" },
        { "taken out of sight by nobody", "DELETE FROM matter_release", "what was made public is gone" },
        { "a matter handed over that never was",
          "INSERT INTO matter_passage SELECT town, 1, 1, '110101003000', '', '', 1 FROM matter_case WHERE satisfied = 2", "a hand-over is there without its matter" },
        { "a chain broken", "UPDATE matter_case SET n = 1 WHERE satisfied = 2", "its row does not end its chain" },
        { "a matter lost", "DELETE FROM matter_case WHERE satisfied = 2", "its events are there, its row is gone" },
        { "a word changed", "UPDATE matter_entry SET words = '{\"text\":\"没有清运\"}' WHERE n = 3",
          "what was written does not have the hash its event names" },
        { "an explanation changed", "UPDATE matter_entry SET why = replace(why, 'b-garbage', 'b-light') WHERE n = 1",
          "what was written does not have the hash its event names" },
        { "words lost", "DELETE FROM matter_entry WHERE n = 3", "what was written is gone" },
        { "words erased by nobody",
          "UPDATE matter_entry SET words = NULL, why = NULL, salt = NULL, erased = 'staff: x' WHERE n = 3",
          "its words are gone, and nobody had them erased" },
};

static void tamper(enum store_engine engine, size_t i)
{
        struct test_ctx c;
        struct verifying v = { 0 };
        int64_t id[3];
        const char *url = test_store_url(engine);
        if (!url)
                SKIP("no PostgreSQL (LINLI_TEST_PG)");
        test_ctx_init(&c);
        struct store *store = test_store_open(url);
        live(store, &c, id);
        CHECK_EQ(test_read(store, &c, verify_op, &v), OK);
        CHECK_EQ(v.check.matters, 3);
        CHECK_EQ(v.check.faults + v.check.erased, 0);
        store_close(store);
        test_store_edit(url, tampering[i].edit);
        store = test_store_open(url);
        print_message("%s\n", tampering[i].why);
        CHECK_EQ(test_read(store, &c, verify_op, &v), ERR_RULE);
        CHECK(v.check.faults >= 1);
        if (!strstr(c.err.en, tampering[i].says))
                fail_msg("\"%s\" does not say \"%s\"", c.err.en, tampering[i].says);
        CHECK(c.err.zh[0]);
        store_close(store);
        test_ctx_free(&c);
}

TEST(what_was_changed_behind_our_back_is_found_sqlite)
{
        for (size_t i = 0; i < COUNT(tampering); i++)
                tamper(STORE_SQLITE, i);
}

TEST(what_was_changed_behind_our_back_is_found_postgres)
{
        for (size_t i = 0; i < COUNT(tampering); i++)
                tamper(STORE_POSTGRES, i);
}

STORE_TEST(what_was_erased_on_request_is_no_fault)
{
        struct test_ctx c;
        struct verifying v = { 0 };
        int64_t id[3];
        test_ctx_init(&c);
        live(store, &c, id);
        v.id = id[0];
        CHECK_EQ(test_write(store, &c, erase_op, &v), OK);
        CHECK_EQ(test_read(store, &c, verify_op, &v), OK);
        CHECK_EQ(v.check.matters, 3);
        CHECK_EQ(v.check.erased, 1);
        CHECK_EQ(v.check.faults, 0);
        test_ctx_free(&c);
}

/* More than a page of everything. */
STORE_TEST(many_matters_are_verified_in_pages)
{
        static int64_t ids[530];
        struct test_ctx c;
        struct verifying v = { 0 };
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = say_at("小区门口的垃圾没有清运", 39.905, 116.405);
        open_many(store, &c, t, &in, 1, COUNT(ids), ids);
        for (size_t i = 495; i < 505; i++) /* events of one matter on both sides of a page's end */
                CHECK_EQ(act_as(store, &c, t, ids[i], "reporter", "note", "text=补充", NULL), OK);
        CHECK_EQ(test_read(store, &c, verify_op, &v), OK);
        CHECK_EQ(v.check.matters, COUNT(ids));
        CHECK_EQ(v.check.faults, 0);
        town_unref(t);
        test_ctx_free(&c);
}
