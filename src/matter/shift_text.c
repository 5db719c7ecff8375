/* The sheet of a shift as text to print. Two languages from the same frozen body. */
#include <json-c/json.h>
#include "base/json.h"
#include "matter/shift.h"

struct printing { struct buf *out; struct json_object *body; bool zh; };

static void say(struct printing *p, const char *zh, const char *en)
{
        buf_puts(p->out, p->zh ? zh : en);
}

static void text(struct printing *p, struct json_object *o, const char *key)
{
        buf_str(p->out, json_text(json_get(o, key)));
}

static void spoken(struct printing *p, struct json_object *o, const char *key)
{
        text(p, json_get(o, key), p->zh ? "zh" : "en");
}

/* "2026-01-05 20:00" of an instant. */
static void moment(struct printing *p, struct str instant)
{
        if (instant.n >= 16)
                buf_printf(p->out, "%.10s %.5s", instant.p, instant.p + 11);
        else
                buf_puts(p->out, "-");
}

static void names(struct printing *p, struct json_object *list)
{
        size_t n = list ? json_object_array_length(list) : 0;
        for (size_t i = 0; i < n; i++) {
                say(p, i ? "、" : "", i ? ", " : "");
                text(p, json_object_array_get_idx(list, i), "name");
        }
        if (n == 0)
                buf_puts(p->out, "-");
}

static void row(struct printing *p, struct json_object *r)
{
        struct str what = json_text(json_get(r, "what"));
        buf_puts(p->out, "  ");
        text(p, r, "id");
        buf_puts(p->out, "  ");
        if (str_is(what, "contact"))
                say(p, "首次联系  ", "first contact  ");
        else if (str_is(what, "tell"))
                say(p, "告知答复  ", "to be told the answer  ");
        else if (str_is(what, "callback"))
                say(p, "回访  ", "call-back  ");
        spoken(p, r, "subject");
        buf_puts(p->out, "  ");
        text(p, r, "grid");
        buf_puts(p->out, "  ");
        text(p, r, "unit");
        buf_puts(p->out, "  ");
        text(p, r, "holder");
        buf_puts(p->out, "  ");
        spoken(p, r, "state");
        say(p, "  期限 ", "  due ");
        moment(p, json_text(json_get(r, "due")));
        buf_char(p->out, '\n');
}

static void list(struct printing *p, const char *key, const char *zh, const char *en)
{
        struct json_object *l = json_get(p->body, key);
        size_t n = l ? json_object_array_length(l) : 0;
        int64_t more = json_object_get_int64(json_get(json_get(p->body, "more"), key));
        buf_char(p->out, '\n');
        say(p, zh, en);
        buf_printf(p->out, p->zh ? "（%lld 件）\n" : " (%lld)\n", (long long)((int64_t)n + more));
        for (size_t i = 0; i < n; i++)
                row(p, json_object_array_get_idx(l, i));
        if (n == 0)
                say(p, "  无\n", "  none\n");
        if (more)
                buf_printf(p->out, p->zh ? "  另有 %lld 件，见系统\n" : "  and %lld more, see the system\n", (long long)more);
}

static void signature(struct printing *p, const struct town *t, struct str login, struct instant at)
{
        char when[40];
        const struct staff_member *s = staff_find(&t->staff, login);
        if (login.n == 0) {
                buf_puts(p->out, "________________  ____-__-__ __:__\n");
                return;
        }
        instant_format(at, when);
        buf_printf(p->out, STR_FMT "  %.10s %.5s\n", STR_ARG(s ? s->name : login), when, when + 11);
}

int shift_text(struct buf *out, const struct town *t, const struct shift_sheet *s, enum lang lang, struct err *err)
{
        JSON_AUTO body = NULL;
        int rc = json_parse(s->body, &body, err);
        if (rc != OK)
                return rc;
        struct printing p = { out, body, lang == LANG_ZH };
        struct json_object *next = json_get(body, "next");
        text(&p, body, "town");
        say(&p, " 值班交接单\n", " hand-over of a shift\n");
        buf_printf(out, p.zh ? "编号 %lld（第 %d 版）\n" : "number %lld (revision %d)\n", (long long)s->id, s->rev);
        text(&p, body, "date");
        buf_puts(out, "  ");
        moment(&p, json_text(json_get(body, "from")));
        buf_puts(out, " - ");
        moment(&p, json_text(json_get(body, "to")));
        say(&p, "\n带班 ", "\nleader ");
        text(&p, json_get(body, "leader"), "name");
        say(&p, "  值班 ", "  officers ");
        names(&p, json_get(body, "out"));
        say(&p, "\n接班带班 ", "\nnext leader ");
        text(&p, json_get(next, "leader"), "name");
        say(&p, "  接班 ", "  next officers ");
        names(&p, json_get(next, "in"));
        say(&p, "\n制作时间 ", "\nmade ");
        moment(&p, json_text(json_get(body, "made")));
        buf_char(out, '\n');
        list(&p, "urgent", "紧急事项", "Urgent");
        list(&p, "unsigned", "未签收事项", "Nobody has signed for");
        list(&p, "calls", "下一班结束前应打的电话", "Calls promised by the end of the next shift");
        say(&p, "\n交班签字 ", "\nhanded over by ");
        signature(&p, t, s->out_by, s->out_at);
        say(&p, "接班签字 ", "taken over by ");
        signature(&p, t, s->in_by, s->in_at);
        return OK;
}

static bool listed(struct json_object *list, struct str who)
{
        for (size_t i = 0; list && i < json_object_array_length(list); i++)
                if (str_eq(json_text(json_get(json_object_array_get_idx(list, i), "login")), who))
                        return true;
        return false;
}

bool shift_reads(const struct shift_sheet *s, struct str who)
{
        JSON_AUTO body = NULL;
        if (who.n == 0 || json_parse(s->body, &body, NULL) != OK)
                return false;
        struct json_object *next = json_get(body, "next");
        return listed(json_get(body, "out"), who) || listed(json_get(next, "in"), who) || str_eq(json_text(json_get(json_get(body, "leader"), "login")), who) ||
               str_eq(json_text(json_get(json_get(next, "leader"), "login")), who);
}
