"""What every engine must do, in the same way."""

import datetime as dt

import pytest

from search.documents import IndexDocument
from search.engines import EngineUnavailable, elastic_documents, tantivy_documents
from search.fields import schema_hash
from search.prepare import prepare
from search.query.build import BuildOptions, build
from search.query.parse import parse
from search.query.tree import (
    AllOf,
    AnyOf,
    Constant,
    Everything,
    FacetFilter,
    Not,
    Nothing,
    OneOf,
    Phrase,
    Prefer,
    Range,
    Term,
)

TODAY = dt.date(2024, 6, 1)
FIRST = f"first_{schema_hash()}"
SECOND = f"second_{schema_hash()}"
TEXTS = {
    "a": ("Migrant*innenorganisationen in Köln", "Beratung für Ärztinnen und Lehrer", "guide"),
    "b": ("Digitale Teilhabe von Geflüchteten", "Communitys und künstliche Intelligenz", "study"),
    "c": ("Verein gründen", "Förderung für Vereine, Beratung inbegriffen", "guide"),
    "d": ("Förderung finden", "Anträge schreiben für den Verein", "video"),
    "e": ("Beratung", "Lehrerinnen beraten Familien", "guide"),
}


def document(name, **changes):
    title, summary, kind = TEXTS.get(name, (f"Titel {name}", "Text", "guide"))
    number = sum(map(ord, name))
    fields = {
        "key": f"resource:{name}",
        "group": f"resource:{name}",
        "kind": "resource",
        "language": "de",
        "title": title,
        "url": f"/{name}/",
        "summary": summary,
        "type": kind,
        "serves": ("de", "en"),
        "languages": ("de",),
        "regions": ("DE", "DE-BE") if number % 2 else ("AT",),
        "tags": (f"tag {number % 3}", "gemeinsam"),
        "year": 2000 + number % 5,
        "published": dt.date(2020, 1, 1) + dt.timedelta(days=number % 50),
        **changes,
    }
    return prepare(IndexDocument(**fields))


@pytest.fixture
def filled(engine):
    engine.create(FIRST)
    assert engine.write([document(name) for name in TEXTS], generation=FIRST) == len(TEXTS)
    engine.swap(FIRST)
    return engine


def keys(page):
    return [hit.key.removeprefix("resource:") for hit in page.hits]


def ask(engine, text, **options):
    return engine.search(build(parse(text), BuildOptions(today=TODAY)), **options)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Migrantenorganisation", {"a"}),
        ("koeln", {"a"}),
        ("Lehrerin", {"a", "e"}),
        ("communities", {"b"}),
        ('"künstliche Intelligenz"', {"b"}),
        ('"Intelligenz künstliche"', set()),
        ("Verein Förderung", {"c", "d"}),
        ("Beratung -Verein", {"a", "e"}),
        ("titel:Beratung", {"e"}),
        ("gibtesnicht", set()),
        ("-Beratung", {"b", "d"}),
        ("verein förderung beratung antrag", {"c", "d"}),
    ],
)
def test_queries_find(filled, query, expected):
    page = ask(filled, query)

    assert set(keys(page)) == expected
    assert page.total == len(expected)


def test_a_title_weighs_more_than_a_text(filled):
    assert keys(ask(filled, "Beratung"))[0] == "e"
    assert keys(ask(filled, "Förderung finden")) == ["d"]


def test_what_was_counted_before_is_counted_anew_after_a_change(filled):
    before = ask(filled, "Beratung", facets=("type",))
    assert before == ask(filled, "Beratung", facets=("type",))

    filled.write([document("f", title="Beratung", type="video")], ["resource:e"])

    after = ask(filled, "Beratung", facets=("type",))
    assert (before.total, before.facets) == (3, {"type": [("guide", 3)]})
    assert (after.total, after.facets) == (3, {"type": [("guide", 2), ("video", 1)]})
    assert set(keys(after)) == {"a", "c", "f"}


def test_an_index_of_before_an_update_is_counted_by_the_fields_it_has(engine, monkeypatch):
    before = "before_00000000"
    for documents in (elastic_documents, tantivy_documents):
        monkeypatch.setattr(documents, "anywhere", lambda _texts: ())
    engine.create(before)
    engine.write([document(name) for name in TEXTS], generation=before)
    engine.swap(before)

    page = ask(engine, "Beratung", facets=("type",))

    assert (page.total, page.facets) == (3, {"type": [("guide", 3)]})


def test_what_nobody_confirms_is_found_after_its_like(engine):
    same = {"title": "Verein gründen", "summary": "Förderung", "published": dt.date(2020, 1, 1)}
    engine.create(FIRST)
    engine.write(
        [
            document("doubtful", **same, is_doubtful=True),
            document("kept", **same),
        ],
        generation=FIRST,
    )
    engine.swap(FIRST)

    assert keys(ask(engine, "Verein gründen")) == ["kept", "doubtful"]


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (Everything(), "abcde"),
        (Nothing(), ""),
        (OneOf("type", ("study", "video")), "bd"),
        (Range("year", 2002, 2003), "abe"),
        (Range("year", high=2001), "de"),
        (AllOf((Not(OneOf("type", ("guide",))),)), "bd"),
        (AnyOf((Term("title", "verein"), Term("summary", "verein")), 2), "c"),
        (Phrase("title", ("digital", "teilhabe")), "b"),
        (Constant(Term("title", "koln"), 3.0), "a"),
        (Prefer(Term("title", "beratung"), (Term("title", "koln"),)), "e"),
    ],
)
def test_every_node_of_the_tree(filled, tree, expected):
    if isinstance(tree, Range):
        years = {name: 2000 + ord(name) % 5 for name in TEXTS}
        low, high = tree.low or 0, tree.high or 9999
        expected = "".join(name for name, year in years.items() if low <= year <= high)
    assert "".join(sorted(keys(filled.search(tree)))) == expected


def test_constants_are_exactly_the_score(filled):
    page = filled.search(Constant(Term("title", "koln"), 3.0))

    assert [hit.score for hit in page.hits] == [3.0]


def test_facets_count_as_if_their_own_filter_were_not_there(filled):
    filters = [FacetFilter("type", OneOf("type", ("study", "video")))]

    page = filled.search(Everything(), filters=filters, facets=("type", "region", "year"))

    assert page.total == 2
    assert page.facets["type"] == [("guide", 3), ("study", 1), ("video", 1)]
    assert sum(count for _value, count in page.facets["year"]) == 2
    assert dict(page.facets["region"]) == {"AT": 2}


def test_facet_values_widen_and_facets_narrow(filled):
    filters = [
        FacetFilter("type", OneOf("type", ("guide", "video"))),
        FacetFilter("region", OneOf("region", ("DE",))),
    ]

    page = filled.search(Everything(), filters=filters, facets=("type", "region"))

    assert set(keys(page)) == {"a", "c", "e"}
    assert dict(page.facets["type"]) == {"guide": 3}
    assert dict(page.facets["region"]) == {"DE": 3, "DE-BE": 3, "AT": 1}


def test_order_by_title_and_date(filled):
    assert keys(filled.search(Everything(), sort="title")) == ["e", "b", "d", "a", "c"]
    assert keys(filled.search(Everything(), sort="newest")) == ["c", "b", "a", "e", "d"]


@pytest.mark.parametrize("sort", ["relevance", "newest", "title"])
def test_pages_hold_every_hit_once(filled, sort):
    found = []
    for offset in range(0, 6, 2):
        page = filled.search(Everything(), sort=sort, offset=offset, limit=2)
        assert page.total == 5
        found += keys(page)

    assert sorted(found) == list("abcde")


def test_a_page_beyond_the_window_is_empty(filled):
    page = filled.search(Everything(), offset=1_000_000, limit=20)

    assert page.hits == ()


def test_a_group_is_replaced_as_a_whole(filled):
    version = document("a", key="resource:a2", title="Neu")

    filled.write([version], ["resource:a"])

    assert set(filled.ids()) == {"resource:a2", *(f"resource:{name}" for name in "bcde")}
    assert keys(ask(filled, "Migrantenorganisation")) == []
    assert keys(ask(filled, "titel:neu")) == ["a2"]


def test_a_document_that_moves_to_another_group_is_there_once(filled):
    filled.write([document("a", group="resource:b")], ["resource:b"])

    page = filled.search(Everything(), limit=50)

    keys = [hit.key for hit in page.hits]
    assert keys.count("resource:a") == 1
    assert filled.ids()["resource:a"].group == "resource:b"


def test_deleting_what_is_not_there_is_no_error(filled):
    assert filled.write([], ["resource:unknown"]) == 0
    assert len(filled.ids()) == 5


def test_nothing_is_kept_of_a_write_that_fails(filled):
    def documents():
        yield document("z")
        raise RuntimeError("the database went away")

    with pytest.raises((RuntimeError, EngineUnavailable)):
        filled.write(documents(), ["resource:a"])

    assert set(filled.ids()) == {f"resource:{name}" for name in TEXTS}


def test_what_one_writes_the_other_finds(filled, make_engine):
    other = make_engine()
    assert len(other.ids()) == 5

    filled.write([document("f", title="Nachzügler")], ["resource:f"])

    assert keys(ask(other, "Nachzügler")) == ["f"]


def test_a_new_generation_is_seen_by_nobody_before_the_swap(filled, make_engine):
    other = make_engine()
    filled.create(SECOND)
    filled.write([document("n", title="Neuling")], generation=SECOND)
    assert keys(ask(other, "Neuling")) == []

    filled.swap(SECOND)

    assert keys(ask(other, "Neuling")) == ["n"]
    assert other.current() == SECOND
    assert set(other.ids()) == {"resource:n"}


def test_a_dropped_generation_is_gone_and_the_current_one_stays(filled):
    filled.create(SECOND)
    filled.drop(SECOND)
    filled.drop(FIRST)

    assert filled.current() == FIRST
    with pytest.raises(EngineUnavailable):
        filled.swap(SECOND)


def test_without_an_index_the_engine_says_so(engine):
    assert engine.current() is None
    assert not engine.health().ok
    for action in (lambda: engine.search(Everything()), lambda: engine.write([document("a")])):
        with pytest.raises(EngineUnavailable):
            action()


def test_health_counts(filled):
    health = filled.health()

    assert health.ok
    assert health.generation == FIRST
    assert health.documents == 5


def test_digests_tell_what_is_stale(filled):
    stored = filled.ids()["resource:a"]

    assert stored.group == "resource:a"
    assert stored.digest == document("a").digest
    assert stored.digest != document("a", title="anders").digest


def test_vocabulary_counts_documents(filled):
    vocabulary = filled.vocabulary()

    assert vocabulary["beratung"] == 3
    assert vocabulary["köln"] == 1
    assert "resource" not in vocabulary


def test_prefixes_find_words_in_the_middle_of_a_title(filled):
    for start in ("teil", "koel", "kol"):
        assert filled.search(OneOf("prefix", (start,))).total == 1
