"""An index computed from figures: binary-float analysis, which decides no score, rank or grade.

The order is that of the OECD/JRC Handbook (2008): denominators, imputation, outliers, logarithms,
normalisation, weights, aggregation up the tree, places.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from kaohe.analysis.aggregating import Availability
from kaohe.analysis.imputing import impute
from kaohe.analysis.index_model import AggregationChoice, IndexModel, IndexNode
from kaohe.analysis.matrices import (
    Floats,
    Names,
    find_constant,
    read_matrix,
    refuse_empty_columns,
)
from kaohe.analysis.normalising import normalise
from kaohe.analysis.noticing import (
    note_constant,
    note_imputed,
    note_treated,
    note_unused,
    note_without_result,
)
from kaohe.analysis.ranking import rank_values
from kaohe.analysis.treating import OutlierRule, Treated, denominate, take_logarithm, treat_outliers
from kaohe.analysis.tree import (
    Combination,
    Correlation,
    Node,
    aggregate_tree,
    correlate_up,
    find_effective_weights,
    rank_without_each,
)
from kaohe.analysis.weighing import weigh
from kaohe.analysis.wide_tables import WideTable
from kaohe.errors import BadInput, Finding, Place, blocking
from kaohe.language import Text


@dataclass(frozen=True)
class Analysis:
    """What an index makes of a table, in binary floats; NaN where there is no figure."""

    index: IndexModel
    table: WideTable
    tree: Node
    """The index with the weights that were used."""
    normalised: Mapping[str, Floats]
    values: Mapping[str, Floats]
    """The index, every branch and every indicator (normalised), parents before their children."""
    ranks: Mapping[str, Floats]
    """The places on the index and on every branch."""
    findings: tuple[Finding, ...]
    """Warnings and notices on what was done to the figures."""

    @cached_property
    def effective_weights(self) -> dict[str, float]:
        """What share of the whole each node has."""
        return find_effective_weights(self.tree)

    @cached_property
    def correlations(self) -> list[Correlation]:
        """Every node with every node above it."""
        return correlate_up(self.tree, self.values)

    @cached_property
    def ranks_without(self) -> dict[str, Floats]:
        """The places on the index when one indicator is left out, by that indicator."""
        return rank_without_each(
            self.tree, self.normalised, self.table.subjects,
            ties=self.index.ranking.ties, decimals=_ranked_decimals(self.index),
        )  # fmt: skip


def analyse(index: IndexModel, table: WideTable) -> Analysis:
    """Compute an index. Raises BadInput where the index has no meaning for the figures."""
    leaves = index.list_leaves()
    names = Names(table.subjects, [leaf.code for leaf in leaves], place=table.place)
    raw = read_matrix(np.column_stack([table.columns[leaf.code] for leaf in leaves]), names)
    measured = _denominate(raw, leaves, table, names)
    refuse_empty_columns(measured, names)
    filled = _impute(measured, index, table, names)
    treated = _treat(filled, index, names)
    scaled = _normalise(_transform(treated.values, leaves, names), index, leaves, names)
    normalised = {leaf.code: column for leaf, column in zip(leaves, scaled.T, strict=True)}
    tree = _make_tree(index, normalised, table)
    values = aggregate_tree(tree, normalised, table.subjects)
    branches = [node.code for node in tree.walk() if node.children]
    return Analysis(
        index,
        table,
        tree,
        normalised,
        values,
        {code: _rank(values[code], index) for code in branches},
        (
            *table.findings,
            *note_unused(leaves, index.normalisation.method),
            *note_constant(find_constant(measured), names),
            *note_imputed(np.isnan(measured) & ~np.isnan(filled), names),
            *note_treated(treated, names),
            *note_without_result(np.isnan(values[index.index]), names),
        ),
    )


def _ranked_decimals(index: IndexModel) -> int | None:
    return index.decimals if index.ranking.on == "rounded" else None


def _rank(values: Floats, index: IndexModel) -> Floats:
    return rank_values(values, ties=index.ranking.ties, decimals=_ranked_decimals(index))


def _denominate(raw: Floats, leaves: list[IndexNode], table: WideTable, names: Names) -> Floats:
    if all(leaf.denominator is None for leaf in leaves):
        return raw
    ones = np.ones(len(raw))
    by = [leaf.denominator for leaf in leaves]
    divisors = [ones if each is None else table.columns[each.column] for each in by]
    scale = [1.0 if each is None else each.scale for each in by]
    return denominate(raw, np.column_stack(divisors), scale=scale, names=names)


def _impute(matrix: Floats, index: IndexModel, table: WideTable, names: Names) -> Floats:
    chosen = index.imputation
    if chosen is None:
        return matrix
    groups = table.labels[chosen.by] if chosen.by else None
    return impute(matrix, chosen.method, groups=groups, names=names)


def _treat(matrix: Floats, index: IndexModel, names: Names) -> Treated:
    chosen = index.treatment
    if chosen is None:
        return Treated(matrix, np.zeros(matrix.shape, np.bool_), ("",) * matrix.shape[1])
    rule = OutlierRule(chosen.skewness, chosen.kurtosis, chosen.most, chosen.fallback, chosen.power)
    return treat_outliers(matrix, rule, names=names)


def _transform(matrix: Floats, leaves: list[IndexNode], names: Names) -> Floats:
    chosen = np.array([leaf.transform == "logarithm" for leaf in leaves])
    if not chosen.any():
        return matrix
    transformed = matrix.copy()
    transformed[:, chosen] = take_logarithm(matrix[:, chosen], names=names.choose(chosen))
    return transformed


def _normalise(matrix: Floats, index: IndexModel, leaves: list[IndexNode], names: Names) -> Floats:
    chosen = index.normalisation
    higher = [leaf.direction == "higher" for leaf in leaves]
    options = {} if chosen.to is None else {"to": chosen.to}
    options |= _list_options(index, leaves, names)
    return normalise(matrix, chosen.method, higher=higher, names=names, **options)


def _list_options(index: IndexModel, leaves: list[IndexNode], names: Names) -> dict[str, Any]:
    """What the method needs beside the figures and the scale."""
    chosen = index.normalisation
    match chosen.method:
        case "z_score":
            return {"mean": chosen.mean, "deviation": chosen.deviation}
        case "rank" | "borda" | "percentile_rank":
            return {"ties": chosen.ties}
        case "distance_to_reference":
            return {"reference": _find_reference(chosen.reference, names), "cap": chosen.cap}
        case "distance_to_target":
            return {"targets": [_scale(leaf, leaf.target) for leaf in leaves], "cap": chosen.cap}
        case "goalposts":
            posts = [(leaf, leaf.goalposts) for leaf in leaves]
            return {
                "low": [_scale(leaf, None if post is None else post.low) for leaf, post in posts],
                "high": [_scale(leaf, None if post is None else post.high) for leaf, post in posts],
                "cap": [post is None or post.cap for _, post in posts],
            }
        case _:
            return {}


def _scale(leaf: IndexNode, value: float | None) -> float:
    """A target or goalpost as the indicator's figures are: as a logarithm where they are logarithms."""
    if value is None or (leaf.transform == "logarithm" and value <= 0):
        return float("nan")
    return float(np.log(value)) if leaf.transform == "logarithm" else value


def _find_reference(code: str, names: Names) -> int:
    if code in names.subjects:
        return list(names.subjects).index(code)
    raise BadInput([
        blocking(
            "no-reference",
            Place(key="normalisation.reference"),
            Text(f"数据里没有参照对象“{code}”", f'the data have no subject "{code}" to refer to'),
            Text("请写数据中的一个对象代码", "write the code of a subject in the data"),
        )
    ])  # fmt: skip


def _make_tree(index: IndexModel, normalised: Mapping[str, Floats], table: WideTable) -> Node:
    whole = _combine(index.aggregation)
    children = _weigh(index.indicators, index, normalised, table)
    nodes = (_make_node(node, weight, index, normalised, table) for node, weight in children)
    return Node(index.index, 1.0, tuple(nodes), whole)


def _make_node(
    node: IndexNode,
    weight: float,
    index: IndexModel,
    normalised: Mapping[str, Floats],
    table: WideTable,
) -> Node:
    below = _weigh(node.children, index, normalised, table)
    children = tuple(_make_node(child, share, index, normalised, table) for child, share in below)
    return Node(node.code, weight, children, _combine(node.aggregation or index.aggregation))


def _weigh(
    siblings: tuple[IndexNode, ...],
    index: IndexModel,
    normalised: Mapping[str, Floats],
    table: WideTable,
) -> list[tuple[IndexNode, float]]:
    """Siblings with their weights: those given, or for indicators those found in their figures."""
    given = {node.code: node.weight for node in siblings}
    leaves = [node.code for node in siblings if not node.children]
    if index.weighting != "given" and leaves:
        whole = sum(given[code] for code in leaves)
        matrix = np.column_stack([normalised[code] for code in leaves])
        found = weigh(
            matrix, index.weighting, names=Names(table.subjects, leaves, place=table.place)
        )
        given |= {code: whole * float(share) for code, share in zip(leaves, found, strict=True)}
    return [(node, given[node.code]) for node in siblings]


def _combine(chosen: AggregationChoice) -> Combination:
    least = Availability(chosen.availability.weight, chosen.availability.indicators)
    return Combination(chosen.method, chosen.missing, least, chosen.power)
