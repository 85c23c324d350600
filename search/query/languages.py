"""In which languages a text without a language of its own is read."""

from __future__ import annotations

from collections.abc import Sequence

import regex

_ARABIC_SCRIPT = regex.compile(r"\p{Script=Arabic}")
_CYRILLIC_SCRIPT = regex.compile(r"\p{Script=Cyrillic}")


def query_languages(text: str, languages: Sequence[str]) -> tuple[str, ...]:
    """The languages to read a query in: by script where it tells, else those of the interface."""
    if _ARABIC_SCRIPT.search(text):
        return ("ar", "fa")
    if _CYRILLIC_SCRIPT.search(text):
        return ("uk", "ru")
    return tuple(languages)
