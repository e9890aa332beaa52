"""Closed lists of the organisation."""

from django.db import models

from kaohe_web.foundation.labels import label


class UnitKind(models.TextChoices):
    """What sort of organisation a unit is."""

    TOWN = "town", label("区镇", "town")
    DEPARTMENT = "department", label("部门", "department")
    ENTERPRISE = "enterprise", label("国企", "enterprise")
    OTHER = "other", label("其他", "other")


class Participation(models.TextChoices):
    """How a unit takes part in a year's assessment; anything but ranked has its reason."""

    RANKED = "ranked", label("参评", "ranked")
    LISTED_APART = "listed_apart", label("单列", "listed apart")
    UNGRADED = "ungraded", label("不定等次", "ungraded")
    EXEMPT = "exempt", label("不参评", "exempt")


class ChangeKind(models.TextChoices):
    """How units came out of others."""

    MERGE = "merge", label("合并", "merged")
    SPLIT = "split", label("分立", "split")
    RENAME = "rename", label("更名", "renamed")
    MOVE = "move", label("调整隶属", "moved")
    CREATE = "create", label("新设", "created")
    CLOSE = "close", label("撤销", "closed")


class StaffCategory(models.TextChoices):
    """Which staff a headcount counts."""

    CIVIL = "civil", label("行政", "civil servants")
    PARALLEL = "parallel", label("参公", "administered as civil servants")
    PUBLIC = "public", label("事业", "public institution")
    OTHER = "other", label("其他", "others")
