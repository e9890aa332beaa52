"""Grades proposed band by band: shares, exact lines, ties."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaohe.grading.grades import propose_grades
from kaohe.grading.ranking import Standing, rank_units
from kaohe.scheme.grades import TieBreak
from tests.engine.grading.groups import (
    FIRST_THREE,
    labels,
    make_rule,
    rank,
    tell,
    units,
    veto,
)


def test_shares_fill_from_the_top_and_name_their_line():
    rule = make_rule(
        {"label": "优秀", "share": "30%"}, {"label": "良好", "share": "30%"}, {"label": "达标", "rest": True}
    )  # fmt: skip

    outcome = propose_grades(rule, rank(91, 99, 95, 93, 92, 94, 90, 80, 70, 98, 97, 96), {})

    assert outcome.base == 12
    assert units(outcome) == {
        "优秀": ("U2", "U10", "U11"),
        "良好": ("U12", "U3", "U6"),
        "达标": ("U4", "U5", "U1", "U7", "U8", "U9"),
    }
    assert [band.places for band in outcome.bands] == [3, 3, None]
    assert [band.cut_line for band in outcome.bands] == [97, 94, 70]
    assert [step.text.zh for step in outcome.bands[0].steps] == [
        "优秀：30% × 12 = 3.6，舍去尾数，3个",
        "优秀：入线最低总分97",
    ]
    assert [step.text.zh for step in outcome.bands[2].steps] == [
        "达标：不限个数",
        "达标：入线最低总分70",
    ]
    assert tell(outcome.proposals[2]) == ["总分97，第3名", "第3名，总分97，在优秀范围内"]
    assert {each.basis for each in outcome.proposals} == {"place"}


@pytest.mark.parametrize(("rounding", "number"), [("floor", 2), ("half_up", 3), ("ceil", 3)])
def test_the_declared_rounding_counts(rounding, number):
    rule = make_rule(
        {"label": "A", "share": "0.3"}, {"label": "B", "rest": True}, share_rounding=rounding
    )

    assert len(propose_grades(rule, rank(9, 8, 7, 6, 5, 4, 3, 2, 1), {}).bands[0].units) == number


def test_the_pass_line_holds_for_every_rank():
    rule = make_rule(
        {"label": "优秀", "number": 3}, {"label": "达标", "rest": True}, pass_line=82, fail="未达标"
    )

    outcome = propose_grades(rule, rank(95, 82, "81.9999"), {})

    assert labels(outcome) == {"U1": "优秀", "U2": "优秀", "U3": "未达标"}
    assert tell(outcome.proposals[2])[-1] == "总分81.9999，低于合格线，评为未达标"


def test_a_threshold_and_a_share_must_both_hold():
    rule = make_rule(
        {"label": "优秀", "number": 3, "minimum_score": 90},
        {"label": "良好", "minimum_score": 82},
        {"label": "一般", "rest": True},
    )

    outcome = propose_grades(rule, rank(95, 90, "89.995", 82, "81.99"), {})

    assert labels(outcome) == {"U1": "优秀", "U2": "优秀", "U3": "良好", "U4": "良好", "U5": "一般"}


def test_whoever_is_below_the_last_threshold_fails():
    rule = make_rule(
        {"label": "优秀", "number": 1}, {"label": "达标", "minimum_score": 60}, fail="未达标"
    )

    outcome = propose_grades(rule, rank(95, 60, 59), {})

    assert labels(outcome) == {"U1": "优秀", "U2": "达标", "U3": "未达标"}


@pytest.mark.parametrize(
    ("cut_tie", "first", "second"),
    [
        ("all_in", ("U1", "U2", "U3", "U4"), ("U5", "U6", "U7")),
        ("none_in", ("U1",), ("U2", "U3", "U4")),
    ],
)
def test_a_tie_at_the_line_is_all_in_or_none_in(cut_tie, first, second):
    rule = make_rule(*FIRST_THREE, cut_tie=cut_tie)

    outcome = propose_grades(rule, rank(95, 93, 93, 93, 92, 91, 90, 89), {})

    assert outcome.bands[0].units == first
    assert outcome.bands[1].units == second


@pytest.mark.parametrize("cut_tie", ["all_in", "none_in"])
def test_equal_totals_stay_together_even_when_the_chain_could_part_them(cut_tie):
    standings = [
        Standing("甲", Fraction(95)),
        Standing("乙", Fraction(93), figures={"bonus": Fraction(2)}),
        Standing("丙", Fraction(93), figures={"bonus": Fraction(1)}),
    ]
    ranking = rank_units(standings, chain=[TieBreak(by="bonus")])
    rule = make_rule({"label": "A", "number": 2}, {"label": "B", "rest": True}, cut_tie=cut_tie)
    parted = make_rule({"label": "A", "number": 2}, {"label": "B", "rest": True})

    assert len({labels(propose_grades(rule, ranking, {}))[unit] for unit in ("乙", "丙")}) == 1
    assert labels(propose_grades(parted, ranking, {})) == {"甲": "A", "乙": "A", "丙": "B"}


def test_a_tie_nothing_breaks_waits_for_a_decision_and_keeps_its_places():
    outcome = propose_grades(make_rule(*FIRST_THREE), rank(95, 93, 93, 93, 92, 91, 90, 89), {})

    best, good, rest = outcome.bands
    assert (best.units, best.tied, best.open_places) == (("U1",), ("U2", "U3", "U4"), 2)
    assert good.units == ("U5", "U6")
    assert rest.units == ("U7", "U8")
    assert [labels(outcome)[unit] for unit in ("U2", "U3", "U4")] == [None, None, None]
    assert outcome.proposals[1].basis == "undecided"
    assert best.steps[-1].text.zh == "3个单位在一等次线上并列，剩2个位置，须研究决定"
    assert tell(outcome.proposals[1])[-1] == best.steps[-1].text.zh


def test_more_tied_units_than_the_next_band_holds_reach_into_the_one_after():
    rule = make_rule(
        {"label": "A", "number": 1}, {"label": "B", "number": 1}, {"label": "C", "number": 3},
        {"label": "D", "rest": True},
    )  # fmt: skip

    outcome = propose_grades(rule, rank(9, 9, 9, 8, 7, 6), {})

    assert outcome.bands[0].tied == ("U1", "U2", "U3")
    assert units(outcome) == {"A": (), "B": (), "C": ("U4", "U5"), "D": ("U6",)}


def test_e27b_classes_by_rank_over_number():
    rule = make_rule(
        {"label": "A", "up_to": "0.2"}, {"label": "B", "up_to": "0.6"},
        {"label": "C", "up_to": "0.95"}, {"label": "D", "rest": True},
    )  # fmt: skip

    fifty = propose_grades(rule, rank(*range(100, 50, -1)), {})
    thirteen = propose_grades(rule, rank(*range(100, 87, -1)), {})

    assert [len(band.units) for band in fifty.bands] == [10, 20, 17, 3]
    assert [len(band.units) for band in thirteen.bands] == [2, 5, 5, 1]
    assert (
        thirteen.bands[1].steps[0].text.zh
        == "B：位次前60%，60% × 13 = 7.8，舍去尾数，减去以上已占2个，5个"
    )
    assert thirteen.bands[1].steps[0].text.en == (
        "B: the first 60%, 60% × 13 = 7.8, rounded down, less 2 above: 5"
    )


def test_classes_by_rank_count_what_was_taken_above():
    rule = make_rule(
        {"label": "A", "up_to": "0.2"}, {"label": "B", "up_to": "0.6"}, {"label": "C", "rest": True},
        cut_tie="all_in",
    )  # fmt: skip
    tied = propose_grades(rule, rank(9, 8, 8, 7, 6, 5, 4, 3, 2, 1), {})
    vacant = propose_grades(
        rule.model_copy(update={"vetoed": "vacant"}),
        rank(10, 9, 8, 7, 6, 5, 4, 3, 2, 1),
        {"U1": veto("no_top_grade")},
    )

    assert [len(band.units) for band in tied.bands] == [3, 3, 4]
    assert [len(band.units) for band in vacant.bands] == [1, 4, 5]


def test_classes_by_rank_count_undecided_places_too():
    rule = make_rule(
        {"label": "A", "up_to": "0.2"}, {"label": "B", "up_to": "0.6"}, {"label": "C", "up_to": "0.9"},
        {"label": "D", "rest": True},
    )  # fmt: skip

    outcome = propose_grades(rule, rank(9, 8, 8, 7, 6, 5, 4, 3, 2, 1), {})

    assert outcome.bands[0].tied == ("U2", "U3")
    assert [len(band.units) for band in outcome.bands] == [1, 3, 3, 1]


def test_units_that_take_no_place_take_no_grade():
    rule = make_rule({"label": "A", "share": "0.5"}, {"label": "B", "rest": True})

    outcome = propose_grades(rule, rank(90, 80, listed_apart=99, ungraded=98, exempt=97), {})

    assert outcome.base == 2
    assert labels(outcome) == {
        "U1": "A", "U2": "B", "exempt": None, "listed_apart": None, "ungraded": None
    }  # fmt: skip
    assert [each.basis for each in outcome.proposals[2:]] == ["outside"] * 3
    assert [tell(each)[-1] for each in outcome.proposals[2:]] == [
        "不参评，不占位次和等次",
        "单列，不占位次和等次",
        "参评不定等次，不占位次和等次",
    ]


def test_a_scheme_may_count_others_for_its_shares_or_a_fixed_number():
    bands = ({"label": "A", "share": "0.5"}, {"label": "B", "rest": True})
    ranking = rank(90, 80, 70, ungraded=98)

    counted = propose_grades(make_rule(*bands, share_base=["ranked", "ungraded"]), ranking, {})
    fixed = propose_grades(make_rule(*bands, share_base=6), ranking, {})

    assert (counted.base, len(counted.bands[0].units)) == (4, 2)
    assert (fixed.base, len(fixed.bands[0].units)) == (6, 3)


def test_a_band_nobody_reaches_says_so():
    rule = make_rule({"label": "A", "number": 1, "minimum_score": 95}, {"label": "B", "rest": True})

    band = propose_grades(rule, rank(90), {}).bands[0]

    assert (band.units, band.cut_line) == ((), None)
    assert [step.text.zh for step in band.steps] == ["A：1个", "A：无单位入线"]


def test_tied_units_hold_no_places_behind_a_band_with_room_for_all():
    rule = make_rule(
        {"label": "A", "number": 1}, {"label": "B", "minimum_score": 8},
        {"label": "C", "number": 1}, {"label": "D", "rest": True},
    )  # fmt: skip

    outcome = propose_grades(rule, rank(9, 9, 9, 8, 7, 6), {})

    assert units(outcome) == {"A": (), "B": ("U4",), "C": ("U5",), "D": ("U6",)}


EFFECTS = st.sampled_from(["no_top_grade", "grade_down", "fail", "no_award"])


@given(
    totals=st.lists(st.integers(60, 75), min_size=1, max_size=14),
    struck=st.dictionaries(st.integers(1, 14), EFFECTS, max_size=4),
    cut_tie=st.sampled_from(["all_in", "none_in", "tie_break"]),
    vetoed=st.sampled_from(["successor", "vacant"]),
)
def test_every_ranked_unit_gets_one_grade_or_waits_for_a_decision(totals, struck, cut_tie, vetoed):
    rule = make_rule(
        {"label": "A", "share": "0.3"}, {"label": "B", "share": "0.3"}, {"label": "C", "rest": True},
        cut_tie=cut_tie, vetoed=vetoed, pass_line=62, fail="D",
    )  # fmt: skip
    facts = {f"U{number}": veto(effect) for number, effect in struck.items()}

    outcome = propose_grades(rule, rank(*totals), facts)

    assert len(outcome.proposals) == len(totals)
    for each in outcome.proposals:
        assert (each.label is None) == (each.basis == "undecided")
    for band in outcome.bands[:2]:
        if cut_tie != "all_in":
            assert len(band.units) + band.vacant + band.open_places <= (band.places or 0)
    best = {unit for unit, effect in struck.items() if effect != "no_award"}
    assert not {f"U{number}" for number in best} & set(outcome.bands[0].units)
    grades = [labels(outcome)[f"U{i}"] for i in range(1, len(totals) + 1) if f"U{i}" not in facts]
    free = [total for i, total in enumerate(totals, 1) if f"U{i}" not in facts]
    by_total = sorted(zip(free, grades, strict=True), reverse=True, key=lambda pair: pair[0])
    sure = [grade for _, grade in by_total if grade is not None]
    assert sure == sorted(sure)
