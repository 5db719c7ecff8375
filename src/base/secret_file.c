#include "base/secret_file.h"
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static int check_file(const char *path, struct err *err)
{
        struct stat st;
        if (stat(path, &st) != 0)
                return err_set(err, ERR_NONE, "", "没有文件 %.150s", "There is no file %.150s", path);
        if (!S_ISREG(st.st_mode) || (st.st_uid != geteuid() && st.st_uid != 0))
                return err_set(err, ERR_RULE, "", "%.150s 不是本用户的普通文件", "%.150s is no plain file of this user", path);
        if (st.st_mode & (S_IRWXG | S_IRWXO))
                return err_set(err, ERR_RULE, "", "%.150s 他人可读，请执行 chmod 600", "Others may read %.150s: chmod 600 it", path);
        return OK;
}

int secret_file_read(const char *path, struct buf *ret, struct err *err)
{
        int rc = check_file(path, err);
        if (rc == OK && buf_read_file(ret, path) != OK)
                rc = err_set(err, ERR_IO, "", "%.150s 无法读取", "%.150s cannot be read", path);
        return rc;
}
