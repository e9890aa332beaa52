import numpy as np
import pytest

from kaohe.analysis.aggregating import Availability, aggregate
from kaohe.analysis.composites import Choice, Offsets, compose, compose_tree
from kaohe.analysis.draws import Band, draw_weights, make_generator, step_weights
from kaohe.analysis.matrices import Names
from kaohe.analysis.products import Mean, multiply
from kaohe.analysis.tree import Combination, Node, aggregate_tree
from kaohe.errors import BadInput

METHODS = [("arithmetic", None), ("geometric", None), ("harmonic", None), ("copeland", None)] + [
    ("power", power) for power in (-2.0, 0.0, 0.5, 1.0, 3.0)
]


def make_figures(*, missing: float):
    generator = np.random.default_rng(5)
    figures = 1 + 99 * generator.random((30, 8))
    figures[generator.random(figures.shape) < missing] = np.nan
    figures[:, 0] = np.linspace(1, 100, 30)  # everybody has one
    return figures


@pytest.mark.parametrize("missing", [0.0, 0.3])
@pytest.mark.parametrize(("method", "power"), METHODS)
def test_scores_of_many_draws_are_those_of_aggregating_with_each(method, power, missing):
    figures = make_figures(missing=missing)
    weights = draw_weights(np.full(8, 1 / 8), Band(0.5), make_generator(2), 20)
    options = {} if power is None else {"power": power}

    composite = compose(figures, Choice("", method), power=power)

    expected = [aggregate(figures, row, method, **options) for row in weights]
    np.testing.assert_allclose(composite.score(weights), expected, rtol=3e-7)


def test_figures_of_very_different_size_keep_their_digits():
    figures = np.array([[1e-9, 3e-9], [1e9, 3e9], [0.0, 0.0], [-4.0, -6.0]])

    scores = compose(figures, Choice()).score(step_weights(np.array([0.5, 0.5])))

    np.testing.assert_allclose(scores, [[2e-9, 2e9, 0, -5]], rtol=1e-7)


def test_subjects_with_the_same_figures_always_tie():
    figures = np.tile(100 * np.random.default_rng(1).random((1, 37)), (101, 1))
    weights = draw_weights(np.full(37, 1 / 37), Band(0.9), make_generator(1), 500)

    assert np.ptp(compose(figures, Choice()).score(weights), axis=1).max() == 0


def test_a_product_in_pieces_is_the_product_to_the_last_bit():
    generator = np.random.default_rng(1)
    weights = np.floor(generator.random((300, 90)) * 2**22)
    columns = np.floor(generator.random((90, 700)) * 2**24)

    assert multiply(weights, columns).tobytes() == (weights @ columns).tobytes()


def test_points_are_full_marks_times_the_share_and_what_is_added():
    shares = np.array([[1.0, 0.5], [0.5, np.nan]])
    offsets = Offsets(np.array([100.0, 60.0]), np.array([2.0, -3.0]))

    scores = compose(shares, Choice(), offsets=offsets).score(step_weights(np.array([0.6, 0.4])))

    np.testing.assert_allclose(scores, [[82, 27]], rtol=1e-7)


def make_tree(method: str) -> Node:
    return Node("total", children=(
        Node("a", 2.0, (Node("a1", 3.0), Node("a2", 1.0)), Combination("geometric")),
        Node("b1", 1.0),
        Node("c", 1.0, (Node("c1"), Node("c2")), Combination(availability=Availability(weight=0.6))),
    ), combination=Combination(method))  # fmt: skip


COLUMNS = {
    "a1": np.array([10.0, 40.0, 90.0]),
    "a2": np.array([90.0, np.nan, 10.0]),
    "b1": np.array([50.0, 60.0, np.nan]),
    "c1": np.array([20.0, 70.0, 40.0]),
    "c2": np.array([30.0, 50.0, np.nan]),  # the third has half of c, which is too little
}


@pytest.mark.parametrize("method", ["arithmetic", "geometric", "harmonic"])
def test_a_tree_at_its_own_weights_gives_its_own_scores(method):
    root = make_tree(method)
    effective = np.array([0.375, 0.125, 0.25, 0.125, 0.125])

    scores = compose_tree(root, COLUMNS, Choice("", method)).score(step_weights(effective))

    np.testing.assert_allclose(scores[0], aggregate_tree(root, COLUMNS)["total"], rtol=1e-7)


def test_a_branch_weighs_what_its_leaves_weigh_together():
    weights = np.array([[1.0, 1, 1, 3, 1]]) * 2**20

    scores = compose_tree(make_tree("arithmetic"), COLUMNS, Choice()).score(weights)

    first = (2 * np.sqrt(10 * 90) + 50 + 4 * (3 * 20 + 30) / 4) / 7
    second = (2 * 40 + 60 + 4 * (3 * 70 + 50) / 4) / 7
    third = np.sqrt(90 * 10)
    np.testing.assert_allclose(scores, [[first, second, third]], rtol=1e-7)


def test_means_of_means_of_figures_that_are_all_there_are_one_product():
    root = Node("total", children=(Node("a", 3.0, (Node("a1"), Node("a2", 2.0))), Node("b1")))
    columns = {"a1": np.array([1.0, 4]), "a2": np.array([7.0, 2]), "b1": np.array([3.0, 9])}

    composite = compose_tree(root, columns, Choice())

    assert isinstance(composite.root, Mean)
    assert (composite.root.direct.tolist(), composite.root.below) == ([0, 1, 2], ())
    scores = composite.score(step_weights(np.array([0.25, 0.5, 0.25])))
    np.testing.assert_allclose(scores[0], aggregate_tree(root, columns)["total"], rtol=1e-7)


def test_copeland_among_leaves_of_a_branch_is_compared_in_every_draw():
    root = Node("total", children=(
        Node("a", children=(Node("a1"), Node("b1")), combination=Combination("copeland")),
        Node("c1", 0.5),
    ))  # fmt: skip
    columns = {
        "a1": np.array([1.0, 2, 3]), "b1": np.array([3.0, 2, 1]), "c1": np.array([0.0, 0, 0])
    }  # fmt: skip

    scores = compose_tree(root, columns, Choice()).score(
        np.array([[3.0, 1, 4], [1, 3, 4], [2, 2, 4]])
    )

    assert scores.tolist() == [[-1, 0, 1], [1, 0, -1], [0, 0, 0]]


def test_a_zero_under_a_geometric_mean_is_refused_with_its_place():
    with pytest.raises(BadInput) as refused:
        compose(np.array([[1.0, 0.0]]), Choice("", "geometric"), names=Names(["U1"], ["A", "B"]))

    assert refused.value.say("en").startswith("B: B of U1 is zero or negative")


def test_copeland_over_branches_or_too_many_subjects_is_refused():
    many = {code: np.resize(column, 201) for code, column in COLUMNS.items()}

    with pytest.raises(BadInput) as refused:
        compose_tree(make_tree("copeland"), many, Choice())

    assert [finding.kind for finding in refused.value.findings] == ["copeland-draws"] * 2
