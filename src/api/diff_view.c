#include "api/diff_view.h"

void diff_changes_view(struct json *j, const char *key, const struct code_changes *c)
{
        json_key(j, key);
        json_open(j);
        for (int change = 0; change < CHANGES; change++) {
                json_key(j, change_name((enum change)change));
                json_list(j);
                for (size_t i = 0; i < c->n; i++)
                        if (c->row[i].change == (enum change)change)
                                json_str(j, c->row[i].code);
                json_end(j);
        }
        json_close(j);
}

static void lead_of(struct json *j, const char *key, const struct town *t, const struct duty *d)
{
        view_org(j, key, t, d ? d->lead : STR(""));
}

static void duty_of(struct json *j, const struct town *before, const struct town *after, const struct duty_change *x)
{
        const struct duty *old = x->before == DUTY_NONE ? NULL : &before->duties.row[x->before];
        const struct duty *new = x->after == DUTY_NONE ? NULL : &after->duties.row[x->after];
        json_open(j);
        json_kstr(j, "code", (new ? new : old)->code);
        json_kstr(j, "title", (new ? new : old)->title);
        json_kc(j, "change", change_name(!old ? CHANGE_ADDED : !new ? CHANGE_REMOVED : CHANGE_CHANGED));
        lead_of(j, "lead_before", before, old);
        lead_of(j, "lead_after", after, new);
        json_key(j, "fields");
        json_list(j);
        for (int f = 0; f < DUTY_FIELDS; f++)
                if (x->fields & 1u << f)
                        json_c(j, duty_field_name((enum duty_field)f));
        json_end(j);
        json_close(j);
}

/* The last code of a path from the root. */
static struct str last_of(struct str path)
{
        size_t at = path.n;
        while (at > 0 && path.p[at - 1] != '/')
                at--;
        return (struct str){ path.p + at, path.n - at };
}

static void matters_of(struct json *j, const struct town *before, const struct town *after, const struct matter_moves *all, bool more)
{
        json_key(j, "matters");
        if (!all) {
                json_null(j);
                return;
        }
        json_open(j);
        json_kint(j, "open", all->open);
        json_kint(j, "moved", all->moved);
        json_kbool(j, "more", more || (size_t)all->moved > all->n);
        json_key(j, "items");
        json_list(j);
        for (size_t i = 0; i < all->n; i++) {
                const struct matter_moved *m = &all->row[i];
                json_open(j);
                json_kid(j, "id", m->id);
                view_subject(j, "subject", before, m->subject);
                view_place(j, "place", before, last_of(m->path));
                view_org(j, "unit", before, m->unit);
                view_org(j, "before", before, m->before);
                view_org(j, "after", after, m->after);
                json_kc(j, "how", lead_how_name(m->how));
                view_say(j, "how_name", lead_how_say(m->how));
                json_close(j);
        }
        json_end(j);
        json_close(j);
}

void diff_view(struct json *j, struct town_version before, struct town_version after, const struct town_diff *d, const struct matter_moves *moves, bool more)
{
        json_open(j);
        json_kbool(j, "differs", town_differs(d));
        diff_changes_view(j, "files", &d->files);
        for (int i = 0; i < DIFF_TABLES; i++)
                diff_changes_view(j, diff_table_name((enum diff_table)i), &d->table[i]);
        json_key(j, "duties");
        json_list(j);
        for (uint32_t i = 0; i < d->duties.n; i++)
                duty_of(j, before.town, after.town, &d->duties.row[i]);
        json_end(j);
        matters_of(j, before.town, after.town, moves, more);
        json_close(j);
}
