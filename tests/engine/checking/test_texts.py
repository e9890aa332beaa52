"""What a verbatim text says of steps, and when it says too little."""

import pytest

from kaohe.checking import check_draft
from kaohe.checking.inspected import Inspected
from kaohe.checking.texts import STEP_MODE_CONTRADICTED, STEP_MODE_UNSAID
from kaohe.scheme.model import SchemeModel
from tests.engine.checking.samples import sample

RATIO_TEXT = "完成目标得满分，未完成的按完成率得分，超额不加分。"
STEPS_TEXT = "达到目标得基本分；每高1个百分点加0.5分，最多加1分；每低1个百分点扣0.5分；按比例计算。"


def find(kind, draft):
    return kind.inspect(Inspected(SchemeModel.model_validate(draft.tree), draft))


@pytest.mark.parametrize(
    "text",
    [
        "每增加1%加1分。",
        "每增加１％加１分。",
        "每低于目标1个百分点扣0.5分，扣完为止。",
        "达到目标得满分，每超5万元加0.2分，最高加2分。",
        "每下降0.1个百分点，扣0.1分。",
        "1 point for the target, each 1 % above earns 1 point.",
    ],
)
def test_a_text_that_counts_by_steps_must_say_how_a_part_counts(text):
    (finding,) = find(STEP_MODE_UNSAID, sample(RATIO_TEXT, text))

    assert finding.place.key == "indicators[0].children[0].text"
    assert finding.place.line == 39


@pytest.mark.parametrize(
    "text",
    [
        "每增加1%加1分，按比例计算。",
        "每满1%加1分。",
        "每增加1%加1分，不足1%的不计。",
        "每低1个百分点扣1分，不足1个百分点的按1个百分点计。",
        "每发生1起事故扣0.5分。",
        "每退1位减0.5分。",
        "完成率每档相差5%。",
    ],
)
def test_a_text_that_says_so_or_counts_whole_things_is_clear(text):
    assert find(STEP_MODE_UNSAID, sample(RATIO_TEXT, text)) == []


def test_a_step_mode_in_the_rule_settles_what_the_text_leaves_open():
    draft = sample(STEPS_TEXT, "每高1个百分点加0.5分，每低1个百分点扣0.5分。")

    assert check_draft(draft) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("每高1个百分点加0.5分，不足1个百分点的不计。", "floor"),
        ("每满1个百分点加0.5分。", "floor"),
        ("每低1个百分点扣0.5分，不足1个百分点的按1个百分点计。", "ceil"),
    ],
)
def test_a_step_mode_other_than_the_text_says_is_a_contradiction(text, said):
    (finding,) = find(STEP_MODE_CONTRADICTED, sample(STEPS_TEXT, text))

    assert finding.wrong.en == f"A2: the text counts steps by {said}, the rule by linear"


def test_a_rule_that_uses_both_modes_of_its_text_is_no_contradiction():
    draft = sample(STEPS_TEXT, "每高1个百分点加0.5分，按比例；每低1个百分点扣0.5分，不足的不计。")
    draft.tree["indicators"][0]["children"][1]["rule"]["loss_mode"] = "floor"

    assert find(STEP_MODE_CONTRADICTED, draft) == []


def test_complete_steps_in_the_text_need_steps_in_the_rule():
    (finding,) = find(STEP_MODE_CONTRADICTED, sample(RATIO_TEXT, "每满1%得0.05分，不足1%的不计。"))

    assert finding.wrong.en == "A1: the text counts steps by floor, the rule by linear"
