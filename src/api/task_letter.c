/* The letter to a unit that has no account: to be printed, read out on the telephone, or pasted into the system of the level above. It
 * says what is asked, why and until when, and nothing of who reported it. */
#include <json-c/json.h>
#include "api/matter_view.h"

/* "2026-01-06 10:00", or the day alone where the time is its end. */
static void put_when(struct buf *out, struct instant at, enum lang lang)
{
        char text[40];
        instant_format(at, text);
        bool end = at.us % US_PER_SECOND == US_PER_SECOND - 1;
        if (end && lang == LANG_EN)
                buf_puts(out, "the end of ");
        buf_str(out, (struct str){ text, 10 });
        if (!end) {
                buf_char(out, ' ');
                buf_str(out, (struct str){ text + 11, 5 });
        }
        if (lang == LANG_ZH)
                buf_puts(out, end ? " 当日内" : " 前");
}

static struct str name_of(const struct town *t, struct str code)
{
        const struct org *o = org_find(&t->orgs, code);
        return o ? o->name : code;
}

static void put_matter(struct buf *out, const struct town *t, const struct matter *m, const struct matter_task *k, enum lang lang)
{
        uint32_t s = subject_find(&t->subjects, m->subject);
        const struct place *p = place_find(&t->places, m->grid);
        struct str subject = s == SUBJECT_NONE ? m->subject : lang == LANG_ZH ? t->subjects.row[s].name_zh : t->subjects.row[s].name_en;
        struct str place = p ? p->name : m->grid;
        if (lang == LANG_ZH)
                buf_printf(out, STR_FMT "正在办理第 %lld 号居民诉求，事项：" STR_FMT "，地点：" STR_FMT "。依首接负责制，现请贵单位协助办理其中第 %d 项任务。\n\n",
                           STR_ARG(name_of(t, k->lead)), (long long)m->id, STR_ARG(subject), STR_ARG(place), (int)k->k);
        else
                buf_printf(out, STR_FMT " is dealing with resident's request no. %lld, subject: " STR_FMT ", place: " STR_FMT
                                ". It remains in charge and asks you to help with task %d of it.\n\n",
                           STR_ARG(name_of(t, k->lead)), (long long)m->id, STR_ARG(subject), STR_ARG(place), (int)k->k);
}

static void put_words(struct buf *out, struct str words, enum lang lang)
{
        JSON_AUTO doc = NULL;
        bool read = words.n && json_parse(words, &doc, NULL) == OK;
        if (!read) {
                buf_puts(out, lang == LANG_ZH ? "（内容已依申请删除）\n" : "(what was written was erased on request)\n");
                return;
        }
        buf_printf(out, lang == LANG_ZH ? "请贵单位：" STR_FMT "\n理由：" STR_FMT "\n" : "What is asked: " STR_FMT "\nWhy: " STR_FMT "\n",
                   STR_ARG(json_text(json_get(doc, "work"))), STR_ARG(json_text(json_get(doc, "reason"))));
}

void task_letter(struct buf *out, const struct town *t, const struct matter *m, const struct matter_task *k, struct str words, enum lang lang)
{
        bool zh = lang == LANG_ZH;
        buf_printf(out, zh ? "协助办理函（吹哨）\n\n致：" STR_FMT "\n\n" : "Request for help\n\nTo: " STR_FMT "\n\n", STR_ARG(name_of(t, k->unit)));
        put_matter(out, t, m, k, lang);
        put_words(out, words, lang);
        buf_puts(out, zh ? "\n请于 " : "\nPlease say who comes and when (report in) by ");
        put_when(out, k->report_due, lang);
        buf_puts(out, zh ? "报到（告知由谁、何时处理），于 " : ", and answer what was done by ");
        put_when(out, k->answer_due, lang);
        buf_puts(out, zh ? "答复办理情况。\n" : ".\n");
        buf_printf(out, zh ? "答复请注明“第 %lld 号第 %d 项”。诉求人的姓名和联系方式不予提供。\n\n" STR_FMT "　"
                           : "Please quote \"no. %lld, task %d\". The reporter's name and contact are not passed on.\n\n" STR_FMT ", ",
                   (long long)m->id, (int)k->k, STR_ARG(name_of(t, k->lead)));
        char day[11];
        buf_puts(out, day_format(instant_day(k->asked), day));
        buf_char(out, '\n');
}
