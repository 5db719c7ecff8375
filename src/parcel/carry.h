/* parcel/carry.h — bringing parcels, and asking how they stand: to a town of the same store through its own transaction, to another server
 * by HTTPS. The same sealed bytes either way.
 *
 * A pass takes at most PARCEL_CARRY_MAX of one town, seals them in a transaction, asks without one, and writes down in another what was
 * answered. Whatever stops it in between, the same question is asked again: at least once there, one matter, because a parcel keeps its id.
 */
#pragma once
#include "parcel/parcel.h"
#include "town/shelf.h"

#define PARCEL_CARRY_MAX 8
#define PARCEL_CARRY_SECONDS 15
#define PARCEL_LEASE_SECONDS 150 /* another server takes over after that: as long as a pass may take */
#define PARCEL_WAIT_MAX 900      /* seconds between two tries in vain */

struct parcel_carrier {
        const struct parcel_config *config; /* NULL: nothing is brought, and the list says why */
        struct store *store;
        struct shelf *shelf;
        const struct vault_keys *keys;
        struct str holder; /* of the lease "parcels"; "" = the only process there is */
        _Atomic uint64_t asked, failed;
};

/* One pass for ctx->town at ctx->now; ctx has no transaction. *ret_n = parcels asked. ERR_BUSY: another server does it. */
int parcels_carry(struct parcel_carrier *, struct ctx *, int *ret_n);
/* The same for one matter at once, if it has one waiting. */
int parcel_ask_now(struct ctx *, int64_t matter);
