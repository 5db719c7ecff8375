#include "store/inner/store_inner.h"

static int pg_open(struct store *s, struct err *err)
{
        (void)s;
        return err_set(err, ERR_STORE, "db", "连不上 PostgreSQL", "PostgreSQL cannot be reached");
}

static void pg_close(struct store *s) { (void)s; }

const struct engine engine_postgres = { .kind = STORE_POSTGRES, .open = pg_open, .close = pg_close };
