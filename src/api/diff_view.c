#include "api/diff_view.h"

static const struct member changes_members[] = {
        { .name = "added", .type = FIELD_LIST, .item = FIELD_STR },
        { .name = "removed", .type = FIELD_LIST, .item = FIELD_STR },
        { .name = "changed", .type = FIELD_LIST, .item = FIELD_STR },
        { 0 },
};
static const struct shape changes_shape = { "Changes", changes_members, NULL };

static const char *const changes_said[] = { "added", "removed", "changed", NULL };
static const struct member duty_change_members[] = {
        { .name = "code", .type = FIELD_STR },
        { .name = "title", .type = FIELD_STR },
        { .name = "change", .type = FIELD_ENUM, .choices = changes_said },
        { .name = "lead_before", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "lead_after", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "fields", .type = FIELD_LIST, .item = FIELD_STR, .help = { "改了哪些列", "Which columns changed" } },
        { 0 },
};
static const struct shape duty_change_shape = { "DutyChange", duty_change_members, NULL };

static const struct member moved_members[] = {
        { .name = "id", .type = FIELD_ID },
        { .name = "subject", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "place", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "unit", .type = FIELD_OBJECT, .of = &named_shape, .null = true, .help = { "现在谁在办", "Who has it now" } },
        { .name = "before", .type = FIELD_OBJECT, .of = &named_shape, .null = true, .help = { "按前一版派给谁", "Whose it is by the one version" } },
        { .name = "after", .type = FIELD_OBJECT, .of = &named_shape, .null = true, .help = { "按后一版派给谁", "and by the other" } },
        { .name = "how", .type = FIELD_STR },
        { .name = "how_name", .type = FIELD_OBJECT, .of = &say_shape },
        { 0 },
};
static const struct shape moved_shape = { "MatterMoved", moved_members, NULL };
static const struct member moves_members[] = {
        { .name = "open", .type = FIELD_INT, .help = { "看过的未办结事项", "Open matters that were looked at" } },
        { .name = "moved", .type = FIELD_INT, .help = { "其中会改派的", "How many of them would go elsewhere" } },
        { .name = "more", .type = FIELD_BOOL, .help = { "没有全部看完或列出", "Not all were looked at or listed" } },
        { .name = "items", .type = FIELD_LIST, .of = &moved_shape },
        { 0 },
};
static const struct shape moves_shape = { NULL, moves_members, NULL };

static const struct member diff_members[] = {
        { .name = "differs", .type = FIELD_BOOL },
        { .name = "files", .type = FIELD_OBJECT, .of = &changes_shape },
        { .name = "places", .type = FIELD_OBJECT, .of = &changes_shape },
        { .name = "aliases", .type = FIELD_OBJECT, .of = &changes_shape },
        { .name = "grids", .type = FIELD_OBJECT, .of = &changes_shape },
        { .name = "orgs", .type = FIELD_OBJECT, .of = &changes_shape },
        { .name = "posts", .type = FIELD_OBJECT, .of = &changes_shape },
        { .name = "staff", .type = FIELD_OBJECT, .of = &changes_shape },
        { .name = "subjects", .type = FIELD_OBJECT, .of = &changes_shape },
        { .name = "duties", .type = FIELD_LIST, .of = &duty_change_shape },
        { .name = "matters", .type = FIELD_OBJECT, .of = &moves_shape, .null = true },
        { 0 },
};
const struct shape diff_shape = { "TownDiff", diff_members, NULL };

void diff_changes_view(struct json *j, const char *key, const struct code_changes *c)
{
        json_key(j, key);
        json_open(j);
        for (int change = 0; change < CHANGES; change++) {
                json_key(j, change_name((enum change)change));
                json_list(j);
                for (size_t i = 0; i < c->n; i++)
                        if (c->row[i].change == (enum change)change)
                                json_str(j, c->row[i].code);
                json_end(j);
        }
        json_close(j);
}

static void lead_of(struct json *j, const char *key, const struct town *t, const struct duty *d)
{
        view_org(j, key, t, d ? d->lead : STR(""));
}

static void duty_of(struct json *j, const struct town *before, const struct town *after, const struct duty_change *x)
{
        const struct duty *old = x->before == DUTY_NONE ? NULL : &before->duties.row[x->before];
        const struct duty *new = x->after == DUTY_NONE ? NULL : &after->duties.row[x->after];
        json_open(j);
        json_kstr(j, "code", (new ? new : old)->code);
        json_kstr(j, "title", (new ? new : old)->title);
        json_kc(j, "change", change_name(!old ? CHANGE_ADDED : !new ? CHANGE_REMOVED : CHANGE_CHANGED));
        lead_of(j, "lead_before", before, old);
        lead_of(j, "lead_after", after, new);
        json_key(j, "fields");
        json_list(j);
        for (int f = 0; f < DUTY_FIELDS; f++)
                if (x->fields & 1u << f)
                        json_c(j, duty_field_name((enum duty_field)f));
        json_end(j);
        json_close(j);
}

/* The last code of a path from the root. */
static struct str last_of(struct str path)
{
        size_t at = path.n;
        while (at > 0 && path.p[at - 1] != '/')
                at--;
        return (struct str){ path.p + at, path.n - at };
}

static void matters_of(struct json *j, const struct town *before, const struct town *after, const struct matter_moves *all, bool more)
{
        json_key(j, "matters");
        if (!all) {
                json_null(j);
                return;
        }
        json_open(j);
        json_kint(j, "open", all->open);
        json_kint(j, "moved", all->moved);
        json_kbool(j, "more", more || (size_t)all->moved > all->n);
        json_key(j, "items");
        json_list(j);
        for (size_t i = 0; i < all->n; i++) {
                const struct matter_moved *m = &all->row[i];
                json_open(j);
                json_kid(j, "id", m->id);
                view_subject(j, "subject", before, m->subject);
                view_place(j, "place", before, last_of(m->path));
                view_org(j, "unit", before, m->unit);
                view_org(j, "before", before, m->before);
                view_org(j, "after", after, m->after);
                json_kc(j, "how", lead_how_name(m->how));
                view_say(j, "how_name", lead_how_say(m->how));
                json_close(j);
        }
        json_end(j);
        json_close(j);
}

void diff_view(struct json *j, struct town_version before, struct town_version after, const struct town_diff *d, const struct matter_moves *moves, bool more)
{
        json_open(j);
        json_kbool(j, "differs", town_differs(d));
        diff_changes_view(j, "files", &d->files);
        for (int i = 0; i < DIFF_TABLES; i++)
                diff_changes_view(j, diff_table_name((enum diff_table)i), &d->table[i]);
        json_key(j, "duties");
        json_list(j);
        for (uint32_t i = 0; i < d->duties.n; i++)
                duty_of(j, before.town, after.town, &d->duties.row[i]);
        json_end(j);
        matters_of(j, before.town, after.town, moves, more);
        json_close(j);
}
