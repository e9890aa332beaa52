"""Separated text: every encoding, separator and line end read right, or refused with its line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaohe.errors import BadInput, Finding, Place
from kaohe.files.tables.limits import UPLOAD
from kaohe.files.tables.reading import read_table
from kaohe.files.tables.table import Table

PLAIN = "单位代码,名称,A01\nU01,甲镇,98.5\nU02,乙镇·𠮷,１．５\n"


def read(tmp_path: Path, content: bytes, name: str = "a.csv") -> Table:
    path = tmp_path / name
    path.write_bytes(content)
    return read_table(path)


def refuse(tmp_path: Path, content: bytes) -> tuple[Finding, ...]:
    with pytest.raises(BadInput) as refusal:
        read(tmp_path, content)
    return refusal.value.findings


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]
)
def test_encodings(tmp_path: Path, encoding: str) -> None:
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}

    table = read(tmp_path, marks.get(encoding, b"") + PLAIN.encode(encoding))

    assert table.header == ("单位代码", "名称", "A01")
    assert list(table.rows) == [("U01", "甲镇", "98.5"), ("U02", "乙镇·𠮷", "１．５")]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(tmp_path: Path, separator: str, end: str) -> None:
    content = PLAIN.replace(",", separator).replace("\n", end).encode()

    table = read(tmp_path, content)

    assert list(table.rows) == [("U01", "甲镇", "98.5"), ("U02", "乙镇·𠮷", "１．５")]
    assert list(table.row_numbers) == [2, 3]


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".txt", ".CSV"])
def test_endings(tmp_path: Path, ending: str) -> None:
    assert read(tmp_path, b"unit\tA01\nU01\t1\n", f"a{ending}").header == ("unit", "A01")


def test_quotes_hold_separators_quotes_and_line_breaks(tmp_path: Path) -> None:
    table = read(
        tmp_path, b'unit,"note; a,b"\nU01,"1,234"\nU02,"he said ""no""\nand left"\nU03,x\n'
    )

    assert table.header == ("unit", "note; a,b")
    assert list(table.rows) == [("U01", "1,234"), ("U02", 'he said "no"\nand left'), ("U03", "x")]
    assert [table.place(index, 1) for index in range(3)] == [
        Place(file="a.csv", line=2, key="note; a,b"),
        Place(file="a.csv", line=3, key="note; a,b"),
        Place(file="a.csv", line=5, key="note; a,b"),
    ]


def test_blank_lines_and_columns_are_left_out(tmp_path: Path) -> None:
    table = read(tmp_path, b"\n  \nunit,,A01,\n\nU01,,1,\n,,,\n,\nU02,, ,\n")

    assert (table.header, list(table.rows)) == (("unit", "A01"), [("U01", "1"), ("U02", None)])
    assert list(table.row_numbers) == [5, 8]


def test_one_column_is_a_table(tmp_path: Path) -> None:
    assert list(read(tmp_path, b"unit\nU01\nU02").rows) == [("U01",), ("U02",)]


def test_a_title_above_the_header_is_one_finding_however_wide_the_table(tmp_path: Path) -> None:
    (finding,) = refuse(tmp_path, "考核数据,,,\n单位,A1,A2,A3\nU1,1,2,3\n".encode())

    assert (finding.kind, finding.place.line, finding.place.key) == ("bad-header", 1, "考核数据")
    assert finding.wrong.zh == "这一行只有一格有字，像标题，不像表头"
    assert finding.remedy.zh == "请删去表头上方的标题行"


def test_every_ragged_line_is_named(tmp_path: Path) -> None:
    findings = refuse(tmp_path, b"unit,A01\nU01\nU02,1\nU03,1,2\n")

    assert [(finding.place.line, finding.wrong.zh) for finding in findings] == [
        (2, "这一行有 1 列，表头有 2 列"),
        (4, "这一行有 3 列，表头有 2 列"),
    ]


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (b'unit,A01\nU01,"1\nU02,2\n', 2, "引号没有成对"),
        (b'unit,A01\nU01,"1"2\n', 2, "引号没有成对"),
        (b"unit,A01\nU01,1\x002\nU02,%b\n" % (b"1" * 100), 2, "空字符（NUL）"),
        ("unit,A01\nU01,1\nU02,\ufffd\n".encode(), 3, "丢失的字"),
        ("unit,A01\nU01,锟斤拷\n".encode(), 2, "丢失的字"),
        ("单位，A01\n甲，1\n".encode(), 1, "没有用英文逗号"),
        (b"unit|A01\nU01|1\n", 1, "没有用英文逗号"),
        (b"unit,unit\n1,2\n", 1, "表头“unit”重复了"),
        (b"unit,\n1,2\n", 1, "没有表头"),
        ("unit,A01\u200b\n1,2\n".encode(), 1, "看不见的字符"),
        ("单位代码,名称\n".encode() + "甲镇政府,1\n".encode("gb18030"), 1, "编码混用"),
        ("单位代码,甲\n".encode("gb18030") + "甲镇政府,1\n".encode(), 2, "编码混用"),
    ],
)
def test_lines_that_cannot_be_read(tmp_path: Path, content: bytes, line: int, says: str) -> None:
    [finding] = refuse(tmp_path, content)

    assert (finding.place.file, finding.place.line) == ("a.csv", line)
    assert says in finding.wrong.zh


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (
            b"unit,A01\nU01,\xff\xff\n",
            "按 UTF-8 读到第 14 个字节出错，按 GB18030 读到第 14 个字节出错",
        ),
        (b"\xef\xbb\xbfunit\n\xb5\xa5", "按 UTF-8 读到第 9 个字节出错"),
        (b"\xff\xfeu\x00n", "按 UTF-16 读到第 5 个字节出错"),
        (
            "乱,A01\n1,2\n".encode("gb18030").replace(b"\xc2\xd2", b"\xc2\xa1"),
            "分不清是 UTF-8 还是 GB18030",
        ),
        (b" \n\n", "是空表"),
        (b"", "空文件"),
        (b"PAR1", "Parquet"),
        (b"\xff\xfe\x00\x00u\x00\x00\x00", "二进制"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, content: bytes, says: str) -> None:
    assert says in refuse(tmp_path, content)[0].wrong.zh


def test_latin_words_are_no_doubt(tmp_path: Path) -> None:
    assert read(tmp_path, "unit,Côte\nU01,1\n".encode()).header == ("unit", "Côte")


def test_tables_that_are_too_large(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"unit,A01\n" + b"U01,1\n" * 20_000)

    with pytest.raises(BadInput) as refusal:
        read_table(path, limits=UPLOAD)

    assert refusal.value.findings[0].place == Place(file="a.csv", line=20_001)


@given(
    st.lists(
        st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=2, max_size=6),
        min_size=3,
    )
)
def test_chinese_names_survive_every_encoding(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    path = tmp_path_factory.mktemp("names") / "a.csv"
    content = "".join(f"{name},1\n" for name in ["单位名称", *names])

    for encoding in ("utf-8", "utf-8-sig", "utf-16", "gb18030"):
        path.write_bytes(content.encode(encoding))
        assert [row[0] for row in read_table(path).rows] == names
