"""Schemes and their versions, consultation, targets and requests to lower one."""

from django.db import models
from django.db.models import F, Q

from kaohe_web.organisation.models import Unit
from kaohe_web.schemes.choices import Answer, Decision, Reply, VersionState


class Scheme(models.Model):
    """What is assessed in one year, under one name, in however many versions."""

    year = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ("-year", "code")

    def __str__(self) -> str:
        """The name."""
        return self.name


class SchemeVersion(models.Model):
    """One version: sheets being written, or a document adopted and never changed again.

    While it is written its content stands in its sheets; `document`, the tree as the engine's YAML has it, and
    `digest`, the engine's digest of the scheme, are made by the adoption.
    """

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=20, choices=VersionState.choices, default=VersionState.DRAFT
    )
    basis = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="amended")
    reason = models.CharField(max_length=500, blank=True)
    effective_from = models.DateField(null=True)
    document = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    made_by = models.BigIntegerField()
    made_at = models.DateTimeField()
    edited_by = models.BigIntegerField()
    edited_at = models.DateTimeField()
    digest = models.CharField(max_length=64, blank=True)
    adopted_by = models.BigIntegerField(null=True)
    adopted_at = models.DateTimeField(null=True)
    body = models.CharField(max_length=100, blank=True)
    meeting = models.CharField(max_length=100, blank=True)
    minutes_number = models.CharField(max_length=60, blank=True)
    adopted_on = models.DateField(null=True)
    rehearsal_waived = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("scheme", "-number")
        constraints = (
            models.UniqueConstraint(fields=("scheme", "number"), name="one_version_a_number"),
            models.UniqueConstraint(
                fields=("scheme",),
                condition=Q(state=VersionState.ADOPTED),
                name="one_adopted_version_a_scheme",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(VersionState.ADOPTED, VersionState.SUPERSEDED))
                | (
                    ~Q(digest="")
                    & ~Q(body="")
                    & ~Q(meeting="")
                    & ~Q(minutes_number="")
                    & Q(adopted_by__isnull=False)
                ),
                name="adoption_is_recorded",
            ),
            models.CheckConstraint(
                condition=Q(adopted_by=None) | ~Q(adopted_by=F("edited_by")),
                name="adopter_did_not_edit_last",
            ),
        )

    def __str__(self) -> str:
        """Scheme and number."""
        return f"{self.scheme_id} v{self.number}"


class SchemeSheet(models.Model):
    """One sheet of a version's workbook form, with its heads."""

    version = models.ForeignKey(SchemeVersion, on_delete=models.CASCADE, related_name="sheets")
    name = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    heads = models.JSONField()

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("version", "name"), name="one_sheet_a_name"),
        )


class SchemeLine(models.Model):
    """One row of a sheet: its cells as text, under the sheet's heads; `revision` counts its changes."""

    sheet = models.ForeignKey(SchemeSheet, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    cells = models.JSONField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("position", "id")


class Consultation(models.Model):
    """One round of asking the units about a version, open until a moment."""

    version = models.ForeignKey(
        SchemeVersion, on_delete=models.PROTECT, related_name="consultations"
    )
    content_digest = models.CharField(max_length=64)
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    units = models.ManyToManyField(Unit, related_name="consultations")

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opened_at")), name="consultation_lasts"
            ),
        )


class ConsultationAnswer(models.Model):
    """One unit's word on one indicator; an empty code speaks of the scheme as a whole."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="answers")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=40, blank=True)
    answer = models.CharField(max_length=10, choices=Answer.choices)
    reason = models.TextField(blank=True)
    answered_by = models.BigIntegerField()
    answered_by_name = models.CharField(max_length=60)
    answered_at = models.DateTimeField()
    reply = models.CharField(max_length=10, choices=Reply.choices, blank=True)
    reply_reason = models.TextField(blank=True)
    replied_by = models.BigIntegerField(null=True)
    replied_by_name = models.CharField(max_length=60, blank=True)
    replied_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("indicator", "unit__code")
        constraints = (
            models.UniqueConstraint(
                fields=("consultation", "unit", "indicator"), name="one_answer_an_indicator"
            ),
            models.CheckConstraint(
                condition=Q(answer=Answer.AGREE) | ~Q(reason=""), name="objection_has_its_reason"
            ),
            models.CheckConstraint(
                condition=Q(reply="") | ~Q(reply_reason=""), name="reply_has_its_reason"
            ),
        )


class Target(models.Model):
    """What one unit is to reach under one indicator in one year; an earlier target stays, superseded."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="targets")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="targets")
    indicator = models.CharField(max_length=40)
    value = models.CharField(max_length=40)
    reason = models.CharField(max_length=300)
    set_by = models.BigIntegerField()
    set_by_name = models.CharField(max_length=60)
    set_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("indicator", "unit__code", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("scheme", "unit", "indicator"),
                condition=Q(superseded_at=None),
                name="one_target_stands",
            ),
        )


class TargetRequest(models.Model):
    """A unit's request to lower a target: a case with a deadline, decided by somebody else."""

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="requests")
    asked_value = models.CharField(max_length=40)
    reason = models.TextField()
    asked_by = models.BigIntegerField()
    asked_by_name = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.PENDING)
    decided_by = models.BigIntegerField(null=True)
    decided_by_name = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("target",),
                condition=Q(decision=Decision.PENDING),
                name="one_request_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                name="asker_does_not_decide",
            ),
        )
