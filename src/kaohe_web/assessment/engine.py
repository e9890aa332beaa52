"""The door to the engine: a draft and the rules of then, scored on the same figures, and who moves by what."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from kaohe import __version__
from kaohe.checking.admission import admit
from kaohe.files.data.observations import read_observations
from kaohe.files.schemes.reading import read_written_scheme
from kaohe.files.tables.limits import COMMAND_LINE, UPLOAD, Limits
from kaohe.numbers.absence import Absence
from kaohe.numbers.writing import write_number
from kaohe.results.result import Result, UnitResult, score
from kaohe.scheme import queries
from kaohe.scheme.draft import Scheme
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scoring.scores import LeafScore
from kaohe.scoring.snapshot import digest_snapshot, read_snapshot, write_snapshot
from kaohe_web.assessment.rehearsing import Coverage, Outcome, Reason, UnitMove
from kaohe_web.schemes.engine import admit_sheets
from kaohe_web.schemes.sheets import Sheets

ENGINE = __version__
_DECIMALS = 4
_HUNDRED = Fraction(100)


def admit_document(document: Any, name: str) -> Scheme:
    """The scheme of an adopted document. Raises BadInput where it is none."""
    return admit(read_written_scheme(document, name))


def read_data(path: Path, document: Any, limits: Limits = UPLOAD) -> list[Any]:
    """A table's figures and records as a scheme understands them, as plain data, and their digest.

    Raises BadInput with everything wrong in the file, each with its place.
    """
    observations = read_observations(path, admit_document(document, path.name), limits=limits)
    return [write_snapshot(observations), digest_snapshot(observations)]


def read_own_data(path: Path, document: Any) -> list[Any]:
    """The same within the limits of files of one's own."""
    return read_data(path, document, COMMAND_LINE)


def rehearse(
    *,
    sheets: Sheets,
    basis: Any,
    snapshot: Any,
    least_coverage: int,
    report: Callable[[int], None],
) -> Outcome:
    """Score a draft's sheets and the rules of then on one snapshot; coverage always, moves where it suffices.

    `report` is told the percentage done and may raise to stop. Raises BadInput where a document or
    a figure cannot be scored.
    """
    observations = read_snapshot(snapshot)
    after = score(admit_sheets(sheets), observations)
    report(40)
    covered = list(_cover(after))
    percent = _share(_add_up(part for _, _, part in covered))
    coverage = _list_coverage(after, covered)
    uncovered = _list_uncovered(after, covered)
    if percent < least_coverage:
        return Outcome(_write_percent(percent), coverage, uncovered, ())
    before = score(admit_document(basis, "basis"), observations)
    report(80)
    moves = tuple(_list_moves(before, after))
    return Outcome(_write_percent(percent), coverage, uncovered, moves)


def _cover(result: Result) -> Iterator[tuple[str, str, tuple[Fraction, Fraction]]]:
    """Group, indicator, and of its points in that row what a figure reaches and what there is."""
    units = queries.scored_units(result.scheme.model)
    for code, leaf in result.scores.leaves.items():
        for unit, cell in zip(units, leaf.cells, strict=True):
            if cell.points > 0 and cell.absence is not Absence.NOT_APPLICABLE:
                reached = cell.points if cell.absence is None else Fraction(0)
                yield unit.group, code, (reached, cell.points)


def _add_up(parts: Any) -> tuple[Fraction, Fraction]:
    reached, full = Fraction(0), Fraction(0)
    for part in parts:
        reached, full = reached + part[0], full + part[1]
    return reached, full


def _share(part: tuple[Fraction, Fraction]) -> Fraction:
    reached, full = part
    return reached / full * _HUNDRED if full else Fraction(0)


def _write_percent(percent: Fraction) -> str:
    return write_number(percent, decimals=1)


def _list_coverage(result: Result, covered: list[Any]) -> tuple[Coverage, ...]:
    by_group: dict[str, list[Any]] = {}
    for group, _, part in covered:
        by_group.setdefault(group, []).append(part)
    return tuple(
        Coverage(group.code, group.name, _write_percent(_share(_add_up(by_group[group.code]))))
        for group in result.scheme.model.groups
        if group.code in by_group
    )


def _list_uncovered(result: Result, covered: list[Any]) -> tuple[tuple[str, str], ...]:
    """The indicators no figure reaches at all, in the order written."""
    reached = {code for _, code, part in covered if part[0]}
    asked = {code for _, code, _ in covered}
    leaves = queries.iterate_leaves(result.scheme.model)
    return tuple((leaf.code, leaf.name) for leaf in leaves if leaf.code in asked - reached)


def _list_moves(before: Result, after: Result) -> Iterator[UnitMove]:
    earlier = {each.unit.code: (row, each) for row, each in enumerate(before.units)}
    for row, each in enumerate(after.units):
        if each.unit.code in earlier:
            yield _make_move(before, after, earlier[each.unit.code], (row, each))


def _make_move(
    before: Result, after: Result, then: tuple[int, UnitResult], now: tuple[int, UnitResult]
) -> UnitMove:
    (old_row, old), (row, new) = then, now
    return UnitMove(
        unit=new.unit.code,
        name=new.unit.name,
        group=new.unit.group,
        rank_before=_write_rank(old.standing.rank),
        rank_after=_write_rank(new.standing.rank),
        total_before=_write(old.total.total),
        total_after=_write(new.total.total),
        difference=_write(_subtract(new.total.total, old.total.total)),
        reasons=tuple(_list_reasons(before, after, old_row, row)),
    )


def _list_reasons(before: Result, after: Result, old_row: int, row: int) -> Iterator[Reason]:
    """Every indicator whose score differs, the weightiest first."""
    old = _scores_of(before, old_row)
    new = _scores_of(after, row)
    names = {**_names_of(before), **_names_of(after)}
    differing = [code for code in {**old, **new} if old.get(code) != new.get(code)]
    by_weight = sorted(differing, key=lambda code: (-abs(_move(old, new, code)), code))
    for code in by_weight:
        moved = _write(_move(old, new, code))
        yield Reason(code, names[code], _write(old.get(code)), _write(new.get(code)), moved)


def _move(old: Mapping[str, Fraction], new: Mapping[str, Fraction], code: str) -> Fraction:
    return new.get(code, Fraction(0)) - old.get(code, Fraction(0))


def _scores_of(result: Result, row: int) -> dict[str, Fraction]:
    cells: dict[str, LeafScore] = {
        code: leaf.cells[row] for code, leaf in result.scores.leaves.items()
    }
    return {code: cell.score for code, cell in cells.items() if cell.score is not None}


def _names_of(result: Result) -> dict[str, str]:
    leaves: Iterator[IndicatorNode] = queries.iterate_leaves(result.scheme.model)
    return {leaf.code: leaf.name for leaf in leaves}


def _subtract(left: Fraction | None, right: Fraction | None) -> Fraction | None:
    return None if left is None or right is None else left - right


def _write(value: Fraction | None) -> str:
    return "" if value is None else write_number(value, decimals=_DECIMALS)


def _write_rank(value: Fraction | None) -> str:
    return "" if value is None else write_number(value)
