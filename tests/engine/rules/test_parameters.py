from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from kaohe.numbers.grammar import BadNumber
from kaohe.rules.parameters import Exact, NotNegative, Rate, Share, Weight, read_exact, read_share


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (Fraction(1, 3), Fraction(1, 3)),
        (5, Fraction(5)),
        (Decimal("0.1"), Fraction(1, 10)),
        ("1.5", Fraction(3, 2)),
        ("１．５", Fraction(3, 2)),
        ("1,234", Fraction(1234)),
        ("1/3", Fraction(1, 3)),
        ("-1/3", Fraction(-1, 3)),
        ("1.5/4", Fraction(3, 8)),
    ],
)
def test_numbers_of_a_scheme_are_exact(written: object, value: Fraction):
    assert read_exact(written) == value


@pytest.mark.parametrize("written", [1.5, True, float("nan")])
def test_binary_floats_and_truths_are_no_exact_numbers(written: object):
    with pytest.raises(BadNumber) as refused:
        read_exact(written)

    assert refused.value.wrong.zh == f"{written!r} 不是精确数"
    assert refused.value.wrong.en == f"{written!r} is not an exact number"
    assert refused.value.remedy.zh == "请写成十进制数，如 1.5"
    assert refused.value.remedy.en == "write a decimal number such as 1.5"


def test_a_zero_denominator_is_refused():
    with pytest.raises(BadNumber) as refused:
        read_exact("1/0")

    assert refused.value.wrong.zh == "“1/0”的分母为零"
    assert refused.value.wrong.en == '"1/0" has a zero denominator'
    assert refused.value.remedy.zh == "请写非零分母，如 1/3"
    assert refused.value.remedy.en == "write a denominator other than zero, such as 1/3"


@pytest.mark.parametrize("written", ["1/2/3", "five", "", "5%"])
def test_what_is_no_number_is_refused(written: str):
    with pytest.raises(BadNumber):
        read_exact(written)


@pytest.mark.parametrize("written", ["30%", "30％", " 30% ", "0.3", "3/10", Decimal("0.3")])
def test_shares_may_be_written_in_per_cent(written: object):
    assert read_share(written) == Fraction(3, 10)


def test_a_whole_number_is_no_per_cent():
    assert read_share(1) == 1
    assert read_share("1") == 1


def test_what_is_wrong_with_a_number_is_said_in_both_languages():
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(Exact).validate_python("1/0")

    assert refused.value.errors()[0]["msg"] == (
        "Value error, “1/0”的分母为零；请写非零分母，如 1/3\n"
        '"1/0" has a zero denominator; write a denominator other than zero, such as 1/3'
    )


def test_exact_numbers_are_written_as_they_would_be_read():
    exact, share = TypeAdapter(Exact), TypeAdapter(Share)

    assert exact.dump_python(Fraction(3, 2)) == "1.5"
    assert share.dump_json(Fraction(1, 3)) == b'"1/3"'


@pytest.mark.parametrize(
    ("kind", "accepted", "refused"),
    [(Weight, "0.1", "0"), (NotNegative, "0", "-0.1"), (Rate, "0%", "-1%")],
)
def test_kinds_of_numbers_have_bounds(kind: Any, accepted: str, refused: str):
    adapter: TypeAdapter[Fraction] = TypeAdapter(kind)

    assert adapter.validate_python(accepted) >= 0
    with pytest.raises(ValidationError):
        adapter.validate_python(refused)
