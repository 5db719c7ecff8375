/* sheet/sheet_test_util.h — workbooks made for a test: parts in, an XLSX archive out. */
#pragma once
#include "base/test.h"
#include "sheet/sheet.h"

/* Parts of a workbook; NULL leaves one out. Each is the inside of its root element. */
struct book {
        const char *sheet;     /* inside <worksheet>: "<sheetData>…</sheetData><mergeCells>…" */
        const char *strings;   /* inside <sst> */
        const char *styles;    /* inside <styleSheet> */
        const char *settings;  /* before <sheets> in the workbook, "<workbookPr date1904='1'/>" */
        const char *prolog;    /* before the worksheet's root, for what should not be there */
};
struct str book_bytes(struct arena *, const struct book *);
