#include "store/sql.h"
#include "base/day.h"
#include "base/log.h"
#include "store/inner/store_inner.h"

#define ROWS_FIRST 16

static struct sql_table *tables;
static uint32_t statements;

void sql_register(struct sql_table *t)
{
        t->base = statements;
        statements += t->n;
        t->next = tables;
        tables = t;
}

uint32_t sql_count(void)
{
        return statements;
}

void sql_each(void (*fn)(const struct sql_table *, uint32_t, void *), void *arg)
{
        for (const struct sql_table *t = tables; t; t = t->next)
                for (uint32_t i = 0; i < t->n; i++)
                        fn(t, i, arg);
}

/* ---- running ---------------------------------------------------------------------------------------- */
static int call(struct tx *tx, struct sql_call *c)
{
        if (tx->failed)
                return tx->failed;
        if (c->stmt->write && !tx->write) {
                log_error("store: %s writes, but the transaction only reads", c->stmt->name);
                return ERR_INTERNAL;
        }
        const struct store_options *o = &tx->store->options;
        int rc = tx->write && o->gate ? o->gate(o->gate_arg, c->stmt) : OK;
        if (rc == OK)
                rc = tx->store->engine->call(tx, c);
        if (rc != OK && !tx->failed)
                tx->failed = rc;
        return rc;
}

int sql_run_exec(struct tx *tx, const struct sql_table *t, uint32_t i, const void *in, int64_t *ret_changed)
{
        struct sql_call c = { .stmt = &t->stmt[i], .index = t->base + i, .in = in, .changed = ret_changed };
        return call(tx, &c);
}

int sql_run_one(struct tx *tx, struct arena *a, const struct sql_table *t, uint32_t i, const void *in, void *ret_row)
{
        struct sql_call c = { .stmt = &t->stmt[i], .index = t->base + i, .in = in, .arena = a };
        int rc = call(tx, &c);
        if (rc != OK)
                return rc;
        if (!c.n)
                return ERR_NONE;
        memcpy(ret_row, c.row, c.stmt->row_size);
        return OK;
}

int sql_run_many(struct tx *tx, struct arena *a, const struct sql_table *t, uint32_t i, const void *in, void **ret_rows,
                 size_t *ret_n)
{
        struct sql_call c = { .stmt = &t->stmt[i], .index = t->base + i, .in = in, .arena = a };
        int rc = call(tx, &c);
        if (rc != OK)
                return rc;
        *ret_rows = c.row;
        *ret_n = c.n;
        return OK;
}

unsigned char *sql_row(struct sql_call *c)
{
        size_t size = c->stmt->row_size;

        if (c->n == c->cap) {
                size_t cap = c->stmt->shape == SQL_ONE ? 1 : c->cap ? c->cap * 2 : ROWS_FIRST;
                unsigned char *more = arena_alloc_array(c->arena, cap, size);
                if (c->n)
                        memcpy(more, c->row, c->n * size);
                c->row = more;
                c->cap = cap;
        }
        return c->row + size * c->n++;
}

/* ---- parameters ------------------------------------------------------------------------------------- */
bool sql_in_null(const struct sql_field *f, const unsigned char *in)
{
        const void *p = in + f->offset;

        switch (f->type) {
        case SQL_TEXT:
        case SQL_BLOB:
                return f->null && !((const struct str *)p)->p;
        case SQL_INT64:
                return f->null && *(const int64_t *)p == INT64_MIN;
        case SQL_INT32:
                return f->null && *(const int32_t *)p == INT32_MIN;
        case SQL_DAY:
                return day_is_none(*(const struct day *)p);
        case SQL_INSTANT:
                return instant_is_none(*(const struct instant *)p);
        case SQL_BOOL:
                return false;
        }
        return false;
}

int64_t sql_in_int(const struct sql_field *f, const unsigned char *in)
{
        const void *p = in + f->offset;

        switch (f->type) {
        case SQL_INT32:
                return *(const int32_t *)p;
        case SQL_BOOL:
                return *(const bool *)p;
        case SQL_DAY:
                return ((const struct day *)p)->n;
        case SQL_INSTANT:
                return ((const struct instant *)p)->us;
        default:
                return *(const int64_t *)p;
        }
}

struct str sql_in_str(const struct sql_field *f, const unsigned char *in)
{
        struct str s = *(const struct str *)(const void *)(in + f->offset);
        return s.p ? s : STR("");
}

/* ---- columns ---------------------------------------------------------------------------------------- */
int sql_out_null(const struct sql_field *f, unsigned char *row)
{
        void *p = row + f->offset;

        if (!f->null)
                return ERR_INTERNAL;
        switch (f->type) {
        case SQL_TEXT:
        case SQL_BLOB:
                *(struct str *)p = (struct str){ 0 };
                return OK;
        case SQL_INT64:
        case SQL_INSTANT:
                *(int64_t *)p = INT64_MIN;
                return OK;
        case SQL_INT32:
        case SQL_DAY:
                *(int32_t *)p = INT32_MIN;
                return OK;
        case SQL_BOOL:
                *(bool *)p = false;
                return OK;
        }
        return ERR_INTERNAL;
}

int sql_out_int(const struct sql_field *f, unsigned char *row, int64_t v)
{
        void *p = row + f->offset;

        switch (f->type) {
        case SQL_INT64:
                *(int64_t *)p = v;
                return OK;
        case SQL_INSTANT:
                ((struct instant *)p)->us = v;
                return OK;
        case SQL_INT32:
        case SQL_DAY:
                if (v < INT32_MIN || v > INT32_MAX)
                        return ERR_INTERNAL;
                *(int32_t *)p = (int32_t)v;
                return OK;
        case SQL_BOOL:
                *(bool *)p = v != 0;
                return OK;
        default:
                return ERR_INTERNAL;
        }
}

int sql_out_str(const struct sql_field *f, unsigned char *row, struct arena *a, const void *bytes, size_t n)
{
        if (!sql_is_bytes(f->type))
                return ERR_INTERNAL;
        *(struct str *)(void *)(row + f->offset) = (struct str){ arena_strndup(a, n ? bytes : "", n), n };
        return OK;
}
