/* api/figures_api.c — behind and around the figures: the matters a number was counted from, the course of time, when and where, and
 * every table to take away. */
#include <assert.h>
#include <stdio.h>
#include "api/cursor.h"
#include "api/matter_view.h"
#include "api/period.h"
#include "api/routes.h"
#include "api/table_out.h"
#include "insight/course.h"
#include "insight/drill.h"
#include "insight/forms.h"
#include "insight/sources.h"
#include "matter/source.h"

static bool late(void *req)
{
        return request_late(req);
}

/* The groups of all tables under their own names; each table knows some of them. */
static const char *const group_words[] = { "all", "unit", "grid", "subject", "duty", "lead", NULL };

static int group_in(struct request *req, const char *const *names, const char *word, int *ret)
{
        for (*ret = 0; names[*ret]; (*ret)++)
                if (!strcmp(names[*ret], word))
                        return OK;
        return err_set(&req->err, ERR_RULE, "by", "这张表不这样分", "This table is not grouped that way");
}

/* @by < 0: as the table is grouped by itself. */
static int group_of(struct request *req, enum drill_table table, int by, int *ret)
{
        static const char *const none[] = { "all", NULL };
        const char *const *names[DRILL_TABLES] = {
                [DRILL_RATES] = rate_group_names, [DRILL_FLOW] = flow_group_names, [DRILL_RETURNS] = returns_group_names,
                [DRILL_SOURCES] = none, [DRILL_COOPERATION] = cooperation_group_names,
        };
        *ret = 0;
        return by < 0 ? OK : group_in(req, names[table], group_words[by], ret);
}

/* ---- the matters behind a number ----------------------------------------------------------------------------------------- */

enum { CASES_FROM, CASES_TO, CASES_BY, CASES_TABLE, CASES_KEY, CASES_FIGURE, CASES_LIMIT, CASES_CURSOR, CASES_FIELDS };
static const struct field cases_query[] = {
        FIELDS_OF_PERIOD,
        [CASES_BY] = { .name = "by", .type = FIELD_ENUM, .choices = group_words, .help = { "与该表相同的分组", "The groups of that table" } },
        [CASES_TABLE] = { .name = "table", .type = FIELD_ENUM, .required = true, .choices = drill_words, .help = { "哪张表", "Which table" } },
        [CASES_KEY] = { .name = "key", .type = FIELD_STR, .max = 64, .help = { "只看这一行（代码）；不填为全部", "Only that row (its code); all when left out" } },
        [CASES_FIGURE] = { .name = "figure", .type = FIELD_STR, .required = true, .min = 1, .max = 64,
                           .help = { "哪个数，照该表答复里的写法：matters，honest.response.numerator，hops.1，upheld …；三率另有 missed", "Which figure, as that table's answer writes it: matters, honest.response.numerator, hops.1, upheld …; rates also have missed" } },
        [CASES_LIMIT] = { .name = "limit", .type = FIELD_INT, .min = 1, .max = MATTER_LIST_MAX, .help = { "条数，默认 50", "How many, 50 by default" } },
        [CASES_CURSOR] = FIELD_CURSOR,
        [CASES_FIELDS] = { 0 },
};
static_assert(CASES_FROM == (int)PERIOD_FROM && CASES_TO == (int)PERIOD_TO && CASES_BY == (int)PERIOD_BY, "view_period reads them");

static const struct member case_members[] = {
        { .name = "answered", .type = FIELD_INSTANT, .null = true },
        { .name = "closed", .type = FIELD_INSTANT, .null = true },
        { .name = "reopened", .type = FIELD_INT },
        { 0 },
};
static const struct shape case_shape = { "CountedMatter", case_members, &matter_item_shape };
static const struct member cases_members[] = {
        { .name = "count", .type = FIELD_INT, .help = { "一共几件，看不到的也算", "How many in all, also those out of reach" } },
        { .name = "items", .type = FIELD_LIST, .of = &case_shape },
        { .name = "next", .type = FIELD_STR, .null = true },
        { 0 },
};
static const struct shape cases_shape = { NULL, cases_members, NULL };

static int show_case(struct request *req, const struct town *t, int64_t id, struct json *j, size_t *shown)
{
        struct matter m;
        struct scope_object object;
        int rc = matter_get(&req->ctx, id, &m);
        if (rc != OK)
                return rc == ERR_NONE ? OK : rc;
        matter_scope(t, &m, &object);
        if (!(house_rights_over(req, &object) & right_bit(RIGHT_MATTER_READ)))
                return OK;
        struct matter_item item = { .id = m.id, .rev = m.rev, .state = m.state, .subject = m.subject, .level = m.level, .grid = m.grid, .path = m.path, .unit = m.unit,
                                    .unit_path = m.unit_path, .assist = m.assist, .called = m.called, .post = m.post, .holder = m.holder, .respondent = m.respondent,
                                    .open = m.open, .urgent = m.urgent, .raised = m.raised, .voices = m.voices, .cause = m.cause, .opened = m.opened, .due = m.due };
        json_open(j);
        matter_view_item_members(j, t, &item);
        json_kinstant(j, "answered", m.answered);
        json_kinstant(j, "closed", m.closed);
        json_kint(j, "reopened", m.reopened);
        json_close(j);
        (*shown)++;
        return OK;
}

static int cases(struct request *req)
{
        const struct values *q = &req->query;
        struct drill_in in = { .table = (enum drill_table)value_choice(q, CASES_TABLE, 0), .one = value_given(q, CASES_KEY), .key = value_str(q, CASES_KEY),
                               .figure = value_str(q, CASES_FIGURE) };
        struct drill found;
        struct tx *tx;
        int64_t before = INT64_MAX;
        size_t max = (size_t)value_int(q, CASES_LIMIT, MATTER_LIST_MAX), shown = 0, i = 0;
        view_period(req, &in.from, &in.to);
        int rc = view_cell_reader(req, &in.reader);
        if (rc == OK)
                rc = group_of(req, in.table, value_choice(q, CASES_BY, -1), &in.by);
        if (rc == OK)
                rc = request_tx(req, &tx);
        if (rc == OK)
                rc = request_page(req, CASES_CURSOR, &before, 1);
        if (rc == OK)
                rc = insight_drill(&req->ctx, &in, late, req, &found);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kint(&j, "count", (int64_t)found.n);
        json_key(&j, "items");
        json_list(&j);
        for (; i < found.n && rc == OK && shown < max && !request_late(req); i++)
                if (found.matter[i] < before)
                        rc = show_case(req, in.reader.town, found.matter[i], &j, &shown);
        json_end(&j);
        request_next(req, &j, i < found.n ? &found.matter[i - (i > 0)] : NULL, 1);
        json_close(&j);
        return rc;
}

/* ---- the course of time, and when and where ------------------------------------------------------------------------------- */

enum { TREND_STEP = PERIOD_BY, TREND_FIELDS };
static const struct field trend_query[] = {
        FIELDS_OF_PERIOD,
        [TREND_STEP] = { .name = "step", .type = FIELD_ENUM, .choices = course_words, .help = { "按日（默认）、周或月", "By day (default), week or month" } },
        [TREND_FIELDS] = { 0 },
};

static const struct member trend_row_members[] = {
        { .name = "from", .type = FIELD_DAY },  { .name = "to", .type = FIELD_DAY },     { .name = "opened", .type = FIELD_INT },
        { .name = "reopened", .type = FIELD_INT, .help = { "其中后来反映未解决的", "Of those opened, said to be not solved later" } },
        { .name = "closed", .type = FIELD_INT }, { .name = "due", .type = FIELD_INT, .help = { "承诺在这段时间答复的", "Answers promised for then" } },
        { .name = "kept", .type = FIELD_INT },  { .name = "late", .type = FIELD_INT },   { 0 },
};
static const struct shape trend_row_shape = { NULL, trend_row_members, NULL };
static const struct member trend_members[] = {
        { .name = "from", .type = FIELD_DAY }, { .name = "to", .type = FIELD_DAY }, { .name = "rows", .type = FIELD_LIST, .of = &trend_row_shape }, { 0 },
};
static const struct shape trend_shape = { "Trend", trend_members, NULL };

static int trend(struct request *req)
{
        const struct town *t;
        struct course out;
        struct day from, to;
        view_period(req, &from, &to);
        int rc = house_read(req, &t);
        if (rc == OK)
                rc = insight_course(&req->ctx, from, to, (enum course_step)value_choice(&req->query, TREND_STEP, COURSE_DAY), &out);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kday(&j, "from", from);
        json_kday(&j, "to", to);
        json_key(&j, "rows");
        json_list(&j);
        for (size_t i = 0; i < out.n; i++) {
                const struct course_row *r = &out.row[i];
                json_open(&j);
                json_kday(&j, "from", r->from);
                json_kday(&j, "to", r->to);
                json_kint(&j, "opened", r->opened);
                json_kint(&j, "reopened", r->reopened);
                json_kint(&j, "closed", r->closed);
                json_kint(&j, "due", r->due);
                json_kint(&j, "kept", r->kept);
                json_kint(&j, "late", r->late);
                json_close(&j);
        }
        json_end(&j);
        json_close(&j);
        return OK;
}

static const struct field heat_query[] = { FIELDS_OF_PERIOD, [PERIOD_BY] = { 0 } };

static const struct member heat_hour_members[] = {
        { .name = "hour", .type = FIELD_INT }, { .name = "n", .type = FIELD_INT },
        { .name = "few", .type = FIELD_BOOL, .help = { "有，但少于 few_below 件，不给数", "Some, but fewer than few_below: no number" } }, { 0 },
};
static const struct shape heat_hour_shape = { NULL, heat_hour_members, NULL };
static const struct member heat_row_members[] = {
        { .name = "grid", .type = FIELD_OBJECT, .of = &named_shape, .null = true }, { .name = "hours", .type = FIELD_LIST, .of = &heat_hour_shape }, { 0 },
};
static const struct shape heat_row_shape = { NULL, heat_row_members, NULL };
static const struct member heat_members[] = {
        { .name = "from", .type = FIELD_DAY }, { .name = "to", .type = FIELD_DAY }, { .name = "few_below", .type = FIELD_INT },
        { .name = "rows", .type = FIELD_LIST, .of = &heat_row_shape }, { 0 },
};
static const struct shape heat_shape = { "Heat", heat_members, NULL };

static int heat(struct request *req)
{
        const struct town *t;
        struct heat out;
        struct day from, to;
        view_period(req, &from, &to);
        int rc = house_read(req, &t);
        if (rc == OK)
                rc = insight_heat(&req->ctx, from, to, &out);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kday(&j, "from", from);
        json_kday(&j, "to", to);
        json_kint(&j, "few_below", CELL_WORKERS_MIN);
        json_key(&j, "rows");
        json_list(&j);
        for (size_t i = 0; i < out.n; i++) {
                const struct heat_cell *c = &out.row[i];
                if (i == 0 || !str_eq(c->grid, out.row[i - 1].grid)) {
                        json_open(&j);
                        view_place(&j, "grid", t, c->grid);
                        json_key(&j, "hours");
                        json_list(&j);
                }
                json_open(&j);
                json_kint(&j, "hour", c->hour);
                json_kint(&j, "n", c->n);
                json_kbool(&j, "few", c->few);
                json_close(&j);
                if (i + 1 == out.n || !str_eq(c->grid, out.row[i + 1].grid)) {
                        json_end(&j);
                        json_close(&j);
                }
        }
        json_end(&j);
        json_close(&j);
        return OK;
}

/* ---- what forms ask of people ---------------------------------------------------------------------------------------------- */

static const struct member form_count_members[] = {
        { .name = "name", .type = FIELD_STR }, { .name = "label", .type = FIELD_OBJECT, .of = &say_shape },
        { .name = "type", .type = FIELD_ENUM, .choices = form_type_words }, { .name = "required", .type = FIELD_BOOL },
        { .name = "filled", .type = FIELD_INT, .help = { "填了多少次", "In how many fillings" } },
        { .name = "of", .type = FIELD_INT, .help = { "其中还看得出填没填的共多少次", "Of those where it can still be told" } }, { 0 },
};
static const struct shape form_count_shape = { NULL, form_count_members, NULL };
static const struct member forms_row_members[] = {
        { .name = "procedure", .type = FIELD_OBJECT, .of = &named_shape, .null = true }, { .name = "action", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "times", .type = FIELD_INT, .maybe = true },
        { .name = "erased", .type = FIELD_INT, .maybe = true, .help = { "其中文字已删除，不计入下面三数", "Of those, the words are erased: not in the three that follow" } },
        { .name = "filled", .type = FIELD_INT, .maybe = true, .help = { "一共填了多少项", "Fields with a value, in all" } },
        { .name = "typed", .type = FIELD_INT, .maybe = true, .help = { "其中要打字的（文字、数字）", "Of those, what is typed: texts and numbers" } },
        { .name = "typed_each", .type = FIELD_NUMBER, .maybe = true, .null = true, .help = { "平均每次打字几项", "Typed on average" } },
        { .name = "fields", .type = FIELD_LIST, .of = &form_count_shape }, { 0 },
};
static const struct shape forms_row_shape = { "FormsRow", forms_row_members, &cell_shape };
static const struct member forms_members[] = {
        { .name = "from", .type = FIELD_DAY }, { .name = "to", .type = FIELD_DAY }, { .name = "few_below", .type = FIELD_INT },
        { .name = "counted", .type = FIELD_INT, .help = { "数了多少次填写", "How many fillings were counted" } },
        { .name = "whole", .type = FIELD_BOOL, .help = { "全部都数了；否则只数最新的", "All of them; else the newest alone" } },
        { .name = "rows", .type = FIELD_LIST, .of = &forms_row_shape }, { 0 },
};
static const struct shape forms_shape = { "Forms", forms_members, NULL };

static void form_name(struct json *j, const char *key, struct str code, struct say name)
{
        json_key(j, key);
        json_open(j);
        json_kstr(j, "code", code);
        view_say(j, "name", name);
        json_close(j);
}

static void forms_row(struct json *j, const struct forms_row *r)
{
        char key[2 * CLOCK_CODE_MAX + 2] = "";
        if (r->action) {
                snprintf(key, sizeof(key), STR_FMT "." STR_FMT, STR_ARG(r->procedure->code), STR_ARG(r->action->code));
                json_kc(j, "key", key);
                cell_json(j, r->cells, r->withheld);
                form_name(j, "procedure", r->procedure->code, r->procedure->name);
                form_name(j, "action", r->action->code, r->action->name);
        } else {
                json_kc(j, "key", "");
                cell_json(j, r->cells, r->withheld);
                json_kc(j, "procedure", NULL);
                json_kc(j, "action", NULL);
        }
        if (!r->withheld) {
                json_kint(j, "times", r->times);
                json_kint(j, "erased", r->erased);
                json_kint(j, "filled", r->filled);
                json_kint(j, "typed", r->typed);
                json_key(j, "typed_each");
                if (r->times > r->erased)
                        json_double(j, (double)r->typed / (double)(r->times - r->erased), 2);
                else
                        json_null(j);
        }
        json_key(j, "fields");
        json_list(j);
        for (size_t i = 0; i < r->n_fields; i++) {
                const struct procedure_field *f = r->field[i].field;
                json_open(j);
                json_kstr(j, "name", f->name);
                view_say(j, "label", f->label);
                json_kc(j, "type", form_type_words[f->type]);
                json_kbool(j, "required", f->required);
                json_kint(j, "filled", r->field[i].filled);
                json_kint(j, "of", r->field[i].of);
                json_close(j);
        }
        json_end(j);
}

static int forms(struct request *req)
{
        const struct town *t;
        struct forms out;
        struct day from, to;
        view_period(req, &from, &to);
        int rc = house_read(req, &t);
        if (rc == OK)
                rc = insight_forms(&req->ctx, t, from, to, late, req, &out);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kday(&j, "from", from);
        json_kday(&j, "to", to);
        json_kint(&j, "few_below", CELL_WORKERS_MIN);
        json_kint(&j, "counted", out.counted);
        json_kbool(&j, "whole", out.whole);
        json_key(&j, "rows");
        json_list(&j);
        for (size_t i = 0; i < out.n; i++) {
                json_open(&j);
                forms_row(&j, &out.row[i]);
                json_close(&j);
        }
        json_end(&j);
        json_close(&j);
        return OK;
}

/* ---- tables to take away --------------------------------------------------------------------------------------------------- */

struct taking { struct request *req; const struct town *t; struct cell_reader reader; struct day from, to; int by; bool zh; struct table_out *out; };

static struct str name_in(const struct taking *k, struct str zh, struct str en)
{
        return k->zh || en.n == 0 ? zh : en;
}

static struct str unit_name(const struct taking *k, struct str code)
{
        const struct org *o = org_find(&k->t->orgs, code);
        return o ? o->name : code;
}

static struct str key_name(const struct taking *k, const char *group, struct str code)
{
        const struct place *p;
        if (!strcmp(group, "unit") || !strcmp(group, "lead"))
                return unit_name(k, code);
        if (!strcmp(group, "grid"))
                return (p = place_find(&k->t->places, code)) ? p->name : code;
        if (!strcmp(group, "subject")) {
                uint32_t at = subject_find(&k->t->subjects, code);
                return at == SUBJECT_NONE ? code : name_in(k, k->t->subjects.row[at].name_zh, k->t->subjects.row[at].name_en);
        }
        return code;
}

/* The first two columns: code and name; a joined row says so instead. */
static void head_cells(const struct taking *k, struct cell_out *c, const char *group, struct str key, int64_t cells)
{
        if (cells > 1 || (cells == 1 && key.n == 0 && strcmp(group, "all"))) {
                c[1] = cell_text(str_of(k->zh ? "其他（人少，合并）" : "Others (few people, joined)"));
                return;
        }
        c[0] = cell_text(key);
        c[1] = cell_text(key_name(k, group, key));
}

static int table_rates(struct taking *k)
{
        static const char *const zh[] = { "代码", "名称", "件数", "超期未答", "未评价", "重办", "响应率（官方）", "解决率（官方）", "满意率（官方）", "按时率（官方）",
                                          "响应率（如实）", "解决率（如实）", "满意率（如实）", "按时率（如实）", "按时分子（如实）", "按时分母（如实）", NULL };
        static const char *const en[] = { "Code", "Name", "Matters", "Open overdue", "Unrated", "Reopened", "Response (official)", "Solved (official)", "Satisfied (official)", "On time (official)",
                                          "Response (honest)", "Solved (honest)", "Satisfied (honest)", "On time (honest)", "On time numerator", "On time denominator", NULL };
        struct rates r;
        struct rates_in in = { .from = k->from, .to = k->to, .group = (enum rate_group)k->by, .reader = k->reader };
        int rc = insight_rates(&k->req->ctx, &in, &r);
        table_begin(k->out, k->req->ctx.arena, "rates", k->zh ? zh : en);
        for (size_t i = 0; rc == OK && i < r.n; i++) {
                const struct rates_row *row = &r.row[i];
                struct cell_out *c = table_row(k->out);
                if (!c)
                        return OK;
                head_cells(k, c, rate_group_names[in.group], row->key, row->cells);
                if (row->withheld)
                        continue;
                const int64_t n[] = { row->matters, row->open_overdue, row->unrated, row->reopened };
                const struct rate *share[] = { &row->official.response, &row->official.solution, &row->official.satisfaction, &row->official.on_time,
                                               &row->honest.response, &row->honest.solution, &row->honest.satisfaction, &row->honest.on_time };
                for (size_t x = 0; x < COUNT(n); x++)
                        c[2 + x] = cell_int(n[x]);
                for (size_t x = 0; x < COUNT(share); x++)
                        c[6 + x] = cell_share(share[x]->numerator, share[x]->denominator);
                c[14] = cell_int(row->honest.on_time.numerator);
                c[15] = cell_int(row->honest.on_time.denominator);
        }
        return rc;
}

static int table_flow(struct taking *k)
{
        static const char *const zh[] = { "代码", "名称", "已派", "一次派准", "首派准确率", "一个单位", "两个", "三个", "四个及以上", "未联系上", "已答复", "重办", NULL };
        static const char *const en[] = { "Code", "Name", "Sent", "Straight", "First dispatch right", "One unit", "Two", "Three", "Four and more", "Not contacted", "Answered", "Reopened", NULL };
        struct flow f;
        struct flow_in in = { .from = k->from, .to = k->to, .group = (enum flow_group)k->by, .reader = k->reader };
        int rc = insight_flow(&k->req->ctx, &in, late, k->req, &f);
        table_begin(k->out, k->req->ctx.arena, "flow", k->zh ? zh : en);
        for (size_t i = 0; rc == OK && i < f.n; i++) {
                const struct flow_figures *x = &f.row[i].f;
                struct cell_out *c = table_row(k->out);
                if (!c)
                        return OK;
                head_cells(k, c, flow_group_names[in.group], f.row[i].key, f.row[i].cells);
                if (f.row[i].withheld)
                        continue;
                const int64_t n[] = { x->hops[0], x->hops[1], x->hops[2], x->hops[3], x->not_contacted, x->answered, x->reopened };
                c[2] = cell_int(x->sent);
                c[3] = cell_int(x->straight);
                c[4] = cell_share(x->straight, x->sent);
                for (size_t y = 0; y < COUNT(n); y++)
                        c[5 + y] = cell_int(n[y]);
        }
        return rc;
}

static int table_returns(struct taking *k)
{
        static const char *const zh[] = { "代码", "名称", "退单", "成立", "驳回", "待裁定", "耽误小时", NULL };
        static const char *const en[] = { "Code", "Name", "Returned", "Upheld", "Overruled", "Waiting", "Hours lost", NULL };
        struct returns r;
        struct returns_in in = { .from = k->from, .to = k->to, .group = (enum returns_group)k->by, .reader = k->reader };
        int rc = insight_returns(&k->req->ctx, &in, &r);
        table_begin(k->out, k->req->ctx.arena, "returns", k->zh ? zh : en);
        for (size_t i = 0; rc == OK && i < r.n; i++) {
                const struct returns_row *row = &r.row[i];
                struct cell_out *c = table_row(k->out);
                if (!c)
                        return OK;
                head_cells(k, c, returns_group_names[in.group], row->key, row->cells);
                if (row->withheld)
                        continue;
                const int64_t n[] = { row->returned, row->upheld, row->overruled, row->waiting, row->lost_us / US_PER_HOUR };
                for (size_t x = 0; x < COUNT(n); x++)
                        c[2 + x] = cell_int(n[x]);
        }
        return rc;
}

static int table_sources(struct taking *k)
{
        static const char *const zh[] = { "代码", "来源", "来件", "未结", "已答复", "已结", "重办", NULL };
        static const char *const en[] = { "Code", "Source", "Opened", "Open", "Answered", "Closed", "Reopened", NULL };
        struct sources s;
        int rc = insight_sources(&k->req->ctx, k->from, k->to, &s);
        table_begin(k->out, k->req->ctx.arena, "sources", k->zh ? zh : en);
        for (size_t i = 0; rc == OK && i < s.n; i++) {
                const struct sources_row *row = &s.row[i];
                struct cell_out *c = table_row(k->out);
                enum source at = source_find(row->source);
                if (!c)
                        return OK;
                const int64_t n[] = { row->opened, row->still_open, row->answered, row->closed, row->again };
                c[0] = cell_text(row->source);
                c[1] = cell_text(at < SOURCES ? str_of(say_in(source_kinds[at].name, k->req->ctx.lang)) : row->source);
                for (size_t x = 0; x < COUNT(n); x++)
                        c[2 + x] = cell_int(n[x]);
        }
        return rc;
}

static int table_cooperation(struct taking *k)
{
        static const char *const zh[] = { "代码", "名称", "吹哨", "取消", "未结", "强制推进", "按时报到", "超时报到", "按时答复", "超时答复", NULL };
        static const char *const en[] = { "Code", "Name", "Called in", "Cancelled", "Open", "Not waited for", "Reported in time", "Reported late", "Answered in time", "Answered late", NULL };
        struct cooperation o;
        struct cooperation_in in = { .from = k->from, .to = k->to, .group = (enum cooperation_group)k->by, .reader = k->reader };
        int rc = insight_cooperation(&k->req->ctx, &in, &o);
        table_begin(k->out, k->req->ctx.arena, "cooperation", k->zh ? zh : en);
        for (size_t i = 0; rc == OK && i < o.n; i++) {
                const struct cooperation_row *row = &o.row[i];
                struct cell_out *c = table_row(k->out);
                if (!c)
                        return OK;
                head_cells(k, c, "unit", row->key, row->cells);
                if (row->withheld)
                        continue;
                const int64_t n[] = { row->asked, row->cancelled, row->open, row->overridden, row->report_kept, row->report_missed, row->answer_kept, row->answer_missed };
                for (size_t x = 0; x < COUNT(n); x++)
                        c[2 + x] = cell_int(n[x]);
        }
        return rc;
}

static int table_trend(struct taking *k)
{
        static const char *const zh[] = { "从", "到", "来件", "重办", "办结", "应答复", "按时答复", "超期", NULL };
        static const char *const en[] = { "From", "To", "Opened", "Reopened", "Closed", "Due", "Kept", "Late", NULL };
        struct course o;
        int rc = insight_course(&k->req->ctx, k->from, k->to, COURSE_DAY, &o);
        table_begin(k->out, k->req->ctx.arena, "trend", k->zh ? zh : en);
        for (size_t i = 0; rc == OK && i < o.n; i++) {
                const struct course_row *row = &o.row[i];
                struct cell_out *c = table_row(k->out);
                char day[11];
                if (!c)
                        return OK;
                const int64_t n[] = { row->opened, row->reopened, row->closed, row->due, row->kept, row->late };
                c[0] = cell_text(str_dup(k->req->ctx.arena, str_of(day_format(row->from, day))));
                c[1] = cell_text(str_dup(k->req->ctx.arena, str_of(day_format(row->to, day))));
                for (size_t x = 0; x < COUNT(n); x++)
                        c[2 + x] = cell_int(n[x]);
        }
        return rc;
}

static int table_heat(struct taking *k)
{
        static const char *const zh[] = { "网格代码", "网格", "小时", "件数", NULL };
        static const char *const en[] = { "Grid code", "Grid", "Hour", "Matters", NULL };
        struct heat o;
        int rc = insight_heat(&k->req->ctx, k->from, k->to, &o);
        table_begin(k->out, k->req->ctx.arena, "heat", k->zh ? zh : en);
        for (size_t i = 0; rc == OK && i < o.n; i++) {
                struct cell_out *c = table_row(k->out);
                if (!c)
                        return OK;
                c[0] = cell_text(o.row[i].grid);
                c[1] = cell_text(key_name(k, "grid", o.row[i].grid));
                c[2] = cell_int(o.row[i].hour);
                c[3] = o.row[i].few ? cell_text(str_of("<5")) : cell_int(o.row[i].n);
        }
        return rc;
}

static int table_forms(struct taking *k)
{
        static const char *const zh[] = { "代码", "表单", "填写次数", "文字已删", "填写项数", "打字项数", "栏目", "必填", "该栏填写次数", "该栏可计次数", NULL };
        static const char *const en[] = { "Code", "Form", "Times", "Erased", "Filled in", "Typed", "Field", "Required", "Field filled", "Field counted", NULL };
        struct forms o;
        int rc = insight_forms(&k->req->ctx, k->t, k->from, k->to, late, k->req, &o);
        table_begin(k->out, k->req->ctx.arena, "forms", k->zh ? zh : en);
        for (size_t i = 0; rc == OK && i < o.n; i++) {
                const struct forms_row *r = &o.row[i];
                struct cell_out *c = table_row(k->out);
                const int64_t n[] = { r->times, r->erased, r->filled, r->typed };
                if (!c)
                        return OK;
                c[0] = r->action ? cell_text(r->action->code) : c[0];
                c[1] = cell_text(str_of(r->action ? say_in(r->action->name, k->req->ctx.lang) : k->zh ? "其他（填写的人少，合并）" : "Others (few people, joined)"));
                for (size_t x = 0; x < COUNT(n) && !r->withheld; x++)
                        c[2 + x] = cell_int(n[x]);
                for (size_t x = 0; x < r->n_fields && (c = table_row(k->out)); x++) {
                        c[0] = cell_text(r->action->code);
                        c[6] = cell_text(str_of(say_in(r->field[x].field->label, k->req->ctx.lang)));
                        c[7] = cell_int(r->field[x].field->required);
                        c[8] = cell_int(r->field[x].filled);
                        c[9] = cell_int(r->field[x].of);
                }
        }
        return rc;
}

enum { EXPORT_FROM, EXPORT_TO, EXPORT_BY, EXPORT_TABLE, EXPORT_FORMAT, EXPORT_FIELDS };
static const char *const export_tables[] = { "rates", "flow", "returns", "sources", "cooperation", "trend", "heat", "forms", NULL };
static int (*const table_of[])(struct taking *) = { table_rates, table_flow, table_returns, table_sources, table_cooperation, table_trend, table_heat, table_forms };
static const struct field export_query[] = {
        FIELDS_OF_PERIOD,
        [EXPORT_BY] = { .name = "by", .type = FIELD_ENUM, .choices = group_words, .help = { "与该表相同的分组", "The groups of that table" } },
        [EXPORT_TABLE] = { .name = "table", .type = FIELD_ENUM, .required = true, .choices = export_tables, .help = { "哪张表", "Which table" } },
        [EXPORT_FORMAT] = { .name = "format", .type = FIELD_ENUM, .required = true, .choices = table_formats,
                            .help = { "csv（UTF-8 带 BOM）、csv-gb18030（老版本 Excel、WPS）或 xlsx", "csv (UTF-8 with a mark), csv-gb18030 (old spreadsheets) or xlsx" } },
        [EXPORT_FIELDS] = { 0 },
};

static int export(struct request *req)
{
        const struct values *q = &req->query;
        struct table_out out;
        struct taking k = { .req = req, .zh = req->ctx.lang == LANG_ZH, .out = &out };
        int table = value_choice(q, EXPORT_TABLE, 0), by = value_choice(q, EXPORT_BY, -1);
        struct tx *tx;
        view_period(req, &k.from, &k.to);
        int rc = view_cell_reader(req, &k.reader);
        if (rc == OK && table < DRILL_TABLES)
                rc = group_of(req, (enum drill_table)table, by, &k.by);
        else if (rc == OK && by >= 0)
                rc = err_set(&req->err, ERR_RULE, "by", "这张表不分组", "This table is not grouped");
        if (rc == OK)
                rc = request_tx(req, &tx);
        k.t = k.reader.town;
        if (rc == OK)
                rc = table_of[table](&k);
        return rc == OK ? table_answer(req, &out, (enum table_format)value_choice(q, EXPORT_FORMAT, 0)) : rc;
}

static const struct route figures_routes[] = {
        { .name = "figures.cases", .method = HTTP_GET, .path = "/api/figures/cases", .may = RIGHT_REPORT_READ, .scope = SCOPE_LIST, .run_on = RUN_READ,
          .query = cases_query, .run = cases, .answer = &cases_shape, .help = { "某个数是由哪些事项数出来的，限我能看到的", "The matters that a figure was counted from, within my reach" } },
        { .name = "figures.trend", .method = HTTP_GET, .path = "/api/figures/trend", .may = RIGHT_REPORT_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .query = trend_query, .run = trend, .answer = &trend_shape, .help = { "来件、办结、应答复和按时答复，按日、周、月", "What came in, ended, was due and kept, by day, week or month" } },
        { .name = "figures.heat", .method = HTTP_GET, .path = "/api/figures/heat", .may = RIGHT_REPORT_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .query = heat_query, .run = heat, .answer = &heat_shape, .help = { "各网格一天各小时的来件；不足五件的只说“少量”", "When and where matters come in: grid and hour of the day; fewer than five only as few" } },
        { .name = "figures.forms", .method = HTTP_GET, .path = "/api/figures/forms", .may = RIGHT_REPORT_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .query = heat_query, .run = forms, .answer = &forms_shape, .help = { "各表单填了多少次、打了几项字、哪些栏没人填；按来件日期，不分人", "How often each form is filled in, how much is typed, which fields stay empty; by the day matters came in, never by person" } },
        { .name = "figures.export", .method = HTTP_GET, .path = "/api/figures/export", .may = RIGHT_REPORT_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .query = export_query, .answer_type = "application/octet-stream", .answer_max = (size_t)16 << 20, .run = export,
          .help = { "下载一张表：CSV 或 XLSX", "A table to take away: CSV or XLSX" } },
};
const struct route_table figures_route_table = ROUTES(figures_routes);
