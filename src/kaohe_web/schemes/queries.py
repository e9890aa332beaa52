"""Reads of schemes, their sheets, consultations and targets."""

from django.db.models import Count, Q, QuerySet

from kaohe_web.foundation.actor import Actor
from kaohe_web.foundation.digests import digest_content
from kaohe_web.foundation.refusals import Invisible
from kaohe_web.foundation.roles import Role
from kaohe_web.schemes.choices import FROZEN, Answer, VersionState
from kaohe_web.schemes.models import (
    Consultation,
    ConsultationAnswer,
    SchemeLine,
    SchemeVersion,
    Target,
    TargetRequest,
)
from kaohe_web.schemes.policies import ANSWERING, may_see
from kaohe_web.schemes.sheets import Sheets


def list_versions(actor: Actor) -> QuerySet[SchemeVersion]:
    """The versions somebody may see, the latest year first, without their documents."""
    found = SchemeVersion.objects.select_related("scheme").defer("document")
    if not actor.holds(Role.OFFICE):
        found = found.filter(state__in=(VersionState.CONSULTATION, *FROZEN))
    return found.order_by("-scheme__year", "scheme__code", "-number")


def find_version(key: int, actor: Actor) -> SchemeVersion:
    """One version.

    Raises:
        Invisible: there is none, or it is not theirs to see.
    """
    version = SchemeVersion.objects.select_related("scheme", "basis").filter(pk=key).first()
    if version is None or not may_see(actor, version):
        raise Invisible
    return version


def read_sheets(version: SchemeVersion) -> Sheets:
    """A version's sheets as text, the heads first."""
    sheets = version.sheets.prefetch_related("lines")
    return {
        sheet.name: [sheet.heads, *(line.cells for line in sheet.lines.all())] for sheet in sheets
    }


def list_lines(version: SchemeVersion, sheet: str) -> QuerySet[SchemeLine]:
    """The lines of one sheet, in order."""
    return SchemeLine.objects.filter(sheet__version=version, sheet__name=sheet).order_by(
        "position", "id"
    )


def digest_sheets(version: SchemeVersion) -> str:
    """The digest of what a version says while it is written."""
    return digest_content(read_sheets(version))


def find_open_consultation(version: SchemeVersion) -> Consultation | None:
    """The consultation that is going on about a version, if any."""
    return version.consultations.filter(closed_at=None).first()


def list_open_consultations(actor: Actor) -> QuerySet[Consultation]:
    """Consultations that are going on: all for the office, for others those that ask their unit for a word."""
    found = Consultation.objects.filter(closed_at=None).select_related("version__scheme")
    found = found.defer("version__document").order_by("closes_at", "id")
    if actor.holds(Role.OFFICE):
        return found
    return found.filter(units=actor.unit) if actor.holds(*ANSWERING) else found.none()


def list_answers(consultation: Consultation, actor: Actor) -> QuerySet[ConsultationAnswer]:
    """Every unit's word for the office, a unit's own for everybody else."""
    answers = consultation.answers.select_related("unit")
    return answers if actor.holds(Role.OFFICE) else answers.filter(unit=actor.unit)


def list_unanswered(consultation: Consultation) -> QuerySet[ConsultationAnswer]:
    """Objections the office has not replied to."""
    return consultation.answers.filter(answer=Answer.OBJECT, reply="")


def count_answers(consultation: Consultation) -> dict[int, tuple[int, int]]:
    """By unit, how many indicators it agreed to and objected to."""
    rows = consultation.answers.values("unit").annotate(
        agreed=Count("id", filter=Q(answer=Answer.AGREE)),
        objected=Count("id", filter=Q(answer=Answer.OBJECT)),
    )
    return {row["unit"]: (row["agreed"], row["objected"]) for row in rows}


def list_targets(version: SchemeVersion, unit: int | None = None) -> QuerySet[Target]:
    """The targets that stand for a scheme, of all units or of one."""
    found = Target.objects.filter(scheme=version.scheme, superseded_at=None).select_related("unit")
    return found if unit is None else found.filter(unit=unit)


def list_requests(actor: Actor) -> QuerySet[TargetRequest]:
    """Requests to move a target: all for the office, a unit's own for its people."""
    found = TargetRequest.objects.select_related("target__unit", "target__scheme")
    return found if actor.holds(Role.OFFICE) else found.filter(target__unit=actor.unit)
