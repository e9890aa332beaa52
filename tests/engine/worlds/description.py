"""A scheme and its data written so that a person can follow them: YAML, a table and the records."""

from dataclasses import fields
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from kaohe.files.schemes.yaml_writing import write_scheme_yaml
from kaohe.numbers.absence import Cell
from kaohe.numbers.writing import write_number
from kaohe.rules.records import Record
from kaohe.scheme.draft import Scheme
from kaohe.scoring.observations import Observations


def describe_inputs(scheme: Scheme, observations: Observations) -> str:
    """The scheme as YAML, the figures as a tab-separated table, the records one a line."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "scheme.yaml"
        write_scheme_yaml(scheme.model, path)
        written = path.read_text(encoding="utf-8")
    records = "\n".join(map(_write_record, observations.records))
    return f"\n{written}\n{write_table(scheme, observations)}\n\n{records}\n"


def write_table(scheme: Scheme, observations: Observations) -> str:
    """A row a unit, a column a facet of an indicator; a gap shows its name, nothing written is empty."""
    figures = observations.figures
    columns = list(dict.fromkeys((code, facet) for code, facet, _ in figures))
    rows = [["unit", *(f"{code}.{facet}" for code, facet in columns)]]
    for unit in scheme.model.units:
        cells = (figures.get((code, facet, unit.code)) for code, facet in columns)
        rows.append([unit.code, *map(_write_cell, cells)])
    return "\n".join("\t".join(row) for row in rows)


def _write_cell(cell: Cell | None) -> str:
    if cell is None:
        return ""
    return write_number(cell) if isinstance(cell, Fraction) else str(cell.value)


def _write_record(record: Record) -> str:
    """What sets a record apart: every field that is not as by default."""
    written = [(field.name, getattr(record, field.name), field.default) for field in fields(record)]
    shown = [f"{name}={value}" for name, value, default in written if value != default]
    return f"{type(record).__name__}: {', '.join(shown)}"
