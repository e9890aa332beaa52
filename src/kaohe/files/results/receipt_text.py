"""Receipts as plain text, for a terminal."""

from collections.abc import Iterable, Iterator

from kaohe.files.results import words
from kaohe.files.results.words import measure_width, show_exactly
from kaohe.grading.steps import Step
from kaohe.language import Language, Text
from kaohe.results.receipt_lines import ReceiptLine
from kaohe.results.receipts import Part, Receipt

_RULE_TEXT = Text("原文", "as written")
_GOES_INTO = Text("计入", "goes into")
_LABELS, _FIGURES = 24, 12


def write_receipt_text(receipt: Receipt, language: Language) -> str:
    """A receipt: rule as written, facts with their source, steps with how each came, what it goes into."""
    what = f"{receipt.code} {receipt.name}" if receipt.name else words.TOTAL.say(language)
    head = f"{receipt.unit} · {what}  {show_exactly(receipt.score, language)}"
    return "\n".join([head, *_write_body(receipt, language)])


def write_steps_text(steps: Iterable[Step], language: Language) -> str:
    """Steps of a ranking or grading, a line each."""
    return "\n".join(f"  · {step.text.say(language)}" for step in steps)


def _write_body(receipt: Receipt, language: Language) -> Iterator[str]:
    if receipt.rule_text:
        yield f"  {_RULE_TEXT.say(language)}  {receipt.rule_text}"
    for part in receipt.parts:
        yield _align(_name_part(part, language), show_exactly(part.score, language))
    for line in receipt.lines:
        yield from _write_line(line, language)
    if receipt.within:
        chain = " → ".join(_write_above(part, language) for part in receipt.within)
        yield f"  {_GOES_INTO.say(language)}  {chain} → {words.TOTAL.say(language)}"


def _write_line(line: ReceiptLine, language: Language) -> Iterator[str]:
    label, note = line.label.say(language), line.note.say(language) if line.note else ""
    place = f"[{line.place.say(language)}]" if line.place else ""
    if line.value is None and note:
        yield _align(label, note, place)
        return
    yield _align(label, show_exactly(line.value, language), place)
    if note:
        yield f"      {note}"


def _name_part(part: Part, language: Language) -> str:
    points = words.show_figure(part.points, language)
    weight = "" if part.weight == 1 else f" × {words.show_figure(part.weight, language)}"
    return f"{part.code} {part.name} ({points}{weight})"


def _write_above(part: Part, language: Language) -> str:
    return f"{part.code} {part.name} {show_exactly(part.score, language)}"


def _align(label: str, figure: str, place: str = "") -> str:
    """Figures one under the other where the labels are short enough."""
    label += " " * (_LABELS - measure_width(label))
    figure += " " * (_FIGURES - measure_width(figure)) if place else ""
    return f"  {label}  {figure}  {place}".rstrip()
