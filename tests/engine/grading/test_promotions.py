"""Better grades than the rank gives, beside the share and within it."""

from fractions import Fraction

from kaohe.grading.grades import propose_grades
from kaohe.grading.proposals import Attained, UnitFacts, VetoHit
from tests.engine.grading.groups import (
    FIRST_THREE,
    labels,
    make_rule,
    promoted_by,
    rank,
    tell,
    units,
    veto,
)


def test_e22_two_of_eighteen_are_promoted_beside_the_share():
    rule = make_rule(
        {"label": "优秀", "share": "20%"},
        {"label": "良好", "share": "20%"},
        {"label": "达标", "rest": True},
        share_rounding="half_up",
        promotions=[
            {"by": "special_award", "of": "SP1", "levels": ["一等奖"], "to": "优秀", "limit": 2}
        ],
    )
    facts = {
        f"U{number}": promoted_by("SP1", levels=frozenset({"一等奖"})) for number in (5, 20, 40, 60)
    }

    outcome = propose_grades(rule, rank(*range(200, 122, -1)), facts)

    best, good, rest = outcome.bands
    assert (len(best.units), len(good.units), len(rest.units)) == (18, 16, 44)
    assert (best.places, best.promoted) == (16, ("U20", "U40"))
    assert best.cut_line == 185
    assert good.units[0] == "U17"
    assert "U33" in good.units
    assert "U34" in rest.units
    promoted = next(each for each in outcome.proposals if each.unit == "U40")
    assert (promoted.label, promoted.basis) == ("优秀", "promotion")
    assert tell(promoted)[-1] == "符合晋优条件（专项奖项 SP1），晋为优秀，不占比例"


def test_a_promotion_within_the_share_takes_the_last_place():
    rule = make_rule(
        *FIRST_THREE,
        promotions=[
            {"by": "indicator_score", "of": "X", "at_least": 8, "to": "一等次", "outside_share": False}
        ],
    )  # fmt: skip
    facts = {
        "U2": promoted_by("X", score=Fraction(10)),
        "U6": promoted_by("X", score=Fraction(8)),
        "U7": promoted_by("X", score=Fraction("7.9999")),
        "U5": promoted_by("X"),
    }

    outcome = propose_grades(rule, rank(90, 89, 88, 87, 86, 85, 84), facts)

    assert units(outcome) == {
        "一等次": ("U1", "U2", "U6"),
        "二等次": ("U3", "U4", "U5"),
        "三等次": ("U7",),
    }
    assert outcome.bands[0].cut_line == 89
    assert tell(outcome.proposals[5])[-1] == "符合晋优条件（指标得分 X），晋为一等次，占用比例"


def test_promotions_within_the_share_never_exceed_it():
    rule = make_rule(
        {"label": "A", "number": 1},
        {"label": "B", "rest": True},
        promotions=[
            {"by": "matter_level", "of": "X", "levels": ["国家级"], "to": "A", "outside_share": False}
        ],
    )  # fmt: skip
    won = promoted_by("X", levels=frozenset({"国家级", "省级"}))

    outcome = propose_grades(rule, rank(90, 89, 88), {"U2": won, "U3": won})

    assert outcome.bands[0].units == ("U2",)
    assert labels(outcome) == {"U1": "B", "U2": "A", "U3": "B"}


def test_two_promotions_to_one_grade_share_the_places_within():
    way = {"by": "matter_level", "to": "A", "outside_share": False, "levels": ["国家级"]}
    rule = make_rule(
        {"label": "A", "number": 2},
        {"label": "B", "rest": True},
        promotions=[{**way, "of": "X", "limit": 1}, {**way, "of": "Y"}],
    )
    level = frozenset({"国家级"})

    outcome = propose_grades(
        rule,
        rank(90, 89, 88, 87, 86),
        {
            "U3": UnitFacts(attained={"X": Attained(levels=level), "Y": Attained(levels=level)}),
            "U4": promoted_by("Y", levels=level),
            "U5": promoted_by("Y", levels=level),
        },
    )

    assert outcome.bands[0].units == ("U3", "U4")


def test_a_vetoed_unit_is_not_promoted():
    rule = make_rule(
        *FIRST_THREE,
        promotions=[{"by": "special_award", "of": "S", "levels": ["1"], "to": "一等次"}],
    )
    award = {"S": Attained(levels=frozenset({"1"}))}
    hit = {effect: VetoHit("V1", frozenset({effect})) for effect in ("no_award", "zero_indicator")}
    facts = {
        "U6": UnitFacts(vetoes=(hit["no_award"],), attained=award),
        "U7": UnitFacts(vetoes=(hit["zero_indicator"],), attained=award),
    }

    outcome = propose_grades(rule, rank(90, 89, 88, 87, 86, 85, 84), facts)

    assert labels(outcome)["U6"] == "二等次"
    assert labels(outcome)["U7"] == "一等次"


def test_a_tie_at_the_limit_of_a_promotion_waits_for_a_decision():
    rule = make_rule(
        {"label": "A", "number": 1},
        {"label": "B", "rest": True},
        promotions=[{"by": "special_award", "of": "S", "levels": ["1"], "to": "A", "limit": 1}],
    )
    won = promoted_by("S", levels=frozenset({"1"}))

    outcome = propose_grades(rule, rank(90, 80, 80), {"U2": won, "U3": won})

    assert labels(outcome) == {"U1": "A", "U2": "B", "U3": "B"}
    assert tell(outcome.proposals[1])[1] == "2个单位并列争S晋优的最后位置，须研究决定"


def test_a_unit_that_moves_up_by_rank_needs_no_promotion():
    rule = make_rule(
        *FIRST_THREE,
        promotions=[
            {"by": "indicator_score", "of": "X", "at_least": 8, "to": "一等次", "outside_share": False}
        ],
    )  # fmt: skip
    facts = {"U2": veto("no_top_grade"), "U4": promoted_by("X", score=Fraction(8))}

    outcome = propose_grades(rule, rank(95, 94, 93, 92, 91), facts)

    assert outcome.bands[0].units == ("U1", "U3", "U4")
    assert outcome.bands[0].promoted == ()


def test_whoever_is_promoted_within_the_share_is_not_promoted_beside_it_again():
    way = {"by": "indicator_score", "of": "X", "at_least": 8, "to": "A"}
    rule = make_rule(
        {"label": "A", "number": 2},
        {"label": "B", "rest": True},
        promotions=[way | {"outside_share": False, "limit": 1}, way | {"limit": 1}],
    )
    able = promoted_by("X", score=Fraction(9))

    outcome = propose_grades(rule, rank(90, 80, 70, 60), {"U3": able, "U4": able})

    assert units(outcome) == {"A": ("U1", "U3", "U4"), "B": ("U2",)}
    assert outcome.bands[0].promoted == ("U3", "U4")
