import numpy as np
import pytest

from kaohe.analysis import rank_counts
from kaohe.analysis.draws import WEIGHT_UNIT
from kaohe.analysis.rank_counts import RankCounts, rank_draws, round_scores
from kaohe.analysis.ranking import rank_values

HALF = WEIGHT_UNIT / 2


def test_scores_are_rounded_to_whole_steps_halves_up():
    scores = np.array([[1.005, 2.5, -0.5], [0.994, 2.49, -0.51]])

    assert round_scores(scores.copy(), 0).tolist() == [[1, 3, 0], [1, 2, -1]]
    assert round_scores(scores.copy(), 1).tolist() == [[10, 25, -5], [10, 25, -5]]


@pytest.mark.parametrize("spread", [1, 10_000], ids=["close together", "far apart"])
def test_equal_scores_share_the_best_place(spread):
    rounded = np.array([[7.0, 9, 7, 3, 9], [1, 1, 1, 1, 1], [1, 2, 3, 4, 5]]) * spread

    assert rank_draws(rounded).tolist() == [[2, 0, 2, 4, 0], [0, 0, 0, 0, 0], [4, 3, 2, 1, 0]]


@pytest.mark.parametrize(
    ("steps", "subjects"), [(5, 40), (300, 40), (10**6, 40), (10**12, 40), (2**52, 4000)]
)
def test_places_are_those_of_ranking_each_draw_alone(steps, subjects):
    rounded = np.floor(np.random.default_rng(3).random((5, subjects)) * steps)

    assert [row.tolist() for row in rank_draws(rounded) + 1] == [
        rank_values(row).tolist() for row in rounded
    ]


def test_many_subjects_have_room_for_their_places():
    rounded = np.arange(40_000.0)[np.newaxis]

    assert rank_draws(rounded)[0, :2].tolist() == [39_999, 39_998]


@pytest.fixture(params=[1, 2**23], ids=["counted at once", "counted later"])
def counts(request, monkeypatch) -> RankCounts:
    """Four draws of three subjects: the first two tie once."""
    monkeypatch.setattr(rank_counts, "_MOST_WAITING", request.param)
    counts = RankCounts(3, 2, with_wins=True)
    weights = np.array([[1, 0], [0.5, 0.5], [0, 1.0]]) * WEIGHT_UNIT
    counts.add(np.array([[0, 1, 2], [0, 0, 2], [2, 1, 0]], dtype=np.int16), weights)
    counts.add(np.array([[0, 1, 2]], dtype=np.int16), np.array([[HALF, HALF]]))
    return counts


def test_places_are_counted_over_all_draws(counts):
    assert counts.draws == 4
    assert counts.counts.tolist() == [[3, 0, 1], [1, 3, 0], [1, 0, 3]]
    assert counts.acceptability().tolist() == [[0.75, 0, 0.25], [0.25, 0.75, 0], [0.25, 0, 0.75]]
    assert counts.expected_ranks().tolist() == [1.5, 1.75, 2.5]


def test_quantiles_are_ranks_that_so_many_draws_do_not_exceed(counts):
    found = counts.quantiles([5, 25, 50, 75, 76, 95])

    assert [each.tolist() for each in found] == [
        [1, 1, 1], [1, 1, 1], [1, 2, 3], [1, 2, 3], [3, 2, 3], [3, 2, 3],
    ]  # fmt: skip


def test_extremes_are_the_best_and_the_worst_rank_seen(counts):
    assert [each.tolist() for each in counts.extremes()] == [[1, 1, 1], [3, 2, 3]]


def test_the_chance_to_be_within_a_line_counts_places_up_to_it(counts):
    assert counts.chance_within(1).tolist() == [0.75, 0.25, 0.25]
    assert counts.chance_within(2).tolist() == [0.75, 1, 0.25]
    assert counts.chance_within(99).tolist() == [1, 1, 1]


def test_central_weights_are_the_mean_of_those_that_put_a_subject_first(counts):
    first = (np.array([1, 0]) + [0.5, 0.5] + [0.5, 0.5]) / 3

    np.testing.assert_allclose(
        counts.central_weights(), np.array([first, [0.5, 0.5], [0, 1]]), rtol=1e-15
    )


def test_who_is_never_first_has_no_central_weights():
    counts = RankCounts(2, 1)
    counts.add(np.array([[0, 1]], dtype=np.int16), np.array([[WEIGHT_UNIT]]))

    assert counts.central_weights()[0].tolist() == [1.0]
    assert np.isnan(counts.central_weights()[1]).all()


def test_a_tie_is_nobodys_win(counts):
    assert counts.win_chances().tolist() == [[0, 0.5, 0.75], [0.25, 0, 0.75], [0.25, 0.25, 0]]


def test_wins_are_counted_only_where_asked_for():
    assert RankCounts(2, 1).wins.size == 0
