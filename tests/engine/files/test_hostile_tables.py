"""Files that would harm, deceive or merely break a naive reader: each ends in a sentence that says what it is."""

import random
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from time import process_time

import pytest
from python_calamine import CalamineWorkbook
from tests.engine.files.forged import (
    DECLARATION,
    HEADER,
    MAIN,
    SHEET_1,
    forge_workbook,
    number,
    relations,
    row,
    sheet,
    text,
    types,
    workbook,
)

from kaohe.errors import BadInput
from kaohe.files.limits import UPLOAD
from kaohe.files.tables import read_table

Forge = Callable[[Path], object]
OPENING = f'{DECLARATION}<worksheet xmlns="{MAIN}"><sheetData>'
CLOSING = "</sheetData></worksheet>"


def forged(*rows: str, **options: object) -> Forge:
    return lambda path: forge_workbook(path, *rows, **options)  # type: ignore[arg-type]


def with_sheet(content: str | bytes) -> Forge:
    return forged(members={SHEET_1: content})


def with_cell(cell: str) -> Forge:
    return forged(HEADER, row(2, text("A2", "U01"), cell))


def with_bytes(content: bytes) -> Forge:
    return lambda path: path.write_bytes(content)


def make_dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 (the same files in every run, no secret)


def zipped(**members: str) -> Forge:
    def forge(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in members.items():
                archive.writestr(name.replace("__", "/"), content)

    return forge


def truncated(path: Path) -> None:
    forge_workbook(path, HEADER)
    path.write_bytes(path.read_bytes()[:-40])


def corrupted(path: Path) -> None:
    """One byte of packed sheet data changed."""
    content = bytearray(forge_workbook(path, HEADER).read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo(SHEET_1)
    content[info.header_offset + 30 + len(info.filename) + info.compress_size // 2] ^= 0xFF
    path.write_bytes(content)


def lying_about_size(path: Path) -> None:
    """The directory declares ten bytes where more are packed."""
    content = bytearray(
        forge_workbook(
            path, HEADER, *(row(n, text(f"A{n}", "U")) for n in range(2, 99))
        ).read_bytes()
    )
    entry = content.rfind(b"PK\x01\x02", 0, content.rfind(SHEET_1.encode()))
    struct.pack_into("<I", content, entry + 24, 10)
    path.write_bytes(content)


def twice_the_same_member(path: Path) -> None:
    forge_workbook(path, HEADER)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(SHEET_1.upper(), sheet(row(1, number("XFD1048576", "1"))))


def encrypted_member(path: Path) -> None:
    content = bytearray(forge_workbook(path, HEADER).read_bytes())
    entry = content.find(b"PK\x01\x02")
    content[entry + 8] |= 1
    path.write_bytes(content)


def too_many_members(path: Path) -> None:
    forge_workbook(path, HEADER, members={f"xl/media/{n}.xml": "" for n in range(1001)})


def declared_too_many_members(path: Path) -> None:
    content = bytearray(forge_workbook(path, HEADER).read_bytes())
    struct.pack_into("<H", content, content.rfind(b"PK\x05\x06") + 10, 65_000)
    path.write_bytes(content)


def old_office(stream: str) -> Forge:
    content = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(64)
    )
    return with_bytes(content)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
LAUGHING = (
    f'{DECLARATION}<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><worksheet xmlns="{MAIN}"><sheetData>'
    f'<row r="1"><c r="A1" t="str"><v>&l9;</v></c></row>{CLOSING}'
)
OUTSIDE = (
    f'{DECLARATION}<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><worksheet xmlns="{MAIN}">'
    f'<sheetData><row r="1"><c r="A1" t="str"><v>&e;</v></c></row>{CLOSING}'
)
MANY_ELEMENTS = "".join(f'<a b="{n * 7919 % 99991}"/>' for n in range(500_010))
MACRO = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
FAR = number("XFD1048576", "1")

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


@pytest.mark.parametrize("name", CORPUS)
def test_every_member_ends_in_its_sentence(tmp_path: Path, name: str) -> None:
    forge, kind, says = CORPUS[name]
    path = tmp_path / "a.xlsx"
    forge(path)

    with pytest.raises(BadInput) as refusal:
        read_table(path)

    assert {finding.kind for finding in refusal.value.findings} == {kind}
    assert says in refusal.value.findings[0].wrong.zh
    assert refusal.value.findings[0].place.file == "a.xlsx"
    assert refusal.value.findings[0].remedy.zh != ""


def test_the_corpus_is_large_enough() -> None:
    assert len(CORPUS) >= 60


def test_a_missing_file_and_an_unknown_ending(tmp_path: Path) -> None:
    for name, kind in [
        ("a.xlsx", "missing-file"),
        ("a.xls", "unknown-ending"),
        ("a", "unknown-ending"),
    ]:
        with pytest.raises(BadInput) as refusal:
            read_table(tmp_path / name)
        assert [finding.kind for finding in refusal.value.findings] == [kind]


def test_a_file_above_the_limit_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"unit,A01\n" + b"U01,1\n" * 1_700_000)

    with pytest.raises(BadInput) as refusal:
        read_table(path, limits=UPLOAD)

    assert refusal.value.findings[0].wrong.zh == "文件有 10,200,009 字节，上限 10,000,000"


@pytest.mark.slow
def test_any_changed_byte_is_harmless(tmp_path: Path) -> None:
    """A thousand damaged workbooks either read or are refused; nothing else is ever raised."""
    dice = make_dice(20191231)
    rows = [row(n, text(f"A{n}", f"U{n}"), number(f"B{n}", str(n))) for n in range(2, 6)]
    whole = forge_workbook(
        tmp_path / "whole.xlsx", HEADER, *rows, styles="<cellXfs><xf/></cellXfs>"
    ).read_bytes()
    path, refused = tmp_path / "a.xlsx", 0

    for _ in range(1000):
        content = bytearray(whole)
        for _ in range(dice.randint(1, 4)):
            content[dice.randrange(len(content))] = dice.randrange(256)
        path.write_bytes(content)
        try:
            read_table(path)
        except BadInput:
            refused += 1

    assert refused > 500


@pytest.mark.slow
def test_any_changed_tag_is_harmless(tmp_path: Path) -> None:
    """The same with the XML itself changed, so that the archive stays whole."""
    dice = make_dice(20200331)
    rows = [row(n, text(f"A{n}", f"U{n}"), number(f"B{n}", str(n), style=0)) for n in range(2, 6)]
    whole = sheet(HEADER, *rows, after='<mergeCells><mergeCell ref="A9:B9"/></mergeCells>').encode()
    path, refused = tmp_path / "a.xlsx", 0

    for _ in range(1000):
        content = bytearray(whole)
        for _ in range(dice.randint(1, 3)):
            at = dice.randrange(len(content))
            content[at : at + dice.randint(0, 3)] = dice.choice(
                [b"", b"<", b">", b'"', b"9", b"c r", b"\0", b"&#9;", b"/"]
            )
        forge_workbook(path, members={SHEET_1: bytes(content)})
        try:
            list(read_table(path).rows)
        except BadInput:
            refused += 1

    assert refused > 300


# The heavy ones, in a process of their own with bounded memory


def rows_without_cells(path: Path) -> None:
    forge_workbook(path, members={SHEET_1: OPENING + "<row/>" * 1_100_000 + CLOSING})


def blanks_of_three_hundred_megabytes(path: Path) -> None:
    forge_workbook(
        path, members={SHEET_1: OPENING.encode() + b" " * 300_000_000 + CLOSING.encode()}
    )


def cells_one_upon_another(path: Path) -> None:
    cell = '<c r="A1"><v>1</v></c>'
    forge_workbook(
        path, members={SHEET_1: f'{OPENING}<row r="1">{cell * 4_500_000}</row>{CLOSING}'}
    )


def one_string_everywhere(path: Path) -> None:
    cells = "".join(
        row(n, *(f'<c r="{letter}{n}" t="s"><v>0</v></c>' for letter in "ABCDEFGHIJ"))
        for n in range(1, 30_001)
    )
    forge_workbook(path, cells, strings=f"<si><t>{'长' * 30_000}</t></si>")


def many_short_strings(path: Path) -> None:
    forge_workbook(path, HEADER, strings="<si/>" * 4_100_000)


def inline_text_of_many_runs(path: Path) -> None:
    runs = "".join(f"<r><t>{make_dice(n).randbytes(14).hex()}</t></r>" for n in range(40_000)) * 60
    forge_workbook(
        path,
        members={
            SHEET_1: f'{OPENING}<row r="1"><c r="A1" t="inlineStr"><is>{runs}</is></c></row>{CLOSING}'
        },
    )


def nested_elements(path: Path) -> None:
    forge_workbook(path, HEADER, members={"xl/styles.xml": "<a>" * 3_000_000})


def many_merged_cells(path: Path) -> None:
    merged = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(3, 300_000))
    last = row(300_000, number("A300000", "1"))
    forge_workbook(path, HEADER, last, after=f"<mergeCells>{merged}</mergeCells>")


def one_long_line(path: Path) -> None:
    path.write_bytes(b"unit," + b"x" * 50_000_000)


def fifty_million_commas(path: Path) -> None:
    path.write_bytes(b"unit,A01\n" + b"," * 50_000_000)


def an_open_quote(path: Path) -> None:
    path.write_bytes(b'unit,A01\n"' + b"U01,1\n" * 8_000_000)


def one_record_of_many_lines(path: Path) -> None:
    path.write_bytes(b"unit,A01\n" + b'"\n",' * 10_000_000)


HEAVY: list[tuple[Forge, str, int, str]] = [
    # how it is made, its name, the ratio it may be packed by, the finding's kind
    (rows_without_cells, "a.xlsx", 200, "hostile-file"),
    (rows_without_cells, "a.xlsx", 2000, "too-large"),
    (blanks_of_three_hundred_megabytes, "a.xlsx", 200, "hostile-file"),
    (blanks_of_three_hundred_megabytes, "a.xlsx", 2000, "strange-sheet"),
    (cells_one_upon_another, "a.xlsx", 200, "hostile-file"),
    (cells_one_upon_another, "a.xlsx", 2000, "too-large"),
    (one_string_everywhere, "a.xlsx", 200, "too-large"),
    (many_short_strings, "a.xlsx", 200, "hostile-file"),
    (many_short_strings, "a.xlsx", 2000, "damaged-file"),
    (inline_text_of_many_runs, "a.xlsx", 200, "too-large"),
    (nested_elements, "a.xlsx", 200, "hostile-file"),
    (nested_elements, "a.xlsx", 2000, "damaged-file"),
    (many_merged_cells, "a.xlsx", 200, "merged-cells"),
    (one_long_line, "a.csv", 200, "bad-encoding"),
    (fifty_million_commas, "a.csv", 200, "bad-encoding"),
    (an_open_quote, "a.csv", 200, "bad-quotes"),
    (one_record_of_many_lines, "a.csv", 200, "bad-quotes"),
]

BOUNDED = """
import resource, sys
from dataclasses import replace
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (512_000_000, 512_000_000))
resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
from kaohe.errors import BadInput
from kaohe.files.limits import COMMAND_LINE
from kaohe.files.tables import read_table
try:
    read_table(Path(sys.argv[1]), limits=replace(COMMAND_LINE, ratio=int(sys.argv[2])))
except BadInput as refusal:
    print(refusal.findings[0].kind)
"""


def read_bounded(path: Path, ratio: int) -> str:
    done = subprocess.run(
        [sys.executable, "-c", BOUNDED, path, str(ratio)],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.mark.slow
@pytest.mark.parametrize(("forge", "name", "ratio", "kind"), HEAVY)
def test_heavy_files_end_within_ten_seconds_and_half_a_gigabyte(
    tmp_path: Path, forge: Forge, name: str, ratio: int, kind: str
) -> None:
    forge(tmp_path / name)

    assert read_bounded(tmp_path / name, ratio) == kind


@pytest.mark.slow
def test_a_hundred_thousand_units_of_thirty_figures_are_read(tmp_path: Path) -> None:
    letters = [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "AA", "AB", "AC", "AD"]
    cells = "".join(f'<c r="{letter}%(n)d"><v>%(n)d.25</v></c>' for letter in letters)
    rows = (f'<row r="{n}">{cells % {"n": n}}</row>' for n in range(2, 100_002))
    header = row(1, *(text(f"{letter}1", letter) for letter in letters))
    path = forge_workbook(tmp_path / "a.xlsx", header, *rows)

    alone = process_time()
    CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    guarded = process_time()
    table = read_table(path)
    done = process_time()

    assert len(table.rows) == 100_000
    assert table.rows[-1] == (Fraction("100001.25"),) * 30
    assert done - guarded < 4 * (guarded - alone)
