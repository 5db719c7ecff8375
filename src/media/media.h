/* media/media.h — photos, voice messages and papers that came from outside are made harmless in a process of their own.
 *
 * `linli-media` stands beside `linli` and is started by it. For every file it forks a child that shuts itself in (seccomp: no opening of files,
 * no network, no new programs; Landlock where the kernel has it; ceilings of memory, CPU, time and output), reads the one
 * descriptor it was given and writes to another. Whatever a file does to a decoder, it does it there, without our keys and our
 * database, and only until the child ends. Rule when something is missing: without the program or without seccomp nothing is taken; without
 * Landlock seccomp alone keeps the cage.
 *
 *   photo   JPEG, PNG, WebP, HEIC, AVIF: turned upright, at most 2560 pixels a side, written anew as JPEG without any metadata
 *           (position, time, device, thumbnail of what was cut off), and a small picture of it
 *   voice   M4A, 3GP, AMR, AAC, WebM or Ogg with Opus or Vorbis, MP3, WAV, FLAC: decoded and written anew as MP3, one channel, without metadata
 *   paper   PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP: looked at, not changed; what it says of its author stays in it
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "base/err.h"
#include "base/str.h"

enum media_kind { MEDIA_PHOTO, MEDIA_VOICE, MEDIA_PAPER, MEDIA_KINDS };
extern const char *const media_kind_names[MEDIA_KINDS + 1]; /* "photo", "voice", "paper", NULL */

/* What comes out. */
enum media_type { MEDIA_JPEG, MEDIA_MP3, MEDIA_PDF, MEDIA_DOCX, MEDIA_XLSX, MEDIA_PPTX, MEDIA_ODT, MEDIA_ODS, MEDIA_ODP, MEDIA_TYPES };
struct media_type_row {
        const char *mime, *ending; /* "image/jpeg", "jpg" */
        enum media_kind kind;
};
extern const struct media_type_row media_types[MEDIA_TYPES];

/* Ceilings of what is taken. */
#define MEDIA_BYTES_MAX ((int64_t)20 << 20)
#define MEDIA_PIXELS_MAX INT64_C(64000000)
#define MEDIA_SECONDS_MAX 180
#define MEDIA_SIDE_MAX 2560 /* of the photo that is kept */
#define MEDIA_THUMB_SIDE 320
#define MEDIA_WALL_SECONDS 20 /* then the child is killed */

/* The kind that a declared content type belongs to; false: it is not taken at all. */
bool media_kind_of(struct str content_type, enum media_kind *ret);

struct media;
struct media_made {
        enum media_type type;
        int32_t width, height; /* of a photo as kept; else 0 */
        int32_t ms;            /* how long a voice message plays; else 0 */
        int64_t bytes, thumb_bytes; /* thumb_bytes 0: there is no small picture */
};

/* @program: path of linli-media; NULL = LINLI_MEDIA of the environment, else beside the running program. Starts nothing yet. */
struct media *media_new(const char *program);
/* ERR_IO with a sentence when the program cannot be started. media_make starts it too, and again when it has died. */
int media_start(struct media *, struct err *);
/* Read @in, write @out and, for a photo, @thumb. Any thread; waits for the result, some MEDIA_WALL_SECONDS at most. Errors name the field
 * "file": ERR_TYPE what it is not, ERR_BAD damaged, ERR_TOO_BIG too many pixels, too long or too slow to read, ERR_BUSY no helper now. */
int media_make(struct media *, enum media_kind, int in, int out, int thumb, struct media_made *ret, struct err *);
void media_end(struct media *); /* NULL is fine */
