/* An XLSX file: the archive, and which of its parts are read. */
#include <zip.h>
#include "sheet/inner/xlsx.h"

#define ENTRIES_MAX 10000
#define CHUNK 65536
#define RATIO_FROM (1u << 20)

struct archive {
        zip_t *zip;
        size_t unpacked; /* bytes of all parts read so far */
        struct xlsx *x;
};

static int damaged(struct err *err)
{
        return err_set(err, ERR_BAD, "FILE", "这个 .xlsx 文件已损坏，打不开；用 Excel 或 WPS 打开后另存一次", "This .xlsx file is damaged and does not open; open it in Excel or WPS and save it again");
}

static int archive_open(struct archive *z, struct str bytes)
{
        zip_error_t e;
        zip_error_init(&e);
        zip_source_t *source = zip_source_buffer_create(bytes.p, bytes.n, 0, &e);
        z->zip = source ? zip_open_from_source(source, ZIP_RDONLY, &e) : NULL;
        if (source && !z->zip)
                zip_source_free(source);
        zip_error_fini(&e);
        if (!z->zip)
                return damaged(z->x->err);
        if (zip_get_num_entries(z->zip, 0) > ENTRIES_MAX)
                return err_set(z->x->err, ERR_TOO_BIG, "FILE", "压缩包内的部件超过 %d 个", "More than %d parts in the archive", ENTRIES_MAX);
        return OK;
}

/* A few kilobytes can unpack to gigabytes: stop at a ceiling for all, and at a ratio for each. */
static int within(struct archive *z, const zip_stat_t *st, size_t part)
{
        size_t packed = st->comp_size > 0 ? st->comp_size : 1;
        if (z->unpacked > SHEET_PART_BYTES || (part > RATIO_FROM && part / packed > SHEET_PART_RATIO))
                return err_set(z->x->err, ERR_TOO_BIG, "FILE", "压缩包解开后过大，不予读取", "The archive unpacks to too much; it is not read");
        return OK;
}

static int pour(struct archive *z, zip_file_t *f, const zip_stat_t *st, struct part *p)
{
        char chunk[CHUNK];
        size_t part = 0;
        for (;;) {
                zip_int64_t n = zip_fread(f, chunk, sizeof(chunk));
                if (n < 0)
                        return damaged(z->x->err);
                part += (size_t)n;
                z->unpacked += (size_t)n;
                int rc = within(z, st, part);
                if (rc == OK)
                        rc = xml_feed(&p->xml, chunk, (size_t)n, n == 0);
                if (rc != OK || n == 0)
                        return rc;
        }
}

/* ERR_NONE without a sentence when there is no such part. */
static int read_part(struct archive *z, struct str name, enum part_kind kind)
{
        zip_stat_t st;
        zip_int64_t at = zip_name_locate(z->zip, str_c(z->x->a, name), ZIP_FL_NOCASE);
        if (at < 0)
                return ERR_NONE;
        if (zip_stat_index(z->zip, (zip_uint64_t)at, 0, &st) != 0 || !(st.valid & ZIP_STAT_COMP_SIZE))
                return damaged(z->x->err);
        zip_file_t *f = zip_fopen_index(z->zip, (zip_uint64_t)at, 0);
        if (!f)
                return damaged(z->x->err);
        struct part *p = arena_new(z->x->a, struct part);
        part_begin(p, z->x, kind);
        int rc = pour(z, f, &st, p);
        part_clear(p);
        zip_fclose(f);
        return rc;
}

/* A target is relative to the folder of the part that names it; "../" and a leading "/" occur. */
static struct str resolve(struct arena *a, struct str folder, struct str target)
{
        if (target.n && target.p[0] == '/')
                return (struct str){ target.p + 1, target.n - 1 };
        while (str_starts(target, STR("../"))) {
                target = (struct str){ target.p + 3, target.n - 3 };
                while (folder.n > 0 && folder.p[--folder.n] != '/')
                        ;
        }
        return folder.n ? str_printf(a, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(target)) : target;
}

static struct str folder_of(struct str part)
{
        while (part.n > 0 && part.p[part.n - 1] != '/')
                part.n--;
        return (struct str){ part.p, part.n ? part.n - 1 : 0 };
}

static struct str links_of(struct arena *a, struct str part)
{
        struct str folder = folder_of(part);
        size_t cut = folder.n ? folder.n + 1 : 0;
        return str_printf(a, STR_FMT "%s_rels/" STR_FMT ".rels", STR_ARG(folder), folder.n ? "/" : "", (int)(part.n - cut), part.p + cut);
}

static const struct xlsx_link *link_by_type(const struct xlsx *x, const char *end)
{
        for (size_t i = 0; i < x->n_links; i++)
                if (!x->link[i].outside && str_ends(x->link[i].type, str_of(end)))
                        return &x->link[i];
        return NULL;
}

static const struct xlsx_sheet *choose(struct xlsx *x, struct str want, int *rc)
{
        BUF_AUTO all = BUF(200);
        for (size_t i = 0; i < x->n_sheets; i++) {
                struct xlsx_sheet *s = &x->sheet[i];
                if (want.n ? str_eq(s->name, want) : !s->hidden)
                        return s;
                buf_printf(&all, "%s" STR_FMT, i ? "、" : "", STR_ARG(s->name));
        }
        *rc = want.n ? err_set(x->err, ERR_NONE, "sheet", "没有工作表“%.*s”；文件中有：%.*s", "There is no sheet \"%.*s\"; the file has: %.*s",
                               STR_ARG(want), STR_ARG(buf_view(&all)))
                     : err_set(x->err, ERR_BAD, "FILE", "文件中没有可见的工作表", "The file has no visible sheet");
        return NULL;
}

/* The workbook, then what cells refer to, then the cells. */
static int read_book(struct archive *z, struct str want, struct sheet *ret)
{
        struct xlsx *x = z->x;
        int rc = read_part(z, STR("_rels/.rels"), PART_LINKS);
        const struct xlsx_link *book = rc == OK ? link_by_type(x, "/officeDocument") : NULL;
        if (!book)
                return rc == OK || rc == ERR_NONE ? err_set(x->err, ERR_TYPE, "FILE", "这个压缩包不是 .xlsx 工作簿（.ods、.docx 请另存为 .xlsx）",
                                                            "This archive is no .xlsx workbook (save .ods or .docx as .xlsx)") : rc;
        struct str path = resolve(x->a, STR(""), book->target), folder = folder_of(path);
        rc = read_part(z, path, PART_WORKBOOK);
        x->n_links = 0;
        if (rc == OK)
                rc = read_part(z, links_of(x->a, path), PART_LINKS);
        if (rc != OK)
                return rc == ERR_NONE ? err_set(x->err, ERR_TYPE, "FILE", "这个压缩包不是 .xlsx 工作簿", "This archive is no .xlsx workbook") : rc;
        const struct xlsx_link *strings = link_by_type(x, "/sharedStrings"), *styles = link_by_type(x, "/styles"), *cells = NULL;
        if (strings)
                rc = read_part(z, resolve(x->a, folder, strings->target), PART_STRINGS);
        if ((rc == OK || rc == ERR_NONE) && styles)
                rc = read_part(z, resolve(x->a, folder, styles->target), PART_STYLES);
        rc = rc == ERR_NONE ? OK : rc;
        const struct xlsx_sheet *sheet = rc == OK ? choose(x, want, &rc) : NULL;
        for (size_t i = 0; sheet && i < x->n_links; i++)
                if (str_eq(x->link[i].id, sheet->link) && !x->link[i].outside)
                        cells = &x->link[i];
        if (rc == OK)
                rc = cells ? read_part(z, resolve(x->a, folder, cells->target), PART_CELLS) : ERR_NONE;
        if (rc == ERR_NONE && sheet)
                rc = damaged(x->err);
        ret->name = sheet ? sheet->name : STR("");
        return rc;
}

int read_xlsx(struct arena *a, struct str bytes, struct str want, struct sheet *ret, struct err *err)
{
        struct xlsx *x = arena_new(a, struct xlsx);
        struct archive z = { .x = x };
        x->a = a;
        x->err = err;
        x->cells = (struct builder){ .a = a, .err = err };
        ret->format = "xlsx";
        ret->encoding = "UTF-8";
        int rc = archive_open(&z, bytes);
        if (rc == OK)
                rc = read_book(&z, want, ret);
        if (z.zip)
                zip_discard(z.zip);
        if (rc == OK)
                rc = build_done(&x->cells, ret);
        if (rc == OK)
                rc = build_merges(ret, x->merge, x->n_merges, err);
        ret->names_n = x->n_sheets;
        ret->names = arena_array(a, struct str, x->n_sheets);
        for (size_t i = 0; i < x->n_sheets; i++)
                ret->names[i] = x->sheet[i].name;
        return rc;
}
