/* api/release_api.c — a clerk makes a matter public: what is asked, what would be seen, and taking it back. */
#include <stdlib.h>
#include "api/around.h"
#include "api/matter_view.h"
#include "api/routes.h"
#include "duty/alike.h"
#include "matter/files.h"
#include "matter/reveal.h"

#define NEAR_METRES 300
#define NEAR_MAX 12
#define SAME_PERCENT 80 /* so much of the reporter's own words in a summary is said */

/* ---- what may be chosen -------------------------------------------------------------------------------------------------- */

struct near { const struct thing *thing; double metres; };

static int nearest_first(const void *a, const void *b)
{
        const struct near *x = a, *y = b;
        if (x->metres != y->metres)
                return x->metres < y->metres ? -1 : 1;
        return str_cmp(x->thing->code, y->thing->code);
}

/* Public things close to where it is, as far as staff know that. */
static size_t things_near(struct request *req, const struct town *t, const struct matter *m, struct near *ret)
{
        struct near *all = arena_array(req->ctx.arena, struct near, t->things.n + 1);
        struct intake_in in = { .place = STR("") };
        size_t n = 0;
        if (matter_recall(&req->ctx, t, m->id, &in) != OK || !in.has_point)
                return 0; /* nobody pointed at it, or that was erased */
        struct point at = datum_to_wgs84(in.datum, in.point);
        for (size_t i = 0; i < t->things.n; i++) {
                const struct thing *thing = &t->things.row[i];
                double metres = thing->has_point ? point_metres(at, thing->point) : NEAR_METRES + 1;
                if (metres <= NEAR_METRES && release_thing_fits(t, thing))
                        all[n++] = (struct near){ thing, metres };
        }
        qsort(all, n, sizeof(*all), nearest_first);
        n = n < NEAR_MAX ? n : NEAR_MAX;
        memcpy(ret, all, n * sizeof(*all));
        return n;
}

static void choice(struct json *j, struct request *req, const struct town *t, const struct release *r, int64_t metres)
{
        json_open(j);
        around_place(j, t, r, req->ctx.arena);
        json_key(j, "metres");
        if (metres >= 0)
                json_int(j, metres);
        else
                json_null(j);
        json_close(j);
}

static void choices(struct json *j, struct request *req, const struct town *t, const struct matter *m)
{
        struct near near[NEAR_MAX];
        size_t n = things_near(req, t, m, near);
        struct str path = m->path, code;
        json_key(j, "places");
        json_list(j);
        while (str_split(&path, '/', &code)) {
                const struct place *p = place_find(&t->places, code);
                if (release_place_fits(p))
                        choice(j, req, t, &(struct release){ .thing = STR(""), .place = code, .street = STR("") }, -1);
        }
        for (size_t i = 0; i < n; i++)
                choice(j, req, t, &(struct release){ .thing = near[i].thing->code, .place = STR(""), .street = STR("") }, (int64_t)(near[i].metres + 0.5));
        json_end(j);
}

static const struct release_photo *released_photo(const struct release_photos *all, int32_t k)
{
        for (size_t i = 0; i < all->n; i++)
                if (all->row[i].k == k)
                        return &all->row[i];
        return NULL;
}

static void photo_choices(struct json *j, const struct matter_file_rows *files, const struct release_photos *released)
{
        json_key(j, "photos");
        json_list(j);
        for (size_t i = 0; i < files->n; i++) {
                const struct matter_file *f = &files->row[i];
                const struct release_photo *r = released_photo(released, f->k);
                if (!str_is(f->of.kind, "photo") || f->erased.p)
                        continue;
                json_open(j);
                json_kint(j, "k", f->k);
                json_kc(j, "by", f->reporter ? "reporter" : "staff");
                json_kbool(j, "released", r != NULL);
                json_kinstant(j, "at", r ? r->at : INSTANT_NONE);
                json_kstr(j, "who", r ? r->by : STR(""));
                json_close(j);
        }
        json_end(j);
}

/* ---- as it stands -------------------------------------------------------------------------------------------------------- */

static void release_json(struct json *j, const struct release *r)
{
        json_key(j, "release");
        if (!r) {
                json_null(j);
                return;
        }
        json_open(j);
        json_kstr(j, "text", r->text);
        json_kstr(j, "text_en", r->text_en);
        json_kstr(j, "street", r->street);
        json_kstr(j, "thing", r->thing);
        json_kstr(j, "place", r->place);
        json_kinstant(j, "at", r->at);
        json_kinstant(j, "changed", r->changed);
        json_kstr(j, "by", r->by);
        json_close(j);
}

static const struct member release_members[] = {
        { .name = "text", .type = FIELD_STR },
        { .name = "text_en", .type = FIELD_STR },
        { .name = "street", .type = FIELD_STR },
        { .name = "thing", .type = FIELD_STR },
        { .name = "place", .type = FIELD_STR },
        { .name = "at", .type = FIELD_INSTANT, .help = { "第一次公开", "The first time" } },
        { .name = "changed", .type = FIELD_INSTANT },
        { .name = "by", .type = FIELD_STR },
        { 0 },
};
static const struct shape release_shape = { "Release", release_members, NULL };
static const struct member choice_members[] = {
        { .name = "metres", .type = FIELD_INT, .null = true, .help = { "设施离事发处多远", "How far the thing is from where it is" } },
        { 0 },
};
static const struct shape choice_shape = { "PublicPlaceChoice", choice_members, &around_place_shape };
static const struct member photo_members[] = {
        { .name = "k", .type = FIELD_INT, .help = { "附件编号", "Number of the file" } },
        { .name = "by", .type = FIELD_STR, .help = { "reporter 或 staff", "reporter or staff" } },
        { .name = "released", .type = FIELD_BOOL },
        { .name = "at", .type = FIELD_INSTANT, .null = true },
        { .name = "who", .type = FIELD_STR, .help = { "谁公开的", "Who released it" } },
        { 0 },
};
static const struct shape photo_shape = { NULL, photo_members, NULL };
static const struct member releasing_members[] = {
        { .name = "rev", .type = FIELD_INT },
        { .name = "may", .type = FIELD_BOOL, .help = { "您能否公开它", "May you release it?" } },
        { .name = "why_not", .type = FIELD_OBJECT, .of = &say_shape, .null = true },
        { .name = "release", .type = FIELD_OBJECT, .of = &release_shape, .null = true },
        { .name = "places", .type = FIELD_LIST, .of = &choice_shape },
        { .name = "photos", .type = FIELD_LIST, .of = &photo_shape },
        { 0 },
};
static const struct shape releasing_shape = { "Releasing", releasing_members, NULL };

static int get(struct request *req)
{
        const struct town *t;
        struct matter m;
        struct scope_object object;
        struct matter_file_rows files;
        struct release_photos released;
        struct release r;
        struct err why = { 0 };
        int rc = house_matter(req, &t, &m, &object);
        if (rc == OK)
                rc = matter_files(&req->ctx, m.id, &files);
        if (rc == OK)
                rc = release_photos(&req->ctx, m.id, &released);
        if (rc != OK)
                return rc;
        rc = release_get(&req->ctx, m.id, &r);
        bool is = rc == OK;
        if (rc != OK && rc != ERR_NONE)
                return rc;
        req->err = (struct err){ 0 };
        bool may = release_may(t, &m, &why) == OK;
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kint(&j, "rev", m.rev);
        json_kbool(&j, "may", may && (house_rights_over(req, &object) & right_bit(RIGHT_MATTER_DISPATCH)));
        json_key(&j, "why_not");
        if (may) {
                json_null(&j);
        } else {
                json_open(&j);
                json_kc(&j, "zh", why.zh);
                json_kc(&j, "en", why.en);
                json_close(&j);
        }
        release_json(&j, is ? &r : NULL);
        choices(&j, req, t, &m);
        photo_choices(&j, &files, &released);
        json_close(&j);
        request_etag(req, m.rev);
        return OK;
}

/* ---- doing --------------------------------------------------------------------------------------------------------------- */

enum { PUT_TEXT, PUT_ENGLISH, PUT_STREET, PUT_THING, PUT_PLACE, PUT_PHOTOS, PUT_FIELDS };
static const struct field photo_number = { .name = "k", .type = FIELD_INT, .min = 1, .max = MATTER_FILES_MAX, .help = { "附件编号", "Number of the file" } };
static const struct field put_body[] = {
        [PUT_TEXT] = { .name = "text", .type = FIELD_TEXT, .min = RELEASE_TEXT_MIN, .max = RELEASE_TEXT_MAX,
                       .help = { "摘要，中文：给所有人看的，由工作人员写，不照抄诉求人的话，不写个人信息", "The summary in Chinese, for everybody: written by staff, not the reporter's own words, nothing of any person" } },
        [PUT_ENGLISH] = { .name = "text_en", .type = FIELD_TEXT, .min = RELEASE_TEXT_MIN, .max = RELEASE_TEXT_MAX, .help = { "摘要，英文；两种语言至少一种", "The summary in English; one of the two at least" } },
        [PUT_STREET] = { .name = "street", .type = FIELD_STR, .max = RELEASE_STREET_MAX, .help = { "街道或路口名，可不填；不写门牌", "Name of a street or crossing, may be left out; no door number" } },
        [PUT_THING] = { .name = "thing", .type = FIELD_CODE, .help = { "显示在哪个公共设施；与 place 二选一", "The public thing it is shown at; this or place" } },
        [PUT_PLACE] = { .name = "place", .type = FIELD_CODE, .help = { "显示在哪个街道（乡镇）、社区或网格；不到楼栋", "The township, community or grid it is shown at; never a building" } },
        [PUT_PHOTOS] = { .name = "photos", .type = FIELD_LIST, .of = &photo_number, .max = RELEASE_PHOTOS_MAX, .help = { "公开哪些照片，默认一张也不", "Which photos are public; none by default" } },
        [PUT_FIELDS] = { 0 },
};

struct releasing {
        struct request *req;
        const struct town *t;
        struct release_in in;
        int64_t photo[RELEASE_PHOTOS_MAX];
        int32_t rev;
        struct matter m;
};

static struct str text_or_empty(const struct values *b, size_t i)
{
        return value_given(b, i) ? value_str(b, i) : STR("");
}

static void read_in(struct request *req, struct releasing *o)
{
        const struct values *b = &req->body;
        o->in = (struct release_in){ .text = text_or_empty(b, PUT_TEXT), .text_en = text_or_empty(b, PUT_ENGLISH), .street = text_or_empty(b, PUT_STREET),
                                     .thing = text_or_empty(b, PUT_THING), .place = text_or_empty(b, PUT_PLACE), .photo = o->photo,
                                     .n_photos = value_count(b, PUT_PHOTOS) };
        for (size_t i = 0; i < o->in.n_photos; i++)
                o->photo[i] = value_item(b, PUT_PHOTOS, i)->n;
}

static void advice_on(struct json *j, struct request *req, const char *field, struct str text)
{
        struct reveal found[REVEAL_MAX];
        size_t n = reveal_find(req->ctx.arena, text, found);
        for (size_t i = 0; i < n; i++) {
                json_open(j);
                json_kc(j, "field", field);
                json_kc(j, "kind", reveal_kind_names[found[i].kind]);
                json_kstr(j, "what", found[i].what);
                json_close(j);
        }
}

/* Is the summary what the reporter wrote, word for word or nearly so? */
static bool is_their_own(struct request *req, const struct matter *m, struct str text)
{
        struct str json;
        struct alike_text summary = { STR(""), text }, words = { STR(""), STR("") };
        int32_t percent = 0;
        JSON_AUTO doc = NULL;
        if (text.n == 0 || matter_words(&req->ctx, m->id, 1, &json) != OK || !json.p || json_parse(json, &doc, NULL) != OK)
                return false;
        words.words = json_text(json_get(doc, "words"));
        if (!words.words.p)
                return false;
        alike_score(req->ctx.arena, &summary, &words, 1, &percent);
        return percent >= SAME_PERCENT;
}

/* Advice: whoever releases it decides. */
static void advice(struct json *j, struct request *req, const struct matter *m, const struct release_in *in)
{
        json_key(j, "advice");
        json_list(j);
        advice_on(j, req, "text", in->text);
        advice_on(j, req, "text_en", in->text_en);
        advice_on(j, req, "street", in->street);
        if (is_their_own(req, m, in->text) || is_their_own(req, m, in->text_en)) {
                json_open(j);
                json_kc(j, "field", "text");
                json_kc(j, "kind", "same-words");
                json_kc(j, "what", "");
                json_close(j);
        }
        json_end(j);
}

/* As residents would see it. */
static void seen(struct json *j, struct request *req, const struct town *t, const struct matter *m, const struct release_in *in)
{
        struct release_photos photos = { arena_array(req->ctx.arena, struct release_photo, in->n_photos), in->n_photos };
        struct public_row row = { .id = m->id, .proc = m->proc, .state = m->state, .subject = m->subject, .grid = m->grid, .path = m->path, .unit = m->unit,
                                  .duty = m->duty, .respondent = m->respondent, .version = m->version, .open = m->open, .opened = m->opened, .due = m->due,
                                  .answered = m->answered, .closed = m->closed, .changed = req->ctx.now, .waits = m->waits, .voices = m->voices, .released = true,
                                  .release = { .text = in->text, .text_en = in->text_en, .street = in->street, .thing = in->thing, .place = in->place, .at = req->ctx.now },
                                  .photo = in->n_photos ? (int32_t)in->photo[0] : 0 };
        for (size_t i = 0; i < in->n_photos; i++)
                photos.row[i] = (struct release_photo){ .k = (int32_t)in->photo[i] };
        json_key(j, "shown");
        around_view(j, t, &row, &photos, req->ctx.arena);
}

static const struct member advice_members[] = {
        { .name = "field", .type = FIELD_STR },
        { .name = "kind", .type = FIELD_STR, .help = { "phone、id、plate、account、mail、door、person 或 same-words", "phone, id, plate, account, mail, door, person or same-words" } },
        { .name = "what", .type = FIELD_STR, .help = { "文中的哪几个字", "The words it is about" } },
        { 0 },
};
static const struct shape advice_shape = { NULL, advice_members, NULL };
static const struct member preview_members[] = {
        { .name = "advice", .type = FIELD_LIST, .of = &advice_shape },
        { .name = "shown", .type = FIELD_OBJECT, .of = &around_one_shape },
        { 0 },
};
static const struct shape preview_shape = { "ReleasePreview", preview_members, NULL };

static int preview(struct request *req)
{
        struct releasing *o = arena_new(req->ctx.arena, struct releasing);
        struct scope_object object;
        int rc = house_matter(req, &o->t, &o->m, &object);
        read_in(req, o);
        if (rc == OK)
                rc = release_judge(&req->ctx, o->t, &o->m, &o->in);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        json_open(&j);
        advice(&j, req, &o->m, &o->in);
        seen(&j, req, o->t, &o->m, &o->in);
        json_close(&j);
        return OK;
}

/* As any other where they may not see it. */
static int reach(struct ctx *ctx, struct releasing *o)
{
        struct scope_object object;
        int rc = matter_get(ctx, request_param(o->req, "id")->id, &o->m);
        if (rc != OK && rc != ERR_NONE)
                return rc;
        if (rc == OK)
                matter_scope(o->t, &o->m, &object);
        if (rc == ERR_NONE || request_in_scope(o->req, o->m.id, &object) != OK)
                return err_set(ctx->err, ERR_NONE, "id", "没有这件事项", "There is no such matter");
        return OK;
}

static int put_run(struct tx *tx, struct command *self)
{
        struct releasing *o = self->arg;
        struct ctx ctx = o->req->ctx;
        ctx.tx = tx;
        int rc = self->tries > 0 ? house_town_anew(o->req, &o->t) : OK;
        if (rc == OK)
                rc = reach(&ctx, o);
        return rc == OK ? matter_release(&ctx, o->t, o->m.id, o->rev, &o->in, &o->m) : rc;
}

static int end_run(struct tx *tx, struct command *self)
{
        struct releasing *o = self->arg;
        struct ctx ctx = o->req->ctx;
        ctx.tx = tx;
        int rc = reach(&ctx, o);
        return rc == OK ? matter_unrelease(&ctx, o->m.id, o->rev, &o->m) : rc;
}

static int finish(struct request *req, int rc)
{
        struct releasing *o = req->state;
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kid(&j, "id", o->m.id);
        json_kint(&j, "rev", o->m.rev);
        json_kbool(&j, "public", req->route->method == HTTP_PUT);
        json_close(&j);
        request_etag(req, o->m.rev);
        house_wake(req);
        return OK;
}

static int submit(struct request *req, int (*run)(struct tx *, struct command *))
{
        struct releasing *o = arena_new(req->ctx.arena, struct releasing);
        int64_t rev = 0;
        o->req = req;
        int rc = house_town(req, &o->t);
        if (rc == OK)
                rc = request_if_match(req, &rev);
        if (rc == OK)
                rc = house_in_person(req); /* a named person answers for what everybody reads */
        if (rc != OK)
                return rc;
        if (req->route->body)
                read_in(req, o);
        o->rev = rev < 0 ? 0 : rev > 0 && rev < INT32_MAX ? (int32_t)rev : INT32_MAX;
        req->state = o;
        req->finish = finish;
        return request_submit(req, run, o);
}

static const struct member done_members[] = {
        { .name = "id", .type = FIELD_ID },
        { .name = "rev", .type = FIELD_INT },
        { .name = "public", .type = FIELD_BOOL },
        { 0 },
};
static const struct shape done_shape = { NULL, done_members, NULL };

static int put(struct request *req)
{
        return submit(req, put_run);
}

static int end(struct request *req)
{
        return submit(req, end_run);
}

static const struct route release_routes[] = {
        { .name = "release.get", .method = HTTP_GET, .path = "/api/matters/{id}/release", .may = RIGHT_MATTER_READ, .scope = SCOPE_MATTER, .run_on = RUN_READ, .run = get, .answer = &releasing_shape,
          .help = { "这件事项公开了什么；能否公开，可选的地点和照片", "What of it is public; may it be, at which places, with which photos" } },
        { .name = "release.preview", .method = HTTP_POST, .path = "/api/matters/{id}/release/preview", .may = RIGHT_MATTER_DISPATCH, .scope = SCOPE_MATTER,
          .run_on = RUN_READ, .rate = RATE_WRITE, .body = put_body, .run = preview, .answer = &preview_shape,
          .help = { "公开前看看居民会看到什么；提示可能的电话、证件号、车牌、门牌", "What residents would see; warns of phone, ID, plate and door numbers in it" } },
        { .name = "release.put", .method = HTTP_PUT, .path = "/api/matters/{id}/release", .may = RIGHT_MATTER_DISPATCH, .scope = SCOPE_MATTER, .run_on = RUN_WRITE,
          .rate = RATE_WRITE, .body = put_body, .run = put, .answer = &done_shape,
          .help = { "公开摘要，或改写已公开的", "Make a summary public, or change what is" } },
        { .name = "release.end", .method = HTTP_DELETE, .path = "/api/matters/{id}/release", .may = RIGHT_MATTER_DISPATCH, .scope = SCOPE_MATTER, .run_on = RUN_WRITE,
          .rate = RATE_WRITE, .run = end, .answer = &done_shape, .help = { "收回公开的内容，随时可以", "Take it back, at any time" } },
};
const struct route_table release_route_table = ROUTES(release_routes);
