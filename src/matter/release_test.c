/* A clerk makes a matter public, changes that, takes it back; others join it; it goes with the words. */
#include "matter/erase.h"
#include "matter/files.h"
#include "matter/matter_test_util.h"
#include "matter/release.h"
#include "matter/voices.h"

struct releasing {
        const struct town *t;
        int64_t id, voice;
        int32_t rev;
        struct release_in in;
        struct release now;
        struct release_photos photos;
        struct matter after;
        struct matter_check check;
};

static int release_op(struct ctx *ctx, void *arg)
{
        struct releasing *r = arg;
        return matter_release(ctx, r->t, r->id, r->rev, &r->in, &r->after);
}

static int back_op(struct ctx *ctx, void *arg)
{
        struct releasing *r = arg;
        return matter_unrelease(ctx, r->id, r->rev, &r->after);
}

static int get_op(struct ctx *ctx, void *arg)
{
        struct releasing *r = arg;
        int rc = release_get(ctx, r->id, &r->now);
        return rc == OK ? release_photos(ctx, r->id, &r->photos) : rc;
}

static int join_op(struct ctx *ctx, void *arg)
{
        struct releasing *r = arg;
        return release_join(ctx, r->t, r->voice, r->id, STR("选择加入公开的事项"), &r->after);
}

static int verify_op(struct ctx *ctx, void *arg)
{
        struct releasing *r = arg;
        return matter_verify(ctx, &r->check);
}

static int erase_op(struct ctx *ctx, void *arg)
{
        struct releasing *r = arg;
        return matter_erase(ctx, r->id, STR("测试"), NULL);
}

static void sound(struct store *store, struct test_ctx *c, struct releasing *r)
{
        if (test_read(store, c, verify_op, r) != OK)
                fail_msg("verify: %s", c->err.en);
}

static struct releasing of(struct store *store, struct test_ctx *c, const struct town *t, struct intake_in in)
{
        struct releasing r = { .t = t, .in = { .text = STR("小区门口垃圾没有清运"), .text_en = STR("Rubbish is not collected at the gate"), .street = STR("幸福路"),
                                               .thing = STR("lamp-1"), .place = STR("") } };
        r.id = open_one(store, c, t, &in, NULL);
        c->ctx.actor = (struct actor){ ACTOR_STAFF, STR("diaodu1") };
        return r;
}

STORE_TEST(a_clerk_releases_changes_and_takes_back)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct releasing r = of(store, &c, t, say_at("三号楼下的垃圾没有清运", 39.905, 116.405));
        CHECK_EQ(test_read(store, &c, get_op, &r), ERR_NONE);
        CHECK_EQ(test_write(store, &c, back_op, &r), ERR_STATE);
        CHECK_EQ(test_write(store, &c, release_op, &r), OK);
        CHECK_EQ(r.after.rev, 2);
        CHECK_EQ(test_read(store, &c, get_op, &r), OK);
        CHECK_STR(r.now.text, "小区门口垃圾没有清运");
        CHECK_STR(r.now.street, "幸福路");
        CHECK_STR(r.now.thing, "lamp-1");
        CHECK_STR(r.now.by, "staff:diaodu1");
        struct instant first = r.now.at;
        sound(store, &c, &r);
        set_now(&c, "2026-01-06T09:00:00+08:00");
        r.rev = 1;
        CHECK_EQ(test_write(store, &c, release_op, &r), ERR_REV);
        r.rev = 2;
        r.in.thing = STR("");
        r.in.place = STR(A_COMMUNITY);
        r.in.text_en = STR("");
        CHECK_EQ(test_write(store, &c, release_op, &r), OK);
        CHECK_EQ(test_read(store, &c, get_op, &r), OK);
        CHECK_STR(r.now.place, A_COMMUNITY);
        CHECK_STR(r.now.text_en, "");
        CHECK_EQ(r.now.at.us, first.us);
        CHECK(r.now.changed.us > first.us);
        sound(store, &c, &r);
        r.rev = 0;
        CHECK_EQ(test_write(store, &c, back_op, &r), OK);
        CHECK_EQ(test_read(store, &c, get_op, &r), ERR_NONE);
        sound(store, &c, &r);
        CHECK_EQ(test_write(store, &c, release_op, &r), OK); /* and once more */
        sound(store, &c, &r);
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(what_is_not_to_be_released)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        static const struct { const char *words, *about; } never[] = {
                { "楼上半夜噪声扰民", "" }, { "邻里纠纷请调解", "" }, { "我想问一件别的事情", "" }, { "垃圾没有清运，态度恶劣", "cgb" },
        };
        for (size_t i = 0; i < COUNT(never); i++) {
                struct intake_in in = say_at(never[i].words, 39.905, 116.405);
                in.respondent = str_of(never[i].about);
                struct releasing r = of(store, &c, t, in);
                CHECK_EQ(test_write(store, &c, release_op, &r), ERR_RULE);
                CHECK_STR(str_of(c.err.field), never[i].about[0] ? "id" : "subject");
                CHECK_EQ(get_one(store, &c, r.id).rev, 1);
        }
        static const struct { const char *thing, *place, *text; int code; const char *field; } wrong[] = {
                { "lift-1", "", "电梯坏了很久", ERR_RULE, "thing" },       /* in a building */
                { "none", "", "电梯坏了很久", ERR_UNKNOWN, "thing" },
                { "", "110101002001001-1", "电梯坏了很久", ERR_RULE, "place" }, /* a building */
                { "", "110101000000", "电梯坏了很久", ERR_RULE, "place" },      /* a county says nothing */
                { "", "none", "电梯坏了很久", ERR_UNKNOWN, "place" },
                { "", "", "电梯坏了很久", ERR_MISSING, "place" },
                { "lamp-1", G1, "电梯坏了很久", ERR_RULE, "thing" },
                { "lamp-1", "", "", ERR_MISSING, "text" },
        };
        for (size_t i = 0; i < COUNT(wrong); i++) {
                struct releasing r = of(store, &c, t, say_at("门口的垃圾没有清运", 39.905, 116.405));
                r.in = (struct release_in){ .text = str_of(wrong[i].text), .text_en = STR(""), .street = STR(""), .thing = str_of(wrong[i].thing),
                                            .place = str_of(wrong[i].place) };
                CHECK_EQ(test_write(store, &c, release_op, &r), wrong[i].code);
                CHECK_STR(str_of(c.err.field), wrong[i].field);
        }
        int64_t photo[] = { 1 };
        struct releasing r = of(store, &c, t, say_at("门口的垃圾没有清运", 39.905, 116.405));
        r.in.photo = photo;
        r.in.n_photos = 1;
        CHECK_EQ(test_write(store, &c, release_op, &r), ERR_UNKNOWN);
        CHECK_STR(str_of(c.err.field), "photos");
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(a_neighbour_joins_what_is_public)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct releasing r = of(store, &c, t, say_at("三号楼下的垃圾没有清运", 39.905, 116.405));
        struct intake_in mine = say("我也遇到这件事");
        mine.subject = STR("garbage");
        mine.place = STR(G1);
        r.voice = open_one(store, &c, t, &mine, NULL);
        c.ctx.actor = (struct actor){ ACTOR_REPORTER, STR("") };
        CHECK_EQ(test_write(store, &c, join_op, &r), ERR_NONE); /* not public yet */
        c.ctx.actor = (struct actor){ ACTOR_STAFF, STR("diaodu1") };
        CHECK_EQ(test_write(store, &c, release_op, &r), OK);
        c.ctx.actor = (struct actor){ ACTOR_REPORTER, STR("") };
        CHECK_EQ(test_write(store, &c, join_op, &r), OK);
        struct matter voice = get_one(store, &c, r.voice);
        CHECK_STR(voice.state, "joined");
        CHECK_EQ(voice.cause, r.id);
        CHECK_EQ(get_one(store, &c, r.id).voices, 1);
        sound(store, &c, &r);
        CHECK_EQ(act_as(store, &c, t, r.id, "cg1", "sign", "", NULL), OK);
        CHECK_EQ(act_as(store, &c, t, r.id, "cg1", "answer", "text=已经清运完毕|shared=已经清运完毕", NULL), OK);
        CHECK(get_one(store, &c, r.voice).answered.us > 0); /* answered by itself */
        struct matter m = get_one(store, &c, r.id);
        CHECK(!release_joinable(&m));
        r.voice = open_one(store, &c, t, &mine, NULL);
        CHECK_EQ(test_write(store, &c, join_op, &r), ERR_STATE);
        sound(store, &c, &r);
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(what_is_public_goes_with_the_words)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct releasing r = of(store, &c, t, say_at("三号楼下的垃圾没有清运", 39.905, 116.405));
        CHECK_EQ(test_write(store, &c, release_op, &r), OK);
        CHECK_EQ(act_as(store, &c, t, r.id, "reporter", "withdraw", "", NULL), OK);
        CHECK_EQ(test_read(store, &c, get_op, &r), OK); /* a matter that ended may stay in sight */
        CHECK_EQ(test_write(store, &c, erase_op, &r), OK);
        CHECK_EQ(test_read(store, &c, get_op, &r), ERR_NONE);
        sound(store, &c, &r);
        town_unref(t);
        test_ctx_free(&c);
}
