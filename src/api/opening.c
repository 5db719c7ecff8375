/* Opening a matter: what every door that takes one in shares. */
#include "api/inner/opening.h"

static const struct str code_label = { "matter.code", 11 };

static int open_again(struct ctx *ctx, struct opening *o, const struct idem_answer *answer)
{
        struct str code;
        struct matter m;
        int rc = vault_open_bytes(house_of(o->req)->keys, ctx, code_label, answer->sealed, &code);
        if (rc == OK)
                rc = matter_get(ctx, answer->id, &m);
        if (rc != OK)
                return rc;
        o->again = true;
        o->id = answer->id;
        memcpy(o->code.text, code.p, code.n < CODE_CHARS ? code.n : CODE_CHARS);
        o->k.due = m.due;
        o->k.state = m.state;
        return OK;
}

int opening_known(struct ctx *ctx, struct house *h, const struct town *t, const struct intake *k, const struct known_cause **ret)
{
        struct known_causes all;
        *ret = NULL;
        if (atomic_load_explicit(&h->nothing_known, memory_order_relaxed))
                return OK;
        int rc = known_list(ctx, &all);
        if (rc == OK)
                *ret = known_for(t, &all, k, ctx->now);
        return rc;
}

/* What is announced may end between the look and the write: then the cause's row refuses, and this runs again. */
static int join_known(struct ctx *ctx, struct opening *o)
{
        struct matter after;
        o->known = NULL;
        int rc = o->different ? OK : opening_known(ctx, house_of(o->req), o->t, &o->k, &o->known);
        if (rc == OK && o->known)
                rc = known_join(ctx, o->t, o->id, o->known, &after);
        if (rc == OK && o->known)
                o->k.state = after.state;
        return rc;
}

static int decide_anew(struct ctx *ctx, struct opening *o)
{
        int rc = house_town_anew(o->req, &o->t);
        if (rc == OK)
                rc = intake_decide(ctx, o->t, &o->in, &o->k);
        if (rc == OK)
                o->draft = matter_draft(ctx, o->t, &o->k, o->id, &o->code, o->person, NULL);
        return rc;
}

/* What the tokens stand for is known only in the transaction; so the few openings with files are drafted there. */
static int bring_files(struct ctx *ctx, struct opening *o)
{
        if (o->tokens.n == 0)
                return OK;
        int rc = matter_files_find(ctx, o->t, o->tokens, 0, "files", &o->files);
        if (rc == OK)
                o->draft = matter_draft(ctx, o->t, &o->k, o->id, &o->code, o->person, &o->files);
        return rc;
}

/* Most keys are new. On PostgreSQL looking first is a round trip, and a known key is found out at the end: run again. Not so where the first
 * time has changed what a second is judged by: its files are used up, what it joined is answered since. */
static bool looks_first(const struct opening *o)
{
        return store_engine(house_of(o->req)->store) == STORE_SQLITE || o->tokens.n || o->joins;
}

static int open_run(struct tx *tx, struct command *self)
{
        struct opening *o = self->arg;
        struct ctx ctx = o->req->ctx;
        struct idem_answer answer;
        bool found = false;
        int rc = OK;
        ctx.tx = tx;
        if (o->idem.key.n && (self->tries > 0 || looks_first(o)))
                rc = idem_begin(&ctx, &o->idem, &found, &answer);
        if (rc == OK && found)
                return open_again(&ctx, o, &answer);
        if (rc == OK && o->refused != OK)
                return o->refused;
        if (rc == OK && self->tries > 0) /* the town's version moved between the decision and the write */
                rc = decide_anew(&ctx, o);
        if (rc == OK)
                rc = bring_files(&ctx, o);
        if (rc == OK && o->person != MATTER_ANONYMOUS)
                rc = vault_insert(&ctx, &o->contact);
        if (rc == OK && o->in.householder)
                rc = vault_insert(&ctx, &o->household);
        if (rc == OK)
                rc = matter_open_draft(&ctx, o->draft);
        if (rc == OK && o->wishes)
                rc = notice_wish_put(&ctx, o->id, &o->wish);
        if (rc == OK)
                rc = join_known(&ctx, o);
        if (rc == OK && o->also)
                rc = o->also(&ctx, o);
        if (rc == OK && o->idem.key.n)
                rc = idem_end(&ctx, &o->idem, &(struct idem_answer){ .status = 201, .id = o->id, .sealed = o->code_box });
        return rc;
}

static int open_finish(struct request *req, int rc)
{
        struct opening *o = req->state;
        if (rc == OK)
                rc = o->answer(req, o);
        if (rc == OK && !o->again)
                house_wake(req);
        return rc;
}

/* ---- how they want to be told --------------------------------------------------------------------------------------- */

static int wish_needs(struct request *req, const char *field)
{
        return err_set(&req->err, ERR_MISSING, field, "要这样通知，请留下%.0s%s", "To be told this way, leave %s%.0s", field,
                       strcmp(field, "phone") == 0 ? "电话" : "邮箱");
}

int opening_wish(struct request *req, struct opening *o, const struct opening_wish *said)
{
        bool phone = o->who.phone.n > 0, mail = o->who.mail.n > 0, contact = phone || mail || o->who.name.n || o->who.address.n;
        struct notice_wish w = { .way = phone ? WAY_SMS : mail ? WAY_MAIL : WAY_NONE, .lang = said->lang, .discreet = said->discreet };
        if (said->way >= 0)
                w.way = (enum notice_way)said->way;
        if (said->way >= 0 && w.way == WAY_SMS && !phone)
                return wish_needs(req, "phone");
        if (said->way >= 0 && w.way == WAY_MAIL && !mail)
                return wish_needs(req, "mail");
        if (said->hours.n && quiet_hours_parse(said->hours, &w.hours) != OK)
                return err_set(&req->err, ERR_TYPE, "notify_hours", "应为如 18:00-20:00 的时段", "Needs hours such as 18:00-20:00");
        o->wish = w;
        o->wishes = contact && (w.way != WAY_SMS || w.lang != LANG_ZH || w.discreet || said->hours.n > 0);
        return OK;
}

static int seal_contact(struct request *req, struct opening *o)
{
        o->person = o->in.anonymous ? MATTER_ANONYMOUS : id_next(req->ctx.ids, req->ctx.now);
        if (o->in.anonymous)
                return OK;
        o->who.code = (struct str){ o->code.text, CODE_CHARS };
        return vault_seal(house_of(req)->keys, &req->ctx, o->person, &o->who, STR("statutory_duty"), STR("contact"), &o->contact);
}

static int seal_householder(struct request *req, struct opening *o)
{
        o->in.householder = 0;
        if (o->householder.name.n == 0)
                return OK;
        o->in.householder = id_next(req->ctx.ids, req->ctx.now);
        return vault_seal(house_of(req)->keys, &req->ctx, o->in.householder, &o->householder, STR("statutory_duty"), STR("contact"), &o->household);
}

static int take_key(struct request *req, struct opening *o)
{
        o->idem = house_idem(req, o->joins, STR("join"));
        if (o->idem.key.n == 0)
                return OK;
        return vault_seal_bytes(house_of(req)->keys, &req->ctx, code_label, (struct str){ o->code.text, CODE_CHARS }, &o->code_box);
}

int opening_submit(struct request *req, struct opening *o)
{
        o->req = req;
        o->in.anonymous = !o->who.name.n && !o->who.phone.n && !o->who.address.n && !o->who.note.n && !o->who.mail.n;
        if (!o->wishes && o->who.mail.n && !o->who.phone.n) { /* there is no other way to reach them */
                o->wish = (struct notice_wish){ .way = WAY_MAIL, .lang = req->ctx.lang };
                o->wishes = true;
        }
        int rc = seal_householder(req, o);
        if (rc == OK)
                rc = intake_decide(&req->ctx, o->t, &o->in, &o->k);
        if (rc != OK)
                return rc;
        o->id = id_next(req->ctx.ids, req->ctx.now);
        o->code = code_new(req->ctx.now, req->ctx.chance);
        rc = seal_contact(req, o);
        if (rc == OK)
                rc = take_key(req, o);
        if (rc != OK)
                return rc;
        if (o->tokens.n == 0)
                o->draft = matter_draft(&req->ctx, o->t, &o->k, o->id, &o->code, o->person, NULL);
        req->state = o;
        req->finish = open_finish;
        return request_submit(req, open_run, o);
}
