"""The pages as Django sees them: templates, tags, static files; no tables."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages over all columns."""

    name = "kaohe_web.web"
    label = "web"
