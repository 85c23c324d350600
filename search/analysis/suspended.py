"""Suspended hyphens: in „Migranten- und Geflüchtetenorganisationen“ both words are compounds."""

from __future__ import annotations

import re

from search.analysis import compounds
from search.analysis.tokens import GENDER_WORD

# A hyphen at the end of a word, then what leads to the word that completes it, and that word. Several
# words may wait for the same one: „Sprach-, Integrations- und Computerkurse“.
_WAITING = re.compile(
    r"[^\W\d_](?P<hyphen>-)(?=(?:\s*[,/]\s*(?:[^\W\d_]+-)|\s+(?:und|oder|bzw\.?|sowie|&)\s+|\s*/\s*))"
)
_COMPLETING = re.compile(
    r"(?:\s*[,/]\s*|\s+(?:und|oder|bzw\.?|sowie|&)\s+)"
    r"(?P<word>[^\W\d_]+(?:[*:_·/(]-?[^\W\d_]+\)?[^\W\d_]*)?)(?P<again>-(?!\w))?"
)
# „Vereinsgründung und -führung“: here it is the beginning that the second word leaves out.
# Looked for from its hyphen: a pattern for both words would try every word.
_LEADING = re.compile(r"-(?<=[\s/]-)(?P<rest>[^\W\d_]{3,})")
_AND_BEFORE = ("und", "oder", "bzw", "bzw.", "sowie", "&", ",", "/")
_WHOLE_BEFORE = re.compile(
    r"(?P<word>[^\W\d_]{5,})(?:\s*[,/]\s*|\s+(?:und|oder|bzw\.?|sowie|&)\s+)\Z"
)
_LOOK_BACK = 80
_MOST_WAITING = 6
_SIGN = re.compile(r"[*:_·/()-]+")
# What may stand inside the word that waits: Migrant*innen- und …
_INSIDE = "*:_·•/()'’"
# The inner part of Migranten(selbst)organisation belongs to what completes; (innen) does not.
_BRACKET = re.compile(r"\((?!inn)[^\W\d_]{3,}\)[^\W\d_]{3,}", re.IGNORECASE)


def completed(text: str) -> dict[int, str]:
    """Offset behind a word that leaves out its end or its beginning → the whole word.

    ``text`` is cleaned text.
    """
    found = _with_beginnings(text) if " -" in text or "/-" in text else {}
    if "- " not in text and "-," not in text and "-/" not in text:
        return found
    for match in _WAITING.finditer(text):
        end = match.start("hyphen")
        last = _completing_word(text, match.end())
        if last is None:
            continue
        ending = _ending(last)
        if ending:
            begin = end
            while begin and (text[begin - 1].isalpha() or text[begin - 1] in _INSIDE):
                begin -= 1
            found[end] = text[begin:end].lstrip(_INSIDE) + ending
    return found


def _with_beginnings(text: str) -> dict[int, str]:
    found: dict[int, str] = {}
    for match in _LEADING.finditer(text):
        before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
        if not before.rstrip().endswith(_AND_BEFORE):
            continue
        whole = _WHOLE_BEFORE.search(before)
        parts = compounds.split(whole["word"]) if whole is not None else ()
        if whole is not None and parts:
            found[match.end()] = whole["word"][: -len(parts[-1].written)] + match["rest"]
    return found


def _ending(word: str) -> str:
    """The part of a completing word that belongs to the waiting ones, too; empty if it has none."""
    bracket = _BRACKET.search(word)
    if bracket is not None:
        return bracket[0]
    gendered = GENDER_WORD.fullmatch(word)
    if gendered is not None and not gendered["tail"]:
        # Sprach- und Integrationsmittler*innen
        stem = gendered["stem"]
        parts = compounds.split(stem)
        return parts[-1].written + word[len(stem) :] if parts else ""
    parts = compounds.split(_SIGN.sub("", word))
    return parts[-1].written if parts else ""


def _completing_word(text: str, at: int) -> str | None:
    """The first following word of the list that is written out."""
    for _round in range(_MOST_WAITING):
        match = _COMPLETING.match(text, at)
        if match is None:
            return None
        if not match["again"]:
            return match["word"]
        at = match.end()
    return None
