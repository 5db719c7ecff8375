/* linli report tasks, cooperation: what units that were called in owe, and how units work together. */
#include "api/matter_view.h"
#include "app/report.h"
#include "app/tell.h"
#include "insight/cooperation.h"

static struct str unit_name(const struct town *t, struct str code)
{
        const struct org *o = org_find(&t->orgs, code);
        return o ? o->name : code;
}

/* ---- open tasks ------------------------------------------------------------------------------------------------------- */

/* All pages. The texts live in the arena of the command. */
static int read_tasks(struct asking *q, struct str unit, struct task_items *ret)
{
        struct task_filter f = { .unit = unit, .due = INSTANT_NONE, .max = MATTER_LIST_MAX };
        struct task_items page;
        *ret = (struct task_items){ 0 };
        do {
                int rc = matter_task_list(&q->ctx, &f, &page);
                if (rc != OK)
                        return rc;
                struct task_item *all = arena_array(q->a->arena, struct task_item, ret->n + page.n);
                if (ret->n)
                        memcpy(all, ret->row, ret->n * sizeof(*all));
                if (page.n)
                        memcpy(all + ret->n, page.row, page.n * sizeof(*all));
                *ret = (struct task_items){ all, ret->n + page.n };
                if (page.n) {
                        const struct task_item *last = &page.row[page.n - 1];
                        f.due = last->task.answer_due;
                        f.after = last->matter;
                        f.after_k = last->task.k;
                }
        } while (page.n == MATTER_LIST_MAX);
        return OK;
}

static void print_task(const struct args *a, const struct town *t, const struct task_item *i)
{
        const struct matter_task *k = &i->task;
        bool reported = k->state == TASK_REPORTED;
        struct instant due = reported ? k->answer_due : k->report_due;
        char at[40];
        fprintf(a->out,
                a->lang == LANG_ZH ? STR_FMT " " STR_FMT "：事项 %lld 第 %d 项，" STR_FMT "吹哨，%s，%s截止 %s%s\n"
                                   : STR_FMT " " STR_FMT ": matter %lld task %d, called in by " STR_FMT ", %s, to %s by %s%s\n",
                STR_ARG(unit_name(t, k->unit)), STR_ARG(k->unit), (long long)i->matter, (int)k->k, STR_ARG(unit_name(t, k->lead)),
                say_in(task_words[k->state].name, a->lang),
                say_in(reported ? (struct say){ "答复", "answer" } : (struct say){ "报到", "report in" }, a->lang), instant_format(due, at),
                due.us >= a->now.us ? "" : a->lang == LANG_ZH ? "，已超时" : ", overdue");
}

static void tasks_json(struct args *a, const struct town *t, const struct task_items *all)
{
        BUF_AUTO text = BUF(256u << 20);
        struct json j = json_to(&text);
        json_open(&j);
        json_key(&j, "items");
        json_list(&j);
        for (size_t i = 0; i < all->n; i++)
                task_view_item(&j, t, &all->row[i]);
        json_end(&j);
        json_close(&j);
        tell_buf(a, &text);
}

int report_tasks(struct args *a)
{
        ASKING_AUTO q = { 0 };
        struct task_items all;
        int rc = asking_begin(a, &q);
        if (rc == EXIT_FINE)
                rc = told_by(&q, read_tasks(&q, arg_text(a, "unit", ""), &all));
        rc = asking_named(&q, rc);
        if (rc != EXIT_FINE)
                return rc;
        if (arg_has(a, "unit") && !org_find(&q.town->orgs, arg_text(a, "unit", "")))
                return usage_error(a, "--unit", (struct say){ "没有这个单位", "there is no such unit" });
        if (arg_has(a, "json")) {
                tasks_json(a, q.town, &all);
                return EXIT_FINE;
        }
        if (all.n == 0)
                fputs(a->lang == LANG_ZH ? "没有待报到、待答复的任务\n" : "no open tasks\n", a->out);
        for (size_t i = 0; i < all.n; i++)
                print_task(a, q.town, &all.row[i]);
        return EXIT_FINE;
}

/* ---- figures ---------------------------------------------------------------------------------------------------------- */

static void name_unit(struct json *j, struct str code, void *town)
{
        json_kstr(j, "name", unit_name(town, code));
}

static void print_rating(const struct args *a, const struct cooperation_row *r)
{
        if (r->rated == 0)
                fputs(a->lang == LANG_ZH ? "，未评价\n" : ", not rated\n", a->out);
        else
                fprintf(a->out, a->lang == LANG_ZH ? "，配合 %.1f（%lld 次评价）\n" : ", cooperation %.1f (%lld ratings)\n",
                        (double)r->rating_sum / (double)r->rated, (long long)r->rated);
}

static void print_cooperation(const struct args *a, const struct town *t, const struct cooperation_in *in, const struct cooperation *c)
{
        char from[11], to[11];
        const char *zh = in->group == COOPERATION_BY_UNIT ? "%s 至 %s 的吹哨报到，按被吹哨的单位\n" : "%s 至 %s 的吹哨报到，按吹哨的单位\n";
        const char *en = in->group == COOPERATION_BY_UNIT ? "Units called in from %s to %s\n" : "Units that called others in from %s to %s\n";
        fprintf(a->out, a->lang == LANG_ZH ? zh : en, day_format(in->from, from), day_format(in->to, to));
        if (c->n == 0)
                fputs(a->lang == LANG_ZH ? "没有吹哨\n" : "none\n", a->out);
        for (size_t i = 0; i < c->n; i++) {
                const struct cooperation_row *r = &c->row[i];
                if (cells_told_withheld(a, r->cells, r->withheld))
                        continue;
                fprintf(a->out,
                        a->lang == LANG_ZH ? STR_FMT " " STR_FMT
                                             "：吹哨 %lld 次（另撤销 %lld），按时报到 %lld、迟报 %lld，按时答复 %lld、逾期 %lld，未等答复 %lld，未完 %lld"
                                           : STR_FMT " " STR_FMT ": %lld asked (%lld more called off), reported in on time %lld, late %lld, answered "
                                                     "on time %lld, late %lld, not waited for %lld, open %lld",
                        STR_ARG(cells_name(a, r->cells, unit_name(t, r->key))), STR_ARG(r->key), (long long)r->asked, (long long)r->cancelled, (long long)r->report_kept,
                        (long long)r->report_missed, (long long)r->answer_kept, (long long)r->answer_missed, (long long)r->overridden,
                        (long long)r->open);
                print_rating(a, r);
        }
}

static int read_in(struct args *a, struct cooperation_in *ret)
{
        struct str by = arg_text(a, "by", cooperation_group_names[COOPERATION_BY_UNIT]);
        int rc = period_arg(a, &ret->from, &ret->to);
        if (rc != EXIT_FINE)
                return rc;
        for (int g = 0; g < COOPERATION_GROUPS; g++) {
                if (!str_is(by, cooperation_group_names[g]))
                        continue;
                ret->group = (enum cooperation_group)g;
                return EXIT_FINE;
        }
        return usage_error(a, "--by", (struct say){ "应为 unit 或 lead", "unit or lead" });
}

int report_cooperation(struct args *a)
{
        ASKING_AUTO q = { 0 };
        struct cooperation_in in = { 0 };
        struct cooperation out;
        int rc = read_in(a, &in);
        if (rc == EXIT_FINE)
                rc = asking_in_town(a, &q, &in.reader);
        if (rc == EXIT_FINE)
                rc = told_by(&q, insight_cooperation(&q.ctx, &in, &out));
        if (rc != EXIT_FINE)
                return rc;
        if (!arg_has(a, "json")) {
                print_cooperation(a, q.town, &in, &out);
                return EXIT_FINE;
        }
        BUF_AUTO text = BUF(64u << 20);
        struct json j = json_to(&text);
        cooperation_json(&j, &in, &out, true, name_unit, q.town);
        tell_buf(a, &text);
        return EXIT_FINE;
}

/* ---- a letter --------------------------------------------------------------------------------------------------------- */

int report_letter(struct args *a)
{
        ASKING_AUTO q = { 0 };
        struct matter m;
        struct matter_task k;
        struct str words;
        int64_t id, number;
        if (a->n_at != 2 || str_int(a->at[1], 1, INT64_MAX, &id) != OK)
                return usage_error(a, NULL, (struct say){ "需要事项编号", "the matter's id is needed" });
        int rc = arg_int(a, "task", 1, 1, MATTER_TASKS_MAX, &number);
        if (rc == EXIT_FINE)
                rc = asking_begin(a, &q);
        if (rc == EXIT_FINE)
                rc = told_by(&q, matter_get(&q.ctx, id, &m));
        if (rc == EXIT_FINE)
                rc = told_by(&q, matter_task_get(&q.ctx, &m, number, &k, &words));
        rc = asking_named(&q, rc);
        if (rc != EXIT_FINE)
                return rc;
        BUF_AUTO text = BUF(1u << 20);
        task_letter(&text, q.town, &m, &k, words, a->lang);
        fwrite(text.p, 1, text.n, a->out);
        return EXIT_FINE;
}
