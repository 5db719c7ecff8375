/* sheet/inner/xlsx.h — the parts of a workbook (ECMA-376 part 1, SpreadsheetML), each read as a stream. */
#pragma once
#include "base/buf.h"
#include "sheet/inner/build.h"
#include "sheet/inner/xml.h"

#define XLSX_SHEETS_MAX 256
#define XLSX_LINKS_MAX 1024
#define XLSX_STRINGS_MAX 4000000
#define XLSX_STYLES_MAX 65536
#define XLSX_MERGES_MAX 200000

/* How a number is shown, as far as it says what was meant. */
enum number_shape { SHAPE_PLAIN, SHAPE_DAY, SHAPE_TIME };

struct xlsx_sheet {
        struct str name, link;
        bool hidden;
};
struct xlsx_link {
        struct str id, type, target;
        bool outside; /* another file */
};
struct xlsx {
        struct arena *a;
        struct err *err;
        struct xlsx_sheet sheet[XLSX_SHEETS_MAX];
        size_t n_sheets;
        struct xlsx_link link[XLSX_LINKS_MAX]; /* of the part read last */
        size_t n_links;
        struct str *shared;
        size_t n_shared, cap_shared;
        uint8_t *shape; /* enum number_shape per cell format */
        size_t n_shapes;
        bool from_1904;
        struct builder cells;
        struct merge *merge;
        size_t n_merges, cap_merges;
};

/* State of the part being read; clear it with part_clear. */
struct part {
        struct xml xml;
        struct xlsx *x;
        struct buf text;      /* of the element being read */
        bool gathers;
        bool phonetic;        /* inside rPh: how it is pronounced, not what it says */
        int32_t row, column;
        int style;
        char type[16];
        bool in_cell, in_formats;
        struct { int id; uint8_t shape; } custom[4096];
        size_t n_custom;
};
enum part_kind { PART_LINKS, PART_WORKBOOK, PART_STRINGS, PART_STYLES, PART_CELLS, PART_KINDS };
void part_begin(struct part *, struct xlsx *, enum part_kind);
void part_clear(struct part *);

void links_part(struct xml *);
void workbook_part(struct xml *);
void strings_part(struct xml *);
void styles_part(struct xml *);
void cells_part(struct xml *);

/* The text of an element, while it is gathered; ERR_TOO_BIG past SHEET_CELL_BYTES. */
void part_text(struct xml *, const char *p, int n);
/* What was gathered, in the arena, with _x000D_ and its like turned back into the character. */
struct str part_gathered(struct part *);

/* Is a number under this format a day or a time? "yyyy\-mm\-dd", "h:mm", "0.00" */
enum number_shape shape_of_format(const char *code);
enum number_shape shape_of_builtin(int id);
/* A number as the file holds it. */
struct cell number_cell(struct arena *, struct str raw, enum number_shape, bool from_1904);
/* "BC12" to row 12 and column 54. False for anything else. */
bool cell_place(const char *ref, int32_t *ret_row, int32_t *ret_column);
