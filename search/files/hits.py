"""Where in a file the words of a query stand that the item's own texts do not hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from search import highlight
from search.analysis import placed_words
from search.analysis.chain import PlacedWord
from search.files import places, texts
from search.files.places import Place
from search.highlight import Wanted, WantedWord
from search.models import ShownText
from search.sources.base import FoundFile

# So many pages of a hit are read to find the best; of a phrase more, because its words may stand on
# many pages and the phrase on one.
_PAGES = 3
_PAGES_OF_PHRASE = 8


@dataclass(frozen=True, slots=True)
class Sought:
    """A hit whose own texts lack words: the words, the files to look into, the language of the item."""

    key: str
    missing: tuple[WantedWord, ...]
    files: tuple[FoundFile, ...]
    language: str


@dataclass(frozen=True, slots=True)
class FileHit:
    """A piece of a file, with marks. ``page`` is None where readers cannot turn to one.

    Without a piece, the words stand in what the file is called.
    """

    file: FoundFile
    page: int | None = None
    snippet_html: SafeString | None = None


def find(sought: Sequence[Sought], wanted: Wanted) -> dict[str, FileHit]:
    """Key of a hit → the piece of its files that shows most of what is missing. Two queries for all."""
    if not sought:
        return {}
    written = dict(
        ShownText.objects.filter(pk__in=[item.key for item in sought]).values_list("pk", "pages")
    )
    candidates = {item.key: _candidates(item, written.get(item.key, "")) for item in sought}
    pages = {place for found in candidates.values() for place in found}
    contents = texts.load_pages(pages) if pages else {}
    found = {}
    for item in sought:
        hit = _best(item, candidates[item.key], contents, wanted)
        if hit is not None:
            found[item.key] = hit
    return found


def _candidates(item: Sought, written: str) -> list[Place]:
    """The pages with most of the missing words, the first of them first."""
    open_to_viewer = {file.document for file in item.files}
    on_page = places.find(written, {key for word in item.missing for key in word.keys})
    ranked = sorted(
        (place for place in on_page if place[0] in open_to_viewer),
        key=lambda place: (-sum(word.is_among(on_page[place]) for word in item.missing), place[1]),
    )
    most = _PAGES_OF_PHRASE if any(word.phrase for word in item.missing) else _PAGES
    return ranked[:most]


def _best(
    item: Sought,
    candidates: Iterable[Place],
    contents: Mapping[Place, tuple[str, bool]],
    wanted: Wanted,
) -> FileHit | None:
    by_document = {file.document: file for file in item.files}
    best: FileHit | None = None
    most = 0
    for place in candidates:
        if place not in contents:
            continue
        text, is_numbered = contents[place]
        file = by_document[place[0]]
        words = list(placed_words(text, file.language or item.language))
        shown = sum(stands_in(word, words) for word in item.missing)
        if shown > most:
            most = shown
            spans = highlight.spans_of(words, wanted)
            # Lines of a page are no lines of a snippet; places stay the same.
            piece = highlight.piece_of([(text.replace("\n", " "), spans)])
            best = FileHit(file, place[1] if is_numbered else None, piece)
    return best or _by_name(item)


def _by_name(item: Sought) -> FileHit | None:
    for file in item.files:
        words = list(placed_words(file.label, file.language or item.language))
        if any(stands_in(word, words) for word in item.missing):
            return FileHit(file)
    return None


def stands_in(word: WantedWord, words: Sequence[PlacedWord]) -> bool:
    """Whether a word, or all words of a phrase one after the other, are among these."""
    if not word.phrase:
        return any(not word.keys.isdisjoint(found.keys) for _start, _end, found in words)
    written = tuple(found.folded for _start, _end, found in words)
    length = len(word.phrase)
    return any(
        written[start : start + length] == word.phrase
        for start, first in enumerate(written)
        if first == word.phrase[0]
    )
