"""Turkish: dotted and dotless i, endings after an apostrophe, endings one after the other."""

from __future__ import annotations

from functools import lru_cache

import regex

from search.analysis import lexicon
from search.analysis.base import fold
from search.analysis.found import Found
from search.analysis.languages import known_forms

_LANG = "tr"
_CASE = str.maketrans({"I": "ı", "İ": "i"})
# Türkiye'de, Almanya'daki: names keep their endings apart.
_NAME_ENDING = regex.compile(r"['’].*\Z")
# Endings of nouns, outermost last: plural, possessive, case. The vowels follow those of the word.
_ENDING = regex.compile(
    r"(?:l[ae]r|[ıiuü]?m[ıiuü]z|[ıiuü]?n[ıiuü]z|l[ae]r[ıi]|[sy]?[ıiuü]|n[ıiuü]n|[ıiuü]n|[ıiuü]m|"
    r"[yn]?[ae]|[yn]?[ıiuü]|n?[dt][ae]n?|n?[dt][ae]ki|y?l[ae]|ki|c[ae]|l[ıiuü]k|l[ıiuü]ğ[ıiuü]|s[ıi]n)\Z"
)
_SOFTENED = {"ğ": "k", "b": "p", "c": "ç", "d": "t"}
_SHORTEST_STEM = 2
_MOST_ENDINGS = 4


def read(surface: str) -> tuple[Found, ...]:
    """The dictionary form, with the letters of the Turkish alphabet or with plain ones."""
    whole = known_forms.without_gender_sign(surface)
    word = _NAME_ENDING.sub("", whole) or whole
    # Lower-casing by Unicode's rules would make two letters of İ and a wrong one of I.
    lowered = word.translate(_CASE).lower()
    found = _known(lowered) or _known(word.lower().replace("\u0307", ""))
    return (
        found or _without_endings(lowered) or Found(fold(lowered), "unknown word, folded only"),
    )


def _known(word: str) -> Found | None:
    known = lexicon.lookup(word, _LANG) or lexicon.lookup(_capitalised(word), _LANG)
    if known:
        return Found(fold(known), f"dictionary form {known}")
    return known_forms.dictionary_form(word, _LANG)


def _capitalised(word: str) -> str:
    return ("İ" if word[:1] == "i" else word[:1].upper()) + word[1:]


@lru_cache(maxsize=20_000)
def _without_endings(word: str, most: int = _MOST_ENDINGS) -> Found | None:
    """The known word that is left when endings are taken off."""
    if not most:
        return None
    for length in range(min(6, len(word) - _SHORTEST_STEM), 0, -1):
        stem, ending = word[:-length], word[-length:]
        if _ENDING.fullmatch(ending) is None:
            continue
        found = _known_stem(stem) or _without_endings(stem, most - 1)
        if found is not None:
            return Found(found.term, f"ending -{ending}: {found.rule}")
    return None


def _known_stem(stem: str) -> Found | None:
    """A stem as it stands, with its last letter hardened, or with its marks restored."""
    hard = stem[:-1] + _SOFTENED.get(stem[-1], stem[-1])
    for candidate in dict.fromkeys((stem, hard)):
        known = lexicon.lookup(candidate, _LANG)
        if known:
            return Found(fold(known), f"dictionary form {known}")
    return None
