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
        """Connect the receivers, say what the floor holds of people and how long."""
        from nexsm.accounts import receivers, retention  # noqa: F401, PLC0415 - needs loaded models
        from nexsm.accounts.privacy import floor  # noqa: PLC0415 - the same
        from nexsm.base import periodic  # noqa: PLC0415 - the same

        floor.register_all()
        retention.register_all()
        periodic.register("retention", retention.apply, every=6 * 3600)
