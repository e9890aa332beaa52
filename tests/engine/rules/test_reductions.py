from dataclasses import replace
from fractions import Fraction

from kaohe.numbers.absence import Absence
from kaohe.rules.records import Matter, Reduction
from kaohe.rules.reductions import Tariff, count_matters, sum_items, tally_matters
from kaohe.rules.samples import sample_items

AWARD = Matter(
    "M1", "U1", "B1", level="city", date="2019-05-01", document="甲发〔2019〕1号", title="竞赛"
)
TARIFF = Tariff({"national": Fraction(2), "city": Fraction(1, 2), "poor": Fraction(-1)})


def tally(*matters: Matter, **caps: int) -> Reduction:
    held = {level: Fraction(cap) for level, cap in caps.items()}
    return tally_matters(matters, TARIFF.price, caps=held)


def say(reduction: Reduction) -> list[tuple[str, str]]:
    return [(line.text.zh, line.text.en) for line in reduction.lines]


def matter(code: str, level: str = "city", **changes: object) -> Matter:
    return replace(Matter(code, "U1", "B1", level=level), **changes)  # type: ignore[arg-type]


def test_nothing_recorded_is_zero():
    assert tally() == Reduction({"tally": Fraction(0)})
    assert tally_matters((), TARIFF.price) == Reduction({"tally": Fraction(0)})
    assert count_matters(()) == Reduction({"events": Fraction(0)})


def test_a_matter_is_said_with_level_document_and_date():
    reduction = tally(AWARD)

    assert reduction.facets == {"tally": Fraction(1, 2)}
    assert say(reduction) == [
        (
            "竞赛（city，甲发〔2019〕1号，2019-05-01）：0.5 分",
            "竞赛 (city, 甲发〔2019〕1号, 2019-05-01): 0.5 points",
        )
    ]


def test_a_matter_without_details_is_said_by_its_code():
    assert say(tally(Matter("M7", "", "", points=Fraction(3)))) == [("M7：3 分", "M7: 3 points")]


def test_count_share_and_tolerance_multiply_what_a_matter_is_worth():
    found = tally(
        matter("M1", count=Fraction(3)),
        matter("M2", share=Fraction(1, 5)),
        matter("M3", tolerance=Fraction(1, 2), count=Fraction(2)),
    )

    assert found.facets == {"tally": Fraction(21, 10)}
    assert say(found) == [
        ("M1（city）：0.5 × 3 件 = 1.5 分", "M1 (city): 0.5 × 3 of them = 1.5 points"),
        (
            "M2（city）：0.5 × 0.2（分担比例） = 0.1 分",
            "M2 (city): 0.5 × 0.2 (share) = 0.1 points",
        ),
        (
            "M3（city）：0.5 × 2 件 × 0.5（容错后保留比例） = 0.5 分",
            "M3 (city): 0.5 × 2 of them × 0.5 (left after tolerance) = 0.5 points",
        ),
    ]


def test_the_same_matter_counts_once_at_its_highest_level():
    for order in (("city", "national"), ("national", "city")):
        found = tally(*(matter("M1", level) for level in order))

        assert found.facets == {"tally": 2}
        assert say(found) == [
            ("M1（national）：2 分", "M1 (national): 2 points"),
            (
                "M1（city）：与已计事项为同一事项，就高只计一次",
                "M1 (city): the same matter counts once, at its highest level",
            ),
        ]


def test_of_equal_levels_the_greater_part_of_the_same_matter_counts():
    for order in (("1/5", "4/5"), ("4/5", "1/5")):
        found = tally(*(matter("M1", share=Fraction(share)) for share in order))

        assert found.facets == {"tally": Fraction(2, 5)}


def test_of_two_equal_filings_of_a_matter_the_first_in_order_is_kept():
    found = tally(matter("M1", document="乙"), matter("M1", document="甲"))

    assert found.facets == {"tally": Fraction(1, 2)}
    assert say(found) == [
        ("M1（city，乙）：0.5 分", "M1 (city, 乙): 0.5 points"),
        (
            "M1（city，甲）：与已计事项为同一事项，就高只计一次",
            "M1 (city, 甲): the same matter counts once, at its highest level",
        ),
    ]


def test_the_heaviest_loss_of_the_same_matter_counts():
    assert tally(matter("M1", "poor"), matter("M1", "city")).facets == {"tally": -1}


def test_a_document_s_own_points_come_before_those_of_the_level():
    assert tally(matter("M1", points=Fraction(7, 10))).facets == {"tally": Fraction(7, 10)}


def test_a_cap_holds_the_sum_of_its_level_in_both_directions():
    matters = [matter(f"M{number}") for number in range(4)]
    losses = [matter(f"P{number}", "poor") for number in range(3)]

    found = tally(*matters, *losses, city=1, poor=2)
    assert found.facets == {"tally": -1}
    assert say(found)[-2:] == [
        ("city合计 2 分，按上限计 1 分", "city: 2 points together, held to 1 point"),
        ("poor合计 -3 分，按上限计 -2 分", "poor: -3 points together, held to -2 points"),
    ]
    assert len(say(tally(*matters, city=2))) == 4


def test_a_cap_of_matters_without_a_level_is_said_so():
    matters = [Matter("M1", "", "", points=Fraction(3))]

    found = tally_matters(matters, TARIFF.price, caps={"": Fraction(1)})
    assert say(found)[-1] == (
        "未分级合计 3 分，按上限计 1 分",
        "no level: 3 points together, held to 1 point",
    )


def test_a_matter_that_cannot_be_valued_leaves_the_tally_absent():
    found = tally(matter("M1"), matter("M2", "district"))

    assert found.facets == {"tally": Absence.EMPTY}
    assert say(found) == [
        ("M1（city）：0.5 分", "M1 (city): 0.5 points"),
        (
            "M2（district）：级别“district”没有规定分值，事项也未写明分值，无法计分",
            'M2 (district): neither the level "district" nor the matter itself says what it is worth',
        ),
    ]


def test_pending_and_refused_matters_do_not_count_and_say_why():
    matters = (
        matter("M1", status="refused", reason="超出申报期"),
        matter("M2", status="pending"),
        matter("M3", "district", status="refused"),
    )
    lines = [
        (
            "M1（city）：审核未认定，不计（超出申报期）",
            "M1 (city): refused, not counted (超出申报期)",
        ),
        ("M2（city）：待认定，暂不计", "M2 (city): pending, not counted yet"),
        ("M3（district）：审核未认定，不计", "M3 (district): refused, not counted"),
    ]

    assert tally(*matters) == Reduction({"tally": Fraction(0)}, tally(*matters).lines)
    assert say(tally(*matters)) == lines
    assert count_matters(matters).facets == {"events": 0}
    assert say(count_matters(matters)) == lines


def test_a_refused_filing_does_not_hide_the_counted_one():
    found = tally(matter("M1", "national", status="refused"), matter("M1", "city"))

    assert found.facets == {"tally": Fraction(1, 2)}


def test_events_are_counted_once_each_by_count_share_and_tolerance():
    found = count_matters(
        [
            matter("M1", count=Fraction(2)),
            matter("M2", share=Fraction(1, 2)),
            matter("M3", tolerance=Fraction(1, 4)),
            matter("M3", tolerance=Fraction(1, 5)),
        ]
    )

    assert found.facets == {"events": Fraction(11, 4)}
    assert say(found) == [
        ("M1（city）：计 2 件", "M1 (city): counts as 2"),
        ("M2（city）：计 0.5 件", "M2 (city): counts as 0.5"),
        ("M3（city）：计 0.25 件", "M3 (city): counts as 0.25"),
        (
            "M3（city）：与已计事项为同一事项，就高只计一次",
            "M3 (city): the same matter counts once, at its highest level",
        ),
    ]


def test_the_order_of_records_changes_nothing():
    matters = [matter("M2"), matter("M1"), matter("M1", "national"), matter("M3", status="pending")]

    assert tally(*matters) == tally(*reversed(matters))
    assert count_matters(matters) == count_matters(matters[::-1])


def test_items_are_summed_by_weight_and_difficulty():
    found = sum_items(sample_items(("5", "1.2", "1"), ("5", "1", "0.5")).items)

    assert found.facets == {"completed": Fraction(17, 2), "planned": 11}
    assert say(found) == [
        (
            "T1：权重 5 × 难度 1.2 × 完成 1 = 6",
            "T1: weight 5 × difficulty 1.2 × completion 1 = 6",
        ),
        (
            "T2：权重 5 × 难度 1 × 完成 0.5 = 2.5",
            "T2: weight 5 × difficulty 1 × completion 0.5 = 2.5",
        ),
    ]
    assert sum_items(()) == Reduction()


def test_an_item_out_of_range_leaves_both_sums_absent():
    for item in (("1", "1", "1.1"), ("1", "1", "-0.1"), ("0", "1", "1"), ("1", "0", "1")):
        found = sum_items(sample_items(("5", "1", "1"), item).items)

        assert found.facets == {"completed": Absence.EMPTY, "planned": Absence.EMPTY}

    assert say(sum_items(sample_items(("1", "1", "1.1")).items)) == [
        (
            "T1：权重 1 × 难度 1 × 完成 1.1 = 1.1；完成须在 0 与 1 之间，权重和难度须大于零，无法计分",
            "T1: weight 1 × difficulty 1 × completion 1.1 = 1.1;"
            " completion must lie between 0 and 1, weight and difficulty above zero",
        )
    ]


def test_items_done_or_not_begun_are_in_range():
    found = sum_items(sample_items(("1", "1", "0"), ("1", "1", "1")).items)

    assert found.facets == {"completed": 1, "planned": 2}
