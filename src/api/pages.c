/* The pages of the web face: which address shows which page, and the files they are made of. */
#include "api/pages.h"
#include <string.h>
#include "api/request.h"
#include "api/routes.h"

/* Nothing but our own server, no script or style in the page itself. Pictures may come from memory (a photo not yet sent); the map draws
 * in a worker of our own. */
#define PAGE_CSP                                                                                                       \
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; "       \
        "media-src 'self' blob:; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; "  \
        "form-action 'self'; frame-ancestors 'none'; object-src 'none'"
#define LASTING "public, max-age=31536000, immutable"
#define PAGE_MAX ((size_t)8 << 20)

const struct web_file *web_file_find(struct str path)
{
        size_t low = 0, high = web_files_n;
        while (low < high) {
                size_t mid = (low + high) / 2;
                int c = str_cmp(web_files[mid].path, path);
                if (c == 0)
                        return &web_files[mid];
                if (c < 0)
                        low = mid + 1;
                else
                        high = mid;
        }
        return NULL;
}

/* "br;q=0" is a refusal; any other weight is as good as taken: we would send the smallest anyway. */
static bool takes(struct str list, const char *coding)
{
        struct str one, name;
        while (str_split(&list, ',', &one)) {
                str_split(&one, ';', &name);
                if (!str_is(str_trim(name), coding))
                        continue;
                one = str_trim(one);
                return !str_is(one, "q=0") && !str_is(one, "q=0.0") && !str_is(one, "q=0.00") && !str_is(one, "q=0.000");
        }
        return false;
}

enum web_coding web_coding_pick(const struct web_file *f, struct str accept)
{
        if (f->bytes[CODING_BROTLI].n && takes(accept, "br"))
                return CODING_BROTLI;
        if (f->bytes[CODING_GZIP].n && takes(accept, "gzip"))
                return CODING_GZIP;
        return CODING_PLAIN;
}

static int file_answer(struct request *req, const struct web_file *f)
{
        static const char *const names[CODINGS] = { [CODING_GZIP] = "gzip", [CODING_BROTLI] = "br" };
        enum web_coding c = web_coding_pick(f, req->in.accept_encoding);
        request_json(req, 0);
        req->out.type = f->type;
        req->out.csp = PAGE_CSP;
        req->out.cache = f->lasting ? LASTING : "no-cache";
        req->out.coding = names[c];
        req->out.pressed = true;
        req->out.lasting = f->bytes[c];
        req->out.etag = names[c] ? str_printf(req->ctx.arena, "W/%s", f->etag) : str_of(f->etag);
        return OK;
}

/* A server built without web/: it says so, and that the rest of it works. */
static int no_pages(struct request *req)
{
        static const char text[] = "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>邻里</title>"
                                   "<p>本服务构建时没有网页；接口照常可用，见 /docs。构建网页：script/web build，再构建一次程序。</p>\n"
                                   "<p lang=\"en\">This server was built without pages; the API works, see /docs. To have them: script/web build, then build again.</p></html>\n";
        request_json(req, 0);
        req->out.type = "text/html; charset=utf-8";
        buf_puts(&req->out.body, text);
        return OK;
}

static int page_named(struct request *req, struct str path)
{
        const struct web_file *f = web_file_find(path);
        return f ? file_answer(req, f) : web_files_n ? ERR_NONE : no_pages(req);
}

static int residents_page(struct request *req)
{
        return page_named(req, STR("/index.html"));
}

static int file_http(struct request *req)
{
        const struct web_file *f = web_file_find(req->path);
        return f ? file_answer(req, f) : ERR_NONE;
}

/* Below /work and /desk: a name with a dot is a file (the service worker, the manifest); any other is the page, which knows its own addresses. */
static int below(struct request *req, struct str page)
{
        size_t n = req->path.n;
        while (n > 0 && req->path.p[n - 1] != '/' && req->path.p[n - 1] != '.')
                n--;
        return n > 0 && req->path.p[n - 1] == '.' ? file_http(req) : page_named(req, page);
}

static int work_page(struct request *req)
{
        /* The service worker stands below /work/ and serves /work itself too; relative, for a town's own prefix. */
        req->out.worker = str_is(req->path, "/work/sw.js") ? "../work" : NULL;
        return below(req, STR("/work.html"));
}

static int desk_page(struct request *req)
{
        return below(req, STR("/desk.html"));
}

#define PAGE(called, at, shown, zh, en) PAGE_OF("text/html", called, at, shown, zh, en)
#define PAGE_OF(type, called, at, shown, zh, en)                                                                                \
        { .name = "page." called, .method = HTTP_GET, .path = at, .may = RIGHT_PUBLIC, .scope = SCOPE_NONE, .run_on = RUN_PLAIN,                          \
          .page = true, .answer_type = type, .answer_max = PAGE_MAX, .run = shown, .help = { zh, en } }

static const struct route page_routes[] = {
        PAGE("home", "/", residents_page, "居民首页", "The residents' first page"),
        PAGE("report", "/report", residents_page, "反映一件事", "Report something"),
        PAGE("track", "/track", residents_page, "查进度", "Track"),
        PAGE("around", "/around", residents_page, "身边事", "Around me"),
        PAGE("around-one", "/around/{matter}", residents_page, "身边的一件事", "One matter around me"),
        PAGE("who", "/who", residents_page, "谁负责", "Who answers for it"),
        PAGE("figures", "/figures", residents_page, "公开数据", "Open figures"),
        PAGE("help", "/help", residents_page, "找人帮忙", "The way to a person"),
        PAGE("invite", "/invite", desk_page, "设置自己的密码", "Set one's own password"),
        PAGE("work", "/work", work_page, "网格员", "Grid workers"),
        PAGE("work-below", "/work/{page*}", work_page, "网格员", "Grid workers"),
        PAGE("desk", "/desk", desk_page, "工作台", "The desk"),
        PAGE("desk-below", "/desk/{page*}", desk_page, "工作台", "The desk"),
        PAGE("assets", "/assets/{file*}", file_http, "网页文件", "Files of the pages"),
        PAGE_OF("image/svg+xml", "icon", "/favicon.svg", file_http, "图标", "The icon"),
};
const struct route_table page_route_table = ROUTES(page_routes);
