"""Workbooks (.xlsx): looked through behind guards, then parsed."""

import gc
import zipfile
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from kaohe.errors import Place
from kaohe.files.tables.addresses import name_cell
from kaohe.files.tables.archives import open_archive, refuse_damaged, stream_member
from kaohe.files.tables.formats import require_format
from kaohe.files.tables.gathering import Gathering
from kaohe.files.tables.limits import COMMAND_LINE, Limits
from kaohe.files.tables.shared_strings import measure_strings
from kaohe.files.tables.sheet_scan import SheetScan
from kaohe.files.tables.table import Table
from kaohe.files.tables.table_shape import shape_table
from kaohe.files.tables.workbook_parts import SheetPart, WorkbookParts, read_parts
from kaohe.language import Text
from kaohe.numbers.cells import number_from_double
from kaohe.numbers.refusals import BadNumber

_LEAST, _MOST = -1e15, 1e15  # between them doubles have their fifteen digits
_LONGEST_TEXT = 32_767


def read_workbook(
    path: Path,
    *,
    sheets: Collection[str] | None = None,
    ignored: Collection[str] = (),
    limits: Limits = COMMAND_LINE,
) -> dict[str, Table]:
    """The sheets of a workbook by name, in their order: all that hold anything, or those asked for.

    Those `ignored` are not looked at, except that no sheet may be hidden.

    Raises BadInput for a file that is no harmless .xlsx, for hidden or merged cells, error values and
    formulas without a value, and for sheets that were asked for and are not there or empty.
    """
    require_format(path, expected=["xlsx"], limits=limits)
    with _pause_collector():
        return _read_sheets(path, sheets, ignored, limits)


def _read_sheets(
    path: Path, sheets: Collection[str] | None, ignored: Collection[str], limits: Limits
) -> dict[str, Table]:
    gathering = Gathering()
    with open_archive(path, limits) as archive:
        parts = read_parts(archive, file=path.name, limits=limits, gathering=gathering)
        wanted = [
            sheet
            for sheet in _choose_sheets(parts, sheets, file=path.name, gathering=gathering)
            if sheet.name not in ignored
        ]
        scans = _scan_sheets(
            archive, parts, wanted, file=path.name, limits=limits, gathering=gathering
        )
    if sheets is None:
        scans = {name: scan for name, scan in scans.items() if scan.last_row} or scans
    tables = dict(_parse_sheets(path, scans, gathering))
    gathering.raise_findings()
    return tables


@contextmanager
def _pause_collector() -> Iterator[None]:
    """No cycles are made here, and looking for them among millions of new cells takes long."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def list_sheets(path: Path, *, limits: Limits = COMMAND_LINE) -> tuple[str, ...]:
    """The names of a workbook's sheets in order; BadInput where one is hidden."""
    require_format(path, expected=["xlsx"], limits=limits)
    gathering = Gathering()
    with open_archive(path, limits) as archive:
        parts = read_parts(archive, file=path.name, limits=limits, gathering=gathering)
    gathering.raise_findings()
    return tuple(sheet.name for sheet in parts.sheets)


def _choose_sheets(
    parts: WorkbookParts, asked: Collection[str] | None, *, file: str, gathering: Gathering
) -> list[SheetPart]:
    names = [sheet.name for sheet in parts.sheets]
    for name in asked or ():
        if name not in names:
            gathering.add(
                "no-sheet",
                Place(file=file, sheet=name),
                Text("没有这张工作表", "there is no such sheet"),
                Text(f"现有：{'、'.join(names)}", f"there are: {', '.join(names)}"),
            )
    if asked is not None:
        gathering.raise_findings()
    return [sheet for sheet in parts.sheets if asked is None or sheet.name in asked]


def _scan_sheets(
    archive: zipfile.ZipFile,
    parts: WorkbookParts,
    wanted: list[SheetPart],
    *,
    file: str,
    limits: Limits,
    gathering: Gathering,
) -> dict[str, SheetScan]:
    lengths = measure_strings(archive, parts.strings, file=file, limits=limits)
    scans = {}
    for sheet in wanted:
        scan = SheetScan(
            Place(file=file, sheet=sheet.name),
            limits=limits,
            percent_styles=parts.percent_styles,
            lengths=lengths,
            gathering=gathering,
        )
        with closing(stream_member(archive, sheet.member, file=file, limits=limits)) as pieces:
            scan.scan(pieces)
        scan.report()
        scans[sheet.name] = scan
    return scans


def _parse_sheets(
    path: Path, scans: dict[str, SheetScan], gathering: Gathering
) -> Iterator[tuple[str, Table]]:
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            for name, scan in scans.items():
                rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
                yield name, _make_table(rows, scan, gathering)
    except CalamineError:
        refuse_damaged(path.name)


def _make_table(rows: list[list[Any]], scan: SheetScan, gathering: Gathering) -> Table:
    _check_cells(rows, scan.place, gathering)
    return shape_table(
        rows,
        range(1, len(rows) + 1),
        file=scan.place.file,
        sheet=scan.place.sheet,
        is_workbook=True,
        gathering=gathering,
        percents=scan.percents,
    )


def _check_cells(rows: list[list[Any]], place: Place, gathering: Gathering) -> None:
    for number, row in enumerate(rows, start=1):
        if _is_sound(row):
            continue
        for column, cell in enumerate(row, start=1):
            fault = _find_fault(cell)
            if fault is not None:
                at = Place(file=place.file, sheet=place.sheet, cell=name_cell(number, column))
                gathering.add("bad-cell", at, fault.wrong, fault.remedy)


def _is_sound(row: list[Any]) -> bool:
    """Whether no cell needs a closer look: plain numbers pass at once, and NaN fails its comparison."""
    others = [cell for cell in row if type(cell) is not float or not _LEAST < cell < _MOST]
    return not any(isinstance(cell, float) or _is_long(cell) for cell in others)


def _is_long(cell: Any) -> bool:
    """Whether a text is longer than a cell can hold."""
    return isinstance(cell, str) and len(cell) > _LONGEST_TEXT


def _find_fault(cell: Any) -> BadNumber | None:
    if isinstance(cell, float):
        try:
            number_from_double(cell)
        except BadNumber as fault:
            return fault
    if _is_long(cell):
        return BadNumber(
            Text(
                f"有 {len(cell):,} 个字，上限 {_LONGEST_TEXT:,}",
                f"it has {len(cell):,} characters of at most {_LONGEST_TEXT:,}",
            ),
            Text("请改短", "make it shorter"),
        )
    return None
