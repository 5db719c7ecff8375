#include "place/datum.h"
#include <math.h>

#define PI 3.14159265358979323846

static const struct {
        const char *name;
        enum datum datum;
} names[] = {
        { "wgs84", DATUM_WGS84 },
        { "gcj02", DATUM_GCJ02 },
        { "bd09", DATUM_BD09 },
        { "cgcs2000", DATUM_WGS84 },
};

int datum_parse(struct str s, enum datum *ret)
{
        for (size_t i = 0; i < COUNT(names); i++) {
                if (str_is(s, names[i].name)) {
                        *ret = names[i].datum;
                        return OK;
                }
        }
        return ERR_UNKNOWN;
}

const char *datum_name(enum datum datum)
{
        return names[datum].name;
}

int point_check(struct point p, struct err *err)
{
        if (!isfinite(p.lat) || p.lat < -90 || p.lat > 90)
                return err_set(err, ERR_RANGE, "lat", "纬度应在 -90 到 90 之间", "Latitude must be between -90 and 90");
        if (!isfinite(p.lon) || p.lon < -180 || p.lon > 180)
                return err_set(err, ERR_RANGE, "lon", "经度应在 -180 到 180 之间",
                               "Longitude must be between -180 and 180");
        return OK;
}

/* The box inside which the published shift is applied; it is wider than China. */
static bool shifted(struct point p)
{
        return p.lon >= 72.004 && p.lon <= 137.8347 && p.lat >= 0.8293 && p.lat <= 55.8271;
}

static double wave(double amplitude, double t)
{
        return amplitude * sin(t * PI);
}

/* The part of both offsets that the two formulas share. */
static double ripple(double x, double y)
{
        return 0.1 * x * y + (wave(20, 6 * x) + wave(20, 2 * x)) * 2 / 3;
}

/* Krasovsky 1940, the ellipsoid of the published formula. */
static struct point gcj_shift(struct point p)
{
        const double a = 6378245.0, e2 = 0.00669342162296594323;
        double x = p.lon - 105, y = p.lat - 35, root = sqrt(fabs(x));
        double north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.2 * root + ripple(x, y) +
                       (wave(20, y) + wave(40, y / 3) + wave(160, y / 12) + wave(320, y / 30)) * 2 / 3;
        double east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * root + ripple(x, y) +
                      (wave(20, x) + wave(40, x / 3) + wave(150, x / 12) + wave(300, x / 30)) * 2 / 3;
        double phi = p.lat * PI / 180, m = 1 - e2 * sin(phi) * sin(phi);
        return (struct point){
                .lat = p.lat + north * 180 / (a * (1 - e2) / (m * sqrt(m)) * PI),
                .lon = p.lon + east * 180 / (a / sqrt(m) * cos(phi) * PI),
        };
}

/* Baidu turns and stretches GCJ-02 once more. */
static struct point bd_shift(struct point p)
{
        const double k = PI * 3000 / 180;
        double r = sqrt(p.lon * p.lon + p.lat * p.lat) + 0.00002 * sin(p.lat * k);
        double turn = atan2(p.lat, p.lon) + 0.000003 * cos(p.lon * k);
        return (struct point){ .lat = r * sin(turn) + 0.006, .lon = r * cos(turn) + 0.0065 };
}

static struct point shift(enum datum datum, struct point p)
{
        struct point gcj = gcj_shift(p);
        return datum == DATUM_BD09 ? bd_shift(gcj) : gcj;
}

struct point datum_from_wgs84(enum datum datum, struct point p)
{
        if (datum == DATUM_WGS84 || !shifted(p))
                return p;
        return shift(datum, p);
}

struct point datum_to_wgs84(enum datum datum, struct point p)
{
        if (datum == DATUM_WGS84 || !shifted(p))
                return p;

        /* The shift is nearly constant over its own length, so each round wins three digits or so. */
        struct point at = p;
        for (int i = 0; i < 20; i++) {
                struct point there = shift(datum, at);
                double north = p.lat - there.lat, east = p.lon - there.lon;
                at.lat += north;
                at.lon += east;
                if (fabs(north) < 1e-10 && fabs(east) < 1e-10)
                        break;
        }
        return at;
}

struct degree_metres degree_metres_at(double lat)
{
        const double a = 6378137.0, e2 = 0.00669437999014;
        double phi = lat * PI / 180, m = 1 - e2 * sin(phi) * sin(phi);
        return (struct degree_metres){
                .lat = a * (1 - e2) / (m * sqrt(m)) * PI / 180,
                .lon = a / sqrt(m) * cos(phi) * PI / 180,
        };
}

double point_metres(struct point a, struct point b)
{
        struct degree_metres m = degree_metres_at((a.lat + b.lat) / 2);
        return hypot((a.lat - b.lat) * m.lat, (a.lon - b.lon) * m.lon);
}
