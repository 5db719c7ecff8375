#include "town/inner/check.h"

/* What stands in for a fault while a town tries things out. The first row whose rule begins the finding's decides;
 * without words the error stays an error. */
static const struct standin {
        const char *rule;
        bool by_fallback; /* it is the fallback unit, so that must be in order itself */
        struct say say;
} standins[] = {
        { "grid.parse", false, { 0 } },
        { "grid.crs", false, { 0 } },
        { "grid.type", false, { 0 } },
        { "grid.too-many", false, { 0 } },
        { "grid.index", false, { 0 } },
        { "grid.overlap", false, { "重叠处归代码较小的网格", "the lower code takes what overlaps" } },
        { "grid.duplicate", false, { "以第一个为准", "the first one stands" } },
        { "grid.invalid", false, { "按奇偶规则判断内外", "inside and outside are told by the even-odd rule" } },
        { "grid.",
          true,
          { "落在该处的归邻近网格，或由兜底单位核实地点",
            "the nearest grid takes it, or the fallback unit places it" } },
        { "place.",
          true,
          { "该行不装入，由兜底单位核实地点", "the row is left out; the fallback unit places what falls there" } },
        { "thing.", true, { "不按设施管理者派单", "the thing's keeper is not asked first" } },
        { "alias.", true, { "该叫法不用，由兜底单位核实地点", "the name is not used; the fallback unit places what is called so" } },
        { "agreement.", true, { "该约定不生效", "the agreement is not used" } },
        { "subject.", true, { "该行不装入或按默认值读取", "the row is left out or read with defaults" } },
        { "duty.no-lead", false, { 0 } },
        { "duty.too-many", false, { 0 } },
        { "duty.limit-long",
          false,
          { "法定时限另行计时，先到先上报", "the statutory clock runs beside and goes up first" } },
        { "duty.tie",
          true,
          { "由兜底单位先行牵头并会商", "the fallback unit leads for the time being, with a joint look" } },
        { "duty.",
          true,
          { "该行不用，由其他行或兜底单位牵头", "the row is not used; another row or the fallback unit leads" } },
        { "org.kind", false, { 0 } },
        { "org.relation", false, { 0 } },
        { "org.reach", false, { 0 } },
        { "org.parent", false, { "该单位按没有上级处理", "the unit counts as one without a superior" } },
        { "org.depth", false, { "该单位按没有上级处理", "the unit counts as one without a superior" } },
        { "org.code-twice", false, { "以第一行为准", "the first row stands" } },
        { "org.credit", false, { "不用该信用代码", "the credit code is not used" } },
        { "staff.login-twice", false, { "以第一行为准", "the first row stands" } },
        { "staff.until", false, { "按在职处理", "the person counts as in service" } },
        { "post.grid-worker", false, { 0 } },
        { "post.too-many", false, { 0 } },
        { "post.", true, { "该岗位的事项由上一级岗位或兜底单位接手", "the post above or the fallback unit takes it" } },
        { "roster.", true, { "该班次不用，由兜底单位值守", "the shift is not used; the fallback unit keeps watch" } },
        { "calendar.", false, { "该行不用，按全国日历计算", "the row is not used; the national calendar counts" } },
        { "notice.", false, { "这种消息用产品自带的文字", "the product's own words stand in for this notice" } },
        { "retention.", false, { "以第一行为准", "the first row stands" } },
        { "procedure.right-unheld", false, { 0 } },
        { "procedure.too-long",
          false,
          { "法定时限另行计时，先到先上报", "the statutory clock runs beside and goes up first" } },
        { "procedure.", false, { "用产品自带的流程", "the product's own procedure is used" } },
};

static const struct standin *standin_of(const struct finding *f)
{
        for (size_t i = 0; i < COUNT(standins); i++)
                if (strncmp(f->rule, standins[i].rule, strlen(standins[i].rule)) == 0)
                        return standins[i].say.zh ? &standins[i] : NULL;
        return NULL;
}

/* Of the procedures only a file of the town has the product's to stand in for it. */
static bool replaced(const struct finding *f)
{
        return strncmp(f->rule, "procedure.", 10) != 0 || strcmp(f->rule, "procedure.too-long") == 0 ||
               str_starts(f->file, STR("procedures/"));
}

static bool fallback_in_order(const struct findings *f)
{
        for (size_t i = 0; i < f->n; i++)
                if (f->row[i].severity == SEV_ERROR && strcmp(f->row[i].rule, "town.fallback") == 0)
                        return false;
        return true;
}

void relax_findings(const struct town *t, struct findings *f)
{
        bool fallback = fallback_in_order(f) && org_find(&t->orgs, t->fallback);
        for (size_t i = 0; i < f->n; i++) {
                struct finding *x = &f->row[i];
                const struct standin *s = x->severity == SEV_ERROR && replaced(x) ? standin_of(x) : NULL;
                if (!s || (s->by_fallback && !fallback))
                        continue;
                x->severity = SEV_WARNING;
                x->zh = str_printf(f->arena, "【试运行：%s】" STR_FMT, s->say.zh, STR_ARG(x->zh));
                x->en = str_printf(f->arena, "[trial: %s] " STR_FMT, s->say.en, STR_ARG(x->en));
                f->errors--;
                f->warnings++;
        }
}
