"""Decisions only a named body or person can take: they never arise from a computation."""

from dataclasses import dataclass

from kaohe.errors import BadInput, Place, blocking
from kaohe.language import Text


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided, and why. Raises BadInput when either is blank."""

    decided_by: str
    reason: str

    def __post_init__(self) -> None:
        if not (self.decided_by.strip() and self.reason.strip()):
            raise BadInput([_NAMELESS])


_NAMELESS = blocking(
    "decision-without-decider",
    Place(key="decided_by"),
    Text("决定没有写明由谁作出、理由是什么", "a decision does not say who took it, and why"),
    Text("请写明决定人（机构、会议）和理由", "name the body or person and give the reason"),
)
