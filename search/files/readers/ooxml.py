"""Word and PowerPoint files (ECMA-376)."""

from __future__ import annotations

import posixpath
import re
from typing import IO

from search.files.limits import Limits
from search.files.outcome import CannotReadError, Outcome
from search.files.parts import Archive
from search.files.readers.text import DRAWN_BREAK, SET_BREAK, Collector, Text, paged
from search.files.readers.xml import Handler, parse

_DOCUMENT = re.compile(r"word/document\d*\.xml")
_SIGNS = {
    "tab": "\t",
    "cr": "\n",
    "noBreakHyphen": "-",
    "softHyphen": "\u00ad",
    "lastRenderedPageBreak": DRAWN_BREAK,
}


class _Words(Handler):
    """The text of runs: element ``t`` in Word (``w:t``) as in PowerPoint (``a:t``)."""

    def __init__(self, collector: Collector) -> None:
        super().__init__()
        self.collector = collector
        self._is_text = False
        # Inside mc:Fallback stands once more, for old programs, what was there already.
        self._skipped = 0

    def started(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Fallback":
            self._skipped += 1
        elif self._skipped:
            return
        elif name == "t":
            self._is_text = True
        elif name == "br":
            self.collector.add(SET_BREAK if attributes.get("type") == "page" else "\n")
        elif name in _SIGNS:
            self.collector.add(_SIGNS[name])

    def ended(self, name: str) -> None:
        if name == "Fallback":
            self._skipped -= 1
        elif name == "t":
            self._is_text = False
        elif name == "p" and not self._skipped:
            self.collector.add("\n")

    def characters(self, content: str) -> None:
        if self._is_text and not self._skipped:
            self.collector.add(content)


class _Slides(Handler):
    """The order of slides in presentation.xml, as ids of relations."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []

    def startElementNS(self, name, qname, attrs) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001, ARG002, N802
        if name[1] == "sldId":
            # A slide has two attributes called "id": only that of the relation has a namespace.
            self.ids += [value for (space, key), value in attrs.items() if space and key == "id"]


class _Targets(Handler):
    """Relation id → part."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: dict[str, str] = {}

    def started(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")


def read_document(file: IO[bytes], limits: Limits) -> Text:
    """A Word file. Pages are those Word drew when it was saved, else those its author has set."""
    collector = Collector(limits.characters)
    with Archive(file) as archive:
        name = next(filter(_DOCUMENT.fullmatch, archive.names))
        with archive.open(name) as part:
            parse(part, _Words(collector))
    return paged(collector, are_set_drawn=True)


def read_slides(file: IO[bytes], limits: Limits) -> Text:
    """A PowerPoint file, a page for each slide; what only speakers see is left out."""
    with Archive(file) as archive:
        slides, targets = _Slides(), _Targets()
        try:
            with archive.open("ppt/presentation.xml") as part:
                parse(part, slides)
            with archive.open("ppt/_rels/presentation.xml.rels") as part:
                parse(part, targets)
        except KeyError as error:
            raise CannotReadError(Outcome.DAMAGED, "no list of slides") from error
        names = [
            posixpath.normpath(posixpath.join("/ppt", targets.targets.get(slide, "")))[1:]
            for slide in slides.ids
        ]
        collector = Collector(limits.characters)
        pages: list[str] = []
        for name in names[: limits.pages + 1]:
            if collector.is_full:
                break
            if name in archive.names:
                with archive.open(name) as part:
                    parse(part, _Words(collector))
            pages.append(collector.take())
    return Text(pages, is_numbered=True, is_cut=collector.is_full)
