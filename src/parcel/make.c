/* What is said about a matter that is handed over, from what stands in it now; and what an answer does to it. */
#include <json-c/json.h>
#include <stdio.h>
#include "base/json.h"
#include "parcel/inner/parcel.h"
#include "parcel/parcel_sql.h"

#define PURPOSE "移交办理 handover"
#define HISTORY_MAX 40
#define PACK_MAX 100

int parcel_pack(struct ctx *ctx)
{
        int64_t *id;
        size_t n;
        int rc = matter_underway(ctx, 0, PACK_MAX, &id, &n);
        for (size_t i = 0; rc == OK && i < n; i++) {
                struct matter_passage p;
                rc = matter_passage_get(ctx, id[i], &p);
                if (rc == OK)
                        rc = sql_parcel_out_add(ctx->tx, &(struct sql_parcel_out_add_in){ ctx->town, id[i], p.times, p.to, ctx->now }, NULL);
        }
        return rc;
}

/* ---- words -------------------------------------------------------------------------------------------------------- */

static const struct procedure_action *action_of(const struct procedure *p, struct str kind)
{
        int at = procedure_action_find(p, kind);
        return at < 0 ? NULL : &p->action[at];
}

#define ADDED (RECORD_BIT(RECORD_NOTE) | RECORD_BIT(RECORD_REOPENING) | RECORD_BIT(RECORD_APPEAL))

static struct str member(struct arena *a, struct str words, const char *key)
{
        JSON_AUTO o = NULL;
        if (words.n == 0 || json_parse(words, &o, NULL) != OK)
                return (struct str){ 0 };
        struct str s = json_text(json_get(o, key));
        return s.p ? str_dup(a, s) : s;
}

/* The first words, and what the reporter added since. */
static void tell_words(struct ctx *ctx, const struct procedure *p, const struct matter_story *s, struct parcel *ret)
{
        for (size_t i = 0; i < s->n; i++) {
                const struct matter_step *step = &s->row[i];
                const struct procedure_action *a = action_of(p, step->e.kind);
                struct str words = member(ctx->arena, step->words, "words"), title = member(ctx->arena, step->words, "title"), text;
                if (words.n) {
                        ret->words = words;
                        ret->title = title.n ? title : STR("");
                        ret->n_added = 0;
                        ret->edition = step->e.n;
                        continue;
                }
                if (!a || !(action_records(a) & ADDED))
                        continue;
                text = member(ctx->arena, step->words, "text");
                ret->edition = step->e.n;
                if (text.n && ret->n_added < PARCEL_NOTES_MAX)
                        ret->added[ret->n_added++] = (struct parcel_note){ step->e.n, text };
        }
}

int parcel_edition(struct ctx *ctx, const struct town *t, const struct matter *m, int32_t *ret)
{
        struct matter_story story;
        struct parcel p = { 0 };
        int rc = matter_story(ctx, m->id, &story);
        if (rc == OK)
                tell_words(ctx, town_procedure(t, m->proc), &story, &p);
        *ret = p.edition;
        return rc;
}

static bool tells_why(const struct procedure_action *a)
{
        return (action_records(a) & (RECORD_BIT(RECORD_HANDOVER) | RECORD_BIT(RECORD_PASSED_ON))) != 0;
}

/* Who hands it over, why, and what was done so far: posts and times, no names. */
static void tell_note(struct ctx *ctx, const struct town *t, const struct matter *m, const struct matter_story *s, struct parcel *ret)
{
        const struct procedure *p = town_procedure(t, m->proc);
        const struct org *unit = org_find(&t->orgs, m->unit);
        char at[40];
        BUF_AUTO out = BUF(PARCEL_NOTE_CHARS);
        buf_printf(&out, STR_FMT " " STR_FMT "\n", STR_ARG(t->name_zh), STR_ARG(unit ? unit->name : m->unit));
        size_t from = s->n > HISTORY_MAX ? s->n - HISTORY_MAX : 0;
        for (size_t i = from; i < s->n; i++) {
                const struct matter_step *step = &s->row[i];
                const struct procedure_action *a = action_of(p, step->e.kind);
                if (i > 0 && !a)
                        continue;
                buf_printf(&out, "%.16s %s / %s", instant_format(step->e.at, at), a ? a->name.zh : "登记", a ? a->name.en : "Submitted");
                struct str why = a && tells_why(a) ? member(ctx->arena, step->words, "reason") : (struct str){ 0 };
                if (why.n)
                        buf_printf(&out, "：" STR_FMT, STR_ARG(why));
                buf_char(&out, '\n');
                if (out.over)
                        break;
        }
        ret->note = out.over ? STR("") : str_dup(ctx->arena, buf_view(&out));
}

/* ---- place, person ------------------------------------------------------------------------------------------------ */

static int tell_place(struct ctx *ctx, const struct town *t, const struct matter *m, struct parcel *ret)
{
        struct intake_in in = { .accuracy_m = -1, .place = STR(""), .thing = STR("") };
        int rc = matter_recall(ctx, t, m->id, &in);
        const struct thing *thing = thing_find(&t->things, in.thing);
        const struct place *place = place_find(&t->places, m->grid);
        if (rc == OK && !in.has_point && thing && thing->has_point) {
                in.has_point = true;
                in.point = thing->point;
                in.datum = DATUM_WGS84;
        }
        ret->has_point = rc == OK && in.has_point;
        ret->point = in.point;
        ret->datum = in.datum;
        ret->accuracy_m = in.accuracy_m;
        if (place)
                ret->note = str_printf(ctx->arena, STR_FMT "地点 / place: " STR_FMT "\n", STR_ARG(ret->note), STR_ARG(place->name));
        return rc == ERR_NONE ? OK : rc;
}

/* Whoever is to deal with it has to reach them; whoever only rules has not. */
static int tell_contact(struct ctx *ctx, const struct vault_keys *keys, const struct matter *m, struct parcel *ret)
{
        if (m->person == MATTER_ANONYMOUS || str_is(ret->how, "appeal"))
                return OK;
        int rc = vault_open(keys, ctx, m->person, m->id, STR(PURPOSE), &ret->contact);
        ret->has_contact = rc == OK;
        return rc == ERR_NONE ? OK : rc;
}

static struct str filled(struct str s)
{
        return s.p ? s : STR("");
}

int parcel_make(struct ctx *ctx, const struct town *t, const struct vault_keys *keys, const struct parcel_out *row, bool full, struct parcel *ret)
{
        static const char *const how[STAGES] = { "offer", "appeal", "order", "offer", "offer" };
        unsigned char random[PARCEL_NONCE / 2];
        struct matter_passage pass;
        struct matter_story story;
        struct matter m;
        *ret = (struct parcel){ .id = parcel_id(ctx->arena, row), .full = full, .how = str_of(how[row->stage]), .title = STR(""), .other = STR("") };
        chance_fill(ctx->chance, random, sizeof(random));
        for (size_t i = 0; i < sizeof(random); i++)
                snprintf(ret->nonce + 2 * i, 3, "%02x", random[i]);
        if (!full)
                return OK;
        int rc = matter_get(ctx, row->matter, &m);
        if (rc == OK)
                rc = matter_story(ctx, m.id, &story);
        if (rc == OK)
                rc = matter_passage_get(ctx, m.id, &pass);
        if (rc == OK)
                rc = matter_code_hash(ctx, m.id, ret->code);
        if (rc != OK)
                return rc;
        tell_words(ctx, town_procedure(t, m.proc), &story, ret);
        tell_note(ctx, t, &m, &story, ret);
        ret->subject = m.subject;
        ret->clocks = m.clocks;
        ret->opened = m.opened;
        ret->urgent = m.urgent;
        ret->route = pass.route.n ? str_printf(ctx->arena, STR_FMT ";" STR_FMT, STR_ARG(pass.route), STR_ARG(t->code)) : t->code;
        if (row->stage == STAGE_APPEAL)
                ret->other = row->first;
        if (row->stage == STAGE_ORDER)
                ret->ruling = row->ruling;
        ret->ruling.sender = t->code;
        ret->ruling.parcel = ret->id;
        ret->ruling.taker = row->to;
        ret->ruling.by = filled(ret->ruling.by);
        rc = tell_place(ctx, t, &m, ret);
        return rc == OK ? tell_contact(ctx, keys, &m, ret) : rc;
}

/* ---- what comes back ---------------------------------------------------------------------------------------------- */

static int step(struct ctx *ctx, const struct town *t, const struct parcel_out *row, const char *action, struct str town, struct str reason)
{
        struct form_value form[3];
        size_t n = 0;
        struct matter after;
        struct ctx as = *ctx;
        if (town.n) {
                form[n++] = (struct form_value){ STR("town"), town };
                form[n++] = (struct form_value){ STR("back"), str_eq(town, t->code) ? STR("yes") : STR("no") };
        }
        if (reason.n)
                form[n++] = (struct form_value){ STR("reason"), reason };
        struct matter_action a = { .id = row->matter, .action = str_of(action), .login = STR(""), .form = form, .n_form = n };
        as.actor = (struct actor){ ACTOR_TOWN, row->to };
        return matter_act(&as, t, &a, &after);
}

static struct str owed(struct ctx *ctx, struct str list, struct str code)
{
        if (code.n == 0 || town_listed(list, code))
                return list;
        return list.n ? str_printf(ctx->arena, STR_FMT ";" STR_FMT, STR_ARG(list), STR_ARG(code)) : code;
}

static void ask_next(struct parcel_out *p, enum parcel_stage stage, struct str town)
{
        p->stage = stage;
        p->to = town;
        p->edition = 0;
        p->received = INSTANT_NONE;
}

static int come_back(struct ctx *ctx, const struct town *t, struct parcel_out *p, struct str reason)
{
        int rc = step(ctx, t, p, "pass_on", t->code, reason);
        p->owing = owed(ctx, owed(ctx, p->owing, p->first), p->to);
        p->stage = STAGE_BACK;
        p->ended = ctx->now;
        return rc;
}

static void look(struct ctx *ctx, struct parcel_out *p, const struct parcel_answer *a)
{
        BUF_AUTO out = BUF(4096);
        struct json j = json_to(&out);
        parcel_seen_json(&j, &a->seen);
        p->seen = str_dup(ctx->arena, buf_view(&out));
        p->seen_at = ctx->now;
        p->there = a->matter;
        if (!a->seen.open)
                p->ended = ctx->now;
}

/* What the reporter is to be told, as whoever handed it over wrote it. */
static int word_to_reporter(struct ctx *ctx, int64_t matter, struct str *ret)
{
        struct matter_story s;
        *ret = STR("");
        int rc = matter_story(ctx, matter, &s);
        for (size_t i = s.n; rc == OK && i-- > 0 && !ret->n;) {
                struct str word = member(ctx->arena, s.row[i].words, "town").n ? member(ctx->arena, s.row[i].words, "word") : (struct str){ 0 };
                *ret = word.n ? word : *ret;
        }
        return rc;
}

static int taken(struct ctx *ctx, const struct town *t, struct parcel_out *p, const struct parcel_answer *a)
{
        struct str word;
        int rc = word_to_reporter(ctx, p->matter, &word);
        if (rc == OK && p->stage != STAGE_FOLLOW)
                rc = step(ctx, t, p, "taken", STR(""), word);
        if (rc != OK)
                return rc;
        if (p->stage != STAGE_FOLLOW) {
                if (!str_eq(p->first, p->to))
                        p->owing = owed(ctx, p->owing, p->first);
                if (p->ruling.by.n && !str_eq(p->ruling.by, p->to))
                        p->owing = owed(ctx, p->owing, p->ruling.by);
        }
        p->stage = STAGE_FOLLOW;
        look(ctx, p, a);
        return OK;
}

/* To the common superior, never to and fro. Where the refuser is above us, or nobody is above both, it comes back. */
static int refused(struct ctx *ctx, const struct town *t, struct parcel_out *p, const struct parcel_answer *a)
{
        const struct neighbour *n = neighbour_find(&t->neighbours, p->to);
        struct str up = n ? n->superior : STR("");
        if (p->stage != STAGE_OFFER)
                return OK;
        if (!up.n || str_eq(up, t->code) || !neighbour_find(&t->neighbours, up))
                return come_back(ctx, t, p, a->reason);
        int rc = step(ctx, t, p, "pass_on", up, a->reason);
        if (rc == OK)
                ask_next(p, STAGE_APPEAL, up);
        return rc;
}

static int ruled(struct ctx *ctx, const struct town *t, struct parcel_out *p, const struct parcel_answer *a)
{
        const struct neighbour *by = neighbour_find(&t->neighbours, p->to);
        const struct parcel_ruling *r = &a->ruling;
        if (p->stage != STAGE_APPEAL)
                return OK;
        if (!by || !str_eq(r->by, p->to) || !str_eq(r->sender, t->code) || !str_eq(r->parcel, parcel_id(ctx->arena, p)) || !parcel_ruling_holds(by->key, r))
                return ERR_BAD;
        if (str_eq(r->taker, t->code))
                return come_back(ctx, t, p, a->reason);
        if (!str_eq(r->taker, p->first) && !str_eq(r->taker, p->to))
                return ERR_BAD;
        int rc = step(ctx, t, p, "pass_on", r->taker, a->reason);
        p->ruling = *r;
        if (rc == OK)
                ask_next(p, STAGE_ORDER, r->taker);
        return rc;
}

int parcel_hear(struct ctx *ctx, const struct town *t, struct parcel_out *p, const struct parcel_answer *a)
{
        if (a->state == PARCEL_UNKNOWN) {
                p->edition = 0;
                return OK;
        }
        if (instant_is_none(p->received))
                p->received = ctx->now;
        switch (a->state) {
        case PARCEL_TAKEN:
                return taken(ctx, t, p, a);
        case PARCEL_REFUSED:
                return refused(ctx, t, p, a);
        case PARCEL_RULED:
                return ruled(ctx, t, p, a);
        default:
                return OK;
        }
}
