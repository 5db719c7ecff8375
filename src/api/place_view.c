#include "api/place_view.h"

static const struct member found_place_members[] = {
        { .name = "code", .type = FIELD_STR },
        { .name = "kind", .type = FIELD_STR },
        { .name = "name", .type = FIELD_STR },
        { .name = "within", .type = FIELD_LIST, .item = FIELD_STR, .help = { "由近及远的上级地点", "Places above it, the nearest first" } },
        { 0 },
};
static const struct shape found_place_shape = { NULL, found_place_members, NULL };

static const struct member found_thing_members[] = {
        { .name = "code", .type = FIELD_STR },
        { .name = "kind", .type = FIELD_STR },
        { 0 },
};
static const struct shape found_thing_shape = { NULL, found_thing_members, NULL };

static const struct member place_hit_members[] = {
        { .name = "how", .type = FIELD_STR },
        { .name = "how_name", .type = FIELD_OBJECT, .of = &say_shape },
        { .name = "certain", .type = FIELD_BOOL },
        { .name = "words", .type = FIELD_STR, .help = { "据哪几个字", "By which words" } },
        { .name = "percent", .type = FIELD_INT },
        { .name = "place", .type = FIELD_OBJECT, .of = &found_place_shape, .null = true },
        { .name = "thing", .type = FIELD_OBJECT, .of = &found_thing_shape, .null = true },
        { .name = "lat", .type = FIELD_LAT, .maybe = true },
        { .name = "lon", .type = FIELD_LON, .maybe = true },
        { 0 },
};
const struct shape place_hit_shape = { "PlaceHit", place_hit_members, NULL };

static const struct member learned_members[] = {
        { .name = "id", .type = FIELD_ID },
        { .name = "said", .type = FIELD_STR },
        { .name = "place", .type = FIELD_OBJECT, .of = &named_shape, .maybe = true, .null = true },
        { .name = "thing", .type = FIELD_STR, .maybe = true },
        { .name = "state", .type = FIELD_STR },
        { .name = "matter", .type = FIELD_ID, .null = true, .help = { "从哪件事项学来", "The matter it was learned from" } },
        { .name = "proposer", .type = FIELD_STR },
        { .name = "proposed", .type = FIELD_INSTANT },
        { .name = "reviewer", .type = FIELD_STR },
        { .name = "reviewed", .type = FIELD_INSTANT, .null = true },
        { 0 },
};
const struct shape learned_shape = { "Alias", learned_members, NULL };

static void where_of(struct json *j, const struct town *t, const struct place *p)
{
        json_key(j, "place");
        if (!p) {
                json_null(j);
                return;
        }
        json_open(j);
        json_kstr(j, "code", p->code);
        json_kc(j, "kind", place_kind_name(p->kind));
        json_kstr(j, "name", p->name);
        json_key(j, "within");
        json_list(j);
        for (uint32_t up = p->up; up != MAP_NONE && t->places.row[up].kind > PLACE_TOWNSHIP; up = t->places.row[up].up)
                json_str(j, t->places.row[up].name);
        json_end(j);
        json_close(j);
}

static void hit_of(struct json *j, const struct town *t, const struct place_hit *f)
{
        json_open(j);
        json_kc(j, "how", found_how_name(f->how));
        view_say(j, "how_name", found_how_say(f->how));
        json_kbool(j, "certain", f->certain);
        json_kstr(j, "words", f->words);
        json_kint(j, "percent", f->percent);
        where_of(j, t, f->place);
        json_key(j, "thing");
        if (f->thing) {
                json_open(j);
                json_kstr(j, "code", f->thing->code);
                json_kstr(j, "kind", f->thing->kind);
                json_close(j);
        } else {
                json_null(j);
        }
        if (f->has_point) {
                json_key(j, "lat");
                json_double(j, f->point.lat, 6);
                json_key(j, "lon");
                json_double(j, f->point.lon, 6);
        }
        json_close(j);
}

void place_hits_view(struct json *j, const struct town *t, const struct place_hits *hits)
{
        json_key(j, "candidates");
        json_list(j);
        for (size_t i = 0; i < hits->n; i++)
                hit_of(j, t, &hits->row[i]);
        json_end(j);
}

void learned_view(struct json *j, const struct town *t, const struct learned *l)
{
        json_open(j);
        json_kid(j, "id", l->id);
        json_kstr(j, "said", l->said);
        if (l->place.n)
                view_place(j, "place", t, l->place);
        if (l->thing.n)
                json_kstr(j, "thing", l->thing);
        json_kstr(j, "state", l->state);
        json_key(j, "matter");
        if (l->matter == INT64_MIN)
                json_null(j);
        else
                json_id(j, l->matter);
        json_kstr(j, "proposer", l->proposer);
        json_kinstant(j, "proposed", l->proposed);
        json_kstr(j, "reviewer", l->reviewer);
        json_kinstant(j, "reviewed", l->reviewed);
        json_close(j);
}
