"""Statistics and places within comparison pools, exactly."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from kaohe.expressions.nodes import PlacePoints, Statistic
from kaohe.numbers.absence import Absence
from kaohe.numbers.ranking import Ties, rank_values
from kaohe.numbers.sums import sum_exactly
from kaohe.renderings.frame import Frame

Value = Any
Summary = Callable[[Sequence[Fraction]], Value]

_SUMMARIES: dict[Statistic, Summary] = {
    "min": lambda figures: min(figures, default=Absence.EMPTY),
    "max": lambda figures: max(figures, default=Absence.EMPTY),
    "mean": lambda figures: sum_exactly(figures) / len(figures) if figures else Absence.EMPTY,
    "sum": sum_exactly,
    "count": lambda figures: Fraction(len(figures)),
}


def summarise_pools(
    column: Sequence[Value], frame: Frame, *, statistic: Statistic, own: bool
) -> list[Value]:
    """One statistic of each row's pool, over the members that have a figure."""
    summarise = _SUMMARIES[statistic]
    if own:
        by_pool = [summarise(_figures(column, members)) for members in frame.pools]
        return [by_pool[pool] for pool in frame.pool_of]
    return [
        summarise(_figures(column, [other for other in frame.pools[pool] if other != row]))
        for row, pool in enumerate(frame.pool_of)
    ]


def _figures(column: Sequence[Value], rows: Sequence[int]) -> list[Fraction]:
    return [column[row] for row in rows if type(column[row]) is Fraction]


def rank_in_pools(
    column: Sequence[Value], frame: Frame, *, higher_is_better: bool, ties: Ties
) -> list[Value]:
    """Each row's place in its pool, 1 for the best; an absent figure has no place."""
    places: list[Value] = list(column)
    for rows, members, figures in _fields(column, frame):
        ranks = rank_values(figures, higher_is_better=higher_is_better, ties=ties)
        _assign(places, rows, dict(zip(members, ranks, strict=True)))
    return places


def _assign(places: list[Value], rows: Iterable[int], given: Mapping[int, Value]) -> None:
    for row in rows:
        places[row] = given[row]


def _fields(
    column: Sequence[Value], frame: Frame
) -> Iterator[tuple[list[int], list[int], list[Fraction]]]:
    """Per pool: the rows to be placed, everybody who competes with them, and their figures.

    A row that is compared with a pool it does not belong to competes as its only guest.
    """
    for number, pool in enumerate(frame.pools):
        members = [row for row in pool if type(column[row]) is Fraction]
        inside = set(members)
        placed = [
            row
            for row, compared_with in enumerate(frame.pool_of)
            if compared_with == number and type(column[row]) is Fraction
        ]
        yield _field(column, [row for row in placed if row in inside], members)
        for guest in (row for row in placed if row not in inside):
            yield _field(column, [guest], [*members, guest])


def _field(
    column: Sequence[Value], rows: list[int], members: list[int]
) -> tuple[list[int], list[int], list[Fraction]]:
    return rows, members, [column[row] for row in members]


def give_place_points(column: Sequence[Value], frame: Frame, node: PlacePoints) -> list[Value]:
    """The points of each row's place; tied places share their points where ties are averaged."""
    points: list[Value] = list(column)
    for rows, members, figures in _fields(column, frame):
        given = _points_of_field(figures, node)
        _assign(points, rows, dict(zip(members, given, strict=True)))
    return points


def points_at(node: PlacePoints, place: int) -> Fraction:
    """The points of one place in the table, or beyond it."""
    if place <= len(node.table):
        return node.table[place - 1]
    return node.table[-1] if node.beyond is None else node.beyond


def _points_of_field(figures: Sequence[Fraction], node: PlacePoints) -> list[Fraction]:
    if node.ties != "average":
        ranks = rank_values(figures, higher_is_better=node.higher_is_better, ties=node.ties)
        return [points_at(node, int(rank)) for rank in ranks]
    first = rank_values(figures, higher_is_better=node.higher_is_better, ties="lowest")
    last = rank_values(figures, higher_is_better=node.higher_is_better, ties="highest")
    return [share_places(node, int(low), int(high)) for low, high in zip(first, last, strict=True)]


def share_places(node: PlacePoints, first: int, last: int) -> Fraction:
    """The mean points of the places first…last, which tied rows share."""
    points = [points_at(node, place) for place in range(first, last + 1)]
    return sum_exactly(points) / len(points)
