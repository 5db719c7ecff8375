/* api/print_api.c — papers of a matter: masked for whoever may read it; with the contact in the clear for whoever gives a purpose, which is
 * logged as any other look at it, and the reporter can see it. */
#include "api/matter_view.h"
#include "api/print_page.h"
#include "api/routes.h"

#define PRINT_CSP "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

static const char print_css[] =
        "@page{size:A4;margin:18mm 16mm}\n"
        "body{font:11pt/1.5 'Noto Serif CJK SC','SimSun',serif;color:#000;background:#fff;max-width:180mm;margin:10mm auto}\n"
        "header{text-align:center;border-bottom:1.5pt solid #000;margin-bottom:6mm}header p{margin:0}h1{font-size:18pt;margin:0 0 3mm}:lang(zh) h1{letter-spacing:.2em}\n"
        "h2{font-size:12pt;margin:6mm 0 2mm;border-bottom:.5pt solid #000;break-after:avoid}\n"
        "table{border-collapse:collapse;width:100%}th,td{border:.5pt solid #000;padding:1.5mm 2mm;text-align:start;vertical-align:top}th{width:32mm;font-weight:600}\n"
        "td,.words{white-space:pre-wrap;overflow-wrap:anywhere}.story{padding-inline-start:6mm}.story li{margin-bottom:2mm;break-inside:avoid}.when{font-variant-numeric:tabular-nums}\n"
        ".label{margin:5mm 0 0;font-weight:600}.rule{border-bottom:.5pt solid #000;height:8.5mm}.sign{display:flex;gap:20mm;margin-top:10mm}.sign span{flex:1}\n"
        "footer{margin-top:8mm;padding-top:2mm;border-top:.5pt solid #000;font-size:9pt}\n";

static int style(struct request *req)
{
        buf_puts(&req->out.body, print_css);
        req->out.type = "text/css; charset=utf-8";
        return OK;
}

static int paper_of(struct request *req, enum paper *ret)
{
        for (int i = 0; i < PAPERS; i++)
                if (str_is(request_param(req, "paper")->text, paper_words[i])) {
                        *ret = (enum paper)i;
                        return OK;
                }
        return err_set(&req->err, ERR_NONE, "paper", "没有这种纸面：receipt、order、visit、call-in、file", "There is no such paper: receipt, order, visit, call-in, file");
}

struct printing {
        struct request *req;
        const struct town *t;
        enum paper paper;
        struct matter m;
        struct matter_story story;
        struct matter_tasks tasks;
        bool contact;
        struct str name, phone, address;
};

static bool holds_contact(const struct printing *o)
{
        return o->paper == PAPER_ORDER || o->paper == PAPER_VISIT || o->paper == PAPER_FILE;
}

/* A page that is opened by a link cannot say its language in a header. */
enum { PRINT_LANG, PRINT_FIELDS };
static const char *const lang_choices[] = { "zh", "en", NULL };
static const struct field print_query[] = {
        [PRINT_LANG] = { .name = "lang", .type = FIELD_ENUM, .choices = lang_choices, .help = { "语言，默认按浏览器", "The language; by default the browser's" } },
        [PRINT_FIELDS] = { 0 },
};

static void answer(struct printing *o, bool clear)
{
        struct request *req = o->req;
        struct print_in in = { .paper = o->paper, .town = o->t, .m = &o->m, .story = &o->story, .tasks = &o->tasks, .contact = o->contact, .clear = clear,
                               .name = o->name, .phone = o->phone, .address = o->address, .login = req->who.login, .now = req->ctx.now,
                               .lang = req->ctx.lang, .arena = req->ctx.arena };
        request_json(req, 0);
        print_page(&req->out.body, &in);
        req->out.type = "text/html; charset=utf-8";
        req->out.csp = PRINT_CSP;
}

static int load(struct ctx *ctx, struct printing *o)
{
        int rc = matter_story(ctx, o->m.id, &o->story);
        return rc == OK ? matter_tasks(ctx, &o->m, &o->tasks) : rc;
}

static int print(struct request *req)
{
        struct printing o = { .req = req };
        struct scope_object object;
        struct vault_masked masked = { 0 };
        int rc = paper_of(req, &o.paper);
        if (rc == OK)
                rc = house_matter(req, &o.t, &o.m, &object);
        if (rc == OK)
                rc = load(&req->ctx, &o);
        o.contact = rc == OK && o.m.person != MATTER_ANONYMOUS && house_sees_reporter(req, &object);
        if (o.contact)
                rc = vault_masked(&req->ctx, o.m.person, &masked);
        if (rc != OK)
                return rc;
        req->ctx.lang = value_given(&req->query, PRINT_LANG) ? (enum lang)value_choice(&req->query, PRINT_LANG, LANG_ZH) : req->ctx.lang;
        o.name = masked.name;
        o.phone = masked.phone;
        o.address = masked.address;
        answer(&o, false);
        return OK;
}

/* ---- with the contact in the clear ---------------------------------------------------------------------------------------- */

#define PRINT_PURPOSE_MAX (VAULT_PURPOSE_CHARS_MAX - 10)
enum { CLEAR_PURPOSE, CLEAR_FIELDS };
static const struct field clear_body[] = {
        [CLEAR_PURPOSE] = { .name = "purpose", .type = FIELD_STR, .required = true, .min = VAULT_PURPOSE_CHARS_MIN, .max = PRINT_PURPOSE_MAX,
                            .help = { "为什么要打印联系方式；会留痕，诉求人看得到", "Why the contact is printed; it is logged and the reporter can see it" } },
        [CLEAR_FIELDS] = { 0 },
};

static int clear_run(struct tx *tx, struct command *self)
{
        struct printing *o = self->arg;
        struct request *req = o->req;
        struct ctx ctx = req->ctx;
        struct scope_object object;
        struct identity id;
        ctx.tx = tx;
        int rc = matter_get(&ctx, request_param(req, "id")->id, &o->m);
        if (rc != OK)
                return rc;
        matter_scope(o->t, &o->m, &object);
        if (request_in_scope(req, o->m.id, &object) != OK || !house_sees_reporter(req, &object))
                return err_set(ctx.err, ERR_NONE, "id", "没有这件事项", "There is no such matter");
        if (o->m.person == MATTER_ANONYMOUS)
                return err_set(ctx.err, ERR_NONE, "contact", "诉求人没有留下联系方式", "The reporter left no contact");
        struct str purpose = str_printf(ctx.arena, "打印%s：" STR_FMT, paper_name(o->paper).zh, STR_ARG(value_str(&req->body, CLEAR_PURPOSE)));
        rc = vault_open(house_of(req)->keys, &ctx, o->m.person, o->m.id, purpose, &id);
        if (rc != OK)
                return rc;
        o->contact = true;
        o->name = id.name;
        o->phone = id.phone;
        o->address = id.address;
        return load(&ctx, o);
}

static int clear_finish(struct request *req, int rc)
{
        if (rc == OK)
                answer(req->state, true);
        return rc;
}

static int print_clear(struct request *req)
{
        struct printing *o = arena_new(req->ctx.arena, struct printing);
        o->req = req;
        int rc = house_in_person(req);
        if (rc == OK)
                rc = paper_of(req, &o->paper);
        if (rc == OK)
                rc = house_town(req, &o->t);
        if (rc == OK && !holds_contact(o))
                rc = err_set(&req->err, ERR_RULE, "paper", "这种纸面不含联系方式", "This paper holds no contact");
        if (rc != OK)
                return rc;
        req->state = o;
        req->finish = clear_finish;
        return request_submit(req, clear_run, o);
}

static const struct route print_routes[] = {
        { .name = "print.style", .method = HTTP_GET, .path = "/api/print.css", .may = RIGHT_PUBLIC, .scope = SCOPE_NONE, .run_on = RUN_PLAIN, .cached = true,
          .answer_type = "text/css", .run = style, .help = { "打印样式", "The style of what is printed" } },
        { .name = "matter.print", .method = HTTP_GET, .path = "/api/matters/{id}/print/{paper}", .may = RIGHT_MATTER_READ, .scope = SCOPE_MATTER, .run_on = RUN_READ,
          .query = print_query, .answer_type = "text/html", .answer_max = PRINT_BYTES_MAX, .run = print,
          .help = { "打印：receipt 回执，order 派单，visit 走访记录，call-in 吹哨通知，file 全卷；联系方式隐去", "To print: receipt, order, visit, call-in, file; contacts masked" } },
        { .name = "matter.print-clear", .method = HTTP_POST, .path = "/api/matters/{id}/print/{paper}", .may = RIGHT_PERSON_UNMASK, .scope = SCOPE_MATTER,
          .run_on = RUN_WRITE, .rate = RATE_LOOKUP, .body = clear_body, .answer_type = "text/html", .answer_max = PRINT_BYTES_MAX, .run = print_clear,
          .help = { "打印含联系方式的派单、走访记录或全卷，须写明目的并留痕", "The same with the contact in the clear: order, visit, file; needs a purpose and is logged" } },
};
const struct route_table print_route_table = ROUTES(print_routes);
