/* app/replay_causes.h — what a replay joined: for each cause how many spoke of it, and what they have in common. */
#pragma once
#include "app/command.h"
#include "base/json.h"
#include "duty/alike.h"

#define CAUSES_TOLD_MAX 500

/* A message and the matter that it was dealt with as. */
struct voiced {
        int64_t cause, id;
        struct alike_text text;
};
/* "causes":[{"matter","voices","words"}], most voices first, the earliest first among equals; one voice alone is no cause. Reorders
 * @v. */
void causes_json(struct json *, struct arena *, struct voiced *v, size_t n);
/* The ten largest as lines. */
void causes_text(struct args *, struct voiced *v, size_t n);
