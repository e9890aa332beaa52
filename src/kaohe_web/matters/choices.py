"""Closed lists of matters."""

from django.db import models

from kaohe_web.foundation.labels import label


class MatterKind(models.TextChoices):
    """What sort of fact it is."""

    AWARD = "award", label("表彰奖励", "award")
    CRITICISM = "criticism", label("通报批评", "criticism")
    ACCIDENT = "accident", label("事故事件", "accident")
    CLAIM = "claim", label("加分申报", "claim")


class MatterState(models.TextChoices):
    """How far a matter has come."""

    FILED = "filed", label("已申报", "filed")
    CHECKED = "checked", label("已审核", "checked")
    COUNTED = "counted", label("已认定", "counted")
    REFUSED = "refused", label("不予认定", "refused")
    WITHDRAWN = "withdrawn", label("已撤回", "withdrawn")


class StepKind(models.TextChoices):
    """What was done to a matter."""

    FILE = "file", label("申报", "filed")
    AMEND = "amend", label("修改", "amended")
    CHECK = "check", label("审核通过", "checked")
    COUNT = "count", label("认定", "counted")
    REFUSE = "refuse", label("不予认定", "refused")
    WITHDRAW = "withdraw", label("撤回", "withdrawn")


STANDING = (MatterState.FILED, MatterState.CHECKED, MatterState.COUNTED)
"""States in which a fact is taken: it cannot be filed again."""

ENDED = (MatterState.COUNTED, MatterState.REFUSED, MatterState.WITHDRAWN)
"""States that never change again."""

BY_HAND = (StepKind.FILE, StepKind.AMEND)
"""Steps after which one neither checks nor decides the matter."""
