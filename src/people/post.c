#include "people/post.h"
#include <stdlib.h>
#include "base/csv.h"
#include "base/err.h"
#include "people/inner/post_check.h"

#define FILE_NAME STR("posts.csv")

enum { CODE, TITLE, ROLE, ORG, PLACE, HOLDER, BACKUP, SINCE, UNTIL, COLUMNS };
static const struct csv_column column[COLUMNS] = {
        [CODE] = { "code", true, true },       [TITLE] = { "title", true, true },
        [ROLE] = { "role", true, true },       [ORG] = { "org", true, true },
        [PLACE] = { "place", true, true },     [HOLDER] = { "holder", false, false },
        [BACKUP] = { "backup", false, false }, [SINCE] = { "since", false, false },
        [UNTIL] = { "until", false, false },
};

/* A cell that names something elsewhere: a finding when it is filled and was not found. */
static void must_know(struct findings *f, const char *rule, const struct post *p, struct str word, bool known,
                      const char *file)
{
        if (known || word.n == 0)
                return;
        finding_add(
                f, rule, SEV_ERROR, FILE_NAME, p->line,
                (struct say){ "改正这一格，或先在被引用的文件中加上", "Correct the cell, or add the row it refers to" },
                "岗位 %.*s 引用的 %.*s 不在 %s 中", "Post %.*s refers to %.*s, which is not in %s", STR_ARG(p->code),
                STR_ARG(word), file);
}

static struct day read_day(struct str cell, const struct post *p, struct findings *f)
{
        struct day d = DAY_NONE;
        if (cell.n == 0 || day_parse(cell, &d) == OK)
                return d;
        finding_add(f, "post.date-bad", SEV_ERROR, FILE_NAME, p->line,
                    (struct say){ "日期写成 2026-12-31", "Write dates as 2026-12-31" },
                    "岗位 %.*s 的日期 %.*s 不存在或写法不对",
                    "Post %.*s: the date %.*s does not exist or is badly written", STR_ARG(p->code), STR_ARG(cell));
        return DAY_NONE;
}

static uint32_t role_at(const struct roles *t, struct str code)
{
        const struct role *r = role_find(t, code);
        return r ? (uint32_t)(r - t->row) : POST_NONE;
}

static void read_refs(const struct csv *t, size_t r, const struct post_world *w, struct findings *f, struct post *p)
{
        p->role = role_at(w->roles, csv_at(t, r, ROLE));
        p->org = map_get(&w->orgs->by_code, csv_at(t, r, ORG));
        p->holder = map_get(&w->staff->by_login, csv_at(t, r, HOLDER));
        p->backup = map_get(&w->staff->by_login, csv_at(t, r, BACKUP));
        p->place_path = w->place_path(w->places, p->place);
        must_know(f, "post.role-unknown", p, csv_at(t, r, ROLE), p->role != POST_NONE, "roles.yaml");
        must_know(f, "post.org-unknown", p, csv_at(t, r, ORG), p->org != MAP_NONE, "orgs.csv");
        must_know(f, "post.place-unknown", p, p->place, p->place_path.p, "places.csv");
        must_know(f, "post.holder-unknown", p, csv_at(t, r, HOLDER), p->holder != MAP_NONE, "staff.csv");
        must_know(f, "post.backup-unknown", p, csv_at(t, r, BACKUP), p->backup != MAP_NONE, "staff.csv");
        p->whole_town = p->place_path.p && w->town_path.n > 0 && path_within(w->town_path, p->place_path);
}

static void read_row(const struct csv *t, size_t r, const struct post_world *w, struct findings *f, struct post *p)
{
        *p = (struct post){ .code = csv_at(t, r, CODE),
                            .title = csv_at(t, r, TITLE),
                            .place = csv_at(t, r, PLACE),
                            .line = t->line[r] };
        if (p->code.n > 0 && !code_valid(p->code))
                finding_add(f, "post.code-bad", SEV_ERROR, FILE_NAME, p->line,
                            (struct say){ "1 到 64 个字母、数字或 . _ -", "1 to 64 letters, digits or . _ -" },
                            "岗位代码 %.*s 写法不对", "The post code %.*s is not well formed", STR_ARG(p->code));
        read_refs(t, r, w, f, p);
        p->since = read_day(csv_at(t, r, SINCE), p, f);
        p->until = read_day(csv_at(t, r, UNTIL), p, f);
        if (!day_is_none(p->since) && !day_is_none(p->until) && p->since.n > p->until.n)
                finding_add(f, "post.dates", SEV_ERROR, FILE_NAME, p->line,
                            (struct say){ "until 不得早于 since", "until may not lie before since" },
                            "岗位 %.*s 的任期起止颠倒", "The term of post %.*s ends before it begins",
                            STR_ARG(p->code));
}

static void enter_code(struct arena *a, struct posts *t, uint32_t i, struct findings *f)
{
        const struct post *p = &t->row[i];
        uint32_t first = p->code.n > 0 ? map_put(&t->by_code, a, p->code, i) : MAP_NONE;
        if (first != MAP_NONE)
                finding_add(f, "post.code-twice", SEV_ERROR, FILE_NAME, p->line,
                            (struct say){ "每个岗位（每一任）用自己的代码",
                                          "Give every post, and every term of it, its own code" },
                            "岗位代码 %.*s 已在第 %d 行出现", "The post code %.*s stands already in line %d",
                            STR_ARG(p->code), t->row[first].line);
}

/* ---- indexes ---------------------------------------------------------------------------------------- */

struct link {
        uint32_t from, rank, to;
};

static int by_link(const void *pa, const void *pb)
{
        const struct link *a = pa, *b = pb;
        if (a->from != b->from)
                return a->from < b->from ? -1 : 1;
        if (a->rank != b->rank)
                return a->rank < b->rank ? -1 : 1;
        return a->to < b->to ? -1 : a->to > b->to;
}

static struct post_index index_links(struct arena *a, struct link *link, size_t n, size_t n_from)
{
        struct post_index out = { arena_array(a, uint32_t, n_from + 1), arena_array(a, uint32_t, n) };
        if (n > 0)
                qsort(link, n, sizeof *link, by_link);
        size_t at = 0;
        for (size_t from = 0; from <= n_from; from++) {
                while (at < n && link[at].from < from)
                        at++;
                out.first[from] = (uint32_t)at;
        }
        for (size_t i = 0; i < n; i++)
                out.to[i] = link[i].to;
        return out;
}

static void index_orgs(struct arena *a, struct posts *t)
{
        struct link *link = arena_array(a, struct link, t->n);
        size_t n = 0;
        for (uint32_t i = 0; i < t->n; i++)
                if (t->row[i].org != ORG_NONE)
                        link[n++] = (struct link){ t->row[i].org, UINT32_MAX - (uint32_t)t->row[i].place_path.n, i };
        t->of_org = index_links(a, link, n, t->world.orgs->n);
}

static void index_persons(struct arena *a, struct posts *t)
{
        struct link *link = arena_array(a, struct link, 2 * t->n);
        size_t n = 0;
        for (uint32_t i = 0; i < t->n; i++) {
                const struct post *p = &t->row[i];
                if (p->holder != STAFF_NONE)
                        link[n++] = (struct link){ p->holder, 0, i };
                if (p->backup != STAFF_NONE && p->backup != p->holder)
                        link[n++] = (struct link){ p->backup, 0, i };
        }
        t->of_person = index_links(a, link, n, t->world.staff->n);
}

int posts_read(struct arena *a, struct str text, const struct post_world *w, struct day today, struct findings *f,
               struct posts *ret)
{
        struct csv t;
        int rc = csv_read(a, FILE_NAME, text, column, COLUMNS, f, &t);
        if (rc != OK)
                return rc;
        struct posts out = { .row = arena_array(a, struct post, t.rows), .n = t.rows, .world = *w };
        map_init(&out.by_code, a, t.rows);
        for (uint32_t i = 0; i < out.n; i++) {
                read_row(&t, i, w, f, &out.row[i]);
                enter_code(a, &out, i, f);
        }
        index_orgs(a, &out);
        index_persons(a, &out);
        posts_check(a, &out, today, f);
        *ret = out;
        return OK;
}

/* ---- looking up ------------------------------------------------------------------------------------- */

const struct post *post_find(const struct posts *t, struct str code)
{
        uint32_t i = map_get(&t->by_code, code);
        return i == MAP_NONE ? NULL : &t->row[i];
}

bool post_in_force(const struct post *p, struct day on)
{
        return (day_is_none(p->since) || p->since.n <= on.n) && (day_is_none(p->until) || on.n <= p->until.n);
}

static const struct staff_member *serving(const struct posts *t, uint32_t i, struct day on)
{
        if (i == STAFF_NONE || !staff_present(&t->world.staff->row[i], on))
                return NULL;
        return &t->world.staff->row[i];
}

const struct staff_member *post_acting(const struct posts *t, const struct post *p, struct day on, bool *ret_backup)
{
        if (!post_in_force(p, on))
                return NULL;
        const struct staff_member *m = serving(t, p->holder, on);
        bool backup = !m;
        if (backup)
                m = serving(t, p->backup, on);
        if (m && ret_backup)
                *ret_backup = backup;
        return m;
}

static bool post_fits(const struct posts *t, const struct post *p, const struct post_query *q)
{
        if (p->role == POST_NONE || !(t->world.roles->row[p->role].rights & right_bit(q->right)) || !p->place_path.p)
                return false;
        return p->whole_town || (q->path.n > 0 && path_within(q->path, p->place_path));
}

int post_for(const struct posts *t, const struct post_query *q, struct post_choice *ret)
{
        uint32_t org = map_get(&t->world.orgs->by_code, q->org);
        if (org == MAP_NONE)
                return ERR_NONE;
        for (uint32_t i = t->of_org.first[org]; i < t->of_org.first[org + 1]; i++) {
                const struct post *p = &t->row[t->of_org.to[i]];
                if (!post_fits(t, p, q))
                        continue;
                bool backup = false;
                const struct staff_member *m = post_acting(t, p, q->day, &backup);
                if (!m || (q->except.n > 0 && str_eq(m->login, q->except)))
                        continue;
                *ret = (struct post_choice){ p->code, p->title, m->login, backup };
                return OK;
        }
        return ERR_NONE;
}

static struct scope scope_by(const struct posts *t, const struct post *p)
{
        const struct role *r = &t->world.roles->row[p->role];
        struct str home = p->org == ORG_NONE ? STR("") : t->world.orgs->row[p->org].path;
        return (struct scope){ .rights = r->rights,
                               .place = p->whole_town ? STR("") : p->place_path,
                               .org = r->sees == SEES_ORG ? home : STR(""),
                               .post = p->code,
                               .home = home };
}

void scopes_of(struct arena *a, const struct posts *t, struct str login, struct day on, struct scopes *ret)
{
        *ret = (struct scopes){ 0 };
        uint32_t me = map_get(&t->world.staff->by_login, login);
        if (me == MAP_NONE || !serving(t, me, on))
                return;
        uint32_t org = t->world.staff->row[me].org_at;
        if (org != ORG_NONE)
                ret->home = t->world.orgs->row[org].path;
        uint32_t from = t->of_person.first[me], to = t->of_person.first[me + 1];
        ret->row = arena_array(a, struct scope, to - from < SCOPES_MAX ? to - from : SCOPES_MAX);
        for (uint32_t i = from; i < to && ret->n < SCOPES_MAX; i++) {
                const struct post *p = &t->row[t->of_person.to[i]];
                const struct staff_member *acting = post_acting(t, p, on, NULL);
                if (acting != &t->world.staff->row[me] || p->role == POST_NONE || !p->place_path.p ||
                    p->org == ORG_NONE)
                        continue;
                ret->row[ret->n++] = scope_by(t, p);
        }
}
