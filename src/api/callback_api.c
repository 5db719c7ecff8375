/* api/callback_api.c — after the end: whom to call back (回访), and the printed slip for who has no telephone. */
#include <json-c/json.h>
#include "api/cursor.h"
#include "api/matter_view.h"
#include "api/routes.h"

/* ---- the list ------------------------------------------------------------------------------------------------------- */

enum { CALLS_LIMIT, CALLS_CURSOR, CALLS_FIELDS };
static const struct field calls_query[] = {
        [CALLS_LIMIT] = { .name = "limit", .type = FIELD_INT, .min = 1, .max = MATTER_LIST_MAX, .help = { "条数，默认 50", "How many, 50 by default" } },
        [CALLS_CURSOR] = FIELD_CURSOR,
        [CALLS_FIELDS] = { 0 },
};

/* What the caller says. Nothing about the matter before the person has said who they are: somebody else may answer the telephone. */
static void script(struct json *j, const struct town *t, struct arena *a)
{
        struct str zh = str_printf(a,
                                   "您好，这里是" STR_FMT "。请问是您本人向我们反映过情况吗？（是本人再继续，不是本人只请其转告回电。）"
                                   "您反映的事项我们已经答复。第一，解决了吗：解决了、部分解决、没解决？第二，从 1 到 5，您满意吗？第三，您还有什么想说的？我照原话记下来。"
                                   "没有解决的，我现在就可以替您要求重办。",
                                   STR_ARG(t->name_zh));
        struct str en = str_printf(a,
                                   "Good day, this is " STR_FMT ". Is it you who reported something to us? (Go on only if it is; ask anybody else just to have them "
                                   "call back.) We have given you an answer. First: is it solved, partly solved, or not solved? Second: from 1 to 5, how satisfied "
                                   "are you? Third: is there anything to add? I write it down in your words. If it is not solved I can have it taken up again now.",
                                   STR_ARG(t->name_en));
        view_say(j, "script", (struct say){ str_c(a, zh), str_c(a, en) });
}

static const struct member call_item_members[] = {
        { .name = "id", .type = FIELD_ID },
        { .name = "rev", .type = FIELD_INT },
        { .name = "subject", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "grid", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "unit", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "closed", .type = FIELD_INSTANT },
        { .name = "call_by", .type = FIELD_INSTANT, .null = true, .help = { "最迟何时回访", "By when to call" } },
        { .name = "calls", .type = FIELD_INT },
        { .name = "days", .type = FIELD_INT, .help = { "在几个不同的日子打过", "On how many days it was tried" } },
        { .name = "last_call", .type = FIELD_INSTANT, .null = true },
        { 0 },
};
static const struct shape call_item_shape = { "CallbackRow", call_item_members, NULL };

static const struct member calls_members[] = {
        { .name = "script", .type = FIELD_OBJECT, .of = &say_shape, .help = { "回访用语", "What to say" } },
        { .name = "items", .type = FIELD_LIST, .of = &call_item_shape },
        { .name = "next", .type = FIELD_STR, .null = true },
        { 0 },
};
static const struct shape calls_shape = { "Callbacks", calls_members, NULL };

static void call_item(struct json *j, const struct town *t, const struct matter_call *c)
{
        json_open(j);
        json_kid(j, "id", c->id);
        json_kint(j, "rev", c->rev);
        view_subject(j, "subject", t, c->subject);
        view_place(j, "grid", t, c->grid);
        view_org(j, "unit", t, c->unit);
        json_kinstant(j, "closed", c->closed);
        json_kinstant(j, "call_by", matter_call_due(t, c->closed));
        json_kint(j, "calls", c->calls);
        json_kint(j, "days", c->call_days);
        json_kinstant(j, "last_call", c->last_call);
        json_close(j);
}

static int calls(struct request *req)
{
        const struct town *t;
        struct matter_calls rows;
        struct tx *tx;
        int64_t at[2] = { 0 };
        int32_t max = (int32_t)value_int(&req->query, CALLS_LIMIT, MATTER_LIST_MAX);
        bool further = value_given(&req->query, CALLS_CURSOR);
        int rc = house_town(req, &t);
        if (rc == OK)
                rc = request_tx(req, &tx);
        if (rc == OK)
                rc = request_page(req, CALLS_CURSOR, at, 2);
        if (rc == OK)
                rc = matter_calls(&req->ctx, further ? (struct instant){ at[0] } : INSTANT_NONE, at[1], max, &rows);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        json_open(&j);
        script(&j, t, req->ctx.arena);
        json_key(&j, "items");
        json_list(&j);
        for (size_t i = 0; i < rows.n; i++) {
                const struct matter_call *c = &rows.row[i];
                struct scope_object object;
                matter_item_scope(t, c->path, c->unit_path, c->assist, c->called, c->respondent, &object);
                if (request_in_scope(req, c->id, &object) == OK)
                        call_item(&j, t, c);
        }
        json_end(&j);
        request_next(req, &j, rows.n == (size_t)max ? (int64_t[]){ rows.row[rows.n - 1].closed.us, rows.row[rows.n - 1].id } : NULL, 2);
        json_close(&j);
        return OK;
}

/* ---- the slip ------------------------------------------------------------------------------------------------------- */

/* The words of the last answer, else "". */
static struct str last_answer(struct arena *a, const struct procedure *p, const struct matter_story *s)
{
        for (size_t i = s->n; i-- > 0;) {
                int at = procedure_action_find(p, s->row[i].e.kind);
                bool answers = false;
                for (size_t k = 0; at >= 0 && k < p->action[at].effects.n; k++)
                        answers |= p->action[at].effects.row[k].kind == EFFECT_RECORD && p->action[at].effects.row[k].record == RECORD_ANSWER;
                JSON_AUTO words = NULL;
                if (answers && s->row[i].words.n && json_parse(s->row[i].words, &words, NULL) == OK)
                        return str_dup(a, json_text(json_get(words, "text")));
        }
        return STR("");
}

static void line(struct buf *out, const char *zh, const char *en, struct str text)
{
        buf_puts(out, "<dt>");
        buf_puts(out, zh);
        buf_puts(out, " <small lang=\"en\">");
        buf_puts(out, en);
        buf_puts(out, "</small></dt><dd>");
        view_html(out, text);
        buf_puts(out, "</dd>\n");
}

static struct str day_text(struct arena *a, struct instant t)
{
        char day[11];
        return instant_is_none(t) ? STR("") : str_dup(a, str_of(day_format(instant_day(t), day)));
}

#define SLIP_MAX ((size_t)128 << 10) /* an answer of 10,000 characters, all of them escaped */

static struct str both(struct arena *a, struct str zh, struct str en)
{
        return en.n ? str_printf(a, STR_FMT "\n" STR_FMT, STR_ARG(zh), STR_ARG(en)) : zh;
}

static struct str what_then(struct arena *a, const struct town *t)
{
        const struct town_limit *again = town_limit(t, STR("reopen"));
        if (!again)
                return both(a, STR("到窗口或打电话说明，可以要求重办。请带上这张回执。"),
                            STR("Say so at the counter or by telephone, and it is taken up again. Bring this slip."));
        return both(a, str_printf(a, "办结后 %d %s内，到窗口或打电话说明，可以要求重办。请带上这张回执。", again->limit, due_unit_say(again->unit).zh),
                    str_printf(a, "Say so at the counter or by telephone within %d %s of the end, and it is taken up again. Bring this slip.", again->limit,
                               due_unit_say(again->unit).en));
}

/* In large type and in words anybody reads; no name, no address: a slip is left lying about. */
static void slip_page(struct request *req, const struct town *t, const struct matter *m, struct str answer)
{
        struct buf *out = &req->out.body;
        out->max = SLIP_MAX;
        struct arena *a = req->ctx.arena;
        const struct org *unit = org_find(&t->orgs, m->unit);
        uint32_t subject = subject_find(&t->subjects, m->subject);
        buf_puts(out, "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>回执 Slip</title>"
                      "<style>body{font:24pt/1.5 sans-serif;margin:2cm;color:#000;background:#fff}h1{font-size:32pt}"
                      "dt{font-weight:bold;margin-top:.6em}dd{margin:0;white-space:pre-wrap}small{font-size:14pt;font-weight:normal}</style></head><body>\n<h1>");
        view_html(out, t->name_zh);
        buf_puts(out, "</h1><dl>\n");
        line(out, "事项编号", "Number", str_printf(a, "%lld", (long long)m->id));
        line(out, "登记日期", "Received", day_text(a, m->opened));
        line(out, "事项", "About", subject == SUBJECT_NONE ? STR("") : both(a, t->subjects.row[subject].name_zh, t->subjects.row[subject].name_en));
        line(out, "负责单位", "Unit in charge", unit ? unit->name : m->unit);
        line(out, m->open && instant_is_none(m->answered) ? "答复期限" : "答复", m->open && instant_is_none(m->answered) ? "Answer by" : "Answer",
             m->open && instant_is_none(m->answered) ? day_text(a, m->due) : answer);
        line(out, "没有解决怎么办", "If it is not solved", what_then(a, t));
        buf_puts(out, "</dl></body></html>\n");
}

static int slip(struct request *req)
{
        const struct town *t;
        struct matter m;
        struct scope_object object;
        struct matter_story story;
        int rc = house_matter(req, &t, &m, &object);
        if (rc == OK)
                rc = matter_story(&req->ctx, m.id, &story);
        if (rc != OK)
                return rc;
        slip_page(req, t, &m, last_answer(req->ctx.arena, town_procedure(t, m.proc), &story));
        req->out.type = "text/html; charset=utf-8";
        req->out.csp = "default-src 'none'; style-src 'unsafe-inline'";
        return OK;
}

static const struct route callback_routes[] = {
        { .name = "callback.list", .method = HTTP_GET, .path = "/api/callbacks", .may = RIGHT_MATTER_CALLBACK, .scope = SCOPE_LIST, .run_on = RUN_READ,
          .query = calls_query, .run = calls, .answer = &calls_shape, .help = { "待回访的事项和回访用语：先办结的在前", "Whose reporters are to be called back, and what to say: the longest ended first" } },
        { .name = "matter.slip", .method = HTTP_GET, .path = "/api/matters/{id}/slip", .may = RIGHT_MATTER_READ, .scope = SCOPE_MATTER, .run_on = RUN_READ,
          .answer_type = "text/html", .run = slip, .help = { "大字回执，打印后交给没有电话的诉求人", "A slip in large type, to print for who has no telephone" } },
};
const struct route_table callback_route_table = ROUTES(callback_routes);
