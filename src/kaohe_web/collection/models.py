"""Rounds, sheets, observations and every step they take."""

import secrets

from django.db import models
from django.db.models import F, Q

from kaohe_web.collection.choices import Absence, Answer, FigureState, RoundState, Side, Vintage
from kaohe_web.organisation.models import Unit
from kaohe_web.schemes.models import SchemeVersion


class Round(models.Model):
    """One period's collection: who owes what, from when until when; half-open, [opens_at, closes_at)."""

    year = models.PositiveSmallIntegerField()
    period = models.CharField(max_length=10)
    name = models.CharField(max_length=100)
    versions = models.ManyToManyField(SchemeVersion, related_name="rounds")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=RoundState.choices, default=RoundState.PLANNED)
    made_by = models.BigIntegerField()
    locked_by = models.BigIntegerField(null=True)
    locked_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-opens_at", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="round_lasts"),
        )

    def __str__(self) -> str:
        """The name."""
        return self.name


class Sheet(models.Model):
    """What one unit reports in a round: an owner for all units, or a unit for itself, checked by its lead."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="sheets")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="sheets")
    side = models.CharField(max_length=10, choices=Side.choices)
    lead = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="led_sheets")
    version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="asked")
    first_saved_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    is_late = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("unit__code", "lead__code")
        constraints = (
            models.UniqueConstraint(
                fields=("round", "unit", "side", "lead", "version"), name="one_sheet_a_reporter"
            ),
        )

    def __str__(self) -> str:
        """Round and unit."""
        return f"{self.round_id}/{self.unit_id}"


def make_seal() -> str:
    """What makes a figure's digest say nothing about the figure: a short number is soon guessed."""
    return secrets.token_hex(16)


class Observation(models.Model):
    """One facet of one figure about one unit in one period; a locked one never changes, a correction is a new one.

    `value` is exact text; where there is none, `absence` says why, and both empty means not reported.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="observations")
    figure = models.CharField(max_length=80)
    facet = models.CharField(max_length=40)
    facet_name = models.CharField(max_length=60)
    indicator = models.CharField(max_length=40)
    indicator_name = models.CharField(max_length=200)
    measure = models.CharField(max_length=30, blank=True)
    position = models.PositiveIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="observations")
    period = models.CharField(max_length=10)
    vintage = models.CharField(max_length=12, choices=Vintage.choices)
    number = models.PositiveSmallIntegerField(default=1)
    value = models.CharField(max_length=60, blank=True)
    absence = models.CharField(max_length=20, choices=Absence.choices, blank=True)
    note = models.CharField(max_length=500, blank=True)
    seal = models.CharField(max_length=32, default=make_seal, editable=False)
    previous = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=12, choices=FigureState.choices, default=FigureState.DUE)
    entered_by = models.BigIntegerField(null=True)
    entered_at = models.DateTimeField(null=True)
    submitted_by = models.BigIntegerField(null=True)
    reviewed_by = models.BigIntegerField(null=True)
    signed_by = models.BigIntegerField(null=True)
    checked_by = models.BigIntegerField(null=True)
    approved_by = models.BigIntegerField(null=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("position", "unit__code", "number")
        indexes = (models.Index(fields=("unit", "state")),)
        constraints = (
            models.UniqueConstraint(
                fields=("figure", "facet", "unit", "period", "vintage", "number"),
                name="one_figure_asked_once",
            ),
            models.CheckConstraint(condition=Q(value="") | Q(absence=""), name="value_or_absence"),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("submitted_by")),
                name="reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(signed_by=None)
                | (~Q(signed_by=F("submitted_by")) & ~Q(signed_by=F("reviewed_by"))),
                name="signed_off_by_another",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None)
                | (
                    ~Q(approved_by=F("submitted_by"))
                    & ~Q(approved_by=F("reviewed_by"))
                    & ~Q(approved_by=F("signed_by"))
                ),
                name="approved_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(FigureState.APPROVED, FigureState.LOCKED))
                | (
                    Q(submitted_by__isnull=False)
                    & Q(reviewed_by__isnull=False)
                    & Q(signed_by__isnull=False)
                    & Q(approved_by__isnull=False)
                ),
                name="approved_went_all_the_way",
            ),
        )


class Contribution(models.Model):
    """Somebody who typed at a figure, ever; the database lets none of them review, sign off or approve it."""

    observation = models.ForeignKey(
        Observation, on_delete=models.PROTECT, related_name="contributions"
    )
    person = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("observation", "person"), name="one_contribution_a_person"
            ),
        )


class Step(models.Model):
    """Something done to a sheet or to one figure of it, by whom, in which post, on what content."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="steps")
    observation = models.ForeignKey(
        Observation, null=True, on_delete=models.PROTECT, related_name="steps"
    )
    kind = models.CharField(max_length=20)
    person = models.BigIntegerField()
    name = models.CharField(max_length=60)
    role = models.CharField(max_length=30)
    acting_for = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    digest = models.CharField(max_length=64, blank=True)
    reason = models.TextField(blank=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("id",)


class Extension(models.Model):
    """More time for one sheet, with its reason; every unit can see it after the close."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="extensions")
    until = models.DateTimeField()
    reason = models.CharField(max_length=300)
    granted_by = models.BigIntegerField()
    granted_by_name = models.CharField(max_length=60)
    granted_at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="extension_has_its_reason"),
        )


class CheckObjection(models.Model):
    """A unit that does not agree with a figure about itself, and what its owner answers."""

    observation = models.ForeignKey(
        Observation, on_delete=models.PROTECT, related_name="objections"
    )
    reason = models.TextField()
    raised_by = models.BigIntegerField()
    raised_by_name = models.CharField(max_length=60)
    raised_at = models.DateTimeField()
    answer = models.CharField(max_length=12, choices=Answer.choices, default=Answer.OPEN)
    answer_reason = models.TextField(blank=True)
    answered_by = models.BigIntegerField(null=True)
    answered_by_name = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("observation",), condition=Q(answer=Answer.OPEN), name="one_open_objection"
            ),
            models.CheckConstraint(
                condition=Q(answer=Answer.OPEN) | ~Q(answer_reason=""),
                name="answer_has_its_reason",
            ),
        )


class Correction(models.Model):
    """A locked figure replaced by another after the lock: a case with its reason, opened by one, confirmed by another."""

    old = models.OneToOneField(Observation, on_delete=models.PROTECT, related_name="correction")
    new = models.OneToOneField(
        Observation, null=True, on_delete=models.PROTECT, related_name="corrects"
    )
    reason = models.TextField()
    asked_by = models.BigIntegerField()
    asked_by_name = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    confirmed_by = models.BigIntegerField(null=True)
    confirmed_by_name = models.CharField(max_length=60, blank=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("asked_by")),
                name="correction_confirmed_by_another",
            ),
        )
