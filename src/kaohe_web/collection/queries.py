"""Reads of rounds, sheets and observations; each shows a reader what is theirs to see and no more."""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from django.db.models import Count, F, Q, QuerySet

from kaohe_web.collection.choices import ENTERED, ORDER, Answer, FigureState, Side
from kaohe_web.collection.models import CheckObjection, Extension, Observation, Round, Sheet
from kaohe_web.collection.policies import may_see
from kaohe_web.foundation.actor import Actor
from kaohe_web.foundation.clock import now
from kaohe_web.foundation.digests import digest_content
from kaohe_web.foundation.refusals import Invisible
from kaohe_web.foundation.roles import OWNER_SIDE, UNIT_SIDE, Role


def list_rounds() -> QuerySet[Round]:
    """Every round, the latest first: that there is one is known to all."""
    return Round.objects.order_by("-opens_at", "-id")


def find_round(key: int) -> Round:
    """One round. Raises Invisible where there is none."""
    found = Round.objects.filter(pk=key).first()
    if found is None:
        raise Invisible
    return found


def list_own_sheets(actor: Actor) -> QuerySet[Sheet]:
    """The sheets an actor's own unit reports."""
    sheets = Sheet.objects.select_related("round", "unit", "lead", "version__scheme")
    side = Side.OWNER if actor.role in OWNER_SIDE else Side.UNIT
    is_reporter = actor.role in OWNER_SIDE | UNIT_SIDE
    return sheets.filter(unit=actor.unit, side=side) if is_reporter else sheets.none()


class Own(NamedTuple):
    """How many figures of one of a unit's own sheets stand at given states."""

    sheet: Sheet
    waiting: int


def count_own(actor: Actor, states: Collection[str]) -> list[Own]:
    """Of each sheet the actor's unit reports, how many figures stand at these states; none where none do."""
    waiting = Count("observations", filter=Q(observations__state__in=states))
    sheets = list_own_sheets(actor).annotate(waiting=waiting).filter(waiting__gt=0)
    return [Own(sheet, sheet.waiting) for sheet in sheets.order_by("round__closes_at", "id")]


def find_sheet(key: int, actor: Actor) -> Sheet:
    """One sheet with its round and extensions.

    Raises:
        Invisible: there is none, or it is sealed to this reader.
    """
    found = Sheet.objects.select_related("round", "unit", "lead", "version__scheme")
    sheet = found.prefetch_related("extensions").filter(pk=key).first()
    if sheet is None or not may_see(actor, sheet):
        raise Invisible
    return sheet


def find_any_sheet(key: int) -> Sheet:
    """One sheet for an act whose own policy says who may. Raises Invisible where there is none."""
    found = Sheet.objects.select_related("round", "unit", "lead", "version__scheme")
    sheet = found.prefetch_related("extensions").filter(pk=key).first()
    if sheet is None:
        raise Invisible
    return sheet


def list_shown(sheet: Sheet, actor: Actor) -> QuerySet[Observation]:
    """The figures of a sheet this reader may see: outside the reporting unit only signed-off ones."""
    figures = list_figures(sheet)
    if actor.unit == sheet.unit_id and actor.role in OWNER_SIDE | UNIT_SIDE:
        return figures
    return figures.exclude(state__in=(*ENTERED, FigureState.SUBMITTED, FigureState.REVIEWED))


def list_figures(sheet: Sheet) -> QuerySet[Observation]:
    """The figures of a sheet as they stand: of each the latest, in the order asked."""
    return sheet.observations.filter(correction=None).select_related("unit")


def digest_figures(observations: Iterable[Observation]) -> str:
    """The digest of figures exactly as they are shown: what a step is bound to."""
    return digest_content([describe_figure(each) for each in observations])


def describe_figure(observation: Observation) -> list[Any]:
    """What of a figure its digest covers, with the seal that keeps the figure from being guessed of it."""
    return [
        observation.pk,
        observation.seal,
        observation.value,
        observation.absence,
        observation.note,
        observation.state,
        observation.revision,
    ]


def find_state(states: Iterable[str]) -> str:
    """The state of a sheet: that of its figure which has come least far."""
    found = list(states)
    return min(found, key=ORDER.index) if found else FigureState.DUE


def count_board(round_: Round) -> list[dict[str, Any]]:
    """Who has reported how far: counts by sheet and state, never a value or how many are filled in."""
    rows = (
        Observation.objects.filter(sheet__round=round_, correction=None)
        .values("sheet", "sheet__side", "sheet__submitted_at", "sheet__is_late")
        .annotate(
            unit=F("sheet__unit"),
            lead=F("sheet__lead"),
            total=Count("id"),
            due=Count("id", filter=Q(state__in=ENTERED)),
            submitted=Count("id", filter=Q(state=FigureState.SUBMITTED)),
            reviewed=Count("id", filter=Q(state=FigureState.REVIEWED)),
            signed_off=Count("id", filter=Q(state=FigureState.SIGNED_OFF)),
            checked=Count("id", filter=Q(state=FigureState.CHECKED)),
            approved=Count("id", filter=Q(state__in=(FigureState.APPROVED, FigureState.LOCKED))),
        )
        .order_by("sheet__unit__code", "sheet")
    )
    return [dict(row) for row in rows]


def list_to_check(actor: Actor) -> QuerySet[Observation]:
    """Signed-off figures about the actor's unit whose round has closed."""
    figures = Observation.objects.select_related("sheet__round", "sheet__unit", "unit")
    closed = figures.filter(sheet__round__closes_at__lte=now(), correction=None)
    if actor.holds(Role.LEAD_UNIT):
        return closed.filter(
            sheet__side=Side.UNIT, sheet__lead=actor.unit, state=FigureState.SIGNED_OFF
        )
    mine = closed.filter(sheet__side=Side.OWNER, unit=actor.unit)
    return mine.exclude(state__in=(*ENTERED, FigureState.SUBMITTED, FigureState.REVIEWED))


def find_to_check(key: int, actor: Actor) -> Sheet:
    """A sheet that holds figures this reader checks. Raises Invisible where there is none."""
    figure = list_to_check(actor).filter(sheet=key).first()
    if figure is None:
        raise Invisible
    return figure.sheet


def list_objections(actor: Actor) -> QuerySet[CheckObjection]:
    """Objections an actor has to do with: the owner's, the unit's own, all for the office."""
    found = CheckObjection.objects.select_related(
        "observation__sheet__round", "observation__unit", "observation__sheet__unit"
    ).order_by("id")
    if actor.holds(Role.OFFICE):
        return found
    return found.filter(Q(observation__unit=actor.unit) | Q(observation__sheet__unit=actor.unit))


def list_unanswered(actor: Actor) -> QuerySet[CheckObjection]:
    """Objections to figures of the actor's unit that wait for its answer."""
    return CheckObjection.objects.filter(observation__sheet__unit=actor.unit, answer=Answer.OPEN)


def list_disputed(sheet: Sheet) -> QuerySet[CheckObjection, int]:
    """The keys of a sheet's figures to which an objection has no answer yet."""
    open_ones = CheckObjection.objects.filter(observation__sheet=sheet, answer=Answer.OPEN)
    return open_ones.values_list("observation", flat=True)


def list_extensions(round_: Round) -> QuerySet[Extension]:
    """Every extension of a round, for all to see once it has closed."""
    return (
        Extension.objects.filter(sheet__round=round_)
        .select_related("sheet__unit", "sheet__lead")
        .order_by("id")
    )


def find_previous(figure: str, facet: str, period: str) -> dict[int, str]:
    """Last year's locked figures by unit."""
    rows = Observation.objects.filter(
        figure=figure, facet=facet, period=period, state=FigureState.LOCKED, correction=None
    )
    return dict(rows.values_list("unit", "value"))


def count_burden(unit: int, year: int) -> int:
    """How many fields a unit was asked for in a year."""
    return Observation.objects.filter(sheet__unit=unit, sheet__round__year=year, number=1).count()
