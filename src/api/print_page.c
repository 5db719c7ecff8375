#include "api/print_page.h"
#include <json-c/json.h>

const char *const paper_words[PAPERS + 1] = { "receipt", "order", "visit", "call-in", "file", NULL };

struct say paper_name(enum paper p)
{
        static const struct say name[PAPERS] = { { "回执", "Receipt" }, { "派单", "Work order" }, { "走访记录", "Visit record" },
                                                 { "吹哨通知", "Call-in notice" }, { "事项全卷", "Whole file" } };
        return name[p];
}

struct page { struct buf *out; const struct print_in *in; bool zh; };

static const char *word(const struct page *p, const char *zh, const char *en)
{
        return p->zh ? zh : en;
}

static struct str when(const struct page *p, struct instant at)
{
        char text[40];
        if (instant_is_none(at))
                return STR("");
        instant_format(at, text);
        return str_printf(p->in->arena, "%.10s %.5s", text, text + 11);
}

static void row(const struct page *p, const char *zh, const char *en, struct str text)
{
        buf_puts(p->out, "<tr><th scope=\"row\">");
        buf_puts(p->out, word(p, zh, en));
        buf_puts(p->out, "</th><td>");
        view_html(p->out, text);
        buf_puts(p->out, "</td></tr>\n");
}

static void section(const struct page *p, const char *zh, const char *en)
{
        buf_puts(p->out, "<h2>");
        buf_puts(p->out, word(p, zh, en));
        buf_puts(p->out, "</h2>\n");
}

/* Lines to write on by hand. */
static void blank(const struct page *p, const char *zh, const char *en, int lines)
{
        buf_puts(p->out, "<p class=\"label\">");
        buf_puts(p->out, word(p, zh, en));
        buf_puts(p->out, "</p>\n");
        for (int i = 0; i < lines; i++)
                buf_puts(p->out, "<div class=\"rule\"></div>\n");
}

static struct str org_name(const struct page *p, struct str code)
{
        const struct org *o = org_find(&p->in->town->orgs, code);
        return o ? o->name : code;
}

static struct str subject_name(const struct page *p, struct str code)
{
        uint32_t at = subject_find(&p->in->town->subjects, code);
        if (at == SUBJECT_NONE)
                return str_of(word(p, "待定", "not known yet"));
        const struct subject *s = &p->in->town->subjects.row[at];
        return p->zh || s->name_en.n == 0 ? s->name_zh : s->name_en;
}

static struct str place_name(const struct page *p, struct str code)
{
        const struct place *found = place_find(&p->in->town->places, code);
        return found ? found->name : code.n ? code : str_of(word(p, "待定", "not known yet"));
}

static struct str staff_name(const struct page *p, struct str login)
{
        const struct staff_member *s = staff_find(&p->in->town->staff, login);
        return s ? s->name : login;
}

static struct str state_name(const struct page *p)
{
        const struct procedure *proc = town_procedure(p->in->town, p->in->m->proc);
        int at = procedure_state_find(proc, p->in->m->state);
        return at < 0 ? p->in->m->state : str_of(say_in(p->in->paper == PAPER_RECEIPT ? proc->state[at].public_word : proc->state[at].name, p->in->lang));
}

/* ---- what was written --------------------------------------------------------------------------------------------------- */

static struct str label_of(const struct page *p, const struct procedure_action *a, struct str key)
{
        for (size_t i = 0; a && i < a->n_fields; i++)
                if (str_eq(a->field[i].name, key))
                        return str_of(say_in(a->field[i].label, p->in->lang));
        static const struct { const char *key; struct say label; } more[] = {
                { "words", { "诉求内容", "What it is about" } }, { "title", { "标题", "Title" } }, { "said", { "所说地点", "The place as said" } },
                { "group", { "组", "Group" } },
        };
        for (size_t i = 0; i < COUNT(more); i++)
                if (str_is(key, more[i].key))
                        return str_of(say_in(more[i].label, p->in->lang));
        return key;
}

static void words_of(const struct page *p, const struct procedure_action *a, const struct matter_step *s)
{
        JSON_AUTO doc = NULL;
        if (s->erased.n) {
                buf_puts(p->out, "<p>");
                buf_puts(p->out, word(p, "（内容已依申请或到期删除）", "(what was written has been erased)"));
                buf_puts(p->out, "</p>\n");
                return;
        }
        if (s->words.n == 0 || json_parse(s->words, &doc, NULL) != OK || json_object_get_type(doc) != json_type_object)
                return;
        struct json_object_iterator at = json_object_iter_begin(doc), end = json_object_iter_end(doc);
        for (; !json_object_iter_equal(&at, &end); json_object_iter_next(&at)) {
                struct json_object *v = json_object_iter_peek_value(&at);
                if (json_object_get_type(v) != json_type_string)
                        continue;
                buf_puts(p->out, "<p class=\"words\"><b>");
                view_html(p->out, label_of(p, a, str_of(json_object_iter_peek_name(&at))));
                buf_puts(p->out, "</b> ");
                view_html(p->out, json_text(v));
                buf_puts(p->out, "</p>\n");
        }
}

static void first_words(const struct page *p)
{
        if (p->in->story->n == 0)
                return;
        section(p, "诉求内容", "What is the matter");
        words_of(p, NULL, &p->in->story->row[0]);
}

static struct str actor_name(const struct page *p, struct str actor)
{
        if (str_starts(actor, STR("staff:")))
                return staff_name(p, (struct str){ actor.p + 6, actor.n - 6 });
        if (str_starts(actor, STR("reporter")) || str_starts(actor, STR("public")))
                return str_of(word(p, "诉求人", "the reporter"));
        return str_starts(actor, STR("system")) ? str_of(word(p, "系统", "the system")) : actor;
}

static struct say step_name(const struct procedure *proc, struct str kind)
{
        static const struct { const char *kind; struct say name; } own[] = {
                { "opened", { "登记", "Received" } },         { "alarm", { "时限提醒", "Reminder of a limit" } },
                { "raised", { "超时上提", "Gone up" } },        { "renewed", { "时限重算", "Limits counted anew" } },
                { "task_alarm", { "协办提醒", "Reminder of a task" } }, { "task_raised", { "协办上提", "A task gone up" } },
                { "erased", { "删除", "Erased" } },
        };
        int at = procedure_action_find(proc, kind);
        if (at >= 0)
                return proc->action[at].name;
        for (size_t i = 0; i < COUNT(own); i++)
                if (str_is(kind, own[i].kind))
                        return own[i].name;
        return (struct say){ "其他", "Other" };
}

static void whole_story(const struct page *p)
{
        const struct procedure *proc = town_procedure(p->in->town, p->in->m->proc);
        section(p, "经过", "What happened");
        buf_puts(p->out, "<ol class=\"story\">\n");
        for (size_t i = 0; i < p->in->story->n; i++) {
                const struct matter_step *s = &p->in->story->row[i];
                int at = procedure_action_find(proc, s->e.kind);
                buf_puts(p->out, "<li><span class=\"when\">");
                buf_str(p->out, when(p, s->e.at));
                buf_puts(p->out, "</span> <b>");
                view_html(p->out, str_of(say_in(step_name(proc, s->e.kind), p->in->lang)));
                buf_puts(p->out, "</b> ");
                view_html(p->out, actor_name(p, s->e.actor));
                words_of(p, at < 0 ? NULL : &proc->action[at], s);
                buf_puts(p->out, "</li>\n");
        }
        buf_puts(p->out, "</ol>\n");
}

/* ---- the papers ----------------------------------------------------------------------------------------------------------- */

static void common_rows(const struct page *p)
{
        const struct matter *m = p->in->m;
        row(p, "事项编号", "Number", str_printf(p->in->arena, "%lld", (long long)m->id));
        row(p, "登记时间", "Received", when(p, m->opened));
        row(p, "事项", "About", subject_name(p, m->subject));
        if (p->in->paper != PAPER_RECEIPT)
                row(p, "地点", "Place", place_name(p, m->grid));
        row(p, "负责单位", "Unit in charge", org_name(p, m->unit));
        row(p, "答复期限", "Answer by", when(p, m->due));
        row(p, "状态", "State", state_name(p));
}

static void contact_rows(const struct page *p)
{
        if (!p->in->contact)
                return;
        row(p, "诉求人", "Reporter", p->in->name);
        row(p, "电话", "Telephone", p->in->phone);
        row(p, "地址", "Address", p->in->address);
}

static void called_in(const struct page *p)
{
        for (size_t i = 0; i < p->in->tasks->n; i++) {
                const struct matter_task *k = &p->in->tasks->row[i];
                const struct matter_step *asked = NULL;
                for (size_t s = 0; s < p->in->story->n; s++)
                        if (p->in->story->row[s].e.n == k->asked_n)
                                asked = &p->in->story->row[s];
                buf_puts(p->out, "<h2>");
                view_html(p->out, org_name(p, k->unit));
                buf_puts(p->out, "</h2><table>\n");
                row(p, "吹哨单位", "Called in by", org_name(p, k->lead));
                row(p, "报到期限", "Report in by", when(p, k->report_due));
                row(p, "答复期限", "Answer by", when(p, k->answer_due));
                buf_puts(p->out, "</table>\n");
                if (asked)
                        words_of(p, NULL, asked);
        }
        if (p->in->tasks->n == 0)
                row(p, "吹哨", "Called in", str_of(word(p, "没有吹哨", "nobody was called in")));
}

static void signatures(const struct page *p)
{
        buf_puts(p->out, "<div class=\"sign\"><span>");
        buf_puts(p->out, word(p, "签字：", "Signature:"));
        buf_puts(p->out, "</span><span>");
        buf_puts(p->out, word(p, "日期：", "Date:"));
        buf_puts(p->out, "</span></div>\n");
}

static void body(const struct page *p)
{
        buf_puts(p->out, "<table>\n");
        common_rows(p);
        if (p->in->paper == PAPER_ORDER || p->in->paper == PAPER_VISIT || p->in->paper == PAPER_FILE)
                contact_rows(p);
        buf_puts(p->out, "</table>\n");
        switch (p->in->paper) {
        case PAPER_ORDER:
                first_words(p);
                blank(p, "办理情况", "What was done", 6);
                signatures(p);
                break;
        case PAPER_VISIT:
                first_words(p);
                blank(p, "走访时间、地点、人员", "When, where, who", 2);
                blank(p, "现场情况", "What was found", 7);
                blank(p, "诉求人意见", "What the reporter says", 4);
                signatures(p);
                break;
        case PAPER_CALL_IN:
                called_in(p);
                signatures(p);
                break;
        case PAPER_FILE:
                whole_story(p);
                break;
        default:
                buf_puts(p->out, "<p>");
                buf_puts(p->out, word(p, "请保存此回执和登记时给您的查询码。对结果不满意，可以要求重办。", "Keep this receipt and the tracking code you were given. If it is not solved you may have it taken up again."));
                buf_puts(p->out, "</p>\n");
        }
}

static void foot(const struct page *p)
{
        buf_puts(p->out, "<footer>");
        view_html(p->out, str_printf(p->in->arena, word(p, "由 " STR_FMT "（" STR_FMT "）打印于 " STR_FMT "。", "Printed by " STR_FMT " (" STR_FMT ") at " STR_FMT ". "),
                                     STR_ARG(staff_name(p, p->in->login)), STR_ARG(p->in->login), STR_ARG(when(p, p->in->now))));
        if (p->in->clear)
                buf_puts(p->out, word(p, "含联系方式原文，已登记用途；用后请收存或销毁。", "It holds a contact in the clear; the purpose is logged. Put it away or destroy it after use."));
        else
                buf_puts(p->out, word(p, "联系方式已隐去。", "Contacts are masked."));
        buf_puts(p->out, "</footer>");
}

void print_page(struct buf *out, const struct print_in *in)
{
        struct page p = { out, in, in->lang == LANG_ZH };
        const char *name = say_in(paper_name(in->paper), in->lang);
        out->max = PRINT_BYTES_MAX;
        buf_printf(out, "<!doctype html><html lang=\"%s\"><head><meta charset=\"utf-8\"><title>%s %lld</title><link rel=\"stylesheet\" href=\"/api/print.css\"></head><body>\n<header><p>",
                   p.zh ? "zh-CN" : "en", name, (long long)in->m->id);
        view_html(out, p.zh || in->town->name_en.n == 0 ? in->town->name_zh : in->town->name_en);
        buf_printf(out, "</p><h1>%s</h1></header>\n", name);
        body(&p);
        foot(&p);
        buf_puts(out, "</body></html>\n");
}
