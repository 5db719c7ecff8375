/* A reporter is never shown to who only assists, nor to who is complained about: their names for it are looked for in
 * every answer. */
#include "api/inner/house_story.h"
#include "api/routes.h"
#include "insight/listen.h"

#define NAME "欧阳测试"
#define PHONE "13800005678"
#define ADDRESS "测试小区3号楼201"
#define CONTACT "\"name\":\"" NAME "\",\"phone\":\"" PHONE "\",\"address\":\"" ADDRESS "\""
/* In the clear and masked. */
static const char *const secrets[] = { NAME, PHONE, ADDRESS, "欧***", "138****5678", "测试小区", "*5678" };

static void tells_nothing(const char *as, const char *target)
{
        for (size_t i = 0; i < COUNT(secrets); i++)
                if (got_has(&g, secrets[i]))
                        fail_msg("%s at %s reads \"%s\": %s", as, target, secrets[i], g.body);
}

static struct str replaced(struct open_house *h, struct str path, const char *what, const char *with)
{
        ptrdiff_t at = str_find(path, str_of(what));
        if (at < 0)
                return path;
        return str_printf(&h->c.arena, "%.*s%s%.*s", (int)at, path.p, with, (int)(path.n - (size_t)at - strlen(what)),
                          path.p + at + strlen(what));
}

/* Every GET of every table, and whatever a staff member may try on the matter. How many answered 2xx. */
static int ask_everything(struct open_house *h, const char *as, const char *id)
{
        static const char *const queries[] = { "",          "?grid=" G1,
                                               "?unit=cgb", "?unit=jiedao",
                                               "?q=" PHONE, "?q=%E5%9E%83%E5%9C%BE" };
        static const char *const steps[] = {
                "sign", "contact", "answer", "tell", "decline", "assign", "contact-details"
        };
        int good = 0;
        size_t n_tables;
        const struct route_table *const *tables = route_tables(&n_tables);
        for (size_t t = 0; t < n_tables; t++)
                for (size_t i = 0; i < tables[t]->n; i++)
                        for (size_t q = 0; tables[t]->route[i].method == HTTP_GET && q < COUNT(queries); q++) {
                                const char *path = str_c(
                                        &h->c.arena, replaced(h, str_of(tables[t]->route[i].path), "{id}", id));
                                const char *target = target_of(h, "%s%s", path, queries[q]);
                                ask(h, as, "GET", target, NULL, "", &g);
                                tells_nothing(as, target);
                                good += g.status < 300;
                        }
        for (size_t i = 0; i < COUNT(steps); i++) {
                const char *target = target_of(h, "/api/matters/%s/%s", id, steps[i]);
                ask(h, as, "POST", target, "{\"purpose\":\"电话核实情况\",\"text\":\"已清运完毕\"}", "", &g);
                tells_nothing(as, target);
                if (g.status < 300)
                        fail_msg("%s may %s", as, steps[i]);
        }
        return good;
}

HOUSE_TEST(an_assisting_unit_never_learns_who_reported)
{
        ask(h, NULL, "POST", "/api/matters", "{\"words\":\"门口的垃圾没有清运\",\"place\":\"" G2 "\"," CONTACT "}", "",
            &g);
        CHECK_EQ(g.status, 201);
        const char *id = target_of(h, STR_FMT, STR_ARG(got_text(h, &g, "id")));
        house_catch_up(h);
        static const char *const assisting[] = { "wy1", "pa1" };
        for (size_t i = 0; i < COUNT(assisting); i++) {
                ask(h, assisting[i], "GET", target_of(h, "/api/matters/%s", id), NULL, "", &g);
                CHECK_EQ(g.status, 200); /* it sees the matter … */
                CHECK_STR(got_text(h, &g, "unit.code"), "cgb");
                CHECK(got_has(&g, "\"reporter\":null"));
                CHECK_STR(got_text(h, &g, "may"), "[]");
                ask_everything(h, assisting[i], id); /* … and nothing of the reporter */
        }
        ask(h, "cg1", "GET", target_of(h, "/api/matters/%s", id), NULL, "", &g);
        CHECK(got_has(&g, "138****5678")); /* who answers for it sees the masked contact */
        CHECK(!got_has(&g, PHONE));
        CHECK(!got_has(&g, NAME));
        ask(h, "cg1", "GET", "/api/search?q=%E5%9E%83%E5%9C%BE", NULL, "", &g);
        CHECK_STR(got_text(h, &g, "items.0.id"), id); /* the index was there to be searched */
}

static void nobody_of(struct open_house *h, const char *const *logins, size_t n, const char *id)
{
        for (size_t i = 0; i < n; i++) {
                ask(h, logins[i], "GET", target_of(h, "/api/matters/%s", id), NULL, "", &g);
                CHECK_EQ(g.status, 404);
                ask(h, logins[i], "GET", target_of(h, "/api/matters/%s/why", id), NULL, "", &g);
                CHECK_EQ(g.status, 404);
                ask_everything(h, logins[i], id);
                ask(h, logins[i], "GET", "/api/matters", NULL, "", &g);
                CHECK(!got_has(&g, id)); /* not even that there is one */
                ask(h, logins[i], "GET", "/api/search?q=%E5%9E%83%E5%9C%BE", NULL, "", &g);
                CHECK(!got_has(&g, id));
        }
}

HOUSE_TEST(who_is_complained_about_never_learns_of_it)
{
        static const char *const unit[] = { "cg1", "xc1" }, *const desk[] = { "diaodu1", "diaodu2", "zhiban1", "ck1" };
        ask(h, NULL, "POST", "/api/matters",
            "{\"words\":\"门口的垃圾没有清运，城管办态度不好\",\"place\":\"" G1 "\",\"about\":\"cgb\"," CONTACT "}", "",
            &g);
        CHECK_EQ(g.status, 201);
        CHECK_STR(got_text(h, &g, "answered_by.unit.code"), "jiedao");
        const char *of_unit = target_of(h, STR_FMT, STR_ARG(got_text(h, &g, "id")));
        ask(h, NULL, "POST", "/api/matters",
            "{\"words\":\"垃圾的事调度员不管\",\"place\":\"" G1 "\",\"about\":\"diaodu1\"," CONTACT "}", "", &g);
        CHECK_EQ(g.status, 201);
        const char *of_person = target_of(h, STR_FMT, STR_ARG(got_text(h, &g, "id")));
        house_catch_up(h);
        nobody_of(h, unit, COUNT(unit), of_unit);
        nobody_of(h, desk, COUNT(desk), of_person);
        ask(h, "daiban1", "GET", target_of(h, "/api/matters/%s", of_unit), NULL, "", &g);
        CHECK_EQ(g.status, 200); /* one level up they deal with it */
        ask(h, "cg1", "GET", target_of(h, "/api/matters/%s", of_person), NULL, "", &g);
        CHECK_EQ(g.status, 200); /* a complaint about the desk is no secret from others */
}

/* ---- towns ------------------------------------------------------------------------------------------------------- */

static bool load_sample(struct open_house *h)
{
        ARENA_AUTO a = { 0 };
        struct folder *fo = arena_new(&a, struct folder);
        int64_t town = h->c.ctx.town;
        if (!sample_folder(&a, fo))
                return false;
        town_unref(load_town(h->store, &h->c, fo));
        h->c.ctx.town = town;
        return true;
}

HOUSE_TEST(a_session_a_code_and_a_matter_belong_to_one_town)
{
        if (!load_sample(h))
                SKIP("LINLI_SOURCE is not set");
        ask(h, NULL, "GET", "/t/110101012000/api/town", NULL, "", &g);
        CHECK_EQ(g.status, 200);
        ask(h, NULL, "POST", "/t/110101012000/api/matters", "{\"words\":\"小区的垃圾没有清运\"}", "", &g);
        CHECK_EQ(g.status, 201);
        const char *id = target_of(h, STR_FMT, STR_ARG(got_text(h, &g, "id")));
        const char *track = target_of(h, "track:" STR_FMT, STR_ARG(got_text(h, &g, "code")));
        ask(h, track, "GET", "/t/110101012000/api/track", NULL, "", &g);
        CHECK_EQ(g.status, 200);
        ask(h, track, "GET", "/api/track", NULL, "", &g); /* the small town's address */
        CHECK_EQ(g.status, 401);
        ask(h, "diaodu1", "GET", "/t/110101012000/api/matters", NULL, "", &g);
        CHECK_EQ(g.status, 401);
        ask(h, "diaodu1", "GET", target_of(h, "/api/matters/%s", id), NULL, "", &g);
        CHECK_EQ(g.status, 404);
        ask(h, "diaodu1", "GET", "/api/matters", NULL, "", &g);
        CHECK_STR(got_text(h, &g, "items"), "[]");
}
