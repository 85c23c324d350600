"""Web pages that were saved as a file."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from html.parser import HTMLParser
from typing import IO

from search.files.limits import Limits
from search.files.readers.plain import beginning, decoded
from search.files.readers.text import Collector, FullError, Text, unpaged

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)
_LOOK_FOR_CHARSET = 1_024  # as browsers do
_CHUNK = 64 * 1024
# Most of a page is markup.
_BYTES_OF_A_CHARACTER = 20
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
        "var",
        "wbr",
    ]
)
_SKIPPED = frozenset({"script", "style", "template", "noscript", "svg", "select", "textarea"})


class _Words(HTMLParser):
    def __init__(self, collector: Collector) -> None:
        super().__init__()
        self._collector = collector
        self._skipped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _SKIPPED:
            self._skipped.append(tag)
        elif tag not in _INLINE and not self._skipped:
            self._collector.add("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _SKIPPED:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._skipped and tag == self._skipped[-1]:
            self._skipped.pop()
        elif tag not in _INLINE and not self._skipped:
            self._collector.add("\n")

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self._collector.add(data)


def read(file: IO[bytes], limits: Limits) -> Text:
    """The visible text of a page."""
    content = beginning(file, limits, a_character=_BYTES_OF_A_CHARACTER)
    collector = Collector(limits.characters)
    parser = _Words(collector)
    text = _decoded(content)
    with suppress(FullError):
        for start in range(0, len(text), _CHUNK):
            parser.feed(text[start : start + _CHUNK])
        parser.close()
    return unpaged(collector.text, is_cut=collector.is_full)


def _decoded(content: bytes) -> str:
    if declared := _CHARSET.search(content, 0, _LOOK_FOR_CHARSET):
        with suppress(LookupError, UnicodeError):
            decoder = codecs.getincrementaldecoder(declared[1].decode("ascii"))
            return decoder().decode(content)
    return decoded(content)
