from fractions import Fraction

from kaohe.expressions.language import parse_formula
from kaohe.expressions.nodes import (
    Add,
    Bands,
    Compare,
    Facet,
    Named,
    Node,
    Peer,
    WeightedMean,
    When,
    as_node,
)
from kaohe.expressions.structure import (
    compares_peers,
    count_nodes,
    find_open_steps,
    inline_hidden_steps,
    iterate_once,
    list_facets,
    measure_depth,
    rewrite,
)
from kaohe.expressions.writing import POINTS, PREVIOUS, TARGET, VALUE, name_step

GAP = name_step("gap", "差距", "gap", VALUE - TARGET)
TWICE = name_step("score", "得分", "score", GAP + GAP)


def test_size_is_that_of_the_expression_written_out() -> None:
    assert count_nodes(VALUE) == 1
    assert count_nodes(GAP) == 4
    assert count_nodes(TWICE) == 10


def test_depth_is_the_longest_way_inside() -> None:
    assert measure_depth(VALUE) == 1
    assert measure_depth(VALUE + POINTS * 2) == 3
    assert measure_depth(TWICE) == 5


def test_a_step_met_twice_is_visited_once() -> None:
    assert [type(node).__name__ for node in iterate_once(TWICE)] == [
        "Named", "Add", "Named", "Subtract", "Facet", "Facet",
    ]  # fmt: skip


def test_nodes_are_replaced_wherever_they_stand() -> None:
    def double_target(node: Node) -> Node | None:
        return TARGET * 2 if node == TARGET else None

    step = name_step("s", "步", "s", WeightedMean((VALUE, TARGET), (as_node(1), TARGET)))

    assert rewrite(step, double_target) == name_step(
        "s", "步", "s", WeightedMean((VALUE, TARGET * 2), (as_node(1), TARGET * 2))
    )


def test_what_is_replaced_is_not_looked_into() -> None:
    def wrap(node: Node) -> Node | None:
        return node + 1 if isinstance(node, Facet) else None

    assert rewrite(VALUE, wrap) == VALUE + 1


def test_parts_that_are_no_nodes_stay() -> None:
    bands = Bands(VALUE, (Fraction(1),), (Fraction(2),), Fraction(0))

    assert rewrite(bands, lambda _: None) == bands


def make_choice(then: Node, otherwise: Node, left: Node = VALUE) -> Named:
    return name_step("score", "得分", "score", When(Compare(left, ">", TARGET), then, otherwise))


def test_steps_outside_the_branches_of_a_choice_are_open() -> None:
    assert find_open_steps(TWICE) == {"score", "gap"}
    assert find_open_steps(make_choice(GAP, VALUE)) == {"score"}
    assert find_open_steps(make_choice(VALUE, GAP)) == {"score"}
    assert find_open_steps(make_choice(GAP, VALUE, left=GAP)) == {"score", "gap"}
    assert find_open_steps(GAP + make_choice(GAP, VALUE)) == {"score", "gap"}
    assert find_open_steps(make_choice(VALUE, VALUE / Peer("max", GAP))) == {"score", "gap"}


def test_steps_that_are_not_open_are_written_out() -> None:
    inner = name_step("inner", "内", "inner", GAP * 2)

    assert inline_hidden_steps(make_choice(inner, GAP)) == make_choice(GAP.of * 2, GAP.of)
    assert inline_hidden_steps(make_choice(inner, VALUE, left=GAP)) == make_choice(
        GAP * 2, VALUE, left=GAP
    )
    assert inline_hidden_steps(TWICE) == TWICE


def test_comparisons_with_the_pool_are_found_at_any_depth() -> None:
    assert not compares_peers(TWICE)
    assert compares_peers(make_choice(VALUE, 1 - Peer("mean", VALUE)))
    assert compares_peers(parse_formula("r = pool_rank(x); if x > 1 then 1 else r * 2"))


def test_facets_are_listed_once_in_the_order_met() -> None:
    assert list_facets(Add((TARGET, GAP, GAP, PREVIOUS))) == [TARGET, VALUE, PREVIOUS]
    assert list_facets(make_choice(VALUE, Peer("max", PREVIOUS), left=TARGET)) == [
        TARGET, VALUE, PREVIOUS,
    ]  # fmt: skip
    assert list_facets(POINTS) == []
