/* The receiver: a parcel becomes a matter for the desk to look at, and its sender is told how that stands. */
#include <json-c/json.h>
#include <sodium.h>
#include "base/json.h"
#include "parcel/parcel.h"
#include "parcel/parcel_sql.h"

struct taking {
        struct ctx *ctx;
        const struct town *t;
        const struct vault_keys *keys;
        const struct parcel_secret *own;
        const struct neighbour *from;
        struct parcel p;
        struct sql_parcel_in_get_row row; /* as it stood */
        bool known;
        struct matter m;
};

/* ---- bringing it in ----------------------------------------------------------------------------------------------- */

static int no_order(struct taking *k)
{
        return err_set(k->ctx->err, ERR_RULE, "box", "所附的裁定无效：不是共同上级作出的，或不是对这个包裹的",
                       "The ruling in it is none: not by the common superior, or not about this parcel");
}

/* Only who stands above both may order it; what the superior takes itself it has signed itself. */
static int judge_order(struct taking *k)
{
        const struct parcel_ruling *r = &k->p.ruling;
        unsigned char key[NEIGHBOUR_KEY_BYTES];
        const struct neighbour *by = neighbour_find(&k->t->neighbours, r->by);
        bool ourselves = str_eq(r->by, k->t->code);
        if (!str_is(k->p.how, "order"))
                return OK;
        if (!str_eq(r->taker, k->t->code) || !str_eq(r->sender, k->from->code) || !str_eq(r->parcel, k->p.id))
                return no_order(k);
        if (!ourselves && (!by || !str_eq(k->from->superior, r->by)))
                return no_order(k);
        if (ourselves)
                parcel_public(k->own, key);
        return parcel_ruling_holds(ourselves ? key : by->key, r) ? OK : no_order(k);
}

static struct intake_in intake_of(const struct taking *k)
{
        const struct parcel *p = &k->p;
        bool ours = subject_find(&k->t->subjects, p->subject) != SUBJECT_NONE;
        return (struct intake_in){ .title = p->title, .words = p->words, .subject = ours ? p->subject : STR(""), .has_point = p->has_point, .point = p->point,
                                   .datum = p->datum, .accuracy_m = p->accuracy_m, .place = STR(""), .thing = STR(""), .respondent = STR(""),
                                   .source = STR("handover"), .unit = STR(""), .anonymous = !p->has_contact };
}

static bool no_contact(const struct identity *i)
{
        return !i->name.n && !i->phone.n && !i->address.n && !i->note.n && !i->mail.n;
}

static int keep_contact(struct taking *k, int64_t *ret_person)
{
        *ret_person = MATTER_ANONYMOUS;
        if (!k->p.has_contact || no_contact(&k->p.contact))
                return OK;
        return vault_put(k->keys, k->ctx, &k->p.contact, STR("statutory_duty"), STR("contact"), ret_person);
}

/* A matter that was here and was not taken may hold the contact of the time before. */
static int drop_contact(struct taking *k)
{
        struct matter m;
        int rc = matter_by_hash(k->ctx, k->p.code, &m);
        if (rc == OK && !m.open && m.person != MATTER_ANONYMOUS)
                return vault_erase(k->ctx, m.person, STR("移交重来 handed over once more"), STR("handover"));
        return rc == ERR_NONE ? OK : rc;
}

static int put_row(struct taking *k, int64_t matter)
{
        const struct parcel *p = &k->p;
        int rc = sql_parcel_in_put(k->ctx->tx, &(struct sql_parcel_in_put_in){ k->ctx->town, k->from->code, p->id, matter, p->how, p->other, p->edition, k->ctx->now }, NULL);
        k->row = (struct sql_parcel_in_get_row){ matter, p->how, p->other, p->edition, k->ctx->now, INSTANT_NONE };
        k->known = true;
        return rc;
}

/* The reporter's additions, as if they had been written here. */
static int add_notes(struct taking *k, int32_t after)
{
        struct ctx as = *k->ctx;
        as.actor = (struct actor){ ACTOR_REPORTER, STR("") };
        for (size_t i = 0; i < k->p.n_added; i++) {
                struct form_value text = { STR("text"), k->p.added[i].text };
                struct matter_action a = { .id = k->row.matter, .action = STR("note"), .login = STR(""), .form = &text, .n_form = 1 };
                struct err unheard = { 0 };
                as.err = &unheard;
                int rc = k->p.added[i].n > after ? matter_act(&as, k->t, &a, &k->m) : OK;
                if (rc != OK && rc != ERR_STATE && rc != ERR_RIGHT) /* it has ended: nothing is added any more */
                        return rc;
        }
        return OK;
}

static int bring(struct taking *k)
{
        struct parcel *p = &k->p;
        int64_t person;
        struct arrival a = { .in = intake_of(k), .note = p->note, .opened = p->opened, .clocks = p->clocks, .urgent = p->urgent, .route = p->route, .how = p->how };
        memcpy(a.code, p->code, sizeof(a.code));
        if (town_listed(p->route, k->t->code))
                return err_set(k->ctx->err, ERR_EXISTS, "route", "这件事从本地移交出去，不再移交回来", "This matter was handed over from here and does not come back");
        int rc = judge_order(k);
        if (rc == OK)
                rc = drop_contact(k);
        if (rc == OK)
                rc = keep_contact(k, &person);
        if (rc == OK)
                rc = matter_arrive(k->ctx, k->t, &a, id_next(k->ctx->ids, k->ctx->now), person, &k->m);
        if (rc == OK)
                rc = put_row(k, k->m.id);
        return rc == OK ? add_notes(k, 0) : rc;
}

static int renew(struct taking *k)
{
        int32_t had = k->row.edition;
        if (k->p.edition <= had)
                return OK;
        int rc = put_row(k, k->row.matter);
        return rc == OK ? add_notes(k, had) : rc;
}

/* ---- how it stands ------------------------------------------------------------------------------------------------ */

static const struct procedure_state *state_of(const struct town *t, const struct matter *m)
{
        const struct procedure *p = town_procedure(t, m->proc);
        int at = procedure_state_find(p, m->state);
        return at < 0 ? NULL : &p->state[at];
}

/* Does a person here still have to say whether it is taken, or whose it is? */
static bool undecided(const struct town *t, const struct matter *m)
{
        const struct procedure *p = town_procedure(t, m->proc);
        int at = procedure_state_find(p, m->state);
        for (size_t i = 0; at >= 0 && i < p->n_actions; i++)
                if ((p->action[i].from >> at & 1) && (action_records(&p->action[i]) & (RECORD_BIT(RECORD_ACCEPTANCE) | RECORD_BIT(RECORD_SETTLEMENT))))
                        return true;
        return false;
}

/* The last step with this record: what was written, and what was chosen. */
static int last_of(struct taking *k, enum procedure_record record, struct str *ret_reason, struct str *ret_taker, struct instant *ret_at)
{
        const struct procedure *p = town_procedure(k->t, k->m.proc);
        struct matter_story s;
        *ret_reason = *ret_taker = STR("");
        *ret_at = k->ctx->now;
        int rc = matter_story(k->ctx, k->m.id, &s);
        for (size_t i = s.n; rc == OK && i-- > 0;) {
                int at = procedure_action_find(p, s.row[i].e.kind);
                if (at < 0 || !(action_records(&p->action[at]) & RECORD_BIT(record)))
                        continue;
                JSON_AUTO words = NULL;
                JSON_AUTO body = NULL;
                if (s.row[i].words.n && json_parse(s.row[i].words, &words, NULL) == OK)
                        *ret_reason = str_dup(k->ctx->arena, json_text(json_get(words, "reason")));
                if (json_parse(s.row[i].e.body, &body, NULL) == OK)
                        *ret_taker = str_dup(k->ctx->arena, json_text(json_get(body, "taker")));
                *ret_at = s.row[i].e.at;
                break;
        }
        return rc;
}

static int tell_ruling(struct taking *k, struct parcel_answer *a)
{
        struct str taker;
        struct parcel_ruling *r = &a->ruling;
        *r = (struct parcel_ruling){ .by = k->t->code, .sender = k->from->code, .parcel = k->p.id };
        int rc = last_of(k, RECORD_SETTLEMENT, &a->reason, &taker, &r->at);
        r->taker = str_is(taker, "self") ? k->t->code : str_is(taker, "receiver") ? k->row.other : k->from->code;
        parcel_ruling_sign(k->own, r);
        return rc;
}

static void tell_seen(struct taking *k, const struct procedure_state *s, struct parcel_seen *ret)
{
        const struct org *unit = org_find(&k->t->orgs, k->m.unit);
        *ret = (struct parcel_seen){ str_of(s->public_word.zh), str_of(s->public_word.en), unit ? unit->name : k->m.unit, k->m.due, k->m.open };
}

static int answer(struct taking *k, struct parcel_answer *a)
{
        struct str none;
        struct instant at;
        int rc = matter_get(k->ctx, k->row.matter, &k->m);
        const struct procedure_state *s = rc == OK ? state_of(k->t, &k->m) : NULL;
        a->matter = k->row.matter;
        a->state = PARCEL_WAITS;
        if (rc != OK || !s || undecided(k->t, &k->m))
                return rc;
        if (s->after & RECORD_BIT(RECORD_TURNING_DOWN)) {
                a->state = PARCEL_REFUSED;
                return last_of(k, RECORD_TURNING_DOWN, &a->reason, &none, &at);
        }
        if (s->after & RECORD_BIT(RECORD_SETTLEMENT)) {
                a->state = PARCEL_RULED;
                return tell_ruling(k, a);
        }
        a->state = PARCEL_TAKEN;
        tell_seen(k, s, &a->seen);
        return OK;
}

/* ---- the whole ---------------------------------------------------------------------------------------------------- */

static int forget(struct taking *k, struct parcel_answer *a)
{
        a->state = PARCEL_OVER;
        int rc = k->known ? matter_let_go(k->ctx, k->row.matter) : OK;
        return rc == OK ? sql_parcel_in_over(k->ctx->tx, &(struct sql_parcel_in_over_in){ k->ctx->town, k->from->code, k->p.id, k->ctx->now }, NULL) : rc;
}

static int take(struct taking *k, struct parcel_answer *a)
{
        struct sql_parcel_in_get_in in = { k->ctx->town, k->from->code, k->p.id };
        int rc = sql_parcel_in_get(k->ctx->tx, k->ctx->arena, &in, &k->row);
        k->known = rc == OK;
        if (rc != OK && rc != ERR_NONE)
                return rc;
        if (k->p.over)
                return forget(k, a);
        if (!k->known && !k->p.full)
                return OK; /* PARCEL_UNKNOWN */
        bool anew = !k->known || (k->p.full && !str_eq(k->p.how, k->row.how));
        rc = anew ? bring(k) : k->p.full ? renew(k) : OK;
        if (rc == ERR_EXISTS) { /* it is here by another way: nothing more is taken, a person reads why */
                a->state = PARCEL_REFUSED;
                a->reason = str_dup(k->ctx->arena, str_of(err_text(k->ctx->err, LANG_ZH)));
                return OK;
        }
        return rc == OK ? answer(k, a) : rc;
}

int parcel_take(struct ctx *ctx, const struct town *t, const struct parcel_config *c, const struct vault_keys *keys, struct str sender, struct str box,
                struct str *ret_box)
{
        struct ctx as = *ctx;
        struct taking *k = arena_new(ctx->arena, struct taking);
        struct parcel_answer a = { .reason = STR("") };
        struct str json;
        *k = (struct taking){ .ctx = &as, .t = t, .keys = keys, .own = c ? parcel_secret_of(c, t->code) : NULL, .from = neighbour_find(&t->neighbours, sender) };
        if (!k->from)
                return err_set(ctx->err, ERR_UNKNOWN, "from", "neighbours.yaml 里没有这个地方", "There is no such town in neighbours.yaml");
        if (!k->own)
                return err_set(ctx->err, ERR_STATE, "to", "本地还没有移交密钥", "This town has no key for parcels yet");
        as.actor = (struct actor){ ACTOR_TOWN, k->from->code };
        int rc = parcel_open(ctx->arena, k->own, k->from, box, &json, ctx->err);
        if (rc == OK)
                rc = parcel_read(ctx->arena, json, &k->p, ctx->err);
        if (rc == OK) {
                a.id = k->p.id;
                memcpy(a.nonce, k->p.nonce, sizeof(a.nonce));
                rc = take(k, &a);
        }
        return rc == OK ? parcel_seal(ctx->arena, k->own, k->from, parcel_answer_write(ctx->arena, &a), ret_box) : rc;
}
