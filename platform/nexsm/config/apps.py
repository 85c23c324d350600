"""The ceiling room as a Django app: it only brings the system checks."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Registers the project's own system checks."""

    name = "nexsm.config"
    label = "config"
    verbose_name = "NexSM configuration"

    def ready(self) -> None:
        """Import the checks so that Django knows them."""
        from nexsm.config import checks  # noqa: F401, PLC0415 - registration by import
