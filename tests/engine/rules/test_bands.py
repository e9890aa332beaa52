from fractions import Fraction
from typing import Any

from tests.engine.rules.cases import list_labels, make_rule, refuse_rule, score

from kaohe.rules.bands import rises

RISING = [{"edge": 2, "share": 1}, {"edge": 5, "share": "3/5"}]
FALLING = [{"edge": 95, "share": 1}, {"edge": 90, "share": "90%"}]
RANGE: dict[str, Any] = {"low": 40, "high": 60, "lowest": 20, "highest": 100}
ORDER = "分档须由好到差排列，界值不得重复\nwrite the bands from the best on, no edge twice"
WORSE = (
    "较差一档的得分比例不得高于较好一档；越接近区间越好的指标请用 interval\n"
    "a worse band must not earn more; for an ideal range use the method interval"
)


def test_numbers_rise_only_strictly():
    found = [
        rises([Fraction(number) for number in numbers]) for numbers in ("", "3", "125", "11", "132")
    ]

    assert found == [True, True, True, False, False]


def test_an_edge_belongs_to_the_better_band():
    rule = make_rule("R14", bands=FALLING)
    assert score(rule, value="96 95 94.9999 90 89.9999 /") == [
        "100",
        "100",
        "90",
        "90",
        "0",
        "empty",
    ]
    rule = make_rule("R14", bands=RISING, below="0.2")
    assert score(rule, points="5", higher=False, value="1 2 2.0001 5 5.0001") == [
        "5",
        "5",
        "3",
        "3",
        "1",
    ]


def test_bands_say_themselves_whether_more_is_better():
    assert make_rule("R14", bands=FALLING).directions() == (True,)
    assert make_rule("R14", bands=RISING).directions() == (False,)
    assert make_rule("R14", bands=FALLING[:1]).directions() == (True, False)


def test_a_single_band_is_read_in_either_direction():
    rule = make_rule("R14", bands=[{"edge": 60, "share": 1}], below="0.5")

    assert score(rule, value="59 60 61") == ["50", "100", "100"]
    assert score(rule, higher=False, value="59 60 61") == ["100", "100", "50"]


def test_bands_fall_from_the_best_on():
    def refuse(*bands: tuple[Any, Any], **more: Any) -> list[str]:
        return refuse_rule(
            "R14", bands=[{"edge": edge, "share": share} for edge, share in bands], **more
        )

    assert refuse((95, 1), (95, "0.5")) == [ORDER]
    assert refuse((95, 1), (85, "0.8"), (90, "0.5")) == [ORDER]
    assert refuse((95, "0.8"), (90, 1)) == [WORSE]
    assert refuse((95, 1), below="1.1") == [WORSE]
    assert score(make_rule("R14", bands=FALLING, below="0.9"), value="89") == ["90"]


def test_step_of_bands_is_named():
    labels = ["share 得分比例 share of the points", "score 得分 score"]

    assert list_labels(make_rule("R14", bands=FALLING)) == labels
    assert list_labels(make_rule("R25", **RANGE)) == labels
    rule = make_rule("R26", standards=[20, 15, 10, 5, 2], below=0)
    assert list_labels(rule) == labels


def test_inside_the_range_full_marks_and_fewer_with_the_distance():
    found = score(make_rule("R25", **RANGE), points="10", value="40 50 60 35 90 100 110 0 -1")

    assert found == ["10", "10", "10", "8.75", "2.5", "0", "0", "0", "0"]


def test_the_farther_bound_measures_the_distance():
    rule = make_rule("R25", low=40, high=60, lowest=0, highest=70)

    assert score(rule, points="10", value="20 80 0 100") == ["5", "5", "0", "0"]


def test_a_range_may_be_a_single_figure_or_touch_one_bound():
    rule = make_rule("R25", low=3, high=3, lowest=1, highest=5)
    assert score(rule, points="10", value="3 2 4.5") == ["10", "5", "2.5"]
    rule = make_rule("R25", low=0, high=10, lowest=0, highest=20)
    assert score(rule, points="10", value="0 -5 15") == ["10", "5", "5"]
    assert rule.directions() == (True,)


def test_a_range_lies_in_order_within_its_bounds():
    in_order = ["须满足 lowest ≤ low ≤ high ≤ highest\nkeep lowest ≤ low ≤ high ≤ highest"]

    assert refuse_rule("R25", **RANGE | {"low": 10}) == in_order
    assert refuse_rule("R25", **RANGE | {"low": 61}) == in_order
    assert refuse_rule("R25", **RANGE | {"high": 101}) == in_order
    assert refuse_rule("R25", low=1, high=2, lowest=1, highest=2) == [
        "适度区间与参考范围相同，偏离无从衡量\n"
        "the range is as wide as its bounds: no distance can be measured"
    ]


def test_five_standards_are_joined_by_straight_lines():
    rule = make_rule("R26", standards=[20, 15, 10, 5, 2], below="0.1")

    found = score(rule, points="10", value="25 20 17.5 15 11 5 2 1.99")
    assert found == ["10", "10", "9", "8", "6.4", "4", "2", "1"]
    assert rule.directions() == (True,)


def test_five_standards_may_rise_where_less_is_better():
    rule = make_rule(
        "R26", standards=[50, 60, 70, 80, 90], below=0, coefficients=[1, "0.9", "0.7", "0.5", "0.4"]
    )

    found = score(rule, points="10", higher=False, value="40 50 65 90 90.01")
    assert found == ["10", "10", "8", "4", "0"]
    assert rule.directions() == (False,)


def test_standards_and_their_shares_are_in_order():
    order = (
        "五档标准值须由优到差依次递增或递减\n"
        "the five standards must rise or fall all the way from excellent to poor"
    )
    shares = (
        "系数须由优到差递减，below 不得高于较差档系数\n"
        "the shares must fall from excellent to poor, and `below` must not exceed the last"
    )
    standards = [20, 15, 10, 5, 2]

    assert refuse_rule("R26", standards=[20, 15, 15, 5, 2], below=0) == [order]
    assert refuse_rule("R26", standards=standards, below="0.3") == [shares]
    assert refuse_rule(
        "R26", standards=standards, below=0, coefficients=[1, 1, "0.6", "0.4", "0.2"]
    ) == [shares]
    assert score(make_rule("R26", standards=standards, below="0.2"), value="1") == ["20"]
