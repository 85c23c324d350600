"""What languages share: the dictionary first, then marks that were not typed, then a stem."""

from __future__ import annotations

import regex

from search.analysis import lexicon
from search.analysis.base import fold
from search.analysis.found import Found
from search.analysis.tokens import GENDER_WORD, SIGN

_SIGNS = regex.compile(rf"{SIGN}|[!'’./()-]")
_LONGEST_NAME = 4
_ALWAYS_NAME = 3


def is_short_name(surface: str, lang: str) -> bool:
    """Whether a word is an abbreviation in capitals: word lists take AI for a form of “be”.

    Up to three letters always, four only where the dictionary knows no such word.
    """
    letters = surface.replace(".", "").replace(" ", "")
    if not letters.isupper() or len(letters) > _LONGEST_NAME:
        return False
    return len(letters) <= _ALWAYS_NAME or lexicon.lemma(letters, lang) is None


def without_gender_sign(surface: str) -> str:
    """German gender forms in texts of other languages: ``Migrant*innen`` → ``Migrantinnen``."""
    return _SIGNS.sub("", surface) if GENDER_WORD.fullmatch(surface) else surface


def dictionary_form(word: str, lang: str) -> Found | None:
    """The folded dictionary form of a word in lower case or as written, also without its marks."""
    lowered = word.lower()
    known = lexicon.lookup(lowered, lang) or lexicon.lookup(word, lang)
    if known:
        return Found(fold(known), f"dictionary form {known}")
    marked = lexicon.with_marks(lowered, lang)
    known = lexicon.lookup(marked, lang) if marked else None
    return (
        Found(fold(known), f"marks restored: {marked}, dictionary form {known}") if known else None
    )


def read(word: str, lang: str) -> tuple[Found, ...]:
    """The dictionary form, else a stem, else the word."""
    return (dictionary_form(word, lang) or stemmed(word, lang),)


def stemmed(word: str, lang: str) -> Found:
    """The stem of an unknown word, cut after folding, so that marks make no difference."""
    plain = fold(word)
    stem = fold(lexicon.stem(plain, lang))
    rule = "unknown word, folded only" if stem == plain else "unknown word, ending cut by rule"
    return Found(stem, rule)


def known_by_ending(
    word: str, lang: str, endings: tuple[tuple[str, tuple[str, ...]], ...]
) -> Found | None:
    """The dictionary form after exchanging the ending, for inflected forms the dictionary lacks.

    ``endings``: what to take off, and what may stand there in the form that is known.
    """
    for ending, replacements in endings:
        if not word.endswith(ending):
            continue
        for replacement in replacements:
            other = word[: len(word) - len(ending)] + replacement
            known = lexicon.lookup(other, lang)
            if known and other != word:
                return Found(fold(known), f"ending: {other}, dictionary form {known}")
    return None
