"""Caps are rounded down; whatever is above them is found."""

from fractions import Fraction

import pytest

from kaohe.grading.caps import Excess, count_cap, find_excesses
from kaohe.scheme.quotas import QuotaPool

DEPARTMENTS = {"甲": 3, "乙": 4, "丙": 6, "丁": 7, "戊": 8}


@pytest.mark.parametrize(("share", "cap"), [("0.15", 7), ("0.2", 9), ("0.25", 11)])
def test_e23_caps_of_forty_seven(share, cap):
    assert count_cap(47, Fraction(share)) == cap


def test_e23_half_up_would_be_illegal():
    assert find_excesses({"甲": 12}, {"甲": 47}, Fraction("0.25")) == (
        Excess("甲", 12, 11),
        Excess("", 12, 11),
    )
    assert find_excesses({"甲": 11}, {"甲": 47}, Fraction("0.25")) == ()


def test_e24_rounding_each_department_exceeds_the_total():
    naive = dict(zip(DEPARTMENTS, [1, 1, 1, 1, 2], strict=True))
    pool = QuotaPool(code="P", organs=tuple(DEPARTMENTS), approval="甲组〔2020〕1号")

    assert find_excesses(naive, DEPARTMENTS, Fraction("0.2"), [pool]) == (
        Excess("P", 6, 5),
        Excess("", 6, 5),
    )


def test_a_pool_without_approval_is_no_excuse():
    divided = dict(zip(DEPARTMENTS, [0, 1, 1, 1, 2], strict=True))
    pool = QuotaPool(code="P", organs=tuple(DEPARTMENTS))
    approved = QuotaPool(code="P", organs=tuple(DEPARTMENTS), approval="甲组〔2020〕1号")

    assert find_excesses(divided, DEPARTMENTS, Fraction("0.2"), [approved]) == ()
    assert find_excesses(divided, DEPARTMENTS, Fraction("0.2"), [pool]) == (
        Excess("乙", 1, 0),
        Excess("戊", 2, 1),
    )


def test_an_organ_without_headcount_may_have_nothing():
    assert find_excesses({"己": 1}, {}, Fraction("0.2")) == (Excess("己", 1, 0), Excess("", 1, 0))


def test_an_organ_of_a_pool_that_asks_for_nothing_counts_for_nothing():
    pool = QuotaPool(code="P", organs=("甲", "乙", "丙"), approval="1号")

    assert find_excesses({"甲": 3}, {"甲": 1, "乙": 1}, Fraction(1), [pool]) == (
        Excess("P", 3, 2),
        Excess("", 3, 1),
    )
