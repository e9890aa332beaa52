"""Rounding at halves and just beside them, in every mode."""

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)
from fractions import Fraction
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaohe.numbers.rounding import RoundingMode, round_fraction, scale_fraction

TINY = Fraction(1, 10**40)
AS_DECIMAL: dict[RoundingMode, str] = {
    "half_up": ROUND_HALF_UP,
    "half_even": ROUND_HALF_EVEN,
    "up": ROUND_UP,
    "down": ROUND_DOWN,
    "floor": ROUND_FLOOR,
    "ceil": ROUND_CEILING,
}


@pytest.mark.parametrize(
    ("mode", "rounded"),
    [
        ("half_up", [-4, -3, -2, -1, 1, 2, 3, 4]),
        ("half_even", [-4, -2, -2, 0, 0, 2, 2, 4]),
        ("up", [-4, -3, -2, -1, 1, 2, 3, 4]),
        ("down", [-3, -2, -1, 0, 0, 1, 2, 3]),
        ("floor", [-4, -3, -2, -1, 0, 1, 2, 3]),
        ("ceil", [-3, -2, -1, 0, 1, 2, 3, 4]),
    ],
)
def test_halves(mode: RoundingMode, rounded: list[int]) -> None:
    halves = [Fraction(odd, 2) for odd in (-7, -5, -3, -1, 1, 3, 5, 7)]

    assert [scale_fraction(half, 0, mode) for half in halves] == rounded


@pytest.mark.parametrize(
    ("mode", "below", "above"),
    [
        ("half_up", [-3, 2], [-2, 3]),
        ("half_even", [-3, 2], [-2, 3]),
        ("up", [-3, 3], [-3, 3]),
        ("down", [-2, 2], [-2, 2]),
        ("floor", [-3, 2], [-3, 2]),
        ("ceil", [-2, 3], [-2, 3]),
    ],
)
def test_a_hair_beside_a_half(mode: RoundingMode, below: list[int], above: list[int]) -> None:
    halves = [Fraction(-5, 2), Fraction(5, 2)]

    assert [round_fraction(half - TINY, 0, mode) for half in halves] == below
    assert [round_fraction(half + TINY, 0, mode) for half in halves] == above


@pytest.mark.parametrize("mode", AS_DECIMAL)
def test_whole_numbers_stay(mode: RoundingMode) -> None:
    assert [round_fraction(Fraction(n), 0, mode) for n in (-2, -1, 0, 1, 2)] == [-2, -1, 0, 1, 2]
    assert round_fraction(Fraction("98.76"), 2, mode) == Fraction("98.76")


@pytest.mark.parametrize(
    ("value", "decimals", "scaled"),
    [
        ("1.005", 2, 101),
        ("2.675", 2, 268),
        ("0.125", 2, 13),
        ("-1.005", 2, -101),
        ("98.76543", 4, 987654),
        ("98.76545", 4, 987655),
        ("1249.99", -2, 12),
        ("1250", -2, 13),
        ("-1250", -2, -13),
        ("1/3", 4, 3333),
        ("2/3", 4, 6667),
    ],
)
def test_half_up_is_the_usual_way(value: str, decimals: int, scaled: int) -> None:
    assert scale_fraction(Fraction(value), decimals) == scaled


def test_rounding_gives_the_value_itself() -> None:
    assert round_fraction(Fraction("1.005"), 2) == Fraction("1.01")
    assert round_fraction(Fraction(1250), -2) == Fraction(1300)
    assert round_fraction(Fraction("0.004"), 2) == Fraction(0)


@given(
    st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6),
    st.integers(min_value=-3, max_value=6),
    st.sampled_from(sorted(AS_DECIMAL)),
)
def test_rounding_moves_by_less_than_one_unit(
    value: Fraction, decimals: int, mode: RoundingMode
) -> None:
    unit = Fraction(10) ** -decimals
    moved = round_fraction(value, decimals, mode) - value

    assert abs(moved) <= (unit / 2 if mode.startswith("half") else unit)
    assert (round_fraction(value, decimals, mode) / unit).denominator == 1
    assert round_fraction(round_fraction(value, decimals, mode), decimals, mode) == round_fraction(
        value, decimals, mode
    )


@given(
    st.integers(min_value=-(10**9), max_value=10**9),
    st.integers(min_value=0, max_value=6),
    st.integers(min_value=0, max_value=4),
    st.sampled_from(sorted(AS_DECIMAL)),
)
def test_decimals_round_as_the_standard_library_does(
    scaled: int, places: int, decimals: int, mode: RoundingMode
) -> None:
    value = Decimal(scaled).scaleb(-places)
    expected = value.quantize(Decimal(1).scaleb(-decimals), rounding=AS_DECIMAL[mode])

    assert round_fraction(Fraction(value), decimals, mode) == Fraction(expected)


@given(
    st.lists(st.fractions(max_denominator=1000), min_size=2, max_size=2).map(sorted),
    st.sampled_from(sorted(AS_DECIMAL)),
)
def test_rounding_keeps_the_order(pair: list[Fraction], mode: RoundingMode) -> None:
    assert scale_fraction(pair[0], 1, mode) <= scale_fraction(pair[1], 1, mode)


def test_sixty_thousand_scores_take_no_time() -> None:
    values = [Fraction(n * 1_000_003, 7_777_777) for n in range(60_000)]

    before = process_time()
    for value in values:
        round_fraction(value, 4)

    assert process_time() - before < 1
