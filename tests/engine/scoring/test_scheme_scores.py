"""A whole small scheme: families, gaps, caps and order by exact totals; and the shared case in miniature."""

from fractions import Fraction

import pytest

from kaohe.numbers.absence import Absence
from tests.engine.scoring.schemes import (
    branch,
    column,
    leaf,
    make_scheme,
    matter,
    score,
    totals,
)

EFFICACY = {"method": "efficacy_coefficient", "base": 60, "span": 40}


def test_a_year_of_five_towns_is_scored_to_the_last_digit():
    towns = ("U1", "U2", "U3", "U4", "U5")
    scheme = make_scheme(
        branch("A", leaf("A1", "5", rule=EFFICACY), leaf("A2", "95")),
        leaf("J", "3", family="bonus", rule={"method": "awards", "levels": {"city": "0.5"}}),
        leaf("K", "5", family="deduction", rule={
            "method": "deductions", "start": "zero", "kinds": {"late": "0.3"}, "cap": 1
        }),
        units=towns,
        total={"bonus_cap": 1},
    )  # fmt: skip
    records = [
        *(matter(f"M{number}", "U1", "J", level="city") for number in range(3)),
        *(matter(f"N{number}", "U2", "K", level="late") for number in range(4)),
    ]

    scores = score(scheme, {
        "A1": dict(zip(towns, ["12.5", "9.8", "7.1", "15.2", "10.4"], strict=True)),
        "A2": {"U1": 80, "U2": 80, "U3": 80, "U4": Absence.NOT_APPLICABLE, "U5": "80.1"},
    }, records=records)  # fmt: skip

    assert column(scores, "A1") == {
        "U1": str(Fraction("4.3333")),
        "U2": str(Fraction("3.6667")),
        "U3": "3",
        "U4": "5",
        "U5": str(Fraction("3.8148")),
    }
    assert totals(scores) == {
        "U1": str(Fraction("85.3333")),  # 84.3333 + 1.5 held to 1
        "U2": str(Fraction("82.6667")),  # 83.6667 − 1.2 held to 1
        "U3": "83",
        "U4": "100",  # 5 of 5
        "U5": str(Fraction("83.9148")),
    }


RANGE = {"method": "efficacy_coefficient", "base": 0, "span": 100}


def test_min_max_and_weighted_means_over_what_is_present():
    connect = branch(
        "Con",
        leaf("Air", rule=RANGE, weight=2),
        leaf("Sea", rule=RANGE, weight=1),
        combine="weighted_mean",
    )
    sustain = branch(
        "Sus", leaf("CO2", rule=RANGE, direction="lower"), combine="weighted_mean", weight=3
    )
    scheme = make_scheme(
        branch("Index", connect, sustain, combine="weighted_mean"),
        units=("U1", "U2", "U3", "U4"),
        rounding={"indicator": 12},
        missing={"empty": "leave_out"},
    )

    scores = score(scheme, {
        "Air": {"U1": 10, "U2": 25, "U3": 40},
        "Sea": {"U1": "0.3", "U2": "0.1", "U4": "0.4"},
        "CO2": {"U1": "4.5", "U2": "1.5", "U3": "3"},
    })  # fmt: skip

    third = Fraction("66.666666666667")
    assert column(scores, "Air") == {"U1": "0", "U2": "50", "U3": "100", "U4": None}
    assert column(scores, "Sea") == {"U1": str(third), "U2": "0", "U3": None, "U4": "100"}
    assert column(scores, "CO2") == {"U1": "0", "U2": "100", "U3": "50", "U4": None}
    assert column(scores, "Con") == {
        "U1": str(third / 3), "U2": str(Fraction(100, 3)), "U3": "100", "U4": "100"
    }  # fmt: skip
    assert totals(scores) == {
        "U1": str(third / 12),
        "U2": str((Fraction(100, 3) + 300) / 4),
        "U3": "125/2",
        "U4": "100",
    }


@pytest.mark.parametrize("order", [("U1", "U2", "U3"), ("U3", "U1", "U2")])
def test_units_stand_in_the_scheme_s_order(order):
    scores = score(make_scheme(leaf("A"), units=order), {"A": {"U1": 1, "U2": 2, "U3": 3}})

    assert scores.units == order
    assert totals(scores) == {"U1": "1", "U2": "2", "U3": "3"}
