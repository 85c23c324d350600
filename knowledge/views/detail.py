"""Pages of one resource or organisation."""

from __future__ import annotations

from typing import TypeVar

from allauth.account.adapter import get_adapter
from django.db.models import QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.forms.contact import ContactForm
from knowledge.models import Organisation, Resource
from knowledge.queries import (
    language_versions,
    organisation_for_page,
    organisations_visible_to,
    related_resources,
    resource_for_page,
    resources_for_cards,
    resources_of_organisation,
    resources_visible_to,
    tombstone_of,
)
from knowledge.queries.people import ways_in
from knowledge.services.contact import ContactLimitReachedError, send_message
from nexsm.base.gone import render_gone
from nexsm.base.linked_from import linked_from
from nexsm.base.sent_once import sent_once
from nexsm.base.similar import similar_items

T = TypeVar("T", Resource, Organisation)
MAX_ID = 2**63 - 1  # what the database's integers hold


@require_safe
def resource(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """One resource. Another slug leads to the right one; withdrawn answers 410."""
    found = _find(resource_for_page(resources_visible_to(request.user)), pk)
    if found is None:
        return _gone_or_404(request, "resource", pk)
    if found.slug != slug:
        return _moved(request, found)
    similar = similar_items(found, request)
    context = {
        "resource": found,
        "other_versions": language_versions(found, request.user),
        "linked_from": linked_from(found, request.user),
        "similar_items": similar,
        # Without the search, what shares the most topics.
        "similar_resources": [] if similar else related_resources(found, request.user),
    }
    return render(request, "knowledge/resource_detail.html", context)


@require_safe
def organisation(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """One organisation's profile. Another slug leads to the right one; withdrawn answers 410."""
    found = _find(organisation_for_page(organisations_visible_to(request.user)), pk)
    if found is None:
        return _gone_or_404(request, "organisation", pk)
    if found.slug != slug:
        return _moved(request, found)
    theirs = resources_of_organisation(found, request.user)
    context = {
        "organisation": found,
        "resources": resources_for_cards(theirs.order_by("-first_published_at", "-pk"))[:20],
        "linked_from": linked_from(found, request.user),
        "similar_items": similar_items(found, request),
        "ways_in": ways_in(found, request.user),
    }
    return render(request, "knowledge/organisation_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def organisation_contact(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """Write to an organisation without learning its address."""
    found = _find(organisations_visible_to(request.user), pk)
    if found is None or not found.can_be_contacted:
        raise Http404
    # Who has written something while the name changed must not lose it to a redirect.
    if found.slug != slug and request.method != "POST":
        return HttpResponseRedirect(
            reverse("knowledge:organisation_contact", args=[found.pk, found.slug])
        )
    form = ContactForm(request.POST or None)
    context = {"form": form, "organisation": found, "sent": request.GET.get("sent") == "1"}
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            send_message(organisation=found, message=form.message(), sender_key=_client(request))
        except ContactLimitReachedError as limit:
            form.add_error(None, str(limit))
            status = 429
        else:
            return HttpResponseRedirect(f"{request.path}?sent=1")
    return render(request, "knowledge/organisation_contact.html", context, status=status)


def _find(items: QuerySet[T], pk: int) -> T | None:
    return items.filter(pk=pk).first() if pk <= MAX_ID else None


def _gone_or_404(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    stone = tombstone_of(kind, pk) if pk <= MAX_ID else None
    if stone is None:
        raise Http404
    return render_gone(
        request,
        title=stone.title,
        withdrawn_at=stone.withdrawn_at,
        reason=stone.reason,
        successor_url=stone.successor,
    )


def _moved(request: HttpRequest, item: Resource | Organisation) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    url = item.get_absolute_url()
    return HttpResponsePermanentRedirect(f"{url}?{query}" if query else url)


def _client(request: HttpRequest) -> str:
    """Who writes, for the rate limit: the network address as far as proxies can be trusted."""
    return str(get_adapter().get_client_ip(request))
