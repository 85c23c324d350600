"""A panel of the edit forms that says what is odd in the programme."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel


class ConflictsPanel(Panel):
    """Warnings about the saved draft: two things at once, wrong days. They never stop anybody."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "conference/admin/conflicts_panel.html"

        def is_shown(self) -> bool:
            """Only for pages that exist: a new one meets nothing yet."""
            return bool(super().is_shown() and self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The conflicts of the whole conference, or those this session is part of."""
            from conference.models import ConferencePage  # noqa: PLC0415 - it uses this panel
            from conference.queries.drafts import draft_programme  # noqa: PLC0415 - see routing

            page = self.instance
            is_conference = isinstance(page, ConferencePage)
            conference = page if is_conference else page.get_parent().specific
            conflicts = draft_programme(conference).conflicts()
            if not is_conference:
                conflicts = [item for item in conflicts if item.concerns(page.pk)]
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "conflicts": conflicts, "conference_id": conference.pk}
