/* The explanation of a dispatch as matter/explain.c writes and keeps it. Kept for years: what a member may hold changes with its format alone. */
#include "api/matter_view.h"

static const struct member explained_place_members[] = {
        { .name = "how", .type = FIELD_STR, .help = { "地点怎样认出的", "How the place was found" } },
        { .name = "grid", .type = FIELD_STR },
        { .name = "building", .type = FIELD_STR },
        { .name = "chosen", .type = FIELD_STR, .help = { "从列表选的", "Chosen from the lists" } },
        { .name = "thing", .type = FIELD_STR },
        { .name = "found_by", .type = FIELD_STR, .maybe = true, .help = { "按话找到的：怎样", "Found by what was said: how" } },
        { .name = "found", .type = FIELD_STR, .maybe = true },
        { .name = "lat", .type = FIELD_LAT, .maybe = true },
        { .name = "lon", .type = FIELD_LON, .maybe = true },
        { .name = "datum", .type = FIELD_STR, .maybe = true },
        { .name = "accuracy", .type = FIELD_NUMBER, .maybe = true, .null = true },
        { .name = "metres", .type = FIELD_NUMBER, .maybe = true },
        { .name = "tie", .type = FIELD_BOOL },
        { .name = "ask", .type = FIELD_BOOL },
        { .name = "agreement", .type = FIELD_STR },
        { .name = "others", .type = FIELD_LIST, .item = FIELD_STR },
        { 0 },
};
static const struct shape explained_place_shape = { NULL, explained_place_members, NULL };

static const struct member explained_subject_members[] = {
        { .name = "code", .type = FIELD_STR },
        { .name = "how", .type = FIELD_STR },
        { .name = "score", .type = FIELD_INT },
        { .name = "by", .type = FIELD_STR, .help = { "哪个分类器", "Which classifier" } },
        { .name = "words", .type = FIELD_LIST, .item = FIELD_STR, .help = { "认出的目录用词", "Words of the catalogue that were found" } },
        { .name = "others", .type = FIELD_LIST, .item = FIELD_STR },
        { 0 },
};
static const struct shape explained_subject_shape = { NULL, explained_subject_members, NULL };

static const struct member explained_row_members[] = {
        { .name = "duty", .type = FIELD_STR },
        { .name = "lost", .type = FIELD_STR, .help = { "为何没有选它", "Why it was not chosen" } },
        { 0 },
};
static const struct shape explained_row_shape = { NULL, explained_row_members, NULL };

static const struct member explained_lead_members[] = {
        { .name = "how", .type = FIELD_STR },
        { .name = "org", .type = FIELD_STR },
        { .name = "duty", .type = FIELD_STR, .maybe = true },
        { .name = "list", .type = FIELD_STR, .maybe = true },
        { .name = "basis", .type = FIELD_STR, .maybe = true },
        { .name = "condition", .type = FIELD_LIST, .item = FIELD_STR, .maybe = true, .help = { "事实和值，依次", "Fact and value in turn" } },
        { .name = "agreement", .type = FIELD_STR },
        { .name = "interim", .type = FIELD_BOOL },
        { .name = "joint_look", .type = FIELD_BOOL },
        { .name = "recalled", .type = FIELD_BOOL },
        { .name = "missing", .type = FIELD_LIST, .item = FIELD_STR },
        { .name = "rows", .type = FIELD_LIST, .of = &explained_row_shape },
        { .name = "rows_all", .type = FIELD_INT },
        { 0 },
};
static const struct shape explained_lead_shape = { NULL, explained_lead_members, NULL };

static const struct member explained_post_members[] = {
        { .name = "code", .type = FIELD_STR },
        { .name = "title", .type = FIELD_STR },
        { .name = "backup", .type = FIELD_BOOL },
        { 0 },
};
static const struct shape explained_post_shape = { NULL, explained_post_members, NULL };

static const struct member explained_upstream_members[] = {
        { .name = "system", .type = FIELD_STR },
        { .name = "due", .type = FIELD_INSTANT, .null = true },
        { .name = "ours", .type = FIELD_INSTANT, .null = true },
        { 0 },
};
static const struct shape explained_upstream_shape = { NULL, explained_upstream_members, NULL };

static const struct member explained_clock_members[] = {
        { .name = "clock", .type = FIELD_STR },
        { .name = "limit", .type = FIELD_INT },
        { .name = "unit", .type = FIELD_STR },
        { .name = "roll", .type = FIELD_BOOL, .help = { "末日顺延", "The last day moves to a working day" } },
        { .name = "from", .type = FIELD_STR },
        { .name = "id", .type = FIELD_STR },
        { .name = "source", .type = FIELD_STR, .help = { "依据", "On what it rests" } },
        { .name = "due", .type = FIELD_INSTANT, .null = true },
        { .name = "provisional", .type = FIELD_BOOL },
        { 0 },
};
static const struct shape explained_clock_shape = { NULL, explained_clock_members, NULL };

static const struct member explanation_members[] = {
        { .name = "format", .type = FIELD_INT },
        { .name = "at", .type = FIELD_INSTANT },
        { .name = "town", .type = FIELD_INT },
        { .name = "town_version", .type = FIELD_INT },
        { .name = "place", .type = FIELD_OBJECT, .of = &explained_place_shape },
        { .name = "subject", .type = FIELD_OBJECT, .of = &explained_subject_shape },
        { .name = "danger", .type = FIELD_LIST, .item = FIELD_STR },
        { .name = "other_doors", .type = FIELD_LIST, .item = FIELD_STR },
        { .name = "facts", .type = FIELD_MAP, .item = FIELD_STR },
        { .name = "urgent", .type = FIELD_BOOL },
        { .name = "lead", .type = FIELD_OBJECT, .of = &explained_lead_shape },
        { .name = "unit", .type = FIELD_STR },
        { .name = "reach", .type = FIELD_STR },
        { .name = "assist", .type = FIELD_STR },
        { .name = "post", .type = FIELD_OBJECT, .of = &explained_post_shape },
        { .name = "duty_officer_alarmed", .type = FIELD_BOOL },
        { .name = "with_duty_officer", .type = FIELD_BOOL, .maybe = true },
        { .name = "state", .type = FIELD_STR },
        { .name = "upstream", .type = FIELD_OBJECT, .of = &explained_upstream_shape, .maybe = true },
        { .name = "clocks", .type = FIELD_LIST, .of = &explained_clock_shape },
        { .name = "calendar", .type = FIELD_STR },
        { 0 },
};
const struct shape explanation_shape = { "Explanation", explanation_members, NULL };

/* ---- what the list says, by name ---------------------------------------------------------------------------------------- */

static const struct member decided_duty_members[] = {
        { .name = "code", .type = FIELD_CODE },
        { .name = "title", .type = FIELD_STR },
        { .name = "list", .type = FIELD_STR, .help = { "哪份清单，如 basic", "Which list, as basic" } },
        { .name = "basis", .type = FIELD_STR, .help = { "法律依据和文件", "Legal basis and document" } },
        { .name = "since", .type = FIELD_DAY, .null = true },
        { 0 },
};
const struct shape decided_duty_shape = { NULL, decided_duty_members, NULL };

static void named_org(struct json *j, const struct town *t, struct str code)
{
        const struct org *o = org_find(&t->orgs, code);
        json_open(j);
        json_kstr(j, "code", code);
        view_name(j, "name", o ? o->name : code, o ? o->name : code);
        json_close(j);
}

static void duty_decided(struct json *j, const struct duty *d)
{
        json_key(j, "duty");
        if (!d) {
                json_null(j);
                return;
        }
        json_open(j);
        json_kstr(j, "code", d->code);
        json_kstr(j, "title", d->title);
        json_kc(j, "list", duty_list_name(d->list));
        json_kstr(j, "basis", d->basis);
        json_kday(j, "since", d->since);
        json_close(j);
}

void decided_by(struct json *j, const struct town *t, const struct intake *k)
{
        json_key(j, "assist");
        json_list(j);
        for (struct str rest = k->assist, one; str_split(&rest, ';', &one);)
                if (one.n)
                        named_org(j, t, one);
        json_end(j);
        duty_decided(j, k->duty);
}
