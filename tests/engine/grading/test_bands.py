"""How many places a share gives."""

from fractions import Fraction

import pytest

from kaohe.grading.bands import count_band_places, count_places
from kaohe.numbers.writing import write_number
from kaohe.scheme.grades import Band


@pytest.mark.parametrize(
    ("base", "floor", "half_up", "ceil"), [(12, 3, 4, 4), (34, 10, 10, 11), (9, 2, 3, 3)]
)
def test_e21_thirty_per_cent_becomes_a_number(base, floor, half_up, ceil):
    share = Fraction("0.3")

    assert count_places(share, base) == floor
    assert count_places(share, base, rounding="half_up") == half_up
    assert count_places(share, base, rounding="ceil") == ceil


@pytest.mark.parametrize(
    ("number", "base", "per_cent"), [(18, 78, "23.08"), (16, 78, "20.51"), (3, 15, "20.00")]
)
def test_e22_shares_of_a_real_publication(number, base, per_cent):
    share = Fraction(number, base)

    assert write_number(share * 100, decimals=2) == per_cent
    assert count_places(share, base) == number


def test_a_least_number_holds_where_the_share_gives_none():
    assert count_places(Fraction("0.2"), 4) == 0
    assert count_places(Fraction("0.2"), 4, at_least=1) == 1
    assert count_places(Fraction("0.2"), 20, at_least=1) == 4
    assert count_places(Fraction("0.2"), 0, at_least=1) == 0


def test_a_band_counts_by_share_by_number_or_from_the_top():
    assert count_band_places(Band(label="A", share="30%", at_least=3), 9, used=5) == 3
    assert count_band_places(Band(label="A", share="0.3"), 9, used=5, rounding="ceil") == 3
    assert count_band_places(Band(label="A", share="0.3"), 9, used=5) == 2
    assert count_band_places(Band(label="A", number=4), 9, used=5) == 4
    assert count_band_places(Band(label="A", up_to="0.6"), 13, used=2) == 5
    assert count_band_places(Band(label="A", up_to="0.2"), 13, used=3) == 0
    assert count_band_places(Band(label="A", rest=True), 13, used=3) is None
