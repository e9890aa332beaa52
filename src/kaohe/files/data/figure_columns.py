"""A column of figures of a large table, read as its indicator says: exactly, and all rows at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, log10

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from kaohe.errors import Place
from kaohe.files.data.cell_reading import FAULTS
from kaohe.files.data.decimal_columns import (
    MOST_DECIMALS,
    DecimalColumn,
    settle_decimals,
    settle_doubles,
    settle_integers,
)
from kaohe.files.data.figures import FigureReader
from kaohe.files.data.names import BadCell
from kaohe.files.tables.gathering import Gathering
from kaohe.language import Text
from kaohe.numbers.absence import Absence, Cell
from kaohe.numbers.cells import number_from_double
from kaohe.renderings.columns import FacetColumn, Floats, Integers, Mask

ABSENCES = tuple(Absence)
"""A missing figure's absence is known by its number in this order; null is empty."""

_SHOWN = 3
_PLAIN = r"^-?[0-9]{1,14}(\.[0-9]+)?$"
_LONGEST_PLAIN = 15
"""Characters of a plain number that has no more digits than a double keeps."""


@dataclass(frozen=True)
class ColumnPlace:
    """Where a column stands: its heading, its file, and the line of its first row."""

    file: str
    heading: str
    first_line: int = 1

    def find(self, row: int | None = None) -> Place:
        """The place of one row, or of the whole column."""
        line = None if row is None else self.first_line + row
        return Place(file=self.file, line=line, key=self.heading)


@dataclass(frozen=True)
class ReadColumn:
    """One facet as read: its numbers, NaN where missing, and the number of the absence in `ABSENCES`."""

    numbers: FacetColumn
    absences: npt.NDArray[np.int8]


@dataclass(frozen=True)
class ColumnReader:
    """Reads the column of one facet; what is wrong is gathered, of each kind the first rows by themselves."""

    figures: FigureReader
    place: ColumnPlace
    gathering: Gathering

    def read(self, column: pa.ChunkedArray) -> ReadColumn:
        """Integers, decimals and doubles as numbers, texts by the grammar of numbers."""
        array = column.combine_chunks()
        array = array.dictionary_decode() if pa.types.is_dictionary(array.type) else array
        absences = np.zeros(len(array), dtype=np.int8)
        if pa.types.is_string(array.type) or pa.types.is_large_string(array.type):
            settled = settle_doubles(self._read_texts(array, absences))
        else:
            settled = self._settle(array)
        if len(settled.unfit):
            self._refuse_unfit(settled)
        else:
            self._check_range(settled.numbers)
        return ReadColumn(settled.numbers, absences)

    def _settle(self, array: pa.Array) -> DecimalColumn:
        if pa.types.is_float64(array.type):
            return settle_doubles(self._read_doubles(array))
        if pa.types.is_integer(array.type):
            return settle_integers(array)
        if pa.types.is_decimal(array.type):
            return settle_decimals(array)
        if not pa.types.is_null(array.type):
            self._refuse_type(array.type)
        return DecimalColumn(FacetColumn(np.full(len(array), np.nan), 1), np.empty(0, np.int64))

    def _read_doubles(self, array: pa.Array) -> Floats:
        figures: Floats = array.to_numpy(zero_copy_only=False)
        is_wrong = np.isinf(figures)
        if np.isnan(figures).sum() > array.null_count:
            is_wrong |= np.isnan(figures) & array.is_valid().to_numpy(zero_copy_only=False)
        if not is_wrong.any():
            return figures
        self._report(np.flatnonzero(is_wrong), lambda row: number_from_double(figures[row]))
        return np.where(is_wrong, np.nan, figures)

    def _read_texts(self, array: pa.Array, absences: npt.NDArray[np.int8]) -> Floats:
        """Plain numbers all at once; everything else once for each different text."""
        is_plain = pc.and_(
            pc.match_substring_regex(array, _PLAIN),
            pc.less_equal(pc.utf8_length(array), _LONGEST_PLAIN),
        )
        plain = pc.if_else(is_plain, array, None)
        figures: Floats = pc.cast(plain, pa.float64()).to_numpy(zero_copy_only=False).copy()
        is_odd = pc.fill_null(pc.invert(is_plain), fill_value=False)
        odd = np.flatnonzero(is_odd.to_numpy(zero_copy_only=False))
        words = array.take(pa.array(odd)).dictionary_encode()
        numbers = words.indices.to_numpy()
        for number, word in enumerate(words.dictionary.to_pylist()):
            rows = odd[numbers == number]
            cell = self._read_word(word, rows)
            if isinstance(cell, Absence):
                absences[rows] = ABSENCES.index(cell)
            else:
                figures[rows] = float(cell)
        return figures

    def _read_word(self, word: str, rows: Integers) -> Cell:
        try:
            cell = self.figures.read(word)
            if isinstance(cell, Fraction):
                _require_kept(cell, word)
        except FAULTS as fault:
            wrong, remedy = fault.wrong, fault.remedy
            self._say(rows, lambda _: (wrong, remedy))
            return Absence.EMPTY
        return cell

    def _refuse_type(self, kind: pa.DataType) -> None:
        self.gathering.add(
            "bad-type",
            self.place.find(),
            Text(f"这一列的类型是 {kind}，不是数", f"this column is of type {kind}, not numbers"),
            Text(
                "请转成整数、小数（decimal 或 double）或文本",
                "convert it to integers, decimals, doubles or text",
            ),
        )

    def _refuse_unfit(self, settled: DecimalColumn) -> None:
        figures = settled.numbers.figures
        largest = np.fmax.reduce(np.abs(figures), initial=1.0)
        room = min(max(14 - floor(log10(largest)), 0), MOST_DECIMALS)
        remedy = Text(
            f"请把这一列四舍五入到至多 {room} 位小数，或换更大的单位；系统不替您改数",
            f"round the column to at most {room} decimals, or give it in a larger unit; "
            "figures are never changed for you",
        )
        self._say(
            settled.unfit,
            lambda row: (
                Text(
                    f"{_show(figures[row])} 的位数太多：一列的数合计至多15位，其中小数至多12位",
                    f"{_show(figures[row])} has too many digits: a column has fifteen in all, "
                    "twelve of them decimals",
                ),
                remedy,
            ),
        )

    def _check_range(self, numbers: FacetColumn) -> None:
        """Hold every figure to the indicator's bounds and decimals."""
        wrong = [mask for mask in self._find_outside(numbers) if mask.any()]
        if wrong:
            rows = np.flatnonzero(np.logical_or.reduce(wrong))
            self._report(rows, lambda row: self.figures.read(numbers.exact(row)))

    def _find_outside(self, numbers: FacetColumn) -> list[Mask]:
        least, greatest, decimals = (
            self.figures.least, self.figures.greatest, self.figures.decimals,
        )  # fmt: skip
        below = numbers.denominator
        found: list[Mask] = []
        if least is not None:
            found.append(np.rint(numbers.figures * below) < ceil(least * below))
        if greatest is not None:
            found.append(np.rint(numbers.figures * below) > floor(greatest * below))
        if decimals is not None and below > 10**decimals:
            found.append(numbers.numerators % (below // 10**decimals) != 0)
        return found

    # What is wrong

    def _report(self, rows: Integers, read: Callable[[int], object]) -> None:
        """Say of rows what reading each of them says."""

        def explain(row: int) -> tuple[Text, Text]:
            try:
                read(row)
            except FAULTS as fault:
                return fault.wrong, fault.remedy
            raise AssertionError(f"row {row} can be read")

        self._say(rows, explain)

    def _say(self, rows: Integers, explain: Callable[[int], tuple[Text, Text]]) -> None:
        for row in rows[:_SHOWN]:
            self.gathering.add("bad-figure", self.place.find(int(row)), *explain(int(row)))
        if len(rows) > _SHOWN:
            more = len(rows) - _SHOWN
            self.gathering.add(
                "bad-figure",
                self.place.find(),
                Text(
                    f"这一列另有 {more:,} 行如此", f"and so are {more:,} more rows of this column"
                ),
                explain(int(rows[_SHOWN]))[1],
            )


def _show(figure: float) -> str:
    return np.format_float_positional(figure, trim="-")


def _require_kept(cell: Fraction, word: str) -> None:
    """Refuse a number of more digits than a double keeps."""
    if abs(cell) >= 10**15 or number_from_double(float(cell)) != cell:
        raise BadCell(
            Text(f"{word} 多于15位", f"{word} has more than 15 digits"),
            Text("请四舍五入，或换更大的单位", "round it, or give it in a larger unit"),
        )
