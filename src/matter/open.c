#include "base/json.h"
#include "matter/inner/placing.h"
#include "matter/inner/passage.h"
#include "matter/inner/told.h"
#include "matter/files.h"
#include "matter/inner/order.h"
#include "matter/inner/write.h"
#include "matter/matter_sql.h"

static struct str spoken(struct ctx *ctx, const struct intake *k, const struct arrival *a)
{
        BUF_AUTO out = BUF(WORDS_MAX);
        struct json j = json_to(&out);
        json_open(&j);
        if (k->in.title.n)
                json_kstr(&j, "title", k->in.title);
        json_kstr(&j, "words", k->in.words);
        if (k->in.said.n)
                json_kstr(&j, "said", k->in.said);
        if (k->in.group.n)
                json_kstr(&j, "group", k->in.group);
        if (k->in.unlearned)
                json_kbool(&j, "unlearned", true);
        if (a && a->note.n)
                json_kstr(&j, "handover", a->note);
        json_close(&j);
        return str_dup(ctx->arena, buf_view(&out));
}

/* What figures, listeners and proofs need for ever: codes, times, numbers. */
static struct str opened_body(struct ctx *ctx, const struct matter *m, const struct intake *k, const struct matter_files *files, const struct arrival *a)
{
        BUF_AUTO out = BUF(EVENT_BODY_MAX);
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
        if (k->in.read_back != READ_BACK_NOT_ASKED)
                json_kbool(&j, "read_back", k->in.read_back == READ_BACK_YES);
        if (k->in.batch.n) { /* the event is dated by the receipt: it says itself that it was written later */
                json_kstr(&j, "import", k->in.batch);
                json_kinstant(&j, "taken_in", k->in.taken_in);
        }
        if (k->signs.n_dangers) {
                json_kc(&j, "danger", danger_kinds[k->signs.danger[0].kind].code);
                json_kstr(&j, "alarmed", k->duty_officer ? k->duty_officer->login : m->holder);
        }
        placing_opened_body(&j, m);
        told_body(&j, k->notify);
        if (k->in.order)
                order_body(&j, k->in.order);
        json_kstr(&j, "clocks", m->clocks);
        if (a) {
                struct matter_passage p = { .to = STR(""), .tried = STR(""), .route = a->route };
                json_kinstant(&j, "received", a->opened);
                passage_body(&j, &p);
        }
        if (files)
                matter_files_body(&j, files);
        json_close(&j);
        if (out.over)
                BUG("an event past its ceiling");
        return str_dup(ctx->arena, buf_view(&out));
}

/* The row, its event and what was written beside it. */
struct matter_draft {
        struct sql_matter_add_in row;
        struct notes notes;
        struct matter m;
        unsigned char code[CODE_HASH_BYTES];
        const struct matter_files *files; /* NULL: none */
};

static struct sql_matter_add_in row_of(int64_t town, const struct matter_draft *d)
{
        const struct matter *m = &d->m;
        return (struct sql_matter_add_in){
                .town = town, .id = m->id, .chain = { (const char *)m->chain, sizeof(m->chain) }, .proc = m->proc,
                .version = m->version, .state = m->state, .open = m->open, .subject = m->subject, .matched = m->matched,
                .level = m->level, .urgent = m->urgent, .grid = m->grid, .path = m->path, .located = m->located,
                .unit = m->unit, .unit_path = m->unit_path, .assist = m->assist, .duty = m->duty, .post = m->post,
                .holder = m->holder, .respondent = m->respondent, .source = m->source, .person = m->person,
                .opened = m->opened, .due = m->due, .next_at = m->next_at, .clocks = m->clocks,
                .code = { (const char *)d->code, CODE_HASH_BYTES }, .files = m->files,
                .place_call = m->place_call, .householder = m->householder
        };
}

static void draft(struct ctx *ctx, const struct town *t, const struct intake *k, int64_t id, int64_t person, const struct matter_files *files,
                  const struct arrival *a, struct matter_draft *d)
{
        d->m = (struct matter){ .id = id, .proc = STR("request"), .state = k->state, .open = true, .person = person,
                                .respondent = k->in.respondent.p ? k->in.respondent : STR(""), .source = k->in.source,
                                .opened = a ? a->opened : ctx->now, .solved = INT32_MIN, .satisfied = INT32_MIN,
                                .returned_at = INSTANT_NONE, .ruled_at = INSTANT_NONE, .upheld = INT32_MIN,
                                .cause = MATTER_NO_CAUSE,
                                .householder = k->in.householder > 0 ? k->in.householder : MATTER_ANONYMOUS,
                                .place_call = k->suggested && !k->place && person != MATTER_ANONYMOUS,
                                .tasks_next = INSTANT_NONE, .called = STR("") };
        d->files = files;
        d->m.files = files ? (int32_t)files->n : 0;
        matter_take(&d->m, t, k);
        matter_take_clocks(ctx, &d->m, &k->clocks);
        struct change c = { .kind = "opened", .body = opened_body(ctx, &d->m, k, files, a), .words = spoken(ctx, k, a), .why = k->why, .at = ctx->now };
        change_note(ctx, &d->m, &d->notes, &c);
        d->row = row_of(ctx->town, d);
}

const struct matter_draft *matter_draft(struct ctx *ctx, const struct town *t, const struct intake *k, int64_t id, const struct code *code,
                                        int64_t person, const struct matter_files *files)
{
        struct code same;
        struct matter_draft *d = arena_new(ctx->arena, struct matter_draft);
        if (code_read((struct str){ code->text, CODE_CHARS }, &same, d->code) != OK)
                BUG("a tracking code that does not read back");
        draft(ctx, t, k, id, person, files, NULL, d);
        return d;
}

const struct matter_draft *matter_draft_arrived(struct ctx *ctx, const struct town *t, const struct intake *k, int64_t id, int64_t person,
                                                const struct arrival *a)
{
        struct matter_draft *d = arena_new(ctx->arena, struct matter_draft);
        memcpy(d->code, a->code, CODE_HASH_BYTES);
        draft(ctx, t, k, id, person, NULL, a, d);
        return d;
}

int matter_open_draft(struct ctx *ctx, const struct matter_draft *d)
{
        int rc = sql_matter_add(ctx->tx, &d->row);
        if (rc == OK)
                rc = notes_write(ctx, &d->notes);
        return rc == OK && d->files ? matter_files_take(ctx, d->m.id, d->m.n, d->files, true) : rc;
}

int matter_open(struct ctx *ctx, const struct town *t, const struct intake *k, int64_t id, const struct code *code, int64_t person)
{
        return matter_open_draft(ctx, matter_draft(ctx, t, k, id, code, person, NULL));
}
