/* What the helper and its child are told: questions and answers of any bytes, the type that a file is declared to be, and what
 * linli-media makes of a file's own testimony. The decoders themselves are fuzzed where they are made. */
#include <string.h>
#include "fuzz.h"
#include "media/inner/keeper.h"

static void answer(const uint8_t *data, size_t n)
{
        struct media_answer a;
        for (enum media_kind k = 0; k < MEDIA_KINDS; k++) {
                if (!media_answer_sound(data, n, k, &a))
                        continue;
                MUST(a.magic == MEDIA_MAGIC && a.verdict < MEDIA_VERDICTS && a.type < MEDIA_TYPES);
                if (a.verdict != MEDIA_DONE)
                        continue;
                MUST(media_types[a.type].kind == k && a.bytes > 0 && a.bytes <= MEDIA_BYTES_MAX && a.thumb_bytes >= 0 && a.thumb_bytes <= MEDIA_BYTES_MAX);
                MUST(a.width >= 0 && a.width <= MEDIA_SIDE_MAX && a.height >= 0 && a.height <= MEDIA_SIDE_MAX);
                MUST(a.ms >= 0 && a.ms <= MEDIA_SECONDS_MAX * 1000);
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        static bool begun;
        struct media_ask ask;
        enum media_kind kind;
        if (!begun)
                MUST(begun = kind_begin());
        answer(data, n);
        if (media_ask_sound(data, n, &ask))
                MUST(ask.kind < MEDIA_KINDS);
        if (media_kind_of(fuzz_bytes(data, n), &kind))
                MUST(kind < MEDIA_KINDS);
        const char *what = kind_of(data, n < KIND_BYTES ? n : KIND_BYTES);
        MUST(!what || strlen(what) < 256);
        return 0;
}
