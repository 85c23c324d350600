"""A corpus of invented documents and queries to it: the same for the same number, on every machine.

``python benchmarks/corpus.py 1000 FILE`` writes the first 1,000 documents as lines of JSON. The first
1,000 of 100,000 are the same as the 1,000 of a small corpus, and all queries are made of these, so
corpora of different sizes can be asked the same.
"""

from __future__ import annotations

import json
import random
import re
import sys
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from itertools import accumulate
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from benchmarks import vocabulary

SEED = 2026
NAMESPACE = uuid.UUID("6f1d3c55-3a0e-4e0c-9d5b-0f5a6f0f2a11")
TYPES = (
    *("guide", "study", "report", "toolkit", "video", "podcast"),
    *("course", "brochure", "dataset", "policy", "article", "book"),
)
LANGUAGES = (
    *("de", "en", "tr", "ar", "uk", "ru", "fa", "fr"),
    *("es", "it", "pl", "ro", "pt", "vi", "sq"),
)
_LANGUAGE_WEIGHTS = (70, 10, 3, 3, 3, 2, 2, 1, 1, 1, 1, 1, 0.8, 0.6, 0.6)
_GERMANY = "BW BY BE BB HB HH HE MV NI NW RP SL SN ST SH TH"
_AUSTRIA = "1 2 3 4 5 6 7 8 9"
_SWITZERLAND = "ZH BE LU UR SZ SG BS BL GE VD TI AG VS ZG"
_COUNTRIES = {"DE": _GERMANY, "AT": _AUSTRIA, "CH": _SWITZERLAND}
REGIONS = (
    *_COUNTRIES,
    *(f"{country}-{state}" for country, states in _COUNTRIES.items() for state in states.split()),
)
TOPICS = tuple(f"bench-{number:02}" for number in range(30))
YEARS = range(2005, 2027)
TAGS = 2_000
PUBLISHERS = 400
QUERY_BASE = 1_000
# A version in English follows every so many documents, so that works with two languages occur.
_TRANSLATED = 20
_BODY_WORDS, _SUMMARY_WORDS = (330, 470), (30, 50)
_TOPIC_WORDS = 60
_TOPIC_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Document:
    """One invented resource. ``body`` holds paragraphs."""

    number: int
    public_id: str
    translation_key: str
    title: str
    summary: str
    body: tuple[str, ...]
    type: str
    language: str
    topics: tuple[str, ...]
    regions: tuple[str, ...]
    tags: tuple[str, ...]
    publishers: tuple[str, ...]
    year: int

    @property
    def text(self) -> str:
        """The running text in one piece."""
        return " ".join(self.body)


@dataclass(frozen=True, slots=True)
class Query:
    """A query, its filters by facet, and where its words stand in the list of frequencies."""

    kind: str
    text: str
    filters: dict[str, list[str]] = field(default_factory=dict)
    bands: tuple[str, ...] = ()


def documents(number: int) -> Iterator[Document]:
    """The first documents of the corpus."""
    return (document(place) for place in range(number))


def document(place: int) -> Document:
    """One document, made from its number alone."""
    chance = _chance("document", place)
    is_version = place % _TRANSLATED == _TRANSLATED - 1
    work = place - 1 if is_version else place
    language = chance.choices(LANGUAGES, _LANGUAGE_WEIGHTS)[0]
    if is_version or place % _TRANSLATED == _TRANSLATED - 2:
        language = "en" if is_version else "de"
    topics = _zipf_sample(chance, TOPICS, chance.randint(1, 3))
    write = _Writer(chance, language, topics[0])
    return Document(
        number=place,
        public_id=str(uuid.uuid5(NAMESPACE, f"document {place}")),
        translation_key=str(uuid.uuid5(NAMESPACE, f"work {work}")),
        title=write.title(),
        summary=write.text(chance.randint(*_SUMMARY_WORDS)),
        body=tuple(write.paragraphs(chance.randint(*_BODY_WORDS))),
        type=_zipf_sample(chance, TYPES, 1)[0],
        language=language,
        topics=topics,
        regions=_zipf_sample(chance, REGIONS, chance.choice((0, 1, 1, 1, 2, 3))),
        tags=_zipf_sample(chance, tags(), chance.randint(2, 5)),
        publishers=_zipf_sample(chance, publishers(), chance.choice((1, 1, 1, 2))),
        year=chance.choice(YEARS),
    )


@cache
def tags() -> tuple[str, ...]:
    """Free keywords: simple nouns and compounds."""
    words = (*vocabulary.names(), *vocabulary.compounds())
    return tuple(dict.fromkeys(words))[:TAGS]


@cache
def publishers() -> tuple[str, ...]:
    """Invented associations."""
    chance = _chance("publishers", 0)
    places = vocabulary.sections()["places"]
    names = (
        f"{chance.choice(vocabulary.compounds())} {chance.choice(places)} e. V."
        for _number in range(PUBLISHERS * 2)
    )
    return tuple(dict.fromkeys(names))[:PUBLISHERS]


@cache
def topic_words(topic: str, language: str) -> tuple[str, ...]:
    """The words a topic is mostly about."""
    words = vocabulary.content(language)
    return tuple(_chance(topic, 0).sample(words, min(_TOPIC_WORDS, len(words) // 3)))


def topic_label(topic: str) -> str:
    """The name of an invented topic."""
    return vocabulary.compounds()[-1 - TOPICS.index(topic)]


def _chance(name: str, number: int) -> random.Random:
    return random.Random(f"{SEED} {name} {number}")  # noqa: S311 - sample data, nothing secret


@cache
def _zipf(size: int, exponent: float = 1.0, shift: float = 2.7) -> tuple[float, ...]:
    """Cumulated weights: the word of rank r is as likely as 1 / (r + shift) ** exponent."""
    return tuple(accumulate(1 / (rank + shift) ** exponent for rank in range(size)))


def _zipf_sample(chance: random.Random, values: Sequence[str], number: int) -> tuple[str, ...]:
    weights = _zipf(len(values), 0.8)
    found: dict[str, None] = {}
    while len(found) < number:
        found[chance.choices(values, cum_weights=weights)[0]] = None
    return tuple(found)


class _Writer:
    """Writes texts in one language about one topic."""

    def __init__(self, chance: random.Random, language: str, topic: str) -> None:
        self.chance = chance
        self.words = vocabulary.german() if language == "de" else vocabulary.sections()[language]
        self.weights = _zipf(len(self.words), 1.05 if language == "de" else 0.9)
        self.topic = topic_words(topic, language)
        self.language = language

    def title(self) -> str:
        """Four to eight words, most of them with a meaning."""
        pool = (*self.topic, *self.chance.choices(self.words, cum_weights=self.weights, k=20))
        if self.language == "de":
            pool = (*pool, *self.chance.choices(vocabulary.compounds(), k=20))
        return _capitalised(" ".join(self.chance.sample(pool, self.chance.randint(4, 8))))

    def text(self, number: int) -> str:
        """Sentences with that many words altogether."""
        words = self.chance.choices(self.words, cum_weights=self.weights, k=number)
        for place in range(number):
            if self.chance.random() < _TOPIC_SHARE:
                words[place] = self.chance.choice(self.topic)
        sentences = []
        while words:
            length = self.chance.randint(7, 18)
            sentence, words = words[:length], words[length:]
            if len(sentence) > 12:  # noqa: PLR2004 - a long sentence gets a comma
                sentence[len(sentence) // 2] += ","
            sentences.append(_capitalised(" ".join(sentence)) + ".")
        return " ".join(sentences)

    def paragraphs(self, number: int) -> Iterator[str]:
        """Paragraphs with that many words altogether."""
        while number > 0:
            length = min(number, self.chance.randint(50, 90))
            yield self.text(length)
            number -= length


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


# ------------------------------------------------------------------------------------------- queries
_WORD = re.compile(r"[^\W\d_][\w*:/-]*[^\W\d_]")


def queries(plain: int = 120, filtered: int = 80) -> list[Query]:
    """Plain queries of one to three words and queries with one or two filters, all with hits."""
    kinds = ["plain"] * plain + ["filtered"] * filtered
    _chance("order", 0).shuffle(kinds)
    return [_query(kind, number) for number, kind in enumerate(kinds)]


def prefixes(number: int = 100) -> list[Query]:
    """What somebody types who looks for a title: two to six letters, some after a whole word."""
    found = []
    for place in range(number):
        chance = _chance("prefix", place)
        words = [word for word in _WORD.findall(_source(chance).title) if len(word) > 3]  # noqa: PLR2004
        typed = chance.choice(words)[: chance.randint(2, 6)].lower()
        if chance.random() < 0.2:  # noqa: PLR2004 - one in five
            typed = f"{chance.choice(words).lower()} {typed}"
        found.append(Query("prefix", typed))
    return found


def misspelt(number: int = 20) -> list[Query]:
    """One word of a title with two neighbouring letters exchanged."""
    found = []
    for place in range(number):
        chance = _chance("misspelt", place)
        long = [word for word in _WORD.findall(_source(chance).title) if word.isalpha()]
        word = max(long, key=len)
        cut = chance.randint(2, max(2, len(word) - 3))
        swapped = word[:cut] + word[cut + 1 : cut + 2] + word[cut : cut + 1] + word[cut + 2 :]
        found.append(Query("misspelt", swapped.lower()))
    return found


def _query(kind: str, number: int) -> Query:
    chance = _chance("query", number)
    source = _source(chance)
    by_band: dict[str, list[str]] = {}
    for word in dict.fromkeys(_WORD.findall(f"{source.title} {source.summary} {source.text}")):
        by_band.setdefault(_band(word), []).append(word)
    bands = chance.choices(
        ("frequent", "medium", "rare"), (5, 3, 2), k=chance.choice((1, 1, 2, 2, 3))
    )
    words = [chance.choice(by_band[band]) for band in bands if by_band.get(band)]
    words = list(dict.fromkeys(words)) or [max(_WORD.findall(source.title), key=len)]
    filters = _filters(chance, source) if kind == "filtered" else {}
    return Query(kind, " ".join(words), filters, tuple(map(_band, words)))


def _source(chance: random.Random) -> Document:
    """A German document of those every corpus holds."""
    while (found := document(chance.randrange(QUERY_BASE))).language != "de":
        pass
    return found


def _filters(chance: random.Random, source: Document) -> dict[str, list[str]]:
    known = {
        "type": source.type,
        "topic": source.topics[0],
        "language": source.language,
        "region": source.regions[0] if source.regions else "",
    }
    possible = [name for name, value in known.items() if value]
    return {name: [known[name]] for name in chance.sample(possible, chance.choice((1, 1, 2)))}


@cache
def _ranks() -> dict[str, int]:
    return {word: rank for rank, word in enumerate(vocabulary.german())}


def _band(word: str) -> str:
    ranks = _ranks()
    rank = ranks.get(word, ranks.get(word[:1].lower() + word[1:]))
    return vocabulary.band_of(len(ranks) if rank is None else rank)


# --------------------------------------------------------------------------------------------- files
def write(path: Path, number: int) -> None:
    """Write the documents as lines of JSON; a half-written file never has the final name."""
    pending = path.with_suffix(".part")
    with pending.open("w", encoding="utf-8") as file:
        for item in documents(number):
            file.write(json.dumps(asdict(item), ensure_ascii=False) + "\n")
    pending.replace(path)


def read(path: Path, limit: int | None = None) -> Iterator[Document]:
    """Read what `write` has written."""
    with path.open(encoding="utf-8") as file:
        for place, line in enumerate(file):
            if limit is not None and place >= limit:
                return
            row = json.loads(line)
            lists = {name: tuple(value) for name, value in row.items() if isinstance(value, list)}
            yield Document(**{**row, **lists})


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]))
