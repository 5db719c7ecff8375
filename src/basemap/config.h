/* basemap/config.h — the ground under the town's own outlines, as the operator names it with `linli serve --basemap FILE`.
 *
 * FILE is a PMTiles archive itself, or settings in YAML (docs/basemap.md): a file, or the addresses of a tile service. Addresses and keys
 * come from there and from nowhere else: a town folder cannot make the server call anybody.
 */
#pragma once
#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

#define BASEMAP_LAYERS_MAX 3
#define BASEMAP_ZOOM_MAX 20

enum basemap_kind { BASEMAP_FILE, BASEMAP_TILES };
struct basemap_config {
        struct arena arena;
        enum basemap_kind kind;
        const char *file;                     /* of BASEMAP_FILE: a PMTiles archive */
        const char *url[BASEMAP_LAYERS_MAX];  /* of BASEMAP_TILES: one above the other, each with {z}, {x} and {y} */
        size_t n_urls;
        const char *ca;                       /* a file of certificates to trust; NULL = the system's */
        bool vector;
        int64_t min_zoom, max_zoom, tile_size;
        int64_t keep_mib, keep_hours;         /* what was fetched stays in memory so much, so long */
        struct str attribution, approval;     /* whose map it is; its own approval number (审图号), "" = not for the public */
};

/* ERR_NONE: there is no such file; ERR_RULE: it is neither a PMTiles archive nor a file that only the operator can read (it may hold a
 * key); ERR_BAD and ERR_UNKNOWN name file, line and key. Free with basemap_config_free. */
int basemap_config_load(const char *path, struct basemap_config *ret, struct err *err);
/* The same from text; @name stands in the errors. */
int basemap_config_read(const char *name, struct str text, struct basemap_config *ret, struct err *err);
void basemap_config_free(struct basemap_config *); /* wipes the addresses; zeroed is fine */
/* The archive, opened anew each time, so that one put in its place is served from then on. */
struct basemap_file {
        int fd;
        int64_t bytes;
        char etag[64]; /* with quotes */
};
/* ERR_NONE, ERR_RULE naming the path; the caller closes fd. */
int basemap_file_open(const char *path, struct basemap_file *ret, struct err *err);
