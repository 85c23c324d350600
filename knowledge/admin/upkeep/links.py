"""Links to other sites in the admin: what does not work, where it stands, and what to do about it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages

from knowledge.admin.permitted import PER_PAGE, PermittedView
from knowledge.models import CheckedLink, LinkState
from knowledge.queries.links import links_to_look_at
from knowledge.services.link_uses import replace_everywhere
from nexsm.base import items

PERMISSION = "knowledge.change_checkedlink"
LONGEST_SEARCH = 200
REASONS = {
    "unknown_host": gettext_lazy("the server does not exist"),
    "timeout": gettext_lazy("no answer in time"),
    "tls": gettext_lazy("no valid certificate"),
    "unreachable": gettext_lazy("cannot be reached"),
    "garbled": gettext_lazy("an answer nobody can read"),
    "too_many_redirects": gettext_lazy("leads in a circle"),
    "refused": gettext_lazy("not in the public internet"),
}


class ReplaceForm(forms.Form):
    """Another address for all places."""

    new_url = forms.URLField(
        label=gettext_lazy("New address"), max_length=1000, assume_scheme="https"
    )


class ArchiveForm(forms.Form):
    """The address of a copy somebody has found."""

    archived_url = forms.URLField(
        label=gettext_lazy("Archived copy"),
        max_length=1000,
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy(
            "An address you have found yourself. It is shown beside a broken link."
        ),
    )


def broken_links() -> int:
    """How many links are broken."""
    return links_to_look_at(LinkState.BROKEN, "").count()


def reason_of(link: CheckedLink) -> str:
    """What the server answered, in words."""
    if link.reason.isdigit():
        return _("Status %(status)s") % {"status": link.reason}
    return str(REASONS.get(link.reason, link.reason))


class LinkListView(PermittedView, TemplateView):
    """Broken links first; ``?state=`` chooses, ``?q=`` searches."""

    permission = PERMISSION
    template_name = "knowledge/admin/upkeep/links.html"
    page_title = gettext_lazy("Links to other sites")
    header_icon = "link"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of links."""
        query = self.request.GET.copy()
        query.pop("p", None)
        state = query.get("state", LinkState.BROKEN)
        state = state if state in LinkState.values else ""
        text = query.get("q", "").replace("\0", "")[:LONGEST_SEARCH].strip()
        page = Paginator(links_to_look_at(state, text), PER_PAGE).get_page(
            self.request.GET.get("p")
        )
        return {
            **super().get_context_data(**kwargs),
            "page": page,
            "rows": [{"link": link, "reason": reason_of(link)} for link in page],
            "states": LinkState.choices,
            "state": state,
            "text": text,
            "query": query.urlencode(),
        }


class LinkView(PermittedView, TemplateView):
    """One address: where it stands, another one in its place, an archived copy."""

    permission = PERMISSION
    template_name = "knowledge/admin/upkeep/link.html"
    page_title = gettext_lazy("Link")
    header_icon = "link"

    @cached_property
    def link(self) -> CheckedLink:
        """The link of the address. Raises Http404."""
        return get_object_or_404(CheckedLink, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The link, its uses and both forms."""
        return {
            "replace_form": ReplaceForm(),
            "archive_form": ArchiveForm(initial={"archived_url": self.link.archived_url}),
            **super().get_context_data(**kwargs),
            "link": self.link,
            "reason": reason_of(self.link),
            "uses": [_use(use, self.editor) for use in self.link.uses.all()],
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """Replace, or keep the archived copy; back to the form with what was typed if it is wrong."""
        if "replace" in request.POST:
            form: forms.BaseForm = ReplaceForm(request.POST)
            if form.is_valid():
                return self.replace(form.cleaned_data["new_url"])
            return self.render_to_response(self.get_context_data(replace_form=form))
        archive = ArchiveForm(request.POST)
        if not archive.is_valid():
            return self.render_to_response(self.get_context_data(archive_form=archive))
        self.link.archived_url = archive.cleaned_data["archived_url"]
        self.link.save(update_fields=["archived_url"])
        messages.success(request, _("The archived copy is noted."))
        return HttpResponseRedirect(request.path)

    def replace(self, new_url: str) -> HttpResponse:
        """Put another address everywhere and say what was changed."""
        result = replace_everywhere(link=self.link, new_url=new_url, by=self.editor)
        if result.changed:
            text = ngettext(
                "%(number)s item has the new address.",
                "%(number)s items have the new address.",
                len(result.changed),
            )
            messages.success(self.request, text % {"number": len(result.changed)})
        if result.refused:
            titles = ", ".join(result.refused[:10])
            messages.warning(
                self.request,
                _("Not changed, because it is locked, or not yours to publish: %(titles)s")
                % {"titles": titles},
            )
        return HttpResponseRedirect(
            self.request.path if self.link.uses.exists() else reverse("nexsm_links")
        )


def _use(use: Any, editor: Any) -> dict[str, Any]:
    kind = items.kind_named(use.kind)
    item = kind.get(use.item_key) if kind else None
    known = kind is not None and item is not None
    return {
        "title": use.title,
        "place": use.place,
        "edit_url": kind.edit_url_of(item) if kind and known else "",
        "may_change": bool(kind and known and kind.may_change_links(item, editor)),
    }
