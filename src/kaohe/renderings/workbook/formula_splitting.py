"""Steps whose formula would be longer or deeper than spreadsheets allow, split into several columns."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import count

from kaohe.expressions import nodes
from kaohe.expressions.structure import PeerNode, rewrite
from kaohe.language import Text
from kaohe.renderings.workbook.formula_nodes import write_piece
from kaohe.renderings.workbook.formulas import write_step_formula
from kaohe.renderings.workbook.grid import Grid, Row

LONGEST = 8_000
"""Characters; Excel allows 8,192."""
DEEPEST = 60
"""Functions one inside the other; Excel allows 64."""

_CONDITIONS = nodes.Compare | nodes.All
_CELLS = nodes.Facet | nodes.Named | nodes.Constant | nodes.Parameter | nodes.Points


def split_long_steps(score: nodes.Named) -> nodes.Named:
    """The expression with parts of too long steps as steps of their own: the same where none is."""
    if all(_fits(write_step_formula(step, _WIDEST)) for step in nodes.list_steps(score)):
        return score
    return _split_inside(score, {})


def _split_inside(step: nodes.Named, known: dict[str, nodes.Named]) -> nodes.Named:
    """A step with all steps it is made of, split where needed, each once."""

    def change(node: nodes.Node) -> nodes.Node | None:
        return _split_inside(node, known) if isinstance(node, nodes.Named) else None

    if step.name not in known:
        known[step.name] = _split_step(replace(step, of=rewrite(step.of, change)))
    return known[step.name]


def _split_step(step: nodes.Named) -> nodes.Named:
    """Takes out the largest part that fits into a cell itself, until the rest fits too."""
    for number in count(1):
        if _fits(write_step_formula(step, _WIDEST)):
            break
        label = Text(f"{step.label.zh}·{number}", f"{step.label.en} · {number}")
        part = nodes.Named(f"{step.name}_{number}", label, _find_largest(step))
        step = replace(step, of=rewrite(step.of, partial(_exchange, part)))
    return step


def _exchange(part: nodes.Named, node: nodes.Node) -> nodes.Node | None:
    if isinstance(node, nodes.Named):
        return node
    return part if node == part.of else None


def _find_largest(step: nodes.Named) -> nodes.Node:
    """The part with the longest formula of those that fit into a cell."""
    lengths = {part: len(write_piece(part, _WIDEST).text) for part in _list_parts(step.of)}
    del lengths[step.of]
    return next(
        part
        for part in sorted(lengths, key=lengths.__getitem__, reverse=True)
        if _fits(_write_alone(part))
    )


def _list_parts(node: nodes.Node) -> Iterator[nodes.Node]:
    """What could stand in a cell of its own, outermost first."""
    if isinstance(node, _CELLS):
        return
    if not isinstance(node, _CONDITIONS):
        yield node
    if not isinstance(node, PeerNode):
        for child in nodes.iterate_children(node):
            yield from _list_parts(child)


def _write_alone(node: nodes.Node) -> str:
    return write_step_formula(nodes.Named("part", Text("", ""), node), _WIDEST)


def _fits(formula: str) -> bool:
    return len(formula) <= LONGEST and _measure_nesting(formula) <= DEEPEST


def _measure_nesting(formula: str) -> int:
    """How many brackets are open at most, those of functions and others alike."""
    depth = deepest = 0
    for sign in formula:
        depth += (sign == "(") - (sign == ")")
        deepest = max(deepest, depth)
    return deepest


class _Anywhere(Mapping[str, str]):
    """Every column at the far end of a sheet, every parameter under a long name."""

    def __init__(self, reference: str) -> None:
        self._reference = reference

    def __getitem__(self, name: str) -> str:
        return self._reference

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


_WIDEST = Row(Grid(_Anywhere("XFD"), _Anywhere("p" * 40), lambda node: 12), 99_998, 99_997, 99_999)
