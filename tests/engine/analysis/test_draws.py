import numpy as np
import pytest

from kaohe.analysis.draws import (
    WEIGHT_UNIT,
    Band,
    Dirichlet,
    draw_weights,
    make_generator,
    require_spread,
    split_draws,
    step_weights,
)
from kaohe.errors import BadInput

CENTRAL = np.array([0.5, 0.3, 0.2, 0.0])
SPREADS = [Band(0.25), Dirichlet(), Dirichlet(2.0)]


def draw(spread, count, *, seed=1, central=CENTRAL):
    return draw_weights(central, spread, make_generator(seed), count) / WEIGHT_UNIT


@pytest.mark.parametrize("spread", SPREADS)
def test_every_draw_adds_up_to_one_and_no_weight_is_negative(spread):
    weights = draw(spread, 1000)

    assert np.abs(weights.sum(axis=1) - 1).max() < 1e-8
    assert weights.min() >= 0


@pytest.mark.parametrize("spread", SPREADS)
def test_weights_are_whole_steps(spread):
    steps = draw(spread, 100) * WEIGHT_UNIT

    assert (steps == np.floor(steps)).all()


@pytest.mark.parametrize("spread", SPREADS)
def test_the_same_seed_gives_the_same_bytes_however_the_draws_are_split(spread):
    generator = make_generator(7)
    parts = [draw_weights(CENTRAL, spread, generator, count) for count in (1, 3, 2)]
    whole = draw_weights(CENTRAL, spread, make_generator(7), 6)

    assert np.concatenate(parts).tobytes() == whole.tobytes()


def test_another_seed_or_stream_gives_other_draws():
    draws = [
        make_generator(1).random(),
        make_generator(2).random(),
        make_generator(1, stream=1).random(),
    ]

    assert len(set(draws)) == 3


def test_a_band_keeps_each_weight_near_its_own():
    weights = draw(Band(0.1), 2000)

    # At most 1.1 × itself over 0.9 × all, and the reverse.
    assert (weights <= CENTRAL * 1.1 / 0.9 + 1e-8).all()
    assert (weights >= CENTRAL * 0.9 / 1.1 - 1e-8).all()


def test_a_band_of_nothing_is_the_weights_themselves():
    assert (draw_weights(CENTRAL, Band(0), make_generator(1), 2) == step_weights(CENTRAL)).all()


def test_a_dirichlet_spread_is_around_the_weights_and_the_closer_the_greater():
    loose, close = draw(Dirichlet(1.0), 20_000), draw(Dirichlet(100.0), 20_000)

    assert np.abs(loose.mean(axis=0) - CENTRAL).max() < 0.01
    assert np.abs(close.mean(axis=0) - CENTRAL).max() < 0.001
    # Var w = w (1 − w) ÷ (concentration · indicators + 1)
    assert loose[:, 0].var() == pytest.approx(0.25 / 5, rel=0.03)
    assert close[:, 0].var() == pytest.approx(0.25 / 401, rel=0.03)


def test_all_weights_there_could_be_are_even_whatever_the_weights():
    weights = draw(Dirichlet(), 20_000)

    assert np.abs(weights.mean(axis=0) - 0.25).max() < 0.01
    assert weights[:, 3].var() == pytest.approx(0.25 * 0.75 / 5, rel=0.03)


def test_a_weight_of_zero_stays_zero_and_no_other_becomes_it():
    weights = draw(Dirichlet(0.05), 5000, central=np.array([0.999, 0.001, 0.0]))

    assert weights[:, 2].max() == 0
    assert weights[:, 1].min() == 1 / WEIGHT_UNIT


@pytest.mark.parametrize(
    "spread", [Band(-0.1), Band(1.01), Dirichlet(0.0), Dirichlet(0.049), Dirichlet(float("nan"))]
)
def test_a_spread_that_has_no_meaning_is_refused(spread):
    with pytest.raises(BadInput) as refused:
        require_spread(spread)

    assert [finding.kind for finding in refused.value.findings] == ["bad-spread"]


def test_blocks_add_up_to_all_draws():
    assert list(split_draws(10, 4)) == [4, 4, 2]
    assert list(split_draws(3, 10)) == [3]
