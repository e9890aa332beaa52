"""`kaohe compare`."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

from rich.progress import track

from kaohe.cli.inputs import find_code, load_run
from kaohe.cli.speech import Speech, err, say, show_table
from kaohe.errors import BadInput, Place, blocking
from kaohe.files.results.words import show_figure
from kaohe.language import Text
from kaohe.results.comparison import Move, count_moves, explain_moves
from kaohe.results.result import Result, UnitResult, score
from kaohe.results.worlds import Run

_HEADS = (
    Text("代码", "code"),
    Text("单位", "unit"),
    Text("原位次", "rank before"),
    Text("现位次", "rank after"),
    Text("原总分", "before"),
    Text("现总分", "after"),
    Text("变动", "move"),
    Text("自身", "own"),
    Text("他人", "others"),
    Text("规则", "rules"),
)
_DECIMALS = 4


def compare_runs(before: Path, after: Path, *, data: Sequence[Path], unit: str | None) -> int:
    """Show who moved and why; 0 where nobody moved in total, rank or proposed grade, 1 where somebody did."""
    _require_data(before, after, data)
    earlier, later = load_run(before, data), load_run(after, data)
    results = score(earlier.scheme, earlier.observations), score(later.scheme, later.observations)
    pairs = _pair_units(*results)
    if unit is not None:
        names = {code: after.unit.name for code, (_, after) in pairs.items()}
        unit = find_code(unit, names, "--unit")
    moved = [move for move in _explain(earlier, later, unit) if _has_moved(*pairs[move.unit])]
    if moved:
        show_table(_HEADS, [_write_move(move, *pairs[move.unit]) for move in moved])
    say(f"{len(moved)} 个单位有变化", f"units that moved: {len(moved)}")
    alone = [] if unit else _list_alone(*results)
    if alone:
        say(
            f"只在其中一个结果里：{'、'.join(alone)}", f"in one of the two only: {', '.join(alone)}"
        )
    return 1 if moved or alone else 0


def _require_data(before: Path, after: Path, data: Sequence[Path]) -> None:
    """Refuse schemes without data, and data where both packages bring their own."""
    packages = [path.suffix.lower() == ".zip" for path in (before, after)]
    if all(packages) != bool(data):
        return
    wrong = Text("比较方案须给出数据", "comparing schemes needs data")
    remedy = Text("请写 --data 数据文件", "write --data FILE")
    if data:
        wrong = Text("结果包自带数据", "packages bring their own data")
        remedy = Text("请删去 --data", "leave out --data")
    raise BadInput([blocking("compare-data", Place(key="--data"), wrong, remedy)])


def _pair_units(before: Result, after: Result) -> dict[str, tuple[UnitResult, UnitResult]]:
    """The units scored in both results, in the later one's order."""
    earlier = {each.unit.code: each for each in before.units}
    return {
        each.unit.code: (earlier[each.unit.code], each)
        for each in after.units
        if each.unit.code in earlier
    }


def _list_alone(before: Result, after: Result) -> list[str]:
    codes = [{each.unit.code for each in result.units} for result in (before, after)]
    return sorted(codes[0] ^ codes[1])


def _explain(earlier: Run, later: Run, unit: str | None) -> Iterable[Move]:
    moves = explain_moves(earlier, later, only=unit)
    total = 1 if unit else count_moves(earlier, later)
    return track(moves, total=total, console=err, transient=True, disable=not err.is_terminal)


def _has_moved(before: UnitResult, after: UnitResult) -> bool:
    return _summarise(before) != _summarise(after)


def _summarise(each: UnitResult) -> tuple[Fraction | None, Fraction | None, str | None]:
    return each.total.total, each.standing.rank, each.grade.label if each.grade else None


def _write_move(move: Move, before: UnitResult, after: UnitResult) -> tuple[str, ...]:
    parts = move.parts or {}
    whole = None if move.before is None or move.after is None else move.after - move.before
    figures = [
        move.before,
        move.after,
        whole,
        *(parts.get(cause) for cause in ("own", "others", "rule")),
    ]
    ranks = [show_figure(each.standing.rank, Speech.language) for each in (before, after)]
    shown = [show_figure(figure, Speech.language, _DECIMALS) for figure in figures]
    return move.unit, after.unit.name, *ranks, *shown
