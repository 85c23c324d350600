"""Words of all languages but German: letters first, then the dictionary form, then a stem."""

from __future__ import annotations

import regex

from search.analysis import lexicon
from search.analysis.base import fold
from search.analysis.tokens import GENDER_WORD, SIGN

_ELISION = regex.compile(
    r"\A(?:l|d|j|m|t|s|c|n|qu|jusqu|lorsqu|puisqu|un|dell|all|dall|nell|sull|quell)['’]", regex.I
)
_GENDER_SIGN = regex.compile(rf"{SIGN}|/-?|-/|\(|\)")
_ARABIC_MARKS = regex.compile(r"[\p{Mn}\u0640]")
_ARABIC_LETTERS = str.maketrans(
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
_ARABIC_ARTICLE = regex.compile(r"\A(?:[وبكف]?ال|لل)(?=\p{L}{3})")
_PERSIAN_LETTERS = str.maketrans({"ي": "ی", "ك": "ک", "ى": "ی", "\u200c": ""})
_TURKISH_CASE = str.maketrans({"I": "ı", "İ": "i"})
_RUSSIAN_YO = str.maketrans({"ё": "е", "Ё": "Е"})


def terms(surface: str, lang: str) -> tuple[str, ...]:
    """The terms of one word in ``lang`` (primary subtag); languages without rules are only folded."""
    if GENDER_WORD.fullmatch(surface):
        surface = _GENDER_SIGN.sub("", surface)
    special = {"ar": _arabic, "fa": _persian, "prs": _persian, "tr": _turkish}.get(lang)
    if special is not None:
        return (special(surface),)
    if lang in {"fr", "it"}:
        surface = _ELISION.sub("", surface)
    if lang == "ru":
        surface = surface.translate(_RUSSIAN_YO)
    if lang == "en":
        surface = regex.sub(r"['’]s\Z", "", surface)
    return (_lemma_or_stem(surface, lang),)


def _lemma_or_stem(word: str, lang: str) -> str:
    lowered = word.lower()
    known = lexicon.lookup(lowered, lang) or lexicon.lookup(word, lang)
    return fold(known or lexicon.stem(lowered, lang)) or fold(word)


def _arabic(word: str) -> str:
    plain = _ARABIC_MARKS.sub("", word).translate(_ARABIC_LETTERS)
    return fold(_ARABIC_ARTICLE.sub("", plain)) or fold(word)


def _persian(word: str) -> str:
    plain = _ARABIC_MARKS.sub("", word).translate(_PERSIAN_LETTERS)
    return _lemma_or_stem(plain, "fa")


def _turkish(word: str) -> str:
    # Lower-casing by Unicode's rules would make two letters of İ and a wrong one of I.
    lowered = word.translate(_TURKISH_CASE).lower()
    known = lexicon.lookup(lowered, "tr") or lexicon.lookup(lowered.capitalize(), "tr")
    return fold(known or lexicon.stem(lowered, "tr")) or fold(word)
