/* app/cmd_import.h — what the ways of `linli import` share: a source, a mapping, and what came of it. */
#pragma once
#include "app/world.h"
#include "import/batch.h"
#include "import/mapping.h"
#include "import/merge.h"
#include "import/rows.h"
#include "sheet/sheet.h"

struct importing {
        struct args *a;
        struct mapping map;
        struct sheet sheet;
        struct import_rows rows;
        struct import_counts counts;
        bool dry;
        struct str batch;        /* "" when nothing changed */
        const char *rejects;     /* the file written, or NULL */
};

/* All three tell what went wrong and return an exit code. */
int import_read_source(struct importing *, const struct folder *);
int import_write_rejects(struct importing *);
/* The summary, as text or JSON; EXIT_FINDINGS when rows were rejected. */
int import_tell(const struct importing *);
void import_tell_batches(const struct args *, const struct import_batch *, size_t n);

/* Open matters, into the store and back. */
int import_matters(struct importing *);
int import_undo_matters(struct args *);
int import_list_matters(struct args *);
