"""The results page, suggestions, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.conf import settings
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
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext as _, ngettext
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from nexsm.base.filters import active_filters
from search.asking import SearchRequest
from search.cards import HitCard, cards
from search.engines.base import MAX_WINDOW
from search.facets import KIND_LABELS
from search.forms import FILTERS, lenient_request
from search.missing import MissingForm, ReportLimitReachedError, report
from search.query.parse import MAX_CHARACTERS
from search.service import ResultPage, run
from search.suggest import Suggestion, suggest
from search.ways_on import ways_on

MAX_TITLE_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class ResultsContext:
    """The page of results as the template shows it."""

    hits: list[HitCard]
    total: int
    took_ms: int
    did_you_mean: str | None
    relaxed: bool


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Search results as a plain page: any address answers, whatever stands in it.

    For visitors it travels packed, a quarter of the size: it is mostly boxes and labels. For people
    who are signed in it may hold secrets, which packing together with words of the address betrays.
    """
    answer = _results if request.user.is_authenticated else _packed_results
    return answer(request)


def _results(request: HttpRequest) -> HttpResponse:
    language = _ui_language()
    wanted = lenient_request(request.GET, language)
    page = run(wanted, request.user)
    response = render(request, "search/results.html", _context(request, wanted, page, language))
    response["X-Robots-Tag"] = "noindex"
    return response


_packed_results = gzip_page(_results)


def _context(
    request: HttpRequest, wanted: SearchRequest, page: ResultPage, language: str
) -> dict[str, Any]:
    text = wanted.text[:MAX_CHARACTERS]
    search_url = reverse("search:results")
    chips = active_filters(request, page.facets)
    state = _state(wanted, text)
    reset = QueryDict(mutable=True)
    if text:
        reset["q"] = text
    paginator = Paginator(range(min(page.total, MAX_WINDOW)), page.page_size)
    return {
        "q": text,
        "page_title": _title(page, text, is_plain=not state and page.number == 1),
        "page": ResultsContext(
            hits=cards(page.hits, language),
            total=page.total,
            took_ms=page.took_ms,
            did_you_mean=page.did_you_mean,
            relaxed=page.relaxed,
        ),
        "page_obj": paginator.page(min(page.number, paginator.num_pages)),
        "page_number": page.number,
        "page_count": page.page_count,
        "is_cut": page.total > MAX_WINDOW and page.number == page.page_count,
        "total": page.total,
        "filters": page.facets,
        "active_filters": chips,
        "sort": page.sort,
        "chosen_sort": wanted.sort,
        "notice": page.notice,
        "search_url": search_url,
        "reset_url": _with(search_url, reset),
        "kept": [(name, value) for name, value in _pairs(state) if name != "q"],
        "permalink": f"{settings.BASE_URL}{_with(search_url, state)}",
        **(_nothing_found(request, wanted, page, chips) if not page.total else {}),
    }


def _nothing_found(
    request: HttpRequest, wanted: SearchRequest, page: ResultPage, chips: list[dict[str, str]]
) -> dict[str, Any]:
    """Ways on where nothing was found."""
    missing_url = reverse("search:missing")
    words = urlencode({"q": wanted.text[:MAX_CHARACTERS]})
    languages = [
        option for group in page.facets if group.name == "language" for option in group.options
    ]
    return {
        "ways": None if page.degraded else ways_on(wanted, request.GET, chips, languages),
        "missing_url": f"{missing_url}?{words}" if wanted.text else missing_url,
    }


def _title(page: ResultPage, text: str, *, is_plain: bool) -> str:
    """What was found, for the title of the browser's tab; empty where nothing was asked for."""
    if is_plain:
        return ""
    words = Truncator(text).chars(MAX_TITLE_CHARACTERS)
    if words:
        title = ngettext(
            "%(number)s result for “%(words)s”", "%(number)s results for “%(words)s”", page.total
        )
    else:
        title = ngettext("%(number)s result", "%(number)s results", page.total)
    title %= {"number": page.total, "words": words}
    if page.number > 1:
        title = _("%(title)s, page %(page)s") % {"title": title, "page": page.number}
    return title


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """Suggestions for the search field, for the script that enhances it.

    ``status`` is what a screen reader says, ``label`` the heading above items of a kind.
    """
    found = suggest(request.GET.get("q", ""), _ui_language(), request.user)
    response = JsonResponse(
        {
            "suggestions": [
                {
                    "text": item.text,
                    "kind": item.kind,
                    "label": _kind_label(item),
                    "url": item.url,
                    "language": item.language,
                }
                for item in found
            ],
            "status": ngettext(
                "%(number)s suggestion. Choose with the arrow keys.",
                "%(number)s suggestions. Choose with the arrow keys.",
                len(found),
            )
            % {"number": len(found)}
            if found
            else "",
        }
    )
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


def _kind_label(item: Suggestion) -> str:
    return _("Topics") if item.kind == "topic" else str(KIND_LABELS.get(item.kind, item.kind))


def _state(wanted: SearchRequest, text: str) -> QueryDict:
    """What makes this search, as an address: without the page, and without what is not said."""
    state = QueryDict(mutable=True)
    if text:
        state["q"] = text
    for name in FILTERS:
        if wanted.chosen.get(name):
            state.setlist(name, list(wanted.chosen[name]))
    years = {"year_from": wanted.year_from, "year_to": wanted.year_to}
    state.update({name: str(year) for name, year in years.items() if year is not None})
    if wanted.sort:
        state["sort"] = wanted.sort
    return state


def _pairs(state: QueryDict) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, values in state.lists() for value in values]


def _with(url: str, query: QueryDict) -> str:
    return f"{url}?{query.urlencode()}" if query else url


def _ui_language() -> str:
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]
