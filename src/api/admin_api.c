/* api/admin_api.c — for those who run it: accounts, invitations, keys, what was done to them, jobs, the words of messages.
 *
 * Nothing here says when somebody was last there or what they do: who has an account is a question, how they work is not.
 */
#include "api/cursor.h"
#include "api/folder_view.h"
#include "api/routes.h"
#include "insight/listen.h"
#include "notice/notice.h"
#include "people/account.h"
#include "people/apikey.h"
#include "people/audit.h"
#include "people/link.h"
#include "store/event.h"
#include "store/lease.h"

#define ACCOUNTS_PAGE 200

/* ---- accounts ---------------------------------------------------------------------------------------------------------------- */

enum { ACCOUNTS_CURSOR, ACCOUNTS_FIELDS };
static const struct field accounts_query[] = {
        [ACCOUNTS_CURSOR] = FIELD_CURSOR,
        [ACCOUNTS_FIELDS] = { 0 },
};

static const struct member account_members[] = {
        { .name = "login", .type = FIELD_STR },
        { .name = "name", .type = FIELD_STR },
        { .name = "org", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "posts", .type = FIELD_LIST, .item = FIELD_STR, .help = { "担任或备岗的岗位名", "Titles of posts held, also as backup" } },
        { .name = "until", .type = FIELD_DAY, .null = true, .help = { "在职最后一天", "Last day of service" } },
        { .name = "serves", .type = FIELD_BOOL, .help = { "今天在职", "In service today" } },
        { .name = "password", .type = FIELD_BOOL, .help = { "已设密码", "A password was set" } },
        { .name = "two_factor", .type = FIELD_BOOL },
        { .name = "linked", .type = FIELD_BOOL, .help = { "已关联统一身份认证", "Linked to the sign-in elsewhere" } },
        { .name = "invited", .type = FIELD_BOOL, .help = { "有未用的邀请链接", "A link waits to be used" } },
        { 0 },
};
static const struct shape account_shape = { "Account", account_members, NULL };

/* What the store knows of logins: few thousands, looked up by name. */
struct known {
        struct map by_login;
        struct account_row *row;
        size_t n, cap;
        struct map invited, linked;
};

static int read_links(struct ctx *ctx, const struct town *t, struct known *k)
{
        struct links page = { .n = ACCOUNTS_PAGE };
        struct str after = STR("");
        int rc = OK;
        map_init(&k->linked, ctx->arena, t->staff.n);
        while (rc == OK && page.n == ACCOUNTS_PAGE) {
                rc = link_list(ctx, after, ACCOUNTS_PAGE, &page);
                for (size_t i = 0; rc == OK && i < page.n; i++) {
                        after = page.row[i].login;
                        if (staff_find(&t->staff, after))
                                map_put(&k->linked, ctx->arena, after, (uint32_t)i);
                }
        }
        return rc;
}

static int read_accounts(struct ctx *ctx, const struct town *t, struct known *k)
{
        struct account_rows page = { .n = ACCOUNTS_PAGE };
        struct invites invites;
        struct str after = STR("");
        k->cap = t->staff.n;
        k->row = arena_array(ctx->arena, struct account_row, k->cap);
        map_init(&k->by_login, ctx->arena, k->cap);
        while (page.n == ACCOUNTS_PAGE) {
                int rc = account_list(ctx, after, ACCOUNTS_PAGE, &page);
                if (rc != OK)
                        return rc;
                for (size_t i = 0; i < page.n; i++) {
                        after = page.row[i].login;
                        if (!staff_find(&t->staff, page.row[i].login) || k->n == k->cap)
                                continue; /* of who is no longer in staff.csv */
                        map_put(&k->by_login, ctx->arena, page.row[i].login, (uint32_t)k->n);
                        k->row[k->n++] = page.row[i];
                }
        }
        int rc = invite_list(ctx, &invites);
        map_init(&k->invited, ctx->arena, rc == OK ? invites.n : 0);
        for (size_t i = 0; rc == OK && i < invites.n; i++)
                map_put(&k->invited, ctx->arena, invites.row[i].login, (uint32_t)i);
        return rc == OK ? read_links(ctx, t, k) : rc;
}

static void account_of(struct json *j, const struct town *t, uint32_t i, const struct known *k, struct day today)
{
        const struct staff_member *m = &t->staff.row[i];
        uint32_t at = map_get(&k->by_login, m->login);
        json_open(j);
        json_kstr(j, "login", m->login);
        json_kstr(j, "name", m->name);
        view_org(j, "org", t, m->org);
        json_key(j, "posts");
        json_list(j);
        for (uint32_t p = t->posts.of_person.first[i]; p < t->posts.of_person.first[i + 1]; p++)
                json_str(j, t->posts.row[t->posts.of_person.to[p]].title);
        json_end(j);
        json_kday(j, "until", m->until);
        json_kbool(j, "serves", staff_serves(m, today));
        json_kbool(j, "password", at != MAP_NONE && k->row[at].ready);
        json_kbool(j, "two_factor", at != MAP_NONE && k->row[at].two_factor);
        json_kbool(j, "linked", map_get(&k->linked, m->login) != MAP_NONE);
        json_kbool(j, "invited", map_get(&k->invited, m->login) != MAP_NONE);
        json_close(j);
}

static int accounts(struct request *req)
{
        const struct town *t;
        struct known k = { .n = 0 };
        int64_t from = 0;
        int rc = house_read(req, &t);
        if (rc == OK)
                rc = request_page(req, ACCOUNTS_CURSOR, &from, 1);
        if (rc == OK)
                rc = read_accounts(&req->ctx, t, &k);
        if (rc != OK)
                return rc;
        struct json j = request_items(req);
        for (int64_t end = from + ACCOUNTS_PAGE; from < (int64_t)t->staff.n && from < end; from++)
                account_of(&j, t, (uint32_t)from, &k, instant_day(req->ctx.now));
        json_end(&j);
        request_next(req, &j, from < (int64_t)t->staff.n ? &from : NULL, 1);
        json_close(&j);
        return OK;
}

static int close_run(struct tx *tx, struct command *self)
{
        struct request *req = self->arg;
        struct ctx ctx = req->ctx;
        ctx.tx = tx;
        return account_close(&ctx, request_param(req, "login")->text);
}

static int close_account(struct request *req)
{
        const struct town *t;
        int rc = house_in_person(req);
        if (rc == OK)
                rc = house_town(req, &t);
        if (rc != OK)
                return rc;
        if (!staff_find(&t->staff, request_param(req, "login")->text))
                return err_set(&req->err, ERR_NONE, "login", "staff.csv 里没有这个登录名", "staff.csv has no such login");
        if (str_eq(request_param(req, "login")->text, req->who.login))
                return err_set(&req->err, ERR_RULE, "login", "不能关闭自己的账号", "One's own account cannot be closed");
        req->finish = house_ok;
        return request_submit(req, close_run, req);
}

/* ---- invitations --------------------------------------------------------------------------------------------------------------- */

static const struct member invite_members[] = {
        { .name = "login", .type = FIELD_STR },
        { .name = "name", .type = FIELD_STR },
        { .name = "maker", .type = FIELD_STR, .help = { "谁邀请的", "Who invited" } },
        { .name = "at", .type = FIELD_INSTANT },
        { .name = "until", .type = FIELD_INSTANT },
        { 0 },
};
static const struct shape invite_shape = { "Invitation", invite_members, NULL };

static int invitations(struct request *req)
{
        const struct town *t;
        struct invites rows;
        int rc = house_read(req, &t);
        if (rc == OK)
                rc = invite_list(&req->ctx, &rows);
        if (rc != OK)
                return rc;
        struct json j = request_items(req);
        for (size_t i = 0; i < rows.n; i++) {
                const struct staff_member *who = staff_find(&t->staff, rows.row[i].login);
                json_open(&j);
                json_kstr(&j, "login", rows.row[i].login);
                json_kstr(&j, "name", who ? who->name : rows.row[i].login);
                json_kstr(&j, "maker", rows.row[i].maker);
                json_kinstant(&j, "at", rows.row[i].at);
                json_kinstant(&j, "until", rows.row[i].until);
                json_close(&j);
        }
        json_end(&j);
        json_close(&j);
        return OK;
}

static int uninvite_run(struct tx *tx, struct command *self)
{
        struct request *req = self->arg;
        struct ctx ctx = req->ctx;
        ctx.tx = tx;
        return invite_drop(&ctx, request_param(req, "login")->text);
}

static int uninvite(struct request *req)
{
        req->finish = house_ok;
        return request_submit(req, uninvite_run, req);
}

/* ---- keys -------------------------------------------------------------------------------------------------------------------------- */

static const struct member key_members[] = {
        { .name = "name", .type = FIELD_STR },
        { .name = "rights", .type = FIELD_LIST, .item = FIELD_STR },
        { .name = "place", .type = FIELD_STR, .help = { "限于此处，空为全域", "Only within this path; empty: the whole town" } },
        { .name = "org", .type = FIELD_STR },
        { .name = "until", .type = FIELD_DAY, .null = true },
        { .name = "revoked", .type = FIELD_INSTANT, .null = true },
        { .name = "maker", .type = FIELD_STR },
        { .name = "at", .type = FIELD_INSTANT },
        { 0 },
};
static const struct shape key_row_shape = { "Key", key_members, NULL };

static int keys(struct request *req)
{
        struct tx *tx;
        struct apikeys rows;
        int rc = request_tx(req, &tx);
        if (rc == OK)
                rc = apikey_list(&req->ctx, &rows);
        if (rc != OK)
                return rc;
        struct json j = request_items(req);
        for (size_t i = 0; i < rows.n; i++) {
                const struct apikey *k = &rows.row[i];
                json_open(&j);
                json_kstr(&j, "name", k->name);
                json_key(&j, "rights");
                json_list(&j);
                for (enum right r = RIGHT_FIRST_GRANTED; r < RIGHT_COUNT; r++)
                        if (k->rights & right_bit(r))
                                json_c(&j, right_name(r));
                json_end(&j);
                json_kstr(&j, "place", k->place);
                json_kstr(&j, "org", k->org);
                json_kday(&j, "until", k->until);
                json_kinstant(&j, "revoked", k->revoked);
                json_kstr(&j, "maker", k->maker);
                json_kinstant(&j, "at", k->at);
                json_close(&j);
        }
        json_end(&j);
        json_close(&j);
        return OK;
}

/* ---- what was done to accounts and keys ---------------------------------------------------------------------------------------------- */

enum { ACTS_CURSOR, ACTS_FIELDS };
static const struct field acts_query[] = {
        [ACTS_CURSOR] = FIELD_CURSOR,
        [ACTS_FIELDS] = { 0 },
};

static const struct member act_members[] = {
        { .name = "at", .type = FIELD_INSTANT },
        { .name = "actor", .type = FIELD_STR },
        { .name = "act", .type = FIELD_STR },
        { .name = "subject", .type = FIELD_STR },
        { .name = "done", .type = FIELD_BOOL },
        { 0 },
};
static const struct shape act_shape = { "AuditAct", act_members, NULL };

/* When people come and go is kept for whoever looks into an incident , and is no list to read. */
static bool comes_or_goes(struct str act)
{
        return str_is(act, "sign-in") || str_is(act, "sign-out");
}

static int acts(struct request *req)
{
        struct tx *tx;
        struct audit_rows rows;
        int64_t before = INT64_MAX;
        int rc = request_tx(req, &tx);
        if (rc == OK)
                rc = request_page(req, ACTS_CURSOR, &before, 1);
        if (rc == OK)
                rc = audit_list(&req->ctx, before, 200, &rows);
        if (rc != OK)
                return rc;
        struct json j = request_items(req);
        for (size_t i = 0; i < rows.n; i++) {
                const struct audit_row *r = &rows.row[i];
                if (comes_or_goes(r->act))
                        continue;
                json_open(&j);
                json_kinstant(&j, "at", r->at);
                json_kstr(&j, "actor", r->actor);
                json_kstr(&j, "act", r->act);
                json_kstr(&j, "subject", r->subject);
                json_kbool(&j, "done", r->done);
                json_close(&j);
        }
        json_end(&j);
        request_next(req, &j, rows.n == 200 ? &rows.row[199].id : NULL, 1);
        json_close(&j);
        return OK;
}

/* ---- jobs ------------------------------------------------------------------------------------------------------------------------------ */

static const struct member job_members[] = {
        { .name = "job", .type = FIELD_STR },
        { .name = "holder", .type = FIELD_STR, .help = { "哪个进程", "Which process" } },
        { .name = "until", .type = FIELD_INSTANT },
        { .name = "held", .type = FIELD_BOOL, .help = { "现在有人在做", "Somebody is at it now" } },
        { 0 },
};
static const struct shape job_shape = { NULL, job_members, NULL };
static const struct member listener_members[] = {
        { .name = "name", .type = FIELD_STR },
        { .name = "behind", .type = FIELD_INT, .help = { "落后几个封存批次", "Seals not handled yet" } },
        { .name = "upto", .type = FIELD_INSTANT, .null = true },
        { .name = "parked", .type = FIELD_INT, .help = { "读不出来、放在一边的事项", "Matters that could not be read and were set aside" } },
        { 0 },
};
static const struct shape listener_shape = { NULL, listener_members, NULL };
static const struct member outbox_members[] = {
        { .name = "channel", .type = FIELD_STR },
        { .name = "state", .type = FIELD_STR },
        { .name = "n", .type = FIELD_INT },
        { 0 },
};
static const struct shape outbox_shape = { NULL, outbox_members, NULL };
static const struct member jobs_members[] = {
        { .name = "as_of", .type = FIELD_INSTANT },
        { .name = "engine", .type = FIELD_STR },
        { .name = "unsealed", .type = FIELD_BOOL, .help = { "有事件等待封存", "Events wait for the sealer" } },
        { .name = "jobs", .type = FIELD_LIST, .of = &job_shape },
        { .name = "listeners", .type = FIELD_LIST, .of = &listener_shape },
        { .name = "messages", .type = FIELD_LIST, .of = &outbox_shape },
        { .name = "gateways", .type = FIELD_BOOL, .help = { "接了短信、邮件网关", "There are gateways for messages" } },
        { 0 },
};
static const struct shape jobs_shape = { "Jobs", jobs_members, NULL };

static int jobs_of(struct json *j, struct ctx *ctx)
{
        struct lease_rows rows;
        int rc = lease_list(ctx, &rows);
        json_key(j, "jobs");
        json_list(j);
        for (size_t i = 0; rc == OK && i < rows.n; i++) {
                json_open(j);
                json_kstr(j, "job", rows.row[i].job);
                json_kstr(j, "holder", rows.row[i].holder);
                json_kinstant(j, "until", rows.row[i].until);
                json_kbool(j, "held", rows.row[i].until.us > ctx->now.us);
                json_close(j);
        }
        json_end(j);
        return rc;
}

static int listeners_of(struct json *j, struct ctx *ctx)
{
        int rc = OK;
        json_key(j, "listeners");
        json_list(j);
        for (enum listener l = 0; rc == OK && l < LISTENERS; l++) {
                struct listen_lag lag;
                rc = listen_lag(ctx, l, &lag);
                if (rc != OK)
                        break;
                json_open(j);
                json_kc(j, "name", listener_names[l]);
                json_kint(j, "behind", lag.seals);
                json_kinstant(j, "upto", lag.upto);
                json_kint(j, "parked", lag.parked);
                json_close(j);
        }
        json_end(j);
        return rc;
}

static int messages_of(struct json *j, struct ctx *ctx)
{
        struct notice_counts counts;
        int rc = notice_count(ctx, &counts);
        json_key(j, "messages");
        json_list(j);
        for (size_t i = 0; rc == OK && i < counts.n; i++) {
                json_open(j);
                json_kstr(j, "channel", counts.row[i].channel);
                json_kstr(j, "state", counts.row[i].state);
                json_kint(j, "n", counts.row[i].n);
                json_close(j);
        }
        json_end(j);
        return rc;
}

static int jobs(struct request *req)
{
        struct tx *tx;
        bool waits;
        int rc = request_tx(req, &tx);
        if (rc == OK)
                rc = event_waits(&req->ctx, &waits);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kinstant(&j, "as_of", req->ctx.now);
        json_kc(&j, "engine", store_engine(house_of(req)->store) == STORE_SQLITE ? "sqlite" : "postgres");
        json_kbool(&j, "unsealed", waits);
        rc = jobs_of(&j, &req->ctx);
        if (rc == OK)
                rc = listeners_of(&j, &req->ctx);
        if (rc == OK)
                rc = messages_of(&j, &req->ctx);
        json_kbool(&j, "gateways", house_of(req)->notices != NULL);
        json_close(&j);
        return rc;
}

/* ---- the words of messages ------------------------------------------------------------------------------------------------------------- */

static const struct member words_members[] = {
        { .name = "kind", .type = FIELD_STR },
        { .name = "reporter", .type = FIELD_BOOL, .help = { "发给诉求人的；否则给工作人员", "To reporters; else to staff" } },
        { .name = "slots", .type = FIELD_LIST, .item = FIELD_STR, .help = { "可用的占位符", "Placeholders that it may have" } },
        { .name = "title", .type = FIELD_OBJECT, .of = &say_shape },
        { .name = "sms", .type = FIELD_OBJECT, .of = &say_shape },
        { .name = "text", .type = FIELD_OBJECT, .of = &say_shape },
        { 0 },
};
static const struct shape words_shape = { "NoticeText", words_members, NULL };

static int notice_texts(struct request *req)
{
        const struct town *t;
        int rc = house_town(req, &t);
        if (rc != OK)
                return rc;
        struct json j = request_items(req);
        for (int k = 0; k < NOTICE_KINDS; k++) {
                json_open(&j);
                json_kc(&j, "kind", notice_kind_names[k]);
                json_kbool(&j, "reporter", notice_for_reporter((enum notice_kind)k));
                json_key(&j, "slots");
                json_list(&j);
                for (int s = 0; s < SLOTS; s++)
                        if (notice_slots((enum notice_kind)k) >> s & 1)
                                json_c(&j, notice_slot_names[s]);
                json_end(&j);
                for (int p = 0; p < NOTICE_PARTS; p++) {
                        const struct str *part = t->notices.kind[k].part[p];
                        view_name(&j, notice_part_names[p], part[LANG_ZH], part[LANG_EN]);
                }
                json_close(&j);
        }
        json_end(&j);
        json_close(&j);
        return OK;
}

#define ADMIN .may = RIGHT_PEOPLE_MANAGE, .scope = SCOPE_TOWN
static const struct route admin_routes[] = {
        { .name = "account.list", .method = HTTP_GET, .path = "/api/accounts", ADMIN, .run_on = RUN_READ, .query = accounts_query, .answer = &account_shape,
          .answer_form = ANSWER_PAGE, .run = accounts, .help = { "工作人员的账号：有没有密码、二次验证；不记录谁何时登录", "Accounts of staff: password, second factor; never when somebody was there" } },
        { .name = "account.close", .method = HTTP_POST, .path = "/api/accounts/{login}/close", ADMIN, .run_on = RUN_WRITE, .rate = RATE_WRITE, .answer = &ok_shape,
          .run = close_account, .help = { "关闭账号：密码、二次验证、登录和邀请都失效；可以再邀请", "Close an account: password, second factor, sessions and link end; it can be invited again" } },
        { .name = "invite.list", .method = HTTP_GET, .path = "/api/invitations", ADMIN, .run_on = RUN_READ, .answer = &invite_shape, .answer_form = ANSWER_ITEMS,
          .run = invitations, .help = { "未用的邀请", "Invitations that wait" } },
        { .name = "invite.drop", .method = HTTP_DELETE, .path = "/api/invitations/{login}", ADMIN, .run_on = RUN_WRITE, .rate = RATE_WRITE, .answer = &ok_shape,
          .run = uninvite, .help = { "收回邀请", "Take an invitation back" } },
        { .name = "key.list", .method = HTTP_GET, .path = "/api/keys", ADMIN, .run_on = RUN_READ, .answer = &key_row_shape, .answer_form = ANSWER_ITEMS, .run = keys,
          .help = { "其他系统的密钥：名称、权限、范围、期限", "Keys of other systems: name, rights, reach, end" } },
        { .name = "audit.acts", .method = HTTP_GET, .path = "/api/audit/acts", .may = RIGHT_AUDIT_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .query = acts_query, .answer = &act_shape, .answer_form = ANSWER_PAGE, .run = acts,
          .help = { "对账号、密钥、叫法等做过什么；不含登录记录", "What was done to accounts, keys, names; without who signed in when" } },
        { .name = "job.list", .method = HTTP_GET, .path = "/api/jobs", ADMIN, .run_on = RUN_READ, .answer = &jobs_shape, .run = jobs,
          .help = { "后台作业、落后多少、放在一边的、消息发出情况", "Jobs, how far behind, what was set aside, messages by state" } },
        { .name = "notice.texts", .method = HTTP_GET, .path = "/api/notice-texts", .may = RIGHT_TOWN_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .answer = &words_shape, .answer_form = ANSWER_ITEMS, .run = notice_texts,
          .help = { "消息用语；修改写在 notices.yaml", "The words of messages; they are changed in notices.yaml" } },
};
const struct route_table admin_route_table = ROUTES(admin_routes);
