"""The settings as Django sees them: what they must hold before the platform starts."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class SettingsConfig(AppConfig):
    """Registers the checks that `kaohe serve` asks before it starts; no tables."""

    name = "kaohe_web.config"
    label = "config"

    def ready(self) -> None:
        """Let `check --deploy` ask for every demand, and `--database` for what a database must keep."""
        from kaohe_web.config.checks import check_settings  # noqa: PLC0415 - settings must be ready
        from kaohe_web.config.durability import check_databases  # noqa: PLC0415 - the same

        register(check_settings, Tags.security, deploy=True)
        register(check_databases, Tags.database, deploy=True)
