"""Going through the chain: what was edited, removed, put in, moved or cut, and where."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kaohe.language import Text
from kaohe_web.audit.chain import BEGINNING, digest_event
from kaohe_web.audit.models import Event, Head

PIECE = 2_000


@dataclass(frozen=True, slots=True)
class Break:
    """One place at which the chain does not hold: the number of the event, and what is wrong there."""

    number: int
    kind: str
    said: Text


@dataclass(frozen=True, slots=True)
class Verification:
    """How many events were read, the last one's number and digest, and every break found."""

    count: int
    number: int
    digest: str
    breaks: tuple[Break, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.breaks


def verify_chain(
    *,
    head: tuple[int, str] | None = None,
    report: Callable[[int], None] = lambda _: None,
) -> Verification:
    """Read every event in order and compare; `head` is a number with its digest that somebody else kept.

    `report` is told how many events have been read.
    """
    walk = _Walk(head)
    for event in _iterate_events():
        walk.pass_event(event)
        if walk.count % PIECE == 0:
            report(walk.count)
    walk.end()
    return Verification(walk.count, walk.number, walk.digest, tuple(walk.breaks))


def _iterate_events() -> Iterator[Event]:
    """Events by number, read in pieces so that a long log fits the memory."""
    last, key = -(2**62), 0
    while True:
        after = Event.objects.order_by("number", "pk").filter(number__gte=last)
        piece = [event for event in after[: PIECE + 1] if (event.number, event.pk) > (last, key)]
        if not piece:
            return
        yield from piece
        last, key = piece[-1].number, piece[-1].pk


class _Walk:
    """What has been seen so far."""

    def __init__(self, head: tuple[int, str] | None) -> None:
        self.count, self.number, self.digest = 0, 0, BEGINNING
        self.breaks: list[Break] = []
        self._expected = head
        self._found_head = head is None or head[0] == 0

    def pass_event(self, event: Event) -> None:
        self.count += 1
        if event.number != self.number + 1:
            self._break(
                self.number + 1,
                "missing",
                f"第{self.number + 1}号缺失或次序被改动",
                "missing, or out of order",
            )
        elif event.previous != self.digest:
            self._break(
                event.number,
                "unlinked",
                "与前一号不衔接:前一号被改动、删除或插入",
                "does not follow the one before: edited, removed or put in",
            )
        if digest_event(event) != event.digest:
            self._break(
                event.number, "edited", "内容与校验码不符:内容被改动", "its content was changed"
            )
        if self._expected is not None and event.number == self._expected[0]:
            self._found_head = event.digest == self._expected[1]
        self.number, self.digest = event.number, event.digest

    def end(self) -> None:
        head = Head.objects.get()
        if (head.number, head.digest) != (self.number, self.digest):
            self._break(
                self.number + 1,
                "cut",
                "末尾与链头不符:末尾被截去或链头被改动",
                "the end does not meet the head: cut off, or the head changed",
            )
        if not self._found_head and self._expected is not None:
            self._break(
                self._expected[0], "anchor", "与外部保存的链头不符", "not what was kept elsewhere"
            )

    def _break(self, number: int, kind: str, zh: str, en: str) -> None:
        self.breaks.append(Break(number, kind, Text(zh, en)))
