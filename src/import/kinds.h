/* import/kinds.h — what can be taken over from an office's tables, and which columns it has here.
 *
 * One table per file of a town folder (docs/town-folder.md), and one for open matters. A field knows how it is read, what the
 * usual heads of ledgers call it (for a suggested mapping), and which everyday words stand for its values.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "base/say.h"
#include "base/str.h"

enum field_type {
        FIELD_TEXT,    /* one line; everyday words of ->words are replaced, others stay */
        FIELD_WORDS,   /* several lines, as they were said */
        FIELD_CODE,    /* code_valid() */
        FIELD_WORD,    /* one of a closed list */
        FIELD_DAY,
        FIELD_MOMENT,
        FIELD_COUNT,   /* a whole number from 0 */
        FIELD_LIMIT,   /* a whole number above 0; "5个工作日" fills the field "unit" too */
        FIELD_DEGREES, /* a coordinate: needs `coordinates` in the mapping */
        FIELD_PHONE,
        FIELD_LIST,    /* texts, parted by 、，； or a line break; written with ";" */
        FIELD_REF,     /* a code, or the name of what has it */
        FIELD_REFS,    /* several */
        FIELD_SHAPE,   /* the polygon of a map layer; no cell */
};

/* What an everyday word stands for. */
struct import_word { const char *said, *means; };

enum import_kind {
        IMPORT_ORGS, IMPORT_PLACES, IMPORT_GRIDS, IMPORT_THINGS, IMPORT_SUBJECTS, IMPORT_DUTIES, IMPORT_POSTS, IMPORT_STAFF, IMPORT_ROSTER,
        IMPORT_MATTERS, IMPORT_KINDS
};

struct import_field {
        const char *name;                /* column of the file */
        enum field_type type;
        bool needed;                     /* may not be empty */
        const char *heads;               /* usual heads, parted by blanks; the name itself counts too */
        const struct import_word *words; /* FIELD_WORD, and the units of FIELD_LIMIT; ends with NULL */
        enum import_kind refers;         /* FIELD_REF, FIELD_REFS */
        bool personal;                   /* shown masked in the file of rejects */
};

#define IMPORT_FIELDS_MAX 24
struct import_target {
        const char *kind;                /* in the mapping */
        struct say title;
        const char *file;                /* of the town folder; NULL for matters */
        const struct import_field *field;
        size_t n;
        size_t key[2], n_key;            /* the fields that say which row it is */
        const char *name_field;          /* what else a reference may use, or NULL; aliases are used too */
        bool of_persons;                 /* a list of persons: basis and expiry are asked for */
};
extern const struct import_target import_targets[IMPORT_KINDS];

/* NULL when there is no such kind. */
const struct import_target *import_target_of(struct str kind);
/* Its index in ->field, or SIZE_MAX. */
size_t import_field_of(const struct import_target *, struct str name);
