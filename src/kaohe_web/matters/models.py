"""Matters, who shares them, the evidence they rest on, and every step they took."""

from django.db import models
from django.db.models import F, Q

from kaohe_web.matters.choices import STANDING, MatterKind, MatterState, StepKind
from kaohe_web.organisation.models import Unit
from kaohe_web.schemes.models import Scheme


class Matter(models.Model):
    """One fact that counts under one indicator of a scheme: filed, checked, then counted or refused.

    `fact_key` is what makes it one fact: document, issuing body, date and item, without differences that
    only look like some. `share`s and `count` are exact text. `responsible` checks it; where that would be
    one of the units concerned, or nobody is known, it is empty and the office checks.
    """

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="matters")
    indicator = models.CharField(max_length=40)
    indicator_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=MatterKind.choices)
    title = models.CharField(max_length=200)
    document = models.CharField(max_length=100)
    item = models.CharField(max_length=60, blank=True)
    body = models.CharField(max_length=100)
    level = models.CharField(max_length=40, blank=True)
    level_name = models.CharField(max_length=60, blank=True)
    happened_on = models.DateField()
    count = models.CharField(max_length=20, default="1")
    note = models.TextField(blank=True)
    lead = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="led_matters")
    responsible = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="checked_matters"
    )
    fact_key = models.CharField(max_length=64)
    document_key = models.CharField(max_length=120, db_index=True)
    title_key = models.CharField(max_length=220, db_index=True)
    state = models.CharField(max_length=10, choices=MatterState.choices, default=MatterState.FILED)
    revision = models.PositiveIntegerField(default=1)
    filed_by = models.BigIntegerField()
    filed_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="filed_matters")
    filed_at = models.DateTimeField()
    checked_by = models.BigIntegerField(null=True)
    checked_unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    checked_digest = models.CharField(max_length=64, blank=True)
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    worth = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("-filed_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("scheme", "fact_key"),
                condition=Q(state__in=STANDING),
                name="one_fact_counts_once",
            ),
            models.CheckConstraint(
                condition=Q(checked_by=None) | ~Q(checked_by=F("filed_by")),
                name="matter_checked_by_another",
            ),
            models.CheckConstraint(
                condition=Q(checked_unit=None) | ~Q(checked_unit=F("lead")),
                name="matter_checked_by_another_unit",
            ),
            models.CheckConstraint(
                condition=~Q(state=MatterState.COUNTED)
                | (
                    Q(checked_by__isnull=False)
                    & Q(decided_by__isnull=False)
                    & ~Q(decided_by=F("filed_by"))
                    & ~Q(decided_by=F("checked_by"))
                ),
                name="matter_counted_by_a_third",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("filed_by"))
                | Q(state=MatterState.WITHDRAWN),
                name="matter_decided_by_another",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        """The title."""
        return self.title


class MatterShare(models.Model):
    """One unit's part of a matter; the parts of a matter add up to the whole."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="shares")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="matter_shares")
    share = models.CharField(max_length=20)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("matter", "unit"), name="one_share_a_unit"),)


class MatterStep(models.Model):
    """One step of a matter: who, in which post, on which content, why. Never changed."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind.choices)
    person = models.BigIntegerField()
    principal = models.BigIntegerField(null=True)
    name = models.CharField(max_length=60)
    role = models.CharField(max_length=30)
    unit_name = models.CharField(max_length=100, blank=True)
    acting_for = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("id",)
