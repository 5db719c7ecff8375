#include "base/test.h"
#include "matter/matter_test_util.h"
#include "matter/source.h"

static struct err err;

static int check(enum actor_kind who, const char *source, bool opens, enum read_back read_back)
{
        struct ctx ctx = { .actor = { .kind = who, .name = STR("x") }, .err = &err };
        err = (struct err){ 0 };
        return source_check(&ctx, source_find(str_of(source)), opens, read_back);
}

/* Each row a sentence: who says it came this way, and is believed. */
static const struct {
        enum actor_kind who;
        bool opens;
        const char *source;
        enum read_back read_back;
        int want;
        const char *field;
} row[] = {
        { ACTOR_PUBLIC, false, "web", READ_BACK_NOT_ASKED, OK, NULL },
        { ACTOR_STAFF, false, "web", READ_BACK_NOT_ASKED, OK, NULL },
        { ACTOR_KEY, true, "web", READ_BACK_NOT_ASKED, OK, NULL },
        { ACTOR_PUBLIC, false, "phone", READ_BACK_YES, ERR_AUTH, "source" },
        { ACTOR_REPORTER, false, "phone", READ_BACK_YES, ERR_RIGHT, "source" },
        { ACTOR_STAFF, false, "phone", READ_BACK_YES, ERR_RIGHT, "source" },
        { ACTOR_STAFF, true, "phone", READ_BACK_YES, OK, NULL },
        { ACTOR_STAFF, true, "phone", READ_BACK_NO, OK, NULL }, /* the caller hung up: said so, not hidden */
        { ACTOR_STAFF, true, "phone", READ_BACK_NOT_ASKED, ERR_MISSING, "read_back" },
        { ACTOR_STAFF, true, "grid", READ_BACK_NOT_ASKED, ERR_MISSING, "read_back" },
        { ACTOR_STAFF, true, "counter", READ_BACK_NOT_ASKED, ERR_MISSING, "read_back" },
        { ACTOR_STAFF, true, "visit", READ_BACK_NOT_ASKED, ERR_MISSING, "read_back" },
        { ACTOR_STAFF, true, "letter", READ_BACK_NOT_ASKED, OK, NULL },
        { ACTOR_STAFF, true, "leader", READ_BACK_NOT_ASKED, OK, NULL },
        { ACTOR_STAFF, true, "media", READ_BACK_NOT_ASKED, OK, NULL },
        { ACTOR_STAFF, true, "letter", READ_BACK_YES, ERR_RULE, "read_back" },
        { ACTOR_PUBLIC, false, "web", READ_BACK_YES, ERR_RULE, "read_back" },
        { ACTOR_KEY, true, "phone", READ_BACK_YES, ERR_RIGHT, "source" }, /* a key is nobody who could have listened */
        { ACTOR_KEY, true, "leader", READ_BACK_NOT_ASKED, ERR_RIGHT, "source" },
        { ACTOR_KEY, true, "upstream", READ_BACK_NOT_ASKED, ERR_MISSING, "source" }, /* without its number it could come in twice */
        { ACTOR_STAFF, true, "upstream", READ_BACK_NOT_ASKED, ERR_MISSING, "source" },
        { ACTOR_KEY, false, "upstream", READ_BACK_NOT_ASKED, ERR_RIGHT, "source" },
        { ACTOR_PUBLIC, false, "upstream", READ_BACK_NOT_ASKED, ERR_AUTH, "source" },
        { ACTOR_STAFF, true, "open311", READ_BACK_NOT_ASKED, ERR_RIGHT, "source" },
        { ACTOR_KEY, true, "open311", READ_BACK_NOT_ASKED, ERR_RIGHT, "source" },
        { ACTOR_STAFF, true, "system", READ_BACK_NOT_ASKED, ERR_RIGHT, "source" },
        { ACTOR_PUBLIC, false, "replay", READ_BACK_NOT_ASKED, ERR_AUTH, "source" },
};

TEST(who_may_say_by_which_way_it_came)
{
        for (size_t i = 0; i < COUNT(row); i++) {
                int rc = check(row[i].who, row[i].source, row[i].opens, row[i].read_back);
                if (rc != row[i].want || (rc != OK && strcmp(err.field, row[i].field) != 0))
                        fail_msg("row %zu (%s): %d %s %s", i, row[i].source, rc, err.field, err.en);
        }
}

TEST(the_list_is_closed_and_named_in_both_languages)
{
        for (enum source s = 0; s < SOURCES; s++) {
                CHECK(source_kinds[s].code && source_kinds[s].name.zh && source_kinds[s].name.en);
                CHECK_STR(str_of(source_codes[s]), source_kinds[s].code);
                CHECK_EQ(source_find(str_of(source_codes[s])), s);
        }
        CHECK(source_codes[SOURCES] == NULL);
        CHECK_EQ(source_find(STR("telepathy")), SOURCES);
        CHECK_EQ(source_find(STR("")), SOURCES);
}

/* A leader's note is a way in, not a place further ahead. */
TEST(no_source_moves_a_clock_or_the_unit)
{
        struct test_ctx c;
        struct town *t = small_town(NULL);
        struct intake web, other;
        test_ctx_init(&c);
        c.ctx.town = t->id;
        struct intake_in in = say_at("小区门口的垃圾没有清运", 39.905, 116.405);
        CHECK_EQ(intake_decide(&c.ctx, t, &in, &web), OK);
        for (enum source s = 0; s < SOURCES; s++) {
                in.source = str_of(source_codes[s]);
                CHECK_EQ(intake_decide(&c.ctx, t, &in, &other), OK);
                CHECK_EQ(other.due.us, web.due.us);
                CHECK_EQ(other.urgent, web.urgent);
                CHECK_STR(other.unit->code, str_c(&c.arena, web.unit->code));
                CHECK_STR(other.state, str_c(&c.arena, web.state));
        }
        in.source = STR("telepathy");
        CHECK_EQ(intake_decide(&c.ctx, t, &in, &other), ERR_UNKNOWN);
        CHECK_STR(str_of(c.err.field), "source");
        town_unref(t);
        test_ctx_free(&c);
}
