"""Similar items are the same in every engine that stores documents."""

from search.documents import IndexDocument
from search.engines.tantivy import TantivyEngine
from search.fields import schema_hash
from search.prepare import prepare
from search.similar import likeness

GENERATION = f"only_{schema_hash()}"
TITLES = (
    "Hebammen finden",
    "Hebammen für Geflüchtete finden",
    "Migrant*innenorganisationen fördern",
    "Förderung für Migrantenorganisationen finden",
    "Beratung zur Geburt",
    "Vereine gründen",
)


def documents():
    for number in range(60):
        yield IndexDocument(
            key=f"resource:{number}",
            group=f"resource:{number // 2}",
            kind="resource" if number % 3 else "session",
            language="de",
            title=f"{TITLES[number % len(TITLES)]} {number % 7}",
            url="/",
            type=("guide", "study")[number % 2],
            serves=("de",),
            topics=("health", "housing")[number % 3 :],
            tags=(f"Wort {number % 5}",),
        )


def answers(engine):
    engine.create(GENERATION)
    engine.write(map(prepare, documents()), generation=GENERATION)
    engine.swap(GENERATION)
    found = {}
    for document in documents():
        tree = likeness([document], document.group)
        page = engine.search(tree, limit=8)
        found[document.key] = [(hit.key, round(hit.score, 3)) for hit in page.hits]
    return found


def test_the_same_items_are_alike_in_every_engine(make_engine, tmp_path):
    found = answers(make_engine())
    groups = {document.key: document.group for document in documents()}

    assert found == answers(TantivyEngine(tmp_path / "reference"))
    assert all(hits for hits in found.values())
    for key, hits in found.items():
        assert groups[key] not in {groups[other] for other, _score in hits}
