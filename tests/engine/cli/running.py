"""The command line, started as people start it."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str


def run_kaohe(folder: Path, *arguments: str | Path, language: str = "en") -> Done:
    """Run a verb in a folder, in one language."""
    done = subprocess.run(
        [sys.executable, "-m", "kaohe.cli.main", "--language", language, *map(str, arguments)],
        cwd=folder, capture_output=True, encoding="utf-8", check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    return Done(done.returncode, done.stdout, done.stderr)


def list_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
