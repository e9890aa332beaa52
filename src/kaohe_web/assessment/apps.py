"""This column as Django sees it."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """What a scheme would say: rehearsal on the figures of last year."""

    name = "kaohe_web.assessment"
    label = "assessment"
    default_auto_field = "django.db.models.BigAutoField"
