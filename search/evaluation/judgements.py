"""Judged queries: what somebody types, and how well each item of the corpus answers it.

The files ``data/judged.*.txt`` hold blocks::

    ? Fördermittel          what is typed
    lang: tr                the language it is typed in, German if nothing is said
    literal                 the letters count, not the meaning: grades hold in every language
    3: funding & !women     conditions for each grade; the highest that holds counts
    1: funding~ | says Geld
    none: reason            instead of grades: nothing is relevant

A condition is a concept (``funding``: what the text is about; ``funding~``: also what it touches), the
group name of one item, or a fact: ``says …``, ``title-says …``, ``in tr``, ``from DE-BE``, ``topic …``,
``tag …``, ``type …``, ``kind …``, ``year 2022``, ``by …``. ``!`` negates, ``&`` binds closer than ``|``.

3 is an item about exactly this, 2 one that helps with it, 1 one that mentions it in whatever words.

Who asks in one language need not read another: an item that does not exist in the language of the query
is worth nothing, unless its letters are asked for (``literal``) or its topic by a name in any
language (phenomenon "topic bridge"); then German and English items are worth a grade less. They
may stand below what is relevant without harm, but not above it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from django.conf import settings

from search.evaluation.corpus import DATA, CorpusError, Work, concepts, works

Half = Literal["tuned", "aside"]
HALVES: tuple[Half, ...] = ("tuned", "aside")
GRADES = (3, 2, 1)
_WIDELY_READ = ("de", "en")
BRIDGE = "topic bridge"


@dataclass(frozen=True, slots=True)
class Query:
    """A judged query. ``grades`` holds the relevant items alone, by group name."""

    text: str
    phenomenon: str
    language: str = "de"
    half: Half = "tuned"
    none_because: str = ""
    grades: Mapping[str, int] = field(default_factory=dict)

    @property
    def ui_language(self) -> str:
        """The language of the site's pages for somebody who asks like this."""
        offered = [code for code, _name in settings.LANGUAGES]
        return self.language if self.language in offered else settings.LANGUAGE_CODE


@cache
def queries() -> tuple[Query, ...]:
    """All judged queries. Raises CorpusError if a file names what does not exist."""
    found = [
        query
        for path in sorted(DATA.glob("judged.*.txt"))
        for query in _file(path.read_text("utf-8"))
    ]
    seen = {(query.text, query.language) for query in found}
    if len(seen) != len(found):
        raise CorpusError("a query is judged twice")
    return tuple(_split(found))


def _file(text: str) -> Iterator[Query]:
    phenomenon = ""
    for block in text.split("\n\n"):
        lines = [line for line in block.strip().splitlines() if not line.startswith("#")]
        if not lines:
            continue
        if lines[0].startswith("kind: "):
            phenomenon = lines[0].removeprefix("kind: ")
        else:
            yield _query(lines, phenomenon)


def _query(lines: list[str], phenomenon: str) -> Query:
    text = lines[0].removeprefix("? ")
    literal = "literal" in lines
    fields = dict(line.split(": ", 1) for line in lines[1:] if line != "literal")
    conditions = {grade: fields.pop(str(grade)) for grade in GRADES if str(grade) in fields}
    language, reason = fields.pop("lang", "de"), fields.pop("none", "")
    if fields or not phenomenon or bool(conditions) == bool(reason):
        raise CorpusError(f"not understood: {lines}")
    grades = {
        group: grade
        for group, work in works().items()
        if (
            grade := _readable(
                _grade(work, conditions), work, language, phenomenon, literal=literal
            )
        )
    }
    if conditions and not grades:
        raise CorpusError(f"{text}: no item fulfils any condition")
    return Query(text, phenomenon, language, none_because=reason, grades=grades)


def _grade(work: Work, conditions: Mapping[int, str]) -> int:
    return next((grade for grade, text in conditions.items() if holds(text, work)), 0)


def _readable(grade: int, work: Work, language: str, phenomenon: str, *, literal: bool) -> int:
    """The grade for somebody who asks in this language."""
    if literal or language in work.languages:
        return grade
    if phenomenon == BRIDGE and work.languages.intersection(_WIDELY_READ):
        return max(grade - 1, 0)
    return 0


def holds(condition: str, work: Work) -> bool:
    """Whether a condition holds for an item. Raises CorpusError if it names what does not exist."""
    # Lists, because every part must be looked at, so that a mistake in any of them is noticed.
    choices = [
        all([_holds_one(part.strip(), work) for part in choice.split("&")])  # noqa: C419
        for choice in condition.split("|")
    ]
    return any(choices)


def _holds_one(part: str, work: Work) -> bool:
    if part.startswith("!"):
        return not _holds_one(part[1:].strip(), work)
    name, _space, value = part.partition(" ")
    if name in _FACTS and value:
        return _FACTS[name](work, value)
    if ":" in part:
        if part not in works():
            raise CorpusError(f"there is no item {part}")
        return part == work.group
    concept = part.removesuffix("~")
    if concept not in concepts():
        raise CorpusError(f"no text is about {concept}")
    return concept in work.means and (part.endswith("~") or work.means[concept])


def _says(work: Work, value: str) -> bool:
    return any(
        value.lower() in " ".join((item.title, *item.other_names, item.summary, item.body)).lower()
        for item in work.versions
    )


_FACTS: dict[str, Callable[[Work, str], bool]] = {
    "says": _says,
    "title-says": lambda work, value: any(
        value.lower() in item.title.lower() for item in work.versions
    ),
    "in": lambda work, value: value in work.languages,
    "from": lambda work, value: any(value in item.regions for item in work.versions),
    "topic": lambda work, value: any(value in item.topics for item in work.versions),
    "tag": lambda work, value: any(value in item.tags for item in work.versions),
    "type": lambda work, value: any(value == item.type for item in work.versions),
    "kind": lambda work, value: any(value == item.kind for item in work.versions),
    "year": lambda work, value: any(value == str(item.year) for item in work.versions),
    "by": lambda work, value: any(
        value.lower() in name.lower() for item in work.versions for name in item.organisations
    ),
}


def _split(found: list[Query]) -> Iterator[Query]:
    """Tell the halves apart: two queries of a phenomenon that follow each other never share one.

    The hash of the first decides which of them is tuned, so nobody chooses, and queries added at the
    end of a phenomenon leave the others where they are.
    """
    waiting: dict[str, Half] = {}
    for query in found:
        half = waiting.pop(query.phenomenon, None)
        if half is None:
            number = int(hashlib.sha256(query.text.encode()).hexdigest(), 16)
            half = HALVES[number % 2]
            waiting[query.phenomenon] = HALVES[1 - number % 2]
        yield Query(
            query.text, query.phenomenon, query.language, half, query.none_because, query.grades
        )
