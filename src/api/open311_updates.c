/* api/open311_updates.c — updates both ways, mySociety's extension of GeoReport v2: what became of the requests that a system filed, and
 * what their reporters add.
 */
#include "api/inner/open311.h"
#include <sodium.h>
#include "matter/filed.h"

#define DAYS 90

/* ---- out ----------------------------------------------------------------------------------------------------------------- */

enum { OUT_TOWN, OUT_KEY, OUT_FROM, OUT_TO, OUT_MORE };
const struct field open311_updates_query[] = {
        [OUT_TOWN] = OPEN311_JURISDICTION,
        [OUT_KEY] = OPEN311_KEY,
        [OUT_FROM] = { .name = "start_date", .type = FIELD_INSTANT, .help = { "不早于，默认一天前；跨度最多 90 天", "Not before, a day ago by default; at most 90 days" } },
        [OUT_TO] = { .name = "end_date", .type = FIELD_INSTANT, .help = { "不晚于，默认现在", "Not after, now by default" } },
        [OUT_MORE] = { .name = "extensions", .type = FIELD_BOOL, .help = { "true：状态用扩展词（IN_PROGRESS 等）", "true: the wider words of status, IN_PROGRESS and so on" } },
        { 0 },
};

/* The wider words where they say no more than is so: closed is not said to be fixed. */
static const char *status_of(const struct procedure_state *s, bool wider)
{
        static const struct { const char *state, *status; } word[] = {
                { "placing", "INVESTIGATING" }, { "returned", "INTERNAL_REFERRAL" }, { "review", "INVESTIGATING" },
                { "working", "IN_PROGRESS" },   { "withdrawn", "CANCELLED" },        { "declined", "NO_FURTHER_ACTION" },
                { "handing", "INVESTIGATING" }, { "arrived", "INVESTIGATING" },    { "disputed", "INVESTIGATING" },
        };
        for (size_t i = 0; wider && i < COUNT(word); i++)
                if (str_is(s->code, word[i].state))
                        return word[i].status;
        return s->final ? "closed" : "open";
}

static const struct member open311_update_members[] = {
        { .name = "update_id", .type = FIELD_STR },
        { .name = "service_request_id", .type = FIELD_ID },
        { .name = "status", .type = FIELD_STR },
        { .name = "updated_datetime", .type = FIELD_INSTANT },
        { .name = "description", .type = FIELD_STR, .null = true },
        { .name = "media_url", .type = FIELD_STR, .null = true },
        { .name = "external_status_code", .type = FIELD_STR },
        { 0 },
};
const struct shape open311_update_shape = { "Open311Update", open311_update_members, NULL };

static void write_update(struct out311 *o, const struct filed_step *s, bool wider)
{
        struct arena *a = o->req->ctx.arena;
        out311_object(o, "request_update");
        out311_str(o, "update_id", str_printf(a, "%lld-%d", (long long)s->matter, (int)s->n));
        out311_str(o, "service_request_id", str_printf(a, "%lld", (long long)s->matter));
        out311_c(o, "status", status_of(s->to, wider));
        out311_instant(o, "updated_datetime", s->at);
        out311_c(o, "description", open311_say(o->req, s->to->public_word));
        out311_str(o, "media_url", STR(""));
        out311_str(o, "external_status_code", s->to->code);
        out311_end(o);
}

static int read_window(struct request *req, struct instant *ret_since, struct instant *ret_until)
{
        const struct values *q = &req->query;
        *ret_until = value_given(q, OUT_TO) ? value_instant(q, OUT_TO) : req->ctx.now;
        *ret_since = value_given(q, OUT_FROM) ? value_instant(q, OUT_FROM) : (struct instant){ ret_until->us - US_PER_DAY };
        /* Answers are in whole seconds, and a window begins at the second a client has seen. */
        ret_until->us += US_PER_SECOND - 1 - (ret_until->us % US_PER_SECOND + US_PER_SECOND) % US_PER_SECOND;
        if (ret_until->us - ret_since->us > DAYS * US_PER_DAY + US_PER_SECOND)
                return err_set(&req->err, ERR_RANGE, "end_date", "start_date 到 end_date 最多 90 天", "start_date to end_date may span at most 90 days");
        return OK;
}

int open311_updates(struct request *req)
{
        OUT311_AUTO o = { 0 };
        const struct town *t;
        struct instant since, until;
        struct filed_steps steps;
        struct tx *tx;
        int rc = open311_by_key(req);
        if (rc == OK)
                rc = house_town(req, &t);
        if (rc == OK)
                rc = read_window(req, &since, &until);
        if (rc == OK)
                rc = request_tx(req, &tx);
        if (rc == OK)
                rc = filed_steps(&req->ctx, t, since, until, &steps);
        if (rc == OK)
                rc = out311_begin(req, 0, &o);
        if (rc != OK)
                return rc;
        out311_group(&o, "service_request_updates");
        for (size_t i = 0; i < steps.n; i++)
                write_update(&o, &steps.row[i], value_bool(&req->query, OUT_MORE, false));
        out311_end(&o);
        return out311_finish(&o);
}

/* ---- in ------------------------------------------------------------------------------------------------------------------ */

enum { IN_TOWN, IN_KEY, IN_UPDATE, IN_REQUEST, IN_STATUS, IN_WORDS, IN_WHEN, IN_FIRST, IN_LAST, IN_EMAIL, IN_PHONE, IN_MEDIA };
static const struct field media_item = { .name = "url", .type = FIELD_STR, .max = 500, .help = { "网址", "An address" } };
#define NOT_KEPT(n) { .name = n, .type = FIELD_STR, .max = 200, .secret = true, .help = { "不保存：诉求人在提交时已留下联系方式", "Not kept: the contact came with the request" } }
const struct field open311_update_body[] = {
        [IN_TOWN] = OPEN311_JURISDICTION,
        [IN_KEY] = OPEN311_KEY,
        [IN_UPDATE] = { .name = "update_id", .type = FIELD_STR, .required = true, .min = 1, .max = 200, .help = { "对方系统的编号；同一编号只记一次", "The client's own number: the same one twice is one update" } },
        [IN_REQUEST] = { .name = "service_request_id", .type = FIELD_STR, .required = true, .max = 64, .help = { "事项编号", "The request" } },
        [IN_STATUS] = { .name = "status", .type = FIELD_STR, .required = true, .max = 40, .help = { "open、closed 或扩展词；已结的写 open 或 REOPEN 即要求重办", "open, closed or a wider word; open or REOPEN of a closed one has it taken up again" } },
        [IN_WORDS] = { .name = "description", .type = FIELD_TEXT, .required = true, .min = 1, .max = 1500, .help = { "补充的内容", "What is added" } },
        [IN_WHEN] = { .name = "updated_datetime", .type = FIELD_INSTANT, .required = true, .help = { "在对方系统写下的时间", "When it was written there" } },
        [IN_FIRST] = NOT_KEPT("first_name"),
        [IN_LAST] = NOT_KEPT("last_name"),
        [IN_EMAIL] = NOT_KEPT("email"),
        [IN_PHONE] = NOT_KEPT("phone"),
        [IN_MEDIA] = { .name = "media_url", .type = FIELD_LIST, .of = &media_item, .max = 3, .help = { "网址：只记下，从不去取", "Written down, never fetched" } },
        { 0 },
};

struct updating {
        struct request *req;
        const struct town *t;
        int64_t id;
        struct str words;
        struct form_value form;
        struct idem idem;
        struct matter after;
        bool again;
};

static bool opens_again(struct str status)
{
        static const char *const word[] = { "open", "OPEN", "reopen", "REOPEN" };
        for (size_t i = 0; i < COUNT(word); i++)
                if (str_is(status, word[i]))
                        return true;
        return false;
}

/* What the reporter's words do: while it is open they are added to it; once it has ended, "open" has it taken up again, and when that
 * was done as often as it may be, a supervisor looks. Nothing from outside closes a request: that a reporter says it is mended is a note. */
static const char *action_for(struct ctx *ctx, const struct updating *o, const struct matter *m)
{
        const struct procedure_action *may[PROCEDURE_ACTIONS_MAX];
        size_t n = matter_may(o->t, m, ACTOR_REPORTER, 0, ctx->now, may);
        if (m->open || !opens_again(value_str(&o->req->body, IN_STATUS)))
                return "note";
        for (size_t i = 0; i < n; i++)
                if (str_is(may[i]->code, "reopen") || str_is(may[i]->code, "appeal"))
                        return str_c(ctx->arena, may[i]->code);
        return "reopen"; /* which then says why not */
}

static int update_once(struct ctx *ctx, struct updating *o)
{
        struct matter m;
        int rc = matter_get(ctx, o->id, &m);
        if (rc != OK)
                return rc;
        struct matter_action a = { .id = o->id, .action = str_of(action_for(ctx, o, &m)), .form = &o->form, .n_form = 1 };
        ctx->actor = (struct actor){ .kind = ACTOR_REPORTER, .name = ctx->actor.name };
        return matter_act(ctx, o->t, &a, &o->after);
}

static int update_run(struct tx *tx, struct command *self)
{
        struct updating *o = self->arg;
        struct ctx ctx = o->req->ctx;
        struct idem_answer before;
        ctx.tx = tx;
        o->again = false;
        int rc = idem_begin(&ctx, &o->idem, &o->again, &before);
        if (rc == OK && self->tries > 0)
                rc = house_town_anew(o->req, &o->t);
        if (rc == OK)
                rc = filed_by_asker(&ctx, o->id);
        if (rc != OK || o->again)
                return rc;
        rc = update_once(&ctx, o);
        return rc == OK ? idem_end(&ctx, &o->idem, &(struct idem_answer){ .status = 200, .id = o->id, .sealed = STR("") }) : rc;
}

static const struct member open311_updated_members[] = {
        { .name = "update_id", .type = FIELD_STR, .null = true },
        { 0 },
};
const struct shape open311_updated_shape = { "Open311Updated", open311_updated_members, NULL };

static int update_finish(struct request *req, int rc)
{
        OUT311_AUTO o = { 0 };
        struct updating *u = req->state;
        if (rc == OK)
                rc = out311_begin(req, 0, &o);
        if (rc != OK)
                return rc;
        if (!u->again)
                house_wake(req);
        out311_group(&o, "service_request_updates");
        out311_object(&o, "request_update");
        out311_str(&o, "update_id", value_str(&req->body, IN_UPDATE));
        out311_end(&o);
        out311_end(&o);
        return out311_finish(&o);
}

/* The number is the client's own and may be any text: its hash is the key, and the words are what it is bound to. */
static void take_key(struct request *req, struct updating *o)
{
        unsigned char hash[16];
        struct str id = value_str(&req->body, IN_UPDATE);
        char *hex = arena_raw(req->ctx.arena, 2 * sizeof(hash) + 1);
        crypto_generichash(hash, sizeof(hash), (const unsigned char *)id.p, id.n, NULL, 0);
        sodium_bin2hex(hex, 2 * sizeof(hash) + 1, hash, sizeof(hash));
        o->idem = (struct idem){ .route = str_of(req->route->name), .key = { hex, 2 * sizeof(hash) }, .actor = str_printf(req->ctx.arena, "key:" STR_FMT, STR_ARG(req->ctx.actor.name)) };
        struct str bound = str_printf(req->ctx.arena, "%lld " STR_FMT, (long long)o->id, STR_ARG(o->words));
        crypto_generichash(o->idem.body, sizeof(o->idem.body), (const unsigned char *)bound.p, bound.n, NULL, 0);
}

static struct str words_of(struct request *req)
{
        const struct values *b = &req->body;
        BUF_AUTO out = BUF((size_t)32 << 10);
        buf_str(&out, value_str(b, IN_WORDS));
        for (size_t i = 0; i < value_count(b, IN_MEDIA); i++) {
                buf_puts(&out, "\n附件网址：");
                buf_str(&out, value_item(b, IN_MEDIA, i)->str);
        }
        return str_dup(req->ctx.arena, buf_view(&out));
}

int open311_update_post(struct request *req)
{
        struct updating *o = arena_new(req->ctx.arena, struct updating);
        o->req = req;
        int rc = open311_writer(req);
        if (rc == OK)
                rc = house_town(req, &o->t);
        if (rc == OK && str_int(value_str(&req->body, IN_REQUEST), 1, INT64_MAX, &o->id) != OK)
                rc = err_set(&req->err, ERR_NONE, "service_request_id", "service_request_id：没有这件事项", "service_request_id: there is no such request");
        if (rc != OK)
                return rc;
        o->words = words_of(req);
        o->form = (struct form_value){ STR("text"), o->words };
        take_key(req, o);
        req->state = o;
        req->finish = update_finish;
        return request_submit(req, update_run, o);
}
