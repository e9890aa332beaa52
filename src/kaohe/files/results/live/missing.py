"""What a live workbook makes of a missing figure: why it is missing, what the scheme says, what counts."""

from collections.abc import Sequence

from kaohe.files.results.live import words as live
from kaohe.files.results.live.blocks import ABSENCE, POINTS, TREATMENT, Block, BlockRow
from kaohe.files.results.live.data import DataLayout
from kaohe.files.results.live.names import cell, join_lines, span, spans
from kaohe.files.results.live.plan import Plan
from kaohe.numbers.absence import Absence
from kaohe.renderings.workbook.formula_absences import write_absence_formula
from kaohe.renderings.workbook.formulas import write_rounded
from kaohe.renderings.workbook.grid import Row
from kaohe.scheme import queries
from kaohe.scheme.policies import MissingPolicy

_ALL_POLICIES: tuple[MissingPolicy, ...] = (
    "zero", "leave_out", "provisional", "group_mean", "comparable_mean",
)  # fmt: skip
_MEAN_DIGITS = 11


class MissingFormulas:
    """The formulas of one block that say why a score is missing and what counts instead."""

    def __init__(self, plan: Plan, block: Block, layout: DataLayout) -> None:
        self._plan = plan
        self._block = block
        self._layout = layout
        self._units = plan.units
        self._rounding = queries.rounding_of(plan.model, block.leaf)
        model, leaf = plan.model, block.leaf
        self._policies = {each: queries.missing_policy(model, leaf, each) for each in Absence}

    def write_absence(self, row: Row) -> str:
        """Why there is no score, for a row that has none."""
        words = {absence: self._plan.say.quoted(word) for absence, word in live.ABSENCES.items()}
        return write_absence_formula(self._block.leaf.expression, row, words)

    def write_treatment(self, each: BlockRow) -> str:
        """What the scheme makes of it; an unknown word is an error, never a zero in silence."""
        own = cell(ABSENCE, each.line)
        made = "NA()"
        for policy in reversed(_ALL_POLICIES):
            absences = [absence for absence, found in self._policies.items() if found == policy]
            if absences:
                made = f"IF({self._is_any(own, absences)},{self._say_policy(policy, each)},{made})"
        made = f'IF({own}="","",{made})'
        vetoes = self._list_vetoes(each)
        if not vetoes:
            return made
        met = "+".join(f"N({veto})" for veto in vetoes)
        left = [absence for absence, found in self._policies.items() if found == "leave_out"]
        counts = f"AND({met}>0,NOT({self._is_any(own, left)}))" if left else f"{met}>0"
        return f"IF({counts},{self._plan.say.quoted(live.VETOED)},{made})"

    def write_counted(self, each: BlockRow) -> str:
        """The score that counts: the rule's, a zero, a mean, or none."""
        how, score = cell(TREATMENT, each.line), cell(self._block.rounded, each.line)
        say = self._plan.say
        policies = set(self._policies.values())
        counted = '""'
        for policy in ("comparable_mean", "group_mean"):
            if policy in policies and (mean := self._write_mean(policy, each)):
                word = say.quoted(live.TREATMENTS[policy])
                counted = f"IF({how}={word},{mean},{counted})"
        zeros = [live.TREATMENTS["zero"]] if "zero" in policies else []
        zeros += [live.VETOED] if self._list_vetoes(each) else []
        for zero in zeros:
            counted = f"IF({how}={say.quoted(zero)},0,{counted})"
        return f'IF({how}="",{score},{counted})'

    def show_absence(self, each: BlockRow) -> str:
        """The word that stands there before anything recalculates."""
        absence = self._block.scores.cells[each.row].absence
        return self._plan.say(live.ABSENCES[absence]) if absence else ""

    def show_treatment(self, each: BlockRow) -> str:
        """The word for what was made of a missing figure, or of a veto."""
        found = self._block.scores.cells[each.row]
        if found.vetoed_by:
            return self._plan.say(live.VETOED)
        return self._plan.say(live.TREATMENTS[found.policy]) if found.policy else ""

    def _is_any(self, own: str, absences: Sequence[Absence]) -> str:
        tests = [f"{own}={self._plan.say.quoted(live.ABSENCES[each])}" for each in absences]
        return tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"

    def _say_policy(self, policy: MissingPolicy, each: BlockRow) -> str:
        word = self._plan.say.quoted(live.TREATMENTS[policy])
        if policy not in ("group_mean", "comparable_mean"):
            return word
        provisional = self._plan.say.quoted(live.TREATMENTS["provisional"])
        lines = self._list_peers(policy, each)
        if not lines:
            return provisional
        return f"IF(COUNT({spans(self._block.rounded, lines)})=0,{provisional},{word})"

    def _list_peers(self, policy: str, each: BlockRow) -> list[int]:
        """The lines of the units whose mean stands in."""
        members: Sequence[int]
        if policy == "comparable_mean":
            frame = self._block.evaluation.frame
            members = frame.pools[frame.pool_of[each.row]]
        else:
            members = self._plan.peers[self._units[each.row].group]
        return [self._block.line_of[row] for row in members if row in self._block.line_of]

    def _write_mean(self, policy: str, each: BlockRow) -> str | None:
        lines = self._list_peers(policy, each)
        if not lines:
            return None
        mean = f"AVERAGE({spans(self._block.rounded, lines)})"
        points, chosen = self._block.evaluation.frame.points, set(lines)
        rows = [row for row, line in self._block.line_of.items() if line in chosen]
        marks = {points[row] for row in (*rows, each.row)}
        if len(marks) > 1:
            mean = self._fold(lines, each)
        rounding = self._rounding
        return write_rounded(
            mean, digits=_MEAN_DIGITS, decimals=rounding.indicator, mode=rounding.mode
        )

    def _fold(self, lines: Sequence[int], each: BlockRow) -> str:
        """The mean of the peers' scores, each in proportion to its full marks where it has any."""
        block, own = self._block, cell(POINTS, each.line)
        points = block.evaluation.frame.points
        chosen = set(lines)
        marked = [line for row, line in block.line_of.items() if line in chosen and points[row]]
        parts = [
            f"SUMPRODUCT({span(block.rounded, *ends)},{own}/{span(POINTS, *ends)})"
            for ends in join_lines(marked)
        ]
        if unmarked := chosen.difference(marked):
            parts.append(f"SUM({spans(block.rounded, unmarked)})")
        return f"({'+'.join(parts)})/COUNT({spans(block.rounded, lines)})"

    def _list_vetoes(self, each: BlockRow) -> list[str]:
        unit = self._units[each.row]
        line = self._plan.line_of[unit.code]
        return [
            self._layout.veto(veto.code, line)
            for veto in self._plan.model.vetoes
            if "zero_indicator" in veto.effects
            and veto.indicator
            and (not veto.groups or unit.group in veto.groups)
            and self._block.leaf in self._leaves_of(veto.indicator)
        ]

    def _leaves_of(self, code: str) -> list[object]:
        return [*queries.list_leaves(queries.node_by_code(self._plan.model, code))]
