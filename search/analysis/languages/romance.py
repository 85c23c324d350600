"""French, Spanish and Italian: elided articles, gender spellings, feminine forms of persons."""

from __future__ import annotations

import regex

from search.analysis import lexicon
from search.analysis.base import fold
from search.analysis.found import Found
from search.analysis.languages import known_forms
from search.analysis.tokens import SIGN

_ELISION = {
    "fr": regex.compile(
        r"\A(?:l|d|j|m|t|s|c|n|qu|jusqu|lorsqu|puisqu|quoiqu)['’](?=\p{L}{2})", regex.I
    ),
    "it": regex.compile(
        r"\A(?:l|d|c|un|dell|all|dall|nell|sull|coll|quell|quest|bell|sant|nessun|qualcun)['’](?=\p{L}{2})",
        regex.I,
    ),
}
# étudiant·e·s, étudiant.e.s, bénévole·s, adhérent(e)s, chico/a, amig@s, amigxs
_INCLUSIVE = regex.compile(
    rf"(?P<stem>\p{{L}}{{3,}})(?:{SIGN}|\.|/|\()(?P<rest>[\p{{L}}()·•‧∙./*:_]+)\Z"
)
# Feminine → masculine, tried where the dictionary keeps the feminine as a word of its own.
_FEMININE = {
    "fr": (
        ("trice", "teur"),
        ("euse", "eur"),
        ("ère", "er"),
        ("enne", "en"),
        ("onne", "on"),
        ("ive", "if"),
        ("e", ""),
    ),
    "es": (("ora", "or"), ("esa", "és"), ("ina", "ín"), ("ona", "ón"), ("a", "o")),
    "it": (("trice", "tore"), ("essa", "e"), ("iera", "iere"), ("iera", "iero"), ("a", "o")),
}
_SHORTEST_PERSON = 4


def read_french(surface: str) -> tuple[Found, ...]:
    """French: ``l'association``, ``étudiant·e·s``, ``travailleuse`` beside ``travailleur``."""
    return _read(surface, "fr")


def read_spanish(surface: str) -> tuple[Found, ...]:
    """Spanish: ``educacion``, ``chico/a``, ``trabajadora`` beside ``trabajador``."""
    return _read(surface, "es")


def read_italian(surface: str) -> tuple[Found, ...]:
    """Italian: ``dell'integrazione``, ``volontaria`` beside ``volontario``."""
    return _read(surface, "it")


def _read(surface: str, lang: str) -> tuple[Found, ...]:
    word = known_forms.without_gender_sign(surface)
    elision = _ELISION.get(lang)
    if elision is not None:
        word = elision.sub("", word)
    inclusive = _INCLUSIVE.match(word)
    if inclusive is not None:
        return _inclusive(inclusive["stem"], inclusive["rest"], lang)
    found = known_forms.read(word, lang)[0]
    masculine = _masculine(word, lang)
    return (found,) if masculine is None else (found, masculine)


def _inclusive(stem: str, rest: str, lang: str) -> tuple[Found, ...]:
    """Both genders of a form that names them; the masculine is what stands before the sign."""
    plain = regex.sub(r"[^\p{L}]", "", rest)
    rule = "form for all genders"
    masculine = known_forms.dictionary_form(stem, lang) or known_forms.dictionary_form(
        stem + "o", lang
    )
    feminine = known_forms.dictionary_form(stem + plain, lang) or known_forms.dictionary_form(
        stem + plain.removesuffix("s"), lang
    )
    found = [Found(one.term, f"{rule}: {one.rule}") for one in (masculine, feminine) if one]
    return tuple(found) or (Found(fold(stem), rule),)


def _masculine(word: str, lang: str) -> Found | None:
    """The masculine of a noun for a person, so that each finds the other."""
    lemma = lexicon.lookup(word.lower(), lang)
    if lemma is None or len(lemma) < _SHORTEST_PERSON:
        return None
    for feminine, masculine in _FEMININE[lang]:
        if not lemma.endswith(feminine):
            continue
        other = lemma[: len(lemma) - len(feminine)] + masculine
        if _is_person(other, lang) and lexicon.lookup(other, lang) == other:
            return Found(fold(other), f"feminine form of {other}")
    return None


def _is_person(masculine: str, lang: str) -> bool:
    """Whether a masculine noun has an ending that names persons: port and porte are not a pair."""
    endings = {
        "fr": ("eur", "ien", "er", "éen", "ant", "ent", "if", "on"),
        "es": (
            "or",
            "ario",
            "ero",
            "ano",
            "eno",
            "ado",
            "ido",
            "ico",
            "és",
            "ino",
            "iano",
            "ogo",
            "iño",
        ),
        "it": (
            "tore",
            "iere",
            "iero",
            "ario",
            "ano",
            "ato",
            "ito",
            "uto",
            "ino",
            "ico",
            "ante",
            "ente",
            "ogo",
        ),
    }
    return len(masculine) >= _SHORTEST_PERSON and masculine.endswith(endings[lang])
