"""Whose indicators are, and with whom each subject is compared."""

from fractions import Fraction

import pytest

from kaohe.population.layout import lay_out
from kaohe.population.program import compile_scheme
from kaohe.population.roster import Roster
from tests.engine.population.agreement import list_differences
from tests.engine.population.writing import score_table, scores
from tests.engine.scoring.schemes import figures, leaf, make_scheme, unit

PEOPLE = (
    unit("G1"), unit("G2"), unit("H1", "H"), unit("H2", "H", participation="listed_apart"),
    unit("K1", "K"),
)  # fmt: skip


def make_roster(scheme) -> Roster:
    return Roster(compile_scheme(scheme), lay_out(scheme, figures({})))


def list_members(roster, pool):
    members = roster.pools(pool).members
    return None if members is None else members.tolist()


def list_rows(kind):
    return None if kind.rows is None else kind.rows.tolist()


def test_a_pool_of_groups_has_guests_and_units_named_one_by_one():
    pool = {"code": "P", "groups": ["G", "H"], "units": ["H2"]}
    roster = make_roster(make_scheme(leaf("A", pool="P"), units=PEOPLE, pools=[pool]))

    assert list_members(roster, "P") == [True, True, True, True, False]
    assert roster.pools("P").number.tolist() == [0, 0, 0, 0, 0]
    assert list_members(roster, "") == [True, True, True, False, True]
    assert roster.pools("").number.tolist() == [0, 0, 1, 1, 2]


def test_kinds_are_groups_and_own_indicators():
    listed = leaf("B", applicable=["G2", "H1"])
    roster = make_roster(make_scheme(leaf("A", not_applicable=["K1"]), listed, units=PEOPLE))

    kinds = [(kind.key[0], sorted(kind.key[1]), list_rows(kind)) for kind in roster.kinds]
    assert kinds == [
        ("G", [], [0]),
        ("H", [], [3]),
        ("K", [], [4]),
        ("G", ["B"], [1]),
        ("H", ["B"], [2]),
    ]


GUESTS = (*(f"U{number}" for number in range(4)), unit("V", participation="listed_apart"))
COLUMN = {"U0": 1, "U1": 3, "U2": 3, "U3": 2, "V": 3}


@pytest.mark.parametrize(
    ("ties", "by_step", "by_table"),
    [
        ("lowest", ["7", "10", "10", "8", "10"], ["2", "9", "9", "4", "9"]),
        ("average", ["7", "19/2", "19/2", "8", "9"], ["2", "8", "8", "4", "20/3"]),
        ("highest", ["7", "9", "9", "8", "8"], ["2", "7", "7", "4", "4"]),
        ("dense", ["8", "10", "10", "9", "10"], ["4", "9", "9", "7", "9"]),
    ],
)
def test_a_guest_takes_its_place_among_members_who_do_not_see_it(ties, by_step, by_table) -> None:
    """Two members and the guest share the best figure."""
    step = {"method": "place", "step": 1, "ties": ties}
    table = {"method": "place", "table": ["9", "7", "4", "2"], "ties": ties}
    places = (leaf("A", "10", rule=step), leaf("B", "10", rule=table))
    exactly = {"rounding": {"indicator": 12}}
    scheme = make_scheme(*places, units=GUESTS, **exactly)

    result = score_table(scheme, {"A": COLUMN, "B": COLUMN})

    assert [*scores(result, "A").values()] == by_step
    found = [Fraction(each).limit_denominator(1000) for each in scores(result, "B").values()]
    assert found == [Fraction(each) for each in by_table]


def test_a_guest_counts_for_nobodys_mean_or_best():
    formulas = ("pool_max(x) - x", "pool_mean(x) - x", "pool_sum(x) * pool_min(x) + pool_count(x)")
    leaves = [
        leaf(f"A{number}", rule={"method": "custom", "calculation": formula})
        for number, formula in enumerate(formulas)
    ]
    scheme = make_scheme(*leaves, units=GUESTS)
    column = {**COLUMN, "V": 30}

    table = {each["code"]: column for each in leaves}

    assert [[*scores(score_table(scheme, table), each).values()] for each in table] == [
        ["2", "0", "0", "1", "-27"],
        ["5/4", "-3/4", "-3/4", "1/4", "-111/4"],
        ["13", "13", "13", "13", "13"],
    ]
    assert list_differences(scheme, figures(table)) == []
