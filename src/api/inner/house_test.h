/* api/inner/house_test.h — for tests: the whole API over a store with the small town, asked without a network.
 *
 *   HOUSE_TEST(opens_a_matter)      runs on both engines; h is open before and closed after
 *   {
 *           ask(h, NULL, "POST", "/api/matters", "{\"words\":\"垃圾没有清运\"}", "", &g);
 *           CHECK_EQ(g.status, 201);
 *           CHECK_STR(got_text(h, &g, "state"), "placing");
 *   }
 */
#pragma once
#include "api/files.h"
#include "api/house.h"
#include "api/inner/test_client.h"
#include "matter/matter_test_util.h"

#define HOUSE_LOGINS 32

struct open_house {
        struct store *store;
        const char *url;
        struct house house;
        struct server *server;
        struct media *media;
        struct test_ctx c; /* its now is the server's clock; its arena lives as long as the house */
        struct signed_in {
                char login[64], cookie[64], csrf[32];
                struct instant at;
        } in[HOUSE_LOGINS];
        size_t n_in;
        _Atomic int woken; /* how often something was committed */
};

void house_test_run(enum store_engine, const struct town_file *change, void (*body)(struct open_house *));
#define HOUSE_TEST_IN(name, change)                                                                                    \
        static void house_test_##name(struct open_house *h);                                                           \
        TEST(name##_sqlite)                                                                                            \
        {                                                                                                              \
                house_test_run(STORE_SQLITE, change, house_test_##name);                                               \
        }                                                                                                              \
        TEST(name##_postgres)                                                                                          \
        {                                                                                                              \
                house_test_run(STORE_POSTGRES, change, house_test_##name);                                             \
        }                                                                                                              \
        static void house_test_##name(struct open_house *h)
#define HOUSE_TEST(name) HOUSE_TEST_IN(name, NULL)

/* Another version of the small town, loaded now. */
void house_load(struct open_house *, const struct town_file *change);
/* The clock. */
void house_now(struct open_house *, const char *instant);

/* One request. @as: NULL = anybody, "track:CODE", "key:KEY", or a login, which is signed in with its CSRF token. @body
 * NULL = none.
 * @headers: further lines, each with its CRLF. */
void ask(struct open_house *, const char *as, const char *method, const char *target, const char *body,
         const char *headers, struct got *);
/* The same with any bytes as body; @headers say its type and length. */
void ask_bytes(struct open_house *, const char *as, const char *method, const char *target, struct str body, const char *headers,
               struct got *);
/* A photo of t/media sent in by @as; its token. */
const char *house_photo(struct open_house *, const char *as);
/* A member of the JSON answer by its path, "unit.code" or "items.0.id": a string's text, else the value as JSON;
 * {NULL,0} if absent. */
struct str got_text(struct open_house *, const struct got *, const char *path);
/* "/api/matters/17/sign" */
const char *target_of(struct open_house *, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Seal what was done, and let figures and search hear of it. */
void house_catch_up(struct open_house *);
/* Rows of a table, seen from outside. */
int64_t rows_of(struct open_house *, const char *table);
