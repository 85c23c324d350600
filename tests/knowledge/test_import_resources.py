"""Importing resources: what becomes of rows, and what is refused."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import (
    GroupApprovalTask,
    ModelLogEntry,
    ReferenceIndex,
    Revision,
    Workflow,
    WorkflowState,
    WorkflowTask,
)
from wagtail.search.backends import get_search_backend

from knowledge.enums import ContributorKind, ContributorRole
from knowledge.models import Contributor, ImportedRow, Resource, Tag
from knowledge.services import publication
from knowledge.services.imports import writing
from knowledge.signals import items_changed
from tests.factories.accounts import SuperuserFactory
from tests.factories.knowledge import OrganisationFactory
from tests.knowledge.csv_files import counts, resource, resources

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_every_column_arrives(run):
    run([resource()])

    item = Resource.objects.get(import_source="csv", import_id="r001")
    assert item.title == "Verein gründen – Schritt für Schritt"
    assert item.summary == "Was ein neuer Verein braucht."
    assert [block.value.source for block in item.body] == [
        "<p>Erster Absatz.</p><p>Zweiter Absatz.</p>"
    ]
    assert item.type.code == "guide"
    assert item.language.code == "de"
    assert [row.name for row in item.publishers.all()] == ["Verlag für Vereine"]
    assert [(row.role, row.kind, row.name) for row in item.contributors.all()] == [
        (ContributorRole.AUTHOR, ContributorKind.PERSON, "Amina Yıldız"),
        (ContributorRole.AUTHOR, ContributorKind.PERSON, "Oleksandr Шевченко"),
    ]
    assert item.year == 2024
    assert {region.code for region in item.regions.all()} == {"DE-BE", "AT"}
    assert {topic.code for topic in item.topics.all()} == {"funding", "association-law"}
    assert {tag.name for tag in item.tags.all()} == {"Satzung", "Ehrenamt"}
    assert item.licence.code == "CC-BY-4.0"
    assert item.url == "https://example.org/verein"
    item.full_clean()


def test_published_rows_are_online_with_a_revision(run):
    report = run([resource()])

    item = Resource.objects.get()
    assert item.live
    assert not item.has_unpublished_changes
    assert item.first_published_at == item.last_published_at is not None
    assert item.latest_revision == item.live_revision == item.revisions.get()
    assert report.published == 1


def test_rows_without_publish_are_drafts_with_a_revision(run):
    report = run([resource()], publish=False)

    item = Resource.objects.get()
    assert not item.live
    assert item.has_unpublished_changes
    assert item.first_published_at is None
    assert item.live_revision is None
    assert item.latest_revision == item.revisions.get()
    assert report.published == 0


def test_the_revision_holds_the_whole_item(run):
    run([resource()], publish=False)
    item = Resource.objects.get()

    item.latest_revision.publish()

    item = Resource.objects.get()
    assert item.live
    assert [row.name for row in item.contributors.all()] == ["Amina Yıldız", "Oleksandr Шевченко"]
    assert [row.name for row in item.publishers.all()] == ["Verlag für Vereine"]
    assert {topic.code for topic in item.topics.all()} == {"funding", "association-law"}
    assert {tag.name for tag in item.tags.all()} == {"Satzung", "Ehrenamt"}
    assert item.body[0].value.source.startswith("<p>Erster")
    assert (item.import_source, item.import_id) == ("csv", "r001")


def comparable(content):
    """Revision content without what differs in every revision, whatever the order of keys."""
    ignored = {"latest_revision", "live_revision", "updated_at"}
    kept = {key: value for key, value in content.items() if key not in ignored}
    return {**kept, "body": json.loads(kept["body"])}


@pytest.mark.parametrize("changed", [False, True])
def test_bulk_writing_leaves_what_saving_one_by_one_would(run, changed):
    OrganisationFactory(name="Verlag für Vereine")
    run([resource()])
    if changed:
        run([resource(title="Neu", type="study", authors="Verlag für Vereine;X", topics="")])
    item = Resource.objects.get()
    stored = item.latest_revision
    assert stored == item.live_revision
    assert stored.object_str == item.title

    def references():
        rows = ReferenceIndex.get_references_for_object(item)
        return set(
            rows.values_list("to_content_type", "to_object_id", "model_path", "content_path_hash")
        )

    written = references()
    ReferenceIndex.create_or_update_for_object(item)
    assert written == references()
    assert len(written) > 5

    item.save_revision(clean=True)
    anew = Revision.objects.get(pk=item.latest_revision_id)
    assert comparable(stored.content) == comparable(anew.content)
    actions = ModelLogEntry.objects.filter(object_id=str(item.pk)).order_by("pk")
    expected = ["wagtail.create", "wagtail.publish"]
    expected += ["wagtail.edit", "wagtail.publish"] if changed else []
    assert list(actions.values_list("action", flat=True)) == expected
    found = get_search_backend().search("Neu" if changed else "Verein", Resource)
    assert list(found) == [item]


def test_editors_find_imported_items_by_search(run):
    run(resources(3), publish=False)

    found = get_search_backend().search("Titel 2", Resource)
    assert [item.title for item in found] == ["Titel 2"]


def test_the_same_file_again_changes_nothing(run):
    first = run(resources(3))
    before = list(Resource.objects.order_by("pk").values())
    second = run(resources(3))

    assert counts(first) == (3, 0, 0)
    assert counts(second) == (0, 0, 3)
    assert list(Resource.objects.order_by("pk").values()) == before
    assert Revision.objects.filter(object_str__startswith="Titel").count() == 3


def test_a_changed_cell_changes_exactly_its_field(run):
    run(resources(3))
    before = {item["pk"]: item for item in Resource.objects.values("pk", "summary", "year", "url")}
    rows = resources(3)
    rows[1]["year"] = "2020"

    assert counts(run(rows)) == (0, 1, 2)
    after = {item["pk"]: item for item in Resource.objects.values("pk", "summary", "year", "url")}
    changed = Resource.objects.get(import_id="r002")
    assert after[changed.pk] == {**before[changed.pk], "year": 2020}
    assert all(after[pk] == before[pk] for pk in before if pk != changed.pk)
    assert changed.live_revision == changed.latest_revision
    assert changed.revisions.count() == 2


def test_every_column_can_change_and_be_emptied(run):
    run([resource()])
    full = resource(
        title="Neu", summary="Neu.", body="Neu.", type="study", language="ar;de", publisher="X;Y",
        authors="Z", year="2001", regions="CH", topics="funding", tags="neu", licence="MIT",
        url="https://example.org/neu",
    )  # fmt: skip
    assert counts(run([full])) == (0, 1, 0)
    item = Resource.objects.get()
    assert (item.title, item.summary, item.type.code, item.year) == ("Neu", "Neu.", "study", 2001)
    assert item.language.code == "ar"
    assert {language.code for language in item.languages.all()} == {"ar", "de"}
    assert [row.name for row in item.publishers.all()] == ["X", "Y"]
    assert [row.name for row in item.contributors.all()] == ["Z"]
    assert [tag.name for tag in item.tags.all()] == ["neu"]
    assert [region.code for region in item.regions.all()] == ["CH"]

    needed = ("id", "title", "type", "language")
    empty = {name: value if name in needed else "" for name, value in full.items()}
    assert counts(run([empty])) == (0, 1, 0)
    item = Resource.objects.get()
    assert (item.summary, item.year, item.url, item.licence) == ("", None, "", None)
    assert not item.body
    for relation in ("publishers", "contributors", "topics", "regions", "tags"):
        assert not getattr(item, relation).exists()


def test_columns_that_the_file_does_not_have_stay_as_they_are(run):
    run([resource()])
    run([resource(title="Neu")], columns=["id", "title", "type", "language"])

    item = Resource.objects.get()
    assert item.title == "Neu"
    assert item.year == 2024
    assert item.tags.count() == 2


def test_what_editors_corrected_stays_until_the_source_changes_it(run):
    run([resource()])
    item = Resource.objects.get()
    item.title = "Vom Redaktionsteam verbessert"
    publication.publish(item=item)

    assert counts(run([resource()])) == (0, 0, 1)
    assert counts(run([resource(year="2019")])) == (0, 1, 0)
    item = Resource.objects.get()
    assert (item.title, item.year) == ("Vom Redaktionsteam verbessert", 2019)

    run([resource(year="2019", title="Neu an der Quelle")])
    assert Resource.objects.get().title == "Neu an der Quelle"


def test_translators_whom_editors_added_stay_when_the_authors_change(run):
    run([resource()])
    item = Resource.objects.get()
    item.contributors.add(Contributor(role=ContributorRole.TRANSLATOR, name="T", sort_order=9))
    publication.publish(item=item)

    run([resource(authors="Neu")])

    assert [(row.role, row.name) for row in Resource.objects.get().contributors.all()] == [
        ("author", "Neu"),
        ("translator", "T"),
    ]


def test_a_changed_row_without_publish_waits_as_a_draft(run):
    run([resource()])
    run([resource(title="Entwurf")], publish=False)

    item = Resource.objects.get()
    assert item.live
    assert item.has_unpublished_changes
    assert item.title == "Verein gründen – Schritt für Schritt"
    assert item.get_latest_revision_as_object().title == "Entwurf"


def test_a_changed_row_does_not_publish_an_editors_unfinished_draft(run):
    run([resource()])
    item = Resource.objects.get()
    item.summary = "Noch nicht fertig"
    item.save_revision()

    run([resource(year="2020")])

    item = Resource.objects.get()
    assert (item.year, item.summary) == (2020, "Was ein neuer Verein braucht.")
    draft = item.get_latest_revision_as_object()
    assert item.has_unpublished_changes
    assert (draft.year, draft.summary) == (2020, "Noch nicht fertig")


def test_drafts_go_online_when_the_same_file_is_published(run):
    run(resources(2), publish=False)
    report = run(resources(2))

    assert counts(report) == (0, 0, 2)
    assert report.published == 2
    assert Resource.objects.filter(live=True).count() == 2


def test_withdrawn_items_stay_offline(run):
    run(resources(2))
    publication.withdraw(item=Resource.objects.get(import_id="r001"), reason="veraltet")
    rows = resources(2)
    same = run(rows)
    rows[0]["title"] = "Neu"
    changed = run(rows)

    assert same.left_offline == changed.left_offline == 1
    assert same.published == changed.published == 0
    item = Resource.objects.get(import_id="r001")
    assert not item.live
    assert item.get_latest_revision_as_object().title == "Neu"


def test_locked_items_are_left_alone_and_named(run):
    run(resources(2))
    Resource.objects.filter(import_id="r002").update(locked=True)
    report = run(resources(2, summary="Neu"))

    assert report.locked_rows == [3]
    assert counts(report) == (0, 1, 1)
    assert Resource.objects.get(import_id="r002").summary != "Neu"


def test_deleted_items_are_made_anew(run):
    run([resource()])
    Resource.objects.get().delete()

    assert counts(run([resource()])) == (1, 0, 0)


def test_sources_keep_their_own_ids(run):
    run([resource()])
    report = run([resource(title="Andere Quelle")], source="bibliothek")

    assert counts(report) == (1, 0, 0)
    assert Resource.objects.count() == 2


def test_a_trial_counts_and_writes_nothing(run):
    run(resources(2))
    rows = [*resources(3, year="1999"), resource(id="x", tags="ganz neu")]
    report = run(rows, dry_run=True)

    assert counts(report) == (2, 2, 0)
    assert Resource.objects.count() == 2
    assert not Resource.objects.filter(year=1999).exists()
    assert not Tag.objects.filter(name="ganz neu").exists()


def test_listeners_learn_what_went_online(run):
    heard = []

    def listen(sender, pks, **kwargs):
        heard.append((sender, sorted(pks)))

    items_changed.connect(listen)
    try:
        run(resources(2), publish=False)
        assert heard == []
        run([resource(id="x")])
    finally:
        items_changed.disconnect(listen)
    assert heard == [(Resource, [Resource.objects.get(import_id="x").pk])]


def test_listeners_learn_of_changes_that_go_online(run):
    run(resources(3))
    heard = []

    def listen(sender, pks, **kwargs):
        heard.append(sorted(pks))

    items_changed.connect(listen)
    try:
        run(resources(3, year="2001"))
    finally:
        items_changed.disconnect(listen)
    assert heard == [sorted(Resource.objects.values_list("pk", flat=True))]


def test_a_change_of_an_item_in_review_goes_through_wagtail(run):
    run(resources(2))
    item = Resource.objects.get(import_id="r002")
    workflow = Workflow.objects.create(name="Prüfung")
    task = GroupApprovalTask.objects.create(name="Lesen")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    item.save_revision()
    workflow.start(item, SuperuserFactory())
    Resource.objects.filter(pk=item.pk).update(has_unpublished_changes=False)

    run(resources(2, year="2001"))

    assert not WorkflowState.objects.active().exists()
    assert set(Resource.objects.values_list("year", flat=True)) == {2001}


def test_a_failure_in_the_middle_leaves_nothing(run, monkeypatch):
    monkeypatch.setattr("knowledge.services.imports.running.BATCH", 2)
    written = []

    def fail_later(model, items, **options):
        written.append(len(items))
        if len(written) == 3:
            raise OSError("disk full")

    monkeypatch.setattr(writing, "_point_to_revisions", fail_later)
    with pytest.raises(OSError, match="disk full"):
        run(resources(7))

    assert written == [2, 2, 2]
    for model in (Resource, Revision, ImportedRow, Tag, ModelLogEntry):
        assert not model.objects.exists()


def test_queries_do_not_grow_with_the_rows(run):
    run([resource(id="warm")])
    numbers = []
    for number in (2, 12):
        rows = [resource(id=f"{number}-{place}") for place in range(number)]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            run(rows)
        numbers.append(len(queries))
    assert numbers[1] - numbers[0] <= 4  # SQLite takes 999 values a statement: some need a second
