"""What waits for a decision about people of organisations: claims and appeals."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from knowledge.admin.deciding import WaitingListView
from knowledge.admin.people.base import CLAIMS
from knowledge.enums import RequestState
from knowledge.models import BlockAppeal, Claim


def open_claims() -> QuerySet[Claim]:
    """Claims nobody has decided."""
    return Claim.objects.filter(state=RequestState.OPEN)


def open_appeals() -> QuerySet[BlockAppeal]:
    """Appeals against blocks nobody has decided."""
    return BlockAppeal.objects.filter(state=RequestState.OPEN)


class QueueView(WaitingListView):
    """Claims, and above them all open appeals."""

    permission = CLAIMS
    template_name = "knowledge/admin/people/queue.html"
    page_title = _("Claims and appeals")
    header_icon = "group"

    def everything(self) -> QuerySet[Claim]:
        """All claims."""
        claims = Claim.objects.select_related("organisation", "user")
        return claims.prefetch_related("votes")

    def waiting(self) -> QuerySet[Claim]:
        """Open claims."""
        return self.everything().filter(state=RequestState.OPEN)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of claims, and all open appeals."""
        appeals = open_appeals()
        return {
            **super().get_context_data(**kwargs),
            "appeals": appeals.select_related("organisation", "user").order_by("created_at", "pk"),
        }
