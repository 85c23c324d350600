"""Items like another one: they share its topics, its tags or the words of its title."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.translation import get_language

from conference.models import ConferencePage, SessionPage
from knowledge.models import Organisation, Resource
from nexsm.base.models import ContentPage
from search import sources
from search.analysis import words
from search.analysis.chain import primary
from search.breaker import breaker
from search.cards import HitCard, small_cards
from search.documents import IndexDocument
from search.engines import EngineUnavailable, get_engine
from search.fields import GROUP_FIELD
from search.query.languages import is_function_word
from search.query.tree import (
    AllOf,
    AnyOf,
    BestOf,
    Boost,
    Constant,
    FacetFilter,
    Not,
    OneOf,
    Prefer,
    Term,
    Tree,
)
from search.sources.base import Found, Viewer

logger = logging.getLogger(__name__)

LIMIT = 4
# What the engine looks at: a title can be long, a work can have many versions and tags.
MAX_WORDS = 16
MAX_VALUES = 12
# Words of a title are worth what BM25 makes of them; shared topics and tags are constants beside it.
WORD_WEIGHTS = {"title": 1.0, "tags": 0.7, "summary": 0.4, "xlang": 0.3}
TOPIC_WEIGHT = 3.0
TAG_WEIGHT = 4.0
TYPE_WEIGHT = 0.5
KIND_WEIGHT = 2.0
TIE = 0.2
# One word in common is chance (“Verein”), it takes two. Only of an item that has neither topics nor
# tags and a title of few words (“Datenanalyse mit KI”) one must do.
WORDS_IN_COMMON = 2
FEW_WORDS = 3


def similar(
    item: Resource | Organisation | ConferencePage | SessionPage | ContentPage | str,
    ui_language: str,
    viewer: Viewer,
    limit: int = LIMIT,
) -> list[Found]:
    """Items like this one, the most similar first, never another version of the same work.

    ``item`` is an object of an indexed kind or the name of its group (``resource:<uuid>``). Empty if
    it is not public, if nothing is like it, or if the engine cannot answer. One question to the
    engine and a fixed number of queries.
    """
    group = item if isinstance(item, str) else group_of(item)
    if not group or breaker.is_paused:
        return []
    tree = likeness(sources.collect([group]), group)
    if tree is None or not breaker.allows:
        return []
    serving = FacetFilter("language", OneOf("serves", (primary(ui_language),)))
    engine = get_engine()
    try:
        page = engine.search(tree, filters=[serving], sort="relevance", limit=limit)
    except EngineUnavailable as error:
        if engine.name != "null":
            breaker.failed()
            logger.warning("No similar items: %s", error)
        return []
    breaker.worked()
    found = sources.read([hit.key for hit in page.hits], viewer)
    return [found[hit.key] for hit in page.hits if hit.key in found]


def group_of(item: Any) -> str:
    """The name of the group an object belongs to; empty for objects that are not indexed."""
    match item:
        case Resource():
            return f"resource:{item.translation_key}"
        case Organisation():
            return f"organisation:{item.public_id}"
        case ConferencePage():
            return f"conference:{item.translation_key}"
        case SessionPage():
            return f"session:{item.translation_key}"
        case ContentPage():
            return f"page:{item.translation_key}"
    return ""


def likeness(versions: Sequence[IndexDocument], group: str) -> Tree | None:
    """The tree that finds what is like a work with these versions; None if nothing tells."""
    if not versions:
        return None
    topics = _first(topic for version in versions for topic in version.topics)
    tags = _first(tag for version in versions for tag in version.tags)
    title = [_word(terms) for terms in _title_words(versions)]
    ways: list[Tree] = [
        *(Constant(OneOf("topic", (topic,)), TOPIC_WEIGHT) for topic in topics),
        *(Constant(OneOf("tag", (tag,)), TAG_WEIGHT) for tag in tags),
    ]
    if title:
        # This decides what is found; what the words are worth is said once, among the bonuses.
        needed = 1 if not ways and len(title) <= FEW_WORDS else min(WORDS_IN_COMMON, len(title))
        ways.append(Constant(AnyOf(tuple(title), needed), 0.0))
    if not ways:
        return None
    main = AllOf((AnyOf(tuple(ways)), Not(OneOf(GROUP_FIELD, (group,)))))
    first = versions[0]
    bonuses: list[Tree] = [Constant(OneOf("kind", (first.kind,)), KIND_WEIGHT), *title]
    if first.type:
        bonuses.append(Constant(OneOf("type", (first.type,)), TYPE_WEIGHT))
    return Prefer(main, tuple(bonuses))


def _title_words(versions: Sequence[IndexDocument]) -> list[tuple[str, ...]]:
    """The terms of the words that matter in the titles of all versions, each word once."""
    found = [
        word.terms
        for version in versions
        for word in words(version.title, version.language)
        if word.terms and not is_function_word(word.written, (version.language, "de", "en"))
    ]
    return list(dict.fromkeys(found))[:MAX_WORDS]


def _word(terms: Sequence[str]) -> Tree:
    parts = [
        Boost(Term(name, term), weight) for term in terms for name, weight in WORD_WEIGHTS.items()
    ]
    return BestOf(tuple(parts), TIE)


def _first(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))[:MAX_VALUES]


def similar_cards(item: Any, request: HttpRequest) -> list[HitCard]:
    """Cards of similar items for the page of an item; what the floor asks for."""
    language = primary(get_language() or "de")
    viewer = getattr(request, "user", None) or AnonymousUser()
    return small_cards(similar(item, language, viewer), language)
