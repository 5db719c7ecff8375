/* api/inner/form.h — the form of the request on this connection, by its Content-Type. On the loop, while the connection is not suspended. */
#pragma once
#include "api/form.h"

struct MHD_Connection;

/* ERR_BAD when it is no form or broken off, ERR_TOO_BIG past FORM_PAIRS_MAX pairs or FORM_NAME_MAX. */
int form_read(struct MHD_Connection *, struct arena *, struct str body, struct form *ret);
