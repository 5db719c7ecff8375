#include "basemap/config.h"
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/address.h"
#include "base/settings.h"

#define TEXT_MAX 200
#define URL_MAX 1000

struct reading {
        struct settings s;
        struct basemap_config *c;
};

/* ---- one key after the other ----------------------------------------------------------------------------------------- */

static int read_text(const struct reading *r, const struct yaml_node *root, const char *key, struct str *ret)
{
        const struct yaml_node *n = yaml_get(root, key);
        struct str s = str_trim(yaml_text(n));
        if (!n)
                return OK;
        if (n->kind != YAML_SCALAR || utf8_has_control(s) || utf8_count(s) > TEXT_MAX || str_find(s, STR("<")) >= 0)
                return settings_wrong(&r->s, n->line, key, "应为一行文字，至多 200 字，不含 <", "needs a line of text, 200 characters at most, without <");
        *ret = str_dup(&r->c->arena, s);
        return OK;
}

static int read_path(const struct reading *r, const struct yaml_node *root, const char *key, const char **ret)
{
        const struct yaml_node *n = yaml_get(root, key);
        struct str s = str_trim(yaml_text(n));
        if (!n)
                return OK;
        if (s.n == 0 || s.n > URL_MAX || utf8_has_control(s))
                return settings_wrong(&r->s, n->line, key, "应为文件路径", "needs the path of a file");
        *ret = str_c(&r->c->arena, s);
        return OK;
}

static int read_url(const struct reading *r, const struct yaml_node *n)
{
        static const char *const marks[] = { "{z}", "{x}", "{y}" };
        struct str s = str_trim(yaml_text(n));
        bool marked = s.n > 0 && s.n <= URL_MAX && !utf8_has_control(s) && memchr(s.p, ' ', s.n) == NULL;
        for (size_t i = 0; marked && i < COUNT(marks); i++)
                marked = str_find(s, str_of(marks[i])) > 0;
        if (!marked)
                return settings_wrong(&r->s, n->line, "tiles", "应为含 {z}、{x}、{y} 的网址", "needs an address with {z}, {x} and {y}");
        ptrdiff_t host = str_find(s, STR("://"));
        const char *behind = host < 0 ? NULL : memchr(s.p + host + 3, '/', s.n - (size_t)host - 3);
        if (behind && (const char *)memchr(s.p, '{', s.n) < behind)
                return settings_wrong(&r->s, n->line, "tiles", "占位符只能写在主机名后面", "placeholders stand behind the host's name only");
        const char *url = str_c(&r->c->arena, s);
        if (!behind || address_http_check(NULL, "tiles", url) != OK)
                return settings_wrong(&r->s, n->line, "tiles", "应为 https 网址（本机可用 http）", "needs an https address (http for this machine alone)");
        r->c->url[r->c->n_urls++] = url;
        return OK;
}

static int read_tiles(const struct reading *r, const struct yaml_node *n)
{
        if (!n || n->kind == YAML_SCALAR)
                return n ? read_url(r, n) : OK;
        if (n->kind != YAML_LIST || n->n == 0 || n->n > BASEMAP_LAYERS_MAX)
                return settings_wrong(&r->s, n->line, "tiles", "应为一个网址，或至多 3 个的列表（从下到上）", "needs an address, or a list of at most 3, from the lowest up");
        int rc = OK;
        for (size_t i = 0; i < n->n && rc == OK; i++)
                rc = read_url(r, n->item[i]);
        return rc;
}

static int read_type(const struct reading *r, const struct yaml_node *n)
{
        struct str s = str_trim(yaml_text(n));
        r->c->vector = str_is(s, "vector");
        return !n || r->c->vector || str_is(s, "raster") ? OK : settings_wrong(&r->s, n->line, "type", "应为 raster 或 vector", "needs raster or vector");
}

static int read_root(const struct reading *r, const struct yaml_node *root)
{
        static const char *const keys[] = { "file", "ca", "tiles", "type", "min_zoom", "max_zoom", "tile_size", "keep_mib", "keep_hours", "attribution", "approval", NULL };
        struct basemap_config *c = r->c;
        int rc = settings_keys(&r->s, root, "", keys);
        if (rc == OK)
                rc = read_path(r, root, "file", &c->file);
        if (rc == OK)
                rc = read_path(r, root, "ca", &c->ca);
        if (rc == OK)
                rc = read_tiles(r, yaml_get(root, "tiles"));
        if (rc == OK)
                rc = read_type(r, yaml_get(root, "type"));
        if (rc == OK)
                rc = settings_number(&r->s, yaml_get(root, "min_zoom"), "min_zoom", 0, BASEMAP_ZOOM_MAX, &c->min_zoom);
        if (rc == OK)
                rc = settings_number(&r->s, yaml_get(root, "max_zoom"), "max_zoom", 0, BASEMAP_ZOOM_MAX, &c->max_zoom);
        if (rc == OK)
                rc = settings_number(&r->s, yaml_get(root, "tile_size"), "tile_size", 256, 512, &c->tile_size);
        if (rc == OK)
                rc = settings_number(&r->s, yaml_get(root, "keep_mib"), "keep_mib", 1, 1024, &c->keep_mib);
        if (rc == OK)
                rc = settings_number(&r->s, yaml_get(root, "keep_hours"), "keep_hours", 1, 720, &c->keep_hours);
        if (rc == OK)
                rc = read_text(r, root, "attribution", &c->attribution);
        return rc == OK ? read_text(r, root, "approval", &c->approval) : rc;
}

/* Each may be well said, and not go with the others. */
static int settle(const struct reading *r, int32_t line)
{
        struct basemap_config *c = r->c;
        const struct settings *s = &r->s;
        c->kind = c->file ? BASEMAP_FILE : BASEMAP_TILES;
        if (!c->file == (c->n_urls == 0))
                return settings_wrong(s, line, "tiles", "file 和 tiles 要写一个，也只能写一个", "needs file or tiles, and not both");
        if (c->vector && c->n_urls > 1)
                return settings_wrong(s, line, "tiles", "矢量瓦片只能有一个网址", "vector tiles come from one address");
        if (c->min_zoom > c->max_zoom)
                return settings_wrong(s, line, "min_zoom", "不大于 max_zoom", "is at most max_zoom");
        if (c->tile_size != 256 && c->tile_size != 512)
                return settings_wrong(s, line, "tile_size", "应为 256 或 512", "needs 256 or 512");
        if (c->n_urls && c->attribution.n == 0)
                return settings_wrong(s, line, "attribution", "要写明底图是谁的", "say whose map it is");
        return OK;
}

static struct basemap_config beginning(void)
{
        return (struct basemap_config){ .min_zoom = 3, .max_zoom = 18, .tile_size = 256, .keep_mib = 64, .keep_hours = 24,
                                        .attribution = STR(""), .approval = STR("") };
}

static int read_config(const char *name, struct str text, void *arg, struct err *err)
{
        struct basemap_config *ret = arg;
        struct reading r = { { name, &ret->arena, err }, ret };
        struct yaml_node *root;
        *ret = beginning();
        int rc = settings_open(&r.s, text, &root);
        if (rc == OK && root)
                rc = read_root(&r, root);
        if (rc == OK)
                rc = settle(&r, 1);
        if (rc != OK)
                basemap_config_free(ret);
        return rc;
}

int basemap_config_read(const char *name, struct str text, struct basemap_config *ret, struct err *err)
{
        return read_config(name, text, ret, err);
}

/* ---- files ----------------------------------------------------------------------------------------------------------- */

/* The first bytes of a PMTiles archive of version 3: more of it is the browser's business. */
static bool archive(int fd)
{
        char head[8];
        return pread(fd, head, sizeof(head), 0) == sizeof(head) && memcmp(head, "PMTiles\3", sizeof(head)) == 0;
}

int basemap_file_open(const char *path, struct basemap_file *ret, struct err *err)
{
        struct stat st;
        int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        if (fd < 0)
                return err_set(err, ERR_NONE, "basemap", "打不开文件 %.150s", "The file %.150s cannot be opened", path);
        if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || !archive(fd)) {
                close(fd);
                return err_set(err, ERR_RULE, "basemap", "%.150s 不是 PMTiles 第 3 版的文件", "%.150s is no PMTiles archive of version 3", path);
        }
        *ret = (struct basemap_file){ .fd = fd, .bytes = st.st_size };
        snprintf(ret->etag, sizeof(ret->etag), "\"%llx-%llx-%llx\"", (unsigned long long)st.st_ino, (unsigned long long)st.st_size,
                 (unsigned long long)st.st_mtim.tv_sec * 1000000000 + (unsigned long long)st.st_mtim.tv_nsec);
        return OK;
}

static int look_at_file(const char *path, struct err *err)
{
        struct basemap_file f;
        int rc = basemap_file_open(path, &f, err);
        if (rc == OK)
                close(f.fd);
        return rc;
}

static int load_settings(const char *path, struct basemap_config *ret, struct err *err)
{
        int rc = settings_load(path, read_config, ret, err);
        return rc == OK && ret->file ? look_at_file(ret->file, err) : rc;
}

int basemap_config_load(const char *path, struct basemap_config *ret, struct err *err)
{
        struct err unsaid = { 0 };
        bool named = str_ends(str_of(path), STR(".pmtiles"));
        *ret = beginning();
        int rc = look_at_file(path, named ? err : &unsaid);
        if (rc != OK)
                return named ? rc : load_settings(path, ret, err);
        ret->kind = BASEMAP_FILE;
        ret->file = str_c(&ret->arena, str_of(path));
        return OK;
}

void basemap_config_free(struct basemap_config *c)
{
        for (size_t i = 0; i < c->n_urls; i++)
                sodium_memzero((char *)(uintptr_t)c->url[i], strlen(c->url[i]));
        arena_free(&c->arena);
        sodium_memzero(c, sizeof(*c));
}
