/* api/report_api.c — open figures, and search for staff. */
#include "api/cursor.h"
#include "api/matter_view.h"
#include "api/period.h"
#include "api/routes.h"
#include "insight/rates.h"
#include "insight/flow.h"
#include "insight/returns.h"
#include "insight/search.h"
#include "insight/sources.h"

/* ---- the three rates -------------------------------------------------------------------------------------------------- */

static const struct field rates_query[] = {
        FIELDS_OF_PERIOD,
        [PERIOD_BY] = { .name = "by", .type = FIELD_ENUM, .choices = rate_group_names, .help = { "按单位、网格或事项分", "By unit, grid or subject" } },
        [PERIOD_FIELDS] = { 0 },
};

/* As insight/rates_json.c writes it. */
static const struct member rate_members[] = {
        { .name = "withheld", .type = FIELD_BOOL, .help = { "评价的人不足五个，不对外公布：下面除 rate（为 null）外都没有", "Fewer than five people rated, so it is not told to everybody: rate is null, and none of the rest is there" } },
        { .name = "rate", .type = FIELD_NUMBER, .null = true, .help = { "四位小数；没有分母、不公布为 null", "Four digits; null without a denominator, and where it is withheld" } },
        { .name = "low", .type = FIELD_NUMBER, .maybe = true, .help = { "95% 区间的下端；没有分母为 0", "Low end of the 95 % band; 0 without a denominator" } },
        { .name = "high", .type = FIELD_NUMBER, .maybe = true, .help = { "上端；没有分母为 1", "Its high end; 1 without a denominator" } },
        { .name = "numerator", .type = FIELD_INT, .maybe = true },
        { .name = "denominator", .type = FIELD_INT, .maybe = true },
        { .name = "excluded", .type = FIELD_INT, .maybe = true },
        { .name = "partly", .type = FIELD_INT, .maybe = true },
        { 0 },
};
static const struct shape rate_shape = { "Rate", rate_members, NULL };

static const struct member reading_members[] = {
        { .name = "response", .type = FIELD_OBJECT, .of = &rate_shape },
        { .name = "solution", .type = FIELD_OBJECT, .of = &rate_shape },
        { .name = "satisfaction", .type = FIELD_OBJECT, .of = &rate_shape },
        { .name = "on_time", .type = FIELD_OBJECT, .of = &rate_shape },
        { 0 },
};
static const struct shape reading_shape = { "Reading", reading_members, NULL };

static const struct member rates_row_members[] = {
        { .name = "unit", .type = FIELD_OBJECT, .of = &named_shape, .maybe = true, .null = true },
        { .name = "grid", .type = FIELD_OBJECT, .of = &named_shape, .maybe = true, .null = true },
        { .name = "subject", .type = FIELD_OBJECT, .of = &named_shape, .maybe = true, .null = true },
        { .name = "matters", .type = FIELD_INT, .maybe = true },
        { .name = "open_overdue", .type = FIELD_INT, .maybe = true },
        { .name = "unrated", .type = FIELD_INT, .maybe = true },
        { .name = "reopened", .type = FIELD_INT, .maybe = true },
        { .name = "called", .type = FIELD_INT, .maybe = true },
        { .name = "unreachable", .type = FIELD_INT, .maybe = true },
        { .name = "moved", .type = FIELD_INT, .maybe = true },
        { .name = "shelved", .type = FIELD_INT, .maybe = true },
        { .name = "ended_unanswered", .type = FIELD_INT, .maybe = true },
        { .name = "official", .type = FIELD_OBJECT, .of = &reading_shape, .maybe = true },
        { .name = "honest", .type = FIELD_OBJECT, .of = &reading_shape, .maybe = true },
        { 0 },
};
static const struct shape rates_row_shape = { "RatesRow", rates_row_members, &cell_shape };

static const struct member rates_members[] = {
        { .name = "from", .type = FIELD_DAY },
        { .name = "to", .type = FIELD_DAY },
        { .name = "by", .type = FIELD_ENUM, .choices = rate_group_names },
        { .name = "end", .type = FIELD_INSTANT, .null = true },
        { .name = "as_of", .type = FIELD_INSTANT, .null = true },
        { .name = "lag_seals", .type = FIELD_INT },
        { .name = "parked", .type = FIELD_INT },
        { .name = "rank_min", .type = FIELD_INT, .help = { "分母少于此数的不排序", "A rate over fewer is never put in an order" } },
        { .name = "rows", .type = FIELD_LIST, .of = &rates_row_shape },
        { 0 },
};
static const struct shape rates_shape = { "Rates", rates_members, NULL };

static void name_of(struct json *j, const char *key, enum rate_group group, struct str code, void *town)
{
        const struct town *t = town;
        if (group == RATE_BY_UNIT)
                view_org(j, key, t, code);
        else if (group == RATE_BY_GRID)
                view_place(j, key, t, code);
        else if (group == RATE_BY_SUBJECT)
                view_subject(j, key, t, code);
}

static int rates(struct request *req)
{
        const struct values *q = &req->query;
        struct rates out;
        struct tx *tx;
        struct rates_in in = { .group = (enum rate_group)value_choice(q, PERIOD_BY, RATE_ALL) };
        in.everybody = !(req->who.rights & right_bit(RIGHT_REPORT_READ));
        view_period(req, &in.from, &in.to);
        int rc = view_cell_reader(req, &in.reader);
        if (rc == OK)
                rc = request_tx(req, &tx);
        if (rc == OK)
                rc = insight_rates(&req->ctx, &in, &out);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        rates_json(&j, &in, &out, name_of, (void *)(uintptr_t)in.reader.town);
        return OK;
}

/* ---- what was returned ------------------------------------------------------------------------------------------------ */

static const struct field returns_query[] = {
        FIELDS_OF_PERIOD,
        [PERIOD_BY] = { .name = "by", .type = FIELD_ENUM, .choices = returns_group_names, .help = { "按退单单位（默认）或清单条目分", "By the unit that returned it (default) or the duty row" } },
        [PERIOD_FIELDS] = { 0 },
};

/* As insight/returns.c writes it. */
static const struct member returns_row_members[] = {
        { .name = "unit", .type = FIELD_OBJECT, .of = &named_shape, .maybe = true, .null = true },
        { .name = "title", .type = FIELD_STR, .maybe = true, .help = { "清单条目的名称", "Title of the duty row" } },
        { .name = "returned", .type = FIELD_INT, .maybe = true },
        { .name = "upheld", .type = FIELD_INT, .maybe = true },
        { .name = "overruled", .type = FIELD_INT, .maybe = true },
        { .name = "waiting", .type = FIELD_INT, .maybe = true },
        { .name = "lost_hours", .type = FIELD_NUMBER, .maybe = true },
        { 0 },
};
static const struct shape returns_row_shape = { "ReturnsRow", returns_row_members, &cell_shape };

static const struct member returns_members[] = {
        { .name = "from", .type = FIELD_DAY },
        { .name = "to", .type = FIELD_DAY },
        { .name = "by", .type = FIELD_ENUM, .choices = returns_group_names },
        { .name = "rows", .type = FIELD_LIST, .of = &returns_row_shape },
        { 0 },
};
static const struct shape returns_shape = { "Returns", returns_members, NULL };

static void name_returner(struct json *j, enum returns_group group, struct str code, void *town)
{
        const struct town *t = town;
        uint32_t duty = group == RETURNS_BY_DUTY ? duty_find(&t->duties, code) : DUTY_NONE;
        if (group == RETURNS_BY_UNIT)
                view_org(j, "unit", t, code);
        else
                json_kstr(j, "title", duty == DUTY_NONE ? STR("") : t->duties.row[duty].title);
}

static int returns(struct request *req)
{
        const struct values *q = &req->query;
        struct returns out;
        struct tx *tx;
        struct returns_in in = { .group = (enum returns_group)value_choice(q, PERIOD_BY, RETURNS_BY_UNIT) };
        view_period(req, &in.from, &in.to);
        int rc = view_cell_reader(req, &in.reader);
        if (rc == OK)
                rc = request_tx(req, &tx);
        if (rc == OK)
                rc = insight_returns(&req->ctx, &in, &out);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        returns_json(&j, &in, &out, name_returner, (void *)(uintptr_t)in.reader.town);
        return OK;
}

/* ---- by which way they came ------------------------------------------------------------------------------------------- */

static const struct field sources_query[] = { FIELDS_OF_PERIOD, [PERIOD_BY] = { 0 } };

/* As insight/sources.c writes it. */
static const struct member sources_row_members[] = {
        { .name = "source", .type = FIELD_STR },
        { .name = "name", .type = FIELD_OBJECT, .of = &say_shape },
        { .name = "opened", .type = FIELD_INT },
        { .name = "open", .type = FIELD_INT },
        { .name = "answered", .type = FIELD_INT },
        { .name = "closed", .type = FIELD_INT },
        { .name = "reopened", .type = FIELD_INT },
        { 0 },
};
static const struct shape sources_row_shape = { "SourcesRow", sources_row_members, NULL };

static const struct member sources_members[] = {
        { .name = "from", .type = FIELD_DAY },
        { .name = "to", .type = FIELD_DAY },
        { .name = "rows", .type = FIELD_LIST, .of = &sources_row_shape },
        { 0 },
};
static const struct shape sources_shape = { "Sources", sources_members, NULL };

static int sources_by(struct request *req)
{
        struct sources out;
        struct tx *tx;
        struct day from, to;
        view_period(req, &from, &to);
        int rc = request_tx(req, &tx);
        if (rc == OK)
                rc = insight_sources(&req->ctx, from, to, &out);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        sources_json(&j, from, to, &out);
        return OK;
}

/* ---- how they find their unit ------------------------------------------------------------------------------------------ */

static const struct field flow_query[] = {
        FIELDS_OF_PERIOD,
        [PERIOD_BY] = { .name = "by", .type = FIELD_ENUM, .choices = flow_group_names, .help = { "合计（默认）、按单位或按事项", "All (default), by unit or by subject" } },
        [PERIOD_FIELDS] = { 0 },
};

/* As insight/flow.c writes it. */
static const struct member flow_row_members[] = {
        { .name = "unit", .type = FIELD_OBJECT, .of = &named_shape, .maybe = true, .null = true },
        { .name = "subject", .type = FIELD_OBJECT, .of = &named_shape, .maybe = true, .null = true },
        { .name = "sent", .type = FIELD_INT, .maybe = true },
        { .name = "straight", .type = FIELD_INT, .maybe = true, .help = { "首派即中", "Right the first time" } },
        { .name = "hops", .type = FIELD_LIST, .item = FIELD_INT, .maybe = true, .help = { "流转 0、1、2… 次的件数", "How many took 0, 1, 2 … hops" } },
        { .name = "contact", .type = FIELD_LIST, .item = FIELD_INT, .maybe = true,
          .help = { "按 contact_hours 分档的件数，末档更久", "How many by contact_hours; the last: later" } },
        { .name = "not_contacted", .type = FIELD_INT, .maybe = true },
        { .name = "median_hours", .type = FIELD_INT, .maybe = true, .null = true },
        { .name = "answered", .type = FIELD_INT, .maybe = true },
        { .name = "reopened", .type = FIELD_INT, .maybe = true },
        { 0 },
};
static const struct shape flow_row_shape = { "FlowRow", flow_row_members, &cell_shape };

static const struct member flow_members[] = {
        { .name = "from", .type = FIELD_DAY },
        { .name = "to", .type = FIELD_DAY },
        { .name = "by", .type = FIELD_ENUM, .choices = flow_group_names },
        { .name = "contact_hours", .type = FIELD_LIST, .item = FIELD_INT },
        { .name = "rows", .type = FIELD_LIST, .of = &flow_row_shape },
        { 0 },
};
static const struct shape flow_shape = { "Flow", flow_members, NULL };

static void name_flow(struct json *j, enum flow_group group, struct str code, void *town)
{
        if (group == FLOW_BY_UNIT)
                view_org(j, "unit", town, code);
        else
                view_subject(j, "subject", town, code);
}

static bool late(void *req)
{
        return request_late(req);
}

static int flow(struct request *req)
{
        const struct values *q = &req->query;
        struct flow out;
        struct tx *tx;
        struct flow_in in = { .group = (enum flow_group)value_choice(q, PERIOD_BY, FLOW_ALL) };
        view_period(req, &in.from, &in.to);
        int rc = view_cell_reader(req, &in.reader);
        if (rc == OK)
                rc = request_tx(req, &tx);
        if (rc == OK)
                rc = insight_flow(&req->ctx, &in, late, req, &out);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        flow_json(&j, &in, &out, name_flow, (void *)(uintptr_t)in.reader.town);
        return OK;
}

enum { SEARCH_Q, SEARCH_CURSOR, SEARCH_FIELDS };
static const struct field search_query[] = {
        [SEARCH_Q] = { .name = "q", .type = FIELD_STR, .required = true, .min = 1, .max = 100, .help = { "要找的字词", "Words to look for" } },
        [SEARCH_CURSOR] = FIELD_CURSOR,
        [SEARCH_FIELDS] = { 0 },
};

static int show_found(struct request *req, const struct town *t, int64_t id, struct json *j)
{
        struct matter m;
        struct scope_object object;
        int rc = matter_get(&req->ctx, id, &m);
        if (rc == ERR_NONE)
                return OK;
        if (rc != OK)
                return rc;
        matter_scope(t, &m, &object);
        if (request_in_scope(req, m.id, &object) != OK)
                return OK;
        struct matter_item item = { .id = m.id, .rev = m.rev, .state = m.state, .subject = m.subject, .level = m.level, .grid = m.grid,
                                    .path = m.path, .unit = m.unit, .unit_path = m.unit_path, .assist = m.assist, .called = m.called, .post = m.post,
                                    .holder = m.holder, .respondent = m.respondent, .open = m.open, .urgent = m.urgent,
                                    .raised = m.raised, .voices = m.voices, .cause = m.cause, .opened = m.opened, .due = m.due };
        matter_view_item(j, t, &item);
        return OK;
}

static int search(struct request *req)
{
        const struct town *t;
        struct tx *tx;
        int64_t before = INT64_MAX, *ids;
        size_t n;
        int rc = house_town(req, &t);
        if (rc == OK)
                rc = request_tx(req, &tx);
        if (rc == OK)
                rc = request_page(req, SEARCH_CURSOR, &before, 1);
        if (rc == OK)
                rc = insight_search(&req->ctx, value_str(&req->query, SEARCH_Q), before, MATTER_LIST_MAX, &ids, &n);
        if (rc != OK)
                return rc;
        struct json j = request_items(req);
        for (size_t i = 0; i < n && rc == OK; i++)
                rc = show_found(req, t, ids[i], &j);
        json_end(&j);
        request_next(req, &j, n == MATTER_LIST_MAX ? &ids[n - 1] : NULL, 1);
        json_close(&j);
        return rc;
}

static const struct route report_routes[] = {
        { .name = "report.rates", .method = HTTP_GET, .path = "/api/rates", .may = RIGHT_PUBLIC, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .query = rates_query, .run = rates, .answer = &rates_shape, .help = { "响应率、解决率、满意率，官方口径和如实口径", "Response, solution and satisfaction rates, in the official and the honest reading" } },
        { .name = "report.returns", .method = HTTP_GET, .path = "/api/returns", .may = RIGHT_REPORT_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .query = returns_query, .run = returns, .answer = &returns_shape, .help = { "退单次数、裁定结果和耽误的时间，按单位或清单条目", "Returned matters, how the desk ruled and the time lost, by unit or duty row" } },
        { .name = "report.flow", .method = HTTP_GET, .path = "/api/flow", .may = RIGHT_REPORT_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .query = flow_query, .run = flow, .answer = &flow_shape,
          .help = { "首派准确率、流转次数、首次联系时间、重办率；不足五人的单元只给本人和督办看", "First-dispatch accuracy, hops, time to first contact, reopening; cells of fewer than five workers for them and their supervisor" } },
        { .name = "report.sources", .method = HTTP_GET, .path = "/api/sources", .may = RIGHT_REPORT_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .query = sources_query, .run = sources_by, .answer = &sources_shape, .help = { "各来源的件数和办理情况", "Matters of a period by the way they came: telephone, counter, grid worker …" } },
        { .name = "search", .method = HTTP_GET, .path = "/api/search", .may = RIGHT_MATTER_READ, .scope = SCOPE_LIST, .run_on = RUN_READ,
          .query = search_query, .run = search, .answer = &matter_item_shape, .answer_form = ANSWER_PAGE, .help = { "在我能看到的事项里找字词", "Words in the matters within my reach" } },
};
const struct route_table report_route_table = ROUTES(report_routes);
