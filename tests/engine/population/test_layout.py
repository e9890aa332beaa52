"""From observations to columns: figures, absences, vetoes, levels, and what columns cannot carry."""

from fractions import Fraction

import pytest

from kaohe.errors import BadInput
from kaohe.numbers.absence import Absence
from kaohe.population.layout import lay_out
from kaohe.population.scoring import score_population
from kaohe.renderings.arrays.absences import CODE_OF
from tests.engine.population.agreement import list_differences
from tests.engine.population.writing import score_table, scores
from tests.engine.scoring.schemes import figures, leaf, make_scheme, matter, unit

TWO = ("U1", "U2")


def test_figures_stand_over_their_common_denominator():
    scheme = make_scheme(leaf("A"), units=TWO)

    people = lay_out(scheme, figures({"A": {"U1": "0.5", "U2": "0.25"}}))

    column = people.facets["A", "value"]
    assert (column.figures.tolist(), column.denominator) == ([0.5, 0.25], 4)
    assert people.codes.to_pylist() == ["U1", "U2"]
    assert people.absences == {}


def test_absences_are_kept_where_another_than_nothing_was_written():
    scheme = make_scheme(leaf("A"), leaf("B"), units=TWO)

    people = lay_out(scheme, figures({"A": {"U1": Absence.REFUSED}, "B": {"U2": 1}}))

    assert {key: kinds.tolist() for key, kinds in people.absences.items()} == {
        ("A", "value"): [CODE_OF[Absence.REFUSED], CODE_OF[Absence.EMPTY]]
    }


def test_planned_targets_and_inherited_ones_are_filled_in():
    rule = {"method": "target_ratio", "cap": 1}
    merged = unit("U3", left="2019-06-30", merged_into="U2")
    people = ("U1", unit("U2", inherit_targets="sum"), merged)
    scheme = make_scheme(leaf("A", rule=rule, targets={"U1": 10, "U2": 20, "U3": 30}), units=people)

    result = score_table(scheme, {"A": {"U1": 5, "U2": 25}})

    assert result.population.facets["A", "target"].figures.tolist() == [10, 50]
    assert scores(result, "A") == {"U1": "50", "U2": "50"}


def test_figures_too_long_for_columns_are_scored_as_they_are():
    scheme = make_scheme(leaf("A"), leaf("B", missing={"empty": "group_mean"}), units=TWO)
    table = figures({"A": {"U1": 1, "U2": 2}, "B": {"U1": f"0.{'3' * 30}"}})

    people = lay_out(scheme, table)

    assert [*people.exact] == ["B"]
    assert scores(score_population(scheme, people), "B") == {
        "U1": "3333/10000", "U2": "3333/10000",
    }  # fmt: skip
    assert list_differences(scheme, table) == []


def test_vetoes_are_counted_and_levels_marked():
    veto = {"code": "V", "name": "V", "effects": ["grade_down"]}
    promotion = {"by": "matter_level", "to": "甲", "of": "A", "levels": ["national"]}
    rule = {
        "code": "R",
        "name": "R",
        "groups": ["G"],
        "bands": [{"label": "甲", "share": "0.5"}, {"label": "乙", "rest": True}],
        "promotions": [promotion],
    }
    scheme = make_scheme(
        leaf("A"), units=TWO, vetoes=[veto], grades=[rule],
        matters={"levels": [{"code": "national"}]},
    )  # fmt: skip
    met = [
        matter("M1", "U2", "V", status="counted"),
        matter("M2", "U2", "V", status="counted"),
        matter("M3", "U1", "V", status="filed"),
        matter("M4", "U1", "A", status="counted", level="national"),
    ]

    people = lay_out(scheme, figures({"A": {"U1": 1, "U2": 2}}, records=met))

    assert {code: hits.tolist() for code, hits in people.vetoes.items()} == {"V": [0, 2]}
    assert {key: marks.tolist() for key, marks in people.levels.items()} == {
        ("A", "national"): [True, False]
    }


def test_all_refusals_are_told_with_the_rules_reason():
    rule = {"method": "target_ratio"}
    scheme = make_scheme(leaf("A", rule=rule), leaf("B", rule=rule), units=TWO)
    table = {"A": {"U1": 1, "U2": 1}, "A.target": {"U1": 0, "U2": 1},
             "B": {"U1": 1, "U2": 1}, "B.target": {"U1": 1, "U2": 0}}  # fmt: skip

    with pytest.raises(BadInput) as refused:
        score_table(scheme, table)
    with pytest.raises(BadInput) as exactly:
        list_differences(scheme, figures(table))

    assert [each.kind for each in refused.value.findings] == ["score-refused", "score-refused"]
    assert refused.value.findings == exactly.value.findings


def test_last_years_places_come_along():
    scheme = make_scheme(leaf("A"), units=TWO)

    people = lay_out(scheme, figures({"total.previous_rank": {"U2": "1.5"}}))

    assert people.previous_rank is not None
    assert people.previous_rank.exact(1) == Fraction(3, 2)


def test_points_too_long_for_columns_are_counted_as_they_are():
    points = "100.00000000000001"
    rule = {"method": "target_ratio", "cap": 1}
    scheme = make_scheme(leaf("A", points, rule=rule, target=10), units=TWO)

    assert list_differences(scheme, figures({"A": {"U1": 5, "U2": 7}})) == []
