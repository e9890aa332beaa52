"""The sheet that adds up: leaves to branches, branches to the base, then bonus, deduction and total."""

from collections.abc import Sequence
from fractions import Fraction

from kaohe.files.results import words as told
from kaohe.files.results.live import words as live
from kaohe.files.results.live.blocks import COUNTED, TREATMENT
from kaohe.files.results.live.marks import plan_sum
from kaohe.files.results.live.names import across, cell, quote_sheet, refer, span
from kaohe.files.results.live.parameters import TOTAL
from kaohe.files.results.live.pen import Book, SheetPen, show_decimals
from kaohe.files.results.live.plan import Line, Plan
from kaohe.files.results.live.tree import Branch, Tree
from kaohe.language import Text
from kaohe.scheme import queries
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.units import Unit

CODE, UNIT, GROUP = range(3)
_WEIGHTS = 4
_TIMES = '"×"General'
_TITLE = Text(
    "汇总：各项得分逐级相加；缺项的按其余各项的分值折算；“—”不是该单位的指标",
    "Roll-up: scores added up the tree; what is left out is scaled away; — is no indicator of the unit's",
)
_TOPS = (told.BASE, told.BONUS, told.DEDUCTION)
_TOTALS = (
    Text("计入加分", "Bonus counted"), Text("计入扣分", "Deduction counted"), told.TOTAL, told.MISSING,
)  # fmt: skip


def write_rollup(book: Book, pen: SheetPen, plan: Plan, tree: Tree) -> None:
    """A line a unit; every branch behind its children, the total last."""
    pen.text(1, CODE, plan.say(_TITLE), "title")
    for place, head in enumerate(_TOTALS):
        _write_head(pen, tree.bonus_counted + place, "", plan.say(head))
    for branch in tree.iterate():
        _write_weights(pen, plan, branch)
    for each in plan.lines:
        for branch in tree.iterate():
            _write_children(pen, plan, tree, branch, each)
        for branch in tree.branches:
            score = plan.result.scores.score_of(branch.node.code, each.row) if branch.node else None
            _write_score(
                pen, plan, each, branch.result, _write_branch(plan, tree, branch, each), score
            )
        _write_total(pen, plan, tree, each)
    for head, column in zip((told.BASE, told.TOTAL), (tree.base.result, tree.total), strict=True):
        name = plan.names.take(plan.say(head))
        target = span(column, plan.lines[0].line, plan.last_line)
        book.define(name, f"{quote_sheet(plan.rollup)}!{target}")


def write_tree_heads(pen: SheetPen, plan: Plan, tree: Tree) -> None:
    """Two lines of heads, code and name, over every child and every branch; then the units."""
    say = plan.say
    for line in (2, 3, 4):
        pen.texts(line, ["", "", ""], style="head")
    pen.texts(4, [say(head) for head in (told.CODE, told.UNIT, told.GROUP)], style="head")
    for branch, name in zip(tree.tops, _TOPS, strict=True):
        _write_head(pen, branch.result, "", say(name))
    for branch in tree.iterate():
        for column, node in branch.columns:
            _write_head(pen, column, node.code, node.name)
    for each in plan.lines:
        pen.texts(each.line, (each.unit.code, each.unit.name, each.group.name))
    pen.height(3, 2)
    pen.widths([10, 26, 22])
    pen.widths([11] * (tree.provisional - 2), first=3)
    pen.print_wide(4, columns=2, fit=False)


def _write_head(pen: SheetPen, column: int, code: str, name: str) -> None:
    for line, text in zip((2, 3, 4), (code, name, ""), strict=True):
        pen.text(line, column, text, "number head")


def _write_weights(pen: SheetPen, plan: Plan, branch: Branch) -> None:
    """The weights of a branch's children, where any has one."""
    if has_weights(plan, branch):
        for place, child in enumerate(branch.children):
            weight = plan.parameters.weight(child)
            pen.formula(_WEIGHTS, branch.first + place, weight, child.weight, "number head", _TIMES)


def has_weights(plan: Plan, branch: Branch) -> bool:
    """Whether any child of a branch counts with a weight."""
    return any(plan.parameters.weight(child) != "1" for child in branch.children)


def _write_children(pen: SheetPen, plan: Plan, tree: Tree, branch: Branch, each: Line) -> None:
    for place, child in enumerate(branch.children):
        column = branch.first + place
        source = _find_score(plan, tree, child, each)
        if source is None:
            pen.text(each.line, column, live.NOT_ITS_OWN, "absent")
        else:
            score = plan.result.scores.score_of(child.code, each.row)
            _write_score(pen, plan, each, column, source, score, style="figure")


def _find_score(plan: Plan, tree: Tree, node: IndicatorNode, each: Line) -> str | None:
    """The cell of a node's score for a unit; None where the node is not the unit's."""
    if not queries.belongs_to(node, each.unit):
        return None
    if node.children:
        return cell(tree.by_code[node.code].result, each.line)
    block = plan.blocks[node.code]
    return refer(block.sheet, COUNTED, block.line_of[each.row])


def _write_score(
    pen: SheetPen,
    plan: Plan,
    each: Line,
    column: int,
    formula: str,
    score: Fraction | None,
    style: str = "result",
) -> None:
    number = show_decimals(plan.model.rounding.indicator)
    pen.formula(each.line, column, formula, score, style, number)


def _write_branch(plan: Plan, tree: Tree, branch: Branch, each: Line) -> str:
    """Sum or mean of what is there, scaled to what all would count for, within the branch's bounds."""
    scores = across(branch.first, branch.last, each.line)
    marks = f"{quote_sheet(plan.marks)}!{scores}"
    there = f"SUMPRODUCT(ISNUMBER({scores})*{marks})"
    full = refer(plan.marks, branch.result, each.line)
    planned = plan_sum(branch, each)
    mixed = any(
        not count and queries.belongs_to(child, each.unit)
        for child, count in zip(branch.children, planned.counts, strict=True)
    )
    if not any(planned.counts):
        return _hold(plan, branch, f"COUNT({scores})=0", _write_sum(plan, branch, each))
    if mixed:
        counted = _write_sum(plan, branch, each, f"--({marks}<>0)")
        beside = _write_sum(plan, branch, each, f"--({marks}=0)")
    else:
        counted, beside = _write_sum(plan, branch, each), ""
    scaled = f"{counted}/{there}" if branch.is_mean else f"{counted}*{full}/{there}"
    whole = f"{scaled}+{beside}" if beside else scaled
    return _hold(plan, branch, f"{there}=0", whole)


def _write_sum(plan: Plan, branch: Branch, each: Line, only: str = "") -> str:
    """The sum of the scores by weight; `only` those with a 1 in another row."""
    scores = across(branch.first, branch.last, each.line)
    factors = [scores]
    if has_weights(plan, branch):
        first, last = (cell(column, _WEIGHTS) for column in (branch.first, branch.last))
        factors.append(f"{first}:{last}".replace(str(_WEIGHTS), f"${_WEIGHTS}"))
    if only:
        factors.append(only)
    return f"SUM({scores})" if len(factors) == 1 else f"SUMPRODUCT({','.join(factors)})"


def _hold(plan: Plan, branch: Branch, is_empty: str, whole: str) -> str:
    code = branch.node.code if branch.node else ""
    return f'IF({is_empty},"",{hold_within(plan, code, whole)})'


def hold_within(plan: Plan, code: str, formula: str) -> str:
    """A formula within the bounds the scheme sets for a node or for the total."""
    if least := plan.parameters.find(code, "minimum"):
        formula = f"MAX({formula},{least})"
    if most := plan.parameters.find(code, "maximum"):
        formula = f"MIN({formula},{most})"
    return formula


def _write_total(pen: SheetPen, plan: Plan, tree: Tree, each: Line) -> None:
    total = plan.result.scores.totals[each.row]
    line, find = each.line, plan.parameters.find
    base, bonus, deduction = (cell(branch.result, line) for branch in tree.tops)
    counted, taken = cell(tree.bonus_counted, line), cell(tree.deduction_counted, line)
    cap, most = find(TOTAL, "bonus_cap"), find(TOTAL, "deduction_cap")
    held = "0" if plan.model.total.bonus == "tie_break" else f"MIN({bonus},{cap})" if cap else bonus
    less = f"MAX({deduction},0)"
    whole = hold_within(plan, TOTAL, f"{base}+{counted}-{taken}")
    written: Sequence[tuple[int, str, Fraction | None]] = (
        (tree.base.result, _write_branch(plan, tree, tree.base, each), total.base),
        (tree.bonus.result, _sum_beside(plan, tree.bonus, each), total.bonus),
        (tree.deduction.result, f"-{_sum_beside(plan, tree.deduction, each)}", total.deduction),
        (tree.bonus_counted, held, total.bonus_counted),
        (tree.deduction_counted, f"MIN({less},{most})" if most else less, total.deduction_counted),
        (tree.total, f'IF({base}="","",{whole})', total.total),
    )
    for column, formula, value in written:
        _write_score(pen, plan, each, column, formula, value)
    _write_provisional(pen, plan, tree, each)


def _sum_beside(plan: Plan, branch: Branch, each: Line) -> str:
    return _write_sum(plan, branch, each) if branch.children else "0"


def _write_provisional(pen: SheetPen, plan: Plan, tree: Tree, each: Line) -> None:
    """How many figures of a unit are still to come."""
    word = plan.say.quoted(live.TREATMENTS["provisional"])
    found = len(plan.result.scores.totals[each.row].provisional)
    formula = count_lines(plan, each.unit, TREATMENT, word)
    pen.formula(each.line, tree.provisional, formula, found)


def count_lines(plan: Plan, unit: Unit, column: int, value: str) -> str:
    """On how many of a unit's lines on the sheets of steps a column has a value."""
    own = cell(CODE, plan.line_of[unit.code])
    counts = []
    for sheet in plan.step_sheets:
        lines = [block.last for block in plan.blocks.values() if block.sheet == sheet]
        if lines:
            codes, found = (
                f"{quote_sheet(sheet)}!{span(each, 1, max(lines))}" for each in (CODE, column)
            )
            counts.append(f"SUMPRODUCT(EXACT({codes},${own})*({found}={value}))")
    return "+".join(counts) or "0"
