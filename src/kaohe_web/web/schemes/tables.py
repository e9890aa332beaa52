"""The tables of schemes: sheets as grids, findings beside their cells."""

from typing import Any

from django.urls import reverse

from kaohe.language import Text
from kaohe_web.schemes import queries
from kaohe_web.schemes.models import SchemeSheet, SchemeVersion
from kaohe_web.schemes.sheets import SheetFinding
from kaohe_web.web.shell.grid import Cell, Column, Row, describe_grid
from kaohe_web.web.shell.speech import speak

_WIDTHS = {
    "名称": 190,
    "计分办法原文": 320,
    "认定依据": 200,
    "计分参数": 220,
    "代码": 90,
    "分值": 90,
}


def make_grid(
    version: SchemeVersion, sheet: SchemeSheet, findings: list[SheetFinding], *, is_open: bool
) -> dict[str, Any]:
    """One sheet: a row for each line, a column for each head; what the checker says at its cell."""
    said = {
        (each.row, each.column): speak(each.wrong) for each in findings if each.sheet == sheet.name
    }
    columns = [
        Column(
            f"c{place}", head or "—", _WIDTHS.get(head.partition("（")[0], 110), frozen=place < 1
        )
        for place, head in enumerate(sheet.heads)
    ]
    rows = [
        _make_row(
            line.pk, line.revision, line.cells, number, said, width=len(columns), is_open=is_open
        )
        for number, line in enumerate(queries.list_lines(version, sheet.name), start=2)
    ]
    number_column = Column("number", speak(Text("行", "row")), 50, frozen=True)
    return describe_grid(
        save=reverse("save_scheme", args=(version.pk,)),
        label=sheet.name,
        columns=[number_column, *columns],
        rows=rows,
        unreported=False,
    )


def _make_row(
    key: int,
    revision: int,
    cells: list[str],
    number: int,
    said: dict[tuple[int, int], str],
    *,
    width: int,
    is_open: bool,
) -> Row:
    texts = [*cells, *[""] * (width - len(cells))]
    made = {
        f"c{place}": Cell(
            f"{key}:{place}", text, fixed=not is_open, odd=said.get((number, place + 1), "")
        )
        for place, text in enumerate(texts)
    }
    return Row(str(key), {"number": str(number)}, made, rev=revision)


def list_findings(findings: list[SheetFinding], version: SchemeVersion) -> list[dict[str, Any]]:
    """What the checker says, the weightiest first, each leading to its sheet."""
    names = {sheet.name for sheet in version.sheets.all()}
    return [
        {
            "finding": each,
            "where": " · ".join(
                part for part in (each.sheet, _name_row(each), _name_head(each, version)) if part
            ),
            "address": reverse("edit_scheme", args=(version.pk, each.sheet))
            if each.sheet in names
            else "",
        }
        for each in findings
    ]


def _name_row(finding: SheetFinding) -> str:
    return speak(Text(f"第{finding.row}行", f"row {finding.row}")) if finding.row else ""


def _name_head(finding: SheetFinding, version: SchemeVersion) -> str:
    sheet = next((each for each in version.sheets.all() if each.name == finding.sheet), None)
    inside = sheet is not None and 0 < finding.column <= len(sheet.heads)
    return sheet.heads[finding.column - 1] if sheet is not None and inside else ""
