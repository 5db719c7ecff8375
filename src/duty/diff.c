#include "duty/diff.h"
#include "duty/inner/list.h"

static const char *const fields[DUTY_FIELDS] = {
        [DUTY_FIELD_LIST] = "list",
        [DUTY_FIELD_SUBJECT] = "subject",
        [DUTY_FIELD_TITLE] = "title",
        [DUTY_FIELD_CONDITION] = "condition",
        [DUTY_FIELD_LEAD] = "lead",
        [DUTY_FIELD_ASSIST] = "assist",
        [DUTY_FIELD_PLACE] = "place",
        [DUTY_FIELD_LIMIT] = "limit",
        [DUTY_FIELD_BASIS] = "basis",
        [DUTY_FIELD_SINCE] = "since",
        [DUTY_FIELD_UNTIL] = "until",
        [DUTY_FIELD_STAFF] = "staff",
        [DUTY_FIELD_CERTIFICATES] = "certificates",
        [DUTY_FIELD_MONEY] = "money",
};

const char *duty_field_name(enum duty_field f)
{
        return fields[f];
}

static bool same_assists(const struct duty *a, const struct duty *b)
{
        for (uint32_t i = 0; i < a->n_assist; i++)
                if (!list_has(b->assist, b->n_assist, a->assist[i]))
                        return false;
        return a->n_assist == b->n_assist;
}

static uint32_t fields_changed(const struct duty *a, const struct duty *b)
{
        const bool changed[DUTY_FIELDS] = {
                [DUTY_FIELD_LIST] = a->list != b->list,
                [DUTY_FIELD_SUBJECT] = !str_eq(a->subject_code, b->subject_code),
                [DUTY_FIELD_TITLE] = !str_eq(a->title, b->title),
                [DUTY_FIELD_CONDITION] = !duty_condition_same(a, b),
                [DUTY_FIELD_LEAD] = !str_eq(a->lead, b->lead),
                [DUTY_FIELD_ASSIST] = !same_assists(a, b),
                [DUTY_FIELD_PLACE] = !str_eq(a->place, b->place),
                [DUTY_FIELD_LIMIT] = a->limit != b->limit || (a->limit > 0 && a->unit != b->unit),
                [DUTY_FIELD_BASIS] = !str_eq(a->basis, b->basis),
                [DUTY_FIELD_SINCE] = a->since.n != b->since.n,
                [DUTY_FIELD_UNTIL] = a->until.n != b->until.n,
                [DUTY_FIELD_STAFF] = !str_eq(a->staff, b->staff),
                [DUTY_FIELD_CERTIFICATES] = !str_eq(a->certificates, b->certificates),
                [DUTY_FIELD_MONEY] = !str_eq(a->money, b->money),
        };
        uint32_t bits = 0;
        for (uint32_t f = 0; f < DUTY_FIELDS; f++)
                bits |= (uint32_t)changed[f] << f;
        return bits;
}

void duties_diff(struct arena *a, const struct duties *before, const struct duties *after, struct duty_diff *ret)
{
        *ret = (struct duty_diff){ .row = arena_array(a, struct duty_change, (size_t)before->n + after->n) };
        for (uint32_t i = 0; i < before->n; i++) {
                struct duty_change c = { .before = i, .after = duty_find(after, before->row[i].code) };
                if (c.after != DUTY_NONE)
                        c.fields = fields_changed(&before->row[i], &after->row[c.after]);
                ret->removed += c.after == DUTY_NONE;
                ret->changed += c.fields != 0;
                if (c.after == DUTY_NONE || c.fields != 0)
                        ret->row[ret->n++] = c;
        }
        for (uint32_t i = 0; i < after->n; i++) {
                if (duty_find(before, after->row[i].code) != DUTY_NONE)
                        continue;
                ret->row[ret->n++] = (struct duty_change){ .before = DUTY_NONE, .after = i };
                ret->added++;
        }
}
