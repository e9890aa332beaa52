"""The identity of a data snapshot: the same figures in any order give the same digest."""

import re
from dataclasses import asdict, fields
from fractions import Fraction
from hashlib import sha256
from json import dumps
from typing import Any

from kaohe.errors import BadInput, Finding, Place, blocking
from kaohe.language import Text
from kaohe.numbers.absence import Absence, Cell
from kaohe.numbers.writing import write_number
from kaohe.rules.records import Item, Mark, Matter, Record, Vote
from kaohe.scoring.observations import Observations

_EXACT = re.compile(r"-?[0-9]+(\.[0-9]+|/[1-9][0-9]*)?", re.ASCII)
_ABSENCES = {absence.value: absence for absence in Absence}
_KINDS: dict[str, type[Record]] = {"matter": Matter, "item": Item, "mark": Mark, "vote": Vote}


def write_snapshot(observations: Observations) -> dict[str, Any]:
    """The snapshot as plain data in canonical order; numbers as exact text."""
    figures = [
        [indicator, facet, unit, _write_cell(cell)]
        for (indicator, facet, unit), cell in sorted(observations.figures.items())
        if cell is not Absence.EMPTY
    ]
    records = sorted((_write_record(record) for record in observations.records), key=dumps)
    return {"figures": figures, "records": records}


def read_snapshot(written: Any, file: str = "") -> Observations:
    """The observations a snapshot was written from.

    Raises BadInput where it is not a snapshot; `file` is where it stood.
    """
    try:
        figures = {
            (indicator, facet, unit): _read_cell(cell)
            for indicator, facet, unit, cell in written["figures"]
        }
        records = tuple(_read_record(record) for record in written["records"])
    except (KeyError, TypeError, ValueError) as fault:
        raise BadInput([_refuse_snapshot(file)]) from fault
    return Observations(figures, records)


def _refuse_snapshot(file: str) -> Finding:
    return blocking(
        "not-a-snapshot",
        Place(file=file),
        Text("其中的数据不是数据快照", "the data in it are no data snapshot"),
        Text("请使用 kaohe score 写出的结果包", "use a package as written by kaohe score"),
    )


def canonical_bytes(content: Any) -> bytes:
    """Plain data as canonical JSON: sorted keys, no spare space, UTF-8, one line end."""
    text = dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{text}\n".encode()


def digest_snapshot(observations: Observations) -> str:
    """SHA-256 of the canonical snapshot, in hexadecimal."""
    return sha256(canonical_bytes(write_snapshot(observations))).hexdigest()


def _write_cell(cell: Cell) -> str:
    return cell.value if isinstance(cell, Absence) else write_number(cell)


def _read_cell(written: str) -> Cell:
    absence = _ABSENCES.get(written)
    return _read_exact(written) if absence is None else absence


def _read_exact(written: str) -> Fraction:
    """A number as `write_number` writes it, of any length; text alone, and nothing else Fraction takes."""
    if not _EXACT.fullmatch(written):
        raise ValueError(written)
    return Fraction(written)


def _write_record(record: Record) -> dict[str, str]:
    kind = next(kind for kind, made in _KINDS.items() if isinstance(record, made))
    written = {
        name: write_number(value) if isinstance(value, Fraction) else value
        for name, value in asdict(record).items()
        if value is not None
    }
    return {"kind": kind, **written}


def _read_record(written: dict[str, str]) -> Record:
    made = _KINDS[written["kind"]]
    exact = {field.name for field in fields(made) if "Fraction" in str(field.type)}
    values: dict[str, Any] = {
        name: _read_exact(value) if name in exact else value
        for name, value in written.items()
        if name != "kind"
    }
    return made(**values)
