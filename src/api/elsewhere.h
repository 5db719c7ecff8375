/* api/elsewhere.h — where a matter is on its way between towns, as JSON. */
#pragma once
#include "api/house.h"
#include "parcel/parcel.h"

struct elsewhere {
        bool any;                  /* it is on its way, was handed over, or came from elsewhere */
        struct matter_passage pass;
        bool sent, heard;
        struct parcel_out out;
        struct parcel_seen seen;
};
extern const struct shape elsewhere_shape, elsewhere_staff_shape;
/* Asks the store only for matters whose state or source says so. */
int elsewhere_of(struct ctx *, const struct town *, const struct matter *, struct elsewhere *ret);
/* "elsewhere": where, since when, how it stands there; null where there is nothing to say. @staff: how often it was tried too. */
void elsewhere_view(struct json *, const struct town *, const struct elsewhere *, bool staff);
