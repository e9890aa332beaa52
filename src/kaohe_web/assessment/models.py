"""Snapshots of a year's data, and rehearsals of a draft on one of them."""

from django.db import models
from django.db.models import Q

from kaohe_web.assessment.choices import Origin, RehearsalState
from kaohe_web.schemes.models import SchemeVersion


class DataSnapshot(models.Model):
    """A year's figures and records as one whole, known by its digest; never changed after it is kept."""

    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="snapshots")
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    kept_by = models.BigIntegerField()
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ("-year", "-id")
        constraints = (
            models.UniqueConstraint(fields=("version", "digest"), name="snapshot_kept_once"),
        )

    def __str__(self) -> str:
        """Year and name."""
        return f"{self.year} {self.name}"


class Rehearsal(models.Model):
    """What a draft would have said on the figures of another year; for the office alone.

    `outcome` holds scores nobody has published: coverage, and moves where coverage reaches `least_coverage`
    (percent).
    """

    version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="rehearsals")
    content_digest = models.CharField(max_length=64)
    snapshot = models.ForeignKey(DataSnapshot, on_delete=models.PROTECT, related_name="rehearsals")
    least_coverage = models.PositiveSmallIntegerField(default=80)
    state = models.CharField(
        max_length=10, choices=RehearsalState.choices, default=RehearsalState.QUEUED
    )
    progress = models.PositiveSmallIntegerField(default=0)
    asked_by = models.BigIntegerField()
    asked_by_name = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    coverage = models.CharField(max_length=40, blank=True)
    engine = models.CharField(max_length=20, blank=True)
    outcome = models.JSONField(default=dict)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(least_coverage__lte=100), name="least_coverage_is_a_percentage"
            ),
        )

    def __str__(self) -> str:
        """Which draft on which figures."""
        return f"{self.version_id} × {self.snapshot}"
