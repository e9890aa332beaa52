"""Results out, by the ending of the file asked for; each file appears whole or not at all."""

from collections.abc import Callable
from pathlib import Path

from kaohe.errors import BadInput, Place, blocking
from kaohe.files.outputs import write_bytes
from kaohe.files.packages import write_package
from kaohe.language import Language, Text
from kaohe.results.package import pack_result
from kaohe.results.result import Result
from kaohe.results.writing import write_result
from kaohe.scoring.snapshot import canonical_bytes

Writer = Callable[[Result, Path, Language], None]


def require_known_ending(path: Path) -> None:
    """Refuse a file whose ending names no format.

    Raises BadInput naming the possible ones.
    """
    if path.suffix.lower() not in _WRITERS:
        endings = " ".join(_WRITERS)
        raise BadInput([
            blocking(
                "unknown-ending",
                Place(file=path.name),
                Text(f"不能写成“{path.suffix}”", f'cannot write "{path.suffix}"'),
                Text(f"可用：{endings}", f"write one of: {endings}"),
            )
        ])  # fmt: skip


def write_output(result: Result, path: Path, language: Language) -> None:
    """Write a result in the format its file's ending asks for.

    Raises BadInput for an ending that names no format.
    """
    require_known_ending(path)
    _WRITERS[path.suffix.lower()](result, path, language)


def _write_json(result: Result, path: Path, _: Language) -> None:
    write_bytes(path, canonical_bytes(write_result(result)))


def _write_zip(result: Result, path: Path, _: Language) -> None:
    write_package(pack_result(result), path)


_WRITERS: dict[str, Writer] = {
    ".json": _write_json,
    ".zip": _write_zip,
}
