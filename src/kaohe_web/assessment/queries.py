"""Reads of snapshots and rehearsals."""

from django.db.models import QuerySet

from kaohe_web.assessment.choices import RehearsalState
from kaohe_web.assessment.models import DataSnapshot, Rehearsal
from kaohe_web.schemes.choices import FROZEN
from kaohe_web.schemes.models import SchemeVersion


def list_rehearsals(version: SchemeVersion | None = None) -> QuerySet[Rehearsal]:
    """Rehearsals, of one version or all, the latest first, without their outcomes."""
    found = Rehearsal.objects.select_related("version__scheme", "snapshot").defer(
        "outcome", "snapshot__content", "version__document"
    )
    return found if version is None else found.filter(version=version)


def list_snapshots() -> QuerySet[DataSnapshot]:
    """Snapshots, the latest year first, without their content."""
    return DataSnapshot.objects.select_related("version__scheme").defer(
        "content", "version__document"
    )


def list_adopted() -> QuerySet[SchemeVersion]:
    """The versions under which a year's data can be kept, the latest year first."""
    adopted = SchemeVersion.objects.filter(state__in=FROZEN).select_related("scheme")
    return adopted.order_by("-scheme__year", "scheme__code", "-number")


def find_rehearsal(key: int) -> Rehearsal | None:
    """One rehearsal with its outcome; None where there is none."""
    found = Rehearsal.objects.select_related("version__scheme", "snapshot")
    return found.defer("snapshot__content", "version__document").filter(pk=key).first()


def is_rehearsed(version: SchemeVersion, content_digest: str) -> bool:
    """Whether this very content was rehearsed to the end."""
    return Rehearsal.objects.filter(
        version=version, content_digest=content_digest, state=RehearsalState.DONE
    ).exists()
