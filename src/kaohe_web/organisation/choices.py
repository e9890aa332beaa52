"""Closed lists of the organisation."""

from django.db import models


class UnitKind(models.TextChoices):
    """What sort of organisation a unit is."""

    TOWN = "town", "区镇"
    DEPARTMENT = "department", "部门"
    ENTERPRISE = "enterprise", "国企"
    OTHER = "other", "其他"


class Participation(models.TextChoices):
    """How a unit takes part in a year's assessment; anything but ranked has its reason."""

    RANKED = "ranked", "参评"
    LISTED_APART = "listed_apart", "单列"
    UNGRADED = "ungraded", "不定等次"
    EXEMPT = "exempt", "不参评"
