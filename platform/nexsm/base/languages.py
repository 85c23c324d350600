"""Facts about languages: direction and names, from Unicode's CLDR (through Babel)."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from babel import Locale, UnknownLocaleError

# Scripts written from right to left that occur in our region's languages (ISO 15924).
_RTL_SCRIPTS = frozenset({"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm"})
# Languages whose usual script is right to left although CLDR's data in Babel has no locale for them.
_RTL_LANGUAGES = frozenset(
    {"ar", "ckb", "fa", "he", "prs", "ps", "sd", "ug", "ur", "yi", "pnb", "arc"}
)


def direction(code: str) -> str:
    """Return ``rtl`` or ``ltr`` for a BCP 47 language tag; unknown tags count as ``ltr``."""
    parts = code.replace("_", "-").split("-")
    for part in parts[1:]:
        if len(part) == 4 and part.isalpha():  # noqa: PLR2004 - a script subtag has four letters
            return "rtl" if part.title() in _RTL_SCRIPTS else "ltr"
    return "rtl" if parts[0].lower() in _RTL_LANGUAGES else "ltr"


def runs_right_to_left(text: str) -> bool:
    """Tell whether the first letter with a direction runs from right to left (UAX 9, rules P2, P3)."""
    found = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind for kind in found if kind in {"L", "R", "AL"}), "L") != "L"


@lru_cache(maxsize=2048)
def language_name(code: str, in_language: str) -> str:
    """Name of the language ``code`` in the language ``in_language``; the code itself if unknown."""
    try:
        display = Locale.parse(in_language.replace("-", "_"))
        base = code.split("-", maxsplit=1)[0]
        return display.languages.get(code.replace("-", "_")) or display.languages.get(base) or code
    except (UnknownLocaleError, ValueError):
        return code
