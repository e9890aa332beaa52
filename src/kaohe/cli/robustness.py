"""`kaohe robustness`."""

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from rich.progress import Progress

from kaohe.analysis.draws import Band, Dirichlet, Spread
from kaohe.analysis.index_reading import admit_index
from kaohe.analysis.index_studies import make_index_study
from kaohe.analysis.rank_shifts import ShiftSensitivity, measure_shifts
from kaohe.analysis.ranking_studies import RankingStudy, RankInterval, Robustness, Settings
from kaohe.analysis.robustness import draw_ranks
from kaohe.analysis.scheme_studies import make_scheme_studies
from kaohe.checking import admit
from kaohe.cli.inputs import load_data, require_data
from kaohe.cli.speech import (
    Speech,
    complain,
    err,
    out,
    say,
    show_findings,
    show_table,
    show_working,
    word,
)
from kaohe.errors import BadInput, Place, blocking
from kaohe.files.data.observations import find_unread
from kaohe.files.data.wide_tables import read_wide_table
from kaohe.files.outputs import keep_inputs, require_writable
from kaohe.files.results.analysis_tables import MARK
from kaohe.files.results.robustness_outputs import ROBUSTNESS_WRITERS, write_robustness
from kaohe.files.results.robustness_tables import describe_study, label_cut, say_chance
from kaohe.files.results.words import NOTHING
from kaohe.files.schemes.reading import read_draft
from kaohe.language import Text
from kaohe.results.result import score
from kaohe.scheme.draft import Draft

_STOPPED = 130
_HEADS = (
    Text("位次", "rank"),
    Text("对象", "subject"),
    Text("期望位次", "expected"),
    Text("5%", "5 %"),
    Text("中位", "median"),
    Text("95%", "95 %"),
)
IsAsked = Callable[[], bool]


def choose_spread(
    percent: float | None, concentration: float | None, *, any_weights: bool
) -> Spread:
    """How weights are to be drawn: within a quarter of each where nothing is said. Raises BadInput for two ways."""
    said = [percent is not None, concentration is not None, any_weights]
    if sum(said) > 1:
        raise BadInput([_ONE_SPREAD])
    if any_weights or concentration is not None:
        return Dirichlet(concentration)
    return Band() if percent is None else Band(percent / 100)


_ONE_SPREAD = blocking(
    "one-spread",
    Place(key="--spread"),
    Text("--spread、--concentration、--any-weights 只能写一个",
         "only one of --spread, --concentration and --any-weights can be written"),
    Text("请留一个", "keep one of them"),
)  # fmt: skip


def study_robustness(
    scheme: Path,
    data: Sequence[Path] | None,
    *,
    settings: Settings,
    samples: int,
    outputs: Sequence[Path],
    top: int,
) -> int:
    """Draw, write every output asked for and show the first places; 0, or 130 where it was stopped early."""
    data = require_data(data, scheme)
    require_writable(outputs, ROBUSTNESS_WRITERS)
    keep_inputs(outputs, [scheme, *data])
    with show_working("读取并计算", "reading and computing"):
        studies = _read_studies(scheme, data, settings)
    with _hear_interrupt() as is_asked:
        found = list(_draw_all(studies, samples, is_asked))
        if found:
            write_robustness(found, outputs, Speech.language)
    for output in outputs if found else ():
        say(f"已写出 {output}", f"wrote {output}")
    for each in found:
        _show(each, top=top)
    say(f"（{MARK.zh}）", f"({MARK.en})")
    return _say_stopped(studies, found, samples) if is_asked() else 0


def _read_studies(path: Path, data: Sequence[Path], settings: Settings) -> list[RankingStudy]:
    """The studies of a scheme, a group each, or of an index file."""
    draft = read_draft(path)
    if isinstance(draft.tree, dict) and "index" in draft.tree:
        return [_read_index_study(draft, data, settings)]
    scheme = admit(draft)
    studies = make_scheme_studies(score(scheme, load_data(data, scheme)), settings)
    show_findings(find_unread(path, data))
    if not studies:
        raise BadInput([_NOTHING_TO_RANK])
    return studies


def _read_index_study(draft: Draft, data: Sequence[Path], settings: Settings) -> RankingStudy:
    index = admit_index(draft)
    if len(data) > 1:
        raise BadInput([_ONE_TABLE])
    table = read_wide_table(data[0], index)
    show_findings(table.findings)
    return make_index_study(index, table, settings)


_NOTHING_TO_RANK = blocking(
    "nothing-to-rank",
    Place(),
    Text("没有一个类别有两个以上排名的单位", "no group has two units with a place"),
    Text("请检查单位的参评方式和数据", "check how the units take part, and the data"),
)
_ONE_TABLE = blocking(
    "one-table",
    Place(),
    Text("指数的数据须在一张表里", "the data of an index stand in one table"),
    Text("请只写一个数据文件", "name one file of data only"),
)


@contextmanager
def _hear_interrupt() -> Iterator[IsAsked]:
    """Ctrl-C is heard, and asked about between two blocks; a second one ends the work at once."""
    asked: list[int] = []

    def hear(number: int, _: FrameType | None) -> None:
        asked.append(number)
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, hear)
    try:
        yield lambda: bool(asked)
    finally:
        signal.signal(signal.SIGINT, before)


def _draw_all(
    studies: Sequence[RankingStudy], samples: int, is_asked: IsAsked
) -> Iterator[Robustness]:
    """Each study in turn until it is asked to stop, the one that was begun with what was drawn."""
    with Progress(console=err, transient=True, disable=not err.is_terminal) as bar:
        total = sum(each.study.draws for each in studies)
        task = bar.add_task(word(Text("抽样", "drawing")), total=total)
        before = 0
        for of in studies:
            for counts in draw_ranks(of.study):
                robustness = Robustness(of, counts)
                bar.update(task, completed=before + robustness.draws)
                if is_asked():
                    yield robustness
                    return
            yield Robustness(of, counts, _measure(of, samples, is_asked))
            if is_asked():
                return
            before += of.study.draws


class _Stopped(Exception):
    """Somebody asked to stop."""


def _measure(of: RankingStudy, samples: int, is_asked: IsAsked) -> ShiftSensitivity | None:
    """The sensitivity, unless none is wanted or it was asked to stop."""

    def stop_if_asked() -> None:
        if is_asked():
            raise _Stopped

    if not samples:
        return None
    try:
        return measure_shifts(of.study, samples=samples, on_block=stop_if_asked)
    except _Stopped:
        return None


def _show(each: Robustness, *, top: int) -> None:
    heads = [*_HEADS, *(say_chance(label_cut(cut)) for cut in each.of.cuts)]
    if top:
        intervals = each.list_intervals()
        rows = [_write_row(each.of, row, intervals[row]) for row in each.order_subjects()[:top]]
        show_table(heads, rows, title=f"{each.of.name}（{len(each.of.study.subjects)}）")
    for line in describe_study(each):
        out.print(f"· {word(line)}", markup=False)
    if each.sensitivity is not None:
        _show_sensitivity(each.sensitivity)


def _write_row(of: RankingStudy, row: int, found: RankInterval) -> list[str]:
    code, name = of.study.subjects[row], of.names[row]
    return [
        f"{of.reference[row]:g}",
        name if name == code else f"{name} {code}",
        f"{found.expected:.2f}",
        *(str(place) for place in (found.low, found.median, found.high)),
        *(f"{chance:.1%}" for chance in found.above),
    ]


def _show_sensitivity(found: ShiftSensitivity) -> None:
    indices = found.indices
    parts = [
        (factor, _write_index(first), _write_index(total))
        for factor, first, total in zip(found.factors, indices.first, indices.total, strict=True)
    ]
    zh = "；".join(f"{factor.zh} 一阶 {first}、总 {total}" for factor, first, total in parts)
    en = "; ".join(f"{factor.en} first {first}, total {total}" for factor, first, total in parts)
    say(
        f"· 平均位次变动 {indices.mean:.2f}，来自：{zh}",
        f"· mean shift in rank {indices.mean:.2f}, owed to: {en}",
    )


def _write_index(value: float) -> str:
    return NOTHING if value != value else f"{value:.2f}"


def _say_stopped(studies: Sequence[RankingStudy], found: Sequence[Robustness], samples: int) -> int:
    """What is lacking, once all else has been said; 0 where nothing is, as all had been done."""
    left = [each.name for each in studies[len(found) :]]
    unmeasured = [each.of.name for each in found if samples and each.sensitivity is None]
    if left:
        complain(f"已停止，未抽样：{'、'.join(left)}", f"stopped; not drawn: {', '.join(left)}")
    if unmeasured:
        complain(
            f"已停止，未做敏感性分析：{'、'.join(unmeasured)}",
            f"stopped; sensitivity not measured: {', '.join(unmeasured)}",
        )
    is_whole = all(each.is_complete for each in found)
    return 0 if is_whole and not left and not unmeasured else _STOPPED
