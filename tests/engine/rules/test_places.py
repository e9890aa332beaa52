from tests.engine.rules.cases import list_labels, make_rule, refuse_rule, score

ONE_FORM = "各位次得分（table）与每退一位减分（step）须恰写其一\ngive exactly one of table and step"
RISING = (
    "位次表须由高到低：后一位次的得分不得高于前一位次\n"
    "the points of the places must not rise from one place to the next"
)


def test_places_beyond_the_table_get_its_last_entry_or_what_is_said():
    value = "9 8 7 6"

    assert score(make_rule("R06", table=[5, 4]), value=value) == ["5", "4", "4", "4"]
    found = score(make_rule("R06", table=[5, 4], beyond="1.5"), value=value)
    assert found == ["5", "4", "1.5", "1.5"]


def test_table_longer_than_the_pool_is_read_from_the_top():
    assert score(make_rule("R06", table=[9, 8, 7, 6, 5]), value="1 3 2") == ["7", "9", "8"]


def test_places_where_less_is_better():
    found = score(make_rule("R06", table=[9, 8, 7]), higher=False, value="1 3 2")

    assert found == ["9", "7", "8"]


def test_tied_places_share_their_points_across_the_end_of_the_table():
    rule = make_rule("R06", table=[9, 6], beyond=0, ties="average")

    assert score(rule, value="5 4 4 4") == ["9", "2", "2", "2"]


def test_step_for_each_place_behind_the_first_down_to_the_floor():
    rule = make_rule("R06", step="1.5", floor="6")

    assert score(rule, points="10", value="9 8 8 7 6") == ["10", "8.5", "8.5", "6", "6"]
    assert score(make_rule("R06", step=1), points="2", higher=False, value="9 8 7 6") == [
        "0",
        "0",
        "1",
        "2",
    ]


def test_step_with_averaged_ties_counts_half_places():
    rule = make_rule("R06", step=2, ties="average")

    assert score(rule, points="10", value="9 8 8 7") == ["10", "7", "7", "4"]


def test_units_without_a_figure_have_no_place():
    refusal = "fewer than three figures in the pool for a relative rule"

    assert score(make_rule("R06", step=1), value="9 / 8 7") == ["100", "empty", "99", "98"]
    assert score(make_rule("R06", step=1), value="9 / 8") == [refusal, "empty", refusal]
    assert score(make_rule("R06", table=[1]), value="9 8") == [refusal, refusal]


def test_either_a_table_or_a_step():
    assert refuse_rule("R06") == [ONE_FORM]
    assert refuse_rule("R06", table=[3], step=1) == [ONE_FORM]
    assert refuse_rule("R06", step=1, beyond=0) == [
        "beyond 只与 table 同用\n`beyond` goes with a table only"
    ]
    assert refuse_rule("R06", step="-1") == ["Input should be greater than or equal to 0"]


def test_later_places_never_earn_more():
    assert refuse_rule("R06", table=[3, 2, "2.5"]) == [RISING]
    assert refuse_rule("R06", table=[3, 2], beyond=3) == [RISING]
    assert make_rule("R06", table=[3, 3], beyond=3).directions() == (True, False)


def test_steps_of_places_are_named():
    assert list_labels(make_rule("R06", step=1)) == ["place 位次 place", "score 得分 score"]
    assert list_labels(make_rule("R06", table=[1])) == ["score 得分 score"]
