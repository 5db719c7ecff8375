/* parcel/config.h — how towns are reached, and with which secrets: parcels.conf, a YAML file that only the operator can read.
 *
 *   every: 60                            # seconds between two looks at what was handed over; 1 to 3600
 *   ca: /etc/linli/ca.pem                # certificates to trust beside none of the system's; left out: the system's
 *   secret-110101002000: "base64…"       # a town of this server; made by `linli parcel key`
 *   links:
 *     - {from: "110101002000", to: "110101003000", url: "https://…/t/110101003000", key: "lk_…"}
 *
 * Addresses and secrets come from here and from nowhere else; a town folder holds public keys only (town/neighbours.h). A town without a
 * link that stands in the same store is reached there.
 */
#pragma once
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "town/neighbours.h"

#define PARCEL_SECRETS_MAX 64
#define PARCEL_LINKS_MAX 256
#define PARCEL_SECRET_BYTES 64 /* an Ed25519 secret key */
#define PARCEL_KEY_TEXT 45     /* a public key in base64, and NUL */

struct parcel_secret {
        struct str town;
        unsigned char secret[PARCEL_SECRET_BYTES];
};
struct parcel_link {
        struct str from, to;
        const char *url, *key; /* up to /api; the API key that the other town gave, with the right parcel.put */
};
struct parcel_config {
        struct arena arena;
        const char *ca;
        int64_t every; /* seconds */
        struct parcel_secret secret[PARCEL_SECRETS_MAX];
        struct parcel_link link[PARCEL_LINKS_MAX];
        size_t n_secrets, n_links;
};

/* As secret_file_read; ERR_BAD and ERR_UNKNOWN name file, line and key at fault. Free with parcel_config_free. */
int parcel_config_load(const char *path, struct parcel_config *ret, struct err *err);
int parcel_config_read(const char *name, struct str text, struct parcel_config *ret, struct err *err);
void parcel_config_free(struct parcel_config *); /* wipes the secrets; zeroed is fine */
const struct parcel_secret *parcel_secret_of(const struct parcel_config *, struct str town); /* NULL: none */
const struct parcel_link *parcel_link_of(const struct parcel_config *, struct str from, struct str to);
void parcel_public(const struct parcel_secret *, unsigned char ret[NEIGHBOUR_KEY_BYTES]);
void parcel_public_text(const struct parcel_secret *, char ret[PARCEL_KEY_TEXT]);

/* A new pair for @town: a line added to the file, which is made with mode 0600 when it is not there. ERR_EXISTS when the town has one. */
int parcel_key_make(const char *path, struct str town, char ret_public[PARCEL_KEY_TEXT], struct err *err);
