"""This column as Django sees it."""

from django.apps import AppConfig


class SchemesConfig(AppConfig):
    """What is assessed and how: drafts, findings, consultation, adoption, amendment, targets."""

    name = "kaohe_web.schemes"
    label = "schemes"
    default_auto_field = "django.db.models.BigAutoField"
