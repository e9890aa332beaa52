"""The one door from a draft to a scheme."""

from kaohe.checking.catalogue import KINDS
from kaohe.checking.inspected import Inspected
from kaohe.errors import BadInput, Finding, Severity
from kaohe.scheme.draft import Draft, Scheme
from kaohe.scheme.model import SchemeModel
from kaohe.scheme.reading import read_model
from kaohe.scheme.references import find_reference_faults
from kaohe.scoring.observations import Observations


def admit(draft: Draft) -> Scheme:
    """The scheme of a draft, once nothing blocks it.

    Only what can block is looked for here; `check_draft` finds the rest. Raises BadInput with every
    blocking finding.
    """
    model, findings = _read_whole(draft)
    if model is None:
        raise BadInput(findings)
    inspected = Inspected(model, draft)
    found = [
        finding
        for kind in KINDS
        if kind.severity is Severity.BLOCKING
        for finding in kind.inspect(inspected)
    ]
    return Scheme(model, (*findings, *found))


def check_draft(draft: Draft, observations: Observations | None = None) -> list[Finding]:
    """Everything found in a draft, and in the data with it, the weightiest first."""
    model, findings = _read_whole(draft)
    if model is None:
        return findings
    inspected = Inspected(model, draft, observations)
    found = [finding for kind in KINDS for finding in kind.inspect(inspected)]
    return sorted([*findings, *found], key=lambda finding: list(Severity).index(finding.severity))


def _read_whole(draft: Draft) -> tuple[SchemeModel | None, list[Finding]]:
    """The model where every code in it names one thing; otherwise only what is wrong."""
    model, findings = read_model(draft)
    if model is None:
        return None, findings
    found = [*findings, *find_reference_faults(model, draft)]
    is_whole = all(finding.severity is not Severity.BLOCKING for finding in found)
    return (model if is_whole else None), found
