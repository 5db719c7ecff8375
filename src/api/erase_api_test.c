/* What somebody wrote and who they are goes again: afterwards it lies in no table, file, log or index. */
#include <stdio.h>
#include "api/inner/house_story.h"
#include "insight/search.h"
#include "insight/tokens.h"
#include "matter/erase.h"
#include "matter/retain.h"

#define AT_G1 "\"lat\":39.905,\"lon\":116.405"
#define RARE "zqkvxwjwmark"   /* a word nobody else writes */
#define RARE_TAIL "kvxwjwmark" /* FTS5 keeps what differs from the word before */
#define HAN "龘靐齉爩"
#define KEY "Idempotency-Key: 01957f2a-0000-7000-8000-0000000000aa\r\n"
/* ---- looking into every corner ---------------------------------------------------------------------------------------- */

static bool file_holds(const char *path, const char *what)
{
        BUF_AUTO b = BUF(256u << 20);
        if (buf_read_file(&b, path) != OK)
                return false; /* there is no such file */
        return b.n && memmem(b.p, b.n, what, strlen(what)) != NULL;
}

/* SQLite: the bytes of database, WAL and its index. PostgreSQL: every row of every table, as it would be dumped. */
static bool lies_somewhere(struct open_house *h, const char *what)
{
        static const char *const parts[] = { "", "-wal", "-shm", ".erased" };
        bool found = false;
        char sql[600];
        if (store_engine(h->store) == STORE_SQLITE) {
                for (size_t i = 0; i < COUNT(parts); i++)
                        found = file_holds(target_of(h, "%s%s", h->url + 7, parts[i]), what) || found;
                return found;
        }
        snprintf(sql, sizeof(sql),
                 "SELECT count(*) FROM (SELECT query_to_xml(format('SELECT * FROM %%I', table_name), false, false, '') AS x "
                 "FROM information_schema.tables WHERE table_schema = current_schema()) s WHERE position('%s' in x::text) > 0", what);
        return test_store_number(h->url, sql) > 0;
}

static int scrub_op(struct ctx *ctx, void *arg)
{
        bool more = true;
        int rc = OK;
        (void)arg;
        for (bool first = true; rc == OK && more; first = false)
                rc = search_scrub(ctx, first, &more);
        return rc;
}

static void leave_nothing(struct open_house *h)
{
        house_catch_up(h);
        CHECK_EQ(test_write(h->store, &h->c, scrub_op, NULL), OK);
        CHECK_EQ(store_scrub(h->store, 7000, &h->c.err), OK);
}

static int verify_op(struct ctx *ctx, void *arg)
{
        return matter_verify(ctx, arg);
}

/* ---- one matter full of somebody's words -------------------------------------------------------------------------------- */

/* Opened with a contact and a key, signed, noted, answered; ended by the reporter. Between others, whose words stay. */
static void live(struct open_house *h, char id[24], char track[40])
{
        for (int i = 0; i < 40; i++)
                ask(h, NULL, "POST", "/api/matters", "{\"words\":\"小区门口的垃圾没有清运 neighbour\"," AT_G1 "}", "", &g);
        ask(h, NULL, "POST", "/api/matters",
            "{\"title\":\"" RARE "\",\"words\":\"小区门口的垃圾没有清运 " RARE " " HAN "\"," AT_G1
            ",\"name\":\"" HAN "\",\"phone\":\"13800005678\",\"address\":\"" HAN RARE "\"}", KEY, &g);
        answers(201);
        snprintf(id, 24, STR_FMT, STR_ARG(got_text(h, &g, "id")));
        snprintf(track, 40, "track:" STR_FMT, STR_ARG(got_text(h, &g, "code")));
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/sign", id), "{}", "", &g);
        answers(200);
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/contact-details", id), "{\"purpose\":\"电话核实情况\"}", "", &g);
        answers(200);
        ask(h, track, "POST", "/api/track/note", "{\"text\":\"" RARE " " HAN "\"}", "", &g);
        answers(200);
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/answer", id), "{\"text\":\"已清运 " RARE "\"}", "", &g);
        answers(200);
        for (int i = 0; i < 40; i++)
                ask(h, NULL, "POST", "/api/matters", "{\"words\":\"路灯不亮 zqneighbour zzlast\"," AT_G1 "}", "", &g);
        house_catch_up(h);
}

static void end_it(struct open_house *h, const char *track)
{
        ask(h, track, "POST", "/api/track/read", "{}", "", &g);
        answers(200);
}

static int64_t found_by_search(struct open_house *h)
{
        ask(h, "diaodu1", "GET", "/api/search?q=" RARE, NULL, "", &g);
        answers(200);
        return got_text(h, &g, "items.0.id").n ? 1 : 0;
}

HOUSE_TEST(what_was_erased_lies_nowhere)
{
        char id[24], track[40], token[64];
        struct matter_check check;
        BUF_AUTO tokens = BUF(1024);
        tokens_of(TEST_TOWN, STR(HAN), &tokens);
        snprintf(token, sizeof(token), "%.*s", 6, buf_view(&tokens).p + 15); /* what differs from the token before */
        live(h, id, track);
        ask(h, track, "POST", "/api/track/erase", NULL, "", &g);
        answers(409); /* it is still being dealt with */
        CHECK(found_by_search(h));
        CHECK(lies_somewhere(h, RARE_TAIL));
        CHECK(lies_somewhere(h, HAN));
        if (!lies_somewhere(h, token))
                fail_msg("no token %s", token);
        CHECK_EQ(test_store_number(h->url, "SELECT count(*) FROM store_idem"), 1);
        end_it(h, track);
        ask(h, track, "POST", "/api/track/erase", NULL, "", &g);
        answers(200);
        leave_nothing(h);
        CHECK(!lies_somewhere(h, RARE_TAIL));
        CHECK(!lies_somewhere(h, HAN));
        CHECK(!lies_somewhere(h, token));
        CHECK(!lies_somewhere(h, "138****5678"));
        CHECK(lies_somewhere(h, "neighbour")); /* the others' words stay */
        CHECK(!found_by_search(h));
        CHECK_EQ(rows_of(h, "store_idem"), 0);
        CHECK_EQ(rows_of(h, "people_vault"), 0);
        CHECK_EQ(rows_of(h, "people_erased"), 1);
        CHECK_EQ(test_read(h->store, &h->c, verify_op, &check), OK);
        CHECK_EQ(check.erased, 1);
        CHECK_EQ(check.faults, 0);
        ask(h, track, "GET", "/api/track", NULL, "", &g);
        answers(200);
        CHECK(got_has(&g, "reporter: ")); /* by whom, and on which basis */
        ask(h, track, "POST", "/api/track/erase", NULL, "", &g);
        answers(200); /* asked twice is done once */
        CHECK_EQ(test_store_number(h->url, "SELECT count(*) FROM store_event WHERE kind = 'erased'"), 1);
}

HOUSE_TEST(the_desk_erases_for_who_asks_at_the_counter)
{
        char id[24], track[40];
        live(h, id, track);
        end_it(h, track);
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/erasure", id), "{}", "", &g);
        answers(403);
        ask(h, "diaodu1", "POST", target_of(h, "/api/matters/%s/erasure", id), "{\"basis\":\"到窗口申请\"}", "", &g);
        answers(200);
        CHECK_STR(got_text(h, &g, "contacts"), "1");
        leave_nothing(h);
        CHECK(!lies_somewhere(h, RARE_TAIL));
        CHECK(!lies_somewhere(h, HAN));
        CHECK_EQ(test_store_number(h->url, "SELECT count(*) FROM matter_erased WHERE actor = 'staff'"), 1);
}

/* ---- a copy of all of it -------------------------------------------------------------------------------------------------- */

HOUSE_TEST(a_person_gets_a_copy_of_all_that_is_held)
{
        char id[24], track[40];
        live(h, id, track);
        ask(h, track, "POST", "/api/track/export", "{}", "", &g);
        answers(200);
        CHECK_STR(got_text(h, &g, "contact.phone"), "138****5678");
        CHECK_STR(got_text(h, &g, "contact.masked"), "true");
        CHECK_STR(got_text(h, &g, "looks.items.0.purpose"), "电话核实情况");
        CHECK(got_has(&g, RARE) && got_has(&g, "town_version"));
        CHECK(!got_has(&g, "cg1")); /* no login of staff */
        ask(h, track, "POST", "/api/track/export", "{\"phone\":\"138-0000-5678\"}", "", &g);
        answers(200);
        CHECK_STR(got_text(h, &g, "contact.phone"), "13800005678");
        CHECK_STR(got_text(h, &g, "contact.name"), HAN);
        for (int i = 0; i < 4; i++) { /* who found the slip does not guess the rest */
                ask(h, track, "POST", "/api/track/export", "{\"phone\":\"13800007777\"}", "", &g);
                answers(200);
                CHECK_STR(got_text(h, &g, "contact.phone"), "138****5678");
                CHECK(!got_has(&g, "13800005678"));
        }
        ask(h, track, "POST", "/api/track/export", "{\"phone\":\"13800005678\"}", "", &g);
        answers(429);
        ask(h, "diaodu1", "POST", target_of(h, "/api/matters/%s/export", id), "{\"purpose\":\"本人到窗口申请\"}", "", &g);
        answers(200);
        CHECK_STR(got_text(h, &g, "contact.phone"), "13800005678");
        ask(h, "pa1", "POST", target_of(h, "/api/matters/%s/export", id), "{\"purpose\":\"本人到窗口申请\"}", "", &g);
        answers(404); /* not theirs */
        end_it(h, track);
        ask(h, track, "POST", "/api/track/export", "{}", "", &g);
        CHECK_STR(got_text(h, &g, "looks.items.0.purpose"), "本人到窗口申请");
        CHECK_STR(got_text(h, &g, "kept_until"), "{}"); /* this town has no retention.csv */
        ask(h, track, "POST", "/api/track/erase", NULL, "", &g);
        answers(200);
        ask(h, track, "POST", "/api/track/export", "{}", "", &g);
        answers(200);
        CHECK_EQ(got_text(h, &g, "contact").n, 0);
        CHECK_EQ(got_text(h, &g, "explanation").n, 0);
}
