/* notice/inner/derive.h — from one event to the rows of those who are told. */
#pragma once
#include "notice/notice.h"
#include "store/event.h"

struct sql_notice_add_in; /* of notice_sql.h */

/* Append to @b what @e gives. Errors of the matter itself (it cannot be read) are told apart by the caller. */
int notice_derive(struct ctx *, const struct town *, const struct notice_ways *, const struct event *e, struct notice_batch *b);
/* A row for who could not be reached: told to the desk in the app. */
int notice_derive_lost(struct ctx *, const struct town *, const struct notice *lost, struct notice_batch *b);
/* The row appended, with what all rows of this event share already in @like. */
void notice_append(struct ctx *, struct notice_batch *b, const struct sql_notice_add_in *like);
/* "waiting" and the rest, as written in notice_out.state. */
#define WAITING "waiting"
#define SENT "sent"
#define UNDELIVERED "undelivered"
#define SETTLED "settled"
#define DROPPED "dropped"
