"""German words: gender forms, feminine forms, umlauts typed as two letters, unknown compounds."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import regex

from search.analysis import compounds, lexicon
from search.analysis.base import fold
from search.analysis.tokens import GENDER_WORD, SIGN_WORD

_DATA = Path(__file__).parent / "data"
_LANG = "de"
_MIN_PERSON = 5  # "Term" + in would make a woman of a date
_MIN_HEAD = 4
_ADJECTIVAL_ENDING = regex.compile(r"e[rnsm]?\Z")
_WEAK_NOUN = regex.compile(r"(?:ant|ent|ist|at|graph|loge|soph|nom|and|ot)\Z", regex.I)
_TYPED_UMLAUT = regex.compile(r"ae|oe|ue", regex.I)
_UMLAUTS = {"ae": "ä", "oe": "ö", "ue": "ü"}
_FEMININE = regex.compile(r"(?P<stem>\p{L}{3,})in(?:nen)?\Z", regex.I)
_FEMININE_COMPOUND = regex.compile(r"(?P<stem>\p{L}{4,})innen(?P<tail>\p{L}{5,})\Z", regex.I)


@cache
def _overrides() -> dict[str, str]:
    """Dictionary forms that the dictionary gets wrong: written form → dictionary form."""
    return dict(line.split("\t") for line in _words("overrides_de.txt"))


@cache
def _words(name: str) -> frozenset[str]:
    """The lines of a word list; ``#`` begins a comment."""
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


class GermanWord(NamedTuple):
    """Terms of the word itself, terms of all its parts, and what else the index holds for it."""

    terms: tuple[str, ...]
    parts: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


def read(surface: str) -> GermanWord:
    """Read one German word: the terms it has, and those of its parts if it is a compound."""
    found = terms(surface)
    gendered = GENDER_WORD.fullmatch(surface)
    stem, tail = (gendered["stem"], gendered["tail"]) if gendered is not None else ("", "")
    if not tail:
        compound = _FEMININE_COMPOUND.match(restore_umlauts(surface))
        if compound is not None and _masculine(compound["stem"]) is not None:
            stem, tail = compound["stem"], compound["tail"]
    if tail:
        # The person and the rest: Migrant*innenselbstorganisation is one of Migrant*innen.
        stem = restore_umlauts(stem)
        person = _masculine(stem) or _plain(stem)
        rest = tail.capitalize()
        parts = _unique(person, *(_parts(rest) or (_plain(rest),)))
        return GermanWord(found, parts, (fold(stem + "in"),))
    if gendered is not None or len(found) > 1:
        return GermanWord(found)
    return GermanWord(found, _parts(restore_umlauts(surface)))


def _parts(word: str) -> tuple[str, ...]:
    """The terms of a compound's parts: those that the same words have when they stand alone."""
    return _unique(*(_plain(part.lemma.capitalize()) for part in compounds.split(word)))


def terms(surface: str) -> tuple[str, ...]:
    """The terms of one German word, the best first: lemma, then what stands beside it."""
    if surface in _words("not_gendered_de.txt"):
        return (fold(surface),)
    gendered = GENDER_WORD.fullmatch(surface)
    if gendered is not None:
        return _gender_terms(gendered["stem"], gendered["tail"])
    signed = SIGN_WORD.fullmatch(surface)
    if signed is not None:
        return _unique(_plain(signed["stem"]), _plain(signed["stem"] + signed["suffix"]))
    word = restore_umlauts(surface)
    compound = _FEMININE_COMPOUND.match(word)
    if compound is not None and _masculine(compound["stem"]) is not None:
        return _gender_terms(compound["stem"], compound["tail"])
    feminine = _FEMININE.match(word)
    if feminine is not None and word.lower() not in _words("not_feminine_de.txt"):
        masculine = _masculine(feminine["stem"])
        if masculine is not None:
            return _unique(fold(feminine["stem"] + "in"), masculine)
    return (_plain(word),)


def _unique(*found: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term for term in found if term))


def _gender_terms(stem: str, tail: str) -> tuple[str, ...]:
    """Both readings of a form that means all genders, alone or as first part of a compound."""
    stem = restore_umlauts(stem)
    if tail:
        # Migrant*innenorganisation means the Migrantenorganisation, Lehrer*innenzimmer the
        # Lehrerzimmer: weak nouns take -en between the parts.
        link = "en" if _WEAK_NOUN.search(stem) else ""
        return _unique(_plain(stem + link + tail), _plain(stem + "innen" + tail))
    masculine = _masculine(stem) or _plain(stem)
    return _unique(fold(stem + "in"), masculine)


@cache
def _masculine(stem: str) -> str | None:
    """The term of the masculine form behind a feminine stem, None if there is no such noun."""
    person = stem.capitalize()
    for candidate in (person + "e", person, _without_umlaut(person) + "e", _without_umlaut(person)):
        known = lexicon.lookup(candidate, _LANG)
        if known and known[:1].isupper() and _is_person(candidate, stem):
            return _finish(known)
    return None


def _is_person(candidate: str, stem: str) -> bool:
    return len(stem) >= _MIN_PERSON or candidate.lower() in _words("short_persons_de.txt")


def _without_umlaut(word: str) -> str:
    return word.translate(str.maketrans("ÄÖÜäöü", "AOUaou"))


@cache
def restore_umlauts(word: str) -> str:
    """``Gefluechtete`` → ``Geflüchtete``, but ``neue`` and ``Feuer`` stay: only towards known words."""
    if not _TYPED_UMLAUT.search(word) or lexicon.lemma(word, _LANG):
        return word
    restored = _TYPED_UMLAUT.sub(lambda match: _UMLAUTS[match[0].lower()], word)
    if word[:1].isupper():
        restored = restored[:1].upper() + restored[1:]
    known = lexicon.lemma(restored, _LANG) or _known_head(restored) or _masculine(restored)
    return restored if known else word


def _plain(word: str) -> str:
    """Lemma, else the lemma of the longest known last part, else a stem; folded."""
    known = _overrides().get(word.lower()) or lexicon.lemma(word, _LANG)
    if known:
        return _finish(known)
    if word.isupper() or (word[:-1].isupper() and word.endswith("s")):
        # MSO and MSOs are one abbreviation; a stemmer would maim both.
        return fold(word.removesuffix("s"))
    compound = _known_head(word)
    if compound:
        return _finish(compound)
    if regex.search(r"\p{L}{3}ies\Z", word):
        return fold(word[:-3] + "y")
    return fold(lexicon.stem(word.lower(), _LANG))


@cache
def _known_head(word: str) -> str | None:
    """``Migrantenselbstorganisationen`` → ``migrantenselbstorganisation``: the last part decides."""
    lowered = word.lower()
    for start in range(3, len(lowered) - _MIN_HEAD + 1):
        head = lexicon.lookup(lowered[start:].capitalize(), _LANG)
        if head and head[:1].isupper():
            return lowered[:start] + head.lower()
    return None


def _finish(found: str) -> str:
    """Fold, and bring nouns made of adjectives (Geflüchtete, Geflüchteter, …) to one form."""
    lowered = found.lower()
    cut = _ADJECTIVAL_ENDING.sub("", lowered)
    if cut != lowered and cut in _words("adjectival_nouns_de.txt"):
        return fold(cut)
    return fold(lowered)
