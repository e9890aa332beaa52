"""Matrices of binary floats, a row for each subject and a column for each indicator; NaN is a missing figure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from kaohe.errors import BadInput, Finding, Place, blocking
from kaohe.language import Language, Text

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

SIGNIFICANT_DIGITS = 12
"""Digits on which values are compared: what differs only beyond them differs by the arithmetic, not in fact."""

LARGEST = 1e100
"""What lies beyond is taken for a mistake: its square would soon be infinite."""

_NAMED = 3  # subjects said by name in one finding


@dataclass(frozen=True)
class Names:
    """What rows and columns are called when something is wrong with them; by number where nothing is given."""

    subjects: Sequence[str] = ()
    indicators: Sequence[str] = ()
    columns: Sequence[int] = ()
    """Which columns of a wider matrix these are, where they are called by their numbers."""
    place: Place = Place()
    """Where the figures stand."""

    def subject(self, row: int) -> Text:
        """A subject by its code, or by the number of its row counted from one."""
        return _call(self.subjects, row, Text("第{}行", "row {}"))

    def indicator(self, column: int) -> Text:
        """An indicator by its code, or by the number of its column counted from one."""
        number = self.columns[column] if self.columns else column
        return _call(self.indicators, number, Text("第{}列", "column {}"))

    def choose(self, columns: Flags) -> "Names":
        """The names beside the chosen columns only."""
        chosen = np.flatnonzero(columns).tolist()
        if self.indicators:
            indicators = [self.indicators[column] for column in chosen]
            return replace(self, indicators=indicators)
        return replace(self, columns=chosen)

    def find(self, column: int) -> Place:
        """Where an indicator stands."""
        return replace(self.place, key=self.indicator(column).en)


UNNAMED = Names()


def _call(names: Sequence[str], at: int, by_number: Text) -> Text:
    if at < len(names):
        return Text(names[at], names[at])
    return Text(by_number.zh.format(at + 1), by_number.en.format(at + 1))


def read_matrix(values: Any, names: Names = UNNAMED) -> Floats:
    """A new float64 matrix of n subjects and m indicators.

    Raises BadInput where it has another shape, or holds an infinite number or one beyond 1e100.
    """
    matrix = np.array(values, dtype=np.float64)
    if matrix.ndim != 2 or 0 in matrix.shape:
        raise BadInput([_refuse_shape(matrix.shape)])
    refuse_cells(
        np.abs(matrix) > LARGEST,
        names,
        kind="infinite-value",
        wrong=Text("是无穷大，或大得不像真数", "is infinite, or too large to be meant"),
        remedy=Text("请改成有限的数，没有的留空", "give a finite number, or leave it empty"),
    )
    return matrix


def _refuse_shape(shape: tuple[int, ...]) -> Finding:
    said = " × ".join(map(str, shape)) or "1"
    return blocking(
        "bad-shape",
        Place(),
        Text(f"数据的形状是 {said}", f"the figures have the shape {said}"),
        Text(
            "须为至少一行（对象）、至少一列（指标）的数表",
            "give at least one row, a subject each, and one column, an indicator each",
        ),
    )


def read_directions(higher: Any, columns: int) -> Flags:
    """Whether more is better, for each column; None stands for all."""
    flags = np.ones(columns, dtype=np.bool_) if higher is None else np.asarray(higher, np.bool_)
    return np.broadcast_to(flags, (columns,))


def refuse_cells(wrong_cells: Flags, names: Names, *, kind: str, wrong: Text, remedy: Text) -> None:
    """Raise BadInput, a finding for each column with wrong cells that names some of its subjects."""
    findings = list(_list_cells(wrong_cells, names, kind, wrong, remedy))
    if findings:
        raise BadInput(findings)


def _list_cells(
    wrong_cells: Flags, names: Names, kind: str, wrong: Text, remedy: Text
) -> Iterator[Finding]:
    for column in np.flatnonzero(wrong_cells.any(axis=0)):
        rows = np.flatnonzero(wrong_cells[:, column])
        indicator = names.indicator(int(column))
        subjects = Text(_name_rows(rows, names, "zh"), _name_rows(rows, names, "en"))
        said = Text(
            f"{subjects.zh} 的 {indicator.zh} {wrong.zh}",
            f"{indicator.en} of {subjects.en} {wrong.en}",
        )
        yield blocking(kind, names.find(int(column)), said, remedy)


def _name_rows(rows: npt.NDArray[np.intp], names: Names, language: Language) -> str:
    named = [names.subject(int(row)).say(language) for row in rows[:_NAMED]]
    more = len(rows) - len(named)
    if language == "zh":
        return "、".join(named) + (f" 等{len(rows)}个对象" if more else "")
    return ", ".join(named) + (f" and {more} more" if more else "")


def refuse_columns(
    wrong_columns: Flags, names: Names, *, kind: str, wrong: Text, remedy: Text
) -> None:
    """Raise BadInput, a finding for each wrong column."""
    findings = []
    for column in np.flatnonzero(wrong_columns):
        indicator = names.indicator(int(column))
        said = Text(f"{indicator.zh} {wrong.zh}", f"{indicator.en} {wrong.en}")
        findings.append(blocking(kind, names.find(int(column)), said, remedy))
    if findings:
        raise BadInput(findings)


def refuse_empty_columns(matrix: Floats, names: Names) -> None:
    """Raise BadInput for every indicator of which no subject has a figure."""
    refuse_columns(
        np.asarray(np.isnan(matrix).all(axis=0)),
        names,
        kind="no-figures",
        wrong=Text("一个数也没有", "has no figure at all"),
        remedy=Text("请补数，或去掉这个指标", "supply figures, or leave the indicator out"),
    )


def round_significant(values: Floats, digits: int = SIGNIFICANT_DIGITS) -> Floats:
    """Each value at so many significant digits, so that 0.1 + 0.2 and 0.3 are one value; NaN stays."""
    size = np.abs(values)
    with np.errstate(divide="ignore", invalid="ignore"):
        exponent = np.floor(np.log10(size))
    exponent = np.clip(np.where(np.isfinite(exponent), exponent, 0), -290, 290)
    scale = np.power(10.0, digits - 1 - exponent)
    rounded: Floats = np.round(values * scale) / scale
    return rounded


def find_constant(matrix: Floats) -> Flags:
    """Which columns hold one value alone, whoever has a figure; an empty column counts as constant."""
    is_there = ~np.isnan(matrix)
    low = np.min(matrix, axis=0, initial=np.inf, where=is_there)
    high = np.max(matrix, axis=0, initial=-np.inf, where=is_there)
    is_empty = low > high
    ends = np.where(is_empty, 0.0, np.stack([low, high]))
    least, greatest = round_significant(ends)
    return np.asarray(is_empty | (least == greatest))
