"""Who acts: one person in one post, as policies judge it and the audit log keeps it."""

from dataclasses import dataclass
from datetime import datetime

from kaohe_web.foundation.roles import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """One person acting in one post at one moment; a delegate acts under its own name.

    `person`, `principal` (whose post a delegate acts in) and `unit` are keys of organisation's tables;
    all are None for the platform's own jobs.
    """

    person: int | None
    name: str
    role: Role | None
    unit: int | None = None
    unit_name: str = ""
    post: int | None = None
    principal: int | None = None
    acting_for: str = ""
    address: str = ""
    request: str = ""
    second_factor: bool = False
    stepped_up_at: datetime | None = None

    @property
    def persons(self) -> frozenset[int]:
        """Everybody whose hand this is, for four eyes: the person, and the one acted for."""
        return frozenset(each for each in (self.person, self.principal) if each is not None)

    def require_person(self) -> int:
        """The person's key, where only a person may act.

        Raises:
            ValueError: the platform itself acts.
        """
        if self.person is None:
            raise ValueError(f"{self.name} is no person")
        return self.person

    def holds(self, *roles: Role) -> bool:
        """Whether the post acted in is one of these roles."""
        return self.role in roles

    def holds_at(self, unit: int, *roles: Role) -> bool:
        """Whether the post is one of these roles at this unit."""
        return self.unit == unit and self.role in roles


def act_as_platform(job: str) -> Actor:
    """The platform itself, for what happens by the clock: reminders, closing a round."""
    return Actor(person=None, name=f"platform:{job}", role=None)
