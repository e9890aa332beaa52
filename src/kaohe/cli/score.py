"""`kaohe score`."""

from collections.abc import Sequence
from pathlib import Path

from kaohe.cli.inputs import load_data, load_scheme, require_data
from kaohe.cli.speech import Speech, say, show_findings, show_table, show_working, word
from kaohe.errors import BadInput, Place, blocking
from kaohe.files.data.observations import find_unread
from kaohe.files.outputs import keep_inputs
from kaohe.files.results.outputs import require_outputs, write_outputs
from kaohe.files.results.words import NOTHING, list_marks, say_grade, show_figure
from kaohe.language import Text
from kaohe.results.result import Result, UnitResult, score

_HEADS = (
    Text("位次", "rank"),
    Text("单位", "unit"),
    Text("总分", "total"),
    Text("加分", "bonus"),
    Text("扣分", "deduction"),
    Text("建议等次", "proposed grade"),
)


def score_data(
    scheme: Path,
    data: Sequence[Path] | None,
    *,
    outputs: Sequence[Path],
    top: int,
    scores: bool = False,
) -> None:
    """Score, write every output asked for, and show the top of each group."""
    data = require_data(data, scheme)
    if scores:
        raise BadInput([_ONLY_WITH_ARRAYS])
    require_outputs(outputs)
    keep_inputs(outputs, [scheme, *data])
    with show_working("读取并计分", "reading and scoring"):
        admitted = load_scheme(scheme)
        result = score(admitted, load_data(data, admitted))
    show_findings(find_unread(scheme, data))
    with show_working("写出", "writing"):
        write_outputs(result, outputs, Speech.language)
    for output in outputs:
        say(f"已写出 {output}", f"wrote {output}")
    if top:
        show_ranking(result, top=top)


def show_ranking(result: Result, *, top: int) -> None:
    """The first units of each group, and whether figures are still to come."""
    for group in result.scheme.model.groups:
        ranked = result.rank_group(group.code)
        if ranked:
            rows = [_write_row(each, result) for each in ranked[:top]]
            show_table(_HEADS, rows, title=f"{group.name}（{len(ranked)}）")
    if result.is_provisional:
        missing = sum(len(each.total.provisional) for each in result.units)
        say(f"暂定结果：还有 {missing} 个数据未报，补齐前不得公布",
            f"provisional, figures still to come: {missing}; not to be published before")  # fmt: skip


def _write_row(each: UnitResult, result: Result) -> tuple[str, ...]:
    decimals = result.scheme.model.rounding.display
    show = [each.total.total, each.total.bonus_counted, each.total.deduction_counted]
    return (
        show_figure(each.standing.rank, Speech.language),
        " ".join([each.unit.name, each.unit.code, *_mark(each)]),
        *(show_figure(figure, Speech.language, decimals) for figure in show),
        say_grade(each.grade, Speech.language) or NOTHING,
    )


def _mark(each: UnitResult) -> list[str]:
    return [f"〔{word(mark.text)}〕" for mark in list_marks(each)]


_ONLY_WITH_ARRAYS = blocking(
    "only-with-arrays",
    Place(key="--scores"),
    Text("只与 --engine arrays、spark 同写", "goes with --engine arrays and spark only"),
    Text(
        "请删去；精确计分的结果里总有各指标得分",
        "leave it out; an exact result always has every score",
    ),
)
