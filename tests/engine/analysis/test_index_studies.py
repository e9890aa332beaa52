"""The study of an index file: its own places at its own weights, and other methods beside."""

from typing import Any

import numpy as np
import pytest
from tests.engine.analysis.indexes import INDEX, NAN, change, make_table, read

from kaohe.analysis.analysing import analyse
from kaohe.analysis.index_studies import make_index_study
from kaohe.analysis.rank_shifts import measure_shifts
from kaohe.analysis.ranking_studies import Cut, Settings
from kaohe.analysis.robustness import count_ranks, rank_centrally
from kaohe.errors import BadInput


def make_figures():
    generator = np.random.default_rng(3)
    columns = {name: (100 * generator.random(4)).tolist() for name in ("A1", "A2", "B1")}
    return make_table(**columns, people=[1, 1, 1, 1])


def test_an_index_is_studied_around_its_effective_weights():
    found = make_index_study(read(INDEX), make_table(), Settings(cuts=[1]))

    assert (found.code, found.name, found.cuts) == ("", "Vigour", [Cut(1)])
    assert list(found.study.subjects) == ["QX", "QY", "QZ"]
    assert list(found.study.indicators) == ["A1", "A2", "B1"]
    assert found.study.central.tolist() == pytest.approx([1 / 6, 1 / 2, 1 / 3])
    assert found.reference == [1, 1, 1]
    assert found.study.decimals == 6


@pytest.mark.parametrize(
    "method", ["arithmetic", "geometric", "harmonic", "{method: power, power: 2}"]
)
def test_the_given_weights_give_the_index_its_own_places(method):
    index = change(
        "normalisation: min_max\naggregation: arithmetic\n",
        f"normalisation: {{method: min_max, to: [1, 100]}}\naggregation: {method}\n",
    )
    found = make_index_study(index, make_figures(), Settings())

    assert found.notes == []
    expected = analyse(index, make_figures()).ranks["vigour"].tolist()
    assert rank_centrally(found.study).tolist() == expected == list(found.reference)


def test_every_combination_of_the_methods_asked_for_is_drawn():
    settings = Settings(
        normalisations=["min_max", "z_score"], aggregations=["arithmetic"],
        imputations=["none", "mean", "median"], draws=50,
    )  # fmt: skip

    found = make_index_study(read(INDEX), make_table(), settings)

    assert [composite.choice for composite in found.study.composites] == [
        (normalisation, "arithmetic", imputation)
        for normalisation in ("min_max", "z_score")
        for imputation in ("none", "mean", "median")
    ]
    assert count_ranks(found.study).draws == 300
    factors = [factor.en for factor in measure_shifts(found.study, samples=8).factors]
    assert factors == ["weights", "normalisation", "imputation", "one indicator left out"]


def test_a_branch_that_names_its_aggregation_keeps_it():
    index = change("    weight: 2\n", "    weight: 2\n    aggregation: geometric\n").model_copy(
        update={"normalisation": change("min_max", "{method: min_max, to: [1, 100]}").normalisation}
    )

    found = make_index_study(index, make_figures(), Settings(aggregations=["harmonic"]))

    analysis = analyse(
        index.model_copy(update={"aggregation": change("arithmetic", "harmonic").aggregation}),
        make_figures(),
    )
    scores = found.study.composites[0].score(found.study.central[np.newaxis] * 2**28)
    np.testing.assert_allclose(scores[0], analysis.values["vigour"], rtol=1e-6)


def test_who_has_no_result_under_a_method_is_left_out_and_said():
    index = change("aggregation: arithmetic\n", "aggregation: {method: arithmetic, missing: renormalise, availability: {weight: 1}}\n")  # fmt: skip

    found = make_index_study(index, make_table(), Settings(imputations=["none", "mean"]))

    assert list(found.study.subjects) == ["QX", "QY"]
    assert [note.en for note in found.notes] == [
        "QZ: without a result under one of the methods, not in it"
    ]


def test_an_indicator_without_weight_is_never_drawn():
    found = make_index_study(change("weight: 3", "weight: 0"), make_table(), Settings())

    assert list(found.study.indicators) == ["A1", "B1"]


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "zeros under a geometric mean": ({"aggregations": ["geometric"]}, "is zero or negative: a geometric mean"),
    "no goalposts": ({"normalisations": ["goalposts"]}, "has no low goalpost"),
    "no power": ({"aggregations": ["power"]}, "a generalised mean needs its power"),
    "unknown": ({"normalisations": ["minmax"]}, 'there is no method "minmax" → write one of: min_max'),
    "unknown imputation": ({"imputations": ["mode"]}, 'there is no method "mode"'),
    "branches compared": ({"aggregations": ["copeland"]}, "Copeland's rule cannot compare branches"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_has_no_meaning_for_the_figures_is_refused(case):
    settings, said = REFUSED[case]

    with pytest.raises(BadInput) as refused:
        make_index_study(read(INDEX), make_table(), Settings(**settings))

    assert said in refused.value.say("en")


def test_all_methods_without_meaning_are_refused_together():
    settings = Settings(
        normalisations=["goalposts", "minmax"], aggregations=["arithmetic", "power"]
    )

    with pytest.raises(BadInput) as refused:
        make_index_study(read(INDEX), make_table(B1=[1, NAN, 3]), settings)

    kinds = [finding.kind for finding in refused.value.findings]
    assert {"no-target", "unknown-method", "missing-key"} <= set(kinds)
    assert len(kinds) == len(set(refused.value.findings))
