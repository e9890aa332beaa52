"""Aggregations: written-out figures, missing ones, thresholds and refusals."""

import pytest

from kaohe.analysis.aggregating import AGGREGATIONS, Availability, aggregate
from kaohe.analysis.matrices import Names
from kaohe.errors import BadInput

NAN = float("nan")
NAMES = Names(("QX", "QY", "QZ"), ("A1", "A2", "A3"))
NEEDED = {"power": 2.0}


def options_of(method):
    return {name: NEEDED[name] for name in AGGREGATIONS[method].needs}


def run(values, weights=None, method="arithmetic", **options):
    found = aggregate(values, weights, method, names=NAMES, **options)
    return [None if each != each else round(each, 9) for each in found.tolist()]


@pytest.mark.parametrize(
    ("method", "options", "equal", "weighted"),
    [
        ("arithmetic", {}, 5, 3.5),
        ("geometric", {}, 4, 2.828427125),
        ("harmonic", {}, 3.2, 2.461538462),
        ("power", {"power": 2}, 5.830951895, 4.358898944),
        ("power", {"power": 1}, 5, 3.5),
        ("power", {"power": 0}, 4, 2.828427125),
        ("power", {"power": -1}, 3.2, 2.461538462),
    ],
)
def test_means_are_as_written_out(method, options, equal, weighted):
    assert run([[2, 8]], None, method, **options) == [equal]
    assert run([[2, 8]], [30, 10], method, **options) == [weighted]


@pytest.mark.parametrize("method", ["arithmetic", "geometric", "harmonic", "power"])
def test_weights_of_the_missing_go_to_those_there(method):
    values = [[2, 8, NAN], [2, 8, 5], [NAN, NAN, NAN]]

    found = run(values, [3, 1, 4], method, **options_of(method))

    assert found[0] == run([[2, 8]], [3, 1], method, **options_of(method))[0]
    assert found[2] is None


@pytest.mark.parametrize(
    ("availability", "expected"),
    [
        (Availability(), [3, 2, 4]),
        (Availability(weight=0.5), [3, 2, None]),
        (Availability(weight=0.75), [3, 2, None]),
        (Availability(weight=0.8), [3, None, None]),
        (Availability(indicators=0.5), [3, None, None]),
        (Availability(indicators=1 / 3), [3, 2, 4]),
        (Availability(indicators=1), [3, None, None]),
    ],
)
def test_too_little_known_is_no_result(availability, expected):
    values = [[3, 3, 3], [2, NAN, NAN], [NAN, NAN, 4]]

    assert run(values, [6, 1, 1], availability=availability) == expected


def test_shares_that_add_up_with_float_noise_are_enough():
    values = [[1, 1, NAN]]

    assert run(values, [0.1, 0.2, 0.7], availability=Availability(weight=0.3)) == [1]


@pytest.mark.parametrize("method", AGGREGATIONS)
def test_missing_figures_can_be_refused(method):
    with pytest.raises(BadInput) as refused:
        run([[1, NAN], [2, 3]], None, method, missing="refuse", **options_of(method))

    assert "A2 of QX is missing" in refused.value.say("en")
    assert "QX 的 A2 没有数" in refused.value.say("zh")


@pytest.mark.parametrize(
    ("method", "options", "values"),
    [
        ("geometric", {}, [[1, 2], [1, 0]]),
        ("geometric", {}, [[1, 2], [1, -3]]),
        ("harmonic", {}, [[1, 2], [1, 0]]),
        ("harmonic", {}, [[1, 2], [1, -3]]),
        ("power", {"power": 0}, [[1, 2], [1, 0]]),
        ("power", {"power": -2}, [[1, 2], [1, 0]]),
        ("power", {"power": 2}, [[1, 2], [1, -1]]),
    ],
)
def test_zero_and_negative_are_refused_by_name_where_a_mean_needs_positive(method, options, values):
    with pytest.raises(BadInput) as refused:
        run(values, None, method, **options)

    assert [each.kind for each in refused.value.findings] == ["not-positive"]
    assert "A2 of QY is zero or negative" in refused.value.say("en")
    assert "QY 的 A2 是零或负数" in refused.value.say("zh")


def test_zero_is_a_figure_where_the_power_is_positive():
    assert run([[0, 2], [0, 0]], None, "power", power=2) == [1.414213562, 0]


def test_a_column_of_weight_zero_is_not_looked_at():
    assert run([[4, 0], [9, NAN]], [1, 0], "geometric", missing="refuse") == [4, 9]


def test_columns_are_called_by_their_own_numbers_when_others_are_left_out():
    with pytest.raises(BadInput) as refused:
        aggregate([[1, 0, 0]], [1, 0, 1], "geometric")

    assert refused.value.say("en").startswith("column 3: column 3 of row 1 is zero or negative")
    assert "第1行 的 第3列 是零或负数" in refused.value.say("zh")


@pytest.mark.parametrize("power", [-300, 300])
def test_great_powers_do_not_overflow(power):
    assert run([[1e90, 1e90]], None, "power", power=power)[0] == pytest.approx(1e90)


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ([1, -1, 1], "A2 has a weight that is negative, or no finite number"),
        ([1, 1, NAN], "A3 has a weight that is negative, or no finite number"),
        ([float("inf"), 1, 1], "A1 has a weight that is negative, or no finite number"),
        ([0, 0, 0], "all weights are zero"),
        ([1, 1], "there are 2 weights for 3 indicators"),
    ],
)
@pytest.mark.parametrize("method", AGGREGATIONS)
def test_weights_that_mean_nothing_are_refused(method, weights, said):
    with pytest.raises(BadInput) as refused:
        run([[1, 2, 3]], weights, method, **options_of(method))

    assert said in refused.value.say("en")


@pytest.mark.parametrize("method", AGGREGATIONS)
def test_infinite_figures_are_refused(method):
    with pytest.raises(BadInput) as refused:
        run([[1, float("-inf"), 3]], None, method, **options_of(method))

    assert [each.kind for each in refused.value.findings] == ["infinite-value"]


def test_copeland_counts_pairs_won_less_pairs_lost():
    values = [[3, 1, 2], [2, 3, 1], [1, 2, 3], [0, 0, 0]]

    assert run(values, None, "copeland") == [1, 1, 1, -3]
    assert run(values, [3, 1, 1], "copeland") == [3, 1, -1, -3]


def test_copeland_ties_what_agrees_in_twelve_digits():
    assert run([[0.1 + 0.2], [0.3], [0.4]], None, "copeland") == [-1, -1, 2]


def test_copeland_compares_on_what_both_have():
    values = [[5, NAN, 1], [4, 9, NAN], [NAN, NAN, NAN]]

    assert run(values, [1, 5, 5], "copeland") == [1, -1, None]


def test_copeland_of_half_the_weight_each_is_a_draw():
    assert run([[1, 0, 1], [0, 1, 0]], [0.1, 0.3, 0.2], "copeland") == [0, 0]


def test_a_single_subject_has_a_result_under_every_method():
    found = {name: run([[2, 2]], None, name, **options_of(name)) for name in AGGREGATIONS}

    assert found == {"arithmetic": [2], "geometric": [2], "harmonic": [2], "power": [2], "copeland": [0]}  # fmt: skip


@pytest.mark.parametrize("method", AGGREGATIONS)
def test_subjects_of_whom_nothing_is_known_have_no_result(method):
    assert run([[NAN, NAN], [NAN, NAN]], None, method, **options_of(method)) == [None, None]
