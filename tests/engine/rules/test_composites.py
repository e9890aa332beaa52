from typing import Any

from tests.engine.rules.cases import list_labels, make_rule, refuse_rule, score

from kaohe.expressions.structure import list_facets
from kaohe.rules.method import Method

PARTS = [
    {"facet": "year_end", "name": "年终考核", "weight": 2},
    {"facet": "routine", "weight": 1},
]


def weigh(**parameters: Any) -> Method:
    return make_rule("R23", **{"parts": PARTS, "missing": "refuse"} | parameters)


def test_scores_of_several_departments_are_folded_to_the_points():
    assert score(weigh(), points="10", year_end="90 60", routine="60 90") == ["8", "7"]
    assert score(weigh(full=150), points="10", year_end="150", routine="75", decimals=4) == [
        "8.3333"
    ]


def test_a_missing_department_is_waited_for_or_left_out():
    figures: dict[str, Any] = {"year_end": "90 / /", "routine": "/ 60 /"}

    assert score(weigh(), points="10", **figures) == ["empty", "empty", "empty"]
    assert score(weigh(missing="renormalise"), points="10", **figures) == ["9", "6", "empty"]


def test_each_part_has_a_facet_of_its_own_and_a_weight_above_zero():
    twice = [{"facet": "team", "weight": 1}, {"facet": "team", "weight": 2}]

    assert refuse_rule("R23", parts=twice, missing="refuse") == [
        "各部分的 facet 不得重复\neach part needs a facet of its own"
    ]
    assert refuse_rule("R23", parts=[{"facet": "team", "weight": 0}], missing="refuse")[0] == (
        "Input should be greater than 0"
    )
    assert refuse_rule("R23", parts=PARTS) == ["Field required"]


def test_parts_are_called_by_the_names_the_scheme_gives():
    facets = list_facets(weigh().expression(higher_is_better=True))

    assert [(facet.name, facet.label and facet.label.zh) for facet in facets] == [
        ("year_end", "年终考核"),
        ("routine", None),
    ]
    assert facets[0].label is not None
    assert facets[0].label.en == "年终考核"
    assert list_labels(weigh()) == ["score 得分 score"]


def test_the_score_of_another_scheme_is_folded_by_its_full_marks():
    assert score(make_rule("R24", by="score"), points="20", value="91.5 105") == ["18.3", "21"]
    assert score(make_rule("R24", by="score", full=150), points="20", value="75") == ["10"]
    assert make_rule("R24", by="score").directions() == (True,)


def test_the_rank_in_another_scheme_is_read_from_a_table():
    rule = make_rule("R24", by="rank", table=[5, "4.5", 4])

    assert score(rule, rank="1 2 3 7 0 /") == [
        "5",
        "4.5",
        "4",
        "4",
        "the rank must lie between 1 and the number ranked",
        "empty",
    ]
    assert rule.directions() == (True, False)


def test_a_rank_needs_a_table_and_a_score_has_none():
    needed = ["引用位次须写 table，引用得分不写\ngive a table for a rank, and only then"]

    assert refuse_rule("R24", by="rank") == needed
    assert refuse_rule("R24", by="score", table=[1]) == needed
    assert refuse_rule("R24", by="rank", table=[1, 2]) == [
        "位次表须由高到低：后一位次的得分不得高于前一位次\n"
        "the points of the places must not rise from one place to the next"
    ]
