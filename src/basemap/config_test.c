#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/test.h"
#include "basemap/config.h"

static struct err err;
static struct basemap_config c;

static int read_conf(const char *text)
{
        err = (struct err){ 0 };
        return basemap_config_read("basemap.conf", str_of(text), &c, &err);
}

#define URL "tiles: https://tiles.example/{z}/{x}/{y}.png?tk=abc\n"

TEST(a_service_is_read_with_what_was_left_out)
{
        CHECK_EQ(read_conf(URL "attribution: 示例测绘\n"), OK);
        CHECK_EQ(c.kind, BASEMAP_TILES);
        CHECK_EQ(c.n_urls, 1);
        CHECK(!c.vector && c.min_zoom == 3 && c.max_zoom == 18 && c.tile_size == 256 && c.keep_mib == 64 && c.keep_hours == 24);
        CHECK_STR(c.approval, "");
        basemap_config_free(&c);
        CHECK_EQ(read_conf("tiles:\n  - https://t.example/vec/{z}/{y}/{x}\n  - https://t.example/cva/{z}/{y}/{x}\nattribution: 天地图\napproval: GS（示例）0001号\nmin_zoom: 5\n"
                      "max_zoom: 17\ntile_size: 512\nkeep_mib: 8\nkeep_hours: 2\n"), OK);
        CHECK_EQ(c.n_urls, 2);
        CHECK_STR(c.approval, "GS（示例）0001号");
        CHECK(c.min_zoom == 5 && c.max_zoom == 17 && c.tile_size == 512 && c.keep_mib == 8 && c.keep_hours == 2);
        basemap_config_free(&c);
        CHECK_EQ(read_conf("file: /srv/town.pmtiles\n"), OK);
        CHECK_EQ(c.kind, BASEMAP_FILE);
        basemap_config_free(&c);
}

TEST(nonsense_is_refused_by_file_line_and_key)
{
        static const struct {
                const char *text, *field, *said;
        } wrong[] = {
                { "", "tiles", "basemap.conf:1: needs file or tiles" },
                { "- a\n", "", "basemap.conf:1: needs keys" },
                { "file: a\ntile: b\n", "", "basemap.conf:2: unknown key tile" },
                { "attribution: x\n", "tiles", "file or tiles" },
                { "file: a\n" URL "attribution: x\n", "tiles", "not both" },
                { URL, "attribution", "whose map" },
                { "attribution: x\ntiles: https://t.example/{z}/{x}\n", "tiles", "basemap.conf:2: needs an address with" },
                { "tiles: http://t.example/{z}/{x}/{y}\n", "tiles", "needs an https address" },
                { "tiles: ftp://t.example/{z}/{x}/{y}\n", "tiles", "needs an https address" },
                { "tiles: file:///etc/{z}/{x}/{y}\n", "tiles", "needs an https address" },
                { "tiles: https://{z}.example/{x}/{y}\n", "tiles", "behind the host's name" },
                { "tiles: https://user:{z}@t.example/{x}/{y}\n", "tiles", "behind the host's name" },
                { "tiles: [a, b, c, d]\n", "tiles", "at most 3" },
                { URL "attribution: x\nmax_zoom: 21\n", "max_zoom", "basemap.conf:3: needs a whole number from 0 to 20" },
                { URL "attribution: x\nmin_zoom: 9\nmax_zoom: 8\n", "min_zoom", "at most max_zoom" },
                { URL "attribution: x\ntile_size: 300\n", "tile_size", "256 or 512" },
                { URL "attribution: <b>x</b>\n", "attribution", "basemap.conf:2" },
                { URL "attribution: x\ntype: svg\n", "type", "raster or vector" },
                { URL "attribution: x\nkeep_mib: 0\n", "keep_mib", "from 1 to 1024" },
                { "tiles: [\"https://t.example/{z}/{x}/{y}\", \"https://t.example/{z}/{x}/{y}\"]\ntype: vector\nattribution: x\n", "tiles", "one address" },
        };
        for (size_t i = 0; i < COUNT(wrong); i++) {
                CHECK(read_conf(wrong[i].text) != OK);
                if (strcmp(err.field, wrong[i].field) != 0 || !strstr(err.en, wrong[i].said))
                        fail_msg("case %zu: field %s, said %s", i, err.field, err.en);
                CHECK(!strstr(err.en, "tk=abc")); /* a key is not said aloud */
        }
}

static void write_file(const char *path, const char *bytes, size_t n, mode_t mode)
{
        FILE *f = fopen(path, "w");
        CHECK(f != NULL);
        fwrite(bytes, 1, n, f);
        fclose(f);
        chmod(path, mode);
}

TEST(the_file_itself_is_enough_and_is_looked_at)
{
        char dir[] = "/tmp/linli-basemap-XXXXXX", path[128], conf[128], text[300];
        struct basemap_file f;
        CHECK(mkdtemp(dir) != NULL);
        snprintf(path, sizeof(path), "%s/town.pmtiles", dir);
        snprintf(conf, sizeof(conf), "%s/basemap.conf", dir);
        CHECK_EQ(basemap_config_load(path, &c, &err), ERR_NONE);
        write_file(path, "SQLite format 3", 15, 0644);
        CHECK_EQ(basemap_config_load(path, &c, &err), ERR_RULE);
        CHECK(strstr(err.en, "town.pmtiles is no PMTiles archive of version 3"));
        write_file(path, "PMTiles\2........", 16, 0644);
        CHECK_EQ(basemap_config_load(path, &c, &err), ERR_RULE);
        write_file(path, "PMTiles\3........", 16, 0644);
        CHECK_EQ(basemap_config_load(path, &c, &err), OK);
        CHECK(c.kind == BASEMAP_FILE && strcmp(c.file, path) == 0);
        CHECK_EQ(basemap_file_open(c.file, &f, &err), OK);
        CHECK_EQ(f.bytes, 16);
        close(f.fd);
        basemap_config_free(&c);
        /* Settings may hold a key: nobody else reads them. */
        int n = snprintf(text, sizeof(text), "file: %s\nattribution: x\n", path);
        write_file(conf, text, (size_t)n, 0644);
        CHECK_EQ(basemap_config_load(conf, &c, &err), ERR_RULE);
        chmod(conf, 0600);
        CHECK_EQ(basemap_config_load(conf, &c, &err), OK);
        basemap_config_free(&c);
        unlink(path); /* what it names is looked at too */
        CHECK_EQ(basemap_config_load(conf, &c, &err), ERR_NONE);
        unlink(conf);
        rmdir(dir);
}
