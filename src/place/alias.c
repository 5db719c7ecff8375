#include "place/alias.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/err.h"
#include "place/spoken.h"

static const struct str aliases_file = { "aliases.csv", 11 };
#define HEAD "said,place,thing,since,until\n"
#define FILE_BYTES ((size_t)16 << 20)

enum column { COL_SAID, COL_PLACE, COL_THING, COL_SINCE, COL_UNTIL };
static const struct csv_column columns[] = {
        [COL_SAID] = { .name = "said", .required = true, .filled = true },
        [COL_PLACE] = { .name = "place" },
        [COL_THING] = { .name = "thing" },
        [COL_SINCE] = { .name = "since" },
        [COL_UNTIL] = { .name = "until" },
};

static void complain(struct findings *f, const char *rule, enum severity severity, const struct alias *a, struct say hint, const char *zh, const char *en)
{
        finding_add(f, rule, severity, aliases_file, a->line, hint, zh, en, str_c(f->arena, a->said));
}

static bool check_said(struct findings *f, const struct alias *a)
{
        size_t chars = utf8_count(a->said);
        if (chars < ALIAS_CHARS_MIN || chars > ALIAS_CHARS_MAX) {
                complain(f, "alias.said", SEV_ERROR, a, (struct say){ "2 到 40 个字", "2 to 40 characters" }, "俗称“%s”太短或太长。",
                         "The name \"%s\" is too short or too long.");
                return false;
        }
        if (spoken_names_person(f->arena, a->said))
                complain(f, "alias.person", SEV_WARNING, a,
                         (struct say){ "只写地点的叫法，不写人名、称呼和电话", "Names of places alone: no person's name, title or number" },
                         "俗称“%s”像是指某个人。", "The name \"%s\" looks like that of a person.");
        return true;
}

static bool check_target(struct findings *f, const struct alias *a, const struct places *places, const struct things *things)
{
        if ((a->place.n > 0) == (a->thing.n > 0)) {
                complain(f, "alias.target", SEV_ERROR, a, (struct say){ "place 和 thing 只填一个", "Fill place or thing, one of them" },
                         "“%s”应指一个地点或一个设施。", "\"%s\" needs one place or one thing.");
                return false;
        }
        if (a->place.n ? place_find(places, a->place) != NULL : thing_find(things, a->thing) != NULL)
                return true;
        complain(f, "alias.unknown", SEV_ERROR, a, (struct say){ "改成 places.csv 或 things.csv 中的编码", "Use a code of places.csv or things.csv" },
                 "“%s”所指的地点或设施不存在。", "What \"%s\" means does not exist.");
        return false;
}

static bool read_day(struct findings *f, const struct alias *a, struct str cell, struct day *ret)
{
        *ret = DAY_NONE;
        if (cell.n == 0 || day_parse(cell, ret) == OK)
                return true;
        complain(f, "alias.day", SEV_ERROR, a, (struct say){ "日期写成 2026-12-31 的样子", "Write the day as 2026-12-31" }, "“%s”的日期不对。",
                 "A day of \"%s\" is none.");
        return false;
}

static bool read_row(const struct csv *t, size_t r, struct findings *f, struct alias *ret)
{
        *ret = (struct alias){ .said = csv_at(t, r, COL_SAID), .place = csv_at(t, r, COL_PLACE), .thing = csv_at(t, r, COL_THING), .line = t->line[r] };
        bool well = read_day(f, ret, csv_at(t, r, COL_SINCE), &ret->since);
        return read_day(f, ret, csv_at(t, r, COL_UNTIL), &ret->until) && well && ret->said.n > 0 && check_said(f, ret);
}

static bool same_target(const struct alias *a, const struct alias *b)
{
        return str_eq(a->place, b->place) && str_eq(a->thing, b->thing);
}

/* Two rows of one name for one target; an ended one may be followed by another. */
static void check_twice(struct findings *f, const struct aliases *all, struct map *seen, struct arena *scratch)
{
        const struct alias *a = &all->row[all->n - 1];
        struct str key = str_printf(scratch, STR_FMT "|" STR_FMT "|" STR_FMT, STR_ARG(a->said), STR_ARG(a->place), STR_ARG(a->thing));
        uint32_t before = map_put(seen, scratch, key, (uint32_t)(all->n - 1));
        if (before != MAP_NONE && day_is_none(all->row[before].until) && day_is_none(a->until))
                complain(f, "alias.twice", SEV_WARNING, a, (struct say){ "删去一行", "Remove one of the rows" }, "俗称“%s”写了两次。",
                         "The name \"%s\" stands twice.");
}

static struct str key_of(struct arena *arena, const struct alias *a)
{
        char since[11];
        return str_printf(arena, STR_FMT " → " STR_FMT STR_FMT "%s%s", STR_ARG(a->said), STR_ARG(a->place), STR_ARG(a->thing),
                          day_is_none(a->since) ? "" : ", ", day_is_none(a->since) ? "" : day_format(a->since, since));
}

int aliases_read(struct arena *a, struct str text, const struct places *places, const struct things *things, struct findings *f, struct aliases *ret)
{
        struct csv t = { 0 };
        int rc = csv_read(a, aliases_file, text, columns, COUNT(columns), f, &t);
        if (rc != OK)
                return rc;
        ARENA_AUTO scratch = { 0 };
        struct map seen;
        struct aliases all = { .row = arena_array(a, struct alias, t.rows) };
        map_init(&seen, &scratch, t.rows);
        for (size_t r = 0; r < t.rows; r++) {
                if (!read_row(&t, r, f, &all.row[all.n]) || !check_target(f, &all.row[all.n], places, things))
                        continue;
                all.row[all.n].key = key_of(a, &all.row[all.n]);
                all.n++;
                check_twice(f, &all, &seen, &scratch);
        }
        *ret = all;
        return OK;
}

bool alias_in_force(const struct alias *a, struct day on)
{
        return (day_is_none(a->since) || a->since.n <= on.n) && (day_is_none(a->until) || on.n <= a->until.n);
}

/* ---- writing ------------------------------------------------------------------------------------------------------------ */

static void day_cell(struct buf *out, struct day d)
{
        char text[11];
        if (!day_is_none(d))
                buf_puts(out, day_format(d, text));
}

/* In the columns of the file's own head: whoever wrote it may have put them in another order. */
static void add_row(struct buf *out, struct str head, const struct alias *a)
{
        struct str name;
        bool first = true;
        while (str_split(&head, ',', &name)) {
                name = str_trim(name);
                if (!first)
                        buf_char(out, ',');
                first = false;
                if (str_is(name, "said"))
                        csv_cell(out, a->said);
                else if (str_is(name, "place"))
                        csv_cell(out, a->place);
                else if (str_is(name, "thing"))
                        csv_cell(out, a->thing);
                else if (str_is(name, "since"))
                        day_cell(out, a->since);
                else if (str_is(name, "until"))
                        day_cell(out, a->until);
        }
        buf_char(out, '\n');
}

static struct str first_line(struct str text)
{
        const char *end = text.n ? memchr(text.p, '\n', text.n) : NULL;
        return (struct str){ text.p, end ? (size_t)(end - text.p) : text.n };
}

struct str alias_added(struct arena *arena, struct str text, const struct alias *a)
{
        BUF_AUTO out = BUF(FILE_BYTES);
        if (str_trim(text).n == 0)
                text = STR(HEAD);
        buf_str(&out, text);
        if (text.p[text.n - 1] != '\n')
                buf_char(&out, '\n');
        add_row(&out, first_line(text), a);
        return str_dup(arena, buf_view(&out));
}

static int row_of_record(struct arena *scratch, struct str head, struct str record, struct alias *ret)
{
        struct findings unheard = { .arena = scratch };
        struct csv t = { 0 };
        struct str both = str_printf(scratch, STR_FMT "\n" STR_FMT, STR_ARG(head), STR_ARG(record));
        int rc = csv_read(scratch, aliases_file, both, columns, COUNT(columns), &unheard, &t);
        if (rc != OK || t.rows != 1)
                return ERR_NONE;
        *ret = (struct alias){ .said = csv_at(&t, 0, COL_SAID), .place = csv_at(&t, 0, COL_PLACE), .thing = csv_at(&t, 0, COL_THING),
                               .since = DAY_NONE, .until = DAY_NONE };
        struct str since = csv_at(&t, 0, COL_SINCE), until = csv_at(&t, 0, COL_UNTIL);
        if ((since.n && day_parse(since, &ret->since) != OK) || (until.n && day_parse(until, &ret->until) != OK))
                return ERR_NONE;
        return OK;
}

int alias_ended(struct arena *arena, struct str text, const struct alias *a, struct day until, struct str *ret)
{
        BUF_AUTO out = BUF(FILE_BYTES);
        struct str head = first_line(text);
        size_t at = csv_record(text, 0).n;
        bool found = false;
        buf_str(&out, (struct str){ text.p, at });
        while (at < text.n) {
                ARENA_AUTO scratch = { 0 };
                struct str record = csv_record(text, at);
                struct alias row = { 0 };
                at += record.n;
                bool it = row_of_record(&scratch, head, record, &row) == OK && str_eq(row.said, a->said) && same_target(&row, a) &&
                          (day_is_none(row.until) || row.until.n > until.n);
                if (!it) {
                        buf_str(&out, record);
                        continue;
                }
                found = true;
                row.until = until;
                if (day_is_none(row.since) || row.since.n <= until.n)
                        add_row(&out, head, &row);
        }
        if (!found)
                return ERR_NONE;
        *ret = str_dup(arena, buf_view(&out));
        return OK;
}
