"""What publishing told the public about a programme, for editors."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from conference.admin.base import ConferenceAdminView
from conference.models import ScheduleChange

PER_PAGE = 50


class ChangesView(ConferenceAdminView, TemplateView):
    """The list of changes, the latest first."""

    template_name = "conference/admin/changes.html"
    page_title = gettext_lazy("Changes the public was told")
    header_icon = "history"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of changes."""
        changes = ScheduleChange.objects.filter(conference_id=self.conference.public_id)
        page = Paginator(changes, PER_PAGE).get_page(self.request.GET.get("p"))
        return {
            **super().get_context_data(**kwargs),
            "conference": self.conference,
            "zone": self.conference.zone,
            "changes": page,
        }
