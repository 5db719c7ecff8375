/* linli report: the figures, why a matter went where it went, and who would answer. */
#include "api/matter_view.h"
#include "app/command.h"
#include "app/report.h"
#include "app/tell.h"
#include "base/json.h"
#include "insight/orders.h"
#include "insight/rates.h"
#include "insight/returns.h"
#include "insight/sources.h"
#include "insight/why_text.h"
#include "matter/matter.h"
#include "matter/source.h"

static const struct option options[] = {
        OPTION_DB,
        OPTION_TOWN_CODE,
        { "from", "DAY", false, { "rates、returns、sources、upstream、flow、cooperation：第一天，默认 30 天前", "rates, returns, sources, upstream, flow, cooperation: first day; 30 days ago by default" } },
        { "to", "DAY", false, { "rates、returns、sources、upstream、flow、cooperation：最后一天，默认今天", "rates, returns, sources, upstream, flow, cooperation: last day; today by default" } },
        { "by",
          "GROUP",
          false,
          { "rates：unit 按单位、grid 按网格、subject 按事项、all 合计（默认）；returns：unit（默认）或 duty 按清单条目；flow：all（默认）、unit、subject；cooperation：unit（默认）或 lead 按吹哨的单位",
            "rates: unit, grid, subject or all (default); returns: unit (default) or duty; flow: all (default), unit, subject; cooperation: unit (default) or lead" } },
        { "unit", "CODE", false, { "tasks：只看这个单位", "tasks: of this unit only" } },
        { "task", "NUMBER", false, { "letter：第几项任务，默认 1", "letter: number of the task, 1 by default" } },
        { "town",
          "DIR",
          false,
          { "who-answers：用这个乡镇文件夹，不用数据库", "who-answers: ask this town folder instead of the store" } },
        { "subject", "CODE", false, { "who-answers：事项代码（必填）", "who-answers: code of the subject (needed)" } },
        { "lat", "DEGREES", false, { "who-answers：纬度", "who-answers: latitude" } },
        { "lon", "DEGREES", false, { "who-answers：经度", "who-answers: longitude" } },
        { "datum",
          "NAME",
          false,
          { "who-answers：wgs84（默认）、gcj02 或 bd09", "who-answers: wgs84 (default), gcj02 or bd09" } },
        { "place",
          "CODE",
          false,
          { "who-answers：地点代码，代替坐标", "who-answers: code of a place instead of a point" } },
        { "on",
          "DAY",
          false,
          { "who-answers：那一天由谁负责，默认今天", "who-answers: who answered on that day; today by default" } },
        OPTION_JSON,
        { 0 },
};

/* ---- rates ----------------------------------------------------------------------------------------------------------
 */

static struct str group_name(const struct args *a, const struct town *t, enum rate_group g, struct str code)
{
        const struct org *o = org_find(&t->orgs, code);
        const struct place *p = place_find(&t->places, code);
        uint32_t s = subject_find(&t->subjects, code);
        if (g == RATE_BY_UNIT && o)
                return o->name;
        if (g == RATE_BY_GRID && p)
                return p->name;
        if (g == RATE_BY_SUBJECT && s != SUBJECT_NONE)
                return a->lang == LANG_ZH ? t->subjects.row[s].name_zh : t->subjects.row[s].name_en;
        if (g == RATE_ALL)
                return a->lang == LANG_ZH ? STR("合计") : STR("All");
        return a->lang == LANG_ZH ? STR("未定") : STR("Not known");
}

struct naming {
        const struct args *a;
        const struct town *t;
};

static void name_json(struct json *j, const char *key, enum rate_group g, struct str code, void *arg)
{
        const struct naming *n = arg;
        (void)key;
        json_kstr(j, "name", group_name(n->a, n->t, g, code));
}

static void print_rate(const struct args *a, struct say name, const struct rate *r)
{
        fprintf(a->out, "  %s %lld/%lld", say_in(name, a->lang), (long long)r->numerator, (long long)r->denominator);
        if (r->denominator) {
                int64_t permille = (2000 * r->numerator + r->denominator) / (2 * r->denominator);
                fprintf(a->out, " %lld.%lld%%", (long long)(permille / 10), (long long)(permille % 10));
        }
        if (r->excluded)
                fprintf(a->out, a->lang == LANG_ZH ? "（剔除 %lld）" : " (%lld excluded)", (long long)r->excluded);
}

static void print_reading(const struct args *a, struct say name, const struct reading *r)
{
        fprintf(a->out, "  %s", say_in(name, a->lang));
        print_rate(a, (struct say){ "响应", "response" }, &r->response);
        print_rate(a, (struct say){ "解决", "solved" }, &r->solution);
        print_rate(a, (struct say){ "满意", "satisfied" }, &r->satisfaction);
        print_rate(a, (struct say){ "按时", "on time" }, &r->on_time);
        fputc('\n', a->out);
}

static void print_rates(const struct args *a, const struct town *t, const struct rates_in *in, const struct rates *r)
{
        char from[11], to[11], end[40];
        fprintf(a->out,
                a->lang == LANG_ZH ? "%s 至 %s 到期的事项，逾期截至 %s\n"
                                   : "Matters due from %s to %s; overdue as of %s\n",
                day_format(in->from, from), day_format(in->to, to), instant_format(r->end, end));
        for (size_t i = 0; i < r->n; i++) {
                const struct rates_row *row = &r->row[i];
                if (cells_told_withheld(a, row->cells, row->withheld))
                        continue;
                fprintf(a->out,
                        a->lang == LANG_ZH ? STR_FMT
                                "%s" STR_FMT
                                "：到期 %lld 件，逾期未办 %lld 件，办结未评价 %lld 件，重办 %lld 件，未答复即终结 %lld 件\n"
                                           : STR_FMT "%s" STR_FMT ": %lld due, %lld open and overdue, %lld closed "
                                                     "unrated, %lld taken up again, %lld ended without an answer\n",
                        STR_ARG(cells_name(a, row->cells, group_name(a, t, in->group, row->key))), row->key.n ? " " : "", STR_ARG(row->key),
                        (long long)row->matters, (long long)row->open_overdue, (long long)row->unrated, (long long)row->reopened,
                        (long long)row->ended);
                if (row->called + row->unreachable + row->moved + row->shelved > 0)
                        fprintf(a->out,
                                a->lang == LANG_ZH ? "  回访评价 %lld 件，无法回访 %lld 件，暂停或延期 %lld 件，挂账 %lld 件\n"
                                                   : "  %lld rated when called back, %lld unreachable, %lld paused or given more time, %lld shelved\n",
                                (long long)row->called, (long long)row->unreachable, (long long)row->moved, (long long)row->shelved);
                print_reading(a, (struct say){ "官方口径", "official" }, &row->official);
                print_reading(a, (struct say){ "如实口径", "honest  " }, &row->honest);
        }
        if (r->lag_seals > 0)
                fprintf(a->out,
                        a->lang == LANG_ZH ? "还有 %lld 批事件未计入\n"
                                           : "%lld batches of events are not counted in yet\n",
                        (long long)r->lag_seals);
        if (r->parked > 0)
                fprintf(a->out,
                        a->lang == LANG_ZH ? "有 %lld 件事项读取失败，未计入\n"
                                           : "%lld matters could not be read and are not counted\n",
                        (long long)r->parked);
}

static int read_rates_in(struct args *a, struct rates_in *ret)
{
        struct str by = arg_text(a, "by", "all");
        int rc = period_arg(a, &ret->from, &ret->to);
        if (rc != EXIT_FINE)
                return rc;
        if (ret->to.n < ret->from.n)
                return usage_error(a, "--to", (struct say){ "早于 --from", "it lies before --from" });
        if ((int64_t)ret->to.n - ret->from.n >= RATES_DAYS_MAX)
                return usage_error(a, "--to",
                                   (struct say){ "期间不能超过三年", "the period is longer than three years" });
        for (int g = 0; g < RATE_GROUPS; g++) {
                if (!str_is(by, rate_group_names[g]))
                        continue;
                ret->group = (enum rate_group)g;
                return EXIT_FINE;
        }
        return usage_error(a, "--by", (struct say){ "应为 unit、grid、subject 或 all", "unit, grid, subject or all" });
}

static int run_rates(struct args *a)
{
        ASKING_AUTO q = { 0 };
        struct rates_in in = { 0 };
        struct rates out;
        int rc = read_rates_in(a, &in);
        if (rc == EXIT_FINE)
                rc = asking_in_town(a, &q, &in.reader);
        if (rc == EXIT_FINE)
                rc = told_by(&q, insight_rates(&q.ctx, &in, &out));
        if (rc != EXIT_FINE)
                return rc;
        if (!arg_has(a, "json")) {
                print_rates(a, q.town, &in, &out);
                return EXIT_FINE;
        }
        BUF_AUTO text = BUF(64u << 20);
        struct json j = json_to(&text);
        rates_json(&j, &in, &out, name_json, &(struct naming){ a, q.town });
        tell_buf(a, &text);
        return EXIT_FINE;
}

/* ---- returns --------------------------------------------------------------------------------------------------------
 */

static struct str returner(const struct args *a, const struct town *t, enum returns_group g, struct str code)
{
        uint32_t duty = g == RETURNS_BY_DUTY ? duty_find(&t->duties, code) : DUTY_NONE;
        if (g == RETURNS_BY_UNIT)
                return group_name(a, t, RATE_BY_UNIT, code);
        if (duty != DUTY_NONE)
                return t->duties.row[duty].title;
        return a->lang == LANG_ZH ? STR("清单未载明") : STR("No row");
}

static void name_returner(struct json *j, enum returns_group g, struct str code, void *arg)
{
        const struct naming *n = arg;
        json_kstr(j, "name", returner(n->a, n->t, g, code));
}

static void print_returns(const struct args *a, const struct town *t, const struct returns_in *in, const struct returns *r)
{
        char from[11], to[11];
        fprintf(a->out, a->lang == LANG_ZH ? "%s 至 %s 的退单\n" : "Returned from %s to %s\n", day_format(in->from, from), day_format(in->to, to));
        if (r->n == 0)
                fputs(a->lang == LANG_ZH ? "没有退单\n" : "none\n", a->out);
        for (size_t i = 0; i < r->n; i++) {
                const struct returns_row *row = &r->row[i];
                if (cells_told_withheld(a, row->cells, row->withheld))
                        continue;
                fprintf(a->out,
                        a->lang == LANG_ZH ? STR_FMT " " STR_FMT "：退单 %lld 件，成立 %lld，驳回 %lld，待裁定 %lld，耽误 %.1f 小时\n"
                                           : STR_FMT " " STR_FMT ": %lld returned, %lld upheld, %lld overruled, %lld waiting, %.1f hours lost\n",
                        STR_ARG(cells_name(a, row->cells, returner(a, t, in->group, row->key))), STR_ARG(row->key), (long long)row->returned, (long long)row->upheld,
                        (long long)row->overruled, (long long)row->waiting, (double)row->lost_us / (double)US_PER_HOUR);
        }
}

static int read_returns_in(struct args *a, struct returns_in *ret)
{
        struct str by = arg_text(a, "by", returns_group_names[RETURNS_BY_UNIT]);
        int rc = period_arg(a, &ret->from, &ret->to);
        if (rc != EXIT_FINE)
                return rc;
        for (int g = 0; g < RETURNS_GROUPS; g++) {
                if (!str_is(by, returns_group_names[g]))
                        continue;
                ret->group = (enum returns_group)g;
                return EXIT_FINE;
        }
        return usage_error(a, "--by", (struct say){ "应为 unit 或 duty", "unit or duty" });
}

static int run_returns(struct args *a)
{
        ASKING_AUTO q = { 0 };
        struct returns_in in = { 0 };
        struct returns out;
        int rc = read_returns_in(a, &in);
        if (rc == EXIT_FINE)
                rc = asking_in_town(a, &q, &in.reader);
        if (rc == EXIT_FINE)
                rc = told_by(&q, insight_returns(&q.ctx, &in, &out));
        if (rc != EXIT_FINE)
                return rc;
        if (!arg_has(a, "json")) {
                print_returns(a, q.town, &in, &out);
                return EXIT_FINE;
        }
        BUF_AUTO text = BUF(64u << 20);
        struct json j = json_to(&text);
        returns_json(&j, &in, &out, name_returner, &(struct naming){ a, q.town });
        tell_buf(a, &text);
        return EXIT_FINE;
}

/* ---- sources --------------------------------------------------------------------------------------------------------
 */

static void print_sources(const struct args *a, struct day from, struct day to, const struct sources *s)
{
        char first[11], last[11];
        fprintf(a->out, a->lang == LANG_ZH ? "%s 至 %s 登记的事项，按来源\n" : "Opened from %s to %s, by source\n", day_format(from, first),
                day_format(to, last));
        if (s->n == 0)
                fputs(a->lang == LANG_ZH ? "没有事项\n" : "none\n", a->out);
        for (size_t i = 0; i < s->n; i++) {
                const struct sources_row *r = &s->row[i];
                enum source kind = source_find(r->source);
                fprintf(a->out,
                        a->lang == LANG_ZH ? "%s " STR_FMT "：%lld 件，在办 %lld，已答复 %lld，已结 %lld，重办 %lld\n"
                                           : "%s " STR_FMT ": %lld opened, %lld open, %lld answered, %lld closed, %lld taken up again\n",
                        kind < SOURCES ? say_in(source_kinds[kind].name, a->lang) : "?", STR_ARG(r->source), (long long)r->opened,
                        (long long)r->still_open, (long long)r->answered, (long long)r->closed, (long long)r->again);
        }
}

static int run_sources(struct args *a)
{
        ASKING_AUTO q = { 0 };
        struct sources out;
        struct day from, to;
        int rc = period_arg(a, &from, &to);
        if (rc == EXIT_FINE)
                rc = asking_begin(a, &q);
        if (rc == EXIT_FINE)
                rc = told_by(&q, insight_sources(&q.ctx, from, to, &out));
        if (rc != EXIT_FINE)
                return rc;
        if (!arg_has(a, "json")) {
                print_sources(a, from, to, &out);
                return EXIT_FINE;
        }
        BUF_AUTO text = BUF(1u << 20);
        struct json j = json_to(&text);
        sources_json(&j, from, to, &out);
        tell_buf(a, &text);
        return EXIT_FINE;
}

/* ---- upstream -------------------------------------------------------------------------------------------------------
 */

static void print_orders(const struct args *a, const struct town *t, struct day from, struct day to, const struct orders *o)
{
        char first[11], last[11];
        fprintf(a->out, a->lang == LANG_ZH ? "%s 至 %s 收到的上级派单\n" : "Orders from upstream sent from %s to %s\n", day_format(from, first),
                day_format(to, last));
        for (size_t i = 0; i < o->n; i++) {
                const struct orders_row *r = &o->row[i];
                const struct upstream *up = upstream_find(&t->upstreams, r->system);
                fprintf(a->out,
                        a->lang == LANG_ZH ? STR_FMT " " STR_FMT "：%lld 件，待回复 %lld；按时回复 %lld 次，超时回复 %lld 次，超时未回复 %lld 件；"
                                             "退回 %lld 次（收回 %lld，不同意 %lld）；重办 %lld 件；%d 天内到期 %lld 件，已过本地时限 %lld 件\n"
                                           : STR_FMT " " STR_FMT ": %lld orders, %lld open; answered in time %lld, late %lld, overdue and not answered %lld; "
                                                     "sent back %lld (taken back %lld, refused %lld); dealt with again %lld; due within %d days %lld, past our own "
                                                     "deadline %lld\n",
                        STR_ARG(r->system), STR_ARG(up ? a->lang == LANG_ZH ? up->name_zh : up->name_en : STR("")), (long long)r->orders, (long long)r->open,
                        (long long)r->kept, (long long)r->late, (long long)r->overdue, (long long)r->returned, (long long)r->taken_back, (long long)r->refused,
                        (long long)r->redone, ORDERS_SOON_DAYS, (long long)r->soon, (long long)r->past_ours);
        }
}

static int run_upstream(struct args *a)
{
        ASKING_AUTO q = { 0 };
        struct orders out;
        struct day from, to;
        int rc = period_arg(a, &from, &to);
        if (rc == EXIT_FINE)
                rc = asking_begin(a, &q);
        if (rc == EXIT_FINE)
                rc = told_by(&q, insight_orders(&q.ctx, from, to, &out));
        asking_read_end(&q);
        if (rc == EXIT_FINE)
                rc = told_by(&q, shelf_town(q.world.shelf, q.ctx.town, a->now, &q.town, &q.world.err));
        if (rc != EXIT_FINE)
                return rc;
        if (!arg_has(a, "json")) {
                print_orders(a, q.town, from, to, &out);
                return EXIT_FINE;
        }
        BUF_AUTO text = BUF(1u << 20);
        struct json j = json_to(&text);
        orders_json(&j, from, to, &out, NULL, NULL);
        tell_buf(a, &text);
        return EXIT_FINE;
}

/* ---- why ------------------------------------------------------------------------------------------------------------
 */

static int print_sentences(struct args *a, struct str why, const struct town *t)
{
        BUF_AUTO text = BUF(1u << 20);
        struct err err = { 0 };
        int rc = why_sentences(why, t, a->lang, &text);
        if (rc != OK) {
                err_set(&err, rc, "why", "存下的说明读不出来", "The stored explanation cannot be read");
                return fail(a, &err);
        }
        fwrite(text.p, 1, text.n, a->out);
        return EXIT_FINE;
}

static int64_t version_of(struct str why)
{
        static const struct str key = { "\"town_version\":", 15 };
        ptrdiff_t at = str_find(why, key);
        int64_t v = 0;
        for (size_t i = at < 0 ? why.n : (size_t)at + key.n; i < why.n && why.p[i] >= '0' && why.p[i] <= '9'; i++)
                v = 10 * v + why.p[i] - '0';
        return v;
}

static int run_why(struct args *a)
{
        ASKING_AUTO q = { 0 };
        struct matter m;
        struct str why;
        int64_t id;
        if (a->n_at != 2)
                return usage_error(a, NULL, (struct say){ "需要事项编号", "the matter's id is needed" });
        if (str_int(a->at[1], 1, INT64_MAX, &id) != OK)
                return usage_error(a, str_c(a->arena, a->at[1]),
                                   (struct say){ "不是事项编号", "not the id of a matter" });
        int rc = asking_begin(a, &q);
        if (rc == EXIT_FINE)
                rc = told_by(&q, matter_get(&q.ctx, id, &m));
        if (rc == EXIT_FINE)
                rc = told_by(&q, matter_why(&q.ctx, id, &why));
        asking_read_end(&q);
        if (rc != EXIT_FINE)
                return rc;
        if (arg_has(a, "json")) {
                fwrite(why.p, 1, why.n, a->out);
                fputc('\n', a->out);
                return EXIT_FINE;
        }
        rc = told_by(&q, shelf_town_version(q.world.shelf, q.ctx.town, version_of(why), a->now, &q.town, &q.world.err));
        return rc == EXIT_FINE ? print_sentences(a, why, q.town) : rc;
}

/* ---- who answers ----------------------------------------------------------------------------------------------------
 */

static int read_point(struct args *a, struct intake_in *in)
{
        in->has_point = arg_has(a, "lat");
        if (arg_has(a, "lat") != arg_has(a, "lon"))
                return usage_error(a, NULL, (struct say){ "--lat 和 --lon 要一起给", "--lat and --lon go together" });
        if (datum_parse(arg_text(a, "datum", "wgs84"), &in->datum) != OK)
                return usage_error(a, "--datum", (struct say){ "应为 wgs84、gcj02 或 bd09", "wgs84, gcj02 or bd09" });
        int rc = arg_double(a, "lat", 0, -90, 90, &in->point.lat);
        return rc == EXIT_FINE ? arg_double(a, "lon", 0, -180, 180, &in->point.lon) : rc;
}

/* What the HTTP route asks too: the subject, the place, the day; no words, nobody's name. */
static int read_question(struct args *a, struct intake_in *in, struct day *ret_on)
{
        *in = (struct intake_in){ .title = STR(""),
                                  .words = STR("--"),
                                  .subject = arg_text(a, "subject", ""),
                                  .place = arg_text(a, "place", ""),
                                  .accuracy_m = -1,
                                  .source = STR("web"),
                                  .anonymous = true };
        if (in->subject.n == 0)
                return usage_error(a, NULL, (struct say){ "需要 --subject", "--subject is needed" });
        if (arg_has(a, "town") && (arg_has(a, "db") || arg_has(a, "town-code")))
                return usage_error(
                        a, "--town",
                        (struct say){ "不能与 --db 或 --town-code 同用", "not together with --db or --town-code" });
        int rc = read_point(a, in);
        return rc == EXIT_FINE ? day_arg(a, "on", instant_day(a->now), ret_on) : rc;
}

static int tell_who(struct args *a, struct ctx *ctx, const struct town *t, const struct intake_in *in)
{
        struct intake k;
        int rc = intake_decide(ctx, t, in, &k);
        if (rc != OK)
                return fail(a, ctx->err->code ? ctx->err : &(struct err){ .code = rc });
        if (!arg_has(a, "json"))
                return print_sentences(a, k.why, t);
        BUF_AUTO text = BUF(1u << 20);
        struct json j = json_to(&text);
        intake_view(&j, t, &k, NULL, a->lang, a->arena);
        tell_buf(a, &text);
        return EXIT_FINE;
}

/* Noon stands for a day that is not today: the duty roster and office hours need an hour. */
static struct instant moment_of(const struct args *a, struct day on)
{
        bool today = instant_day(a->now).n == on.n;
        return today ? a->now : (struct instant){ day_start(on).us + 12 * US_PER_HOUR };
}

static int who_in_folder(struct args *a, const struct intake_in *in, struct day on)
{
        struct town *t = NULL;
        struct err err = { 0 };
        int rc = town_for_asking(a, arg_text(a, "town", ""), &t);
        if (rc != EXIT_FINE)
                return rc;
        struct ctx ctx = { .town = t->id,
                           .actor = { .kind = ACTOR_SYSTEM, .name = STR("") },
                           .now = moment_of(a, on),
                           .arena = a->arena,
                           .err = &err,
                           .chance = &chance_system,
                           .lang = a->lang };
        rc = tell_who(a, &ctx, t, in);
        town_unref(t);
        return rc;
}

static int run_who(struct args *a)
{
        ASKING_AUTO q = { 0 };
        struct intake_in in;
        struct day on;
        int rc = read_question(a, &in, &on);
        if (rc == EXIT_FINE && arg_has(a, "town"))
                return who_in_folder(a, &in, on);
        if (rc == EXIT_FINE)
                rc = asking_begin(a, &q);
        asking_read_end(&q);
        if (rc == EXIT_FINE)
                rc = told_by(&q, arg_has(a, "on")
                                         ? shelf_town_on(q.world.shelf, q.ctx.town, on, a->now, &q.town, &q.world.err)
                                         : shelf_town(q.world.shelf, q.ctx.town, a->now, &q.town, &q.world.err));
        if (rc != EXIT_FINE)
                return rc;
        q.ctx.now = moment_of(a, on);
        return tell_who(a, &q.ctx, q.town, &in);
}

/* ---- the command ----------------------------------------------------------------------------------------------------
 */

static const struct {
        const char *name;
        size_t most;          /* positional arguments */
        const char *takes[9]; /* options beside db, town-code and json */
        int (*run)(struct args *);
} reports[] = {
        { "rates", 1, { "from", "to", "by" }, run_rates },
        { "returns", 1, { "from", "to", "by" }, run_returns },
        { "sources", 1, { "from", "to" }, run_sources },
        { "flow", 1, { "from", "to", "by" }, report_flow },
        { "tasks", 1, { "unit" }, report_tasks },
        { "standing", 1, { 0 }, report_standing },
        { "cooperation", 1, { "from", "to", "by" }, report_cooperation },
        { "letter", 2, { "task" }, report_letter },
        { "upstream", 1, { "from", "to" }, run_upstream },
        { "why", 2, { 0 }, run_why },
        { "who-answers", 1, { "town", "subject", "lat", "lon", "datum", "place", "on" }, run_who },
};

static bool takes(size_t report, const char *option)
{
        static const char *const all[] = { "db", "town-code", "json" };
        for (size_t i = 0; i < COUNT(all); i++)
                if (strcmp(option, all[i]) == 0)
                        return true;
        for (const char *const *o = reports[report].takes; *o; o++)
                if (strcmp(option, *o) == 0)
                        return true;
        return false;
}

static int run(struct args *a)
{
        size_t r = 0;
        while (r < COUNT(reports) && !str_is(a->at[0], reports[r].name))
                r++;
        if (r == COUNT(reports))
                return usage_error(a, str_c(a->arena, a->at[0]),
                                   (struct say){ "应为 rates、returns、sources、upstream、flow、tasks、cooperation、standing、letter、why 或 who-answers",
                                                  "rates, returns, sources, upstream, flow, tasks, cooperation, letter, standing, why or who-answers" });
        if (a->n_at > reports[r].most)
                return usage_error(a, str_c(a->arena, a->at[1]), (struct say){ "多余的参数", "one argument too many" });
        for (size_t i = 0; i < a->n_given; i++)
                if (!takes(r, a->given[i].option->name))
                        return usage_error(
                                a, arena_printf(a->arena, "--%s", a->given[i].option->name),
                                (struct say){ "这份报告不用这个选项", "this report does not take this option" });
        return reports[r].run(a);
}

const struct verb cmd_report = {
        .name = "report",
        .usage = "rates|returns|sources|upstream|flow|cooperation [--from DAY] [--to DAY] [--by GROUP] | tasks [--unit CODE] | letter ID [--task NUMBER] | standing | why ID | who-answers --subject CODE [--lat DEGREES "
                 "--lon DEGREES | --place CODE]"
                 " [--on DAY] [--town DIR] [--db URL] [--town-code CODE] [--json]",
        .min_at = 1,
        .max_at = 2,
        .summary = { "指标、派单理由、谁来负责", "figures, why a matter went where it went, who answers" },
        .details = { "rates：响应率、解决率、满意率和按时率，官方口径与如实口径并列，都给出分子、分母和剔除数；如实口径"
                     "把逾期未办的全部计入。"
                     "returns：退单件数、裁定结果和耽误的时间，按单位或清单条目。"
                     "sources：按来源（网上、电话、窗口、网格员等）计件数和办理情况。"
                     "upstream：上级派单，按系统计按时、超时、退回、重办和即将到期。"
                     "flow：首派准确率、流转次数、首次联系时间、重办率；不足五人的单元并在一起。"
                     "tasks：吹哨后还没有报到或答复的任务，先到期的在前。cooperation：各单位被吹哨的次数、是否按时报到和答复、"
                     "双方对配合的评价；--by lead 按吹哨的单位。letter：给没有账号的单位的协助办理函，可打印。"
                     "standing：专项治理（每月一题），治理前后每月的来件；近三个月反复出现、可考虑立项的。"
                     "why：一件事项的派单理由；加 --json 原样输出存下的记录。"
                     "who-answers：这类事项在这个地点、这一天由谁负责，依据是什么。",
                     "rates: response, solution, satisfaction and on-time rates, official and honest side by side, "
                     "each with numerator, "
                     "denominator and exclusions; the honest reading counts all that is open and overdue. returns: what units returned, "
                     "how the desk ruled, and the time lost, by unit or duty row. sources: matters by the way they came, telephone, counter, grid worker and so on. upstream: orders from "
                     "above by system, in time, late, sent back, dealt with again, due soon. flow: how often the first dispatch was right, how many units it took, time to first contact, reopening; cells of fewer than five workers are added together. tasks: what "
                     "units called in still owe, what runs out first on top. cooperation: how often units were called in, whether they "
                     "reported in and answered on time, and how both sides rate working together. letter: the letter that asks a unit without an account, to print. standing: problems that come back, reports a month before the plan and since; and what comes back and might become one. why: the "
                     "reason a matter went "
                     "where it went; with --json the stored record, byte for byte. who-answers: who answers for a "
                     "subject at a place on a "
                     "day, and on what that rests." },
        .options = options,
        .run = run,
};
