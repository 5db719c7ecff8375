/* sheet/sheet_test.c: what comes out of the files that offices have */
#include <iconv.h>
#include "sheet/sheet_test_util.h"

#define ROW(n, cells) "<row r='" n "'>" cells "</row>"
#define TEXT(at, s) "<c r='" at "' t='inlineStr'><is><t>" s "</t></is></c>"

static struct sheet read_ok(struct arena *a, struct str bytes, const char *want)
{
        struct sheet s;
        struct err err = { 0 };
        int rc = sheet_read(a, bytes, str_of(want), &s, &err);
        if (rc != OK)
                fail_msg("%s", err.en);
        return s;
}

static void refused(struct str bytes, const char *want, int rc, const char *says)
{
        ARENA_AUTO a = { 0 };
        struct sheet s;
        struct err err = { 0 };
        CHECK_EQ(sheet_read(&a, bytes, str_of(want), &s, &err), rc);
        CHECK_EQ(err.code, rc);
        CHECK(err.zh[0] != '\0');
        if (!strstr(err.en, says))
                fail_msg("\"%s\" does not say \"%s\"", err.en, says);
}

static struct str in_encoding(struct arena *a, const char *text, const char *encoding)
{
        iconv_t to = iconv_open(encoding, "UTF-8");
        size_t in = strlen(text), room = in * 4 + 8, left = room;
        char *out = arena_raw(a, room), *from = (char *)(uintptr_t)text, *at = out;
        CHECK(iconv(to, &from, &in, &at, &left) != (size_t)-1);
        iconv_close(to);
        return (struct str){ out, room - left };
}

TEST(text_in_every_encoding_reads_the_same)
{
        ARENA_AUTO a = { 0 };
        const char *text = "编码,名称\r\n\r\nzhb,\"综合,办公室\"\r\ncgb,\"两\n行\"\r\n";
        struct str all[] = { str_of(text), str_printf(&a, "\xEF\xBB\xBF%s", text), in_encoding(&a, text, "GB18030"),
                             str_printf(&a, "%s", text), in_encoding(&a, text, "UTF-16") };
        const char *encoding[] = { "UTF-8", "UTF-8", "GB18030", "UTF-8", "UTF-16" };
        for (size_t i = 0; i < COUNT(all); i++) {
                struct sheet s = read_ok(&a, all[i], "");
                CHECK_EQ(s.rows, 3);
                CHECK_EQ(s.columns, 2);
                CHECK_STR(sheet_at(&s, 1, 1)->text, "综合,办公室");
                CHECK_STR(sheet_at(&s, 2, 1)->text, "两\n行");
                CHECK_EQ(s.line[0], 1);
                CHECK_EQ(s.line[1], 3); /* the blank line has no row, but its number */
                CHECK(strcmp(s.encoding, encoding[i]) == 0);
        }
}

TEST(tabs_and_semicolons_separate_too)
{
        ARENA_AUTO a = { 0 };
        struct sheet s = read_ok(&a, STR("标题\na\tb,b\tc\n"), "");
        CHECK_EQ(s.columns, 3);
        CHECK_STR(sheet_at(&s, 1, 1)->text, "b,b");
        s = read_ok(&a, STR("a;b;c,c\n1;2;3\n"), "");
        CHECK_STR(sheet_at(&s, 0, 2)->text, "c,c");
}

TEST(a_workbook_reads_with_its_merged_cells_and_texts)
{
        ARENA_AUTO a = { 0 };
        struct book b = {
                .sheet = "<sheetData>" ROW("1", TEXT("A1", "单位台账")) ROW("3", "<c r='A3' t='s'><v>0</v></c><c r='C3' t='s'><v>1</v></c>")
                        ROW("4", TEXT("C4", "数值") TEXT("D4", "单位") "<c r='A4'/>")
                        ROW("5", "<c r='A5' t='str'><f>1+1</f><v>甲_x000D_</v></c><c r='B5' t='b'><v>1</v></c><c r='C5' t='e'><v>#REF!</v></c>") "</sheetData>"
                        "<mergeCells count='2'><mergeCell ref='A1:D1'/><mergeCell ref='C3:D3'/><mergeCell ref='A3:A4'/></mergeCells>",
                .strings = "<si><t>编</t><rPh sb='0' eb='1'><t>bian</t></rPh><t>码</t></si><si><r><t>时</t></r><r><t>限</t></r></si>",
        };
        struct sheet s = read_ok(&a, book_bytes(&a, &b), "");
        CHECK_STR(s.name, "台账"); /* the first sheet is hidden */
        CHECK_EQ(s.names_n, 2);
        CHECK_EQ(s.rows, 4);
        CHECK_EQ(s.columns, 4);
        CHECK_EQ(s.line[1], 3);
        CHECK_STR(sheet_at(&s, 0, 3)->text, "单位台账");
        CHECK(sheet_at(&s, 0, 3)->merged && !sheet_at(&s, 0, 0)->merged);
        CHECK_STR(sheet_at(&s, 2, 0)->text, "编码");
        CHECK_STR(sheet_at(&s, 1, 3)->text, "时限");
        CHECK_STR(sheet_at(&s, 3, 0)->text, "甲\r");
        CHECK_EQ(sheet_at(&s, 3, 1)->kind, CELL_FLAG);
        CHECK_EQ(sheet_at(&s, 3, 2)->kind, CELL_ERROR);
        CHECK_STR(sheet_column_name(&a, 0), "A");
        CHECK_STR(sheet_column_name(&a, 25), "Z");
        CHECK_STR(sheet_column_name(&a, 54), "BC");
        CHECK_STR(sheet_column_name(&a, 702), "AAA");
}

/* A number, the format it is shown in (1 = 2026-03-05, 2 = 年月日, 3 = time, 4 = 0.00, 5 = built-in 14), and what a person sees. */
static const struct { const char *number; int style; bool from_1904; const char *want; enum cell_kind kind; bool lossy; } numbers[] = {
        { "46086", 1, false, "2026-03-05", CELL_DATE, false },
        { "46086", 2, false, "2026-03-05", CELL_DATE, false },
        { "46086", 5, false, "2026-03-05", CELL_DATE, false },
        { "46086.604166666664", 1, false, "2026-03-05 14:30:00", CELL_DATE, false },
        { "0.604166666666667", 3, false, "14:30:00", CELL_DATE, false },
        { "44624", 1, true, "2026-03-05", CELL_DATE, false },            /* the same day by the system of 1904 */
        { "61", 1, false, "1900-03-01", CELL_DATE, false },
        { "60", 1, false, "60", CELL_ERROR, false },                     /* 29 February 1900 was no day */
        { "59", 1, false, "1900-02-28", CELL_DATE, false },
        { "-1", 1, false, "-1", CELL_ERROR, false },
        { "9999999", 1, false, "9999999", CELL_ERROR, false },
        { "46086", 4, false, "46086", CELL_NUMBER, false },
        { "1.3800000001E+10", 0, false, "13800000001", CELL_NUMBER, false },
        { "0.10000000000000001", 0, false, "0.1", CELL_NUMBER, false },
        { "110101012001001", 0, false, "110101012001001", CELL_NUMBER, false },
        { "1.10101199001011E+17", 0, false, "1.10101199001011E+17", CELL_NUMBER, true },
        { "nonsense", 0, false, "nonsense", CELL_ERROR, false },
};

TEST(numbers_and_days_come_as_people_see_them)
{
        for (size_t i = 0; i < COUNT(numbers); i++) {
                ARENA_AUTO a = { 0 };
                struct str cell = str_printf(&a, "<sheetData><row><c s='%d'><v>%s</v></c></row></sheetData>", numbers[i].style, numbers[i].number);
                struct book b = {
                        .sheet = cell.p, .settings = numbers[i].from_1904 ? "<workbookPr date1904='1'/>" : NULL,
                        .styles = "<numFmts><numFmt numFmtId='164' formatCode='yyyy\\-mm\\-dd'/><numFmt numFmtId='165' formatCode='yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@'/>"
                                  "<numFmt numFmtId='166' formatCode='[$-F400]h:mm:ss'/><numFmt numFmtId='167' formatCode='0.00&quot;days&quot;'/></numFmts>"
                                  "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='164'/><xf numFmtId='165'/><xf numFmtId='166'/>"
                                  "<xf numFmtId='167'/><xf numFmtId='14'/></cellXfs>",
                };
                struct sheet s = read_ok(&a, book_bytes(&a, &b), "台账");
                CHECK_EQ(s.rows, 1);
                CHECK_STR(s.cell[0].text, numbers[i].want);
                CHECK_EQ(s.cell[0].kind, numbers[i].kind);
                CHECK_EQ(s.cell[0].lossy, numbers[i].lossy);
        }
}

TEST(what_cannot_be_read_is_refused_with_a_way_out)
{
        ARENA_AUTO a = { 0 };
        struct book plain = { .sheet = "<sheetData>" ROW("1", TEXT("A1", "x")) "</sheetData>" };
        struct str good = book_bytes(&a, &plain);
        refused(STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "", ERR_TYPE, "save it as .xlsx");
        refused(good, "无此表", ERR_NONE, "台账");
        refused((struct str){ good.p, good.n / 2 }, "", ERR_BAD, "damaged");
        refused(STR("\x89PNG\r\n\x1A\n\0\0\0\rIHDR"), "", ERR_TYPE, "Not a table");
        refused(STR("\xFF\x00\x80\x81"), "", ERR_UTF8, "Neither");
        refused(STR("a,b\n1,\"2\n"), "", ERR_BAD, "row 2");
        refused(STR("a,b\n"), "台账", ERR_NONE, "no sheets");
        refused(STR("a\0b,c\n"), "", ERR_TYPE, "Not a table");
        struct book dtd = plain;
        dtd.prolog = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaa'>]>";
        refused(book_bytes(&a, &dtd), "", ERR_BAD, "document type");
        struct book falls = { .sheet = "<sheetData>" ROW("5", TEXT("A5", "x")) ROW("4", TEXT("A4", "y")) "</sheetData>" };
        refused(book_bytes(&a, &falls), "", ERR_BAD, "do not rise");
        struct book odd = { .sheet = "<sheetData>" ROW("1", TEXT("A2", "x")) "</sheetData>" };
        refused(book_bytes(&a, &odd), "", ERR_BAD, "A2");
        struct book far = { .sheet = "<sheetData>" ROW("1", TEXT("XFD1", "x")) "</sheetData>" };
        refused(book_bytes(&a, &far), "", ERR_TOO_BIG, "columns");
}

TEST(an_archive_that_unpacks_to_very_much_is_not_unpacked)
{
        ARENA_AUTO a = { 0 };
        size_t n = 40u << 20;
        char *zeros = arena_raw(&a, n + 64);
        memset(zeros, ' ', n);
        memcpy(zeros, "<sheetData>", 11);
        memcpy(zeros + n, "</sheetData>", 13);
        struct book bomb = { .sheet = zeros };
        refused(book_bytes(&a, &bomb), "", ERR_TOO_BIG, "too much");
}
