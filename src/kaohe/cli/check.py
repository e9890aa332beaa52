"""`kaohe check`."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from kaohe.checking import admit, check_draft
from kaohe.cli.inputs import load_data
from kaohe.cli.speech import say, show_findings
from kaohe.errors import Finding, Severity
from kaohe.files.data.observations import find_unread
from kaohe.files.schemes.reading import read_draft


def check_scheme(path: Path, data: Sequence[Path]) -> int:
    """Show every finding; 1 where one is more than a notice, else 0.

    Data are checked with a scheme that nothing blocks. Raises BadInput for files that cannot be read.
    """
    draft = read_draft(path)
    findings = check_draft(draft)
    if data and not any(finding.severity is Severity.BLOCKING for finding in findings):
        findings = [*check_draft(draft, load_data(data, admit(draft))), *find_unread(path, data)]
    show_findings(findings)
    _sum_up(findings, path.name)
    return int(any(finding.severity is not Severity.NOTICE for finding in findings))


def _sum_up(findings: Sequence[Finding], name: str) -> None:
    if not findings:
        say(f"{name}：未发现问题", f"{name}: nothing found")
        return
    counts = Counter(finding.severity for finding in findings)
    block, warn, note = (counts[severity] for severity in Severity)
    say(
        f"{name}：须改 {block} 条，警示 {warn} 条，提示 {note} 条",
        f"{name}: {block} blocking, {warn} warnings, {note} notices",
    )
