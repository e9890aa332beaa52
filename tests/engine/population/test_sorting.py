"""Rows put in order by whole numbers."""

import numpy as np
import pytest

from kaohe.population.sorting import number_rows, sort_rows, sort_within


@pytest.mark.parametrize("wide", [1, 2**58])
def test_rows_stand_in_the_order_of_their_keys_those_alike_as_they_stood(wide: int) -> None:
    keys = np.array([3, -1, 3, 0, -1]) * wide

    assert sort_rows(keys).tolist() == [1, 4, 3, 0, 2]


@pytest.mark.parametrize("wide", [1, 2**60])
def test_rows_stand_by_group_and_then_from_the_best(wide: int) -> None:
    groups, keys = np.array([1, 0, 1, 0, 1]), np.array([2, 1, 3, 1, 2]) * wide

    assert sort_within(groups, keys, higher=True).tolist() == [1, 3, 2, 0, 4]
    assert sort_within(groups, keys, higher=False).tolist() == [1, 3, 0, 4, 2]


def test_nobody_has_no_order():
    nobody = np.empty(0, dtype=np.int64)

    assert sort_rows(nobody).tolist() == sort_within(nobody, nobody, higher=True).tolist() == []
    assert number_rows(nobody).tolist() == []


def test_rows_alike_have_one_number():
    assert number_rows(np.array([1, 1, 1, 2]), np.array([5, 5, 6, 6])).tolist() == [0, 0, 1, 2]
