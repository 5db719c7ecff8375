/* Reading the values of a schema: typed, by index; a wrong index or type is our own mistake. */
#include "api/schema.h"

static const struct value *at(const struct values *v, size_t i)
{
        if (i >= v->n)
                BUG("a field index outside its schema");
        return &v->v[i];
}

static const struct value *typed(const struct values *v, size_t i, enum field_type type)
{
        const struct value *one = at(v, i);
        if (v->field[i].type != type)
                BUG("a field read as another type");
        return one;
}

bool value_given(const struct values *v, size_t i)
{
        return at(v, i)->given;
}

struct str value_str(const struct values *v, size_t i)
{
        const struct value *one = at(v, i);
        enum field_type t = v->field[i].type;
        if (t != FIELD_STR && t != FIELD_TEXT && t != FIELD_CODE)
                BUG("a field read as text that is not");
        return one->given ? one->str : (struct str){ NULL, 0 };
}

int64_t value_int(const struct values *v, size_t i, int64_t fallback)
{
        const struct value *one = typed(v, i, FIELD_INT);
        return one->given ? one->n : fallback;
}

int64_t value_id(const struct values *v, size_t i)
{
        const struct value *one = typed(v, i, FIELD_ID);
        return one->given ? one->n : 0;
}

double value_number(const struct values *v, size_t i, double fallback)
{
        const struct value *one = at(v, i);
        enum field_type t = v->field[i].type;
        if (t != FIELD_NUMBER && t != FIELD_LAT && t != FIELD_LON)
                BUG("a field read as a number that is not");
        return one->given ? one->number : fallback;
}

bool value_bool(const struct values *v, size_t i, bool fallback)
{
        const struct value *one = typed(v, i, FIELD_BOOL);
        return one->given ? one->yes : fallback;
}

struct day value_day(const struct values *v, size_t i)
{
        const struct value *one = typed(v, i, FIELD_DAY);
        return one->given ? one->day : DAY_NONE;
}

struct instant value_instant(const struct values *v, size_t i)
{
        const struct value *one = typed(v, i, FIELD_INSTANT);
        return one->given ? one->at : INSTANT_NONE;
}

int value_choice(const struct values *v, size_t i, int fallback)
{
        const struct value *one = typed(v, i, FIELD_ENUM);
        return one->given ? (int)one->n : fallback;
}

const struct values *value_object(const struct values *v, size_t i)
{
        const struct value *one = typed(v, i, FIELD_OBJECT);
        return one->given ? &one->object : NULL;
}

size_t value_count(const struct values *v, size_t i)
{
        const struct value *one = typed(v, i, FIELD_LIST);
        return one->given ? one->list.n : 0;
}

const struct value *value_item(const struct values *v, size_t i, size_t item)
{
        if (item >= value_count(v, i))
                BUG("a list item past its end");
        return &v->v[i].list.item[item];
}
