from fractions import Fraction

import pytest
from tests.engine.scheme.drafts import SMALL, change, read, small

from kaohe.errors import BadInput, Finding
from kaohe.files.schemes.yaml_reading import compose_draft
from kaohe.rules.coefficients import EfficacyCoefficient
from kaohe.rules.matters import Awards
from kaohe.rules.method import Method
from kaohe.scheme.draft import Draft, Scheme
from kaohe.scheme.model import SchemeModel
from kaohe.scheme.reading import read_model


def find_rule(model: SchemeModel, code: str) -> Method:
    rule = model.nodes_by_code[code].rule
    assert rule is not None
    return rule


def find_only(draft: Draft) -> Finding:
    model, findings = read_model(draft)
    assert model is None
    assert len(findings) == 1
    return findings[0]


def test_small_scheme_is_read_with_exact_numbers():
    model = read(small())

    assert model.name == "小方案"
    assert model.period == "2019"
    assert model.nodes_by_code["A1"].points == Fraction(5)
    assert model.nodes_by_code["A2"].points_by_group == {"towns": Fraction(5)}
    assert find_rule(model, "A2") == Awards(levels={"city": Fraction(1, 2)})


def test_codes_keep_their_leading_zeros():
    assert read(change("code: small", "code: 007")).code == "007"


def test_method_may_be_named_by_code_or_by_its_chinese_title():
    for name in ("R04", "功效系数法"):
        model = read(change("method: efficacy_coefficient", f"method: {name}"))
        assert find_rule(model, "A1") == EfficacyCoefficient()


def test_unknown_key_is_named_with_its_line_and_the_nearest_known_one():
    finding = find_only(change("        unit: ", "        unnit: "))

    assert finding.kind == "unknown-key"
    assert finding.place.file == "small.yaml"
    assert finding.place.line == 19
    assert finding.place.key == "indicators[0].children[0].unnit"
    assert finding.wrong.zh == "没有“unnit”这个键"
    assert "unit" in finding.remedy.en


def test_missing_key_is_named_with_its_meaning():
    finding = find_only(change("name: 小方案\n", ""))

    assert finding.kind == "missing-key"
    assert finding.place.key == "name"
    assert finding.wrong.zh == "缺少“name”（名称）"
    assert finding.remedy.en == "write name: …"


def test_an_index_file_is_no_scheme_and_is_told_so_once():
    draft = compose_draft("index: vigour\nindicators:\n  - {code: output}\n", "vigour.yaml")
    model, findings = read_model(draft)

    assert model is None
    assert [finding.say("en") for finding in findings] == [
        "vigour.yaml · line 1 · index: this is an index, not a scheme → "
        "compute an index by kaohe analyse; a scheme begins with kaohe: 1"
    ]
    assert findings[0].say("zh") == (
        "vigour.yaml · 第1行 · index: 这是指数，不是考核方案 → 指数请用 kaohe analyse；方案从 kaohe: 1 写起"
    )


def test_unknown_method_names_near_ones():
    finding = find_only(change("method: efficacy_coefficient", "method: efficacy"))

    assert finding.kind == "unknown-method"
    assert finding.place.line == 20
    assert "efficacy_coefficient（功效系数法）" in finding.remedy.zh


def test_rule_without_method_is_told_so():
    finding = find_only(change("method: efficacy_coefficient", "base: 60"))

    assert finding.wrong.en == "the rule has no method"


def test_text_where_a_number_belongs_is_refused_with_its_line():
    finding = find_only(change("points: 5\n", "points: five\n"))

    assert finding.place.line == 18
    assert finding.wrong.en == '"five" is not a number'


def test_binary_float_is_no_exact_number():
    finding = find_only(Draft({**small().tree, "total": {"bonus_cap": 0.1}}))

    assert finding.wrong.en == "0.1 is not an exact number"


def test_choice_outside_the_list_shows_the_list():
    finding = find_only(change("ends: 2019-12-31", "ties: first"))

    assert finding.wrong.zh == "“first”不在可选值之内"
    assert finding.remedy.en == "write one of: lowest, average, highest, dense"


def test_bad_date_shows_a_good_one():
    finding = find_only(change("ends: 2019-12-31", "ends: 2019-02-30"))

    assert finding.remedy.en == "expected here: a date such as 2019-12-31"


def test_number_out_of_bounds_says_the_bound():
    finding = find_only(change("ends: 2019-12-31", "rounding: {indicator: 13}"))

    assert finding.remedy.en == "must be at most 12"


def test_leaf_without_rule_and_branch_with_one_are_refused():
    leaf = find_only(change("        rule: {method: efficacy_coefficient}\n", ""))
    branch = find_only(change("    name: 发展\n", "    name: 发展\n    rule: {method: R04}\n"))

    assert leaf.wrong.en == "a leaf needs a rule"
    assert branch.wrong.en == "a branch has no rule"


def test_every_fault_is_found_at_once():
    text = SMALL.replace("points: 5\n", "points: five\n").replace("period: 2019\n", "")
    _, findings = read_model(compose_draft(text, "small.yaml"))

    assert sorted(finding.kind for finding in findings) == ["malformed", "missing-key"]


def test_duplicate_key_is_found_where_it_stands_again():
    model, findings = read_model(change("period: 2019\n", "period: 2019\nperiod: 2020\n"))

    assert model is not None
    assert [(finding.kind, finding.place.line) for finding in findings] == [("duplicate-key", 5)]


def test_scheme_refuses_a_blocking_finding():
    model, findings = read_model(change("period: 2019\n", "period: 2019\nperiod: 2020\n"))
    assert model is not None

    with pytest.raises(BadInput, match="stands twice"):
        Scheme(model, tuple(findings))


def test_digest_is_the_same_for_another_order_of_keys_and_another_spelling_of_numbers():
    plain = Scheme(read(small())).digest
    other = SMALL.replace(
        "{code: U1, name: 甲镇, group: towns}", "{group: towns, name: 甲镇, code: U1}"
    )
    other = other.replace("points: 5\n", "points: 5.00\n").replace('"%"', "'%'")

    assert Scheme(read(compose_draft(other, "other.yml"))).digest == plain
    assert len(plain) == 64


def test_digest_changes_with_one_parameter():
    plain = Scheme(read(small())).digest

    assert Scheme(read(change("points: 5\n", "points: 5.01\n"))).digest != plain
