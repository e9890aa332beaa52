"""An official ranking taken apart: shares, weights and constants give the scheme's own totals."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from tests.engine.results.generated import results
from tests.engine.results.town import SCHEME, score_town

from kaohe.analysis.official_groups import lay_out_group
from kaohe.analysis.ranking_studies import Cut
from kaohe.checking import admit
from kaohe.results.result import Result, score
from kaohe.rules.records import Matter
from kaohe.scheme.draft import Draft
from kaohe.scoring.observations import Observations
from kaohe.scoring.rollup import add_children


def test_weights_are_the_points_of_the_tree_and_figures_the_shares_of_them(tmp_path):
    official = lay_out_group(score_town(tmp_path), "towns")

    # T5 stands apart.
    assert [each.unit.code for each in official.units] == ["T1", "T2", "T3", "T4"]
    assert official.weights == {"A1": 20, "A2": 20, "A3": 10, "B1": 20, "B2": 30}
    assert official.parts[1].shares == {
        "A1": Fraction("0.833335"), "A2": Fraction("0.95"), "A3": 1, "B1": Fraction("0.8"), "B2": Fraction("0.87"),
    }  # fmt: skip
    assert [part.added for part in official.parts] == [3, Fraction("-0.5"), 0, 0]
    assert official.offsets().full.tolist() == [100] * 4
    assert official.central().tolist() == [0.2, 0.2, 0.1, 0.2, 0.3]


def test_totals_at_the_given_weights_are_the_official_ones(tmp_path):
    result = score_town(tmp_path)

    for group in ("towns", "offices"):
        official = lay_out_group(result, group)
        offsets = official.offsets()
        totals = official.shares() @ official.central() * offsets.full + offsets.added
        expected = [float(each.total.total or 0) for each in official.units]
        np.testing.assert_allclose(totals, expected, rtol=1e-12)
        assert official.deviations == ()


def test_a_leaf_of_another_group_is_no_part_of_this_one(tmp_path):
    official = lay_out_group(score_town(tmp_path), "offices")

    assert official.weights == {"A1": 20, "A2": 20, "B1": 20, "B2": 40}


def test_a_leaf_that_is_not_a_units_own_is_missing_and_the_rest_is_its_full_marks(tmp_path):
    scheme = SCHEME.replace(
        "固定资产投资完成率\n        points: 20",
        "固定资产投资完成率\n        applicable: [T1, T2, T3, D1]\n        points: 20",
    )
    official = lay_out_group(score_town(tmp_path, scheme=scheme), "towns")

    assert np.isnan(official.shares()[3, 1])
    assert official.offsets().full.tolist() == [100, 100, 100, 80]
    assert official.deviations == ()


def test_a_figure_left_out_counts_as_the_rest_of_its_branch(tmp_path):
    # D3's growth is not due and left out: A is then what A2 gives, 24 of 30, so that A1 has 0.8 as well.
    official = lay_out_group(score_town(tmp_path), "offices")
    codes = [each.unit.code for each in official.units]

    assert official.parts[codes.index("D3")].shares["A1"] == Fraction("0.8")
    assert official.deviations == ()


def test_lines_stand_under_the_places_of_limited_grades(tmp_path):
    result = score_town(tmp_path)

    # 40 % of four that are ranked is one, of the four offices that are too.
    assert lay_out_group(result, "towns").cuts == (Cut(1, "优秀"), Cut(2, "良好"))
    assert lay_out_group(result, "offices").cuts == (Cut(1, "优秀"), Cut(2, "良好"))


def test_a_total_that_is_held_at_its_bound_is_said(tmp_path):
    scheme = SCHEME.replace("minimum: 0, maximum: 110}", "minimum: 0, maximum: 96}")

    official = lay_out_group(score_town(tmp_path, scheme=scheme), "towns")

    assert [note.en.split(":")[0] for note in official.deviations] == ["T1"]


def test_a_bonus_in_a_branch_without_any_figure_is_not_added():
    ratio, award = {"method": "target_ratio"}, {"method": "awards", "levels": {"a": "0.75"}}
    scheme = admit(Draft({
        "kaohe": "1", "code": "s", "name": "s", "period": "2019",
        "groups": [{"code": "g", "name": "g"}],
        "units": [{"code": code, "name": code, "group": "g"} for code in ("U1", "U2")],
        "missing": {"empty": "leave_out"},
        "indicators": [
            {"code": "A", "name": "A", "points": "6", "target": "10", "rule": ratio},
            {"code": "B", "name": "B", "children": [
                {"code": "B1", "name": "B1", "points": "4", "target": "10", "rule": ratio},
                {"code": "B2", "name": "B2", "points": "1", "family": "bonus", "rule": award},
            ]},
        ],
    }))  # fmt: skip
    figures = {("A", "value", "U1"): Fraction(5), ("A", "value", "U2"): Fraction(5),
               ("B1", "value", "U2"): Fraction(5)}  # fmt: skip
    awards = tuple(Matter(f"M{unit}", unit, "B2", "a") for unit in ("U1", "U2"))

    official = lay_out_group(score(scheme, Observations(figures, awards)), "g")

    assert [part.added for part in official.parts] == [0, Fraction("0.75")]
    assert official.parts[0].shares == {"A": Fraction("0.5"), "B1": Fraction("0.5")}
    assert [each.total.total for each in official.units] == [5, Fraction("5.75")]
    assert official.deviations == ()


def held(result: Result, row: int) -> bool:
    """Whether a bound holds a branch or the total of this unit."""
    model = result.scheme.model
    total = result.scores.totals[row]
    free = total.base is not None and total.base + total.bonus_counted - total.deduction_counted
    units = {each.unit.code: each.unit for each in result.units}
    unit = units[result.scores.units[row]]
    return total.total != free or any(
        column[row].score
        != add_children(
            model.nodes_by_code[code].children,
            [
                result.scores.score_of(child.code, row)
                for child in model.nodes_by_code[code].children
            ],
            unit,
            combine=model.nodes_by_code[code].combine,
        ).score
        for code, column in result.scores.branches.items()
    )


@pytest.mark.slow
@given(results())
def test_only_a_unit_held_at_a_bound_has_another_total(result: Result):
    official = lay_out_group(result, "g")

    said = {code for note in official.deviations for code in note.en.split(":")[0].split(", ")}
    rows = {code: row for row, code in enumerate(result.scores.units)}
    assert [code for code in said if not held(result, rows[code])] == []
