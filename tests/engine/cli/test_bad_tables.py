"""Bad tables given to the real command: a sentence with place and remedy, exit code 2, nothing written."""

import sys
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from tests.engine.files.forged import HEADER, forge_workbook, row, text

from kaohe.cli.main import run
from kaohe.files.data.observations import read_observations
from kaohe.files.schemes.yaml_reading import compose_draft
from kaohe.scheme.draft import Scheme
from kaohe.scheme.reading import read_model

SCHEME = """\
kaohe: 1
code: small
name: 小方案
period: 2019
groups: [{code: towns, name: 区镇}]
units:
  - {code: U01, name: 甲镇, group: towns}
  - {code: U02, name: 乙镇, group: towns}
  - {code: U03, name: 丙镇, group: towns}
indicators:
  - {code: A01, name: 收入增幅, points: 5, unit: "%", rule: {method: R04}}
  - {code: A02, name: 投资额, points: 5, unit: 元, myriads: true, rule: {method: R04}}
"""


@pytest.fixture
def score(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[Path], tuple[object, list[str]]]:
    """Runs `kaohe score` on a table; its exit code and what it says on standard error."""
    scheme = tmp_path / "scheme.yaml"
    scheme.write_text(SCHEME, encoding="utf-8")
    output = tmp_path / "out" / "result.json"

    def score(data: Path) -> tuple[object, list[str]]:
        arguments = ["kaohe", "--language", "zh", "score", scheme, data, "-o", output]
        monkeypatch.setattr(sys, "argv", [str(each) for each in arguments])
        with pytest.raises(SystemExit) as ended:
            run()
        said = capsys.readouterr()
        assert (said.out, output.parent.exists()) == ("", False)
        return ended.value.code, said.err.splitlines()

    return score


def write_workbook(path: Path, rows: list[list[Any]], **options: Any) -> Path:
    with xlsxwriter.Workbook(
        path, {"strings_to_numbers": False, "nan_inf_to_errors": True}
    ) as book:
        page = book.add_worksheet("数据")
        formats = {name: book.add_format({"num_format": code}) for name, code in options.items()}
        for number, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                style = "date" if isinstance(cell, date) else "percent" if column == 2 else ""
                page.write(number, column, cell, formats.get(style))
    return path


NOT_A_NUMBER = "“{}”不是数 → 请写十进制数，如 1234.5"
CELLS = [
    # what stands in the cell of A01, what is said
    ("abc", NOT_A_NUMBER.format("abc")),
    ("NaN", "“NaN”说不清是什么意思 → 没有数就留空，或写：不适用、未到期、拒报；是零就写 0"),
    ("Infinity", "“Infinity”不是一个确定的数 → 请写十进制数，如 1234.5"),
    ("-inf", "“-inf”不是一个确定的数 → 请写十进制数，如 1234.5"),
    ("1e400", "“1e400”是科学记数法 → 请把数写全，如 1200"),
    ('"1.234,5"', "“1.234,5”把逗号用作小数点 → 逗号只作千分位，小数点用“.”，如 1234.5"),
    ('"1,23"', "“1,23”的逗号位置不对 → 逗号只能每三位一个，如 1,234；或不用"),
    ("3万", "“3万”带“万”或“亿”，而这里不允许 → 请把数写全，如 1200"),
    ("１．５．２．７", "“１．５．２．７”有不止一个小数点 → 请写十进制数，如 1234.5"),
    ("=1+1", "“=1+1”看起来是公式 → 请只写算好的数"),
    ("暂缺", "“暂缺”说不清是什么意思 → 没有数就留空，或写：不适用、未到期、拒报；是零就写 0"),
    ("2019-12-31", "“2019-12-31”像日期或时间，不是一个数 → 请写十进制数，如 1234.5"),
    ("#DIV/0!", "“#DIV/0!”是表格的错误值 → 请改正公式，再填算好的数"),
    ("12\u200b", "“12□”里有看不见的字符（U+200B） → 请删去后重新输入这个数"),
]


@pytest.mark.parametrize(("cell", "says"), CELLS)
def test_a_cell_that_is_no_number(score: Any, tmp_path: Path, cell: str, says: str) -> None:
    (tmp_path / "a.csv").write_text(f"unit,A01\nU01,1\nU02,{cell}\n", encoding="utf-8")

    assert score(tmp_path / "a.csv") == (2, [f"须改 [bad-figure] a.csv · 第3行 · A01: {says}"])


def forge_merged(path: Path) -> Path:
    return forge_workbook(
        path,
        HEADER,
        row(2, text("A2", "U01"), '<c r="B2"><v>1</v></c>'),
        row(3, text("A3", "U02")),
        after='<mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>',
    )


def forge_hidden(path: Path) -> Path:
    return forge_workbook(path, HEADER, names={"数据": "visible", "底稿": "hidden"})


def write_bytes(content: bytes) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return write


def write_rows(*rows: list[Any], **formats: str) -> Callable[[Path], Path]:
    return lambda path: write_workbook(path, list(rows), **formats)


TITLES = ["unit", "A01", "A02"]
FILES: dict[str, tuple[str, Callable[[Path], Path], list[str]]] = {
    # name of the case: the file's name, how it is made, what is said
    "a unit's second row": (
        "a.csv",
        write_bytes(b"unit,A01\nU01,1\nU02,2\nU01,3\n"),
        ["[unit-twice] a.csv · 第4行: U01 已有一行：第2行 → 每个单位只留一行"],
    ),
    "a unit the scheme does not know": (
        "a.csv",
        write_bytes(b"unit,A01\nU09,1\n"),
        [
            "[unknown-unit] a.csv · 第2行 · unit: 方案里没有考核对象“U09”"
            " → 相近的有：U03、U02、U01；不用的请删去"
        ],
    ),
    "a column the scheme does not know": (
        "a.csv",
        write_bytes("unit,A01,收入增长\nU01,1,2\n".encode("gb18030")),
        [
            "[unknown-column] a.csv · 第1行 · 收入增长: 方案里没有末级指标“收入增长”"
            " → 相近的有：收入增幅；不用的请删去"
        ],
    ),
    "a hidden sheet": (
        "a.xlsx",
        forge_hidden,
        ["[hidden-sheet] a.xlsx · 底稿: 这张工作表是隐藏的 → 请取消隐藏并核对，或删去它"],
    ),
    "merged cells": (
        "a.xlsx",
        forge_merged,
        ["[merged-cells] a.xlsx · 数据 · B2:B3: 是合并单元格 → 请取消合并，每格各填一个值"],
    ),
    "a web page called .xls": (
        "a.xls",
        write_bytes(b"<html><table><tr><td>1</td></tr></table></html>"),
        [
            "[unknown-ending] a.xls: 不认识的文件类型“.xls”，内容是网页（HTML），常见于网上系统的“导出”"
            " → 请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”"
        ],
    ),
    "a web page called .xlsx": (
        "a.xlsx",
        write_bytes(b"<html><table><tr><td>1</td></tr></table></html>"),
        [
            "[disguised-file] a.xlsx: 名字以 .xlsx 结尾，内容其实是网页（HTML），常见于网上系统的“导出”"
            " → 请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”"
        ],
    ),
    "text called .xlsx": (
        "a.xlsx",
        write_bytes(b"unit,A01\nU01,1\n"),
        [
            "[disguised-file] a.xlsx: 名字以 .xlsx 结尾，内容其实是纯文本"
            " → 表请改名为 .csv 或另存为 .xlsx，方案请改名为 .yaml"
        ],
    ),
    "a workbook called .csv": (
        "a.csv",
        write_rows(TITLES, ["U01", 1, 2]),
        [
            "[disguised-file] a.csv: 名字以 .csv 结尾，内容其实是Excel 工作簿 → 请改名为 .xlsx"
        ],
    ),
    "an error value": (
        "a.xlsx",
        write_rows(TITLES, ["U01", float("nan"), 1]),
        ["[bad-cell] a.xlsx · 数据 · B2: 是错误值（如 #DIV/0!） → 请改正公式，或留空"],
    ),
    "text in a number cell": (
        "a.xlsx",
        write_rows(TITLES, ["U01", "约 5", 2]),
        [
            "[bad-figure] a.xlsx · 数据 · B2: “约 5”里除了数还有别的字 → 请只写数，不写单位和符号"
        ],
    ),
    "a date": (
        "a.xlsx",
        write_rows(TITLES, ["U01", date(2019, 12, 31), 2], date="yyyy-mm-dd"),
        ["[bad-figure] a.xlsx · 数据 · B2: 2019-12-31 是日期，不是数 → 请把单元格格式改为“常规”，再填数"],
    ),
    "a percentage where the unit is another": (
        "a.xlsx",
        write_rows(TITLES, ["U01", 1, 0.125], percent="0.0%"),
        [
            "[bad-figure] a.xlsx · 数据 · C2: “12.5%”带百分号，而这里的单位不是 %"
            " → 请按指标的计量单位填，不写 %"
        ],
    ),
    "an identity number that lost its last digits": (
        "a.xlsx",
        write_rows(TITLES, ["U01", 110101199003070011, 1]),
        [
            "[bad-cell] a.xlsx · 数据 · B2: 110101199003070000 多于15位，表格里已不精确"
            " → 编码请存成文本；数请换更大的单位"
        ],
    ),
    "text in no known encoding": (
        "a.csv",
        write_bytes(b"unit,A01\nU01,\xff\xff\n"),
        [
            "[bad-encoding] a.csv: 看不懂文字编码：按 UTF-8 读到第 14 个字节出错，"
            "按 GB18030 读到第 14 个字节出错 → 请另存为 UTF-8 编码的 CSV，或 .xlsx"
        ],
    ),
    "a NUL": (
        "a.csv",
        write_bytes(b"unit,A01\nU01,1\0" + b"2" * 60),
        ["[bad-encoding] a.csv · 第2行: 这一行含有空字符（NUL） → 请另存为 UTF-8 编码的 CSV，或 .xlsx"],
    ),
    "no file": ("a.csv", lambda path: path, ["[missing-file] a.csv: 没有这个文件 → 请核对路径"]),
}  # fmt: skip


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_cannot_be_used(score: Any, tmp_path: Path, case: str) -> None:
    name, write, says = FILES[case]

    assert score(write(tmp_path / name)) == (2, [f"须改 {line}" for line in says])


def test_a_formula_without_its_value_is_not_zero(score: Any, tmp_path: Path) -> None:
    path = forge_workbook(
        tmp_path / "a.xlsx", HEADER, row(2, text("A2", "U01"), '<c r="B2"><f>C2*2</f></c>')
    )

    assert score(path) == (
        2,
        [
            "须改 [bad-cell] a.xlsx · 数据 · B2: 是公式，但没有存下算好的值"
            " → 请用 Excel 或 WPS 打开、计算后保存"
        ],
    )


def test_what_is_meant_is_read(tmp_path: Path) -> None:
    model, _ = read_model(compose_draft(SCHEME, "scheme.yaml"))
    assert model is not None
    path = write_workbook(
        tmp_path / "a.xlsx",
        [["unit", "A02", "A01"], ["U01", "3万", "１．５"], ["U02", 0.1 + 0.2, 0.125]],
        percent="0.0%",
    )

    assert read_observations(path, Scheme(model)).figures == {
        ("A02", "value", "U01"): Fraction(30_000),
        ("A01", "value", "U01"): Fraction(3, 2),
        ("A02", "value", "U02"): Fraction(3, 10),
        ("A01", "value", "U02"): Fraction(25, 2),
    }
