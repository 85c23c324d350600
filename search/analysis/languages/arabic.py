"""Arabic: letters that people write differently, vowel signs, article and particles, plurals."""

from __future__ import annotations

import regex

from search.analysis import lexicon
from search.analysis.base import fold
from search.analysis.found import Found

_LANG = "ar"
MARKS = regex.compile(r"[\p{Mn}\u0640]")
_LETTERS = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ک": "ك",
        "ی": "ي",
    }
)
# and, so + in, like + the; for the; also „and for the“.
_ARTICLE = regex.compile(r"\A(?:[وف]?[بك]?ال|[وف]?لل)(?=\p{L}{2})")
_PARTICLE = regex.compile(r"\A[وفبلك](?=\p{L}{3})")
_POSSESSIVE = regex.compile(r"(?<=\p{L}{3})(?:هما|كما|هم|هن|كم|كن|ها|نا|ه|ي)\Z")
# Regular plurals and the feminine ending, after the letters were made equal.
_NUMBER = regex.compile(r"(?<=\p{L}{3})(?:ات|ون|ين|ه)\Z")
_SHORT_PLURAL = regex.compile(r"(?<=\A\p{L}{2})ات\Z")


def read(surface: str) -> tuple[Found, ...]:
    """The dictionary form without article, particles and the endings of number and gender."""
    word = MARKS.sub("", surface)
    bare = _ARTICLE.sub("", word)
    steps = ["letters made equal"]
    if bare != word:
        steps.append(f"without article: {bare}")
    known = _known(bare)
    if known is None:
        for shorter in _shorter(bare):
            known = _known(shorter)
            if known is not None:
                steps.append(f"without particle or possessive: {shorter}")
                break
    if known is not None:
        steps.append(f"dictionary form {known}")
    return (Found(_stem(known or bare), ", ".join(steps)),)


def _known(word: str) -> str | None:
    """The dictionary form; hamza and the two dots of ta marbuta may have been left out."""
    known = [found for one in _spellings(word) if (found := lexicon.lookup(one, _LANG))]
    if known and word[1:].find("ا") >= 0 and known[0] != word:
        # A noun that is its own dictionary form, typed without its hamza, before a form of a verb.
        middle = word[:1] + word[1:].replace("ا", "أ", 1)
        if lexicon.lookup(middle, _LANG) == middle:
            return middle
    return known[0] if known else None


def _spellings(word: str) -> list[str]:
    found = [word]
    if word.endswith("ه"):
        found.append(word[:-1] + "ة")
    if word.endswith("ي"):
        found.append(word[:-1] + "ى")
    if word.startswith("ا"):
        found += [letter + rest[1:] for rest in tuple(found) for letter in "أإآ"]
    return found


def _shorter(word: str) -> list[str]:
    """The word without a particle before it, without a possessive behind it, without both."""
    starts = dict.fromkeys((word, _PARTICLE.sub("", word)))
    found: dict[str, None] = {}
    for start in starts:
        end = _POSSESSIVE.sub("", start)
        found.update(dict.fromkeys((start, end)))
        if end != start and end.endswith("ت"):
            found[end[:-1] + "ة"] = None
    found.pop(word, None)
    return list(found)


def _stem(word: str) -> str:
    """Equal letters, and one form for singular, regular plural, masculine and feminine."""
    plain = MARKS.sub("", word).translate(_LETTERS)
    return fold(_NUMBER.sub("", _SHORT_PLURAL.sub("ه", plain))) or fold(word)
