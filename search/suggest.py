"""Suggestions while typing: titles, names, topics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse

from knowledge.models import Topic
from nexsm.base.localised import pick
from search import labels, sources
from search.analysis import analyse, fold
from search.analysis.chain import primary
from search.breaker import breaker
from search.engines import EngineUnavailable, get_engine
from search.prepare import MAX_PREFIX
from search.query.tree import AllOf, FacetFilter, OneOf, Tree
from search.sources.base import Viewer

MAX_SUGGESTIONS = 8
MAX_TOPICS = 2
_MAX_CHARACTERS = 100
# More are fetched than shown: titles that begin with what was typed come first.
_CANDIDATES = 30


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to go to."""

    text: str
    kind: str
    url: str
    language: str


def suggest(text: str, ui_language: str, viewer: Viewer) -> list[Suggestion]:
    """At most eight things whose names contain words that begin with all typed words.

    Empty when nothing is typed or the engine cannot answer.
    """
    words = [fold(token.surface) for token in analyse(text[:_MAX_CHARACTERS], "und")]
    if not words:
        return []
    topics = _topics(words, ui_language)
    return [*topics, *_items(words, ui_language, viewer)][:MAX_SUGGESTIONS]


def beginning_with(words: Sequence[str]) -> Tree:
    """The tree that finds things whose names hold words that begin with all of these folded ones."""
    return AllOf(tuple(OneOf("prefix", (word[:MAX_PREFIX],)) for word in words))


def _items(words: list[str], ui_language: str, viewer: Viewer) -> list[Suggestion]:
    engine = get_engine()
    tree = beginning_with(words)
    serving = FacetFilter("language", OneOf("serves", (primary(ui_language),)))
    try:
        if not breaker.allows:
            return []
        page = engine.search(tree, filters=[serving], sort="newest", limit=_CANDIDATES)
    except EngineUnavailable:
        breaker.failed()
        return []
    breaker.worked()
    found = sources.read([hit.key for hit in page.hits], viewer)
    items = [found[hit.key] for hit in page.hits if hit.key in found]
    items.sort(key=lambda item: (not fold(item.title).startswith(words[0]), len(item.title)))
    return [Suggestion(item.title, item.kind, item.url, item.language) for item in items]


def _topics(words: list[str], ui_language: str) -> list[Suggestion]:
    found: list[Suggestion] = []
    for topic in labels.rows(Topic):
        # In the language asked for, which need not be the one of this thread.
        label = str(pick(topic.labels, ui_language) or topic.code)
        names = _folded(label, ui_language)
        if topic.is_active and all(any(name.startswith(word) for name in names) for word in words):
            url = reverse("knowledge:topic", args=[topic.code])
            found.append(Suggestion(label, "topic", url, primary(ui_language)))
    return found[:MAX_TOPICS]


@lru_cache(maxsize=1_000)
def _folded(label: str, language: str) -> tuple[str, ...]:
    return tuple(fold(token.surface) for token in analyse(label, language))
