"""The one-page scheme to start from: six indicators, eight units and their figures, in YAML or a workbook."""

from collections.abc import Iterator, Sequence
from csv import reader
from importlib.resources import files
from pathlib import Path
from typing import Any

import xlsxwriter

from kaohe.errors import BadInput, Place, blocking
from kaohe.files.outputs import keep_existing, write_together, write_whole
from kaohe.files.schemes.workbook_writing import Pen, open_book, write_scheme_sheets
from kaohe.files.schemes.yaml_reading import compose_draft
from kaohe.language import Text
from kaohe.rules.catalogue import METHODS
from kaohe.rules.method import Method, explain_field
from kaohe.scheme.owners import list_choices
from kaohe.scheme.reading import read_model

_SCHEME, _DATA = "one_page.yaml", "one_page.csv"
DATA_SHEET, NOTE_SHEET = "数据", "说明"
_STEPS = (
    "1. “方案”“单位”“指标”“等次”四张表是方案：改名称、单位、指标、分值和计分办法；“目标”表写各单位的目标值。",
    "2. “数据”表每个单位一行、每个指标一列（列名写指标代码）；没有数据的格子写 不适用、未到期、拒报，或留空。",
    "3. kaohe check 本文件 本文件　　　　　检查方案和数据，逐条说明哪里不明确、怎样改",
    "4. kaohe score 本文件 本文件 -o 结果.html　计分、排名、建议等次，写出可打开、可打印的结果",
    "5. kaohe explain 本文件 本文件 --unit T1　一个单位每一分的来历",
    "“计分参数”写成 参数=值；参数=值，参数用中文名或英文名都可以。下表是可用的计分办法。",
    "成组的参数写在方括号、花括号里：分档=[{界值: 95, 得分比例: 1}, {界值: 90, 得分比例: 90%}]；各级加分={国家级: 2, 省级: 1}",
    "加分、扣分按事项计的，加一张“事项”表，列名：事项、单位、指标、级别、日期、依据文件、状态。“算例”写成 完成值=108；目标值=120；应得分=18",
)


def write_template(path: Path) -> None:
    """Write the one-page scheme: a workbook with data and notes, or YAML with the data beside it.

    Raises BadInput for another ending, and where a file is there already.
    """
    written = [path]
    if path.suffix.lower() in (".yaml", ".yml"):
        written.append(path.with_suffix(".csv"))
    elif path.suffix.lower() != ".xlsx":
        raise BadInput([_refuse_ending(path)])
    keep_existing(written)
    if path.suffix.lower() == ".xlsx":
        write_whole(path, _write_workbook)
        return
    scheme, data = _read(_SCHEME).encode(), _read(_DATA).encode("utf-8-sig")
    write_together({
        path: lambda draft: draft.write_bytes(scheme),
        written[1]: lambda draft: draft.write_bytes(data),
    })  # fmt: skip


def _read(name: str) -> str:
    return (files("kaohe.files.schemes") / name).read_text(encoding="utf-8")


def _refuse_ending(path: Path) -> Any:
    return blocking(
        "unknown-ending",
        Place(file=path.name),
        Text("样例方案须为 .xlsx 或 .yaml", "the template is a .xlsx or .yaml file"),
        Text("如：kaohe template 我的方案.xlsx", "such as: kaohe template my-scheme.xlsx"),
    )


def _write_workbook(path: Path) -> None:
    model, findings = read_model(compose_draft(_read(_SCHEME), _SCHEME))
    if model is None:
        raise BadInput(findings)
    with open_book(path) as book:
        pen = Pen(book)
        write_scheme_sheets(pen, model)
        _write_data(book, list(reader(_read(_DATA).splitlines())))
        pen.write_rows(NOTE_SHEET, _NOTE_HEADS, list(_list_notes()))


def _write_data(book: xlsxwriter.Workbook, rows: Sequence[Sequence[str]]) -> None:
    sheet = book.add_worksheet(DATA_SHEET)
    sheet.write_row(0, 0, rows[0], book.add_format({"bold": True, "bottom": 1}))
    sheet.set_column(0, len(rows[0]), 12)
    sheet.freeze_panes(1, 2)
    for number, (code, name, *figures) in enumerate(rows[1:], start=1):
        sheet.write_row(number, 0, [code, name, *map(float, figures)])


_NOTE_HEADS = [("代码", 14), ("计分办法", 22), ("公式", 48), ("参数", 60), ("说明", 60)]


def _list_notes() -> Iterator[Sequence[str]]:
    for step in _STEPS:
        yield ("", "", step)
    for method in METHODS:
        parameters = "；".join(_list_parameters(method))
        yield (method.code, method.title.zh, method.formula, parameters, method.summary.zh)


def _list_parameters(method: type[Method]) -> Iterator[str]:
    for name, field in method.model_fields.items():
        if name != "method":
            choices = "、".join(list_choices(field))
            notes = [name, *(["必填"] if field.is_required() else [])]
            label = explain_field(name, field).zh
            yield f"{label}（{'，'.join(notes)}{f'：{choices}' if choices else ''}）"
