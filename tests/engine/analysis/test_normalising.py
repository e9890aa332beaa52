"""Normalisations: written-out figures, both directions, and what others' tools trip over."""

import numpy as np
import pytest

from kaohe.analysis.matrices import Names
from kaohe.analysis.normalising import NORMALISATIONS, normalise
from kaohe.errors import BadInput

NAN = float("nan")
NAMES = Names(("QX", "QY", "QZ", "QW"), ("A1", "A2"))
COLUMN = [[10.0], [40.0], [20.0], [30.0]]
NEEDED = {"reference": 1, "targets": 50.0, "low": 0.0, "high": 50.0}


def options_of(method):
    return {name: NEEDED[name] for name in NORMALISATIONS[method].needs}


def run(column, method, *, higher=None, **options):
    found = normalise([[each] for each in column], method, higher=higher, names=NAMES, **options)
    return [round(each, 9) for each in found[:, 0].tolist()]


@pytest.mark.parametrize(
    ("method", "options", "more", "less"),
    [
        ("min_max", {}, [0, 100, 33.333333333, 66.666666667], [100, 0, 66.666666667, 33.333333333]),
        ("min_max", {"to": (1, 10)}, [1, 10, 4, 7], [10, 1, 7, 4]),
        ("z_score", {}, [-1.161895004, 1.161895004, -0.387298335, 0.387298335],
         [1.161895004, -1.161895004, 0.387298335, -0.387298335]),
        ("rank", {}, [1, 4, 2, 3], [4, 1, 3, 2]),
        ("percentile_rank", {}, [0, 1, 0.333333333, 0.666666667], [1, 0, 0.666666667, 0.333333333]),
        ("borda", {}, [0, 3, 1, 2], [3, 0, 2, 1]),
        ("distance_to_best", {}, [0, 1, 0.333333333, 0.666666667], [1, 0, 0.666666667, 0.333333333]),
        ("distance_to_reference", {"reference": 2}, [0, 3, 1, 2], [1.5, 0, 1, 0.5]),
        ("distance_to_reference", {"reference": 2, "cap": True}, [0, 1, 1, 1], [1, 0, 1, 0.5]),
        ("distance_to_target", {"targets": 30}, [0, 1.5, 0.5, 1], [3, 0, 2, 1]),
        ("distance_to_target", {"targets": [20], "cap": True}, [0, 1, 1, 1], [1, 0, 1, 0.5]),
        ("goalposts", {"low": 20, "high": 40}, [0, 1, 0, 0.5], [1, 0, 1, 0.5]),
        ("goalposts", {"low": 20, "high": 40, "cap": False}, [-0.5, 1, 0, 0.5], [1.5, 0, 1, 0.5]),
        ("goalposts", {"low": [0], "high": [50], "to": (0, 100)}, [20, 80, 40, 60], [80, 20, 60, 40]),
        ("fraction_of_max", {}, [0.25, 1, 0.5, 0.75], [1, 0.25, 0.5, 0.333333333]),
    ],
)  # fmt: skip
def test_figures_are_brought_to_one_scale_in_both_directions(method, options, more, less):
    assert run([10, 40, 20, 30], method, **options) == more
    assert run([10, 40, 20, 30], method, higher=[False], **options) == less


@pytest.mark.parametrize(
    ("method", "to"), [("z_score", {"mean": 50, "deviation": 10}), ("min_max", {"to": (40, 60)})]
)
def test_the_scale_can_be_chosen(method, to):
    found = run([1, 2, 3], method, **to)

    assert found == [40, 50, 60]


@pytest.mark.parametrize("method", NORMALISATIONS)
def test_a_missing_figure_stays_missing_and_changes_no_other(method):
    values = [[10.0, 5.0], [40.0, 15.0], [20.0, NAN], [30.0, 10.0]]
    options = options_of(method)

    found = normalise(values, method, names=NAMES, **options)
    alone = normalise(COLUMN, method, names=NAMES, **options)

    assert np.argwhere(np.isnan(found)).tolist() == [[2, 1]]
    assert found[:, 0].tolist() == alone[:, 0].tolist()


@pytest.mark.parametrize(
    ("method", "expected"),
    [("min_max", 50), ("z_score", 0), ("rank", 2), ("percentile_rank", 0.5), ("borda", 1),
     ("distance_to_best", 1), ("distance_to_reference", 1), ("distance_to_target", 0),
     ("goalposts", 0.6), ("fraction_of_max", 1)],
)  # fmt: skip
def test_a_constant_column_has_a_defined_result(method, expected):
    assert run([30, 30, 30], method, **options_of(method)) == [expected] * 3


@pytest.mark.parametrize(
    ("method", "expected"),
    [("min_max", 50), ("z_score", 0), ("rank", 1), ("percentile_rank", 0.5), ("borda", 0),
     ("distance_to_best", 1), ("distance_to_target", 0), ("goalposts", 0.6), ("fraction_of_max", 1)],
)  # fmt: skip
def test_a_single_subject_has_a_defined_result(method, expected):
    assert run([30], method, **options_of(method)) == [expected]


def test_a_column_that_differs_by_float_noise_alone_is_constant():
    assert run([0.1 + 0.2, 0.3], "min_max") == [50, 50]
    assert run([0.1 + 0.2, 0.3], "z_score") == [0, 0]


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        ("average", [1, 2.5, 2.5, 4]),
        ("lowest", [1, 3, 3, 4]),
        ("highest", [1, 2, 2, 4]),
        ("dense", [1, 2, 2, 3]),
    ],
)
def test_ranks_tie_what_agrees_in_twelve_digits(ties, expected):
    assert run([0.2, 0.1 + 0.2, 0.3, 0.4], "rank", ties=ties) == expected


@pytest.mark.parametrize("method", NORMALISATIONS)
def test_infinite_figures_are_refused_by_name(method):
    with pytest.raises(BadInput) as refused:
        normalise([[1.0, 2.0], [np.inf, 3.0]], method, names=NAMES, **options_of(method))

    assert refused.value.say("en") == (
        "A1: A1 of QY is infinite, or too large to be meant → give a finite number, or leave it empty"
    )
    assert refused.value.say("zh") == (
        "A1: QY 的 A1 是无穷大，或大得不像真数 → 请改成有限的数，没有的留空"
    )


@pytest.mark.parametrize("method", NORMALISATIONS)
def test_an_indicator_without_any_figure_is_refused(method):
    with pytest.raises(BadInput) as refused:
        normalise([[1.0, NAN], [2.0, NAN]], method, names=NAMES, **options_of(method))

    assert [each.kind for each in refused.value.findings] == ["no-figures"]
    assert refused.value.say("en").startswith("A2: A2 has no figure at all")


@pytest.mark.parametrize(
    ("method", "column", "options", "said"),
    [
        ("fraction_of_max", [1, -2, 3], {}, "A1 of QY is negative or zero"),
        ("fraction_of_max", [0, 0], {}, "A1 has a maximum of zero"),
        ("fraction_of_max", [0, 1], {"higher": False}, "A1 of QX is negative or zero"),
        ("distance_to_reference", [1, 2], {"reference": 0}, "A1 has its reference QX as the worst"),
        ("distance_to_reference", [1, NAN], {"reference": 1}, "A1 has no figure of the reference QY"),
        ("distance_to_target", [1, 2], {"targets": [1]}, "A1 has a target no better than its worst"),
        ("distance_to_target", [1, 2], {"targets": [NAN]}, "A1 has no target"),
        ("distance_to_reference", [1e-320, 0, 0.3], {"reference": 0}, "A1 of QZ is infinite once normalised"),
        ("goalposts", [1, 2], {"low": 5, "high": 5}, "A1 has a high goalpost not above the low one"),
        ("goalposts", [1, 2], {"low": 5, "high": NAN}, "A1 has no high goalpost"),
    ],
)  # fmt: skip
def test_what_a_method_has_no_meaning_for_is_refused(method, column, options, said):
    with pytest.raises(BadInput) as refused:
        run(column, method, **options)

    assert said in refused.value.say("en")


def test_an_unknown_method_names_those_alike():
    with pytest.raises(BadInput) as refused:
        run([1, 2], "minmax")

    assert refused.value.say("en") == 'there is no method "minmax" → write one of: min_max'


@pytest.mark.parametrize("values", [[], [[]], [1.0, 2.0], [[[1.0]]]])
def test_only_a_table_of_figures_is_taken(values):
    with pytest.raises(BadInput) as refused:
        normalise(values)

    assert [each.kind for each in refused.value.findings] == ["bad-shape"]


def test_unnamed_figures_are_called_by_row_and_column():
    with pytest.raises(BadInput) as refused:
        normalise([[1.0], [np.inf], [np.inf], [-np.inf], [np.inf]])

    assert "column 1 of row 2, row 3, row 4 and 1 more is infinite" in refused.value.say("en")
    assert "第2行、第3行、第4行 等4个对象 的 第1列 是无穷大" in refused.value.say("zh")


def test_the_figures_given_are_left_as_they_were():
    values = np.array([[1.0], [2.0]])

    normalise(values)

    assert values.tolist() == [[1.0], [2.0]]
