from fractions import Fraction

import pytest

from kaohe.numbers.absence import Absence
from kaohe.rules.appraisals import (
    BallotTerms,
    PanelTerms,
    Trimming,
    Weighing,
    average_marks,
    average_votes,
)
from kaohe.rules.records import Mark, Records, Reduction
from kaohe.rules.samples import sample_marks, sample_votes

ALIKE = Weighing({})
CLASSES = Weighing({"A": Fraction(3), "B": Fraction(1)})


def judge(
    records: Records, *, weighing: Weighing = ALIKE, fewest: int = 1, drop: int = 0
) -> Reduction:
    trimming = Trimming(drop, smallest=1)
    return average_marks(records.marks, PanelTerms(trimming, fewest, Fraction(10), weighing))


def cast(records: Records, *, weighing: Weighing = ALIKE, fewest: int = 1) -> Reduction:
    values = {"yes": Fraction(100), "no": Fraction(40)}
    return average_votes(
        records.votes, BallotTerms(values, ["abstain", "unsure"], fewest, weighing)
    )


def say(reduction: Reduction) -> list[tuple[str, str]]:
    return [(line.text.zh, line.text.en) for line in reduction.lines]


@pytest.mark.parametrize(
    ("scorers", "trimming", "dropped"),
    [
        (27, Trimming(share=Fraction(1, 10)), 2),
        (30, Trimming(share=Fraction(1, 10)), 3),
        (9, Trimming(share=Fraction(1, 10)), 0),
        (7, Trimming(1), 1),
        (3, Trimming(2), 1),
        (4, Trimming(2), 1),
        (5, Trimming(2), 2),
        (1, Trimming(2), 0),
        (4, Trimming(1, smallest=5), 0),
        (5, Trimming(1, smallest=5), 1),
        (20, Trimming(1, Fraction(1, 5)), 4),
    ],
)
def test_marks_left_out_at_each_end(scorers: int, trimming: Trimming, dropped: int):
    assert trimming.count_dropped(scorers) == dropped


def test_no_marks_leave_the_facet_to_what_is_supplied():
    assert judge(Records()) == Reduction()


def test_highest_and_lowest_marks_are_left_out_whatever_their_order():
    reduction = judge(sample_marks("9", "0", "5", "10", "4"), drop=1)

    assert reduction.facets == {"mark": 6}
    assert say(reduction) == [
        (
            "评委 5 人，去掉最高、最低各 1 个，平均 6 分",
            "scorers: 5, marks left out at each end: 1, mean 6",
        )
    ]


def test_classes_are_weighed_and_named():
    reduction = judge(sample_marks(A=("10", "8"), B=("5",)), weighing=CLASSES)

    assert reduction.facets == {"mark": 8}
    assert say(reduction) == [
        ("A评委 2 人，平均 9 分", "scorers of A: 2, mean 9"),
        ("B评委 1 人，平均 5 分", "scorers of B: 1, mean 5"),
    ]


def test_the_weights_of_a_class_nobody_of_which_took_part_are_spread():
    reduction = judge(sample_marks(B=("5", "7")), weighing=CLASSES)

    assert reduction.facets == {"mark": 6}
    assert say(reduction) == [
        ("B评委 2 人，平均 6 分", "scorers of B: 2, mean 6"),
        (
            "A无人参加，其余各类权重按比例折算",
            "nobody of A took part: the other classes' weights are scaled up",
        ),
    ]


def test_several_classes_may_be_missing():
    weighing = Weighing({"A": Fraction(1), "B": Fraction(1), "C": Fraction(1)})

    assert say(judge(sample_marks(C=("5",)), weighing=weighing))[1] == (
        "A、B无人参加，其余各类权重按比例折算",
        "nobody of A, B took part: the other classes' weights are scaled up",
    )


def test_a_scorer_who_marks_twice_stops_the_panel():
    mark = Mark("S1", "", "", Fraction(5))

    reduction = judge(Records(marks=(mark, mark)))

    assert reduction.facets == {"mark": Absence.EMPTY}
    assert say(reduction) == [
        ("有评委重复打分，不能计分", "a scorer gave more than one mark: not scored")
    ]


def test_too_few_scorers_stop_the_panel():
    reduction = judge(sample_marks("5", "6"), fewest=3)

    assert reduction.facets == {"mark": Absence.EMPTY}
    assert say(reduction) == [
        (
            "评委 2 人，少于规定的 3 人，不能计分",
            "scorers: 2, fewer than the 3 required: not scored",
        )
    ]


@pytest.mark.parametrize("mark", ["-0.1", "10.1"])
def test_a_mark_outside_the_range_stops_the_panel(mark: str):
    reduction = judge(sample_marks("5", mark))

    assert reduction.facets == {"mark": Absence.EMPTY}
    assert say(reduction) == [
        ("有评分不在 0 与 10 之间，不能计分", "a mark lies outside 0 … 10: not scored")
    ]


def test_marks_at_the_ends_of_the_range_count():
    assert judge(sample_marks("0", "10")).facets == {"mark": 5}


def test_a_class_without_a_weight_stops_the_panel():
    reduction = judge(sample_marks(A=("5",), C=("6",)), weighing=CLASSES)

    assert reduction.facets == {"mark": Absence.EMPTY}
    assert say(reduction) == [
        ("有评委类别没有规定权重，不能计分", "a class of scorers has no weight: not scored")
    ]


def test_classes_count_alike_where_none_are_weighed():
    assert judge(sample_marks(A=("10", "8"), B=("6",))).facets == {"mark": 8}


def test_no_votes_leave_the_facet_to_what_is_supplied():
    assert cast(Records()) == Reduction()


def test_only_valid_ballots_are_divided_by():
    reduction = cast(sample_votes(everybody={"yes": 3, "no": 1, "unsure": 4, "abstain": 2}))

    assert reduction.facets == {"ballot": 85}
    assert say(reduction) == [
        ("有效票 4 张，平均 85 分", "valid ballots: 4, mean 85"),
        ("“abstain、unsure”6 张不计入", "ballots for abstain, unsure, not counted: 6"),
    ]


def test_voter_classes_are_weighed_and_named():
    reduction = cast(sample_votes(A={"yes": 2}, B={"yes": 1, "no": 1}), weighing=CLASSES)

    assert reduction.facets == {"ballot": Fraction(370, 4)}
    assert say(reduction) == [
        ("A有效票 2 张，平均 100 分", "valid ballots of A: 2, mean 100"),
        ("B有效票 2 张，平均 70 分", "valid ballots of B: 2, mean 70"),
    ]


def test_a_class_whose_ballots_are_all_blank_counts_as_nobody():
    votes = sample_votes(A={"yes": 0}, B={"no": 2})

    reduction = cast(votes, weighing=CLASSES)

    assert reduction.facets == {"ballot": 40}
    assert say(reduction) == [
        ("B有效票 2 张，平均 40 分", "valid ballots of B: 2, mean 40"),
        (
            "A无人参加，其余各类权重按比例折算",
            "nobody of A took part: the other classes' weights are scaled up",
        ),
    ]


def test_an_option_without_a_value_stops_the_ballot():
    reduction = cast(sample_votes(everybody={"yes": 1, "perhaps": 1, "maybe": 2}))

    assert reduction.facets == {"ballot": Absence.EMPTY}
    assert say(reduction) == [
        (
            "选项“maybe、perhaps”没有规定分值，不能计分",
            "no value is given for the option maybe, perhaps: not scored",
        )
    ]


def test_a_voter_class_without_a_weight_stops_the_ballot():
    reduction = cast(sample_votes(C={"yes": 1}), weighing=CLASSES)

    assert reduction.facets == {"ballot": Absence.EMPTY}
    assert say(reduction) == [
        ("有投票人类别没有规定权重，不能计分", "a class of voters has no weight: not scored")
    ]


def test_too_few_valid_ballots_stop_the_ballot():
    reduction = cast(sample_votes(everybody={"yes": 2, "abstain": 9}), fewest=3)

    assert reduction.facets == {"ballot": Absence.EMPTY}
    assert say(reduction) == [
        (
            "有效票 2 张，少于规定的 3 张，不能计分",
            "valid ballots: 2, fewer than the 3 required: not scored",
        )
    ]
    assert cast(sample_votes(everybody={"yes": 3}), fewest=3).facets == {"ballot": 100}
    assert cast(sample_votes(everybody={"no": 1})).facets == {"ballot": 40}


def test_at_least_one_ballot_must_be_valid():
    reduction = cast(sample_votes(everybody={"abstain": 9}), fewest=0)

    assert reduction.facets == {"ballot": Absence.EMPTY}
    assert say(reduction)[0][1] == "valid ballots: 0, fewer than the 1 required: not scored"
