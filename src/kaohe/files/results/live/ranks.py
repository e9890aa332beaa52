"""Formulas that give places, on figures that are rounded already."""

from collections.abc import Sequence

from kaohe.numbers.ranking import Ties


def write_place(own: str, ranges: str, ties: Ties, *, best: str = ">") -> str:
    """The place of a cell among the numbers of some ranges, 1 for the best.

    `best` is the sign by which a better number differs; texts in the ranges take no part.
    """
    parts = ranges.split(",")
    ahead = "+".join(f'COUNTIF({each},"{best}"&{own})' for each in parts)
    same = "+".join(f"COUNTIF({each},{own})" for each in parts)
    if ties == "lowest":
        return f"{ahead}+1"
    if ties == "highest":
        return f"{ahead}+{same}"
    if ties == "average":
        return f"{ahead}+({same}+1)/2"
    return _write_dense(own, parts, best)


def _write_dense(own: str, parts: Sequence[str], best: str) -> str:
    """Every better number counts once, however many have it."""
    counts = []
    for each in parts:
        same = "+".join(f'COUNTIF({other},{each}&"")' for other in parts)
        counts.append(f"SUMPRODUCT(ISNUMBER({each})*({each}{best}{own})/({same}))")
    return f"ROUND({'+'.join(counts)},0)+1"
