"""Both engines give the same answer: same hits, same order, same scores, same counts."""

import datetime as dt
import random

import pytest

from search.documents import IndexDocument
from search.engines.elastic import ElasticEngine
from search.engines.tantivy import TantivyEngine
from search.fields import schema_hash
from search.prepare import prepare
from search.query.build import BuildOptions, build
from search.query.parse import parse
from search.query.tree import FacetFilter, OneOf, Range

pytestmark = pytest.mark.es

GENERATION = f"only_{schema_hash()}"
WORDS = [
    "Migrant*innen",
    "Migrantinnen",
    "Migranten",
    "Organisation",
    "Verein",
    "Vereine",
    "gründen",
    "Förderung",
    "Antrag",
    "Anträge",
    "Beratung",
    "Beraterin",
    "digitale",
    "Teilhabe",
    "Communitys",
    "Geflüchtete",
    "Geflüchteten",
    "Sprache",
    "Sprachen",
    "lernen",
    "Wohnung",
    "Arbeit",
    "Gesundheit",
    "Ärzt*innen",
    "Jugend",
    "Frauen",
    "Köln",
    "Berlin",
    "Netzwerk",
    "Ehrenamt",
    "und",
    "für",
    "mit",
    "von",
]
QUERIES = [
    "",
    "Migrantin",
    "Migranten Organisation",
    "förderung antrag",
    "vereine gründen für Frauen",
    "digitale Teilhabe",
    '"digitale Teilhabe"',
    "koeln -berlin",
    "titel:Beratung",
    "aerztinnen",
    "sprache lernen wohnung arbeit gesundheit",
    "und",
    "gibtesnicht",
]


def corpus(size=150):
    draw = random.Random(7)  # noqa: S311 - the same corpus every time
    for number in range(size):
        yield IndexDocument(
            key=f"resource:{number}",
            group=f"resource:{number}",
            kind="resource",
            language="de",
            title=" ".join(draw.choices(WORDS, k=draw.randint(2, 7))),
            url=f"/{number}/",
            summary=" ".join(draw.choices(WORDS, k=draw.randint(0, 25))),
            body=" ".join(draw.choices(WORDS, k=draw.choice([0, 40, 120]))),
            type=draw.choice(["guide", "study", "video"]),
            serves=("de",),
            languages=("de",),
            regions=tuple(draw.sample(["DE", "AT", "CH"], k=draw.randint(0, 2))),
            tags=tuple(draw.sample(WORDS, k=draw.randint(0, 3))),
            year=draw.choice([None, 2019, 2020, 2021]),
            published=dt.date(2020, 1, 1) + dt.timedelta(days=draw.randint(0, 1500)),
        )


@pytest.fixture
def engines(tmp_path, elasticsearch_url, elasticsearch_prefix):
    host = elasticsearch_url.split("://", 1)[1]
    both = (
        TantivyEngine(tmp_path / "index"),
        ElasticEngine.from_url(f"elasticsearch://{host}/{elasticsearch_prefix}"),
    )
    for engine in both:
        engine.create(GENERATION)
        engine.write(map(prepare, corpus()), generation=GENERATION)
        engine.swap(GENERATION)
    return both


def test_same_answers(engines):
    options = BuildOptions(today=dt.date(2024, 6, 1))
    filters = [
        FacetFilter("type", OneOf("type", ("guide", "video"))),
        FacetFilter("year", Range("year", 2020, 2021)),
    ]
    facets = ("type", "region", "year", "tag")
    for query in QUERIES:
        tree = build(parse(query), options)
        for restrictions in ([], filters):
            for sort in ("relevance", "newest"):
                ours, theirs = (
                    engine.search(
                        tree, filters=restrictions, facets=facets, sort=sort, offset=3, limit=20
                    )
                    for engine in engines
                )
                assert ours.total == theirs.total, query
                assert ours.facets == theirs.facets, query
                assert [hit.key for hit in ours.hits] == [hit.key for hit in theirs.hits], query
                for one, other in zip(ours.hits, theirs.hits, strict=True):
                    assert one.score == pytest.approx(other.score, abs=0.002), query


def test_same_vocabulary_and_contents(engines):
    ours, theirs = engines

    assert ours.vocabulary() == theirs.vocabulary()
    assert ours.ids() == theirs.ids()
