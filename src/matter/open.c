#include "base/json.h"
#include "matter/inner/write.h"
#include "matter/matter_sql.h"

static struct str spoken(struct ctx *ctx, const struct intake *k)
{
        BUF_AUTO out = BUF(WORDS_MAX);
        struct json j = json_to(&out);
        json_open(&j);
        if (k->in.title.n)
                json_kstr(&j, "title", k->in.title);
        json_kstr(&j, "words", k->in.words);
        json_close(&j);
        return str_dup(ctx->arena, buf_view(&out));
}

/* What figures, listeners and proofs need for ever: codes, times, numbers. */
static struct str opened_body(struct ctx *ctx, const struct matter *m, const struct intake *k)
{
        BUF_AUTO out = BUF(BODY_MAX);
        struct json j = json_to(&out);
        json_open(&j);
        json_kstr(&j, "state", m->state);
        json_kstr(&j, "subject", m->subject);
        json_kstr(&j, "matched", m->matched);
        json_kstr(&j, "located", m->located);
        json_kstr(&j, "grid", m->grid);
        json_kstr(&j, "unit", m->unit);
        json_kstr(&j, "post", m->post);
        json_kstr(&j, "holder", m->holder);
        json_kstr(&j, "duty", m->duty);
        json_kint(&j, "version", m->version);
        json_kbool(&j, "urgent", m->urgent);
        json_kstr(&j, "source", m->source);
        if (k->signs.n_dangers) {
                json_kc(&j, "danger", danger_kinds[k->signs.danger[0].kind].code);
                json_kstr(&j, "alarmed", k->duty_officer ? k->duty_officer->login : m->holder);
        }
        json_kstr(&j, "clocks", m->clocks);
        json_close(&j);
        if (out.over)
                BUG("an event past its ceiling");
        return str_dup(ctx->arena, buf_view(&out));
}

static int add_row(struct ctx *ctx, const struct matter *m, const unsigned char hash[CODE_HASH_BYTES])
{
        int64_t changed = 0;
        int rc = sql_matter_add(ctx->tx,
                                &(struct sql_matter_add_in){
                                        .town = ctx->town, .id = m->id, .chain = { (const char *)m->chain, sizeof(m->chain) },
                                        .proc = m->proc, .version = m->version, .state = m->state, .open = m->open,
                                        .subject = m->subject, .matched = m->matched, .level = m->level, .urgent = m->urgent,
                                        .grid = m->grid, .path = m->path, .located = m->located, .unit = m->unit,
                                        .unit_path = m->unit_path, .assist = m->assist, .duty = m->duty, .post = m->post,
                                        .holder = m->holder, .respondent = m->respondent, .source = m->source,
                                        .person = m->person, .opened = m->opened, .due = m->due, .next_at = m->next_at,
                                        .clocks = m->clocks, .code = { (const char *)hash, CODE_HASH_BYTES } },
                                &changed);
        return rc == OK && changed == 0 ? ERR_CONFLICT : rc;
}

int matter_open(struct ctx *ctx, const struct town *t, const struct intake *k, int64_t id, const struct code *code, int64_t person)
{
        struct code same;
        unsigned char hash[CODE_HASH_BYTES];
        if (code_read((struct str){ code->text, CODE_CHARS }, &same, hash) != OK)
                BUG("a tracking code that does not read back");
        struct matter m = { .id = id, .proc = STR("request"), .state = k->state, .open = true, .person = person,
                            .respondent = k->in.respondent.p ? k->in.respondent : STR(""), .source = k->in.source,
                            .opened = ctx->now, .solved = INT32_MIN, .satisfied = INT32_MIN };
        matter_take(&m, t, k);
        matter_take_clocks(ctx, &m, &k->clocks);
        struct change c = { .kind = "opened", .body = opened_body(ctx, &m, k), .words = spoken(ctx, k), .why = k->why, .at = ctx->now };
        struct notes notes = { 0 };
        change_note(ctx, &m, &notes, &c);
        int rc = add_row(ctx, &m, hash);
        return rc == OK ? notes_write(ctx, &notes) : rc;
}
