#include "basemap/config.h"
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/secret_file.h"
#include "base/yaml.h"
#include "notice/address.h"

#define CONFIG_BYTES_MAX (64 << 10)
#define TEXT_MAX 200
#define URL_MAX 1000

struct reading {
        struct basemap_config *c;
        const char *name; /* of the file, for errors */
        struct err *err;
};

static int wrong(const struct reading *r, int code, int line, const char *key, struct say s)
{
        return err_set(r->err, code, key, "%s 第 %d 行：%s：%s%.0s", "%s:%d: %s: %.0s%s", r->name, line, key, s.zh, s.en);
}

/* ---- one key after the other ----------------------------------------------------------------------------------------- */

static int read_number(const struct reading *r, const struct yaml_node *n, const char *key, int64_t lo, int64_t hi, int64_t *ret)
{
        if (str_int(str_trim(yaml_text(n)), lo, hi, ret) == OK)
                return OK;
        return err_set(r->err, ERR_BAD, key, "%s 第 %d 行：%s：应为 %lld 到 %lld 的整数", "%s:%d: %s: needs a whole number from %lld to %lld", r->name, n->line, key,
                       (long long)lo, (long long)hi);
}

static int read_text(const struct reading *r, const struct yaml_node *n, const char *key, struct str *ret)
{
        struct str s = str_trim(yaml_text(n));
        if (n->kind != YAML_SCALAR || utf8_has_control(s) || utf8_count(s) > TEXT_MAX || str_find(s, STR("<")) >= 0)
                return wrong(r, ERR_BAD, n->line, key, (struct say){ "应为一行文字，至多 200 字，不含 <", "needs a line of text, 200 characters at most, without <" });
        *ret = str_dup(&r->c->arena, s);
        return OK;
}

static int read_path(const struct reading *r, const struct yaml_node *n, const char *key, const char **ret)
{
        struct str s = str_trim(yaml_text(n));
        if (s.n == 0 || s.n > URL_MAX || utf8_has_control(s))
                return wrong(r, ERR_BAD, n->line, key, (struct say){ "应为文件路径", "needs the path of a file" });
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
                return wrong(r, ERR_BAD, n->line, "tiles", (struct say){ "应为含 {z}、{x}、{y} 的网址", "needs an address with {z}, {x} and {y}" });
        ptrdiff_t host = str_find(s, STR("://"));
        const char *behind = host < 0 ? NULL : memchr(s.p + host + 3, '/', s.n - (size_t)host - 3);
        if (behind && (const char *)memchr(s.p, '{', s.n) < behind)
                return wrong(r, ERR_BAD, n->line, "tiles", (struct say){ "占位符只能写在主机名后面", "placeholders stand behind the host's name only" });
        const char *url = str_c(&r->c->arena, s);
        if (!behind || address_http_check(r->err, "tiles", url) != OK)
                return wrong(r, ERR_BAD, n->line, "tiles", (struct say){ "应为 https 网址（本机可用 http）", "needs an https address (http for this machine alone)" });
        r->c->url[r->c->n_urls++] = url;
        return OK;
}

static int read_tiles(const struct reading *r, const struct yaml_node *n)
{
        if (n->kind == YAML_SCALAR)
                return read_url(r, n);
        if (n->kind != YAML_LIST || n->n == 0 || n->n > BASEMAP_LAYERS_MAX)
                return wrong(r, ERR_BAD, n->line, "tiles", (struct say){ "应为一个网址，或至多 3 个的列表（从下到上）", "needs an address, or a list of at most 3, from the lowest up" });
        int rc = OK;
        for (size_t i = 0; i < n->n && rc == OK; i++)
                rc = read_url(r, n->item[i]);
        return rc;
}

static int read_type(const struct reading *r, const struct yaml_node *n)
{
        struct str s = str_trim(yaml_text(n));
        r->c->vector = str_is(s, "vector");
        return r->c->vector || str_is(s, "raster") ? OK : wrong(r, ERR_BAD, n->line, "type", (struct say){ "应为 raster 或 vector", "needs raster or vector" });
}

static int read_key(const struct reading *r, struct str key, int line, const struct yaml_node *n)
{
        struct basemap_config *c = r->c;
        if (str_is(key, "file"))
                return read_path(r, n, "file", &c->file);
        if (str_is(key, "ca"))
                return read_path(r, n, "ca", &c->ca);
        if (str_is(key, "tiles"))
                return read_tiles(r, n);
        if (str_is(key, "type"))
                return read_type(r, n);
        if (str_is(key, "min_zoom"))
                return read_number(r, n, "min_zoom", 0, BASEMAP_ZOOM_MAX, &c->min_zoom);
        if (str_is(key, "max_zoom"))
                return read_number(r, n, "max_zoom", 0, BASEMAP_ZOOM_MAX, &c->max_zoom);
        if (str_is(key, "tile_size"))
                return read_number(r, n, "tile_size", 256, 512, &c->tile_size);
        if (str_is(key, "keep_mib"))
                return read_number(r, n, "keep_mib", 1, 1024, &c->keep_mib);
        if (str_is(key, "keep_hours"))
                return read_number(r, n, "keep_hours", 1, 720, &c->keep_hours);
        if (str_is(key, "attribution"))
                return read_text(r, n, "attribution", &c->attribution);
        if (str_is(key, "approval"))
                return read_text(r, n, "approval", &c->approval);
        return err_set(r->err, ERR_UNKNOWN, "", "%s 第 %d 行：不认识的键 %.*s", "%s:%d: unknown key %.*s", r->name, line, STR_ARG(key));
}

static int settle(const struct reading *r)
{
        struct basemap_config *c = r->c;
        c->kind = c->file ? BASEMAP_FILE : BASEMAP_TILES;
        if (!c->file == (c->n_urls == 0))
                return err_set(r->err, ERR_BAD, "tiles", "%s：file 和 tiles 要写一个，也只能写一个", "%s: needs file or tiles, and not both", r->name);
        if (c->vector && c->n_urls > 1)
                return err_set(r->err, ERR_BAD, "tiles", "%s：矢量瓦片只能有一个网址", "%s: vector tiles come from one address", r->name);
        if (c->min_zoom > c->max_zoom || (c->tile_size != 256 && c->tile_size != 512))
                return err_set(r->err, ERR_BAD, "min_zoom", "%s：min_zoom 不大于 max_zoom，tile_size 为 256 或 512",
                               "%s: min_zoom is at most max_zoom, and tile_size is 256 or 512", r->name);
        if (c->n_urls && c->attribution.n == 0)
                return err_set(r->err, ERR_MISSING, "attribution", "%s：要写明底图是谁的（attribution）", "%s: say whose map it is (attribution)", r->name);
        return OK;
}

static struct basemap_config beginning(void)
{
        return (struct basemap_config){ .min_zoom = 3, .max_zoom = 18, .tile_size = 256, .keep_mib = 64, .keep_hours = 24,
                                        .attribution = STR(""), .approval = STR("") };
}

int basemap_config_read(const char *name, struct str text, struct basemap_config *ret, struct err *err)
{
        struct reading r = { ret, name, err };
        struct yaml_node *root;
        *ret = beginning();
        struct findings f = { .arena = &ret->arena };
        int rc = yaml_read(&ret->arena, str_of(name), text, &f, &root);
        if (rc != OK)
                rc = err_set(err, ERR_BAD, "", "%s 第 %d 行：%s%.0s", "%s:%d: %.0s%s", name, f.n ? (int)f.row[0].line : 0, f.n ? f.row[0].zh.p : "",
                             f.n ? f.row[0].en.p : "");
        else if (root->kind != YAML_MAP)
                rc = err_set(err, ERR_BAD, "", "%s 第 1 行：应为“键: 值”", "%s:1: needs keys and values", name);
        for (size_t i = 0; rc == OK && i < root->n; i++)
                rc = read_key(&r, root->key[i], root->key_line[i], root->item[i]);
        if (rc == OK)
                rc = settle(&r);
        if (rc != OK)
                basemap_config_free(ret);
        return rc;
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
        BUF_AUTO text = BUF(CONFIG_BYTES_MAX);
        int rc = secret_file_read(path, &text, err);
        if (rc == OK)
                rc = basemap_config_read(path, buf_view(&text), ret, err);
        if (text.p)
                sodium_memzero(text.p, text.n);
        if (rc == OK && ret->file)
                rc = look_at_file(ret->file, err);
        return rc;
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
