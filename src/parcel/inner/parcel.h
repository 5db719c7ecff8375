/* parcel/inner/parcel.h — the sender's parts. */
#pragma once
#include "parcel/parcel.h"

/* What is said about a matter, from what stands in it now. @full: else only the question how it stands. */
int parcel_make(struct ctx *, const struct town *, const struct vault_keys *, const struct parcel_out *, bool full, struct parcel *ret);
/* The event up to which there is something to tell: the opening, or what the reporter added last. */
int parcel_edition(struct ctx *, const struct town *, const struct matter *, int32_t *ret);
/* Rows for what is underway and has none. */
int parcel_pack(struct ctx *);
int parcel_out_due(struct ctx *, int32_t max, struct parcel_outs *ret);
int parcel_out_save(struct ctx *, const struct parcel_out *);
/* Do what the answer says. The row is changed, and saved by the caller; next_at and tries are the caller's. */
int parcel_hear(struct ctx *, const struct town *, struct parcel_out *, const struct parcel_answer *);
