"""Workbooks for tests, written with nothing but the standard library: what a clerk's Excel or WPS would save."""
import html
import zipfile

MAIN = ("xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' "
        "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'")
LINKS = "xmlns='http://schemas.openxmlformats.org/package/2006/relationships'"
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = ("<numFmts count='1'><numFmt numFmtId='164' formatCode='yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;'/></numFmts>"
          "<cellXfs count='3'><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='164'/></cellXfs>")


def column(n):
    name = ""
    while True:
        name = chr(65 + n % 26) + name
        n = n // 26 - 1
        if n < 0:
            return name


def cell(at, value):
    if value is None:
        return ""
    if isinstance(value, tuple):  # (serial number, style): a day
        return f"<c r='{at}' s='{value[1]}'><v>{value[0]}</v></c>"
    if isinstance(value, (int, float)):
        return f"<c r='{at}'><v>{value!r}</v></c>"
    return f"<c r='{at}' t='inlineStr'><is><t>{html.escape(value)}</t></is></c>"


def workbook(path, rows, merges=(), name="台账", from_1904=False):
    """rows: lists of None, str, int, float or (serial, style); merges: 'A1:D1'."""
    body = "".join(f"<row r='{r}'>" + "".join(cell(f"{column(c)}{r}", v) for c, v in enumerate(row)) + "</row>"
                   for r, row in enumerate(rows, 1))
    joined = "".join(f"<mergeCell ref='{m}'/>" for m in merges)
    joined = f"<mergeCells>{joined}</mergeCells>" if joined else ""
    parts = {
        "_rels/.rels": f"<Relationships {LINKS}><Relationship Id='rId1' Type='{TYPE}/officeDocument' Target='xl/workbook.xml'/></Relationships>",
        "xl/workbook.xml": f"<workbook {MAIN}><workbookPr date1904='{int(from_1904)}'/><sheets><sheet name='{name}' sheetId='1' r:id='rId1'/></sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships {LINKS}><Relationship Id='rId1' Type='{TYPE}/worksheet' Target='worksheets/sheet1.xml'/>"
                                      f"<Relationship Id='rId2' Type='{TYPE}/styles' Target='styles.xml'/></Relationships>",
        "xl/styles.xml": f"<styleSheet {MAIN}>{STYLES}</styleSheet>",
        "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}><sheetData>{body}</sheetData>{joined}</worksheet>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for part, text in parts.items():
            z.writestr(part, "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>" + text)
