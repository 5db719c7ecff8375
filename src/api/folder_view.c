#include "api/folder_view.h"

static const char *const severities[] = { "error", "warning", NULL };

static const struct member finding_members[] = {
        { .name = "rule", .type = FIELD_STR, .help = { "规则编号，如 duty.tie", "Which rule, such as duty.tie" } },
        { .name = "severity", .type = FIELD_ENUM, .choices = severities },
        { .name = "file", .type = FIELD_STR },
        { .name = "line", .type = FIELD_INT, .help = { "从 1 起；0 为整个文件", "From 1; 0 is the file as a whole" } },
        { .name = "message", .type = FIELD_OBJECT, .of = &say_shape },
        { .name = "hint", .type = FIELD_OBJECT, .of = &say_shape, .help = { "怎么改", "What to do" } },
        { .name = "geometry", .type = FIELD_ANY, .null = true, .help = { "GeoJSON 图形", "A GeoJSON geometry" } },
        { 0 },
};
static const struct shape finding_shape_of = { "Finding", finding_members, NULL };
static const struct member findings_members[] = {
        { .name = "errors", .type = FIELD_INT },
        { .name = "warnings", .type = FIELD_INT },
        { .name = "dropped", .type = FIELD_INT, .help = { "没有列出的条数", "How many are not listed" } },
        { .name = "findings", .type = FIELD_LIST, .of = &finding_shape_of },
        { 0 },
};
const struct shape findings_shape = { "Findings", findings_members, NULL };

static const struct member person_members[] = {
        { .name = "login", .type = FIELD_STR },
        { .name = "name", .type = FIELD_STR },
        { 0 },
};
const struct shape person_shape = { "Person", person_members, NULL };

static const char *const draft_states[] = { "open", "proposed", "loaded", "refused", "withdrawn", "expired", NULL };
static const struct member draft_item_members[] = {
        { .name = "id", .type = FIELD_ID },
        { .name = "rev", .type = FIELD_INT },
        { .name = "state", .type = FIELD_ENUM, .choices = draft_states },
        { .name = "why", .type = FIELD_STR },
        { .name = "proposer", .type = FIELD_OBJECT, .of = &person_shape, .null = true },
        { .name = "judge", .type = FIELD_OBJECT, .of = &person_shape, .null = true, .help = { "第二人，或撤回的人", "The second person, or who withdrew it" } },
        { .name = "said", .type = FIELD_STR, .help = { "为什么没有通过或撤回", "Why it was refused or withdrawn" } },
        { .name = "version", .type = FIELD_INT, .null = true, .help = { "成为第几版", "The version that it became" } },
        { .name = "opened", .type = FIELD_INSTANT },
        { .name = "touched", .type = FIELD_INSTANT },
        { .name = "ended", .type = FIELD_INSTANT, .null = true },
        { .name = "expires", .type = FIELD_INSTANT, .null = true, .help = { "无人改动到此时作废", "When it ends if nobody touches it" } },
        { .name = "own", .type = FIELD_BOOL, .help = { "是不是自己提的", "Is it the reader's own?" } },
        { 0 },
};
const struct shape draft_item_shape = { "DraftItem", draft_item_members, NULL };
static const struct member draft_file_members[] = {
        { .name = "name", .type = FIELD_STR },
        { .name = "base", .type = FIELD_INT, .help = { "在第几版上写的", "The version on which it was written" } },
        { .name = "gone", .type = FIELD_BOOL },
        { .name = "bytes", .type = FIELD_INT },
        { 0 },
};
static const struct shape draft_file_shape = { NULL, draft_file_members, NULL };
static const struct member draft_members[] = {
        { .name = "files", .type = FIELD_LIST, .of = &draft_file_shape },
        { 0 },
};
const struct shape draft_shape = { "Draft", draft_members, &draft_item_shape };

/* Nobody reads more; the number of all is told. */
#define FINDINGS_SHOWN 2000

static void finding_of(struct json *j, const struct finding *f)
{
        json_open(j);
        json_kc(j, "rule", f->rule);
        json_kc(j, "severity", f->severity == SEV_ERROR ? "error" : "warning");
        json_kstr(j, "file", f->file);
        json_kint(j, "line", f->line);
        view_name(j, "message", f->zh, f->en);
        view_say(j, "hint", f->hint);
        json_key(j, "geometry");
        if (f->shape.n)
                json_raw(j, f->shape);
        else
                json_null(j);
        json_close(j);
}

void findings_view(struct json *j, const struct findings *f)
{
        size_t shown = f->n < FINDINGS_SHOWN ? f->n : FINDINGS_SHOWN;
        json_open(j);
        json_kint(j, "errors", (int64_t)f->errors);
        json_kint(j, "warnings", (int64_t)f->warnings);
        json_kint(j, "dropped", (int64_t)(f->dropped + f->n - shown));
        json_key(j, "findings");
        json_list(j);
        for (size_t i = 0; i < shown; i++)
                finding_of(j, &f->row[i]);
        json_end(j);
        json_close(j);
}

void person_view(struct json *j, const char *key, const struct town *t, struct str login)
{
        const struct staff_member *who = staff_find(&t->staff, login);
        json_key(j, key);
        if (login.n == 0) {
                json_null(j);
                return;
        }
        json_open(j);
        json_kstr(j, "login", login);
        json_kstr(j, "name", who ? who->name : login);
        json_close(j);
}

static struct instant draft_expires(const struct town *t, const struct draft *d)
{
        return instant_is_none(d->ended) ? (struct instant){ d->touched.us + draft_life_us(t) } : INSTANT_NONE;
}

void draft_fields(struct json *j, const struct town *t, const struct draft *d, struct str reader)
{
        json_kid(j, "id", d->id);
        json_kint(j, "rev", d->rev);
        json_kstr(j, "state", d->state);
        json_kstr(j, "why", d->why);
        person_view(j, "proposer", t, d->proposer);
        person_view(j, "judge", t, d->judge);
        json_kstr(j, "said", d->said);
        json_key(j, "version");
        if (d->version == INT64_MIN)
                json_null(j);
        else
                json_int(j, d->version);
        json_kinstant(j, "opened", d->opened);
        json_kinstant(j, "touched", d->touched);
        json_kinstant(j, "ended", d->ended);
        json_kinstant(j, "expires", draft_expires(t, d));
        json_kbool(j, "own", str_eq(d->proposer, reader));
}
