"""Texts and slides of LibreOffice and others (OASIS OpenDocument 1.3)."""

from __future__ import annotations

from typing import IO

from search.files.limits import Limits
from search.files.outcome import CannotReadError, Outcome
from search.files.parts import Archive
from search.files.readers.text import DRAWN_BREAK, SET_BREAK, Collector, Text, paged
from search.files.readers.xml import Handler, parse

_PARAGRAPHS = frozenset({"p", "h"})
# What stands in the body and is not shown in it: remarks of editors, deleted text, speakers' notes.
_SKIPPED = frozenset({"annotation", "tracked-changes", "notes", "forms"})
_MOST_SPACES = 100


class _Manifest(Handler):
    """Whether a part is encrypted."""

    is_encrypted = False

    def started(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        if name == "encryption-data":
            self.is_encrypted = True


class _Body(Handler):
    """The text of paragraphs and headings, with page breaks; ``slides`` sets one after each slide."""

    def __init__(self, collector: Collector, *, slides: bool = False) -> None:
        super().__init__()
        self.collector = collector
        self._slides = slides
        self._depth = 0  # of paragraphs: a frame in one holds others
        self._skipped = 0
        self._style = ""
        self._breaks_before: set[str] = set()
        self._breaks_after: set[str] = set()
        self._styles: list[str] = []
        self._slide_ends = False

    def started(self, name: str, attributes: dict[str, str]) -> None:
        if name in _SKIPPED:
            self._skipped += 1
        elif self._skipped:
            return
        elif name in {"style", "paragraph-properties"}:
            self._learn_style(name, attributes)
        elif name in _PARAGRAPHS:
            self._depth += 1
            self._styles.append(attributes.get("style-name", ""))
            if not self._slides and self._styles[-1] in self._breaks_before:
                self.collector.add(SET_BREAK)
        elif name == "soft-page-break" or (name == "page" and self._slide_ends):
            self.collector.add(DRAWN_BREAK)
        elif self._depth:
            self._sign(name, attributes)

    def _learn_style(self, name: str, attributes: dict[str, str]) -> None:
        """Which styles of paragraphs begin or end a page: styles come before the text."""
        if name == "style":
            self._style = attributes.get("name", "")
        if attributes.get("break-before") == "page":
            self._breaks_before.add(self._style)
        if attributes.get("break-after") == "page":
            self._breaks_after.add(self._style)

    def _sign(self, name: str, attributes: dict[str, str]) -> None:
        if name == "s":
            count = attributes.get("c", "1")
            self.collector.add(" " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES))
        elif name in {"tab", "line-break"}:
            self.collector.add("\t" if name == "tab" else "\n")

    def ended(self, name: str) -> None:
        if name in _SKIPPED:
            self._skipped -= 1
        elif self._skipped:
            return
        elif name in _PARAGRAPHS:
            self._depth -= 1
            self.collector.add("\n")
            if self._styles.pop() in self._breaks_after and not self._slides:
                self.collector.add(SET_BREAK)
        elif name == "page" and self._slides:
            self._slide_ends = True

    def characters(self, content: str) -> None:
        if self._depth and not self._skipped:
            self.collector.add(content)


def read_document(file: IO[bytes], limits: Limits) -> Text:
    """A text. Pages are those the program drew when it was saved, and those its author has set."""
    return paged(_read(file, limits, slides=False))


def read_slides(file: IO[bytes], limits: Limits) -> Text:
    """Slides, a page each."""
    collector = _read(file, limits, slides=True)
    pages = collector.text.split(DRAWN_BREAK)
    return Text(pages, is_numbered=True, is_cut=collector.is_full)


def _read(file: IO[bytes], limits: Limits, *, slides: bool) -> Collector:
    collector = Collector(limits.characters)
    with Archive(file) as archive:
        manifest = _Manifest()
        if "META-INF/manifest.xml" in archive.names:
            with archive.open("META-INF/manifest.xml") as part:
                parse(part, manifest)
        if manifest.is_encrypted:
            raise CannotReadError(Outcome.ENCRYPTED)
        if "content.xml" not in archive.names:
            raise CannotReadError(Outcome.DAMAGED, "no content.xml")
        with archive.open("content.xml") as part:
            parse(part, _Body(collector, slides=slides))
    return collector
