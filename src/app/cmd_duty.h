/* app/cmd_duty.h — what the commands about duty share: the town of the command, and a house around its store. */
#pragma once
#include "api/house.h"
#include "app/world.h"

struct asked { struct args *a; struct world w; int64_t town; struct town *t; struct house h; };

/* An exit code; says what is wrong itself. Close it also when it failed. */
int asked_open(struct args *, bool write, struct asked *ret);
void asked_close(struct asked *);
#define ASKED_AUTO __attribute__((cleanup(asked_close))) struct asked

/* The day of option --@name, or @otherwise when it was not given. An exit code. */
int asked_day(struct args *, const char *name, struct day otherwise, struct day *ret);
