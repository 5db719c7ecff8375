/* app/parcels.h — the operator's file of keys and ways between towns. */
#pragma once
#include "app/command.h"
#include "parcel/config.h"

#define OPTION_PARCELS { "parcels", "FILE", false, { "移交的密钥和去路（见《移交》手册；默认环境变量 LINLI_PARCELS）", "keys and ways of handing over (docs/handover.md; default LINLI_PARCELS)" } }

/* The path that was given, or of LINLI_PARCELS; NULL when there is none. */
const char *parcels_path(const struct args *);
/* Read it. *ret is NULL when none was named, else @config, to be freed. */
int parcels_config(const struct args *, struct parcel_config *config, const struct parcel_config **ret, struct err *);
