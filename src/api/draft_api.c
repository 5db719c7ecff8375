/* api/draft_api.c — a change of the folder: written with the linter beside it, judged and brought into force by a second person. */
#include "api/cursor.h"
#include "api/diff_view.h"
#include "api/folder_view.h"
#include "api/routes.h"

/* Open matters that would go elsewhere are all counted, and so many listed. */
#define MOVES_SHOWN 500

/* ---- reading ------------------------------------------------------------------------------------------------------------------- */

static const char *const list_states[] = { "open", "ended", NULL };
enum { LIST_STATE, LIST_CURSOR, LIST_FIELDS };
static const struct field list_query[] = {
        [LIST_STATE] = { .name = "state", .type = FIELD_ENUM, .choices = list_states, .help = { "open 未结束的（默认）、ended 已结束的", "open ones (the default) or those that have ended" } },
        [LIST_CURSOR] = FIELD_CURSOR,
        [LIST_FIELDS] = { 0 },
};

static int list(struct request *req)
{
        const struct town *t;
        struct drafts rows;
        int64_t before = INT64_MAX;
        int rc = house_read(req, &t);
        if (rc == OK)
                rc = request_page(req, LIST_CURSOR, &before, 1);
        if (rc == OK)
                rc = draft_list(&req->ctx, value_choice(&req->query, LIST_STATE, 0) == 1, before, &rows);
        if (rc != OK)
                return rc;
        struct json j = request_items(req);
        for (size_t i = 0; i < rows.n; i++) {
                json_open(&j);
                draft_fields(&j, t, &rows.row[i], req->who.login);
                json_close(&j);
        }
        json_end(&j);
        request_next(req, &j, rows.n == DRAFT_PAGE ? &rows.row[rows.n - 1].id : NULL, 1);
        json_close(&j);
        return OK;
}

static void files_of(struct json *j, const struct draft_files *files)
{
        json_key(j, "files");
        json_list(j);
        for (size_t i = 0; i < files->n; i++) {
                const struct draft_file *f = &files->row[i];
                json_open(j);
                json_kstr(j, "name", f->name);
                json_kint(j, "base", f->base);
                json_kbool(j, "gone", f->bytes < 0);
                json_kint(j, "bytes", f->bytes < 0 ? 0 : f->bytes);
                json_close(j);
        }
        json_end(j);
}

static int get(struct request *req)
{
        const struct town *t;
        struct draft d;
        struct draft_files files;
        int rc = house_read(req, &t);
        if (rc == OK)
                rc = draft_get(&req->ctx, request_param(req, "id")->id, &d);
        if (rc == OK)
                rc = draft_files(&req->ctx, d.id, &files);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        json_open(&j);
        draft_fields(&j, t, &d, req->who.login);
        files_of(&j, &files);
        json_close(&j);
        request_etag(req, d.rev);
        return OK;
}

/* The folder as it would be with an open draft. */
static int would_be(struct request *req, struct draft *d, struct findings *found, struct draft_folder *ret)
{
        const struct town *t;
        *found = (struct findings){ .arena = req->ctx.arena };
        int rc = house_read(req, &t);
        if (rc == OK)
                rc = draft_get(&req->ctx, request_param(req, "id")->id, d);
        if (rc == OK && !instant_is_none(d->ended))
                rc = err_set(&req->err, ERR_STATE, "state", "这份草稿已经结束，改动见历次版本", "This draft has ended; what became of it stands in the versions");
        return rc == OK ? draft_folder(&req->ctx, req->ctx.arena, d->id, found, ret) : rc;
}

enum { FILE_NAME, FILE_FIELDS };
static const struct field file_query[] = {
        [FILE_NAME] = { .name = "name", .type = FIELD_STR, .required = true, .min = 1, .max = FOLDER_NAME_MAX, .help = { "文件名", "Its name" } },
        [FILE_FIELDS] = { 0 },
};

static int file(struct request *req)
{
        struct draft d;
        struct draft_folder fo;
        struct findings found;
        int rc = would_be(req, &d, &found, &fo);
        if (rc != OK)
                return rc;
        const struct folder_file *f = folder_find(fo.after, str_c(req->ctx.arena, value_str(&req->query, FILE_NAME)));
        if (!f)
                return err_set(&req->err, ERR_NONE, "name", "草稿里没有这个文件", "There is no such file in the draft");
        req->out.type = "text/plain; charset=utf-8";
        buf_str(&req->out.body, f->text.p ? f->text : STR(""));
        request_etag_body(req);
        return OK;
}

static int findings(struct request *req)
{
        struct draft d;
        struct draft_folder fo;
        struct findings found;
        struct town *t = NULL;
        int rc = would_be(req, &d, &found, &fo);
        if (rc == OK)
                rc = folder_judge(req, fo.after, fo.trial, &found, &t);
        town_unref(t);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        findings_view(&j, &found);
        request_etag_body(req);
        return OK;
}

/* ---- what it would change ---------------------------------------------------------------------------------------------------------- */

static int moves(struct request *req, const struct town *before, const struct town *after, struct matter_moves *all, bool *ret_more)
{
        bool more = true;
        *all = (struct matter_moves){ .arena = req->ctx.arena, .max = MOVES_SHOWN };
        while (more && !request_late(req)) {
                int rc = matter_moves_some(&req->ctx, before, after, all, &more);
                if (rc != OK)
                        return rc;
        }
        *ret_more = more;
        return OK;
}

static int diff(struct request *req)
{
        struct draft d;
        struct draft_folder fo;
        struct findings found;
        struct town_diff changed;
        struct matter_moves all;
        const struct town *before;
        struct town *after = NULL;
        struct town_load_options opt = { .trial = true, .today = instant_day(req->ctx.now) };
        bool more;
        int rc = would_be(req, &d, &found, &fo);
        if (rc == OK)
                rc = house_town(req, &before);
        if (rc == OK && town_parse(fo.after, &opt, &found, &after) != OK)
                rc = err_set(&req->err, ERR_RULE, "file", "town.yaml 不能用，先改正检查出的问题", "town.yaml cannot be used; mend what the linter found first");
        if (rc == OK)
                rc = moves(req, before, after, &all, &more);
        if (rc == OK) {
                struct town_version a = { fo.before, before }, b = { fo.after, after };
                struct json j = request_json(req, 0);
                town_diff(req->ctx.arena, a, b, &changed);
                diff_view(&j, a, b, &changed, &all, more);
        }
        town_unref(after);
        return rc;
}

/* ---- writing ------------------------------------------------------------------------------------------------------------------------- */

struct drafting {
        struct request *req;
        const struct town *t;
        int (*run)(struct ctx *, struct drafting *);
        int64_t id, base;
        int32_t rev;
        struct str name, text;
        bool gone, loads;
        enum draft_step step;
        struct draft_folder folder;
        bool trial;
        struct draft d;
        struct draft_files files;
};

static int draft_run(struct tx *tx, struct command *self)
{
        struct drafting *o = self->arg;
        struct ctx ctx = o->req->ctx;
        ctx.tx = tx;
        int rc = o->run(&ctx, o);
        return rc == OK ? draft_files(&ctx, o->d.id, &o->files) : rc;
}

static int draft_finish(struct request *req, int rc)
{
        struct drafting *o = req->state;
        if (rc != OK)
                return rc;
        if (o->loads) {
                shelf_drop(house_of(req)->shelf, req->ctx.town);
                house_wake(req);
        }
        struct json j = request_json(req, 0);
        json_open(&j);
        draft_fields(&j, o->t, &o->d, req->who.login);
        files_of(&j, &o->files);
        json_close(&j);
        request_etag(req, o->d.rev);
        return OK;
}

/* Somebody signed in, at the revision that they read. */
static int begin(struct request *req, struct drafting **ret)
{
        struct drafting *o = arena_new(req->ctx.arena, struct drafting);
        int64_t rev = -1;
        o->req = req;
        int rc = house_in_person(req);
        if (rc == OK)
                rc = house_town(req, &o->t);
        if (rc == OK)
                rc = request_if_match(req, &rev);
        if (rc != OK)
                return rc;
        o->rev = rev < 0 ? 0 : rev > 0 && rev < INT32_MAX ? (int32_t)rev : INT32_MAX;
        req->state = o;
        req->finish = draft_finish;
        *ret = o;
        return OK;
}

static int submit(struct drafting *o, int (*run)(struct ctx *, struct drafting *))
{
        o->run = run;
        return request_submit(o->req, draft_run, o);
}

enum { OPEN_WHY, OPEN_FIELDS };
static const struct field open_body[] = {
        [OPEN_WHY] = { .name = "why", .type = FIELD_TEXT, .required = true, .min = DRAFT_WHY_MIN, .max = DRAFT_WHY_MAX, .help = { "为什么要改", "What the change is for" } },
        [OPEN_FIELDS] = { 0 },
};

static int open_run(struct ctx *ctx, struct drafting *o)
{
        return draft_open(ctx, o->text, o->id, &o->d);
}

static int open_draft(struct request *req)
{
        struct drafting *o;
        int rc = begin(req, &o);
        if (rc != OK)
                return rc;
        o->id = id_next(req->ctx.ids, req->ctx.now);
        o->text = value_str(&req->body, OPEN_WHY);
        return submit(o, open_run);
}

enum { PUT_NAME, PUT_BASE, PUT_GONE, PUT_FIELDS };
static const struct field put_query[] = {
        [PUT_NAME] = { .name = "name", .type = FIELD_STR, .required = true, .min = 1, .max = FOLDER_NAME_MAX, .help = { "文件名", "Its name" } },
        [PUT_BASE] = { .name = "base", .type = FIELD_INT, .required = true, .min = 1, .max = INT32_MAX,
                       .help = { "在第几版的基础上写的", "The version on which it was written" } },
        [PUT_GONE] = { .name = "gone", .type = FIELD_BOOL, .help = { "去掉这个文件", "The file goes" } },
        [PUT_FIELDS] = { 0 },
};

static int put_run(struct ctx *ctx, struct drafting *o)
{
        return draft_put(ctx, o->id, o->rev, o->name, o->base, o->gone ? NULL : &o->text, &o->d);
}

static int put(struct request *req)
{
        struct drafting *o;
        struct tx *tx;
        int rc = begin(req, &o);
        if (rc != OK)
                return rc;
        o->id = request_param(req, "id")->id;
        o->name = value_str(&req->query, PUT_NAME);
        o->base = value_int(&req->query, PUT_BASE, 0);
        o->gone = value_bool(&req->query, PUT_GONE, false);
        rc = request_tx(req, &tx);
        if (rc == OK && !o->gone)
                rc = draft_seal(&req->ctx, house_of(req)->keys, o->name, req->body_text.p ? req->body_text : STR(""), &o->text);
        return rc == OK ? submit(o, put_run) : rc;
}

static int leave_run(struct ctx *ctx, struct drafting *o)
{
        return draft_leave(ctx, o->id, o->rev, o->name, &o->d);
}

static int leave(struct request *req)
{
        struct drafting *o;
        int rc = begin(req, &o);
        if (rc != OK)
                return rc;
        o->id = request_param(req, "id")->id;
        o->name = value_str(&req->query, FILE_NAME);
        return submit(o, leave_run);
}

/* ---- steps ------------------------------------------------------------------------------------------------------------------------------ */

enum { SAID, SAID_FIELDS };
static const struct field said_body[] = {
        [SAID] = { .name = "said", .type = FIELD_TEXT, .required = true, .min = DRAFT_WHY_MIN, .max = DRAFT_WHY_MAX, .help = { "原因", "Why" } },
        [SAID_FIELDS] = { 0 },
};

static int step_run(struct ctx *ctx, struct drafting *o)
{
        return draft_step(ctx, o->id, o->rev, o->step, o->text, &o->d);
}

static int step(struct request *req, enum draft_step step)
{
        struct drafting *o;
        int rc = begin(req, &o);
        if (rc != OK)
                return rc;
        o->id = request_param(req, "id")->id;
        o->step = step;
        o->loads = false;
        o->text = req->body.n ? value_str(&req->body, SAID) : STR("");
        return submit(o, step_run);
}

static int propose(struct request *req) { return step(req, DRAFT_PROPOSE); }
static int take_back(struct request *req) { return step(req, DRAFT_BACK); }
static int withdraw(struct request *req) { return step(req, DRAFT_WITHDRAW); }
static int refuse(struct request *req) { return step(req, DRAFT_REFUSE); }

enum { LOAD_TRIAL, LOAD_FIELDS };
static const struct field load_body[] = {
        [LOAD_TRIAL] = { .name = "trial", .type = FIELD_BOOL, .help = { "试运行：有兜底的错误降为提醒；默认与现行版本相同", "A trial: errors that a fallback covers become warnings; as the version in force by default" } },
        [LOAD_FIELDS] = { 0 },
};

static int load_run(struct ctx *ctx, struct drafting *o)
{
        return draft_load(ctx, o->id, o->rev, &o->folder, o->trial, &o->d);
}

static int load(struct request *req)
{
        struct drafting *o;
        struct findings found;
        struct town *t = NULL;
        int rc = begin(req, &o);
        if (rc == OK && o->rev == 0)
                rc = err_set(&req->err, ERR_MISSING, "If-Match", "装入时须说明看过的是哪一稿（If-Match）", "Say which revision was looked at (If-Match)");
        if (rc == OK)
                rc = would_be(req, &o->d, &found, &o->folder);
        if (rc != OK)
                return rc;
        o->id = o->d.id;
        o->loads = true;
        o->trial = value_bool(&req->body, LOAD_TRIAL, o->folder.trial);
        rc = folder_judge(req, o->folder.after, o->trial, &found, &t);
        town_unref(t);
        if (rc == OK && found.errors > 0)
                rc = err_set(&req->err, ERR_RULE, "files", "检查有 %d 个错误，没有装入", "The linter finds %d errors; nothing was loaded", (int)found.errors);
        return rc == OK ? submit(o, load_run) : rc;
}

#define DRAFT_READ .may = RIGHT_TOWN_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ
#define DRAFT_WRITE .answer = &draft_shape, .may = RIGHT_TOWN_LOAD, .scope = SCOPE_TOWN, .run_on = RUN_WRITE, .rate = RATE_WRITE
static const struct route draft_routes[] = {
        { .name = "draft.list", .method = HTTP_GET, .path = "/api/drafts", DRAFT_READ, .query = list_query, .answer = &draft_item_shape, .answer_form = ANSWER_PAGE, .run = list,
          .help = { "文件夹的改动草稿", "Changes of the folder that are being written or wait for a second person" } },
        { .name = "draft.get", .method = HTTP_GET, .path = "/api/drafts/{id}", DRAFT_READ, .answer = &draft_shape, .run = get, .help = { "一份草稿", "One draft" } },
        { .name = "draft.file", .method = HTTP_GET, .path = "/api/drafts/{id}/file", DRAFT_READ, .cached = true, .query = file_query,
          .answer_type = "text/plain; charset=utf-8", .answer_max = FOLDER_FILE_BYTES, .run = file,
          .help = { "草稿里一个文件的内容，没改过的是现行的", "One file as it would be with the draft" } },
        { .name = "draft.findings", .method = HTTP_GET, .path = "/api/drafts/{id}/findings", DRAFT_READ, .cached = true, .answer = &findings_shape, .answer_max = (size_t)16 << 20, .run = findings,
          .help = { "按草稿装入会查出什么", "What the linter says of the folder as it would be" } },
        { .name = "draft.diff", .method = HTTP_GET, .path = "/api/drafts/{id}/diff", DRAFT_READ, .answer = &diff_shape, .answer_max = (size_t)16 << 20, .run = diff,
          .help = { "草稿改了什么，哪些未办结事项会改派", "What the draft changes, and which open matters would go elsewhere" } },
        { .name = "draft.open", .method = HTTP_POST, .path = "/api/drafts", DRAFT_WRITE, .body = open_body, .status = 201, .run = open_draft,
          .help = { "开始一份草稿", "Begin a draft" } },
        { .name = "draft.put", .method = HTTP_PUT, .path = "/api/drafts/{id}/file", DRAFT_WRITE, .query = put_query, .body_max = DRAFT_FILE_BYTES, .run = put,
          .help = { "写入草稿的一个文件（原始内容），或去掉它", "Write one file of a draft (its raw bytes), or let it go" } },
        { .name = "draft.leave", .method = HTTP_DELETE, .path = "/api/drafts/{id}/file", DRAFT_WRITE, .query = file_query, .run = leave,
          .help = { "不改这个文件，照现行的", "Leave this file as it is in force" } },
        { .name = "draft.propose", .method = HTTP_POST, .path = "/api/drafts/{id}/propose", DRAFT_WRITE, .run = propose,
          .help = { "提交，由另一个人复核", "Hand it in for a second person" } },
        { .name = "draft.back", .method = HTTP_POST, .path = "/api/drafts/{id}/back", DRAFT_WRITE, .run = take_back,
          .help = { "收回来接着改", "Take it back to go on writing" } },
        { .name = "draft.withdraw", .method = HTTP_POST, .path = "/api/drafts/{id}/withdraw", DRAFT_WRITE, .body = said_body, .run = withdraw,
          .help = { "撤回自己的草稿，写明原因", "Withdraw one's own draft, and why" } },
        { .name = "draft.refuse", .method = HTTP_POST, .path = "/api/drafts/{id}/refuse", DRAFT_WRITE, .body = said_body, .run = refuse,
          .help = { "复核不通过，写明原因；提出的人不能自己复核", "Refuse it, and why; not by who proposed it" } },
        { .name = "draft.load", .method = HTTP_POST, .path = "/api/drafts/{id}/load", DRAFT_WRITE, .body = load_body, .run = load,
          .help = { "复核通过并装入为新的一版；提出的人不能自己装入", "Bring it into force as the next version; not by who proposed it" } },
};
const struct route_table draft_route_table = ROUTES(draft_routes);
