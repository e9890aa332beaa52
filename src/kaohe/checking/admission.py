"""The one door from a draft to a scheme."""

from kaohe.errors import BadInput, Finding
from kaohe.scheme.draft import Draft, Scheme
from kaohe.scheme.reading import read_model
from kaohe.scheme.references import find_reference_faults
from kaohe.scoring.observations import Observations


def admit(draft: Draft) -> Scheme:
    """The scheme of a draft, with its findings that do not block.

    Raises BadInput with every blocking finding.
    """
    model, findings = read_model(draft)
    if model is None:
        raise BadInput(findings)
    return Scheme(model, (*findings, *find_reference_faults(model, draft)))


def check_draft(draft: Draft, observations: Observations | None = None) -> list[Finding]:
    """Everything found in a draft, and in the data with it."""
    del observations
    model, findings = read_model(draft)
    return findings if model is None else [*findings, *find_reference_faults(model, draft)]
