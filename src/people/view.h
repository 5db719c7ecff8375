/* people/view.h — views that a member of staff keeps: a filter of the boards under a name. Nobody else reads them, and they go with
 * the account. */
#pragma once
#include "base/ctx.h"

#define VIEWS_MAX 20
#define VIEW_NAME_CHARS 40
#define VIEW_QUERY_BYTES 500
struct saved_view { struct str name, query; struct instant at; };
struct saved_views { struct saved_view *row; size_t n; }; /* by name */
int view_list(struct ctx *, struct str login, struct saved_views *ret);
/* Kept, or kept anew under the same name. ERR_RANGE naming "name" past VIEWS_MAX. */
int view_put(struct ctx *, struct str login, struct str name, struct str query);
/* ERR_NONE. */
int view_drop(struct ctx *, struct str login, struct str name);
int view_drop_all(struct ctx *, struct str login);
