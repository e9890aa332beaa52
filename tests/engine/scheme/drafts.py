"""Drafts for tests: a small whole scheme as YAML, and changes to it."""

from kaohe.files.schemes.yaml_reading import compose_draft
from kaohe.scheme.draft import Draft
from kaohe.scheme.model import SchemeModel
from kaohe.scheme.reading import read_model

SMALL = """\
kaohe: 1
code: small
name: 小方案
period: 2019
ends: 2019-12-31
groups:
  - {code: towns, name: 区镇}
units:
  - {code: U1, name: 甲镇, group: towns}
  - {code: U2, name: 乙镇, group: towns}
  - {code: U3, name: 丙镇, group: towns}
indicators:
  - code: A
    name: 发展
    children:
      - code: A1
        name: 收入增幅
        points: 5
        unit: "%"
        rule: {method: efficacy_coefficient}
      - code: A2
        name: 达标率
        points: {towns: 5}
        target: 98
        rule: {method: awards, levels: {city: 0.5}}
"""


def small() -> Draft:
    """The small scheme as it stands."""
    return compose_draft(SMALL, "small.yaml")


def change(old: str, new: str) -> Draft:
    """The small scheme with one passage replaced."""
    assert SMALL.count(old) >= 1, old
    return compose_draft(SMALL.replace(old, new, 1), "small.yaml")


def read(read_draft: Draft) -> SchemeModel:
    """The model of a draft that must be one."""
    model, findings = read_model(read_draft)
    assert findings == []
    assert model is not None
    return model
