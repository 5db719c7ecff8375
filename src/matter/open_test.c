/* Opening: row, event, entry and chain; what is kept for years; and what stays when words are erased. */
#include "base/json.h"
#include "matter/inner/write.h"
#include "matter/erase.h"
#include "matter/matter_test_util.h"
#include "people/vault.h"

static struct intake_in lamp_out(void)
{
        struct intake_in in = say_at("路灯不亮了，晚上没法走", 39.905, 116.405);
        in.title = STR("路灯");
        in.thing = STR("lamp-1");
        in.accuracy_m = 12.5;
        return in;
}

struct reading {
        int64_t id;
        struct str code, why;
        struct matter m;
        struct matter_story story;
};

static int why_op(struct ctx *ctx, void *arg)
{
        struct reading *r = arg;
        return matter_why(ctx, r->id, &r->why);
}

static int story_op(struct ctx *ctx, void *arg)
{
        struct reading *r = arg;
        return matter_story(ctx, r->id, &r->story);
}

static int by_code_op(struct ctx *ctx, void *arg)
{
        struct reading *r = arg;
        return matter_by_code(ctx, r->code, &r->m);
}

STORE_TEST(opening_writes_row_event_and_entry)
{
        struct test_ctx c;
        struct code code;
        unsigned char none[EVENT_HASH_BYTES] = { 0 }, hash[EVENT_HASH_BYTES];
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = lamp_out();
        struct reading r = { .id = open_one(store, &c, t, &in, &code) };
        struct matter m = get_one(store, &c, r.id);
        CHECK_EQ(m.rev, 1);
        CHECK_EQ(m.n, 1);
        CHECK_EQ(m.version, t->version);
        CHECK_EQ(m.opened.us, c.ctx.now.us);
        CHECK_EQ(m.person, MATTER_ANONYMOUS);
        CHECK_STR(m.state, "dispatched");
        CHECK_STR(m.subject, "light.lamp");
        CHECK_STR(m.unit, "lamp");
        CHECK_STR(m.unit_path, "lamp");
        CHECK_STR(m.path, "110101000000/110101002000/110101002001/" G1);
        CHECK_STR(m.holder, "ld1");
        CHECK_STR(m.source, "web");
        CHECK(m.open && !m.urgent);
        CHECK_EQ(m.next_at.us, c.ctx.now.us + US_PER_HOUR); /* half of two office hours */
        CHECK_EQ(test_read(store, &c, story_op, &r), OK);
        CHECK_EQ(r.story.n, 1);
        CHECK_STR(r.story.row[0].e.kind, "opened");
        CHECK_STR(r.story.row[0].words, "{\"title\":\"路灯\",\"words\":\"路灯不亮了，晚上没法走\"}");
        CHECK(r.story.row[0].has_why);
        event_hash(c.ctx.town, &r.story.row[0].e, none, hash);
        CHECK_EQ(memcmp(hash, m.chain, sizeof(hash)), 0);
        CHECK(str_find(r.story.row[0].e.body, STR("路灯")) < 0); /* no word of the reporter's in what is for ever */
        r.code = str_of(code.text);
        CHECK_EQ(test_read(store, &c, by_code_op, &r), OK);
        CHECK_EQ(r.m.id, r.id);
        r.code = STR("0000-0000-0000-0000-0000");
        CHECK_EQ(test_read(store, &c, by_code_op, &r), ERR_NONE);
        r.code = STR("nonsense");
        CHECK_EQ(test_read(store, &c, by_code_op, &r), ERR_NONE);
        r.id++;
        CHECK_EQ(test_read(store, &c, why_op, &r), ERR_NONE);
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(danger_is_in_the_journal_with_who_was_alarmed)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = say_at("一楼着火了，快来人", 39.905, 116.405);
        struct reading r = { .id = open_one(store, &c, t, &in, NULL) };
        CHECK(get_one(store, &c, r.id).urgent);
        CHECK_EQ(test_read(store, &c, story_op, &r), OK);
        CHECK(str_find(r.story.row[0].e.body, STR("\"danger\":\"fire\",\"alarmed\":\"zhiban1\"")) > 0);
        town_unref(t);
        test_ctx_free(&c);
}

/* ---- the town moved on
 * --------------------------------------------------------------------------------------------------- */

struct stale {
        const struct town *t;
        struct intake k;
        struct code code;
        int64_t id;
};

static int stale_op(struct ctx *ctx, void *arg)
{
        struct stale *s = arg;
        return matter_open(ctx, s->t, &s->k, s->id, &s->code, MATTER_ANONYMOUS);
}

static const struct town_file cgb_gives_lamps_away[] = {
        { "things.csv",
          "code,kind,place,lat,lon,owner,keeper,warranty_until\nlamp-1,lamp," G1 ",39.905,116.405,cgb,cgb,\n" },
        { 0 }
};

STORE_TEST(a_decision_under_an_old_version_is_not_written)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *old = load_small(store, &c, NULL);
        struct intake_in in = lamp_out();
        struct stale s = { .t = old, .id = 77, .code = code_new(c.ctx.now, c.ctx.chance) };
        CHECK_EQ(intake_decide(&c.ctx, old, &in, &s.k), OK);
        set_now(&c, "2026-01-05T09:00:01+08:00");
        struct town *new = load_small(store, &c, cgb_gives_lamps_away);
        CHECK_EQ(new->version, old->version + 1);
        CHECK_EQ(test_write(store, &c, stale_op, &s), ERR_CONFLICT);
        struct reading r = { .id = 77 };
        CHECK_EQ(test_read(store, &c, story_op, &r), OK);
        CHECK_EQ(r.story.n, 0); /* no trace */
        s.t = new;
        CHECK_EQ(intake_decide(&c.ctx, new, &in, &s.k), OK);
        CHECK_EQ(test_write(store, &c, stale_op, &s), OK);
        CHECK_STR(get_one(store, &c, 77).unit, "cgb");
        town_unref(old);
        town_unref(new);
        test_ctx_free(&c);
}

STORE_TEST(why_is_the_same_bytes_after_the_town_was_loaded_anew)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *old = load_small(store, &c, NULL);
        struct intake_in in = lamp_out();
        struct intake k;
        CHECK_EQ(intake_decide(&c.ctx, old, &in, &k), OK);
        struct str said = str_dup(&c.arena, k.why);
        struct reading r = { .id = open_one(store, &c, old, &in, NULL) };
        set_now(&c, "2026-02-05T09:00:00+08:00");
        struct town *new = load_small(store, &c, cgb_gives_lamps_away);
        CHECK_EQ(test_read(store, &c, why_op, &r), OK);
        CHECK(str_eq(r.why, said));
        CHECK(str_find(r.why, STR("\"unit\":\"lamp\"")) > 0);
        CHECK(str_find(r.why, STR("\"town_version\":1")) > 0);
        CHECK(str_find(r.why, STR("\"accuracy\":12.5")) > 0);
        JSON_AUTO doc = NULL;
        CHECK_EQ(json_parse(r.why, &doc, NULL), OK);
        /* sent on under the new version, the new decision is what answers "why here?"; the old one stays in the story
         */
        CHECK_EQ(act_as(store, &c, new, r.id, "diaodu1", "assign", "unit=pab|reason=按新清单", NULL), OK);
        CHECK_EQ(test_read(store, &c, why_op, &r), OK);
        CHECK(str_find(r.why, STR("\"how\":\"desk\",\"org\":\"pab\"")) > 0);
        CHECK(str_find(r.why, STR("\"town_version\":2")) > 0);
        CHECK_EQ(test_read(store, &c, story_op, &r), OK);
        CHECK(r.story.row[0].has_why && r.story.row[1].has_why);
        town_unref(old);
        town_unref(new);
        test_ctx_free(&c);
}

/* ---- erased ------------------------------------------------------------------------------------------------------ */

struct erasing {
        int64_t id, person;
        struct vault_keys *keys;
        struct vault_masked seen;
        struct intake k;
        const struct town *t;
        struct code code;
};

static int erase_op(struct ctx *ctx, void *arg)
{
        struct erasing *e = arg;
        ctx->actor = (struct actor){ ACTOR_REPORTER, STR("") };
        return matter_erase(ctx, e->id, STR("依本人申请"), NULL);
}

static int person_op(struct ctx *ctx, void *arg)
{
        struct erasing *e = arg;
        struct identity who = { .name = STR("张三"), .phone = STR("13800001234"), .address = STR(""), .note = STR("") };
        int rc = vault_put(e->keys, ctx, &who, STR("statutory_duty"), STR("contact"), &e->person);
        return rc == OK ? matter_open(ctx, e->t, &e->k, e->id, &e->code, e->person) : rc;
}

static int masked_op(struct ctx *ctx, void *arg)
{
        struct erasing *e = arg;
        return vault_masked(ctx, e->person, &e->seen);
}

STORE_TEST(erasing_takes_words_and_reporter_and_leaves_the_events)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = lamp_out();
        struct erasing e = { .id = 99, .t = t, .code = code_new(c.ctx.now, c.ctx.chance) };
        in.anonymous = false;
        CHECK_EQ(vault_keys_in_memory(c.ctx.chance, &e.keys), OK);
        CHECK_EQ(intake_decide(&c.ctx, t, &in, &e.k), OK);
        CHECK_EQ(test_write(store, &c, person_op, &e), OK);
        CHECK_EQ(test_write(store, &c, erase_op, &e), ERR_STATE); /* it is still being dealt with */
        CHECK_EQ(act_as(store, &c, t, 99, "reporter", "withdraw", "reason=自己修好了", NULL), OK);
        CHECK_EQ(test_write(store, &c, erase_op, &e), OK);
        struct matter m = get_one(store, &c, 99);
        CHECK_EQ(m.person, MATTER_ANONYMOUS);
        CHECK_EQ(test_read(store, &c, masked_op, &e), OK);
        CHECK(e.seen.erased);
        CHECK_EQ(e.seen.phone.n, 0);
        struct reading r = { .id = 99 };
        CHECK_EQ(test_read(store, &c, why_op, &r), ERR_NONE);
        CHECK_EQ(test_read(store, &c, story_op, &r), OK);
        CHECK_EQ(r.story.n, 3); /* opened, withdrawn, erased */
        CHECK_EQ(m.n, 3);
        for (size_t i = 0; i < 2; i++) {
                CHECK_EQ(r.story.row[i].words.n, 0);
                CHECK_STR(r.story.row[i].erased, "reporter: 依本人申请");
        }
        CHECK_STR(r.story.row[2].e.kind, "erased");
        CHECK(str_find(r.story.row[2].e.body, STR("本人")) < 0); /* what somebody wrote is in no event */
        vault_keys_free(e.keys);
        town_unref(t);
        test_ctx_free(&c);
}
