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
from search.fields import GROUP_FIELD, KEY_FIELD
from search.query.build import BuildOptions, PlainQuery, build
from search.query.parse import ParsedQuery, parse
from search.query.rings import Rings
from search.query.tree import AnyOf, FacetFilter, Not, OneOf, Tree
from search.query.words import PlainWord, compounds
from search.sight import Sight
from search.sources.base import Found
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
    # Leaves out what the index still holds and nobody, or not who asks, may see.
    outside: tuple[FacetFilter, ...] = ()

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
    """What the engine found, with which tree it was asked, and what of the hits may be seen."""

    search: Search
    tree: Tree
    page: Page
    found: Mapping[str, Found]
    meaning: Meaning = AS_TYPED


def ask(engine: Engine, search: Search, sight: Sight) -> Answer:
    """Ask the engine; beyond the end for the last page. Raises EngineUnavailable.

    The index is a moment behind the database: what has gone meanwhile is in no hit, total or count.

    If there are few hits, words the index does not know are corrected; if there is still hardly any,
    some words may be missing. Filters do not decide about that: what a filter says it finds, it finds.
    """
    search = _without(search, GROUP_FIELD, sight.hidden())
    answer = _query(engine, search, sight, AS_TYPED)
    if not search.query.is_empty and _is_few(engine, answer):
        answer = _asked_again(engine, answer, sight)
    if not answer.page.hits and answer.page.total and search.request.clamp:
        last = math.ceil(min(answer.page.total, MAX_WINDOW) / search.request.page_size)
        turned_back = replace(answer.search, request=replace(search.request, page=last))
        return _query(engine, turned_back, sight, answer.meaning)
    return answer


def _without(search: Search, field_name: str, values: tuple[str, ...]) -> Search:
    """The same search with these left out."""
    if not values:
        return search
    left_out = FacetFilter("", Not(OneOf(field_name, values)))
    return replace(search, outside=(*search.outside, left_out))


def _asked_again(engine: Engine, answer: Answer, sight: Sight) -> Answer:
    """The answer, or a better one to what may have been meant."""
    search = answer.search

    def may_be_said(word: str) -> bool:
        # Vocabularies also hold words of what is deleted.
        page = engine.search(OneOf("words", (word,)), filters=search.outside, sort="newest")
        return bool(sight.read([hit.key for hit in page.hits]))

    unknown = _unknown_words(engine, search)
    correction = (
        correct(search.request.text, unknown, vocabularies.get(engine), may_be_said)
        if unknown
        else None
    )
    if correction is not None:
        corrected = _query(engine, search, sight, Meaning(correction))
        if _finds_more(engine, corrected, answer):
            answer = corrected
    if not _is_few(engine, answer, HARDLY_ANY):
        return answer
    relaxed = Meaning(correction, relaxed=True)
    tree = _tree(search, relaxed)
    if tree == answer.tree:
        return answer
    found = _query(engine, search, sight, relaxed, tree)
    return found if _finds_more(engine, found, answer) else answer


def _unknown_words(engine: Engine, search: Search) -> list[PlainWord]:
    """The plain words of a query that nothing has. Quoted and excluded ones are meant as written."""
    everywhere = filters_for({}, (None, None), primary(search.request.ui_language))
    filters = [*everywhere, *search.outside]
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
    everywhere = filters_for({}, years, primary(search.request.ui_language))
    filters = [*everywhere, *search.outside, *only]
    return engine.search(answer.tree, filters=filters, limit=1).total


def _query(
    engine: Engine, search: Search, sight: Sight, meaning: Meaning, tree: Tree | None = None
) -> Answer:
    tree = tree or _tree(search, meaning)
    page = _page(engine, search, tree)
    found = sight.read([hit.key for hit in page.hits])
    if unseen := _unseen(page, found):
        search = _without(search, KEY_FIELD, unseen)
        page = _page(engine, search, tree)
        found = sight.read([hit.key for hit in page.hits])
        page = replace(page, total=page.total - len(_unseen(page, found)))
    return Answer(search, tree, page, found, meaning)


def _page(engine: Engine, search: Search, tree: Tree) -> Page:
    request = search.request
    chosen = filters_for(request.chosen, search.years, primary(request.ui_language))
    return engine.search(
        tree,
        filters=[*chosen, *search.outside],
        facets=request.facets,
        sort=search.sort,
        offset=search.offset,
        limit=request.page_size,
    )


def _unseen(page: Page, found: Mapping[str, Found]) -> tuple[str, ...]:
    return tuple(hit.key for hit in page.hits if hit.key not in found)


def _tree(search: Search, meaning: Meaning) -> Tree:
    typos = meaning.correction.typos if meaning.correction else {}
    # Lists without a query need no synonyms.
    rings = Rings() if search.query.is_empty else synonyms.current()
    today = timezone.localdate()
    return build(
        search.query,
        BuildOptions(search.languages, today, typos, rings, relaxed=meaning.relaxed),
    )
