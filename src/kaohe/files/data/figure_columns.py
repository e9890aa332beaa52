"""A column of figures of a large table, read as its indicator says: exactly, and all rows at a time."""

from bisect import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, log10

import numpy as np
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
from kaohe.renderings.arrays.absences import CODE_OF, Kinds
from kaohe.renderings.arrays.columns import FacetColumn, Floats, Integers, Mask

_SHOWN = 3
_MOST_BYTES = 1 << 31
"""Of texts in one piece whose places are numbered in 32 bits."""
_PLAIN = r"^-?[0-9]{1,14}(\.[0-9]+)?$"
_PERCENT = (r"^(-?[0-9.]+)%$", r"\1")
"""A number with a percent sign, and the number alone."""
_LONGEST_PLAIN = 15
"""Characters of a plain number that has no more digits than a double keeps."""


def join_column(column: pa.ChunkedArray) -> pa.Array:
    """The column in one piece, texts as plain texts."""
    if pa.types.is_string(column.type) and column.nbytes > _MOST_BYTES:
        column = column.cast(pa.large_string())
    array = column.combine_chunks()
    array = array.dictionary_decode() if pa.types.is_dictionary(array.type) else array
    return array.cast(pa.large_string()) if pa.types.is_string_view(array.type) else array


def is_text(kind: pa.DataType) -> bool:
    """Whether a column holds texts."""
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


@dataclass(frozen=True)
class Source:
    """Where the rows of a table stand: in one file from a line on, or in several after one another.

    `starts` are the first rows of the files.
    """

    files: Sequence[str] = ("",)
    starts: Sequence[int] = (0,)
    first_line: int = 1

    def find(self, heading: str, row: int | None = None) -> Place:
        """The place of a column, or of one row in it."""
        if row is None:
            return Place(file=self.files[0], key=heading)
        number = bisect(self.starts, row) - 1
        line = self.first_line + row - self.starts[number]
        return Place(file=self.files[number], line=line, key=heading)


@dataclass(frozen=True)
class ColumnPlace:
    """Where a column stands: its heading, in a source."""

    source: Source
    heading: str

    def find(self, row: int | None = None) -> Place:
        """The place of one row, or of the whole column."""
        return self.source.find(self.heading, row)


@dataclass(frozen=True)
class ReadColumn:
    """One facet as read: its numbers, NaN where missing, and the code of the absence where a word says it."""

    numbers: FacetColumn
    said: Kinds


@dataclass(frozen=True)
class ColumnReader:
    """Reads the column of one facet; what is wrong is gathered, of each kind the first rows by themselves."""

    figures: FigureReader
    place: ColumnPlace
    gathering: Gathering

    def read(self, column: pa.ChunkedArray) -> ReadColumn:
        """Integers, decimals and doubles as numbers, texts by the grammar of numbers."""
        array = join_column(column)
        said = np.zeros(len(array), dtype=np.int8)
        if is_text(array.type):
            settled = settle_doubles(self._read_texts(array, said))
        else:
            settled = self._settle(array)
        if len(settled.unfit):
            self._refuse_unfit(settled)
        else:
            self._check_range(settled.numbers)
        return ReadColumn(settled.numbers, said)

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

    def _read_texts(self, array: pa.Array, said: Kinds) -> Floats:
        """Plain numbers all at once; everything else once for each different text."""
        texts = array
        if self.figures.is_percent:
            texts = pc.replace_substring_regex(array, *_PERCENT)
        is_plain = pc.and_(
            pc.match_substring_regex(texts, _PLAIN),
            pc.less_equal(pc.utf8_length(texts), _LONGEST_PLAIN),
        )
        plain = pc.if_else(is_plain, texts, None)
        figures: Floats = pc.cast(plain, pa.float64()).to_numpy(zero_copy_only=False).copy()
        is_odd = pc.fill_null(pc.invert(is_plain), fill_value=False)
        odd = np.flatnonzero(is_odd.to_numpy(zero_copy_only=False))
        words = array.take(pa.array(odd)).dictionary_encode()
        numbers = words.indices.to_numpy()
        order = odd[np.argsort(numbers, kind="stable")]
        counts = np.bincount(numbers, minlength=len(words.dictionary))
        for word, end, count in zip(
            words.dictionary.to_pylist(), np.cumsum(counts), counts, strict=True
        ):
            rows = order[end - count : end]
            cell = self._read_word(word, rows)
            if isinstance(cell, Fraction):
                figures[rows] = float(cell)
            elif cell is not Absence.EMPTY:
                said[rows] = CODE_OF[cell]
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
