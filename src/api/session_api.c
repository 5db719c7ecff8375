/* api/session_api.c — signing in and out, invitations, the second factor, keys. */
#include "api/house.h"
#include "api/inner/signed_in.h"
#include "api/routes.h"
#include "people/account.h"
#include "people/apikey.h"
#include "people/password.h"
#include "people/sign_in.h"

/* ---- sign in ---------------------------------------------------------------------------------------------------------- */

enum { IN_LOGIN, IN_PASSWORD, IN_CODE, IN_FIELDS };
static const struct field sign_in_body[] = {
        [IN_LOGIN] = { .name = "login", .type = FIELD_CODE, .required = true, .help = { "登录名", "Login" } },
        [IN_PASSWORD] = { .name = "password", .type = FIELD_STR, .required = true, .secret = true, .min = 1, .max = 200, .help = { "密码", "Password" } },
        [IN_CODE] = { .name = "code", .type = FIELD_STR, .secret = true, .max = 10, .help = { "一次性验证码，设置过才需要", "One-time code, if one was set up" } },
        [IN_FIELDS] = { 0 },
};

struct signing {
        struct request *req;
        struct sign_in s;
        struct session_given given;
};

/* What was not given is "". */
static void signing_begin(struct signing *o, struct request *req, struct str login, struct str password, struct str code)
{
        o->req = req;
        o->s = (struct sign_in){ .login = login, .password = password.p ? password : STR(""), .code = code.p ? code : STR(""),
                                 .source = str_printf(req->ctx.arena, "%016llx", (unsigned long long)req->address) };
}

static int sign_in_run(struct tx *tx, struct command *self)
{
        struct signing *o = self->arg;
        struct ctx ctx = o->req->ctx;
        ctx.tx = tx;
        return sign_in_end(&ctx, house_of(o->req)->keys, &o->s, &o->given);
}

static const struct member signed_in_members[] = {
        { .name = "login", .type = FIELD_STR },
        { .name = "csrf", .type = FIELD_STR, .help = { "写入时放在 X-CSRF-Token 里", "For X-CSRF-Token of what is written" } },
        { .name = "until", .type = FIELD_INSTANT, .null = true },
        { 0 },
};
const struct shape signed_in_shape = { "SignedIn", signed_in_members, NULL };

int signed_in(struct request *req, struct str login, const struct session_given *given)
{
        request_set_cookie(req, "linli", str_of(given->token), 0);
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kstr(&j, "login", login);
        json_kc(&j, "csrf", given->csrf);
        json_kinstant(&j, "until", given->until);
        json_close(&j);
        return OK;
}

static int sign_in_finish(struct request *req, int rc)
{
        struct signing *o = req->state;
        int result = rc == OK ? o->s.result : rc;
        if (result == ERR_RATE)
                req->out.retry_after = o->s.wait_s;
        sign_in_forget(&o->s);
        if (result != OK)
                return result;
        return signed_in(req, value_str(&req->body, IN_LOGIN), &o->given);
}

static int sign_in(struct request *req)
{
        struct signing *o = arena_new(req->ctx.arena, struct signing);
        const struct town *t;
        struct tx *tx;
        signing_begin(o, req, value_str(&req->body, IN_LOGIN), value_str(&req->body, IN_PASSWORD), value_str(&req->body, IN_CODE));
        int rc = house_town(req, &t);
        if (rc == OK)
                rc = request_tx(req, &tx);
        if (rc == OK)
                rc = sign_in_begin(&req->ctx, house_of(req)->keys, &o->s);
        if (rc == ERR_RATE)
                req->out.retry_after = o->s.wait_s;
        if (rc == OK)
                rc = sign_in_check(&req->ctx, &o->s);
        if (rc == OK && o->s.result == OK && !staff_serves(staff_find(&t->staff, o->s.login), instant_day(req->ctx.now)))
                o->s.result = ERR_AUTH;
        if (rc != OK)
                return rc;
        req->state = o;
        req->finish = sign_in_finish;
        return request_submit(req, sign_in_run, o);
}

static int sign_out_run(struct tx *tx, struct command *self)
{
        struct request *req = self->arg;
        struct ctx ctx = req->ctx;
        ctx.tx = tx;
        return session_end(&ctx, request_cookie(req, "linli"));
}

static int sign_out(struct request *req)
{
        request_set_cookie(req, "linli", STR(""), -1);
        req->finish = house_ok;
        return request_submit(req, sign_out_run, req);
}

static int sign_out_all_run(struct tx *tx, struct command *self)
{
        struct request *req = self->arg;
        struct ctx ctx = req->ctx;
        ctx.tx = tx;
        return session_end_all(&ctx, req->who.login);
}

static int sign_out_all(struct request *req)
{
        request_set_cookie(req, "linli", STR(""), -1);
        req->finish = house_ok;
        return request_submit(req, sign_out_all_run, req);
}

/* ---- who am I --------------------------------------------------------------------------------------------------------- */

static const struct member my_post_members[] = {
        { .name = "post", .type = FIELD_OBJECT, .of = &post_held_shape, .null = true },
        { .name = "place", .type = FIELD_STR, .help = { "管辖地点的路径", "Path of the place it covers" } },
        { .name = "org", .type = FIELD_STR, .help = { "单位的路径", "Path of its unit" } },
        { .name = "may", .type = FIELD_LIST, .item = FIELD_STR, .help = { "权限", "Rights" } },
        { 0 },
};
static const struct shape my_post_shape = { NULL, my_post_members, NULL };

static const struct member me_members[] = {
        { .name = "login", .type = FIELD_STR },
        { .name = "name", .type = FIELD_STR },
        { .name = "csrf", .type = FIELD_STR },
        { .name = "posts", .type = FIELD_LIST, .of = &my_post_shape },
        { 0 },
};
static const struct shape me_shape = { "Me", me_members, NULL };

static int me(struct request *req)
{
        const struct town *t;
        int rc = house_town(req, &t);
        if (rc != OK)
                return rc;
        const struct staff_member *who = staff_find(&t->staff, req->who.login);
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kstr(&j, "login", req->who.login);
        json_kstr(&j, "name", who ? who->name : req->who.login);
        json_kstr(&j, "csrf", req->who.csrf);
        json_key(&j, "posts");
        json_list(&j);
        for (size_t i = 0; i < req->who.scopes.n; i++) {
                const struct scope *s = &req->who.scopes.row[i];
                json_open(&j);
                view_post(&j, "post", t, s->post, req->who.login, false, req->ctx.arena);
                json_kstr(&j, "place", s->place);
                json_kstr(&j, "org", s->org);
                json_key(&j, "may");
                json_list(&j);
                for (enum right r = RIGHT_FIRST_GRANTED; r < RIGHT_COUNT; r++)
                        if (s->rights & right_bit(r))
                                json_c(&j, right_name(r));
                json_end(&j);
                json_close(&j);
        }
        json_end(&j);
        json_close(&j);
        return OK;
}

/* ---- invitations -------------------------------------------------------------------------------------------------------- */

enum { INVITE_LOGIN, INVITE_FIELDS };
static const struct field invite_body[] = {
        [INVITE_LOGIN] = { .name = "login", .type = FIELD_CODE, .required = true, .help = { "staff.csv 中的登录名", "A login of staff.csv" } },
        [INVITE_FIELDS] = { 0 },
};

struct inviting { struct request *req; struct invite_given given; };

static int invite_run(struct tx *tx, struct command *self)
{
        struct inviting *o = self->arg;
        struct ctx ctx = o->req->ctx;
        ctx.tx = tx;
        return invite_make(&ctx, value_str(&o->req->body, INVITE_LOGIN), &o->given);
}

static const struct member invited_members[] = {
        { .name = "token", .type = FIELD_STR, .help = { "一次性链接里的口令", "The token of the one-time link" } },
        { .name = "until", .type = FIELD_INSTANT },
        { 0 },
};
static const struct shape invited_shape = { "Invited", invited_members, NULL };

static int invite_finish(struct request *req, int rc)
{
        struct inviting *o = req->state;
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 201);
        json_open(&j);
        json_kc(&j, "token", o->given.token);
        json_kinstant(&j, "until", o->given.until);
        json_close(&j);
        return OK;
}

static int invite(struct request *req)
{
        const struct town *t;
        struct inviting *o = arena_new(req->ctx.arena, struct inviting);
        int rc = house_town(req, &t);
        if (rc != OK)
                return rc;
        if (!staff_serves(staff_find(&t->staff, value_str(&req->body, INVITE_LOGIN)), instant_day(req->ctx.now)))
                return err_set(&req->err, ERR_UNKNOWN, "login", "staff.csv 里没有这个在职人员", "No member of staff in service has this login");
        o->req = req;
        req->state = o;
        req->finish = invite_finish;
        return request_submit(req, invite_run, o);
}

enum { ACCEPT_TOKEN, ACCEPT_PASSWORD, ACCEPT_FIELDS };
static const struct field accept_body[] = {
        [ACCEPT_TOKEN] = { .name = "token", .type = FIELD_STR, .required = true, .secret = true, .max = 64, .help = { "邀请链接中的口令", "The token of the link" } },
        [ACCEPT_PASSWORD] = { .name = "password", .type = FIELD_STR, .required = true, .secret = true, .min = 1, .max = 200, .help = { "自己设的密码，至少 10 个字符", "A password of your own, at least 10 characters" } },
        [ACCEPT_FIELDS] = { 0 },
};

struct accepting { struct request *req; char hash[PASSWORD_HASH_TEXT]; struct str login; };

static int accept_run(struct tx *tx, struct command *self)
{
        struct accepting *o = self->arg;
        struct ctx ctx = o->req->ctx;
        ctx.tx = tx;
        return invite_accept(&ctx, value_str(&o->req->body, ACCEPT_TOKEN), o->hash, &o->login);
}

static const struct member accepted_members[] = {
        { .name = "login", .type = FIELD_STR },
        { 0 },
};
static const struct shape accepted_shape = { "InvitationAccepted", accepted_members, NULL };

static int accept_finish(struct request *req, int rc)
{
        struct accepting *o = req->state;
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kstr(&j, "login", o->login);
        json_close(&j);
        return OK;
}

static int accept_link(struct request *req)
{
        struct accepting *o = arena_new(req->ctx.arena, struct accepting);
        struct invite invited;
        struct tx *tx;
        o->req = req;
        int rc = request_tx(req, &tx);
        if (rc == OK)
                rc = invite_find(&req->ctx, value_str(&req->body, ACCEPT_TOKEN), &invited);
        if (rc == ERR_NONE)
                return err_set(&req->err, ERR_NONE, "token", "链接无效、已用过或已过期，请管理员重新邀请", "The link is unknown, used or over; ask for a new one");
        if (rc == OK)
                rc = password_check(invited.login, value_str(&req->body, ACCEPT_PASSWORD), &req->err);
        if (rc == OK)
                rc = password_hash(value_str(&req->body, ACCEPT_PASSWORD), o->hash, &req->err);
        if (rc != OK)
                return rc;
        req->state = o;
        req->finish = accept_finish;
        return request_submit(req, accept_run, o);
}

/* ---- the second factor -------------------------------------------------------------------------------------------------- */

static const struct member factor_offered_members[] = {
        { .name = "secret", .type = FIELD_STR },
        { .name = "uri", .type = FIELD_STR, .help = { "可做成二维码", "To be shown as a QR code" } },
        { 0 },
};
static const struct shape factor_offered_shape = { "SecondFactorOffered", factor_offered_members, NULL };

/* A secret is made and shown, and kept only once a code made from it was given back: so nobody locks themselves out. */
static int factor_offer(struct request *req)
{
        struct totp_secret secret;
        totp_make(req->ctx.chance, &secret);
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kc(&j, "secret", totp_text(req->ctx.arena, &secret));
        json_kc(&j, "uri", totp_uri(req->ctx.arena, &secret, req->who.login));
        json_close(&j);
        return OK;
}

enum { FACTOR_SECRET, FACTOR_CODE, FACTOR_FIELDS };
static const struct field factor_body[] = {
        [FACTOR_SECRET] = { .name = "secret", .type = FIELD_STR, .required = true, .secret = true, .min = 16, .max = 64, .help = { "刚才给出的密钥", "The secret that was offered" } },
        [FACTOR_CODE] = { .name = "code", .type = FIELD_STR, .required = true, .secret = true, .min = 6, .max = 10, .help = { "验证器现在显示的数字", "The digits the authenticator shows now" } },
        [FACTOR_FIELDS] = { 0 },
};

struct factoring { struct request *req; struct str box; int64_t step; };

static int factor_run(struct tx *tx, struct command *self)
{
        struct factoring *o = self->arg;
        struct ctx ctx = o->req->ctx;
        ctx.tx = tx;
        return account_totp_on(&ctx, o->req->who.login, o->box, o->step);
}

static int factor_on(struct request *req)
{
        struct factoring *o = arena_new(req->ctx.arena, struct factoring);
        struct totp_secret secret;
        o->req = req;
        if (totp_read(value_str(&req->body, FACTOR_SECRET), &secret) != OK)
                return err_set(&req->err, ERR_TYPE, "secret", "不是刚才给出的密钥", "This is not the secret that was offered");
        if (totp_check(&secret, value_str(&req->body, FACTOR_CODE), req->ctx.now, 0, &o->step) != OK)
                return err_set(&req->err, ERR_RULE, "code", "验证码不对，请核对手机时间", "The code does not fit; check the clock of the phone");
        int rc = account_totp_seal(&req->ctx, house_of(req)->keys, req->who.login, &secret, &o->box);
        if (rc != OK)
                return rc;
        req->finish = house_ok;
        return request_submit(req, factor_run, o);
}

enum { OFF_PASSWORD, OFF_CODE, OFF_FIELDS };
static const struct field off_body[] = {
        [OFF_PASSWORD] = { .name = "password", .type = FIELD_STR, .secret = true, .min = 1, .max = 200, .help = { "您的密码", "Your password" } },
        [OFF_CODE] = { .name = "code", .type = FIELD_STR, .secret = true, .min = 6, .max = 10, .help = { "没有在这里设过密码的账号：验证器现在显示的数字", "For an account without a password here: the digits the authenticator shows now" } },
        [OFF_FIELDS] = { 0 },
};

static int factor_off_run(struct tx *tx, struct command *self)
{
        struct signing *o = self->arg;
        struct ctx ctx = o->req->ctx;
        ctx.tx = tx;
        int rc = sign_in_end(&ctx, house_of(o->req)->keys, &o->s, NULL);
        return rc == OK && o->s.result == OK ? account_totp_off(&ctx, o->req->who.login) : rc;
}

static int factor_off_finish(struct request *req, int rc)
{
        struct signing *o = req->state;
        int result = rc == OK ? o->s.result : rc;
        bool by_code = o->s.hash.n == 0;
        if (result == ERR_RATE)
                req->out.retry_after = o->s.wait_s;
        sign_in_forget(&o->s);
        if (result == ERR_AUTH) /* 401 would say that nobody is signed in */
                return by_code ? err_set(&req->err, ERR_RULE, "code", "验证码不对", "The code is wrong") : err_set(&req->err, ERR_RULE, "password", "密码不对", "The password is wrong");
        return house_ok(req, result);
}

/* A session that somebody left open is not enough to take away what guards the next one. */
static int factor_off(struct request *req)
{
        struct signing *o = arena_new(req->ctx.arena, struct signing);
        struct tx *tx;
        signing_begin(o, req, req->who.login, value_str(&req->body, OFF_PASSWORD), value_str(&req->body, OFF_CODE));
        o->s.again = true;
        int rc = request_tx(req, &tx);
        if (rc == OK)
                rc = sign_in_begin(&req->ctx, house_of(req)->keys, &o->s);
        if (rc == ERR_RATE)
                req->out.retry_after = o->s.wait_s;
        if (rc == OK)
                rc = sign_in_check_owner(&req->ctx, &o->s);
        if (rc != OK)
                return rc;
        req->state = o;
        req->finish = factor_off_finish;
        return request_submit(req, factor_off_run, o);
}

/* ---- keys for other systems ---------------------------------------------------------------------------------------------- */

enum { KEY_NAME, KEY_RIGHTS, KEY_PLACE, KEY_ORG, KEY_UNTIL, KEY_FIELDS };
static const struct field key_right = { .name = "right", .type = FIELD_STR, .max = 64, .help = { "权限名", "Name of a right" } };
static const struct field key_body[] = {
        [KEY_NAME] = { .name = "name", .type = FIELD_CODE, .required = true, .help = { "密钥名", "Name of the key" } },
        [KEY_RIGHTS] = { .name = "rights", .type = FIELD_LIST, .of = &key_right, .required = true, .min = 1, .max = 32, .help = { "权限", "Its rights" } },
        [KEY_PLACE] = { .name = "place", .type = FIELD_CODE, .help = { "限于该地点之内", "Only within this place" } },
        [KEY_ORG] = { .name = "org", .type = FIELD_CODE, .help = { "限于该单位", "Only of this unit" } },
        [KEY_UNTIL] = { .name = "until", .type = FIELD_DAY, .help = { "最后一天", "Its last day" } },
        [KEY_FIELDS] = { 0 },
};

struct keying { struct request *req; struct apikey key; char text[APIKEY_TEXT]; };

static int key_run(struct tx *tx, struct command *self)
{
        struct keying *o = self->arg;
        struct ctx ctx = o->req->ctx;
        ctx.tx = tx;
        return apikey_make(&ctx, &o->key, o->text);
}

static const struct member key_made_members[] = {
        { .name = "name", .type = FIELD_STR },
        { .name = "key", .type = FIELD_STR, .help = { "只有这一次", "Shown this once" } },
        { 0 },
};
static const struct shape key_made_shape = { "KeyMade", key_made_members, NULL };

static int key_finish(struct request *req, int rc)
{
        struct keying *o = req->state;
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 201);
        json_open(&j);
        json_kstr(&j, "name", o->key.name);
        json_kc(&j, "key", o->text);
        json_close(&j);
        return OK;
}

static int key_make(struct request *req)
{
        const struct town *t;
        const struct values *b = &req->body;
        struct keying *o = arena_new(req->ctx.arena, struct keying);
        int rc = house_town(req, &t);
        if (rc != OK)
                return rc;
        o->req = req;
        o->key = (struct apikey){ .name = value_str(b, KEY_NAME), .place = STR(""), .org = STR(""), .until = value_day(b, KEY_UNTIL) };
        for (size_t i = 0; i < value_count(b, KEY_RIGHTS); i++) {
                enum right r = right_of(value_item(b, KEY_RIGHTS, i)->str);
                if (r < RIGHT_FIRST_GRANTED)
                        return err_set(&req->err, ERR_UNKNOWN, "rights", "没有这项权限", "There is no such right");
                if (!(req->who.rights & right_bit(r)))
                        return err_set(&req->err, ERR_RIGHT, "rights", "不能给出自己没有的权限", "You cannot give a right that you do not hold");
                o->key.rights |= right_bit(r);
        }
        const struct place *p = value_given(b, KEY_PLACE) ? place_find(&t->places, value_str(b, KEY_PLACE)) : NULL;
        const struct org *g = value_given(b, KEY_ORG) ? org_find(&t->orgs, value_str(b, KEY_ORG)) : NULL;
        if (value_given(b, KEY_PLACE) && !p)
                return err_set(&req->err, ERR_UNKNOWN, "place", "没有这个地点", "There is no such place");
        if (value_given(b, KEY_ORG) && !g)
                return err_set(&req->err, ERR_UNKNOWN, "org", "没有这个单位", "There is no such unit");
        if (p)
                o->key.place = p->path;
        if (g)
                o->key.org = g->path;
        req->state = o;
        req->finish = key_finish;
        return request_submit(req, key_run, o);
}

static int key_revoke_run(struct tx *tx, struct command *self)
{
        struct request *req = self->arg;
        struct ctx ctx = req->ctx;
        ctx.tx = tx;
        return apikey_revoke(&ctx, request_param(req, "name")->text);
}

static int key_revoke(struct request *req)
{
        req->finish = house_ok;
        return request_submit(req, key_revoke_run, req);
}

static const struct route session_routes[] = {
        { .name = "session.begin", .method = HTTP_POST, .path = "/api/session", .may = RIGHT_PUBLIC, .scope = SCOPE_SELF, .run_on = RUN_WRITE,
          .rate = RATE_SIGN_IN, .body = sign_in_body, .run = sign_in, .answer = &signed_in_shape, .help = { "登录", "Sign in" } },
        { .name = "session.end", .method = HTTP_DELETE, .path = "/api/session", .may = RIGHT_SIGNED_IN, .scope = SCOPE_SELF, .run_on = RUN_WRITE,
          .rate = RATE_WRITE, .run = sign_out, .answer = &ok_shape, .help = { "退出登录", "Sign out" } },
        { .name = "session.me", .method = HTTP_GET, .path = "/api/session", .may = RIGHT_SIGNED_IN, .scope = SCOPE_SELF, .run_on = RUN_READ,
          .run = me, .answer = &me_shape, .help = { "我是谁，有哪些岗位和权限", "Who I am, my posts and rights" } },
        { .name = "factor.offer", .method = HTTP_POST, .path = "/api/session/second-factor/offer", .may = RIGHT_SIGNED_IN, .scope = SCOPE_SELF,
          .run_on = RUN_READ, .rate = RATE_WRITE, .run = factor_offer, .answer = &factor_offered_shape, .help = { "给出一个二次验证密钥，扫码或手输", "Offer a secret for a second factor, to scan or type in" } },
        { .name = "factor.on", .method = HTTP_POST, .path = "/api/session/second-factor", .may = RIGHT_SIGNED_IN, .scope = SCOPE_SELF, .run_on = RUN_WRITE,
          .rate = RATE_SIGN_IN, .body = factor_body, .run = factor_on, .answer = &ok_shape, .help = { "启用二次验证：回填一次验证码", "Switch the second factor on, with a code made from it" } },
        { .name = "factor.off", .method = HTTP_POST, .path = "/api/session/second-factor/off", .may = RIGHT_SIGNED_IN, .scope = SCOPE_SELF, .run_on = RUN_WRITE,
          .rate = RATE_SIGN_IN, .body = off_body, .run = factor_off, .answer = &ok_shape, .help = { "停用二次验证，须再输一次密码", "Switch the second factor off, with the password once more" } },
        { .name = "session.end-all", .method = HTTP_DELETE, .path = "/api/sessions", .may = RIGHT_SIGNED_IN, .scope = SCOPE_SELF, .run_on = RUN_WRITE,
          .rate = RATE_WRITE, .run = sign_out_all, .answer = &ok_shape, .help = { "在所有设备上退出登录", "Sign out everywhere" } },
        { .name = "invite.make", .method = HTTP_POST, .path = "/api/invitations", .may = RIGHT_PEOPLE_MANAGE, .scope = SCOPE_TOWN, .run_on = RUN_WRITE,
          .rate = RATE_WRITE, .body = invite_body, .status = 201, .run = invite, .answer = &invited_shape, .help = { "给工作人员一次性链接", "A one-time link for a member of staff" } },
        { .name = "invite.accept", .method = HTTP_POST, .path = "/api/invitations/accept", .may = RIGHT_PUBLIC, .scope = SCOPE_SELF, .run_on = RUN_WRITE,
          .rate = RATE_SIGN_IN, .body = accept_body, .run = accept_link, .answer = &accepted_shape, .help = { "用一次性链接设自己的密码", "Use a one-time link to set one's own password" } },
        { .name = "key.make", .method = HTTP_POST, .path = "/api/keys", .may = RIGHT_PEOPLE_MANAGE, .scope = SCOPE_TOWN, .run_on = RUN_WRITE,
          .rate = RATE_WRITE, .body = key_body, .status = 201, .run = key_make, .answer = &key_made_shape, .help = { "给其他系统一个密钥，只显示一次", "A key for another system, shown once" } },
        { .name = "key.revoke", .method = HTTP_DELETE, .path = "/api/keys/{name}", .may = RIGHT_PEOPLE_MANAGE, .scope = SCOPE_TOWN, .run_on = RUN_WRITE,
          .rate = RATE_WRITE, .run = key_revoke, .answer = &ok_shape, .help = { "收回密钥", "Take a key back" } },
};
const struct route_table session_route_table = ROUTES(session_routes);
