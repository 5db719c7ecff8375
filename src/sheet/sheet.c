#include "base/buf.h"
#include "sheet/inner/build.h"

struct str sheet_column_name(struct arena *a, size_t column)
{
        char name[8];
        size_t at = sizeof(name);
        for (size_t n = column + 1; n > 0 && at > 0; n = (n - 1) / 26)
                name[--at] = (char)('A' + (n - 1) % 26);
        return str_dup(a, (struct str){ name + at, sizeof(name) - at });
}

static int refuse_old(struct err *err)
{
        return err_set(err, ERR_TYPE, "FILE", "这是旧的 .xls 文件，或加了打开密码的文件：用 Excel 或 WPS 打开，去掉密码，另存为 .xlsx",
                       "This is an old .xls file, or one with a password: open it in Excel or WPS, remove the password, save it as .xlsx");
}

int sheet_read(struct arena *a, struct str bytes, struct str want, struct sheet *ret, struct err *err)
{
        *ret = (struct sheet){ .name = STR("") };
        if (bytes.n > SHEET_FILE_BYTES)
                return err_set(err, ERR_TOO_BIG, "FILE", "文件超过 %d MiB，请拆成几个文件", "The file is larger than %d MiB; split it", (int)(SHEET_FILE_BYTES >> 20));
        if (str_starts(bytes, STR("\xD0\xCF\x11\xE0")))
                return refuse_old(err);
        if (str_starts(bytes, STR("PK\x03\x04")) || str_starts(bytes, STR("PK\x05\x06")))
                return read_xlsx(a, bytes, want, ret, err);
        int rc = read_text(a, bytes, ret, err);
        if (rc == OK && want.n)
                return err_set(err, ERR_NONE, "sheet", "CSV 文件没有工作表，映射中不能写 sheet", "A CSV file has no sheets; the mapping may not name one");
        return rc;
}

int sheet_read_file(struct arena *a, const char *path, struct str want, struct sheet *ret, struct err *err)
{
        BUF_AUTO bytes = BUF(SHEET_FILE_BYTES + 1);
        int rc = buf_read_file(&bytes, path);
        if (rc == ERR_NONE)
                return err_set(err, ERR_NONE, "FILE", "没有这个文件：%s", "No such file: %s", path);
        if (rc == ERR_TOO_BIG)
                return err_set(err, rc, "FILE", "文件超过 %d MiB，请拆成几个文件", "The file is larger than %d MiB; split it", (int)(SHEET_FILE_BYTES >> 20));
        if (rc != OK)
                return err_set(err, ERR_IO, "FILE", "文件读不出来：%s", "The file cannot be read: %s", path);
        return sheet_read(a, buf_view(&bytes), want, ret, err);
}
