/* import/inner/refs.h — from what a ledger calls somebody or something to its code. */
#pragma once
#include "base/map.h"
#include "import/rows.h"

struct ref_name { struct str code; bool unclear; };
struct refs {
        struct arena *a;
        struct map by_code, by_name;
        struct ref_name *name;
        struct str *code;
        uint32_t n_names, n_codes, cap_names, cap_codes;
};
void refs_init(struct refs *, struct arena *);
void refs_code(struct refs *, struct str code);
void refs_name(struct refs *, struct str name, struct str code);
/* What @folder holds of a kind. */
void refs_load(struct refs *, enum import_kind, const struct folder *);
/* REASON_NONE, REASON_UNKNOWN_REFERENCE or REASON_UNCLEAR_REFERENCE. */
enum import_reason refs_find(const struct refs *, struct str said, struct str *ret_code);
