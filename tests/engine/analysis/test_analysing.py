"""An index from figures to places."""

from dataclasses import replace

import numpy as np
import pytest
from tests.engine.analysis.indexes import INDEX, NAN, change, make_table, read

from kaohe.analysis.analysing import analyse
from kaohe.errors import BadInput, Place


def rounded(values):
    return [None if each != each else round(each, 6) for each in values.tolist()]


def test_figures_become_an_index_and_places():
    analysis = analyse(read(INDEX), make_table())

    assert {code: rounded(column) for code, column in analysis.values.items()} == {
        "vigour": [50, 50, 50],
        "growth": [75, 25, 50],
        "A1": [0, 100, 50],
        "A2": [100, 0, 50],
        "B1": [0, 100, None],
    }
    assert {code: rounded(column) for code, column in analysis.ranks.items()} == {
        "vigour": [1, 1, 1],
        "growth": [1, 3, 2],
    }
    assert analysis.effective_weights == pytest.approx(
        {"vigour": 1, "growth": 2 / 3, "A1": 1 / 6, "A2": 1 / 2, "B1": 1 / 3}
    )
    assert {code: rounded(column) for code, column in analysis.ranks_without.items()} == {
        "A1": [1, 3, 2],
        "A2": [3, 1, 2],
        "B1": [1, 3, 2],
    }
    assert [(each.code, each.above) for each in analysis.correlations][:2] == [
        ("growth", "vigour"),
        ("A1", "growth"),
    ]
    assert analysis.findings == ()


def test_denominators_divide_and_what_less_is_better_of_stays_so():
    index = change(
        "{code: A1, name: Output}", "{code: A1, denominator: {column: people, scale: 100}}"
    )

    analysis = analyse(index, make_table())

    # 500, 750, 400.
    assert rounded(analysis.values["A1"]) == [28.571429, 100, 0]


def test_missing_figures_are_imputed_by_group_and_said():
    index = change("name: Vigour\n", "imputation: {method: mean, by: region}\n")

    analysis = analyse(
        index, make_table(A1=[1, 2, 3, 4], A2=[1, 2, 3, 4], B1=[1, 2, 7, NAN], people=[1] * 4)
    )

    assert rounded(analysis.values["B1"]) == [0, 16.666667, 100, 100]
    assert [each.say("en") for each in analysis.findings] == [
        "B1: missing figures of B1, estimated: 1 → say so where it is reported"
    ]


def test_outliers_are_treated_and_said():
    index = change("name: Vigour\n", "treatment: {most: 5}\n")
    column = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30, 100]
    table = make_table(A1=column, A2=column[::-1], B1=list(range(12)))
    table = type(table)(tuple("abcdefghijkl"), table.columns)

    analysis = analyse(index, table)

    assert rounded(analysis.values["A1"])[-3:] == [31.034483, 100, 100]
    assert [each.say("zh") for each in analysis.findings] == [
        "A1: A1 有离群值，1 个数已处理：缩尾 → 报告中须说明",
        "A2: A2 有离群值，1 个数已处理：缩尾 → 报告中须说明",
    ]


def test_logarithms_take_their_goalposts_along():
    index = read("""\
index: wealth
normalisation: goalposts
indicators:
  - {code: A1, transform: logarithm, goalposts: {low: 1, high: 100}}
""")

    analysis = analyse(index, make_table(A1=[10, 1000, 0.1]))

    assert rounded(analysis.values["wealth"]) == [0.5, 1, 0]


def test_targets_and_references_are_taken_from_the_index():
    targets = read("""\
index: aims
normalisation: {method: distance_to_target, cap: true}
indicators: [{code: A1, target: 20}, {code: A2, direction: lower, target: 5}]
""")
    reference = read("""\
index: aims
normalisation: {method: distance_to_reference, reference: QZ}
indicators: [{code: A1}]
""")

    assert rounded(analyse(targets, make_table()).values["A2"]) == [1, 0, 0.666667]
    assert rounded(analyse(reference, make_table()).values["A1"]) == [0, 2, 1]


def test_an_unknown_reference_is_refused():
    index = change(
        "normalisation: min_max", "normalisation: {method: distance_to_reference, reference: QK}"
    )

    with pytest.raises(BadInput) as refused:
        analyse(index, make_table())

    assert 'the data have no subject "QK" to refer to' in refused.value.say("en")


def test_z_scores_and_ties_are_set_in_the_index():
    scores = change(
        "normalisation: min_max", "normalisation: {method: z_score, mean: 50, deviation: 10}"
    )
    ranks = change("normalisation: min_max", "normalisation: {method: rank, ties: highest}")

    assert rounded(analyse(scores, make_table()).values["A1"]) == [40, 60, 50]
    assert rounded(analyse(ranks, make_table(A1=[1, 1, 2])).values["A1"]) == [1, 1, 3]


def test_weights_can_be_found_in_the_figures():
    index = change("name: Vigour\n", "weighting: entropy\n")

    analysis = analyse(index, make_table(A1=[0, 50, 100], A2=[1, 0, 0]))

    # Min–max: 0, 50, 100 and 0, 100, 100; disorder 0.579380 and 0.630930.
    assert analysis.effective_weights["A1"] == pytest.approx(0.666667 * 0.532649, abs=1e-5)
    assert analysis.effective_weights["growth"] == pytest.approx(2 / 3)


def test_branches_may_aggregate_in_their_own_way():
    index = change(
        "    weight: 2\n",
        "    weight: 2\n    aggregation: {method: arithmetic, availability: {weight: 1}}\n",
    )

    analysis = analyse(index, make_table(A1=[10, NAN, 20]))

    assert rounded(analysis.values["growth"]) == [75, None, 62.5]
    assert rounded(analysis.values["vigour"]) == [50, 100, 62.5]


def test_subjects_without_a_result_are_said():
    index = change(
        "aggregation: arithmetic",
        "aggregation: {method: arithmetic, availability: {indicators: 1}}",
    )

    analysis = analyse(index, make_table())

    assert rounded(analysis.values["vigour"]) == [50, 50, None]
    assert rounded(analysis.ranks["vigour"]) == [1, 1, None]
    assert [each.say("en") for each in analysis.findings] == [
        "too little is known for a result: QZ → supply figures, or ask for less under `availability`"
    ]


def test_a_constant_indicator_is_warned_of_and_moves_nobody():
    analysis = analyse(read(INDEX), make_table(A1=[7, 7, 7]))

    assert rounded(analysis.values["growth"]) == [87.5, 12.5, 50]
    assert [each.say("en") for each in analysis.findings] == [
        "A1: nobody differs on A1 → it tells nobody apart; leave it out if that is so"
    ]


def test_places_can_be_of_rounded_values():
    index = change("name: Vigour\n", "decimals: 0\nranking: {on: rounded, ties: average}\n")

    analysis = analyse(index, make_table(A1=[0, 1, 1000], A2=[1, 1, 1], B1=[1, 1, 1]))

    assert rounded(analysis.ranks["vigour"]) == [2.5, 2.5, 1]


def test_zero_under_a_geometric_mean_is_refused_by_name():
    index = change("aggregation: arithmetic", "aggregation: geometric")

    with pytest.raises(BadInput) as refused:
        analyse(index, make_table())

    assert [each.say("zh") for each in refused.value.findings] == [
        "B1: QX 的 B1 是零或负数，几何平均没有意义 → 请换汇总方法，或归一化到正数区间，如 1 到 100",
        "A1: QX 的 A1 是零或负数，几何平均没有意义 → 请换汇总方法，或归一化到正数区间，如 1 到 100",
        "A2: QY 的 A2 是零或负数，几何平均没有意义 → 请换汇总方法，或归一化到正数区间，如 1 到 100",
    ]


def test_findings_say_the_file_that_figures_were_read_from():
    table = replace(make_table(A1=[5, 5, 5], B1=[0, 1, 2]), place=Place(file="towns.csv"))

    warned = analyse(read(INDEX), table).findings
    with pytest.raises(BadInput) as refused:
        analyse(change("  - code: B1\n", "  - {code: B1, transform: logarithm}\n"), table)

    assert [each.say("en").split(" → ")[0] for each in warned] == [
        "towns.csv · A1: nobody differs on A1"
    ]
    assert refused.value.say("en").split(" → ")[0] == (
        "towns.csv · B1: B1 of QX is zero or negative and has no logarithm"
    )


def test_goalposts_and_targets_that_nobody_uses_are_said():
    text = INDEX.replace("- code: B1", "- {code: B1, target: 4, goalposts: {low: 0, high: 5}}")

    said = [each.say("en") for each in analyse(read(text), make_table()).findings]

    assert said == [
        "goalposts: min_max does not use the goalposts of B1 → write normalisation: goalposts to use it",
        "target: min_max does not use the target of B1 → write normalisation: distance_to_target to use it",
    ]


def test_an_empty_indicator_is_refused():
    with pytest.raises(BadInput) as refused:
        analyse(read(INDEX), make_table(B1=[NAN] * 3))

    assert "B1 has no figure at all" in refused.value.say("en")


def test_the_order_of_subjects_changes_no_value():
    table, turned = make_table(), make_table(A1=[20, 30, 10], A2=[6, 8, 4], B1=[NAN, 2, 1])

    first, second = (analyse(read(INDEX), each).values["vigour"] for each in (table, turned))

    assert np.allclose(first, second[::-1])
