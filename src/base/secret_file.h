/* base/secret_file.h — a file that holds secrets: whoever else can read it can act in the town's name. */
#pragma once
#include "base/buf.h"
#include "base/err.h"

/* The whole file, in place of what was there. ERR_NONE: there is none; ERR_RULE: others may read it, it is no plain file, or belongs to
 * another user; ERR_IO. */
int secret_file_read(const char *path, struct buf *ret, struct err *err);
