import numpy as np
import pytest

from kaohe.analysis.composites import Choice, compose
from kaohe.analysis.draws import Band, Dirichlet
from kaohe.analysis.normalising import normalise
from kaohe.analysis.rank_shifts import measure_shifts
from kaohe.analysis.robustness import Study
from kaohe.errors import BadInput

FIGURES = 100 * np.random.default_rng(4).random((25, 6))
FIGURES[3, :5] = np.nan


def make_study(normalisations=("min_max",), aggregations=("arithmetic",), **given) -> Study:
    composites = [
        compose(normalise(FIGURES, method, to=(1, 100)), Choice(method, aggregation))
        for method in normalisations
        for aggregation in aggregations
    ]
    names = [str(row) for row in range(25)]
    return Study(names, names[:6], np.full(6, 1 / 6), composites, **given)


def name_factors(sensitivity):
    return [factor.en for factor in sensitivity.factors]


def test_only_factors_with_something_to_choose_are_measured():
    alone = measure_shifts(make_study(), samples=32, leave_out=False)
    every = measure_shifts(
        make_study(("min_max", "percentile_rank"), ("arithmetic", "geometric")), samples=32
    )

    assert name_factors(alone) == ["weights"]
    assert name_factors(every) == [
        "weights",
        "normalisation",
        "aggregation",
        "one indicator left out",
    ]
    assert every.indices.evaluations == 32 * 6


def test_a_single_factor_is_responsible_for_everything():
    indices = measure_shifts(make_study(), samples=4096, leave_out=False).indices

    assert indices.first[0] == pytest.approx(1, abs=0.05)
    assert indices.total[0] == pytest.approx(1, abs=0.05)


def test_weights_that_do_not_vary_move_nothing():
    indices = measure_shifts(make_study(spread=Band(0)), samples=64).indices

    assert (indices.first[0], indices.total[0]) == (0, 0)
    assert indices.total[1] == pytest.approx(1, abs=0.3)


def test_wider_weights_shift_ranks_further():
    shifts = [
        measure_shifts(make_study(spread=spread), samples=256, leave_out=False).indices.mean
        for spread in (Band(0), Band(0.1), Band(0.5), Dirichlet())
    ]

    assert shifts[0] == 0
    assert shifts == sorted(shifts)


def test_leaving_out_is_what_ranking_without_the_indicator_gives():
    study = make_study(spread=Band(0), draws=1)
    indices = measure_shifts(study, samples=2**13).indices

    # Without draws the shift depends on the indicator alone: its mean is that over none and each of six.
    def rank(figures):
        scores = np.floor(np.nanmean(figures, axis=1) * 100 + 0.5)
        return np.array([(scores > score).sum() for score in scores])

    normalised = normalise(FIGURES, to=(1, 100))
    reference = rank(normalised)
    shifts = [0.0]
    for column in range(6):
        kept = np.delete(normalised, column, axis=1)
        kept[3] = normalised[3, 5]  # it has nothing but the last one, and keeps it
        shifts.append(np.abs(rank(kept) - reference).mean())
    assert indices.mean == pytest.approx(np.mean(shifts), rel=0.02)


def test_where_there_is_nothing_to_choose_no_factor_is_measured():
    composite = compose(np.array([[1.0], [2.0]]), Choice())
    study = Study(["U1", "U2"], ["A"], np.array([1.0]), [composite], draws=1)

    found = measure_shifts(study, samples=8)

    assert (found.factors, found.indices.total.size, found.indices.mean) == ([], 0, 0)


def test_work_can_be_ended_before_any_block():
    class Enough(Exception):
        pass

    def stop():
        raise Enough

    with pytest.raises(Enough):
        measure_shifts(make_study(), samples=8, on_block=stop)


def test_the_same_seed_gives_the_same_sensitivity():
    first, again = (measure_shifts(make_study(), samples=64).indices for _ in range(2))

    assert first.total.tobytes() == again.total.tobytes()


def test_choices_that_are_not_every_combination_are_refused():
    composites = [
        compose(normalise(FIGURES, "min_max"), Choice("min_max", "arithmetic")),
        compose(normalise(FIGURES, "z_score"), Choice("z_score", "copeland")),
    ]
    names = [str(row) for row in range(25)]
    study = Study(names, names[:6], np.full(6, 1 / 6), composites)

    with pytest.raises(BadInput) as refused:
        measure_shifts(study, samples=8)

    assert [finding.kind for finding in refused.value.findings] == ["choices-incomplete"]
