"""Records by unit and indicator, in an order that no file decides."""

from fractions import Fraction
from itertools import permutations

from kaohe.errors import Place
from kaohe.rules.records import Item, Mark, Matter, Record, Records, Vote
from kaohe.scoring.observations import Observations

FIRST, SECOND = Matter("M1", "U1", "A"), Matter("M2", "U1", "A", level="city")
ITEM = Item("I1", "U1", "A", completion=Fraction(1, 2))
MARK = Mark("S1", "U1", "A", points=Fraction(90))
VOTE = Vote("U1", "A", "good", count=Fraction(12))
OTHER = Matter("M1", "U2", "A")


def test_records_stand_apart_by_kind_unit_and_indicator():
    records = (VOTE, SECOND, MARK, OTHER, ITEM, FIRST)

    assert Observations({}, records).records_of() == {
        ("U1", "A"): Records(matters=(FIRST, SECOND), items=(ITEM,), marks=(MARK,), votes=(VOTE,)),
        ("U2", "A"): Records(matters=(OTHER,)),
    }


def test_the_order_of_records_changes_nothing():
    records: tuple[Record, ...] = (VOTE, SECOND, OTHER, FIRST)
    orders = permutations(records)
    first = Observations({}, (FIRST, SECOND, OTHER, VOTE)).records_of()

    assert all(Observations({}, order).records_of() == first for order in orders)


def test_where_a_figure_was_read_is_no_part_of_it():
    figures = {("A", "value", "U1"): Fraction(1)}
    placed = Observations(figures, places={("A", "value", "U1"): Place(file="x.csv")})

    assert placed == Observations(figures)
