/* town/folder.h — the bytes of a town folder: from a directory, from the store, back to a directory. */
#pragma once
#include "base/ctx.h"
#include "base/finding.h"

#define FOLDER_FILES_MAX 256
#define FOLDER_NAME_MAX 100
#define FOLDER_FILE_BYTES ((size_t)64 << 20)
#define FOLDER_BYTES ((size_t)512 << 20) /* of all files together */

struct folder_file {
        struct str name;       /* "town.yaml", "procedures/request.yaml"; '/' as separator */
        struct str bytes;      /* as they are on disk */
        struct str text;       /* UTF-8, BOM dropped, GB18030 converted; p is NULL when it is neither encoding */
        unsigned char sha[32]; /* BLAKE2b-256 of bytes */
};
struct folder {
        struct folder_file row[FOLDER_FILES_MAX];
        size_t n;
        unsigned char digest[32]; /* over names and hashes, sorted by name */
};

/* Read the files that docs/town-folder.md names (others give a warning folder.unknown-file). Hidden files and
 * README.md are passed over. ERR_NONE: no such directory; ERR_IO: unreadable; a missing required file, a file of
 * neither encoding or past the ceiling are findings. */
int folder_read_dir(struct arena *, const char *dir, struct findings *, struct folder *ret, struct err *);
/* Is it a file that docs/town-folder.md names, under a name that can be written back to any disk? */
bool folder_knows(struct str name);
/* folder.missing-file for each required file that is not there. */
void folder_missing(const struct folder *, struct findings *);
/* Write every file below @dir, which is made if absent; each by rename, so a half-written file never stands. ERR_EXISTS
 * when a file with other content stands there already and @force is false. */
int folder_write_dir(const struct folder *, const char *dir, bool force, struct err *);
const struct folder_file *folder_find(const struct folder *, const char *name);
/* Text of a file, or {NULL,0} when it is absent. */
struct str folder_text(const struct folder *, const char *name);
/* Fill text from bytes. OK or ERR_UTF8. */
int folder_file_text(struct arena *, struct folder_file *);
/* Compute sha and digest after rows were changed. Sorts by name. */
void folder_seal(struct folder *);
