"""A receipt as plain text for a terminal."""

from kaohe.language import Language, Text
from kaohe.numbers.absence import Absence, Cell
from kaohe.numbers.writing import write_number
from kaohe.results.receipts import Receipt, ReceiptLine, describe_absence

_RULE_TEXT = Text("原文", "rule as written")


def write_receipt_text(receipt: Receipt, language: Language) -> str:
    """A receipt, one line a step, ending with its score."""
    head = f"{receipt.unit} · {receipt.code} {receipt.name}"
    rule = [f"  {_RULE_TEXT.say(language)}: {receipt.rule_text}"] if receipt.rule_text else []
    parts = [
        f"  {part.code} {part.name} = {_write(part.score, language)}" for part in receipt.parts
    ]
    lines = [_write_line(line, language) for line in receipt.lines]
    return "\n".join([head, *rule, *parts, *lines])


def _write_line(line: ReceiptLine, language: Language) -> str:
    text = f"  {line.label.say(language)}: {_write(line.value, language)}"
    note = f"    {line.note.say(language)}" if line.note else ""
    place = f"    [{line.place.say(language)}]" if line.place else ""
    return text + note + place


def _write(value: Cell | None, language: Language) -> str:
    if value is None:
        return "—"
    if isinstance(value, Absence):
        return describe_absence(value).say(language)
    return write_number(value)
