"""What people of sessions offer for the documentation, for editors: one list, decided there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import ModelAdminURLFinder, register_admin_url_finder

from conference.models import DocumentationOffer
from conference.queries.own_sessions import waiting_offers
from conference.services import offers
from knowledge.admin.permitted import PER_PAGE, PermittedView
from nexsm.base.admin.dashboard import WaitingList, waiting_list

PERMISSION = "conference.change_documentationoffer"
LIST = "nexsm_documentation"


class DeclineForm(forms.Form):
    """Why something is not taken up."""

    reason = forms.CharField(
        label=gettext_lazy("Why not?"),
        max_length=1000,
        help_text=gettext_lazy("Whoever sent it reads this."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class OffersView(PermittedView, TemplateView):
    """What waits, oldest first. The buttons of an item lead back here (``pk``)."""

    permission = PERMISSION
    template_name = "conference/admin/offers.html"
    page_title = gettext_lazy("Documentation from sessions")
    header_icon = "doc-full"
    refused: tuple[int, DeclineForm] | None = None

    def post(self, request: HttpRequest, *args: Any, pk: int, **kwargs: Any) -> HttpResponse:
        """Take it up, or say no and why. Raises Http404."""
        offer = get_object_or_404(DocumentationOffer, pk=pk)
        form = DeclineForm(request.POST, prefix=str(pk))
        is_accepted = request.POST.get("decision") == "accept"
        if not is_accepted and not form.is_valid():
            self.refused = (pk, form)
            return self.get(request, *args, **kwargs)
        try:
            if is_accepted:
                self._accept(request, offer)
            else:
                reason = form.cleaned_data["reason"]
                offers.decline(offer=offer, by=self.editor, reason=reason)
                messages.success(request, _("The decision is noted."))
        except offers.OfferError as refusal:
            messages.warning(request, str(refusal))
        return HttpResponseRedirect(reverse(LIST))

    def _accept(self, request: HttpRequest, offer: DocumentationOffer) -> None:
        if offers.accept(offer=offer, by=self.editor):
            messages.success(request, _("It stands on the page of the session."))
            return
        edit_url = reverse("wagtailadmin_pages:edit", args=[offer.session_id])
        messages.info(
            request,
            _("It is in the draft of the session. Other changes wait there: publish the page."),
            buttons=[messages.button(edit_url, _("To the page"))],
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of offers, each with its form."""
        page = Paginator(waiting_offers(), PER_PAGE).get_page(self.request.GET.get("p"))
        refused = dict([self.refused]) if self.refused else {}
        rows = [
            (offer, refused.get(offer.pk) or DeclineForm(prefix=str(offer.pk))) for offer in page
        ]
        return {**super().get_context_data(**kwargs), "page": page, "rows": rows}


class OfferURLFinder(ModelAdminURLFinder):
    """Where an editor decides about an offer."""

    def get_edit_url(self, instance: DocumentationOffer) -> str | None:  # noqa: ARG002 - Wagtail's
        """The list, for whoever may work there."""
        may_work = self.user is None or self.user.has_perm(PERMISSION)
        return reverse(LIST) if may_work else None


register_admin_url_finder(DocumentationOffer, OfferURLFinder)


def lists(user: Any) -> list[WaitingList]:
    """What waits, for the first page of the admin."""
    if not user.has_perm(PERMISSION):
        return []
    label = gettext_lazy("Documentation from sessions")
    return [waiting_list(label, reverse(LIST), waiting_offers())]
