"""The results page, suggestions, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.core.paginator import Paginator
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    QueryDict,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from nexsm.base.filters import active_filters
from nexsm.base.languages import direction, language_name
from search.engines.base import MAX_WINDOW
from search.forms import lenient_request
from search.missing import MissingForm, ReportLimitReachedError, report
from search.query.parse import MAX_CHARACTERS
from search.service import ResultHit, run
from search.suggest import suggest
from search.ways_on import ways_on


@dataclass(frozen=True, slots=True)
class HitCard:
    """A result as the template shows it."""

    kind: str
    type_label: str
    title_html: SafeString
    snippet_html: SafeString
    url: str
    language: str
    language_dir: str
    language_label: str
    date: str
    is_example: bool


@dataclass(frozen=True, slots=True)
class ResultsContext:
    """The page of results as the template shows it."""

    hits: list[HitCard]
    total: int
    took_ms: int
    did_you_mean: str | None


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Search results as a plain page: any address answers, whatever stands in it."""
    language = _ui_language()
    wanted = lenient_request(request.GET, language)
    page = run(wanted, request.user)
    paginator = Paginator(range(min(page.total, MAX_WINDOW)), page.page_size)
    reset = QueryDict(mutable=True)
    if wanted.text:
        reset["q"] = wanted.text[:MAX_CHARACTERS]
    search_url = reverse("search:results")
    chips = active_filters(request, page.facets)
    context: dict[str, Any] = {
        "q": wanted.text[:MAX_CHARACTERS],
        "page": ResultsContext(
            hits=[_card(hit, language) for hit in page.hits],
            total=page.total,
            took_ms=page.took_ms,
            did_you_mean=page.did_you_mean,
        ),
        "page_obj": paginator.page(min(page.number, paginator.num_pages)),
        "page_number": page.number,
        "page_count": page.page_count,
        "total": page.total,
        "filters": page.facets,
        "active_filters": chips,
        "sort": page.sort,
        "notice": page.notice,
        "search_url": search_url,
        "reset_url": f"{search_url}?{reset.urlencode()}" if reset else search_url,
    }
    if not page.total:
        context["ways"] = None if page.degraded else ways_on(wanted, request.GET, chips)
        missing_url = reverse("search:missing")
        words = urlencode({"q": wanted.text[:MAX_CHARACTERS]})
        context["missing_url"] = f"{missing_url}?{words}" if wanted.text else missing_url
    response = render(request, "search/results.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """Suggestions for the search field, for the script that enhances it."""
    language = _ui_language()
    found = suggest(request.GET.get("q", ""), language, request.user)
    items = [
        {"text": item.text, "kind": item.kind, "url": item.url, "language": item.language}
        for item in found
    ]
    response = JsonResponse({"suggestions": items})
    response["X-Robots-Tag"] = "noindex"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def missing(request: HttpRequest) -> HttpResponse:
    """Tell the editors what is missing. What was written stays in the form if it cannot be sent."""
    searched = request.GET.get("q", "").replace("\0", "")[:MAX_CHARACTERS]
    form = MissingForm(request.POST or None, initial={"query": searched})
    status = 200
    if request.method == "POST" and form.is_valid():
        # The network address as far as proxies can be trusted; only its hash is kept, for an hour.
        sender_key = str(get_adapter().get_client_ip(request))
        try:
            report(**form.values(), language=_ui_language(), sender_key=sender_key)
        except ReportLimitReachedError as limit:
            form.add_error(None, str(limit))
            status = 429
        else:
            return HttpResponseRedirect(f"{request.path}?sent=1")
    context = {"form": form, "sent": request.GET.get("sent") == "1"}
    response = render(request, "search/missing.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def _ui_language() -> str:
    return (get_language() or "de").split("-")[0]


def _card(hit: ResultHit, ui_language: str) -> HitCard:
    item = hit.item
    differs = item.language.split("-")[0] != ui_language
    return HitCard(
        kind=item.kind,
        type_label=item.type_label,
        title_html=hit.title_html,
        snippet_html=hit.snippet_html,
        url=item.url,
        language=item.language,
        language_dir=direction(item.language),
        language_label=language_name(item.language, ui_language) if differs else "",
        date=_shown(item.shown_date),
        is_example=item.is_example,
    )


def _shown(day: date | int | None) -> str:
    if isinstance(day, date):
        return date_format(day)
    return str(day) if day else ""
