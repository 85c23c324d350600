"""Texts of strangers as plain, short, visible text."""

from __future__ import annotations

import html
import re
from typing import Any

import nh3

from knowledge.services.metadata.facts import ORGANISATION, Party
from nexsm.base.media.names import clean_line

MAX_TITLE = 300
MAX_NAME = 200
MAX_ABSTRACT = 2000
MAX_AUTHORS = 50
# Longer input is cut before anything looks at it.
_MAX_INPUT = 20_000
_FIRST_YEAR, _LAST_YEAR = 1800, 2100
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_COMPACT_DATE = re.compile(r"(?:D:)?(1[89]\d\d|20\d\d)[01]\d[0-3]\d")
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\"<>]{1,180}")
_AFTER_DOI = ".,;:)]}'’”"
# Legal forms and words that no person's name has.
_ORGANISATION = re.compile(
    r"\b(e\. ?V\.|g?GmbH|gUG|e\. ?G\.|Stiftung|Verein|Verband|Bundesverband|Bündnis|Netzwerk|"
    r"Ministerium|Bundesministerium|Bundesamt|Landesamt|Universität|Hochschule|Institut|"
    r"Foundation|Association|University|Institute|Ministry|Network)(?!\w)"
)
_JOINERS = re.compile(r"\n\s*\n+")


def plain(text: Any, limit: int) -> str:
    """One line without markup and invisible characters, at most ``limit`` characters.

    What is longer ends at a word with an ellipsis. Empty for what is no text.
    """
    return _shortened(clean_line(without_markup(text)), limit)


def paragraphs(text: Any, limit: int) -> str:
    """Like `plain`, but blank lines stay."""
    blocks = [clean_line(block) for block in _JOINERS.split(without_markup(text))]
    return _shortened("\n\n".join(block for block in blocks if block), limit)


def without_markup(text: Any) -> str:
    """The text without tags, entities, NUL and half characters; empty for what is no text."""
    if not isinstance(text, str):
        return ""
    # A half character or a NUL would upset the cleaner or the database.
    text = text[:_MAX_INPUT].replace("\0", "").encode("utf-8", "ignore").decode("utf-8")
    return html.unescape(nh3.clean(text, tags=set())) if "<" in text or "&" in text else text


def _shortened(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut else cut}…"


def party(name: Any, kind: str = "") -> Party | None:
    """A person or organisation; None if that is no name. A name is never split."""
    cleaned = plain(name, MAX_NAME + 1)
    if not cleaned or len(cleaned) > MAX_NAME or "://" in cleaned:
        return None
    if not kind and _ORGANISATION.search(cleaned):
        kind = ORGANISATION
    return Party(cleaned, kind)


def parties(names: list[tuple[Any, str]]) -> tuple[Party, ...]:
    """Pairs of name and kind as parties, each once, in order."""
    found = (party(name, kind) for name, kind in names[:MAX_AUTHORS])
    return tuple(dict.fromkeys(one for one in found if one is not None))


def year_in(text: Any) -> int | None:
    """The first year in a date, however it is written."""
    if isinstance(text, bool) or not isinstance(text, str | int):
        return None
    match = _COMPACT_DATE.match(str(text)[:40].strip()) or _YEAR.search(str(text)[:40])
    year = int(match[1]) if match else 0
    return year if _FIRST_YEAR <= year <= _LAST_YEAR else None


def doi_in(text: Any) -> str:
    """The first DOI in a text."""
    match = _DOI.search(text[:_MAX_INPUT]) if isinstance(text, str) else None
    return match[0].rstrip(_AFTER_DOI) if match else ""
