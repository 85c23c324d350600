"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Accounts."""

    name = "nexsm.accounts"
    label = "accounts"
    verbose_name = _("Accounts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect the receivers, and say what the floor holds of people."""
        from nexsm.accounts import receivers  # noqa: F401, PLC0415 - registration by import
        from nexsm.accounts.privacy import floor  # noqa: PLC0415 - needs loaded models

        floor.register_all()
