"""Missing figures estimated."""

import numpy as np
import pytest

from kaohe.analysis.imputing import impute
from kaohe.errors import BadInput

NAN = float("nan")
FIGURES = [[1.0, NAN], [2.0, 5.0], [9.0, NAN], [NAN, 7.0]]


@pytest.mark.parametrize(
    ("method", "expected"),
    [("mean", [[1, 6], [2, 5], [9, 6], [4, 7]]), ("median", [[1, 6], [2, 5], [9, 6], [2, 7]])],
)
def test_missing_figures_become_the_middle_of_their_indicator(method, expected):
    assert impute(FIGURES, method).tolist() == expected


def test_groups_have_their_own_middle_and_what_nobody_has_stays_missing():
    found = impute(FIGURES, "mean", groups=["a", "a", "b", "b"])

    assert found.tolist() == [[1, 5], [2, 5], [9, 7], [9, 7]]
    alone = impute(FIGURES, "median", groups=["a", "b", "c", "b"])
    assert np.isnan(alone).tolist() == [
        [False, True],
        [False, False],
        [False, True],
        [False, False],
    ]
    assert alone[3].tolist() == [2, 7]


def test_one_group_is_needed_for_each_subject():
    with pytest.raises(BadInput) as refused:
        impute(FIGURES, groups=["a"])

    assert "1 groups for 4 subjects" in refused.value.say("en")
