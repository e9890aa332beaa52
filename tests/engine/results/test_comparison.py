from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.results.generated import UNITS, results
from tests.engine.results.town import FIGURES, RECORDS, SCHEME, score_town

from kaohe.numbers.absence import Absence
from kaohe.results.comparison import Move, count_moves, explain_moves, share_move
from kaohe.results.result import Result, score
from kaohe.results.worlds import Run, list_changes, mix_observations
from kaohe.rules.records import Matter
from kaohe.scheme.draft import Scheme
from kaohe.scoring.observations import Observations


def run_of(result: Result) -> Run:
    return Run(result.scheme, result.observations)


def moves(before: Result, after: Result) -> dict[str, tuple[str, ...] | None]:
    """Own, others' and rule part of every unit that moved."""
    return {
        move.unit: None
        if move.parts is None
        else tuple(str(move.parts[cause]) for cause in ("own", "others", "rule"))
        for move in explain_moves(run_of(before), run_of(after))
        if move.before != move.after
    }


def change(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


def test_nothing_changed_moves_nobody(tmp_path: Path):
    town = score_town(tmp_path)

    assert moves(town, town) == {}
    assert count_moves(run_of(town), run_of(town)) == 10


def test_own_change_alone_moves_its_unit(tmp_path: Path):
    before = score_town(tmp_path)
    after = score_town(
        tmp_path, figures=change(FIGURES, "T2,竹畹镇,6.25,28.5", "T2,竹畹镇,6.25,30")
    )

    assert moves(before, after) == {"T2": ("1", "0", "0")}


def test_a_better_figure_of_one_moves_the_others_by_comparison(tmp_path: Path):
    before = score_town(tmp_path)
    after = score_town(tmp_path, figures=change(FIGURES, "D1,区产业办,5.00", "D1,区产业办,6.40"))

    # Efficacy from 3.6 to 5 before, from 3.6 to 6.4 after: D2 has 20·(60 + 40·0.6/1.4)/100 and then 20·(60 + 40·0.6/2.8)/100.
    assert moves(before, after) == {"D2": ("0", "-17143/10000", "0")}


def test_a_change_of_rule_alone_is_put_to_the_rule(tmp_path: Path):
    before = score_town(tmp_path)
    after = score_town(
        tmp_path, scheme=change(SCHEME, "{edge: 80, share: 0.8}", "{edge: 80, share: 0.9}")
    )

    assert moves(before, after) == dict.fromkeys(("T2", "D2", "D4"), ("0", "0", "2"))


def test_changes_together_are_shared_evenly_over_their_orders(tmp_path: Path):
    before = score_town(tmp_path)
    after = score_town(
        tmp_path,
        scheme=change(SCHEME, "        target: 30\n", "        target: 40\n"),
        figures=change(FIGURES, "T2,竹畹镇,6.25,28.5", "T2,竹畹镇,6.25,36"),
    )

    # 20·28.5/30 = 19; own first: 20 (+1), then the rule 18 (−2); rule first: 14.25 (−4.75), then own 18 (+3.75).
    assert moves(before, after)["T2"] == (str(Fraction("2.375")), "0", str(Fraction("-3.375")))


def test_a_record_and_a_veto_are_own_change(tmp_path: Path):
    scheme = change(SCHEME, "effects: [no_top_grade]", "effects: [zero_indicator], indicator: A2")
    before = score_town(tmp_path, scheme=scheme)
    after = score_town(
        tmp_path,
        scheme=scheme,
        records=change(
            RECORDS, "S1,T1,V1,,厂房火灾责任事故,认定,", "S1,T3,V1,,厂房火灾责任事故,认定,"
        ),
    )

    assert moves(before, after) == {"T1": ("20", "0", "0"), "T3": ("-20", "0", "0")}


def test_one_unit_alone_can_be_asked_for(tmp_path: Path):
    before = run_of(score_town(tmp_path))
    after = run_of(score_town(tmp_path, figures=change(FIGURES, "28.5", "30")))

    assert list(explain_moves(before, after, only="T2")) == [
        Move("T2", Fraction("87.2667"), Fraction("88.2667"), {"own": Fraction(1), "others": Fraction(0), "rule": Fraction(0)}),
    ]  # fmt: skip


def test_a_mixture_that_a_rule_refuses_leaves_the_move_unshared(tmp_path: Path):
    fewer = change(
        change(FIGURES, "D1,区产业办,5.00", "D1,区产业办,未到期"),
        "D5,区文旅办,3.60",
        "D5,区文旅办,未到期",
    )
    before = score_town(tmp_path, scheme=change(SCHEME, "{method: efficacy_coefficient}", "{method: efficacy_coefficient, worst: 0, best: 20}"), figures=fewer)  # fmt: skip
    after = score_town(tmp_path)

    assert moves(before, after)["D2"] is None


def test_shares_are_means_over_the_six_orders():
    values = {"": 0, "own": 6, "others": 0, "rule": 0, "own others": 12, "own rule": 6, "others rule": 0, "own others rule": 18}  # fmt: skip

    def value_of(made: frozenset) -> Fraction:
        return Fraction(
            values[" ".join(each for each in ("own", "others", "rule") if each in made)]
        )

    assert share_move(value_of) == {"own": 11, "others": 5, "rule": 2}


def test_what_differs_is_listed_by_indicator():
    matter = Matter("M1", "U2", "P")
    before = Observations(
        {("A", "value", "U1"): Fraction(1), ("A", "value", "U2"): Absence.EMPTY}, (matter,)
    )
    after = Observations({("A", "value", "U1"): Fraction(2)}, (matter, matter))

    assert list_changes(before, after) == {"A": {"U1"}, "P": {"U2"}}


def test_mixed_data_are_the_units_own_and_everybody_elses():
    own = Observations(
        {("A", "value", "U1"): Fraction(1), ("A", "value", "U2"): Fraction(2)},
        (Matter("M1", "U1", "P"),),
    )
    others = Observations(
        {("A", "value", "U1"): Fraction(3), ("A", "value", "U2"): Fraction(4)},
        (Matter("M2", "U2", "P"),),
    )

    assert mix_observations(own, others, {"U1"}) == Observations(
        {("A", "value", "U2"): Fraction(4), ("A", "value", "U1"): Fraction(1)},
        (Matter("M2", "U2", "P"), Matter("M1", "U1", "P")),
    )


@pytest.mark.slow
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.filter_too_much])
@given(results(), st.data())
def test_parts_add_up_to_the_move_and_own_change_never_blames_others(
    result: Result, data: st.DataObject
):
    """Some units' figures change places; whoever kept theirs has no part of their own."""
    changed = data.draw(st.sets(st.sampled_from(UNITS), max_size=3))
    order = dict(zip(sorted(changed), sorted(changed)[1:] + sorted(changed)[:1], strict=True))
    figures = {
        (code, facet, unit): result.observations.figures[code, facet, order.get(unit, unit)]
        for code, facet, unit in result.observations.figures
    }
    model = result.scheme.model.model_copy(update={"ties": "dense"})
    later = Run(Scheme(model), replace(result.observations, figures=figures))
    after = score(later.scheme, later.observations)

    for before, now, move in zip(
        result.units, after.units, explain_moves(run_of(result), later), strict=True
    ):
        assert (move.before, move.after) == (before.total.total, now.total.total)
        if move.parts is not None and move.before is not None and move.after is not None:
            assert sum(move.parts.values()) == move.after - move.before
            assert move.parts["rule"] == 0
            assert move.unit in changed or move.parts["own"] == 0
            assert changed - {move.unit} or move.parts["others"] == 0
