"""Asking the engine: what was typed first, and if too little is found, what may have been meant."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils import timezone

from search import synonyms
from search.analysis.chain import primary
from search.engines import Engine, Page
from search.engines.base import MAX_WINDOW, Sort
from search.facets import FACET_LABELS, filters_for
from search.query.build import BuildOptions, PlainQuery, build
from search.query.parse import ParsedQuery, parse
from search.query.rings import Rings
from search.query.tree import AnyOf, FacetFilter, OneOf, Tree
from search.query.words import PlainWord, compounds
from search.spelling import Correction, correct, vocabularies

PAGE_SIZE = 20
# With fewer hits, words that the index does not know are corrected …
FEW_HITS = 5
# … and with fewer than these, some words may be missing.
HARDLY_ANY = 2
# Each word asks the engine once.
MAX_WORDS_LOOKED_FOR = 5


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What is searched for. ``chosen`` is facet → values; the words are as the user typed them."""

    text: str = ""
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    year_from: int | None = None
    year_to: int | None = None
    sort: Sort | None = None
    page: int = 1
    page_size: int = PAGE_SIZE
    ui_language: str = "de"
    facets: tuple[str, ...] = tuple(FACET_LABELS)
    # Visitors who turn too far get the last page; programs that page to the end need an empty one.
    clamp: bool = True


@dataclass(frozen=True, slots=True)
class Search:
    """A request and what is derived from it once."""

    request: SearchRequest
    query: ParsedQuery
    languages: tuple[str, ...]
    sort: Sort
    years: tuple[int | None, int | None]

    @property
    def offset(self) -> int:
        """How many hits come before those of the page."""
        return (self.request.page - 1) * self.request.page_size


def understand(request: SearchRequest) -> Search:
    """Read what was typed. Never raises on any string."""
    query = parse(request.text)
    years = (request.year_from, request.year_to)
    if query.years and years == (None, None):
        years = query.years
    languages = tuple(dict.fromkeys((primary(request.ui_language), "de", "en")))
    sort: Sort = request.sort or ("newest" if query.is_empty else "relevance")
    if query.is_empty and sort == "relevance":
        sort = "newest"  # nothing to be relevant to
    last = max(1, MAX_WINDOW // request.page_size)
    bounded = replace(request, page=min(max(1, request.page), last))
    return Search(bounded, query, languages, sort, years)


@dataclass(frozen=True, slots=True)
class Meaning:
    """How a query is taken: as typed, with ``correction``, or ``relaxed`` so that words may be missing."""

    correction: Correction | None = None
    relaxed: bool = False


AS_TYPED = Meaning()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the engine found, and with which tree it was asked."""

    search: Search
    tree: Tree
    page: Page
    meaning: Meaning = AS_TYPED


def ask(engine: Engine, search: Search) -> Answer:
    """Ask the engine; beyond the end for the last page. Raises EngineUnavailable.

    If there are few hits, words the index does not know are corrected; if there is still hardly any,
    some words may be missing. Filters do not decide about that: what a filter says it finds, it finds.
    """
    answer = _query(engine, search, AS_TYPED)
    if not search.query.is_empty and _is_few(engine, answer):
        answer = _asked_again(engine, answer)
    if not answer.page.hits and answer.page.total and search.request.clamp:
        last = math.ceil(min(answer.page.total, MAX_WINDOW) / search.request.page_size)
        turned_back = replace(search, request=replace(search.request, page=last))
        return _query(engine, turned_back, answer.meaning)
    return answer


def _asked_again(engine: Engine, answer: Answer) -> Answer:
    """The answer, or a better one to what may have been meant."""
    search = answer.search
    unknown = _unknown_words(engine, search)
    correction = (
        correct(search.request.text, unknown, vocabularies.get(engine)) if unknown else None
    )
    if correction is not None:
        corrected = _query(engine, search, Meaning(correction))
        if _finds_more(engine, corrected, answer):
            answer = corrected
    if not _is_few(engine, answer, HARDLY_ANY):
        return answer
    relaxed = Meaning(correction, relaxed=True)
    tree = _tree(search, relaxed)
    if tree == answer.tree:
        return answer
    found = _query(engine, search, relaxed, tree)
    return found if _finds_more(engine, found, answer) else answer


def _unknown_words(engine: Engine, search: Search) -> list[PlainWord]:
    """The plain words of a query that nothing has. Quoted and excluded ones are meant as written."""
    filters = filters_for({}, (None, None), primary(search.request.ui_language))
    plain = PlainQuery(search.query, search.languages).words
    looked_for = [
        word for word in dict.fromkeys(plain) if not (word.is_stopword or word.is_waiting)
    ][:MAX_WORDS_LOOKED_FOR]
    return [
        word
        for word in looked_for
        if not engine.search(AnyOf((word.tree(), *compounds(word))), filters=filters, limit=1).total
    ]


def _is_few(engine: Engine, answer: Answer, few: int = FEW_HITS) -> bool:
    """Whether hardly anything is found, or hardly anything the asker can read."""
    search = answer.search
    if answer.page.total < few and _everything(engine, answer) < few:
        return True
    languages = PlainQuery(search.query, search.languages).preferred
    if search.languages[0] in languages:
        return False
    readable = FacetFilter("written", OneOf("written", languages))
    return _everything(engine, answer, readable) < few


def _finds_more(engine: Engine, answer: Answer, than: Answer) -> bool:
    return _everything(engine, answer) > _everything(engine, than)


def _everything(engine: Engine, answer: Answer, *only: FacetFilter) -> int:
    """How much would be found without the filters beside the query, but with these."""
    search = answer.search
    years = search.query.years or (None, None)
    if not (search.request.chosen or only) and search.years == years:
        return answer.page.total
    filters = [*filters_for({}, years, primary(search.request.ui_language)), *only]
    return engine.search(answer.tree, filters=filters, limit=1).total


def _query(engine: Engine, search: Search, meaning: Meaning, tree: Tree | None = None) -> Answer:
    request = search.request
    tree = tree or _tree(search, meaning)
    page = engine.search(
        tree,
        filters=filters_for(request.chosen, search.years, primary(request.ui_language)),
        facets=request.facets,
        sort=search.sort,
        offset=search.offset,
        limit=request.page_size,
    )
    return Answer(search, tree, page, meaning)


def _tree(search: Search, meaning: Meaning) -> Tree:
    typos = meaning.correction.typos if meaning.correction else {}
    # Lists without a query need no synonyms.
    rings = Rings() if search.query.is_empty else synonyms.current()
    today = timezone.localdate()
    return build(
        search.query,
        BuildOptions(search.languages, today, typos, rings, relaxed=meaning.relaxed),
    )
