"""How firm rankings are, as plain tables for CSV files and workbooks; each set says that it decides nothing."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np

from kaohe.analysis.aggregating import AGGREGATIONS
from kaohe.analysis.composites import Choice
from kaohe.analysis.draws import Band, Spread
from kaohe.analysis.imputing import IMPUTATIONS
from kaohe.analysis.index_studies import NO_IMPUTATION
from kaohe.analysis.normalising import NORMALISATIONS
from kaohe.analysis.ranking_studies import Cut, RankingStudy, Robustness
from kaohe.analysis.scheme_studies import AS_SCORED
from kaohe.files.results import words
from kaohe.files.results.analysis_tables import MARK, make_exact
from kaohe.files.results.tables import Column, ResultTable, Row
from kaohe.language import Language, Text

RANK_HEADS = (
    Text("期望位次（浮点分析）", "Expected rank (float analysis)"),
    Text("最好", "Best"),
    Text("5%", "5 %"),
    Text("中位", "Median"),
    Text("95%", "95 %"),
    Text("最差", "Worst"),
)
_SHARE = Text("所占抽样比例", "Share of draws")
_FIRST = Text("第一名的比例", "Share in first place")
_WEIGHT = Text("给定权重", "Weight given")
_CENTRAL = Text("居首时的平均权重", "Mean weight when first")
_OTHER = Text("对手", "Against")
_WINS = Text("得分更高的比例", "Share with the higher score")
_FACTOR = Text("因素", "Factor")
_ORDERS = (
    Text("一阶指数", "First order"),
    Text("标准误", "Standard error"),
    Text("总指数", "Total order"),
    Text("标准误", "Standard error"),
    Text("平均位次变动", "Mean shift in rank"),
)
_DECIMALS = 4
_MOST_ROWS = 1_000_000


def list_robustness_tables(found: Sequence[Robustness], language: Language) -> list[ResultTable]:
    """Every table, the intervals of ranks first, the notes last: they name what no sheet could hold."""
    tables = [
        make_rank_intervals(found),
        _make_acceptability(found),
        _make_central_weights(found),
        _make_wins(found),
        _make_sensitivity(found, language),
    ]
    held = [table for table in tables if 0 < len(table.rows) <= _MOST_ROWS]
    too_long = [table.name for table in tables if len(table.rows) > _MOST_ROWS]
    return [*held, _make_notes(found, too_long, language)]


def make_rank_intervals(found: Sequence[Robustness]) -> ResultTable:
    """A row for each subject, in the order that stands: its places over all draws, and its chance above each line."""
    labels = list_cut_labels(found)
    columns = [
        *(Column(head) for head in (words.GROUP, words.RANK, words.CODE, words.NAME)),
        *(Column(head, 2 if place == 0 else None) for place, head in enumerate(RANK_HEADS)),
        *(Column(say_chance(label), _DECIMALS) for label in labels),
    ]
    rows = [row for each in found for row in _list_interval_rows(each, labels)]
    return ResultTable(Text("位次区间", "Rank intervals"), columns, rows)


def _list_interval_rows(each: Robustness, labels: Sequence[str]) -> Iterator[Row]:
    intervals = each.list_intervals()
    for row in each.order_subjects():
        found = intervals[row]
        above = dict(zip(map(label_cut, each.of.cuts), found.above, strict=True))
        yield (
            each.of.name,
            make_exact(each.of.reference[row]),
            each.of.study.subjects[row],
            each.of.names[row],
            *map(make_exact, (found.expected, found.best, found.low)),
            *map(make_exact, (found.median, found.high, found.worst)),
            *(make_exact(above[label]) if label in above else None for label in labels),
        )


def list_cut_labels(found: Sequence[Robustness]) -> list[str]:
    """What the lines of all rankings are called, each once."""
    return list(dict.fromkeys(label_cut(cut) for each in found for cut in each.of.cuts))


def label_cut(cut: Cut) -> str:
    """A line by its grade, or by the last place above it."""
    return cut.grade or f"≤ {cut.rank}"


def say_chance(label: str) -> Text:
    """The heading of a chance to be above a line."""
    return Text(f"线上概率 {label}", f"Chance above {label}")


def _make_acceptability(found: Sequence[Robustness]) -> ResultTable:
    """The share of draws in which a subject stood at a place, where it ever did."""
    rows: list[Row] = []
    for each in found:
        shares = each.counts.acceptability()
        rows += [
            (each.of.name, each.of.study.subjects[row], Fraction(place + 1), make_exact(shares[row, place]))
            for row, place in np.argwhere(shares).tolist()
        ]  # fmt: skip
    columns = [Column(head) for head in (words.GROUP, words.CODE, words.RANK)]
    return ResultTable(
        Text("位次可接受度", "Acceptability"), [*columns, Column(_SHARE, _DECIMALS)], rows
    )


def _make_central_weights(found: Sequence[Robustness]) -> ResultTable:
    """The mean weights that put a subject first, beside those given."""
    rows: list[Row] = []
    for each in found:
        study, central = each.of.study, each.counts.central_weights()
        first = each.counts.chance_within(1)
        rows += [
            (each.of.name, study.subjects[row], make_exact(first[row]), study.indicators[column],
             make_exact(study.central[column]), make_exact(central[row, column]))
            for row in np.flatnonzero(first).tolist()
            for column in range(len(study.indicators))
        ]  # fmt: skip
    columns = [
        Column(words.GROUP), Column(words.CODE), Column(_FIRST, _DECIMALS), Column(words.INDICATOR),
        Column(_WEIGHT, _DECIMALS), Column(_CENTRAL, _DECIMALS),
    ]  # fmt: skip
    return ResultTable(Text("居首权重", "Central weights"), columns, rows)


def _make_wins(found: Sequence[Robustness]) -> ResultTable:
    """The share of draws in which one subject scored more than another, where it was asked for."""
    rows: list[Row] = []
    for each in found:
        subjects, chances = each.of.study.subjects, each.counts.win_chances()
        rows += [
            (each.of.name, subjects[row], subjects[column], make_exact(float(chances[row, column])))
            for row, column in np.ndindex(chances.shape)
            if row != column
        ]
    columns = [Column(head) for head in (words.GROUP, words.CODE, _OTHER)]
    return ResultTable(Text("两两胜率", "Pairwise"), [*columns, Column(_WINS, _DECIMALS)], rows)


def _make_sensitivity(found: Sequence[Robustness], language: Language) -> ResultTable:
    """Sobol' indices of the mean shift in rank."""
    rows: list[Row] = []
    for each in found:
        if each.sensitivity is None:
            continue
        indices = each.sensitivity.indices
        figures = np.column_stack(
            [indices.first, indices.first_error, indices.total, indices.total_error]
        ).tolist()
        rows += [
            (each.of.name, factor.say(language), *map(make_exact, values), make_exact(indices.mean))
            for factor, values in zip(each.sensitivity.factors, figures, strict=True)
        ]  # fmt: skip
    columns = [Column(words.GROUP), Column(_FACTOR), *(Column(head, _DECIMALS) for head in _ORDERS)]
    return ResultTable(Text("敏感性", "Sensitivity"), columns, rows)


def _make_notes(
    found: Sequence[Robustness], too_long: Sequence[Text], language: Language
) -> ResultTable:
    general = [MARK, *(_say_too_long(name) for name in too_long)]
    rows: list[Row] = [(None, line.say(language)) for line in general]
    rows += [(each.of.name, line.say(language)) for each in found for line in describe_study(each)]
    return ResultTable(words.NOTE, [Column(words.GROUP), Column(words.NOTE)], rows)


def _say_too_long(name: Text) -> Text:
    return Text(
        f"{name.zh}超过一百万行，工作表放不下，请看 .json",
        f"{name.en}: more than a million rows, which no sheet holds; they are in the .json",
    )


def describe_study(each: Robustness) -> Iterator[Text]:
    """How many draws were made and how, the methods, the lines, and everything that is to be known beside."""
    study = each.of.study
    if not each.is_complete:
        yield Text(
            f"中途停止：只抽了 {each.draws} 次，原定 {study.draws} 次",
            f"stopped: {each.draws} draws of the {study.draws} asked for",
        )
    yield Text(
        f"{each.draws} 次抽样（种子 {study.seed}），{describe_spread(study.spread).zh}；"
        f"分数按 {study.decimals} 位小数排名",
        f"{each.draws} draws (seed {study.seed}), {describe_spread(study.spread).en};"
        f" scores ranked at {study.decimals} decimals",
    )
    yield _describe_choices(each.of)
    for cut in each.of.cuts:
        if cut.grade:
            yield Text(f"{cut.grade}：前 {cut.rank} 名", f"{cut.grade}: the first {cut.rank}")
    yield from each.of.notes


def _describe_choices(of: RankingStudy) -> Text:
    said = [_say_choice(composite.choice) for composite in of.study.composites]
    zh, en = "；".join(each.zh for each in said), "; ".join(each.en for each in said)
    return Text(f"方法：{zh}", f"methods: {en}")


def _say_choice(choice: Choice) -> Text:
    titles = [known[name] for known, name in zip(_TITLES, choice, strict=True) if name]
    return Text("，".join(each.zh for each in titles), ", ".join(each.en for each in titles))


_TITLES: tuple[dict[str, Text], ...] = (
    {
        AS_SCORED: Text("方案得分率", "shares as scored"),
        **{name: each.title for name, each in NORMALISATIONS.items()},
    },
    {name: each.title for name, each in AGGREGATIONS.items()},
    {
        NO_IMPUTATION: Text("不插补", "nothing imputed"),
        **{name: each.title for name, each in IMPUTATIONS.items()},
    },
)
"""What the methods of a `Choice` are called."""


def describe_spread(spread: Spread) -> Text:
    """How weights were drawn."""
    if isinstance(spread, Band):
        percent = f"{100 * spread.share:g}"
        return Text(f"各权重上下浮动 {percent}%", f"each weight within ± {percent} %")
    if spread.concentration is None:
        return Text("各种权重等可能", "every set of weights as likely as any other")
    return Text(
        f"狄利克雷分布，以给定权重为均值，集中度 {spread.concentration:g}",
        f"Dirichlet around the given weights, concentration {spread.concentration:g}",
    )
