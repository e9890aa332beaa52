"""The settings as they are in production, read in this process for the tests of their checks."""

import os
import runpy
import secrets
from pathlib import Path
from typing import Any
from unittest.mock import patch

from kaohe_web.config import settings as module


def read_production(folder: Path, **environment: str) -> dict[str, Any]:
    """Every setting of a production server whose data stand in a folder."""
    folder.chmod(0o750)
    chosen = name_environment(folder) | environment
    with patch.dict(os.environ, chosen, clear=False):
        read = runpy.run_path(module.__file__)
    return {name: value for name, value in read.items() if name.isupper()}


def name_environment(folder: Path) -> dict[str, str]:
    """The smallest environment that may start."""
    return {
        "KAOHE_MODE": "production",
        "KAOHE_DATA": str(folder),
        "KAOHE_DATABASE": "sqlite",
        "KAOHE_SECRET_KEY": secrets.token_urlsafe(60),
        "KAOHE_HOSTS": "kaohe.example.org",
    }
