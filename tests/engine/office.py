"""LibreOffice, driven from tests: a workbook recalculated in full."""

import subprocess
from pathlib import Path

from python_calamine import CalamineWorkbook

_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def recalculate(workbook: Path, folder: Path) -> CalamineWorkbook:
    """Open a workbook in LibreOffice, recalculate every cell, and read what it saved."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS_RECALCULATE)
    saved = folder / "recalculated"
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--calc",
            "--convert-to", "xlsx", "--outdir", str(saved), str(workbook),
        ],
        check=True, capture_output=True, timeout=600,
    )  # fmt: skip
    return CalamineWorkbook.from_path(str(saved / workbook.name))
