/* linli-map FILE LAYER COORDINATES: a map layer (Shapefile, GeoPackage) as lines of JSON on standard output.
 *
 * A program of its own, because GDAL brings a hundred libraries that a server should neither load nor expose: it runs for one file, with
 * little memory, without writing, and whatever goes wrong in it ends with it. src/sheet/map.c starts it and reads what it says:
 *
 *   {"layer":"网格","layers":["网格"],"declared":"CGCS2000 / 3-degree Gauss-Kruger zone 39","fields":["GRIDCODE"]}
 *   {"cells":["110101012001001"],"lat":39.9,"lon":116.4,"shape":{"type":"Polygon","coordinates":[…]}}
 * or, and nothing after it, {"error":"zh","en":"…"}.
 *
 * COORDINATES: file, wgs84, cgcs2000, gcj02, bd09 or EPSG:n. What leaves is WGS 84 in degrees, except for gcj02 and bd09, which are no systems of
 * a map but shifts: their degrees leave as they are, for whoever knows the shift (place/datum.h). */
#include <cpl_conv.h>
#include <cpl_string.h>
#include <gdal.h>
#include <ogr_srs_api.h>
#include <sys/resource.h>
#include "base/csv.h"
#include "base/json.h"
#include "base/sanitized.h"

#define LINE_MAX_BYTES ((size_t)32 << 20)
#define OUT_MAX ((rlim_t)512 << 20)
#define MEMORY_MAX ((rlim_t)3 << 30)
#define SECONDS_MAX 300
#define FEATURES_MAX 200000
#define FIELDS_MAX 256

struct job {
        struct arena a;
        const char *coordinates;
        OGRLayerH layer;
        OGRCoordinateTransformationH turn; /* NULL: degrees as they are */
        bool utf8;                         /* texts are; else told by their bytes */
        struct buf line;
};

static int refuse(const char *zh, const char *en)
{
        BUF_AUTO out = BUF(65536);
        struct json j = json_to(&out);
        json_open(&j);
        json_kc(&j, "error", zh);
        json_kc(&j, "en", en);
        json_close(&j);
        buf_char(&out, '\n');
        fwrite(out.p, 1, out.n, stdout);
        return 1;
}

/* ---- which system ------------------------------------------------------------------------------------------------- */

enum datum_kind { KIND_NONE, KIND_WGS84, KIND_CGCS2000, KIND_OTHER };

static bool names(const char *text, const char *const *words)
{
        for (; *words; words++)
                if (text && strstr(text, *words))
                        return true;
        return false;
}

static enum datum_kind datum_of(OGRSpatialReferenceH srs)
{
        static const char *const wgs[] = { "WGS_1984", "WGS 1984", "World Geodetic System 1984", "WGS84", NULL };
        static const char *const cgcs[] = { "China_2000", "China 2000", "China_Geodetic", "China Geodetic Coordinate System 2000", "CGCS2000", "CGCS_2000", NULL };
        const char *datum = srs ? OSRGetAttrValue(srs, "DATUM", 0) : NULL;
        if (!srs)
                return KIND_NONE;
        return names(datum, cgcs) ? KIND_CGCS2000 : names(datum, wgs) ? KIND_WGS84 : KIND_OTHER;
}

static bool wants(const struct job *j, const char *word) { return strcmp(j->coordinates, word) == 0; }

static bool is_shift(const struct job *j) { return wants(j, "gcj02") || wants(j, "bd09"); }

/* Beijing 1954 and Xi'an 1980 lie up to a hundred metres aside, by parameters that only a surveying office may hand out: no guess is made. */
static int judge_declared(const struct job *j, OGRSpatialReferenceH declared)
{
        enum datum_kind kind = datum_of(declared);
        if (kind == KIND_OTHER)
                return refuse("图层声明的坐标系不是 CGCS2000 或 WGS 84（北京 54、西安 80 等须由测绘部门转换）：请索取 CGCS2000 成果",
                              "the layer declares a system that is neither CGCS2000 nor WGS 84 (Beijing 1954, Xi'an 1980 and others need the surveying office): ask for CGCS2000");
        if (wants(j, "file") && kind == KIND_NONE)
                return refuse("图层没有声明坐标系（缺 .prj）：请索取，或在 coordinates 中写明", "the layer declares no system (no .prj): ask for it, or name it in coordinates");
        bool clash = (wants(j, "wgs84") && kind == KIND_CGCS2000) || (wants(j, "cgcs2000") && kind == KIND_WGS84);
        if (clash)
                return refuse("映射写的坐标系与图层声明的不同：核实后写 coordinates: file", "the mapping names another system than the layer declares: look again, then write coordinates: file");
        if (is_shift(j) && declared && OSRIsProjected(declared))
                return refuse("gcj02、bd09 只用于经纬度，图层却是投影坐标", "gcj02 and bd09 are shifts of degrees, but the layer is projected");
        return 0;
}

static int find_turn(struct job *j)
{
        OGRSpatialReferenceH declared = OGR_L_GetSpatialRef(j->layer), from = declared, to = OSRNewSpatialReference(NULL), own = NULL;
        int rc = 0;
        int64_t epsg;
        struct str want = str_of(j->coordinates);
        if (str_starts(want, STR("EPSG:"))) {
                own = from = OSRNewSpatialReference(NULL);
                if (str_int((struct str){ want.p + 5, want.n - 5 }, 1, 99999, &epsg) != OK || OSRImportFromEPSG(from, (int)epsg) != OGRERR_NONE)
                        rc = refuse("coordinates 中的 EPSG 编号不存在", "there is no such EPSG code as in coordinates");
                else if (datum_of(from) == KIND_OTHER)
                        rc = judge_declared(j, from);
        } else {
                rc = judge_declared(j, declared);
        }
        if (rc == 0 && from && !is_shift(j)) {
                OSRImportFromEPSG(to, 4326);
                OSRSetAxisMappingStrategy(to, OAMS_TRADITIONAL_GIS_ORDER);
                OGRSpatialReferenceH copy = OSRClone(from);
                OSRSetAxisMappingStrategy(copy, OAMS_TRADITIONAL_GIS_ORDER);
                j->turn = OCTNewCoordinateTransformation(copy, to);
                OSRDestroySpatialReference(copy);
                if (!j->turn)
                        rc = refuse("图层的坐标系换算不了", "the layer's system cannot be converted");
        }
        OSRDestroySpatialReference(to);
        if (own)
                OSRDestroySpatialReference(own);
        return rc;
}

/* ---- what stands in it -------------------------------------------------------------------------------------------- */

/* The dBASE table of a Shapefile cuts a text at its width, also inside a character: at most three bytes are given up. */
static struct str text_of(struct job *j, const char *raw)
{
        struct str all = str_of(raw), text;
        for (size_t cut = 0; cut <= 3 && cut <= all.n; cut++)
                if (utf8_valid((struct str){ all.p, all.n - cut }) && (cut == 0 || j->utf8))
                        return (struct str){ all.p, all.n - cut };
        for (size_t cut = 0; cut <= 3 && cut <= all.n; cut++)
                if (text_utf8(&j->a, (struct str){ all.p, all.n - cut }, &text, NULL) == OK)
                        return text;
        return STR("");
}

static void say_head(struct job *j, GDALDatasetH file)
{
        OGRFeatureDefnH defn = OGR_L_GetLayerDefn(j->layer);
        OGRSpatialReferenceH srs = OGR_L_GetSpatialRef(j->layer);
        struct json json = json_to(&j->line);
        json_open(&json);
        json_kstr(&json, "layer", text_of(j, OGR_L_GetName(j->layer)));
        json_key(&json, "layers");
        json_list(&json);
        for (int i = 0; i < GDALDatasetGetLayerCount(file) && i < FIELDS_MAX; i++)
                json_str(&json, text_of(j, OGR_L_GetName(GDALDatasetGetLayer(file, i))));
        json_end(&json);
        json_kstr(&json, "declared", text_of(j, srs && OSRGetName(srs) ? OSRGetName(srs) : ""));
        json_key(&json, "fields");
        json_list(&json);
        for (int i = 0; i < OGR_FD_GetFieldCount(defn); i++)
                json_str(&json, text_of(j, OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(defn, i))));
        json_end(&json);
        json_close(&json);
        buf_char(&j->line, '\n');
}

/* In WGS 84, flat, its arcs as lines; NULL when there is none or it cannot be converted. */
static OGRGeometryH shape_of(const struct job *j, OGRFeatureH feature)
{
        OGRGeometryH own = OGR_F_GetGeometryRef(feature);
        OGRGeometryH shape = own ? OGR_G_GetLinearGeometry(own, 0, NULL) : NULL;
        if (!shape)
                return NULL;
        OGR_G_FlattenTo2D(shape);
        if (j->turn && OGR_G_Transform(shape, j->turn) != OGRERR_NONE) {
                OGR_G_DestroyGeometry(shape);
                return NULL;
        }
        OGR_G_AssignSpatialReference(shape, NULL); /* else the axes are turned round on the way out */
        return shape;
}

static void say_shape(struct json *json, OGRGeometryH shape)
{
        static char precision[] = "COORDINATE_PRECISION=7";
        char *options[] = { precision, NULL };
        bool point = wkbFlatten(OGR_G_GetGeometryType(shape)) == wkbPoint;
        OGRGeometryH inside = point ? OGR_G_Clone(shape) : OGR_G_PointOnSurface(shape);
        if (inside && !OGR_G_IsEmpty(inside)) {
                json_key(json, "lat");
                json_double(json, OGR_G_GetY(inside, 0), 7);
                json_key(json, "lon");
                json_double(json, OGR_G_GetX(inside, 0), 7);
        }
        if (inside)
                OGR_G_DestroyGeometry(inside);
        char *text = OGR_G_ExportToJsonEx(shape, options);
        if (text) {
                json_key(json, "shape");
                json_raw(json, str_of(text));
        }
        CPLFree(text);
}

static void say_feature(struct job *j, OGRFeatureH feature)
{
        struct json json = json_to(&j->line);
        OGRGeometryH shape = shape_of(j, feature);
        json_open(&json);
        json_key(&json, "cells");
        json_list(&json);
        for (int i = 0; i < OGR_F_GetFieldCount(feature); i++) {
                struct str s = OGR_F_IsFieldSetAndNotNull(feature, i) ? text_of(j, OGR_F_GetFieldAsString(feature, i)) : STR("");
                json_str(&json, s);
        }
        json_end(&json);
        if (shape)
                say_shape(&json, shape);
        json_close(&json);
        buf_char(&j->line, '\n');
        if (shape)
                OGR_G_DestroyGeometry(shape);
}

/* Projected metres under a mapping that says degrees: nothing declares what they are. */
static bool looks_projected(const struct job *j)
{
        OGREnvelope e;
        return !j->turn && OGR_L_GetExtent(j->layer, &e, 1) == OGRERR_NONE && (e.MaxX > 360 || e.MinX < -360 || e.MaxY > 90 || e.MinY < -90);
}

static int say_all(struct job *j, GDALDatasetH file)
{
        int rc = find_turn(j), features = 0;
        if (rc)
                return rc;
        if (looks_projected(j))
                return refuse("图层没有声明坐标系，而坐标不是经纬度：请索取 .prj，或写 coordinates: EPSG:编号",
                              "the layer declares no system and its coordinates are no degrees: ask for the .prj, or write coordinates: EPSG:n");
        say_head(j, file);
        OGR_L_ResetReading(j->layer);
        for (OGRFeatureH f; (f = OGR_L_GetNextFeature(j->layer)); features++) {
                if (features < FEATURES_MAX)
                        say_feature(j, f);
                OGR_F_Destroy(f);
                if (j->line.over || features >= FEATURES_MAX)
                        return refuse("图层太大", "the layer is too large");
                if (fwrite(j->line.p, 1, j->line.n, stdout) != j->line.n)
                        return 1;
                buf_clear(&j->line);
                arena_reset(&j->a);
        }
        fwrite(j->line.p, 1, j->line.n, stdout); /* the head, when there was no feature */
        return fflush(stdout) == 0 ? 0 : 1;
}

static int read_layer(struct job *j, const char *path, const char *layer)
{
        static char raw[] = "ENCODING=", locked[] = "NOLOCK=YES";
        bool gpkg = str_ends(str_of(path), STR(".gpkg")) || str_ends(str_of(path), STR(".GPKG"));
        const char *const drivers[] = { gpkg ? "GPKG" : "ESRI Shapefile", NULL };
        const char *const options[] = { gpkg ? locked : raw, NULL };
        GDALDatasetH file = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers, options, NULL);
        if (!file)
                return refuse("图层打不开：Shapefile 要 .shp、.shx、.dbf 三个文件放在一起", "the layer does not open: a Shapefile needs .shp, .shx and .dbf side by side");
        j->utf8 = gpkg || GDALGetMetadataItem(GDALDatasetGetLayer(file, 0), "ENCODING_FROM_CPG", "SHAPEFILE") != NULL;
        j->layer = *layer ? GDALDatasetGetLayerByName(file, layer) : GDALDatasetGetLayerCount(file) > 0 ? GDALDatasetGetLayer(file, 0) : NULL;
        int rc = j->layer ? say_all(j, file) : refuse("文件中没有这个图层", "the file has no such layer");
        if (j->turn)
                OCTDestroyCoordinateTransformation(j->turn);
        GDALClose(file);
        return rc;
}

int main(int argc, char **argv)
{
        const struct rlimit memory = { MEMORY_MAX, MEMORY_MAX }, seconds = { SECONDS_MAX, SECONDS_MAX }, out = { OUT_MAX, OUT_MAX };
        struct job j = { .line = BUF(LINE_MAX_BYTES) };
        if (argc != 4)
                return 2;
        if (!SANITIZED)
                setrlimit(RLIMIT_AS, &memory);
        setrlimit(RLIMIT_CPU, &seconds);
        setrlimit(RLIMIT_FSIZE, &out);
        CPLSetErrorHandler(CPLQuietErrorHandler);
        OSRSetPROJEnableNetwork(0);
        GDALAllRegister();
        j.coordinates = argv[3];
        int rc = read_layer(&j, argv[1], argv[2]);
        buf_free(&j.line);
        arena_free(&j.a);
        return rc;
}
