"""The one table of the foundation: what was already done under a key."""

from django.db import models


class DoneOnce(models.Model):
    """A submission that took effect; the same key again finds its answer instead of doing it twice."""

    key = models.CharField(max_length=64, unique=True)
    action = models.CharField(max_length=80)
    person = models.BigIntegerField(null=True)
    body_digest = models.CharField(max_length=64)
    answer = models.JSONField(null=True)
    done_at = models.DateTimeField()
