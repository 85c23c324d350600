"""Texts for formats that know neither HTML nor control characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

# XML 1.0, 2.2 and RFC 5545, 3.1 allow none of these; halves of letters cannot be written in UTF-8.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"\s+")
_LINE_ENDS = re.compile(r"\r\n?|\u0085|\u2028|\u2029")
_ITEM = re.compile(r"<li\b[^>]*>", re.IGNORECASE)
_BREAK = re.compile(r"<br\b[^>]*>", re.IGNORECASE)
_BLOCK = re.compile(r"</?(?:p|h[1-6]|ul|ol|div|blockquote|hr)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def clean(text: str) -> str:
    """The text without control characters, every line end as a line feed."""
    return _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", text))


def line(text: str) -> str:
    """The text as one line."""
    return _SPACES.sub(" ", clean(text)).strip()


def plain(html: str) -> str:
    """Rich text as plain text: an empty line between paragraphs, a dash before items of lists.

    Reading the result as paragraphs and making it plain again gives the same text.
    """
    text = _SPACES.sub(" ", clean(html))
    text = _BLOCK.sub("\n\n", _BREAK.sub("\n", _ITEM.sub("\n- ", text)))
    text = clean(unescape(_TAG.sub("", text))).replace("\u00a0", " ")
    lines = [part.strip(" \t") for part in text.split("\n")]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def blocks_text(blocks: Iterable[dict[str, Any]]) -> str:
    """The blocks of a body, as they are stored, as plain text."""
    parts = [part for block in blocks for part in _block(block["type"], block["value"])]
    return "\n\n".join(part for part in parts if part)


def _block(kind: str, value: Any) -> Iterator[str]:
    if kind == "paragraph":
        yield plain(value)
    elif kind == "heading":
        yield line(value["text"])
    elif kind == "quote":
        yield clean(value["text"]).strip()
        yield line(value.get("source") or "")
    elif kind == "callout":
        yield line(value.get("title") or "")
        yield plain(value["text"])
    elif kind == "links":
        links = (item.get("value", item) for item in value)
        yield "\n".join(f"{line(link['label'])}: {link['url']}" for link in links)
