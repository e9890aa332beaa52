import pytest

from kaohe.errors import Finding
from kaohe.files.schemes.yaml_reading import compose_draft
from kaohe.scheme.reading import read_model

HEAD = """\
kaohe: "1"
code: small
name: 小方案
period: 2019
starts: 2019-01-01
ends: 2019-12-31
groups: [{code: T, name: 镇}]
units: [{code: T1, name: 甲镇, group: T}]
indicators:
"""


def find_all(indicator: str) -> dict[str, Finding]:
    draft = compose_draft(f"{HEAD}  - {{code: A, name: 甲, points: 5, {indicator}}}\n", "a.yaml")
    model, findings = read_model(draft)
    assert model is None
    return {finding.place.key.removeprefix("indicators[0]."): finding for finding in findings}


STEPS = "method: target_steps, gain: 1, gain_step: 1, gain_cap: 1, loss: 1, loss_step: 1"


def test_a_missing_choice_lists_what_may_be_written_and_bears_its_own_label() -> None:
    found = find_all(f"rule: {{{STEPS}}}")

    assert {key: (each.wrong.zh, each.remedy.zh) for key, each in found.items()} == {
        f"rule.{key}": (
            f"缺少“{key}”（{label}）",
            f"请写明 {key}: linear（按比例）、floor（满一步）、ceil（不足一步按一步）之一",
        )
        for key, label in (("gain_mode", "加分步进方式"), ("loss_mode", "扣分步进方式"))
    }


def test_a_missing_key_of_a_list_bears_the_label_of_that_list() -> None:
    found = find_all("rule: {method: bands, bands: [{edge: 95}]}")

    assert found["rule.bands[0].share"].wrong.zh == "缺少“share”（得分比例）"


def test_a_word_of_a_choice_is_said_as_it_was_written() -> None:
    found = find_all(f"rule: {{{STEPS}, gain_mode: half_up, loss_mode: floor}}")

    assert found["rule.gain_mode"].wrong.zh == "“四舍五入”不在可选值之内"
    assert found["rule.gain_mode"].remedy.en == "write one of: linear, floor, ceil"


@pytest.mark.parametrize(
    ("rule", "key", "remedy"),
    [
        ("method: bands, bands: 95", "rule.bands", "此处应为列表，如 [{edge: …, share: …}, …]"),
        ("method: awards, levels: 2", "rule.levels", "此处应为键值对，如 {国家级: 2, 省级: 1}"),
        ("method: place, setp: 1", "rule.setp", "是否想写 step（每退一位减分）"),
        (
            "method: place, step: 1, xyz: 1",
            "rule.xyz",
            "请删去；可写：table（各位次得分）、step（每退一位减分）、floor（最低得分）、"
            "beyond（超出位次表的得分）、ties（并列处理）",
        ),
        (
            "method: 扣分法",
            "rule.method",
            "是否想写 events（事件扣分法）、deductions（通用扣分法）",
        ),
    ],
)
def test_the_remedy_shows_how_it_is_written(rule: str, key: str, remedy: str) -> None:
    assert find_all(f"rule: {{{rule}}}")[key].remedy.zh == remedy
