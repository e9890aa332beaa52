"""A scheme written as a workbook: every sheet, every field that is set, nothing lost."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from pydantic import BaseModel

from kaohe.errors import BadInput, Place, blocking
from kaohe.files.outputs import write_whole
from kaohe.files.schemes.cells import write_cell_value
from kaohe.files.schemes.sheets import (
    INDICATOR_SHEET,
    NODE_FIELDS,
    PARENT,
    SCHEME_SHEET,
    TABLES,
    TARGET_FIELDS,
    TARGET_SHEET,
    TargetRow,
    column_label,
    find_field,
    find_setting,
    has_choices,
)
from kaohe.files.tables.addresses import name_cell
from kaohe.language import Text
from kaohe.rules.catalogue import BY_NAME
from kaohe.scheme.choices import WORDS
from kaohe.scheme.digest import list_written
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.model import SchemeModel
from kaohe.scheme.owners import find_item

_TABLE_KEYS = {layout.key for layout in TABLES}
_WIDTHS = {"name": 24, "text": 48, "acceptance": 30, "parameters": 36}
_WIDTH = 14
_TOO_LONG = -2  # as the library answers
Rows = list[dict[str, Any]]


def write_scheme_workbook(model: SchemeModel, path: Path) -> None:
    """Write a scheme's workbook form, as a whole or not at all."""
    write_whole(path, lambda draft: _write_book(model, draft))


def _write_book(model: SchemeModel, path: Path) -> None:
    with open_book(path) as book:
        write_scheme_sheets(Pen(book), model)


def open_book(path: Path) -> xlsxwriter.Workbook:
    """A workbook to write in which text stays text."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    return xlsxwriter.Workbook(str(path), options)


def write_scheme_sheets(pen: "Pen", model: SchemeModel) -> None:
    """The sheets of a scheme: settings, tables, indicators and targets."""
    written = list_written(model)
    pen.write_settings(list(_list_settings(written)))
    for layout in TABLES:
        rows = _get(written, layout.key)
        if rows:
            pen.write_table(layout.name, layout.row, list(layout.row.model_fields), rows)
    nodes = list(_list_nodes(written["indicators"], ""))
    pen.write_table(INDICATOR_SHEET, IndicatorNode, _node_columns(), nodes)
    targets = list(_list_targets(nodes))
    if targets:
        pen.write_table(TARGET_SHEET, TargetRow, TARGET_FIELDS, targets)


class Pen:
    """Writes sheets in one style: bold frozen heads, text as text."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._head = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        self._cell = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})

    def write_settings(self, rows: Sequence[tuple[str, str]]) -> None:
        """The sheet of single settings: key and value."""
        self.write_rows(SCHEME_SHEET, [("键", 24), ("值", 48)], rows)

    def write_rows(
        self, name: str, heads: Sequence[tuple[str, int]], rows: Sequence[Sequence[str]]
    ) -> None:
        """One sheet of text under heads with their widths."""
        sheet = self._add(name, heads)
        for number, row in enumerate(rows, start=1):
            for column, text in enumerate(row):
                self._write_cell(sheet, (number, column), text)

    def write_table(
        self, name: str, model: type[BaseModel], fields: Sequence[str], rows: Rows
    ) -> None:
        """One table sheet with the columns that are used."""
        used = [field for field in fields if any(field in row for row in rows)]
        heads = [(column_label(model, field), _WIDTHS.get(field, _WIDTH)) for field in used]
        sheet = self._add(name, heads)
        for number, row in enumerate(rows, start=1):
            for column, field in enumerate(used):
                if field in row:
                    text = write_cell_value(_say_choice(model, field, row[field]))
                    self._write_cell(sheet, (number, column), text)

    def _write_cell(self, sheet: Any, at: tuple[int, int], text: str) -> None:
        if sheet.write_string(*at, text, self._cell) == _TOO_LONG:
            place = Place(sheet=sheet.get_name(), cell=name_cell(at[0] + 1, at[1] + 1))
            wrong = Text(
                f"有 {len(text):,} 个字，一个单元格放不下",
                f"has {len(text):,} characters, more than a cell holds",
            )
            remedy = Text("请改用 .yaml，或分开写", "use .yaml, or divide it")
            raise BadInput([blocking("too-long", place, wrong, remedy)])

    def _add(self, name: str, heads: Sequence[tuple[str, int]]) -> Any:
        sheet = self._book.add_worksheet(name)
        for column, (head, width) in enumerate(heads):
            sheet.write_string(0, column, head, self._head)
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 1)
        return sheet


def _list_settings(written: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in written.items():
        if key in ("kaohe", "indicators") or key in _TABLE_KEYS or key == "matters":
            continue
        if isinstance(value, dict) and key != "extensions":
            for inner, inside in value.items():
                yield _name_setting(key, inner), write_cell_value(inside)
        else:
            yield _name_setting(key), write_cell_value(value)


def _name_setting(*path: str) -> str:
    """A setting by its Chinese labels where they lead back to it."""
    model: type[BaseModel] | None = SchemeModel
    labels = []
    for key in path:
        field = model.model_fields.get(key) if model else None
        labels.append((field.title if field else None) or key)
        model = find_item(field) if field else None
    named = ".".join(labels)
    return named if find_setting(named) == path else ".".join(path)


_STEP_WORDS = ("floor", "ceil")
"""Choices whose words speak of steps, which only parameters mean."""


def _say_choice(model: type[BaseModel], field: str, value: Any) -> Any:
    """A choice by its Chinese word."""
    info = model.model_fields.get(field)
    is_word = isinstance(value, str) and value in WORDS and value not in _STEP_WORDS
    return WORDS[value] if is_word and info is not None and has_choices(info) else value


def _label_parameters(method: type[BaseModel], parameters: dict[str, Any]) -> dict[str, Any]:
    """Parameters by their Chinese labels where these lead back to them."""
    labels = {key: column_label(method, key).partition("（")[0] for key in parameters}
    return {
        labels[key] if find_field(method, labels[key]) == key else key: value
        for key, value in parameters.items()
    }


def _get(written: dict[str, Any], dotted: str) -> Any:
    found: Any = written
    for step in dotted.split("."):
        found = found.get(step, {}) if isinstance(found, dict) else {}
    return found


def _node_columns() -> list[str]:
    first = ["code", PARENT, "name"]
    rule = NODE_FIELDS.index("rule")
    fields = [*NODE_FIELDS[: rule + 1], "parameters", *NODE_FIELDS[rule + 1 :]]
    return [*first, *(field for field in fields if field not in first)]


def _list_nodes(nodes: Rows, parent: str) -> Iterator[dict[str, Any]]:
    for node in nodes:
        row = {key: value for key, value in node.items() if key not in ("children", "rule")}
        if parent:
            row[PARENT] = parent
        rule = dict(node.get("rule", {}))
        if rule:
            method = BY_NAME[rule.pop("method")]
            row["rule"] = method.title.zh
        if rule:
            row["parameters"] = _label_parameters(method, rule)
        yield row
        yield from _list_nodes(node.get("children", []), node["code"])


def _list_targets(nodes: Rows) -> Iterator[dict[str, Any]]:
    for node in nodes:
        for unit, planned in node.get("targets", {}).items():
            targets = planned if isinstance(planned, dict) else {"target": planned}
            yield {"indicator": node["code"], "unit": unit, **targets}
