"""On which pages of an item's files a term stands: an inverted list, kept with the index.

A plain string, like ``search.marks``: finding the few terms of a query in it costs next to nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from search.analysis import Word

Place = tuple[int, int]
"""Document and page."""

_RECORD = "\x1e"
_UNIT = "\x1f"
# A place is written as two characters, number of the file and number of the page, above the signs and
# below half characters (U+D800). Pages and files that cannot be written so are found, and not shown.
_ZERO = 0x100
_MOST = 0xD000


def write(pages: Iterable[tuple[Place, Sequence[Word]]]) -> str:
    """The list over pages with their words."""
    places: defaultdict[str, str] = defaultdict(str)
    documents: dict[int, int] = {}
    for (document, number), words in pages:
        index = documents.setdefault(document, len(documents))
        if max(index, number) >= _MOST:
            continue
        place = chr(_ZERO + index) + chr(_ZERO + number)
        for term in {key for word in words for key in word.keys}:
            places[term] += place
    if not places:
        return ""
    head = ",".join(map(str, documents))
    body = "".join([f"{_RECORD}{term}{_UNIT}{found}" for term, found in places.items()])
    return f"{head}{body}{_RECORD}"


def find(written: str, terms: Iterable[str]) -> dict[Place, set[str]]:
    """Page → which of the terms stand on it."""
    head, _sign, _rest = written.partition(_RECORD)
    documents = [int(document) for document in head.split(",") if document]
    found: defaultdict[Place, set[str]] = defaultdict(set)
    for term in terms:
        for index, number in _places(written, term):
            found[documents[index], number].add(term)
    return found


def _places(written: str, term: str) -> Iterator[tuple[int, int]]:
    head = f"{_RECORD}{term}{_UNIT}"
    at = written.find(head)
    if at < 0:
        return
    begin = at + len(head)
    places = written[begin : written.find(_RECORD, begin)]
    for index, number in zip(places[::2], places[1::2], strict=True):
        yield ord(index) - _ZERO, ord(number) - _ZERO
