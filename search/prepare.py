"""From a document of the site to the terms, values and numbers an engine stores."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from search import marks
from search.analysis import Word, fold, placed_words, words
from search.analysis.chain import PlacedWord, primary
from search.documents import IndexDocument
from search.fields import EMPTY_MARK, KEPT, EngineDocument, Positions
from search.files import places
from search.query.bonuses import whole_title

# A single document may not fill the index; what comes after is not found by its words.
MAX_BODY_CHARACTERS = 400_000
# The same for all files of an item together: about 130 pages. ``docs/search-files.md`` says so.
MAX_FILE_CHARACTERS = 400_000
# Words of files are proposed as corrections from the second time on: text recognition makes mistakes.
_PROPOSABLE_FROM = 2
# Autocompletion begins with the first letter; nobody types more than these.
MAX_PREFIX = 20
# Between two values of the same field stands this, so that no phrase reaches across.
_GAP = (EMPTY_MARK,)
# The number to sort by date: 20 bits for the day, 16 for the day it went online here, 27 that are
# always the same for the same key. Below 2 ** 63, because engines count with signed numbers.
_KEY_BITS = 27
_ONLINE_BITS = 16
_ONLINE_FROM = date(2000, 1, 1).toordinal()


Contents = Mapping[int, Sequence[tuple[int, str]]]
"""Document of a file → its pages with text, each with its number."""


def prepare(document: IndexDocument, contents: Contents = MappingProxyType({})) -> EngineDocument:
    """Analyse a document. Pure: the same document gives the same result, on every engine.

    ``contents`` are the texts of its files.
    """
    lang = document.language
    shown = _Shown(document)
    title, summary = shown.title_words, shown.summary_words
    names = [words(name, lang) for name in document.other_names]
    labels = [words(text, lang) for text in (*document.topic_labels, *document.tags)]
    organisations = [words(name, lang) for name in document.organisations]
    body = shown.body_words + words(document.body[shown.body_end : MAX_BODY_CHARACTERS], lang)
    files = _Files(document, contents)
    own = [title, *names, *labels, *organisations, summary, body]
    texts: dict[str, Positions] = {
        "title": _terms([title]),
        "alt": _terms(names),
        "tags": _terms(labels),
        "org": _terms(organisations),
        "summary": _terms([summary]),
        "body": _terms([body]),
        "attachment": _terms(files.texts),
        "xlang": _terms([words(text, code) for code, text in document.elsewhere]),
        "exact": _surfaces([*own, *files.texts]),
    }
    return EngineDocument(
        key=document.key,
        group=document.group,
        digest=digest(document),
        texts=texts,
        keywords={
            **_keywords(document, title, [title, *names, *organisations]),
            "words": tuple(_proposable(own) | files.proposable),
        },
        recency=recency(document),
        day=document.published.toordinal() if document.published else 0,
        sort_title=sort_key(document.title),
        year=document.year,
        shown={
            "version": document.version,
            "text": shown.text,
            "marks": shown.marks,
            "pages": files.places,
        },
    )


class _Shown:
    """The texts a hit is shown with, their words, and where these stand."""

    def __init__(self, document: IndexDocument) -> None:
        texts = (
            marks.beginning(document.title, marks.MAX_TITLE),
            marks.beginning(document.summary, marks.MAX_SUMMARY),
            marks.beginning(document.body, marks.MAX_BODY),
        )
        whole = (document.title, document.summary, document.body)
        is_cut = sum(map(len, texts)) < sum(map(len, whole))
        placed = [placed_words(text, document.language) for text in texts]
        self.title_words, self.summary_words, self.body_words = map(_without_places, placed)
        self.body_end = len(texts[2])
        self.text = marks.write_text(*texts, is_cut=is_cut)
        self.marks = marks.write_marks(list(zip(texts, placed, strict=True)))


class _Files:
    """What can be found of the files: what they are called, then their pages as one running text."""

    def __init__(self, document: IndexDocument, contents: Contents) -> None:
        self.texts: list[list[Word]] = []
        counts: Counter[str] = Counter()
        pages: list[tuple[places.Place, list[Word]]] = []
        left = MAX_FILE_CHARACTERS
        for file in document.attachments:
            language = file.language or document.language
            name = f"{file.label} {file.name.rpartition('.')[0].replace('_', ' ')}"
            running: list[Word] = []
            for number, text in contents.get(file.document, ()):
                found = words(text[: max(left, 0)], language)
                left -= len(text)
                running += found
                pages.append(((file.document, number), found))
            self.texts += [words(name, language), running]
            counts.update(word.written for word in running if word.is_proposable)
        self.proposable = {word for word, count in counts.items() if count >= _PROPOSABLE_FROM}
        self.places = places.write(pages)


def _without_places(placed: list[PlacedWord]) -> list[Word]:
    return [word for _start, _end, word in placed]


def digest(document: IndexDocument) -> str:
    """A fingerprint of a document's content, to tell whether the index holds it as it is."""
    return hashlib.sha256(repr(document).encode()).hexdigest()[:16]


def sort_key(title: str) -> str:
    """Titles in the order readers expect: without case, marks, leading quotes and signs."""
    return " ".join(word.folded for word in words(title, "und"))[:120]


def prefixes(names: Iterable[Word]) -> set[str]:
    """All beginnings of all words, with umlauts as plain letters and as two letters."""
    found: set[str] = set()
    for name in names:
        for word in {name.folded, fold(_two_letters(name.written)), *name.terms}:
            found.update(word[:length] for length in range(1, min(len(word), MAX_PREFIX) + 1))
    return found


def _two_letters(word: str) -> str:
    return word.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")


def _terms(values: Iterable[list[Word]]) -> Positions:
    return tuple(_joined([word.terms for word in found] for found in values))


def _surfaces(values: Iterable[list[Word]]) -> Positions:
    return tuple(_joined([(word.folded,) for word in found] for found in values))


def _joined(values: Iterable[list[tuple[str, ...]]]) -> Iterator[tuple[str, ...]]:
    first = True
    for positions in values:
        if not positions:
            continue
        if not first:
            yield _GAP
        first = False
        yield from positions


def _keywords(
    document: IndexDocument,
    title: list[Word],
    names: list[list[Word]],
) -> dict[str, tuple[str, ...]]:
    starts = prefixes(word for found in names for word in found)
    return {
        "kind": (document.kind,),
        "type": (document.type,) if document.type else (),
        "language": document.languages,
        "region": document.regions,
        "topic": document.topics,
        "tag": document.tags,
        "publisher": document.publishers,
        "conference": document.conferences,
        "serves": document.serves,
        "written": _written(document),
        "title_whole": (whole_title([word.folded for word in title]),) if title else (),
        "prefix": tuple(starts),
        "standing": () if document.is_doubtful else (KEPT,),
    }


def _written(document: IndexDocument) -> tuple[str, ...]:
    """The languages the work can be read in, this version's first."""
    codes = (document.language, *(code for code, _text in document.elsewhere))
    return tuple(dict.fromkeys(map(primary, codes)))


def _proposable(texts: Iterable[list[Word]]) -> set[str]:
    """Written forms that may be offered as corrections."""
    return {word.written for found in texts for word in found if word.is_proposable}


def recency(document: IndexDocument) -> int:
    """A number that grows with the date and ties only by accident."""
    day = document.published.toordinal() if document.published else 0
    online = document.online_since.toordinal() - _ONLINE_FROM if document.online_since else 0
    online = min(max(online, 0), 2**_ONLINE_BITS - 1)
    fixed = int.from_bytes(hashlib.sha256(document.key.encode()).digest()[:4], "big") >> 5
    return ((day << _ONLINE_BITS | online) << _KEY_BITS) | fixed
