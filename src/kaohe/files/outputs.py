"""Files appear whole or not at all: written beside their place, then moved into it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from os import W_OK, access
from pathlib import Path
from sys import modules
from tempfile import TemporaryDirectory

from kaohe.errors import BadInput, Finding, Place, blocking
from kaohe.language import Text

Write = Callable[[Path], object]


def require_writable(paths: Iterable[Path], endings: Collection[str]) -> None:
    """Refuse outputs that could not be written once the work is done.

    Raises BadInput naming every ending that is not among the possible ones, and every place that cannot
    be written to.
    """
    faults = [fault for path in paths for fault in _find_faults(path, endings)]
    if faults:
        raise BadInput(faults)


def _find_faults(path: Path, endings: Collection[str]) -> Iterator[Finding]:
    if path.suffix.lower() not in endings:
        known = " ".join(endings)
        yield blocking(
            "unknown-ending",
            Place(file=path.name),
            Text(f"不能写成“{path.suffix}”", f'cannot write "{path.suffix}"'),
            Text(f"可用：{known}", f"write one of: {known}"),
        )
    elif path.is_dir() or not _is_open(path):
        yield refuse_place(path, Text("这里不能写文件", "no file can be written here"))


def _is_open(path: Path) -> bool:
    """Whether the nearest folder that is there can be written to."""
    nearest = next(folder for folder in path.absolute().parents if folder.exists())
    return nearest.is_dir() and access(nearest, W_OK)


def keep_inputs(outputs: Iterable[Path], inputs: Sequence[Path]) -> None:
    """Refuse to write over a file that is being read. Raises BadInput naming every such output."""
    taken = [path for path in outputs if any(_is_same(path, each) for each in inputs)]
    if taken:
        raise BadInput([
            blocking(
                "output-is-input",
                Place(file=str(path)),
                Text("这正是要读的文件，写出会把它覆盖", "this file is an input, and would be lost"),
                Text("请给写出的文件另起一个名字", "give what is written another name"),
            )
            for path in taken
        ])  # fmt: skip


def keep_existing(outputs: Iterable[Path]) -> None:
    """Refuse to write over anything: what was there cannot be had back. Raises BadInput naming each."""
    taken = [path for path in outputs if path.exists()]
    if taken:
        raise BadInput(
            blocking(
                "file-exists",
                Place(file=path.name),
                Text("文件已存在，没有覆盖", "the file is there already and was left as it is"),
                Text("请换一个文件名", "choose another name"),
            )
            for path in taken
        )


def _is_same(path: Path, other: Path) -> bool:
    return path.exists() and other.exists() and path.samefile(other)


def write_together(writes: Mapping[Path, Write]) -> None:
    """Let each make its file in a private folder beside its path; once all are made, move them into place.

    Raises BadInput naming the first place that cannot be written to.
    """
    with ExitStack() as folders:
        drafts = {path: _make_draft(path, write, folders) for path, write in writes.items()}
        for path, draft in drafts.items():
            with _refuse_fault(path):
                draft.replace(path)


def _make_draft(path: Path, write: Write, folders: ExitStack) -> Path:
    with _refuse_fault(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        folder = folders.enter_context(TemporaryDirectory(dir=path.parent, prefix=".writing-"))
        draft = Path(folder) / path.name
        write(draft)
        return draft


@contextmanager
def _refuse_fault(path: Path) -> Iterator[None]:
    try:
        yield
    except _list_kinds() as fault:
        cause = fault if isinstance(fault, OSError) else fault.args[0]
        reason = cause.strerror or type(cause).__name__
        wrong = Text(f"无法写出：{reason}", f"cannot be written: {reason}")
        raise BadInput([refuse_place(path, wrong)]) from fault


def _list_kinds() -> tuple[type[Exception], ...]:
    """What is raised where a file cannot be written; the writer of workbooks, if loaded, wraps it in its own."""
    writer = modules.get("xlsxwriter.exceptions")
    return (OSError,) if writer is None else (OSError, writer.FileCreateError)


def refuse_place(path: Path, wrong: Text) -> Finding:
    """What is said of a place that cannot be written to."""
    remedy = Text(
        "请换一个可写的文件夹，或关闭正打开它的程序",
        "choose a folder that can be written to, or close the program that has it open",
    )
    return blocking("cannot-write", Place(file=str(path)), wrong, remedy)


def write_whole(path: Path, write: Write) -> None:
    """Let `write` make one file, as a whole or not at all."""
    write_together({path: write})


def write_bytes(path: Path, content: bytes) -> None:
    """Write bytes as a whole file or not at all."""
    write_whole(path, lambda draft: draft.write_bytes(content))
