"""The hostile files of a few kilobytes: how each is made, and the sentence it must end in."""

from tests.engine.files.forged import (
    HEADER,
    number,
    relations,
    row,
    sheet,
    text,
    types,
    workbook,
)
from tests.engine.files.hostile import (
    CLOSING,
    FAR,
    LAUGHING,
    MACRO,
    MANY_ELEMENTS,
    OPENING,
    OUTSIDE,
    QUADRATIC,
    Forge,
    corrupted,
    declared_too_many_members,
    encrypted_member,
    forged,
    lying_about_size,
    make_dice,
    old_office,
    symbolic_link,
    too_many_members,
    truncated,
    twice_the_same_member,
    with_bytes,
    with_cell,
    with_sheet,
    zipped,
)

CORPUS: dict[str, tuple[Forge, str, str]] = {
    # name: how it is made, the finding's kind, what it says
    "nothing": (with_bytes(b""), "disguised-file", "空文件"),
    "old Excel": (old_office("Workbook"), "disguised-file", "旧版 Excel 文件"),
    "old Word": (old_office("WordDocument"), "disguised-file", "旧版 Office 文件"),
    "password": (old_office("EncryptedPackage"), "disguised-file", "加了打开密码"),
    "web page": (
        with_bytes(b"\r\n<HTML><table><tr><td>1</td></tr></table>"),
        "disguised-file",
        "网页",
    ),
    "web archive": (
        with_bytes(b"MIME-Version: 1.0\r\nContent-Type: multipart"),
        "disguised-file",
        "网页",
    ),
    "XML spreadsheet": (
        with_bytes(b'<?xml version="1.0"?><Workbook/>'),
        "disguised-file",
        "XML 文件",
    ),
    "text": (with_bytes("单位,A01\n甲,1\n".encode()), "disguised-file", "纯文本"),
    "JSON": (with_bytes(b'{"unit": 1}'), "disguised-file", "JSON"),
    "PDF": (with_bytes(b"%PDF-1.7"), "disguised-file", "PDF"),
    "picture": (with_bytes(b"\x89PNG\r\n\x1a\n"), "disguised-file", "图片"),
    "gzip": (with_bytes(b"\x1f\x8b\x08\x00"), "disguised-file", "压缩包"),
    "Parquet": (with_bytes(b"PAR1" + bytes(100) + b"PAR1"), "disguised-file", "Parquet"),
    "random bytes": (with_bytes(make_dice(1).randbytes(5000)), "disguised-file", "二进制"),
    "plain zip": (zipped(a="1"), "disguised-file", "压缩包"),
    "Word": (
        zipped(**{"word__document.xml": "1"}),
        "disguised-file",
        "Word",
    ),
    "OpenDocument": (
        zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
        "disguised-file",
        "OpenDocument",
    ),
    "binary workbook": (zipped(**{"xl__workbook.bin": "1"}), "disguised-file", "二进制工作簿"),
    "macro content type": (
        forged(HEADER, main_type=MACRO),
        "disguised-file",
        "不是普通的 Excel 工作簿",
    ),
    "macros": (forged(HEADER, members={"xl/vbaProject.bin": b"x"}), "active-content", "含有宏"),
    "macro sheet": (
        forged(HEADER, members={"xl/macrosheets/sheet1.xml": "x"}),
        "active-content",
        "含有宏",
    ),
    "external link": (
        forged(HEADER, members={"xl/externalLinks/externalLink1.xml": "x"}),
        "active-content",
        "链接到别的文件",
    ),
    "data connection": (
        forged(HEADER, members={"xl/connections.xml": "x"}),
        "active-content",
        "链接到别的文件",
    ),
    "embedded object": (
        forged(HEADER, members={"xl/embeddings/oleObject1.bin": b"x"}),
        "active-content",
        "嵌入",
    ),
    "nested archive": (
        forged(HEADER, members={"xl/media/a.zip": b"PK"}),
        "active-content",
        "嵌入",
    ),
    # archives
    "cut off": (truncated, "damaged-file", "已损坏"),
    "only a beginning": (with_bytes(b"PK\x03\x04" + bytes(40)), "damaged-file", "已损坏"),
    "flipped byte": (corrupted, "damaged-file", "已损坏"),
    "lying about its size": (lying_about_size, "damaged-file", "已损坏"),
    "member twice": (twice_the_same_member, "hostile-file", "不止一次"),
    "climbing path": (
        forged(HEADER, members={"../../etc/cron.d/x": "x"}),
        "hostile-file",
        "路径不正常",
    ),
    "absolute path": (forged(HEADER, members={"/etc/x": "x"}), "hostile-file", "路径不正常"),
    "path of another system": (
        forged(HEADER, members={"xl\\media\\x": "x"}),
        "hostile-file",
        "路径不正常",
    ),
    "symbolic link": (symbolic_link, "hostile-file", "路径不正常"),
    "encrypted member": (encrypted_member, "hostile-file", "加了密"),
    "a thousand members": (too_many_members, "hostile-file", "部件，上限"),
    "a directory of thousands": (declared_too_many_members, "hostile-file", "65,000 个部件"),
    "no workbook part": (
        zipped(**{"xl__workbook.xml": "<a/>", "[Content_Types].xml": types("x.sheet.main+xml")}),
        "damaged-file",
        "已损坏",
    ),
    "a part that is no XML": (
        forged(HEADER, members={"xl/workbook.xml": "<workbook"}),
        "damaged-file",
        "已损坏",
    ),
    "laughs in the workbook part": (
        forged(HEADER, members={"xl/workbook.xml": LAUGHING}),
        "damaged-file",
        "已损坏",
    ),
    "a sheet that is not there": (
        forged(
            HEADER,
            members={
                "xl/_rels/workbook.xml.rels": relations(
                    {"rId1": ("worksheet", "worksheets/sheet9.xml")}
                )
            },
        ),
        "damaged-file",
        "已损坏",
    ),
    "two sheets of one name": (
        forged(
            HEADER,
            members={
                "xl/workbook.xml": workbook({"a": "visible"}).replace(
                    "</sheets>", '<sheet name="a" sheetId="2" r:id="rId1"/></sheets>'
                )
            },
        ),
        "damaged-file",
        "已损坏",
    ),
    "no sheet": (
        forged(HEADER, members={"xl/workbook.xml": workbook({})}),
        "sheet-count",
        "有 0 张工作表",
    ),
    "a hundred sheets": (
        forged(HEADER, names={f"表{n}": "visible" for n in range(101)}),
        "sheet-count",
        "有 101 张工作表",
    ),
    # bombs
    "one cell far out": (forged(HEADER, row(1048576, FAR)), "too-large", "用到 XFD1048576"),
    "one cell far right": (
        forged(HEADER, row(1, number("XFD1", "1"))),
        "too-large",
        "16,384 列",
    ),
    "a large rectangle": (
        forged(HEADER, row(1, number("CV1", "1")), row(1048576, number("A1048576", "1"))),
        "too-large",
        "104,857,600 个单元格",
    ),
    "a cell beyond every sheet": (
        forged(HEADER, row(1, number("ZZZ9999999", "1"))),
        "too-large",
        "上限",
    ),
    "billion laughs": (with_sheet(LAUGHING), "strange-sheet", "写法不同"),
    "quadratic laughs": (with_sheet(QUADRATIC), "strange-sheet", "写法不同"),
    "outside entity": (with_sheet(OUTSIDE), "strange-sheet", "写法不同"),
    "packed a thousand times": (
        with_sheet(OPENING + " " * 3_000_000 + CLOSING),
        "hostile-file",
        "压缩炸弹",
    ),
    "a part of many elements": (
        forged(HEADER, styles=MANY_ELEMENTS),
        "damaged-file",
        "已损坏",
    ),
    # one file, two readings
    "hidden behind an attribute": (
        with_cell('<c x=" r=&quot;B2" r="XFD5000"><v>1</v></c>'),
        "strange-sheet",
        "写法不同",
    ),
    "hidden behind a bracket": (
        with_cell('<c x=">" r="XFD5000"><v>1</v></c>'),
        "strange-sheet",
        "写法不同",
    ),
    "address given twice": (
        with_cell('<c r="B2" r="XFD5000"><v>1</v></c>'),
        "strange-sheet",
        "写法不同",
    ),
    "single quotes": (with_cell("<c r='XFD5000'><v>1</v></c>"), "strange-sheet", "写法不同"),
    "small letters": (with_cell('<c r="xfd5000"><v>1</v></c>'), "strange-sheet", "写法不同"),
    "no address": (with_cell("<c><v>1</v></c>"), "strange-sheet", "写法不同"),
    "address by entity": (
        with_cell('<c r="&#88;FD5000"><v>1</v></c>'),
        "strange-sheet",
        "写法不同",
    ),
    "no prefix before the colon": (
        with_cell('<:c r="XFD5000"><v>1</v></:c>'),
        "strange-sheet",
        "写法不同",
    ),
    "another prefix": (
        with_cell('<z:c r="XFD5000"><v>1</v></z:c>'),
        "strange-sheet",
        "写法不同",
    ),
    "comment": (
        with_cell('<!-- <c r="B2"> --><c r="B2"><v>1</v></c>'),
        "strange-sheet",
        "写法不同",
    ),
    "CDATA": (with_cell('<c r="B2"><v><![CDATA[1]]></v></c>'), "strange-sheet", "写法不同"),
    "UTF-16": (
        with_sheet(sheet(HEADER).replace("UTF-8", "UTF-16").encode("utf-16")),
        "strange-sheet",
        "写法不同",
    ),
    "another encoding": (
        with_sheet(sheet(HEADER).replace("UTF-8", "GBK").encode("gbk")),
        "strange-sheet",
        "写法不同",
    ),
    "not a sheet": (with_sheet("<html/>"), "strange-sheet", "写法不同"),
    "broken XML": (with_sheet(OPENING + HEADER), "damaged-file", "已损坏"),
    "unknown shared string": (
        with_cell('<c r="B2" t="s"><v>7</v></c>'),
        "strange-sheet",
        "写法不同",
    ),
    # what must not be in a table
    "error value": (with_cell('<c r="B2" t="e"><v>#REF!</v></c>'), "bad-cell", "错误值"),
    "infinity": (with_cell(number("B2", "1e999")), "bad-cell", "不是一个确定的数"),
    "not a number": (with_cell(number("B2", "NaN")), "bad-cell", "不是一个确定的数"),
    "eighteen digits": (with_cell(number("B2", "110101199003070011")), "bad-cell", "多于15位"),
    "long text": (with_cell(text("B2", "长" * 32_768)), "bad-cell", "32,768 个字"),
    "hidden row": (
        forged(HEADER, row(2, text("A2", "U"), attributes=' hidden="1"')),
        "hidden-cells",
        "隐藏",
    ),
    "merged header": (
        forged(HEADER, after='<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'),
        "merged-cells",
        "合并单元格",
    ),
    "empty sheet": (forged(), "empty-table", "空表"),
}
