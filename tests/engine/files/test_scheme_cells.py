import pytest

from kaohe.files.schemes.cells import read_cell_value


@pytest.mark.parametrize(
    "written",
    [
        "起算分=points；每起扣分=5",
        "起算分＝points\n每起扣分＝5",
        "起算分=points，每起扣分=5",
        "起算分：points；每起扣分：5",
        "起算分: points, 每起扣分: 5",
    ],
)
def test_pairs_are_read_with_the_signs_people_type(written: str) -> None:
    assert read_cell_value(written, shape="pairs") == {"起算分": "points", "每起扣分": "5"}


@pytest.mark.parametrize(
    "written", ["时间：10:30", "时间=10:30", "算式=限定(x, 0, 1) >= t", "算式=max(0, x) == 3"]
)
def test_signs_inside_a_value_are_left_alone(written: str) -> None:
    (value,) = read_cell_value(written, shape="pairs").values()

    assert value == written[3:]


@pytest.mark.parametrize(
    "written",
    [
        '[{"label": "优秀", "share": "30%"}, {"label": "合格", "rest": true}]',
        "[{label: 优秀, share: 30%}, {label: 合格, rest: true}]",
        "[{“label”： “优秀”， “share”：“30%”}，{“label”：“合格”，“rest”：true}]",
    ],
)
def test_lists_of_keys_may_go_without_quotation_marks_or_have_full_width_signs(
    written: str,
) -> None:
    assert read_cell_value(written, shape="list") == [
        {"label": "优秀", "share": "30%"},
        {"label": "合格", "rest": True},
    ]


def test_keys_with_values_may_stand_among_parameters() -> None:
    written = "各级加分={国家级: 2，省级: 1}；加分上限=5"

    assert read_cell_value(written, shape="pairs") == {
        "各级加分": {"国家级": "2", "省级": "1"},
        "加分上限": "5",
    }


@pytest.mark.parametrize(
    "written", ["[1", "{a", "[“甲, 乙]", '[甲", 乙]', "{甲: 1，甲: 2}", "{a" + "[" * 30_000]
)
def test_what_does_not_close_or_stands_twice_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_cell_value(written, shape="list")
