/* matter/inner/told.h — an event says who is to be told of it, so that the room notice need not judge the procedure again. */
#pragma once
#include "base/json.h"
#include "procedure/procedure.h"

/* "tell":"reporter lead": bits of procedure_notify as words; nothing when there are none. */
void told_body(struct json *, uint32_t notify);
