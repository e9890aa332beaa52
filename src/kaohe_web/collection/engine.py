"""The door to the engine: how a cell is read, and which figures look odd, the same wherever they come from."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from kaohe.files.data.figures import FigureReader
from kaohe.files.data.names import BadCell
from kaohe.language import Text
from kaohe.numbers.absence import Absence as Missing
from kaohe.numbers.grammar import parse_number
from kaohe.numbers.refusals import BadNumber
from kaohe.numbers.writing import write_number
from kaohe.scheme.draft import Scheme
from kaohe.scheme.queries import node_by_code
from kaohe_web.collection.choices import Absence
from kaohe_web.collection.models import Observation
from kaohe_web.schemes.engine import admit_document
from kaohe_web.schemes.models import SchemeVersion

ODD_CHANGE = Fraction(1, 2)
"""A change against last year of more than this part is shown as odd."""

_ABSENCES = {
    Missing.NOT_APPLICABLE: Absence.NOT_APPLICABLE,
    Missing.NOT_DUE: Absence.NOT_DUE,
    Missing.REFUSED: Absence.REFUSED,
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What a cell says: an exact number as text, or why there is none; both empty for an empty cell."""

    value: str = ""
    absence: str = ""


class BadFigure(Exception):
    """A cell that cannot be taken: what is wrong with it, and what would be right."""

    def __init__(self, wrong: Text, remedy: Text) -> None:
        self.wrong = wrong
        self.remedy = remedy
        super().__init__(f"{wrong.en} → {remedy.en}")

    @property
    def reason(self) -> Text:
        """Both in one sentence."""
        return Text(f"{self.wrong.zh};{self.remedy.zh}", f"{self.wrong.en}; {self.remedy.en}")


@lru_cache(maxsize=32)
def _admit(key: int, digest: str) -> Scheme:
    """An adopted scheme, kept by its digest: it never changes, and holds no figures."""
    del digest
    return admit_document(SchemeVersion.objects.values_list("document", flat=True).get(pk=key))


def find_scheme(version: SchemeVersion) -> Scheme:
    """The scheme of an adopted version."""
    return _admit(version.pk, version.digest)


def read_cell(scheme: Scheme, indicator: str, facet: str, text: str) -> Typed:
    """A cell as typed or imported, by the one grammar of numbers and within the indicator's bounds.

    Raises:
        BadFigure: it is none, out of bounds, or has more decimals than the indicator.
    """
    try:
        cell = FigureReader(node_by_code(scheme.model, indicator), facet).read(text or None)
    except (BadNumber, BadCell) as fault:
        raise BadFigure(fault.wrong, fault.remedy) from fault
    if isinstance(cell, Missing):
        return Typed(absence=_ABSENCES.get(cell, ""))
    return Typed(value=write_number(cell))


def find_odd(figures: Iterable[Observation]) -> dict[int, Text]:
    """What is odd about a sheet's figures, by key; the same before submission, in review and after an import."""
    found = list(figures)
    wholes = {(each.figure, each.unit_id): each.value for each in found if each.facet == WHOLE}
    said = {
        each.pk: _find_larger_part(each, wholes.get((each.figure, each.unit_id), ""))
        or _find_jump(each.value, each.previous)
        for each in found
    }
    return {key: text for key, text in said.items() if text is not None}


WHOLE = "due"
PARTS = ("on_time", "late_closed")
"""Cases closed on time or late are part of the cases due: neither is more than the whole."""


def _find_larger_part(figure: Observation, whole: str) -> Text | None:
    if figure.facet not in PARTS or not figure.value or not whole:
        return None
    if parse_number(figure.value) <= parse_number(whole):
        return None
    return Text(f"大于总数 {whole},请核对", f"more than the whole, {whole}; check both")


def _find_jump(value: str, previous: str) -> Text | None:
    if not value or not previous:
        return None
    now, before = parse_number(value), parse_number(previous)
    if before == 0 or abs(now - before) <= abs(before) * ODD_CHANGE:
        return None
    percent = (now - before) / abs(before) * 100
    sign = "+" if percent > 0 else ""
    written = f"{sign}{write_number(percent, decimals=0)}%"
    return Text(
        f"比上年 {written},请核对数值和单位",
        f"{written} against last year; check figure and unit",
    )
