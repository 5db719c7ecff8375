#include "parcel/carry.h"
#include "base/address.h"
#include "base/json.h"
#include "base/log.h"
#include "parcel/inner/parcel.h"
#include "parcel/parcel_sql.h"
#include "store/lease.h"

#define LEASE "parcels"

struct errand {
        struct parcel_out row;
        struct parcel said;
        struct str to;             /* whom to ask: the row's, or one that is to be told it is over */
        struct str box, answer;    /* sealed */
        bool over;
        const char *error;         /* "" */
};
struct pass {
        struct parcel_carrier *c;
        struct ctx *ctx;           /* of the caller: its arena lives as long as the pass */
        struct town *t;
        struct errand errand[PARCEL_CARRY_MAX];
        size_t n;
};

/* ---- sealing ------------------------------------------------------------------------------------------------------ */

static int hold_lease(const struct pass *w, struct ctx *ctx, int seconds)
{
        int64_t epoch;
        return w->c->holder.n ? lease_take(ctx, STR(LEASE), w->c->holder, seconds, &epoch) : OK;
}

static struct str first_of(struct str list)
{
        struct str one = { 0 };
        str_split(&list, ';', &one);
        return one;
}

/* Everything when they have nothing or not the last that was added, else the question alone: a contact is opened once, not every minute. */
static int say(struct pass *w, struct ctx *ctx, struct errand *e)
{
        struct matter m;
        int32_t edition = 0;
        e->over = e->row.owing.n && e->row.stage >= STAGE_FOLLOW;
        e->to = e->over ? first_of(e->row.owing) : e->row.to;
        int rc = OK;
        if (!e->over && e->row.stage < STAGE_FOLLOW) {
                rc = matter_get(ctx, e->row.matter, &m);
                if (rc == OK)
                        rc = parcel_edition(ctx, w->t, &m, &edition);
        }
        if (rc == OK)
                rc = parcel_make(ctx, w->t, w->c->keys, &e->row, edition > e->row.edition, &e->said);
        e->said.over = e->over;
        return rc;
}

static int seal(struct pass *w, struct ctx *ctx, struct errand *e)
{
        const struct parcel_secret *own = w->c->config ? parcel_secret_of(w->c->config, w->t->code) : NULL;
        e->error = "";
        int rc = own ? say(w, ctx, e) : OK;
        const struct neighbour *to = own ? neighbour_find(&w->t->neighbours, e->to) : NULL;
        if (!own || !to)
                e->error = own ? "not_neighbour" : "no_key";
        if (rc != OK && !err_kind(rc)->retry) { /* this one alone: a box of the vault that does not open, a matter that is gone */
                e->error = "failed";
                return OK;
        }
        if (rc != OK || !to)
                return rc;
        struct str content = parcel_write(ctx->arena, &e->said);
        if (!content.p || parcel_seal(ctx->arena, own, to, content, &e->box) != OK)
                e->error = "too_big";
        return OK;
}

static int claim_run(struct tx *tx, struct command *self)
{
        struct pass *w = self->arg;
        struct ctx ctx = *w->ctx;
        struct parcel_outs due;
        ctx.tx = tx;
        int rc = hold_lease(w, &ctx, PARCEL_LEASE_SECONDS);
        if (rc == OK)
                rc = parcel_pack(&ctx);
        if (rc == OK)
                rc = parcel_out_due(&ctx, PARCEL_CARRY_MAX, &due);
        w->n = rc == OK ? due.n : 0;
        for (size_t i = 0; rc == OK && i < w->n; i++) {
                w->errand[i] = (struct errand){ .row = due.row[i] };
                rc = seal(w, &ctx, &w->errand[i]);
        }
        return rc;
}

/* ---- asking ------------------------------------------------------------------------------------------------------- */

struct local {
        struct pass *w;
        struct errand *e;
        struct town *t;
};

static int local_run(struct tx *tx, struct command *self)
{
        struct local *l = self->arg;
        struct ctx ctx = *l->w->ctx;
        ctx.tx = tx;
        ctx.town = l->t->id;
        ctx.err = self->err;
        return parcel_take(&ctx, l->t, l->w->c->config, l->w->c->keys, l->w->t->code, l->e->box, &l->e->answer);
}

static void tell(const struct pass *w, struct errand *e, const char *error, int rc, const struct err *err, long status)
{
        e->error = error;
        log_warn("parcel=%lld-%d town=%lld to=" STR_FMT ": %s (%s, status %ld) %s", (long long)e->row.matter, (int)e->row.times, (long long)w->ctx->town,
                 STR_ARG(e->to), error, rc < 0 ? err_kind(rc)->name : "", status, err ? err_text(err, LANG_EN) : "");
}

/* The version of the town may have moved: with the newest one, once more. */
static void ask_here(struct pass *w, struct errand *e, int64_t id)
{
        struct err err = { 0 };
        int rc = ERR_CONFLICT;
        for (int i = 0; rc == ERR_CONFLICT && i < 2; i++) {
                struct local l = { .w = w, .e = e };
                if (i)
                        shelf_drop(w->c->shelf, id);
                rc = shelf_town(w->c->shelf, id, w->ctx->now, &l.t, &err);
                if (rc == OK)
                        rc = store_write(w->c->store, local_run, &l, PRIO_BACKGROUND, &err);
                town_unref(l.t);
        }
        if (rc == ERR_NONE)
                tell(w, e, "no_way", rc, &err, 0);
        else if (rc != OK)
                tell(w, e, err_kind(rc)->retry ? "unreachable" : "refused", rc, &err, 0);
}

static struct str request_body(struct pass *w, struct errand *e)
{
        BUF_AUTO out = BUF(PARCEL_BOX_MAX + 1024);
        struct json j = json_to(&out);
        json_open(&j);
        json_kstr(&j, "from", w->t->code);
        json_kstr(&j, "to", e->to);
        json_kstr(&j, "box", e->box);
        json_close(&j);
        return str_dup(w->ctx->arena, buf_view(&out));
}

static void read_answer(struct pass *w, struct errand *e, struct str body)
{
        JSON_AUTO o = NULL;
        struct str box = json_parse(body, &o, NULL) == OK ? json_text(json_get(o, "box")) : (struct str){ 0 };
        if (box.n)
                e->answer = str_dup(w->ctx->arena, box);
        else
                tell(w, e, "damaged", OK, NULL, 200);
}

static const char *why(CURLcode rc, long status)
{
        if (rc == CURLE_PEER_FAILED_VERIFICATION || rc == CURLE_SSL_CONNECT_ERROR)
                return "tls";
        if (rc != CURLE_OK || status >= 500 || status == 429 || status == 409)
                return "unreachable";
        return "refused";
}

static void ask_there(struct pass *w, struct errand *e, const struct parcel_link *l)
{
        BUF_AUTO out = BUF(PARCEL_BOX_MAX + 4096);
        CURL *c = curl_easy_init();
        struct curl_slist *h = NULL;
        struct str body = request_body(w, e);
        long status = 0;
        if (!c) {
                tell(w, e, "failed", OK, NULL, 0);
                return;
        }
        h = curl_slist_append(h, "Content-Type: application/json");
        h = curl_slist_append(h, arena_printf(w->ctx->arena, "Authorization: Bearer %s", l->key));
        address_options(c, "http,https", w->c->config->ca, PARCEL_CARRY_SECONDS, &out);
        curl_easy_setopt(c, CURLOPT_URL, arena_printf(w->ctx->arena, "%s/api/parcels", l->url));
        curl_easy_setopt(c, CURLOPT_HTTPHEADER, h);
        curl_easy_setopt(c, CURLOPT_POSTFIELDS, body.p);
        curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, (long)body.n);
        CURLcode rc = curl_easy_perform(c);
        curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
        if (rc == CURLE_OK && status == 200)
                read_answer(w, e, buf_view(&out));
        else
                tell(w, e, why(rc, status), OK, NULL, status);
        curl_slist_free_all(h);
        curl_easy_cleanup(c);
}

static void ask_all(struct pass *w)
{
        for (size_t i = 0; i < w->n; i++) {
                struct errand *e = &w->errand[i];
                const struct neighbour *to = neighbour_find(&w->t->neighbours, e->to);
                if (e->error[0] || !to)
                        continue;
                const struct parcel_link *l = parcel_link_of(w->c->config, w->t->code, e->to);
                if (l)
                        ask_there(w, e, l);
                else
                        ask_here(w, e, to->id);
                w->c->asked++;
        }
}

/* ---- what was answered -------------------------------------------------------------------------------------------- */

static int read_box(struct pass *w, struct ctx *ctx, struct errand *e, struct parcel_answer *ret)
{
        const struct neighbour *from = neighbour_find(&w->t->neighbours, e->to);
        struct str json;
        int rc = parcel_open(ctx->arena, parcel_secret_of(w->c->config, w->t->code), from, e->answer, &json, ctx->err);
        if (rc == OK)
                rc = parcel_answer_read(ctx->arena, json, ret, ctx->err);
        if (rc == OK && (!str_eq(ret->id, e->said.id) || memcmp(ret->nonce, e->said.nonce, PARCEL_NONCE) != 0))
                rc = ERR_BAD;
        return rc;
}

static struct str without(struct ctx *ctx, struct str list, struct str code)
{
        struct str one, ret = STR("");
        while (str_split(&list, ';', &one))
                if (one.n && !str_eq(one, code))
                        ret = ret.n ? str_printf(ctx->arena, STR_FMT ";" STR_FMT, STR_ARG(ret), STR_ARG(one)) : one;
        return ret;
}

/* In a while, in a longer while after each try in vain, or never again. */
static struct instant again(const struct pass *w, const struct parcel_out *p, bool moved)
{
        int64_t every = w->c->config ? w->c->config->every : 60, wait = every;
        if (p->stage >= STAGE_FOLLOW && !p->owing.n && (p->stage == STAGE_BACK || !instant_is_none(p->ended)))
                return INSTANT_NONE;
        if (moved)
                return w->ctx->now;
        for (int i = 0; i < p->tries && wait < PARCEL_WAIT_MAX; i++)
                wait *= 2;
        return (struct instant){ w->ctx->now.us + (wait < PARCEL_WAIT_MAX || p->tries == 0 ? wait : PARCEL_WAIT_MAX) * US_PER_SECOND };
}

static int hear(struct pass *w, struct ctx *ctx, struct errand *e)
{
        struct parcel_out *p = &e->row;
        struct parcel_answer a;
        enum parcel_stage was = p->stage;
        int32_t had = p->edition;
        int rc = read_box(w, ctx, e, &a);
        if (rc != OK) {
                e->error = "damaged";
                return OK;
        }
        if (e->over) {
                p->owing = without(ctx, p->owing, e->to);
                p->next_at = again(w, p, true);
                return OK;
        }
        if (e->said.full)
                p->edition = e->said.edition;
        rc = parcel_hear(ctx, w->t, p, &a);
        if (rc == ERR_BAD) {
                e->error = "damaged";
                p->edition = had;
                return OK;
        }
        p->next_at = again(w, p, was != p->stage || p->edition == 0);
        return rc;
}

static int write_down(struct pass *w, struct ctx *ctx, struct errand *e)
{
        struct parcel_out *p = &e->row;
        int rc = OK;
        if (instant_is_none(p->sent) && e->box.n)
                p->sent = ctx->now;
        if (!e->error[0])
                p->tries = 0;
        if (!e->error[0])
                rc = hear(w, ctx, e);
        if (rc != OK)
                return rc;
        p->error = str_of(e->error);
        if (e->error[0]) {
                p->tries++;
                p->next_at = again(w, p, false);
        }
        return parcel_out_save(ctx, p);
}

struct writing {
        struct pass *w;
        struct errand *e;
};

/* Each in a transaction of its own: what fails with one keeps no other back. A run from the start begins with the row as it was. */
static int mark_run(struct tx *tx, struct command *self)
{
        struct writing *m = self->arg;
        struct ctx ctx = *m->w->ctx;
        struct errand again_from = *m->e;
        ctx.tx = tx;
        ctx.err = self->err;
        return write_down(m->w, &ctx, &again_from);
}

static int let_go_run(struct tx *tx, struct command *self)
{
        struct pass *w = self->arg;
        struct ctx ctx = *w->ctx;
        ctx.tx = tx;
        int rc = hold_lease(w, &ctx, 0);
        return rc == ERR_BUSY ? OK : rc;
}

static int mark_all(struct pass *w)
{
        int first = OK;
        for (size_t i = 0; i < w->n; i++) {
                struct writing m = { w, &w->errand[i] };
                struct err err = { 0 };
                int rc = store_write(w->c->store, mark_run, &m, PRIO_BACKGROUND, &err);
                w->c->failed += rc != OK || w->errand[i].error[0];
                if (rc != OK && !err_kind(rc)->retry) { /* so that it does not come again at once */
                        tell(w, &w->errand[i], "failed", rc, &err, 0);
                        rc = store_write(w->c->store, mark_run, &m, PRIO_BACKGROUND, &err);
                }
                first = first == OK ? rc : first;
        }
        if (w->c->holder.n)
                store_write(w->c->store, let_go_run, w, PRIO_BACKGROUND, NULL);
        return first;
}

/* ---- one pass ----------------------------------------------------------------------------------------------------- */

/* Looked at beside the writing thread: where nothing waits nothing is written, no lease either. */
static int something_waits(struct parcel_carrier *c, const struct ctx *ctx, bool *ret)
{
        struct ctx read = *ctx;
        struct parcel_outs due = { 0 };
        int64_t *id;
        size_t n = 0;
        *ret = false;
        int rc = store_read_begin(c->store, &read.tx, ctx->err);
        if (rc != OK)
                return rc;
        rc = parcel_out_due(&read, 1, &due);
        *ret = rc == OK && due.n;
        if (rc == OK && !*ret)
                rc = matter_underway(&read, 0, 100, &id, &n);
        for (size_t i = 0; rc == OK && !*ret && i < n; i++) {
                struct parcel_out last;
                struct matter_passage p;
                rc = matter_passage_get(&read, id[i], &p);
                if (rc == OK)
                        rc = parcel_out_last(&read, id[i], &last);
                *ret = rc == ERR_NONE || (rc == OK && last.times < p.times);
                rc = rc == ERR_NONE ? OK : rc;
        }
        store_read_end(read.tx);
        return rc;
}

int parcels_carry(struct parcel_carrier *c, struct ctx *ctx, int *ret_n)
{
        struct pass *w = arena_new(ctx->arena, struct pass);
        bool waits;
        *w = (struct pass){ .c = c, .ctx = ctx };
        *ret_n = 0;
        int rc = something_waits(c, ctx, &waits);
        if (rc != OK || !waits)
                return rc;
        rc = shelf_town(c->shelf, ctx->town, ctx->now, &w->t, ctx->err);
        if (rc != OK)
                return rc;
        rc = store_write(c->store, claim_run, w, PRIO_BACKGROUND, ctx->err);
        if (rc == OK) {
                ask_all(w);
                rc = mark_all(w);
                *ret_n = (int)w->n;
        }
        town_unref(w->t);
        return rc;
}

int parcel_ask_now(struct ctx *ctx, int64_t matter)
{
        struct parcel_out last;
        int rc = parcel_out_last(ctx, matter, &last);
        if (rc != OK)
                return rc;
        return sql_parcel_out_now(ctx->tx, &(struct sql_parcel_out_now_in){ ctx->town, matter, last.times, ctx->now }, NULL);
}
