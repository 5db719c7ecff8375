#include "people/vault.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/buf.h"
#include "people/account.h"
#include "people/inner/identity.h"
#include "people/staff.h"
#include "store/store_test_util.h"

#define S(x)                                                                                                           \
        {                                                                                                              \
                x, sizeof(x) - 1                                                                                       \
        }
static const struct identity li = { S("李样例"), S("138 0000 1234"), S("样例街道和平小区3号楼"), S("夜班\n勿扰"), S("li@example.org"), S("") };

static struct vault_keys *keys_of(uint64_t seed)
{
        struct vault_keys *keys;
        struct chance_seeded chance;
        chance_seed(&chance, seed);
        CHECK_EQ(vault_keys_in_memory(&chance.base, &keys), OK);
        return keys;
}

/* ---- boxes ------------------------------------------------------------------------------------------ */

TEST(boxes_open_only_where_they_belong)
{
        struct test_ctx t;
        test_ctx_init(&t);
        struct vault_keys *keys = keys_of(1), *other = keys_of(2);
        struct str box, plain = STR("untouched");
        CHECK_EQ(vault_seal_bytes(keys, &t.ctx, STR("idem"), STR("a secret"), &box), OK);
        CHECK(str_find(box, STR("secret")) < 0);
        CHECK_EQ(vault_open_bytes(keys, &t.ctx, STR("idem2"), box, &plain), ERR_INTERNAL);
        CHECK_EQ(vault_open_bytes(other, &t.ctx, STR("idem"), box, &plain), ERR_INTERNAL);
        t.ctx.town++;
        CHECK_EQ(vault_open_bytes(keys, &t.ctx, STR("idem"), box, &plain), ERR_INTERNAL);
        t.ctx.town--;
        struct seal_place person = { t.ctx.town, 5, STR("idem") };
        CHECK_EQ(seal_open(keys, &t.arena, &person, box, &plain, NULL), ERR_INTERNAL);
        for (size_t i = 0; i < box.n; i++) { /* no bit may be turned, no byte missing */
                struct str bent = str_dup(&t.arena, box);
                ((char *)(uintptr_t)bent.p)[i] ^= 1;
                CHECK_EQ(vault_open_bytes(keys, &t.ctx, STR("idem"), bent, &plain), ERR_INTERNAL);
                CHECK_EQ(vault_open_bytes(keys, &t.ctx, STR("idem"), (struct str){ box.p, i }, &plain), ERR_INTERNAL);
        }
        CHECK_STR(plain, "untouched");
        CHECK_EQ(vault_open_bytes(keys, &t.ctx, STR("idem"), box, &plain), OK);
        CHECK_STR(plain, "a secret");
        CHECK_EQ(vault_seal_bytes(keys, &t.ctx, STR("idem"), (struct str){ 0 }, &box), OK);
        CHECK_EQ(vault_open_bytes(keys, &t.ctx, STR("idem"), box, &plain), OK);
        CHECK_EQ(plain.n, 0);
        vault_keys_free(keys);
        vault_keys_free(other);
        test_ctx_free(&t);
}

/* A replay with the same seed must not spend a nonce on two contents. */
TEST(boxes_never_share_a_nonce)
{
        struct test_ctx t;
        test_ctx_init(&t);
        struct vault_keys *keys = keys_of(1);
        struct str a, b, c;
        chance_seed(&t.chance, 9);
        vault_seal_bytes(keys, &t.ctx, STR("x"), STR("one"), &a);
        chance_seed(&t.chance, 9);
        vault_seal_bytes(keys, &t.ctx, STR("x"), STR("two"), &b);
        chance_seed(&t.chance, 9);
        vault_seal_bytes(keys, &t.ctx, STR("y"), STR("one"), &c);
        CHECK(memcmp(a.p + 5, b.p + 5, 24) != 0);
        CHECK(memcmp(a.p + 5, c.p + 5, 24) != 0);
        vault_keys_free(keys);
        test_ctx_free(&t);
}

TEST(identity_bytes)
{
        ARENA_AUTO a = { 0 };
        struct identity back, empty = { 0 };
        struct str p = identity_pack(&a, &li);
        CHECK_EQ(p.n % 64, 0);
        CHECK_EQ(identity_unpack(p, &back), OK);
        CHECK(str_eq(back.name, li.name) && str_eq(back.phone, li.phone) && str_eq(back.address, li.address) &&
              str_eq(back.note, li.note));
        CHECK_EQ(identity_unpack(identity_pack(&a, &empty), &back), OK);
        CHECK_EQ(back.name.n + back.phone.n + back.address.n + back.note.n, 0);
        CHECK_EQ(identity_unpack((struct str){ 0 }, &back), ERR_INTERNAL);
        CHECK_EQ(identity_unpack(STR("\xFF\xFFx"), &back), ERR_INTERNAL);
}

TEST(vault_seal_refuses)
{
        struct test_ctx t;
        test_ctx_init(&t);
        struct vault_keys *keys = keys_of(1);
        char *name = arena_alloc(&t.arena, 4 * VAULT_NAME_CHARS + 8);
        memset(name, 'x', VAULT_NAME_CHARS + 1);
        const struct {
                struct identity id;
                const char *basis, *field;
                int want;
        } row[] = {
                { { .note = STR("") }, "consent", "name", ERR_MISSING },
                { { .name = STR("  ") }, "consent", "name", ERR_MISSING },
                { { .name = str_of(name) }, "consent", "name", ERR_RANGE },
                { { .name = STR("\xFF") }, "consent", "name", ERR_UTF8 },
                { { .name = STR("李\n样") }, "consent", "name", ERR_TYPE },
                { { .phone = STR("138\x01") }, "consent", "phone", ERR_TYPE },
                { { .phone = STR("138") }, "because", "basis", ERR_RULE },
                { { .phone = STR("138") }, "", "basis", ERR_RULE },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                struct vault_sealed s = { .person = -1 };
                t.err = (struct err){ 0 };
                CHECK_EQ(vault_seal(keys, &t.ctx, 5, &row[i].id, str_of(row[i].basis), STR("contact"), &s),
                         row[i].want);
                if (strcmp(t.err.field, row[i].field) != 0 || s.person != -1)
                        fail_msg("row %zu: %s", i, t.err.field);
        }
        vault_keys_free(keys);
        test_ctx_free(&t);
}

TEST(staff_phones_under_the_vaults_key)
{
        struct test_ctx t;
        test_ctx_init(&t);
        struct vault_keys *keys = keys_of(1);
        struct vault_phone v = { keys, &t.ctx };
        struct str file = STR("login,phone\na,13800001234\nb,\n"), sealed, back;
        CHECK_EQ(staff_seal_phones(&t.arena, file, vault_seal_phone, &v, &sealed), OK);
        CHECK(str_find(sealed, STR("1380000")) < 0);
        CHECK(str_starts(sealed, STR("login,phone\na,sealed:")));
        CHECK(str_ends(sealed, STR("\nb,\n")));
        CHECK_EQ(staff_seal_phones(&t.arena, file, vault_seal_phone, &v, &back), OK);
        CHECK(str_eq(back, sealed)); /* a folder loaded twice is the same folder */
        CHECK_EQ(staff_open_phones(&t.arena, sealed, vault_open_phone, &v, &back), OK);
        CHECK(str_eq(back, file));
        vault_keys_free(keys);
        test_ctx_free(&t);
}

/* ---- the key file ----------------------------------------------------------------------------------- */

static const char *key_path(struct arena *a)
{
        return arena_printf(a, "%s/vault.keys", test_tmpdir());
}

static void put_file(const char *path, const char *text, mode_t mode)
{
        FILE *f = fopen(path, "w");
        CHECK(f && fputs(text, f) >= 0 && fclose(f) == 0 && chmod(path, mode) == 0);
}

TEST(key_file_made_loaded_and_grown)
{
        struct test_ctx t;
        test_ctx_init(&t);
        const char *path = key_path(&t.arena);
        struct day today = instant_day(t.ctx.now);
        struct vault_keys *one, *two;
        struct stat st;
        int32_t id = 0;
        CHECK_EQ(vault_keys_load(path, &one, &t.err), ERR_NONE);
        CHECK_EQ(vault_keys_make(path, t.ctx.chance, today, &t.err), OK);
        CHECK_EQ(stat(path, &st), 0);
        CHECK_EQ(st.st_mode & 07777, 0600);
        CHECK_EQ(vault_keys_make(path, t.ctx.chance, today, &t.err), ERR_EXISTS);
        CHECK_EQ(vault_keys_load(path, &one, &t.err), OK);
        CHECK_EQ(vault_keys_newest(one), 1);

        struct str box, plain, again;
        CHECK_EQ(vault_seal_bytes(one, &t.ctx, STR("x"), STR("old"), &box), OK);
        CHECK_EQ(vault_keys_add(path, t.ctx.chance, today, &id, &t.err), OK);
        CHECK_EQ(id, 2);
        CHECK_EQ(stat(path, &st), 0);
        CHECK_EQ(st.st_mode & 07777, 0600);
        CHECK_EQ(vault_keys_load(path, &two, &t.err), OK);
        CHECK_EQ(vault_keys_newest(two), 2);
        CHECK_EQ(vault_open_bytes(two, &t.ctx, STR("x"), box, &plain), OK);
        CHECK_STR(plain, "old");
        CHECK_EQ(vault_reseal_bytes(two, &t.ctx, STR("x"), box, &again), OK);
        CHECK_EQ(seal_key_of(again), 2);
        CHECK_EQ(vault_open_bytes(one, &t.ctx, STR("x"), again, &plain), ERR_INTERNAL);
        CHECK_EQ(vault_reseal_bytes(two, &t.ctx, STR("x"), again, &box), OK);
        CHECK(box.p == again.p);
        vault_keys_free(one);
        vault_keys_free(two);
        test_ctx_free(&t);
}

#define HEX "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define LINE(n) #n " " HEX " 2026-01-05\n"

TEST(key_file_refused)
{
        static const struct {
                const char *text;
                mode_t mode;
                int want;
        } row[] = {
                { LINE(1), 0600, OK },
                { LINE(1), 0400, OK },
                { "# x\n\n" LINE(1) LINE(3), 0600, OK },
                { "1 " HEX " 2026-01-05", 0600, OK },
                { LINE(1), 0640, ERR_RULE },
                { LINE(1), 0604, ERR_RULE },
                { LINE(1), 0601, ERR_RULE },
                { "", 0600, ERR_BAD },
                { "# nothing\n", 0600, ERR_BAD },
                { LINE(2) LINE(1), 0600, ERR_BAD },
                { LINE(1) LINE(1), 0600, ERR_BAD },
                { LINE(0), 0600, ERR_BAD },
                { "1 " HEX "\n", 0600, ERR_BAD },
                { "1 " HEX "00 2026-01-05\n", 0600, ERR_BAD },
                { "1 0001 2026-01-05\n", 0600, ERR_BAD },
                { "1 " HEX " 2026-13-05\n", 0600, ERR_BAD },
                { LINE(1) "2 0001020304", 0600, ERR_BAD }, /* half written */
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                ARENA_AUTO a = { 0 };
                struct err e = { 0 };
                struct vault_keys *keys = NULL;
                const char *path = key_path(&a);
                put_file(path, row[i].text, row[i].mode);
                if (vault_keys_load(path, &keys, &e) != row[i].want)
                        fail_msg("row %zu: %s", i, e.en);
                CHECK((keys != NULL) == (row[i].want == OK));
                CHECK(row[i].want == OK || e.zh[0]);
                vault_keys_free(keys);
        }
        ARENA_AUTO a = { 0 };
        const char *path = key_path(&a), *link = arena_printf(&a, "%s.link", path);
        struct vault_keys *keys;
        struct err e;
        put_file(path, LINE(1), 0600);
        CHECK_EQ(symlink(path, link), 0);
        CHECK_EQ(vault_keys_load(link, &keys, &e), ERR_RULE);
        CHECK_EQ(vault_keys_load(test_tmpdir(), &keys, &e), ERR_RULE);
        CHECK_EQ(vault_keys_make("/nowhere/at/all", &chance_system, (struct day){ 0 }, &e), ERR_IO);
}

/* ---- operations ------------------------------------------------------------------------------------- */

struct work {
        const struct vault_keys *keys;
        struct identity id;
        int64_t person, matter;
        struct str purpose, phone;
        struct identity opened;
        struct vault_masked masked;
        struct vault_looks looks;
        struct vault_persons found;
        struct vault_counts counts;
        struct vault_erasures erasures;
};

static int op_put(struct ctx *ctx, void *arg)
{
        struct work *w = arg;
        return vault_put(w->keys, ctx, &w->id, STR("statutory_duty"), STR("contact"), &w->person);
}
static int op_masked(struct ctx *ctx, void *arg)
{
        struct work *w = arg;
        return vault_masked(ctx, w->person, &w->masked);
}
static int op_open(struct ctx *ctx, void *arg)
{
        struct work *w = arg;
        return vault_open(w->keys, ctx, w->person, w->matter, w->purpose, &w->opened);
}
static int op_open_then_fail(struct ctx *ctx, void *arg)
{
        return op_open(ctx, arg) == OK ? ERR_STATE : OK;
}
static int op_looks(struct ctx *ctx, void *arg)
{
        struct work *w = arg;
        return vault_looks_of_person(ctx, w->person, INT64_MAX, &w->looks);
}
static int op_matter_looks(struct ctx *ctx, void *arg)
{
        struct work *w = arg;
        return vault_looks_of_matter(ctx, w->matter, INT64_MAX, &w->looks);
}
static int op_all_looks(struct ctx *ctx, void *arg)
{
        struct work *w = arg;
        return vault_looks(ctx, INT64_MAX, &w->looks);
}
static int op_find(struct ctx *ctx, void *arg)
{
        struct work *w = arg;
        return vault_find(w->keys, ctx, w->phone, w->purpose, &w->found);
}
static int op_erase(struct ctx *ctx, void *arg)
{
        struct work *w = arg;
        return vault_erase(ctx, w->person, STR("本人要求 第四十七条"), STR("staff:a01"));
}
static int op_count(struct ctx *ctx, void *arg)
{
        struct work *w = arg;
        return vault_count(ctx, &w->counts);
}
static int op_erasures(struct ctx *ctx, void *arg)
{
        struct work *w = arg;
        return vault_erasures(ctx, 0, &w->erasures);
}
static int op_erase_again(struct ctx *ctx, void *arg)
{
        struct work *w = arg;
        return vault_erase_again(ctx, &w->erasures.row[0]);
}

STORE_TEST(vault_keeps_shows_and_opens)
{
        struct test_ctx t;
        test_ctx_init(&t);
        t.ctx.actor = (struct actor){ ACTOR_STAFF, STR("a01") };
        struct work w = { .keys = keys_of(1), .id = li, .matter = 77, .purpose = STR("回访确认") };
        CHECK_EQ(test_write(store, &t, op_put, &w), OK);
        CHECK_EQ(test_read(store, &t, op_masked, &w), OK);
        CHECK_STR(w.masked.name, "李**");
        CHECK_STR(w.masked.phone, "138****1234");
        CHECK_STR(w.masked.address, "样例街道和平小区***");
        CHECK_STR(w.masked.basis, "statutory_duty");
        CHECK(!w.masked.erased);

        static const struct {
                const char *purpose;
                int want;
        } refused[] = {
                { "", ERR_MISSING },  { "   ", ERR_MISSING },     { "看看", ERR_RANGE },
                { "abc", ERR_RANGE }, { "目的目\x01", ERR_TYPE },
        };
        for (size_t i = 0; i < COUNT(refused); i++) {
                struct work bad = w;
                bad.purpose = str_of(refused[i].purpose);
                CHECK_EQ(test_write(store, &t, op_open, &bad), refused[i].want);
                CHECK_EQ(strcmp(t.err.field, "purpose"), 0);
        }
        CHECK_EQ(test_read(store, &t, op_open, &w), ERR_INTERNAL); /* no write transaction, no audit, no opening */
        CHECK_EQ(op_open(&t.ctx, &w), ERR_STATE);
        CHECK_EQ(w.opened.name.n, 0);
        CHECK_EQ(test_write(store, &t, op_open_then_fail, &w),
                 ERR_STATE); /* rolled back: nothing was told, nothing stays */
        CHECK_EQ(test_read(store, &t, op_looks, &w), OK);
        CHECK_EQ(w.looks.n, 0);

        w.opened = (struct identity){ 0 };
        CHECK_EQ(test_write(store, &t, op_open, &w), OK);
        CHECK(str_eq(w.opened.name, li.name) && str_eq(w.opened.phone, li.phone) &&
              str_eq(w.opened.address, li.address) && str_eq(w.opened.note, li.note));
        CHECK_EQ(test_read(store, &t, op_looks, &w), OK);
        CHECK_EQ(w.looks.n, 1);
        CHECK_STR(w.looks.row[0].actor, "staff:a01");
        CHECK_STR(w.looks.row[0].purpose, "回访确认");
        CHECK_EQ(w.looks.row[0].matter, 77);
        CHECK_EQ(w.looks.row[0].at.us, t.ctx.now.us);
        CHECK_EQ(test_read(store, &t, op_matter_looks, &w), OK);
        CHECK_EQ(w.looks.n, 1);

        t.ctx.town++; /* between towns nothing is shared */
        CHECK_EQ(test_read(store, &t, op_masked, &w), ERR_NONE);
        CHECK_EQ(test_write(store, &t, op_open, &w), ERR_NONE);
        CHECK_EQ(test_read(store, &t, op_all_looks, &w), OK);
        CHECK_EQ(w.looks.n, 0);
        vault_keys_free((struct vault_keys *)(uintptr_t)w.keys);
        test_ctx_free(&t);
}

STORE_TEST(vault_finds_a_phone_exactly)
{
        struct test_ctx t;
        test_ctx_init(&t);
        t.ctx.actor = (struct actor){ ACTOR_STAFF, STR("a01") };
        struct work w = { .keys = keys_of(1), .id = li, .purpose = STR("合并重复诉求") }, none = w;
        CHECK_EQ(test_write(store, &t, op_put, &w), OK);
        int64_t first = w.person;
        none.id = (struct identity){ .name = STR("王样例") };
        CHECK_EQ(test_write(store, &t, op_put, &none), OK);
        CHECK_EQ(test_write(store, &t, op_put, &w), OK);
        w.phone = STR("+86-13800001234");
        CHECK_EQ(test_write(store, &t, op_find, &w), OK);
        CHECK_EQ(w.found.n, 2);
        CHECK_EQ(w.found.row[0], first);
        CHECK_EQ(w.found.row[1], w.person);
        w.phone = STR("13800001235");
        CHECK_EQ(test_write(store, &t, op_find, &w), OK);
        CHECK_EQ(w.found.n, 0);
        w.phone = STR("138000");
        CHECK_EQ(test_write(store, &t, op_find, &w), ERR_TYPE);
        CHECK_EQ(test_read(store, &t, op_all_looks, &w), OK);
        CHECK_EQ(w.looks.n, 2);
        CHECK_EQ(w.looks.row[0].person, 0);

        w.phone = STR("13800001234");
        for (int i = 2; i < VAULT_FINDS_PER_HOUR; i++)
                CHECK_EQ(test_write(store, &t, op_find, &w), OK);
        CHECK_EQ(test_write(store, &t, op_find, &w), ERR_RATE);
        t.ctx.actor.name = STR("b02");
        CHECK_EQ(test_write(store, &t, op_find, &w), OK);
        t.ctx.actor.name = STR("a01");
        t.ctx.now.us += US_PER_HOUR;
        CHECK_EQ(test_write(store, &t, op_find, &w), OK);
        t.ctx.town++;
        CHECK_EQ(test_write(store, &t, op_find, &w), OK);
        CHECK_EQ(w.found.n, 0);
        vault_keys_free((struct vault_keys *)(uintptr_t)w.keys);
        test_ctx_free(&t);
}

STORE_TEST(vault_erases)
{
        struct test_ctx t;
        test_ctx_init(&t);
        struct work w = { .keys = keys_of(1), .id = li, .matter = 77, .purpose = STR("回访确认") }, ghost = w;
        CHECK_EQ(test_write(store, &t, op_put, &w), OK);
        CHECK_EQ(test_write(store, &t, op_open, &w), OK);
        ghost.person = 12345;
        CHECK_EQ(test_write(store, &t, op_erase, &ghost), ERR_NONE);
        CHECK_EQ(test_write(store, &t, op_erase, &w), OK);
        struct instant when = t.ctx.now;
        t.ctx.now.us += US_PER_DAY;
        CHECK_EQ(test_write(store, &t, op_erase, &w), OK); /* twice is once */
        CHECK_EQ(test_read(store, &t, op_masked, &w), OK);
        CHECK(w.masked.erased);
        CHECK_EQ(w.masked.name.n + w.masked.phone.n + w.masked.address.n, 0);
        CHECK_STR(w.masked.erased_by, "staff:a01");
        CHECK_STR(w.masked.erased_basis, "本人要求 第四十七条");
        CHECK_EQ(w.masked.at.us, when.us);
        CHECK_EQ(test_write(store, &t, op_open, &w), ERR_NONE);
        w.phone = STR("13800001234");
        CHECK_EQ(test_write(store, &t, op_find, &w), OK);
        CHECK_EQ(w.found.n, 0);
        CHECK_EQ(test_read(store, &t, op_looks, &w), OK);
        CHECK_EQ(w.looks.n, 1); /* who looked stays known */
        CHECK_EQ(test_read(store, &t, op_count, &w), OK);
        CHECK_EQ(w.counts.sealed, 0);
        CHECK_EQ(w.counts.erased, 1);

        CHECK_EQ(test_read(store, &t, op_erasures, &w),
                 OK); /* the list, replayed onto a backup that has the person still */
        CHECK_EQ(w.erasures.n, 1);
        CHECK_EQ(test_write(store, &t, op_put, &ghost), OK);
        w.erasures.row[0].person = ghost.person;
        CHECK_EQ(test_write(store, &t, op_erase_again, &w), OK);
        CHECK_EQ(test_read(store, &t, op_masked, &ghost), OK);
        CHECK(ghost.masked.erased);
        CHECK_EQ(ghost.masked.at.us, when.us);
        vault_keys_free((struct vault_keys *)(uintptr_t)w.keys);
        test_ctx_free(&t);
}

struct factor {
        struct str box;
};
static int op_invite(struct ctx *ctx, void *arg)
{
        (void)arg;
        struct invite_given g;
        return invite_make(ctx, STR("a01"), &g);
}
static int op_totp(struct ctx *ctx, void *arg)
{
        return account_totp_on(ctx, STR("a01"), ((struct factor *)arg)->box, 1);
}

STORE_TEST(vault_rekeys_and_goes_on_where_it_stopped)
{
        enum { PERSONS = 230 };
        struct test_ctx t;
        test_ctx_init(&t);
        const char *path = key_path(&t.arena);
        struct day today = instant_day(t.ctx.now);
        struct vault_keys *one, *two;
        int64_t person[PERSONS];
        int32_t id;
        CHECK_EQ(vault_keys_make(path, t.ctx.chance, today, &t.err), OK);
        CHECK_EQ(vault_keys_load(path, &one, &t.err), OK);
        CHECK_EQ(vault_keys_add(path, t.ctx.chance, today, &id, &t.err), OK);
        CHECK_EQ(vault_keys_load(path, &two, &t.err), OK);
        struct work w = { .keys = one, .id = li, .purpose = STR("核对换钥") };
        for (int i = 0; i < PERSONS; i++) {
                CHECK_EQ(test_write(store, &t, op_put, &w), OK);
                person[i] = w.person;
        }
        struct totp_secret secret = { "01234567890123456789" };
        struct factor f;
        CHECK_EQ(test_write(store, &t, op_invite, NULL), OK);
        CHECK_EQ(account_totp_seal(&t.ctx, one, STR("a01"), &secret, &f.box), OK);
        CHECK_EQ(test_write(store, &t, op_totp, &f), OK);

        w.keys = two; /* some are sealed under the new key already */
        CHECK_EQ(test_write(store, &t, op_put, &w), OK);
        w.phone = STR("13800001234");
        CHECK_EQ(test_write(store, &t, op_find, &w), OK); /* found under either key */
        CHECK_EQ(w.found.n, 201);
        struct vault_rekeyed done;
        CHECK_EQ(vault_rekey(store, two, t.ctx.chance, TEST_TOWN, t.ctx.now, &done, &t.err), OK);
        CHECK_EQ(done.persons, PERSONS);
        CHECK_EQ(done.accounts, 1);
        CHECK_EQ(vault_rekey(store, two, t.ctx.chance, TEST_TOWN, t.ctx.now, &done, &t.err), OK);
        CHECK_EQ(done.persons + done.accounts, 0);
        CHECK_EQ(test_write(store, &t, op_find, &w), OK);
        CHECK_EQ(w.found.n, 200); /* all under one key now: a page */
        for (int i = 0; i < PERSONS; i += 57) {
                w.person = person[i];
                CHECK_EQ(test_write(store, &t, op_open, &w), OK);
                CHECK(str_eq(w.opened.note, li.note));
        }
        w.keys = one; /* the old key alone no longer opens */
        CHECK_EQ(test_write(store, &t, op_open, &w), ERR_INTERNAL);

        struct vault_keys *stranger = keys_of(99); /* its newest is key 1: everything looks old, nothing opens */
        CHECK_EQ(vault_rekey(store, stranger, t.ctx.chance, TEST_TOWN, t.ctx.now, &done, &t.err), ERR_RULE);
        CHECK_EQ(done.damaged, PERSONS + 2);
        w.keys = two;
        CHECK_EQ(test_write(store, &t, op_open, &w), OK);
        vault_keys_free(stranger);
        vault_keys_free(one);
        vault_keys_free(two);
        test_ctx_free(&t);
}
