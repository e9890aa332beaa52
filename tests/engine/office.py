"""LibreOffice, driven from tests: a workbook recalculated in full."""

import subprocess
from collections.abc import Sequence
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
    return recalculate_all([workbook], folder)[0]


def recalculate_all(workbooks: Sequence[Path], folder: Path) -> list[CalamineWorkbook]:
    """Several workbooks, recalculated by one LibreOffice."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS_RECALCULATE)
    saved = folder / "recalculated"
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--calc",
            "--convert-to", "xlsx", "--outdir", str(saved), *map(str, workbooks),
        ],
        check=True, capture_output=True, timeout=600,
    )  # fmt: skip
    return [CalamineWorkbook.from_path(str(saved / workbook.name)) for workbook in workbooks]
