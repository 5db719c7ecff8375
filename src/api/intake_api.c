/* api/intake_api.c — opening a matter, and looking before one does. */
#include "api/around.h"
#include "api/inner/opening.h"
#include "api/inner/voice.h"
#include "api/matter_view.h"
#include "api/oidc.h"
#include "api/routes.h"
#include "matter/similar.h"
#include "matter/files.h"
#include "place/spoken.h"

enum { IN_TITLE = VOICE_FIELDS, IN_WORDS, IN_SUBJECT, IN_LANDMARK, IN_DIRECTION, IN_METRES, IN_GROUP, IN_HOUSEHOLDER, IN_FACTS, IN_ABOUT, IN_SOURCE, IN_READ_BACK,
       IN_DIFFERENT, IN_ADDRESS, IN_HOURS, IN_FIELDS };

#define LANDMARK_MAX 60

enum { FACT_NAME, FACT_VALUE, FACT_FIELDS };
static const struct field fact_fields[] = {
        [FACT_NAME] = { .name = "fact", .type = FIELD_CODE, .required = true, .help = { "事实名，如 owner", "Its name, such as owner" } },
        [FACT_VALUE] = { .name = "value", .type = FIELD_CODE, .required = true, .help = { "值，如 property", "Its value, such as property" } },
        [FACT_FIELDS] = { 0 },
};
static const struct field fact_item = { .name = "fact", .type = FIELD_OBJECT, .of = fact_fields, .help = { "一个事实", "One fact" } };

static const struct field intake_body[] = {
        FIELDS_OF_VOICE,
        [IN_TITLE] = { .name = "title", .type = FIELD_STR, .max = 200, .help = { "标题，可不填", "A title, may be left out" } },
        [IN_WORDS] = { .name = "words", .type = FIELD_TEXT, .required = true, .min = 2, .max = INTAKE_WORDS_MAX,
                       .help = { "要反映的事", "What it is about" } },
        [IN_SUBJECT] = { .name = "subject", .type = FIELD_CODE, .help = { "自选的事项类别", "The subject, if chosen" } },
        [IN_LANDMARK] = { .name = "landmark", .type = FIELD_STR, .max = LANDMARK_MAX, .help = { "地标，如 老供销社", "A landmark, such as the old shop" } },
        [IN_DIRECTION] = { .name = "direction", .type = FIELD_ENUM, .choices = spoken_side_names, .help = { "在地标的哪个方向", "In which direction from the landmark" } },
        [IN_METRES] = { .name = "metres", .type = FIELD_INT, .min = 1, .max = 20000, .help = { "离地标多少米", "How many metres from the landmark" } },
        [IN_GROUP] = { .name = "group", .type = FIELD_STR, .max = 40, .help = { "村民小组", "Villagers' group" } },
        [IN_HOUSEHOLDER] = { .name = "householder", .type = FIELD_STR, .max = VAULT_NAME_CHARS, .secret = true,
                             .help = { "户主姓名，只为找到地点；加密保存，默认只显示张*", "Name of the householder, to find the place by alone; sealed, shown masked" } },
        [IN_FACTS] = { .name = "facts", .type = FIELD_LIST, .of = &fact_item, .max = INTAKE_FACTS_MAX, .help = { "已知的事实", "What is known" } },
        [IN_ABOUT] = { .name = "about", .type = FIELD_CODE, .help = { "被反映的单位或人员", "The unit or member of staff complained about" } },
        [IN_SOURCE] = { .name = "source", .type = FIELD_ENUM, .choices = source_codes, .help = { "来源，默认 web；谁可填什么见 docs/sources.md", "By which way it came, web by default; who may say which: docs/sources.md" } },
        [IN_READ_BACK] = { .name = "read_back", .type = FIELD_BOOL,
                           .help = { "代人口述登记（phone、counter、visit、grid）必填：念给本人听，是否确认", "Needed where words are written down for somebody (phone, counter, visit, grid): read back to them, did they confirm?" } },
        [IN_DIFFERENT] = { .name = "different", .type = FIELD_BOOL, .help = { "我的情况与已公告的原因不同，单独办理", "Mine is different from what is announced: deal with it on its own" } },
        [IN_ADDRESS] = { .name = "address", .type = FIELD_STR, .max = VAULT_ADDRESS_CHARS, .secret = true, .help = { "联系地址，可不填", "An address, may be left out" } },
        [IN_HOURS] = { .name = "notify_hours", .type = FIELD_STR, .min = 11, .max = 11, .help = { "只在这段时间通知，如 18:00-20:00；默认避开本地安静时段", "Be told only within these hours, as 18:00-20:00; by default outside the town's quiet hours" } },
        [IN_FIELDS] = { 0 },
};

static bool leaves_contact(const struct values *b)
{
        return value_str(b, VOICE_NAME).n || value_str(b, VOICE_PHONE).n || value_str(b, IN_ADDRESS).n || value_str(b, VOICE_MAIL).n;
}

/* A form with boxes and a sentence say the same; from here on there is the sentence alone. */
static struct str said_of(struct request *req)
{
        const struct values *b = &req->body;
        struct arena *a = req->ctx.arena;
        struct str said = voice_text(b, VOICE_SAID), mark = value_str(b, IN_LANDMARK);
        struct str side = spoken_side_zh((enum spoken_side)(value_choice(b, IN_DIRECTION, -1) + 1)), far = STR("");
        if (mark.n == 0)
                return said;
        if (value_given(b, IN_METRES))
                far = str_printf(a, "%lld米", (long long)value_int(b, IN_METRES, 0));
        return str_printf(a, STR_FMT "%s" STR_FMT STR_FMT "%s" STR_FMT, STR_ARG(mark), side.n ? "往" : "", STR_ARG(side), STR_ARG(far),
                          said.n ? "，" : "", STR_ARG(said));
}

static int read_said(struct request *req, struct intake_in *in)
{
        const struct values *b = &req->body;
        if ((value_given(b, IN_DIRECTION) || value_given(b, IN_METRES)) && !value_given(b, IN_LANDMARK))
                return err_set(&req->err, ERR_MISSING, "landmark", "方向和距离要和地标一起给", "A direction or distance needs its landmark");
        in->said = said_of(req);
        in->group = voice_text(b, IN_GROUP);
        in->unlearned = voice_names(req, in->said, value_str(b, IN_HOUSEHOLDER));
        return OK;
}

static int read_intake(struct request *req, struct intake_in *in)
{
        const struct values *b = &req->body;
        *in = (struct intake_in){ .title = voice_text(b, IN_TITLE), .words = value_str(b, IN_WORDS), .subject = voice_text(b, IN_SUBJECT),
                                  .respondent = voice_text(b, IN_ABOUT),
                                  .source = str_of(source_codes[value_choice(b, IN_SOURCE, SOURCE_WEB)]), .anonymous = !leaves_contact(b) };
        if (value_given(b, IN_READ_BACK))
                in->read_back = value_bool(b, IN_READ_BACK, false) ? READ_BACK_YES : READ_BACK_NO;
        in->n_facts = value_count(b, IN_FACTS);
        int rc = voice_place(req, in);
        if (rc == OK)
                rc = read_said(req, in);
        if (rc != OK)
                return rc;
        for (size_t i = 0; i < in->n_facts; i++) {
                const struct values *f = &value_item(b, IN_FACTS, i)->object;
                in->fact[i] = (struct duty_pair){ value_str(f, FACT_NAME), value_str(f, FACT_VALUE) };
        }
        return OK;
}

/* ---- how they want to be told --------------------------------------------------------------------------------------- */

static int read_wish(struct request *req, struct opening *o)
{
        const struct values *b = &req->body;
        struct opening_wish w = { .way = value_choice(b, VOICE_WAY, -1), .hours = value_str(b, IN_HOURS), .discreet = value_bool(b, VOICE_DISCREET, false),
                                  .lang = value_choice(b, IN_SOURCE, SOURCE_WEB) == SOURCE_WEB ? req->ctx.lang : LANG_ZH };
        return opening_wish(req, o, &w);
}

/* ---- preview ------------------------------------------------------------------------------------------------------ */

static int preview(struct request *req)
{
        const struct town *t;
        struct intake_in in;
        struct intake k;
        struct tx *tx;
        const struct known_cause *known = NULL;
        int rc = house_town(req, &t);
        if (rc == OK)
                rc = read_intake(req, &in);
        if (rc == OK)
                rc = intake_decide(&req->ctx, t, &in, &k);
        if (rc == OK)
                rc = request_tx(req, &tx);
        if (rc == OK && !value_bool(&req->body, IN_DIFFERENT, false))
                rc = opening_known(&req->ctx, house_of(req), t, &k, &known);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        intake_view(&j, t, &k, known, req->ctx.lang, req->ctx.arena);
        return OK;
}

/* ---- reported already? ----------------------------------------------------------------------------------------------- */

/* For the desk alone, whose office it is to see that one thing is reported twice: what it is about, where, since when, for how many. */
static const struct member nearby_members[] = {
        { .name = "subject", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "grid", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "since", .type = FIELD_DAY },
        { .name = "state_name", .type = FIELD_OBJECT, .of = &say_shape, .maybe = true },
        { .name = "people", .type = FIELD_INT, .help = { "几个人反映过", "How many people reported it" } },
        { 0 },
};
static const struct shape nearby_shape = { NULL, nearby_members, NULL };

static const struct member similar_members[] = {
        { .name = "items", .type = FIELD_LIST, .of = &around_one_shape, .help = { "已公开、可加入的，最像的在前", "Those that are public and may be joined, the most alike first" } },
        { .name = "nearby", .type = FIELD_LIST, .of = &nearby_shape, .maybe = true,
          .help = { "只给有权代人登记的人：没有公开的也在内", "Only for whoever may take in reports: those that are not public as well" } },
        { .name = "count", .type = FIELD_INT, .help = { "一共几件；没有权代人登记的，只数公开的", "How many there are in all; for others only of those that are public" } },
        { 0 },
};
static const struct shape similar_shape = { "Similar", similar_members, NULL };

static void nearby_item(struct json *j, const struct town *t, const struct similar_row *r)
{
        char day[12];
        const struct procedure *p = town_procedure(t, STR("request"));
        int at = procedure_state_find(p, r->state);
        json_open(j);
        view_subject(j, "subject", t, r->subject);
        view_place(j, "grid", t, r->grid);
        json_kc(j, "since", day_format(instant_day(r->opened), day));
        if (at >= 0)
                view_say(j, "state_name", p->state[at].public_word);
        json_kint(j, "people", r->voices + 1);
        json_close(j);
}

static enum subject_publicity publicity_of(const struct town *t, struct str subject)
{
        uint32_t at = subject_find(&t->subjects, subject);
        return at == SUBJECT_NONE ? PUBLICITY_NONE : t->subjects.row[at].publicity;
}

static int64_t nearby(struct json *j, const struct town *t, const struct similar_rows *found)
{
        int64_t count = 0;
        json_key(j, "nearby");
        json_list(j);
        for (size_t i = 0; i < found->n; i++) {
                enum subject_publicity shown = publicity_of(t, found->row[i].subject);
                count += shown != PUBLICITY_NONE;
                if (shown == PUBLICITY_SUMMARY)
                        nearby_item(j, t, &found->row[i]);
        }
        json_end(j);
        return count;
}

/* What a clerk released, of the cause that each of them is or waits for: judged as "around me" judges it. */
static int joinable(struct ctx *ctx, const struct town *t, const struct similar_rows *found, struct public_row *row, size_t *ret_n)
{
        *ret_n = 0;
        for (size_t i = 0; i < found->n; i++) {
                int rc = insight_public_get(ctx, found->row[i].cause, &row[*ret_n]);
                if (rc != OK && rc != ERR_NONE)
                        return rc;
                if (rc == OK && public_joinable(t, &row[*ret_n]))
                        (*ret_n)++;
        }
        return OK;
}

/* A complaint about somebody is compared with nothing. */
static int similar_find(struct request *req, const struct town **ret_t, struct similar_rows *found)
{
        struct intake_in in;
        struct intake k;
        struct tx *tx;
        found->n = 0;
        int rc = house_town(req, ret_t);
        if (rc == OK)
                rc = read_intake(req, &in);
        if (rc == OK)
                rc = intake_decide(&req->ctx, *ret_t, &in, &k);
        if (rc == OK)
                rc = request_tx(req, &tx);
        if (rc != OK)
                return rc;
        struct similar_ask ask = intake_similar_ask(&k);
        ask.released = !request_holds(req, RIGHT_MATTER_OPEN);
        return !in.respondent.n && ask.grid.n ? matter_similar(&req->ctx, *ret_t, &ask, found) : OK;
}

static int similar(struct request *req)
{
        const struct town *t;
        struct similar_rows found;
        struct public_row row[SIMILAR_MAX];
        size_t n;
        int rc = similar_find(req, &t, &found);
        if (rc == OK)
                rc = joinable(&req->ctx, t, &found, row, &n);
        if (rc != OK)
                return rc;
        struct json j = request_items(req);
        for (size_t i = 0; i < n; i++)
                around_view(&j, t, &row[i], NULL, req->ctx.arena);
        json_end(&j);
        int64_t count = request_holds(req, RIGHT_MATTER_OPEN) ? nearby(&j, t, &found) : (int64_t)n;
        json_kint(&j, "count", count);
        json_close(&j);
        return OK;
}

/* ---- open ------------------------------------------------------------------------------------------------------------ */

static const struct member opened_members[] = {
        { .name = "id", .type = FIELD_ID },
        { .name = "code", .type = FIELD_STR, .help = { "查询码，只有这一次", "The tracking code, told this once" } },
        { .name = "state", .type = FIELD_STR },
        { .name = "due", .type = FIELD_INSTANT, .null = true },
        { .name = "answered_by", .type = FIELD_OBJECT, .of = &decision_shape, .maybe = true,
          .help = { "重复提交时没有", "Not with the answer to a repeated request" } },
        { 0 },
};
static const struct shape opened_shape = { "MatterOpened", opened_members, NULL };

static int opened(struct request *req, const struct opening *o)
{
        struct json j = request_json(req, 201);
        json_open(&j);
        json_kid(&j, "id", o->id);
        json_kc(&j, "code", o->code.text);
        json_kstr(&j, "state", o->k.state);
        json_kinstant(&j, "due", o->k.due);
        if (!o->again) {
                json_key(&j, "answered_by");
                intake_view(&j, o->t, &o->k, o->known, req->ctx.lang, req->ctx.arena);
        }
        json_close(&j);
        req->out.location = str_printf(req->ctx.arena, "/api/matters/%lld", (long long)o->id);
        return OK;
}

static int open_matter(struct request *req)
{
        const struct values *b = &req->body;
        struct opening *o = arena_new(req->ctx.arena, struct opening);
        int rc = house_town(req, &o->t);
        if (rc == OK)
                rc = read_intake(req, &o->in);
        if (rc == OK)
                rc = source_check(&req->ctx, source_find(o->in.source), request_holds(req, RIGHT_MATTER_OPEN), o->in.read_back);
        if (rc != OK)
                return rc;
        rc = voice_who(req, voice_text(b, IN_ADDRESS), &o->who);
        if (rc == OK)
                rc = read_wish(req, o);
        if (rc != OK)
                return rc;
        o->householder = (struct identity){ .name = voice_text(b, IN_HOUSEHOLDER), .phone = STR(""), .address = STR(""), .note = STR(""),
                                            .mail = STR("") };
        o->tokens = voice_files(req);
        o->different = value_bool(b, IN_DIFFERENT, false);
        o->answer = opened;
        return opening_submit(req, o);
}

/* ---- looking before one speaks -------------------------------------------------------------------------------------- */

enum { SUGGEST_WORDS, SUGGEST_FIELDS };
static const struct field suggest_query[] = {
        [SUGGEST_WORDS] = { .name = "words", .type = FIELD_STR, .required = true, .min = 1, .max = 500, .help = { "已输入的文字", "What was typed so far" } },
        [SUGGEST_FIELDS] = { 0 },
};

static const struct member suggested_members[] = {
        { .name = "subject", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { 0 },
};
static const struct shape suggested_shape = { NULL, suggested_members, NULL };

static int suggest(struct request *req)
{
        const struct town *t;
        uint32_t found[8];
        int rc = house_town(req, &t);
        if (rc != OK)
                return rc;
        uint32_t n = match_suggest(t->matcher, req->ctx.arena, value_str(&req->query, SUGGEST_WORDS), found, COUNT(found));
        struct json j = request_items(req);
        for (uint32_t i = 0; i < n; i++) {
                json_open(&j);
                view_subject(&j, "subject", t, t->subjects.row[found[i]].code);
                json_close(&j);
        }
        json_end(&j);
        json_close(&j);
        return OK;
}

static const struct member subject_members[] = {
        { .name = "code", .type = FIELD_STR },
        { .name = "parent", .type = FIELD_STR, .help = { "上级类别，顶层为空", "The subject above; "" at the top" } },
        { .name = "name", .type = FIELD_OBJECT, .of = &say_shape },
        { .name = "level", .type = FIELD_STR, .help = { "small、big、hard", "small, big or hard" } },
        { .name = "publicity", .type = FIELD_STR, .help = { "none、count、summary", "none, count or summary" } },
        { .name = "leaf", .type = FIELD_BOOL },
        { 0 },
};
static const struct shape subject_shape = { "Subject", subject_members, NULL };

static int subjects(struct request *req)
{
        const struct town *t;
        int rc = house_town(req, &t);
        if (rc != OK)
                return rc;
        struct json j = request_items(req);
        for (uint32_t i = 0; i < t->subjects.n; i++) {
                const struct subject *s = &t->subjects.row[i];
                json_open(&j);
                json_kstr(&j, "code", s->code);
                json_kstr(&j, "parent", s->parent);
                view_name(&j, "name", s->name_zh, s->name_en);
                json_kc(&j, "level", subject_level_name(s->level));
                json_kc(&j, "publicity", subject_publicity_name(s->publicity));
                json_kbool(&j, "leaf", s->leaf);
                json_close(&j);
        }
        json_end(&j);
        json_close(&j);
        request_etag_body(req);
        return OK;
}

enum { PLACES_UNDER, PLACES_FIELDS };
static const struct field places_query[] = {
        [PLACES_UNDER] = { .name = "under", .type = FIELD_CODE, .help = { "上级地点代码，默认本乡镇", "Code of the place above; the town by default" } },
        [PLACES_FIELDS] = { 0 },
};

static const struct member listed_place_members[] = {
        { .name = "code", .type = FIELD_STR },
        { .name = "kind", .type = FIELD_STR },
        { .name = "name", .type = FIELD_STR },
        { 0 },
};
static const struct shape listed_place_shape = { "ListedPlace", listed_place_members, NULL };

static int places(struct request *req)
{
        const struct town *t;
        int rc = house_town(req, &t);
        if (rc != OK)
                return rc;
        struct str under = value_given(&req->query, PLACES_UNDER) ? value_str(&req->query, PLACES_UNDER) : t->code;
        if (!place_find(&t->places, under))
                return err_set(&req->err, ERR_UNKNOWN, "under", "没有这个地点", "There is no such place");
        struct json j = request_items(req);
        for (size_t i = 0; i < t->places.n; i++) {
                const struct place *p = &t->places.row[i];
                if (!str_eq(p->parent, under))
                        continue;
                json_open(&j);
                json_kstr(&j, "code", p->code);
                json_kc(&j, "kind", place_kind_name(p->kind));
                json_kstr(&j, "name", p->name);
                json_close(&j);
        }
        json_end(&j);
        json_close(&j);
        request_etag_body(req);
        return OK;
}

static const struct member contact_members[] = {
        { .name = "phone", .type = FIELD_STR, .help = { "没有则为空", "Empty when there is none" } },
        { .name = "duty_phone", .type = FIELD_STR, .help = { "下班后的值班电话，没有则为空", "Outside office hours, or empty" } },
        { .name = "counter", .type = FIELD_OBJECT, .of = &say_shape, .help = { "窗口在哪里", "Where the counter is" } },
        { .name = "hours", .type = FIELD_OBJECT, .of = &say_shape, .help = { "何时有人", "When somebody is there" } },
        { 0 },
};
static const struct shape contact_shape = { "TownContact", contact_members, NULL };
static const struct member town_members[] = {
        { .name = "code", .type = FIELD_STR },
        { .name = "name", .type = FIELD_OBJECT, .of = &say_shape },
        { .name = "version", .type = FIELD_INT },
        { .name = "trial", .type = FIELD_BOOL, .help = { "试用，不是真的", "For trying out; nothing is real" } },
        { .name = "map_approval", .type = FIELD_STR, .help = { "审图号，没有则为空", "Approval number of its map, or """ } },
        { .name = "contact", .type = FIELD_OBJECT, .of = &contact_shape, .help = { "找人的办法", "The way to a person" } },
        { .name = "calendar", .type = FIELD_STR, .help = { "工作日历的版本", "Version of the calendar of working days" } },
        { .name = "sign_in", .type = FIELD_OBJECT, .of = &say_shape, .null = true,
          .help = { "工作人员也可用它登录：按钮上的名称", "Staff may sign in with it too: the words on the button" } },
        { 0 },
};
static const struct shape town_shape = { "Town", town_members, NULL };

static int about_town(struct request *req)
{
        const struct town *t;
        const struct oidc_config *elsewhere = oidc_desk_config(house_of(req)->oidc);
        int rc = house_town(req, &t);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kstr(&j, "code", t->code);
        view_name(&j, "name", t->name_zh, t->name_en);
        json_kint(&j, "version", t->version);
        json_kbool(&j, "trial", t->trial);
        json_kstr(&j, "map_approval", t->map_approval);
        json_key(&j, "contact");
        json_open(&j);
        json_kstr(&j, "phone", t->contact.phone);
        json_kstr(&j, "duty_phone", t->contact.duty_phone);
        view_name(&j, "counter", t->contact.counter_zh, t->contact.counter_en);
        view_name(&j, "hours", t->contact.hours_zh, t->contact.hours_en);
        json_close(&j);
        json_kstr(&j, "calendar", calendar_version(t->calendar));
        if (elsewhere)
                view_name(&j, "sign_in", elsewhere->name_zh, elsewhere->name_en);
        else
                json_kc(&j, "sign_in", NULL);
        json_close(&j);
        return OK;
}

enum { WHO_SUBJECT, WHO_LAT, WHO_LON, WHO_DATUM, WHO_PLACE, WHO_ON, WHO_FIELDS };
static const struct field who_query[] = {
        [WHO_SUBJECT] = { .name = "subject", .type = FIELD_CODE, .required = true, .help = { "事项类别", "The subject" } },
        [WHO_LAT] = { .name = "lat", .type = FIELD_LAT, .help = { "纬度", "Latitude" } },
        [WHO_LON] = { .name = "lon", .type = FIELD_LON, .help = { "经度", "Longitude" } },
        [WHO_DATUM] = { .name = "datum", .type = FIELD_ENUM, .choices = voice_datums, .help = { "坐标系", "Coordinate system" } },
        [WHO_PLACE] = { .name = "place", .type = FIELD_CODE, .help = { "地点代码", "Code of a place" } },
        [WHO_ON] = { .name = "on", .type = FIELD_DAY, .help = { "哪一天，默认今天", "On which day; today by default" } },
        [WHO_FIELDS] = { 0 },
};

static int who_answers(struct request *req)
{
        const struct values *q = &req->query;
        const struct town *t;
        struct intake k;
        struct ctx ctx = req->ctx;
        struct day on = value_day(q, WHO_ON);
        int rc = day_is_none(on) ? house_town(req, &t) : house_town_on(req, on, &t);
        if (rc != OK)
                return rc;
        if (value_given(q, WHO_LAT) != value_given(q, WHO_LON))
                return err_set(&req->err, ERR_MISSING, value_given(q, WHO_LAT) ? "lon" : "lat", "lat 和 lon 要一起给", "lat and lon go together");
        if (!day_is_none(on) && on.n != instant_day(ctx.now).n)
                ctx.now = (struct instant){ day_start(on).us + 12 * US_PER_HOUR };
        struct intake_in in = { .title = STR(""), .words = STR("--"), .subject = value_str(q, WHO_SUBJECT), .place = voice_text(q, WHO_PLACE),
                                .has_point = value_given(q, WHO_LAT), .point = { value_number(q, WHO_LAT, 0), value_number(q, WHO_LON, 0) },
                                .datum = (enum datum)value_choice(q, WHO_DATUM, DATUM_WGS84), .accuracy_m = -1, .source = STR("web"), .anonymous = true };
        rc = intake_decide(&ctx, t, &in, &k);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        intake_view(&j, t, &k, NULL, req->ctx.lang, req->ctx.arena);
        return OK;
}

static const struct route public_routes[] = {
        { .name = "matter.preview", .method = HTTP_POST, .path = "/api/preview", .may = RIGHT_PUBLIC, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .rate = RATE_INTAKE, .body = intake_body, .body_max = 32 << 10, .run = preview, .answer = &decision_shape,
          .help = { "提交前看看：谁来办、何时答复、为什么", "Before sending: who will answer, by when and why" } },
        { .name = "similar.ask", .method = HTTP_POST, .path = "/api/similar", .may = RIGHT_PUBLIC, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .rate = RATE_INTAKE, .body = intake_body, .body_max = 32 << 10, .run = similar, .answer = &similar_shape,
          .help = { "提交前看看：附近有没有已公开、可加入的同样的事；没有公开的，不让别人知道",
                    "Before sending: is there a public matter nearby that is perhaps the same, to join instead? Nobody learns of what is not released" } },
        { .name = "matter.open", .method = HTTP_POST, .path = "/api/matters", .may = RIGHT_PUBLIC, .scope = SCOPE_TOWN, .run_on = RUN_SUBMIT,
          .rate = RATE_INTAKE, .body = intake_body, .body_max = 32 << 10, .idempotent = true, .status = 201, .run = open_matter, .answer = &opened_shape,
          .help = { "提交诉求；返回编号、查询码和承诺答复日", "Open a matter; answers its id, tracking code and promised day" } },
        { .name = "subject.suggest", .method = HTTP_GET, .path = "/api/suggest", .may = RIGHT_PUBLIC, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .query = suggest_query, .run = suggest, .answer = &suggested_shape, .answer_form = ANSWER_ITEMS, .help = { "按输入的文字推荐事项类别", "Subjects for what is being typed" } },
        { .name = "subject.list", .method = HTTP_GET, .path = "/api/subjects", .may = RIGHT_PUBLIC, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .cached = true, .run = subjects, .answer = &subject_shape, .answer_form = ANSWER_ITEMS, .help = { "全部事项类别", "The catalogue of subjects" } },
        { .name = "place.list", .method = HTTP_GET, .path = "/api/places", .may = RIGHT_PUBLIC, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .cached = true, .query = places_query, .run = places, .answer = &listed_place_shape, .answer_form = ANSWER_ITEMS, .help = { "某地点之下的社区、网格或楼栋", "Communities, grids or buildings below a place" } },
        { .name = "town.about", .method = HTTP_GET, .path = "/api/town", .may = RIGHT_PUBLIC, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .cached = true, .run = about_town, .answer = &town_shape, .help = { "本乡镇（街道）的名称和版本", "Name and version of this town" } },
        { .name = "who.answers", .method = HTTP_GET, .path = "/api/who-answers", .may = RIGHT_PUBLIC, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .query = who_query, .run = who_answers, .answer = &decision_shape, .help = { "这件事在这里由谁负责，依据是什么", "Who answers for this subject at this place, on that day, and why" } },
};
const struct route_table public_route_table = ROUTES(public_routes);
