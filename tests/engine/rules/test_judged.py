from tests.engine.rules.cases import list_labels, make_rule, refuse_rule, say_records, score

from kaohe.rules.records import Records
from kaohe.rules.samples import sample_marks, sample_votes

FOUR = {"优秀": 100, "良好": 80, "一般": 60, "较差": 40}


def test_the_mean_mark_is_folded_by_the_full_mark():
    records = (sample_marks("9", "8", "7"), sample_marks("10", "10", "10"))

    assert score(make_rule("R27", full=10), points="5", records=records) == ["4", "5"]
    assert score(make_rule("R27"), points="5", records=(sample_marks("90", "80", "70"),)) == ["4"]


def test_a_mean_mark_may_be_supplied_instead_of_marks():
    assert score(make_rule("R27"), points="5", mark="80 /") == ["4", "empty"]
    assert make_rule("R27").reduce_records(Records()).facets == {}


def test_marks_are_trimmed_from_the_number_of_scorers_that_the_scheme_says():
    four, five = sample_marks("0", "80", "80", "100"), sample_marks("0", "80", "80", "80", "100")

    assert score(make_rule("R27", drop=1), records=(four, five)) == ["65", "80"]
    assert score(make_rule("R27", drop=1, drop_from=4), records=(four, five)) == ["80", "80"]
    assert score(make_rule("R27", drop_share="25%"), records=(four, five)) == ["65", "80"]


def test_too_few_scorers_give_no_score():
    assert score(make_rule("R27"), records=(sample_marks("80", "90"),)) == ["empty"]
    assert score(make_rule("R27", fewest=2), records=(sample_marks("80", "90"),)) == ["85"]


def test_classes_of_scorers_are_weighed():
    rule = make_rule("R27", full=10, classes={"leaders": "0.6", "staff": "0.4"})
    both = sample_marks(leaders=("9", "8"), staff=("6", "7", "8"))

    assert score(rule, points="10", records=(both,)) == ["7.9"]


def test_a_panel_is_trimmed_by_number_or_by_share():
    assert refuse_rule("R27", drop=1, drop_share="10%") == [
        "drop 与 drop_share 只写其一\ngive drop or drop_share, not both"
    ]
    assert refuse_rule("R27", drop_share="1/2") == ["Input should be less than 1/2"]
    assert refuse_rule("R27", fewest=0) == ["Input should be greater than or equal to 1"]


def test_a_panel_says_how_its_marks_count():
    assert say_records(make_rule("R27")) == ["评委不少于 3 人", "fewest scorers: 3"]
    assert say_records(make_rule("R27", drop_share="12.5%", fewest=7)) == [
        "评委不少于 7 人",
        "fewest scorers: 7",
        "评委达到 5 人的，去掉最高、最低各 12.5%（舍去小数）",
        "marks left out at each end, from 5 scorers on: 12.5%, rounded down",
    ]
    assert say_records(make_rule("R27", drop=2, drop_from=9, classes={"A": "0.6", "B": "0.4"})) == [
        "评委不少于 3 人",
        "fewest scorers: 3",
        "评委达到 9 人的，去掉最高、最低各 2 个",
        "marks left out at each end, from 9 scorers on: 2",
        "各类权重：A 0.6、B 0.4；无人参加的类别不计，其余按比例折算",
        "weights of the classes: A 0.6, B 0.4; a class without anybody leaves its weight to the others",
    ]
    assert list_labels(make_rule("R27")) == ["score 得分 score"]


def test_ballots_are_worth_the_mean_of_their_options():
    records = (
        sample_votes(everybody={"优秀": 12, "良好": 6, "一般": 2}),
        sample_votes(everybody={"优秀": 1, "较差": 1}),
    )

    assert score(make_rule("R28", options=FOUR), points="10", records=records) == ["9", "7"]
    assert score(make_rule("R28", options=FOUR), points="10", ballot="85 /") == ["8.5", "empty"]


def test_don_t_know_is_no_valid_ballot():
    rule = make_rule(
        "R28", options={"满意": 100, "基本满意": 75, "不满意": 55}, uncounted=["不了解"], fewest=10
    )
    records = (
        sample_votes(everybody={"满意": 60, "基本满意": 20, "不满意": 20, "不了解": 50}),
        sample_votes(everybody={"满意": 9, "不了解": 50}),
    )

    assert score(rule, points="20", records=records) == ["17.2", "empty"]


def test_classes_of_voters_are_weighed_and_full_marks_said():
    rule = make_rule(
        "R28",
        full=10,
        options={"A": 10, "B": 8, "C": 6},
        classes={"A": "0.5", "B": "0.3", "C": "0.2"},
    )
    votes = sample_votes(A={"A": 3, "B": 1}, B={"B": 5}, C={"A": 1, "C": 1})

    # 0.5·9.5 + 0.3·8 + 0.2·8
    assert score(rule, points="10", records=(votes,)) == ["8.75"]


def test_options_lie_within_full_marks_and_count_or_do_not():
    assert refuse_rule("R28", options={"A": 10, "B": 8}, full="9.5") == [
        "有选项分值高于满分 9.5；请写明 full\n"
        "an option is worth more than full marks, 9.5; say `full`"
    ]
    assert refuse_rule("R28", options={"A": 100, "B": 50}, uncounted=["B", "C"]) == [
        "选项“B”不能既有分值又不计入有效票\nan option cannot both have a value and be left out: B"
    ]
    assert refuse_rule("R28") == ["Field required"]


def test_a_ballot_says_how_it_counts():
    assert say_records(make_rule("R28", options={"A": 100, "B": "62.5"})) == [
        "各选项分值：A 100、B 62.5",
        "values of the options: A 100, B 62.5",
    ]
    rule = make_rule(
        "R28", options={"A": 100}, uncounted=["不了解", "弃权"], fewest=2, classes={"全体": 1}
    )
    assert say_records(rule) == [
        "各选项分值：A 100",
        "values of the options: A 100",
        "“不了解、弃权”不计入有效票",
        "not among the valid ballots: 不了解, 弃权",
        "有效票不少于 2 张",
        "fewest valid ballots: 2",
        "各类权重：全体 1；无人参加的类别不计，其余按比例折算",
        "weights of the classes: 全体 1; a class without anybody leaves its weight to the others",
    ]
