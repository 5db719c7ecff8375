#include "notice/carry.h"
#include <curl/curl.h>
#include "base/address.h"
#include "base/buf.h"
#include "base/log.h"
#include "notice/inner/derive.h"
#include "notice/inner/request.h"
#include "notice/inner/row.h"
#include "notice/notice_sql.h"
#include "people/mask.h"
#include "people/vault.h"
#include "store/lease.h"

#define HEADERS_MAX 16
#define LEASE "notice"
#define PURPOSE STR("发送通知 notice")

/* How a try ended. */
enum outcome {
        OUT_FAILED,   /* try again later */
        OUT_SENT,
        OUT_REFUSED,  /* no use to try again */
        OUT_DROPPED,  /* nobody wants it any more */
        OUT_PUT_OFF,  /* not at this hour */
};

struct parcel {
        struct notice n;
        bool ready; /* to be sent */
        enum outcome outcome;
        const char *error; /* "" or a code of words.c */
        struct instant again; /* OUT_PUT_OFF */
        struct str to, body, lang;
        const struct notice_hook *hook;
        CURL *curl;
        struct curl_slist *headers, *rcpt;
        size_t read; /* of a mail's body */
        char *name;
};

struct pass {
        struct carrier *c;
        struct ctx *ctx;   /* of the caller: its arena lives as long as the pass */
        struct town *t;
        struct parcel parcel[CARRY_MAX];
        size_t n;
};

/* ---- addresses and words, inside one write transaction --------------------------------------------------------------- */

static void drop(struct parcel *p, const char *why)
{
        p->outcome = OUT_DROPPED;
        p->error = why;
}

static void refuse(struct parcel *p, const char *why)
{
        p->outcome = OUT_REFUSED;
        p->error = why;
}

/* It waits until somebody may be disturbed again: tries may have gone on into the night. */
static bool put_off(struct parcel *p, struct ctx *ctx, struct quiet_hours quiet, struct quiet_hours chosen)
{
        p->again = notice_when(ctx->now, quiet, chosen);
        if (p->again.us > ctx->now.us)
                p->outcome = OUT_PUT_OFF;
        return p->outcome == OUT_PUT_OFF;
}

static void write_text(struct pass *w, struct ctx *ctx, struct parcel *p, enum notice_kind as, struct str code)
{
        struct str link = str_of(w->c->config->link);
        const struct notice *n = &p->n;
        struct arena *a = ctx->arena;
        if (n->channel == NOTICE_BY_SMS) {
                p->body = sms_request_body(a, w->c->config, p->to, notice_words_of(a, w->t, n, as, NOTICE_SMS, n->lang, code, link), n->id);
        } else {
                struct str town = n->lang == LANG_ZH ? w->t->name_zh : w->t->name_en;
                struct mail m = { .from = w->c->config->mail_from, .name = as == NOTICE_DISCREET ? STR("") : town, .to = p->to,
                                  .subject = notice_words_of(a, w->t, n, as, NOTICE_TITLE, n->lang, code, link),
                                  .text = notice_words_of(a, w->t, n, as, NOTICE_TEXT, n->lang, code, link), .id = n->id, .now = ctx->now };
                p->body = mail_bytes(a, &m);
        }
        p->ready = true;
}

/* Digits that a gateway can take. */
static struct str dialable(struct arena *a, struct str phone)
{
        struct str digits = phone_normal(a, phone);
        return digits.n >= 11 && digits.n <= 15 ? digits : (struct str){ 0 };
}

static int prepare_reporter(struct pass *w, struct ctx *ctx, struct parcel *p)
{
        static const struct str none = { "", 0 };
        struct notice_wish wish = { .way = WAY_SMS };
        struct identity id;
        struct matter m;
        int rc = matter_get(ctx, p->n.matter, &m);
        if (rc == OK)
                rc = notice_wish_get(ctx, m.id, &wish);
        bool chosen = rc == OK;
        if (rc != OK && rc != ERR_NONE)
                return rc;
        if (m.person == MATTER_ANONYMOUS) {
                drop(p, "erased");
                return OK;
        }
        if (chosen && wish.way != (p->n.channel == NOTICE_BY_SMS ? WAY_SMS : WAY_MAIL)) {
                drop(p, "unwanted"); /* they have changed their mind */
                return OK;
        }
        if (put_off(p, ctx, w->t->quiet, wish.hours))
                return OK;
        rc = vault_open(w->c->keys, ctx, m.person, m.id, PURPOSE, &id);
        if (rc == ERR_NONE) {
                drop(p, "erased");
                return OK;
        }
        if (rc != OK)
                return rc;
        p->to = p->n.channel == NOTICE_BY_SMS ? dialable(ctx->arena, id.phone) : id.mail;
        if (p->to.n == 0)
                (chosen ? refuse : drop)(p, "no_address"); /* who left only a name is not owed a message */
        else
                write_text(w, ctx, p, wish.discreet ? NOTICE_DISCREET : p->n.kind, id.code.n ? id.code : none);
        return OK;
}

static int prepare_staff(struct pass *w, struct ctx *ctx, struct parcel *p)
{
        static const struct quiet_hours any = { 0, 0 };
        struct str login = { p->n.recipient.p + 6, p->n.recipient.n - 6 }, phone = { 0 };
        const struct staff_member *who = staff_find(&w->t->staff, login);
        struct vault_phone arg = { w->c->keys, ctx };
        if (!staff_serves(who, instant_day(ctx->now))) {
                drop(p, "gone");
                return OK;
        }
        if (p->n.channel == NOTICE_BY_SMS && !p->n.urgent && put_off(p, ctx, w->t->quiet, any))
                return OK;
        int rc = p->n.channel == NOTICE_BY_SMS ? staff_phone(ctx->arena, who, vault_open_phone, &arg, &phone) : OK;
        if (rc != OK && rc != ERR_NONE)
                return rc;
        p->to = p->n.channel == NOTICE_BY_SMS ? dialable(ctx->arena, phone) : who->mail;
        if (p->to.n == 0)
                refuse(p, "no_address");
        else
                write_text(w, ctx, p, p->n.kind, STR(""));
        return OK;
}

static void prepare_hook(struct pass *w, struct ctx *ctx, struct parcel *p)
{
        struct str name = { p->n.recipient.p + 5, p->n.recipient.n - 5 };
        for (size_t i = 0; i < w->c->config->n_hooks; i++)
                if (str_eq(w->c->config->hook[i].name, name))
                        p->hook = &w->c->config->hook[i];
        if (!p->hook || !hook_wants(p->hook, p->n.why)) {
                drop(p, "unwanted");
                return;
        }
        p->body = hook_body(ctx->arena, ctx->town, &p->n);
        p->ready = true;
}

static int prepare(struct pass *w, struct ctx *ctx, struct parcel *p)
{
        const struct notice_config *c = w->c->config;
        p->error = "";
        if ((p->n.channel == NOTICE_BY_SMS && !c->sms_url) || (p->n.channel == NOTICE_BY_MAIL && !c->mail_url)) {
                refuse(p, "unreachable"); /* the gateway was taken away meanwhile */
                return OK;
        }
        if (p->n.channel == NOTICE_BY_HOOK) {
                prepare_hook(w, ctx, p);
                return OK;
        }
        int rc = str_is(p->n.recipient, "reporter") ? prepare_reporter(w, ctx, p) : prepare_staff(w, ctx, p);
        if (rc == ERR_INTERNAL || rc == ERR_BAD) { /* a box that does not open: no other way to know the number */
                log_error("notice=%lld town=%lld: the address cannot be opened", (long long)p->n.id, (long long)ctx->town);
                refuse(p, "no_address");
                rc = OK;
        }
        return rc;
}

/* For as long as a pass may take; with 0 it is given back, so that a server that stops keeps nobody waiting. */
static int hold_lease(const struct pass *w, struct ctx *ctx, int seconds)
{
        int64_t epoch;
        return w->c->holder.n ? lease_take(ctx, STR(LEASE), w->c->holder, seconds, &epoch) : OK;
}

static int claim_run(struct tx *tx, struct command *self)
{
        struct pass *w = self->arg;
        struct ctx ctx = *w->ctx;
        struct sql_notice_due_rows rows;
        struct notices due;
        ctx.tx = tx;
        int rc = hold_lease(w, &ctx, CARRY_LEASE_SECONDS);
        if (rc == OK)
                rc = sql_notice_due(tx, ctx.arena, &(struct sql_notice_due_in){ ctx.town, ctx.now, CARRY_MAX }, &rows);
        if (rc != OK)
                return rc;
        notices_of(ctx.arena, rows.row, rows.n, &due);
        rc = notices_reasons(&ctx, &due);
        w->n = due.n;
        for (size_t i = 0; i < w->n && rc == OK; i++) {
                w->parcel[i] = (struct parcel){ .n = due.row[i] };
                rc = prepare(w, &ctx, &w->parcel[i]);
        }
        return rc;
}

/* ---- sending --------------------------------------------------------------------------------------------------------- */

void carry_init(void)
{
        if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
                BUG("libcurl does not start");
}

static size_t give_mail(char *out, size_t size, size_t n, void *arg)
{
        struct parcel *p = arg;
        size_t left = p->body.n - p->read, take = left < size * n ? left : size * n;
        memcpy(out, p->body.p + p->read, take);
        p->read += take;
        return take;
}

static void header(struct parcel *p, const char *line)
{
        struct curl_slist *more = curl_slist_append(p->headers, line);
        if (more)
                p->headers = more;
}

static void set_common(const struct carrier *c, struct parcel *p)
{
        curl_easy_setopt(p->curl, CURLOPT_PRIVATE, p);
        address_options(p->curl, p->n.channel == NOTICE_BY_MAIL ? "smtp,smtps" : "http,https", c->config->ca, CARRY_SECONDS, NULL);
}

static void set_mail(const struct carrier *c, struct parcel *p)
{
        const struct notice_config *f = c->config;
        p->rcpt = curl_slist_append(NULL, p->name);
        curl_easy_setopt(p->curl, CURLOPT_URL, f->mail_url);
        curl_easy_setopt(p->curl, CURLOPT_USE_SSL, (long)(f->mail_tls ? CURLUSESSL_ALL : CURLUSESSL_TRY));
        curl_easy_setopt(p->curl, CURLOPT_MAIL_FROM, f->mail_from);
        curl_easy_setopt(p->curl, CURLOPT_MAIL_RCPT, p->rcpt);
        curl_easy_setopt(p->curl, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(p->curl, CURLOPT_READFUNCTION, give_mail);
        curl_easy_setopt(p->curl, CURLOPT_READDATA, p);
        if (f->mail_user) {
                curl_easy_setopt(p->curl, CURLOPT_USERNAME, f->mail_user);
                curl_easy_setopt(p->curl, CURLOPT_PASSWORD, f->mail_password);
        }
}

static void set_post(struct parcel *p, const char *url)
{
        curl_easy_setopt(p->curl, CURLOPT_URL, url);
        curl_easy_setopt(p->curl, CURLOPT_POST, 1L);
        curl_easy_setopt(p->curl, CURLOPT_POSTFIELDS, p->body.p);
        curl_easy_setopt(p->curl, CURLOPT_POSTFIELDSIZE, (long)p->body.n);
}

static void set_sms(const struct carrier *c, struct parcel *p)
{
        set_post(p, c->config->sms_url);
        header(p, c->config->sms_type == SMS_FORM ? "Content-Type: application/x-www-form-urlencoded" : "Content-Type: application/json");
        for (size_t i = 0; i < c->config->n_sms_headers; i++)
                header(p, c->config->sms_header[i]);
}

static void set_hook(struct ctx *ctx, struct parcel *p)
{
        struct hook_headers h = hook_sign(ctx->arena, p->hook, p->n.id, ctx->now, p->body);
        set_post(p, p->hook->url);
        header(p, "Content-Type: application/json");
        header(p, arena_printf(ctx->arena, "webhook-id: %s", h.id));
        header(p, arena_printf(ctx->arena, "webhook-timestamp: %s", h.timestamp));
        header(p, arena_printf(ctx->arena, "webhook-signature: %s", h.signature));
}

static bool hand_over(struct pass *w, struct parcel *p, CURLM *multi)
{
        p->curl = curl_easy_init();
        if (!p->curl)
                return false;
        p->name = (char *)(uintptr_t)str_c(w->ctx->arena, p->to);
        set_common(w->c, p);
        if (p->n.channel == NOTICE_BY_MAIL)
                set_mail(w->c, p);
        else if (p->n.channel == NOTICE_BY_SMS)
                set_sms(w->c, p);
        else
                set_hook(w->ctx, p);
        if (p->headers)
                curl_easy_setopt(p->curl, CURLOPT_HTTPHEADER, p->headers);
        return curl_multi_add_handle(multi, p->curl) == CURLM_OK;
}

static bool for_good(long status)
{
        return status == 400 || status == 404 || status == 405 || status == 410 || status == 413 || status == 422;
}

static void judge(struct parcel *p, CURLcode rc)
{
        long status = 0;
        curl_easy_getinfo(p->curl, CURLINFO_RESPONSE_CODE, &status);
        bool mail = p->n.channel == NOTICE_BY_MAIL;
        p->outcome = OUT_FAILED;
        p->error = "failed";
        if (rc == CURLE_OK && (mail || (status >= 200 && status < 300))) {
                p->outcome = OUT_SENT;
                p->error = "";
        } else if ((!mail && rc == CURLE_OK && for_good(status)) || (mail && status >= 550 && status < 560 && status != 552)) {
                refuse(p, "refused");
        } else if (rc == CURLE_PEER_FAILED_VERIFICATION || rc == CURLE_SSL_CONNECT_ERROR || rc == CURLE_USE_SSL_FAILED) {
                p->error = "tls";
        } else if (rc == CURLE_COULDNT_CONNECT || rc == CURLE_COULDNT_RESOLVE_HOST || rc == CURLE_OPERATION_TIMEDOUT) {
                p->error = "unreachable";
        }
        if (p->outcome != OUT_SENT) /* no address, no text: the id finds it */
                log_warn("notice=%lld channel=%s try=%d: %s (%d, status %ld)", (long long)p->n.id, notice_channel_names[p->n.channel],
                         (int)p->n.tries + 1, p->error, (int)rc, status);
}

static void take_done(CURLM *multi)
{
        int left;
        for (CURLMsg *m = curl_multi_info_read(multi, &left); m; m = curl_multi_info_read(multi, &left)) {
                char *p = NULL;
                if (m->msg == CURLMSG_DONE && curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &p) == CURLE_OK && p)
                        judge((struct parcel *)(void *)p, m->data.result);
        }
}

static void send_all(struct pass *w)
{
        CURLM *multi = curl_multi_init();
        int running = 1;
        for (size_t i = 0; i < w->n; i++) {
                struct parcel *p = &w->parcel[i];
                if (p->ready) {
                        p->error = "failed"; /* until it is known better */
                        if (!multi || !hand_over(w, p, multi))
                                log_error("notice=%lld: libcurl has no room", (long long)p->n.id);
                }
        }
        while (multi && running) {
                if (curl_multi_perform(multi, &running) != CURLM_OK)
                        break;
                take_done(multi);
                if (running && curl_multi_poll(multi, NULL, 0, 1000, NULL) != CURLM_OK)
                        break;
        }
        for (size_t i = 0; i < w->n; i++) {
                struct parcel *p = &w->parcel[i];
                if (p->curl) {
                        curl_multi_remove_handle(multi, p->curl);
                        curl_easy_cleanup(p->curl);
                }
                curl_slist_free_all(p->headers);
                curl_slist_free_all(p->rcpt);
        }
        curl_multi_cleanup(multi);
}

/* ---- writing down how it went ---------------------------------------------------------------------------------------- */

static struct sql_notice_mark_in mark_of(const struct pass *w, const struct ctx *ctx, const struct parcel *p)
{
        struct sql_notice_mark_in in = { .town = ctx->town, .id = p->n.id, .before = p->n.tries, .tries = p->n.tries + 1,
                                         .state = STR(WAITING), .next_at = INSTANT_NONE, .done_at = ctx->now, .error = str_of(p->error) };
        int64_t wait;
        (void)w;
        switch (p->outcome) {
        case OUT_SENT: in.state = STR(SENT); break;
        case OUT_DROPPED: in.state = STR(DROPPED); break;
        case OUT_REFUSED: in.state = STR(UNDELIVERED); break;
        case OUT_PUT_OFF:
                in.tries = p->n.tries;
                in.next_at = p->again;
                in.done_at = INSTANT_NONE;
                break;
        case OUT_FAILED:
                if (notice_retry(in.tries, p->n.urgent, &wait)) {
                        in.next_at = (struct instant){ ctx->now.us + wait };
                        in.done_at = INSTANT_NONE;
                } else {
                        in.state = STR(UNDELIVERED);
                }
                break;
        }
        return in;
}

/* That a person could not be told is something somebody must act on; a hook is the operator's own affair. */
static int tell_desk(struct pass *w, struct ctx *ctx, struct parcel *p)
{
        struct notice_batch b = { 0 };
        p->n.error = str_of(p->error);
        int rc = p->hook ? OK : notice_derive_lost(ctx, w->t, &p->n, &b);
        for (size_t i = 0; i < b.n && rc == OK; i++)
                rc = sql_notice_add(ctx->tx, &b.row[i], NULL);
        return rc == ERR_NONE ? OK : rc;
}

static int mark_run(struct tx *tx, struct command *self)
{
        struct pass *w = self->arg;
        struct ctx ctx = *w->ctx;
        int rc = OK;
        ctx.tx = tx;
        for (size_t i = 0; i < w->n && rc == OK; i++) {
                struct parcel *p = &w->parcel[i];
                struct sql_notice_mark_in in = mark_of(w, &ctx, p);
                int64_t changed = 0;
                rc = sql_notice_mark(tx, &in, &changed);
                if (rc == OK && changed == 1 && str_is(in.state, UNDELIVERED))
                        rc = tell_desk(w, &ctx, p);
        }
        if (rc == OK)
                rc = hold_lease(w, &ctx, 0);
        return rc == ERR_BUSY ? OK : rc; /* it took longer than the lease: another has it */
}

static void count_all(struct pass *w)
{
        for (size_t i = 0; i < w->n; i++) {
                const struct parcel *p = &w->parcel[i];
                struct sql_notice_mark_in in = mark_of(w, w->ctx, p);
                w->c->sent += p->outcome == OUT_SENT;
                w->c->failed += p->outcome == OUT_FAILED || p->outcome == OUT_REFUSED;
                w->c->lost += str_is(in.state, UNDELIVERED);
        }
}

/* ---- one pass -------------------------------------------------------------------------------------------------------- */

int carry_load(struct ctx *ctx, struct carry_load *ret)
{
        struct sql_notice_waiting_row waiting;
        struct sql_notice_lost_count_row lost;
        int rc = sql_notice_waiting(ctx->tx, ctx->arena, &(struct sql_notice_waiting_in){ ctx->town }, &waiting);
        if (rc == OK)
                rc = sql_notice_lost_count(ctx->tx, ctx->arena, &(struct sql_notice_lost_count_in){ ctx->town }, &lost);
        if (rc == OK)
                *ret = (struct carry_load){ waiting.n, lost.n };
        return rc;
}

/* Looked at beside the writing thread: where nothing waits, nothing is written, no lease either. */
static int something_waits(struct carrier *c, const struct ctx *ctx, bool *ret)
{
        struct ctx read = *ctx;
        struct sql_notice_due_rows rows = { 0 };
        int rc = store_read_begin(c->store, &read.tx, ctx->err);
        if (rc != OK)
                return rc;
        rc = sql_notice_due(read.tx, read.arena, &(struct sql_notice_due_in){ read.town, read.now, 1 }, &rows);
        store_read_end(read.tx);
        *ret = rows.n > 0;
        return rc;
}

int carry(struct carrier *c, struct ctx *ctx, int *ret_n)
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
                send_all(w);
                rc = store_write(c->store, mark_run, w, PRIO_BACKGROUND, ctx->err);
        }
        if (rc == OK) {
                count_all(w);
                *ret_n = (int)w->n;
        }
        town_unref(w->t);
        return rc;
}
