from fractions import Fraction

from tests.engine.rules.cases import list_labels, make_rule, refuse_rule, say_records, score

from kaohe.expressions.nodes import Parameter, iterate_nodes
from kaohe.rules.records import Records
from kaohe.rules.samples import sample_marks, sample_matters

TWO_AWARDS = [
    {"rule": {"method": "awards", "levels": {"city": 1}, "cap": 2}, "share": "1/2"},
    {
        "rule": {"method": "deductions", "start": "points", "kinds": {"city": 3}},
        "share": "1/2",
        "name": "扣分",
    },
]


def test_each_part_scores_its_share_of_the_points():
    parts = [
        {"rule": {"method": "target_ratio"}, "share": "80%"},
        {"rule": {"method": "contribution", "completion_share": 0}, "share": "20%"},
    ]

    found = score(make_rule("R33", parts=parts), points="10", value="120 60 30", target="100 80 30")
    assert found == ["10", "7", "8.5"]


def test_a_part_may_read_other_facets():
    parts = [
        {"name": "静态", "rule": {"method": "R04"}, "share": "0.4"},
        {
            "name": "动态",
            "rule": {"method": "功效系数法"},
            "share": "0.6",
            "facets": {"value": "growth"},
        },
    ]
    rule = make_rule("R33", parts=parts)

    assert score(rule, points="10", value="200 150 100", growth="5 9 7") == ["7.6", "9.2", "7.2"]
    assert list_labels(rule) == [
        "a_efficacy 静态·功效系数 静态 · efficacy",
        "a_percent 静态·百分制得分 静态 · score in per cent",
        "a_score 静态·得分 静态 · score",
        "b_efficacy 动态·功效系数 动态 · efficacy",
        "b_percent 动态·百分制得分 动态 · score in per cent",
        "b_score 动态·得分 动态 · score",
        "score 得分 score",
    ]


def test_parts_that_reduce_the_same_records_keep_their_facets_apart():
    rule = make_rule("R33", parts=TWO_AWARDS)
    reduction = rule.reduce_records(sample_matters("city"))

    assert reduction.facets == {"tally": 1, "tally_b": 3}
    assert [line.text.zh for line in reduction.lines] == [
        "第1部分（奖项加分法）：M1（city）：1 分",
        "扣分：M1（city）：3 分",
    ]
    assert [line.text.en for line in reduction.lines] == [
        "part 1 (Awards, highest level once): M1 (city): 1 point",
        "扣分: M1 (city): 3 points",
    ]
    # Of 10 points: an award of 1, and 5 − 3.
    assert score(rule, points="10", records=(sample_matters("city"), sample_matters())) == [
        "3",
        "5",
    ]


def test_facets_stay_apart_whatever_parts_stand_between():
    panel = {"rule": {"method": "panel"}, "share": "1/2"}
    first, last = ({**part, "share": "1/4"} for part in TWO_AWARDS)
    reduction = make_rule("R33", parts=[first, panel, last]).reduce_records(sample_matters("city"))

    assert reduction.facets == {"tally": 1, "tally_c": 3}


def test_parameters_of_parts_have_names_of_their_own():
    expression = make_rule("R33", parts=TWO_AWARDS).expression(higher_is_better=True)
    found = [node for node in iterate_nodes(expression) if isinstance(node, Parameter)]

    assert {node.name: node.value for node in found} == {
        "a_cap": 2,
        "b_share": Fraction(1, 2),
    }
    assert {node.label.zh for node in found if node.name == "b_share"} == {"所占比重"}
    assert {node.label.en for node in found if node.name == "b_share"} == {"share of the points"}


def test_records_of_parts_are_said_with_the_part_s_name_in_front():
    parts = [
        {"rule": {"method": "panel", "drop": 1}, "share": "1/2"},
        {"rule": {"method": "target_ratio"}, "share": "1/2"},
    ]

    assert say_records(make_rule("R33", parts=parts)) == [
        "第1部分（评委评分法）：评委不少于 3 人",
        "part 1 (Marks of a panel): fewest scorers: 3",
        "第1部分（评委评分法）：评委达到 5 人的，去掉最高、最低各 1 个",
        "part 1 (Marks of a panel): marks left out at each end, from 5 scorers on: 1",
    ]


def test_parts_without_records_leave_them_alone():
    parts = [
        {"rule": {"method": "panel"}, "share": "1/2"},
        {"rule": {"method": "target_ratio"}, "share": "1/2"},
    ]
    reduction = make_rule("R33", parts=parts).reduce_records(sample_marks("8", "9", "10"))

    assert reduction.facets == {"mark": 9}
    assert make_rule("R33", parts=parts).reduce_records(Records()).facets == {}


def test_shares_add_up_to_one():
    part = {"rule": {"method": "target_ratio"}}

    assert refuse_rule("R33", parts=[part | {"share": "1/2"}, part | {"share": "1/3"}]) == [
        "各部分比重之和为 5/6，须等于 1\nthe shares add up to 5/6, not to 1"
    ]
    assert refuse_rule("R33", parts=[part | {"share": 1}]) == [
        "Tuple should have at least 2 items after validation, not 1"
    ]


def test_directions_are_those_that_all_parts_have_a_meaning_for():
    def combine(*methods: str):
        parts = [{"rule": {"method": method}, "share": "1/2"} for method in methods]
        return make_rule("R33", parts=parts).directions()

    assert combine("target_ratio", "ratio_to_best") == (True, False)
    assert combine("target_ratio", "control") == (False,)
    assert combine("contribution", "target_ratio") == (True,)
    assert combine("contribution", "control") == ()
