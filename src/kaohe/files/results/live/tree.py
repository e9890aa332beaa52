"""Where the tree is added up: every branch has its children side by side and its own score behind them.

The sheets of full marks and of scores have the same columns, so that a score and what it counts for
stand in the same place.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kaohe.files.results.live.plan import Plan
from kaohe.scheme import queries
from kaohe.scheme.indicators import IndicatorNode

FIRST_FREE = 3
"""The first column behind code, unit and group."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch, or the top of the tree where `node` is None: its children's columns, then its own.

    `beside` says that it stands inside a bonus or a deduction.
    """

    node: IndicatorNode | None
    children: Sequence[IndicatorNode]
    first: int
    beside: bool = False

    @property
    def last(self) -> int:
        """The last child's column."""
        return self.first + len(self.children) - 1

    @property
    def result(self) -> int:
        """The column of the branch's own score."""
        return self.first + len(self.children)

    @property
    def columns(self) -> Iterator[tuple[int, IndicatorNode]]:
        """Every column with the node whose score it has; the top of the tree has none."""
        yield from ((self.first + place, child) for place, child in enumerate(self.children))
        if self.node is not None:
            yield self.result, self.node

    @property
    def is_mean(self) -> bool:
        """Whether the children are averaged."""
        return self.node is not None and self.node.combine == "weighted_mean"


class Tree:
    """Every branch with its columns, the deepest first; then base, bonus, deduction and total."""

    def __init__(self, plan: Plan) -> None:
        self.branches: list[Branch] = []
        self._next = FIRST_FREE
        for top in plan.model.indicators:
            self._add(top, beside=False)
        self.by_code = {branch.node.code: branch for branch in self.branches if branch.node}
        self.base = self._place(None, queries.base_nodes(plan.model))
        self.bonus = self._place(None, _list_family(plan, "bonus"))
        self.deduction = self._place(None, _list_family(plan, "deduction"))
        self.bonus_counted, self.deduction_counted, self.total, self.provisional = range(
            self._next, self._next + 4
        )

    def column_of(self, code: str) -> int | None:
        """The column of a node's score; a leaf's is the one among its branch's children."""
        if code in self.by_code:
            return self.by_code[code].result
        columns = (pair for branch in self.iterate() for pair in branch.columns)
        return next((column for column, node in columns if node.code == code), None)

    @property
    def tops(self) -> Sequence[Branch]:
        """What the total is made of."""
        return self.base, self.bonus, self.deduction

    def _add(self, node: IndicatorNode, *, beside: bool) -> None:
        if not node.children:
            return
        beside = beside or node.family in queries.ADDED_FAMILIES
        for child in node.children:
            self._add(child, beside=beside)
        self.branches.append(self._place(node, node.children, beside=beside))

    def _place(
        self, node: IndicatorNode | None, children: Sequence[IndicatorNode], *, beside: bool = False
    ) -> Branch:
        branch = Branch(node, children, self._next, beside)
        self._next = branch.result + 1
        return branch

    def iterate(self) -> Iterator[Branch]:
        """Every branch, then the top."""
        yield from self.branches
        yield from self.tops


def _list_family(plan: Plan, family: str) -> list[IndicatorNode]:
    return [node for node in plan.model.indicators if node.family == family]
