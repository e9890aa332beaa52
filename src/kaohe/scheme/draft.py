"""From a draft to a scheme."""

from dataclasses import dataclass, field

from kaohe.errors import BadInput, Finding, Severity
from kaohe.scheme.digest import digest_scheme
from kaohe.scheme.model import SchemeModel


@dataclass(frozen=True)
class Scheme:
    """A scheme without blocking findings: the only thing that can be scored."""

    model: SchemeModel
    findings: tuple[Finding, ...] = ()
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        blocking = [each for each in self.findings if each.severity is Severity.BLOCKING]
        if blocking:
            raise BadInput(blocking)
        object.__setattr__(self, "digest", digest_scheme(self.model))
