"""Tables of figures: wide, with a row per unit and a column per figure, or long, with a row per figure."""

from collections.abc import Iterator
from dataclasses import dataclass

from kaohe.files.data.cell_reading import FAULTS, read_text
from kaohe.files.data.figures import FigureReader, Figures
from kaohe.files.data.names import SchemeNames
from kaohe.files.tables.gathering import Gathering
from kaohe.files.tables.headings import (
    FACET_HEADS,
    FREE_HEADS,
    INDICATOR_HEADS,
    NAME_HEADS,
    PERIOD_HEADS,
    UNIT_HEADS,
    VALUE_HEADS,
)
from kaohe.files.tables.table import RawCell, Table
from kaohe.language import Text

_UNIT_COLUMNS = tuple(dict.fromkeys((*UNIT_HEADS, *NAME_HEADS)))
"""A name does where there is no code."""


@dataclass(frozen=True)
class FigureTables:
    """Reads the tables of one scheme's figures, one after the other."""

    names: SchemeNames
    figures: Figures
    gathering: Gathering

    def read_wide(self, table: Table) -> None:
        """Take in a table with a row per unit; columns are headed A01, A01.target, …"""
        unit_column = self._require(table, _UNIT_COLUMNS)
        if unit_column is None:
            return
        readers = dict(self._match_columns(table, unit_column))
        seen: dict[str, int] = {}
        for number, row in enumerate(table.rows):
            unit = self._read_unit(table, number, row[unit_column], unit_column)
            if unit is None or not self._is_first(table, number, unit, seen):
                continue
            self._check_name(table, number, row, unit)
            for column, reader in readers.items():
                self._take(table, number, column, row[column], reader, unit)

    def read_long(self, table: Table) -> None:
        """Take in a table with a row per figure: unit, indicator, value, and maybe facet and period."""
        columns = [
            self._require(table, heads) for heads in (_UNIT_COLUMNS, INDICATOR_HEADS, VALUE_HEADS)
        ]
        unit_column, indicator_column, value_column = columns
        self._refuse_strangers(table)
        if unit_column is None or indicator_column is None or value_column is None:
            return
        for number, row in enumerate(table.rows):
            unit = self._read_unit(table, number, row[unit_column], unit_column)
            reader = self._find_reader(table, number, row, indicator_column)
            if unit is not None and reader is not None and self._is_of_period(table, number, row):
                self._take(table, number, value_column, row[value_column], reader, unit)

    # Columns

    def _require(self, table: Table, heads: tuple[str, ...]) -> int | None:
        found = table.index(*heads)
        if found is None:
            self.gathering.add(
                "missing-column",
                table.place(None),
                Text(f"没有“{heads[1]}”列", f'there is no column "{heads[0]}"'),
                Text(
                    f"请加一列，表头写：{' 或 '.join(heads)}",
                    f"add a column headed {' or '.join(heads)}",
                ),
            )
        return found

    def _match_columns(self, table: Table, unit_column: int) -> Iterator[tuple[int, FigureReader]]:
        for column, heading in enumerate(table.header):
            if column == unit_column or heading in (*NAME_HEADS, *FREE_HEADS):
                continue
            try:
                yield column, FigureReader(*self.names.find_figure(heading))
            except FAULTS as fault:
                self.gathering.add(
                    "unknown-column", table.place(None, column), fault.wrong, fault.remedy
                )

    def _refuse_strangers(self, table: Table) -> None:
        known = {
            *UNIT_HEADS,
            *NAME_HEADS,
            *INDICATOR_HEADS,
            *FACET_HEADS,
            *PERIOD_HEADS,
            *VALUE_HEADS,
            *FREE_HEADS,
        }
        for column, heading in enumerate(table.header):
            if heading not in known:
                self.gathering.add(
                    "unknown-column",
                    table.place(None, column),
                    Text(f"不认识的列“{heading}”", f'unknown column "{heading}"'),
                    Text(
                        "长表的列是：unit、indicator、facet、period、value",
                        "a long table has unit, indicator, facet, period, value",
                    ),
                )

    # Rows

    def _read_unit(self, table: Table, number: int, raw: RawCell, column: int) -> str | None:
        try:
            return self.names.find_unit(read_text(raw))
        except FAULTS as fault:
            self.gathering.add(
                "unknown-unit", table.place(number, column), fault.wrong, fault.remedy
            )
            return None

    def _is_first(self, table: Table, number: int, unit: str, seen: dict[str, int]) -> bool:
        first = seen.setdefault(unit, number)
        if first != number:
            line = table.row_numbers[first]
            self.gathering.add(
                "unit-twice",
                table.place(number),
                Text(f"{unit} 已有一行：第{line}行", f"{unit} has a row already: row {line}"),
                Text("每个单位只留一行", "keep one row for each unit"),
            )
        return first == number

    def _check_name(self, table: Table, number: int, row: tuple[RawCell, ...], unit: str) -> None:
        """A name need not be the scheme's, but must not be another unit's."""
        column = table.index(*NAME_HEADS)
        if column is None:
            return
        try:
            named = self.names.find_unit(read_text(row[column]))
        except FAULTS:
            return
        if named != unit:
            self.gathering.add(
                "unit-mismatch",
                table.place(number, column),
                Text(
                    f"代码是 {unit}，名称却是 {named} 的",
                    f"the code is {unit}, but the name is that of {named}",
                ),
                Text("请核对是哪个单位的数", "check whose figures these are"),
            )

    def _find_reader(
        self, table: Table, number: int, row: tuple[RawCell, ...], indicator_column: int
    ) -> FigureReader | None:
        facet_column = table.index(*FACET_HEADS)
        column = indicator_column
        try:
            leaf = self.names.find_leaf(read_text(row[indicator_column]))
            facet = "" if facet_column is None else read_text(row[facet_column])
            column = indicator_column if facet_column is None else facet_column
            return FigureReader(leaf, self.names.find_facet(facet, leaf) if facet else "value")
        except FAULTS as fault:
            self.gathering.add(
                "unknown-indicator", table.place(number, column), fault.wrong, fault.remedy
            )
            return None

    def _is_of_period(self, table: Table, number: int, row: tuple[RawCell, ...]) -> bool:
        column = table.index(*PERIOD_HEADS)
        written = "" if column is None else read_text(row[column])
        period = self.names.model.period
        if not written or written == period:
            return True
        self.gathering.add(
            "other-period",
            table.place(number, column),
            Text(
                f"考核期是 {written}，方案是 {period}",
                f"the period is {written}, the scheme's is {period}",
            ),
            Text(
                "请只留本考核期的行；上期数填在 previous",
                "keep the rows of this period; earlier figures are the facet previous",
            ),
        )
        return False

    def _take(
        self, table: Table, number: int, column: int, raw: RawCell, reader: FigureReader, unit: str
    ) -> None:
        try:
            cell = reader.read(raw)
        except FAULTS as fault:
            self.gathering.add("bad-figure", table.place(number, column), fault.wrong, fault.remedy)
        else:
            self.figures.add((reader.leaf.code, reader.facet, unit), cell, table, number, column)
