"""Legal caps as whole numbers: always rounded down, for each organ and for all together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from kaohe.scheme.quotas import QuotaPool


def count_cap(headcount: int, share: Fraction) -> int:
    """The most places a share of a headcount allows. Rounding half up would break the law: 12 of 47 at 25 %."""
    return floor(share * headcount)


@dataclass(frozen=True, slots=True)
class Excess:
    """More places than the cap: of an organ, of a pool, or with an empty code of all together."""

    code: str
    places: int
    cap: int


def find_excesses(
    places: Mapping[str, int],
    headcounts: Mapping[str, int],
    share: Fraction,
    pools: Sequence[QuotaPool] = (),
) -> tuple[Excess, ...]:
    """Where a division of places exceeds the cap; organs of an approved pool are held to it together."""
    pooled = {pool.code: pool.organs for pool in pools if pool.approval}
    together = {organ for organs in pooled.values() for organ in organs}
    alone = {organ: (organ,) for organ in places if organ not in together}
    excesses = (
        _find_excess(code, organs, places, headcounts, share)
        for code, organs in {**alone, **pooled, "": tuple(places)}.items()
    )
    return tuple(each for each in excesses if each.places > each.cap)


def _find_excess(
    code: str,
    organs: Iterable[str],
    places: Mapping[str, int],
    headcounts: Mapping[str, int],
    share: Fraction,
) -> Excess:
    listed = list(organs)
    headcount = sum(headcounts.get(organ, 0) for organ in listed)
    return Excess(code, sum(places.get(organ, 0) for organ in listed), count_cap(headcount, share))
