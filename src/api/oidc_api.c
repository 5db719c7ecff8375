/* api/oidc_api.c — signing in elsewhere (OpenID Connect, authorization code with PKCE), and linking an account to it.
 *
 * What a browser must bring back lies sealed in a cookie of ten minutes: state, nonce, verifier, where to go on. So nothing is written for whoever only
 * presses the button, and an answer counts only in the browser that asked. The state is used up before the code is: once. Every way ends in a redirect to
 * a page of ours, with a word of a closed list behind "sign-in=" that the page says in the reader's language; none of them tells whether somebody else
 * has an account. docs/oidc.md.
 */
#include "api/oidc.h"
#include <sodium.h>
#include "api/inner/pool.h"
#include "api/inner/signed_in.h"
#include "api/routes.h"
#include "oidc/provider.h"
#include "people/link.h"
#include "people/sign_in.h"

#define ASKERS 4
#define WAITING_MAX 32
#define COOKIE "linli_oidc"
#define FLOW_SECONDS 600
#define CODE_SECONDS 300
#define RANDOM_BYTES 32
#define RANDOM_TEXT 43
#define THEN_MAX 200
#define BOX_MAX 2048

struct oidc_desk {
        struct oidc_provider *provider;
        struct pool *pool;
        const char *public_url;
};

/* What the page says when somebody comes back; the words are in its packs. */
enum reason { BACK_WELL, BACK_LATE, BACK_DECLINED, BACK_REFUSED, BACK_UNREACHABLE, BACK_UNLINKED, BACK_BUSY, BACK_CODE, BACK_LINKED, BACK_TAKEN, BACK_OFF, REASONS };
static const char *const reason_names[REASONS] = { "well", "late", "declined", "refused", "unreachable", "unlinked", "busy", "code", "linked", "taken", "off" };

/* ---- what the browser keeps meanwhile ---------------------------------------------------------------------------------- */

enum flow_kind { FLOW_SIGN_IN, FLOW_LINK, FLOW_CODE /* known who it is; their one-time code is awaited */ };
enum { F_KIND, F_UNTIL, F_STATE, F_NONCE, F_VERIFIER, F_LOGIN, F_THEN, F_FIELDS };
struct flow {
        enum flow_kind kind;
        struct instant until;
        struct str state, nonce, verifier, login, then;
};
static const struct str flow_label = { "oidc.flow", 9 };

static struct str random_text(struct ctx *ctx)
{
        unsigned char raw[RANDOM_BYTES];
        char text[RANDOM_TEXT + 1];
        chance_fill(ctx->chance, raw, sizeof raw);
        sodium_bin2base64(text, sizeof text, raw, sizeof raw, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
        return str_dup(ctx->arena, str_of(text));
}

/* Sealed for its town: what one town's browser holds opens in no other. */
static int flow_keep(struct request *req, const struct flow *f)
{
        struct ctx *ctx = &req->ctx;
        struct str box, plain = str_printf(ctx->arena, "%d\n%lld\n" STR_FMT "\n" STR_FMT "\n" STR_FMT "\n" STR_FMT "\n" STR_FMT, (int)f->kind,
                                           (long long)f->until.us, STR_ARG(f->state), STR_ARG(f->nonce), STR_ARG(f->verifier), STR_ARG(f->login), STR_ARG(f->then));
        int rc = vault_seal_bytes(house_of(req)->keys, ctx, flow_label, plain, &box);
        if (rc != OK)
                return rc;
        size_t room = sodium_base64_encoded_len(box.n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
        char *text = arena_raw(ctx->arena, room);
        sodium_bin2base64(text, room, (const unsigned char *)box.p, box.n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
        request_set_cookie(req, COOKIE, str_of(text), f->kind == FLOW_CODE ? CODE_SECONDS : FLOW_SECONDS);
        return OK;
}

static bool flow_read(struct request *req, struct flow *ret)
{
        unsigned char raw[BOX_MAX];
        struct str text = request_cookie(req, COOKIE), plain, part[F_FIELDS] = { 0 };
        const char *end = NULL;
        int64_t kind, until;
        size_t n = 0;
        if (text.n == 0 || sodium_base642bin(raw, sizeof raw, text.p, text.n, NULL, &n, &end, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
            end != text.p + text.n || vault_open_bytes(house_of(req)->keys, &req->ctx, flow_label, (struct str){ (char *)raw, n }, &plain) != OK)
                return false;
        for (size_t i = 0; i < F_FIELDS; i++)
                str_split(&plain, '\n', &part[i]);
        if (str_int(part[F_KIND], FLOW_SIGN_IN, FLOW_CODE, &kind) != OK || str_int(part[F_UNTIL], 0, INT64_MAX, &until) != OK)
                return false;
        *ret = (struct flow){ (enum flow_kind)kind, { until }, part[F_STATE], part[F_NONCE], part[F_VERIFIER], part[F_LOGIN], part[F_THEN] };
        return req->ctx.now.us < until;
}

/* ---- the way back to a page of ours ------------------------------------------------------------------------------------ */

/* A page of the desk or of the workers, and nothing that a browser could read as another address. */
static bool our_page(struct str s)
{
        bool face = str_starts(s, STR("/desk")) || str_starts(s, STR("/work"));
        for (size_t i = 0; i < s.n; i++) {
                char c = s.p[i];
                bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
                if (!letter && !memchr("/-_.", c, 4))
                        return false;
        }
        return face && s.n <= THEN_MAX && (s.n == 5 || s.p[5] == '/') && str_find(s, STR("//")) < 0 && str_find(s, STR("..")) < 0;
}

static int go_back(struct request *req, struct str then, enum reason why)
{
        struct arena *a = req->ctx.arena;
        struct str town = req->town_code.n ? str_printf(a, "/t/" STR_FMT, STR_ARG(req->town_code)) : STR("");
        const char *mark = why == BACK_WELL ? "" : arena_printf(a, "?sign-in=%s", reason_names[why]);
        request_json(req, 303);
        req->out.type = "text/plain; charset=utf-8";
        req->out.location = str_printf(a, STR_FMT STR_FMT "%s", STR_ARG(town), STR_ARG(our_page(then) ? then : STR("/desk")), mark);
        return OK;
}

/* Who follows a link sees a page, whatever goes wrong: too often, another town, nothing configured. */
static void refused(struct request *req, int code)
{
        bool busy = code == ERR_RATE || code == ERR_BUSY || code == ERR_STORE || code == ERR_UNSURE;
        request_problem_text(req, code); /* into the log, what belongs there */
        go_back(req, STR(""), busy ? BACK_BUSY : code == ERR_NONE ? BACK_OFF : BACK_REFUSED);
}
static const struct manner page_manner = { .more = true, .problem = refused };

/* ---- asking the provider, in a thread of the desk ---------------------------------------------------------------------- */

struct trip {
        struct pool_item item; /* first: a waiting item is its trip */
        struct request *req;
        struct oidc_desk *desk;
        const struct town *town;
        int (*go)(struct trip *);
        struct flow flow;
        struct str code, url;
        struct oidc_claims claims;
        struct link link;
        struct sign_in s;
        struct session_given given;
        enum reason why;
};

static void work(void *arg, struct pool_item *item)
{
        struct trip *o = (struct trip *)item;
        (void)arg;
        request_finish(o->req, o->go(o));
}

static int set_out(struct trip *o, int (*go)(struct trip *), int (*finish)(struct request *, int rc))
{
        if (!pool_reserve(o->desk->pool))
                return err_set(&o->req->err, ERR_BUSY, "", "登录的人太多，请稍后再试", "Too many are signing in; try again in a moment");
        o->go = go;
        o->req->finish = finish;
        int rc = request_later(o->req);
        pool_put(o->desk->pool, &o->item);
        return rc;
}

static int trip_new(struct request *req, struct trip **ret)
{
        struct trip *o = arena_new(req->ctx.arena, struct trip);
        *o = (struct trip){ .req = req, .desk = house_of(req)->oidc };
        *ret = req->state = o;
        if (!o->desk)
                return err_set(&req->err, ERR_NONE, "", "本服务没有设置统一身份认证", "No sign-in elsewhere is configured here");
        return house_town(req, &o->town);
}

/* Where the provider sends the browser back to; it is registered there, letter by letter. */
static struct oidc_question question_of(struct trip *o)
{
        const struct request *req = o->req;
        const char *town = req->town_code.n ? arena_printf(req->ctx.arena, "/t/" STR_FMT, STR_ARG(req->town_code)) : "";
        return (struct oidc_question){ arena_printf(req->ctx.arena, "%s%s/sign-in/oidc/back", o->desk->public_url, town), o->flow.state, o->flow.nonce,
                                       o->flow.verifier };
}

static int leave_go(struct trip *o)
{
        struct request *req = o->req;
        struct oidc_question q = question_of(o);
        return oidc_authorize(o->desk->provider, &req->ctx, &q, &o->url);
}

static void flow_begin(struct trip *o, enum flow_kind kind, struct str login, struct str then)
{
        struct ctx *ctx = &o->req->ctx;
        o->flow = (struct flow){ .kind = kind,
                                 .until = { ctx->now.us + FLOW_SECONDS * US_PER_SECOND },
                                 .state = random_text(ctx),
                                 .nonce = random_text(ctx),
                                 .verifier = random_text(ctx),
                                 .login = login,
                                 .then = our_page(then) ? then : STR("/desk") };
}

/* ---- off to sign in ---------------------------------------------------------------------------------------------------- */

enum { BEGIN_THEN, BEGIN_FIELDS };
static const struct field begin_query[] = {
        [BEGIN_THEN] = { .name = "then", .type = FIELD_STR, .max = THEN_MAX, .help = { "之后回到哪一页：/desk 或 /work 之下", "The page to come back to, below /desk or /work" } },
        [BEGIN_FIELDS] = { 0 },
};

static int begin_finish(struct request *req, int rc)
{
        const struct trip *o = req->state;
        if (rc != OK)
                return go_back(req, o->flow.then, BACK_UNREACHABLE);
        rc = flow_keep(req, &o->flow);
        if (rc != OK)
                return rc;
        go_back(req, STR(""), BACK_WELL);
        req->out.location = o->url;
        return OK;
}

static int begin(struct request *req)
{
        struct trip *o;
        int rc = trip_new(req, &o);
        if (rc != OK)
                return rc;
        flow_begin(o, FLOW_SIGN_IN, STR(""), value_given(&req->query, BEGIN_THEN) ? value_str(&req->query, BEGIN_THEN) : STR(""));
        return set_out(o, leave_go, begin_finish);
}

/* ---- and back ---------------------------------------------------------------------------------------------------------- */

enum { BACK_Q_CODE, BACK_Q_STATE, BACK_Q_ERROR, BACK_Q_ISS, BACK_Q_FIELDS };
static const struct field back_query[] = {
        [BACK_Q_CODE] = { .name = "code", .type = FIELD_STR, .secret = true, .max = OIDC_CODE_MAX, .help = { "认证方给的一次性代码", "The provider's code" } },
        [BACK_Q_STATE] = { .name = "state", .type = FIELD_STR, .secret = true, .max = 100, .help = { "出发时给的标记", "What was given on leaving" } },
        [BACK_Q_ERROR] = { .name = "error", .type = FIELD_STR, .max = 100, .help = { "认证方不同意的原因", "Why the provider did not agree" } },
        [BACK_Q_ISS] = { .name = "iss", .type = FIELD_STR, .max = OIDC_ADDRESS_MAX, .help = { "认证方的名字（RFC 9207）", "The provider's own name (RFC 9207)" } },
        [BACK_Q_FIELDS] = { 0 },
};

static int use_run(struct tx *tx, struct command *self)
{
        struct trip *o = self->arg;
        struct ctx ctx = o->req->ctx;
        ctx.tx = tx;
        return once_only(&ctx, o->flow.state, o->flow.until);
}

static int link_run(struct tx *tx, struct command *self)
{
        struct trip *o = self->arg;
        struct ctx ctx = o->req->ctx;
        ctx.tx = tx;
        ctx.err = self->err;
        return link_make(&ctx, house_of(o->req)->keys, o->flow.login, str_of(oidc_desk_config(o->desk)->issuer), o->claims.subject);
}

static enum reason link_here(struct trip *o)
{
        struct err err = { 0 };
        switch (store_write(house_of(o->req)->store, link_run, o, PRIO_REQUEST, &err)) {
        case OK: return BACK_LINKED;
        case ERR_EXISTS: return BACK_TAKEN;
        case ERR_NONE: return BACK_REFUSED;
        default: return BACK_BUSY;
        }
}

static int end_run(struct tx *tx, struct command *self)
{
        struct trip *o = self->arg;
        struct ctx ctx = o->req->ctx;
        struct str issuer = str_of(oidc_desk_config(o->desk)->issuer);
        struct link still;
        ctx.tx = tx;
        ctx.err = self->err;
        /* Between looking and now it may have been unlinked, or linked to somebody else. */
        int rc = link_find(&ctx, house_of(o->req)->keys, issuer, o->claims.subject, &still);
        if (rc == ERR_NONE || (rc == OK && !str_eq(still.login, o->s.login)))
                return ERR_NONE;
        if (rc == OK)
                rc = link_renew(&ctx, house_of(o->req)->keys, &o->link, o->claims.subject);
        return rc == OK ? sign_in_end(&ctx, house_of(o->req)->keys, &o->s, &o->given) : rc;
}

static struct str source_of(const struct request *req)
{
        return str_printf(req->ctx.arena, "%016llx", (unsigned long long)req->address);
}

/* Whose account is it, may it be opened now? */
static int look_up(struct trip *o)
{
        struct ctx ctx = o->req->ctx;
        struct err err = { 0 };
        ctx.err = &err;
        int rc = store_read_begin(house_of(o->req)->store, &ctx.tx, &err);
        if (rc != OK)
                return rc;
        rc = link_find(&ctx, house_of(o->req)->keys, str_of(oidc_desk_config(o->desk)->issuer), o->claims.subject, &o->link);
        if (rc == OK && !staff_serves(staff_find(&o->town->staff, o->link.login), instant_day(ctx.now)))
                rc = ERR_NONE;
        if (rc == OK) {
                o->s = (struct sign_in){ .login = o->link.login, .password = STR(""), .code = STR(""), .source = source_of(o->req) };
                rc = sign_in_begin(&ctx, house_of(o->req)->keys, &o->s);
        }
        store_read_end(ctx.tx);
        return rc;
}

static enum reason sign_in_here(struct trip *o)
{
        struct err err = { 0 };
        int rc = look_up(o);
        if (rc == OK) {
                sign_in_trust(&o->req->ctx, &o->s, o->claims.second);
                rc = store_write(house_of(o->req)->store, end_run, o, PRIO_REQUEST, &err);
        }
        if (rc == OK)
                rc = o->s.result;
        switch (rc) {
        case OK: return BACK_WELL;
        case ERR_MISSING: return BACK_CODE;
        case ERR_NONE:
        case ERR_AUTH: return BACK_UNLINKED;
        default: return BACK_BUSY;
        }
}

static int back_go(struct trip *o)
{
        struct request *req = o->req;
        struct oidc_question q = question_of(o);
        struct err err = { 0 };
        int rc = store_write(house_of(req)->store, use_run, o, PRIO_REQUEST, &err);
        if (rc != OK) {
                o->why = rc == ERR_AUTH ? BACK_LATE : BACK_BUSY;
                return OK;
        }
        rc = oidc_redeem(o->desk->provider, &req->ctx, &q, o->code, &o->claims);
        if (rc != OK)
                o->why = rc == ERR_BUSY ? BACK_UNREACHABLE : BACK_REFUSED;
        else
                o->why = o->flow.kind == FLOW_LINK ? link_here(o) : sign_in_here(o);
        return OK;
}

static int back_finish(struct request *req, int rc)
{
        struct trip *o = req->state;
        if (rc != OK)
                return rc;
        if (o->why == BACK_CODE) {
                struct flow f = { .kind = FLOW_CODE, .until = { req->ctx.now.us + CODE_SECONDS * US_PER_SECOND }, .login = o->s.login, .then = o->flow.then };
                rc = flow_keep(req, &f);
        } else {
                request_set_cookie(req, COOKIE, STR(""), -1);
        }
        if (rc == OK && o->why == BACK_WELL)
                request_set_cookie(req, "linli", str_of(o->given.token), 0);
        sign_in_forget(&o->s);
        return rc == OK ? go_back(req, o->flow.then, o->why) : rc;
}

/* Is this the answer to what this browser asked, of whom it asked? Another's state, or none: somebody may be led in by another's answer. */
static bool answers(struct request *req, const struct trip *o)
{
        struct str state = value_str(&req->query, BACK_Q_STATE), iss = value_str(&req->query, BACK_Q_ISS);
        const struct flow *f = &o->flow;
        if (f->kind == FLOW_CODE || f->state.n != RANDOM_TEXT || state.n != f->state.n || sodium_memcmp(state.p, f->state.p, state.n) != 0)
                return false;
        if (f->kind == FLOW_LINK && (req->who.by != CRED_COOKIE || !str_eq(req->who.login, f->login)))
                return false;
        if (iss.n == 0)
                return !oidc_says_issuer(o->desk->provider);
        return str_is(iss, oidc_desk_config(o->desk)->issuer);
}

static int back(struct request *req)
{
        struct trip *o;
        int rc = trip_new(req, &o);
        if (rc != OK)
                return rc;
        if (!flow_read(req, &o->flow) || !answers(req, o))
                return go_back(req, o->flow.then, BACK_LATE);
        o->code = value_str(&req->query, BACK_Q_CODE);
        if (value_given(&req->query, BACK_Q_ERROR) || o->code.n == 0) {
                request_set_cookie(req, COOKIE, STR(""), -1);
                return go_back(req, o->flow.then, BACK_DECLINED);
        }
        return set_out(o, back_go, back_finish);
}

/* ---- the house's own second factor ------------------------------------------------------------------------------------- */

enum { CODE_CODE, CODE_FIELDS };
static const struct field code_body[] = {
        [CODE_CODE] = { .name = "code", .type = FIELD_STR, .required = true, .secret = true, .min = 1, .max = 10, .help = { "一次性验证码", "One-time code" } },
        [CODE_FIELDS] = { 0 },
};

static int code_run(struct tx *tx, struct command *self)
{
        struct trip *o = self->arg;
        struct ctx ctx = o->req->ctx;
        ctx.tx = tx;
        return sign_in_end(&ctx, house_of(o->req)->keys, &o->s, &o->given);
}

static int code_finish(struct request *req, int rc)
{
        struct trip *o = req->state;
        int result = rc == OK ? o->s.result : rc;
        struct str login = o->s.login;
        if (result == ERR_RATE)
                req->out.retry_after = o->s.wait_s;
        sign_in_forget(&o->s);
        if (result != OK)
                return result;
        request_set_cookie(req, COOKIE, STR(""), -1);
        return signed_in(req, login, &o->given);
}

static int code_given(struct request *req)
{
        struct trip *o;
        struct tx *tx;
        int rc = trip_new(req, &o);
        if (rc == OK && (!flow_read(req, &o->flow) || o->flow.kind != FLOW_CODE))
                return err_set(&req->err, ERR_AUTH, "", "等得太久了，请重新登录", "That took too long; sign in again");
        o->s = (struct sign_in){ .login = o->flow.login, .password = STR(""), .code = value_str(&req->body, CODE_CODE), .source = source_of(req) };
        if (rc == OK)
                rc = request_tx(req, &tx);
        if (rc == OK)
                rc = link_of(&req->ctx, o->s.login, &o->link);
        if (rc == OK && !str_is(o->link.issuer, oidc_desk_config(o->desk)->issuer))
                rc = ERR_NONE;
        if (rc == ERR_NONE && o->desk)
                return err_set(&req->err, ERR_AUTH, "", "等得太久了，请重新登录", "That took too long; sign in again");
        if (rc == OK)
                rc = sign_in_begin(&req->ctx, house_of(req)->keys, &o->s);
        if (rc == ERR_RATE)
                req->out.retry_after = o->s.wait_s;
        if (rc != OK)
                return rc;
        sign_in_trust(&req->ctx, &o->s, false);
        if (!staff_serves(staff_find(&o->town->staff, o->s.login), instant_day(req->ctx.now)))
                o->s.result = ERR_AUTH;
        req->finish = code_finish;
        return request_submit(req, code_run, o);
}

/* ---- one's own link ---------------------------------------------------------------------------------------------------- */

static const struct member mine_members[] = {
        { .name = "name", .type = FIELD_OBJECT, .of = &say_shape, .null = true, .help = { "统一身份认证的名称，没有设置则为 null", "What the sign-in elsewhere is called; null: none is configured" } },
        { .name = "linked", .type = FIELD_BOOL },
        { .name = "at", .type = FIELD_INSTANT, .null = true, .help = { "何时关联", "Since when" } },
        { .name = "by_other", .type = FIELD_BOOL, .help = { "由管理员关联", "An administrator linked it" } },
        { 0 },
};
static const struct shape mine_shape = { "MySignInElsewhere", mine_members, NULL };

static int mine(struct request *req)
{
        const struct oidc_config *c = oidc_desk_config(house_of(req)->oidc);
        struct link l = { .at = INSTANT_NONE };
        struct tx *tx;
        int rc = request_tx(req, &tx);
        if (rc == OK)
                rc = link_of(&req->ctx, req->who.login, &l);
        if (rc != OK && rc != ERR_NONE)
                return rc;
        struct json j = request_json(req, 0);
        json_open(&j);
        if (c)
                view_name(&j, "name", c->name_zh, c->name_en);
        else
                json_kc(&j, "name", NULL);
        json_kbool(&j, "linked", rc == OK);
        json_kinstant(&j, "at", l.at);
        json_kbool(&j, "by_other", rc == OK && !str_eq(l.maker, str_printf(req->ctx.arena, "staff:" STR_FMT, STR_ARG(req->who.login))));
        json_close(&j);
        return OK;
}

enum { LINK_PASSWORD, LINK_CODE, LINK_THEN, LINK_FIELDS };
static const struct field link_body[] = {
        [LINK_PASSWORD] = { .name = "password", .type = FIELD_STR, .required = true, .secret = true, .min = 1, .max = 200, .help = { "自己的密码，再输一次", "One's own password, once more" } },
        [LINK_CODE] = { .name = "code", .type = FIELD_STR, .secret = true, .max = 10, .help = { "一次性验证码，设置过才需要", "One-time code, if one was set up" } },
        [LINK_THEN] = { .name = "then", .type = FIELD_STR, .max = THEN_MAX, .help = { "之后回到哪一页：/desk 或 /work 之下", "The page to come back to, below /desk or /work" } },
        [LINK_FIELDS] = { 0 },
};
static const struct member leave_members[] = {
        { .name = "url", .type = FIELD_STR, .help = { "请浏览器打开它", "For the browser to open" } },
        { 0 },
};
static const struct shape leave_shape = { "SignInElsewhere", leave_members, NULL };

static int again_run(struct tx *tx, struct command *self)
{
        struct trip *o = self->arg;
        struct ctx ctx = o->req->ctx;
        ctx.tx = tx;
        return sign_in_end(&ctx, house_of(o->req)->keys, &o->s, NULL);
}

static int link_go(struct trip *o)
{
        int rc = store_write(house_of(o->req)->store, again_run, o, PRIO_REQUEST, &o->req->err);
        if (rc == OK)
                rc = o->s.result;
        if (rc == ERR_AUTH) /* 401 would say that nobody is signed in */
                rc = err_set(&o->req->err, ERR_RULE, "password", "密码或验证码不对", "The password or the code is wrong");
        return rc == OK ? leave_go(o) : rc;
}

static int link_finish(struct request *req, int rc)
{
        struct trip *o = req->state;
        if (rc == ERR_RATE)
                req->out.retry_after = o->s.wait_s;
        sign_in_forget(&o->s);
        if (rc == OK)
                rc = flow_keep(req, &o->flow);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kstr(&j, "url", o->url);
        json_close(&j);
        return OK;
}

/* A session that somebody left open, or stole, is not enough to leave a second door behind. */
static int link_own(struct request *req)
{
        struct trip *o;
        struct tx *tx;
        const struct values *b = &req->body;
        int rc = trip_new(req, &o);
        if (rc == OK)
                rc = request_tx(req, &tx);
        o->s = (struct sign_in){ .login = req->who.login, .password = value_str(b, LINK_PASSWORD), .again = true, .source = source_of(req),
                                 .code = value_given(b, LINK_CODE) ? value_str(b, LINK_CODE) : STR("") };
        if (rc == OK)
                rc = sign_in_begin(&req->ctx, house_of(req)->keys, &o->s);
        if (rc == ERR_RATE)
                req->out.retry_after = o->s.wait_s;
        if (rc == OK)
                rc = sign_in_check(&req->ctx, &o->s);
        if (rc != OK)
                return rc;
        flow_begin(o, FLOW_LINK, req->who.login, value_given(b, LINK_THEN) ? value_str(b, LINK_THEN) : STR(""));
        return set_out(o, link_go, link_finish);
}

static int unlink_run(struct tx *tx, struct command *self)
{
        struct request *req = self->arg;
        struct ctx ctx = req->ctx;
        ctx.tx = tx;
        return link_drop(&ctx, req->who.login);
}

static int unlink_own(struct request *req)
{
        req->finish = house_ok;
        return request_submit(req, unlink_run, req);
}

/* ---- an administrator's ------------------------------------------------------------------------------------------------ */

enum { BIND_SUBJECT, BIND_FIELDS };
static const struct field bind_body[] = {
        [BIND_SUBJECT] = { .name = "subject", .type = FIELD_STR, .required = true, .min = 1, .max = OIDC_SUBJECT_MAX, .help = { "此人在认证方的标识 sub", "The person's sub at the provider" } },
        [BIND_FIELDS] = { 0 },
};

static int somebody_else(struct request *req, struct trip **ret)
{
        struct str login = request_param(req, "login")->text;
        int rc = house_in_person(req);
        if (rc == OK)
                rc = trip_new(req, ret);
        if (rc != OK)
                return rc;
        (*ret)->flow.login = login;
        if (!staff_find(&(*ret)->town->staff, login))
                return err_set(&req->err, ERR_NONE, "login", "staff.csv 里没有这个登录名", "staff.csv has no such login");
        if (str_eq(login, req->who.login))
                return err_set(&req->err, ERR_RULE, "login", "自己的关联请在“我的登录”办理", "One's own is linked on one's own account page");
        return OK;
}

static int bind_login(struct request *req)
{
        struct trip *o;
        int rc = somebody_else(req, &o);
        if (rc != OK)
                return rc;
        o->claims.subject = str_trim(value_str(&req->body, BIND_SUBJECT));
        if (o->claims.subject.n == 0 || utf8_has_control(o->claims.subject) || str_find(o->claims.subject, STR("\n")) >= 0)
                return err_set(&req->err, ERR_TYPE, "subject", "写法不对，请照认证方的 sub 填写", "Not well formed; write it as the provider's sub");
        req->finish = house_ok;
        return request_submit(req, link_run, o);
}

static int unbind_run(struct tx *tx, struct command *self)
{
        struct trip *o = self->arg;
        struct ctx ctx = o->req->ctx;
        ctx.tx = tx;
        return link_drop(&ctx, o->flow.login);
}

static int unbind_login(struct request *req)
{
        struct trip *o;
        int rc = somebody_else(req, &o);
        if (rc != OK)
                return rc;
        req->finish = house_ok;
        return request_submit(req, unbind_run, o);
}

/* ---- the desk ---------------------------------------------------------------------------------------------------------- */

struct oidc_desk *oidc_desk_new(struct arena *a, const struct oidc_config *config, const char *public_url)
{
        struct oidc_desk *d = arena_new(a, struct oidc_desk);
        *d = (struct oidc_desk){ .provider = oidc_provider_new(a, config), .public_url = public_url };
        d->pool = pool_new(a, ASKERS, WAITING_MAX, work, d);
        return d;
}

void oidc_desk_close(struct oidc_desk *d)
{
        if (!d)
                return;
        pool_close(d->pool);
        oidc_provider_end(d->provider);
}

const struct oidc_config *oidc_desk_config(const struct oidc_desk *d)
{
        return d ? oidc_provider_config(d->provider) : NULL;
}

static const struct route oidc_routes[] = {
        { .name = "oidc.begin", .method = HTTP_GET, .path = "/sign-in/oidc", .may = RIGHT_PUBLIC, .scope = SCOPE_SELF, .run_on = RUN_READ, .rate = RATE_SIGN_IN,
          .manner = &page_manner, .query = begin_query, .status = 303, .answer_type = "text/plain", .run = begin, .help = { "去统一身份认证登录", "Off to the sign-in elsewhere" } },
        { .name = "oidc.back", .method = HTTP_GET, .path = "/sign-in/oidc/back", .may = RIGHT_PUBLIC, .scope = SCOPE_SELF, .run_on = RUN_READ, .rate = RATE_SIGN_IN,
          .manner = &page_manner, .query = back_query, .status = 303, .answer_type = "text/plain", .run = back, .help = { "从统一身份认证回来", "Back from the sign-in elsewhere" } },
        { .name = "oidc.code", .method = HTTP_POST, .path = "/api/session/oidc/code", .may = RIGHT_PUBLIC, .scope = SCOPE_SELF, .run_on = RUN_WRITE, .rate = RATE_SIGN_IN,
          .body = code_body, .run = code_given, .answer = &signed_in_shape, .help = { "从统一身份认证回来后，再给本系统的一次性验证码", "After the sign-in elsewhere, the one-time code of this system" } },
        { .name = "oidc.mine", .method = HTTP_GET, .path = "/api/session/oidc", .may = RIGHT_SIGNED_IN, .scope = SCOPE_SELF, .run_on = RUN_READ,
          .run = mine, .answer = &mine_shape, .help = { "我的账号关联了统一身份认证吗", "Is my account linked to the sign-in elsewhere?" } },
        { .name = "oidc.link", .method = HTTP_POST, .path = "/api/session/oidc", .may = RIGHT_SIGNED_IN, .scope = SCOPE_SELF, .run_on = RUN_WRITE, .rate = RATE_SIGN_IN,
          .body = link_body, .run = link_own, .answer = &leave_shape, .help = { "关联自己的统一身份认证：再给一次密码，得到去认证的网址", "Link one's own account: the password once more, then an address to open" } },
        { .name = "oidc.unlink", .method = HTTP_DELETE, .path = "/api/session/oidc", .may = RIGHT_SIGNED_IN, .scope = SCOPE_SELF, .run_on = RUN_WRITE, .rate = RATE_WRITE,
          .run = unlink_own, .answer = &ok_shape, .help = { "取消自己的关联", "Unlink one's own account" } },
        { .name = "account.bind", .method = HTTP_PUT, .path = "/api/accounts/{login}/oidc", .may = RIGHT_PEOPLE_MANAGE, .scope = SCOPE_TOWN, .run_on = RUN_WRITE, .rate = RATE_WRITE,
          .body = bind_body, .run = bind_login, .answer = &ok_shape, .help = { "把账号与统一身份认证的标识关联", "Link an account to a subject of the sign-in elsewhere" } },
        { .name = "account.unbind", .method = HTTP_DELETE, .path = "/api/accounts/{login}/oidc", .may = RIGHT_PEOPLE_MANAGE, .scope = SCOPE_TOWN, .run_on = RUN_WRITE, .rate = RATE_WRITE,
          .run = unbind_login, .answer = &ok_shape, .help = { "取消账号的关联", "Unlink an account" } },
};
const struct route_table oidc_route_table = ROUTES(oidc_routes);
