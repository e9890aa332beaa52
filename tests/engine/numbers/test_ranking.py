"""Places, ties and directions."""

import random
from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaohe.numbers.ranking import Ties, rank_values

scores = st.lists(st.fractions(min_value=0, max_value=5, max_denominator=4), max_size=12)
ways = st.sampled_from(get_args(Ties))


@pytest.mark.parametrize(
    ("ties", "places"),
    [
        ("lowest", ["1", "2", "2", "4"]),
        ("average", ["1", "5/2", "5/2", "4"]),
        ("highest", ["1", "3", "3", "4"]),
        ("dense", ["1", "2", "2", "3"]),
    ],
)
def test_two_that_tie_for_second(ties: Ties, places: list[str]) -> None:
    values = [Fraction(90), Fraction(85), Fraction(85), Fraction(80)]

    assert rank_values(values, ties=ties) == [Fraction(place) for place in places]


def test_places_come_in_the_order_given() -> None:
    assert rank_values([Fraction(70), Fraction(90), Fraction(80)]) == [3, 1, 2]


def test_lower_can_be_better() -> None:
    assert rank_values([Fraction(70), Fraction(90), Fraction(80)], higher_is_better=False) == [
        1,
        3,
        2,
    ]


def test_nobody_has_no_place() -> None:
    assert rank_values([]) == []


def test_alone_is_first() -> None:
    assert [rank_values([Fraction(3)], ties=ties) for ties in get_args(Ties)] == [
        [1],
        [1],
        [1],
        [1],
    ]


@pytest.mark.parametrize(
    ("ties", "place"), [("lowest", "1"), ("average", "2"), ("highest", "3"), ("dense", "1")]
)
def test_all_equal(ties: Ties, place: str) -> None:
    assert rank_values([Fraction(1, 3)] * 3, ties=ties) == [Fraction(place)] * 3


def test_a_hair_decides() -> None:
    third = Fraction(1, 3)

    assert rank_values([third, third + Fraction(1, 10**30)]) == [2, 1]


@given(scores, ways, st.randoms())
def test_the_order_of_rows_changes_nothing(
    values: list[Fraction], ties: Ties, dice: random.Random
) -> None:
    order = list(range(len(values)))
    dice.shuffle(order)
    shuffled = rank_values([values[index] for index in order], ties=ties)

    assert shuffled == [rank_values(values, ties=ties)[index] for index in order]


@given(scores, st.booleans())
def test_lowest_is_one_more_than_those_ahead(values: list[Fraction], higher: bool) -> None:
    def beats(one: Fraction, other: Fraction) -> bool:
        return one > other if higher else one < other

    assert rank_values(values, higher_is_better=higher) == [
        1 + sum(beats(other, value) for other in values) for value in values
    ]


@given(scores)
def test_average_places_add_up(values: list[Fraction]) -> None:
    count = len(values)

    assert sum(rank_values(values, ties="average")) == Fraction(count * (count + 1), 2)


@given(scores)
def test_average_lies_between(values: list[Fraction]) -> None:
    first, between, last = (
        rank_values(values, ties=ties) for ties in ("lowest", "average", "highest")
    )

    assert [(a + b) / 2 for a, b in zip(first, last, strict=True)] == between


@given(scores)
def test_turning_the_values_round_turns_the_direction(values: list[Fraction]) -> None:
    assert rank_values(values) == rank_values([-value for value in values], higher_is_better=False)
