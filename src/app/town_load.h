/* app/town_load.h — bringing a folder into the store: what load and serve share. */
#pragma once
#include "app/world.h"

/* Check, seal phones, write one version. EXIT_FINE, EXIT_FINDINGS (nothing changed), EXIT_USAGE, EXIT_FAILED; tells what happened. */
int town_load_dir(struct args *, struct world *, struct str dir, bool trial);
/* A warning on standard error when @dir is not what is loaded. EXIT_USAGE when it is unreadable. */
int town_warn_if_differs(struct args *, struct world *, struct str dir);
