/* api/oidc.h — the desk that asks the provider of a sign-in elsewhere (OpenID Connect), in threads of its own: a provider that hangs keeps no worker. */
#pragma once
#include "base/arena.h"
#include "oidc/config.h"

struct oidc_desk;
/* @config and @public_url (where browsers find this server, without a slash at its end) are the caller's and outlive it. */
struct oidc_desk *oidc_desk_new(struct arena *, const struct oidc_config *config, const char *public_url);
/* Finish what is under way and join its threads. Once, after the server has stopped and before the store is closed. NULL is fine. */
void oidc_desk_close(struct oidc_desk *);
/* What the button says; NULL desk: nothing is configured. */
const struct oidc_config *oidc_desk_config(const struct oidc_desk *);
