#include "media/inner/protocol.h"
#include <string.h>
#include <strings.h>

const char *const media_kind_names[MEDIA_KINDS + 1] = { "photo", "voice", "paper", NULL };

#define OPENXML "application/vnd.openxmlformats-officedocument."
#define OASIS "application/vnd.oasis.opendocument."
const struct media_type_row media_types[MEDIA_TYPES] = {
        [MEDIA_JPEG] = { "image/jpeg", "jpg", MEDIA_PHOTO },
        [MEDIA_MP3] = { "audio/mpeg", "mp3", MEDIA_VOICE },
        [MEDIA_PDF] = { "application/pdf", "pdf", MEDIA_PAPER },
        [MEDIA_DOCX] = { OPENXML "wordprocessingml.document", "docx", MEDIA_PAPER },
        [MEDIA_XLSX] = { OPENXML "spreadsheetml.sheet", "xlsx", MEDIA_PAPER },
        [MEDIA_PPTX] = { OPENXML "presentationml.presentation", "pptx", MEDIA_PAPER },
        [MEDIA_ODT] = { OASIS "text", "odt", MEDIA_PAPER },
        [MEDIA_ODS] = { OASIS "spreadsheet", "ods", MEDIA_PAPER },
        [MEDIA_ODP] = { OASIS "presentation", "odp", MEDIA_PAPER },
};

/* What phones and browsers declare; what a file really is the helper finds out. */
static const struct { const char *mime; enum media_kind kind; } declared[] = {
        { "image/jpeg", MEDIA_PHOTO }, { "image/jpg", MEDIA_PHOTO },   { "image/png", MEDIA_PHOTO },  { "image/webp", MEDIA_PHOTO },
        { "image/heic", MEDIA_PHOTO }, { "image/heif", MEDIA_PHOTO },  { "image/avif", MEDIA_PHOTO }, { "audio/mp4", MEDIA_VOICE },
        { "audio/x-m4a", MEDIA_VOICE }, { "audio/m4a", MEDIA_VOICE },  { "audio/aac", MEDIA_VOICE },  { "audio/mpeg", MEDIA_VOICE },
        { "audio/mp3", MEDIA_VOICE },  { "audio/ogg", MEDIA_VOICE },   { "audio/opus", MEDIA_VOICE }, { "audio/webm", MEDIA_VOICE },
        { "audio/amr", MEDIA_VOICE },  { "audio/3gpp", MEDIA_VOICE },  { "audio/wav", MEDIA_VOICE },  { "audio/x-wav", MEDIA_VOICE },
        { "audio/wave", MEDIA_VOICE }, { "audio/flac", MEDIA_VOICE },
};

bool media_kind_of(struct str type, enum media_kind *ret)
{
        const char *semicolon = type.n ? memchr(type.p, ';', type.n) : NULL;
        if (semicolon)
                type.n = (size_t)(semicolon - type.p);
        type = str_trim(type);
        for (size_t i = 0; i < COUNT(declared); i++) {
                if (strlen(declared[i].mime) != type.n || strncasecmp(declared[i].mime, type.p, type.n) != 0)
                        continue;
                *ret = declared[i].kind;
                return true;
        }
        for (size_t i = MEDIA_PDF; i < MEDIA_TYPES; i++) {
                if (strlen(media_types[i].mime) != type.n || strncasecmp(media_types[i].mime, type.p, type.n) != 0)
                        continue;
                *ret = MEDIA_PAPER;
                return true;
        }
        return false;
}

bool media_ask_sound(const void *p, size_t n, struct media_ask *ret)
{
        struct media_ask ask;
        if (n != sizeof ask)
                return false;
        memcpy(&ask, p, sizeof ask);
        if (ask.magic != MEDIA_MAGIC || ask.kind >= MEDIA_KINDS)
                return false;
        *ret = ask;
        return true;
}

static bool photo_sound(const struct media_answer *a)
{
        return a->width > 0 && a->width <= MEDIA_SIDE_MAX && a->height > 0 && a->height <= MEDIA_SIDE_MAX && a->ms == 0 && a->thumb_bytes > 0 &&
               a->thumb_bytes <= MEDIA_BYTES_MAX;
}

bool media_answer_sound(const void *p, size_t n, enum media_kind kind, struct media_answer *ret)
{
        struct media_answer a;
        if (n != sizeof a)
                return false;
        memcpy(&a, p, sizeof a);
        if (a.magic != MEDIA_MAGIC || a.verdict >= MEDIA_VERDICTS || a.type >= MEDIA_TYPES)
                return false;
        if (a.verdict == MEDIA_DONE) {
                if (media_types[a.type].kind != kind || a.bytes <= 0 || a.bytes > MEDIA_BYTES_MAX)
                        return false;
                if (kind == MEDIA_PHOTO ? !photo_sound(&a) : a.width != 0 || a.height != 0 || a.thumb_bytes != 0)
                        return false;
                if (kind == MEDIA_VOICE ? a.ms <= 0 || a.ms > MEDIA_SECONDS_MAX * 1000 : a.ms != 0)
                        return false;
        }
        *ret = a;
        return true;
}
