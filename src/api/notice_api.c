/* api/notice_api.c — messages: one's own, and what could not be delivered. */
#include "api/cursor.h"
#include "api/matter_view.h"
#include "api/routes.h"
#include "notice/notice.h"

static void both(struct json *j, const char *key, const struct town *t, const struct notice *n, enum notice_part part, struct say code, struct arena *a)
{
        enum notice_kind as = n->kind < NOTICE_KINDS ? n->kind : NOTICE_NEWS;
        struct str zh = notice_words_of(a, t, n, as, part, LANG_ZH, str_of(code.zh), STR(""));
        struct str en = notice_words_of(a, t, n, as, part, LANG_EN, str_of(code.en), STR(""));
        view_name(j, key, zh, en);
}

static const struct member notice_members[] = {
        { .name = "id", .type = FIELD_ID },
        { .name = "matter", .type = FIELD_ID },
        { .name = "kind", .type = FIELD_STR, .help = { "见 notices.yaml；event 为其他", "As in notices.yaml, or event" } },
        { .name = "at", .type = FIELD_INSTANT },
        { .name = "read", .type = FIELD_INSTANT, .null = true },
        { .name = "urgent", .type = FIELD_BOOL },
        { .name = "due", .type = FIELD_INSTANT, .null = true },
        { .name = "was", .type = FIELD_INSTANT, .null = true, .help = { "改动前的时间", "The time before it was moved" } },
        { .name = "title", .type = FIELD_OBJECT, .of = &say_shape },
        { .name = "text", .type = FIELD_OBJECT, .of = &say_shape },
        { 0 },
};
static const struct shape notice_shape = { "Notice", notice_members, NULL };

static const struct member box_members[] = {
        { .name = "unread", .type = FIELD_INT },
        { .name = "items", .type = FIELD_LIST, .of = &notice_shape },
        { .name = "next", .type = FIELD_STR, .null = true },
        { 0 },
};
static const struct shape box_shape = { "NoticeBox", box_members, NULL };

static void show(struct json *j, const struct town *t, const struct notice *n, struct arena *a)
{
        static const struct say code = { "（就是您手中的这个）", "(the one you hold)" };
        json_open(j);
        json_kid(j, "id", n->id);
        json_kid(j, "matter", n->matter);
        json_kc(j, "kind", n->kind < NOTICE_KINDS ? notice_kind_names[n->kind] : "event");
        json_kinstant(j, "at", n->at);
        json_kinstant(j, "read", n->read_at);
        json_kbool(j, "urgent", n->urgent);
        json_kinstant(j, "due", n->due);
        json_kinstant(j, "was", n->was);
        both(j, "title", t, n, NOTICE_TITLE, code, a);
        both(j, "text", t, n, NOTICE_TEXT, code, a);
        json_close(j);
}

static void show_all(struct json *j, const struct town *t, const struct notices *rows, struct arena *a)
{
        json_key(j, "items");
        json_list(j);
        for (size_t i = 0; i < rows->n; i++)
                show(j, t, &rows->row[i], a);
        json_end(j);
}

static void show_next(struct request *req, struct json *j, const struct notices *rows)
{
        request_next(req, j, rows->n == NOTICE_PAGE ? &rows->row[rows->n - 1].id : NULL, 1);
}

/* ---- one's own ------------------------------------------------------------------------------------------------------- */

enum { BOX_UNREAD, BOX_CURSOR, BOX_FIELDS };
static const struct field box_query[] = {
        [BOX_UNREAD] = { .name = "unread", .type = FIELD_BOOL, .help = { "只看未读", "Only those not read yet" } },
        [BOX_CURSOR] = FIELD_CURSOR,
        [BOX_FIELDS] = { 0 },
};

static int box(struct request *req)
{
        const struct values *q = &req->query;
        const struct town *t;
        struct notices rows;
        struct tx *tx;
        int64_t before = INT64_MAX, unread = 0;
        int rc = house_town(req, &t);
        if (rc == OK)
                rc = request_page(req, BOX_CURSOR, &before, 1);
        if (rc == OK)
                rc = request_tx(req, &tx);
        if (rc == OK)
                rc = notice_box(&req->ctx, req->who.login, value_bool(q, BOX_UNREAD, false), before, &rows);
        if (rc == OK)
                rc = notice_unread(&req->ctx, req->who.login, &unread);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kint(&j, "unread", unread);
        show_all(&j, t, &rows, req->ctx.arena);
        show_next(req, &j, &rows);
        json_close(&j);
        return OK;
}

enum { READ_UPTO, READ_ONLY, READ_FIELDS };
static const struct field read_body[] = {
        [READ_UPTO] = { .name = "upto", .type = FIELD_ID, .required = true, .help = { "看到哪一条为止（编号）", "Up to which message, its id" } },
        [READ_ONLY] = { .name = "only", .type = FIELD_BOOL, .help = { "只标这一条", "That one alone" } },
        [READ_FIELDS] = { 0 },
};

static int read_run(struct tx *tx, struct command *self)
{
        struct request *req = self->arg;
        struct ctx ctx = req->ctx;
        int64_t n, upto = value_id(&req->body, READ_UPTO);
        ctx.tx = tx;
        return notice_read(&ctx, req->who.login, value_bool(&req->body, READ_ONLY, false) ? upto : 0, upto, &n);
}

static int mark_read(struct request *req)
{
        req->finish = house_ok;
        return request_submit(req, read_run, req);
}

/* ---- the reporter's -------------------------------------------------------------------------------------------------- */

static int track(struct request *req)
{
        const struct town *t;
        struct notices rows;
        struct tx *tx;
        int rc = house_town(req, &t);
        if (rc == OK)
                rc = request_tx(req, &tx);
        if (rc == OK)
                rc = notice_of_reporter(&req->ctx, req->who.id, &rows);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        json_open(&j);
        show_all(&j, t, &rows, req->ctx.arena);
        json_close(&j);
        return OK;
}

/* ---- how they want to be told from now on ---------------------------------------------------------------------------- */

enum { WISH_WAY, WISH_HOURS, WISH_DISCREET, WISH_FIELDS };
static const struct field wish_body[] = {
        [WISH_WAY] = { .name = "notify_by", .type = FIELD_ENUM, .choices = notice_way_names, .required = true,
                       .help = { "sms 短信、mail 邮件，none 只在查询页", "sms, mail, or none: only on the tracking page" } },
        [WISH_HOURS] = { .name = "notify_hours", .type = FIELD_STR, .min = 11, .max = 11, .help = { "只在这段时间，如 18:00-20:00", "Only within these hours, as 18:00-20:00" } },
        [WISH_DISCREET] = { .name = "discreet", .type = FIELD_BOOL, .help = { "短信和邮件里不提任何内容", "Short messages and mails say nothing but that there is one" } },
        [WISH_FIELDS] = { 0 },
};

static int wish_run(struct tx *tx, struct command *self)
{
        struct request *req = self->arg;
        struct ctx ctx = req->ctx;
        const struct values *b = &req->body;
        struct notice_wish w = { .way = (enum notice_way)value_choice(b, WISH_WAY, WAY_NONE), .lang = ctx.lang, .discreet = value_bool(b, WISH_DISCREET, false) };
        if (value_given(b, WISH_HOURS) && quiet_hours_parse(value_str(b, WISH_HOURS), &w.hours) != OK)
                return err_set(ctx.err, ERR_TYPE, "notify_hours", "应为如 18:00-20:00 的时段", "Needs hours such as 18:00-20:00");
        ctx.tx = tx;
        return notice_wish_put(&ctx, req->who.id, &w);
}

static int wish(struct request *req)
{
        req->finish = house_ok;
        return request_submit(req, wish_run, req);
}

/* ---- what could not be delivered ------------------------------------------------------------------------------------- */

static bool within_reach(struct request *req, const struct town *t, int64_t matter)
{
        struct matter m;
        struct scope_object object;
        if (matter_get(&req->ctx, matter, &m) != OK)
                return false;
        matter_scope(t, &m, &object);
        return request_in_scope(req, m.id, &object) == OK;
}

static const struct member lost_members[] = {
        { .name = "id", .type = FIELD_ID },
        { .name = "matter", .type = FIELD_ID },
        { .name = "kind", .type = FIELD_STR },
        { .name = "to", .type = FIELD_STR },
        { .name = "channel", .type = FIELD_STR },
        { .name = "tries", .type = FIELD_INT },
        { .name = "at", .type = FIELD_INSTANT },
        { .name = "given_up", .type = FIELD_INSTANT, .null = true },
        { .name = "error", .type = FIELD_STR },
        { .name = "why", .type = FIELD_OBJECT, .of = &say_shape },
        { 0 },
};
static const struct shape lost_shape = { "UndeliveredNotice", lost_members, NULL };

static void show_lost(struct json *j, const struct town *t, const struct notice *n)
{
        struct notice of = *n;
        of.why = n->error;
        json_open(j);
        json_kid(j, "id", n->id);
        json_kid(j, "matter", n->matter);
        json_kc(j, "kind", n->kind < NOTICE_KINDS ? notice_kind_names[n->kind] : "event");
        json_kstr(j, "to", n->recipient);
        json_kc(j, "channel", n->channel < NOTICE_CHANNELS ? notice_channel_names[n->channel] : "");
        json_kint(j, "tries", n->tries);
        json_kinstant(j, "at", n->at);
        json_kinstant(j, "given_up", n->done_at);
        json_kstr(j, "error", n->error);
        view_name(j, "why", notice_why(t, &of, LANG_ZH), notice_why(t, &of, LANG_EN));
        json_close(j);
}

enum { LOST_CURSOR, LOST_FIELDS };
static const struct field lost_query[] = {
        [LOST_CURSOR] = FIELD_CURSOR,
        [LOST_FIELDS] = { 0 },
};

static int lost(struct request *req)
{
        const struct town *t;
        struct notices rows;
        struct tx *tx;
        int64_t before = INT64_MAX;
        int rc = house_town(req, &t);
        if (rc == OK)
                rc = request_page(req, LOST_CURSOR, &before, 1);
        if (rc == OK)
                rc = request_tx(req, &tx);
        if (rc == OK)
                rc = notice_lost(&req->ctx, false, before, &rows);
        if (rc != OK)
                return rc;
        struct json j = request_items(req);
        for (size_t i = 0; i < rows.n; i++)
                if (within_reach(req, t, rows.row[i].matter))
                        show_lost(&j, t, &rows.row[i]);
        json_end(&j);
        show_next(req, &j, &rows);
        json_close(&j);
        return OK;
}

static const char *const settle_ways[] = { "phone", "visit", "letter", "counter", "not_needed", NULL };
enum { SETTLE_HOW, SETTLE_FIELDS };
static const struct field settle_body[] = {
        [SETTLE_HOW] = { .name = "how", .type = FIELD_ENUM, .choices = settle_ways, .required = true, .help = { "怎样告知的", "How they were told" } },
        [SETTLE_FIELDS] = { 0 },
};
static const struct field again_body[] = { { 0 } };

struct settling {
        struct request *req;
        const struct town *t;
        bool again;
};

static int settle_run(struct tx *tx, struct command *self)
{
        struct settling *o = self->arg;
        struct request *req = o->req;
        struct notice n;
        struct tx *was = req->ctx.tx;
        int64_t id = request_param(req, "id")->id;
        req->ctx.tx = tx;
        int rc = notice_get(&req->ctx, id, &n);
        if (rc == ERR_NONE || (rc == OK && (n.channel == NOTICE_BY_HOOK || !within_reach(req, o->t, n.matter))))
                rc = err_set(req->ctx.err, ERR_NONE, "id", "没有这条消息", "There is no such message");
        if (rc == OK && o->again)
                rc = notice_again(&req->ctx, id);
        else if (rc == OK)
                rc = notice_settle(&req->ctx, id, str_of(settle_ways[value_choice(&req->body, SETTLE_HOW, 0)]));
        req->ctx.tx = was;
        return rc;
}

static int settle_as(struct request *req, bool again)
{
        struct settling *o = arena_new(req->ctx.arena, struct settling);
        *o = (struct settling){ .req = req, .again = again };
        int rc = house_town(req, &o->t);
        if (rc != OK)
                return rc;
        req->finish = house_ok;
        return request_submit(req, settle_run, o);
}

static int settle(struct request *req)
{
        return settle_as(req, false);
}

static int again(struct request *req)
{
        return settle_as(req, true);
}

static const struct route notice_routes[] = {
        { .name = "notice.list", .method = HTTP_GET, .path = "/api/notices", .may = RIGHT_SIGNED_IN, .scope = SCOPE_SELF, .run_on = RUN_READ,
          .query = box_query, .run = box, .answer = &box_shape, .help = { "给我的消息，新的在前", "Messages to me, the newest first" } },
        { .name = "notice.read", .method = HTTP_POST, .path = "/api/notices/read", .may = RIGHT_SIGNED_IN, .scope = SCOPE_SELF, .run_on = RUN_WRITE,
          .rate = RATE_WRITE, .body = read_body, .run = mark_read, .answer = &ok_shape, .help = { "把给我的消息标为已读：某一条，或到这一条为止的全部", "Mark my messages as read: one, or all up to it" } },
        { .name = "track.notices", .method = HTTP_GET, .path = "/api/track/notices", .may = RIGHT_TRACK, .scope = SCOPE_SELF, .run_on = RUN_READ,
          .rate = RATE_LOOKUP, .run = track, .answer = &notice_shape, .answer_form = ANSWER_ITEMS, .help = { "凭查询码看给我的消息", "Messages to whoever holds the tracking code" } },
        { .name = "track.notify", .method = HTTP_POST, .path = "/api/track/notify", .may = RIGHT_TRACK, .scope = SCOPE_SELF, .run_on = RUN_WRITE,
          .rate = RATE_WRITE, .body = wish_body, .run = wish, .answer = &ok_shape, .help = { "从现在起怎样通知我", "How I want to be told from now on" } },
        { .name = "notice.undelivered", .method = HTTP_GET, .path = "/api/notices/undelivered", .may = RIGHT_MATTER_DISPATCH, .scope = SCOPE_LIST,
          .run_on = RUN_READ, .query = lost_query, .run = lost, .answer = &lost_shape, .answer_form = ANSWER_PAGE,
          .help = { "没有送到的消息：须另想办法告知", "Messages that could not be delivered: somebody must tell them another way" } },
        { .name = "notice.settle", .method = HTTP_POST, .path = "/api/notices/{id}/settle", .may = RIGHT_MATTER_DISPATCH, .scope = SCOPE_LIST,
          .run_on = RUN_WRITE, .rate = RATE_WRITE, .body = settle_body, .run = settle, .answer = &ok_shape,
          .help = { "没有送到的消息已另行告知", "An undelivered message: they were told another way" } },
        { .name = "notice.again", .method = HTTP_POST, .path = "/api/notices/{id}/again", .may = RIGHT_MATTER_DISPATCH, .scope = SCOPE_LIST,
          .run_on = RUN_WRITE, .rate = RATE_WRITE, .body = again_body, .run = again, .answer = &ok_shape,
          .help = { "把没有送到的消息再发一次", "Send an undelivered message once more" } },
};
const struct route_table notice_route_table = ROUTES(notice_routes);
