"""This column as Django sees it."""

from django.apps import AppConfig


class CollectionConfig(AppConfig):
    """Every figure asked once of its owner: rounds, sheets, review, sign-off, check, approval, lock."""

    name = "kaohe_web.collection"
    label = "collection"
    default_auto_field = "django.db.models.BigAutoField"
