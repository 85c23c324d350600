"""What waits for a decision about people of organisations: claims and appeals."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from knowledge.admin.people.base import CLAIMS
from knowledge.admin.permitted import PER_PAGE, PermittedView
from knowledge.enums import RequestState
from knowledge.models import BlockAppeal, Claim


def waiting() -> int:
    """How many claims and appeals wait."""
    claims = Claim.objects.filter(state=RequestState.OPEN)
    return claims.count() + BlockAppeal.objects.filter(state=RequestState.OPEN).count()


class QueueView(PermittedView, TemplateView):
    """Open claims and appeals, oldest first; ``?all=1`` shows decided claims too, newest first."""

    permission = CLAIMS
    template_name = "knowledge/admin/people/queue.html"
    page_title = _("Claims and appeals")
    header_icon = "group"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of claims, and all open appeals."""
        show_all = self.request.GET.get("all") == "1"
        claims = Claim.objects.select_related("organisation", "user").prefetch_related("votes")
        if show_all:
            claims = claims.order_by("-created_at", "-pk")
        else:
            claims = claims.filter(state=RequestState.OPEN).order_by("created_at", "pk")
        appeals = BlockAppeal.objects.filter(state=RequestState.OPEN)
        return {
            **super().get_context_data(**kwargs),
            "claims": Paginator(claims, PER_PAGE).get_page(self.request.GET.get("p")),
            "appeals": appeals.select_related("organisation", "user").order_by("created_at", "pk"),
            "show_all": show_all,
            "query": "all=1" if show_all else "",
        }
