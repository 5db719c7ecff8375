/* notice/when.h — when may somebody be disturbed, and when is a message tried again? Pure. */
#pragma once
#include "base/day.h"
#include "town/notices.h"

/* The first instant at or after @at at which a message may go out. Hours the recipient chose go before the town's quiet hours:
 * who works at night and asks for ten in the evening gets it then. */
struct instant notice_when(struct instant at, struct quiet_hours quiet, struct quiet_hours chosen);

/* How long to wait after try number @tries (from 1) failed. False: it was the last one, the message counts as undelivered. What is
 * urgent is given up after minutes, so that somebody picks up the telephone. */
bool notice_retry(int32_t tries, bool urgent, int64_t *ret_wait_us);
