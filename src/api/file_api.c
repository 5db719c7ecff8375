/* api/file_api.c — attachments: sent in, bound elsewhere by their token, given out again. */
#include <sodium.h>
#include <unistd.h>
#include "api/files.h"
#include "api/house.h"
#include "api/inner/pool.h"
#include "api/routes.h"
#include "matter/files.h"
#include "store/file.h"

#define READERS 2
#define WAITING_MAX 64
#define NAME_MAX_CHARS 120
/* What is given out runs nothing and loads nothing, whatever a browser takes it for. */
#define CSP_FILE "default-src 'none'; sandbox; frame-ancestors 'none'"

struct file_desk {
        struct media *media;
        struct pool *pool;
};

/* ---- sending one in ------------------------------------------------------------------------------------------------- */

enum { UP_NAME, UP_FIELDS };
static const struct field upload_query[] = {
        [UP_NAME] = { .name = "name", .type = FIELD_STR, .max = NAME_MAX_CHARS, .help = { "文件名，只用于文档", "Its name; only a paper keeps it" } },
        [UP_FIELDS] = { 0 },
};

static const struct member uploaded_members[] = {
        { .name = "token", .type = FIELD_CODE,
          .help = { "凭证：登记或办理时填入 files", "What to name under files when a matter is opened or a step done" } },
        { .name = "kind", .type = FIELD_ENUM, .choices = media_kind_names },
        { .name = "type", .type = FIELD_STR, .help = { "重新生成后的类型", "Content type of what is kept" } },
        { .name = "bytes", .type = FIELD_INT },
        { .name = "width", .type = FIELD_INT, .maybe = true },
        { .name = "height", .type = FIELD_INT, .maybe = true },
        { .name = "ms", .type = FIELD_INT, .maybe = true, .help = { "时长，毫秒（录音）", "Milliseconds, of a voice message" } },
        { 0 },
};
static const struct shape uploaded_shape = { "FileUploaded", uploaded_members, NULL };

struct upload {
        struct pool_item item; /* first: a waiting item is its upload */
        struct request *req;
        enum media_kind kind;
        struct str name;
        struct file_draft out, thumb;
        struct file_ref ref, thumb_ref;
        struct media_made made;
        char token[MATTER_TOKEN_CHARS + 1];
        struct str token_box; /* sealed, for the answer to a repeated request */
        struct idem idem;
};

static const struct str token_label = { "file.token", 10 };

static struct matter_upload row_of(const struct upload *u)
{
        return (struct matter_upload){ .digest = { (const char *)u->ref.digest, FILE_DIGEST_BYTES },
                                       .thumb = { u->made.thumb_bytes ? (const char *)u->thumb_ref.digest : NULL, u->made.thumb_bytes ? FILE_DIGEST_BYTES : 0 },
                                       .kind = str_of(media_kind_names[u->kind]),
                                       .type = str_of(media_types[u->made.type].mime),
                                       .bytes = u->made.bytes,
                                       .width = u->made.width,
                                       .height = u->made.height,
                                       .ms = u->made.ms,
                                       .name = u->name };
}

/* The same upload under the same key: the token it was given, as long as nobody has bound it what it stands for. */
static int take_again(struct ctx *ctx, struct upload *u, const struct idem_answer *answer)
{
        struct str token;
        int rc = vault_open_bytes(house_of(u->req)->keys, ctx, token_label, answer->sealed, &token);
        if (rc != OK || token.n != MATTER_TOKEN_CHARS + sizeof u->made)
                return rc == OK ? ERR_SCHEMA : rc;
        memcpy(u->token, token.p, MATTER_TOKEN_CHARS);
        memcpy(&u->made, token.p + MATTER_TOKEN_CHARS, sizeof u->made);
        return OK;
}

static int seal_answer(struct ctx *ctx, struct upload *u)
{
        char box[MATTER_TOKEN_CHARS + sizeof u->made];
        memcpy(box, u->token, MATTER_TOKEN_CHARS);
        memcpy(box + MATTER_TOKEN_CHARS, &u->made, sizeof u->made);
        return vault_seal_bytes(house_of(u->req)->keys, ctx, token_label, (struct str){ box, sizeof box }, &u->token_box);
}

static int keep_run(struct tx *tx, struct command *self)
{
        struct upload *u = self->arg;
        struct ctx ctx = u->req->ctx;
        struct idem_answer answer;
        struct matter_upload row = row_of(u);
        bool found = false;
        ctx.tx = tx;
        ctx.err = self->err;
        int rc = u->idem.key.n ? idem_begin(&ctx, &u->idem, &found, &answer) : OK;
        if (rc != OK || found)
                return rc == OK ? take_again(&ctx, u, &answer) : rc;
        rc = file_add(&ctx, &u->ref, &u->out);
        if (rc == OK && u->made.thumb_bytes)
                rc = file_add(&ctx, &u->thumb_ref, &u->thumb);
        if (rc == OK)
                rc = matter_upload_add(&ctx, (struct str){ u->token, MATTER_TOKEN_CHARS }, &row);
        if (rc == OK && u->idem.key.n)
                rc = idem_end(&ctx, &u->idem, &(struct idem_answer){ .status = 201, .sealed = u->token_box });
        return rc;
}

/* Read by the helper, kept, and on the disk before anybody is told. */
static int take_in(struct file_desk *d, struct upload *u)
{
        struct request *req = u->req;
        struct store *store = house_of(req)->store;
        int rc = file_begin(store, &u->out, &req->err);
        if (rc == OK && u->kind == MEDIA_PHOTO)
                rc = file_begin(store, &u->thumb, &req->err);
        if (rc == OK)
                rc = media_make(d->media, u->kind, req->body_file.fd, u->out.fd, u->thumb.store ? u->thumb.fd : u->out.fd, &u->made, &req->err);
        if (rc == OK)
                rc = file_settle(&req->ctx, &u->out, &u->ref);
        if (rc == OK && u->thumb.store)
                rc = file_settle(&req->ctx, &u->thumb, &u->thumb_ref);
        if (rc == OK && u->idem.key.n)
                rc = seal_answer(&req->ctx, u);
        return rc == OK ? store_write(store, keep_run, u, PRIO_REQUEST, &req->err) : rc;
}

static void work(void *arg, struct pool_item *item)
{
        struct upload *u = (struct upload *)item;
        int rc = take_in(arg, u);
        file_draft_end(&u->out);
        file_draft_end(&u->thumb);
        request_finish(u->req, rc);
}

static int upload_finish(struct request *req, int rc)
{
        const struct upload *u = req->state;
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 201);
        json_open(&j);
        json_kc(&j, "token", u->token);
        json_kc(&j, "kind", media_kind_names[u->kind]);
        json_kc(&j, "type", media_types[u->made.type].mime);
        json_kint(&j, "bytes", u->made.bytes);
        if (u->made.width) {
                json_kint(&j, "width", u->made.width);
                json_kint(&j, "height", u->made.height);
        }
        if (u->made.ms)
                json_kint(&j, "ms", u->made.ms);
        json_close(&j);
        return OK;
}

/* A retry after a lost answer need not be read by the helper again. Whatever goes wrong here the write finds out too. */
static bool seen_before(struct request *req, struct upload *u)
{
        struct idem_answer answer;
        struct tx *tx;
        bool found = false;
        if (u->idem.key.n == 0 || request_tx(req, &tx) != OK)
                return false;
        bool seen = idem_begin(&req->ctx, &u->idem, &found, &answer) == OK && found && take_again(&req->ctx, u, &answer) == OK;
        req->err = (struct err){ 0 };
        return seen;
}

static int judge_kind(struct request *req, struct upload *u)
{
        if (!media_kind_of(req->in.content_type, &u->kind))
                return err_set(&req->err, ERR_TYPE, "Content-Type", "只接收照片（JPEG、PNG、WebP、HEIC）、录音和工作人员的文档",
                               "Only photos (JPEG, PNG, WebP, HEIC), recordings and papers of staff are taken");
        bool staff = req->ctx.actor.kind == ACTOR_STAFF || req->ctx.actor.kind == ACTOR_KEY;
        if (u->kind == MEDIA_PAPER && !staff)
                return err_set(&req->err, ERR_RIGHT, "Content-Type", "文档只能由工作人员上传；请拍照", "Only staff send in papers; take a photo of it");
        return OK;
}

static int upload(struct request *req)
{
        struct file_desk *d = house_of(req)->files;
        struct upload *u = arena_new(req->ctx.arena, struct upload);
        unsigned char random[MATTER_TOKEN_CHARS / 2];
        u->req = req;
        req->state = u;
        int rc = judge_kind(req, u);
        if (rc != OK)
                return rc;
        if (!req->body_file.store)
                return err_set(&req->err, ERR_MISSING, "file", "没有收到文件", "No file came");
        if (req->body_bytes > MEDIA_BYTES_MAX)
                return ERR_TOO_BIG;
        u->name = u->kind == MEDIA_PAPER && value_given(&req->query, UP_NAME) ? value_str(&req->query, UP_NAME) : STR("");
        u->idem = house_idem(req, 0, STR(""));
        if (seen_before(req, u))
                return upload_finish(req, OK);
        chance_fill(req->ctx.chance, random, sizeof random);
        sodium_bin2hex(u->token, sizeof u->token, random, sizeof random);
        if (!d || !pool_reserve(d->pool))
                return err_set(&req->err, ERR_BUSY, "file", "现在不能接收附件，请稍后再试", "No files can be taken now; try again later");
        req->finish = upload_finish;
        rc = request_later(req);
        pool_put(d->pool, &u->item);
        return rc;
}

struct file_desk *file_desk_new(struct arena *a, struct media *media)
{
        struct file_desk *d = arena_new(a, struct file_desk);
        d->media = media;
        d->pool = pool_new(a, READERS, WAITING_MAX, work, d);
        return d;
}

void file_desk_close(struct file_desk *d)
{
        if (d)
                pool_close(d->pool);
}

/* ---- giving one out ------------------------------------------------------------------------------------------------- */

enum { GET_THUMB, GET_FIELDS };
static const struct field get_query[] = {
        [GET_THUMB] = { .name = "thumb", .type = FIELD_BOOL, .help = { "只要小图", "Only the small picture" } },
        [GET_FIELDS] = { 0 },
};

/* A name that says nothing but what it is; a paper keeps its own, in the form of RFC 8187. */
static struct str disposition(struct request *req, const struct matter_file *f, bool thumb)
{
        struct arena *a = req->ctx.arena;
        BUF_AUTO name = BUF(4096);
        const char *ending = "bin";
        for (size_t i = 0; i < MEDIA_TYPES; i++)
                if (str_is(f->of.type, media_types[i].mime))
                        ending = media_types[i].ending;
        if (!str_is(f->of.kind, media_kind_names[MEDIA_PAPER]))
                return str_printf(a, "inline; filename=\"" STR_FMT "-%d%s.%s\"", STR_ARG(f->of.kind), (int)f->k, thumb ? "-small" : "", ending);
        for (size_t i = 0; i < f->of.name.n; i++) {
                unsigned char c = (unsigned char)f->of.name.p[i];
                bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
                if (plain || c == '-' || c == '_' || c == '.')
                        buf_char(&name, (char)c);
                else
                        buf_printf(&name, "%%%02X", c);
        }
        if (name.n == 0)
                return str_printf(a, "attachment; filename=\"paper-%d.%s\"", (int)f->k, ending);
        return str_printf(a, "attachment; filename=\"paper-%d.%s\"; filename*=UTF-8''" STR_FMT, (int)f->k, ending, STR_ARG(buf_view(&name)));
}

int file_give(struct request *req, const struct matter_file *f, bool thumb)
{
        char hex[17];
        int64_t bytes;
        int fd;
        if (thumb && f->of.thumb.n == 0)
                return err_set(&req->err, ERR_NONE, "thumb", "这个附件没有小图", "This file has no small picture");
        struct str digest = thumb ? f->of.thumb : f->of.digest;
        int rc = file_open(&req->ctx, digest, &fd, &bytes);
        if (rc != OK)
                return rc;
        request_file(req, fd, bytes);
        sodium_bin2hex(hex, sizeof hex, (const unsigned char *)digest.p, 8);
        req->out.type = str_c(req->ctx.arena, f->of.type);
        req->out.csp = CSP_FILE;
        req->out.etag = str_printf(req->ctx.arena, "\"%s\"", hex);
        req->out.disposition = disposition(req, f, thumb);
        return OK;
}

static int give(struct request *req, const struct matter_file *f)
{
        return file_give(req, f, value_bool(&req->query, GET_THUMB, false));
}

static int find(struct request *req, int64_t matter, const struct matter_file **ret)
{
        struct matter_file_rows rows;
        int64_t k;
        if (str_int(request_param(req, "k")->text, 1, MATTER_FILES_MAX, &k) != OK)
                k = 0;
        int rc = matter_files(&req->ctx, matter, &rows);
        return rc == OK ? matter_file_find(&rows, k, ret, &req->err) : rc;
}

static int of_matter(struct request *req)
{
        const struct town *t;
        const struct matter_file *f;
        struct matter m;
        struct scope_object object;
        int rc = house_matter(req, &t, &m, &object);
        if (rc != OK)
                return rc;
        rc = find(req, m.id, &f);
        if (rc == OK && house_withholds(req, &object, f))
                rc = err_set(&req->err, ERR_RIGHT, "k", "诉求人的录音只给主办单位和调度员听", "Only the unit in charge and the desk hear the reporter's voice");
        return rc == OK ? give(req, f) : rc;
}

static int of_reporter(struct request *req)
{
        const struct matter_file *f;
        struct tx *tx;
        int rc = request_tx(req, &tx);
        if (rc == OK)
                rc = find(req, req->who.id, &f);
        if (rc == OK && !f->shown)
                rc = err_set(&req->err, ERR_NONE, "k", "没有这个附件", "There is no such file");
        return rc == OK ? give(req, f) : rc;
}

/* ---- taking one back ------------------------------------------------------------------------------------------------ */

static const struct field erase_body[] = { { 0 } };

static int erase_run(struct tx *tx, struct command *self)
{
        struct request *req = self->arg;
        struct ctx ctx = req->ctx;
        const struct matter_file *f;
        struct matter_file_rows rows;
        int64_t k;
        ctx.tx = tx;
        if (str_int(request_param(req, "k")->text, 1, MATTER_FILES_MAX, &k) != OK)
                k = 0;
        int rc = matter_files(&ctx, req->who.id, &rows);
        if (rc == OK)
                rc = matter_file_find(&rows, k, &f, ctx.err);
        if (rc == OK && !f->reporter)
                rc = err_set(ctx.err, ERR_NONE, "k", "没有这个附件", "There is no such file");
        return rc == OK ? matter_file_erase(&ctx, req->who.id, k, STR("个人信息保护法 第十五条")) : rc;
}

static int erase(struct request *req)
{
        req->finish = house_done;
        return request_submit(req, erase_run, req);
}

static const struct route file_routes[] = {
        { .name = "file.upload", .method = HTTP_POST, .path = "/api/files", .may = RIGHT_PUBLIC, .scope = SCOPE_TOWN, .run_on = RUN_WRITE, .rate = RATE_FILE,
          .query = upload_query, .body_max = (size_t)MEDIA_BYTES_MAX, .body_file = true, .idempotent = true, .status = 201, .run = upload,
          .answer = &uploaded_shape,
          .help = { "上传一个附件（原始字节，Content-Type 为其类型）；返回凭证，登记或办理时填入", "Send in one file (its raw bytes, Content-Type says its type); answers the token to name when opening a matter or doing a step" } },
        { .name = "matter.file", .method = HTTP_GET, .path = "/api/matters/{id}/files/{k}", .may = RIGHT_MATTER_READ, .scope = SCOPE_MATTER, .run_on = RUN_READ,
          .query = get_query, .cached = true, .answer_type = "application/octet-stream", .run = of_matter, .help = { "事项的一个附件", "One file of a matter" } },
        { .name = "track.file", .method = HTTP_GET, .path = "/api/track/files/{k}", .may = RIGHT_TRACK, .scope = SCOPE_SELF, .run_on = RUN_READ, .rate = RATE_READ,
          .query = get_query, .cached = true, .answer_type = "application/octet-stream", .run = of_reporter, .help = { "诉求人看一个附件", "One file, for the reporter" } },
        { .name = "track.file-erase", .method = HTTP_POST, .path = "/api/track/files/{k}/erase", .may = RIGHT_TRACK, .scope = SCOPE_SELF, .run_on = RUN_WRITE,
          .rate = RATE_WRITE, .body = erase_body, .run = erase, .answer = &ok_shape, .help = { "诉求人收回自己上传的一个附件，随时可以", "The reporter takes back a file of theirs, at any time" } },
};
const struct route_table file_route_table = ROUTES(file_routes);
