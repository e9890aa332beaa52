"""The foundation as Django sees it."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """The lowest column; its only table remembers what was done once."""

    name = "kaohe_web.foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"
