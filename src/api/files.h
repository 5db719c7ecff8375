/* api/files.h — the desk that takes uploads: two at a time are read by the helper, the others wait. */
#pragma once
#include "base/arena.h"
#include "media/media.h"

struct file_desk;
/* @media is the caller's and outlives it. */
struct file_desk *file_desk_new(struct arena *, struct media *media);
/* Answer with its bytes, or its small picture, in a way that runs nothing. ERR_NONE naming "thumb" where it has none. */
struct request;
struct matter_file;
int file_give(struct request *, const struct matter_file *, bool thumb);
/* Finish what is under way and join its threads. Once, after the server has stopped and before the store is closed. NULL is fine. */
void file_desk_close(struct file_desk *);
