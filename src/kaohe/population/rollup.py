"""Adding up over columns: leaves to branches, branches to the base, bonus and deduction, the total.

Exact throughout: rows go in blocks; those in which nothing is renormalised have one denominator, the
others each its own, and the few whose whole numbers outgrow int64 run on Python's.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import numpy as np

from kaohe.numbers.sums import as_integers
from kaohe.population.gathering import Gathering, Rows
from kaohe.population.plans import Branch, Part, PlainSum, Plan, plan_kind
from kaohe.population.program import Program
from kaohe.population.quotients import (
    LARGEST,
    Quotients,
    TooLarge,
    Wholes,
    add_quotients,
    multiply_quotients,
    require_small,
)
from kaohe.population.roster import Kind, Roster
from kaohe.renderings.arrays.columns import Integers, Mask
from kaohe.renderings.arrays.settling import MISSING_SCORE
from kaohe.renderings.arrays.sharing import share_work
from kaohe.scheme.policies import TotalPolicy

BLOCK = 1 << 15
"""Rows that are added up together: few enough that their scores stay in the processor's cache."""
_FEW = 256
_SHARED = 4
_MANY = 0.3
"""Rows that are not halved again where int64 is too small for one of them."""
ZERO = Fraction(0)


@dataclass(frozen=True)
class Sums:
    """All that scores add up to, a column each; bonus and deduction before their caps.

    A deduction is what is taken, above zero, while the scores it comes from are below.
    """

    branches: Mapping[str, Quotients]
    bonus: Quotients
    deduction: Quotients
    total: Quotients


def add_up(
    program: Program,
    roster: Roster,
    scores: Integers,
    has_gaps: Sequence[bool],
    *,
    threads: int = 1,
) -> Sums:
    """Add up the scores of all leaves, a row of `scores` each; `has_gaps` tells which may miss any.

    So many `threads` share the blocks of a large population.
    """
    gathering, may_miss = Gathering(scores.shape[1]), any(has_gaps)
    chosen = [
        (plan, block)
        for plan, rows in _list_plans(program, roster)
        for block in _cut_blocks(rows, scores.shape[1])
    ]

    def add_block(task: tuple[Plan, Rows]) -> None:
        _add_block(_Block.cut(program, *task, scores, may_miss=may_miss), gathering)

    share_work(add_block, chosen, threads=threads if len(chosen) > _SHARED else 1)
    found = gathering.finish()
    nothing = Quotients(
        np.zeros(scores.shape[1], dtype=np.int64), 1, np.zeros(scores.shape[1], bool)
    )
    totals = {name: found.pop(name, nothing) for name in ("+bonus", "+deduction", "+total")}
    branches = {
        node.code: found.get(node.code, nothing)
        for node in program.model.nodes_by_code.values()
        if node.children
    }
    return Sums(branches, *totals.values())


def _list_plans(program: Program, roster: Roster) -> Iterator[tuple[Plan, Integers | None]]:
    """Every plan with the rows that follow it; None for all of them."""
    alike: dict[int, list[Any]] = {}
    plans: dict[int, Plan] = {}
    for kind in roster.kinds:
        plan = _find_plan(program, kind)
        plans[id(plan)] = plan
        alike.setdefault(id(plan), []).append(kind.rows)
    for number, rows in alike.items():
        whole = len(alike) == 1
        yield plans[number], None if whole else np.sort(np.concatenate(rows))


def _find_plan(program: Program, kind: Kind) -> Plan:
    """The plan of a kind, one and the same for kinds that add up alike."""
    if kind.key not in program.plans:
        made = plan_kind(program.model, kind.unit)
        known = (plan for plan in program.plans.values() if plan == made)
        program.plans[kind.key] = next(known, made)
    return program.plans[kind.key]


def _cut_blocks(rows: Integers | None, count: int) -> Iterator[Rows]:
    if rows is None:
        yield from (slice(at, min(at + BLOCK, count)) for at in range(0, count, BLOCK))
    else:
        yield from (rows[at : at + BLOCK] for at in range(0, len(rows), BLOCK))


@dataclass
class _Block:
    """Some rows of one plan: the scores of all leaves, and the columns worked out so far.

    `scores` are 0 where not `known`, which is None where all are; `sizes` are the most any of a leaf's
    scores is, without its sign. Objects hold Python's integers.
    """

    program: Program
    plan: Plan
    rows: Rows
    scores: Any
    known: Mask | None
    sizes: Sequence[int] = ()
    branches: dict[str, Quotients] = field(default_factory=dict)

    @classmethod
    def cut(
        cls, program: Program, plan: Plan, rows: Rows, scores: Integers, *, may_miss: bool
    ) -> "_Block":
        """The block of some rows of all scores."""
        chosen, known = scores[:, rows], None
        if may_miss:
            known = chosen != MISSING_SCORE
            chosen = np.where(known, chosen, 0)
        return cls(program, plan, rows, chosen, known).weigh()

    def weigh(self) -> "_Block":
        """The block with its scores measured."""
        sizes = np.maximum(self.scores.max(axis=1), -self.scores.min(axis=1))
        return replace(self, sizes=sizes.tolist())

    def find_leaf(self, code: str) -> Quotients:
        """The scores of one leaf."""
        number = self.program.row_of[code]
        known = None if self.known is None else self.known[number]
        if known is not None and known.all():
            known = None
        below = 10 ** self.program.leaves[number].decimals
        return Quotients(self.scores[number], below, known, self.sizes[number])

    def find_gaps(self) -> Mask:
        """The rows in which something is renormalised."""
        counted = [self.program.row_of[code] for code in self.plan.counted]
        if self.known is None or not counted:
            return np.zeros(len(self), dtype=bool)
        return ~np.asarray(self.known[counted].all(axis=0))

    def __len__(self) -> int:
        return int(self.scores.shape[1])

    def take(self, chosen: Integers) -> "_Block":
        """Some of the rows."""
        rows = self.rows
        if isinstance(rows, slice):
            rows = np.arange(rows.start, rows.stop)
        known = None if self.known is None else self.known.take(chosen, axis=1)
        scores = self.scores.take(chosen, axis=1)
        return replace(self, rows=rows[chosen], scores=scores, known=known, branches={})

    def widen(self) -> "_Block":
        """The block on Python's integers."""
        return replace(self, scores=self.scores.astype(object), branches={})


def _add_block(block: _Block, gathering: Gathering) -> None:
    gaps = block.find_gaps()
    if not gaps.any() or gaps.mean() > _MANY:  # to take many apart costs more than it saves
        _add_rows(block, gathering)
        return
    _add_rows(block.take(np.flatnonzero(~gaps)), gathering)
    _add_rows(block.take(np.flatnonzero(gaps)), gathering)


def _add_rows(block: _Block, gathering: Gathering) -> None:
    """Add up; where int64 is too small, in ever smaller parts, the last on Python's integers."""
    try:
        gathering.keep(block.rows, _total_block(block))
    except TooLarge:
        if len(block) <= _FEW:
            gathering.keep(block.rows, _total_block(block.widen()))
            return
        for half in np.array_split(np.arange(len(block)), 2):
            _add_rows(block.take(half).weigh(), gathering)


def _total_block(block: _Block) -> dict[str, Quotients]:
    plan, policy = block.plan, block.program.model.total
    base = _score_branch(plan.base, block)
    bonus = _sum_beside(plan.bonus, block)
    deduction = _sum_beside(plan.deduction, block).scale(Fraction(-1))
    total = _make_total(base, bonus, deduction, policy)
    return {**block.branches, "+bonus": bonus, "+deduction": deduction, "+total": total}


def _make_total(
    base: Quotients, bonus: Quotients, deduction: Quotients, policy: TotalPolicy
) -> Quotients:
    counted = [] if policy.bonus == "tie_break" else [bonus.hold(None, policy.bonus_cap)]
    taken = deduction.hold(ZERO, policy.deduction_cap).scale(Fraction(-1))
    return _add_beside(base, [*counted, taken]).hold(policy.minimum, policy.maximum)


def _add_beside(column: Quotients, added: Sequence[Quotients]) -> Quotients:
    """What is added where there is something to add it to."""
    if not added:
        return column
    total = add_quotients([column, *added])
    above = total.above if column.known is None else np.where(column.known, total.above, 0)
    return Quotients(above, total.below, column.known, total.bound)


def _find_part(part: Part, block: _Block) -> Quotients:
    if part.branch is None:
        return block.find_leaf(part.code)
    scored = _score_branch(part.branch, block).hold(part.branch.minimum, part.branch.maximum)
    block.branches[part.code] = scored
    return scored


def _sum_beside(branch: Branch, block: _Block) -> Quotients:
    """The sum of what stands beside the base; nothing is 0."""
    if not branch.parts:
        return Quotients(_fill_zeros(block))
    return add_quotients([_find_part(part, block).scale(part.weight) for part in branch.parts])


def _fill_zeros(block: _Block) -> Any:
    return np.zeros(len(block), dtype=block.scores.dtype)


def _score_branch(branch: Branch, block: _Block) -> Quotients:
    """What is there, renormalised to what all would count for, and what is added beside it."""
    plain = block.program.find_plain_sum(branch)
    if plain is not None and block.scores.dtype != object:
        return _score_plainly(plain, block)
    columns = [(part, _find_part(part, block)) for part in branch.parts]
    counted = [(part, column) for part, column in columns if part.count]
    beside = [column.scale(part.weight) for part, column in columns if not part.count]
    if counted:
        return _add_beside(_renormalise(branch, counted), beside)
    if not beside:
        return Quotients(_fill_zeros(block), 1, np.zeros(len(block), dtype=bool))
    is_known = np.logical_or.reduce([column.is_known() for column in beside])
    return replace(add_quotients(beside), known=None if is_known.all() else is_known)


def _score_plainly(plain: PlainSum, block: _Block) -> Quotients:
    """A branch of leaves alone, their scores added as they are."""
    bound = sum(block.sizes[number] for number in plain.leaves)
    above = block.scores[plain.leaves].sum(axis=0)
    total = require_small(Quotients(above, plain.below, None, bound))
    known = None if block.known is None else block.known[plain.leaves]
    if known is None or known.all():
        return total.scale(Fraction(plain.target, sum(plain.counts)))
    present = (known * np.array(plain.counts)[:, None]).sum(axis=0)
    return _renormalise_to(plain.target, present, total)


def _renormalise(branch: Branch, counted: Sequence[tuple[Part, Quotients]]) -> Quotients:
    """Sum: Σ weight · score · (all counts) / (counts present). Mean: over the counts present."""
    total = add_quotients([column.scale(part.weight) for part, column in counted])
    wholes, one = as_integers([part.count for part, _ in counted])
    target = one if branch.is_mean else sum(wholes)
    if all(column.known is None for _, column in counted):
        return total.scale(Fraction(target, sum(wholes)))
    present = _count_present(wholes, [column.is_known() for _, column in counted], total)
    return _renormalise_to(target, present, total)


def _renormalise_to(target: int, present: Wholes, total: Quotients) -> Quotients:
    """The total of what is present, at the share of it that the target is; unknown where nothing is."""
    is_known = present != 0
    up, down = _reduce_shares(target, np.where(is_known, present, target))
    scaled = multiply_quotients(total, up, down)
    return replace(scaled, known=None if is_known.all() else is_known)


def _count_present(wholes: Sequence[int], known: Sequence[Mask], total: Quotients) -> Wholes:
    """What the parts present in each row count for, as whole numbers of the total's kind."""
    present = np.zeros(len(total), dtype=total.above.dtype)
    if present.dtype != object and sum(map(abs, wholes)) >= LARGEST:
        raise TooLarge
    for whole, is_there in zip(wholes, known, strict=True):
        present += np.where(is_there, whole, 0)
    return present


def _reduce_shares(target: int, present: Wholes) -> tuple[Wholes, Wholes]:
    """The target over what is present, in lowest terms; looked up where the numbers are small."""
    if present.dtype == object or present.min() < 0 or present.max() >= len(present):
        shared = np.gcd(present, target)
        return target // shared, present // shared
    counts = np.arange(present.max() + 1)
    shared = np.gcd(counts, target)
    return (target // shared)[present], (counts // shared)[present]
