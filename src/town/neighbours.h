/* town/neighbours.h — the towns that a matter may be handed to (移交), and who rules where two of them do not agree.
 *
 * neighbours.yaml of the folder; without it nothing is handed to anybody. It holds codes, names and public keys, and no address and no
 * secret: where another town's server stands, and with which key it is asked, is the operator's to say (parcel/config.h), so that a
 * folder can make the server call nobody.
 */
#pragma once
#include "base/finding.h"
#include "base/str.h"

#define NEIGHBOURS_MAX 64
#define NEIGHBOUR_KEY_BYTES 32 /* an Ed25519 public key */

struct neighbour {
        struct str code;             /* 12-digit division code */
        int64_t id;
        struct str name_zh, name_en;
        struct str superior;         /* the common superior of us and them; "" = they are above us, or nobody is above both */
        unsigned char key[NEIGHBOUR_KEY_BYTES]; /* what they seal opens with this */
        int32_t line;
};
struct neighbours {
        struct neighbour *row;
        size_t n;
};

/* @text {NULL,0}: there is no such file. @own: the town's code. Findings in neighbours.yaml: yaml.parse, neighbours.shape, .key-unknown,
 * .code, .own (it names the town itself), .twice, .name, .superior (not 12 digits, or the neighbour itself), .superior-unknown (not in
 * this file), .key (no public key), .too-many: errors, the row is left out. Memory from @a; views into the text. */
void neighbours_read(struct arena *a, struct str text, struct str own, struct findings *, struct neighbours *ret);
/* NULL when there is none. */
const struct neighbour *neighbour_find(const struct neighbours *, struct str code);
