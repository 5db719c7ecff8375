/* media/inner/protocol.h — what linli and linli-media say to each other.
 *
 * One message each way. The question travels over the helper's socket (SOCK_SEQPACKET) with four descriptors: where the answer goes, the file
 * to read, where to write, where to write the small picture. The answer comes from the child that has read the file: it is looked at as
 * if a stranger had sent it.
 */
#pragma once
#include <stddef.h>
#include "media/media.h"

#define MEDIA_MAGIC UINT32_C(0x4c4d3031)

enum media_fd { MEDIA_FD_REPLY, MEDIA_FD_IN, MEDIA_FD_OUT, MEDIA_FD_THUMB, MEDIA_FDS };
struct media_ask {
        uint32_t magic, kind;
};

enum media_verdict {
        MEDIA_DONE,
        MEDIA_OTHER,   /* it is nothing of this kind */
        MEDIA_DAMAGED, /* it cannot be read */
        MEDIA_PIXELS,
        MEDIA_LONG,
        MEDIA_CAGE, /* the cage could not be closed */
        MEDIA_VERDICTS
};
struct media_answer {
        uint32_t magic, verdict, type;
        int32_t width, height, ms;
        int64_t bytes, thumb_bytes;
};

/* Is it one of ours, whole and within its ranges? */
bool media_ask_sound(const void *p, size_t n, struct media_ask *ret);
bool media_answer_sound(const void *p, size_t n, enum media_kind, struct media_answer *ret);
