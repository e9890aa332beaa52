"""Studies of official rankings: one for each group, held against the places that stand."""

from typing import Any

import numpy as np
import pytest
from tests.engine.results.town import SCHEME, score_town

from kaohe.analysis.draws import Band
from kaohe.analysis.ranking_studies import Cut, Robustness, Settings
from kaohe.analysis.robustness import count_ranks, rank_centrally
from kaohe.analysis.scheme_studies import make_scheme_studies
from kaohe.errors import BadInput


def study(folder, *, scheme=SCHEME, **settings):
    return make_scheme_studies(score_town(folder, scheme=scheme), Settings(**settings))


def test_every_group_is_studied_at_the_decimals_of_its_indicators(tmp_path):
    towns, offices = study(tmp_path, cuts=[3])

    assert (towns.code, towns.name, towns.names) == (
        "towns",
        "镇街",
        ["松潆镇", "竹畹镇", "梅溆街道", "兰溆镇"],
    )
    assert list(towns.study.subjects) == ["T1", "T2", "T3", "T4"]
    assert list(towns.study.indicators) == ["A1", "A2", "A3", "B1", "B2"]
    assert (towns.study.decimals, offices.study.decimals) == (4, 4)
    assert towns.cuts == [Cut(1, "优秀"), Cut(2, "良好"), Cut(3)]


def test_the_weights_of_the_scheme_give_its_own_places(tmp_path):
    for each in study(tmp_path):
        assert each.notes == []
        assert rank_centrally(each.study).tolist() == list(each.reference)


def test_weights_that_do_not_vary_keep_everybody_in_place(tmp_path):
    towns, _ = study(tmp_path, spread=Band(0), draws=10, cuts=[2])

    found = Robustness(towns, count_ranks(towns.study))

    assert (found.draws, found.is_complete) == (10, True)
    assert [
        (each.expected, each.best, each.low, each.median, each.high, each.worst, each.above)
        for each in found.list_intervals()
    ] == [
        (1, 1, 1, 1, 1, 1, (1, 1, 1)),
        (2, 2, 2, 2, 2, 2, (0, 1, 1)),
        (3, 3, 3, 3, 3, 3, (0, 0, 0)),
        (4, 4, 4, 4, 4, 4, (0, 0, 0)),
    ]
    assert found.order_subjects() == [0, 1, 2, 3]


def test_a_place_that_rounding_ties_is_said(tmp_path):
    same = SCHEME.replace("table: [10, 8, 6, 4]", "table: [10, 10, 10, 10]")
    tied = same.replace("points: 20", "points: 0.001").replace("towns: 30", "towns: 0.001")

    towns, _ = study(tmp_path, scheme=tied, decimals=2)

    assert len(towns.notes) == 1
    assert towns.notes[0].en.endswith(
        "not at the rank that stands (here scores are ranked at 2 decimals, equal ones share the best rank)"
    )


def test_scores_are_normalised_and_aggregated_in_every_combination(tmp_path):
    towns, _ = study(
        tmp_path, normalisations=["as_scored", "min_max"], aggregations=["arithmetic", "power"][:1]
    )

    assert [composite.choice[:2] for composite in towns.study.composites] == [
        ("as_scored", "arithmetic"), ("min_max", "arithmetic"),
    ]  # fmt: skip
    counts = count_ranks(towns.study)
    assert counts.draws == 2000


def test_points_are_added_to_scores_that_were_normalised_again(tmp_path):
    towns, _ = study(tmp_path, normalisations=["fraction_of_max"])

    composite = towns.study.composites[0]
    # T1 is best in A1, A2 and B1; of A3 it has 6 of 10, and in B2 0.9125 of the best, T3's 0.93.
    weights = np.array([[0.2, 0.2, 0.1, 0.2, 0.3]]) * 2**28
    score = composite.score(weights)[0, 0]
    assert score == pytest.approx(composite.offsets.added[0] + 100 * find_mean(towns), rel=1e-6)


def find_mean(towns) -> float:
    """The weighted mean of the first town's shares of the best."""
    weights = np.array([0.2, 0.2, 0.1, 0.2, 0.3])
    columns = towns.study.composites[0].root.columns
    return float(columns.whole[:, 0] * columns.steps[0] @ weights)


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "normalisation": ({"normalisations": ["z_score"]}, '"z_score" cannot be used on the scores of a scheme'),
    "aggregation": ({"aggregations": ["copeland"]}, "write one of: arithmetic, geometric, harmonic"),
    "imputation": ({"imputations": ["mean"]}, "a scheme says itself what a missing figure means"),
    "cut": ({"cuts": [0]}, "there is no place 0"),
    "draws": ({"draws": 0}, "0 draws are out of range"),
    "zero": ({"aggregations": ["geometric"], "normalisations": ["min_max"]},
             "is zero or negative: a geometric mean is not defined"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_has_no_meaning_is_refused_with_the_reason(tmp_path, case):
    settings, said = REFUSED[case]

    with pytest.raises(BadInput) as refused:
        study(tmp_path, **settings)

    assert said in refused.value.say("en")


def test_everything_that_has_no_meaning_is_said_at_once(tmp_path):
    with pytest.raises(BadInput) as refused:
        study(tmp_path, normalisations=["z_score", "rank"], aggregations=["copeland"])

    assert len(refused.value.findings) == 3
