"""The page of a person. Without her consent there is none, whatever the address."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from conference.queries import people_visible_to, person_context


@require_safe
def person(request: HttpRequest, public_id: UUID, slug: str = "") -> HttpResponse:
    """One person. Another slug leads to the right one. Raises Http404 without consent.

    Not 410: that somebody was here once is what a withdrawn consent takes back.
    """
    people = people_visible_to(request.user).select_related("photo", "biography_language")
    found = people.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    if found.slug != slug:
        return HttpResponsePermanentRedirect(found.get_absolute_url())
    return render(request, "conference/person_page.html", person_context(found, request.user))
