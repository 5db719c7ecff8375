/* town/inner/sample_test.h — for the tests of this room: the sample town in memory, with something broken in it. */
#pragma once
#include <stdio.h>
#include <stdlib.h>
#include "base/test.h"
#include "town/town.h"

#define SAMPLE_TOWN INT64_C(110101012000)

struct sample {
        struct arena arena;
        struct findings found;
        struct folder *folder;
        struct town *town;
        struct town_load_options opt;
};

static inline struct day sample_day(const char *s)
{
        struct day d;
        CHECK_EQ(day_parse(str_of(s), &d), OK);
        return d;
}

static inline const char *sample_dir(void)
{
        static char path[4096];
        const char *source = getenv("LINLI_SOURCE");
        snprintf(path, sizeof(path), "%s/samples/town", source ? source : ".");
        return path;
}

static inline void sample_open(struct sample *s)
{
        struct err err = { 0 };
        *s = (struct sample){ .opt = { .today = sample_day("2026-11-23") } };
        s->found.arena = &s->arena;
        s->folder = arena_new(&s->arena, struct folder);
        if (folder_read_dir(&s->arena, sample_dir(), &s->found, s->folder, &err) != OK)
                fail_msg("%s", err.en);
}

static inline void sample_close(struct sample *s)
{
        town_unref(s->town);
        arena_free(&s->arena);
}

static inline struct folder_file *sample_file(struct sample *s, const char *name)
{
        struct folder_file *f = (struct folder_file *)folder_find(s->folder, name);
        if (!f)
                fail_msg("the sample has no %s", name);
        return f;
}

static inline void sample_put(struct sample *s, const char *name, struct str bytes)
{
        struct folder_file *f = (struct folder_file *)folder_find(s->folder, name);
        if (!f) {
                f = &s->folder->row[s->folder->n++];
                *f = (struct folder_file){ .name = str_of(name) };
        }
        f->bytes = bytes;
        CHECK_EQ(folder_file_text(&s->arena, f), OK);
        folder_seal(s->folder);
}

/* The first @find becomes @put; a @find of "" adds @put at the end. */
static inline void sample_edit(struct sample *s, const char *name, const char *find, const char *put)
{
        struct str t = sample_file(s, name)->bytes;
        ptrdiff_t at = find[0] ? str_find(t, str_of(find)) : (ptrdiff_t)t.n;
        if (at < 0)
                fail_msg("%s has no \"%s\"", name, find);
        size_t after = (size_t)at + strlen(find);
        sample_put(s, name, str_printf(&s->arena, "%.*s%s%.*s", (int)at, t.p, put, (int)(t.n - after), t.p + after));
}

static inline void sample_drop(struct sample *s, const char *name)
{
        struct folder_file *f = sample_file(s, name);
        *f = s->folder->row[--s->folder->n];
        folder_seal(s->folder);
}

static inline int sample_check(struct sample *s)
{
        int rc = town_parse(s->folder, &s->opt, &s->found, &s->town);
        if (rc == OK)
                town_check(s->town, &s->opt, &s->found);
        return rc;
}

static inline const struct finding *sample_found(const struct sample *s, const char *rule)
{
        for (size_t i = 0; i < s->found.n; i++)
                if (strcmp(s->found.row[i].rule, rule) == 0)
                        return &s->found.row[i];
        return NULL;
}

/* Every finding in one text, for a test that fails. */
static inline const char *sample_list(struct sample *s)
{
        const char *all = "";
        for (size_t i = 0; i < s->found.n && i < 20; i++)
                all = arena_printf(&s->arena, "%s\n  " STR_FMT ":%d %s " STR_FMT, all, STR_ARG(s->found.row[i].file),
                                   (int)s->found.row[i].line, s->found.row[i].rule, STR_ARG(s->found.row[i].en));
        return all;
}
