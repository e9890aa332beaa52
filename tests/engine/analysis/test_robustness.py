import dataclasses
from itertools import islice
from typing import Any

import numpy as np
import pytest

from kaohe.analysis.composites import Choice, compose
from kaohe.analysis.draws import WEIGHT_UNIT, Band, Dirichlet, draw_weights, make_generator
from kaohe.analysis.normalising import normalise
from kaohe.analysis.ranking import rank_values
from kaohe.analysis.robustness import Study, count_ranks, draw_ranks, rank_centrally
from kaohe.errors import BadInput

NAN = float("nan")


def make_study(values, **given) -> Study:
    values = np.array(values, dtype=float)
    subjects = [f"U{row}" for row in range(len(values))]
    indicators = [f"I{column}" for column in range(values.shape[1])]
    settings: dict[str, Any] = {"spread": Dirichlet(), "draws": 9000, "decimals": 6} | given
    central = np.full(values.shape[1], 1 / values.shape[1])
    return Study(subjects, indicators, central, [compose(values, Choice())], **settings)


def test_two_units_stand_as_often_first_as_the_weights_say():
    # w against (1 − w) ÷ 2: the first wins where w > 1/3, so in two thirds of all draws.
    counts = count_ranks(make_study([[1, 0], [0, 0.5]]))

    drawn = draw_weights(np.array([0.5, 0.5]), Dirichlet(), make_generator(1), 9000)
    wins = int((drawn[:, 0] / WEIGHT_UNIT > 1 / 3).sum())
    assert counts.counts.tolist() == [[wins, 9000 - wins], [9000 - wins, wins]]
    assert wins == 6019
    assert abs(wins - 6000) < 3 * np.sqrt(9000 * 2 / 9)


def test_three_units_have_the_acceptabilities_of_the_textbook():
    # w, 1 − w and 0.6: the third is first for 0.4 < w < 0.6, otherwise second.
    counts = count_ranks(make_study([[1, 0], [0, 1], [0.6, 0.6]], draws=40_000, with_wins=True))

    expected = [[0.4, 0.1, 0.5], [0.4, 0.1, 0.5], [0.2, 0.8, 0]]
    np.testing.assert_allclose(counts.acceptability(), expected, atol=0.01)
    np.testing.assert_allclose(counts.expected_ranks(), [2.1, 2.1, 1.8], atol=0.02)
    central = [[0.8, 0.2], [0.2, 0.8], [0.5, 0.5]]
    np.testing.assert_allclose(counts.central_weights(), central, atol=0.01)
    wins = [[0, 0.5, 0.4], [0.5, 0, 0.4], [0.6, 0.6, 0]]
    assert counts.win_chances() == pytest.approx(np.array(wins), abs=0.01)
    assert [each.tolist() for each in counts.quantiles([5, 45, 95])] == [
        [1, 1, 1], [2, 2, 2], [3, 3, 2],
    ]  # fmt: skip


def test_a_unit_that_is_better_in_everything_is_always_first():
    counts = count_ranks(make_study([[0.9, 0.8, 0.7], [0.8, 0.7, 0.6], [0.1, 0.8, 0.7]], draws=500))

    assert counts.chance_within(1).tolist() == [1, 0, 0]


def test_scores_that_agree_when_rounded_tie_in_every_draw():
    counts = count_ranks(make_study([[0.501, 0.502], [0.503, 0.504], [0.1, 0.1]], decimals=1))

    assert counts.counts.tolist() == [[9000, 0, 0], [9000, 0, 0], [0, 0, 9000]]


def test_a_missing_figure_lets_the_others_count_for_more():
    # The first is 0.7 whatever the weights; the second is w: it wins where w > 0.7.
    study = make_study([[0.7, NAN], [1, 0]])

    drawn = draw_weights(np.array([0.5, 0.5]), Dirichlet(), make_generator(1), 9000)
    wins = int((drawn[:, 0] / WEIGHT_UNIT > 0.7).sum())
    assert count_ranks(study).counts.tolist() == [[9000 - wins, wins], [wins, 9000 - wins]]
    assert abs(wins - 2700) < 3 * np.sqrt(9000 * 0.21)


FIGURES = 100 * np.random.default_rng(11).random((40, 12))
WITH_GAPS = np.where(np.random.default_rng(12).random((40, 12)) < 0.2, NAN, FIGURES)


def make_wide_study(**given) -> Study:
    composites = [
        compose(normalise(WITH_GAPS, method, to=(1, 100)), Choice(method, aggregation))
        for method in ("min_max", "percentile_rank")
        for aggregation in ("arithmetic", "geometric", "copeland")
    ]
    study = make_study(WITH_GAPS, draws=300, decimals=2, **given)
    return dataclasses.replace(study, composites=composites)


@pytest.mark.parametrize("block", [1, 7, 64, 299, 5000])
def test_the_size_of_a_block_changes_no_figure(block):
    study = make_wide_study(with_wins=True)
    expected = count_ranks(study)

    *_, counts = draw_ranks(study, block=block)

    assert counts.draws == 1800
    assert counts.counts.tobytes() == expected.counts.tobytes()
    assert counts.first_weights.tobytes() == expected.first_weights.tobytes()
    assert np.array_equal(counts.win_chances(), expected.win_chances())


def test_the_same_seed_gives_the_same_and_another_does_not():
    counts = [count_ranks(make_wide_study(seed=seed)).counts.tobytes() for seed in (1, 1, 2)]

    assert counts[0] == counts[1] != counts[2]


def test_every_draw_is_ranked_under_every_choice():
    study = make_wide_study()
    weights = draw_weights(study.central, study.spread, make_generator(1), 300)

    expected = np.zeros((40, 40), dtype=int)
    for composite in study.composites:
        for scores in composite.score(weights):
            places = rank_values(np.floor(scores * 100 + 0.5)).astype(int) - 1
            expected[np.arange(40), places] += 1
    assert count_ranks(study).counts.tolist() == expected.tolist()


def test_whoever_stops_keeps_the_draws_so_far_as_if_no_more_had_been_asked_for():
    study = make_wide_study()

    *_, stopped = islice(draw_ranks(study, block=50), 2)

    assert stopped.draws == 600
    fewer = dataclasses.replace(study, draws=100)
    assert stopped.counts.tobytes() == count_ranks(fewer).counts.tobytes()


def test_the_reference_is_the_ranking_at_the_given_weights():
    study = make_study([[80, 90, 70], [90, 80, 70], [70, 70, 99], [1, 2, 3]], spread=Band(0.25))

    assert rank_centrally(study).tolist() == [1, 1, 3, 4]


@pytest.mark.parametrize("draws", [0, -1, 2**31])
def test_a_number_of_draws_out_of_range_is_refused(draws):
    with pytest.raises(BadInput) as refused:
        make_study([[1, 2]], draws=draws)

    assert [finding.kind for finding in refused.value.findings] == ["robustness-size"]


@pytest.mark.parametrize(("subjects", "with_wins"), [(5001, False), (501, True)])
def test_more_subjects_than_can_be_counted_or_compared_are_refused(subjects, with_wins):
    with pytest.raises(BadInput) as refused:
        make_study(np.ones((subjects, 1)), with_wins=with_wins)

    assert [finding.kind for finding in refused.value.findings] == ["robustness-size"]
    assert str(subjects) in refused.value.say("zh")
