"""Suggested changes in the admin: editors take them up, or thank and leave them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.admin import messages

from knowledge.admin.deciding import WaitingListView
from knowledge.admin.permitted import PermittedView
from knowledge.models import EditSuggestion, SuggestionState
from knowledge.services.suggestions import AlreadyDecidedError, decide
from nexsm.base import items

PERMISSION = "knowledge.change_editsuggestion"


def open_suggestions() -> QuerySet[EditSuggestion]:
    """Those nobody has decided about."""
    return EditSuggestion.objects.filter(state=SuggestionState.OPEN)


class SuggestionListView(WaitingListView):
    """Suggestions, each with its two buttons."""

    permission = PERMISSION
    template_name = "knowledge/admin/upkeep/suggestions.html"
    page_title = gettext_lazy("Suggested changes")
    header_icon = "edit"

    def everything(self) -> QuerySet[EditSuggestion]:
        """All suggestions."""
        return EditSuggestion.objects.all()

    def waiting(self) -> QuerySet[EditSuggestion]:
        """Those nobody has decided about."""
        return open_suggestions()


class SuggestionDecisionView(PermittedView):
    """The two buttons."""

    permission = PERMISSION

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Decide; a suggestion that is taken up leads on to the form. Raises Http404."""
        found = get_object_or_404(EditSuggestion, pk=pk)
        is_accepted = request.POST.get("decision") == "accept"
        answer = "" if is_accepted else request.POST.get("answer", "").strip()
        try:
            decide(suggestion=found, is_accepted=is_accepted, by=self.editor, answer=answer)
        except AlreadyDecidedError as refusal:
            messages.warning(request, str(refusal))
            return HttpResponseRedirect(reverse("nexsm_suggestions"))
        kind = items.kind_named(found.kind)
        item = kind.get(found.key) if kind else None
        if is_accepted and kind and item is not None:
            # It stands above the form, for the editor to work from.
            messages.info(
                request,
                _("Suggested by a visitor (%(part)s): %(text)s")
                % {"part": found.get_part_display(), "text": found.text},
            )
            return HttpResponseRedirect(kind.edit_url_of(item))
        messages.success(request, _("The decision is noted."))
        return HttpResponseRedirect(reverse("nexsm_suggestions"))
