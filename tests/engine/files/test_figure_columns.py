"""Columns of figures: every kind of column becomes exact numbers, and what is no figure is named."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaohe.errors import BadInput
from kaohe.files.data.decimal_columns import settle_doubles
from kaohe.files.data.figure_columns import ColumnPlace, ColumnReader, Source
from kaohe.files.data.figures import FigureReader
from kaohe.files.tables.gathering import Gathering
from kaohe.numbers.absence import Absence
from kaohe.renderings.arrays.absences import ABSENCES
from kaohe.scheme.indicators import IndicatorNode

LEAF = {"code": "A01", "name": "甲", "points": 10, "rule": {"method": "target_ratio"}}


def read(column, facet="value", **fields):
    gathering = Gathering()
    reader = ColumnReader(
        FigureReader(IndicatorNode.model_validate(LEAF | fields), facet),
        ColumnPlace(Source(["people.parquet"]), "A01"),
        gathering,
    )
    found = reader.read(pa.chunked_array([column]))
    gathering.raise_findings()
    return found


def exact(found):
    numbers = found.numbers
    return [
        [EMPTY, *ABSENCES][found.said[row]] if np.isnan(figure) else numbers.exact(row)
        for row, figure in enumerate(numbers.figures)
    ]


EMPTY = Absence.EMPTY


@pytest.mark.parametrize(
    ("column", "figures", "denominator"),
    [
        (pa.array([1, None, -3], pa.int16()), [1, EMPTY, -3], 1),
        (pa.array([2**40], pa.uint64()), [2**40], 1),
        (pa.array([0.5, None, 0.30000000000000004]), ["0.5", EMPTY, "0.3"], 10),
        (pa.array([99.995, 1e-12]), ["99.995", "0.000000000001"], 10**12),
        (
            pa.array([Decimal("1234567.250000000000000000"), None], pa.decimal128(38, 18)),
            ["1234567.25", EMPTY],
            100,
        ),
        (pa.array([Decimal("-0.001"), Decimal(7)], pa.decimal256(50, 6)), ["-0.001", 7], 1000),
        (pa.array([None, None]), [EMPTY, EMPTY], 1),
        (
            pa.array(["12.5", "１，２００", "不适用", "拒报", None, "", "-7"]),
            ["12.5", 1200, Absence.NOT_APPLICABLE, Absence.REFUSED, EMPTY, EMPTY, -7],
            10,
        ),
        (pa.array(["3", "3"]).dictionary_encode(), [3, 3], 1),
    ],
)
def test_a_column_of_any_kind_is_read_exactly(column, figures, denominator):
    found = read(column)

    assert exact(found) == [
        each if isinstance(each, Absence) else Fraction(each) for each in figures
    ]
    assert found.numbers.denominator == denominator


@pytest.mark.parametrize(
    ("column", "fields", "said"),
    [
        (
            pa.array([1.0, float("nan"), float("inf")]),
            {},
            [
                "people.parquet · line 2 · A01: nan is not a definite number → "
                "mend the formula and enter its result",
                "people.parquet · line 3 · A01: inf is not a definite number → "
                "mend the formula and enter its result",
            ],
        ),
        (
            pa.array([1 / 3, 12345.5, 2.0]),
            {},
            [
                "people.parquet · line 1 · A01: 0.333333333333333 has too many digits: a column has "
                "fifteen in all, twelve of them decimals → round the column to at most 10 decimals, or "
                "give it in a larger unit; figures are never changed for you"
            ],
        ),
        (
            pa.array([10**15, 1]),
            {},
            [
                "people.parquet · line 1 · A01: 1000000000000000 has too many digits: a column has fifteen "
                "in all, twelve of them decimals → round the column to at most 0 decimals, or give it in "
                "a larger unit; figures are never changed for you"
            ],
        ),
        (
            pa.array([Decimal("0.1234567890123"), None]),
            {},
            [
                "people.parquet · line 1 · A01: 0.1234567890123 has too many digits: a column has fifteen "
                "in all, twelve of them decimals → round the column to at most 12 decimals, or give it in "
                "a larger unit; figures are never changed for you"
            ],
        ),
        (
            pa.array([Decimal("1234567890123456789.45")]),
            {},
            [
                "people.parquet · line 1 · A01: 1234567890123456800 has too many digits: a column has "
                "fifteen in all, twelve of them decimals → round the column to at most 0 decimals, or "
                "give it in a larger unit; figures are never changed for you"
            ],
        ),
        (
            pa.array([True]),
            {},
            [
                "people.parquet · A01: this column is of type bool, not numbers → "
                "convert it to integers, decimals, doubles or text"
            ],
        ),
        (
            pa.array([1.0], pa.float32()),
            {},
            [
                "people.parquet · A01: this column is of type float, not numbers → "
                "convert it to integers, decimals, doubles or text"
            ],
        ),
        (
            pa.array(["5", "many", "12345678901234.56"]),
            {},
            [
                'people.parquet · line 2 · A01: "many" is not a number → '
                "write a decimal number such as 1234.5",
                "people.parquet · line 3 · A01: 12345678901234.56 has more than 15 digits → "
                "round it, or give it in a larger unit",
            ],
        ),
        (
            pa.array([1.25, -1.0, 101.0, 5.5]),
            {"decimals": 1, "value_minimum": 0, "value_maximum": 100},
            [
                "people.parquet · line 1 · A01: 1.25 has more than 1 decimals → "
                "round it as the scheme says and enter that; figures are never changed for you",
                "people.parquet · line 2 · A01: -1 is beyond the least value 0 → "
                "check the figure and its unit; if it is right, change the bound in the scheme",
                "people.parquet · line 3 · A01: 101 is beyond the greatest value 100 → "
                "check the figure and its unit; if it is right, change the bound in the scheme",
            ],
        ),
    ],
)
def test_what_is_no_figure_is_named_with_its_row(column, fields, said):
    with pytest.raises(BadInput) as refusal:
        read(column, **fields)

    assert [finding.say("en") for finding in refusal.value.findings] == said


def test_of_many_wrong_rows_three_are_shown_and_the_others_counted():
    with pytest.raises(BadInput) as refusal:
        read(pa.array([-1] * 5000), value_minimum=0)

    places = [finding.place.line for finding in refusal.value.findings]
    assert places == [1, 2, 3, None]
    assert refusal.value.findings[3].wrong.en == "and so are 4,997 more rows of this column"


DOUBLES = st.one_of(
    st.integers(-(10**14), 10**14).map(float),
    st.decimals(-1000, 1000, places=6).map(float),
    st.floats(-1e6, 1e6),
    st.floats(allow_nan=False, allow_infinity=False),
)


@given(st.lists(DOUBLES, min_size=1, max_size=12))
def test_doubles_that_fit_are_the_decimals_spreadsheets_show(values):
    settled = settle_doubles(np.array(values))

    shown = [Fraction(Decimal(f"{value:.15g}")) for value in values]
    denominator = next(
        (10**n for n in range(13) if all(10**n % each.denominator == 0 for each in shown)), None
    )
    if denominator is None or max(map(abs, shown)) * denominator >= 10**15:
        assert len(settled.unfit) > 0
        return
    numbers = settled.numbers
    assert settled.unfit.tolist() == []
    assert numbers.denominator == denominator
    assert [numbers.exact(row) for row in range(len(values))] == shown
    assert numbers.figures.tolist() == [float(each) for each in shown]
