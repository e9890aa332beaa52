"""Closed lists of assessment."""

from django.db import models

from kaohe_web.foundation.labels import label


class RehearsalState(models.TextChoices):
    """How far a rehearsal has come."""

    QUEUED = "queued", label("待试算", "queued")
    RUNNING = "running", label("试算中", "running")
    DONE = "done", label("已完成", "done")
    STOPPED = "stopped", label("已停止", "stopped")
    FAILED = "failed", label("未能试算", "failed")


class Origin(models.TextChoices):
    """Where a snapshot's figures come from."""

    IMPORTED = "imported", label("导入", "imported")
    COLLECTED = "collected", label("填报", "collected")


UNFINISHED = (RehearsalState.QUEUED, RehearsalState.RUNNING)
"""The states in which a rehearsal can still be stopped."""
