"""The organisation as Django sees it."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """Units, persons and calendar."""

    name = "kaohe_web.organisation"
    label = "organisation"
    default_auto_field = "django.db.models.BigAutoField"
