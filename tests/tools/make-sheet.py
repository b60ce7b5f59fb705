# SPDX-License-Identifier: MIT
"""Workbooks for the tests, written part by part: make-sheet.py NAME FILE.

Nothing here knows how the toolkit reads or writes: each case is the XML a program of its kind leaves
behind, zipped by hand.
"""
import random
import struct
import sys
import zipfile
import zlib

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_REL = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def write(path, parts, first=None):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        if first:
            z.writestr(zipfile.ZipInfo(first[0]), first[1])  # stored
        for name, text in parts:
            z.writestr(name, text)


def rels(items, rel=REL):
    body = "".join(f'<Relationship Id="{i}" Type="{rel}/{t}" Target="{to}"/>' for i, t, to in items)
    return f'{XML}<Relationships xmlns="{PACKAGE}">{body}</Relationships>'


def sheet(rows, ns=MAIN, prefix="", before="", after=""):
    p = prefix + ":" if prefix else ""
    xmlns = f'xmlns:{prefix}="{ns}"' if prefix else f'xmlns="{ns}"'
    return f"{XML}<{p}worksheet {xmlns}>{before}<{p}sheetData>{rows}</{p}sheetData>{after}</{p}worksheet>"


def book(sheets, pr="", ns=MAIN, rel=REL, prefix=""):
    p = prefix + ":" if prefix else ""
    xmlns = f'xmlns:{prefix}="{ns}"' if prefix else f'xmlns="{ns}"'
    body = "".join(
        f'<{p}sheet name="{name}" sheetId="{i + 1}" r:id="rId{i + 1}"{state}/>' for i, (name, state) in enumerate(sheets)
    )
    return f'{XML}<{p}workbook {xmlns} xmlns:r="{rel}">{pr}<{p}sheets>{body}</{p}sheets></{p}workbook>'


def xlsx(path, rows, strings=None, styles=None, pr="", extra=(), before="", after=""):
    parts = [
        ("_rels/.rels", rels([("rId1", "officeDocument", "xl/workbook.xml")])),
        ("xl/workbook.xml", book([("Sheet1", "")], pr)),
        (
            "xl/_rels/workbook.xml.rels",
            rels([("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId8", "styles", "styles.xml"), ("rId9", "sharedStrings", "sharedStrings.xml")]),
        ),
        ("xl/worksheets/sheet1.xml", sheet(rows, before=before, after=after)),
    ]
    if strings:
        parts.append(("xl/sharedStrings.xml", f'{XML}<sst xmlns="{MAIN}">{strings}</sst>'))
    if styles:
        parts.append(("xl/styles.xml", styles))
    write(path, parts + list(extra))


def style_sheet(formats):
    """One cell style for each: a builtin id, or a code."""
    codes = "".join(f'<numFmt numFmtId="{170 + i}" formatCode="{f}"/>' for i, f in enumerate(formats) if isinstance(f, str))
    xfs = "".join(f'<xf numFmtId="{f if isinstance(f, int) else 170 + i}"/>' for i, f in enumerate(formats))
    return (
        f'{XML}<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts>'
        f'<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{xfs}</cellXfs></styleSheet>'
    )


# ---------- xlsx ----------


def kinds(path):
    strings = (
        "<si><t>name</t></si>"
        "<si><r><t>rich </t></r><r><rPr><b/></rPr><t>text</t></r></si>"
        '<si><t xml:space="preserve"> blanks </t></si>'
        "<si><t>東京</t><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh></si>"
        "<si><t>a_x000D_b_x005F_x0041_</t></si>"
        "<si><t/></si>"
    )
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>value, of it</t></is></c></row>'
        '<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2"><v>1234.5</v></c></row>'
        '<row r="3"><c r="A3" t="s"><v>2</v></c><c r="B3"><v>5.0999999999999996</v></c></row>'
        '<row r="4"><c r="A4" t="s"><v>3</v></c><c r="B4"><v>1.23E+11</v></c></row>'
        '<row r="5"><c r="A5" t="s"><v>4</v></c><c r="B5" t="b"><v>1</v></c></row>'
        '<row r="6"><c r="A6" t="s"><v>5</v></c><c r="B6" t="b"><v>0</v></c></row>'
        '<row r="7"><c r="A7" t="e"><v>#N/A</v></c><c r="B7" t="e"><v>#DIV/0!</v></c></row>'
        '<row r="8"><c r="A8" t="str"><f>A2&amp;"!"</f><v>rich text!</v></c><c r="B8"><f>1+1</f><v>2</v></c></row>'
        '<row r="9"><c r="A9"><f>NOW()</f><v></v></c><c r="B9" t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c></row>'
        '<row><c t="inlineStr"><is><t>no</t></is></c><c t="inlineStr"><is><t>refs</t></is></c></row>'
        '<row r="11"><c r="B11"><v>2</v></c><c r="A11"><v>1</v></c></row>'
        '<row r="12"><c r="A12" t="str"><f>"say ""hi"""</f><v>say "hi"</v></c><c r="B12" t="str"><v>two\nlines</v></c></row>'
    )
    xlsx(path, rows, strings, after='<extLst><ext><x14:row xmlns:x14="urn:x"><x14:c><x14:v>9</x14:v></x14:c></x14:row></ext></extLst>')


DATE_CASES = [
    (14, "45991"), (15, "45991"), (16, "45991"), (17, "45991"), (18, "0.5"), (19, "0.25"), (20, "0.75"), (21, "0.59866898148148"),
    (22, "45991.59866898148"), (45, "0.01"), (46, "1.5"), (47, "0.0001"), (0, "45991"), (2, "45991.5"), (9, "0.4"), (49, "12"),
    ("dd/mm/yyyy", "45991"), ("dd/mm/yyyy hh:mm", "45991.6875"), ("dd/mm/yyyy hh:mm", "45991"), ("[$-809]d mmmm yyyy;@", "45991"),
    ("yyyy\\-mm\\-dd", "45991.9"), ("h:mm AM/PM", "0.6875"), ("[h]:mm:ss", "2.0"), ("[$£-809]#,##0.00", "1234.5"),
    ("&quot;£&quot;#,##0;\\-&quot;£&quot;#,##0", "-1200"), ("0.00E+00", "12"), ("&quot;day&quot; 0", "3"), ("General", "7"),
    (14, "1"), (14, "59"), (14, "60"), (14, "61"), (14, "2958465"), (14, "2958466"), (14, "-1"), (14, "0"), (14, ""), (14, "soon"),
    ("0.00;-0.00", "12.5"), ("[Red]0;dd/mm", "5"), ("mmm-yy", "45962"),
]


def dates(path, pr="", extra=()):
    rows = "".join(
        f'<row r="{i + 1}"><c r="A{i + 1}" s="{i}"><v>{v}</v></c><c r="B{i + 1}"><v>1</v></c></row>' for i, (_, v) in enumerate(DATE_CASES)
    )
    xlsx(path, rows, None, style_sheet([f for f, _ in DATE_CASES]), pr, extra)


def dates1904(path):
    rows = '<row r="1"><c r="A1" s="1"><v>0</v></c><c r="B1" s="1"><v>44529</v></c><c r="C1" s="1"><v>44529.5</v></c></row>'
    xlsx(path, rows, None, style_sheet([0, 22]), '<workbookPr date1904="1"/>')


def libreoffice(path):
    rows = '<row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1" s="1"><v>60</v></c><c r="C1" s="1"><v>61</v></c><c r="D1" s="1"><v>-36522</v></c></row>'
    app = '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>LibreOffice/24.2$Linux</Application></Properties>'
    xlsx(path, rows, None, style_sheet([0, 14]), "", [("docProps/app.xml", app)])


def strict(path):
    rows = (
        '<row r="1"><c r="A1" t="d" s="1"><v>2026-11-30T00:00:00</v></c><c r="B1" t="d"><v>2026-11-30T14:22:05</v></c>'
        '<c r="C1" s="1"><v>60</v></c><c r="D1" t="s"><v>0</v></c></row>'
    )
    write(
        path,
        [
            ("_rels/.rels", rels([("rId1", "officeDocument", "/xl/workbook.xml")], STRICT_REL)),
            ("xl/workbook.xml", book([("Strict", "")], '<workbookPr dateCompatibility="0"/>', STRICT, STRICT_REL)),
            ("xl/_rels/workbook.xml.rels", rels([("rId1", "worksheet", "/xl/worksheets/sheet1.xml"), ("rId2", "sharedStrings", "../xl/strings.xml"), ("rId3", "styles", "styles.xml")], STRICT_REL)),
            ("xl/worksheets/sheet1.xml", sheet(rows, STRICT)),
            ("xl/strings.xml", f'{XML}<sst xmlns="{STRICT}"><si><t>strict</t></si></sst>'),
            ("xl/styles.xml", style_sheet([0, 14]).replace(MAIN, STRICT)),
        ],
    )


def prefixed(path):
    rows = '<x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c><x:c r="B1"><x:v>7</x:v></x:c><c r="C1"><v>8</v></c></x:row>'
    write(
        path,
        [
            ("[Content_Types].xml", "<Types/>"),
            ("_rels\\.rels", rels([("rId1", "officeDocument", "xl/workbook.xml")])),
            ("XL\\Workbook.xml", book([("Prefixed", "")], "", MAIN, REL, "x")),
            ("xl\\_rels\\workbook.xml.rels", rels([("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "sharedStrings", "sharedStrings.xml")])),
            ("xl\\worksheets\\sheet1.xml", sheet(rows, prefix="x")),
            ("xl\\sharedStrings.xml", f'{XML}<x:sst xmlns:x="{MAIN}"><x:si><x:t>prefix</x:t></x:si></x:sst>'),
        ],
    )


def wide(path):
    """UTF-16 parts."""
    text = sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>£ ü</t></is></c></row>').replace("UTF-8", "UTF-16")
    write(
        path,
        [
            ("_rels/.rels", rels([("rId1", "officeDocument", "xl/workbook.xml")])),
            ("xl/workbook.xml", book([("S", "")])),
            ("xl/_rels/workbook.xml.rels", rels([("rId1", "worksheet", "worksheets/sheet1.xml")])),
            ("xl/worksheets/sheet1.xml", text.encode("utf-16")),
        ],
    )


def sheets(path):
    names = [("Notes", ' state="hidden"'), ("2007", ""), ("Chart", ""), ("2008 &amp; on", ""), ("Secret", ' state="veryHidden"')]
    targets = [("rId1", "worksheet", "worksheets/s1.xml"), ("rId2", "worksheet", "worksheets/s2.xml"), ("rId3", "chartsheet", "chartsheets/s3.xml"), ("rId4", "worksheet", "worksheets/s4.xml"), ("rId5", "worksheet", "worksheets/s5.xml")]

    def one(n):
        return sheet(f'<row r="1"><c r="A1"><v>{n}</v></c></row>')

    write(
        path,
        [
            ("_rels/.rels", rels([("rId1", "officeDocument", "xl/workbook.xml")])),
            ("xl/workbook.xml", book(names)),
            ("xl/_rels/workbook.xml.rels", rels(targets)),
        ]
        + [(f"xl/worksheets/s{n}.xml", one(n)) for n in (1, 2, 4, 5)]
        + [("xl/chartsheets/s3.xml", f'<chartsheet xmlns="{MAIN}"/>')],
    )


def gaps(path):
    rows = (
        '<row r="2"><c r="B2" t="inlineStr"><is><t>Title over three</t></is></c></row>'
        '<row r="4"><c r="A4"><v>1</v></c><c r="D4"><v>4</v></c><c r="E4" s="3"/></row>'
        '<row r="5" hidden="1"><c r="A5"><v>5</v></c></row>'
        '<row r="6"/><row r="7"><c r="A7" s="1"/></row><row r="8"><c r="C8"><v>8</v></c></row><row r="900"/>'
    )
    xlsx(path, rows, before='<cols><col min="2" max="3" width="9" hidden="1"/></cols>', after='<mergeCells count="1"><mergeCell ref="B2:D2"/></mergeCells>')


# ---------- ods ----------

ODS_NS = "".join(
    f' xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{u}:1.0"'
    for p, u in [("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("draw", "drawing"), ("number", "datastyle")]
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def ods(path, tables, styles="", extra=(), mimetype=ODS_TYPE):
    content = (
        f"{XML}<office:document-content{ODS_NS}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    write(path, [("content.xml", content)] + list(extra), ("mimetype", mimetype))


ODS_TABLE = (
    '<table:table table:name="Plan"><table:table-column table:number-columns-repeated="3"/>'
    '<table:table-column table:visibility="collapse"/>'
    "<table:table-header-rows><table:table-row>"
    '<table:table-cell table:number-columns-spanned="2"><text:p>name</text:p></table:table-cell><table:covered-table-cell><text:p>under</text:p></table:covered-table-cell>'
    '<table:table-cell><text:p>note</text:p><office:annotation><dc:date>2026-01-01</dc:date><text:p>a comment</text:p></office:annotation></table:table-cell>'
    "</table:table-row></table:table-header-rows>"
    '<table:table-row><table:table-cell office:value-type="float" office:value="1234.5"><text:p>£1,234.50</text:p></table:table-cell>'
    '<table:table-cell office:value-type="percentage" office:value="0.4"><text:p>40%</text:p></table:table-cell>'
    '<table:table-cell office:value-type="currency" office:currency="GBP" office:value="5.0999999999999996"><text:p>£5.10</text:p></table:table-cell></table:table-row>'
    '<table:table-row><table:table-cell office:value-type="date" office:date-value="2026-11-30"><text:p>30/11/26</text:p></table:table-cell>'
    '<table:table-cell office:value-type="date" office:date-value="2026-11-30T14:22:05"><text:p>x</text:p></table:table-cell>'
    '<table:table-cell office:value-type="time" office:time-value="PT36H05M00S"><text:p>36:05:00</text:p></table:table-cell></table:table-row>'
    '<table:table-row table:visibility="filter"><table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell>'
    '<table:table-cell office:value-type="boolean" office:boolean-value="false"><text:p>FALSE</text:p></table:table-cell>'
    '<table:table-cell table:formula="of:=NA()" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell></table:table-row>'
    '<table:table-row><table:table-cell office:value-type="string"><text:p>two<text:s text:c="3"/>blanks<text:tab/>tab</text:p><text:p>second   line</text:p></table:table-cell>'
    '<table:table-cell office:value-type="string"><text:p>  a <text:span>rich <text:a>link</text:a></text:span>\n  text\n</text:p></table:table-cell>'
    '<table:table-cell office:value-type="string" office:string-value="as&#13;held"><text:p>as shown</text:p></table:table-cell></table:table-row>'
    '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell>'
    '<table:table-cell table:number-columns-repeated="16382"/></table:table-row>'
    '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    '<table:table-row-group><table:table-row><table:table-cell/><table:table-cell><text:p>last</text:p><draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame></table:table-cell></table:table-row></table:table-row-group>'
    '<table:table-row table:number-rows-repeated="1048566"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
)
ODS_STYLES = '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style><style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
ODS_TABLES = '<table:table table:name="Hidden" table:style-name="ta2"><table:table-row><table:table-cell><text:p>no</text:p></table:table-cell></table:table-row></table:table>' + ODS_TABLE


def ods_kinds(path):
    ods(path, ODS_TABLES, ODS_STYLES)


def ods_prefixes(path):
    """The same under other prefixes, as XML allows."""
    ods(path, "")
    content = (
        '<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:tb="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:x="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><o:body><o:spreadsheet>'
        '<table tb:name="T"><table-row><table-cell tb:number-columns-repeated="2" o:value-type="float" o:value="3"/><table-cell><x:p>x</x:p></table-cell></table-row></table>'
        "</o:spreadsheet></o:body></o:document-content>"
    )
    write(path, [("content.xml", content)], ("mimetype", ODS_TYPE))


def fods(path):
    with open(path, "w", encoding="utf-8") as f:
        f.write(
            f'{XML}<office:document{ODS_NS} office:mimetype="{ODS_TYPE}"><office:automatic-styles>{ODS_STYLES}</office:automatic-styles>'
            f"<office:body><office:spreadsheet>{ODS_TABLES}</office:spreadsheet></office:body></office:document>"
        )


def ods_protected(path):
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="content.xml">'
        '<manifest:encryption-data manifest:checksum="x"/></manifest:file-entry></manifest:manifest>'
    )
    write(path, [("content.xml", bytes(range(256)) * 4), ("META-INF/manifest.xml", manifest)], ("mimetype", ODS_TYPE))


def odt(path):
    write(path, [("content.xml", "<x/>")], ("mimetype", "application/vnd.oasis.opendocument.text"))


def docx(path):
    write(path, [("_rels/.rels", rels([("rId1", "officeDocument", "word/document.xml")])), ("word/document.xml", "<x/>")])


def xlsb(path):
    write(path, [("_rels/.rels", rels([("rId1", "officeDocument", "xl/workbook.bin")])), ("xl/workbook.bin", "x")])


def plain_zip(path):
    write(path, [("readme.txt", "hello")])


# ---------- OLE ----------


def compound(path, *names):
    header = bytearray(512)
    header[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    sector = bytearray(512 * (1 + len(names) // 4))
    for i, name in enumerate(("Root Entry",) + names):
        entry = name.encode("utf-16-le") + b"\0\0"
        sector[i * 128 : i * 128 + len(entry)] = entry
        struct.pack_into("<H", sector, i * 128 + 64, len(entry))
    with open(path, "wb") as f:
        f.write(header + b"\xff" * 512 + sector)


def protected(path):
    compound(path, "EncryptionInfo", "EncryptedPackage")


def xls(path):
    compound(path, "Workbook", "\5SummaryInformation")


def doc(path):
    compound(path, "WordDocument", "1Table")


# ---------- hostile ----------


def raw_zip(path, entries, count=None):
    """entries: (name, packed, size, crc), deflated. count: what the end record claims."""
    with open(path, "wb") as f:
        central = b""
        for name, packed, size, crc in entries:
            at = f.tell()
            name = name.encode()
            fields = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0x21, crc, len(packed), size, len(name), 0)
            f.write(b"PK\3\4" + fields + name + packed)
            central += b"PK\1\2" + struct.pack("<H", 20) + fields + struct.pack("<HHHII", 0, 0, 0, 0, at) + name
        at = f.tell()
        n = len(entries) if count is None else count
        f.write(central + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, n & 0xFFFF, n & 0xFFFF, len(central), at, 0))


def deflate(chunks):
    c = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed, size, crc = [], 0, 0
    for chunk in chunks:
        packed.append(c.compress(chunk))
        size += len(chunk)
        crc = zlib.crc32(chunk, crc)
    packed.append(c.flush())
    return b"".join(packed), size, crc


def bomb(path, part, chunks, size=None):
    plain = {
        "_rels/.rels": rels([("rId1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": book([("S", "")]),
        "xl/_rels/workbook.xml.rels": rels([("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "sharedStrings", "sharedStrings.xml"), ("rId3", "styles", "styles.xml")]),
        "xl/worksheets/sheet1.xml": sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'),
    }
    entries = [(n, *deflate([t.encode()])) for n, t in plain.items() if n != part]
    packed, real, crc = deflate(chunks)
    raw_zip(path, entries + [(part, packed, real if size is None else size, crc)])


def noise(n, seed=1):
    """Text that hardly packs: below the ratio, so that only the other limits are left."""
    return random.Random(seed).randbytes(n // 2 + 1).hex().encode()[:n]


def hostile(path, what):
    head = f'<worksheet xmlns="{MAIN}"><sheetData>'.encode()
    mb = 1 << 20
    if what == "blanks":  # a long run of nothing
        bomb(path, "xl/worksheets/sheet1.xml", [head] + [b" " * mb] * 300)
    elif what == "lie":  # the same, with a small size in the directory
        bomb(path, "xl/worksheets/sheet1.xml", [head] + [b" " * mb] * 300, 1000)
    elif what == "rows":
        row = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (i, i) for i in range(1, 200))
        bomb(path, "xl/worksheets/sheet1.xml", [head, row] + [b"<row/>" * 100000] * 300)
    elif what == "strings":
        bomb(path, "xl/sharedStrings.xml", [b"<sst>"] + [b"<si><t>aaaaaaaaaaaaaaa</t></si>" * 40000] * 200)
    elif what == "strings-below-ratio":
        piece = b"".join(b"<si><t>%s</t></si>" % (noise(40, i) + b"a" * 2000) for i in range(500))
        bomb(path, "xl/sharedStrings.xml", [b"<sst>"] + [piece] * 120)
    elif what == "empty-strings":
        bomb(path, "xl/sharedStrings.xml", [b"<sst>"] + [b"<si/>" * 100000] * 300)
    elif what == "styles":
        bomb(path, "xl/styles.xml", [b"<styleSheet><cellXfs>"] + [b'<xf numFmtId="14"/>' * 40000] * 300)
    elif what == "depth":
        bomb(path, "xl/worksheets/sheet1.xml", [head] + [b"<a>" * 100000] * 10)
    elif what == "one-tag":
        bomb(path, "xl/worksheets/sheet1.xml", [head, b'<c a="'] + [noise(mb, i) for i in range(40)])
    elif what == "one-cell":
        bomb(path, "xl/worksheets/sheet1.xml", [head, b'<row r="1"><c r="A1" t="inlineStr"><is><t>'] + [noise(mb, i) for i in range(60)])
    elif what == "attributes":
        bomb(path, "xl/worksheets/sheet1.xml", [head, b"<c "] + [b"".join(b'a%d="1" ' % (i * 100000 + k) for k in range(100000)) for i in range(20)])
    elif what == "amplify":  # one long text in a million cells
        bomb(path, "xl/sharedStrings.xml", [b"<sst><si><t>" + b"a" * 32767 + b"</t></si></sst>"])
        entries = []
        with zipfile.ZipFile(path) as z:
            for n in z.namelist():
                if n != "xl/worksheets/sheet1.xml":
                    entries.append((n, *deflate([z.read(n)])))
        cells = b'<row>' + b'<c t="s"><v>0</v></c>' * 1000 + b"</row>"
        entries.append(("xl/worksheets/sheet1.xml", *deflate([head] + [cells] * 1000)))
        raw_zip(path, entries)
    elif what == "entries":
        raw_zip(path, [(f"x{i}", b"\3\0", 0, 0) for i in range(3000)])
    elif what == "entries-hidden":  # the end record claims one
        raw_zip(path, [(f"x{i}", b"\3\0", 0, 0) for i in range(30000)], 1)
    elif what == "doctype":
        bomb(path, "xl/worksheets/sheet1.xml", [b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>'])
    elif what == "doctype-external":
        bomb(path, "xl/workbook.xml", [b'<!DOCTYPE w SYSTEM "file:///etc/passwd"><workbook/>'])
    elif what == "columns":
        bomb(path, "xl/worksheets/sheet1.xml", [head, b'<row r="1"><c r="ZZZZZZZZZZZZZZ1"><v>1</v></c></row></sheetData></worksheet>'])
    elif what == "row-number":
        bomb(path, "xl/worksheets/sheet1.xml", [head, b'<row r="99999999999999999999"><c><v>1</v></c></row></sheetData></worksheet>'])
    elif what == "backwards":
        bomb(path, "xl/worksheets/sheet1.xml", [head, b'<row r="5"><c><v>1</v></c></row><row r="4"/></sheetData></worksheet>'])
    elif what == "string-index":
        bomb(path, "xl/worksheets/sheet1.xml", [head, b'<row r="1"><c t="s"><v>99</v></c></row></sheetData></worksheet>'])
    elif what == "string-word":
        xlsx(path, '<row r="1"><c t="s"><v>word</v></c></row>', "<si><t>the first</t></si>")
    elif what == "ods-repeat":
        ods(path, '<table:table table:name="T"><table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>aaaaaaaaaaaaaaaaaaaaaaaa</text:p></table:table-cell></table:table-row></table:table>')
    elif what == "ods-spaces":
        ods(path, '<table:table table:name="T"><table:table-row><table:table-cell><text:p>a<text:s text:c="2000000000"/></text:p></table:table-cell></table:table-row></table:table>')
    elif what == "ods-width":  # a far column, then a million short rows to pad
        ods(path, '<table:table table:name="T"><table:table-row><table:table-cell table:number-columns-repeated="16383"/><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="1000000"><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row></table:table>')
    elif what == "ods-depth":
        ods(path, "<a>" * 5000 + "</a>" * 5000)
    elif what == "no-sheet":
        bomb(path, "xl/workbook.xml", [book([]).encode()])
    elif what == "no-part":
        bomb(path, "xl/worksheets/sheet2.xml", [b"x"])
        bomb(path, "xl/_rels/workbook.xml.rels", [rels([("rId1", "worksheet", "../../../../etc/passwd")]).encode()])
    elif what == "cut-xml":
        bomb(path, "xl/worksheets/sheet1.xml", [head, b'<row r="1"><c><v>1</v></c></row><row r="2"><c>'])
    elif what == "bad-crc":
        bomb(path, "xl/worksheets/sheet1.xml", [sheet('<row r="1"><c><v>1</v></c></row>').encode()])
        data = bytearray(open(path, "rb").read())
        at = data.index(b"PK\3\4", data.index(b"xl/_rels/workbook.xml.rels")) + 14
        data[at] ^= 255
        central = data.rindex(b"PK\1\2") + 16
        data[central] ^= 255
        open(path, "wb").write(data)
    else:
        sys.exit(f"no case {what}")


HOSTILE = (
    "blanks lie rows strings strings-below-ratio empty-strings styles depth one-tag one-cell attributes amplify entries entries-hidden doctype"
    " doctype-external columns row-number backwards string-index string-word ods-repeat ods-spaces ods-width ods-depth no-sheet no-part cut-xml bad-crc"
).split()

if __name__ == "__main__":
    if sys.argv[1] == "hostile-names":
        print("\n".join(HOSTILE))
    elif sys.argv[1].startswith("hostile:"):
        hostile(sys.argv[2], sys.argv[1][8:])
    else:
        globals()[sys.argv[1].replace("-", "_")](sys.argv[2])
