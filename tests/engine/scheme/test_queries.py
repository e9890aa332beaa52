"""Who is scored, and how a unit takes part on the last day of the period."""

from datetime import date
from fractions import Fraction

import pytest
from tests.engine.scoring.schemes import branch, leaf, make_scheme, unit

from kaohe.scheme.queries import last_day, list_absorbed, list_leaves, points_of, scored_units
from kaohe.scheme.units import Unit


def take_part(*units, **fields):
    scheme = make_scheme(leaf("A"), units=units, **fields)
    return {each.code: each.participation for each in scored_units(scheme.model)}


@pytest.mark.parametrize(
    ("period", "ends", "day"),
    [
        ("2019", None, date(2019, 12, 31)),
        ("2019年度", None, date(2019, 12, 31)),
        ("2019", "2019-11-30", date(2019, 11, 30)),
        ("第一批", None, None),
        ("０１２３", None, None),
        ("0000", None, None),
        ("19", None, None),
    ],
)
def test_the_period_ends_as_written_or_with_its_year(period, ends, day):
    assert last_day(make_scheme(leaf("A"), period=period, ends=ends).model) == day


def test_exempt_units_are_not_scored():
    units = (unit("U1"), unit("U2", participation="exempt"), unit("U3", participation="ungraded"))

    assert take_part(*units) == {"U1": "ranked", "U3": "ungraded"}


@pytest.mark.parametrize(
    ("dates", "participation"),
    [
        ({}, "listed_apart"),
        ({"since": "2019-12-31"}, "listed_apart"),
        ({"since": "2020-01-01"}, "ranked"),
        ({"until": "2019-12-31"}, "listed_apart"),
        ({"until": "2019-12-30"}, "ranked"),
        ({"since": "2019-01-01", "until": "2019-06-30"}, "ranked"),
    ],
)
def test_a_participation_holds_between_its_dates(dates, participation):
    apart = unit("U1", participation="listed_apart", reason="新设", **dates)

    assert take_part(apart) == {"U1": participation}


def test_an_exemption_that_has_ended_is_none():
    units = (
        unit("U1", participation="exempt", until="2019-06-30"),
        unit("U2", participation="exempt", since="2019-07-01"),
    )

    assert take_part(*units) == {"U1": "ranked"}


def test_without_a_known_end_every_date_is_past():
    units = (
        unit("U1", participation="ungraded", since="2030-01-01"),
        unit("U2", joined="2030-01-01"),
        unit("U3", left="2030-01-01"),
    )

    assert take_part(*units, period="第一批") == {"U1": "ungraded", "U2": "ranked"}


def test_units_are_scored_when_they_are_there_on_the_last_day():
    units = (
        unit("U1", joined="2019-12-31"),
        unit("U2", joined="2020-01-01"),
        unit("U3", left="2019-12-31"),
        unit("U4", left="2020-01-01"),
        unit("U5", merged_into="U1"),
        unit("U6", merged_into="U1", left="2019-05-01"),
        unit("U7", merged_into="U1", left="2020-05-01"),
    )

    assert list(take_part(*units)) == ["U1", "U4", "U7"]


def test_a_unit_has_absorbed_those_merged_into_it_by_the_last_day():
    units = (
        unit("U1"),
        unit("U5", merged_into="U1"),
        unit("U6", merged_into="U1", left="2019-05-01"),
        unit("U7", merged_into="U1", left="2020-05-01"),
        unit("U8", merged_into="U7"),
    )
    model = make_scheme(leaf("A"), units=units).model

    assert list_absorbed(model, model.units[0]) == ["U5", "U6"]


def test_the_leaves_of_a_branch_stand_in_the_order_written():
    tree = branch("B", branch("C", leaf("C1"), leaf("C2")), leaf("D"))
    top = make_scheme(tree).model.indicators[0]

    assert [each.code for each in list_leaves(top)] == ["C1", "C2", "D"]
    assert [each.code for each in list_leaves(top.children[1])] == ["D"]


def test_full_marks_of_a_branch_are_those_of_its_children_without_bonus():
    tree = branch(
        "B",
        leaf("C", {"G": "20", "H": "10"}),
        leaf("D", "15", weight="0.2"),
        leaf("J", "3", family="bonus"),
    )
    node = make_scheme(tree, units=(unit("U1"), unit("V1", "H"))).model.indicators[0]

    assert [points_of(node, Unit(**unit("X", group))) for group in ("G", "H", "I")] == [23, 13, 3]


def test_full_marks_of_a_mean_are_those_of_the_children_that_concern_the_group():
    tree = branch(
        "B",
        leaf("C", {"G": "20"}, weight=3),
        leaf("D", {"G": "10", "H": "15"}),
        leaf("E", {"H": "15"}),
        combine="weighted_mean",
    )
    node = make_scheme(tree, units=(unit("U1"), unit("V1", "H"))).model.indicators[0]

    assert [points_of(node, Unit(**unit("X", group))) for group in ("G", "H", "I")] == [
        Fraction("17.5"),
        15,
        0,
    ]


def test_full_marks_count_only_the_listed_indicators_that_are_the_units_own():
    tree = branch(
        "B", leaf("C", "30"), leaf("D", "20", applicable=["U1"]), leaf("E", "20", applicable=["U2"])
    )
    model = make_scheme(tree).model

    assert [points_of(model.indicators[0], each) for each in model.units] == [50, 50, 30]
