"""Conditions and what hangs on them: branches, bands and tables, for k expressions at once."""

from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from kaohe.renderings.arrays.block_pieces import (
    Condition,
    Level,
    Numbers,
    Outlook,
    Piece,
    View,
    find_span,
    pick_columns,
    with_gaps,
)
from kaohe.renderings.arrays.certified import Bound, bound_choice, bound_sum, negate
from kaohe.renderings.arrays.columns import Floats, Mask

if TYPE_CHECKING:
    from kaohe.renderings.arrays.block_run import BlockRun


class Comparison(Condition):
    """A comparison of two figures, on what they exactly are."""

    def __init__(self, left: Piece, sign: str, right: Piece) -> None:
        self.parts = (left, right)
        self.left, self.sign, self.right = left, sign, right

    def look_ahead(self, run: "BlockRun") -> Outlook:
        gap = bound_sum(run.bound(self.left), negate(run.bound(self.right)))
        run.require(gap, at=self)
        return Outlook(self._foresee(run, gap), is_unknown=gap.gaps)

    def _foresee(self, run: "BlockRun", gap: Bound) -> bool | None:
        """What it says in every row, if that can be told: from few figures, or from the interval."""
        if run.level(self) is Level.ROW:
            above, below = bool((gap.low > gap.noise).all()), bool((gap.high < -gap.noise).all())
            return _SURE[above, below].get(self.sign)
        holds = self.holds(run, run.small_view(run.level(self)))
        return True if holds.all() else None if holds.any() else False

    def holds(self, run: "BlockRun", view: View) -> Mask:
        left, right, margin = view.get(self.left), view.get(self.right), run.margins[self]
        if self.sign in ("<", ">="):
            reached: Mask = left >= right - margin
            return ~reached if self.sign == "<" else reached
        if self.sign in (">", "<="):
            passed: Mask = left > right + margin
            return ~passed if self.sign == "<=" else passed
        equal: Mask = np.abs(left - right) < margin
        return ~equal if self.sign == "!=" else equal

    def find_unknown(self, run: "BlockRun", view: View) -> Mask:
        open_sides = [side for side in (self.left, self.right) if run.bound(side).gaps]
        return reduce(np.logical_or, [np.isnan(view.get(side)) for side in open_sides])


_SURE: dict[tuple[bool, bool], dict[str, bool]] = {
    (True, False): {"<": False, "<=": False, ">": True, ">=": True, "==": False, "!=": True},
    (False, True): {"<": True, "<=": True, ">": False, ">=": False, "==": False, "!=": True},
    (False, False): {},
}
"""What a comparison says where left is surely above, or surely below."""


class Both(Condition):
    """Where every one of several conditions holds."""

    def __init__(self, conditions: Sequence[Condition]) -> None:
        self.parts = tuple(conditions)
        self.conditions = conditions

    def look_ahead(self, run: "BlockRun") -> Outlook:
        outlooks = [run.outlook(condition) for condition in self.conditions]
        always = [each.always for each in outlooks]
        known = False if False in always else None if None in always else True
        return Outlook(known, is_unknown=any(each.is_unknown for each in outlooks))

    def holds(self, _: "BlockRun", view: View) -> Mask:
        return reduce(np.logical_and, [view.holds(each) for each in self.conditions])

    def find_unknown(self, run: "BlockRun", view: View) -> Mask:
        unsure = [each for each in self.conditions if run.outlook(each).is_unknown]
        return reduce(np.logical_or, [each.find_unknown(run, view) for each in unsure])


class Branch(Piece):
    """`then` where the condition holds, `otherwise` elsewhere; missing where it is unknown."""

    def __init__(self, condition: Condition, then: Piece, otherwise: Piece | None) -> None:
        super().__init__(condition, then, *([] if otherwise is None else [otherwise]))
        self.condition, self.then, self.otherwise = condition, then, otherwise

    def bound(self, run: "BlockRun") -> Bound:
        outlook = run.outlook(self.condition)
        taken = [branch for branch in self._list_taken(outlook) if branch is not None]
        bounds = [run.bound(branch) for branch in taken or [self.then]]
        low, high = find_span(bounds)
        chosen = bound_choice(bounds, key=self, low=low, high=high)
        refuses = self.otherwise is None and outlook.always is not True
        return with_gaps(chosen) if outlook.is_unknown or refuses else chosen

    def _list_taken(self, outlook: Outlook) -> list[Piece | None]:
        if outlook.always is None:
            return [self.then, self.otherwise]
        return [self.then if outlook.always else self.otherwise]

    def compute(self, run: "BlockRun", view: View) -> Floats:
        outlook = run.outlook(self.condition)
        branches = [
            np.full((1, 1), np.nan) if branch is None else view.get(branch)
            for branch in self._list_taken(outlook)
        ]
        figures = branches[0]
        if outlook.always is None:
            figures = np.where(view.holds(self.condition), *branches)
        if outlook.is_unknown:
            figures = np.where(self.condition.find_unknown(run, view), np.nan, figures)
        return figures


class Banded(Piece):
    """A value by band: how many edges the figure has reached says which."""

    def __init__(self, of: Piece, edges: Numbers, values: Numbers) -> None:
        super().__init__(of)
        self.of, self.edges, self.values = of, edges, values

    def bound(self, run: "BlockRun") -> Bound:
        gap = bound_sum(run.bound(self.of), negate(run.bound(self.edges)))
        run.require(gap, at=self)
        held = run.bound(self.values)
        return with_gaps(held) if gap.gaps else held

    def compute(self, run: "BlockRun", view: View) -> Floats:
        inside, margin = view.get(self.of), run.margins[self]
        reached = np.zeros(inside.shape, dtype=np.int64)
        for edge in np.hsplit(self.edges.figures - margin, self.edges.figures.shape[1]):
            reached += inside >= edge
        return _keep_missing(inside, pick_columns(self.values.figures, reached), run, self.of)


class Looked(Piece):
    """A value by exact key; missing where the table has none."""

    def __init__(self, of: Piece, keys: Numbers, values: Numbers) -> None:
        super().__init__(of)
        self.of, self.keys, self.values = of, keys, values

    def bound(self, run: "BlockRun") -> Bound:
        run.require(bound_sum(run.bound(self.of), negate(run.bound(self.keys))), at=self)
        return with_gaps(run.bound(self.values))

    def compute(self, run: "BlockRun", view: View) -> Floats:
        inside, margin = view.get(self.of), run.margins[self]
        place = np.zeros(inside.shape, dtype=np.int64)
        for number, key in enumerate(np.hsplit(self.keys.figures, self.keys.figures.shape[1])):
            place[np.abs(inside - key) < margin] = number + 1
        return _keep_missing(inside, pick_columns(self.values.figures, place), run, self.of)


def _keep_missing(inside: Floats, figures: Floats, run: "BlockRun", of: Piece) -> Floats:
    if run.bound(of).gaps:
        figures[np.isnan(inside)] = np.nan
    return figures
