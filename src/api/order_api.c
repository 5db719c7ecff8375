/* api/order_api.c — orders from upstream: taken in, listed, replied to, counted. */
#include <unistd.h>
#include "api/bundle.h"
#include "api/cursor.h"
#include "api/matter_view.h"
#include "api/routes.h"
#include "insight/orders.h"
#include "matter/order_text.h"
#include "matter/reply.h"

static const struct member order_members[] = {
        { .name = "system", .type = FIELD_STR },
        { .name = "system_name", .type = FIELD_OBJECT, .of = &say_shape },
        { .name = "number", .type = FIELD_STR },
        { .name = "order_state", .type = FIELD_STR },
        { .name = "order_state_name", .type = FIELD_OBJECT, .of = &say_shape },
        { .name = "round", .type = FIELD_INT, .help = { "第几次交办", "Which time it was sent" } },
        { .name = "received", .type = FIELD_INSTANT, .null = true },
        { .name = "upstream_due", .type = FIELD_INSTANT, .null = true },
        { .name = "our_due", .type = FIELD_INSTANT, .null = true },
        { .name = "return_until", .type = FIELD_INSTANT, .null = true },
        { .name = "replied", .type = FIELD_INSTANT, .null = true },
        { 0 },
};
const struct shape order_shape = { "Order", order_members, NULL };

void order_view(struct json *j, const struct town *t, const struct order *o)
{
        const struct upstream *up = upstream_find(&t->upstreams, o->system);
        json_kstr(j, "system", o->system);
        view_name(j, "system_name", up ? up->name_zh : o->system, up ? up->name_en : o->system);
        json_kstr(j, "number", o->number);
        json_kc(j, "order_state", order_state_words[o->state]);
        view_say(j, "order_state_name", order_state_say(o->state));
        json_kint(j, "round", o->round);
        json_kinstant(j, "received", o->received);
        json_kinstant(j, "upstream_due", o->due);
        json_kinstant(j, "our_due", o->ours);
        json_kinstant(j, "return_until", o->return_until);
        json_kinstant(j, "replied", o->answered);
}

/* ---- taken in ------------------------------------------------------------------------------------------------------- */

enum { TAKE_SYSTEM, TAKE_TEXT, TAKE_NUMBER, TAKE_KIND, TAKE_RECEIVED, TAKE_DUE, TAKE_RETURN_UNTIL, TAKE_TITLE, TAKE_WORDS, TAKE_PLACE, TAKE_NAME,
       TAKE_PHONE, TAKE_ADDRESS, TAKE_FIELDS };
static const struct field take_body[] = {
        [TAKE_SYSTEM] = { .name = "system", .type = FIELD_CODE, .required = true, .help = { "上级系统代码，见 upstreams.yaml", "Code of the system, as upstreams.yaml names it" } },
        [TAKE_TEXT] = { .name = "text", .type = FIELD_TEXT, .max = 20000, .secret = true, .help = { "从上级系统复制的整段文字，按标题识别；给了它就不给下面各项", "The text copied from upstream's screen, read by its labels; then none of the fields below" } },
        [TAKE_NUMBER] = { .name = "number", .type = FIELD_STR, .max = ORDER_NUMBER_CHARS, .help = { "工单编号", "The number of the order" } },
        [TAKE_KIND] = { .name = "kind", .type = FIELD_STR, .max = 40, .help = { "派单类型；是 redo 所列的词就是重办", "Kind of order; one of the words under redo means: to be dealt with again" } },
        [TAKE_RECEIVED] = { .name = "received", .type = FIELD_STR, .max = 40, .help = { "派单时间", "When upstream sent it" } },
        [TAKE_DUE] = { .name = "due", .type = FIELD_STR, .max = 40, .help = { "上级的办理时限", "Upstream's deadline" } },
        [TAKE_RETURN_UNTIL] = { .name = "return_until", .type = FIELD_STR, .max = 40, .help = { "退单截止时间", "Until when it may be sent back" } },
        [TAKE_TITLE] = { .name = "title", .type = FIELD_STR, .max = 200, .help = { "标题", "A title" } },
        [TAKE_WORDS] = { .name = "words", .type = FIELD_TEXT, .max = INTAKE_WORDS_MAX, .help = { "诉求内容", "What it is about" } },
        [TAKE_PLACE] = { .name = "place", .type = FIELD_STR, .max = 200, .help = { "诉求地点，文字", "The place, in words" } },
        [TAKE_NAME] = { .name = "name", .type = FIELD_STR, .max = VAULT_NAME_CHARS, .secret = true, .help = { "诉求人", "The reporter's name" } },
        [TAKE_PHONE] = { .name = "phone", .type = FIELD_STR, .max = VAULT_PHONE_CHARS, .secret = true, .help = { "联系电话", "The reporter's telephone" } },
        [TAKE_ADDRESS] = { .name = "address", .type = FIELD_STR, .max = VAULT_ADDRESS_CHARS, .secret = true, .help = { "联系地址", "The reporter's address" } },
        [TAKE_FIELDS] = { 0 },
};

static const enum order_field meaning[TAKE_FIELDS] = {
        [TAKE_NUMBER] = ORDER_NUMBER, [TAKE_KIND] = ORDER_KIND,   [TAKE_RECEIVED] = ORDER_RECEIVED, [TAKE_DUE] = ORDER_DUE,
        [TAKE_RETURN_UNTIL] = ORDER_RETURN_UNTIL, [TAKE_TITLE] = ORDER_TITLE, [TAKE_WORDS] = ORDER_WORDS, [TAKE_PLACE] = ORDER_PLACE,
        [TAKE_NAME] = ORDER_NAME,     [TAKE_PHONE] = ORDER_PHONE, [TAKE_ADDRESS] = ORDER_ADDRESS,
};

struct taking_in {
        struct request *req;
        const struct town *t;
        struct order_taking *o;
        struct order_taken done;
};

static int read_cells(struct request *req, const struct upstream *up, struct cell cell[static ORDER_FIELDS])
{
        const struct values *b = &req->body;
        bool pasted = value_given(b, TAKE_TEXT);
        for (int i = 0; i < ORDER_FIELDS; i++)
                cell[i] = (struct cell){ .text = STR(""), .kind = CELL_EMPTY };
        for (size_t i = TAKE_NUMBER; i < TAKE_FIELDS; i++) {
                if (!value_given(b, i))
                        continue;
                if (pasted)
                        return err_set(&req->err, ERR_RULE, take_body[i].name, "给了 text 就不再给这一项", "Not together with text");
                cell[meaning[i]] = (struct cell){ .text = value_str(b, i), .kind = CELL_TEXT };
        }
        return pasted ? order_paste(req->ctx.arena, up, value_str(b, TAKE_TEXT), cell, &req->err) : OK;
}

static int take_run(struct tx *tx, struct command *self)
{
        struct taking_in *k = self->arg;
        struct ctx ctx = k->req->ctx;
        ctx.tx = tx;
        int rc = self->tries > 0 ? house_town_anew(k->req, &k->t) : OK; /* the town's version moved, or somebody took it in meanwhile */
        if (rc == OK && self->tries > 0)
                rc = order_again(&ctx, k->t, k->o);
        return rc == OK ? order_take(&ctx, k->o, &k->done) : rc;
}

static const struct member order_taken_members[] = {
        { .name = "outcome", .type = FIELD_ENUM, .choices = order_outcome_words },
        { .name = "id", .type = FIELD_ID },
        { .name = "state", .type = FIELD_STR },
        { .name = "due", .type = FIELD_INSTANT, .null = true },
        { .name = "code", .type = FIELD_STR, .null = true, .help = { "查询码，新开时才有", "The tracking code of a new matter" } },
        { 0 },
};
static const struct shape order_taken_shape = { "OrderTaken", order_taken_members, &order_shape };

static int take_finish(struct request *req, int rc)
{
        struct taking_in *k = req->state;
        const struct order_taken *d = &k->done;
        if (rc != OK)
                return rc;
        struct json j = request_json(req, d->outcome == ORDER_OPENED ? 201 : 200);
        json_open(&j);
        json_kc(&j, "outcome", order_outcome_words[d->outcome]);
        json_kid(&j, "id", d->id);
        json_kstr(&j, "state", d->state);
        json_kinstant(&j, "due", d->due);
        json_kc(&j, "code", d->code[0] ? d->code : NULL);
        order_view(&j, k->t, &d->order);
        json_close(&j);
        req->out.location = str_printf(req->ctx.arena, "/api/matters/%lld", (long long)d->id);
        if (d->outcome != ORDER_SAME)
                house_wake(req);
        return OK;
}

static int take(struct request *req)
{
        struct taking_in *k = arena_new(req->ctx.arena, struct taking_in);
        struct cell cell[ORDER_FIELDS];
        struct order_in in;
        *k = (struct taking_in){ .req = req };
        int rc = house_town(req, &k->t);
        if (rc != OK)
                return rc;
        const struct upstream *up = upstream_find(&k->t->upstreams, value_str(&req->body, TAKE_SYSTEM));
        if (!up)
                return err_set(&req->err, ERR_UNKNOWN, "system", "没有这个上级系统；见 upstreams.yaml", "There is no such system; see upstreams.yaml");
        rc = read_cells(req, up, cell);
        if (rc == OK)
                rc = order_read(&req->ctx, up, cell, &in);
        if (rc == OK)
                rc = order_prepare(&req->ctx, k->t, house_of(req)->keys, up, &in, req->who.rights, &k->o);
        if (rc != OK)
                return rc;
        req->state = k;
        req->finish = take_finish;
        return request_submit(req, take_run, k);
}

/* ---- the list ------------------------------------------------------------------------------------------------------- */

enum { LIST_DONE, LIST_LIMIT, LIST_CURSOR, LIST_FIELDS };
static const struct field list_query[] = {
        [LIST_DONE] = { .name = "done", .type = FIELD_BOOL, .help = { "看已回复或已收回的；默认看待回复的", "Those that are replied to or taken back; by default those that upstream waits for" } },
        [LIST_LIMIT] = { .name = "limit", .type = FIELD_INT, .min = 1, .max = ORDER_LIST_MAX, .help = { "条数，默认 50", "How many, 50 by default" } },
        [LIST_CURSOR] = FIELD_CURSOR,
        [LIST_FIELDS] = { 0 },
};

static const struct member order_row_members[] = {
        { .name = "id", .type = FIELD_ID },
        { .name = "state", .type = FIELD_STR },
        { .name = "unit", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { 0 },
};
static const struct shape order_row_shape = { "OrderRow", order_row_members, &order_shape };

static int list(struct request *req)
{
        const struct values *q = &req->query;
        const struct town *t;
        struct order_items rows;
        struct tx *tx;
        int64_t at[2] = { INSTANT_NONE.us, 0 };
        int32_t max = (int32_t)value_int(q, LIST_LIMIT, ORDER_LIST_MAX);
        int rc = house_town(req, &t);
        if (rc == OK)
                rc = request_page(req, LIST_CURSOR, at, 2);
        if (rc == OK)
                rc = request_tx(req, &tx);
        if (rc == OK)
                rc = order_list(&req->ctx, !value_bool(q, LIST_DONE, false), (struct instant){ at[0] }, at[1], max, &rows);
        if (rc != OK)
                return rc;
        struct json j = request_items(req);
        for (size_t i = 0; i < rows.n; i++) {
                const struct order_item *r = &rows.row[i];
                struct scope_object object;
                matter_item_scope(t, r->path, r->unit_path, r->assist, r->called, r->respondent, &object);
                if (request_in_scope(req, r->matter, &object) != OK)
                        continue;
                json_open(&j);
                json_kid(&j, "id", r->matter);
                json_kstr(&j, "state", r->state);
                view_org(&j, "unit", t, r->unit);
                order_view(&j, t, &r->order);
                json_close(&j);
        }
        json_end(&j);
        request_next(req, &j, rows.n == (size_t)max ? (int64_t[]){ rows.row[rows.n - 1].chase.us, rows.row[rows.n - 1].matter } : NULL, 2);
        json_close(&j);
        return OK;
}

/* ---- one order, and its reply ----------------------------------------------------------------------------------------- */

static int load(struct request *req, const struct town **t, struct matter *m)
{
        struct scope_object object;
        struct tx *tx;
        int64_t id = 0;
        int rc = house_town(req, t);
        if (rc == OK)
                rc = request_tx(req, &tx);
        if (rc == OK)
                rc = order_find(&req->ctx, request_param(req, "system")->text, request_param(req, "number")->text, &id);
        if (rc == OK)
                rc = matter_get(&req->ctx, id, m);
        if (rc != OK)
                return rc;
        matter_scope(*t, m, &object);
        if (request_in_scope(req, m->id, &object) == OK)
                return OK;
        return err_set(&req->err, ERR_NONE, "number", "没有这个编号的上级派单", "There is no order with this number");
}

static const struct member order_got_members[] = {
        { .name = "id", .type = FIELD_ID },
        { .name = "rev", .type = FIELD_INT },
        { .name = "state", .type = FIELD_STR },
        { .name = "unit", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "due", .type = FIELD_INSTANT, .null = true },
        { 0 },
};
static const struct shape order_got_shape = { "OrderWithMatter", order_got_members, &order_shape };

static int get(struct request *req)
{
        const struct town *t;
        struct matter m;
        int rc = load(req, &t, &m);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kid(&j, "id", m.id);
        json_kint(&j, "rev", m.rev);
        json_kstr(&j, "state", m.state);
        view_org(&j, "unit", t, m.unit);
        json_kinstant(&j, "due", m.due);
        order_view(&j, t, &m.order);
        json_close(&j);
        return OK;
}

static const char *const fault_words[] = { "missing", "too_long", NULL };

static const struct member reply_field_members[] = {
        { .name = "code", .type = FIELD_STR },
        { .name = "label", .type = FIELD_OBJECT, .of = &say_shape },
        { .name = "required", .type = FIELD_BOOL },
        { .name = "max", .type = FIELD_INT },
        { .name = "value", .type = FIELD_STR },
        { .name = "fault", .type = FIELD_ENUM, .choices = fault_words, .null = true },
        { 0 },
};
static const struct shape reply_field_shape = { NULL, reply_field_members, NULL };

static const struct member reply_members[] = {
        { .name = "id", .type = FIELD_ID },
        { .name = "number", .type = FIELD_STR },
        { .name = "ready", .type = FIELD_BOOL },
        { .name = "fields", .type = FIELD_LIST, .of = &reply_field_shape },
        { .name = "text", .type = FIELD_STR, .help = { "可复制的全文", "All of it, to copy" } },
        { 0 },
};
static const struct shape reply_shape = { "OrderReply", reply_members, NULL };

static int reply(struct request *req)
{
        const struct town *t;
        struct matter m;
        struct reply r;
        const char *const fault[] = { [REPLY_FINE] = NULL, [REPLY_MISSING] = fault_words[0], [REPLY_TOO_LONG] = fault_words[1] };
        int rc = load(req, &t, &m);
        if (rc == OK)
                rc = reply_make(&req->ctx, t, &m, &r);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kid(&j, "id", m.id);
        json_kstr(&j, "number", m.order.number);
        json_kbool(&j, "ready", r.faults == 0);
        json_key(&j, "fields");
        json_list(&j);
        for (size_t i = 0; i < r.n; i++) {
                const struct upstream_field *f = r.field[i].as;
                json_open(&j);
                json_kstr(&j, "code", f->code);
                view_name(&j, "label", f->label_zh, f->label_en);
                json_kbool(&j, "required", f->required);
                json_kint(&j, "max", f->max);
                json_kstr(&j, "value", r.field[i].value);
                json_kc(&j, "fault", fault[r.field[i].fault]);
                json_close(&j);
        }
        json_end(&j);
        json_kstr(&j, "text", r.text);
        json_close(&j);
        return OK;
}

/* Made in a file of the store's own, which has no name by the time it is read. */
static int pack(struct request *req, const struct bundle *b)
{
        struct file_draft draft = { 0 };
        int rc = file_begin(house_of(req)->store, &draft, &req->err);
        if (rc != OK)
                return rc;
        rc = bundle_zip(&req->ctx, b, draft.fd);
        off_t bytes = rc == OK ? lseek(draft.fd, 0, SEEK_CUR) : 0;
        int fd = rc == OK && lseek(draft.fd, 0, SEEK_SET) == 0 ? dup(draft.fd) : -1;
        file_draft_end(&draft);
        if (fd < 0)
                return rc == OK ? ERR_IO : rc;
        request_file(req, fd, bytes);
        return OK;
}

static int bundle(struct request *req)
{
        const struct town *t;
        struct matter m;
        struct reply r;
        struct bundle b;
        int rc = load(req, &t, &m);
        if (rc == OK)
                rc = reply_make(&req->ctx, t, &m, &r);
        if (rc == OK)
                rc = bundle_of(&req->ctx, t, &m, &r, &b);
        if (rc == OK)
                rc = pack(req, &b);
        if (rc != OK)
                return rc;
        req->out.type = "application/zip";
        req->out.cache = "no-store";
        req->out.disposition = str_printf(req->ctx.arena, "attachment; filename=\"reply-%lld.zip\"", (long long)m.id);
        return OK;
}

/* ---- figures --------------------------------------------------------------------------------------------------------- */

enum { PERIOD_FROM, PERIOD_TO, PERIOD_FIELDS };
static const struct field period_query[] = {
        [PERIOD_FROM] = { .name = "from", .type = FIELD_DAY, .help = { "第一天，默认 30 天前", "First day; 30 days ago by default" } },
        [PERIOD_TO] = { .name = "to", .type = FIELD_DAY, .help = { "最后一天，默认今天", "Last day; today by default" } },
        [PERIOD_FIELDS] = { 0 },
};

/* As insight/orders.c writes it. */
static const struct member upstream_row_members[] = {
        { .name = "system", .type = FIELD_STR },
        { .name = "name", .type = FIELD_OBJECT, .of = &say_shape },
        { .name = "orders", .type = FIELD_INT },
        { .name = "open", .type = FIELD_INT },
        { .name = "in_time", .type = FIELD_INT },
        { .name = "late", .type = FIELD_INT },
        { .name = "overdue", .type = FIELD_INT },
        { .name = "in_time_rate", .type = FIELD_NUMBER, .null = true },
        { .name = "returned", .type = FIELD_INT },
        { .name = "taken_back", .type = FIELD_INT },
        { .name = "refused", .type = FIELD_INT },
        { .name = "redone", .type = FIELD_INT },
        { .name = "rounds", .type = FIELD_INT },
        { .name = "redo_rate", .type = FIELD_NUMBER, .null = true },
        { .name = "due_soon", .type = FIELD_INT },
        { .name = "past_ours", .type = FIELD_INT, .help = { "已过我方期限", "Past the day we set ourselves" } },
        { 0 },
};
static const struct shape upstream_row_shape = { "UpstreamRow", upstream_row_members, NULL };

static const struct member upstream_members[] = {
        { .name = "from", .type = FIELD_DAY },
        { .name = "to", .type = FIELD_DAY },
        { .name = "soon_days", .type = FIELD_INT },
        { .name = "rows", .type = FIELD_LIST, .of = &upstream_row_shape },
        { 0 },
};
static const struct shape upstream_shape = { "Upstream", upstream_members, NULL };

static void name_system(struct json *j, struct str system, void *town)
{
        const struct town *t = town;
        const struct upstream *up = upstream_find(&t->upstreams, system);
        view_name(j, "name", up ? up->name_zh : system, up ? up->name_en : system);
}

static int figures(struct request *req)
{
        const struct values *q = &req->query;
        const struct town *t;
        struct orders out;
        struct tx *tx;
        struct day to = value_given(q, PERIOD_TO) ? value_day(q, PERIOD_TO) : instant_day(req->ctx.now);
        struct day from = value_given(q, PERIOD_FROM) ? value_day(q, PERIOD_FROM) : (struct day){ to.n - 30 };
        int rc = house_town(req, &t);
        if (rc == OK)
                rc = request_tx(req, &tx);
        if (rc == OK)
                rc = insight_orders(&req->ctx, from, to, &out);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        orders_json(&j, from, to, &out, name_system, (void *)(uintptr_t)t);
        return OK;
}

static const struct route order_routes[] = {
        { .name = "order.take", .method = HTTP_POST, .path = "/api/orders", .may = RIGHT_MATTER_OPEN, .scope = SCOPE_TOWN, .run_on = RUN_WRITE,
          .rate = RATE_WRITE, .body = take_body, .body_max = 96 << 10, .run = take, .status = 201, .status_too = 200, .answer = &order_taken_shape,
          .help = { "收一张上级派单：同一编号只有一件事项；内容有补充就记上，退回重办就再办一轮", "Take in an order from upstream: one number is one matter; what was added is noted, what was sent back is taken up again" } },
        { .name = "order.list", .method = HTTP_GET, .path = "/api/orders", .may = RIGHT_MATTER_READ, .scope = SCOPE_LIST, .run_on = RUN_READ,
          .query = list_query, .run = list, .answer = &order_row_shape, .answer_form = ANSWER_PAGE, .help = { "我能看到的上级派单，先到期的在前", "Orders from upstream within my reach, the nearest deadline on top" } },
        { .name = "order.get", .method = HTTP_GET, .path = "/api/orders/{system}/{number}", .may = RIGHT_MATTER_READ, .scope = SCOPE_LIST, .run_on = RUN_READ,
          .run = get, .answer = &order_got_shape, .help = { "按编号找上级派单和它的事项", "An order from upstream by its number, with its matter" } },
        { .name = "order.reply", .method = HTTP_GET, .path = "/api/orders/{system}/{number}/reply", .may = RIGHT_MATTER_CLOSE, .scope = SCOPE_LIST,
          .run_on = RUN_READ, .run = reply, .answer = &reply_shape,
          .help = { "回复上级的文字和必填项；缺什么逐项列出", "The reply to upstream and the fields it demands; what is missing is named" } },
        { .name = "order.bundle", .method = HTTP_GET, .path = "/api/orders/{system}/{number}/bundle", .may = RIGHT_MATTER_CLOSE, .scope = SCOPE_LIST,
          .run_on = RUN_READ, .answer_type = "application/zip", .run = bundle,
          .help = { "回复上级的压缩包：文字、必填项和随答复公开的附件", "The reply as an archive: the text, the demanded fields, and the files that went with the answer" } },
        { .name = "report.upstream", .method = HTTP_GET, .path = "/api/upstream", .may = RIGHT_REPORT_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .query = period_query, .run = figures, .answer = &upstream_shape,
          .help = { "上级派单：按系统计收到、按时回复、超期、退回、重办和即将到期", "Orders from upstream by system: received, answered in time, late, sent back, dealt with again, due soon" } },
};
const struct route_table order_route_table = ROUTES(order_routes);
