/* api/list_api.c — lists of matters: of a grid, a unit, the town, and the boards of those who have to look at something. */
#include "api/cursor.h"
#include "api/matter_view.h"
#include "api/routes.h"
#include "matter/board.h"

enum { LIST_GRID, LIST_UNIT, LIST_CLOSED, LIST_BOARD, LIST_SUBJECT, LIST_LIMIT, LIST_CURSOR, LIST_FIELDS };
static const struct field list_query[] = {
        [LIST_GRID] = { .name = "grid", .type = FIELD_CODE, .help = { "网格代码：新的在前", "Grid: the newest first" } },
        [LIST_UNIT] = { .name = "unit", .type = FIELD_CODE, .help = { "单位代码：先到期的在前", "Unit: what runs out first on top" } },
        [LIST_CLOSED] = { .name = "closed", .type = FIELD_BOOL, .help = { "与 unit 同用：看已结的", "With unit: those that have ended" } },
        [LIST_BOARD] = { .name = "board", .type = FIELD_ENUM, .choices = board_words,
                         .help = { "看板：today 今日到期，overdue 已超期，triage 待定责、兜底，returned 退单待裁定，asked 申请待批，called 吹哨未结，paused 暂停，shelved 挂账，reopened 反映未解决，place_call 待联系核实地点，escalated 升级到我，mine 由我负责；可再加 grid、unit、subject；先到期的在前",
                                   "A board: due today, overdue, triage (to be placed, or with the fallback unit), returned, asked (to be decided), called (units called in), paused, shelved, reopened, place_call (to be asked where it is), escalated (gone up to me), mine; grid, unit and subject narrow it; what runs out first on top" } },
        [LIST_SUBJECT] = { .name = "subject", .type = FIELD_CODE, .help = { "与 board 同用：事项", "With board: a subject" } },
        [LIST_LIMIT] = { .name = "limit", .type = FIELD_INT, .min = 1, .max = MATTER_LIST_MAX, .help = { "条数，默认 50", "How many, 50 by default" } },
        [LIST_CURSOR] = FIELD_CURSOR,
        [LIST_FIELDS] = { 0 },
};

/* ---- plain lists ------------------------------------------------------------------------------------------------------ */

static int read_filter(struct request *req, struct matter_filter *f)
{
        const struct values *q = &req->query;
        int64_t at[2] = { 0 };
        *f = (struct matter_filter){ .grid = value_str(q, LIST_GRID), .unit = value_str(q, LIST_UNIT), .open = !value_bool(q, LIST_CLOSED, false),
                                     .before = INT64_MAX, .due = INSTANT_NONE, .max = (int32_t)value_int(q, LIST_LIMIT, MATTER_LIST_MAX) };
        if (f->grid.n && f->unit.n)
                return err_set(&req->err, ERR_RULE, "unit", "grid 和 unit 只能给一个", "Give grid or unit, not both");
        if (value_given(q, LIST_SUBJECT))
                return err_set(&req->err, ERR_RULE, "subject", "subject 只与 board 同用", "subject goes with board only");
        int rc = request_page(req, LIST_CURSOR, at, 2);
        if (rc != OK || !value_given(q, LIST_CURSOR))
                return rc;
        if (f->unit.n) {
                f->due = (struct instant){ at[0] };
                f->after = at[1];
        } else {
                f->before = at[1];
        }
        return rc;
}

static int plain_list(struct request *req, const struct town *t)
{
        struct matter_filter f;
        struct matter_items rows;
        int rc = read_filter(req, &f);
        if (rc == OK)
                rc = matter_list(&req->ctx, &f, &rows);
        if (rc != OK)
                return rc;
        struct json j = request_items(req);
        for (size_t i = 0; i < rows.n; i++) {
                const struct matter_item *m = &rows.row[i];
                struct scope_object object;
                matter_item_scope(t, m->path, m->unit_path, m->assist, m->called, m->respondent, &object);
                if (request_in_scope(req, m->id, &object) == OK)
                        matter_view_item(&j, t, m);
        }
        json_end(&j);
        const struct matter_item *last = rows.n == (size_t)f.max ? &rows.row[rows.n - 1] : NULL;
        request_next(req, &j, last ? (int64_t[]){ instant_is_none(last->due) ? 0 : last->due.us, last->id } : NULL, 2);
        json_close(&j);
        return OK;
}

/* ---- a board ---------------------------------------------------------------------------------------------------------- */

/* What the row's clocks run to first: the one that a person can still keep, or has missed. */
static void next_of(struct json *j, const struct town *t, const struct board_row *r)
{
        const struct procedure *p = town_procedure(t, r->proc);
        struct clock_set set;
        const struct clock *first = NULL;
        json_key(j, "next");
        if (clock_set_parse(r->clocks, &set) == OK)
                for (size_t i = 0; i < set.n; i++)
                        if (clock_runs(&set.row[i]) && (!first || set.row[i].due.us < first->due.us))
                                first = &set.row[i];
        int at = first ? procedure_clock_find(p, first->code) : -1;
        if (!first) {
                json_null(j);
                return;
        }
        json_open(j);
        json_kstr(j, "clock", first->code);
        if (at >= 0)
                view_say(j, "name", p->clock[at].name);
        json_kinstant(j, "due", first->due);
        json_close(j);
}

static const char *const mark_words[] = { "urgent", "overdue", "returned", "asked", "called", "paused", "shelved", "reopened", "raised", "place_call", NULL };

static const struct member next_clock_members[] = {
        { .name = "clock", .type = FIELD_STR },
        { .name = "name", .type = FIELD_OBJECT, .of = &say_shape, .maybe = true },
        { .name = "due", .type = FIELD_INSTANT },
        { 0 },
};
static const struct shape next_clock_shape = { NULL, next_clock_members, NULL };

/* A plain list has the members of a row alone, a board these too. */
static const struct member listed_members[] = {
        { .name = "next", .type = FIELD_OBJECT, .of = &next_clock_shape, .maybe = true, .null = true,
          .help = { "看板：最先到期的时限", "On a board: what runs out first" } },
        { .name = "marks", .type = FIELD_LIST, .item = FIELD_ENUM, .choices = mark_words, .maybe = true },
        { .name = "asked", .type = FIELD_STR, .maybe = true },
        { .name = "returned_by", .type = FIELD_OBJECT, .of = &named_shape, .maybe = true, .null = true },
        { .name = "returned", .type = FIELD_INSTANT, .maybe = true },
        { .name = "answered", .type = FIELD_INSTANT, .maybe = true, .null = true },
        { .name = "shelved_until", .type = FIELD_INSTANT, .maybe = true, .null = true },
        { .name = "reopened", .type = FIELD_INT, .maybe = true },
        { .name = "tasks_open", .type = FIELD_INT, .maybe = true },
        { 0 },
};
static const struct shape listed_shape = { "ListedMatter", listed_members, &matter_item_shape };

static void marks_of(struct json *j, const struct board_row *r, struct instant now)
{
        bool returned = !instant_is_none(r->returned_at) && instant_is_none(r->ruled_at);
        bool late = instant_is_none(r->answered) && instant_is_none(r->shelved_until) && !instant_is_none(r->item.due) && r->item.due.us < now.us;
        const bool is[] = { r->item.urgent, late, returned, r->asked.n > 0, r->tasks_open > 0, str_is(r->item.state, "paused"),
                            !instant_is_none(r->shelved_until), r->reopened > 0, r->item.raised > 0, r->place_call };
        json_key(j, "marks");
        json_list(j);
        for (size_t i = 0; i < COUNT(is); i++)
                if (is[i])
                        json_c(j, mark_words[i]);
        json_end(j);
}

static void row_view(struct json *j, const struct town *t, const struct board_row *r, struct instant now)
{
        json_open(j);
        matter_view_item_members(j, t, &r->item);
        next_of(j, t, r);
        marks_of(j, r, now);
        json_kstr(j, "asked", r->asked);
        if (!instant_is_none(r->returned_at) && instant_is_none(r->ruled_at)) {
                view_org(j, "returned_by", t, r->returned_by);
                json_kinstant(j, "returned", r->returned_at);
        }
        json_kinstant(j, "answered", r->answered);
        json_kinstant(j, "shelved_until", r->shelved_until);
        json_kint(j, "reopened", r->reopened);
        json_kint(j, "tasks_open", r->tasks_open);
        json_close(j);
}

static bool narrowed(const struct values *q, const struct matter_item *m)
{
        return (!value_given(q, LIST_GRID) || str_eq(m->grid, value_str(q, LIST_GRID))) &&
               (!value_given(q, LIST_UNIT) || str_eq(m->unit, value_str(q, LIST_UNIT))) &&
               (!value_given(q, LIST_SUBJECT) || str_eq(m->subject, value_str(q, LIST_SUBJECT)));
}

/* Whoever reaches a small part of the town would get page after page with a line or none; so an answer looks a few pages ahead, and no
 * further: it stays on the event loop. */
#define BOARD_PAGES 4

static int board_list(struct request *req, const struct town *t, enum board board)
{
        const struct values *q = &req->query;
        int64_t at[2] = { INT64_MIN + 1, 0 };
        size_t max = (size_t)value_int(q, LIST_LIMIT, MATTER_LIST_MAX), shown = 0;
        bool more = true;
        if (value_given(q, LIST_CLOSED))
                return err_set(&req->err, ERR_RULE, "closed", "看板上只有未结的", "What stands on a board is open");
        int rc = request_page(req, LIST_CURSOR, at, 2);
        struct json j = request_items(req);
        for (int k = 0; rc == OK && more && shown < max && k < BOARD_PAGES; k++) {
                struct board_query ask = { .board = board, .login = req->who.by == CRED_COOKIE ? req->who.login : STR(""), .fallback = t->fallback,
                                           .key = at[0], .after = at[1] };
                struct board_rows rows;
                rc = board_page(&req->ctx, &ask, &rows);
                more = rc == OK && rows.n == MATTER_LIST_MAX;
                for (size_t i = 0; rc == OK && i < rows.n; i++) {
                        const struct matter_item *m = &rows.row[i].item;
                        struct scope_object object;
                        if (shown == max) {
                                more = true;
                                break;
                        }
                        at[0] = rows.row[i].key;
                        at[1] = m->id;
                        matter_item_scope(t, m->path, m->unit_path, m->assist, m->called, m->respondent, &object);
                        if (!narrowed(q, m) || request_in_scope(req, m->id, &object) != OK)
                                continue;
                        row_view(&j, t, &rows.row[i], req->ctx.now);
                        shown++;
                }
        }
        json_end(&j);
        request_next(req, &j, more ? at : NULL, 2);
        json_close(&j);
        return rc;
}

static int list(struct request *req)
{
        const struct town *t;
        int board = value_choice(&req->query, LIST_BOARD, -1);
        int rc = house_read(req, &t);
        if (rc != OK)
                return rc;
        return board < 0 ? plain_list(req, t) : board_list(req, t, (enum board)board);
}

/* ---- all boards ------------------------------------------------------------------------------------------------------- */

static const struct member board_count_members[] = {
        { .name = "board", .type = FIELD_ENUM, .choices = board_words },
        { .name = "name", .type = FIELD_OBJECT, .of = &say_shape },
        { .name = "count", .type = FIELD_INT },
        { 0 },
};
static const struct shape board_count_shape = { NULL, board_count_members, NULL };

static const struct member board_counts_members[] = {
        { .name = "at", .type = FIELD_INSTANT },
        { .name = "boards", .type = FIELD_LIST, .of = &board_count_shape },
        { 0 },
};
static const struct shape board_counts_shape = { "BoardCounts", board_counts_members, NULL };

static int counts(struct request *req)
{
        const struct town *t;
        struct board_groups groups;
        int64_t n[BOARDS] = { 0 };
        int rc = house_read(req, &t);
        if (rc == OK)
                rc = board_counts(&req->ctx, req->who.by == CRED_COOKIE ? req->who.login : STR(""), t->fallback, &groups);
        if (rc != OK)
                return rc;
        for (size_t i = 0; i < groups.n; i++) {
                const struct board_group *g = &groups.row[i];
                struct scope_object object;
                matter_item_scope(t, g->path, g->unit_path, g->assist, g->called, g->respondent, &object);
                for (int b = 0; request_in_scope(req, 0, &object) == OK && b < BOARDS; b++)
                        n[b] += g->n[b];
        }
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kinstant(&j, "at", req->ctx.now);
        json_key(&j, "boards");
        json_list(&j);
        for (int b = 0; b < BOARDS; b++) {
                json_open(&j);
                json_kc(&j, "board", board_words[b]);
                view_say(&j, "name", board_name((enum board)b));
                json_kint(&j, "count", n[b]);
                json_close(&j);
        }
        json_end(&j);
        json_close(&j);
        return OK;
}

static const struct route list_routes[] = {
        { .name = "matter.list", .method = HTTP_GET, .path = "/api/matters", .may = RIGHT_MATTER_READ, .scope = SCOPE_LIST, .run_on = RUN_FAST,
          .query = list_query, .run = list, .answer = &listed_shape, .answer_form = ANSWER_PAGE, .help = { "我能看到的事项：按网格、单位、看板或全部", "Matters within my reach: of a grid, a unit, a board or all" } },
        { .name = "board.counts", .method = HTTP_GET, .path = "/api/boards", .may = RIGHT_MATTER_READ, .scope = SCOPE_LIST, .run_on = RUN_READ,
          .run = counts, .answer = &board_counts_shape, .help = { "各看板有多少件，限我能看到的", "How many matters stand on each board, within my reach" } },
};
const struct route_table list_route_table = ROUTES(list_routes);
