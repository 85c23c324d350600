"""Russian and Ukrainian: ё and е, apostrophes, inflected forms the dictionary lacks."""

from __future__ import annotations

import regex

from search.analysis import lexicon
from search.analysis.base import fold
from search.analysis.found import Found
from search.analysis.languages import known_forms

_YO = str.maketrans({"ё": "е", "Ё": "Е"})
_APOSTROPHE = regex.compile(r"[’ʼ‘`]")
# Behind an ending the one of the form that the dictionary knows.
_UKRAINIAN_ENDINGS = (
    ("ськими", ("ський",)),
    ("ською", ("ський",)),
    ("ського", ("ський",)),
    ("ському", ("ський",)),
    ("ською", ("ський",)),
    ("ська", ("ський",)),
    ("ське", ("ський",)),
    ("ські", ("ський",)),
    ("ську", ("ський",)),
    ("ок", ("ка",)),
    ("ками", ("ка",)),
    ("ках", ("ка",)),
    ("ки", ("ка",)),
    ("ку", ("ка",)),
    ("кою", ("ка",)),
    ("ці", ("ка",)),
    ("ами", ("", "а")),
    ("ями", ("ь", "я")),
    ("ах", ("", "а")),
    ("ях", ("ь", "я")),
    ("ів", ("", "о")),
    ("ою", ("а",)),
    ("ею", ("я",)),
    ("ом", ("", "о")),
    ("ем", ("ь", "е")),
    ("ові", ("",)),
    ("і", ("", "а")),
    ("и", ("", "а")),
    ("у", ("", "а", "о")),
    ("ю", ("ь", "я")),
    ("а", ("", "о")),
)
_RUSSIAN_ENDINGS = (
    ("ками", ("ка",)),
    ("ок", ("ка",)),
    ("ки", ("ка",)),
    ("ов", ("",)),
    ("ами", ("", "а")),
)


def read_russian(surface: str) -> tuple[Found, ...]:
    """Russian: ё counts as е, written or not."""
    word = known_forms.without_gender_sign(surface)
    known = known_forms.dictionary_form(word, "ru") or known_forms.dictionary_form(
        word.translate(_YO), "ru"
    )
    if known is None:
        known = known_forms.known_by_ending(word.lower(), "ru", _RUSSIAN_ENDINGS)
    if known is None:
        return (known_forms.stemmed(word.translate(_YO), "ru"),)
    return (Found(fold(known.term.translate(_YO)), known.rule),)


def read_ukrainian(surface: str) -> tuple[Found, ...]:
    """Ukrainian: all apostrophes are one, old and new spelling of проєкт meet."""
    word = _APOSTROPHE.sub("'", known_forms.without_gender_sign(surface)).lower()
    own = lexicon.lookup(word, "uk")
    other = (
        known_forms.known_by_ending(word, "uk", _UKRAINIAN_ENDINGS) if own in {None, word} else None
    )
    if own is not None and (other is None or other.term == fold(own)):
        known: Found = Found(fold(own), f"dictionary form {own}")
    elif own is not None and other is not None and not word.endswith(("ою", "ською")):
        known = Found(fold(own), f"dictionary form {own}")
    else:
        known = other or Found(fold(word), "unknown word, folded only")
    return (Found(known.term.replace("проєкт", "проект"), known.rule),)
