/* notice/words.c — the words of a message. Pure. */
#include "base/buf.h"
#include "notice/notice.h"

#define WORDS_BYTES 16384

/* What is no action of the procedure. */
static const struct {
        const char *code;
        struct say say;
} reasons[] = {
        { "opened", { "登记", "it was reported" } },
        { "alarm", { "快到期", "coming due" } },
        { "raised", { "超过时限", "out of time" } },
        { "task_alarm", { "快到期", "coming due" } },
        { "task_raised", { "超过时限", "out of time" } },
        { "renewed", { "放假调休安排公布后重新计算", "counted anew with the holidays that were announced" } },
        { "no_address", { "没有可用的号码或地址", "there is no number or address" } },
        { "refused", { "对方网关拒收", "the gateway refused it" } },
        { "unreachable", { "网关连接不上", "the gateway could not be reached" } },
        { "failed", { "网关出错", "the gateway failed" } },
        { "tls", { "网关的证书核对不过", "the gateway's certificate does not hold" } },
};

struct str notice_why(const struct town *t, const struct notice *n, enum lang lang)
{
        const struct procedure *p = town_procedure(t, n->proc);
        int at = procedure_action_find(p, n->why);
        if (at >= 0)
                return str_of(say_in(p->action[at].name, lang));
        for (size_t i = 0; i < COUNT(reasons); i++)
                if (str_is(n->why, reasons[i].code))
                        return str_of(say_in(reasons[i].say, lang));
        return n->why;
}

static struct str state_text(const struct town *t, const struct notice *n, enum notice_kind as, enum lang lang)
{
        const struct procedure *p = town_procedure(t, n->proc);
        int at = procedure_state_find(p, n->step);
        if (at < 0)
                return n->step;
        return str_of(say_in(notice_for_reporter(as) ? p->state[at].public_word : p->state[at].name, lang));
}

static struct str clock_text(const struct town *t, const struct notice *n, enum lang lang)
{
        const struct procedure *p = town_procedure(t, n->proc);
        int at = procedure_clock_find(p, n->clock);
        return at < 0 ? n->clock : str_of(say_in(p->clock[at].name, lang));
}

/* A deadline at the end of a day is that day. */
static struct str day_text(struct arena *a, struct instant due, enum lang lang)
{
        static const char *const month[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
        int y, m, d;
        if (instant_is_none(due))
                return lang == LANG_ZH ? STR("尽快") : STR("as soon as possible");
        int64_t minute = instant_us_of_day(due) / US_PER_MINUTE;
        day_split(instant_day(due), &y, &m, &d);
        if (minute >= 24 * 60 - 1)
                return lang == LANG_ZH ? str_printf(a, "%d月%d日", m, d) : str_printf(a, "%d %s", d, month[m - 1]);
        if (lang == LANG_ZH)
                return str_printf(a, "%d月%d日%02d:%02d", m, d, (int)(minute / 60), (int)(minute % 60));
        return str_printf(a, "%d %s %02d:%02d", d, month[m - 1], (int)(minute / 60), (int)(minute % 60));
}

struct filling {
        struct arena *a;
        const struct town *t;
        const struct notice *n;
        enum notice_kind as;
        enum notice_part part;
        enum lang lang;
        struct str code, link;
};

static struct str why_of(const struct filling *f)
{
        struct str why = notice_why(f->t, f->n, f->lang);
        if (f->part != NOTICE_TEXT || f->n->reason.n == 0) /* a reason may name the subject: not where others see it */
                return why;
        return f->lang == LANG_ZH ? str_printf(f->a, "%.*s（%.*s）", STR_ARG(why), STR_ARG(f->n->reason))
                                  : str_printf(f->a, "%.*s (%.*s)", STR_ARG(why), STR_ARG(f->n->reason));
}

static struct str slot_text(const struct filling *f, int slot)
{
        const struct org *unit = org_find(&f->t->orgs, f->n->unit);
        const struct neighbour *town = unit ? NULL : neighbour_find(&f->t->neighbours, f->n->unit);
        switch ((enum notice_slot)slot) {
        case SLOT_TOWN: return f->lang == LANG_ZH ? f->t->name_zh : f->t->name_en;
        case SLOT_NUMBER: return str_printf(f->a, "%lld", (long long)f->n->matter);
        case SLOT_CODE: return f->code;
        case SLOT_UNIT: return unit ? unit->name : !town ? f->n->unit : f->lang == LANG_ZH ? town->name_zh : town->name_en;
        case SLOT_DUE: return day_text(f->a, f->n->due, f->lang);
        case SLOT_WAS: return day_text(f->a, f->n->was, f->lang);
        case SLOT_WHY: return why_of(f);
        case SLOT_STATE: return state_text(f->t, f->n, f->as, f->lang);
        case SLOT_CLOCK: return clock_text(f->t, f->n, f->lang);
        case SLOT_LINK: return f->link;
        case SLOTS: break;
        }
        return STR("");
}

struct str notice_words_of(struct arena *a, const struct town *t, const struct notice *n, enum notice_kind as, enum notice_part part,
                           enum lang lang, struct str code, struct str link)
{
        struct filling f = { a, t, n, as, part, lang, code, link };
        BUF_AUTO out = BUF(WORDS_BYTES);
        struct str rest = as < NOTICE_KINDS ? t->notices.kind[as].part[part][lang] : STR(""), piece;
        int slot;
        while (notice_piece(&rest, &piece, &slot))
                buf_str(&out, slot < 0 ? piece : slot_text(&f, slot));
        return str_dup(a, str_trim(buf_view(&out)));
}
