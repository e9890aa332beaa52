"""A folder in which the tasks of one job leave columns for those of the next."""

import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kaohe.files.outputs import write_whole


@dataclass(frozen=True)
class Shelf:
    """Things laid down by name, on storage that every executor reaches; whole or not at all."""

    folder: str

    def put(self, name: str, thing: object) -> None:
        """Lay down a thing; the same task run again lays it down again."""
        write_whole(
            Path(self.folder, name), lambda draft: draft.write_bytes(pickle.dumps(thing, 5))
        )

    def take(self, name: str) -> Any:
        """What was laid down under a name."""
        return pickle.loads(Path(self.folder, name).read_bytes())  # noqa: S301 - by this very job
