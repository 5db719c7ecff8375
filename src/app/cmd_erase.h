/* app/cmd_erase.h — what another verb needs of it. */
#pragma once
#include "app/command.h"

/* All that is held about --matter ID and --person ID|PHONE, as JSON on standard output; --purpose is logged. */
int export_held(struct args *);
