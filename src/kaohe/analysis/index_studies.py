"""The study of an index file: the same figures through other methods, and other weights of its indicators."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

import numpy as np

from kaohe.analysis.aggregating import AGGREGATIONS
from kaohe.analysis.analysing import Analysis, analyse
from kaohe.analysis.choosing import choose_method
from kaohe.analysis.composites import Choice, Composite, compose_tree
from kaohe.analysis.imputing import IMPUTATIONS
from kaohe.analysis.index_model import (
    AggregationChoice,
    ImputationChoice,
    IndexModel,
    NormalisationChoice,
)
from kaohe.analysis.matrices import Flags
from kaohe.analysis.normalising import NORMALISATIONS
from kaohe.analysis.ranking_studies import Cut, RankingStudy, Settings, compose_all, note_moved
from kaohe.analysis.robustness import Study
from kaohe.analysis.tree import Combination, Node, find_effective_weights
from kaohe.analysis.wide_tables import WideTable
from kaohe.errors import BadInput, Finding, Place, blocking
from kaohe.language import Text

NO_IMPUTATION = "none"
_DECIMALS = 6  # of an index that does not say how many it shows
_UNSCALED = ("z_score", "rank", "borda")
"""Normalisations that know no scale to bring figures to."""


def make_index_study(index: IndexModel, table: WideTable, settings: Settings) -> RankingStudy:
    """The study of an index: weights around the effective ones, under every combination of the methods asked for.

    A method asked for takes the place of the index's own; branches that name an aggregation keep it.
    Subjects without a result under one of the methods are not in it. Raises BadInput with everything
    that has no meaning for the figures.
    """
    own = analyse(index, table)
    variants = _analyse_variants(own, index, table, settings)
    is_ranked = _find_ranked([own, *variants.values()], index)
    tree = _keep_weighty(own.tree)
    central = _list_effective(tree)
    composites = compose_all(
        list(variants), lambda choice: _compose(tree, variants[choice], choice, is_ranked)
    )
    subjects = _choose(table.subjects, is_ranked)
    study = Study(
        subjects, list(central), np.array(list(central.values())), composites, settings.spread,
        settings.draws, settings.seed, _find_decimals(index, settings), settings.with_wins,
    )  # fmt: skip
    reference = own.ranks[index.index][is_ranked].tolist()
    notes = [*_note_outside(table.subjects, is_ranked), *note_moved(study, reference)]
    cuts = [Cut(rank) for rank in settings.cuts]
    names = _choose(table.labels.get(index.subject_name, table.subjects), is_ranked)
    return RankingStudy("", index.name or index.index, names, reference, cuts, notes, study)


def _analyse_variants(
    own: Analysis, index: IndexModel, table: WideTable, settings: Settings
) -> dict[Choice, Analysis]:
    """The index under every combination of methods; all that have no meaning are refused together."""
    found: dict[Choice, Analysis] = {}
    faults: list[Finding] = []
    for choice in _list_choices(index, settings):
        try:
            varied = _vary(index, choice)
            found[choice] = own if varied == index else analyse(varied, table)
        except BadInput as refused:
            faults += refused.findings
    if faults:
        raise BadInput(dict.fromkeys(faults))
    return found


def _list_choices(index: IndexModel, settings: Settings) -> list[Choice]:
    imputation = index.imputation.method if index.imputation else NO_IMPUTATION
    return [
        Choice(*names)
        for names in product(
            settings.normalisations or [index.normalisation.method],
            settings.aggregations or [index.aggregation.method],
            settings.imputations or [imputation],
        )
    ]


def _vary(index: IndexModel, choice: Choice) -> IndexModel:
    """The index with other methods. Raises BadInput where one is unknown, or a power without its exponent."""
    choose_method(choice.normalisation, NORMALISATIONS)
    choose_method(choice.aggregation, AGGREGATIONS)
    if choice.imputation != NO_IMPUTATION:
        choose_method(choice.imputation, IMPUTATIONS)
    if choice.aggregation == "power" and index.aggregation.power is None:
        raise BadInput([_NO_POWER])
    return index.model_copy(
        update={
            "normalisation": _vary_normalisation(index.normalisation, choice.normalisation),
            "aggregation": _vary_aggregation(index.aggregation, choice.aggregation),
            "imputation": _vary_imputation(index.imputation, choice.imputation),
        }
    )


def _vary_normalisation(own: NormalisationChoice, method: str) -> NormalisationChoice:
    scale = None if method in _UNSCALED else own.to
    return own.model_copy(update={"method": method, "to": scale})


def _vary_aggregation(own: AggregationChoice, method: str) -> AggregationChoice:
    power = own.power if method == "power" else None
    return own.model_copy(update={"method": method, "power": power})


def _vary_imputation(own: ImputationChoice | None, method: str) -> ImputationChoice | None:
    if method == NO_IMPUTATION:
        return None
    return (own or ImputationChoice(method="mean")).model_copy(update={"method": method})


_NO_POWER = blocking(
    "missing-key",
    Place(key="aggregation.power"),
    Text("广义平均没有幂次", "a generalised mean needs its power"),
    Text("请在指数文件里写 aggregation: {method: power, power: …}",
         "write aggregation: {method: power, power: …} in the index file"),
)  # fmt: skip


def _find_ranked(analyses: Iterable[Analysis], index: IndexModel) -> Flags:
    """Who has a result under every method."""
    results = np.array([analysis.values[index.index] for analysis in analyses])
    ranked: Flags = ~np.isnan(results).any(axis=0)
    return ranked


def _note_outside(subjects: Sequence[str], is_ranked: Flags) -> Iterator[Text]:
    outside = _choose(subjects, ~is_ranked)
    if outside:
        yield Text(
            f"{'、'.join(outside)}：至少在一种方法下没有结果，不在其中",
            f"{', '.join(outside)}: without a result under one of the methods, not in it",
        )


def _choose(values: Sequence[str], rows: Flags) -> tuple[str, ...]:
    return tuple(value for value, chosen in zip(values, rows, strict=True) if chosen)


def _keep_weighty(node: Node) -> Node:
    """The tree without what weighs nothing."""
    children = tuple(_keep_weighty(child) for child in node.children if child.weight)
    return replace(node, children=children)


def _list_effective(tree: Node) -> dict[str, float]:
    """The share of the whole of every indicator."""
    effective = find_effective_weights(tree)
    return {leaf.code: effective[leaf.code] for leaf in tree.leaves()}


def _compose(tree: Node, variant: Analysis, choice: Choice, rows: Flags) -> Composite:
    """The index's own tree, its branches combined and its figures normalised as in a variant."""
    combinations = {node.code: node.combination for node in variant.tree.walk()}
    columns = {leaf.code: variant.normalised[leaf.code][rows] for leaf in tree.leaves()}
    subjects = _choose(variant.table.subjects, rows)
    return compose_tree(_combine_as(tree, combinations), columns, choice, subjects=subjects)


def _combine_as(node: Node, combinations: Mapping[str, Combination]) -> Node:
    children = tuple(_combine_as(child, combinations) for child in node.children)
    return replace(node, children=children, combination=combinations[node.code])


def _find_decimals(index: IndexModel, settings: Settings) -> int:
    if settings.decimals is not None:
        return settings.decimals
    return _DECIMALS if index.decimals is None else index.decimals
