"""What analysis did to figures, said as findings: nothing is changed or left out in silence."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from kaohe.analysis.index_model import IndexNode
from kaohe.analysis.matrices import Flags, Names
from kaohe.analysis.treating import Treated
from kaohe.errors import Finding, Place, Severity
from kaohe.language import Text

_SHOWN = 10
_TREATMENTS = {
    "winsorised": Text("缩尾", "winsorised"),
    "logarithm": Text("全列取对数", "taken as logarithms, all of them"),
    "box_cox": Text("全列作 Box–Cox 变换", "transformed after Box and Cox, all of them"),
}


_USED_BY = {"goalposts": "goalposts", "target": "distance_to_target"}
"""What an indicator may state for one way to normalise alone, and that way."""


def note_unused(leaves: Sequence[IndexNode], method: str) -> Iterator[Finding]:
    """Goalposts and targets that the way to normalise does not look at."""
    for key, user in _USED_BY.items():
        codes = [leaf.code for leaf in leaves if getattr(leaf, key) is not None]
        if codes and method != user:
            yield Finding(
                "unused-key",
                Severity.NOTICE,
                Place(key=key),
                Text(f"{method} 不用 {'、'.join(codes)} 的 {key}",
                     f"{method} does not use the {key} of {', '.join(codes)}"),
                Text(f"要用它，请写 normalisation: {user}", f"write normalisation: {user} to use it"),
            )  # fmt: skip


def note_constant(constant: Flags, names: Names) -> Iterator[Finding]:
    """Indicators on which nobody differs."""
    for column in np.flatnonzero(constant):
        indicator = names.indicator(int(column))
        yield Finding(
            "constant-indicator",
            Severity.WARNING,
            names.find(int(column)),
            Text(f"{indicator.zh} 各对象没有差别", f"nobody differs on {indicator.en}"),
            Text(
                "它不区分任何对象；确认后可去掉",
                "it tells nobody apart; leave it out if that is so",
            ),
        )


def note_imputed(imputed: Flags, names: Names) -> Iterator[Finding]:
    """How many figures of each indicator were estimated."""
    for column, count in _count(imputed):
        indicator = names.indicator(column)
        yield Finding(
            "imputed",
            Severity.NOTICE,
            names.find(column),
            Text(f"{indicator.zh} 插补了 {count} 个缺数", f"missing figures of {indicator.en}, estimated: {count}"),
            Text("报告中须说明", "say so where it is reported"),
        )  # fmt: skip


def note_treated(treated: Treated, names: Names) -> Iterator[Finding]:
    """Which indicators were treated for outliers, and how many figures changed."""
    for column, count in _count(treated.changed):
        indicator, done = names.indicator(column), _TREATMENTS[treated.methods[column]]
        yield Finding(
            "treated",
            Severity.NOTICE,
            names.find(column),
            Text(f"{indicator.zh} 有离群值，{count} 个数已处理：{done.zh}",
                 f"figures of {indicator.en}, treated for outliers: {count}, {done.en}"),
            Text("报告中须说明", "say so where it is reported"),
        )  # fmt: skip


def note_without_result(missing: Flags, names: Names) -> Iterator[Finding]:
    """Subjects of whom too little is known for a result."""
    rows = np.flatnonzero(missing)
    if not len(rows):
        return
    shown = [names.subject(int(row)) for row in rows[:_SHOWN]]
    more = len(rows) - len(shown)
    yield Finding(
        "no-result",
        Severity.NOTICE,
        Place(),
        Text(
            f"{len(rows)} 个对象数据不足，没有结果：{'、'.join(each.zh for each in shown)}{' 等' if more else ''}",
            "too little is known for a result: "
            f"{', '.join(each.en for each in shown)}{f' and {more} more' if more else ''}",
        ),
        Text("补数，或放宽 availability", "supply figures, or ask for less under `availability`"),
    )


def _count(flags: Flags) -> Iterator[tuple[int, int]]:
    """Columns with any flag, and how many."""
    counts: npt.NDArray[np.intp] = flags.sum(axis=0)
    for column in np.flatnonzero(counts):
        yield int(column), int(counts[column])
