"""An analysis as plain tables, for CSV files and workbooks; every one says that it is binary-float analysis."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from kaohe.analysis.aggregating import AGGREGATIONS
from kaohe.analysis.analysing import Analysis
from kaohe.analysis.matrices import SIGNIFICANT_DIGITS
from kaohe.analysis.normalising import NORMALISATIONS
from kaohe.analysis.weighing import WEIGHINGS
from kaohe.errors import SEVERITIES
from kaohe.files.results import words
from kaohe.files.results.tables import Column, ResultTable, TableCell
from kaohe.language import Language, Text

MARK = Text(
    "二进制浮点分析，不决定任何得分、位次或等次",
    "binary-float analysis; it decides no score, rank or grade",
)
_ANALYSED_RANK = Text("位次（浮点分析）", "Rank (float analysis)")
_ABOVE = Text("上级", "Above")
_WEIGHT = Text("同级权重", "Weight")
_EFFECTIVE = Text("有效权重", "Effective weight")
_CORRELATION = Text("相关系数", "Correlation")
_LEVELS = Text("相隔层数", "Levels above")


def list_analysis_tables(analysis: Analysis, language: Language) -> list[ResultTable]:
    """Every table of an analysis, values and places first."""
    return [
        make_analysis_scores(analysis),
        _make_weights(analysis),
        _make_correlations(analysis),
        _make_ranks_without(analysis),
        _make_notes(analysis, language),
    ]


def make_analysis_scores(analysis: Analysis) -> ResultTable:
    """A row for each subject, the best first: place, value of every node, place on every branch."""
    root = analysis.tree
    branches = [node.code for node in root.walk() if node.children and node is not root]
    leaves = [node.code for node in root.leaves()]
    shown = analysis.index.decimals
    columns = [
        Column(_ANALYSED_RANK),
        Column(words.CODE),
        Column(words.NAME),
        *(Column(_say_node(analysis, code), shown) for code in (root.code, *branches)),
        *(Column(_join(_say_node(analysis, code), words.RANK)) for code in branches),
        *(Column(_say_node(analysis, code)) for code in leaves),
    ]
    values = [analysis.values[code] for code in (root.code, *branches)]
    figures = [
        *values, *(analysis.ranks[code] for code in branches),
        *(analysis.normalised[code] for code in leaves),
    ]  # fmt: skip
    ranks = analysis.ranks[root.code]
    rows = [
        (
            make_exact(ranks[row]),
            analysis.table.subjects[row],
            _name_subject(analysis, row),
            *(make_exact(column[row]) for column in figures),
        )
        for row in order_subjects(analysis)
    ]
    return ResultTable(Text("结果", "Results"), columns, rows)


def order_subjects(analysis: Analysis) -> list[int]:
    """The rows from the first place to the last; those without one at the end, each in the order given."""
    ranks = analysis.ranks[analysis.index.index]
    return sorted(range(len(ranks)), key=lambda row: (ranks[row] != ranks[row], ranks[row]))


def make_exact(value: float) -> Fraction | None:
    """A float at twelve significant digits, None for NaN."""
    return None if value != value else Fraction(f"{value:.{SIGNIFICANT_DIGITS}g}")


def _name_subject(analysis: Analysis, row: int) -> str | None:
    names = analysis.table.labels.get(analysis.index.subject_name)
    return None if names is None else names[row] or None


def _say_node(analysis: Analysis, code: str) -> Text:
    names = {node.code: node.name for node in analysis.index.iterate_nodes()}
    name = analysis.index.name if code == analysis.index.index else names[code]
    head = f"{code} {name}".strip()
    return Text(head, head)


def _join(first: Text, second: Text) -> Text:
    return Text(f"{first.zh} {second.zh}", f"{first.en} {second.en}")


def _make_weights(analysis: Analysis) -> ResultTable:
    """The share of every node within its parent and in the whole."""
    effective = analysis.effective_weights
    rows = [
        (
            child.code,
            parent.code,
            make_exact(
                effective[child.code] / effective[parent.code] if effective[parent.code] else 0.0
            ),
            make_exact(effective[child.code]),
        )
        for parent in analysis.tree.walk()
        for child in parent.children
    ]
    columns = [Column(head) for head in (words.CODE, _ABOVE, _WEIGHT, _EFFECTIVE)]
    return ResultTable(Text("权重", "Weights"), columns, rows)


def _make_correlations(analysis: Analysis) -> ResultTable:
    rows = [
        (each.code, each.above, Fraction(each.levels), make_exact(each.coefficient))
        for each in analysis.correlations
    ]
    heads = [Column(head) for head in (words.CODE, _ABOVE, _LEVELS)]
    return ResultTable(Text("相关", "Correlations"), [*heads, Column(_CORRELATION, 4)], rows)


def _make_ranks_without(analysis: Analysis) -> ResultTable:
    """The place of every subject with all indicators, and without each of them."""
    without = analysis.ranks_without
    ranks = [analysis.ranks[analysis.index.index], *without.values()]
    rows: list[Sequence[TableCell]] = [
        (analysis.table.subjects[row], *(make_exact(column[row]) for column in ranks))
        for row in order_subjects(analysis)
    ]
    heads = [
        words.CODE,
        _ANALYSED_RANK,
        *(Text(f"去掉 {code}", f"without {code}") for code in without),
    ]
    return ResultTable(Text("逐一剔除", "Leave one out"), [Column(head) for head in heads], rows)


def _make_notes(analysis: Analysis, language: Language) -> ResultTable:
    rows = [(line,) for line in say_analysis(analysis, language)]
    return ResultTable(words.NOTE, [Column(words.NOTE)], rows)


def say_analysis(analysis: Analysis, language: Language) -> Iterator[str]:
    """What this is, how it was made, and everything that was done to the figures."""
    yield MARK.say(language)
    yield describe_methods(analysis).say(language)
    for finding in analysis.findings:
        yield f"{SEVERITIES[finding.severity].say(language)} {finding.say(language)}"


def describe_methods(analysis: Analysis) -> Text:
    """The methods in one line."""
    index = analysis.index
    weights = Text("给定权重", "given weights")
    if index.weighting != "given":
        weights = WEIGHINGS[index.weighting].title
    ways = (
        NORMALISATIONS[index.normalisation.method].title,
        AGGREGATIONS[index.aggregation.method].title,
        weights,
    )
    return Text("，".join(way.zh for way in ways), ", ".join(way.en for way in ways))
