/* api/town_api.c — what the town has decided, as tables to read: duty rows, posts and their terms, the calendar. */
#include <stdio.h>
#include "api/cursor.h"
#include "api/folder_view.h"
#include "api/routes.h"

#define ROWS_PAGE 200

/* Where a page of an immutable table begins: tables are those of one version, so a place in them is a number. */
static int page_from(struct request *req, size_t field, int64_t *from)
{
        *from = 0;
        return request_page(req, field, from, 1);
}

/* ---- duty rows ----------------------------------------------------------------------------------------------------------------- */

enum { DUTIES_LIST, DUTIES_SUBJECT, DUTIES_UNIT, DUTIES_CURSOR, DUTIES_FIELDS };
static const char *const duty_lists[] = { "basic", "assist", "recalled", "service", "conferred", "entrusted", "committee", NULL };
static const struct field duties_query[] = {
        [DUTIES_LIST] = { .name = "list", .type = FIELD_ENUM, .choices = duty_lists, .help = { "哪类清单", "Which list" } },
        [DUTIES_SUBJECT] = { .name = "subject", .type = FIELD_CODE, .help = { "事项类别", "Of this subject" } },
        [DUTIES_UNIT] = { .name = "unit", .type = FIELD_CODE, .help = { "牵头或配合的单位", "Led or assisted by this unit" } },
        [DUTIES_CURSOR] = FIELD_CURSOR,
        [DUTIES_FIELDS] = { 0 },
};

static const struct member duty_members[] = {
        { .name = "code", .type = FIELD_STR },
        { .name = "line", .type = FIELD_INT, .help = { "在 duties.csv 的哪一行", "Its line in duties.csv" } },
        { .name = "list", .type = FIELD_STR },
        { .name = "list_name", .type = FIELD_OBJECT, .of = &say_shape },
        { .name = "subject", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "title", .type = FIELD_STR },
        { .name = "condition", .type = FIELD_LIST, .item = FIELD_STR, .help = { "事实=值，都要成立", "fact=value, all must hold" } },
        { .name = "lead", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "assist", .type = FIELD_LIST, .of = &named_shape },
        { .name = "place", .type = FIELD_OBJECT, .of = &named_shape, .null = true, .help = { "空为全域", "null: the whole town" } },
        { .name = "limit", .type = FIELD_INT, .null = true },
        { .name = "unit", .type = FIELD_STR, .null = true },
        { .name = "basis", .type = FIELD_STR },
        { .name = "since", .type = FIELD_DAY, .null = true },
        { .name = "until", .type = FIELD_DAY, .null = true },
        { .name = "holds", .type = FIELD_BOOL, .help = { "今天有效", "In force today" } },
        { 0 },
};
static const struct shape duty_row_shape = { "DutyRow", duty_members, NULL };

static void assist_of(struct json *j, const struct town *t, struct str code)
{
        const struct org *o = org_find(&t->orgs, code);
        json_open(j);
        json_kstr(j, "code", code);
        view_name(j, "name", o ? o->name : code, o ? o->name : code);
        json_close(j);
}

static void duty_of(struct json *j, const struct town *t, const struct duty *d, struct day today)
{
        BUF_AUTO pair = BUF(4096);
        json_open(j);
        json_kstr(j, "code", d->code);
        json_kint(j, "line", d->line);
        json_kc(j, "list", duty_list_name(d->list));
        view_say(j, "list_name", duty_list_say(d->list));
        view_subject(j, "subject", t, d->subject_code);
        json_kstr(j, "title", d->title);
        json_key(j, "condition");
        json_list(j);
        for (uint32_t i = 0; i < d->n_condition; i++) {
                buf_clear(&pair);
                buf_printf(&pair, STR_FMT "=" STR_FMT, STR_ARG(d->condition[i].fact), STR_ARG(d->condition[i].value));
                json_str(j, buf_view(&pair));
        }
        json_end(j);
        view_org(j, "lead", t, d->lead);
        json_key(j, "assist");
        json_list(j);
        for (uint32_t i = 0; i < d->n_assist; i++)
                assist_of(j, t, d->assist[i]);
        json_end(j);
        view_place(j, "place", t, d->place);
        json_key(j, "limit");
        if (d->limit > 0)
                json_int(j, d->limit);
        else
                json_null(j);
        json_kc(j, "unit", d->limit > 0 ? due_unit_name(d->unit) : NULL);
        json_kstr(j, "basis", d->basis);
        json_kday(j, "since", d->since);
        json_kday(j, "until", d->until);
        json_kbool(j, "holds", duty_holds_on(d, today));
        json_close(j);
}

static bool duty_asked(const struct values *q, const struct duty *d)
{
        if (value_given(q, DUTIES_LIST) && (int)d->list != value_choice(q, DUTIES_LIST, -1))
                return false;
        if (value_given(q, DUTIES_SUBJECT) && !str_eq(d->subject_code, value_str(q, DUTIES_SUBJECT)))
                return false;
        if (!value_given(q, DUTIES_UNIT) || str_eq(d->lead, value_str(q, DUTIES_UNIT)))
                return true;
        for (uint32_t i = 0; i < d->n_assist; i++)
                if (str_eq(d->assist[i], value_str(q, DUTIES_UNIT)))
                        return true;
        return false;
}

static int duties(struct request *req)
{
        const struct town *t;
        int64_t from, shown = 0;
        int rc = house_town(req, &t);
        if (rc == OK)
                rc = page_from(req, DUTIES_CURSOR, &from);
        if (rc != OK)
                return rc;
        struct json j = request_items(req);
        for (; from < t->duties.n && shown < ROWS_PAGE; from++) {
                if (!duty_asked(&req->query, &t->duties.row[from]))
                        continue;
                duty_of(&j, t, &t->duties.row[from], instant_day(req->ctx.now));
                shown++;
        }
        json_end(&j);
        request_next(req, &j, from < t->duties.n ? &from : NULL, 1);
        json_close(&j);
        return OK;
}

/* ---- posts ------------------------------------------------------------------------------------------------------------------------ */

enum { POSTS_CURSOR, POSTS_FIELDS };
static const struct field posts_query[] = {
        [POSTS_CURSOR] = FIELD_CURSOR,
        [POSTS_FIELDS] = { 0 },
};

static const char *const post_states[] = { "held", "backup", "vacant", "over", "future", NULL };
static const struct member post_members[] = {
        { .name = "code", .type = FIELD_STR },
        { .name = "line", .type = FIELD_INT },
        { .name = "title", .type = FIELD_STR },
        { .name = "role", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "org", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "place", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "holder", .type = FIELD_OBJECT, .of = &person_shape, .null = true },
        { .name = "backup", .type = FIELD_OBJECT, .of = &person_shape, .null = true },
        { .name = "state", .type = FIELD_ENUM, .choices = post_states,
          .help = { "今天：有人担任、备岗代理、无人、任期已过、未到任期", "Today: held, the backup stands in, nobody, the term is over, not begun" } },
        { .name = "acting", .type = FIELD_OBJECT, .of = &person_shape, .null = true },
        { .name = "since", .type = FIELD_DAY, .null = true },
        { .name = "until", .type = FIELD_DAY, .null = true },
        { .name = "ends_in", .type = FIELD_INT, .null = true, .help = { "岗位任期或担任者的在职期还剩几天，取早的", "Days until the term or the holder's service ends, whichever is first" } },
        { 0 },
};
static const struct shape post_row_shape = { "PostRow", post_members, NULL };

static void role_of(struct json *j, const struct town *t, uint32_t role)
{
        json_key(j, "role");
        if (role == POST_NONE) {
                json_null(j);
                return;
        }
        const struct role *r = &t->roles.row[role];
        json_open(j);
        json_kstr(j, "code", r->code);
        view_name(j, "name", r->name_zh, r->name_en);
        json_close(j);
}

static struct str login_of(const struct town *t, uint32_t i)
{
        return i == STAFF_NONE ? STR("") : t->staff.row[i].login;
}

static void ends_in(struct json *j, const struct town *t, const struct post *p, struct day today)
{
        struct day end = p->until;
        struct day service = p->holder == STAFF_NONE ? DAY_NONE : t->staff.row[p->holder].until;
        if (!day_is_none(service) && (day_is_none(end) || service.n < end.n))
                end = service;
        json_key(j, "ends_in");
        if (day_is_none(end))
                json_null(j);
        else
                json_int(j, (int64_t)end.n - today.n);
}

static void post_of(struct json *j, const struct town *t, const struct post *p, struct day today)
{
        bool backup = false;
        const struct staff_member *acting = post_acting(&t->posts, p, today, &backup);
        bool future = !day_is_none(p->since) && p->since.n > today.n;
        json_open(j);
        json_kstr(j, "code", p->code);
        json_kint(j, "line", p->line);
        json_kstr(j, "title", p->title);
        role_of(j, t, p->role);
        view_org(j, "org", t, p->org == POST_NONE ? STR("") : t->orgs.row[p->org].code);
        view_place(j, "place", t, p->place);
        person_view(j, "holder", t, login_of(t, p->holder));
        person_view(j, "backup", t, login_of(t, p->backup));
        json_kc(j, "state", acting ? (backup ? "backup" : "held") : future ? "future" : post_in_force(p, today) ? "vacant" : "over");
        person_view(j, "acting", t, acting ? acting->login : STR(""));
        json_kday(j, "since", p->since);
        json_kday(j, "until", p->until);
        ends_in(j, t, p, today);
        json_close(j);
}

static int posts(struct request *req)
{
        const struct town *t;
        int64_t from;
        int rc = house_town(req, &t);
        if (rc == OK)
                rc = page_from(req, POSTS_CURSOR, &from);
        if (rc != OK)
                return rc;
        struct json j = request_items(req);
        for (int64_t end = from + ROWS_PAGE; from < (int64_t)t->posts.n && from < end; from++)
                post_of(&j, t, &t->posts.row[from], instant_day(req->ctx.now));
        json_end(&j);
        request_next(req, &j, from < (int64_t)t->posts.n ? &from : NULL, 1);
        json_close(&j);
        return OK;
}

/* ---- the calendar ------------------------------------------------------------------------------------------------------------------- */

enum { CALENDAR_YEAR, CALENDAR_FIELDS };
static const struct field calendar_query[] = {
        [CALENDAR_YEAR] = { .name = "year", .type = FIELD_INT, .min = 1900, .max = 2199, .help = { "哪一年，默认今年", "Which year; this one by default" } },
        [CALENDAR_FIELDS] = { 0 },
};

static const char *const day_kinds[] = { "workday", "weekend", "holiday", "makeup", "local_off", "local_work", NULL };
static const struct member day_members[] = {
        { .name = "day", .type = FIELD_DAY },
        { .name = "kind", .type = FIELD_ENUM, .choices = day_kinds },
        { .name = "work", .type = FIELD_BOOL },
        { .name = "name", .type = FIELD_OBJECT, .of = &say_shape },
        { 0 },
};
static const struct shape day_shape = { NULL, day_members, NULL };
static const struct member calendar_members[] = {
        { .name = "year", .type = FIELD_INT },
        { .name = "version", .type = FIELD_STR },
        { .name = "published", .type = FIELD_BOOL, .help = { "该年放假通知已发布；否则按周末推算", "The notice of that year is known; else weekends alone are counted" } },
        { .name = "hours", .type = FIELD_LIST, .item = FIELD_STR, .help = { "办公时间", "Office hours" } },
        { .name = "days", .type = FIELD_LIST, .of = &day_shape, .help = { "全年每一天", "Every day of the year" } },
        { 0 },
};
static const struct shape calendar_shape = { "Calendar", calendar_members, NULL };

static void hours_of(struct json *j, const struct office_hours *h)
{
        char text[16];
        json_key(j, "hours");
        json_list(j);
        for (size_t i = 0; i < h->n; i++) {
                const struct office_span *s = &h->span[i];
                snprintf(text, sizeof(text), "%02d:%02d-%02d:%02d", s->from / 60 % 100, s->from % 60, s->to / 60 % 100, s->to % 60);
                json_c(j, text);
        }
        json_end(j);
}

static int calendar(struct request *req)
{
        const struct town *t;
        struct day first, last;
        int this_year, month, dom;
        int rc = house_town(req, &t);
        if (rc != OK)
                return rc;
        day_split(instant_day(req->ctx.now), &this_year, &month, &dom);
        int64_t year = value_int(&req->query, CALENDAR_YEAR, this_year);
        if (!day_make((int)year, 1, 1, &first) || !day_make((int)year, 12, 31, &last))
                BUG("a year that the query allows");
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kint(&j, "year", year);
        json_kstr(&j, "version", calendar_version(t->calendar));
        json_kbool(&j, "published", calendar_published(t->calendar, first, last));
        hours_of(&j, &t->hours);
        json_key(&j, "days");
        json_list(&j);
        for (struct day d = first; d.n <= last.n; d.n++) {
                struct day_why why = calendar_why(t->calendar, d);
                json_open(&j);
                json_kday(&j, "day", d);
                json_kc(&j, "kind", day_kinds[why.kind]);
                json_kbool(&j, "work", calendar_is_work(t->calendar, d));
                view_say(&j, "name", (struct say){ why.name.zh ? why.name.zh : "", why.name.en ? why.name.en : "" });
                json_close(&j);
        }
        json_end(&j);
        json_close(&j);
        return OK;
}

#define TOWN_READ .may = RIGHT_TOWN_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ
static const struct route town_routes[] = {
        { .name = "duty.list", .method = HTTP_GET, .path = "/api/duties", TOWN_READ, .query = duties_query, .answer = &duty_row_shape,
          .answer_form = ANSWER_PAGE, .run = duties, .help = { "职责清单的行", "Rows of the duty lists" } },
        { .name = "post.list", .method = HTTP_GET, .path = "/api/posts", TOWN_READ, .query = posts_query, .answer = &post_row_shape,
          .answer_form = ANSWER_PAGE, .run = posts, .help = { "岗位、担任的人和任期", "Posts, who holds them, and their terms" } },
        { .name = "calendar.get", .method = HTTP_GET, .path = "/api/calendar", TOWN_READ, .query = calendar_query, .answer = &calendar_shape,
          .run = calendar, .help = { "一年的工作日和休息日：国家安排和本地调整", "Working days and days off of a year: the national ones under the town's own" } },
};
const struct route_table town_route_table = ROUTES(town_routes);
