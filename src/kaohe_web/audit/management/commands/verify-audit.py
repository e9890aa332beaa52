"""`kaohe manage verify-audit`: does the chain hold, and if not, where."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from kaohe_web.audit.actions import record_event
from kaohe_web.audit.verification import Verification, verify_chain
from kaohe_web.foundation.actor import act_as_platform


class Command(BaseCommand):
    """Verifies the chain of events; exit code 1 where it does not hold."""

    help = "核验审计链:任何改动、删除、插入、换序、截尾都会指出位置 · does the log hold, and if not, where"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The head somebody else kept, if any."""
        parser.add_argument(
            "--head", help="另行保存的链头 编号:校验码 · the head kept elsewhere, NUMBER:DIGEST"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify, say what was found, and tell the log that it was verified."""
        found = verify_chain(head=read_head(options["head"]), report=self._report)
        with transaction.atomic():
            record_event(
                by=act_as_platform("verify-audit"),
                action="audit.verify",
                detail={"events": found.count, "breaks": len(found.breaks)},
            )
        self._tell(found)

    def _report(self, count: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{count}", ending="")

    def _tell(self, found: Verification) -> None:
        self.stdout.write(
            f"{found.count} 条记录 · events; 链头 · head {found.number}:{found.digest}"
        )
        for each in found.breaks:
            self.stdout.write(
                f"第 {each.number} 号 · event {each.number}: {each.said.zh} · {each.said.en}"
            )
        if not found.holds:
            raise CommandError("审计链不完整 · the chain does not hold", returncode=1)
        self.stdout.write("审计链完整 · the chain holds")


def read_head(written: str | None) -> tuple[int, str] | None:
    """Number and digest as written.

    Raises:
        CommandError: it is not NUMBER:DIGEST.
    """
    if not written:
        return None
    number, _, digest = written.partition(":")
    if not number.isdecimal() or len(digest) != 64:
        raise CommandError("--head 请写 编号:校验码 · write NUMBER:DIGEST", returncode=2)
    return int(number), digest
