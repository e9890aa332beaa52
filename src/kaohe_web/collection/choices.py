"""Closed lists of collection."""

from django.db import models

from kaohe_web.foundation.labels import label


class RoundState(models.TextChoices):
    """How far a round has come; open and closed follow from the clock until it is locked."""

    PLANNED = "planned", label("未开启", "planned")
    OPEN = "open", label("填报中", "open")
    CLOSED = "closed", label("已截止", "closed")
    LOCKED = "locked", label("已锁定", "locked")


class Side(models.TextChoices):
    """Who fills a sheet: the owner for all units, or a unit for itself."""

    OWNER = "owner", label("数据来源单位", "owner")
    UNIT = "unit", label("考核对象", "assessed unit")


class FigureState(models.TextChoices):
    """The way of an observation."""

    DUE = "due", label("待报", "due")
    RETURNED = "returned", label("已退回", "returned")
    SUBMITTED = "submitted", label("已报", "submitted")
    REVIEWED = "reviewed", label("已审核", "reviewed")
    SIGNED_OFF = "signed_off", label("已签发", "signed off")
    CHECKED = "checked", label("已核对", "checked")
    APPROVED = "approved", label("已核定", "approved")
    LOCKED = "locked", label("已锁定", "locked")


ENTERED = (FigureState.DUE, FigureState.RETURNED)
"""The states in which a figure can still be typed."""

ORDER = [state.value for state in FigureState]
"""Every state, the earliest first."""


class Vintage(models.TextChoices):
    """Which of several figures for the same thing it is."""

    PRELIMINARY = "preliminary", label("快报", "preliminary")
    ANNUAL = "annual", label("年报", "annual")
    FINAL = "final", label("核定数", "final")


class Absence(models.TextChoices):
    """Why there is no figure; empty, not applicable, not due, refused and zero are five different things."""

    NOT_APPLICABLE = "not_applicable", label("不适用", "not applicable")
    NOT_DUE = "not_due", label("未到期", "not due")
    REFUSED = "refused", label("拒报", "refused")


class Answer(models.TextChoices):
    """What an owner answers to a unit that does not agree with a figure about itself."""

    OPEN = "open", label("待答复", "open")
    KEPT = "kept", label("维持", "kept")
    CORRECTING = "correcting", label("更正", "being corrected")
