/* api/folder_api.c — the town's folder as it is and was: files, what the linter says, versions, what differs. */
#include "api/cursor.h"
#include "api/diff_view.h"
#include "api/folder_view.h"
#include "api/routes.h"

/* ---- files -------------------------------------------------------------------------------------------------------------------- */

enum { FOLDER_VERSION, FOLDER_FIELDS };
static const struct field folder_query[] = {
        [FOLDER_VERSION] = { .name = "version", .type = FIELD_INT, .min = 1, .max = INT32_MAX, .help = { "第几版，默认现行", "Which version; that in force by default" } },
        [FOLDER_FIELDS] = { 0 },
};

static int no_version(struct request *req, int rc)
{
        return rc == ERR_NONE ? err_set(&req->err, ERR_NONE, "version", "没有这一版", "There is no such version") : rc;
}

static int read_folder(struct request *req, size_t field, struct town_label *label, struct folder **ret)
{
        const struct town *t;
        *ret = arena_new(req->ctx.arena, struct folder);
        int rc = house_read(req, &t);
        if (rc == OK)
                rc = town_label(&req->ctx, value_int(&req->query, field, 0), label);
        if (rc == OK)
                rc = town_folder_of(&req->ctx, req->ctx.arena, label->version, *ret);
        return no_version(req, rc);
}

static int64_t lines_in(struct str text)
{
        int64_t n = text.n > 0 && text.p[text.n - 1] != '\n';
        for (size_t i = 0; i < text.n; i++)
                n += text.p[i] == '\n';
        return n;
}

static const struct member folder_file_members[] = {
        { .name = "name", .type = FIELD_STR },
        { .name = "bytes", .type = FIELD_INT },
        { .name = "lines", .type = FIELD_INT },
        { 0 },
};
static const struct shape folder_file_shape = { NULL, folder_file_members, NULL };
static const struct member folder_members[] = {
        { .name = "version", .type = FIELD_INT },
        { .name = "at", .type = FIELD_INSTANT },
        { .name = "trial", .type = FIELD_BOOL },
        { .name = "files", .type = FIELD_LIST, .of = &folder_file_shape },
        { 0 },
};
static const struct shape folder_shape = { "Folder", folder_members, NULL };

static int folder(struct request *req)
{
        struct town_label label;
        struct folder *fo;
        int rc = read_folder(req, FOLDER_VERSION, &label, &fo);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kint(&j, "version", label.version);
        json_kinstant(&j, "at", label.at);
        json_kbool(&j, "trial", label.trial);
        json_key(&j, "files");
        json_list(&j);
        for (size_t i = 0; i < fo->n; i++) {
                json_open(&j);
                json_kstr(&j, "name", fo->row[i].name);
                json_kint(&j, "bytes", (int64_t)fo->row[i].bytes.n);
                json_kint(&j, "lines", lines_in(fo->row[i].text));
                json_close(&j);
        }
        json_end(&j);
        json_close(&j);
        request_etag_body(req);
        return OK;
}

enum { FILE_NAME, FILE_VERSION, FILE_FIELDS };
static const struct field file_query[] = {
        [FILE_NAME] = { .name = "name", .type = FIELD_STR, .required = true, .min = 1, .max = FOLDER_NAME_MAX, .help = { "文件名，如 duties.csv", "Its name, such as duties.csv" } },
        [FILE_VERSION] = { .name = "version", .type = FIELD_INT, .min = 1, .max = INT32_MAX, .help = { "第几版，默认现行", "Which version; that in force by default" } },
        [FILE_FIELDS] = { 0 },
};

static int file(struct request *req)
{
        struct town_label label;
        struct folder *fo;
        int rc = read_folder(req, FILE_VERSION, &label, &fo);
        if (rc != OK)
                return rc;
        const struct folder_file *f = folder_find(fo, str_c(req->ctx.arena, value_str(&req->query, FILE_NAME)));
        if (!f)
                return err_set(&req->err, ERR_NONE, "name", "这一版没有这个文件", "This version has no such file");
        req->out.type = "text/plain; charset=utf-8";
        buf_str(&req->out.body, f->text);
        request_etag_body(req);
        return OK;
}

/* ---- what the linter says ---------------------------------------------------------------------------------------------------------- */

int folder_judge(struct request *req, const struct folder *fo, bool trial, struct findings *found, struct town **ret)
{
        struct town_load_options opt = { .trial = trial, .today = instant_day(req->ctx.now) };
        int rc = town_parse(fo, &opt, found, ret);
        if (rc == OK)
                town_check(*ret, &opt, found);
        else
                findings_sort(found);
        return rc == ERR_BAD ? OK : rc; /* the findings say why */
}

static int findings(struct request *req)
{
        struct town_label label;
        struct folder *fo;
        struct town *t = NULL;
        struct findings found = { .arena = req->ctx.arena };
        int rc = read_folder(req, FOLDER_VERSION, &label, &fo);
        if (rc == OK)
                rc = folder_judge(req, fo, label.trial, &found, &t);
        town_unref(t);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        findings_view(&j, &found);
        request_etag_body(req);
        return OK;
}

/* ---- versions ------------------------------------------------------------------------------------------------------------------------ */

enum { VERSIONS_CURSOR, VERSIONS_FIELDS };
static const struct field versions_query[] = {
        [VERSIONS_CURSOR] = FIELD_CURSOR,
        [VERSIONS_FIELDS] = { 0 },
};

static const struct member from_draft_members[] = {
        { .name = "id", .type = FIELD_ID },
        { .name = "proposer", .type = FIELD_OBJECT, .of = &person_shape, .null = true },
        { .name = "judge", .type = FIELD_OBJECT, .of = &person_shape, .null = true },
        { .name = "why", .type = FIELD_STR },
        { 0 },
};
static const struct shape from_draft_shape = { NULL, from_draft_members, NULL };
static const struct member version_members[] = {
        { .name = "version", .type = FIELD_INT },
        { .name = "at", .type = FIELD_INSTANT },
        { .name = "trial", .type = FIELD_BOOL },
        { .name = "by", .type = FIELD_OBJECT, .of = &person_shape, .null = true, .help = { "谁装入的；空为命令行", "Who brought it in; null from the command line" } },
        { .name = "draft", .type = FIELD_OBJECT, .of = &from_draft_shape, .null = true },
        { .name = "files", .type = FIELD_LIST, .item = FIELD_STR, .help = { "与前一版不同的文件", "Files that differ from the version before" } },
        { 0 },
};
static const struct shape version_shape = { "Version", version_members, NULL };

static void version_of(struct json *j, const struct town *t, const struct town_version_row *v)
{
        json_open(j);
        json_kint(j, "version", v->label.version);
        json_kinstant(j, "at", v->label.at);
        json_kbool(j, "trial", v->label.trial);
        person_view(j, "by", t, v->label.actor);
        json_key(j, "draft");
        if (v->draft == INT64_MIN) {
                json_null(j);
        } else {
                json_open(j);
                json_kid(j, "id", v->draft);
                person_view(j, "proposer", t, v->proposer);
                person_view(j, "judge", t, v->judge);
                json_kstr(j, "why", v->why);
                json_close(j);
        }
        json_key(j, "files");
        json_list(j);
        for (size_t i = 0; i < v->n_changed; i++)
                json_str(j, v->changed[i]);
        json_end(j);
        json_close(j);
}

static int versions(struct request *req)
{
        const struct town *t;
        struct town_version_rows rows;
        int64_t before = INT64_MAX;
        int rc = house_read(req, &t);
        if (rc == OK)
                rc = request_page(req, VERSIONS_CURSOR, &before, 1);
        if (rc == OK)
                rc = town_versions(&req->ctx, before, &rows);
        if (rc != OK)
                return rc;
        struct json j = request_items(req);
        for (size_t i = 0; i < rows.n; i++)
                version_of(&j, t, &rows.row[i]);
        json_end(&j);
        bool more = rows.n == TOWN_VERSIONS_PAGE && rows.row[rows.n - 1].label.version > 1;
        request_next(req, &j, more ? &rows.row[rows.n - 1].label.version : NULL, 1);
        json_close(&j);
        return OK;
}

enum { DIFF_BEFORE, DIFF_AFTER, DIFF_FIELDS };
static const struct field diff_query[] = {
        [DIFF_BEFORE] = { .name = "before", .type = FIELD_INT, .required = true, .min = 1, .max = INT32_MAX, .help = { "较早的一版", "The earlier version" } },
        [DIFF_AFTER] = { .name = "after", .type = FIELD_INT, .min = 1, .max = INT32_MAX, .help = { "较晚的一版，默认现行", "The later one; that in force by default" } },
        [DIFF_FIELDS] = { 0 },
};

static int side(struct request *req, size_t field, struct town **town, struct folder **fo)
{
        struct town_label label;
        int rc = read_folder(req, field, &label, fo);
        if (rc == OK)
                rc = shelf_town_version(house_of(req)->shelf, req->ctx.town, label.version, req->ctx.now, town, &req->err);
        return rc;
}

static int diff(struct request *req)
{
        struct town *before = NULL, *after = NULL;
        struct folder *old, *new;
        struct town_diff d;
        int rc = side(req, DIFF_BEFORE, &before, &old);
        if (rc == OK)
                rc = side(req, DIFF_AFTER, &after, &new);
        if (rc == OK) {
                struct town_version a = { old, before }, b = { new, after };
                struct json j = request_json(req, 0);
                town_diff(req->ctx.arena, a, b, &d);
                diff_view(&j, a, b, &d, NULL, false);
        }
        town_unref(before);
        town_unref(after);
        return rc;
}

static const struct route folder_routes[] = {
        { .name = "folder", .method = HTTP_GET, .path = "/api/folder", .may = RIGHT_TOWN_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ, .cached = true,
          .query = folder_query, .answer = &folder_shape, .run = folder, .help = { "乡镇文件夹有哪些文件", "The files of the town's folder" } },
        { .name = "folder.file", .method = HTTP_GET, .path = "/api/folder/file", .may = RIGHT_TOWN_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ, .cached = true,
          .query = file_query, .answer_type = "text/plain; charset=utf-8", .answer_max = FOLDER_FILE_BYTES, .run = file,
          .help = { "一个文件的内容（UTF-8；电话是封存的凭证）", "One file as text (UTF-8; phones are sealed tokens)" } },
        { .name = "folder.findings", .method = HTTP_GET, .path = "/api/folder/findings", .may = RIGHT_TOWN_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ, .cached = true,
          .query = folder_query, .answer = &findings_shape, .answer_max = (size_t)16 << 20, .run = findings,
          .help = { "检查结果：文件、行号、规则、改法，有位置的给出图形", "What the linter says: file, line, rule, what to do, and where on the map" } },
        { .name = "version.list", .method = HTTP_GET, .path = "/api/versions", .may = RIGHT_TOWN_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .query = versions_query, .answer = &version_shape, .answer_form = ANSWER_PAGE, .run = versions, .help = { "历次版本：哪天、谁、改了哪些文件、为什么", "The versions: when, by whom, which files, why" } },
        { .name = "version.diff", .method = HTTP_GET, .path = "/api/versions/diff", .may = RIGHT_TOWN_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .query = diff_query, .answer = &diff_shape, .answer_max = (size_t)16 << 20, .run = diff, .help = { "两版之间的差别", "What differs between two versions" } },
};
const struct route_table folder_route_table = ROUTES(folder_routes);
