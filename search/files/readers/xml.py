"""XML of a part, read as a stream: no tree, no entities, no DTD."""

from __future__ import annotations

from contextlib import suppress
from typing import IO, Any
from xml.sax import SAXException
from xml.sax.handler import ContentHandler, feature_namespaces

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser

from search.files.outcome import CannotReadError, Outcome
from search.files.readers.text import FullError

Name = tuple[str | None, str]


class Handler(ContentHandler):
    """A handler that is told local names only; formats of offices do not use one name twice."""

    def started(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; ``attributes`` by their local names."""

    def ended(self, name: str) -> None:
        """An element ends."""

    def startElementNS(self, name: Name, qname: str | None, attrs: Any) -> None:  # noqa: ARG002, N802 - SAX
        """What the parser calls."""
        self.started(name[1], {key[1]: value for key, value in attrs.items()})

    def endElementNS(self, name: Name, qname: str | None) -> None:  # noqa: ARG002, N802 - SAX
        """What the parser calls."""
        self.ended(name[1])


def parse(part: IO[bytes], handler: Handler) -> None:
    """Feed a part to the handler until its end, or until its collector is full.

    Raises CannotReadError if it is no XML, or has an entity.
    """
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(handler)
    try:
        with suppress(FullError):
            parser.parse(part)
    except (SAXException, DefusedXmlException, UnicodeError) as error:
        raise CannotReadError(Outcome.DAMAGED, type(error).__name__) from error
