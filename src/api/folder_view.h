/* api/folder_view.h — files, findings, versions and drafts of a town's folder, as JSON. */
#pragma once
#include "api/house.h"
#include "town/draft.h"

extern const struct shape findings_shape, person_shape, draft_shape, draft_item_shape;

/* {"errors","warnings","dropped","findings":[…]}: each in both languages, with its geometry where it has one. */
void findings_view(struct json *, const struct findings *);
/* {"login","name"} of somebody in staff.csv, or of who was; null for "". */
void person_view(struct json *, const char *key, const struct town *, struct str login);
/* The fields of one draft, without the braces. */
void draft_fields(struct json *, const struct town *, const struct draft *, struct str reader);

/* Read and judge a folder as of today. OK also when it cannot be used at all: then the findings say why and *ret is NULL; else it is
 * the caller's to town_unref. */
int folder_judge(struct request *, const struct folder *, bool trial, struct findings *, struct town **ret);
