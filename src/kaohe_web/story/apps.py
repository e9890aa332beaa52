"""The story as Django sees it: no tables, one command."""

from django.apps import AppConfig


class StoryConfig(AppConfig):
    """The seeded district."""

    name = "kaohe_web.story"
    label = "story"
