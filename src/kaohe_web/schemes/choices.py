"""Closed lists of schemes."""

from django.db import models

from kaohe_web.foundation.labels import label


class VersionState(models.TextChoices):
    """How far a version of a scheme has come."""

    DRAFT = "draft", label("草拟", "draft")
    CONSULTATION = "consultation", label("征求意见", "in consultation")
    ADOPTED = "adopted", label("已审定", "adopted")
    SUPERSEDED = "superseded", label("已被新版本替代", "superseded")
    WITHDRAWN = "withdrawn", label("已撤回", "withdrawn")


class Answer(models.TextChoices):
    """What a unit says to an indicator in consultation."""

    AGREE = "agree", label("同意", "agrees")
    OBJECT = "object", label("有异议", "objects")


class Reply(models.TextChoices):
    """What the office makes of an objection."""

    ACCEPTED = "accepted", label("采纳", "accepted")
    KEPT = "kept", label("不采纳", "kept as it is")


class Decision(models.TextChoices):
    """How a request to lower a target ended."""

    PENDING = "pending", label("待决定", "pending")
    GRANTED = "granted", label("同意调整", "granted")
    REFUSED = "refused", label("不同意", "refused")


FROZEN = (VersionState.ADOPTED, VersionState.SUPERSEDED)
"""The states in which a document never changes again."""
