"""The scores of every indicator over columns: rules evaluated together, gaps filled, vetoes applied."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from kaohe.errors import BadInput, Finding, Place, blocking
from kaohe.language import Text
from kaohe.numbers.absence import Absence
from kaohe.numbers.rounding import scale_fraction
from kaohe.population.absent import find_kinds
from kaohe.population.gaps import Gaps, fill_gaps
from kaohe.population.program import LeafProgram, Program
from kaohe.population.roster import Roster
from kaohe.renderings.arrays.absences import (
    CODE_OF,
    REFUSED_BY_RULE,
    find_reasons,
)
from kaohe.renderings.arrays.columns import ColumnFrame, FacetColumn, Integers, Mask
from kaohe.renderings.arrays.settling import MISSING_SCORE, TooManyDigits
from kaohe.renderings.exact import evaluate
from kaohe.scheme.units import Unit
from kaohe.scoring.leaves import refuse_score

_LONGEST = 2**62
_NOT_APPLICABLE = np.int8(CODE_OF[Absence.NOT_APPLICABLE])


@dataclass(frozen=True)
class LeafColumns:
    """Scores of all leaves, a row of `scores` each, as whole numbers of the leaf's last decimal.

    `absences` and `provisional` are by leaf, where any row has no figure or one still to come.
    """

    scores: Integers
    has_gaps: Sequence[bool]
    absences: Mapping[str, Gaps]
    provisional: Mapping[str, Mask]
    findings: Sequence[Finding]


def score_leaves(program: Program, roster: Roster, *, threads: int = 1) -> LeafColumns:
    """Score every leaf over a population; refusals come back as findings."""
    exact = roster.population.exact
    frames = {
        leaf.code: make_columns(leaf, roster) for leaf in program.leaves if leaf.code not in exact
    }
    scores = _score_frames(program, roster, frames, threads)
    has_gaps, absences, provisional, findings = [], {}, {}, list[Finding]()
    for number, leaf in enumerate(program.leaves):
        code = leaf.code
        if code in exact:
            scores[number], gaps = _score_exactly(leaf, roster)
        else:
            gaps = _find_gaps(leaf, roster, frames[code], scores[number])
        if gaps is not None:
            absences[code] = gaps
            findings.extend(_list_refusals(leaf, roster, gaps, frames.get(code)))
            to_come = fill_gaps(leaf, roster, scores[number], gaps)
            if to_come is not None:
                provisional[code] = to_come
        _zero_vetoed(leaf, roster, scores[number], gaps, provisional)
        is_left = gaps is not None and (scores[number, gaps.rows] == MISSING_SCORE).any()
        has_gaps.append(bool(is_left))
    return LeafColumns(scores, has_gaps, absences, provisional, findings)


def _score_frames(
    program: Program, roster: Roster, frames: Mapping[str, ColumnFrame], threads: int
) -> Integers:
    """A row of scores for every leaf; those that columns cannot carry are left to be filled."""
    try:
        found = program.rules_of(tuple(frames)).score([*frames.values()], threads=threads)
    except TooManyDigits as fault:
        raise BadInput([_refuse_digits([*frames][fault.number or 0])]) from fault
    if len(frames) == len(program.leaves):
        return found
    scores = np.empty((len(program.leaves), len(roster.population)), dtype=np.int64)
    for code, row in zip(frames, found, strict=True):
        scores[program.row_of[code]] = row
    return scores


def make_columns(leaf: LeafProgram, roster: Roster) -> ColumnFrame:
    """The columns of one leaf: its facets where it applies, points by group, its comparison pools."""
    people, applies = roster.population, roster.applies(leaf)
    facets = people.facets_of(leaf.code)
    if applies is not None and not applies.all():
        facets = {
            name: replace(column, figures=np.where(applies, column.figures, np.nan))
            for name, column in facets.items()
        }
    pools = roster.pools(leaf.node.pool) if leaf.compares_peers else roster.nobody
    return ColumnFrame(facets, _spread_points(leaf, people.group), pools.number, pools)


def _spread_points(leaf: LeafProgram, group: Integers) -> FacetColumn:
    table = leaf.point_table
    if len(table.figures) == 1:
        return leaf.spread_points(len(group))
    return replace(table, figures=table.figures[group])


def _find_gaps(
    leaf: LeafProgram, roster: Roster, frame: ColumnFrame, scores: Integers
) -> Gaps | None:
    """Who has no score and why; None where all have one. A score that does not apply is taken away."""
    applies = roster.applies(leaf)
    if applies is not None:
        scores[~applies] = MISSING_SCORE
    (rows,) = (scores == MISSING_SCORE).nonzero()
    if not len(rows):
        return None
    known = roster.population.absences_of(leaf.code)
    if applies is None:
        return Gaps(rows, find_kinds(leaf, frame, known, rows))
    kinds = np.full(len(rows), _NOT_APPLICABLE)
    is_theirs = applies[rows]
    kinds[is_theirs] = find_kinds(leaf, frame, known, rows[is_theirs])
    return Gaps(rows, kinds)


def _score_exactly(leaf: LeafProgram, roster: Roster) -> tuple[Integers, Gaps | None]:
    """An indicator whose figures columns cannot carry."""
    frame = roster.population.exact[leaf.code]
    values = evaluate(leaf.expression, frame).values
    applies = roster.applies(leaf)
    scores = np.full(len(frame), MISSING_SCORE)
    kinds = np.zeros(len(frame), dtype=np.int8)
    for row, value in enumerate(values):
        if applies is not None and not applies[row]:
            kinds[row] = _NOT_APPLICABLE
        elif isinstance(value, Fraction):
            scores[row] = _hold(scale_fraction(value, leaf.decimals, leaf.mode), leaf.code)
        else:
            kinds[row] = CODE_OF.get(value, REFUSED_BY_RULE)
    (rows,) = kinds.nonzero()
    return scores, Gaps(rows, kinds[rows]) if len(rows) else None


def _hold(score: int, code: str) -> int:
    if abs(score) >= _LONGEST:
        raise BadInput([_refuse_digits(code)])
    return score


def _refuse_digits(code: str) -> Finding:
    return blocking(
        "score-too-long",
        Place(key=code),
        Text(
            f"{code} 的得分连同小数位超过 18 位数字，不能按列计分",
            f"a score of {code} has more than 18 digits with its decimals, too long for columns",
        ),
        Text(
            "请减少得分小数位或换用较大的计量单位，或用精确计分",
            "round the score to fewer decimals, use a larger unit, or score exactly",
        ),
    )


def _list_refusals(
    leaf: LeafProgram, roster: Roster, gaps: Gaps, frame: ColumnFrame | None
) -> list[Finding]:
    rows = gaps.rows[gaps.kinds == REFUSED_BY_RULE]
    if not len(rows):
        return []
    people, units = roster.population, roster.program.model.units_by_code
    if frame is None:
        values = evaluate(leaf.expression, people.exact[leaf.code]).values
        reasons = [values[int(row)].reason for row in rows]
    else:
        reasons = find_reasons(leaf.expression, frame, rows)
    findings = []
    for row, reason in zip(rows, reasons, strict=True):
        code = people.code_at(int(row))
        unit = units.get(code) or Unit.model_construct(code=code, name=code)
        place = people.places.get((leaf.code, "value", code))
        findings.append(refuse_score(leaf.node, unit, reason, place))
    return findings


def _zero_vetoed(
    leaf: LeafProgram,
    roster: Roster,
    scores: Integers,
    gaps: Gaps | None,
    provisional: dict[str, Mask],
) -> None:
    """Make the scores of subjects under a veto zero; what is left out stays so."""
    struck = roster.zeroed(leaf)
    if struck is None:
        return
    to_come = provisional.get(leaf.code)
    if gaps is not None:
        is_there = scores != MISSING_SCORE
        struck = struck & (is_there if to_come is None else is_there | to_come)
    scores[struck] = 0
    if to_come is not None:
        provisional[leaf.code] = to_come & ~struck
