"""This column as Django sees it."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Files that prove a figure or a matter: bound by digest, kept apart from every served folder."""

    name = "kaohe_web.evidence"
    label = "evidence"
    default_auto_field = "django.db.models.BigAutoField"
