#include "matter/inner/write.h"
#include <sodium.h>
#include "base/json.h"
#include "matter/inner/erase.h"
#include "matter/matter_sql.h"
#include "people/audit.h"

struct str words_hash(struct arena *a, struct str salt, struct str words, struct str why)
{
        unsigned char hash[16];
        crypto_generichash_state h;
        crypto_generichash_init(&h, (const unsigned char *)salt.p, salt.n, sizeof(hash));
        crypto_generichash_update(&h, (const unsigned char *)words.p, words.n);
        crypto_generichash_update(&h, (const unsigned char *)"", 1);
        crypto_generichash_update(&h, (const unsigned char *)why.p, why.n);
        crypto_generichash_final(&h, hash, sizeof(hash));
        char *hex = arena_raw(a, 2 * sizeof(hash) + 1);
        sodium_bin2hex(hex, 2 * sizeof(hash) + 1, hash, sizeof(hash));
        return (struct str){ hex, 2 * sizeof(hash) };
}

struct note {
        struct event e;
        unsigned char hash[EVENT_HASH_BYTES], salt[SALT_BYTES];
        struct str words, why;
        struct note *next;
};

static struct str said_body(struct ctx *ctx, const struct note *n, struct str body)
{
        struct str salt = { (const char *)n->salt, sizeof(n->salt) };
        struct str hash = words_hash(ctx->arena, salt, n->words, n->why);
        return str_printf(ctx->arena, "{\"said\":\"" STR_FMT "\"%s" STR_FMT, STR_ARG(hash), body.n > 2 ? "," : "", (int)(body.n - 1),
                          body.p + 1);
}

void change_note(struct ctx *ctx, struct matter *m, struct notes *notes, const struct change *c)
{
        struct note *n = arena_new(ctx->arena, struct note);
        n->words = c->words;
        n->why = c->why;
        n->e = (struct event){ .matter = m->id, .n = ++m->n, .at = c->at, .kind = str_of(c->kind), .actor = actor_text(ctx->arena, ctx->actor),
                               .body = c->body };
        if (c->words.n || c->why.n) {
                chance_fill(ctx->chance, n->salt, sizeof(n->salt));
                n->e.body = said_body(ctx, n, c->body);
        }
        event_hash(ctx->town, &n->e, m->chain, m->chain);
        memcpy(n->hash, m->chain, sizeof(n->hash));
        *(notes->first ? &notes->last->next : &notes->first) = n;
        notes->last = n;
}

static int add_entry(struct ctx *ctx, const struct note *n)
{
        if (n->words.n == 0 && n->why.n == 0)
                return OK;
        return sql_matter_entry_add(ctx->tx,
                                    &(struct sql_matter_entry_add_in){ .town = ctx->town, .matter = n->e.matter, .n = n->e.n,
                                                                       .salt = { (const char *)n->salt, sizeof(n->salt) },
                                                                       .words = n->words, .why = n->why },
                                    NULL);
}

int notes_write(struct ctx *ctx, const struct notes *notes)
{
        int rc = OK;
        for (const struct note *n = notes->first; n && rc == OK; n = n->next) {
                rc = add_entry(ctx, n);
                if (rc == OK)
                        rc = event_put(ctx, &n->e, n->hash);
        }
        return rc;
}

void moved_body(struct json *j, struct str before, struct str after)
{
        struct clock_set was, is;
        bool whole = clock_set_parse(before, &was) == OK && clock_set_parse(after, &is) == OK;
        json_key(j, "moved");
        json_list(j);
        for (size_t i = 0; whole && i < is.n; i++) {
                const struct clock *old = clock_set_find(&was, is.row[i].code);
                if (!old || old->due.us == is.row[i].due.us)
                        continue;
                json_open(j);
                json_kstr(j, "clock", is.row[i].code);
                json_kinstant(j, "from", old->due);
                json_kinstant(j, "to", is.row[i].due);
                json_close(j);
        }
        json_end(j);
}

void matter_take_clocks(struct ctx *ctx, struct matter *m, const struct clock_set *set)
{
        char text[CLOCKS_TEXT_MAX];
        size_t n = clock_set_write(set, text);
        m->clocks = str_dup(ctx->arena, (struct str){ text, n });
        m->next_at = m->open ? clock_set_next(set) : INSTANT_NONE;
        if (m->open && !instant_is_none(m->tasks_next) && (instant_is_none(m->next_at) || m->tasks_next.us < m->next_at.us))
                m->next_at = m->tasks_next; /* one index serves them all */
        m->due = promised_due(set);
}

void matter_take(struct matter *m, const struct town *t, const struct intake *k)
{
        m->version = t->version;
        m->subject = k->subject ? k->subject->code : STR("");
        m->matched = str_of(match_how_name(k->match.how));
        m->level = k->subject ? str_of(subject_level_name(k->subject->level)) : STR("small");
        m->urgent = m->urgent || k->urgent;
        m->grid = k->at.grid.p ? k->at.grid : STR("");
        m->path = k->path;
        m->located = str_of(located_name(k->at.how));
        m->unit = k->unit->code;
        m->unit_path = k->unit->path;
        m->assist = k->assist.p ? k->assist : STR("");
        m->duty = k->duty ? k->duty->code : STR("");
        m->post = k->post.post.p ? k->post.post : STR("");
        m->holder = k->post.login.p ? k->post.login : STR("");
}

static bool said_anything(const struct notes *notes)
{
        for (const struct note *n = notes->first; n; n = n->next)
                if (n->words.n)
                        return true;
        return false;
}

int matter_save(struct ctx *ctx, struct matter *m, const struct notes *notes)
{
        int rc = sql_matter_save(ctx->tx,
                                 &(struct sql_matter_save_in){
                                         .town = ctx->town, .id = m->id, .rev = m->rev, .n = m->n,
                                         .chain = { (const char *)m->chain, sizeof(m->chain) }, .version = m->version,
                                         .state = m->state, .open = m->open, .subject = m->subject, .matched = m->matched,
                                         .level = m->level, .urgent = m->urgent, .grid = m->grid, .path = m->path,
                                         .located = m->located, .unit = m->unit, .unit_path = m->unit_path,
                                         .assist = m->assist, .duty = m->duty, .post = m->post, .holder = m->holder,
                                         .raised = m->raised, .person = m->person, .due = m->due, .next_at = m->next_at,
                                         .clocks = m->clocks, .signed_at = m->signed_at, .contacted_at = m->contacted,
                                         .answered_at = m->answered, .closed_at = m->closed, .solved = m->solved,
                                         .satisfied = m->satisfied, .returned_by = m->returned_by,
                                         .returned_duty = m->returned_duty, .returned_at = m->returned_at,
                                         .ruled_at = m->ruled_at, .upheld = m->upheld,
                                         .reopened = m->reopened, .reviewed = m->reviewed,
                                         .cause = m->cause, .waits = m->waits, .tasks = m->tasks,
                                         .tasks_open = m->tasks_open, .tasks_next = m->tasks_next,
                                         .tasks_provisional = m->tasks_provisional, .called = m->called, .asked = m->asked,
                                         .asked_by = m->asked_by, .pauses = m->pauses, .extensions = m->extensions,
                                         .shelved_until = m->shelved_until, .call_open = m->call_open, .calls = m->calls,
                                         .call_days = m->call_days, .last_call = m->last_call, .call_rated = m->call_rated, .files = m->files,
                                         .place_call = m->place_call, .place_calls = m->place_calls, .householder = m->householder });
        if (rc != OK)
                return rc;
        m->rev++;
        rc = notes_write(ctx, notes);
        return rc == OK && !m->open && said_anything(notes) ? erase_counts_anew(ctx, m->id) : rc;
}
