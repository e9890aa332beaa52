"""This column as Django sees it."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    """Awards, criticisms, accidents and claims, with document, level and date, checked once."""

    name = "kaohe_web.matters"
    label = "matters"
    default_auto_field = "django.db.models.BigAutoField"
