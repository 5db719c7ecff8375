/* One request without a socket: `linli http < request > response`, and a route by its name: `linli call`. */
#include <stdlib.h>
#include <time.h>
#include "api/files.h"
#include "api/house.h"
#include "api/routes.h"
#include "api/server.h"
#include "app/parcels.h"
#include "app/world.h"

static const struct option http_options[] = { OPTION_DB, OPTION_KEY, OPTION_PARCELS, { 0 } };

static struct instant wall(void *unused)
{
        struct timespec t;
        (void)unused;
        clock_gettime(CLOCK_REALTIME, &t);
        return (struct instant){ t.tv_sec * US_PER_SECOND + t.tv_nsec / 1000 };
}

/* What this exchange had forgotten goes now: no round comes after it. */
static void sweep_files(struct args *a, struct world *w)
{
        ARENA_AUTO arena = { 0 };
        struct ctx ctx = world_ctx(a, w, 0);
        struct town_row *row;
        size_t n = 0;
        int swept;
        ctx.arena = &arena;
        if (store_read_begin(w->store, &ctx.tx, NULL) != OK)
                return;
        int rc = town_list(&ctx, &row, &n);
        store_read_end(ctx.tx);
        for (size_t i = 0; rc == OK && i < n; i++) {
                ctx.town = row[i].id;
                rc = file_sweep(w->store, &ctx, false, &swept);
        }
}

/* The very server of `linli serve`, without a listening socket, for one exchange. */
static int exchange(struct args *a, FILE *in, FILE *out)
{
        WORLD_AUTO w = { 0 };
        struct server *server = NULL;
        struct parcel_config parcels = { 0 };
        const struct parcel_config *with = NULL;
        struct media *media = media_new(NULL); /* started when a file comes */
        int rc = world_open(a, true, &w);
        if (rc == EXIT_FINE)
                rc = world_keys(a, &w, true);
        if (rc == EXIT_FINE && parcels_config(a, &parcels, &with, &w.err) != OK)
                rc = fail(a, &w.err);
        if (rc != EXIT_FINE) {
                media_end(media);
                return rc;
        }
        struct ctx ctx = world_ctx(a, &w, 0);
        struct house house = { .store = w.store, .shelf = w.shelf, .keys = w.keys, .only_town = shelf_only(w.shelf), .public_url = "http://127.0.0.1:8080", .parcels = with };
        struct server_options o = { .door = house_door(&house), .store = w.store, .app = &house, .now = wall, .ids = ctx.ids, .loops = 1, .workers = 2,
                                    .fast_on_worker = store_engine(w.store) == STORE_POSTGRES };
        house.hub = sse_hub_new(a->arena, 4, 0);
        house.files = file_desk_new(a->arena, media);
        o.hub = house.hub;
        o.tables = route_tables(&o.n_tables);
        if (server_start(&o, &server, &w.err) != OK || http_once(server, in, out) != OK)
                rc = fail(a, &w.err);
        if (server)
                server_stop(server);
        file_desk_close(house.files);
        server_free(server);
        sse_hub_end(house.hub);
        media_end(media);
        parcel_config_free(&parcels);
        sweep_files(a, &w);
        return rc;
}

static int http(struct args *a)
{
        return exchange(a, a->in, a->out);
}

const struct verb cmd_http = {
        .name = "http", .usage = "[--db URL] < request > response", .writes = true,
        .summary = { "不开端口，答一个 HTTP 请求", "answer one HTTP request without a socket" },
        .details = { "从标准输入读原始请求，把原始回答写到标准输出。", "Reads a raw request on standard input and writes the raw answer to standard output." },
        .options = http_options, .run = http,
};

/* ---- call ------------------------------------------------------------------------------------------------------------- */

static const struct option call_options[] = {
        OPTION_DB, OPTION_KEY, OPTION_PARCELS,
        { "param", "NAME=VALUE", true, { "路径或查询参数", "a parameter of path or query" } },
        { "as", "TOKEN", false, { "API 密钥，或 track:查询码", "an API key, or track:CODE" } },
        { "idempotency-key", "KEY", false, { "幂等键", "the idempotency key" } },
        { "type", "TYPE", false, { "请求体的类型，上传附件时用，如 image/jpeg", "content type of the body, for uploads: image/jpeg" } },
        { 0 },
};

static const struct route *route_named(struct str name)
{
        size_t n;
        const struct route_table *const *tables = route_tables(&n);
        for (size_t i = 0; i < n; i++)
                for (size_t k = 0; k < tables[i]->n; k++)
                        if (str_is(name, tables[i]->route[k].name))
                                return &tables[i]->route[k];
        return NULL;
}

static bool parameter(const struct args *a, struct str name, struct str *ret)
{
        for (size_t i = 0; i < a->n_given; i++) {
                struct str v = a->given[i].value;
                if (strcmp(a->given[i].option->name, "param") == 0 && str_starts(v, name) && v.n > name.n && v.p[name.n] == '=') {
                        *ret = (struct str){ v.p + name.n + 1, v.n - name.n - 1 };
                        return true;
                }
        }
        return false;
}

static void escaped(struct buf *out, struct str s)
{
        for (size_t i = 0; i < s.n; i++) {
                unsigned char c = (unsigned char)s.p[i];
                if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || strchr("-._~", c))
                        buf_char(out, (char)c);
                else
                        buf_printf(out, "%%%02X", c);
        }
}

static int write_target(struct args *a, const struct route *r, struct buf *out)
{
        for (const char *p = r->path; *p; p++) {
                struct str name = { p + 1, strcspn(p + 1, "*}") }, value;
                if (*p != '{') {
                        buf_char(out, *p);
                        continue;
                }
                if (!parameter(a, name, &value))
                        return usage_error(a, "--param", (struct say){ arena_printf(a->arena, "缺少 " STR_FMT, STR_ARG(name)), arena_printf(a->arena, STR_FMT " is missing", STR_ARG(name)) });
                escaped(out, value);
                p = strchr(p, '}');
        }
        char mark = '?';
        struct str value;
        for (const struct field *f = r->query; f && f->name; f++) {
                if (!parameter(a, str_of(f->name), &value))
                        continue;
                buf_printf(out, "%c%s=", mark, f->name);
                escaped(out, value);
                mark = '&';
        }
        return EXIT_FINE;
}

static void write_request(struct args *a, const struct route *r, struct str target, struct str body, FILE *f)
{
        struct str as = arg_text(a, "as", ""), idem = arg_text(a, "idempotency-key", "");
        fprintf(f, "%s " STR_FMT " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept-Language: %s\r\n", http_method_name(r->method), STR_ARG(target),
                a->lang == LANG_ZH ? "zh" : "en");
        if (str_starts(as, STR("track:")))
                fprintf(f, "X-Tracking-Code: %.*s\r\n", (int)(as.n - 6), as.p + 6);
        else if (as.n)
                fprintf(f, "Authorization: Bearer " STR_FMT "\r\n", STR_ARG(as));
        if (idem.n)
                fprintf(f, "Idempotency-Key: " STR_FMT "\r\n", STR_ARG(idem));
        const char *type = r->form ? "application/x-www-form-urlencoded" : r->body_type ? r->body_type : "application/json";
        if (r->body || r->body_max)
                fprintf(f, "Content-Type: %s\r\nContent-Length: %zu\r\n", arg_c(a, "type", type), body.n);
        fputs("\r\n", f);
        if (body.n)
                fwrite(body.p, 1, body.n, f);
}

/* What becomes a header is one line of ASCII. */
static int header_value(const struct args *a, const char *option)
{
        struct str s = arg_text(a, option, "");
        for (size_t i = 0; i < s.n; i++)
                if ((unsigned char)s.p[i] <= ' ' || (unsigned char)s.p[i] > '~')
                        return usage_error(a, arena_printf(a->arena, "--%s", option),
                                           (struct say){ "只能是可见的 ASCII 字符，不含空格", "needs visible ASCII characters, no blanks" });
        return EXIT_FINE;
}

static struct str location_of(struct str head)
{
        ptrdiff_t at = str_find(head, STR("\r\nLocation: "));
        if (at < 0)
                return (struct str){ 0 };
        struct str rest = { head.p + at + 12, head.n - (size_t)at - 12 }, line = { 0 };
        return str_split(&rest, '\r', &line) ? line : rest;
}

/* The body alone goes to standard output, of a redirect the address; the exit code says whether it is an answer or a problem. */
static int tell_answer(struct args *a, struct str response)
{
        int64_t status = 0;
        ptrdiff_t head = str_find(response, STR("\r\n\r\n"));
        if (response.n > 12)
                str_int((struct str){ response.p + 9, 3 }, 100, 599, &status);
        if (head < 0)
                return EXIT_FAILED;
        if (status >= 300 && status < 400) {
                fprintf(a->out, STR_FMT "\n", STR_ARG(location_of((struct str){ response.p, (size_t)head })));
                return EXIT_FINE;
        }
        fwrite(response.p + head + 4, 1, response.n - (size_t)head - 4, a->out);
        if (str_find((struct str){ response.p, (size_t)head }, STR("Accept-Ranges: bytes")) < 0) /* a file is given as it is */
                fputc('\n', a->out);
        return status >= 200 && status < 300 ? EXIT_FINE : EXIT_FINDINGS;
}

static int call(struct args *a)
{
        const struct route *r = route_named(a->at[0]);
        BUF_AUTO target = BUF(8192);
        BUF_AUTO body = BUF(r && r->body_file ? r->body_max : (size_t)1 << 20);
        if (!r)
                return usage_error(a, str_c(a->arena, a->at[0]), (struct say){ "没有这个接口；见 /docs", "no such route; see /docs" });
        int rc = header_value(a, "as");
        if (rc == EXIT_FINE)
                rc = header_value(a, "idempotency-key");
        if (rc == EXIT_FINE)
                rc = header_value(a, "type");
        if (rc == EXIT_FINE)
                rc = write_target(a, r, &target);
        if (rc != EXIT_FINE)
                return rc;
        char chunk[4096];
        size_t n;
        while ((r->body || r->body_max) && (n = fread(chunk, 1, sizeof(chunk), a->in)) > 0)
                buf_add(&body, chunk, n);
        char *request = NULL, *response = NULL;
        size_t request_n = 0, response_n = 0;
        FILE *in = open_memstream(&request, &request_n);
        FILE *out = open_memstream(&response, &response_n);
        if (!in || !out)
                BUG("no memory stream");
        write_request(a, r, buf_view(&target), buf_view(&body), in);
        fclose(in);
        in = fmemopen(request, request_n, "r");
        rc = in ? exchange(a, in, out) : EXIT_FAILED;
        if (in)
                fclose(in);
        fclose(out);
        if (rc == EXIT_FINE)
                rc = tell_answer(a, (struct str){ response, response_n });
        free(request);
        free(response);
        return rc;
}

const struct verb cmd_call = {
        .name = "call", .usage = "ROUTE [--param NAME=VALUE]... [--as KEY|track:CODE] [--db URL] < body.json", .min_at = 1, .max_at = 1, .writes = true,
        .summary = { "按名字调用一个接口", "call a route by its name" },
        .details = { "接口名见 /docs，例如 matter.open、who.answers。请求体（JSON；Open311 的为 a=1&b=2 式的表单）从标准输入读；回答写到标准输出；出错时退出码为 1。",
                     "Route names stand at /docs, such as matter.open or who.answers. The body (JSON; a form such as a=1&b=2 for Open311) is read from standard input, the answer goes to standard output; the exit code is 1 for a problem." },
        .options = call_options, .run = call,
};
