"""English: possessives, British and American spelling."""

from __future__ import annotations

import regex

from search.analysis import lexicon
from search.analysis.base import fold
from search.analysis.found import Found
from search.analysis.languages import known_forms

_LANG = "en"
_POSSESSIVE = regex.compile(r"(?:['’]s|(?<=s)['’])\Z")
# British → American, tried on dictionary forms; counts only if the dictionary knows the result.
_AMERICAN = (
    (regex.compile(r"is(?=(?:e|ation|ational|er|ing|ed)\Z)"), "iz"),
    (regex.compile(r"our(?=(?:|ed|er|ing|ite|ful|able|hood)\Z)"), "or"),
    (regex.compile(r"(?<=[bt])re\Z"), "er"),
    (regex.compile(r"(?<=gram)me\Z"), ""),
    (regex.compile(r"ogue\Z"), "og"),
    (regex.compile(r"(?<=[aeiou]l)l(?=(?:ed|er|or|ing)\Z)"), ""),
    (regex.compile(r"ence\Z"), "ense"),
)
# „our“ and „se“ that no American writes otherwise, though the dictionary knows the other word.
_NO_OTHER_SPELLING = frozenset({"hour", "four", "tour", "pour", "your", "sour", "flour"})
_SINGLE_L = regex.compile(r"(?<=[aeiou]l)(?=(?:ed|er|ing)\Z)")


def read(surface: str) -> tuple[Found, ...]:
    """The dictionary form in American spelling."""
    if surface[:-1].isupper() and surface.endswith("s"):
        return (Found(fold(surface[:-1]), "plural of an abbreviation"),)
    word = known_forms.without_gender_sign(_POSSESSIVE.sub("", surface))
    if known_forms.is_short_name(word, _LANG):
        return (Found(fold(word), "abbreviation: folded only"),)
    known = lexicon.lookup(word.lower(), _LANG) or lexicon.lookup(word, _LANG)
    doubled = _SINGLE_L.sub("l", word.lower())
    if known is None or known == word.lower():
        # counseling and traveled: the dictionary knows the British forms.
        known = lexicon.lookup(doubled, _LANG) or known
    if known is None:
        known = _american(word.lower())
        if known == word.lower():
            # A word with marks is a foreign one: English rules would only maim it.
            return (
                known_forms.stemmed(word, _LANG) if word.isascii() else Found(fold(word), "folded"),
            )
        known = lexicon.lookup(known, _LANG) or known
    american = _american(known)
    rule = f"dictionary form {known}"
    return (Found(fold(american), rule if american == known else f"{rule}, spelt {american}"),)


def _american(word: str) -> str:
    if word in _NO_OTHER_SPELLING:
        return word
    for pattern, replacement in _AMERICAN:
        other = pattern.sub(replacement, word)
        if other != word and lexicon.lookup(other, _LANG):
            return other
    return word
