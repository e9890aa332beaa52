"""`kaohe compare`."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from rich.progress import track

from kaohe.cli.inputs import load_run
from kaohe.cli.speech import err, say, show_table
from kaohe.language import Text
from kaohe.numbers.writing import write_number
from kaohe.results.comparison import Move, Run, count_moves, explain_moves
from kaohe.results.result import Result, score

_HEADS = (
    Text("代码", "code"),
    Text("单位", "unit"),
    Text("原位次", "rank before"),
    Text("现位次", "rank after"),
    Text("原总分", "before"),
    Text("现总分", "after"),
    Text("自身", "own"),
    Text("他人", "others"),
    Text("规则", "rules"),
)
_DECIMALS = 4


def compare_runs(before: Path, after: Path, *, data: Sequence[Path], unit: str | None) -> int:
    """Show who moved and why; 0 where nobody moved, 1 where somebody did."""
    earlier, later = load_run(before, data), load_run(after, data)
    results = score(earlier.scheme, earlier.observations), score(later.scheme, later.observations)
    moves = _explain(earlier, later, unit)
    moved = [move for move in moves if move.before != move.after]
    show_table(_HEADS, [_write_move(move, *results) for move in moved])
    say(f"{len(moved)} 个单位总分有变化", f"{len(moved)} totals moved")
    return 1 if moved else 0


def _explain(earlier: Run, later: Run, unit: str | None) -> list[Move]:
    moves = explain_moves(earlier, later, only=unit)
    total = 1 if unit else count_moves(earlier, later)
    return list(track(moves, total=total, console=err, transient=True, disable=not err.is_terminal))


def _write_move(move: Move, before: Result, after: Result) -> tuple[str, ...]:
    parts = move.parts or {}
    figures = [move.before, move.after, parts.get("own"), parts.get("others"), parts.get("rule")]
    ranks = [_rank(result, move.unit) for result in (before, after)]
    name = next(each.unit.name for each in after.units if each.unit.code == move.unit)
    return move.unit, name, *ranks, *(_show(figure) for figure in figures)


def _rank(result: Result, unit: str) -> str:
    rank = next(each.standing.rank for each in result.units if each.unit.code == unit)
    return "—" if rank is None else write_number(rank)


def _show(figure: Fraction | None) -> str:
    return "—" if figure is None else write_number(figure, decimals=_DECIMALS)
