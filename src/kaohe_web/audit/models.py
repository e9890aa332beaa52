"""Events, and the head of their chain. No foreign keys: the log blocks no deletion and vanishes with none."""

from django.db import models

from kaohe_web.audit.choices import Outcome


class Event(models.Model):
    """One thing that happened. Rows are only ever added; the database refuses to change or delete one."""

    number = models.BigIntegerField(unique=True)
    happened_at = models.DateTimeField()
    person = models.BigIntegerField(null=True)
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=30, blank=True)
    unit = models.BigIntegerField(null=True)
    unit_name = models.CharField(max_length=200, blank=True)
    acting_for = models.CharField(max_length=100, blank=True)
    address = models.CharField(max_length=45, blank=True)
    request = models.CharField(max_length=36, blank=True)
    action = models.CharField(max_length=80)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    subject = models.CharField(max_length=60, blank=True)
    subject_key = models.CharField(max_length=80, blank=True)
    subject_name = models.CharField(max_length=200, blank=True)
    before = models.CharField(max_length=64, blank=True)
    after = models.CharField(max_length=64, blank=True)
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("number",)
        indexes = (
            models.Index(fields=("subject", "subject_key")),
            models.Index(fields=("person", "number")),
            models.Index(fields=("action", "number")),
        )


class Head(models.Model):
    """The last event's number and digest; locking this one row is what keeps the chain a chain."""

    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64)
