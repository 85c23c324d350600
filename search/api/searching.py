"""Search and suggestions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias
from urllib.parse import urljoin

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, JsonResponse
from django.utils.translation import override
from ninja import Query, Router
from ninja.errors import HttpError

from search.api.headers import public
from search.api.parameters import SearchParameters, SuggestParameters, refuse_unknown
from search.api.schemas import Problem, SearchAnswer, SuggestAnswer, Suggested
from search.asking import SearchRequest
from search.engines.base import MAX_WINDOW
from search.facets import FACET_LABELS
from search.forms import FILTERS
from search.service import ResultHit, ResultPage, run
from search.suggest import suggest

Answer: TypeAlias = dict[str, Any]

router = Router(tags=["search"])


@router.get("/search", response={200: SearchAnswer, 400: Problem}, summary="Search everything")
def search(request: HttpRequest, parameters: Query[SearchParameters]) -> Any:
    """Search all public items, with facets whose counts ignore their own filter."""
    refuse_unknown(request, SearchParameters)
    if parameters.page * parameters.page_size > MAX_WINDOW:
        raise HttpError(400, f"page: only the first {MAX_WINDOW} hits can be read")
    with override(parameters.lang):
        wanted = _wanted(parameters)
        page = run(wanted, AnonymousUser())
        return public(JsonResponse(_answer(request, page, wanted.facets)))


@router.get("/suggest", response={200: SuggestAnswer, 400: Problem}, summary="Suggest while typing")
def suggestions(request: HttpRequest, parameters: Query[SuggestParameters]) -> Any:
    """At most eight names that contain words beginning with all words typed so far."""
    refuse_unknown(request, SuggestParameters)
    with override(parameters.lang):
        found = suggest(parameters.q, parameters.lang, AnonymousUser())
    return SuggestAnswer(
        suggestions=[
            Suggested(text=item.text, kind=item.kind, url=request.build_absolute_uri(item.url))
            for item in found
        ]
    )


def _wanted(parameters: SearchParameters) -> SearchRequest:
    chosen = {name: tuple(dict.fromkeys(getattr(parameters, name))) for name in FILTERS}
    return SearchRequest(
        text=parameters.q,
        chosen={name: values for name, values in chosen.items() if values},
        year_from=parameters.year_from,
        year_to=parameters.year_to,
        sort=parameters.sort,
        page=parameters.page,
        page_size=parameters.page_size,
        ui_language=parameters.lang,
        facets=tuple(dict.fromkeys(parameters.facets or FACET_LABELS)),
        clamp=False,
    )


def _answer(request: HttpRequest, page: ResultPage, facets: Sequence[str]) -> Answer:
    """A `SearchAnswer`, written at once: to check each value of what we have made takes as long as the search."""
    root = request.build_absolute_uri("/")
    return {
        "total": page.total,
        "page": page.number,
        "page_size": page.page_size,
        "took_ms": page.took_ms,
        "engine": "database" if page.degraded else page.engine,
        "did_you_mean": page.did_you_mean,
        "relaxed": page.relaxed,
        "degraded": page.degraded,
        "hits": [_hit(hit, root) for hit in page.hits],
        "facets": {
            group.name: [
                {
                    "value": option.value,
                    "label": option.label,
                    "count": option.count,
                    "selected": option.selected,
                }
                for option in group.options
            ]
            for group in page.facets
            if group.name in facets
        },
    }


def _absolute(url: str, root: str) -> str:
    """What ``urljoin`` answers, which is slow, for the usual case: a path on this site."""
    is_path = url.startswith("/") and not url.startswith("//")
    return root[:-1] + url if is_path else urljoin(root, url)


def _hit(hit: ResultHit, root: str) -> Answer:
    item = hit.item
    return {
        "id": item.public_id,
        "import_id": item.import_id or None,
        "kind": item.kind,
        "type": item.type,
        "title": item.title,
        "title_html": hit.title_html,
        "snippet_html": hit.snippet_html,
        "language": item.language,
        "url": _absolute(item.url, root),
        "score": hit.score,
        "is_example": item.is_example,
        "file": {"label": hit.file_label, "page": hit.file_page} if hit.file_label else None,
    }
