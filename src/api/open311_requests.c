/* api/open311_requests.c — requests as everybody may see them, and as the system that filed one may. */
#include "api/inner/open311.h"
#include "insight/public.h"
#include "matter/filed.h"

#define DAYS 90 /* GeoReport v2: no span is longer, and it is what is meant where no day is given */
#define IDS_MAX 100

/* ---- one request ---------------------------------------------------------------------------------------------------- */

/* From the narrowest to the widest; a public thing, street or grid is as narrow as it gets, so that no door is shown. */
static struct str address_of(struct arena *a, const struct town *t, struct str narrow, struct str code)
{
        const struct place *p = place_find(&t->places, code.n ? code : t->code);
        BUF_AUTO out = BUF(4096);
        buf_str(&out, narrow);
        for (; p && p->kind >= PLACE_TOWNSHIP; p = p->up == MAP_NONE ? NULL : &t->places.row[p->up]) {
                buf_puts(&out, out.n ? ", " : "");
                buf_str(&out, p->name);
        }
        return str_dup(a, buf_view(&out));
}

/* Where a clerk said that it is shown. */
static void write_released_place(struct out311 *o, const struct town *t, const struct release *r)
{
        struct arena *a = o->req->ctx.arena;
        struct point at = { 0, 0 };
        bool known = release_spot(t, r->thing, r->place, &at);
        const struct place *p = release_at(t, r->thing, r->place);
        const struct thing *thing = r->thing.n ? thing_find(&t->things, r->thing) : NULL;
        const char *kind = thing && thing_kind_said(thing->kind).zh ? open311_say(o->req, thing_kind_said(thing->kind)) : "";
        struct str narrow = thing ? str_printf(a, "%s%s" STR_FMT, kind, kind[0] ? " " : "", STR_ARG(thing->code)) : STR("");
        if (r->street.n)
                narrow = narrow.n ? str_printf(a, STR_FMT ", " STR_FMT, STR_ARG(narrow), STR_ARG(r->street)) : r->street;
        out311_str(o, "address", address_of(a, t, narrow, p ? p->code : STR("")));
        out311_str(o, "address_id", thing ? thing->code : p ? p->code : STR(""));
        out311_str(o, "zipcode", STR(""));
        out311_degrees(o, "lat", known, at.lat);
        out311_degrees(o, "long", known, at.lon);
}

static void write_place(struct out311 *o, const struct town *t, const struct public_row *r)
{
        if (public_released(t, r)) {
                write_released_place(o, t, &r->release);
                return;
        }
        uint32_t grid = r->grid.n ? grid_find(&t->grids, r->grid) : MAP_NONE;
        struct point at = grid == MAP_NONE ? (struct point){ 0, 0 } : grid_label(&t->grids, grid);
        out311_str(o, "address", address_of(o->req->ctx.arena, t, STR(""), r->grid));
        out311_str(o, "address_id", r->grid);
        out311_str(o, "zipcode", STR(""));
        out311_degrees(o, "lat", grid != MAP_NONE, at.lat);
        out311_degrees(o, "long", grid != MAP_NONE, at.lon);
}

/* The words that a clerk released, in the asker's language where there are two; a reporter's own words never. */
static struct str description_of(const struct out311 *o, const struct town *t, const struct public_row *r)
{
        if (!public_released(t, r))
                return STR("");
        bool en = o->req->ctx.lang == LANG_EN ? r->release.text_en.n > 0 : r->release.text.n == 0;
        return en ? r->release.text_en : r->release.text;
}

static struct str media_of(const struct out311 *o, const struct town *t, const struct public_row *r)
{
        struct request *req = o->req;
        if (!public_released(t, r) || r->photo == 0)
                return STR("");
        return str_printf(req->ctx.arena, "%s%s" STR_FMT "/api/public/matters/%lld/photos/%d", house_of(req)->public_url, req->town_code.n ? "/t/" : "",
                          STR_ARG(req->town_code), (long long)r->id, (int)r->photo);
}

/* What the standard has no name for, on request: extensions=true. */
static void write_more(struct out311 *o, const struct public_row *r)
{
        out311_object(o, "extended_attributes");
        out311_str(o, "grid", r->grid);
        out311_str(o, "duty", r->duty);
        out311_int(o, "list_version", r->version);
        out311_str(o, "stage", r->state);
        out311_instant(o, "due", r->due);
        out311_end(o);
}

static const struct member more311_members[] = {
        { .name = "grid", .type = FIELD_STR, .null = true },
        { .name = "duty", .type = FIELD_STR, .null = true },
        { .name = "list_version", .type = FIELD_INT },
        { .name = "stage", .type = FIELD_STR, .null = true },
        { .name = "due", .type = FIELD_INSTANT, .null = true },
        { 0 },
};
static const struct shape more311_shape = { NULL, more311_members, NULL };

static const struct member open311_request_members[] = {
        { .name = "service_request_id", .type = FIELD_ID },
        { .name = "status", .type = FIELD_STR },
        { .name = "status_notes", .type = FIELD_STR, .null = true },
        { .name = "service_name", .type = FIELD_STR, .null = true },
        { .name = "service_code", .type = FIELD_STR, .null = true },
        { .name = "description", .type = FIELD_STR, .null = true },
        { .name = "agency_responsible", .type = FIELD_STR, .null = true },
        { .name = "service_notice", .type = FIELD_STR, .null = true },
        { .name = "requested_datetime", .type = FIELD_INSTANT },
        { .name = "updated_datetime", .type = FIELD_INSTANT, .null = true },
        { .name = "expected_datetime", .type = FIELD_INSTANT, .null = true },
        { .name = "address", .type = FIELD_STR, .null = true },
        { .name = "address_id", .type = FIELD_STR, .null = true },
        { .name = "zipcode", .type = FIELD_STR, .null = true },
        { .name = "lat", .type = FIELD_LAT, .null = true },
        { .name = "long", .type = FIELD_LON, .null = true },
        { .name = "media_url", .type = FIELD_STR, .null = true },
        { .name = "extended_attributes", .type = FIELD_OBJECT, .of = &more311_shape, .maybe = true,
          .help = { "要求 extensions=true 时", "With extensions=true" } },
        { 0 },
};
const struct shape open311_request_shape = { "Open311Request", open311_request_members, NULL };

static void write_request(struct out311 *o, const struct town *t, const struct public_row *r, bool more)
{
        const struct procedure *p = town_procedure(t, r->proc);
        const struct org *unit = org_find(&t->orgs, r->unit);
        uint32_t s = subject_find(&t->subjects, r->subject);
        int state = procedure_state_find(p, r->state);
        out311_object(o, "request");
        out311_str(o, "service_request_id", str_printf(o->req->ctx.arena, "%lld", (long long)r->id));
        out311_c(o, "status", r->open ? "open" : "closed");
        out311_c(o, "status_notes", state < 0 ? "" : open311_say(o->req, p->state[state].public_word));
        out311_str(o, "service_name", s == SUBJECT_NONE ? STR("") : open311_subject_name(o->req, &t->subjects.row[s]));
        out311_str(o, "service_code", r->subject);
        out311_str(o, "description", description_of(o, t, r));
        out311_str(o, "agency_responsible", unit ? unit->name : r->unit);
        out311_str(o, "service_notice", STR(""));
        out311_instant(o, "requested_datetime", r->opened);
        out311_instant(o, "updated_datetime", r->open || instant_is_none(r->closed) ? r->changed : r->closed);
        out311_instant(o, "expected_datetime", r->due);
        write_place(o, t, r);
        out311_str(o, "media_url", media_of(o, t, r));
        if (more)
                write_more(o, r);
        out311_end(o);
}

static int write_all(struct request *req, const struct town *t, const struct public_rows *rows, bool more)
{
        OUT311_AUTO o = { 0 };
        int rc = out311_begin(req, 0, &o);
        if (rc != OK)
                return rc;
        out311_group(&o, "service_requests");
        for (size_t i = 0; i < rows->n; i++)
                write_request(&o, t, &rows->row[i], more);
        out311_end(&o);
        return out311_finish(&o);
}

/* Public, or filed by the key that asks. */
static int find(struct request *req, const struct town *t, int64_t id, struct public_row *ret)
{
        int rc = insight_public_get(&req->ctx, id, ret);
        if (rc == OK && public_shown(t, ret))
                return OK;
        if (rc != OK && rc != ERR_NONE)
                return rc;
        return filed_by_asker(&req->ctx, id);
}

#define OPEN311_EXTENSIONS                                                                                                                \
        { .name = "extensions", .type = FIELD_BOOL, .help = { "true：另给网格、清单条目及版本、阶段、时限", "true: also grid, duty row and list version, stage, due" } }

enum { ONE_TOWN, ONE_KEY, ONE_MORE };
const struct field open311_one_query[] = { OPEN311_JURISDICTION, OPEN311_KEY, OPEN311_EXTENSIONS, { 0 } };

int open311_request(struct request *req)
{
        const struct town *t;
        struct public_row row;
        struct tx *tx;
        int rc = house_town(req, &t);
        if (rc == OK)
                rc = request_tx(req, &tx);
        if (rc == OK)
                rc = find(req, t, request_param(req, "service_request_id")->id, &row);
        if (rc != OK)
                return rc;
        return write_all(req, t, &(struct public_rows){ &row, 1 }, value_bool(&req->query, ONE_MORE, false));
}

/* ---- lists ---------------------------------------------------------------------------------------------------------- */

enum { LIST_TOWN, LIST_KEY, LIST_MORE, LIST_ID, LIST_SERVICE, LIST_FROM, LIST_TO, LIST_STATUS, LIST_PAGE, LIST_SIZE };
static const char *const statuses[] = { "open", "closed", NULL };
static const struct field id_item = { .name = "id", .type = FIELD_STR, .max = 64, .help = { "编号", "A number" } };
static const struct field code_item = { .name = "code", .type = FIELD_STR, .max = 64, .help = { "事项代码", "A service" } };
static const struct field status_item = { .name = "status", .type = FIELD_ENUM, .choices = statuses, .help = { "状态", "A status" } };
const struct field open311_list_query[] = {
        [LIST_TOWN] = OPEN311_JURISDICTION,
        [LIST_KEY] = OPEN311_KEY,
        [LIST_MORE] = OPEN311_EXTENSIONS,
        [LIST_ID] = { .name = "service_request_id", .type = FIELD_LIST, .of = &id_item, .max = IDS_MAX,
                      .help = { "编号，逗号分隔；给了它，其他条件都不看", "Numbers, comma-separated; overrides all other arguments" } },
        [LIST_SERVICE] = { .name = "service_code", .type = FIELD_LIST, .of = &code_item, .max = 100, .help = { "事项代码，逗号分隔", "Services, comma-separated" } },
        [LIST_FROM] = { .name = "start_date", .type = FIELD_INSTANT, .help = { "提交时间不早于；跨度最多 90 天", "Requested not before; at most 90 days" } },
        [LIST_TO] = { .name = "end_date", .type = FIELD_INSTANT, .help = { "提交时间不晚于", "Requested not after" } },
        [LIST_STATUS] = { .name = "status", .type = FIELD_LIST, .of = &status_item, .max = 2, .help = { "open、closed", "open, closed" } },
        [LIST_PAGE] = { .name = "page", .type = FIELD_INT, .min = 1, .max = 100000, .help = { "第几页，从 1 起", "Which page, from 1" } },
        [LIST_SIZE] = { .name = "page_size", .type = FIELD_INT, .min = 1, .max = PUBLIC_ROWS_MAX, .help = { "每页件数，默认 1000", "Rows a page, 1000 by default" } },
        { 0 },
};

static int64_t span_us(void)
{
        return DAYS * US_PER_DAY;
}

/* The most recent 90 days, or the 90 beside the one day that is given. */
static int read_span(struct request *req, struct public_in *in)
{
        const struct values *q = &req->query;
        bool from = value_given(q, LIST_FROM), to = value_given(q, LIST_TO);
        in->until = to ? value_instant(q, LIST_TO) : req->ctx.now;
        in->since = from ? value_instant(q, LIST_FROM) : (struct instant){ in->until.us - span_us() };
        if (from && !to && in->until.us - in->since.us > span_us())
                in->until.us = in->since.us + span_us();
        if (in->until.us - in->since.us > span_us())
                return err_set(&req->err, ERR_RANGE, "end_date", "start_date 到 end_date 最多 90 天", "start_date to end_date may span at most 90 days");
        return OK;
}

static void read_services(struct request *req, const struct town *t, struct public_in *in)
{
        const struct values *q = &req->query;
        in->n_subjects = value_count(q, LIST_SERVICE);
        struct str *code = arena_array(req->ctx.arena, struct str, in->n_subjects);
        for (size_t i = 0; i < in->n_subjects; i++) {
                struct str asked = value_item(q, LIST_SERVICE, i)->str;
                uint32_t s = subject_find(&t->subjects, asked);
                if (s == SUBJECT_NONE)
                        s = subject_find_external(&t->subjects, asked);
                code[i] = s == SUBJECT_NONE ? asked : t->subjects.row[s].code; /* an unknown one has no requests */
        }
        in->subject = code;
}

static int read_list(struct request *req, const struct town *t, struct public_in *in)
{
        const struct values *q = &req->query;
        bool status[2] = { false, false };
        size_t n = value_count(q, LIST_STATUS);
        for (size_t i = 0; i < n; i++)
                status[value_item(q, LIST_STATUS, i)->n] = true;
        *in = (struct public_in){ .open = status[0] == status[1] ? -1 : status[0], .max = (size_t)value_int(q, LIST_SIZE, PUBLIC_ROWS_MAX) };
        in->skip = (value_int(q, LIST_PAGE, 1) - 1) * (int64_t)in->max;
        read_services(req, t, in);
        return read_span(req, in);
}

/* What is not there, or not public, is left out of a list. */
static int by_ids(struct request *req, const struct town *t, struct public_rows *ret)
{
        size_t n = value_count(&req->query, LIST_ID);
        *ret = (struct public_rows){ .row = arena_array(req->ctx.arena, struct public_row, n) };
        for (size_t i = 0; i < n; i++) {
                int64_t id;
                if (str_int(value_item(&req->query, LIST_ID, i)->str, 1, INT64_MAX, &id) != OK)
                        continue;
                int rc = find(req, t, id, &ret->row[ret->n]);
                if (rc != OK && rc != ERR_NONE)
                        return rc;
                ret->n += rc == OK;
        }
        req->err = (struct err){ 0 };
        return OK;
}

static bool late(void *req)
{
        return request_late(req);
}

int open311_requests(struct request *req)
{
        const struct town *t;
        struct public_in in;
        struct public_rows rows;
        struct tx *tx;
        int rc = house_town(req, &t);
        if (rc == OK)
                rc = request_tx(req, &tx);
        if (rc == OK && value_given(&req->query, LIST_ID)) {
                rc = by_ids(req, t, &rows);
        } else if (rc == OK) {
                rc = read_list(req, t, &in);
                if (rc == OK)
                        rc = insight_public(&req->ctx, t, &in, late, req, &rows);
        }
        return rc == OK ? write_all(req, t, &rows, value_bool(&req->query, LIST_MORE, false)) : rc;
}
