#include "people/vault.h"
#include "town/town.h"

static struct folder_file *staff_of(struct folder *fo)
{
        for (size_t i = 0; i < fo->n; i++)
                if (str_is(fo->row[i].name, "staff.csv"))
                        return &fo->row[i];
        return NULL;
}

/* The stored file, when its tokens open to exactly these bytes. */
static bool stored_staff(struct ctx *ctx, struct vault_phone *with, struct str plain, struct str *ret)
{
        struct folder *old = arena_new(ctx->arena, struct folder);
        struct str opened;
        if (town_folder_of(ctx, ctx->arena, 0, old) != OK || !staff_of(old))
                return false;
        *ret = staff_of(old)->bytes;
        return staff_open_phones(ctx->arena, *ret, vault_open_phone, with, &opened) == OK && str_eq(opened, plain);
}

int town_seal(struct ctx *ctx, const struct vault_keys *keys, struct folder *fo)
{
        struct folder_file *staff = staff_of(fo);
        struct err unheard; /* an old token that does not open is only sealed anew */
        struct ctx quiet = *ctx;
        struct vault_phone with = { .keys = keys, .ctx = &quiet };
        struct str sealed;
        quiet.err = &unheard;
        if (!staff)
                return OK;
        if (!stored_staff(&quiet, &with, staff->bytes, &sealed)) {
                with.ctx = ctx;
                int rc = staff_seal_phones(ctx->arena, staff->bytes, vault_seal_phone, &with, &sealed);
                if (rc != OK)
                        return err_set(ctx->err, rc, "staff.csv", "电话无法封存", "The phones cannot be sealed");
        }
        staff->bytes = sealed;
        folder_seal(fo);
        return OK;
}
