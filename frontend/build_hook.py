"""Has the front-end files copied before a wheel is built; an editable install gets them from run.py."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface[Any]):
    """Runs copy_packages.py; without its files a wheel would show bare pages."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Copy, and build nothing where that fails."""
        del build_data
        if version == "editable":
            return
        program = Path(self.root, "frontend", "copy_packages.py")
        subprocess.run([sys.executable, program], check=True)
