from fractions import Fraction

import pytest
from pydantic import ValidationError
from tests.engine.rules.cases import make_rule

from kaohe.expressions.nodes import Parameter
from kaohe.language import Text
from kaohe.rules.catalogue import BY_NAME, METHODS, use_canonical_name
from kaohe.rules.method import Method, explain_field
from kaohe.rules.records import Records, Reduction


def test_a_rule_names_its_method_by_name_code_or_title():
    for name in ("target_ratio", "R01", "目标完成率法"):
        assert make_rule(name).model_dump()["method"] == "target_ratio"


def test_canonical_names_leave_everything_else_as_it_is():
    assert use_canonical_name({"method": "R04", "base": 50}) == {
        "method": "efficacy_coefficient",
        "base": 50,
    }
    for strange in ({"method": "R99"}, {"method": 4}, {"base": 50}, "R04", None):
        assert use_canonical_name(strange) == strange


def test_parameters_a_method_does_not_have_are_refused():
    with pytest.raises(ValidationError) as refused:
        make_rule("R01", cup=1)

    assert refused.value.errors()[0]["type"] == "extra_forbidden"


def test_a_parameter_enters_the_expression_with_its_name_and_label():
    figure = make_rule("R04", base=50).figure("base")

    assert isinstance(figure, Parameter)
    assert (figure.name, figure.value) == ("base", Fraction(50))
    assert (figure.label.zh, figure.label.en) == ("基础分", "base")


def test_how_a_parameter_is_set_stands_in_its_explanation_and_not_in_its_label():
    cap = BY_NAME["target_steps"].model_fields["gain_cap"]

    assert (cap.title, cap.description) == ("加分上限", "cap on the gain")
    assert explain_field("gain_cap", cap) == Text(
        "加分上限（points＝以本项分值为限）", "cap on the gain (`points` for the indicator's own)"
    )
    schema = BY_NAME["target_steps"].model_json_schema()["properties"]["gain_cap"]
    assert (schema["title"], schema["description"]) == (
        "加分上限",
        "cap on the gain (`points` for the indicator's own)",
    )


def test_labels_of_a_method_are_short_and_tell_its_parameters_apart():
    for method in METHODS:
        fields = [field for name, field in method.model_fields.items() if name != "method"]
        for labels in ([field.title for field in fields], [field.description for field in fields]):
            assert len(set(labels)) == len(labels)
            assert not [label for label in labels if not label or set(label) & set("（）()`；;＝")]


def test_a_method_without_records_reduces_them_to_nothing():
    rule: Method = make_rule("R01")

    assert rule.reduce_records(Records()) == Reduction()
    assert rule.describe_records() == ()


def test_the_same_parameters_written_differently_are_the_same_rule():
    assert make_rule("R01", cap="110%") == make_rule("目标完成率法", cap="1.10")
