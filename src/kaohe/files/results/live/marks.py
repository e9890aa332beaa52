"""The sheet of full marks: what every score counts for, unit by unit, as the scheme's numbers say."""

from collections.abc import Sequence
from fractions import Fraction

from kaohe.files.results.live.names import across, cell
from kaohe.files.results.live.pen import SheetPen
from kaohe.files.results.live.plan import Line, Plan
from kaohe.files.results.live.tree import Branch, Tree
from kaohe.language import Text
from kaohe.numbers.sums import sum_exactly
from kaohe.scheme import queries
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scoring.rollup import ChildSum

_TITLE = Text(
    "分值：每项得分按多少分计（分值×权重；平均的为权重），与“汇总”同一位置",
    "Full marks: what each score counts for (points × weight; in a mean the weight), in the places of the roll-up",
)


def write_marks(pen: SheetPen, plan: Plan, tree: Tree) -> None:
    """A line a unit, in the columns of the roll-up."""
    pen.text(1, 0, plan.say(_TITLE), "title")
    for each in plan.lines:
        for branch in (*tree.branches, tree.base):
            _write_branch(pen, plan, tree, branch, each)


def _write_branch(pen: SheetPen, plan: Plan, tree: Tree, branch: Branch, each: Line) -> None:
    counts = plan_sum(branch, each).counts
    for place, (child, count) in enumerate(zip(branch.children, counts, strict=True)):
        if count:
            formula = _write_count(plan, tree, branch, child, each)
            pen.formula(each.line, branch.first + place, formula, count)
    if any(counts):
        pen.formula(
            each.line,
            branch.result,
            _write_full(plan, tree, branch, each),
            _find_full(branch, each, counts),
            "result",
        )


def plan_sum(branch: Branch, each: Line) -> ChildSum:
    """What each child counts for with a unit."""
    return ChildSum.plan(branch.children, each.unit, is_mean=branch.is_mean, beside=branch.beside)


def _write_count(plan: Plan, tree: Tree, branch: Branch, child: IndicatorNode, each: Line) -> str:
    weight = plan.parameters.weight(child)
    if branch.is_mean:
        return weight
    points = _write_points(plan, tree, child, each)
    return points if weight == "1" else f"{points}*{weight}"


def _write_points(plan: Plan, tree: Tree, node: IndicatorNode, each: Line) -> str:
    """A node's full marks: as it states them, or as its children have them together."""
    if node.children and node.points is None:
        return cell(tree.by_code[node.code].result, each.line)
    return plan.parameters.points(node, each.group.code) or "0"


def _write_full(plan: Plan, tree: Tree, branch: Branch, each: Line) -> str:
    """What the children count for together; of a mean, their mean full marks."""
    if not branch.is_mean:
        return f"SUM({across(branch.first, branch.last, each.line)})"
    marked = [
        (_write_points(plan, tree, child, each), plan.parameters.weight(child))
        for child in _list_marked(branch, each)
    ]
    if not marked:
        return "0"
    above = "+".join(f"{points}*{weight}" for points, weight in marked)
    return f"({above})/({'+'.join(weight for _, weight in marked)})"


def _list_marked(branch: Branch, each: Line) -> list[IndicatorNode]:
    return [
        child
        for child in branch.children
        if child.family not in queries.ADDED_FAMILIES
        and queries.belongs_to(child, each.unit)
        and queries.points_of(child, each.unit)
    ]


def _find_full(branch: Branch, each: Line, counts: Sequence[Fraction]) -> Fraction:
    if branch.node is not None and branch.is_mean:
        return queries.combine_points(branch.node, each.unit)
    return sum_exactly(counts)
