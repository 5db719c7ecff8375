#include "app/town_words.h"
#include "app/world.h"

#define CODES_SHOWN 12

/* "3 changed: a, b, c" of one kind of change. */
static void tell_codes(const struct args *a, struct say what, const struct code_changes *c, enum change change)
{
        size_t n = 0, shown = 0;
        for (size_t i = 0; i < c->n; i++)
                n += c->row[i].change == change;
        if (n == 0)
                return;
        fprintf(a->out, a->lang == LANG_ZH ? "%s：%s %zu 个：" : "%s: %s %zu: ", say_in(what, a->lang),
                say_in(change_say(change), a->lang), n);
        for (size_t i = 0; i < c->n && shown < CODES_SHOWN; i++)
                if (c->row[i].change == change)
                        fprintf(a->out, "%s" STR_FMT, shown++ ? ", " : "", STR_ARG(c->row[i].code));
        fputs(n > shown ? ", …\n" : "\n", a->out);
}

static void tell_table(const struct args *a, struct say what, const struct code_changes *c)
{
        for (int change = 0; change < CHANGES; change++)
                tell_codes(a, what, c, (enum change)change);
}

static void tell_duty(const struct args *a, const struct town *before, const struct town *after,
                      const struct duty_change *c)
{
        const struct duty *old = c->before == DUTY_NONE ? NULL : &before->duties.row[c->before];
        const struct duty *new = c->after == DUTY_NONE ? NULL : &after->duties.row[c->after];
        enum change change = !old ? CHANGE_ADDED : !new ? CHANGE_REMOVED : CHANGE_CHANGED;
        const struct duty *d = new ? new : old;
        fprintf(a->out,
                a->lang == LANG_ZH ? "职责 " STR_FMT "：%s，" STR_FMT "，" : "duty " STR_FMT ": %s, " STR_FMT ", ",
                STR_ARG(d->code), say_in(change_say(change), a->lang), STR_ARG(d->title));
        if (old && new && !str_eq(old->lead, new->lead))
                fprintf(a->out, a->lang == LANG_ZH ? "牵头 " STR_FMT " → " STR_FMT : "lead " STR_FMT " -> " STR_FMT,
                        STR_ARG(old->lead), STR_ARG(new->lead));
        else
                fprintf(a->out, a->lang == LANG_ZH ? "牵头 " STR_FMT : "lead " STR_FMT, STR_ARG(d->lead));
        for (int f = 0; f < DUTY_FIELDS; f++)
                if ((c->fields & 1u << f) && f != DUTY_FIELD_LEAD)
                        fprintf(a->out, " [%s]", duty_field_name((enum duty_field)f));
        fputc('\n', a->out);
}

void tell_town_diff(const struct args *a, const struct town *before, const struct town *after,
                    const struct town_diff *d)
{
        if (!town_differs(d)) {
                fputs(a->lang == LANG_ZH ? "没有差别\n" : "no difference\n", a->out);
                return;
        }
        tell_table(a, (struct say){ "文件", "files" }, &d->files);
        for (int i = 0; i < DIFF_TABLES; i++)
                tell_table(a, diff_table_say((enum diff_table)i), &d->table[i]);
        for (uint32_t i = 0; i < d->duties.n; i++)
                tell_duty(a, before, after, &d->duties.row[i]);
}

int stored_version(struct args *a, struct world *w, int64_t town, int64_t version, struct folder **ret,
                   struct town **ret_town)
{
        struct ctx ctx = world_ctx(a, w, town);
        struct findings unheard = { .arena = a->arena };
        struct town_load_options opt = { .trial = true, .today = DAY_NONE };
        *ret = arena_new(a->arena, struct folder);
        *ret_town = NULL;
        int rc = store_read_begin(w->store, &ctx.tx, &w->err);
        if (rc != OK)
                return fail(a, &w->err);
        rc = town_folder_of(&ctx, a->arena, version, *ret);
        store_read_end(ctx.tx);
        if (rc == ERR_NONE)
                return EXIT_FINE;
        if (rc == OK)
                rc = town_parse(*ret, &opt, &unheard, ret_town);
        if (rc == OK)
                return EXIT_FINE;
        if (w->err.code == OK)
                err_set(&w->err, rc, "town", "库中的版本读不出来", "The stored version cannot be read");
        return fail(a, &w->err);
}
