"""Data in: tables of figures and records, in one file or several, read as one scheme understands them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from kaohe.errors import BadInput, Finding, Place, Severity
from kaohe.expressions.facets import facet_label
from kaohe.files.data.figure_tables import FigureTables
from kaohe.files.data.figures import Figures
from kaohe.files.data.names import SchemeNames
from kaohe.files.data.record_tables import RecordTables, find_layout
from kaohe.files.schemes.sheets import NOTE_SHEETS, SCHEME_SHEET, SCHEME_SHEETS
from kaohe.files.tables.formats import expect_format
from kaohe.files.tables.gathering import Gathering
from kaohe.files.tables.headings import INDICATOR_HEADS, VALUE_HEADS
from kaohe.files.tables.limits import COMMAND_LINE, Limits
from kaohe.files.tables.reading import read_table
from kaohe.files.tables.table import Table
from kaohe.files.tables.workbooks import list_sheets, read_workbook
from kaohe.language import Text
from kaohe.rules.records import Record, Records
from kaohe.scheme.draft import Scheme
from kaohe.scheme.queries import leaf_rule
from kaohe.scheme.units import require_units
from kaohe.scoring.observations import Observations


def read_observations(
    paths: Path | Sequence[Path], scheme: Scheme, *, limits: Limits = COMMAND_LINE
) -> Observations:
    """The figures and records in tables for one scheme.

    A table with a column `matter`, `item`, `scorer` or `option` holds records, one with `indicator`
    and `value` is long, any other is wide. Every sheet of a workbook is read, except notes and the
    sheets of a scheme. Raises BadInput with everything wrong in all files, each with its place, and for
    a scheme without units.
    """
    require_units(scheme.model.units)
    gathering = Gathering()
    figures = Figures(gathering)
    names = SchemeNames(scheme.model)
    reader = FigureTables(names, figures, gathering)
    record_tables = RecordTables(names, gathering)
    records: list[tuple[Record, Place]] = []
    for table in _read_tables([paths] if isinstance(paths, Path) else paths, limits, gathering):
        layout = find_layout(table)
        if layout is not None:
            records += record_tables.read_records(table, layout)
        elif table.index(*INDICATOR_HEADS) is not None and table.index(*VALUE_HEADS) is not None:
            reader.read_long(table)
        else:
            reader.read_wide(table)
    found = tuple(record for record, _ in records)
    observations = Observations(figures.cells, found, figures.places, dict(records))
    _refuse_made_figures(observations, scheme, gathering)
    gathering.raise_findings()
    return observations


def _refuse_made_figures(observations: Observations, scheme: Scheme, gathering: Gathering) -> None:
    """A figure that records make would be passed over when it is given as well."""
    nodes, records = scheme.model.nodes_by_code, observations.records_of()
    for key, place in observations.places.items():
        code, facet, unit = key
        leaf = nodes.get(code)
        if facet == "value" or leaf is None:
            continue
        given = records.get((unit, code), Records())
        if facet in leaf_rule(leaf).reduce_records(given).facets:
            label = facet_label(facet)
            gathering.add(
                "figure-from-records",
                place,
                Text(
                    f"{code} 的“{label.zh}”由事项、分项、评分或票数算出，不能另填",
                    f'"{label.en}" of {code} is made from records and cannot be given as well',
                ),
                Text(
                    "请删去这个数，把记录填在记录表里",
                    "delete it, and give the records in a table of records",
                ),
            )


def _read_tables(paths: Sequence[Path], limits: Limits, gathering: Gathering) -> Iterator[Table]:
    for path in paths:
        try:
            yield from _read_file(path, limits)
        except BadInput as refusal:
            gathering.extend(refusal.findings)


def _read_file(path: Path, limits: Limits) -> list[Table]:
    if expect_format(path) != "xlsx":
        return [read_table(path, limits=limits)]
    sheets = list_sheets(path, limits=limits)
    ignored = set(sheets) - set(_choose_sheets(sheets))
    tables = list(read_workbook(path, ignored=ignored, limits=limits).values())
    if not tables:
        Gathering().refuse(
            "no-data",
            Place(file=path.name),
            Text("里面没有数据表", "it holds no table of data"),
            Text(
                "请加一张工作表：每个单位一行，每个指标一列",
                "add a sheet with a row per unit and a column per indicator",
            ),
        )
    return tables


def _choose_sheets(sheets: Sequence[str]) -> list[str]:
    """The sheets of data: all but notes and, in a scheme's workbook, the scheme's own."""
    is_scheme = not {SCHEME_SHEET, "scheme"}.isdisjoint(sheets)
    ignored = {*NOTE_SHEETS, *(SCHEME_SHEETS if is_scheme else ())}
    return [sheet for sheet in sheets if sheet not in ignored]


def find_unread(scheme: Path, data: Sequence[Path]) -> list[Finding]:
    """A warning where a scheme's workbook holds data and is not among the files data are read from."""
    if scheme.suffix.lower() != ".xlsx" or any(scheme.samefile(path) for path in data):
        return []
    return [
        Finding(
            "data-not-read",
            Severity.WARNING,
            Place(file=scheme.name, sheet=sheet),
            Text(
                "方案工作簿里的这张数据表没有读", "this sheet of data beside the scheme is not read"
            ),
            Text(
                "要用它，请把方案文件名也写在数据文件里；不用的请删去",
                "to use it, name the scheme's file among the data too; or delete the sheet",
            ),
        )
        for sheet in _choose_sheets(list_sheets(scheme))
    ]
