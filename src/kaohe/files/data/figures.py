"""Figures gathered from tables: each read as its indicator says, held to its bounds, and known by its place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from kaohe.errors import Place
from kaohe.files.data.cell_reading import refuse_kind
from kaohe.files.data.names import BadCell
from kaohe.files.tables.gathering import Gathering
from kaohe.files.tables.table import RawCell, Table
from kaohe.language import Language, Text
from kaohe.numbers.absence import Absence, Cell
from kaohe.numbers.grammar import parse_cell
from kaohe.numbers.writing import write_number
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scoring.observations import FigureKey

_MEASURED = {"value", "previous"}
_BOUNDED = _MEASURED | {"target", "challenge", "constraint"}
_IN_MYRIADS = _BOUNDED | {"increment", "increment_target"}
_IN_PERCENT = {"growth", "growth_target", "reference"}
_PERCENT_SIGNS = ("%", "％")


@dataclass(frozen=True)
class FigureReader:
    """How the cells of one facet of one indicator are read."""

    leaf: IndicatorNode
    facet: str

    @property
    def is_percent(self) -> bool:
        """Whether a percent sign may stand behind the number."""
        in_unit = self.leaf.unit.strip() in _PERCENT_SIGNS and self.facet in _BOUNDED
        return in_unit or self.facet in _IN_PERCENT

    def read(self, raw: RawCell) -> Cell:
        """The figure, or why there is none. Raises BadNumber or BadCell."""
        if raw is None:
            return Absence.EMPTY
        if isinstance(raw, Fraction):
            return self._check(raw)
        if not isinstance(raw, str):
            raise refuse_kind(raw)
        myriads = self.leaf.myriads and self.facet in _IN_MYRIADS
        cell = parse_cell(raw, percent=self.is_percent, myriads=myriads)
        return cell if isinstance(cell, Absence) else self._check(cell)

    @property
    def least(self) -> Fraction | None:
        """The least figure allowed here, if any."""
        return self.leaf.value_minimum if self.facet in _BOUNDED else None

    @property
    def greatest(self) -> Fraction | None:
        """The greatest figure allowed here, if any."""
        return self.leaf.value_maximum if self.facet in _BOUNDED else None

    @property
    def decimals(self) -> int | None:
        """How many decimals a figure may have here; None for any number."""
        return self.leaf.decimals if self.facet in _MEASURED else None

    def _check(self, value: Fraction) -> Fraction:
        if self.least is not None and value < self.least:
            raise _refuse_bound(value, self.least, Text("下限", "least"))
        if self.greatest is not None and value > self.greatest:
            raise _refuse_bound(value, self.greatest, Text("上限", "greatest"))
        if not _fits(value, self.decimals):
            raise _refuse_decimals(value, self.decimals)
        return value


class Figures:
    """The figures of all tables together, each given once."""

    def __init__(self, gathering: Gathering) -> None:
        self.cells: dict[FigureKey, Cell] = {}
        self.places = FigurePlaces({})
        self._gathering = gathering

    def add(self, key: FigureKey, cell: Cell, table: Table, row: int, column: int) -> None:
        """Keep one figure; an empty cell says nothing, and a second one for the same is a finding."""
        if cell is Absence.EMPTY:
            return
        if key in self.cells:
            self._refuse_second(key, table.place(row, column))
            return
        self.cells[key] = cell
        self.places.found[key] = (table, row, column)

    def _refuse_second(self, key: FigureKey, place: Place) -> None:
        indicator, facet, unit = key
        first: dict[Language, str] = {each: self.places[key].say(each) for each in ("zh", "en")}
        self._gathering.add(
            "figure-twice",
            place,
            Text(
                f"{unit} 的 {indicator}（{facet}）已经填过：{first['zh']}",
                f"{indicator} ({facet}) of {unit} was given before: {first['en']}",
            ),
            Text("同一个数只填一处", "give each figure once"),
        )


class FigurePlaces(Mapping[FigureKey, Place]):
    """Where each figure was read; a place is made when it is asked for."""

    def __init__(self, found: dict[FigureKey, tuple[Table, int, int]]) -> None:
        self.found = found

    def __getitem__(self, key: FigureKey) -> Place:
        table, row, column = self.found[key]
        return table.place(row, column)

    def __iter__(self) -> Iterator[FigureKey]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)


def _fits(value: Fraction, decimals: int | None) -> bool:
    return decimals is None or (value * 10**decimals).denominator == 1


def _refuse_bound(value: Fraction, bound: Fraction, which: Text) -> BadCell:
    figure, limit = write_number(value), write_number(bound)
    return BadCell(
        Text(
            f"{figure} 超出{which.zh} {limit}", f"{figure} is beyond the {which.en} value {limit}"
        ),
        Text(
            "请核对数和计量单位；确实如此，请改方案里的上下限",
            "check the figure and its unit; if it is right, change the bound in the scheme",
        ),
    )


def _refuse_decimals(value: Fraction, decimals: int | None) -> BadCell:
    return BadCell(
        Text(
            f"{write_number(value)} 的小数多于 {decimals} 位",
            f"{write_number(value)} has more than {decimals} decimals",
        ),
        Text(
            "请按规定的位数四舍五入后再填；系统不替您改数",
            "round it as the scheme says and enter that; figures are never changed for you",
        ),
    )
