"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Search."""

    name = "search"
    label = "search"
    verbose_name = _("Search")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to the other rooms, report health, find similar items."""
        # Models can only be imported once all apps are loaded.
        from nexsm.base import file_notes, health as floor, similar as similar_floor  # noqa: PLC0415
        from nexsm.base.admin import roles  # noqa: PLC0415
        from search import labels, receivers, synonyms  # noqa: PLC0415
        from search.files.notes import notes  # noqa: PLC0415
        from search.health import health  # noqa: PLC0415
        from search.similar import similar_cards  # noqa: PLC0415

        receivers.connect()
        labels.connect()
        synonyms.connect()
        roles.register("search.SynonymGroup")
        # Visitors write these rows, editors take care of them.
        roles.register("search.MissingReport", actions=("change", "delete", "view"))
        floor.register("search", health)
        similar_floor.register(similar_cards)
        file_notes.register(notes)
