/* api/inner/signed_in.h — what every way of signing in ends with: the session's cookie, and the page's token. */
#pragma once
#include "api/house.h"
#include "people/session.h"

extern const struct shape signed_in_shape;
int signed_in(struct request *, struct str login, const struct session_given *);
