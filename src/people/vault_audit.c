#include "people/inner/seal.h"
#include "people/people_sql.h"
#include "people/vault.h"

/* Who looked, and what is gone: the parts of the vault that need no key. */

static struct vault_looks looks_room(struct ctx *ctx, size_t n)
{
        return (struct vault_looks){ arena_array(ctx->arena, struct vault_look, n), n };
}

int vault_looks_of_person(struct ctx *ctx, int64_t person, int64_t before, struct vault_looks *ret)
{
        struct sql_people_look_of_person_in in = { ctx->town, person, before };
        struct sql_people_look_of_person_rows rows;
        int rc = sql_people_look_of_person(ctx->tx, ctx->arena, &in, &rows);
        if (rc != OK)
                return rc;
        *ret = looks_room(ctx, rows.n);
        for (size_t i = 0; i < rows.n; i++)
                ret->row[i] = (struct vault_look){ rows.row[i].id,    rows.row[i].person,  rows.row[i].matter,
                                                   rows.row[i].actor, rows.row[i].purpose, rows.row[i].at };
        return OK;
}

int vault_looks_of_matter(struct ctx *ctx, int64_t matter, int64_t before, struct vault_looks *ret)
{
        struct sql_people_look_of_matter_in in = { ctx->town, matter, before };
        struct sql_people_look_of_matter_rows rows;
        int rc = sql_people_look_of_matter(ctx->tx, ctx->arena, &in, &rows);
        if (rc != OK)
                return rc;
        *ret = looks_room(ctx, rows.n);
        for (size_t i = 0; i < rows.n; i++)
                ret->row[i] = (struct vault_look){ rows.row[i].id,    rows.row[i].person,  rows.row[i].matter,
                                                   rows.row[i].actor, rows.row[i].purpose, rows.row[i].at };
        return OK;
}

int vault_looks(struct ctx *ctx, int64_t before, struct vault_looks *ret)
{
        struct sql_people_look_list_in in = { ctx->town, before };
        struct sql_people_look_list_rows rows;
        int rc = sql_people_look_list(ctx->tx, ctx->arena, &in, &rows);
        if (rc != OK)
                return rc;
        *ret = looks_room(ctx, rows.n);
        for (size_t i = 0; i < rows.n; i++)
                ret->row[i] = (struct vault_look){ rows.row[i].id,    rows.row[i].person,  rows.row[i].matter,
                                                   rows.row[i].actor, rows.row[i].purpose, rows.row[i].at };
        return OK;
}

/* ---- erasing ---------------------------------------------------------------------------------------- */

static int drop(struct ctx *ctx, int64_t person, int64_t *ret_n)
{
        struct sql_people_vault_drop_in in = { ctx->town, person };
        return sql_people_vault_drop(ctx->tx, &in, ret_n);
}

static int bury(struct ctx *ctx, const struct vault_erased *e)
{
        struct sql_people_erased_add_in in = { ctx->town, e->person, e->by, e->basis, e->at };
        return sql_people_erased_add(ctx->tx, &in, NULL);
}

int vault_erase(struct ctx *ctx, int64_t person, struct str basis, struct str by)
{
        if (basis.n == 0 || by.n == 0)
                return err_set(ctx->err, ERR_MISSING, "basis", "删除须写明依据和经办人",
                               "Erasing needs a basis and by whom");
        if (!utf8_valid(basis) || !utf8_valid(by) || utf8_count(basis) > 200 || utf8_count(by) > 200)
                return err_set(ctx->err, ERR_RANGE, "basis", "依据最多 200 个字符",
                               "A basis has at most 200 characters");
        int64_t n = 0;
        int rc = drop(ctx, person, &n);
        if (rc == OK && n > 0)
                return bury(ctx, &(struct vault_erased){ person, by, basis, ctx->now });
        struct vault_masked gone;
        return rc == OK ? vault_masked(ctx, person, &gone) : rc;
}

int vault_erase_again(struct ctx *ctx, const struct vault_erased *e)
{
        int64_t n = 0;
        int rc = drop(ctx, e->person, &n);
        return rc == OK ? bury(ctx, e) : rc;
}

int vault_erasures(struct ctx *ctx, int64_t after, struct vault_erasures *ret)
{
        struct sql_people_erased_list_in in = { ctx->town, after };
        struct sql_people_erased_list_rows rows;
        int rc = sql_people_erased_list(ctx->tx, ctx->arena, &in, &rows);
        if (rc != OK)
                return rc;
        *ret = (struct vault_erasures){ arena_array(ctx->arena, struct vault_erased, rows.n), rows.n };
        for (size_t i = 0; i < rows.n; i++)
                ret->row[i] = (struct vault_erased){ rows.row[i].person, rows.row[i].actor, rows.row[i].basis,
                                                     rows.row[i].at };
        return OK;
}

int vault_count(struct ctx *ctx, struct vault_counts *ret)
{
        struct sql_people_vault_count_in sealed_in = { ctx->town };
        struct sql_people_vault_count_row sealed;
        struct sql_people_erased_count_in erased_in = { ctx->town };
        struct sql_people_erased_count_row erased;
        int rc = sql_people_vault_count(ctx->tx, ctx->arena, &sealed_in, &sealed);
        if (rc == OK)
                rc = sql_people_erased_count(ctx->tx, ctx->arena, &erased_in, &erased);
        if (rc == OK)
                *ret = (struct vault_counts){ sealed.n, erased.n };
        return rc;
}
