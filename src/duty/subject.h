/* duty/subject.h — the catalogue of what can be asked: subjects.csv, checked, as a tree.
 *
 * A subject (诉求事项) has a parent or is a root; one without children is a leaf. What is said of a
 * subject by a duty row holds for the subjects below it unless they have a row of their own.
 * Everything returned lives in the arena; after reading it is never written, so threads may share it.
 */
#pragma once
#include "base/finding.h"
#include "base/map.h"

#define SUBJECT_NONE UINT32_MAX
#define SUBJECT_FILE "subjects.csv"

enum subject_level { LEVEL_SMALL, LEVEL_BIG, LEVEL_HARD, LEVEL_COUNT }; /* 小事 大事 难事 */
enum subject_publicity { PUBLICITY_NONE, PUBLICITY_COUNT, PUBLICITY_SUMMARY, PUBLICITY_KINDS };

struct subject {
        struct str code, parent;
        struct str name_zh, name_en;
        struct str *keywords; /* as written, none empty, none twice */
        uint32_t n_keywords;
        enum subject_level level; /* what a matter starts as */
        enum subject_publicity publicity;
        struct str *external_codes; /* codes other systems use for it */
        uint32_t n_external_codes;
        uint32_t up;    /* index of the parent; SUBJECT_NONE for a root, or where the parent is in error */
        uint32_t depth; /* 0 for a root */
        bool leaf;
        int32_t line;
};

struct subjects {
        struct subject *row; /* in the order of the file */
        uint32_t n;
        struct map by_code;
        struct map by_external;
};

/* Read the file's text (UTF-8). OK even with findings: a row without a usable code is left out, a wrong
 * level or publicity reads as the default, a parent that is unknown or closes a cycle is cut off.
 * Findings (errors unless said): subject.code, subject.duplicate, subject.parent-unknown, subject.cycle,
 * subject.level, subject.publicity; warnings subject.keyword-empty, subject.keyword-short (one Chinese character hits
 * everywhere), subject.external-shared (the first one keeps the code), subject.keyword-shared (two subjects of which
 * neither is above the other), and those of csv_read. */
int subjects_read(struct arena *, struct str text, struct findings *, struct subjects *ret);

/* The text of the file with @word beside the keywords of @code; no other byte is another. ERR_NONE: no such row, or no column for them. */
int subject_taught(struct arena *, struct str text, struct str code, const struct str *word, size_t n, struct str *ret);

/* Its index, or SUBJECT_NONE. */
uint32_t subject_find(const struct subjects *, struct str code);
/* By a code of another system (12345, Open311, 数字城管). */
uint32_t subject_find_external(const struct subjects *, struct str external_code);
/* Is @above the same as @below, or above it in the tree? */
bool subject_covers(const struct subjects *, uint32_t above, uint32_t below);

/* "small", "big", "hard"; "none", "count", "summary". */
const char *subject_level_name(enum subject_level);
const char *subject_publicity_name(enum subject_publicity);
