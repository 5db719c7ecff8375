/* linli report standing: problems that come back, and whether reports fall. */
#include "api/standing.h"
#include "app/report.h"
#include "app/tell.h"

static struct str last_of(struct str path)
{
        size_t at = path.n;
        while (at > 0 && path.p[at - 1] != '/')
                at--;
        return (struct str){ path.p + at, path.n - at };
}

static struct str subject_name(const struct args *a, const struct town *t, struct str code)
{
        uint32_t at = subject_find(&t->subjects, code);
        if (at == SUBJECT_NONE)
                return code;
        return a->lang == LANG_ZH ? t->subjects.row[at].name_zh : t->subjects.row[at].name_en;
}

static struct str place_name(const struct town *t, struct str code)
{
        const struct place *p = place_find(&t->places, code);
        return p ? p->name : code;
}

static void print_one(const struct args *a, const struct town *t, const struct standing *s, const struct standing_measure *m)
{
        static const struct say verdict[STANDING_VERDICTS] = { { "尚无整月数据", "no full month yet" }, { "减少", "falls" }, { "持平", "the same" }, { "增加", "rises" } };
        const struct org *unit = org_find(&t->orgs, s->unit);
        char since[11];
        bool zh = a->lang == LANG_ZH;
        fprintf(a->out, zh ? STR_FMT "，" STR_FMT "：" STR_FMT " 负责，%s 起%s；此前 %d 个月 %lld 件，此后 %d 个整月 %lld 件：%s\n"
                           : STR_FMT ", " STR_FMT ": " STR_FMT ", since %s%s; %d months before: %lld reports, %d full months since: %lld: %s\n",
                STR_ARG(subject_name(a, t, s->subject)), STR_ARG(place_name(t, last_of(s->path))), STR_ARG(unit ? unit->name : s->unit),
                day_format(s->since, since), instant_is_none(s->ended) ? "" : zh ? "，已结束" : ", ended", (int)m->count.months_before, (long long)m->count.before,
                (int)m->count.months_since, (long long)m->count.since, say_in(verdict[m->verdict], a->lang));
        if (m->count.last >= 0)
                fprintf(a->out, zh ? "  上月 %lld 件，目标每月至多 %d 件：%s\n" : "  last month %lld, goal at most %d a month: %s\n", (long long)m->count.last, (int)s->goal,
                        m->goal_met ? (zh ? "达到" : "met") : (zh ? "未达到" : "not met"));
}

static void print_due(const struct args *a, const struct standing *s, const struct standing_measure *m)
{
        char due[11];
        bool zh = a->lang == LANG_ZH;
        if (day_is_none(s->due))
                return;
        fprintf(a->out, zh ? "  应于 %s 前达到目标%s\n" : "  the goal is to be reached by %s%s\n", day_format(s->due, due), m->overdue ? (zh ? "，已逾期" : ", overdue") : "");
}

static void print_row(const struct args *a, const struct town *t, const struct standing *s, const struct standing_measure *m)
{
        print_one(a, t, s, m);
        print_due(a, s, m);
}

static void print_all(const struct args *a, const struct town *t, const struct standings *all, const struct standing_figures *f)
{
        bool zh = a->lang == LANG_ZH;
        if (all->n == 0)
                fputs(zh ? "没有专项治理\n" : "no standing problems\n", a->out);
        for (size_t i = 0; i < all->n; i++)
                print_row(a, t, &all->row[i], &f->of[i]);
        if (f->n_again)
                fprintf(a->out, zh ? "近 %d 个月每月都有 %d 件以上的，可考虑立项：\n" : "%d months in a row with %d reports or more; might become one:\n", (int)t->standing.months,
                        (int)t->standing.reports);
        for (size_t i = 0; i < f->n_again; i++)
                fprintf(a->out, zh ? "  " STR_FMT "，" STR_FMT "：%lld 件\n" : "  " STR_FMT ", " STR_FMT ": %lld reports\n",
                        STR_ARG(subject_name(a, t, f->again[i].subject)), STR_ARG(place_name(t, f->again[i].grid)), (long long)f->again[i].reports);
}

int report_standing(struct args *a)
{
        ASKING_AUTO q = { 0 };
        struct standings all = { 0 };
        struct standing_figures f = { 0 };
        int rc = asking_begin(a, &q);
        if (rc == EXIT_FINE)
                rc = told_by(&q, standing_list(&q.ctx, &all));
        rc = asking_named(&q, rc); /* which subjects lie below which, the town says */
        if (rc == EXIT_FINE)
                rc = told_by(&q, store_read_begin(q.world.store, &q.ctx.tx, q.ctx.err));
        if (rc == EXIT_FINE)
                rc = told_by(&q, insight_standing(&q.ctx, q.town, &all, &f));
        asking_read_end(&q);
        if (rc != EXIT_FINE)
                return rc;
        if (!arg_has(a, "json")) {
                print_all(a, q.town, &all, &f);
                return EXIT_FINE;
        }
        BUF_AUTO text = BUF(16u << 20);
        struct json j = json_to(&text);
        standing_view_all(&j, q.town, &all, &f);
        tell_buf(a, &text);
        return EXIT_FINE;
}
