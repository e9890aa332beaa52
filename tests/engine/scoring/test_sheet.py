"""A scheme and its data laid out: units in order, pools by rows, facets by leaf."""

from fractions import Fraction

from kaohe.numbers.absence import Absence
from kaohe.rules.records import Records
from kaohe.scoring.sheet import Sheet
from tests.engine.scoring.schemes import figures, leaf, make_scheme, matter, unit


def lay_out(*units, pools=(), peers=("ranked",), table=None, records=()):
    scheme = make_scheme(leaf("A"), units=units, pools=list(pools), peers=peers)
    return Sheet.lay_out(scheme.model, figures(table or {}, records=records))


def test_a_sheet_holds_the_scored_units_in_the_scheme_s_order():
    sheet = lay_out(unit("U2"), unit("U1"), unit("U3", participation="exempt"), unit("V1", "H"))

    assert [each.code for each in sheet.units] == ["U2", "U1", "V1"]


def test_without_a_pool_each_group_is_compared_within_itself():
    sheet = lay_out(unit("U1"), unit("V1", "H"), unit("U2"), unit("V2", "H"))

    assert sheet.list_pools("") == ([0, 1, 0, 1], [[0, 2], [1, 3]])


def test_a_pool_joins_groups():
    pools = [{"code": "P", "groups": ["G", "H"]}]
    sheet = lay_out(unit("U1"), unit("V1", "H"), unit("W1", "I"), pools=pools)

    assert sheet.list_pools("P") == ([0, 0, 0], [[0, 1]])


def test_who_is_no_peer_is_compared_with_the_peers_all_the_same():
    units = (unit("U1"), unit("U2", participation="listed_apart"), unit("U3"))

    assert lay_out(*units).list_pools("") == ([0, 0, 0], [[0, 2]])
    assert lay_out(*units, peers=("ranked", "listed_apart")).list_pools("") == (
        [0, 0, 0],
        [[0, 1, 2]],
    )


def test_a_unit_named_in_a_pool_is_always_in_it():
    pools = [{"code": "P", "groups": ["G"], "units": ["V1"]}]
    sheet = lay_out(unit("U1"), unit("V1", "H", participation="ungraded"), pools=pools)

    assert sheet.list_pools("P") == ([0, 0], [[0, 1]])


def test_a_pool_is_gathered_once():
    sheet = lay_out(unit("U1"), unit("U2"))

    assert sheet.list_pools("") is sheet.list_pools("")


def test_facets_are_listed_by_leaf():
    sheet = lay_out(unit("U1"), table={"A": {"U1": 1}, "A.previous": {"U1": 2}, "B": {"U1": 3}})

    assert sheet.facets == {"A": {"value", "previous"}, "B": {"value"}}


def test_a_figure_is_a_number_or_a_reason_or_nothing():
    table = {
        "A": {"U1": "1.5", "U2": Absence.NOT_DUE, "U3": Absence.EMPTY},
    }
    sheet = lay_out(unit("U1"), unit("U2"), unit("U3"), unit("U4"), table=table)

    assert [sheet.find_written("A", "value", code) for code in ("U1", "U2", "U3", "U4")] == [
        Fraction(3, 2),
        Absence.NOT_DUE,
        None,
        None,
    ]


def test_records_stand_by_unit_and_leaf():
    one = matter("M1", "U1", "A")

    assert lay_out(unit("U1"), records=[one]).records == {("U1", "A"): Records(matters=(one,))}
