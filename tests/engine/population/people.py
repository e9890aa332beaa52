"""A scheme for people whom only the data list, and small tables of them."""

from kaohe.checking import admit
from kaohe.files.schemes.yaml_reading import compose_draft
from kaohe.scheme.draft import Draft, Scheme

SCHEME = """\
kaohe: 1
code: people
name: 人员考核
period: "2025"
groups:
  - {code: north, name: 北组}
  - {code: south, name: 南组}
pools:
  - {code: everybody, name: 全体, groups: [north, south]}
total: {points: 100}
tie_break:
  - {by: previous_rank}
indicators:
  - code: A
    name: 实绩
    points: 70
    children:
      - code: A1
        name: 办件完成率
        points: 40
        target: 80
        value_minimum: 0
        text: 完成目标得满分，未完成的按完成率得分。
        rule: {method: target_ratio}
      - code: A2
        name: 服务量
        points: 30
        decimals: 1
        pool: everybody
        text: 最高的得满分，其余按与最高的比例得分。
        rule: {method: ratio_to_best}
  - code: B
    name: 满意率
    points: 30
    text: 90以上得满分，60以上得八成，其余得五成。
    rule: {method: bands, bands: [{edge: 90, share: 100%}, {edge: 60, share: 80%}], below: 50%}
vetoes:
  - {code: V1, name: 重大差错, groups: [north], effects: [no_top_grade], text: 不得评优。}
grades:
  - code: G
    name: 等次
    groups: [north, south]
    bands:
      - {label: 优秀, share: 40%}
      - {label: 称职, rest: true}
"""


def draft_people(old: str = "", new: str = "") -> Draft:
    """The scheme with one passage replaced."""
    assert old in SCHEME, old
    return compose_draft(SCHEME.replace(old, new, 1), "people.yaml")


def make_scheme(old: str = "", new: str = "") -> Scheme:
    return admit(draft_people(old, new))
