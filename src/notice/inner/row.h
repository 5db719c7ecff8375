/* notice/inner/row.h — from the rows of notice_out to struct notice. */
#pragma once
#include "notice/notice.h"

struct sql_notice_get_row; /* of notice_sql.h */
struct notice notice_of(const struct sql_notice_get_row *);
/* @rows of any statement that gives whole messages: they all have the shape of notice_get. */
void notices_of(struct arena *, const void *rows, size_t n, struct notices *ret);
/* Fill in the reasons of those that tell of a change of date. */
int notices_reasons(struct ctx *, struct notices *);
