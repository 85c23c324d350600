"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BaseConfig(AppConfig):
    """Site pages, media, navigation."""

    name = "nexsm.base"
    label = "base"
    verbose_name = _("Site")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect the receivers."""
        from nexsm.base import periodic, receivers  # noqa: F401, PLC0415 - registration by import

        periodic.register("publish_scheduled", periodic.publish_scheduled, every=30)
