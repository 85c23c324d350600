"""Ways on when nothing was found: without a filter, without a word, topics close by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.urls import reverse
from rapidfuzz.distance import DamerauLevenshtein

from knowledge.models import Topic
from nexsm.base.filters import FilterOption
from nexsm.base.localised import pick
from search.analysis import analyse, fold
from search.asking import SearchRequest
from search.forms import lenient_request
from search.query.languages import is_function_word, query_languages
from search.query.parse import FIELDS, Clause, parse
from search.query.rings import terms_of
from search.service import count
from search.spelling import ONE_ERROR_FROM, TWO_ERRORS_FROM

# Each costs a question to the engine.
MAX_FILTERS = 4
MAX_WORDS = 3
MAX_TOPICS = 3
MAX_LANGUAGES = 3
_OFTEN_READ = ("de", "en")
_NAMES = {field: name for name, field in reversed(FIELDS.items())}


@dataclass(frozen=True, slots=True)
class Way:
    """Somewhere to go on: what is left out or gone to, its address, and how much is there."""

    label: str
    url: str
    total: int = 0


@dataclass(frozen=True, slots=True)
class WaysOn:
    """All ways on; only those that lead to something."""

    languages: list[Way]
    filters: list[Way]
    words: list[Way]
    topics: list[Way]


def ways_on(
    request: SearchRequest,
    address: QueryDict,
    chips: Sequence[Mapping[str, str]],
    languages: Sequence[FilterOption] = (),
) -> WaysOn:
    """What to offer at zero hits. ``chips`` are the filters in force, with the addresses without them.

    ``languages`` are those with hits: a work is listed once, and its version for readers of this
    language may lack a word that another version has.

    Asks the engine at most seven times; without an engine only topics are offered.
    """
    return WaysOn(
        languages=_in_languages(address, languages),
        filters=_without_filters(request, chips[:MAX_FILTERS]),
        words=_without_words(request, address),
        topics=nearest_topics(request.text, request.ui_language),
    )


def _in_languages(address: QueryDict, languages: Iterable[FilterOption]) -> list[Way]:
    found: list[Way] = []
    for option in languages:
        if option.count and not option.selected:
            there = address.copy()
            there.pop("page", None)
            there["language"] = option.value
            url = f"{reverse('search:results')}?{there.urlencode()}"
            found.append(Way(str(option.label), url, option.count))
    return found[:MAX_LANGUAGES]


def _without_filters(request: SearchRequest, chips: Iterable[Mapping[str, str]]) -> list[Way]:
    found: list[Way] = []
    for chip in chips:
        url = chip["remove_url"]
        rest = QueryDict(url.partition("?")[2])
        total = count(lenient_request(rest, request.ui_language))
        if total:
            found.append(Way(chip["label"], url, total))
    return found


def _without_words(request: SearchRequest, address: QueryDict) -> list[Way]:
    """The query without one of its words; stop words need not be found anyway."""
    clauses = parse(request.text).clauses
    needed = [index for index, clause in enumerate(clauses) if _must_be_found(clause)]
    if len(needed) < 2:  # noqa: PLR2004 - without its only word nothing is asked
        return []
    found: list[Way] = []
    for index in needed[:MAX_WORDS]:
        left = " ".join(_written(clause) for clause in (*clauses[:index], *clauses[index + 1 :]))
        total = count(replace(request, text=left))
        if total:
            rest = address.copy()
            rest.pop("page", None)
            rest["q"] = left
            found.append(Way(left, f"{reverse('search:results')}?{rest.urlencode()}", total))
    return found


def _must_be_found(clause: Clause) -> bool:
    return not clause.is_excluded and not is_function_word(clause.text, _OFTEN_READ)


def _written(clause: Clause) -> str:
    """A clause as it can be typed."""
    text = f'"{clause.text}"' if clause.is_phrase else clause.text
    named = f"{_NAMES[clause.field]}:{text}" if clause.field else text
    return f"-{named}" if clause.is_excluded else named


def nearest_topics(text: str, ui_language: str) -> list[Way]:
    """Topics with a name or synonym that shares a word with the query, or nearly does."""
    languages = query_languages(text, (ui_language, "de", "en"))
    surfaces = [
        token.surface
        for clause in parse(text).clauses
        if not clause.is_excluded
        for token in analyse(clause.text, languages[0])
        if not is_function_word(token.surface, languages)
    ]
    if not surfaces:
        return []
    words = [(fold(surface), terms_of(surface, languages)) for surface in surfaces]
    ranked: list[tuple[float, int, Way]] = []
    for place, topic in enumerate(Topic.objects.filter(is_active=True)):
        score = _nearness(words, _words_of([*topic.labels.values(), *topic.synonyms]))
        if score:
            # In the language asked for, which need not be the one of this thread.
            label = str(pick(topic.labels, ui_language) or topic.code)
            way = Way(label, reverse("knowledge:topic", args=[topic.code]))
            ranked.append((-score, place, way))
    return [way for _score, _place, way in sorted(ranked, key=lambda row: row[:2])[:MAX_TOPICS]]


def _words_of(names: Iterable[object]) -> list[tuple[str, frozenset[str]]]:
    found: dict[str, frozenset[str]] = {}
    for name in map(str, names):
        languages = query_languages(name, _OFTEN_READ)
        for token in analyse(name, languages[0]):
            folded = fold(token.surface)
            if not is_function_word(token.surface, languages):
                found[folded] = terms_of(token.surface, languages)
    return list(found.items())


def _nearness(
    words: Sequence[tuple[str, frozenset[str]]], names: Sequence[tuple[str, frozenset[str]]]
) -> float:
    """One for each shared word, less for a word with typing errors."""
    score = 0.0
    for folded, terms in words:
        if any(not terms.isdisjoint(theirs) for _name, theirs in names):
            score += 1.0
            continue
        allowed = (len(folded) >= ONE_ERROR_FROM) + (len(folded) >= TWO_ERRORS_FROM)
        distances = [
            DamerauLevenshtein.distance(folded, name, score_cutoff=allowed)
            for name, _terms in names
        ]
        nearest = min(distances, default=allowed + 1)
        if nearest <= allowed:
            score += 0.5 / max(1, nearest)
    return score
