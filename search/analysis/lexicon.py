"""Dictionary forms and stems, language by language, from packages (no word list is copied here)."""

from __future__ import annotations

from functools import cache

import Stemmer
from simplemma.strategies.dictionaries.stream_dictionary_factory import StreamDictionaryFactory

# Languages whose dictionary forms simplemma knows and whose users we expect. The memory-frugal
# dictionaries of all of them together take less than one full German one.
DICTIONARIES = frozenset({"de", "en", "es", "fa", "fr", "it", "pl", "ro", "ru", "tr", "uk"})
# Reading one takes a second: the package's own factory would forget the first when it reads the ninth.
_FACTORY = StreamDictionaryFactory(cache_max_size=len(DICTIONARIES))
_STEMMERS = {
    "ar": "arabic",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "ro": "romanian",
    "ru": "russian",
    "tr": "turkish",
}


def lookup(word: str, lang: str) -> str | None:
    """The dictionary form of exactly this spelling, or None.

    Where the dictionary names several (``er|es|sie``), the first counts.
    """
    if lang not in DICTIONARIES:
        return None
    found = _FACTORY.get_dictionary(lang).get(word)
    return found.split("|")[0] if found else None


def lemma(word: str, lang: str) -> str | None:
    """The dictionary form, whatever the case of the letters; a noun reading wins."""
    for spelling in dict.fromkeys((word.capitalize(), word, word.lower())):
        found = lookup(spelling, lang)
        if found:
            return found
    return None


@cache
def _stemmer(lang: str) -> Stemmer.Stemmer | None:
    name = _STEMMERS.get(lang)
    # No cache inside the stemmer: our own bounded one stands before it.
    return Stemmer.Stemmer(name, 0) if name else None


def stem(word: str, lang: str) -> str:
    """The stem by rule, for words no dictionary knows; the word itself where no rules exist."""
    stemmer = _stemmer(lang)
    return stemmer.stemWord(word) if stemmer else word
