#include "sheet/sheet_test_util.h"
#include <zip.h>

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define LINKS "http://schemas.openxmlformats.org/package/2006/relationships"
#define DOC "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

static void add(zip_t *z, struct arena *a, const char *name, struct str text)
{
        zip_source_t *s = zip_source_buffer(z, str_dup(a, text).p, text.n, 0);
        CHECK(s && zip_file_add(z, name, s, ZIP_FL_OVERWRITE) >= 0);
}

static void add_part(zip_t *z, struct arena *a, const char *name, const char *prolog, const char *root, const char *inside)
{
        if (inside)
                add(z, a, name, str_printf(a, "<?xml version='1.0' encoding='UTF-8'?>%s<%s xmlns='" MAIN "' xmlns:r='" DOC "'>%s</%s>", prolog, root, inside, root));
}

struct str book_bytes(struct arena *a, const struct book *b)
{
        zip_error_t e;
        zip_source_t *out = zip_source_buffer_create(NULL, 0, 0, &e);
        zip_source_keep(out);
        zip_t *z = zip_open_from_source(out, ZIP_CREATE | ZIP_TRUNCATE, &e);
        CHECK(z != NULL);
        add(z, a, "_rels/.rels", STR("<Relationships xmlns='" LINKS "'><Relationship Id='rId1' Type='" DOC "/officeDocument' Target='xl/workbook.xml'/></Relationships>"));
        add_part(z, a, "xl/workbook.xml", "", "workbook",
                 str_printf(a, "%s<sheets><sheet name='藏' sheetId='2' state='hidden' r:id='rId9'/><sheet name='台账' sheetId='1' r:id='rId1'/></sheets>",
                            b->settings ? b->settings : "").p);
        add(z, a, "xl/_rels/workbook.xml.rels",
            STR("<Relationships xmlns='" LINKS "'><Relationship Id='rId1' Type='" DOC "/worksheet' Target='worksheets/sheet1.xml'/>"
                "<Relationship Id='rId2' Type='" DOC "/sharedStrings' Target='/xl/sharedStrings.xml'/>"
                "<Relationship Id='rId3' Type='" DOC "/styles' Target='styles.xml'/></Relationships>"));
        add_part(z, a, "xl/worksheets/sheet1.xml", b->prolog ? b->prolog : "", "worksheet", b->sheet);
        add_part(z, a, "xl/sharedStrings.xml", "", "sst", b->strings);
        add_part(z, a, "xl/styles.xml", "", "styleSheet", b->styles);
        CHECK_EQ(zip_close(z), 0);
        zip_stat_t st;
        CHECK_EQ(zip_source_open(out), 0);
        CHECK_EQ(zip_source_stat(out, &st), 0);
        char *bytes = arena_raw(a, st.size + 1);
        CHECK_EQ(zip_source_read(out, bytes, st.size), (zip_int64_t)st.size);
        zip_source_close(out);
        zip_source_free(out);
        return (struct str){ bytes, st.size };
}
