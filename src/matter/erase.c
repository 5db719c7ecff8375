#include "matter/erase.h"
#include "base/json.h"
#include "matter/erase_sql.h"
#include "matter/inner/order.h"
#include "matter/inner/erase.h"
#include "matter/inner/known.h"
#include "matter/inner/release.h"
#include "matter/inner/verify.h"
#include "matter/inner/voices.h"
#include "matter/passage.h"
#include "matter/inner/write.h"
#include "people/vault.h"
#include "store/idem.h"
#include "town/learned.h"

#define TOGETHER_MS (60 * 1000) /* a contact and its matter take their ids within one request */

const char *const matter_held_names[] = { "contact", "said", "words" };
enum { ALL_THERE, SAID_GONE, WORDS_GONE }; /* matter_case.wordless */

/* What is to go, and what is said about it. */
struct going {
        bool contact, said, words;
        struct str by, basis, class; /* class: of retention.csv, "" on request */
};

static int forget_words(struct ctx *ctx, const struct matter *m, const struct going *g, int32_t *wordless, int64_t *ret_n)
{
        struct str by = str_printf(ctx->arena, STR_FMT ": " STR_FMT, STR_ARG(g->by), STR_ARG(g->basis));
        *ret_n = 0;
        if (g->words) {
                *wordless = WORDS_GONE;
                return sql_matter_entry_erase(ctx->tx, &(struct sql_matter_entry_erase_in){ ctx->town, m->id, by }, ret_n);
        }
        if (!g->said || *wordless != ALL_THERE)
                return OK;
        *wordless = SAID_GONE;
        return sql_matter_entry_erase_said(ctx->tx, &(struct sql_matter_entry_erase_said_in){ ctx->town, m->id, by }, ret_n);
}

/* A householder was named to find the place: the name goes with the contact as with the words it stood beside. */
static int forget_placing(struct ctx *ctx, struct matter *m, const struct going *g, struct matter_gone *ret)
{
        ret->place_call = m->place_call && m->person == MATTER_ANONYMOUS;
        if (ret->place_call)
                m->place_call = false;
        if (m->householder == MATTER_ANONYMOUS)
                return OK;
        int rc = vault_erase(ctx, m->householder, g->basis, g->by);
        m->householder = MATTER_ANONYMOUS;
        ret->householder = true;
        return rc;
}

/* Every place where words or a contact lie that a command can reach; see erase.h. */
static int forget_all(struct ctx *ctx, struct matter *m, const struct going *g, int32_t *wordless, struct matter_gone *ret)
{
        *ret = (struct matter_gone){ 0 };
        int rc = forget_words(ctx, m, g, wordless, &ret->entries);
        if (rc == OK && g->contact && m->person != MATTER_ANONYMOUS) {
                rc = vault_erase(ctx, m->person, g->basis, g->by);
                m->person = MATTER_ANONYMOUS;
                m->call_open = false;
                ret->contacts = 1;
        }
        if (rc == OK)
                rc = forget_placing(ctx, m, g, ret);
        struct str by = str_printf(ctx->arena, STR_FMT ": " STR_FMT, STR_ARG(g->by), STR_ARG(g->basis));
        if (rc == OK && (g->words || g->said))
                rc = files_erase(ctx, m->id, by, !g->words, &ret->files);
        if (rc == OK && (g->words || g->said))
                rc = learned_forget(ctx, m->id);
        if (rc == OK && g->words)
                rc = known_erase(ctx, m->id);
        if (rc == OK && g->words)
                rc = release_erase(ctx, m->id);
        return rc == OK ? idem_forget(ctx, m->id) : rc;
}

/* The basis may be a person's own words: it stands on the tombstones, never in an event. */
static struct str gone_body(struct ctx *ctx, int32_t wordless, const struct going *g, const struct matter_gone *gone)
{
        BUF_AUTO out = BUF(EVENT_BODY_MAX);
        struct json j = json_to(&out);
        json_open(&j);
        json_kint(&j, "entries", gone->entries);
        json_kbool(&j, "contact", gone->contacts > 0);
        if (gone->place_call || gone->householder) {
                json_key(&j, "gone");
                json_open(&j);
                if (gone->place_call)
                        json_kbool(&j, "place_call", true);
                if (gone->householder)
                        json_kbool(&j, "householder", true);
                json_close(&j);
        }
        if (gone->files)
                json_kint(&j, "erased_files", gone->files);
        json_kint(&j, "wordless", wordless);
        if (g->class.n)
                json_kstr(&j, "class", g->class);
        json_close(&j);
        return str_dup(ctx->arena, buf_view(&out));
}

static int take_away(struct ctx *ctx, struct matter *m, const struct going *g, int32_t wordless, struct matter_gone *ret)
{
        int rc = forget_all(ctx, m, g, &wordless, ret);
        if (rc == OK && m->order.state != ORDER_NONE && g->said) /* the hash of what upstream said goes with the words */
                rc = order_forget(ctx, m->id);
        if (rc != OK)
                return rc;
        struct change c = { .kind = "erased", .body = gone_body(ctx, wordless, g, ret), .at = ctx->now };
        struct notes notes = { 0 };
        change_note(ctx, m, &notes, &c);
        rc = matter_save(ctx, m, &notes);
        return rc == OK ? sql_matter_wordless_set(ctx->tx, &(struct sql_matter_wordless_set_in){ ctx->town, m->id, wordless }, NULL) : rc;
}

static int list_it(struct ctx *ctx, int64_t id, struct instant at, const struct going *g)
{
        return sql_matter_erased_add(ctx->tx, &(struct sql_matter_erased_add_in){ ctx->town, id, at, g->by, g->basis }, NULL);
}

static int wordless_of(struct ctx *ctx, int64_t id, int32_t *ret)
{
        struct sql_matter_wordless_get_row row;
        int rc = sql_matter_wordless_get(ctx->tx, ctx->arena, &(struct sql_matter_wordless_get_in){ ctx->town, id }, &row);
        if (rc == OK)
                *ret = row.wordless;
        return rc;
}

static int all_of(struct ctx *ctx, struct matter *m, struct instant at, const struct going *g, struct matter_gone *ret)
{
        int32_t wordless;
        *ret = (struct matter_gone){ 0 };
        int rc = wordless_of(ctx, m->id, &wordless);
        if (rc == OK && (wordless != WORDS_GONE || m->person != MATTER_ANONYMOUS || m->householder != MATTER_ANONYMOUS))
                rc = take_away(ctx, m, g, wordless, ret);
        return rc == OK ? list_it(ctx, m->id, at, g) : rc;
}

int matter_erase(struct ctx *ctx, int64_t id, struct str basis, struct matter_gone *ret)
{
        struct matter m;
        struct matter_gone gone;
        struct going g = { .contact = true, .said = true, .words = true, .basis = basis, .class = STR(""),
                           .by = ctx->actor.kind == ACTOR_REPORTER ? STR("reporter") : STR("staff") };
        if (str_trim(basis).n == 0 || !utf8_valid(basis) || utf8_count(basis) > 200)
                return err_set(ctx->err, ERR_RANGE, "basis", "依据应为 1 至 200 个字", "A basis has 1 to 200 characters");
        int rc = matter_get(ctx, id, &m);
        if (rc != OK)
                return rc;
        if (m.open)
                return err_set(ctx->err, ERR_STATE, "state", "事项还在办理中；请先撤回", "It is still being dealt with; take it back first");
        rc = voice_all_told(ctx, id);
        if (rc == OK)
                rc = all_of(ctx, &m, ctx->now, &g, &gone);
        if (rc == OK && ret)
                *ret = gone;
        return rc;
}

/* Not on the list that is replayed: the same matter may come once more, and then it is dealt with. */
int matter_let_go(struct ctx *ctx, int64_t id)
{
        struct matter m;
        struct matter_gone gone;
        struct going g = { .contact = true, .said = true, .words = true, .by = STR("handover"), .basis = STR("已移交别处 another town has it"), .class = STR("") };
        int32_t wordless = 0;
        int rc = matter_get(ctx, id, &m);
        if (rc == OK)
                rc = wordless_of(ctx, id, &wordless);
        if (rc != OK || m.open || (wordless == WORDS_GONE && m.person == MATTER_ANONYMOUS))
                return rc;
        return take_away(ctx, &m, &g, wordless, &gone);
}

int matter_erased_listed(struct ctx *ctx, int64_t id, bool *ret)
{
        struct sql_matter_erased_get_row row;
        int rc = sql_matter_erased_get(ctx->tx, ctx->arena, &(struct sql_matter_erased_get_in){ ctx->town, id }, &row);
        if (rc == OK || rc == ERR_NONE)
                *ret = rc == OK;
        return rc == ERR_NONE ? OK : rc;
}

int matter_erase_again(struct ctx *ctx, const struct matter_erasure *e, bool *ret_done)
{
        bool listed;
        struct matter m;
        struct matter_gone gone;
        struct going g = { .contact = true, .said = true, .words = true, .by = e->by, .basis = e->basis, .class = STR("") };
        *ret_done = false;
        int rc = matter_erased_listed(ctx, e->matter, &listed);
        if (rc != OK || listed)
                return rc;
        rc = matter_get(ctx, e->matter, &m);
        if (rc == ERR_NONE)
                return OK; /* opened after the backup was made */
        if (rc == OK)
                rc = all_of(ctx, &m, e->at, &g, &gone);
        *ret_done = rc == OK;
        return rc;
}

int matter_erasures(struct ctx *ctx, struct instant after, int64_t matter, struct matter_erasures *ret)
{
        struct sql_matter_erased_list_rows rows;
        struct sql_matter_erased_list_in in = { .town = ctx->town, .after = instant_is_none(after) ? MATTER_OVER_BEGIN.at : after,
                                                .matter = matter, .max = MATTER_ERASURES_PAGE };
        int rc = sql_matter_erased_list(ctx->tx, ctx->arena, &in, &rows);
        if (rc != OK)
                return rc;
        *ret = (struct matter_erasures){ arena_array(ctx->arena, struct matter_erasure, rows.n), rows.n };
        for (size_t i = 0; i < rows.n; i++)
                ret->row[i] = (struct matter_erasure){ rows.row[i].matter, rows.row[i].at, rows.row[i].actor, rows.row[i].basis };
        return OK;
}

/* ---- retention ------------------------------------------------------------------------------------------------------ */

/* The three statements return rows of one shape; only their C types differ. */
#define OVER(kind)                                                                                                          \
        do {                                                                                                                \
                struct sql_matter_over_##kind##_rows rows;                                                                  \
                int rc_ = sql_matter_over_##kind(ctx->tx, ctx->arena,                                                       \
                                                 &(struct sql_matter_over_##kind##_in){ ctx->town, before, at->at, at->id, max }, &rows); \
                if (rc_ != OK)                                                                                              \
                        return rc_;                                                                                         \
                *ret_n = rows.n;                                                                                            \
                *ret_ids = arena_array(ctx->arena, int64_t, rows.n);                                                        \
                for (size_t i_ = 0; i_ < rows.n; i_++) {                                                                    \
                        (*ret_ids)[i_] = rows.row[i_].id;                                                                   \
                        *at = (struct matter_over){ rows.row[i_].closed_at, rows.row[i_].id };                              \
                }                                                                                                           \
                return OK;                                                                                                  \
        } while (0)

int matter_over(struct ctx *ctx, enum matter_held held, struct instant before, int max, struct matter_over *at, int64_t **ret_ids, size_t *ret_n)
{
        switch (held) {
        case HELD_CONTACT:
                OVER(contact);
        case HELD_SAID:
                OVER(said);
        case HELD_WORDS:
                OVER(words);
        }
        BUG("no such thing is held");
}

int matter_over_count(struct ctx *ctx, struct instant before, struct matter_over_count *ret)
{
        struct sql_matter_over_count_row row;
        int rc = sql_matter_over_count(ctx->tx, ctx->arena, &(struct sql_matter_over_count_in){ ctx->town, before }, &row);
        if (rc == OK)
                *ret = (struct matter_over_count){ row.contacts, row.said, row.words, row.ended };
        return rc;
}

static bool still_held(const struct matter *m, int32_t wordless, enum matter_held held)
{
        if (held == HELD_CONTACT)
                return m->person != MATTER_ANONYMOUS || m->householder != MATTER_ANONYMOUS;
        return wordless < (held == HELD_SAID ? SAID_GONE : WORDS_GONE);
}

int matter_expire(struct ctx *ctx, int64_t id, enum matter_held held, struct instant before, struct str class, struct str basis)
{
        struct matter m;
        struct matter_gone gone;
        struct going g = { .contact = held == HELD_CONTACT, .said = held == HELD_SAID, .words = held == HELD_WORDS,
                           .by = STR("retention"), .basis = basis, .class = class };
        int32_t wordless;
        int rc = matter_get(ctx, id, &m);
        if (rc == OK)
                rc = wordless_of(ctx, id, &wordless);
        if (rc != OK || m.open || m.closed.us >= before.us || !still_held(&m, wordless, held))
                return rc;
        return take_away(ctx, &m, &g, wordless, &gone);
}

/* ---- whose is it? ---------------------------------------------------------------------------------------------------- */

static int matters_between(struct ctx *ctx, int64_t person, int64_t low, int64_t high, int64_t **ret_ids, size_t *ret_n)
{
        struct sql_matter_of_person_rows rows;
        int rc = sql_matter_of_person(ctx->tx, ctx->arena, &(struct sql_matter_of_person_in){ ctx->town, person, low, high }, &rows);
        if (rc != OK)
                return rc;
        *ret_n = rows.n;
        *ret_ids = arena_array(ctx->arena, int64_t, rows.n);
        for (size_t i = 0; i < rows.n; i++)
                (*ret_ids)[i] = rows.row[i].id;
        return OK;
}

int matter_of_person(struct ctx *ctx, int64_t person, int64_t **ret_ids, size_t *ret_n)
{
        struct instant made = id_instant(person);
        int64_t low = id_floor((struct instant){ made.us - TOGETHER_MS * 1000 });
        int64_t high = id_floor((struct instant){ made.us + TOGETHER_MS * 1000 });
        int rc = matters_between(ctx, person, low, high, ret_ids, ret_n);
        if (rc != OK || *ret_n)
                return rc;
        return matters_between(ctx, person, 0, INT64_MAX, ret_ids, ret_n); /* brought in from elsewhere */
}

/* ---- for whoever writes, and for the proof ----------------------------------------------------------------------------- */

int erase_counts_anew(struct ctx *ctx, int64_t id)
{
        return sql_matter_wordless_set(ctx->tx, &(struct sql_matter_wordless_set_in){ ctx->town, id, ALL_THERE }, NULL);
}

int verify_erased(struct ctx *ctx, struct matter_check *c)
{
        struct sql_matter_wordless_wrong_rows rows;
        int rc = store_read_renew(ctx->tx);
        if (rc == OK)
                rc = sql_matter_wordless_wrong(ctx->tx, ctx->arena, &(struct sql_matter_wordless_wrong_in){ ctx->town }, &rows);
        for (size_t i = 0; rc == OK && i < rows.n; i++)
                verify_fault(ctx, c, rows.row[i].id, "应已删除，却还有内容", "it counts as erased, and holds words");
        return rc;
}
