"""What else people may mean: groups of synonyms, and the names of topics in all languages.

Every search needs them; they are small and change rarely. A change made by this process is seen at
once, one made by another within KEPT_SECONDS. They are analysed anew only when they have changed.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db.models.signals import post_delete, post_save

from knowledge.models import Topic
from search.models import SynonymGroup
from search.query.rings import Ring, Rings, make_ring, make_rings

KEPT_SECONDS = 5.0
# The languages of most items: what a topic is called there stands in titles and texts.
_TOPIC_LANGUAGES = ("de", "en")

# Words that mean the same; and code, name in each language and other words of each topic.
Groups = list[list[str]]
Topics = list[tuple[str, dict[str, str], list[str]]]


class _Kept:
    def __init__(self) -> None:
        self.read_at: float | None = None
        self.source: tuple[Groups, Topics] = ([], [])
        self.rings = Rings()
        self.instead: Rings | None = None


_kept = _Kept()


def current() -> Rings:
    """The synonyms in use."""
    if _kept.instead is not None:
        return _kept.instead
    now = time.monotonic()
    if _kept.read_at is None or now - _kept.read_at > KEPT_SECONDS:
        source = _read()
        if source != _kept.source:
            _kept.rings = make(*source)
            _kept.source = source
        _kept.read_at = now
    return _kept.rings


@contextmanager
def instead(rings: Rings) -> Iterator[None]:
    """Use these synonyms and ask no database, to measure the search of a new site.

    For commands and tests: it holds for the whole process.
    """
    before, _kept.instead = _kept.instead, rings
    try:
        yield
    finally:
        _kept.instead = before


def clear(**kwargs: Any) -> None:  # noqa: ARG001 - receives Django's signals, too
    """Look into the database the next time."""
    _kept.read_at = None


def connect() -> None:
    """Look again when a group or a topic changes; called once, when all apps are loaded."""
    for model in (SynonymGroup, Topic):
        for signal in (post_save, post_delete):
            signal.connect(clear, sender=model)


def _read() -> tuple[Groups, Topics]:
    groups = SynonymGroup.objects.filter(is_active=True).order_by("pk")
    topics = Topic.objects.filter(is_active=True).order_by("position", "code")
    return (
        [_texts(words) for words in groups.values_list("words", flat=True)],
        [
            (code, {key: str(label) for key, label in (labels or {}).items()}, _texts(synonyms))
            for code, labels, synonyms in topics.values_list("code", "labels", "synonyms")
        ],
    )


def make(groups: Groups, topics: Topics) -> Rings:
    """Rings of these groups and topics."""
    found: list[Ring | None] = [make_ring(words, words) for words in groups]
    for code, labels, synonyms in topics:
        # A topic's words lead to the topic and its name. They are no synonyms of each other:
        # who looks for theatre does not look for music, though both are culture.
        names = [labels[language] for language in _TOPIC_LANGUAGES if labels.get(language)]
        found.append(make_ring([*labels.values(), *synonyms], names, ("topic", code)))
    return make_rings(ring for ring in found if ring is not None)


def _texts(value: Sequence[object] | None) -> list[str]:
    return [str(one) for one in value or ()]
