"""Results out, by the ending of the file asked for; all that are asked for, or none."""

from collections.abc import Callable, Iterable, Iterator
from os import W_OK, access
from pathlib import Path

from kaohe.errors import BadInput, Finding, Place, blocking
from kaohe.files.outputs import Write, refuse_place, write_together
from kaohe.files.results.board_page import write_board
from kaohe.files.results.csv_file import write_result_csv
from kaohe.files.results.packages import write_package
from kaohe.files.results.workbook import write_result_workbook
from kaohe.language import Language, Text
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
    faults = [fault for path in paths for fault in _find_faults(path)]
    if faults:
        raise BadInput(faults)


def _find_faults(path: Path) -> Iterator[Finding]:
    if path.suffix.lower() not in _WRITERS:
        endings = " ".join(_WRITERS)
        yield blocking(
            "unknown-ending",
            Place(file=path.name),
            Text(f"不能写成“{path.suffix}”", f'cannot write "{path.suffix}"'),
            Text(f"可用：{endings}", f"write one of: {endings}"),
        )
    elif path.is_dir() or not _is_open(path):
        yield refuse_place(path, Text("这里不能写文件", "no file can be written here"))


def _is_open(path: Path) -> bool:
    """Whether the nearest folder that is there can be written to."""
    nearest = next(folder for folder in path.absolute().parents if folder.exists())
    return nearest.is_dir() and access(nearest, W_OK)


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
