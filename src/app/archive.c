#include "app/archive.h"
#include <fcntl.h>
#include <unistd.h>

int archive_file(struct ctx *ctx, const char *option, const char *path, int *ret_fd)
{
        *ret_fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        return *ret_fd >= 0 ? OK : err_set(ctx->err, ERR_IO, option, "写不了 %s", "%s cannot be written", path);
}

int archive_bundle(struct args *a, struct ctx *ctx, const struct bundle *b)
{
        const char *path = arg_path(a, arg_text(a, "bundle", ""));
        int fd = -1, rc = archive_file(ctx, "--bundle", path, &fd);
        if (rc == OK)
                rc = bundle_zip(ctx, b, fd);
        if (fd >= 0 && close(fd) != 0 && rc == OK)
                rc = err_set(ctx->err, ERR_IO, "--bundle", "写不了 %s", "%s cannot be written", path);
        if (rc != OK && fd >= 0)
                unlink(path); /* half an archive is none */
        if (rc == OK)
                fprintf(a->out, "%s\n", path);
        return rc;
}
