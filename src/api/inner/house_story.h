/* api/inner/house_story.h — for tests that tell a story over HTTP: one answer at a time, and what it must be. */
#pragma once
#include "api/inner/house_test.h"

extern struct got g; /* the last answer */
void answers(int status);
/* A member of it, by its path: "unit.code", "items.0.id". */
void has(struct open_house *, const char *path, const char *want);
