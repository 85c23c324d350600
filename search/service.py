"""Searching: a request in, a page of results out. Never an exception because of the engine."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.contrib.auth.models import AnonymousUser
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from nexsm.base.filters import FilterGroup
from search import highlight, marks, shown, sources
from search.analysis import placed_words
from search.asking import Answer, Search, SearchRequest, ask, understand
from search.breaker import breaker
from search.engines import Engine, EngineUnavailable, Hit, get_engine
from search.engines.base import MAX_WINDOW, Sort
from search.facets import groups
from search.files import hits as files
from search.marks import StoredText
from search.query.build import BuildOptions, build
from search.sight import SightOf
from search.sources.base import Found, Viewer

logger = logging.getLogger(__name__)

MAX_PAGE_SIZE = 100


@dataclass(frozen=True, slots=True)
class ResultHit:
    """One result, with marks in title and snippet (safe HTML).

    ``file_label`` and ``file_page`` say where in a file the snippet stands, if it stands in one.
    """

    item: Found
    title_html: SafeString
    snippet_html: SafeString
    score: float = 0.0
    file_label: str = ""
    file_page: int | None = None


@dataclass(frozen=True, slots=True)
class ResultPage:
    """One page of results.

    ``relaxed``: hits may lack some of the words, because few have all. ``degraded``: the database
    answered, because the engine could not.
    """

    hits: list[ResultHit]
    total: int
    number: int
    page_size: int
    sort: Sort
    facets: list[FilterGroup]
    engine: str
    took_ms: int = 0
    did_you_mean: str | None = None
    relaxed: bool = False
    degraded: bool = False
    notice: str = ""

    @property
    def page_count(self) -> int:
        """How many pages can be turned to."""
        reachable = min(self.total, MAX_WINDOW)
        return max(1, math.ceil(reachable / self.page_size))


def run(request: SearchRequest, viewer: Viewer) -> ResultPage:
    """Search. What the viewer may not see is never in the hits, whatever the index holds.

    A page beyond the last answers with the last one. If the engine cannot answer, the database does.
    """
    started = time.perf_counter()
    search = understand(request)
    engine = get_engine()
    result = _try_engine(search, viewer, engine) if breaker.allows else None
    if result is None:
        result = _from_database(search, viewer, engine)
    return replace(result, took_ms=round((time.perf_counter() - started) * 1000))


def count(request: SearchRequest) -> int | None:
    """How much a search finds, as a visitor is shown it; None if the engine cannot answer now."""
    if not breaker.allows:
        return None
    search = understand(replace(request, facets=(), page_size=1, page=1))
    try:
        answer = ask(get_engine(), search, SightOf(AnonymousUser()))
    except EngineUnavailable:
        return None
    return answer.page.total


def _try_engine(search: Search, viewer: Viewer, engine: Engine) -> ResultPage | None:
    """The engine's answer, or None if it cannot answer now."""
    try:
        answer = ask(engine, search, SightOf(viewer))
    except EngineUnavailable as error:
        if engine.name != "null":
            breaker.failed()
            logger.warning("Search answered by the database: %s", error)
        return None
    breaker.worked()
    return _from_engine(answer, viewer, engine)


def _from_engine(answer: Answer, viewer: Viewer, engine: Engine) -> ResultPage:
    search, page, meaning = answer.search, answer.page, answer.meaning
    return ResultPage(
        hits=_shown(page.hits, answer.found, highlight.wanted_in(answer.tree), viewer),
        total=page.total,
        number=search.request.page,
        page_size=search.request.page_size,
        sort=search.sort,
        facets=groups(page.facets, search.request.chosen, search.years),
        engine=engine.name,
        did_you_mean=meaning.correction.text if meaning.correction else None,
        relaxed=meaning.relaxed,
    )


def _shown(
    hits: Sequence[Hit], found: Mapping[str, Found], wanted: highlight.Wanted, viewer: Viewer
) -> list[ResultHit]:
    """The hits the viewer may see, as they are in the database now.

    The texts kept with the index save reading and analysing the item's own, as long as they are the same.
    """
    kept = {
        key: text for key, text in shown.load(list(found)).items() if _is_current(text, found[key])
    }
    others = sources.texts([key for key in found if key not in kept], viewer)
    terms = marks.sought(wanted.keys)
    results = []
    sought = []
    for hit in hits:
        item = found.get(hit.key)
        if item is None:
            continue
        stored = kept.get(hit.key)
        body = others.get(hit.key, "")
        results.append(
            _hit_from_kept(item, stored, terms, wanted, hit.score)
            if stored is not None
            else _hit(item, body, wanted, hit.score)
        )
        missing = _missing(item, stored, body, wanted) if item.files else ()
        if missing:
            sought.append(files.Sought(item.key, missing, item.files, item.language))
    return _with_files(results, files.find(sought, wanted))


def _missing(
    item: Found, stored: StoredText | None, body: str, wanted: highlight.Wanted
) -> tuple[highlight.WantedWord, ...]:
    """The words of the query that the item's own texts do not hold."""
    words = [word for word in wanted.words if stored is None or not stored.holds(word)]
    texts = [item.other_text]
    if stored is None:
        texts += [item.title, item.summary, body]
    for text in texts:
        placed = placed_words(text, item.language) if words else []
        words = [word for word in words if not files.stands_in(word, placed)]
    return tuple(words)


def _with_files(
    results: Sequence[ResultHit], found: Mapping[str, files.FileHit]
) -> list[ResultHit]:
    """The hits, with the piece of a file where that shows more of what was searched for."""
    shown_hits = []
    for hit in results:
        place = found.get(hit.item.key)
        if place is None:
            shown_hits.append(hit)
            continue
        snippet = hit.snippet_html if place.snippet_html is None else place.snippet_html
        shown_hits.append(
            replace(hit, snippet_html=snippet, file_label=place.file.label, file_page=place.page)
        )
    return shown_hits


def _is_current(stored: StoredText, item: Found) -> bool:
    return (
        not stored.is_cut
        and stored.version == item.version
        and stored.title == item.title
        and (not stored.summary or stored.summary == item.summary)
    )


def _hit_from_kept(
    item: Found,
    stored: StoredText,
    terms: Sequence[bytes],
    wanted: highlight.Wanted,
    score: float,
) -> ResultHit:
    title, summary, body = stored.spans(terms)
    texts = [(stored.summary, summary), (stored.body, body)]
    if item.other_text:
        other = highlight.spans(item.other_text, item.language, wanted)
        # Where the summary is the beginning of the running text, that comes first.
        texts.insert(2 if item.summary and not stored.summary else 1, (item.other_text, other))
    return ResultHit(
        item=item,
        title_html=highlight.marked(item.title, title),
        snippet_html=highlight.piece_of(texts),
        score=score,
    )


def _hit(item: Found, body: str, wanted: highlight.Wanted, score: float = 0.0) -> ResultHit:
    return ResultHit(
        item=item,
        title_html=highlight.title(item.title, item.language, wanted),
        snippet_html=highlight.snippet(
            [item.summary, item.other_text, body], item.language, wanted
        ),
        score=score,
    )


def _from_database(search: Search, viewer: Viewer, engine: Engine) -> ResultPage:
    """The same question to the database: plain words, no ranking, no counts."""
    words = [clause.text for clause in search.query.clauses if not clause.is_excluded]
    low, high = search.years
    chosen = dict(search.request.chosen)
    chosen.update({"year_from": (str(low),)} if low is not None else {})
    chosen.update({"year_to": (str(high),)} if high is not None else {})
    items = sources.fallback(words, chosen, viewer)
    if search.sort == "title":
        items.sort(key=lambda item: item.title.casefold())
    size = search.request.page_size
    number = search.request.page
    if search.request.clamp:
        number = min(number, max(1, math.ceil(len(items) / size)))
    wanted = highlight.wanted_in(build(search.query, BuildOptions(search.languages)))
    page = items[(number - 1) * size : number * size]
    bodies = sources.texts([item.key for item in page], viewer)
    return ResultPage(
        hits=[_hit(item, bodies.get(item.key, ""), wanted) for item in page],
        total=len(items),
        number=number,
        page_size=size,
        sort=search.sort,
        facets=groups({}, search.request.chosen, search.years),
        engine=engine.name,
        degraded=True,
        notice=_(
            "The search works in a simple way at the moment: it finds exact words only. "
            "We are working on it."
        ),
    )
