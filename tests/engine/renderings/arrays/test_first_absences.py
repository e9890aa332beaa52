"""Which missing facet a row's absence comes from, where the expression alone tells."""

from fractions import Fraction

from kaohe.expressions import nodes
from kaohe.language import Text
from kaohe.renderings.arrays.first_absences import find_deciding_facet

VALUE, TARGET = nodes.Facet("value"), nodes.Facet("target")
ONE = nodes.Constant(Fraction(1))
WHY = Text("因", "why")


def decide(node: nodes.Node, *missing: str, unreported: str = "value") -> str | None:
    return find_deciding_facet(node, frozenset(missing), frozenset({unreported}))


def test_the_first_absent_operand_decides() -> None:
    assert decide(TARGET - VALUE, "value", "target") == "target"
    assert decide(VALUE - TARGET, "value", "target") == "value"
    assert decide(TARGET - VALUE, "value") == "value"


def test_a_division_that_may_be_by_zero_decides_nothing_before_it_is_computed() -> None:
    assert decide(nodes.Divide(ONE, TARGET) + VALUE, "value") is None
    assert decide(VALUE + nodes.Divide(ONE, TARGET), "value") == "value"
    assert decide(nodes.Divide(ONE, ONE) + VALUE, "value") == "value"


def test_statistics_of_nobody_are_told_only_from_what_was_not_reported() -> None:
    gap = nodes.Subtract(nodes.Peer("mean", VALUE), VALUE)

    assert decide(gap, "value") == "value"
    assert decide(gap, "value", unreported="target") is None
    assert decide(nodes.Peer("count", VALUE) - VALUE, "value", unreported="target") == "value"


def test_a_branch_decides_where_both_do() -> None:
    is_met = nodes.Compare(TARGET, ">", ONE)

    assert decide(nodes.When(is_met, VALUE, VALUE * 2), "value") == "value"
    assert decide(nodes.When(is_met, VALUE, ONE), "value") is None
    assert decide(nodes.When(nodes.Compare(VALUE, ">", ONE), ONE, TARGET), "value") == "value"


def test_an_absence_goes_on_where_a_figure_would_be_refused() -> None:
    is_met = nodes.Compare(TARGET, ">", ONE)

    assert decide(nodes.Require(is_met, WHY, VALUE), "value") == "value"
    assert decide(nodes.Require(is_met, WHY, ONE), "value") is None
    assert decide(nodes.Require(is_met, WHY, VALUE), "target") == "target"


def test_what_is_renormalised_is_computed() -> None:
    kept = nodes.WeightedMean((VALUE, TARGET), (ONE, ONE), "renormalise")

    assert decide(kept, "value") is None
    assert decide(nodes.WeightedMean((VALUE, TARGET), (ONE, ONE)), "value") == "value"
