"""Ranks of totals: ties, the declared chain that breaks them, units that take no place."""

from fractions import Fraction
from itertools import permutations

import pytest

from kaohe.errors import BadInput
from kaohe.grading.decisions import Decision
from kaohe.grading.ranking import RankedUnit, Standing, rank_units
from kaohe.scheme.grades import TieBreak

FIRSTS = TieBreak(by="firsts")
BONUS = TieBreak(by="bonus")
PREVIOUS = TieBreak(by="previous_rank")
DECISION = TieBreak(by="decision")


def decide(*order, reason="急难任务"):
    return TieBreak(by="decision", order=order, decided_by="区委常委会", reason=reason)


def standing(unit, total, participation="ranked", **figures):
    named = {
        name.replace("category_", "category."): Fraction(each) for name, each in figures.items()
    }
    return Standing(unit, None if total is None else Fraction(total), participation, named)


def order(ranked: tuple[RankedUnit, ...]) -> list[tuple[str, str]]:
    return [(each.unit, str(each.rank)) for each in ranked]


@pytest.mark.parametrize(
    ("ties", "ranks"),
    [
        ("lowest", ["1", "2", "2", "4", "5"]),
        ("average", ["1", "5/2", "5/2", "4", "5"]),
        ("highest", ["1", "3", "3", "4", "5"]),
        ("dense", ["1", "2", "2", "3", "4"]),
    ],
)
def test_e7_ties_share_a_rank_as_declared(ties, ranks):
    totals = {"甲": "96.2", "乙": "94.0", "丙": "94.0", "丁": "91.5", "戊": "88.0"}

    ranked = rank_units([standing(*each) for each in totals.items()], ties=ties)

    assert [str(each.rank) for each in ranked] == ranks
    assert [each.unit for each in ranked] == ["甲", "丙", "乙", "丁", "戊"]


def test_tied_units_know_each_other():
    ranked = rank_units([standing("甲", 90), standing("乙", 90), standing("丙", 80)])

    assert [(each.unit, each.tied_with) for each in ranked] == [
        ("乙", ("甲",)),
        ("甲", ("乙",)),
        ("丙", ()),
    ]
    assert ranked[0].steps[-1].text.zh == "总分90，第1名，2个单位并列"
    assert ranked[0].steps[-1].text.en == "total 90, rank 1, 2 units tied"
    assert ranked[2].steps[-1].text.zh == "总分80，第3名"


def test_a_hair_of_difference_decides():
    ranked = rank_units([standing("甲", "89.9949999"), standing("乙", "89.995")])

    assert order(ranked) == [("乙", "1"), ("甲", "2")]


def test_the_chain_breaks_ties_key_by_key():
    chain = [TieBreak(by="category", of="A"), FIRSTS]
    ranked = rank_units(
        [
            standing("甲", 90, category_A=50, firsts=1),
            standing("乙", 90, category_A=52, firsts=0),
            standing("丙", 90, category_A=50, firsts=3),
            standing("丁", 95, category_A=10, firsts=0),
        ],
        chain=chain,
    )

    assert order(ranked) == [("丁", "1"), ("乙", "2"), ("丙", "3"), ("甲", "4")]
    assert [each.broken_by for each in ranked] == [(), tuple(chain[:1]), tuple(chain), tuple(chain)]
    assert [step.text.zh for step in ranked[2].steps] == [
        "3个单位总分同为90，按类别得分 A定序：50",
        "2个单位总分同为90，按单项第一个数定序：3",
        "总分90，第3名",
    ]


def test_a_better_previous_rank_goes_first_and_a_larger_bonus_too():
    standings = [
        standing("甲", 90, previous_rank=7, bonus=2),
        standing("乙", 90, previous_rank=3, bonus=1),
    ]

    assert order(rank_units(standings, chain=[PREVIOUS])) == [("乙", "1"), ("甲", "2")]
    assert order(rank_units(standings, chain=[BONUS])) == [("甲", "1"), ("乙", "2")]


def test_a_key_somebody_lacks_decides_nothing_and_the_next_one_does():
    ranked = rank_units(
        [standing("甲", 90, bonus=1), standing("乙", 90, previous_rank=3, bonus=2)],
        chain=[PREVIOUS, BONUS],
    )

    assert order(ranked) == [("乙", "1"), ("甲", "2")]
    assert ranked[0].broken_by == (BONUS,)


def test_a_key_all_share_leaves_the_tie():
    ranked = rank_units([standing("甲", 90, bonus=1), standing("乙", 90, bonus=1)], chain=[BONUS])

    assert order(ranked) == [("乙", "1"), ("甲", "1")]
    assert [len(each.broken_by) for each in ranked] == [0, 0]


def test_a_named_decision_orders_what_nothing_else_does():
    decision = decide("乙", "甲", reason="乙承担急难任务")
    standings = [standing("甲", 90), standing("乙", 90), standing("丙", 85), standing("丁", 85)]

    ranked = rank_units(standings, chain=[decision])

    assert order(ranked) == [("乙", "1"), ("甲", "2"), ("丁", "3"), ("丙", "3")]
    assert ranked[0].steps[0].text.en == (
        "2 units have the total 90; ordered by order decided: 1 (区委常委会: 乙承担急难任务)"
    )
    assert ranked[1].steps[0].text.zh == (
        "2个单位总分同为90，按研究决定的先后定序：2（区委常委会：乙承担急难任务）"
    )


def test_without_a_decision_the_tie_stands():
    ranked = rank_units([standing("甲", 90), standing("乙", 90)], chain=[DECISION])

    assert [each.rank for each in ranked] == [1, 1]


@pytest.mark.parametrize(("by", "reason"), [("", "理由"), ("常委会", " ")])
def test_a_decision_needs_a_name_and_a_reason(by, reason):
    with pytest.raises(BadInput, match="does not say who took it"):
        Decision(by, reason)


def test_units_that_take_no_place_stand_beside_the_ranks():
    ranked = rank_units(
        [
            standing("甲", 90),
            standing("乙", 95, "listed_apart"),
            standing("丙", 80),
            standing("丁", 90, "ungraded"),
            standing("戊", 99, "exempt"),
            standing("己", None),
        ]
    )

    assert [(each.unit, each.rank, each.would_be) for each in ranked] == [
        ("甲", 1, None),
        ("丙", 2, None),
        ("丁", None, 1),
        ("乙", None, 1),
        ("己", None, None),
        ("戊", None, None),
    ]
    assert [each.total for each in ranked[2:]] == [90, 95, None, 99]
    assert ranked[2].participation == "ungraded"
    assert ranked[2].steps[0].text.en == "total 90; takes no place, would be at rank 1"
    assert ranked[2].steps[0].text.zh == "总分90，不占位次，相当于第1名"


def test_a_unit_listed_apart_would_be_behind_the_better_ones():
    ranked = rank_units(
        [standing("甲", 90), standing("乙", 88), standing("丙", 87, "listed_apart")]
    )

    assert ranked[2].would_be == 3


def test_the_order_of_rows_changes_nothing():
    rows = [
        standing("甲", 90, bonus=1),
        standing("乙", 90, bonus=1),
        standing("丙", 90, bonus=2),
        standing("丁", 80),
        standing("戊", 85, "listed_apart"),
    ]

    outcomes = {rank_units(each, chain=[BONUS]) for each in permutations(rows)}

    assert len(outcomes) == 1


def test_a_decision_follows_the_other_keys_and_speaks_only_for_itself():
    decision = decide("丙", "乙", "甲")
    standings = [
        standing("甲", 90, bonus=1),
        standing("乙", 90, bonus=2),
        standing("丙", 90, bonus=1),
    ]

    ranked = rank_units(standings, chain=[BONUS, decision])

    assert order(ranked) == [("乙", "1"), ("丙", "2"), ("甲", "3")]
    assert ranked[1].steps[0].text.zh == "3个单位总分同为90，按加分定序：1"


def test_each_decision_speaks_for_the_units_it_names():
    standings = [standing("甲", 90), standing("乙", 90), standing("丙", 85), standing("丁", 85)]

    ranked = rank_units(standings, chain=[decide("丁", "丙"), decide("乙", "甲")])

    assert order(ranked) == [("乙", "1"), ("甲", "2"), ("丁", "3"), ("丙", "4")]
