/* A whole town folder. The input is its files one after the other, each under a line "=== NAME". */
#include "fuzz.h"
#include "town/town.h"

#define MARK "=== "

static struct folder_file *file_named(struct folder *fo, struct str name)
{
        for (size_t i = 0; i < fo->n; i++)
                if (str_eq(fo->row[i].name, name))
                        return &fo->row[i];
        if (fo->n == FOLDER_FILES_MAX || name.n == 0 || name.n > 100)
                return NULL;
        fo->row[fo->n] = (struct folder_file){ .name = name };
        return &fo->row[fo->n++];
}

static struct str line_of(struct str *rest)
{
        const char *end = memchr(rest->p, '\n', rest->n);
        struct str line = { rest->p, end ? (size_t)(end - rest->p) + 1 : rest->n };
        *rest = (struct str){ rest->p + line.n, rest->n - line.n };
        return line;
}

static void unpack(struct arena *a, struct str rest, struct folder *fo)
{
        struct folder_file *file = NULL;
        while (rest.n > 0) {
                struct str line = line_of(&rest);
                if (str_starts(line, STR(MARK))) {
                        struct str name = str_trim((struct str){ line.p + strlen(MARK), line.n - strlen(MARK) });
                        file = utf8_valid(name) ? file_named(fo, str_dup(a, name)) : NULL;
                        if (file)
                                file->bytes = (struct str){ rest.p, 0 };
                } else if (file) {
                        file->bytes.n += line.n;
                }
        }
        for (size_t i = 0; i < fo->n; i++)
                if (folder_file_text(a, &fo->row[i]) != OK)
                        fo->row[i].text = (struct str){ 0 };
        folder_seal(fo);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        ARENA_AUTO a = { 0 };
        struct findings f = { .arena = &a };
        struct folder *fo = arena_new(&a, struct folder);
        struct town_load_options opt = { .trial = n % 2 == 0 };
        struct town *t = NULL;
        MUST(day_parse(STR("2026-11-23"), &opt.today) == OK);
        unpack(&a, fuzz_bytes(data, n), fo);
        int rc = town_parse(fo, &opt, &f, &t);
        MUST((rc == OK && t) || (rc == ERR_BAD && !t));
        if (t) {
                town_check(t, &opt, &f);
                MUST(t->n_procedures > 0 && t->id > 0);
                MUST(town_limit(t, STR("answer")) && town_limit(t, STR("statutory")));
        }
        fuzz_findings(&f);
        town_unref(t);
        return 0;
}
