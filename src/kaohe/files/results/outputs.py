"""Results out, by the ending of the file asked for; each file appears whole or not at all."""

from collections.abc import Callable, Iterable, Iterator
from os import W_OK, access
from pathlib import Path

from kaohe.errors import BadInput, Finding, Place, blocking
from kaohe.files.outputs import write_bytes
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
        yield _refuse_place(path, Text("这里不能写文件", "no file can be written here"))


def _is_open(path: Path) -> bool:
    """Whether the nearest folder that is there can be written to."""
    nearest = next(folder for folder in path.absolute().parents if folder.exists())
    return nearest.is_dir() and access(nearest, W_OK)


def write_output(result: Result, path: Path, language: Language) -> None:
    """Write a result in the format its file's ending asks for, as a whole or not at all.

    Raises BadInput for an ending that names no format, and for a place that cannot be written to.
    """
    require_outputs([path])
    try:
        _WRITERS[path.suffix.lower()](result, path, language)
    except OSError as fault:
        reason = fault.strerror or type(fault).__name__
        wrong = Text(f"无法写出：{reason}", f"cannot be written: {reason}")
        raise BadInput([_refuse_place(path, wrong)]) from fault


def _refuse_place(path: Path, wrong: Text) -> Finding:
    remedy = Text(
        "请换一个可写的文件夹，或关闭正打开它的程序",
        "choose a folder that can be written to, or close the program that has it open",
    )
    return blocking("cannot-write", Place(file=str(path)), wrong, remedy)


def _write_json(result: Result, path: Path, _: Language) -> None:
    write_bytes(path, canonical_bytes(write_result(result)))


def _write_zip(result: Result, path: Path, _: Language) -> None:
    write_package(pack_result(result), path)


_WRITERS: dict[str, Writer] = {
    ".json": _write_json,
    ".csv": write_result_csv,
    ".xlsx": write_result_workbook,
    ".html": write_board,
    ".zip": _write_zip,
}
