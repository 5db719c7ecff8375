#include "api/place_view.h"

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
