"""`kaohe check`."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from kaohe.checking import admit, check_draft
from kaohe.cli.inputs import load_data
from kaohe.cli.speech import complain, say, show_findings
from kaohe.errors import Finding, Severity
from kaohe.files.data.observations import find_unread
from kaohe.files.schemes.reading import read_draft

_MOST_ALIKE = 3


def check_scheme(path: Path, data: Sequence[Path], *, show_all: bool = False) -> int:
    """Show the findings; 1 where one is more than a notice, else 0.

    Of warnings and notices of one kind the first three are shown unless all are asked for. Data are
    checked with a scheme that nothing blocks. Raises BadInput for files that cannot be read.
    """
    draft = read_draft(path)
    findings = check_draft(draft)
    if data and not any(finding.severity is Severity.BLOCKING for finding in findings):
        findings = [*check_draft(draft, load_data(data, admit(draft))), *find_unread(path, data)]
    _show(findings, most_alike=len(findings) if show_all else _MOST_ALIKE)
    _sum_up(findings, path.name)
    return int(any(finding.severity is not Severity.NOTICE for finding in findings))


def _show(findings: Sequence[Finding], *, most_alike: int) -> None:
    """Every blocking finding, and so many of each other kind; how many more there are of which."""
    seen: Counter[str] = Counter()
    for finding in findings:
        is_blocking = finding.severity is Severity.BLOCKING
        seen[finding.kind] += not is_blocking
        if is_blocking or seen[finding.kind] <= most_alike:
            show_findings([finding])
    for kind, count in seen.items():
        more = count - most_alike
        if more > 0:
            complain(
                f"[{kind}] 另有 {more} 处，加 --all 全部列出",
                f"[{kind}] {more} more; --all lists them",
            )


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
