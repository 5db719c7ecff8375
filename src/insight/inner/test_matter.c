#include "insight/inner/test_matter.h"
#include "base/json.h"
#include "matter/erase_sql.h"
#include "matter/matter_sql.h"
#include "town/town_sql.h"

static int append(struct ctx *ctx, struct matter *m, const char *kind)
{
        unsigned char hash[EVENT_HASH_BYTES];
        struct event e = { .matter = m->id,
                           .n = ++m->n,
                           .at = ctx->now,
                           .kind = str_of(kind),
                           .actor = STR("system"),
                           .body = STR("{}") };
        int rc = event_append(ctx, &e, m->chain, hash);
        memcpy(m->chain, hash, sizeof(hash));
        return rc;
}

static int add_row(struct ctx *ctx, const struct test_matter *t)
{
        const struct matter *m = &t->m;
        char code[8];
        memcpy(code, &t->id, sizeof(code));
        return sql_matter_add(ctx->tx,
                              &(struct sql_matter_add_in){ .town = ctx->town,
                                                           .id = t->id,
                                                           .chain = { (const char *)m->chain, sizeof(m->chain) },
                                                           .proc = STR("request"),
                                                           .version = 1,
                                                           .state = STR("dispatched"),
                                                           .open = true,
                                                           .subject = m->subject,
                                                           .matched = STR("choice"),
                                                           .level = STR("small"),
                                                           .grid = m->grid,
                                                           .path = m->path,
                                                           .located = STR("inside"),
                                                           .unit = m->unit,
                                                           .unit_path = m->unit,
                                                           .assist = STR(""),
                                                           .duty = STR(""),
                                                           .post = STR(""),
                                                           .holder = STR(""),
                                                           .respondent = STR(""),
                                                           .source = STR("web"),
                                                           .person = m->person,
                                                           .opened = ctx->now,
                                                           .due = INSTANT_NONE,
                                                           .next_at = INSTANT_NONE,
                                                           .clocks = m->clocks,
                                                           .code = { code, sizeof(code) } });
}

static int add_entry(struct ctx *ctx, const struct test_matter *t)
{
        BUF_AUTO out = BUF(65536);
        struct json j = json_to(&out);
        if (!t->words)
                return OK;
        json_open(&j);
        if (t->title)
                json_kc(&j, "title", t->title);
        json_kc(&j, "words", t->words);
        json_close(&j);
        return sql_matter_entry_add(
                ctx->tx,
                &(struct sql_matter_entry_add_in){
                        .town = ctx->town, .matter = t->id, .n = 1, .salt = STR("salt"), .words = buf_view(&out) },
                NULL);
}

static int open_op(struct ctx *ctx, void *arg)
{
        struct test_matter *t = arg;
        t->m = (struct matter){ .id = t->id,
                                .unit = str_of(t->unit ? t->unit : ""),
                                .grid = str_of(t->grid ? t->grid : ""),
                                .subject = str_of(t->subject ? t->subject : ""),
                                .path = str_of("town/grid"),
                                .open = true,
                                .clocks = str_of(t->clocks ? t->clocks : "1"),
                                .person = t->anonymous ? MATTER_ANONYMOUS : 7,
                                .opened = ctx->now,
                                .solved = INT32_MIN,
                                .satisfied = INT32_MIN,
                                .rev = 1,
                                .contacted = INSTANT_NONE,
                                .answered = INSTANT_NONE,
                                .closed = INSTANT_NONE };
        int rc = sql_town_head_put(ctx->tx, &(struct sql_town_head_put_in){ .town = ctx->town, .version = 1 }, NULL);
        if (rc == OK)
                rc = append(ctx, &t->m, "opened");
        if (rc == OK)
                rc = add_row(ctx, t);
        return rc == OK ? add_entry(ctx, t) : rc;
}

void test_matter_open(struct store *store, struct test_ctx *c, struct test_matter *t)
{
        CHECK_EQ(test_write(store, c, open_op, t), OK);
}

struct step_arg {
        struct test_matter *t;
        const char *kind;
};

static int save_row(struct ctx *ctx, const struct matter *m)
{
        return sql_matter_save(ctx->tx,
                               &(struct sql_matter_save_in){ .town = ctx->town,
                                                             .id = m->id,
                                                             .rev = m->n - 1,
                                                             .n = m->n,
                                                             .chain = { (const char *)m->chain, sizeof(m->chain) },
                                                             .version = 1,
                                                             .state = STR("working"),
                                                             .open = m->open,
                                                             .subject = m->subject,
                                                             .matched = STR("choice"),
                                                             .level = STR("small"),
                                                             .grid = m->grid,
                                                             .path = m->path,
                                                             .located = STR("inside"),
                                                             .unit = m->unit,
                                                             .unit_path = m->unit,
                                                             .assist = STR(""),
                                                             .duty = STR(""),
                                                             .post = STR(""),
                                                             .holder = STR(""),
                                                             .person = m->person,
                                                             .due = INSTANT_NONE,
                                                             .next_at = INSTANT_NONE,
                                                             .clocks = m->clocks,
                                                             .signed_at = INSTANT_NONE,
                                                             .contacted_at = m->contacted,
                                                             .answered_at = m->answered,
                                                             .closed_at = m->closed,
                                                             .solved = m->solved,
                                                             .satisfied = m->satisfied });
}

static int step_op(struct ctx *ctx, void *arg)
{
        struct step_arg *s = arg;
        int rc = append(ctx, &s->t->m, s->kind);
        if (rc == OK)
                rc = save_row(ctx, &s->t->m);
        if (rc == OK && strcmp(s->kind, "erased") == 0)
                rc = sql_matter_entry_erase(ctx->tx,
                                            &(struct sql_matter_entry_erase_in){
                                                    .town = ctx->town, .matter = s->t->id, .erased = STR("staff: x") },
                                            NULL);
        return rc;
}

void test_matter_step(struct store *store, struct test_ctx *c, struct test_matter *t, const char *kind)
{
        struct step_arg s = { t, kind };
        CHECK_EQ(test_write(store, c, step_op, &s), OK);
}

static int seal_op(struct ctx *ctx, void *arg)
{
        return event_seal(ctx, 4096, arg);
}

void test_seal(struct store *store, struct test_ctx *c)
{
        int n = 0;
        CHECK_EQ(test_write(store, c, seal_op, &n), OK);
}
