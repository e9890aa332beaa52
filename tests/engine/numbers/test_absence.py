"""Why there is no number: four ways to say so, and the words that say nothing."""

import pytest

from kaohe.numbers.absence import Absence
from kaohe.numbers.grammar import BadNumber, parse_cell


@pytest.mark.parametrize(
    ("text", "absence"),
    {
        "": Absence.EMPTY,
        "   ": Absence.EMPTY,
        "\u3000": Absence.EMPTY,
        "\u00a0": Absence.EMPTY,
        "/": Absence.NOT_APPLICABLE,
        "／": Absence.NOT_APPLICABLE,
        " / ": Absence.NOT_APPLICABLE,
        "不适用": Absence.NOT_APPLICABLE,
        "N/A": Absence.NOT_APPLICABLE,
        "n/a": Absence.NOT_APPLICABLE,
        "未到期": Absence.NOT_DUE,
        "not due": Absence.NOT_DUE,
        "Not due": Absence.NOT_DUE,
        "拒报": Absence.REFUSED,
        "refused": Absence.REFUSED,
        "REFUSED": Absence.REFUSED,
    }.items(),
)
def test_four_words_say_why_there_is_no_number(text: str, absence: Absence) -> None:
    assert parse_cell(text) is absence


@pytest.mark.parametrize(
    "text",
    [
        "-",
        "－",
        "—",
        "——",
        "--",
        "无",
        "暂缺",
        "待定",
        "暂无",
        "空",
        "NA",
        "null",
        "None",
        "nan",
        "?",
        "？",
        "…",
        "零",
    ],
)
def test_words_that_can_mean_several_things_are_refused(text: str) -> None:
    with pytest.raises(BadNumber) as refusal:
        parse_cell(text)

    assert refusal.value.wrong.zh == f"“{text}”说不清是什么意思"
    assert refusal.value.remedy.zh == "没有数就留空，或写：不适用、未到期、拒报；是零就写 0"
