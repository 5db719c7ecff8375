#include "matter/moved.h"

static struct matter_moved *add(struct matter_moves *all)
{
        if (all->n == all->cap) {
                size_t cap = all->cap ? all->cap * 2 : 64;
                struct matter_moved *row = arena_array(all->arena, struct matter_moved, cap);
                if (all->n > 0)
                        memcpy(row, all->row, all->n * sizeof(*row));
                all->row = row;
                all->cap = cap;
        }
        return &all->row[all->n++];
}

static int consider(struct ctx *ctx, const struct town *before, const struct town *after, const struct matter_open_row *row, struct matter_moves *all)
{
        struct str was, is;
        enum lead_how how;
        all->open++;
        int rc = matter_would_go(ctx, before, row, &was, &how);
        if (rc == OK)
                rc = matter_would_go(ctx, after, row, &is, &how);
        if (rc != OK || str_eq(was, is))
                return rc;
        all->moved++;
        if (all->n < all->max)
                *add(all) = (struct matter_moved){ row->id, str_dup(all->arena, row->subject), str_dup(all->arena, row->path),
                                                   str_dup(all->arena, row->unit), was, is, how };
        return OK;
}

int matter_moves_some(struct ctx *ctx, const struct town *before, const struct town *after, struct matter_moves *all, bool *ret_more)
{
        ARENA_AUTO page = { 0 };
        struct ctx read = *ctx;
        struct matter_open_row *row;
        size_t n;
        read.arena = &page;
        *ret_more = false;
        int rc = matter_walk_open(&read, &all->walk, &row, &n);
        for (size_t i = 0; rc == OK && i < n; i++)
                rc = consider(&read, before, after, &row[i], all);
        *ret_more = rc == OK && n > 0;
        return *ret_more ? store_read_renew(ctx->tx) : rc;
}
