"""What the generators' words mean here: formats, entries without a page, languages, kinds of links."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import override

from conference.enums import DocumentationKind, ScheduleItemKind, SessionFormat
from knowledge.models import Language, Licence
from knowledge.services.imports.lookups import Vocabulary

# Other words for our formats, as pretalx, frab, wafer, OSEM and FOSDEM write them. Their own word
# is kept and shown; the format is for filters.
_FORMATS = {
    SessionFormat.KEYNOTE: ("keynote", "keynotes", "eröffnungsvortrag"),
    SessionFormat.TALK: (
        "talk",
        "lecture",
        "vortrag",
        "maintrack",
        "long talk",
        "short talk",
        "input",
    ),
    SessionFormat.PANEL: ("panel", "podium", "podiumsdiskussion", "panel discussion"),
    SessionFormat.WORKSHOP: ("workshop", "hands-on workshop", "tutorial"),
    SessionFormat.PLENARY: ("plenary", "plenum", "plenary session"),
    SessionFormat.DISCUSSION: ("discussion", "bof", "birds of a feather", "diskussion", "meeting"),
    SessionFormat.POSTER: ("poster",),
    SessionFormat.OTHER: ("other", "sonstiges", "anderes"),
}
# Kinds of entries without a page. "Opening", "closing" and "other" are talks more often than not.
_ITEMS = {
    ScheduleItemKind.BREAK: (
        "coffee break",
        "kaffeepause",
        "lunch",
        "mittagspause",
    ),
    ScheduleItemKind.REGISTRATION: ("anmeldung", "check-in", "einlass"),
    ScheduleItemKind.SOCIAL: ("social event",),
}
_LINKS = {
    "slides": DocumentationKind.SLIDES,
    "paper": DocumentationKind.PAPER,
    "media": DocumentationKind.RECORDING,
    "video": DocumentationKind.RECORDING,
    "recording": DocumentationKind.RECORDING,
    "audio": DocumentationKind.AUDIO,
    "transcript": DocumentationKind.TRANSCRIPT,
    "captions": DocumentationKind.CAPTIONS,
    "press": DocumentationKind.PRESS,
    "result": DocumentationKind.RESULT,
    "photo": DocumentationKind.PHOTO,
}
_SEPARATORS = re.compile(r"\s*(?:,|;|/|\||&|\+|\bund\b|\band\b)\s*")


class Words:
    """Looks words up. One query for each vocabulary, when an import begins."""

    def __init__(self) -> None:
        self._languages = Vocabulary(Language, by_label=True)
        self._licences = Vocabulary(Licence, by_label=True)
        own = {item: {item.value, *_labels(item)} for item in SessionFormat}
        self._own_formats = {word: item for item, words in own.items() for word in words}
        self._formats = {word: item for item, words in _FORMATS.items() for word in words}
        self._items = {
            word: item
            for item, words in _ITEMS.items()
            for word in (*words, item.value, *_labels(item))
        }

    def format(self, text: str) -> tuple[str, str]:
        """Our format and the word to show beside it: empty where it says the same."""
        word = text.casefold()
        if word in self._own_formats:
            return self._own_formats[word].value, ""
        known = self._formats.get(word)
        return (known.value if known else "", text)

    def item_kind(self, text: str) -> str:
        """The kind of an entry without a page, or nothing for a session."""
        kind = self._items.get(text.casefold())
        return kind.value if kind else ""

    def languages(self, text: str) -> tuple[list[str], list[str]]:
        """Codes of the languages named in a text, and the words that name none."""
        codes: list[str] = []
        unknown = []
        for part in _SEPARATORS.split(text.strip()):
            code = self._language(part)
            if code and code not in codes:
                codes.append(code)
            if part and not code:
                unknown.append(part)
        return codes, unknown

    def licence(self, text: str) -> str:
        """The code of a licence, or nothing."""
        row = self._licences.find(text) if text else None
        return row.code if row else ""

    def licence_pk(self, code: str) -> int | None:
        """Primary key of a licence."""
        return self._licences.get(code).pk if code else None

    def language_pks(self, codes: Iterable[str]) -> list[int]:
        """Primary keys of languages."""
        return [self._languages.get(code).pk for code in codes]

    def language_rows(self, codes: Iterable[str]) -> list[Language]:
        """The rows of languages."""
        return [self._languages.get(code) for code in codes]  # type: ignore[misc]  # rows of Language

    def _language(self, text: str) -> str:
        """`de-DE`, `de_AT` and `de-formal` (a form of address, no language) are German."""
        for attempt in (text, re.split(r"[-_]", text)[0]):
            row = self._languages.find(attempt) if attempt else None
            if row is not None:
                return str(row.code)
        return ""


def link_kind(word: str) -> str:
    """The kind of documentation that a link's type names."""
    return str(_LINKS.get(word.casefold(), DocumentationKind.LINK).value)


def _labels(item: SessionFormat | ScheduleItemKind) -> set[str]:
    found = set()
    for language in ("de", "en"):
        with override(language):
            found.add(str(item.label).casefold())
    return found
