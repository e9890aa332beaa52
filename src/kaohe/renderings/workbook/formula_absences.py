"""Why a row has no score, as a formula: the first figure that is missing, in the order the rule asks.

Only rows without a score ask. The formula gives what stands in the first cell that holds no number, or
the word for what it means when such a cell is blank.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kaohe.expressions import nodes
from kaohe.numbers.absence import Absence
from kaohe.renderings.workbook.formula_nodes import write_piece, write_zero_test
from kaohe.renderings.workbook.formula_peers import write_range
from kaohe.renderings.workbook.grid import Row

Known = frozenset[nodes.Node]
"""Figures and steps that are there, as the tests before have shown."""
Rest = Callable[[Known], str]
"""What the formula goes on to say once a part is known to be there."""


def write_absence_formula(expression: nodes.Named, row: Row, words: Mapping[Absence, str]) -> str:
    """The formula, without its equals sign, for a row that has no score.

    `words` are the words for the absences as a formula writes them, in quotes.
    """
    search = _Search(row, words)
    return search.find(expression, frozenset(), lambda _: words[Absence.EMPTY])


@dataclass(frozen=True)
class _Search:
    """Walks a rule in the order of computation until something is not there."""

    row: Row
    words: Mapping[Absence, str]

    def find(self, node: nodes.Node, known: Known, rest: Rest) -> str:
        """The word for a node's absence; what `rest` says where the node is there."""
        if node in known:
            return rest(known)
        match node:
            case nodes.Facet():
                return self._test_cell(node, rest(known | {node}))
            case nodes.Named():
                return self.find(node.of, known, lambda seen: rest(seen | {node}))
            case nodes.Peer():
                return self._ask_peers(node, known, rest)
            case nodes.When():
                return self._choose(node, known, rest)
            case nodes.WeightedMean(missing="renormalise"):
                return self._find_nobody(node, known, rest)
            case nodes.Divide(on_zero="not_applicable"):
                return self._find_all(
                    (node.above, node.below), known, lambda seen: self._divide(node, seen, rest)
                )
        return self._find_all([*nodes.iterate_children(node)], known, rest)

    def _find_all(self, parts: Sequence[nodes.Node], known: Known, rest: Rest) -> str:
        if not parts:
            return rest(known)
        first, *others = parts
        return self.find(first, known, lambda seen: self._find_all(others, seen, rest))

    def _test_cell(self, node: nodes.Facet, otherwise: str) -> str:
        cell = self.row.cell(node.name)
        blank = Absence.NO_TARGET if node.name == "target" else Absence.EMPTY
        return f'IF(ISNUMBER({cell}),{otherwise},IF({cell}="",{self.words[blank]},{cell}))'

    def _ask_peers(self, node: nodes.Peer, known: Known, rest: Rest) -> str:
        is_own = node.own and not self.row.is_guest and node.of in known
        if is_own or node.statistic in ("sum", "count"):
            return rest(known)
        cells = write_range(node, self.row)
        if not cells:
            return self.words[Absence.EMPTY]
        return f"IF(COUNT({cells})=0,{self.words[Absence.EMPTY]},{rest(known)})"

    def _divide(self, node: nodes.Divide, known: Known, rest: Rest) -> str:
        is_zero = write_zero_test(node.below, self.row)
        return f"IF({is_zero},{self.words[Absence.NOT_APPLICABLE]},{rest(known)})"

    def _choose(self, node: nodes.When, known: Known, rest: Rest) -> str:
        """A choice lacks what the branch it takes lacks."""

        def go_on(seen: Known) -> str:
            then, otherwise = (
                self.find(branch, seen, lambda _: rest(seen))
                for branch in (node.then, node.otherwise)
            )
            if then == otherwise:
                return then
            return f"IF({write_piece(node.condition, self.row).text},{then},{otherwise})"

        return self.find(node.condition, known, go_on)

    def _find_nobody(self, node: nodes.WeightedMean, known: Known, rest: Rest) -> str:
        """A mean of those there lacks its first term where all are missing."""
        there = self._is_anybody_there(node, known)
        first = self.find(node.terms[0], known, lambda _: self.words[Absence.EMPTY])
        return f"IF({there},{rest(known)},{first})"

    def _is_anybody_there(self, node: nodes.WeightedMean, known: Known) -> str:
        """True where a term is there; a word where none is, which no test takes for true."""
        tests = [f"ISLOGICAL({self.find(term, known, lambda _: 'TRUE')})" for term in node.terms]
        return f"OR({','.join(tests)})"
