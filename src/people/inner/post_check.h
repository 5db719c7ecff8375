/* people/inner/post_check.h — what linli check says about the posts as a whole. */
#pragma once
#include "people/post.h"

/* Terms, holders, and persons with too many posts; @today DAY_NONE: nothing that depends on the day. */
void posts_check(struct arena *, const struct posts *, struct day today, struct findings *);
