/* The answers of the Open311 endpoint: one way of writing, two formats. XML is libxml2's work. */
#include <libxml/parser.h>
#include <libxml/xmlwriter.h>
#include <pthread.h>
#include "api/inner/open311.h"

/* The library fills its tables of encodings on first use, and that must not happen on two workers at once. */
static void library_begin(void)
{
        static pthread_once_t once = PTHREAD_ONCE_INIT;
        pthread_once(&once, xmlInitParser);
}

static void say_if(struct out311 *o, int rc)
{
        o->failed = o->failed || rc < 0;
}

static int no_format(struct request *req)
{
        return err_set(&req->err, ERR_NONE, "format", "格式只有 xml 和 json", "The formats are xml and json");
}

int out311_begin(struct request *req, int status, struct out311 *o)
{
        struct str path = req->path;
        *o = (struct out311){ .req = req, .as_json = str_ends(path, STR(".json")) };
        if (!o->as_json && !str_ends(path, STR(".xml")))
                return no_format(req);
        o->j = request_json(req, status);
        req->out.type = o->as_json ? "application/json; charset=utf-8" : "text/xml; charset=utf-8";
        if (o->as_json)
                return OK;
        library_begin();
        o->xml = xmlBufferCreate();
        o->w = o->xml ? xmlNewTextWriterMemory(o->xml, 0) : NULL;
        o->failed = !o->w;
        if (o->w)
                say_if(o, xmlTextWriterStartDocument(o->w, "1.0", "utf-8", NULL));
        return OK;
}

static bool in_group(const struct out311 *o)
{
        return o->depth == 0 || o->group[o->depth - 1];
}

static void begin(struct out311 *o, const char *name, bool group)
{
        if (o->depth == OPEN311_DEPTH)
                BUG("an Open311 answer deeper than its ceiling");
        if (!o->as_json && o->w)
                say_if(o, xmlTextWriterStartElement(o->w, BAD_CAST name));
        if (o->as_json) {
                if (!in_group(o))
                        json_key(&o->j, name);
                if (group)
                        json_list(&o->j);
                else
                        json_open(&o->j);
        }
        o->group[o->depth++] = group;
}

void out311_object(struct out311 *o, const char *name)
{
        begin(o, name, false);
}

void out311_group(struct out311 *o, const char *name)
{
        begin(o, name, true);
}

void out311_end(struct out311 *o)
{
        bool group = o->group[--o->depth];
        if (!o->as_json && o->w)
                say_if(o, xmlTextWriterEndElement(o->w));
        if (o->as_json && group)
                json_end(&o->j);
        else if (o->as_json)
                json_close(&o->j);
}

/* XML 1.0 (2.2 Characters) cannot hold every character that UTF-8 can; what it cannot becomes U+FFFD. */
static struct str sayable(struct arena *a, struct str s)
{
        char *to = arena_raw(a, s.n * 3 + 1);
        size_t n = 0, i = 0;
        while (i < s.n) {
                size_t from = i;
                uint32_t c = utf8_next(s, &i);
                bool good = (c >= 0x20 && c != 0xFFFE && c != 0xFFFF) || c == '\n' || c == '\t';
                const char *p = good ? s.p + from : "\xEF\xBF\xBD";
                size_t k = good ? i - from : 3;
                memcpy(to + n, p, k);
                n += k;
        }
        to[n] = '\0';
        return (struct str){ to, n };
}

static void element(struct out311 *o, const char *name, struct str s)
{
        if (!o->w)
                return;
        const char *text = s.n ? sayable(o->req->ctx.arena, s).p : NULL;
        say_if(o, xmlTextWriterStartElement(o->w, BAD_CAST name));
        if (text)
                say_if(o, xmlTextWriterWriteString(o->w, BAD_CAST text));
        say_if(o, xmlTextWriterEndElement(o->w));
}

static void key(struct out311 *o, const char *name)
{
        if (!in_group(o))
                json_key(&o->j, name);
}

void out311_str(struct out311 *o, const char *name, struct str s)
{
        if (!o->as_json) {
                element(o, name, s);
                return;
        }
        key(o, name);
        if (s.n)
                json_str(&o->j, s);
        else
                json_null(&o->j);
}

void out311_c(struct out311 *o, const char *name, const char *s)
{
        out311_str(o, name, str_of(s));
}

void out311_flag(struct out311 *o, const char *name, bool yes)
{
        if (o->as_json) {
                key(o, name);
                json_flag(&o->j, yes);
                return;
        }
        element(o, name, yes ? STR("true") : STR("false"));
}

void out311_int(struct out311 *o, const char *name, int64_t n)
{
        if (o->as_json) {
                key(o, name);
                json_int(&o->j, n);
                return;
        }
        element(o, name, str_printf(o->req->ctx.arena, "%lld", (long long)n));
}

void out311_degrees(struct out311 *o, const char *name, bool known, double x)
{
        if (o->as_json && known) {
                key(o, name);
                json_double(&o->j, x, 6);
                return;
        }
        out311_str(o, name, known ? str_printf(o->req->ctx.arena, "%.6f", x) : STR(""));
}

/* Whole seconds, and always with the zone. */
void out311_instant(struct out311 *o, const char *name, struct instant at)
{
        char text[40];
        if (instant_is_none(at)) {
                out311_str(o, name, STR(""));
                return;
        }
        instant_format((struct instant){ at.us - at.us % US_PER_SECOND }, text);
        out311_str(o, name, str_dup(o->req->ctx.arena, str_of(text)));
}

int out311_finish(struct out311 *o)
{
        if (o->w)
                say_if(o, xmlTextWriterEndDocument(o->w)); /* flushes into the buffer */
        if (o->xml && !o->failed)
                buf_add(&o->req->out.body, xmlBufferContent(o->xml), (size_t)xmlBufferLength(o->xml));
        return o->failed ? ERR_INTERNAL : OK;
}

void out311_free(struct out311 *o)
{
        if (o->w)
                xmlFreeTextWriter(o->w);
        if (o->xml)
                xmlBufferFree(o->xml);
}

/* ---- who may write --------------------------------------------------------------------------------------------------- */

int open311_by_key(struct request *req)
{
        if (req->ctx.actor.kind == ACTOR_KEY)
                return OK;
        return err_set(&req->err, ERR_RIGHT, "api_key", "api_key：这里凭密钥办理", "api_key: a key is needed here");
}

int open311_writer(struct request *req)
{
        int rc = open311_by_key(req);
        bool known = str_ends(req->path, STR(".xml")) || str_ends(req->path, STR(".json"));
        return rc == OK && !known ? no_format(req) : rc;
}

/* ---- refusals ------------------------------------------------------------------------------------------------------ */

static int status_of(int code)
{
        int status = err_kind(code)->status;
        if (status == 401 || status == 403)
                return 403;
        return status == 404 || status == 429 || status >= 500 ? status : 400;
}

/* The key is asked for by its name in the standard. */
static void name_the_key(struct request *req, int code)
{
        if (req->err.code == OK && code == ERR_AUTH)
                err_set(&req->err, code, "api_key", "缺少 api_key", "api_key is missing");
        else if (code == ERR_AUTH)
                err_set(&req->err, code, "api_key", "api_key 无效、已吊销或已过期", "The api_key is unknown, revoked or over");
        else if (req->err.code == OK && code == ERR_RIGHT)
                err_set(&req->err, code, "api_key", "api_key 没有 matter.open 权限", "The api_key does not hold the right matter.open");
}

void open311_problem(struct request *req, int code)
{
        OUT311_AUTO o = { 0 };
        name_the_key(req, code);
        struct str text = request_problem_text(req, code), path = req->path;
        int status = status_of(code);
        if (!str_ends(path, STR(".json")) && !str_ends(path, STR(".xml")))
                req->path = STR(".xml"); /* what is no format at all is told so in the format that every client has */
        int rc = out311_begin(req, status, &o);
        req->path = path;
        if (rc != OK)
                BUG("a refusal without a format");
        out311_group(&o, "errors");
        out311_object(&o, "error");
        out311_int(&o, "code", status);
        out311_str(&o, "description", text);
        out311_end(&o);
        out311_end(&o);
        out311_finish(&o);
}
