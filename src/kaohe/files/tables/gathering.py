"""Findings about a file, gathered while it is read and raised all at once."""

from collections.abc import Iterable
from typing import NoReturn

from kaohe.errors import BadInput, Finding, Place, blocking
from kaohe.language import Text

MOST_FINDINGS = 200
_MOST_COUNTED = 10_000


class Gathering:
    """What was found so far; of a file that is wrong all over, the first two hundred places."""

    def __init__(self) -> None:
        self._findings: list[Finding] = []
        self._left_out = 0

    def add(self, kind: str, place: Place, wrong: Text, remedy: Text) -> None:
        """Keep one finding and go on reading; of a file wrong in ten thousand places, give up with BadInput."""
        if len(self._findings) < MOST_FINDINGS:
            self._findings.append(blocking(kind, place, wrong, remedy))
        else:
            self._left_out += 1
            if self._left_out >= _MOST_COUNTED:
                raise BadInput(self._all())

    def extend(self, findings: Iterable[Finding]) -> None:
        """Keep findings that were raised elsewhere and go on reading."""
        for finding in findings:
            self.add(finding.kind, finding.place, finding.wrong, finding.remedy)

    def refuse(self, kind: str, place: Place, wrong: Text, remedy: Text) -> NoReturn:
        """Add a finding after which reading cannot go on, and raise BadInput with all of them."""
        raise BadInput([*self._all(), blocking(kind, place, wrong, remedy)])

    def has_findings(self) -> bool:
        """Whether anything was found."""
        return bool(self._findings)

    def raise_findings(self) -> None:
        """Raise BadInput with everything found, if anything was."""
        if self._findings:
            raise BadInput(self._all())

    def _all(self) -> list[Finding]:
        if not self._left_out:
            return self._findings
        is_cut = self._left_out >= _MOST_COUNTED
        more = blocking(
            "more-findings",
            Place(file=self._findings[0].place.file),
            Text(
                f"另有{self._left_out}处{'以上' if is_cut else ''}问题没有列出",
                f"{self._left_out}{' or more' if is_cut else ' more'} findings are not listed",
            ),
            Text("先改上面的，再检查一次", "mend those above, then check again"),
        )
        return [*self._findings, more]
