#include "sheet/map.h"
#include <errno.h>
#include <fcntl.h>
#include <json-c/json.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/json.h"
#include "sheet/inner/xlsx.h"

#define SAID_MAX ((size_t)512 << 20)
#define PROGRAM "linli-map"

bool sheet_is_map(struct str path)
{
        static const char *const ends[] = { ".shp", ".SHP", ".Shp", ".gpkg", ".GPKG" };
        for (size_t i = 0; i < COUNT(ends); i++)
                if (str_ends(path, str_of(ends[i])))
                        return true;
        return false;
}

/* It stands beside the program that runs. */
static const char *program_path(struct arena *a)
{
        char self[4096];
        ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
        while (n > 0 && self[n - 1] != '/')
                n--;
        return n > 0 ? arena_printf(a, "%.*s" PROGRAM, (int)n, self) : PROGRAM;
}

static bool pour(int fd, struct buf *out)
{
        for (;;) {
                char *to = buf_space(out, 65536);
                if (!to)
                        return false;
                ssize_t n = read(fd, to, 65536);
                if (n < 0 && errno == EINTR)
                        continue;
                if (n <= 0)
                        return n == 0;
                out->n += (size_t)n;
        }
}

static int run(struct arena *a, char *const argv[], struct buf *said, struct err *err)
{
        static char empty[] = "PROJ_NETWORK=OFF";
        char *environment[] = { empty, NULL };
        posix_spawn_file_actions_t files;
        int pipes[2], status = -1;
        pid_t pid;
        if (pipe2(pipes, O_CLOEXEC) != 0)
                return err_set(err, ERR_IO, "FILE", "图层读不了", "The layer cannot be read");
        posix_spawn_file_actions_init(&files);
        posix_spawn_file_actions_adddup2(&files, pipes[1], STDOUT_FILENO);
        posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        int failed = posix_spawn(&pid, program_path(a), &files, NULL, argv, environment);
        posix_spawn_file_actions_destroy(&files);
        close(pipes[1]);
        bool whole = failed == 0 && pour(pipes[0], said);
        close(pipes[0]);
        while (failed == 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
                ;
        if (failed)
                return err_set(err, ERR_IO, "FILE", "启动不了 %s：它应与 linli 放在同一目录", "%s does not start: it belongs beside linli", PROGRAM);
        if (said->over || !whole)
                return err_set(err, ERR_TOO_BIG, "FILE", "图层太大", "The layer is too large");
        if (said->n == 0 || !WIFEXITED(status) || WEXITSTATUS(status) > 1)
                return err_set(err, ERR_BAD, "FILE", "图层读到一半失败，文件可能已损坏", "Reading the layer failed half-way; the file may be damaged");
        return OK;
}

/* ---- what it said ------------------------------------------------------------------------------------------------- */

struct saying {
        struct arena *a;
        struct builder b;
        struct str *shape;
        size_t n, cap;       /* rows so far, the head included */
        int32_t fields;
        struct sheet *sheet;
        struct err *err;
};

static void keep_shape(struct saying *s, struct str shape)
{
        if (s->n == s->cap) {
                size_t cap = s->cap ? s->cap * 2 : 256;
                struct str *all = arena_raw(s->a, cap * sizeof(*all));
                if (s->n)
                        memcpy(all, s->shape, s->n * sizeof(*all));
                s->shape = all;
                s->cap = cap;
        }
        s->shape[s->n++] = shape;
}

static int add(struct saying *s, int32_t column, struct str text)
{
        struct cell c = { .text = str_dup(s->a, text), .kind = CELL_TEXT };
        return build_cell(&s->b, (int32_t)s->n + 1, column, c);
}

static int take_head(struct saying *s, struct json_object *o)
{
        struct json_object *fields = json_get(o, "fields"), *layers = json_get(o, "layers");
        s->fields = (int32_t)json_object_array_length(fields);
        s->sheet->name = str_dup(s->a, json_text(json_get(o, "layer")));
        s->sheet->names_n = json_object_array_length(layers);
        s->sheet->names = arena_array(s->a, struct str, s->sheet->names_n);
        for (size_t i = 0; i < s->sheet->names_n; i++)
                s->sheet->names[i] = str_dup(s->a, json_text(json_object_array_get_idx(layers, i)));
        int rc = OK;
        for (int32_t i = 0; i < s->fields && rc == OK; i++)
                rc = add(s, i, json_text(json_object_array_get_idx(fields, (size_t)i)));
        if (rc == OK)
                rc = add(s, s->fields, STR("@lat"));
        if (rc == OK)
                rc = add(s, s->fields + 1, STR("@lon"));
        keep_shape(s, STR(""));
        return rc;
}

static int take_feature(struct saying *s, struct json_object *o)
{
        struct json_object *cells = json_get(o, "cells"), *lat = json_get(o, "lat"), *lon = json_get(o, "lon"), *shape = json_get(o, "shape");
        int rc = OK;
        for (int32_t i = 0; i < s->fields && rc == OK; i++)
                rc = add(s, i, json_text(json_object_array_get_idx(cells, (size_t)i)));
        if (rc == OK && lat && lon)
                rc = add(s, s->fields, str_of(json_object_get_string(lat)));
        if (rc == OK && lat && lon)
                rc = add(s, s->fields + 1, str_of(json_object_get_string(lon)));
        if (rc == OK && s->b.last == (int32_t)s->n + 1) /* a feature without anything is no row */
                keep_shape(s, shape ? str_dup(s->a, str_of(json_object_to_json_string_ext(shape, JSON_C_TO_STRING_PLAIN))) : STR(""));
        return rc;
}

static int take_line(struct saying *s, struct str line)
{
        JSON_AUTO o = NULL;
        int rc = json_parse(line, &o, NULL);
        if (rc != OK || !json_object_is_type(o, json_type_object))
                return err_set(s->err, ERR_BAD, "FILE", "图层读到一半失败，文件可能已损坏", "Reading the layer failed half-way; the file may be damaged");
        struct str zh = json_text(json_get(o, "error")), en = json_text(json_get(o, "en"));
        if (zh.p)
                return err_set(s->err, ERR_BAD, "FILE", "%s%.0s", "%.0s%s", str_c(s->a, zh), str_c(s->a, en));
        return s->n == 0 ? take_head(s, o) : take_feature(s, o);
}

static int understand(struct saying *s, struct str said)
{
        struct str line;
        int rc = OK;
        while (rc == OK && str_split(&said, '\n', &line))
                if (line.n)
                        rc = take_line(s, line);
        return rc == OK ? build_done(&s->b, s->sheet) : rc;
}

int sheet_read_map(struct arena *a, const char *path, struct str layer, struct str coordinates, struct sheet *ret, struct str **ret_shape, struct err *err)
{
        char program[] = PROGRAM;
        char *argv[] = { program, (char *)(uintptr_t)path, (char *)(uintptr_t)str_c(a, layer),
                         (char *)(uintptr_t)str_c(a, coordinates), NULL };
        BUF_AUTO said = BUF(SAID_MAX);
        *ret = (struct sheet){ .name = STR(""), .format = "map", .encoding = "UTF-8" };
        if (access(path, R_OK) != 0)
                return err_set(err, ERR_NONE, "FILE", "没有这个文件：%s", "No such file: %s", path);
        int rc = run(a, argv, &said, err);
        struct saying s = { .a = a, .b = { .a = a, .err = err }, .sheet = ret, .err = err };
        if (rc == OK)
                rc = understand(&s, buf_view(&said));
        *ret_shape = s.shape;
        return rc;
}
