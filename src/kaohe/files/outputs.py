"""Files appear whole or not at all: written beside their place, then moved into it."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from kaohe.errors import BadInput, Place, blocking
from kaohe.language import Text


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


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` make a file in a private folder beside `path`, then move it into place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=path.parent, prefix=".writing-") as folder:
        draft = Path(folder) / path.name
        write(draft)
        draft.replace(path)


def write_bytes(path: Path, content: bytes) -> None:
    """Write bytes as a whole file or not at all."""
    write_whole(path, lambda draft: draft.write_bytes(content))
