"""Schemes as workbooks: a short one a clerk can write on one page, and a full one that loses nothing."""

from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from kaohe.errors import Place, find_nearest
from kaohe.files.schemes.cells import read_cell_value, write_scalar
from kaohe.files.schemes.rows import (
    Row,
    find_rule_path,
    name_groups,
    name_inside,
    put_value,
    set_rule,
)
from kaohe.files.schemes.sheets import (
    INDICATOR_SHEET,
    KEYS_NAMED,
    NOTE_SHEETS,
    PARENT,
    SCHEME_SHEET,
    SCHEME_SHEETS,
    TABLES,
    TARGET_SHEET,
    TargetRow,
    cell_shape,
    find_field,
    find_setting,
    has_choices,
    list_labels,
)
from kaohe.files.schemes.yaml_reading import MOST_DEPTH
from kaohe.files.tables.gathering import Gathering
from kaohe.files.tables.headings import UNIT_HEADS
from kaohe.files.tables.table import RawCell, Table
from kaohe.files.tables.workbooks import read_workbook
from kaohe.language import Text
from kaohe.scheme.draft import Draft
from kaohe.scheme.draft import Path as TreePath
from kaohe.scheme.indicators import IndicatorNode, Targets
from kaohe.scheme.model import SchemeModel

# Where an indicator ends up in the tree is known only when all rows are read.
_ROWS = "@rows"
_SHOWN = 20
_SHEET_NAMES = (*KEYS_NAMED, *(layout.name for layout in TABLES))
_NO_COLUMNS = ("children", "targets")
_NO_SETTINGS = {"indicators", *(layout.key.partition(".")[0] for layout in TABLES)}


def read_scheme_workbook(path: Path) -> Draft:
    """The draft in a workbook: sheets 方案, 单位 and 指标 at least.

    Raises BadInput with every cell that cannot be read.
    """
    return read_scheme_tables(read_workbook(path, ignored=NOTE_SHEETS), path.name)


def read_scheme_tables(tables: dict[str, Table], file: str) -> Draft:
    """The draft in the sheets of a workbook, wherever they came from.

    Raises BadInput with every cell that cannot be read.
    """
    reader = _WorkbookReader(file, tables)
    tree = reader.read_tree()
    reader.gathering.raise_findings()
    return Draft(tree, file, reader.places)


class _WorkbookReader:
    """Reads sheet by sheet, keeping the cell of every value."""

    def __init__(self, file: str, sheets: dict[str, Table]) -> None:
        self.file = file
        self.places: dict[TreePath, Place] = {(): Place(file=file)}
        self.gathering = Gathering()
        self._sheets = sheets
        self._row_places: dict[int, dict[TreePath, Place]] = {}
        self._target_places: dict[tuple[str, str], Place] = {}

    def read_tree(self) -> Row:
        """The whole scheme as plain data."""
        tree: Row = {"kaohe": "1", **self._read_settings()}
        for layout in TABLES:
            table = self._find(layout.name, layout.key)
            if table is not None:
                rows = [
                    row
                    for row, _ in self._read_rows(table, layout.row, tuple(layout.key.split(".")))
                ]
                put_value(tree, tuple(layout.key.split(".")), rows)
        tree["indicators"] = self._read_indicators()
        self._refuse_unknown_sheets()
        name_groups(tree)
        return tree

    def _refuse_unknown_sheets(self) -> None:
        """A sheet that holds neither scheme nor data nor notes has a name that was mistyped."""
        for name, table in self._sheets.items():
            if name not in SCHEME_SHEETS and table.index(*UNIT_HEADS) is None:
                self.gathering.add(
                    "unknown-sheet",
                    Place(file=self.file, sheet=name),
                    Text("不认识这张工作表", "this sheet is not known"),
                    Text(
                        f"方案的表名：{'、'.join(_SHEET_NAMES)}；只供人看的请叫“说明”",
                        f"a scheme's sheets are {', '.join(_SHEET_NAMES)}; one for readers is 说明",
                    ),
                )

    def _find(self, name: str, key: str) -> Table | None:
        return self._sheets.get(name) or self._sheets.get(key)

    def _require(self, name: str) -> Table | None:
        table = self._find(name, KEYS_NAMED[name])
        if table is None:
            wrong = Text(f"缺少工作表“{name}”", f'the sheet "{KEYS_NAMED[name]}" is missing')
            remedy = Text(f"请加上名为“{name}”的工作表", f'add a sheet called "{name}"')
            self.gathering.add("sheet-missing", Place(file=self.file), wrong, remedy)
        return table

    def _read_settings(self) -> Row:
        table, settings = self._require(SCHEME_SHEET), Row()
        if table is not None:
            if find_field(SchemeModel, table.header[0]) is not None:  # written without heads
                self._read_setting(table, None, table.header, settings)
            for number, cells in enumerate(table.rows):
                self._read_setting(table, number, cells, settings)
        return settings

    def _read_setting(
        self, table: Table, number: int | None, cells: Sequence[RawCell], settings: Row
    ) -> None:
        head, value = (*cells, None)[:2]
        if head is None or value is None:
            return
        path = find_setting(str(head))
        if path is None or path[0] in _NO_SETTINGS:
            known = list_labels(SchemeModel, _NO_SETTINGS)
            self._refuse_head(table.place(number, 0), str(head).partition(".")[0], known)
            return
        key, *rest = path
        field = SchemeModel.model_fields[key]
        shape = "scalar" if rest else cell_shape(field)
        choices = has_choices(field) or (bool(rest) and key != "extensions")
        read = self._value(value, table, (number, 1), shape, choices=choices)
        read = read if rest else name_inside(field, read)
        if path in self.places or not put_value(settings, path, read):
            self._refuse_second(table.place(number, 0), str(head))
        self.places[path] = table.place(number, 1)

    def _refuse_second(self, place: Place, what: str) -> None:
        self.gathering.add(
            "duplicate-key",
            place,
            Text(f"“{what}”重复", f'"{what}" stands twice'),
            Text("请只保留一处", "keep one of them"),
        )

    def _refuse_head(self, place: Place, head: str, known: Sequence[str]) -> None:
        near = find_nearest(head, known)
        shown = "、".join(near or known)
        self.gathering.add(
            "unknown-column",
            place,
            Text(f"不认识“{head}”", f'"{head}" is not known'),
            Text(
                f"{'相近的有' if near else '可写'}：{shown}；不用的请删去",
                f"{'near it are' if near else 'known are'} {shown}; delete what is not used",
            ),
        )

    def _read_rows(
        self, table: Table, model: type[BaseModel], base: TreePath
    ) -> Iterator[tuple[Row, int]]:
        """Each row as keys and values; cells that are empty say nothing."""
        fields = [self._find_column(model, head) for head in table.header]
        for column, field in enumerate(fields):
            if field is not None and field in fields[:column]:
                self._refuse_second(table.place(None, column), table.header[column])
            if field is None:
                known = list_labels(model, _NO_COLUMNS if model is IndicatorNode else ())
                self._refuse_head(table.place(None, column), table.header[column], known)
        for number, cells in enumerate(table.rows):
            row: Row = {}
            self.places[*base, number] = table.place(number)
            for column, (field, cell) in enumerate(zip(fields, cells, strict=True)):
                if field is None or cell is None:
                    continue
                self.places[*base, number, field] = table.place(number, column)
                info = model.model_fields.get(field)
                is_rule = field == "parameters"
                shape = cell_shape(info) if info else "pairs" if is_rule else "scalar"
                choices = has_choices(info) if info else is_rule
                read = self._value(cell, table, (number, column), shape, choices=choices)
                row[field] = name_inside(info, read) if info else read
            yield row, number

    def _find_column(self, model: type[BaseModel], head: str) -> str | None:
        """The field of a column; what has a sheet of its own is no column of indicators."""
        field = find_field(model, head)
        return None if model is IndicatorNode and field in _NO_COLUMNS else field

    def _value(
        self, cell: Any, table: Table, at: tuple[int | None, int], shape: str, *, choices: bool
    ) -> Any:
        try:
            return read_cell_value(write_scalar(cell), shape=shape, choices=choices)
        except ValueError:
            text = str(cell)
            shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
            self.gathering.add(
                "cell-not-readable",
                table.place(*at),
                Text(f"看不懂“{shown}”", f'"{shown}" cannot be read'),
                Text(
                    "多项请写成 名称=值；名称=值，成组的写成 [{名称: 值, 名称: 值}, …]",
                    "write values as name=value; name=value, groups as [{name: value, name: value}, …]",
                ),
            )
            return None

    def _read_indicators(self) -> list[Row]:
        table = self._require(INDICATOR_SHEET)
        if table is None:
            return []
        rows = list(self._read_rows(table, IndicatorNode, (_ROWS,)))
        self._keep_row_places()
        codes = {str(row.get("code")) for row, _ in rows}
        targets = self._read_targets(codes)
        by_parent: dict[str, list[tuple[Row, int]]] = {}
        for row, number in rows:
            parent = str(row.pop(PARENT, "") or "")
            if parent and parent not in codes:
                self._refuse_code(table, number, parent)
            set_rule(row)
            if row.get("code") in targets:
                row["targets"] = targets[str(row["code"])]
            by_parent.setdefault(parent, []).append((row, number))
        nested = self._nest(by_parent, "", ("indicators",))
        self._refuse_circles(table, [rest for parent, rest in by_parent.items() if parent in codes])
        return nested

    def _keep_row_places(self) -> None:
        for path, place in self.places.items():
            if path[:1] == (_ROWS,) and isinstance(path[1], int):
                self._row_places.setdefault(path[1], {})[path[2:]] = place

    def _refuse_circles(self, table: Table, left: list[list[tuple[Row, int]]]) -> None:
        for _, number in chain.from_iterable(left):
            self.gathering.add(
                "no-way-to-top",
                table.place(number),
                Text(
                    "沿“上级”找不到最上级：互为上级，或层次过深",
                    "its parents lead to no top: they go in a circle, or too deep",
                ),
                Text("请核对“上级”一栏", "check the parent column"),
            )

    def _refuse_code(self, table: Table, number: int, parent: str) -> None:
        self.gathering.add(
            "unknown-code",
            table.place(number),
            Text(f"没有代码为“{parent}”的指标", f'no indicator has the code "{parent}"'),
            Text("请核对代码", "check the code"),
        )

    def _nest(
        self, by_parent: dict[str, list[tuple[Row, int]]], parent: str, base: TreePath
    ) -> list[Row]:
        nested: list[Row] = []
        if len(base) > MOST_DEPTH:
            return nested
        for position, (row, number) in enumerate(by_parent.pop(parent, [])):
            path = (*base, position)
            for place_of, place in self._row_places.get(number, {}).items():
                self.places[*path, *find_rule_path(place_of)] = place
            for unit in row.get("targets", ()):
                self.places[*path, "targets", unit] = self._target_places[str(row["code"]), unit]
            children = self._nest(by_parent, str(row.get("code")), (*path, "children"))
            nested.append({**row, "children": children} if children else row)
        return nested

    def _read_targets(self, codes: Collection[str]) -> dict[str, Row]:
        table = self._find(TARGET_SHEET, KEYS_NAMED[TARGET_SHEET])
        targets: dict[str, Row] = {}
        if table is None:
            return targets
        for row, number in self._read_rows(table, TargetRow, ("@targets",)):
            planned = {key: row[key] for key in Targets.model_fields if key in row}
            code, unit = str(row.get("indicator")), str(row.get("unit"))
            if code not in codes:
                self._refuse_code(table, number, code)
            if unit in targets.setdefault(code, {}):
                self._refuse_second(table.place(number), f"{code} · {unit}")
            targets[code][unit] = planned["target"] if set(planned) == {"target"} else planned
            self._target_places[code, unit] = table.place(number)
        return targets
