/* linli report flow: how matters find their unit, and how soon the reporter is spoken to. */
#include "app/report.h"
#include "app/tell.h"
#include "base/json.h"
#include "insight/flow.h"

struct naming {
        const struct args *a;
        const struct town *t;
};

static struct str code_name(const struct args *a, const struct town *t, enum flow_group g, struct str code)
{
        const struct org *o = g == FLOW_BY_UNIT ? org_find(&t->orgs, code) : NULL;
        uint32_t s = g == FLOW_BY_SUBJECT ? subject_find(&t->subjects, code) : SUBJECT_NONE;
        if (s != SUBJECT_NONE)
                return a->lang == LANG_ZH ? t->subjects.row[s].name_zh : t->subjects.row[s].name_en;
        return o ? o->name : code;
}

static struct str flow_name(const struct args *a, const struct town *t, enum flow_group g, const struct flow_row *r)
{
        if (g == FLOW_ALL)
                return a->lang == LANG_ZH ? STR("合计") : STR("All");
        return cells_name(a, r->cells, code_name(a, t, g, r->key));
}

static void name_flow(struct json *j, enum flow_group g, struct str code, void *arg)
{
        const struct naming *n = arg;
        json_kstr(j, "name", code_name(n->a, n->t, g, code));
}

static void print_flow_row(const struct args *a, const struct flow_figures *f)
{
        int32_t median = flow_median(f);
        fprintf(a->out,
                a->lang == LANG_ZH ? "：已派 %lld 件，一次派准 %lld，经 2/3/4 个以上单位 %lld/%lld/%lld，未联系 %lld，已答复 %lld，重办 %lld"
                                   : ": %lld sent, %lld straight, through 2/3/4 or more units %lld/%lld/%lld, %lld not contacted, %lld answered, %lld taken up again",
                (long long)f->sent, (long long)f->straight, (long long)f->hops[1], (long long)f->hops[2], (long long)f->hops[3], (long long)f->not_contacted,
                (long long)f->answered, (long long)f->reopened);
        if (median > 0)
                fprintf(a->out, a->lang == LANG_ZH ? "，首次联系半数在 %d 小时内" : ", half contacted within %d h", (int)median);
        else if (median < 0)
                fprintf(a->out, a->lang == LANG_ZH ? "，首次联系半数超过 %d 小时" : ", half contacted later than %d h", (int)flow_hours[FLOW_STEPS - 1]);
        fputc('\n', a->out);
}

static void print_flow(const struct args *a, const struct town *t, const struct flow_in *in, const struct flow *flow)
{
        char first[11], last[11];
        fprintf(a->out, a->lang == LANG_ZH ? "%s 至 %s 登记的事项，流转情况\n" : "Opened from %s to %s, how they found their unit\n",
                day_format(in->from, first), day_format(in->to, last));
        if (flow->n == 0)
                fputs(a->lang == LANG_ZH ? "没有事项\n" : "none\n", a->out);
        for (size_t i = 0; i < flow->n; i++) {
                const struct flow_row *r = &flow->row[i];
                if (cells_told_withheld(a, r->cells, r->withheld))
                        continue;
                fprintf(a->out, STR_FMT, STR_ARG(flow_name(a, t, in->group, r)));
                print_flow_row(a, &r->f);
        }
}

static int read_flow_in(struct args *a, struct flow_in *ret)
{
        struct str by = arg_text(a, "by", flow_group_names[FLOW_ALL]);
        int rc = period_arg(a, &ret->from, &ret->to);
        if (rc != EXIT_FINE)
                return rc;
        for (int g = 0; g < FLOW_GROUPS; g++) {
                if (!str_is(by, flow_group_names[g]))
                        continue;
                ret->group = (enum flow_group)g;
                return EXIT_FINE;
        }
        return usage_error(a, "--by", (struct say){ "应为 all、unit 或 subject", "all, unit or subject" });
}

int report_flow(struct args *a)
{
        ASKING_AUTO q = { 0 };
        struct flow_in in = { 0 };
        struct flow out;
        int rc = read_flow_in(a, &in);
        if (rc == EXIT_FINE)
                rc = asking_in_town(a, &q, &in.reader);
        if (rc == EXIT_FINE)
                rc = told_by(&q, insight_flow(&q.ctx, &in, NULL, NULL, &out));
        if (rc != EXIT_FINE)
                return rc;
        if (!arg_has(a, "json")) {
                print_flow(a, q.town, &in, &out);
                return EXIT_FINE;
        }
        BUF_AUTO text = BUF(64u << 20);
        struct json j = json_to(&text);
        flow_json(&j, &in, &out, name_flow, &(struct naming){ a, q.town });
        tell_buf(a, &text);
        return EXIT_FINE;
}
