"""Results out, by the ending of the file asked for; all that are asked for, or none."""

from collections.abc import Callable, Iterable
from pathlib import Path

from kaohe.files.outputs import Write, require_writable, write_together
from kaohe.files.results.board_page import write_board
from kaohe.files.results.csv_file import write_result_csv
from kaohe.files.results.live.workbook import write_result_workbook
from kaohe.files.results.packages import write_package
from kaohe.language import Language
from kaohe.results.package import pack_result
from kaohe.results.result import Result
from kaohe.results.writing import write_result
from kaohe.scoring.snapshot import canonical_bytes

Writer = Callable[[Result, Path, Language], None]


def require_outputs(paths: Iterable[Path]) -> None:
    """Refuse files that could not be written once everything has been scored.

    Raises BadInput naming every unknown ending, with the possible ones, and every place that cannot
    be written to.
    """
    require_writable(paths, _WRITERS)


def write_outputs(result: Result, paths: Iterable[Path], language: Language) -> None:
    """Write a result in the format each file's ending asks for: all of them, or none.

    Raises BadInput for an ending that names no format, and for a place that cannot be written to.
    """
    paths = list(paths)
    require_outputs(paths)
    write_together({path: _choose_writer(path, result, language) for path in paths})


def _choose_writer(path: Path, result: Result, language: Language) -> Write:
    writer = _WRITERS[path.suffix.lower()]
    return lambda draft: writer(result, draft, language)


def _write_json(result: Result, path: Path, _: Language) -> None:
    path.write_bytes(canonical_bytes(write_result(result)))


def _write_zip(result: Result, path: Path, _: Language) -> None:
    write_package(pack_result(result), path)


_WRITERS: dict[str, Writer] = {
    ".json": _write_json,
    ".csv": write_result_csv,
    ".xlsx": write_result_workbook,
    ".html": write_board,
    ".zip": _write_zip,
}
