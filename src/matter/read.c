#include "matter/files.h"
#include <sodium.h>
#include "matter/inner/items.h"
#include "matter/matter_sql.h"

int matter_get(struct ctx *ctx, int64_t id, struct matter *ret)
{
        struct sql_matter_get_row r;
        int rc = sql_matter_get(ctx->tx, ctx->arena, &(struct sql_matter_get_in){ .town = ctx->town, .id = id }, &r);
        if (rc == ERR_NONE)
                return err_set(ctx->err, ERR_NONE, "id", "没有这件事项", "There is no such matter");
        if (rc != OK)
                return rc;
        *ret = (struct matter){
                .id = r.id, .rev = r.rev, .n = r.n, .proc = r.proc, .version = r.version, .state = r.state, .open = r.open,
                .urgent = r.urgent, .subject = r.subject, .matched = r.matched, .level = r.level, .grid = r.grid,
                .path = r.path, .located = r.located, .unit = r.unit, .unit_path = r.unit_path, .assist = r.assist,
                .duty = r.duty, .post = r.post, .holder = r.holder, .raised = r.raised, .respondent = r.respondent,
                .source = r.source, .person = r.person, .opened = r.opened, .due = r.due, .next_at = r.next_at,
                .clocks = r.clocks, .signed_at = r.signed_at, .contacted = r.contacted_at, .answered = r.answered_at,
                .closed = r.closed_at, .solved = r.solved, .satisfied = r.satisfied, .returned_by = r.returned_by,
                .returned_duty = r.returned_duty, .returned_at = r.returned_at, .ruled_at = r.ruled_at, .upheld = r.upheld,
                .reopened = r.reopened, .reviewed = r.reviewed, .cause = r.cause, .waits = r.waits, .voices = r.voices,
                .tasks = r.tasks, .tasks_open = r.tasks_open, .tasks_next = r.tasks_next,
                .tasks_provisional = r.tasks_provisional, .called = r.called, .asked = r.asked, .asked_by = r.asked_by, .pauses = r.pauses,
                .extensions = r.extensions, .shelved_until = r.shelved_until, .call_open = r.call_open, .calls = r.calls,
                .call_days = r.call_days, .last_call = r.last_call, .call_rated = r.call_rated, .files = r.files,
                .place_call = r.place_call, .place_calls = r.place_calls, .householder = r.householder,
        };
        if (str_is(r.source, "upstream")) /* no other comes with an order */
                rc = order_of(ctx, id, &ret->order);
        memcpy(ret->chain, r.chain.p, r.chain.n < EVENT_HASH_BYTES ? r.chain.n : EVENT_HASH_BYTES);
        return rc;
}

int matter_by_code(struct ctx *ctx, struct str typed, struct matter *ret)
{
        struct code code;
        unsigned char hash[CODE_HASH_BYTES];
        struct sql_matter_by_code_row row;
        int rc = code_read(typed, &code, hash);
        if (rc == OK)
                rc = sql_matter_by_code(ctx->tx, ctx->arena,
                                        &(struct sql_matter_by_code_in){ .town = ctx->town,
                                                                         .code = { (const char *)hash, sizeof(hash) } },
                                        &row);
        if (rc == OK)
                return matter_get(ctx, row.id, ret);
        if (rc == ERR_NONE || rc == ERR_BAD)
                return err_set(ctx->err, ERR_NONE, "code", "查询码不对，请核对后再试",
                               "There is no matter with this tracking code; check it and try again");
        return rc;
}

static int list_unit(struct ctx *ctx, const struct matter_filter *f, int32_t max, struct matter_items *ret)
{
        struct sql_matter_list_unit_rows rows;
        int rc = sql_matter_list_unit(ctx->tx, ctx->arena,
                                      &(struct sql_matter_list_unit_in){ .town = ctx->town, .unit = f->unit,
                                                                         .open = f->open, .after = f->after, .max = max,
                                                                         .due = instant_is_none(f->due)
                                                                                        ? (struct instant){ INT64_MIN + 1 }
                                                                                        : f->due },
                                      &rows);
        if (rc == OK)
                TAKE_ITEMS(rows, ret, ctx->arena);
        return rc;
}

static int list_grid(struct ctx *ctx, const struct matter_filter *f, int32_t max, struct matter_items *ret)
{
        struct sql_matter_list_grid_rows rows;
        int rc = sql_matter_list_grid(ctx->tx, ctx->arena,
                                      &(struct sql_matter_list_grid_in){
                                              .town = ctx->town, .grid = f->grid, .before = f->before, .max = max },
                                      &rows);
        if (rc == OK)
                TAKE_ITEMS(rows, ret, ctx->arena);
        return rc;
}

static int list_town(struct ctx *ctx, const struct matter_filter *f, int32_t max, struct matter_items *ret)
{
        struct sql_matter_list_town_rows rows;
        int rc = sql_matter_list_town(ctx->tx, ctx->arena,
                                      &(struct sql_matter_list_town_in){
                                              .town = ctx->town, .before = f->before, .max = max },
                                      &rows);
        if (rc == OK)
                TAKE_ITEMS(rows, ret, ctx->arena);
        return rc;
}

int matter_list(struct ctx *ctx, const struct matter_filter *f, struct matter_items *ret)
{
        int32_t max = f->max < 1 || f->max > MATTER_LIST_MAX ? MATTER_LIST_MAX : f->max;
        if (f->unit.n)
                return list_unit(ctx, f, max, ret);
        if (f->grid.n)
                return list_grid(ctx, f, max, ret);
        return list_town(ctx, f, max, ret);
}

int matter_why(struct ctx *ctx, int64_t id, struct str *ret_json)
{
        struct sql_matter_why_row row;
        int rc = sql_matter_why(ctx->tx, ctx->arena, &(struct sql_matter_why_in){ .town = ctx->town, .matter = id }, &row);
        if (rc == ERR_NONE)
                return err_set(ctx->err, ERR_NONE, "id", "没有这件事项", "There is no such matter");
        if (rc != OK)
                return rc;
        if (row.why.n == 0)
                return err_set(ctx->err, ERR_NONE, "id", "说明已依申请删除", "The explanation was erased on request");
        *ret_json = row.why;
        return OK;
}

int matter_story(struct ctx *ctx, int64_t id, struct matter_story *ret)
{
        struct event_rows events;
        struct sql_matter_entries_rows entries;
        int rc = event_of(ctx, id, &events);
        if (rc == OK)
                rc = sql_matter_entries(ctx->tx, ctx->arena, &(struct sql_matter_entries_in){ .town = ctx->town, .matter = id }, &entries);
        ret->files = arena_new(ctx->arena, struct matter_file_rows);
        if (rc == OK)
                rc = matter_files(ctx, id, ret->files);
        if (rc != OK)
                return rc;
        ret->n = events.n;
        ret->row = arena_array(ctx->arena, struct matter_step, events.n);
        for (size_t i = 0, k = 0; i < events.n; i++) {
                ret->row[i].e = events.row[i].e;
                while (k < entries.n && entries.row[k].n < events.row[i].e.n)
                        k++;
                if (k < entries.n && entries.row[k].n == events.row[i].e.n) {
                        ret->row[i].words = entries.row[k].words;
                        ret->row[i].erased = entries.row[k].erased;
                        ret->row[i].has_why = entries.row[k].has_why;
                }
        }
        return OK;
}

int matter_ringing(struct ctx *ctx, int max, int64_t **ret_ids, size_t *ret_n)
{
        struct sql_matter_ringing_rows rows;
        int rc = sql_matter_ringing(ctx->tx, ctx->arena,
                                    &(struct sql_matter_ringing_in){ .town = ctx->town, .now = ctx->now, .max = max }, &rows);
        if (rc != OK)
                return rc;
        *ret_ids = arena_array(ctx->arena, int64_t, rows.n);
        *ret_n = rows.n;
        for (size_t i = 0; i < rows.n; i++)
                (*ret_ids)[i] = rows.row[i].id;
        return OK;
}

int matter_next_alarm(struct ctx *ctx, struct instant *ret)
{
        struct sql_matter_next_alarm_row row;
        int rc = sql_matter_next_alarm(ctx->tx, ctx->arena, &(struct sql_matter_next_alarm_in){ .town = ctx->town }, &row);
        if (rc == OK)
                *ret = row.at;
        return rc;
}

static bool any_provisional(struct str clocks)
{
        struct clock_set set;
        if (clock_set_parse(clocks, &set) != OK)
                return false;
        for (size_t i = 0; i < set.n; i++)
                if (set.row[i].provisional && clock_runs(&set.row[i]))
                        return true;
        return false;
}

int matter_walk_open(struct ctx *ctx, struct matter_walk *walk, struct matter_open_row **ret, size_t *ret_n)
{
        struct sql_matter_open_page_rows rows;
        int rc = sql_matter_open_page(ctx->tx, ctx->arena,
                                      &(struct sql_matter_open_page_in){ .town = ctx->town, .after = walk->after, .max = 200 },
                                      &rows);
        if (rc != OK)
                return rc;
        *ret = arena_array(ctx->arena, struct matter_open_row, rows.n);
        *ret_n = rows.n;
        for (size_t i = 0; i < rows.n; i++) {
                const struct sql_matter_open_page_row *r = &rows.row[i];
                (*ret)[i] = (struct matter_open_row){ r->id, r->proc, r->subject, r->path, r->unit, r->duty, r->clocks, r->opened,
                                                      r->tasks_provisional || any_provisional(r->clocks), r->tasks_provisional };
                walk->after = r->id;
        }
        return OK;
}
