#include "app/command.h"
#include "app/tell.h"
#include "base/due.h"
#include "base/json.h"

static const struct option options[] = {
        { "start", "DAY-or-INSTANT", false, { "起算的日期或时刻，如 2026-09-24 或 2026-09-24T16:30:00+08:00", "the day or instant it starts from" } },
        { "limit", "N", false, { "期限的数目，1 到 100000", "how many, 1 to 100000" } },
        { "unit", "UNIT", false, { "workday 工作日、day 自然日、month 月、workhour 工作小时、hour 小时", "workday, day, month, workhour or hour" } },
        { "roll", "HOW", false, { "none 不顺延（默认）；statutory 法定期限，末日为休息日的顺延", "none (default) or statutory: a last day that is a rest day moves on" } },
        { "pause", "FROM/TO", true, { "中止的时段，含起不含止，可多次", "a pause, from inclusive, to exclusive; may be given again" } },
        { "town", "DIR", false, { "用该乡镇的日历和办公时间", "use the calendar and office hours of this town folder" } },
        { "json", NULL, false, { "输出 JSON", "print JSON" } },
        { 0 },
};

static int bad(const struct args *a, const char *option, struct say why)
{
        return usage_error(a, option, why);
}

static int read_spec(struct args *a, struct due_span *pause, struct due_spec *ret)
{
        int64_t limit;
        enum due_unit unit;
        enum due_roll roll;
        size_t n = 0;
        if (!arg_has(a, "start") || !arg_has(a, "limit") || !arg_has(a, "unit"))
                return bad(a, NULL, (struct say){ "需要 --start、--limit 和 --unit", "--start, --limit and --unit are needed" });
        if (due_start_parse(arg_text(a, "start", ""), &ret->start) != OK)
                return bad(a, "--start", (struct say){ "不是存在的日期或时刻", "not a day or instant that exists" });
        int rc = arg_int(a, "limit", 0, 1, DUE_LIMIT_MAX, &limit);
        if (rc != EXIT_FINE)
                return rc;
        if (due_unit_parse(arg_text(a, "unit", ""), &unit) != OK)
                return bad(a, "--unit", (struct say){ "应为 workday、day、month、workhour 或 hour", "workday, day, month, workhour or hour" });
        if (due_roll_parse(arg_text(a, "roll", "none"), &roll) != OK)
                return bad(a, "--roll", (struct say){ "应为 none 或 statutory", "none or statutory" });
        for (size_t i = 0; i < a->n_given; i++) {
                if (strcmp(a->given[i].option->name, "pause") != 0)
                        continue;
                if (n == DUE_PAUSES_MAX || due_pause_parse(a->given[i].value, &pause[n++]) != OK)
                        return bad(a, "--pause", (struct say){ "应为 FROM/TO，且止不早于起", "needs FROM/TO, TO not before FROM" });
        }
        ret->limit = (int32_t)limit;
        ret->unit = unit;
        ret->roll = roll;
        ret->pause = pause;
        ret->n_pause = n;
        return EXIT_FINE;
}

static void print_json(struct args *a, const struct calendar *calendar, const struct due_steps *s)
{
        BUF_AUTO out = BUF(64u << 20);
        struct json j = json_to(&out);
        char day[11];
        json_open(&j);
        json_kinstant(&j, "due", s->due.at);
        json_kbool(&j, "provisional", s->due.provisional);
        json_kstr(&j, "calendar", calendar_version(calendar));
        json_key(&j, "steps");
        json_list(&j);
        for (size_t i = 0; i < s->n; i++) {
                json_open(&j);
                json_kc(&j, "date", day_format(s->row[i].date, day));
                json_kbool(&j, "counted", s->row[i].counted);
                json_kc(&j, "why", say_in(s->row[i].why, a->lang));
                json_close(&j);
        }
        json_end(&j);
        json_close(&j);
        tell_buf(a, &out);
}

static int run(struct args *a)
{
        struct due_span pause[DUE_PAUSES_MAX];
        struct due_spec spec = { 0 };
        struct err err = { 0 };
        struct due_steps steps;
        struct office_hours hours = office_hours_default;
        struct calendar *calendar = NULL;
        struct town *town = NULL;
        int rc = read_spec(a, pause, &spec);
        if (rc == EXIT_FINE && arg_has(a, "town"))
                rc = town_for_asking(a, arg_text(a, "town", ""), &town);
        if (rc != EXIT_FINE)
                return rc;
        if (town) {
                calendar = town->calendar;
                hours = town->hours;
        } else {
                calendar = calendar_build(a->arena, NULL, 0);
        }
        if (due_steps(a->arena, calendar, &hours, &spec, &steps, &err) != OK) {
                rc = bad(a, err.field, (struct say){ err.zh, err.en });
        } else if (arg_has(a, "json")) {
                print_json(a, calendar, &steps);
        } else {
                BUF_AUTO out = BUF(64u << 20);
                due_explain(calendar, &spec, &steps, a->lang, &out);
                fwrite(out.p, 1, out.n, a->out);
        }
        town_unref(town);
        return rc;
}

const struct verb cmd_when = {
        .name = "when",
        .usage = "--start DAY-or-INSTANT --limit N --unit UNIT [--roll none|statutory] [--pause FROM/TO]... [--town DIR] [--json]",
        .summary = { "算一个期限，并逐日说明", "compute a deadline and explain the count day by day" },
        .details = { "按国务院节假日安排（含调休）和本地日历计算期限。起算日不计入；以日、月计的期限到末日 23:59:59.999999 止；"
                     "以小时计的精确到微秒。超出已公布年份的结果标为暂定。",
                     "Counts with the State Council's holidays and make-up days and the town's own calendar. The start day is not "
                     "counted; day and month units end at 23:59:59.999999, hour units are exact. Beyond the published years the result "
                     "is marked provisional." },
        .options = options,
        .run = run,
};
