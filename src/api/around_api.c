/* api/around_api.c — what residents see around them, and joining it. */
#include "api/around.h"
#include "api/cursor.h"
#include "api/files.h"
#include "api/inner/opening.h"
#include "api/inner/voice.h"
#include "api/matter_view.h"
#include "api/period.h"
#include "api/routes.h"
#include "insight/cells.h"

/* ---- one matter --------------------------------------------------------------------------------------------------------- */

static const struct member thing_members[] = {
        { .name = "code", .type = FIELD_STR },
        { .name = "kind", .type = FIELD_STR, .help = { "如 lamp", "As lamp" } },
        { .name = "name", .type = FIELD_OBJECT, .of = &say_shape },
        { 0 },
};
static const struct shape thing_shape = { "PublicThing", thing_members, NULL };

static const struct member place_members[] = {
        { .name = "thing", .type = FIELD_OBJECT, .of = &thing_shape, .null = true },
        { .name = "place", .type = FIELD_OBJECT, .of = &named_shape, .null = true, .help = { "街道、社区或网格", "Township, community or grid" } },
        { .name = "community", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "street", .type = FIELD_STR, .help = { "街道或路口名，没有为空", "Name of a street or crossing, or empty" } },
        { .name = "lat", .type = FIELD_NUMBER, .null = true, .help = { "设施或网格的点，对所有人相同", "Of the thing or the grid, the same for everybody" } },
        { .name = "lon", .type = FIELD_NUMBER, .null = true },
        { 0 },
};
const struct shape around_place_shape = { NULL, place_members, NULL };

static void thing_view(struct json *j, const struct thing *thing, struct arena *a)
{
        struct say kind = thing_kind_said(thing->kind);
        struct str zh = kind.zh ? str_of(kind.zh) : thing->kind, en = kind.en ? str_of(kind.en) : thing->kind;
        json_key(j, "thing");
        json_open(j);
        json_kstr(j, "code", thing->code);
        json_kstr(j, "kind", thing->kind);
        view_name(j, "name", str_printf(a, STR_FMT " " STR_FMT, STR_ARG(zh), STR_ARG(thing->code)),
                  str_printf(a, STR_FMT " " STR_FMT, STR_ARG(en), STR_ARG(thing->code)));
        json_close(j);
}

static void degrees(struct json *j, const char *key, bool known, double d)
{
        json_key(j, key);
        if (known)
                json_double(j, d, 6);
        else
                json_null(j);
}

void around_place(struct json *j, const struct town *t, const struct release *r, struct arena *a)
{
        const struct thing *thing = r->thing.n ? thing_find(&t->things, r->thing) : NULL;
        const struct place *place = release_at(t, r->thing, r->place);
        struct point spot = { 0, 0 };
        bool known = release_spot(t, r->thing, r->place, &spot);
        if (thing) {
                thing_view(j, thing, a);
        } else {
                json_key(j, "thing");
                json_null(j);
        }
        view_place(j, "place", t, place ? place->code : STR(""));
        view_place(j, "community", t, place ? place->community : STR(""));
        json_kstr(j, "street", r->street);
        degrees(j, "lat", known, spot.lat);
        degrees(j, "lon", known, spot.lon);
}

static const struct member one_members[] = {
        { .name = "id", .type = FIELD_ID },
        { .name = "subject", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "text", .type = FIELD_STR, .help = { "摘要，中文；没有为空", "The summary in Chinese, or empty" } },
        { .name = "text_en", .type = FIELD_STR, .help = { "摘要，英文；没有为空", "The summary in English, or empty" } },
        { .name = "open", .type = FIELD_BOOL },
        { .name = "state_name", .type = FIELD_OBJECT, .of = &say_shape },
        { .name = "unit", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "opened", .type = FIELD_DAY },
        { .name = "due", .type = FIELD_DAY, .null = true, .help = { "预计答复日", "The expected day" } },
        { .name = "answered", .type = FIELD_DAY, .null = true },
        { .name = "ended", .type = FIELD_DAY, .null = true },
        { .name = "released", .type = FIELD_INSTANT, .help = { "何时公开", "When it was made public" } },
        { .name = "people", .type = FIELD_INT, .help = { "几个人反映", "How many reported it" } },
        { .name = "joinable", .type = FIELD_BOOL },
        { .name = "photo", .type = FIELD_INT, .help = { "第一张公开照片的编号，0 为没有", "Number of the first public photo, 0 = none" } },
        { .name = "photos", .type = FIELD_LIST, .item = FIELD_INT, .maybe = true },
        { 0 },
};
const struct shape around_one_shape = { "PublicMatter", one_members, &around_place_shape };

static void days_of(struct json *j, const struct public_row *r)
{
        json_kday(j, "opened", instant_day(r->opened));
        json_kday(j, "due", r->open && !instant_is_none(r->due) ? instant_day(r->due) : DAY_NONE);
        json_kday(j, "answered", instant_is_none(r->answered) ? DAY_NONE : instant_day(r->answered));
        json_kday(j, "ended", r->open || instant_is_none(r->closed) ? DAY_NONE : instant_day(r->closed));
        json_kinstant(j, "released", r->release.at);
}

void around_view(struct json *j, const struct town *t, const struct public_row *r, const struct release_photos *photos, struct arena *a)
{
        const struct procedure *p = town_procedure(t, r->proc);
        int state = procedure_state_find(p, r->state);
        json_open(j);
        json_kid(j, "id", r->id);
        view_subject(j, "subject", t, r->subject);
        json_kstr(j, "text", r->release.text);
        json_kstr(j, "text_en", r->release.text_en);
        around_place(j, t, &r->release, a);
        json_kbool(j, "open", r->open);
        view_say(j, "state_name", state < 0 ? (struct say){ "", "" } : p->state[state].public_word);
        view_org(j, "unit", t, r->unit);
        days_of(j, r);
        json_kint(j, "people", r->voices + 1);
        json_kbool(j, "joinable", public_joinable(t, r));
        json_kint(j, "photo", r->photo);
        if (photos) {
                json_key(j, "photos");
                json_list(j);
                for (size_t i = 0; i < photos->n; i++)
                        if (!photos->row[i].gone)
                                json_int(j, photos->row[i].k);
                json_end(j);
        }
        json_close(j);
}

static int find(struct request *req, const struct town *t, struct public_row *ret)
{
        int rc = insight_public_get(&req->ctx, request_param(req, "id")->id, ret);
        if (rc == ERR_NONE || (rc == OK && !public_released(t, ret)))
                return err_set(&req->err, ERR_NONE, "id", "没有这件公开的事项，或已收回", "There is no such public matter, or it was taken back");
        return rc;
}

static int one(struct request *req)
{
        const struct town *t;
        struct public_row row;
        struct release_photos photos;
        int rc = house_read(req, &t);
        if (rc == OK)
                rc = find(req, t, &row);
        if (rc == OK)
                rc = release_photos(&req->ctx, row.id, &photos);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        around_view(&j, t, &row, &photos, req->ctx.arena);
        return OK;
}

static const struct field photo_query[] = {
        { .name = "thumb", .type = FIELD_BOOL, .help = { "只要小图", "Only the small picture" } },
        { 0 },
};

static int photo(struct request *req)
{
        const struct town *t;
        const struct matter_file *file;
        struct public_row row;
        struct release_photos photos;
        struct matter_file_rows files;
        int64_t k = 0;
        bool released = false;
        int rc = house_read(req, &t);
        if (rc == OK)
                rc = find(req, t, &row);
        if (rc == OK)
                rc = release_photos(&req->ctx, row.id, &photos);
        if (rc == OK && str_int(request_param(req, "k")->text, 1, MATTER_FILES_MAX, &k) != OK)
                k = 0;
        for (size_t i = 0; rc == OK && i < photos.n; i++)
                released = released || (photos.row[i].k == k && !photos.row[i].gone);
        if (rc == OK && !released)
                rc = err_set(&req->err, ERR_NONE, "k", "没有这张公开的照片，或已收回", "There is no such public photo, or it was taken back");
        if (rc == OK)
                rc = matter_files(&req->ctx, row.id, &files);
        if (rc == OK)
                rc = matter_file_find(&files, k, &file, &req->err);
        return rc == OK ? file_give(req, file, value_bool(&req->query, 0, false)) : rc;
}

/* ---- the list ----------------------------------------------------------------------------------------------------------- */

static const char *const states[] = { "all", "open", "ended", NULL };
enum { LIST_SUBJECT, LIST_PLACE, LIST_STATE, LIST_SOUTH, LIST_WEST, LIST_NORTH, LIST_EAST, LIST_CURSOR, LIST_FIELDS };
static const struct field list_query[] = {
        [LIST_SUBJECT] = { .name = "subject", .type = FIELD_CODE, .help = { "事项类别，含下级", "A subject, with those below it" } },
        [LIST_PLACE] = { .name = "place", .type = FIELD_CODE, .help = { "社区或网格", "A community or grid" } },
        [LIST_STATE] = { .name = "state", .type = FIELD_ENUM, .choices = states, .help = { "all（默认）、open 或 ended", "all (default), open or ended" } },
        [LIST_SOUTH] = { .name = "south", .type = FIELD_LAT, .help = { "范围：南界；四个一起给", "The box: its south; all four together" } },
        [LIST_WEST] = { .name = "west", .type = FIELD_LON, .help = { "西界", "West" } },
        [LIST_NORTH] = { .name = "north", .type = FIELD_LAT, .help = { "北界", "North" } },
        [LIST_EAST] = { .name = "east", .type = FIELD_LON, .help = { "东界", "East" } },
        [LIST_CURSOR] = FIELD_CURSOR,
        [LIST_FIELDS] = { 0 },
};

static int read_box(struct request *req, struct released_in *in)
{
        const struct values *q = &req->query;
        int given = 0;
        for (int i = LIST_SOUTH; i <= LIST_EAST; i++)
                given += value_given(q, (size_t)i);
        for (int i = LIST_SOUTH; given && given < 4 && i <= LIST_EAST; i++)
                if (!value_given(q, (size_t)i))
                        return err_set(&req->err, ERR_MISSING, list_query[i].name, "south、west、north、east 要一起给", "south, west, north and east go together");
        in->boxed = given == 4;
        in->low = (struct point){ value_number(q, LIST_SOUTH, 0), value_number(q, LIST_WEST, 0) };
        in->high = (struct point){ value_number(q, LIST_NORTH, 0), value_number(q, LIST_EAST, 0) };
        if (in->boxed && (in->low.lat > in->high.lat || in->low.lon > in->high.lon))
                return err_set(&req->err, ERR_RANGE, in->low.lat > in->high.lat ? "north" : "east", "北界、东界不小于南界、西界", "North and east are not below south and west");
        return OK;
}

static int read_list(struct request *req, const struct town *t, struct released_in *in)
{
        const struct values *q = &req->query;
        int64_t last[2] = { 0, 0 };
        *in = (struct released_in){ .subject = SUBJECT_NONE, .open = value_choice(q, LIST_STATE, 0) == 0 ? -1 : value_choice(q, LIST_STATE, 0) == 1,
                                    .at = INSTANT_NONE, .max = RELEASED_MAX };
        if (value_given(q, LIST_SUBJECT)) {
                in->subject = subject_find(&t->subjects, value_str(q, LIST_SUBJECT));
                if (in->subject == SUBJECT_NONE)
                        return err_set(&req->err, ERR_UNKNOWN, "subject", "没有这个事项类别", "There is no such subject");
        }
        if (value_given(q, LIST_PLACE)) {
                in->place = place_find(&t->places, value_str(q, LIST_PLACE));
                if (!in->place)
                        return err_set(&req->err, ERR_UNKNOWN, "place", "没有这个地点", "There is no such place");
        }
        int rc = read_box(req, in);
        if (rc != OK || !value_given(q, LIST_CURSOR))
                return rc;
        rc = request_page(req, LIST_CURSOR, last, 2);
        in->at = (struct instant){ last[0] };
        in->after = last[1];
        return rc;
}

static int list(struct request *req)
{
        const struct town *t;
        struct released_in in;
        struct released_rows rows;
        int rc = house_read(req, &t);
        if (rc == OK)
                rc = read_list(req, t, &in);
        if (rc == OK)
                rc = insight_released(&req->ctx, t, &in, &rows);
        if (rc != OK)
                return rc;
        struct json j = request_items(req);
        for (size_t i = 0; i < rows.n; i++)
                around_view(&j, t, &rows.row[i], NULL, req->ctx.arena);
        json_end(&j);
        request_next(req, &j, rows.more ? (int64_t[]){ rows.at.us, rows.after } : NULL, 2);
        json_close(&j);
        return OK;
}

/* ---- counts ------------------------------------------------------------------------------------------------------------- */

static const struct field counts_query[] = {
        FIELDS_OF_PERIOD,
        [PERIOD_BY] = { .name = "by", .type = FIELD_ENUM, .choices = count_group_names, .help = { "按社区和事项（默认）、社区或事项", "By community and subject (default), community, or subject" } },
        [PERIOD_FIELDS] = { 0 },
};

static const struct member count_members[] = {
        { .name = "community", .type = FIELD_OBJECT, .of = &named_shape, .null = true, .help = { "还不知道在哪里，或几格合在一行，为 null", "Null where nobody knows yet, or several are added up" } },
        { .name = "subject", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "cells", .type = FIELD_INT, .help = { "几格合在一行", "How many cells this row adds up" } },
        { .name = "withheld", .type = FIELD_BOOL, .help = { "件数太少，不给数", "Too few: no figures" } },
        { .name = "reports", .type = FIELD_INT, .maybe = true },
        { .name = "open", .type = FIELD_INT, .maybe = true },
        { 0 },
};
static const struct shape count_shape = { NULL, count_members, NULL };
static const struct member counts_members[] = {
        { .name = "from", .type = FIELD_DAY },
        { .name = "to", .type = FIELD_DAY },
        { .name = "by", .type = FIELD_ENUM, .choices = count_group_names },
        { .name = "rows", .type = FIELD_LIST, .of = &count_shape },
        { 0 },
};
static const struct shape counts_shape = { "PublicCounts", counts_members, NULL };

static int counts(struct request *req)
{
        const struct town *t;
        struct public_counts all;
        struct day from, to;
        enum count_group by = (enum count_group)value_choice(&req->query, PERIOD_BY, COUNT_BY_BOTH);
        view_period(req, &from, &to);
        int rc = house_read(req, &t);
        if (rc == OK)
                rc = insight_counts(&req->ctx, t, from, to, by, &all);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kday(&j, "from", from);
        json_kday(&j, "to", to);
        json_kc(&j, "by", count_group_names[by]);
        json_key(&j, "rows");
        json_list(&j);
        for (size_t i = 0; i < all.n; i++) {
                const struct public_count *r = &all.row[i];
                json_open(&j);
                view_place(&j, "community", t, r->community);
                view_subject(&j, "subject", t, r->subject);
                cell_json(&j, r->cells, r->withheld);
                if (!r->withheld) {
                        json_kint(&j, "reports", r->reports);
                        json_kint(&j, "open", r->open);
                }
                json_close(&j);
        }
        json_end(&j);
        json_close(&j);
        return OK;
}

/* ---- me too ------------------------------------------------------------------------------------------------------------- */

#define SAID "我也遇到这件事（加入公开的事项）"
#define SAID_EN "The same happens to me (joined a public matter)"

enum { JOIN_WORDS = VOICE_FIELDS, JOIN_FIELDS };
static const struct field join_body[] = {
        FIELDS_OF_VOICE,
        [JOIN_WORDS] = { .name = "words", .type = FIELD_TEXT, .min = 2, .max = INTAKE_WORDS_MAX, .help = { "想补充的话，可不填；不会公开", "Anything to add; never public; may be left out" } },
        [JOIN_FIELDS] = { 0 },
};

static const struct member joined_members[] = {
        { .name = "id", .type = FIELD_ID },
        { .name = "code", .type = FIELD_STR, .help = { "查询码", "The tracking code" } },
        { .name = "joined", .type = FIELD_BOOL, .help = { "false：有危险，单独马上办理", "False: there is danger, and it goes its own way at once" } },
        { .name = "state", .type = FIELD_CODE },
        { .name = "due", .type = FIELD_INSTANT, .null = true },
        { .name = "answered_by", .type = FIELD_OBJECT, .of = &decision_shape, .maybe = true },
        { 0 },
};
static const struct shape joined_shape = { "VoiceJoined", joined_members, NULL };

struct joining {
        struct opening o; /* first: its answer finds the rest */
        struct str said;
};

/* What is urgent is nobody's to wait with: it goes its own way at once. */
static int join_it(struct ctx *ctx, struct opening *o)
{
        const struct joining *w = (const struct joining *)(const void *)o;
        struct matter after;
        if (o->k.urgent)
                return OK;
        int rc = release_join(ctx, o->t, o->id, o->joins, w->said, &after);
        if (rc == ERR_NONE)
                return err_set(ctx->err, ERR_NONE, "id", "没有这件公开的事项，或已收回", "There is no such public matter, or it was taken back");
        if (rc == OK)
                o->k.state = after.state;
        return rc;
}

static int joined(struct request *req, const struct opening *o)
{
        struct json j = request_json(req, 201);
        json_open(&j);
        json_kid(&j, "id", o->id);
        json_kc(&j, "code", o->code.text);
        json_kbool(&j, "joined", str_is(o->k.state, "joined"));
        json_kstr(&j, "state", o->k.state);
        json_kinstant(&j, "due", o->k.due);
        if (!o->again) {
                json_key(&j, "answered_by");
                intake_view(&j, o->t, &o->k, NULL, req->ctx.lang, req->ctx.arena);
        }
        json_close(&j);
        req->out.location = str_printf(req->ctx.arena, "/api/matters/%lld", (long long)o->id);
        return OK;
}

/* Where they are themselves, if they said so: danger is looked for there. Else where the public matter is. */
static int take_place(struct request *req, const struct town *t, const struct public_row *r, struct intake_in *in)
{
        const struct place *at = release_at(t, r->release.thing, r->release.place);
        int rc = voice_place(req, in);
        in->said = voice_text(&req->body, VOICE_SAID);
        in->unlearned = voice_names(req, in->said, STR(""));
        if (rc == OK && !in->has_point && in->place.n == 0 && in->thing.n == 0)
                in->place = r->grid.n ? r->grid : at ? at->code : STR("");
        return rc;
}

static int take_voice(struct request *req, struct joining *w, const struct public_row *r)
{
        const struct values *b = &req->body;
        struct opening *o = &w->o;
        struct str said = str_of(req->ctx.lang == LANG_EN ? SAID_EN : SAID);
        w->said = STR(SAID);
        o->joins = request_param(req, "id")->id;
        o->different = true; /* they chose what to join */
        o->in = (struct intake_in){ .title = STR(""), .words = value_given(b, JOIN_WORDS) ? value_str(b, JOIN_WORDS) : said, .subject = r->subject,
                                    .group = STR(""), .respondent = STR(""), .source = STR("web") };
        o->tokens = voice_files(req);
        int rc = take_place(req, o->t, r, &o->in);
        if (rc == OK)
                rc = voice_who(req, STR(""), &o->who);
        struct opening_wish wish = { .way = value_choice(b, VOICE_WAY, -1), .discreet = value_bool(b, VOICE_DISCREET, false), .lang = req->ctx.lang };
        return rc == OK ? opening_wish(req, o, &wish) : rc;
}

static int may_join(struct request *req, const struct town *t, struct public_row *ret)
{
        int rc = find(req, t, ret);
        if (rc == OK && !public_joinable(t, ret))
                rc = err_set(&req->err, ERR_STATE, "id", "这件事项已有答复或已结束；如仍未解决，请另行反映", "It is answered or has ended; if it is not solved, report it anew");
        if (rc != OK)
                *ret = (struct public_row){ .subject = STR(""), .grid = STR(""), .release = { .thing = STR(""), .place = STR("") } };
        return rc;
}

/* Whoever never heard the first answer asks again, perhaps when it is taken back or answered: they joined it nevertheless, and are told so. */
static int join(struct request *req)
{
        struct joining *w = arena_new(req->ctx.arena, struct joining);
        struct public_row row;
        int rc = house_read(req, &w->o.t);
        if (rc != OK)
                return rc;
        w->o.refused = may_join(req, w->o.t, &row);
        if (w->o.refused != OK && house_idem(req, 0, STR("")).key.n == 0)
                return w->o.refused;
        rc = take_voice(req, w, &row);
        if (rc != OK)
                return rc;
        w->o.also = join_it;
        w->o.answer = joined;
        return opening_submit(req, &w->o);
}

static const struct route around_routes[] = {
        { .name = "public.list", .method = HTTP_GET, .path = "/api/public/matters", .may = RIGHT_PUBLIC, .scope = SCOPE_TOWN, .run_on = RUN_READ, .query = list_query,
          .run = list, .answer = &around_one_shape, .answer_form = ANSWER_PAGE,
          .help = { "身边：工作人员公开了摘要的事项，新公开的在前；没有诉求人、原话和确切位置",
                    "Around me: matters of which a clerk released a summary, the newest first; no reporter, no words of theirs, no exact place" } },
        { .name = "public.get", .method = HTTP_GET, .path = "/api/public/matters/{id}", .may = RIGHT_PUBLIC, .scope = SCOPE_TOWN, .run_on = RUN_READ, .run = one, .answer = &around_one_shape,
          .help = { "一件公开的事项", "One public matter" } },
        { .name = "public.photo", .method = HTTP_GET, .path = "/api/public/matters/{id}/photos/{k}", .may = RIGHT_PUBLIC, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .query = photo_query, .cached = true, .answer_type = "application/octet-stream", .run = photo, .help = { "一张公开的照片", "One public photo" } },
        { .name = "public.counts", .method = HTTP_GET, .path = "/api/public/counts", .may = RIGHT_PUBLIC, .scope = SCOPE_TOWN, .run_on = RUN_READ, .query = counts_query,
          .run = counts, .answer = &counts_shape,
          .help = { "各社区各类事项的件数；少于 5 件的合并", "How much was reported in each community about each subject; fewer than five are added together" } },
        { .name = "public.join", .method = HTTP_POST, .path = "/api/public/matters/{id}/join", .may = RIGHT_PUBLIC, .scope = SCOPE_TOWN, .run_on = RUN_WRITE,
          .rate = RATE_INTAKE, .body = join_body, .body_max = 32 << 10, .idempotent = true, .status = 201, .run = join, .answer = &joined_shape,
          .help = { "我也遇到：加入一件公开的事项，得到自己的查询码、通知和评价",
                    "Me too: join a public matter with a tracking code, notices and a rating of one's own" } },
};
const struct route_table around_route_table = ROUTES(around_routes);
