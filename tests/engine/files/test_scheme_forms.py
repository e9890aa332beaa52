"""Schemes in both forms: what goes through YAML and through a workbook comes back as it was."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.engine.scheme.drafts import SMALL
from tests.engine.scheme.generated import RULES, models

from kaohe.cli.convert import convert_scheme
from kaohe.errors import BadInput, Place
from kaohe.files.schemes.cells import write_scalar
from kaohe.files.schemes.reading import read_draft
from kaohe.files.schemes.writing import write_scheme
from kaohe.files.schemes.yaml_reading import compose_draft
from kaohe.scheme.digest import digest_scheme, list_written
from kaohe.scheme.model import SchemeModel
from kaohe.scheme.reading import read_model

WRITTEN = """\
kaohe: 1
code: small
name: 小方案
period: '2019'
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
        rule:
          method: awards
          levels: {city: 0.5}
"""
"""The small scheme as it is written back."""


def read(path: Path) -> SchemeModel:
    model, findings = read_model(read_draft(path))
    assert (findings, model is None) == ([], False)
    return model  # type: ignore[return-value]


def pass_through_both(model: SchemeModel, folder: Path) -> list[SchemeModel]:
    """The model read from YAML, from a workbook made of that, and from YAML made of the workbook."""
    seen = []
    for name in ("a.yaml", "b.xlsx", "c.yaml"):
        write_scheme(model, folder / name)
        model = read(folder / name)
        seen.append(model)
    return seen


@pytest.mark.slow
@given(model=models)
@settings(max_examples=60, deadline=None, phases=[Phase.explicit, Phase.generate])
def test_any_scheme_survives_both_forms(
    model: SchemeModel, tmp_path_factory: pytest.TempPathFactory
) -> None:
    seen = pass_through_both(model, tmp_path_factory.mktemp("forms"))

    assert seen == [model, model, model]
    assert {digest_scheme(each) for each in seen} == {digest_scheme(model)}


def turn_round(value: Any) -> Any:
    """The same plain data with the keys of every mapping in another order."""
    if isinstance(value, dict):
        return {key: turn_round(inside) for key, inside in reversed(value.items())}
    return [turn_round(inside) for inside in value] if isinstance(value, list) else value


@pytest.mark.slow
@given(model=models, indent=st.sampled_from([None, 1, 4]))
@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.generate])
def test_the_digest_sees_the_scheme_and_not_how_it_is_laid_out(
    model: SchemeModel, indent: int | None
) -> None:
    plain = turn_round(list_written(model))
    text = json.dumps(plain, ensure_ascii=False, indent=indent, default=write_scalar)
    read_again, findings = read_model(compose_draft(f"# 说明\n{text}\n# 完", "a.yaml"))

    assert findings == []
    assert read_again is not None
    assert digest_scheme(read_again) == digest_scheme(model)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["method"])
def test_every_method_survives_both_forms(tmp_path: Path, rule: dict[str, Any]) -> None:
    tree = compose_draft(SMALL, "small.yaml").tree
    tree["indicators"][0]["children"][0]["rule"] = rule
    model = SchemeModel.model_validate(tree)

    assert pass_through_both(model, tmp_path) == [model, model, model]


def test_what_a_cell_cannot_hold_is_refused_and_nothing_written(tmp_path: Path) -> None:
    tree = compose_draft(SMALL, "small.yaml").tree
    tree["indicators"][0]["text"] = "长" * 32_768

    with pytest.raises(BadInput) as refusal:
        write_scheme(SchemeModel.model_validate(tree), tmp_path / "a.xlsx")

    [finding] = refusal.value.findings
    assert finding.place == Place(sheet="指标", cell="F2")
    assert finding.wrong.zh == "有 32,768 个字，一个单元格放不下"
    assert list(tmp_path.iterdir()) == []


def test_converting_keeps_the_digest_and_may_be_repeated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.yaml").write_text(f"# 说明\n{SMALL}", encoding="utf-8")

    for source, target in [("a.yaml", "b.xlsx"), ("b.xlsx", "c.yaml"), ("c.yaml", "d.xlsx")]:
        convert_scheme(tmp_path / source, tmp_path / target)

    digest = digest_scheme(read(tmp_path / "a.yaml"))
    said = capsys.readouterr().out
    assert said.count(f"（摘要 {digest[:12]}）") == 3
    assert read(tmp_path / "d.xlsx") == read(tmp_path / "a.yaml")
    assert (tmp_path / "c.yaml").read_text(encoding="utf-8") == WRITTEN
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "a.yaml", "b.xlsx", "c.yaml", "d.xlsx",
    ]  # fmt: skip
