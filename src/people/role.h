/* people/role.h — what each role may do: roles.yaml, or the product's own when the town gives none.
 *
 * Pure. A roles.yaml replaces the product's roles as a whole; nothing is merged. Structs live in the arena.
 */
#pragma once
#include "base/finding.h"
#include "people/right.h"

enum sees {
        SEES_PLACE, /* every matter within the post's place */
        SEES_ORG,   /* of those, what the post's org or one below it leads */
};

struct role {
        struct str code, name_zh, name_en;
        enum sees sees;
        uint64_t rights;   /* bits of enum right */
        int32_t line;
};
struct roles { struct role *row; size_t n; };

/* Findings in roles.yaml, besides yaml.parse: role.none, role.code-bad, role.name-missing, role.sees-unknown,
 * role.right-unknown, role.right-none (warning), role.key-unknown (warning), role.three-admins (warning: one role both
 * manages people and reads the audit; GB/T 22239-2019 level 3 keeps system, security and audit administrators 三员
 * apart). OK also with findings; ERR_BAD when the text is no YAML mapping "roles:". */
int roles_read(struct arena *, struct str text, struct findings *, struct roles *ret);

/* dispatcher, duty_officer, handler, grid_worker, secretary, supervisor, leader, clerk, auditor, admin. */
void roles_default(struct arena *, struct roles *ret);
/* The same as text, for linli init and the manual. */
extern const char roles_default_yaml[];

const struct role *role_find(const struct roles *, struct str code); /* NULL if unknown */
