#include "place/geojson.h"

void geojson_position(struct json *j, struct point p)
{
        json_list(j);
        json_double(j, p.lon, GEOJSON_DECIMALS);
        json_double(j, p.lat, GEOJSON_DECIMALS);
        json_end(j);
}

void geojson_point(struct json *j, struct point p)
{
        json_open(j);
        json_kc(j, "type", "Point");
        json_key(j, "coordinates");
        geojson_position(j, p);
        json_close(j);
}

struct str geojson_point_text(struct arena *a, struct point p)
{
        BUF_AUTO out = BUF(200);
        struct json j = json_to(&out);
        geojson_point(&j, p);
        return str_dup(a, buf_view(&out));
}

static void ring_of(struct json *j, const struct shapes *s, uint32_t ring)
{
        json_list(j);
        for (uint32_t i = s->ring[ring]; i < s->ring[ring + 1]; i++)
                geojson_position(j, vertex_point(s->v[i]));
        json_end(j);
}

/* The shell @ring and the holes behind it; gives the ring after them. */
static uint32_t part_of(struct json *j, const struct shapes *s, uint32_t ring, uint32_t end)
{
        json_list(j);
        ring_of(j, s, ring++);
        while (ring < end && s->hole && s->hole[ring])
                ring_of(j, s, ring++);
        json_end(j);
        return ring;
}

void geojson_polygon(struct json *j, const struct shapes *s, uint32_t polygon)
{
        uint32_t ring = s->polygon[polygon], end = s->polygon[polygon + 1], parts = 0;
        for (uint32_t i = ring; i < end; i++)
                parts += !s->hole || !s->hole[i];
        json_open(j);
        json_kc(j, "type", parts == 1 ? "Polygon" : "MultiPolygon");
        json_key(j, "coordinates");
        if (parts != 1)
                json_list(j);
        while (ring < end)
                ring = part_of(j, s, ring, end);
        if (parts != 1)
                json_end(j);
        json_close(j);
}
