"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConferenceConfig(AppConfig):
    """Conferences."""

    name = "conference"
    label = "conference"
    verbose_name = _("Conferences")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect receivers and offer what the home page asks for."""
        # Models can only be imported once all apps are loaded.
        from conference import receivers  # noqa: PLC0415
        from conference.queries.links import links_to  # noqa: PLC0415
        from conference.services import files, offers, privacy, public_items  # noqa: PLC0415
        from conference.services.schedule_import import delete_old_uploads  # noqa: PLC0415
        from conference.views.documenting import member_links  # noqa: PLC0415
        from conference.views.home import home_content  # noqa: PLC0415
        from nexsm.base import (  # noqa: PLC0415
            home,
            items,
            linked_from,
            members_area,
            periodic,
        )
        from nexsm.base.admin import roles  # noqa: PLC0415
        from nexsm.base.media import holds, publicity  # noqa: PLC0415

        receivers.connect()
        home.register(home_content)
        linked_from.register(links_to)
        items.register(public_items.People())
        # A live page may hold items that must not be shown yet.
        publicity.leave_to_room(files.DOCUMENTATION_PATH)
        publicity.register(files.document_is_public)
        publicity.register(files.document_is_offered)
        holds.keep_private(files.files_of_forms_not_sent)
        holds.need(files.offers_that_need)
        members_area.register(member_links)
        periodic.register("begun_documentation", offers.forget_begun, every=3600)
        periodic.register("old_schedules", delete_old_uploads, every=3600)
        privacy.register_all()
        roles.register("conference.Person", "conference.Venue")
        roles.register("conference.DocumentationOffer", actions=("view", "change"))
