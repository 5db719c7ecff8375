/* app/archive.h — what the command line writes for people to take away. */
#pragma once
#include "api/bundle.h"
#include "app/command.h"

/* A new file that nobody else on this machine reads. ERR_IO naming @option. */
int archive_file(struct ctx *, const char *option, const char *path, int *ret_fd);
/* The bundle as the ZIP file that --bundle names; its path is told. ERR_TOO_BIG, ERR_IO: then there is no file. */
int archive_bundle(struct args *, struct ctx *, const struct bundle *);
