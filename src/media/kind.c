/* What a file is, by its own bytes. */
#include <magic.h>
#include <string.h>
#include <unistd.h>
#include "media/inner/keeper.h"

static magic_t book;

bool kind_begin(void)
{
        book = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_TAR | MAGIC_NO_CHECK_TOKENS);
        return book && magic_load(book, NULL) == 0;
}

const char *kind_of(const void *p, size_t n)
{
        return magic_buffer(book, p, n);
}
