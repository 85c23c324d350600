"""Dictionary forms and stems, language by language, from packages (no word list is copied here)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import combinations, islice

import Stemmer
from simplemma.strategies.dictionaries import StreamDictionaryFactory

from search.analysis.membership import Members
from search.analysis.wordlists import overrides

# Languages whose dictionary forms simplemma knows and whose users we expect. The memory-frugal
# dictionaries of all of them together take less than one full German one.
DICTIONARIES = frozenset({"ar", "de", "en", "es", "fa", "fr", "it", "pl", "ro", "ru", "tr", "uk"})
# simplemma keeps eight dictionaries unless told: with more in use they push each other out, and
# each comes back only after 0.1 to 4 seconds.
FACTORY = StreamDictionaryFactory(cache_max_size=len(DICTIONARIES))
_STEMMERS = {
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "ro": "romanian",
    "ru": "russian",
    "tr": "turkish",
}
# What people leave out when they type: plain letter → the letters it may stand for, the most
# frequent first; and how many of them a word may need.
_MARKS = {
    "es": ({"a": "á", "e": "é", "i": "í", "n": "ñ", "o": "ó", "u": "úü"}, 2),
    "fr": ({"e": "éèê", "c": "ç", "a": "àâ", "i": "îï", "o": "ô", "u": "ûù"}, 3),
    "it": ({"a": "à", "e": "èé", "i": "ì", "o": "ò", "u": "ù"}, 1),
    "pl": ({"a": "ą", "c": "ć", "e": "ę", "l": "ł", "n": "ń", "o": "ó", "s": "ś", "z": "żź"}, 2),
    "ro": ({"a": "ăâ", "i": "î", "s": "ș", "t": "ț"}, 3),
    "tr": ({"i": "ı", "u": "ü", "o": "ö", "s": "ş", "c": "ç", "g": "ğ"}, 6),
}
_MOST_CANDIDATES = 300
# As many look-ups take as long as it takes to make what spares them.
_OFTEN = 100_000
_asked: Counter[str] | None = None
_members: dict[str, Members] = {}


def lookup(word: str, lang: str) -> str | None:
    """The dictionary form of exactly this spelling, or None.

    Where the dictionary names several (``er|es|sie``), the first counts.
    """
    if lang not in DICTIONARIES:
        return None
    found = overrides(lang).get(word)
    if not found and (_asked is None or _may_be_known(word, lang, _asked)):
        found = FACTORY.get_dictionary(lang).get(word)
    return found.split("|")[0] if found else None


def read_all() -> None:
    """Read all dictionaries, which otherwise happens when the first word of a language is looked up."""
    for lang in sorted(DICTIONARIES):
        FACTORY.get_dictionary(lang)


def expect_many() -> None:
    """Get ready for very many words: most look-ups are of pieces of compounds no dictionary has.

    Building an index looks up forty pieces for every new German word, at 8 µs each. What tells strangers
    at a tenth of that takes a second and nine megabytes for German, so it is only made where it pays:
    not for queries, and not before a language has been asked for often.
    """
    global _asked  # noqa: PLW0603 - one switch for the process
    _asked = _asked or Counter()


def _may_be_known(word: str, lang: str, asked: Counter[str]) -> bool:
    if lang in _members:
        return word in _members[lang]
    asked[lang] += 1
    if asked[lang] > _OFTEN:
        _members[lang] = Members(FACTORY.get_dictionary(lang))
    return True


def lemma(word: str, lang: str) -> str | None:
    """The dictionary form, whatever the case of the letters; a noun reading wins."""
    for spelling in dict.fromkeys((word.capitalize(), word, word.lower())):
        found = lookup(spelling, lang)
        if found:
            return found
    return None


def with_marks(word: str, lang: str) -> str | None:
    """The known word that was typed without its marks (``educacion`` → ``educación``), or None.

    ``word`` is in lower case. Few marks are tried before many.
    """
    if lang not in _MARKS or not word.isascii():
        return None
    marks, most = _MARKS[lang]
    for candidate in islice(_marked(word, marks, most), _MOST_CANDIDATES):
        if lookup(candidate, lang):
            return candidate
    return None


def _marked(word: str, marks: dict[str, str], most: int) -> Iterator[str]:
    places = [(at, mark) for at, letter in enumerate(word) for mark in marks.get(letter, "")]
    for number in range(1, most + 1):
        for chosen in combinations(places, number):
            letters = list(word)
            for at, mark in chosen:
                letters[at] = mark
            yield "".join(letters)


@cache
def _stemmer(lang: str) -> Stemmer.Stemmer | None:
    name = _STEMMERS.get(lang)
    # No cache inside the stemmer: our own bounded one stands before it.
    return Stemmer.Stemmer(name, 0) if name else None


def stem(word: str, lang: str) -> str:
    """The stem by rule, for words no dictionary knows; the word itself where no rules exist."""
    stemmer = _stemmer(lang)
    return stemmer.stemWord(word) if stemmer else word
