/* Three towns in one store: handed over, refused, ruled on, chased, forgotten. */
#include <sodium.h>
#include "matter/matter_test_util.h"
#include "parcel/carry.h"

#define TOWN_A "110101002000"
#define TOWN_B "110101003000"
#define TOWN_D "110101000009"

struct world {
        struct store *store;
        struct test_ctx c;
        struct vault_keys *keys;
        struct shelf *shelf;
        struct parcel_config config;
        struct town *a, *b, *d;
};

/* ---- the world ---------------------------------------------------------------------------------------------------- */

static const char *neighbour_row(struct world *w, const char *code, const char *name, const char *superior)
{
        char key[PARCEL_KEY_TEXT];
        parcel_public_text(parcel_secret_of(&w->config, str_of(code)), key);
        return arena_printf(&w->c.arena, "  - {code: \"%s\", name: {zh: %s, en: %s}, key: \"%s\"%s%s%s}\n", code, name, name, key,
                            superior ? ", superior: \"" : "", superior ? superior : "", superior ? "\"" : "");
}

static struct town *make_town(struct world *w, const char *code, const char *neighbours)
{
        ARENA_AUTO a = { 0 };
        struct folder *fo = arena_new(&a, struct folder);
        small_folder(&a, NULL, fo);
        const struct folder_file *f = folder_find(fo, "town.yaml");
        const char *yaml = arena_printf(&a, "code: \"%s\"%.*s", code, (int)(f->text.n - 20), f->text.p + 20);
        struct town_file change[] = { { "town.yaml", yaml }, { "neighbours.yaml", neighbours }, { 0 } };
        return load_small(w->store, &w->c, change);
}

static void add_secret(struct world *w, const char *code)
{
        unsigned char unused[crypto_sign_PUBLICKEYBYTES];
        struct parcel_secret *s = &w->config.secret[w->config.n_secrets++];
        s->town = str_of(code);
        crypto_sign_keypair(unused, s->secret);
}

static void open_world(struct world *w, struct store *store)
{
        *w = (struct world){ .store = store };
        test_ctx_init(&w->c);
        w->c.ctx.arena = &w->c.arena;
        w->config.every = 60;
        add_secret(w, TOWN_A);
        add_secret(w, TOWN_B);
        add_secret(w, TOWN_D);
        struct arena *a = &w->c.arena;
        CHECK_EQ(vault_keys_in_memory(w->c.ctx.chance, &w->keys), OK);
        w->d = make_town(w, TOWN_D, arena_printf(a, "neighbours:\n%s%s", neighbour_row(w, TOWN_A, "甲", NULL), neighbour_row(w, TOWN_B, "乙", NULL)));
        w->b = make_town(w, TOWN_B, arena_printf(a, "neighbours:\n%s%s", neighbour_row(w, TOWN_A, "甲", TOWN_D), neighbour_row(w, TOWN_D, "上", NULL)));
        w->a = make_town(w, TOWN_A, arena_printf(a, "neighbours:\n%s%s", neighbour_row(w, TOWN_B, "乙", TOWN_D), neighbour_row(w, TOWN_D, "上", NULL)));
        CHECK_EQ(w->a->neighbours.n, 2);
        w->shelf = shelf_new(store);
}

static void close_world(struct world *w)
{
        shelf_free(w->shelf);
        town_unref(w->a);
        town_unref(w->b);
        town_unref(w->d);
        vault_keys_free(w->keys);
        test_ctx_free(&w->c);
}

static void at(struct world *w, const struct town *t)
{
        w->c.ctx.town = t->id;
}

/* One pass for town A; how many were asked. */
static int carry_at(struct world *w)
{
        struct parcel_carrier c = { .config = &w->config, .store = w->store, .shelf = w->shelf, .keys = w->keys, .holder = STR("test") };
        int n;
        at(w, w->a);
        w->c.ctx.actor = (struct actor){ ACTOR_SYSTEM, STR("") };
        int rc = parcels_carry(&c, &w->c.ctx, &n);
        if (rc != OK)
                fail_msg("a pass fails: %s", w->c.err.en);
        return n;
}

/* Passes until nothing is left to be asked now, with a minute between. */
static void carry_all(struct world *w)
{
        for (int i = 0; i < 20; i++) {
                carry_at(w);
                w->c.ctx.now.us += 61 * US_PER_SECOND;
        }
}

struct lookup {
        struct code *code;
        int64_t id;
        struct matter m;
        struct parcel_out out;
        struct matter_passage pass;
        struct matter_check check;
        struct identity who;
        struct vault_keys *keys;
        int64_t person;
};

static int by_code_op(struct ctx *ctx, void *arg)
{
        struct lookup *l = arg;
        return matter_by_code(ctx, (struct str){ l->code->text, CODE_CHARS }, &l->m);
}

static int out_op(struct ctx *ctx, void *arg)
{
        struct lookup *l = arg;
        int rc = parcel_out_last(ctx, l->id, &l->out);
        return rc == OK ? matter_passage_get(ctx, l->id, &l->pass) : rc;
}

static int verify_op(struct ctx *ctx, void *arg)
{
        return matter_verify(ctx, &((struct lookup *)arg)->check);
}

static int contact_op(struct ctx *ctx, void *arg)
{
        struct lookup *l = arg;
        struct identity id = { STR("张三丰"), STR("13800005678"), STR(""), STR(""), STR(""), { l->code->text, CODE_CHARS } };
        return vault_put(l->keys, ctx, &id, STR("statutory_duty"), STR("contact"), &l->person);
}

/* The matter with this code in that town; id 0 = none. */
static struct matter there(struct world *w, const struct town *t, struct code *code)
{
        struct lookup l = { .code = code };
        at(w, t);
        int rc = test_read(w->store, &w->c, by_code_op, &l);
        return rc == OK ? l.m : (struct matter){ .state = STR("") };
}

static struct parcel_out out_of(struct world *w, int64_t id, struct matter_passage *ret)
{
        struct lookup l = { .id = id };
        at(w, w->a);
        CHECK_EQ(test_read(w->store, &w->c, out_op, &l), OK);
        if (ret)
                *ret = l.pass;
        return l.out;
}

static void well(struct world *w)
{
        const struct town *all[] = { w->a, w->b, w->d };
        for (size_t i = 0; i < COUNT(all); i++) {
                struct lookup l = { 0 };
                at(w, all[i]);
                if (test_read(w->store, &w->c, verify_op, &l) != OK)
                        fail_msg("town %lld: %s", (long long)all[i]->id, w->c.err.en);
        }
}

#define HAND_OVER "town=" TOWN_B "|reason=路灯归乙镇管|word=路灯归乙镇管，已转去"

struct opening_ours {
        const struct town *t;
        const struct intake_in *in;
        int64_t id, person;
        struct code code;
};

static int open_op(struct ctx *ctx, void *arg)
{
        struct opening_ours *o = arg;
        struct intake k;
        int rc = intake_decide(ctx, o->t, o->in, &k);
        return rc == OK ? matter_open(ctx, o->t, &k, o->id, &o->code, o->person) : rc;
}

/* A matter in town A, with a contact, handed over to B. */
static int64_t handed(struct world *w, struct code *ret_code)
{
        struct intake_in in = say_at("路灯不亮了", 39.905, 116.405);
        struct opening_ours o = { .t = w->a, .in = &in, .id = id_next(&w->c.ids, w->c.ctx.now), .code = code_new(w->c.ctx.now, w->c.ctx.chance) };
        struct lookup l = { .code = &o.code, .keys = w->keys };
        at(w, w->a);
        in.anonymous = false;
        CHECK_EQ(test_write(w->store, &w->c, contact_op, &l), OK);
        o.person = l.person;
        CHECK_EQ(test_write(w->store, &w->c, open_op, &o), OK);
        CHECK_EQ(act_as(w->store, &w->c, w->a, o.id, "diaodu1", "hand_over", HAND_OVER, NULL), OK);
        *ret_code = o.code;
        return o.id;
}

static int do_at(struct world *w, const struct town *t, int64_t id, const char *who, const char *action, const char *form)
{
        at(w, t);
        return act_as(w->store, &w->c, t, id, who, action, form, NULL);
}

/* ---- stories ------------------------------------------------------------------------------------------------------ */

STORE_TEST(taken_by_the_other_town)
{
        struct world w;
        struct code code;
        struct matter_passage pass;
        open_world(&w, store);
        int64_t id = handed(&w, &code);
        struct matter before = get_one(store, &w.c, id);
        CHECK_STR(before.state, "handing");
        CHECK_EQ(carry_at(&w), 1);
        struct matter m = there(&w, w.b, &code);
        CHECK_STR(m.state, "arrived");
        CHECK_EQ(m.due.us, before.due.us);
        CHECK_EQ(m.opened.us, before.opened.us);
        CHECK_STR(m.unit, "desk");
        CHECK(m.person != MATTER_ANONYMOUS);
        CHECK_EQ(carry_at(&w), 0); /* not every second */
        w.c.ctx.now.us += 61 * US_PER_SECOND;
        CHECK_EQ(carry_at(&w), 1); /* asked again: nothing twice */
        CHECK_EQ(there(&w, w.b, &code).id, m.id);
        CHECK_EQ(do_at(&w, w.b, m.id, "diaodu1", "accept", "reason=归我镇管"), OK);
        carry_all(&w);
        at(&w, w.a);
        CHECK_STR(get_one(store, &w.c, id).state, "handed_over");
        struct parcel_out out = out_of(&w, id, &pass);
        CHECK_EQ(out.stage, STAGE_FOLLOW);
        CHECK_EQ(out.there, m.id);
        CHECK(!pass.underway);
        CHECK_STR(pass.to, TOWN_B);
        m = there(&w, w.b, &code);
        CHECK_STR(m.state, "dispatched");
        CHECK_STR(m.unit, "cgb");
        CHECK_EQ(m.due.us, before.due.us);
        /* never to and fro */
        CHECK_EQ(do_at(&w, w.b, m.id, "diaodu1", "hand_over", "town=" TOWN_A "|reason=还是甲镇的|word=转回甲镇办理"), ERR_RULE);
        CHECK_STR(str_of(w.c.err.field), "town");
        well(&w);
        close_world(&w);
}

/* Refused by B, and the superior rules: B takes it and is not asked again; what the superior had is forgotten. */
STORE_TEST(ordered_by_the_superior)
{
        struct world w;
        struct code code;
        open_world(&w, store);
        int64_t id = handed(&w, &code);
        carry_at(&w);
        struct matter m = there(&w, w.b, &code);
        CHECK_EQ(do_at(&w, w.b, m.id, "diaodu1", "turn_down", "reason=不属乙镇管护"), OK);
        CHECK_STR(there(&w, w.b, &code).state, "turned_down");
        carry_all(&w);
        struct matter up = there(&w, w.d, &code);
        CHECK_STR(up.state, "disputed");
        CHECK_EQ(up.person, MATTER_ANONYMOUS); /* who only rules needs no contact */
        CHECK_EQ(do_at(&w, w.a, id, "diaodu1", "decline", "reason=不是我们的事|basis=无依据|elsewhere=乙镇"), ERR_STATE);
        CHECK_EQ(do_at(&w, w.d, up.id, "diaodu1", "rule", "taker=receiver|reason=该灯杆登记在乙镇"), OK);
        carry_all(&w);
        m = there(&w, w.b, &code);
        CHECK_STR(m.state, "placing");
        CHECK(m.person != MATTER_ANONYMOUS);
        CHECK_EQ(do_at(&w, w.b, m.id, "diaodu1", "turn_down", "reason=还是不属乙镇"), ERR_STATE);
        at(&w, w.a);
        CHECK_STR(get_one(store, &w.c, id).state, "handed_over");
        struct lookup l = { .id = up.id };
        at(&w, w.d);
        CHECK_EQ(get_one(store, &w.c, up.id).open, false);
        CHECK_EQ(do_at(&w, w.b, m.id, "diaodu1", "dispatch", "reason=灯杆在城管办辖区|unit=cgb"), OK);
        well(&w);
        (void)l;
        close_world(&w);
}

STORE_TEST(kept_by_the_sender)
{
        struct world w;
        struct code code;
        struct matter_passage pass;
        open_world(&w, store);
        int64_t id = handed(&w, &code);
        carry_at(&w);
        CHECK_EQ(do_at(&w, w.b, there(&w, w.b, &code).id, "diaodu1", "turn_down", "reason=不属乙镇管护"), OK);
        carry_all(&w);
        CHECK_EQ(do_at(&w, w.d, there(&w, w.d, &code).id, "diaodu1", "rule", "taker=sender|reason=该灯杆登记在甲镇"), OK);
        carry_all(&w);
        at(&w, w.a);
        struct matter m = get_one(store, &w.c, id);
        CHECK_STR(m.state, "dispatched");
        CHECK(m.open);
        struct parcel_out out = out_of(&w, id, &pass);
        CHECK_EQ(out.stage, STAGE_BACK);
        CHECK(instant_is_none(out.next_at));
        CHECK_STR(pass.to, "");
        /* nobody is asked twice, and the others forgot what they had */
        CHECK_EQ(do_at(&w, w.a, id, "diaodu1", "hand_over", HAND_OVER), ERR_RULE);
        CHECK_EQ(there(&w, w.b, &code).person, MATTER_ANONYMOUS);
        well(&w);
        close_world(&w);
}

STORE_TEST(taken_by_the_superior)
{
        struct world w;
        struct code code;
        open_world(&w, store);
        int64_t id = handed(&w, &code);
        carry_at(&w);
        CHECK_EQ(do_at(&w, w.b, there(&w, w.b, &code).id, "diaodu1", "turn_down", "reason=不属乙镇管护"), OK);
        carry_all(&w);
        CHECK_EQ(do_at(&w, w.d, there(&w, w.d, &code).id, "diaodu1", "rule", "taker=self|reason=区里直接办"), OK);
        carry_all(&w);
        struct matter m = there(&w, w.d, &code);
        CHECK_STR(m.state, "placing");
        CHECK(m.person != MATTER_ANONYMOUS);
        at(&w, w.a);
        CHECK_STR(get_one(store, &w.c, id).state, "handed_over");
        CHECK_EQ(there(&w, w.b, &code).person, MATTER_ANONYMOUS);
        well(&w);
        close_world(&w);
}

struct ringing {
        const struct town *t;
        int64_t id;
        int alarms;
};

static int ring_op(struct ctx *ctx, void *arg)
{
        struct ringing *r = arg;
        return matter_ring(ctx, r->t, r->id, &r->alarms);
}

/* Nobody there decides: both sides are reminded, and it goes up. */
STORE_TEST(chased_by_the_clock)
{
        struct world w;
        struct code code;
        open_world(&w, store);
        int64_t id = handed(&w, &code);
        carry_at(&w);
        struct matter m = there(&w, w.b, &code);
        at(&w, w.a);
        int32_t raised = get_one(store, &w.c, id).raised;
        w.c.ctx.now.us += 25 * US_PER_HOUR;
        struct ringing ours = { w.a, id, 0 }, theirs = { w.b, m.id, 0 };
        CHECK_EQ(test_write(store, &w.c, ring_op, &ours), OK);
        at(&w, w.b);
        CHECK_EQ(test_write(store, &w.c, ring_op, &theirs), OK);
        CHECK(ours.alarms >= 3 && theirs.alarms >= 3);
        at(&w, w.a);
        CHECK(get_one(store, &w.c, id).raised > raised);
        CHECK_STR(get_one(store, &w.c, id).state, "handing");
        well(&w);
        close_world(&w);
}

/* A town that cannot be reached, and comes back. */
STORE_TEST(tried_until_it_arrives)
{
        struct world w;
        struct code code;
        open_world(&w, store);
        int64_t id = handed(&w, &code);
        size_t n = w.config.n_secrets;
        w.config.n_secrets = 1; /* B has no key yet */
        for (int i = 0; i < 8; i++) {
                carry_at(&w);
                w.c.ctx.now.us += PARCEL_WAIT_MAX * US_PER_SECOND;
        }
        struct parcel_out out = out_of(&w, id, NULL);
        CHECK(out.tries >= 5 && out.error.n);
        CHECK(parcel_error_say(out.error).zh[0] && parcel_error_say(out.error).en[0]);
        CHECK(out.next_at.us - w.c.ctx.now.us <= PARCEL_WAIT_MAX * US_PER_SECOND);
        w.config.n_secrets = n;
        w.c.ctx.now.us += PARCEL_WAIT_MAX * US_PER_SECOND;
        carry_at(&w);
        out = out_of(&w, id, NULL);
        CHECK_STR(out.error, "");
        CHECK_EQ(out.tries, 0);
        CHECK_STR(there(&w, w.b, &code).state, "arrived");
        close_world(&w);
}

/* ---- seals -------------------------------------------------------------------------------------------------------- */

struct bringing {
        struct world *w;
        const struct town *t;
        struct str from, box, answer;
};

static int take_op(struct ctx *ctx, void *arg)
{
        struct bringing *b = arg;
        return parcel_take(ctx, b->t, &b->w->config, b->w->keys, b->from, b->box, &b->answer);
}

static int bring(struct world *w, const struct town *t, const char *from, struct str box)
{
        struct bringing b = { w, t, str_of(from), box, { 0 } };
        at(w, t);
        return test_write(w->store, &w->c, take_op, &b);
}

static struct str sealed(struct world *w, const char *from, const struct neighbour *to, const char *json)
{
        struct str box;
        CHECK_EQ(parcel_seal(&w->c.arena, parcel_secret_of(&w->config, str_of(from)), to, str_of(json), &box), OK);
        return box;
}

STORE_TEST(only_for_whom_it_is_sealed)
{
        static const char ask[] = "{\"kind\":\"parcel\",\"id\":\"1-1\",\"nonce\":\"0123456789abcdef\",\"over\":false,\"full\":false}";
        struct world w;
        open_world(&w, store);
        const struct neighbour *to_b = neighbour_find(&w.a->neighbours, STR(TOWN_B));
        struct str box = sealed(&w, TOWN_A, to_b, ask);
        CHECK_EQ(bring(&w, w.b, TOWN_A, box), OK);
        CHECK_EQ(bring(&w, w.d, TOWN_A, box), ERR_RULE);      /* replayed to the wrong town */
        CHECK_STR(str_of(w.c.err.field), "box");
        CHECK_EQ(bring(&w, w.b, TOWN_D, box), ERR_RULE);      /* somebody else says it is theirs */
        CHECK_EQ(bring(&w, w.b, "110101009999", box), ERR_UNKNOWN);
        char *bent = arena_strndup(&w.c.arena, box.p, box.n);
        for (size_t i = 0; i < box.n; i += 7) {
                char was = bent[i];
                bent[i] = was == 'A' ? 'B' : 'A';
                CHECK_EQ(bring(&w, w.b, TOWN_A, (struct str){ bent, box.n }), ERR_RULE);
                bent[i] = was;
        }
        CHECK_EQ(bring(&w, w.b, TOWN_A, sealed(&w, TOWN_A, to_b, "{\"kind\":\"parcel\"}")), ERR_BAD);
        CHECK_EQ(bring(&w, w.b, TOWN_A, sealed(&w, TOWN_A, to_b, "")), ERR_BAD);
        close_world(&w);
}

/* An order that the superior never gave: signed by the sender itself. */
STORE_TEST(no_order_but_the_superiors)
{
        struct world w;
        struct parcel p = { .id = STR("7-1"), .nonce = "0123456789abcdef", .full = true, .edition = 1, .how = STR("order"), .title = STR(""),
                            .words = STR("路灯不亮"), .note = STR(""), .subject = STR(""), .clocks = STR("1"), .route = STR(TOWN_A), .other = STR(""),
                            .opened = { 1767574800000000 }, .accuracy_m = -1 };
        open_world(&w, store);
        const struct neighbour *to_b = neighbour_find(&w.a->neighbours, STR(TOWN_B));
        p.ruling = (struct parcel_ruling){ .by = STR(TOWN_D), .sender = STR(TOWN_A), .parcel = p.id, .taker = STR(TOWN_B), .at = p.opened };
        parcel_ruling_sign(parcel_secret_of(&w.config, STR(TOWN_A)), &p.ruling);
        CHECK_EQ(bring(&w, w.b, TOWN_A, sealed(&w, TOWN_A, to_b, str_c(&w.c.arena, parcel_write(&w.c.arena, &p)))), ERR_RULE);
        parcel_ruling_sign(parcel_secret_of(&w.config, STR(TOWN_D)), &p.ruling);
        CHECK_EQ(bring(&w, w.b, TOWN_A, sealed(&w, TOWN_A, to_b, str_c(&w.c.arena, parcel_write(&w.c.arena, &p)))), OK);
        p.id = STR("8-1"); /* a ruling about another parcel */
        p.code[0] = 9;
        CHECK_EQ(bring(&w, w.b, TOWN_A, sealed(&w, TOWN_A, to_b, str_c(&w.c.arena, parcel_write(&w.c.arena, &p)))), ERR_RULE);
        close_world(&w);
}
