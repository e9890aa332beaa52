"""Cell addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaohe.files.tables.addresses import name_cell, name_column, number_column, split_range


@pytest.mark.parametrize(
    ("letters", "number"),
    [("A", 1), ("Z", 26), ("AA", 27), ("AZ", 52), ("ZZ", 702), ("AAA", 703), ("XFD", 16384)],
)
def test_columns(letters: str, number: int) -> None:
    assert name_column(number) == letters
    assert number_column(letters) == number


@given(st.integers(min_value=1, max_value=100_000))
def test_columns_go_both_ways(number: int) -> None:
    assert number_column(name_column(number)) == number


def test_cells() -> None:
    assert name_cell(1048576, 16384) == "XFD1048576"


@pytest.mark.parametrize(
    ("reference", "corners"),
    [("A1", (1, 1, 1, 1)), ("B2:D10", (2, 2, 10, 4)), ("$A$1:$C$3", (1, 1, 3, 3))],
)
def test_ranges(reference: str, corners: tuple[int, int, int, int]) -> None:
    assert split_range(reference) == corners


@pytest.mark.parametrize("reference", ["", "A", "1", "A1:", "A1:B", "a1", "A1:B2:C3", "A12345678"])
def test_other_texts_are_no_range(reference: str) -> None:
    with pytest.raises(ValueError, match=reference or "^$"):
        split_range(reference)
