"""App configuration."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class BaseConfig(AppConfig):
    """Site pages, media, navigation."""

    name = "nexsm.base"
    label = "base"
    verbose_name = _("Site")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect the receivers."""
        # Receivers connect when they are imported, models can only be imported now.
        from wagtail.permissions import register_permission_policy  # noqa: PLC0415 - needs models

        from nexsm.base import (  # noqa: PLC0415
            cache_table,
            health,
            items,
            page_items,
            periodic,
            receivers,  # noqa: F401
            throttle,
        )
        from nexsm.base.admin import roles  # noqa: PLC0415 - needs loaded models
        from nexsm.base.mail import delivery  # noqa: PLC0415 - the same
        from nexsm.base.media import disk, holds, quarantine, sweeping  # noqa: PLC0415 - the same
        from nexsm.base.models import Document  # noqa: PLC0415 - the same

        # Permissions of all rooms exist when the signal comes to Django's own auth app.
        post_migrate.connect(roles.after_migrate, sender=apps.get_app_config("auth"))
        # For exactly this model: Wagtail registers its own policy later, for subclasses, too.
        register_permission_policy(Document, holds.file_policy(), exact_class=True)
        items.register(page_items.Pages())
        delivery.register()
        throttle.register()
        periodic.register("publish_scheduled", periodic.publish_scheduled, every=30)
        health.register("disk", disk.probe)
        health.register("virus_scanner", quarantine.waiting_probe)
        periodic.register("scan_waiting", quarantine.scan_waiting, every=60)
        periodic.register("cache_table", cache_table.forget_expired, every=3600)
        periodic.register("sweep_media", sweeping.sweep_and_log, every=3600)
