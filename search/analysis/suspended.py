"""Suspended hyphens: in „Migranten- und Geflüchtetenorganisationen“ the first word is a compound, too."""

from __future__ import annotations

import re

from search.analysis import compounds

# A hyphen at the end of a word, then what leads to the word that completes it, and that word. Several
# words may wait for the same one: „Sprach-, Integrations- und Computerkurse“.
_WAITING = re.compile(
    r"[^\W\d_](?P<hyphen>-)(?=(?:\s*[,/]\s*(?:[^\W\d_]+-)|\s+(?:und|oder|bzw\.?|sowie|&)\s+|\s*/\s*))"
)
_COMPLETING = re.compile(
    r"(?:\s*[,/]\s*|\s+(?:und|oder|bzw\.?|sowie|&)\s+)"
    r"(?P<word>[^\W\d_]+(?:[*:_·/(]-?[^\W\d_]+\)?[^\W\d_]*)?)(?P<again>-(?!\w))?"
)
_MOST_WAITING = 6
_SIGN = re.compile(r"[*:_·/()-]+")


def completed(text: str) -> dict[int, str]:
    """Offset behind a word that waits for its end → the whole word. ``text`` is cleaned text."""
    if "- " not in text and "-," not in text and "-/" not in text:
        return {}
    found: dict[int, str] = {}
    for match in _WAITING.finditer(text):
        end = match.start("hyphen")
        last = _completing_word(text, match.end())
        if last is None:
            continue
        parts = compounds.split(_SIGN.sub("", last))
        if parts:
            begin = end
            while begin and text[begin - 1].isalpha():
                begin -= 1
            found[end] = text[begin:end] + parts[-1].written
    return found


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
