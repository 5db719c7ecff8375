/* import/mapping.h — which column of an office's table is which field here: the mapping file.
 *
 * A mapping is written once for a ledger and used again each time the ledger comes (docs/import.md):
 *
 *   kind: duties
 *   sheet: 职责清单                 # the first visible one without it
 *   head: {row: 3, rows: 2}         # where the head stands; looked for without it
 *   columns:
 *     code: 编号
 *     lead: [牵头单位, 责任单位]     # the first head that is there
 *     list: {from: 类别, values: {一类: basic}, otherwise: assist}
 *     since: {value: 2026-01-01}    # the same in every row
 *     assist: {from: 配合单位, optional: true}   # no fault when the column is missing
 *     title: {from: "=C"}           # by the letter of the column
 *   dates: ymd                      # order of 3/4/2026: mdy or dmy
 *   coordinates: cgcs2000           # of columns lat and lon, or of a map layer (also file, EPSG:4549): never guessed
 *   skip: [小计]                    # rows that begin so are no rows; 合计, 小计 and 总计 always
 *   basis: …, expires: 2027-12-31   # a list of persons says on what basis it is kept and until when
 */
#pragma once
#include "base/finding.h"
#include "import/kinds.h"
#include "sheet/cell.h"

#define MAPPING_BYTES ((size_t)1 << 20)
#define MAPPING_VALUES_MAX 1000
#define MAPPING_HEADS_MAX 16

struct mapped_value { struct str said, means; }; /* said is a cell_key */

struct mapped_column {
        const struct import_field *field;
        struct str from[MAPPING_HEADS_MAX];
        size_t n_from;
        bool optional;
        bool constant;           /* value holds in every row */
        struct str value;
        struct str otherwise;    /* for an empty cell, or one that values does not know; "" = none */
        struct mapped_value *values;
        size_t n_values;
        struct str make;         /* a code is made: this, and ten digits of a hash of the fields in `of` */
        size_t of[4], n_of;
        int32_t line;
};

enum coordinates { COORDINATES_NONE, COORDINATES_WGS84, COORDINATES_CGCS2000, COORDINATES_GCJ02, COORDINATES_BD09, COORDINATES_FILE, COORDINATES_EPSG };

struct mapping {
        const struct import_target *target;
        struct str file;         /* name of the mapping, for findings */
        struct str sheet;
        int32_t head_row, head_rows; /* 0 = look for it */
        struct mapped_column column[IMPORT_FIELDS_MAX];
        size_t n;
        enum day_order order;
        enum coordinates coordinates;
        struct str coordinates_text; /* as written, for a map layer */
        struct str skip[MAPPING_HEADS_MAX];
        size_t n_skip;
        struct str basis;
        struct day expires;      /* DAY_NONE when not given */
        int32_t line_basis;
};

/* Findings, all errors: those of yaml_read, import.key, import.kind, import.column, import.value, import.needed (a field that may not be
 * empty has no column), import.coordinates, import.basis. ERR_BAD when there was one. @today: an expiry must lie ahead. */
int mapping_read(struct arena *, struct str file, struct str text, struct day today, struct findings *, struct mapping *ret);
