"""`kaohe check`."""

from collections.abc import Sequence
from pathlib import Path

from kaohe.checking import admit, check_draft
from kaohe.cli.inputs import load_data
from kaohe.cli.speech import say, show_findings
from kaohe.errors import Severity
from kaohe.files.schemes import read_draft


def check_scheme(path: Path, data: Sequence[Path]) -> int:
    """Show every finding; 0 where there is none, 1 where there is."""
    draft = read_draft(path)
    findings = check_draft(draft)
    blocking = any(finding.severity is Severity.BLOCKING for finding in findings)
    if data and not blocking:
        findings = check_draft(draft, load_data(data, admit(draft)))
    show_findings(findings)
    _sum_up(findings, path)
    return 1 if findings else 0


def _sum_up(findings: Sequence[object], path: Path) -> None:
    if findings:
        say(f"{path.name}：{len(findings)} 条", f"{path.name}: {len(findings)} findings")
    else:
        say(f"{path.name}：未发现问题", f"{path.name}: nothing found")
