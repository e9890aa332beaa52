from time import process_time

from kaohe.errors import find_nearest


def test_the_likest_names_are_found_the_likest_first() -> None:
    known = ["value", "values", "target", "目标值", "目标数"]

    assert find_nearest("valu", known) == ["value", "values"]
    assert find_nearest("valu", known, most=1) == ["value"]
    assert find_nearest("目标", known) == ["目标数", "目标值"]


def test_nothing_is_offered_where_nothing_is_alike() -> None:
    assert find_nearest("xyz", ["value", "target"]) == []
    assert find_nearest("", ["value"]) == []
    assert find_nearest("value", []) == []


def test_a_very_long_word_takes_no_time() -> None:
    before = process_time()

    assert find_nearest("x" * 1_000_000, ["value"] * 500) == []
    assert process_time() - before < 1
