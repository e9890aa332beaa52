"""The audit log as Django sees it."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Events that nobody can change unnoticed."""

    name = "kaohe_web.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
