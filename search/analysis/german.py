"""German words: gender forms, feminine forms, umlauts typed as two letters, unknown compounds."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import regex

from search.analysis import compounds, families, lexicon
from search.analysis.base import fold
from search.analysis.found import Found, Understood, unique
from search.analysis.languages.known_forms import is_short_name
from search.analysis.tokens import DOTTED_WORD, GENDER_WORD, SIGN_WORD
from search.analysis.wordlists import overrides, words

_LANG = "de"
_MIN_PERSON = 5  # "Term" + in would make a woman of a date
_MIN_HEAD = 4
_ADJECTIVAL_ENDING = regex.compile(r"e[rnsm]?\Z")
_WEAK_NOUN = regex.compile(r"(?:ant|ent|ist|at|graph|loge|soph|nom|and|ot)\Z", regex.I)
_TYPED_UMLAUT = regex.compile(r"ae|oe|ue", regex.I)
_UMLAUTS = {"ae": "ä", "oe": "ö", "ue": "ü"}
_WITHOUT_UMLAUT = str.maketrans("ÄÖÜäöü", "AOUaou")
_FEMININE = regex.compile(r"(?P<stem>\p{L}{3,})in(?:nen)?\Z", regex.I)
_FEMININE_COMPOUND = regex.compile(r"(?P<stem>\p{L}{4,})innen(?P<tail>\p{L}{5,})\Z", regex.I)
_POSSESSIVE = regex.compile(r"['’]s?\Z")
# The inner part of Migranten(selbst)organisation; (innen) and (inn) are endings.
_INNER = regex.compile(r"(?<=\p{L})\((?!inn)(?P<inner>\p{L}{3,})\)(?=\p{L}{3})", regex.I)
_ENDINGS_OF_PERSONS = ("er", "or", "e", "ent", "ant", "ist")
_INFINITIVE = regex.compile(r"(?:en|ern|eln)\Z")


class _Form(NamedTuple):
    """A term, its rule, and the dictionary form in small letters for those who look for relatives."""

    term: str
    rule: str
    lemma: str

    @property
    def found(self) -> Found:
        return Found(self.term, self.rule)


def read(surface: str) -> Understood:
    """Read one German word: its terms, those of its parts, those of its family."""
    if surface in words("not_gendered_de.txt"):
        return Understood((Found(fold(surface), "a name: folded only"),))
    if DOTTED_WORD.fullmatch(surface):
        letters = (
            Found(fold(letter), "letter of an abbreviation") for letter in surface.split(".")
        )
        return Understood(
            (Found(fold(surface), "abbreviation without dots"),), also=unique(letters)
        )
    surface = _POSSESSIVE.sub("", surface) or surface
    if is_short_name(surface, _LANG):
        return Understood((Found(fold(surface), "abbreviation: folded only"),))
    if _INNER.search(surface) is not None:
        return _with_and_without_inner_part(surface)
    gendered = GENDER_WORD.fullmatch(surface)
    if gendered is not None:
        return _person(gendered["stem"], gendered["tail"], "form for all genders")
    signed = SIGN_WORD.fullmatch(surface)
    if signed is not None:
        both = (_form(signed["stem"]), _form(signed["stem"] + signed["suffix"]))
        return Understood(unique(Found(one.term, f"both forms: {one.rule}") for one in both))
    return _plain_word(surface)


def _with_and_without_inner_part(surface: str) -> Understood:
    long = read(_INNER.sub(r"\g<inner>", surface))
    short = read(_INNER.sub("", surface))
    both = (
        *(f for f in long.terms),
        *(Found(f.term, f"without brackets: {f.rule}") for f in short.terms),
    )
    return Understood(unique(both), short.parts, unique((*long.parts, *long.also, *short.also)))


def _plain_word(surface: str) -> Understood:
    word = restore_umlauts(surface)
    note = "" if word == surface else f"umlaut restored ({word}): "
    compound = _FEMININE_COMPOUND.match(word)
    if compound is not None and _masculine(compound["stem"]) is not None:
        return _person(compound["stem"], compound["tail"], f"{note}feminine form in a compound")
    feminine = _FEMININE.match(word)
    may_be = feminine is not None and word.lower() not in words("not_feminine_de.txt")
    if feminine is not None and may_be and _masculine(feminine["stem"]) is not None:
        return _person(feminine["stem"], "", f"{note}feminine form")
    forms = _readings(word)
    parts = compounds.split(word)
    return Understood(
        unique(Found(one.term, note + one.rule) for one in _with_heads(forms)),
        _part_terms(tuple(_form(part.lemma.capitalize()) for part in parts)),
        _done_by(forms[0]),
    )


def _part_terms(forms: tuple[_Form, ...]) -> tuple[Found, ...]:
    return unique(Found(one.term, f"part of the compound: {one.lemma}") for one in forms)


def _with_heads(forms: tuple[_Form, ...]) -> tuple[Found, ...]:
    """The terms of the forms, and those of the heads of their families."""
    heads = (
        Found(fold(other), f"family of {one.lemma}")
        for one in forms
        if (other := families.head(one.lemma)) is not None
    )
    return unique((*(one.found for one in forms), *heads))


def _done_by(person: _Form) -> tuple[Found, ...]:
    """What persons do, so that who looks for it finds them."""
    does = families.head_for_person(person.lemma)
    return (Found(fold(does), f"family of {person.lemma}"),) if does else ()


def _person(stem: str, tail: str, why: str) -> Understood:
    """Both readings of a form that means all genders, alone or as first part of a compound."""
    stem = restore_umlauts(stem)
    masculine = _masculine(stem) or _form(stem)
    if not tail:
        feminine = Found(fold(stem + "in"), f"{why}: the feminine")
        base = Found(masculine.term, f"{why}: the masculine, {masculine.rule}")
        parts = tuple(_form(part.lemma.capitalize()) for part in compounds.split(stem))
        return Understood(unique((feminine, base)), _part_terms(parts), _done_by(masculine))
    # Migrant*innenorganisation means the Migrantenorganisation, Lehrer*innenzimmer the
    # Lehrerzimmer: weak nouns take -en between the parts.
    link = "en" if _WEAK_NOUN.search(stem) else ""
    rest = tail.capitalize()
    heads = tuple(_form(part.lemma.capitalize()) for part in compounds.split(rest)) or (
        _form(rest),
    )
    both = (_form(stem + link + tail), _form(stem + "innen" + tail))
    return Understood(
        unique(Found(one.term, f"{why}: {one.rule}") for one in both),
        _part_terms((masculine, *heads)),
        (Found(fold(stem + "in"), f"{why}: the feminine alone"),),
    )


@cache
def _masculine(stem: str) -> _Form | None:
    """The masculine form behind a feminine stem, None if there is no such noun."""
    capital = stem.capitalize()
    plain = capital.translate(_WITHOUT_UMLAUT)
    for candidate in dict.fromkeys((capital + "e", capital, plain + "e", plain)):
        known = lexicon.lookup(candidate, _LANG)
        if known and known[:1].isupper() and _is_person(candidate, stem):
            return _finish(known, f"dictionary form {known}")
    # Sprachmittler: not in the dictionary, but Mittler is, behind a word that compounds begin with.
    lowered = stem.lower()
    for start in range(3, len(lowered) - _MIN_PERSON + 1):
        head = (lexicon.lookup(lowered[start:].capitalize(), _LANG) or "").lower()
        if head.endswith(_ENDINGS_OF_PERSONS) and compounds.begins_compounds(lowered[:start]):
            return _finish(lowered[:start] + head, f"known last part {head}")
    return None


def _is_person(candidate: str, stem: str) -> bool:
    return len(stem) >= _MIN_PERSON or candidate.lower() in words("short_persons_de.txt")


@cache
def restore_umlauts(word: str) -> str:
    """``Gefluechtete`` → ``Geflüchtete``, but ``neue`` and ``Feuer`` stay: only towards known words."""
    if "elbststän" in word or "elbststaen" in word:
        word = word.replace("elbstst", "elbst")  # both spellings are right; one is enough for us
    if not _TYPED_UMLAUT.search(word) or lexicon.lemma(word, _LANG):
        return word
    restored = _TYPED_UMLAUT.sub(lambda match: _UMLAUTS[match[0].lower()], word)
    if word[:1].isupper():
        restored = restored[:1].upper() + restored[1:]
    known = lexicon.lemma(restored, _LANG) or _known_head(restored) or _masculine(restored)
    return restored if known else word


def _readings(word: str) -> tuple[_Form, ...]:
    """The dictionary form, and a second one where a verb and a noun are written alike.

    In small letters „gründe“ is the verb and never the plural of Grund; „arbeiten“ may be Arbeit as
    well, because people search without capitals; „Gründen“ may be both.
    """
    lowered = word.lower()
    infinitive = lexicon.lookup(lowered, _LANG) or ""
    noun = lexicon.lookup(lowered.capitalize(), _LANG) or ""
    if _INFINITIVE.search(infinitive) is None or not (word.islower() or infinitive == lowered):
        return (_form(word),)
    verb = _finish(infinitive, f"verb {infinitive}")
    if not noun[:1].isupper() or noun.lower() == infinitive:
        return (verb,)
    other = _finish(noun, f"dictionary form {noun}")
    is_same_stem = noun.lower().startswith(_INFINITIVE.sub("", infinitive))
    return (verb,) if word.islower() and not is_same_stem else (other, verb)


def _form(word: str) -> _Form:
    """Lemma, else the lemma of the longest known last part, else a stem; folded."""
    known = overrides(_LANG).get(word.lower()) or lexicon.lemma(word, _LANG)
    if known:
        return _finish(known, f"dictionary form {known}")
    if word.isupper() or (word[:-1].isupper() and word.endswith("s")):
        # MSO and MSOs are one abbreviation; a stemmer would maim both.
        return _Form(fold(word.removesuffix("s")), "abbreviation without plural s", word.lower())
    compound = _known_head(word)
    if compound:
        return _finish(compound, f"last part is known: {compound}")
    if regex.search(r"\p{L}{3}ies\Z", word):
        return _Form(fold(word[:-3] + "y"), "plural -ies", word.lower())
    cut = _ADJECTIVAL_ENDING.sub("", word.lower())
    if cut in words("adjectival_nouns_de.txt"):
        return _Form(fold(cut), f"noun made of the adjective {cut}", cut)
    stem = fold(lexicon.stem(word.lower(), _LANG))
    return _Form(stem, "unknown word, ending cut by rule", word.lower())


@cache
def _known_head(word: str) -> str | None:
    """``Migrantenselbstorganisationen`` → ``migrantenselbstorganisation``: the last part decides."""
    lowered = word.lower()
    for start in range(3, len(lowered) - _MIN_HEAD + 1):
        head = lexicon.lookup(lowered[start:].capitalize(), _LANG)
        if head and head[:1].isupper():
            return lowered[:start] + head.lower()
    return None


def _finish(found: str, rule: str) -> _Form:
    """Fold, and bring nouns made of adjectives (Geflüchtete, Geflüchteter, …) to one form."""
    lowered = found.lower()
    cut = _ADJECTIVAL_ENDING.sub("", lowered)
    if cut != lowered and cut in words("adjectival_nouns_de.txt"):
        return _Form(fold(cut), f"noun made of the adjective {cut}", cut)
    return _Form(fold(lowered), rule, lowered)
