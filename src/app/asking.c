/* One question to the store, for `linli report`. */
#include "app/report.h"

#define DAYS_BY_DEFAULT 30

int day_arg(const struct args *a, const char *option, struct day otherwise, struct day *ret)
{
        *ret = otherwise;
        if (!arg_has(a, option) || day_parse(arg_text(a, option, ""), ret) == OK)
                return EXIT_FINE;
        return usage_error(
                a, arena_printf(a->arena, "--%s", option),
                (struct say){ "应为存在的日期，如 2026-01-05", "a day that exists is needed, as 2026-01-05" });
}

int period_arg(struct args *a, struct day *ret_from, struct day *ret_to)
{
        int rc = day_arg(a, "to", instant_day(a->now), ret_to);
        return rc == EXIT_FINE ? day_arg(a, "from", (struct day){ ret_to->n - DAYS_BY_DEFAULT }, ret_from) : rc;
}

int asking_begin(struct args *a, struct asking *q)
{
        int64_t code;
        q->a = a;
        int rc = world_open(a, false, &q->world);
        if (rc == EXIT_FINE)
                rc = world_town(a, &q->world, &code);
        if (rc != EXIT_FINE)
                return rc;
        q->ctx = world_ctx(a, &q->world, code);
        return store_read_begin(q->world.store, &q->ctx.tx, &q->world.err) == OK ? EXIT_FINE : fail(a, &q->world.err);
}

void asking_read_end(struct asking *q)
{
        if (q->ctx.tx)
                store_read_end(q->ctx.tx);
        q->ctx.tx = NULL;
}

void asking_end(struct asking *q)
{
        asking_read_end(q);
        town_unref(q->town);
        world_close(&q->world);
}

int told_by(struct asking *q, int rc)
{
        return rc == OK ? EXIT_FINE : fail(q->a, q->world.err.code ? &q->world.err : &(struct err){ .code = rc });
}

int asking_in_town(struct args *a, struct asking *q, struct cell_reader *ret)
{
        int rc = asking_named(q, asking_begin(a, q));
        if (rc == EXIT_FINE)
                rc = told_by(q, store_read_begin(q->world.store, &q->ctx.tx, &q->world.err));
        *ret = (struct cell_reader){ .town = q->town, .login = STR(""), .on = instant_day(a->now) };
        return rc;
}

int asking_named(struct asking *q, int rc)
{
        asking_read_end(q);
        return rc == EXIT_FINE ? told_by(q, shelf_town(q->world.shelf, q->ctx.town, q->a->now, &q->town, &q->world.err)) : rc;
}

struct str cells_name(const struct args *a, int64_t cells, struct str name)
{
        if (cells == 1)
                return name;
        return str_printf(a->arena, a->lang == LANG_ZH ? "人数少的 %lld 项合计" : "%lld small ones together", (long long)cells);
}

bool cells_told_withheld(const struct args *a, int64_t cells, bool withheld)
{
        if (withheld)
                fprintf(a->out, a->lang == LANG_ZH ? "另有 %lld 项人数过少，只给本人和督办看\n" : "%lld more: too few people, for them and their supervisor only\n",
                        (long long)cells);
        return withheld;
}
