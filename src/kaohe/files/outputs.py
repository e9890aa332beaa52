"""Files appear whole or not at all: written beside their place, then moved into it."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory


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
