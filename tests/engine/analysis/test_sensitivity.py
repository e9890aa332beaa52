import numpy as np
import pytest

from kaohe.analysis.sensitivity import find_sobol_indices


def ishigami(inputs):
    """sin x₁ + 7 sin² x₂ + 0.1 x₃⁴ sin x₁ over −π … π (Ishigami and Homma 1990)."""
    first, second, third = (np.pi * (2 * inputs - 1)).T
    return np.sin(first) + 7 * np.sin(second) ** 2 + 0.1 * third**4 * np.sin(first)


def test_the_indices_of_the_ishigami_function_are_the_known_ones():
    found = find_sobol_indices(ishigami, 3, samples=2**16, seed=1)

    np.testing.assert_allclose(found.first, [0.3139, 0.4424, 0], atol=0.01)
    np.testing.assert_allclose(found.total, [0.5576, 0.4424, 0.2437], atol=0.015)
    assert found.mean == pytest.approx(3.5, abs=0.05)
    assert found.variance == pytest.approx(13.8446, rel=0.02)
    assert found.evaluations == 5 * 2**16


def test_the_known_indices_lie_within_three_standard_errors():
    found = find_sobol_indices(ishigami, 3, samples=2**12, seed=5)

    assert (np.abs(found.first - [0.3139, 0.4424, 0]) < 3 * found.first_error).all()
    assert (np.abs(found.total - [0.5576, 0.4424, 0.2437]) < 3 * found.total_error).all()


def test_of_a_sum_each_input_has_its_share_alone():
    found = find_sobol_indices(lambda x: 3 * x[:, 0] + 4 * x[:, 1], 2, samples=2**14, seed=1)

    np.testing.assert_allclose(found.first, [0.36, 0.64], atol=0.02)
    np.testing.assert_allclose(found.total, [0.36, 0.64], atol=0.02)


def test_an_input_without_effect_has_exactly_nothing():
    found = find_sobol_indices(lambda x: x[:, 0], 2, samples=100, seed=1)

    assert (found.first[1], found.total[1]) == (0, 0)


def test_a_model_that_never_varies_has_no_indices():
    found = find_sobol_indices(lambda x: np.ones(len(x)), 2, samples=10, seed=1)

    assert np.isnan([found.first, found.total]).all()


def test_the_same_seed_gives_the_same_indices():
    found = [find_sobol_indices(ishigami, 3, samples=64, seed=seed).total[0] for seed in (1, 1, 2)]

    assert found[0] == found[1] != found[2]
