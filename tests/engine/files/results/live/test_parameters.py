"""The numbers of a scheme that may be changed: which there are, and what they are called."""

from collections import Counter
from fractions import Fraction

import pytest
from tests.engine.worlds.world import make_world

from kaohe.checking import admit
from kaohe.files.results.live.names import DefinedNames
from kaohe.files.results.live.parameters import Parameters
from kaohe.files.schemes.yaml_reading import compose_draft
from kaohe.scheme.model import SchemeModel

SCHEME = """\
kaohe: 1
code: plain
name: 样例
period: 2019
groups: [{code: g, name: 组}]
units: [{code: U1, name: 单位一, group: g}, {code: U2, name: 单位二, group: g}, {code: U3, name: 单位三, group: g}]
indicators:
  - code: A
    name: 平均
    points: 60
    combine: weighted_mean
    children:
      - {code: A1, name: 一, points: 60, target: 1, rule: {method: target_ratio}}
      - {code: A2, name: 二, points: 60, target: 1, rule: {method: target_ratio}}
  - code: B
    name: 相加
    points: 40
    children:
      - {code: B1, name: 一, points: 20, weight: 1.5, target: 1, rule: {method: target_ratio}}
      - {code: B2, name: 二, points: 10, target: 1, rule: {method: target_ratio}}
"""


def list_parameters(model: SchemeModel) -> Parameters:
    return Parameters(model, DefinedNames())


@pytest.mark.parametrize("seed", range(20))
def test_every_number_can_be_told_by_what_it_is_called(seed: int) -> None:
    found = list_parameters(make_world(seed).scheme.model)
    called = Counter((key[0], each.label) for key, each in found.items())

    assert [label for label, count in called.items() if count > 1] == []


def test_numbers_of_two_tables_are_called_after_their_steps() -> None:
    text = SCHEME.replace(
        "points: 60, target: 1, rule: {method: target_ratio}",
        "points: 60, rule: {method: upper_places, gains: [5, 3], losses: [4], "
        "precedence: gain, place_from: value}",
        1,
    )
    found = list_parameters(admit(compose_draft(text, "scheme.yaml")).model)
    labels = {each.name: each.label.zh for _, each in found.items()}

    assert labels["p_A1_table1_value_1"] == "前列加分，第1档：取值"
    assert labels["p_A1_table2_value_1"] == "末位扣分，第1档：取值"


def test_a_weight_of_one_has_a_cell_where_it_is_weighed_against_others() -> None:
    found = list_parameters(admit(compose_draft(SCHEME, "scheme.yaml")).model)
    weights = {key[0]: each.value for key, each in found.items() if key[1] == "weight"}

    assert weights == {"A1": 1, "A2": 1, "B1": Fraction(3, 2), "B2": 1}
