#include "app/command.h"
#include "app/tell.h"
#include "base/csv.h"
#include "base/json.h"
#include "place/locate.h"

#define POINTS_BYTES_MAX ((size_t)256 << 20)
#define ANSWER_BYTES_MAX ((size_t)1 << 30)
#define ACCURACY_MAX 100000.0

static const struct option options[] = {
        { "lat", "DEGREES", false, { "纬度", "latitude" } },
        { "lon", "DEGREES", false, { "经度", "longitude" } },
        { "datum",
          "NAME",
          false,
          { "坐标系：wgs84（默认，含 cgcs2000）、gcj02（高德、腾讯）、bd09（百度）",
            "wgs84 (default; cgcs2000 too), gcj02 (Gaode, Tencent) or bd09 (Baidu)" } },
        { "accuracy",
          "METRES",
          false,
          { "手机定位的误差半径；跨网格时要问“是这里吗”",
            "radius of the phone's error; asks \"is it here?\" when it crosses grids" } },
        { "file",
          "POINTS.csv",
          false,
          { "一行一个点：id,lat,lon；输出 CSV", "a point a row: id,lat,lon; writes CSV" } },
        { "json", NULL, false, { "输出 JSON", "print JSON" } },
        { 0 },
};

struct asking {
        struct args *a;
        const struct town *t;
        struct locate_in in; /* all but the point */
};

/* ---- one point --------------------------------------------------------------------------------------------------- */

static void json_or_null(struct json *j, const char *key, struct str s)
{
        json_key(j, key);
        if (s.n)
                json_str(j, s);
        else
                json_null(j);
}

static void tell_json(const struct asking *q, const struct located *at)
{
        BUF_AUTO out = BUF(ANSWER_BYTES_MAX);
        struct json j = json_to(&out);
        json_open(&j);
        json_or_null(&j, "grid", at->grid);
        json_or_null(&j, "building", at->building);
        json_kc(&j, "how", located_name(at->how));
        json_key(&j, "metres");
        if (at->metres < 0)
                json_null(&j);
        else
                json_double(&j, at->metres, 3);
        if (q->in.accuracy_m >= 0) { /* who says how sure the phone is wants to know what to ask */
                json_kbool(&j, "ask", at->ask);
                json_key(&j, "others");
                json_list(&j);
                for (size_t i = 0; i < at->n_others; i++)
                        json_str(&j, at->others[i]);
                json_end(&j);
        }
        json_close(&j);
        tell_buf(q->a, &out);
}

static const char *name_of(const struct asking *q, struct str code)
{
        const struct place *p = place_find(&q->t->places, code);
        return p ? str_c(q->a->arena, p->name) : "";
}

static void tell_words(const struct asking *q, const struct located *at)
{
        static const struct say how[] = {
                [LOCATED_INSIDE] = { "点在网格内", "the point lies inside the grid" },
                [LOCATED_NEAREST] = { "点在网格外，这是最近的一个",
                                      "the point lies outside; this grid is the nearest" },
                [LOCATED_AGREEMENT] = { "按约定归属", "by an agreement" },
                [LOCATED_DESK] = { "附近没有网格，由调度台核实", "no grid is near: the desk finds the place" },
        };
        const struct args *a = q->a;
        bool zh = a->lang == LANG_ZH;
        if (at->grid.n)
                fprintf(a->out, zh ? "网格 " STR_FMT " %s\n" : "grid " STR_FMT " %s\n", STR_ARG(at->grid),
                        name_of(q, at->grid));
        if (at->building.n)
                fprintf(a->out, zh ? "楼栋 " STR_FMT " %s\n" : "building " STR_FMT " %s\n", STR_ARG(at->building),
                        name_of(q, at->building));
        fprintf(a->out, "%s", say_in(how[at->how], a->lang));
        if (at->metres > 0)
                fprintf(a->out, zh ? "，相距 %.1f 米" : ", %.1f metres away", at->metres);
        if (at->agreement.n)
                fprintf(a->out, zh ? "（%.*s，由 %.*s 承接）" : " (%.*s; %.*s takes it)", STR_ARG(at->agreement),
                        STR_ARG(at->agreement_lead));
        fputc('\n', a->out);
        if (at->tie)
                fputs(zh ? "点在分界线上或网格重叠处：按固定规则取其一\n"
                         : "on a boundary or where grids overlap: the fixed rule decided\n",
                      a->out);
        if (at->ask)
                fputs(zh ? "误差范围跨了网格：请问“是这里吗？”\n" : "the error crosses grids: ask \"is it here?\"\n",
                      a->out);
        for (size_t i = 0; i < at->n_others; i++)
                fprintf(a->out, zh ? "也可能是 " STR_FMT " %s\n" : "or " STR_FMT " %s\n", STR_ARG(at->others[i]),
                        name_of(q, at->others[i]));
}

static int ask_point(struct asking *q)
{
        struct args *a = q->a;
        struct located at;
        struct err err = { 0 };
        if (!arg_has(a, "lat") || !arg_has(a, "lon"))
                return usage_error(
                        a, NULL,
                        (struct say){ "需要 --lat 和 --lon，或 --file", "--lat and --lon, or --file, are needed" });
        int rc = arg_double(a, "lat", 0, -90, 90, &q->in.p.lat);
        if (rc == EXIT_FINE)
                rc = arg_double(a, "lon", 0, -180, 180, &q->in.p.lon);
        if (rc != EXIT_FINE)
                return rc;
        if (locate(&q->t->ground, &q->in, &at, &err) != OK)
                return fail(a, &err);
        if (arg_has(a, "json"))
                tell_json(q, &at);
        else
                tell_words(q, &at);
        return EXIT_FINE;
}

/* ---- many points ------------------------------------------------------------------------------------------------- */

enum { ID, LAT, LON, COLUMNS };
static const struct csv_column column[COLUMNS] = { { "id", true, true }, { "lat", true, true }, { "lon", true, true } };

static bool row_point(const struct csv *c, size_t row, struct findings *f, struct point *ret)
{
        struct err err = { 0 };
        if (str_double(csv_at(c, row, LAT), &ret->lat) != OK || str_double(csv_at(c, row, LON), &ret->lon) != OK) {
                if (csv_at(c, row, LAT).n && csv_at(c, row, LON).n) /* an empty cell was told already */
                        finding_add(f, "points.number", SEV_ERROR, c->file, c->line[row],
                                    (struct say){ "写成 39.9042,116.4074", "Write 39.9042,116.4074" }, "坐标不是数",
                                    "A coordinate is no number");
                return false;
        }
        if (point_check(*ret, &err) == OK)
                return true;
        finding_add(f, "points.earth", SEV_ERROR, c->file, c->line[row],
                    (struct say){ "纬度 -90 到 90，经度 -180 到 180", "Latitude -90 to 90, longitude -180 to 180" },
                    "%s%.0s", "%.0s%s", err.zh, err.en);
        return false;
}

static int answer_rows(struct asking *q, const struct csv *c, const struct point *p)
{
        BUF_AUTO out = BUF(ANSWER_BYTES_MAX);
        buf_puts(&out, "id,lat,lon,grid,how\n");
        for (size_t i = 0; i < c->rows; i++) {
                struct located at;
                struct err err = { 0 };
                q->in.p = p[i];
                if (locate(&q->t->ground, &q->in, &at, &err) != OK)
                        return fail(q->a, &err);
                for (size_t k = 0; k < COLUMNS; k++) {
                        csv_cell(&out, csv_at(c, i, k));
                        buf_char(&out, ',');
                }
                buf_str(&out, at.grid);
                buf_char(&out, ',');
                buf_puts(&out, located_name(at.how));
                buf_char(&out, '\n');
        }
        fwrite(out.p, 1, out.n, q->a->out);
        return EXIT_FINE;
}

static int read_points(struct args *a, const char *path, struct csv *ret, struct findings *f)
{
        BUF_AUTO bytes = BUF(POINTS_BYTES_MAX);
        struct err err = { 0 };
        struct str text;
        const char *encoding;
        int rc = buf_read_file(&bytes, path);
        if (rc != OK) {
                err_set(&err, rc, "file", "读不了 %s：%s%.0s", "%s cannot be read: %.0s%s", path, err_kind(rc)->say.zh,
                        err_kind(rc)->say.en);
                fail(a, &err);
                return EXIT_USAGE;
        }
        if (text_utf8(a->arena, buf_view(&bytes), &text, &encoding) != OK)
                return usage_error(a, "--file",
                                   (struct say){ "既不是 UTF-8 也不是 GB18030", "neither UTF-8 nor GB18030" });
        csv_read(a->arena, str_of(path), text, column, COLUMNS, f, ret);
        return EXIT_FINE;
}

/* All rows are read before the first answer is written: half a table helps nobody. */
static int ask_file(struct asking *q)
{
        struct args *a = q->a;
        struct csv c = { 0 };
        struct findings found = { .arena = a->arena };
        int rc = read_points(a, arg_path(a, arg_text(a, "file", "")), &c, &found);
        if (rc != EXIT_FINE)
                return rc;
        struct point *p = arena_array(a->arena, struct point, c.rows);
        for (size_t i = 0; i < c.rows; i++)
                row_point(&c, i, &found, &p[i]);
        if (found.errors == 0)
                return answer_rows(q, &c, p);
        FILE *out = a->out;
        findings_sort(&found);
        a->out = a->errors;
        tell_findings(a, &found, false);
        a->out = out;
        return EXIT_USAGE;
}

static int run(struct args *a)
{
        struct asking q = { .a = a, .in = { .has_point = true, .accuracy_m = -1, .on = instant_day(a->now) } };
        struct town *t;
        if (datum_parse(arg_text(a, "datum", "wgs84"), &q.in.datum) != OK)
                return usage_error(
                        a, "--datum",
                        (struct say){ "应为 wgs84、cgcs2000、gcj02 或 bd09", "wgs84, cgcs2000, gcj02 or bd09" });
        int rc = arg_double(a, "accuracy", -1, 0, ACCURACY_MAX, &q.in.accuracy_m);
        if (rc == EXIT_FINE && arg_has(a, "file") && (arg_has(a, "lat") || arg_has(a, "lon")))
                rc = usage_error(a, "--file",
                                 (struct say){ "不能与 --lat、--lon 同用", "not together with --lat and --lon" });
        if (rc == EXIT_FINE)
                rc = ground_for_asking(a, a->at[0], &t);
        if (rc != EXIT_FINE)
                return rc;
        q.t = t;
        rc = arg_has(a, "file") ? ask_file(&q) : ask_point(&q);
        town_unref(t);
        return rc;
}

const struct verb cmd_locate = {
        .name = "locate",
        .usage = "DIR (--lat DEGREES --lon DEGREES [--json] | --file POINTS.csv) [--datum NAME] [--accuracy METRES]",
        .min_at = 1,
        .max_at = 1,
        .summary = { "一个点归哪个网格", "in which grid is a point" },
        .details = { "只需要文件夹里的 places.csv 和 "
                     "grids.geojson（有约定、设施也用上）。在网格内、最近的网格、按约定，或交调度台；"
                     "分界线上总是同一个答案，并说明是平局。",
                     "Needs no more than places.csv and grids.geojson of the folder (agreements and things are used "
                     "when there). Inside a "
                     "grid, nearest to one, by agreement, or the desk; on a boundary the answer never varies and is "
                     "said to be a tie." },
        .options = options,
        .run = run,
};
