#include "matter/inner/release.h"
#include <math.h>
#include "base/json.h"
#include "matter/files.h"
#include "matter/inner/verify.h"
#include "matter/inner/voices.h"
#include "matter/inner/write.h"
#include "matter/release_sql.h"
#include "people/audit.h"

#define EVENT_BEGUN "made-public"
#define EVENT_CHANGED "public-changed"
#define EVENT_ENDED "public-ended"

static int refuse(struct err *err, int code, const char *field, const char *zh, const char *en)
{
        return err_set(err, code, field, "%1$s%2$.0s", "%1$.0s%2$s", zh, en);
}

/* ---- where ------------------------------------------------------------------------------------------------------------------ */

bool release_place_fits(const struct place *p)
{
        return p && p->kind >= PLACE_TOWNSHIP && p->kind <= PLACE_GRID;
}

bool release_thing_fits(const struct town *t, const struct thing *thing)
{
        const struct place *p = thing && thing->place.n ? place_find(&t->places, thing->place) : NULL;
        return thing && (p ? release_place_fits(p) : thing->has_point);
}

const struct place *release_at(const struct town *t, struct str thing, struct str place)
{
        const struct thing *at = thing.n ? thing_find(&t->things, thing) : NULL;
        return place_find(&t->places, at && at->place.n ? at->place : place);
}

/* Of several grids the one whose label is nearest to the mean of all. */
static bool middle_of(const struct town *t, const struct place *p, struct point *ret)
{
        struct point sum = { 0, 0 }, best = { 0, 0 };
        double least = INFINITY;
        size_t n = 0;
        for (uint32_t i = 0; i < t->grids.n; i++) {
                if (!path_within(t->places.row[t->grids.row[i].place].path, p->path))
                        continue;
                struct point at = grid_label(&t->grids, i);
                sum.lat += at.lat;
                sum.lon += at.lon;
                n++;
        }
        for (uint32_t i = 0; n && i < t->grids.n; i++) {
                if (!path_within(t->places.row[t->grids.row[i].place].path, p->path))
                        continue;
                struct point at = grid_label(&t->grids, i);
                double metres = point_metres(at, (struct point){ sum.lat / (double)n, sum.lon / (double)n });
                if (metres >= least)
                        continue;
                least = metres;
                best = at;
        }
        if (n)
                *ret = best;
        return n > 0;
}

bool release_spot(const struct town *t, struct str thing, struct str place, struct point *ret)
{
        const struct thing *at = thing.n ? thing_find(&t->things, thing) : NULL;
        if (at && at->has_point) {
                *ret = at->point;
                return true;
        }
        const struct place *p = release_at(t, thing, place);
        return release_place_fits(p) && middle_of(t, p, ret);
}

/* ---- may it? ---------------------------------------------------------------------------------------------------------------- */

int release_may(const struct town *t, const struct matter *m, struct err *err)
{
        uint32_t s = subject_find(&t->subjects, m->subject);
        if (m->respondent.n)
                return refuse(err, ERR_RULE, "id", "反映单位或人员的诉求不公开", "A complaint about a unit or person is never made public");
        if (m->waits)
                return refuse(err, ERR_RULE, "id", "这件已并入别的事项，请公开那一件", "It is joined to another matter; make that one public");
        if (s == SUBJECT_NONE)
                return refuse(err, ERR_RULE, "subject", "还不知道是哪类事项，不能公开", "Its subject is not known yet, so it is not public");
        if (t->subjects.row[s].publicity != PUBLICITY_SUMMARY)
                return refuse(err, ERR_RULE, "subject", "这类事项按事项清单不公开摘要", "By the catalogue no summary of this subject is public");
        return OK;
}

static int judge_place(struct ctx *ctx, const struct town *t, const struct release_in *in)
{
        if (in->thing.n && in->place.n)
                return refuse(ctx->err, ERR_RULE, "thing", "设施和地点只填一个", "Name a public thing or a place, not both");
        if (in->thing.n) {
                const struct thing *thing = thing_find(&t->things, in->thing);
                if (!thing)
                        return refuse(ctx->err, ERR_UNKNOWN, "thing", "没有这个编号的设施", "There is no public thing with this number");
                if (!release_thing_fits(t, thing))
                        return refuse(ctx->err, ERR_RULE, "thing", "楼内的设施不公开，请选社区或网格", "A thing inside a building is not shown: choose a community or grid");
                return OK;
        }
        const struct place *p = in->place.n ? place_find(&t->places, in->place) : NULL;
        if (in->place.n == 0)
                return refuse(ctx->err, ERR_MISSING, "place", "请选公开显示的地点", "Choose the place that is shown");
        if (!p)
                return refuse(ctx->err, ERR_UNKNOWN, "place", "没有这个地点", "There is no such place");
        if (!release_place_fits(p))
                return refuse(ctx->err, ERR_RULE, "place", "公开的地点到网格为止，不到楼栋和单元", "A public place is no finer than a grid: never a building or unit");
        return OK;
}

static int judge_photos(struct ctx *ctx, const struct matter *m, const struct release_in *in)
{
        struct matter_file_rows files;
        const struct matter_file *f;
        if (in->n_photos > RELEASE_PHOTOS_MAX)
                return err_set(ctx->err, ERR_RANGE, "photos", "最多公开 %d 张照片", "At most %d photos are made public", RELEASE_PHOTOS_MAX);
        int rc = in->n_photos ? matter_files(ctx, m->id, &files) : OK;
        for (size_t i = 0; rc == OK && i < in->n_photos; i++) {
                for (size_t k = 0; k < i; k++)
                        if (in->photo[k] == in->photo[i])
                                return refuse(ctx->err, ERR_RULE, "photos", "同一张照片写了两次", "One photo is named twice");
                if (matter_file_find(&files, in->photo[i], &f, ctx->err) != OK || !str_is(f->of.kind, "photo"))
                        return refuse(ctx->err, ERR_UNKNOWN, "photos", "没有这张照片，或已删除", "There is no such photo, or it was erased");
        }
        return rc;
}

static int judge_text(struct ctx *ctx, const char *field, struct str text, size_t max)
{
        if (text.n && (!utf8_valid(text) || utf8_count(text) > max))
                return err_set(ctx->err, ERR_RANGE, field, "最多 %d 个字", "At most %d characters", (int)max);
        return OK;
}

int release_judge(struct ctx *ctx, const struct town *t, const struct matter *m, const struct release_in *in)
{
        if (in->text.n == 0 && in->text_en.n == 0)
                return refuse(ctx->err, ERR_MISSING, "text", "请写一段给所有人看的摘要", "Write a summary for everybody");
        int rc = release_may(t, m, ctx->err);
        if (rc == OK)
                rc = judge_text(ctx, "text", in->text, RELEASE_TEXT_MAX);
        if (rc == OK)
                rc = judge_text(ctx, "text_en", in->text_en, RELEASE_TEXT_MAX);
        if (rc == OK)
                rc = judge_text(ctx, "street", in->street, RELEASE_STREET_MAX);
        if (rc == OK)
                rc = judge_place(ctx, t, in);
        return rc == OK ? judge_photos(ctx, m, in) : rc;
}

/* ---- doing ------------------------------------------------------------------------------------------------------------------ */

static int load(struct ctx *ctx, int64_t id, int32_t rev, struct matter *ret)
{
        int rc = matter_get(ctx, id, ret);
        if (rc == OK && rev && rev != ret->rev)
                return err_set(ctx->err, ERR_REV, "If-Match", "事项已被更新（现为第 %d 版）", "The matter has changed (now revision %d)", (int)ret->rev);
        return rc;
}

static struct str words_of(struct ctx *ctx, const struct release_in *in)
{
        BUF_AUTO out = BUF(WORDS_MAX);
        struct json j = json_to(&out);
        json_open(&j);
        json_kstr(&j, "text", in->text);
        json_kstr(&j, "text_en", in->text_en);
        json_kstr(&j, "street", in->street);
        json_close(&j);
        return str_dup(ctx->arena, buf_view(&out));
}

static struct str body_of(struct ctx *ctx, const struct release_in *in)
{
        BUF_AUTO out = BUF(EVENT_BODY_MAX);
        struct json j = json_to(&out);
        json_open(&j);
        json_key(&j, "release");
        json_open(&j);
        json_kbool(&j, "on", in != NULL);
        if (in) {
                json_kstr(&j, "thing", in->thing);
                json_kstr(&j, "place", in->place);
                json_key(&j, "photos");
                json_list(&j);
                for (size_t i = 0; i < in->n_photos; i++)
                        json_int(&j, in->photo[i]);
                json_end(&j);
        }
        json_close(&j);
        json_close(&j);
        return str_dup(ctx->arena, buf_view(&out));
}

static bool wanted(const struct release_in *in, int32_t k)
{
        for (size_t i = 0; i < in->n_photos; i++)
                if (in->photo[i] == k)
                        return true;
        return false;
}

/* Who released a photo, and when, stays with it when something else changes. */
static int save_photos(struct ctx *ctx, int64_t id, const struct release_in *in)
{
        struct release_photos had;
        struct str by = actor_text(ctx->arena, ctx->actor);
        int rc = release_photos(ctx, id, &had);
        for (size_t i = 0; rc == OK && i < had.n; i++)
                if (!wanted(in, had.row[i].k))
                        rc = sql_matter_release_photo_drop(ctx->tx, &(struct sql_matter_release_photo_drop_in){ ctx->town, id, had.row[i].k }, NULL);
        for (size_t i = 0; rc == OK && i < in->n_photos; i++)
                rc = sql_matter_release_photo_add(ctx->tx, &(struct sql_matter_release_photo_add_in){ ctx->town, id, (int32_t)in->photo[i], ctx->now, by }, NULL);
        return rc;
}

int matter_release(struct ctx *ctx, const struct town *t, int64_t id, int32_t rev, const struct release_in *in, struct matter *ret)
{
        struct release had;
        int rc = load(ctx, id, rev, ret);
        if (rc == OK)
                rc = release_judge(ctx, t, ret, in);
        if (rc != OK)
                return rc;
        rc = release_get(ctx, id, &had);
        if (rc != OK && rc != ERR_NONE)
                return rc;
        struct change c = { .kind = rc == OK ? EVENT_CHANGED : EVENT_BEGUN, .body = body_of(ctx, in), .words = words_of(ctx, in), .at = ctx->now };
        struct notes notes = { 0 };
        change_note(ctx, ret, &notes, &c);
        rc = matter_save(ctx, ret, &notes);
        if (rc == OK)
                rc = sql_matter_release_put(ctx->tx, &(struct sql_matter_release_put_in){ ctx->town, id, ret->n, in->thing, in->place, ctx->now,
                                                                                          actor_text(ctx->arena, ctx->actor) }, NULL);
        return rc == OK ? save_photos(ctx, id, in) : rc;
}

int release_erase(struct ctx *ctx, int64_t matter)
{
        int rc = sql_matter_release_drop(ctx->tx, &(struct sql_matter_release_drop_in){ ctx->town, matter }, NULL);
        return rc == OK ? sql_matter_release_photo_drop(ctx->tx, &(struct sql_matter_release_photo_drop_in){ ctx->town, matter, 0 }, NULL) : rc;
}

int matter_unrelease(struct ctx *ctx, int64_t id, int32_t rev, struct matter *ret)
{
        struct release had;
        int rc = load(ctx, id, rev, ret);
        if (rc == OK)
                rc = release_get(ctx, id, &had);
        if (rc == ERR_NONE)
                return err_set(ctx->err, ERR_STATE, "id", "这件事项没有公开", "This matter is not public");
        if (rc != OK)
                return rc;
        struct change c = { .kind = EVENT_ENDED, .body = body_of(ctx, NULL), .at = ctx->now };
        struct notes notes = { 0 };
        change_note(ctx, ret, &notes, &c);
        rc = matter_save(ctx, ret, &notes);
        return rc == OK ? release_erase(ctx, id) : rc;
}

/* ---- reading ---------------------------------------------------------------------------------------------------------------- */

static struct str text_in(struct arena *a, struct json_object *doc, const char *key)
{
        struct str s = json_text(json_get(doc, key));
        return s.p ? str_dup(a, s) : STR("");
}

bool release_words(struct arena *a, struct str json, struct release *ret)
{
        JSON_AUTO doc = NULL;
        if (json.n == 0 || json_parse(json, &doc, NULL) != OK)
                return false;
        ret->text = text_in(a, doc, "text");
        ret->text_en = text_in(a, doc, "text_en");
        ret->street = text_in(a, doc, "street");
        return true;
}

int release_get(struct ctx *ctx, int64_t matter, struct release *ret)
{
        struct sql_matter_release_get_row r;
        int rc = sql_matter_release_get(ctx->tx, ctx->arena, &(struct sql_matter_release_get_in){ ctx->town, matter }, &r);
        if (rc != OK)
                return rc;
        *ret = (struct release){ .matter = matter, .n = r.n, .thing = r.thing, .place = r.place, .by = r.actor, .at = r.at, .changed = r.changed, .street = STR("") };
        release_words(ctx->arena, r.words, ret);
        return OK;
}

int release_photos(struct ctx *ctx, int64_t matter, struct release_photos *ret)
{
        struct sql_matter_release_photos_rows rows;
        int rc = sql_matter_release_photos(ctx->tx, ctx->arena, &(struct sql_matter_release_photos_in){ ctx->town, matter }, &rows);
        if (rc != OK)
                return rc;
        *ret = (struct release_photos){ arena_array(ctx->arena, struct release_photo, rows.n), rows.n };
        for (size_t i = 0; i < rows.n; i++)
                ret->row[i] = (struct release_photo){ rows.row[i].k, rows.row[i].at, rows.row[i].actor, rows.row[i].gone };
        return OK;
}

/* ---- joining ---------------------------------------------------------------------------------------------------------------- */

bool release_joinable(const struct matter *m)
{
        return m->open && instant_is_none(m->answered);
}

int release_join(struct ctx *ctx, const struct town *t, int64_t id, int64_t cause, struct str said, struct matter *ret)
{
        struct release r;
        struct ctx as = *ctx;
        int rc = release_get(ctx, cause, &r);
        if (rc != OK)
                return rc;
        struct form_value form[] = { { STR("cause"), str_printf(ctx->arena, "%lld", (long long)cause) }, { STR("reason"), said } };
        struct matter_action a = { .id = id, .rights = UINT64_MAX, .form = form, .n_form = COUNT(form) };
        as.actor = voice_actor(r.by);
        return matter_act_voice(&as, t, &a, &(struct voice_turn){ .cause = cause, .what = TURN_JOINS }, ret);
}

/* ---- proof ------------------------------------------------------------------------------------------------------------------ */

int release_said(struct str kind, struct json_object *body)
{
        struct json_object *on = json_get(json_get(body, "release"), "on");
        if (!on || !(str_is(kind, EVENT_BEGUN) || str_is(kind, EVENT_CHANGED) || str_is(kind, EVENT_ENDED)))
                return -1;
        return json_object_get_boolean(on);
}

static bool photos_agree(const struct release_photos *rows, struct json_object *said)
{
        if (json_object_get_type(said) != json_type_array || json_object_array_length(said) != rows->n)
                return false;
        for (size_t i = 0; i < rows->n; i++) {
                bool found = false; /* as many on both sides, and each number stands once */
                for (size_t k = 0; k < rows->n; k++)
                        found = found || json_object_get_int(json_object_array_get_idx(said, k)) == rows->row[i].k;
                if (!found)
                        return false;
        }
        return true;
}

/* The last event about it says so, and is the one that the row names. */
static int row_agrees(struct ctx *ctx, const struct sql_matter_release_page_row *r, bool *ret)
{
        struct event_rows events;
        struct release_photos photos;
        *ret = false;
        int rc = event_of(ctx, r->matter, &events);
        if (rc == OK)
                rc = release_photos(ctx, r->matter, &photos);
        for (size_t i = 0; rc == OK && i < events.n; i++) {
                JSON_AUTO body = NULL;
                const struct event *e = &events.row[i].e;
                if (json_parse(e->body, &body, NULL) != OK || release_said(e->kind, body) < 0)
                        continue;
                struct json_object *said = json_get(body, "release");
                *ret = release_said(e->kind, body) == 1 && e->n == r->n && str_eq(json_text(json_get(said, "thing")), r->thing) &&
                       str_eq(json_text(json_get(said, "place")), r->place) && photos_agree(&photos, json_get(said, "photos"));
        }
        return rc;
}

static int verify_one(struct ctx *ctx, struct matter_check *check, const struct sql_matter_release_page_row *r)
{
        ARENA_AUTO arena = { 0 };
        struct ctx own = *ctx;
        bool same;
        own.arena = &arena;
        int rc = row_agrees(&own, r, &same);
        if (rc == OK && (!same || r->row_n == INT32_MIN))
                verify_fault(ctx, check, r->matter, "公开的内容与其经过不符", "what is public is not what its events say");
        return rc;
}

int release_verify(struct ctx *ctx, struct matter_check *check)
{
        for (int64_t after = INT64_MIN;;) {
                ARENA_AUTO page = { 0 };
                struct sql_matter_release_page_rows rows;
                int rc = store_read_renew(ctx->tx);
                if (rc == OK)
                        rc = sql_matter_release_page(ctx->tx, &page, &(struct sql_matter_release_page_in){ ctx->town, after, VERIFY_PAGE }, &rows);
                if (rc != OK || rows.n == 0)
                        return rc;
                for (size_t i = 0; rc == OK && i < rows.n; i++)
                        rc = verify_one(ctx, check, &rows.row[i]);
                if (rc != OK)
                        return rc;
                after = rows.row[rows.n - 1].matter;
        }
}
