/* store/sql.h — what the statements made by tools/sqlgen.py call; nothing else does.
 *
 * A statement is a const row of a table: its text for either engine, and where each parameter and column
 * stands in the C structs. The engine binds and reads through those offsets, so generated functions are thin.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/arena.h"

struct tx;

/* How NULL looks in C: text and blob {NULL, 0}; int64 INT64_MIN; int32 INT32_MIN; bool false; DAY_NONE, INSTANT_NONE.
 */
enum sql_type { SQL_INT64, SQL_INT32, SQL_BOOL, SQL_TEXT, SQL_BLOB, SQL_DAY, SQL_INSTANT };
enum sql_shape { SQL_ONE, SQL_MANY, SQL_EXEC, SQL_MUST }; /* MUST: a write that changes no row is ERR_CONFLICT */

struct sql_field {
        const char *name;
        uint32_t offset; /* in the _in or _row struct */
        enum sql_type type;
        bool null; /* NULL allowed */
};

struct sql_stmt {
        const char *name, *sqlite, *postgres;
        const struct sql_field *in, *out;
        uint32_t n_in, n_out;
        uint32_t in_size, row_size; /* sizeof the structs; 0 if none */
        enum sql_shape shape;
        bool write;
        bool apart; /* the engines have texts of their own: search */
};

/* The statements of one .sql file. */
struct sql_table {
        const char *room;
        const struct sql_stmt *stmt;
        uint32_t n;
        uint32_t base; /* number of the first one in the program; set by sql_register */
        struct sql_table *next;
};

/* Called once per table before main. */
void sql_register(struct sql_table *);
/* Every statement of the program, in no particular order. */
void sql_each(void (*fn)(const struct sql_table *, uint32_t i, void *arg), void *arg);

/* Run statement @i of the table. @in is its _in struct or NULL; rows are made in the arena.
 *
 * ERR_NONE (one) when there is no row. A code of store.h when the statement fails: in a write transaction that spoils
 * the transaction (as it does on PostgreSQL), every later statement gives the same code and the command fails; for a
 * duplicate that is expected say ON CONFLICT DO NOTHING and look at the number changed. ERR_INTERNAL for a write
 * statement on a read transaction or a column of another type than declared.
 * On PostgreSQL an exec with ret_changed == NULL, and a must, may be sent later, with the next statement or the commit. */
int sql_run_one(struct tx *, struct arena *, const struct sql_table *, uint32_t i, const void *in, void *ret_row);
int sql_run_many(struct tx *, struct arena *, const struct sql_table *, uint32_t i, const void *in, void **ret_rows,
                 size_t *ret_n);
int sql_run_exec(struct tx *, const struct sql_table *, uint32_t i, const void *in, int64_t *ret_changed);
