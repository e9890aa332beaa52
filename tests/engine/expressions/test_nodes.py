from fractions import Fraction

from kaohe.expressions import nodes
from kaohe.expressions.facets import facet_label, label_facet
from kaohe.expressions.nodes import (
    Add,
    Clamp,
    Compare,
    Constant,
    Divide,
    Facet,
    Maximum,
    Minimum,
    Multiply,
    Named,
    Node,
    Subtract,
    as_node,
    iterate_children,
    iterate_nodes,
    list_steps,
)
from kaohe.expressions.writing import (
    PREVIOUS,
    TARGET,
    VALUE,
    clamp,
    compare,
    divide,
    greatest,
    least,
    name_step,
)
from kaohe.language import Text

ONE, TWO = Constant(Fraction(1)), Constant(Fraction(2))


def test_nodes_add_up_like_figures() -> None:
    assert Add((VALUE, TARGET)) == VALUE + TARGET
    assert Add((VALUE, ONE)) == VALUE + 1
    assert Add((ONE, VALUE)) == 1 + VALUE
    assert Subtract(VALUE, ONE) == VALUE - 1
    assert Subtract(ONE, VALUE) == 1 - VALUE
    assert Multiply((VALUE, TWO)) == VALUE * 2
    assert Multiply((TWO, VALUE)) == 2 * VALUE
    assert Divide(VALUE, TWO, "refuse") == VALUE / 2
    assert as_node(Fraction(1, 3)) == Constant(Fraction(1, 3))
    assert as_node(VALUE) is VALUE


def test_short_ways_write_the_same_nodes() -> None:
    assert least(VALUE, 1) == Minimum((VALUE, ONE))
    assert greatest(1, TARGET) == Maximum((ONE, TARGET))
    assert divide(1, VALUE, "not_applicable") == Divide(ONE, VALUE, "not_applicable")
    assert clamp(VALUE, 1) == Clamp(VALUE, ONE, None)
    assert clamp(VALUE, high=TARGET) == Clamp(VALUE, None, TARGET)
    assert clamp(VALUE) is VALUE
    assert compare(VALUE, "!=", 2) == Compare(VALUE, "!=", TWO)
    assert name_step("gap", "差距", "gap", VALUE) == Named("gap", Text("差距", "gap"), VALUE)


def test_equal_nodes_are_one_key() -> None:
    assert len({VALUE / TARGET, VALUE / TARGET, TARGET / VALUE}) == 2


def test_children_come_in_the_order_of_the_fields() -> None:
    assert list(iterate_children(Clamp(VALUE, ONE, TARGET))) == [VALUE, ONE, TARGET]
    assert list(iterate_children(Add((TARGET, VALUE)))) == [TARGET, VALUE]
    assert list(iterate_children(VALUE)) == []
    assert list(iterate_nodes(VALUE + TARGET * 2)) == [
        VALUE + TARGET * 2, VALUE, TARGET * 2, TARGET, TWO,
    ]  # fmt: skip


def test_steps_come_in_the_order_of_computation_each_once() -> None:
    first = name_step("first", "一", "first", VALUE)
    second = name_step("second", "二", "second", first + first)

    assert list_steps(name_step("score", "得分", "score", second - first)) == [
        first, second, name_step("score", "得分", "score", second - first),
    ]  # fmt: skip


def test_where_an_inexact_number_goes_wrong_is_marked() -> None:
    kinds = [
        each for each in vars(nodes).values() if isinstance(each, type) and issubclass(each, Node)
    ]

    assert sorted(kind.__name__ for kind in kinds if kind.is_decision) == [
        "Bands", "Compare", "Divide", "Lookup", "PlacePoints", "Rank", "Round", "Steps",
    ]  # fmt: skip
    assert len(kinds) == 26


def test_facets_are_called_by_their_own_label_or_the_tables_or_their_name() -> None:
    assert label_facet(PREVIOUS) == Text("基期值", "previous value")
    assert label_facet(Facet("gdp", Text("生产总值", "GDP"))) == Text("生产总值", "GDP")
    assert label_facet(Facet("year_end")) == facet_label("year_end") == Text("year_end", "year end")
