"""Persian and Dari: Arabic and Persian letters, the half-space, plurals, ezafe."""

from __future__ import annotations

import regex

from search.analysis import lexicon
from search.analysis.base import fold
from search.analysis.found import Found
from search.analysis.languages.arabic import MARKS

_LANG = "fa"
_HALF_SPACE = "\u200c"
_LETTERS = str.maketrans(
    {"ي": "ی", "ك": "ک", "ى": "ی", "ة": "ه", "ۀ": "ه", "أ": "ا", "إ": "ا", "ؤ": "و"}
)
# What stands behind a noun after a half-space: plural, possessive, article, ezafe.
_BEHIND = regex.compile(
    r"\u200c(?:ها(?:ی[یم]?|یی|یم|یت|یش|مان|تان|شان)?|ام|ات|اش|ای|ی|مان|تان|شان|تر|ترین)\Z"
)
# The same written without it, and plurals that join the word; behind them, what they stand for.
_JOINED = (
    ("هایی", ("",)),
    ("های", ("",)),
    ("ها", ("",)),
    ("گان", ("ه",)),
    ("یان", ("", "ی")),
    ("ان", ("",)),
    ("ین", ("",)),
    ("ات", ("", "ه")),
    ("ی", ("",)),
)
_SHORTEST = 2
_CONTINUOUS, _INFINITIVE = ("می", "نمی"), "ن"


def read(surface: str) -> tuple[Found, ...]:
    """The dictionary form without plural and ezafe; letters and half-spaces make no difference."""
    word = MARKS.sub("", surface).translate(_LETTERS)
    bare = _BEHIND.sub("", word)
    rule = "letters made equal" if bare == word else f"letters made equal, ending taken off: {bare}"
    known = _singular(bare)
    if known is not None:
        return (Found(_finish(known), f"{rule}, dictionary form {known}"),)
    return (Found(_finish(bare), rule),)


def _singular(word: str) -> str | None:
    """The dictionary form, endings that are written without a half-space taken off."""
    plain = word.replace(_HALF_SPACE, "")
    for ending, replacements in _JOINED:
        if plain.endswith(ending) and len(plain) - len(ending) >= _SHORTEST:
            for replacement in replacements:
                other = plain[: len(plain) - len(ending)] + replacement
                known = _known(other)
                if known:
                    return known
    return _known(word) or _known(plain)


def _known(word: str) -> str | None:
    known = lexicon.lookup(word, _LANG) or lexicon.lookup(word.replace("ا", "آ", 1), _LANG)
    if known and word.startswith(_CONTINUOUS) and lexicon.lookup(known + _INFINITIVE, _LANG):
        # Of a verb the dictionary names the past stem of some forms, the infinitive of others.
        return known + _INFINITIVE
    return known


def _finish(word: str) -> str:
    return fold(word.replace("ئ", "و").replace(_HALF_SPACE, "")) or fold(word)
