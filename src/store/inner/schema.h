/* store/inner/schema.h — may this program work on that database? Pure; the engines fetch and apply. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/err.h"

/* One migration, made by tools/schemagen.py from schema/NNNN_name.sql. */
struct schema_file {
        int32_t n; /* ascending; a number is never used twice */
        const char *name;
        const char *sha256; /* of the file, 64 hex digits */
        const char *sqlite, *postgres;
};
extern const struct schema_file schema_files[];
extern const size_t schema_files_n;

/* What the database says of itself: the rows of schema_version in order. */
struct schema_row {
        int32_t n;
        char sha256[65];
};
struct schema_state {
        bool empty;     /* no table at all */
        bool versioned; /* schema_version exists */
        struct schema_row row[512];
        size_t n;
};
#define SCHEMA_ROWS_MAX 512

extern const char schema_version_sql[]; /* CREATE TABLE schema_version, the same text on both engines */

/* OK, and *ret_first = index of the first migration still to apply (schema_files_n when none); ERR_SCHEMA with a
 * sentence when the database is newer, edited, foreign, or older while @may_apply is false. */
int schema_judge(const struct schema_state *, bool may_apply, size_t *ret_first, struct err *);
