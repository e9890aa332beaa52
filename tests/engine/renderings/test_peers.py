"""Pools, with guests that are compared with a pool they do not belong to."""

from fractions import Fraction

from kaohe.expressions.nodes import Facet, Peer, PlacePoints, Rank
from kaohe.renderings.exact import evaluate
from kaohe.renderings.frame import Frame
from kaohe.renderings.peers import points_at, share_places
from tests.engine.renderings.samples import read

A = Facet("a")
TABLE = (Fraction(9), Fraction(7), Fraction(4))
GUEST = Frame(
    facets={"a": read("5", "3", "3", "1", "4", "empty")},
    points=[Fraction(1)] * 6,
    pool_of=[0, 0, 0, 0, 0, 0],
    pools=[[0, 1, 2, 3]],
)
"""The last two rows are compared with the pool of the first four, to which they do not belong."""


def test_a_guest_is_placed_among_the_pool_and_moves_nobody() -> None:
    assert evaluate(Rank(A), GUEST).values == read("1", "2", "2", "4", "2", "empty")
    assert evaluate(Rank(A, False, "average"), GUEST).values == read(
        "4", "2.5", "2.5", "1", "4", "empty"
    )


def test_a_guest_has_the_points_of_its_place() -> None:
    assert evaluate(PlacePoints(A, TABLE), GUEST).values == read("9", "7", "7", "4", "7", "empty")


def test_a_guests_figure_is_in_no_statistic() -> None:
    assert evaluate(Peer("sum", A), GUEST).values == [12] * 6
    assert evaluate(Peer("sum", A, own=False), GUEST).values == [7, 9, 9, 11, 12, 12]


def test_places_beyond_the_table_have_its_last_points_or_others() -> None:
    assert [points_at(PlacePoints(A, TABLE), place) for place in (1, 3, 4, 9)] == [9, 4, 4, 4]
    assert points_at(PlacePoints(A, TABLE, beyond=Fraction(1, 2)), 4) == Fraction(1, 2)


def test_tied_places_share_their_points_evenly() -> None:
    assert share_places(PlacePoints(A, TABLE), 1, 2) == 8
    assert share_places(PlacePoints(A, TABLE, beyond=Fraction(0)), 2, 4) == Fraction(11, 3)
