"""Running text out of rich text and StreamFields, without a query and without a template."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import regex

_BLOCK_TAG = regex.compile(
    r"</?(?:p|div|h[1-6]|ul|ol|li|br|hr|blockquote|table|tr|td|th|section|figure)\b[^>]*>", regex.I
)
_ANY_TAG = regex.compile(r"<[^>]*>")
# Half characters, which JSON can hold and no web page can show.
_HALVES = re.compile("[\ud800-\udfff]")
_SPACE = regex.compile(r"[ \t\r\n]+")
# Values inside blocks that are no text for readers.
_NO_TEXT = frozenset({"id", "type", "level", "kind", "url", "page", "document", "decorative"})


def html_text(html: str) -> str:
    """The text of rich text; words on both sides of a block's border stay apart."""
    html = _HALVES.sub("", html)
    if "<" not in html and "&" not in html:
        return html.strip()
    apart = _BLOCK_TAG.sub(" ", html)
    return _SPACE.sub(" ", unescape(_ANY_TAG.sub("", apart))).strip()


def stream_text(stream: Any) -> str:
    """The text of a StreamField's value, from its stored form: choosers are not resolved."""
    if not stream:
        return ""
    return " ".join(part for part in _strings(list(stream.raw_data)) if part)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield html_text(value)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name not in _NO_TEXT:
                yield from _strings(item)
