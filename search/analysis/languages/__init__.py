"""Words of all languages but German, each by the rules of its own; the others are only folded."""

from __future__ import annotations

from collections.abc import Callable

from search.analysis.base import fold
from search.analysis.found import Found, Understood, unique
from search.analysis.languages import (
    arabic,
    english,
    known_forms,
    kurdish,
    persian,
    romance,
    slavic,
    turkish,
)

_READERS: dict[str, Callable[[str], tuple[Found, ...]]] = {
    "ar": arabic.read,
    "en": english.read,
    "es": romance.read_spanish,
    "fa": persian.read,
    "fr": romance.read_french,
    "it": romance.read_italian,
    "kmr": kurdish.read,
    "ku": kurdish.read,
    "prs": persian.read,
    "ru": slavic.read_russian,
    "tr": turkish.read,
    "uk": slavic.read_ukrainian,
}


def read(surface: str, lang: str) -> Understood:
    """Read one written word in a language (primary subtag)."""
    reader = _READERS.get(lang)
    if known_forms.is_short_name(surface, lang):
        found: tuple[Found, ...] = (Found(fold(surface), "abbreviation: folded only"),)
    elif reader is not None:
        found = reader(surface)
    else:
        found = known_forms.read(known_forms.without_gender_sign(surface), lang)
    return Understood(unique((*found, Found(fold(surface), "folded"))[: _at_least_one(found)]))


def _at_least_one(found: tuple[Found, ...]) -> int:
    """How many to keep of what was found and the folded form: that one only if there is no other."""
    return len(found) if any(one.term for one in found) else len(found) + 1
