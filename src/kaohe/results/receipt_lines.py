"""The lines of a receipt that come after the rule: bounds, rounding, gaps, vetoes, adding up."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from kaohe.errors import Place
from kaohe.language import Text
from kaohe.numbers.absence import Absence, Cell
from kaohe.numbers.sums import sum_exactly
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.policies import MissingPolicy, TotalPolicy
from kaohe.scoring.scores import BranchScore, LeafScore, TotalScore


class ReceiptLine(NamedTuple):
    """One line of a receipt: what it is, how it came, its exact value, and where it was read."""

    label: Text
    note: Text | None = None
    value: Cell | None = None
    place: Place | None = None


_POLICIES: dict[MissingPolicy, Text] = {
    "group_mean": Text("缺数：按同组该项平均得分计", "no figure: the group's mean score counts"),
    "comparable_mean": Text(
        "缺数：按可比单位该项平均得分计", "no figure: the comparable units' mean score counts"
    ),
    "leave_out": Text(
        "不计入，其余指标按分值折算", "left out; the others are scaled to full marks"
    ),
    "zero": Text("缺数：按零分计", "no figure: counts as zero"),
    "provisional": Text("缺数：暂不计入，补报前不得公布", "no figure yet: blocks publication"),
}
_ABSENCES = {
    Absence.EMPTY: Text("未报", "not reported"),
    Absence.NOT_APPLICABLE: Text("不适用", "not applicable"),
    Absence.NOT_DUE: Text("未到期", "not due"),
    Absence.REFUSED: Text("拒报", "refused"),
    Absence.NO_TARGET: Text("未定目标", "no target"),
}
_NOTHING_SCORED = Text("没有可计分的下级指标", "nothing below it is scored")
_HELD = Text("按本项上下限", "held within the indicator's bounds")


def describe_absence(absence: Absence) -> Text:
    """The word for why there is no figure."""
    return _ABSENCES[absence]


def describe_policy(policy: MissingPolicy) -> Text:
    """What the scheme makes of a figure that is not there."""
    return _POLICIES[policy]


def tell_leaf(cell: LeafScore, rounding: Text) -> Iterator[ReceiptLine]:
    """From what the rule gave to the score: bounds, rounding, missing policy, veto."""
    if cell.clamped is not None and cell.clamped != cell.raw:
        yield ReceiptLine(_HELD, value=cell.clamped)
    if cell.policy is not None:
        yield from _tell_gap(cell, cell.policy)
    if not cell.vetoed_by and (cell.mean_of or cell.policy is None):
        yield ReceiptLine(rounding, value=cell.score)
    if cell.vetoed_by:
        veto = Text(f"否决 {cell.vetoed_by}：本项记零分", f"veto {cell.vetoed_by}: zero")
        yield ReceiptLine(veto, value=cell.score)


def _tell_gap(cell: LeafScore, policy: MissingPolicy) -> Iterator[ReceiptLine]:
    """What stands in for a figure, a mean with what it is taken of and before it is rounded."""
    value = None if cell.vetoed_by else cell.score
    if cell.mean_of:
        count, whole = Fraction(len(cell.mean_of)), sum_exactly(cell.mean_of)
        yield ReceiptLine(Text("有得分的单位数", "units with a score"), value=count)
        yield ReceiptLine(Text("其得分合计", "sum of their scores"), value=whole)
        value = whole / count
    yield ReceiptLine(_ABSENCES[cell.absence or Absence.EMPTY], _POLICIES[policy], value)


def tell_branch(node: IndicatorNode, branch: BranchScore) -> Iterator[ReceiptLine]:
    """From the parts to a branch's score: sum or mean, renormalising, what is added beside, bounds."""
    is_mean = node.combine == "weighted_mean"
    if branch.present and is_mean:
        yield ReceiptLine(Text("加权合计", "weighted sum"), value=branch.sum)
        yield ReceiptLine(Text("权重合计", "sum of weights"), value=branch.present)
    elif branch.present:
        yield ReceiptLine(Text("各项合计", "sum"), value=branch.sum)
        yield from _tell_scaling(branch)
    yield from _tell_added(branch)
    before = _add_up(branch, is_mean=is_mean)
    note = _NOTHING_SCORED if before is None else None
    if before != branch.score:
        note = _HELD
        yield ReceiptLine(Text("未限前", "before the bounds"), value=before)
    yield ReceiptLine(Text("得分", "score"), note, branch.score)


def _tell_added(branch: BranchScore) -> Iterator[ReceiptLine]:
    if branch.added or (branch.children and not branch.present):
        yield ReceiptLine(Text("加减分合计", "bonus and deductions"), value=branch.added)


def _tell_scaling(branch: BranchScore) -> Iterator[ReceiptLine]:
    if branch.present != branch.full:
        yield ReceiptLine(
            Text("计分部分分值", "points of what is scored"),
            Text("合计 × 全部分值 ÷ 计分部分分值", "sum × all points ÷ points of what is scored"),
            branch.present,
        )
        yield ReceiptLine(Text("全部分值", "all points"), value=branch.full)


def _add_up(branch: BranchScore, *, is_mean: bool) -> Fraction | None:
    """The branch's score before its bounds."""
    if not branch.present:
        return branch.added if branch.children and not branch.full else None
    whole = Fraction(1) if is_mean else branch.full
    return branch.sum * whole / branch.present + branch.added


def tell_total(base: BranchScore, total: TotalScore, policy: TotalPolicy) -> Iterator[ReceiptLine]:
    """From the top of the tree to the total: base, bonus and deduction with their caps, the clamp."""
    if base.present:
        yield ReceiptLine(Text("基础各项合计", "sum of the base"), value=base.sum)
        yield from _tell_scaling(base)
    yield from _tell_added(base)
    yield ReceiptLine(Text("基础分", "base"), value=total.base)
    if total.bonus or total.bonus_counted:
        yield ReceiptLine(Text("加分", "bonus"), value=total.bonus)
        if policy.bonus == "tie_break":
            note = Text("仅用于同分定序", "for breaking ties only")
            yield ReceiptLine(Text("计入总分的加分", "bonus counted"), note, total.bonus_counted)
        elif total.bonus != total.bonus_counted:
            note = Text("按加分上限", "held to the cap")
            yield ReceiptLine(Text("计入总分的加分", "bonus counted"), note, total.bonus_counted)
    if total.deduction:
        yield ReceiptLine(Text("扣分", "deduction"), value=total.deduction)
        if total.deduction != total.deduction_counted:
            note = Text("按扣分上限", "held to the cap")
            yield ReceiptLine(
                Text("计入总分的扣分", "deduction counted"), note, total.deduction_counted
            )
    yield from _tell_clamp(total)
    note = Text("基础分 + 加分 − 扣分", "base + bonus − deduction")
    yield ReceiptLine(Text("总分", "total"), note, total.total)


def _tell_clamp(total: TotalScore) -> Iterator[ReceiptLine]:
    if total.base is None:
        return
    before = total.base + total.bonus_counted - total.deduction_counted
    if before != total.total:
        held = Text("超出总分上下限，按上下限计", "beyond the bounds of the total, which hold")
        yield ReceiptLine(Text("加减后", "added up"), held, before)
