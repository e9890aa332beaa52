"""This column as Django sees it."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """What waits for a person: in the inbox and by mail, merged, never twice a day."""

    name = "kaohe_web.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"
