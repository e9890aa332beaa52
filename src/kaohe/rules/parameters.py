"""Exact numbers as they stand in a scheme: read by the number grammar, never through a binary float."""

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

from kaohe.language import Text
from kaohe.numbers.grammar import BadNumber, parse_number
from kaohe.numbers.writing import write_number

_NUMBER_SCHEMA = {"anyOf": [{"type": "number"}, {"type": "string"}]}


def read_exact(written: Any) -> Fraction:
    """A number as written in a scheme: 1.5, "1,234", 1/3.

    Raises BadNumber for anything else, binary floats and booleans included.
    """
    if isinstance(written, Fraction):
        return written
    if isinstance(written, bool | float):
        raise BadNumber(
            Text(f"{written!r} 不是精确数", f"{written!r} is not an exact number"),
            Text("请写成十进制数，如 1.5", "write a decimal number such as 1.5"),
        )
    if isinstance(written, int | Decimal):
        return Fraction(written)
    return _read_text(str(written))


def _read_text(written: str) -> Fraction:
    above, slash, below = written.partition("/")
    if not slash:
        return parse_number(written)
    divisor = parse_number(below)
    if divisor == 0:
        raise BadNumber(
            Text(f"“{written}”的分母为零", f'"{written}" has a zero denominator'),
            Text("请写非零分母，如 1/3", "write a denominator other than zero, such as 1/3"),
        )
    return parse_number(above) / divisor


def read_share(written: Any) -> Fraction:
    """A share as written in a scheme: 0.3, 30% and 3/10 are the same."""
    if isinstance(written, str) and written.strip().endswith(("%", "％")):
        return parse_number(written, percent=True) / 100
    return read_exact(written)


def as_value_error(reader: Any) -> Any:
    """The same reader, raising what pydantic turns into a finding: both languages, with the remedy."""

    def read(written: Any) -> Fraction:
        try:
            value: Fraction = reader(written)
        except BadNumber as fault:
            raise ValueError(
                f"{fault.wrong.zh}；{fault.remedy.zh}\n{fault.wrong.en}; {fault.remedy.en}"
            ) from fault
        return value

    return read


Exact = Annotated[
    Fraction,
    BeforeValidator(as_value_error(read_exact)),
    PlainSerializer(write_number, return_type=str),
    WithJsonSchema(_NUMBER_SCHEMA),
]
Share = Annotated[
    Fraction,
    BeforeValidator(as_value_error(read_share)),
    PlainSerializer(write_number, return_type=str),
    WithJsonSchema(_NUMBER_SCHEMA),
]
Weight = Annotated[Exact, Field(gt=0)]
NotNegative = Annotated[Exact, Field(ge=0)]
Rate = Annotated[Share, Field(ge=0)]
