/* api/export_view.h — all that is held about one matter and who reported it, as they may have it (个人信息保护法 第四十五条). */
#pragma once
#include "api/house.h"
#include "matter/retain.h"
#include "matter/task.h"

struct held_all {
        struct matter m, cause;        /* cause: while m waits for its answer */
        struct matter_tasks tasks;
        struct matter_story story;
        struct str why;                /* {NULL,0}: erased */
        struct vault_masked masked;    /* where there is a contact */
        struct vault_looks looks;
        struct identity clear;         /* with @opened */
        bool contact, opened;
};
extern const struct shape held_shape, retention_shape; /* what held_view and retain_view write */
/* Read it; the contact stays masked. */
int held_read(struct ctx *, int64_t matter, struct held_all *ret);
/* Open the contact: logged like every look. Write. */
int held_open(const struct vault_keys *, struct ctx *, struct str purpose, struct held_all *);
/* {"matter","explanation","contact","looks","kept_until"}: staff stand masked, as on the tracking page. */
void held_view(struct json *, const struct town *, const struct held_all *, struct instant now, struct arena *);

/* {"classes":[{"class","period","action","basis","before","due","by_itself"}]} */
void retain_view(struct json *, const struct retain_plan *);
