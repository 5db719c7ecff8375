/* parcel/envelope.h — a sealed message between two towns: only the receiver opens it, and it proves who sealed it.
 *
 * Signed with the sender's Ed25519 key over "linli parcel 1", who it is from, to whom, and the content; then sealed to the receiver's key
 * (libsodium: crypto_sign, crypto_box_seal with the keys turned to X25519). Brought to another town it does not open; changed, neither.
 * On the wire {"from","to","box"}, box in base64.
 */
#pragma once
#include "base/day.h"
#include "parcel/config.h"

#define PARCEL_CONTENT_MAX ((size_t)512 << 10) /* bytes of JSON */
#define PARCEL_BOX_MAX ((size_t)704 << 10)     /* characters of base64 */

/* *ret_box in the arena. */
int parcel_seal(struct arena *, const struct parcel_secret *from, const struct neighbour *to, struct str content, struct str *ret_box);
/* ERR_RULE naming "box" when it does not open, is not from @from, or not for this town. */
int parcel_open(struct arena *, const struct parcel_secret *own, const struct neighbour *from, struct str box, struct str *ret_content, struct err *);

/* What a common superior decides about one parcel, so that whoever gets it can prove it to the other. */
#define PARCEL_RULING_BYTES 64
struct parcel_ruling {
        struct str by, sender, parcel, taker; /* division codes, the sender's number of the parcel */
        struct instant at;
        unsigned char sig[PARCEL_RULING_BYTES];
};
void parcel_ruling_sign(const struct parcel_secret *by, struct parcel_ruling *);
bool parcel_ruling_holds(const unsigned char key[NEIGHBOUR_KEY_BYTES], const struct parcel_ruling *);
