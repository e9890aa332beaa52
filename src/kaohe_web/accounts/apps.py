"""Accounts as Django sees them."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who signs in, and in which posts they act."""

    name = "kaohe_web.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
