"""Imports on the web, in the members' area."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from knowledge.models import ImportRun, Resource, Standing, Submission
from knowledge.services.imports import execution, import_files, uploads, web_limits
from knowledge.services.publication import publish
from tests.factories.accounts import UserFactory
from tests.factories.knowledge import MembershipFactory, OrganisationFactory, ResourceFactory
from tests.knowledge.csv_files import resources, text_of
from tests.knowledge.import_pages import (
    GERMAN,
    START,
    checked,
    columns,
    listed,
    run_of,
    text,
    upload,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Verein A")


@pytest.fixture
def owner(client, organisation):
    user = MembershipFactory(organisation=organisation, role="owner").user
    client.force_login(user)
    return user


def test_a_list_becomes_drafts_of_the_organisation(client, owner, organisation):
    page = checked(client, GERMAN, organisation)
    assert not Resource.objects.exists()
    run = ImportRun.objects.get()
    assert run.columns == {
        "Nr": "id",
        "Titel": "title",
        "Art": "type",
        "Sprachen": "language",
        "Autor*innen": "authors",
        "Notiz": "",
    }
    assert "neu 1" in text(client.get(page))

    client.post(page, {"step": "import"})

    item = Resource.objects.get()
    assert (item.title, item.live, item.organisation, item.created_by) == (
        "Satzung schreiben",
        False,
        organisation,
        owner,
    )
    assert item.latest_revision.user == owner
    assert not Submission.objects.exists()
    run.refresh_from_db()
    assert (run.state, run.finished_at is None) == ("done", False)
    assert not import_files.path_of(run.public_id).exists()
    assert "1 neu, 0 geändert" in text(client.get(page))


def test_the_same_file_again_changes_nothing(client, owner, organisation):
    client.post(checked(client, GERMAN, organisation), {"step": "import"})
    page = checked(client, GERMAN, organisation)
    assert "unverändert 1" in text(client.get(page))
    assert "Es gibt nichts zu importieren" in text(client.get(page))
    client.post(page, {"step": "import"})
    assert Resource.objects.count() == 1
    assert Resource.objects.get().revisions.count() == 1


def test_a_list_can_be_sent_for_review(client, owner, organisation):
    page = checked(client, text_of(listed(3)), organisation)
    client.post(page, {"step": "import", "send": "on"})

    found = Submission.objects.all()
    assert [(one.state, one.organisation, one.submitted_by) for one in found] == [
        ("waiting", organisation, owner)
    ] * 3
    assert "liste.csv" in found[0].messages.get().text
    assert "3 Einträge wurden zur Prüfung geschickt" in text(client.get(page))


def test_what_waits_for_review_is_left_alone(client, owner, organisation):
    client.post(checked(client, text_of(listed(1)), organisation), {"step": "import", "send": "on"})
    page = checked(client, text_of(listed(1, summary="Neu")), organisation)
    assert "Zeilen 2" in text(client.get(page))


def test_the_queue_is_not_flooded(client, owner, organisation, monkeypatch):
    monkeypatch.setattr(web_limits, "MAX_SENT", 2)
    page = checked(client, text_of(listed(3)), organisation)
    client.post(page, {"step": "import", "send": "on"})
    assert (Resource.objects.count(), Submission.objects.count()) == (3, 0)


def test_a_trusted_organisation_is_online_at_once(client, owner, organisation):
    Standing.objects.create(organisation=organisation, trust="trusted")
    page = checked(client, text_of(listed(2)), organisation)
    client.post(page, {"step": "import", "send": "on"})
    assert Resource.objects.filter(live=True).count() == 2


def test_a_blocked_organisation_imports_nothing(client, owner, organisation):
    Standing.objects.create(organisation=organisation, trust="blocked")
    response = upload(client, GERMAN, organisation=organisation.pk)
    assert "gesperrt" in text(response)
    assert not ImportRun.objects.exists()


def test_a_live_version_stays_until_it_is_reviewed(client, owner, organisation):
    item = ResourceFactory(title="Alt", organisation=organisation)
    publish(item=item)
    row = f"id,title,type,language\n{item.public_id},Neu,guide,de\n"
    client.post(checked(client, row, organisation), {"step": "import"})

    item.refresh_from_db()
    assert (item.title, item.live, item.has_unpublished_changes) == ("Alt", True, True)
    assert item.get_latest_revision_as_object().title == "Neu"


def test_items_of_other_organisations_are_never_touched(client, owner, organisation):
    """Neither by their public id nor by their id at a source of the same name."""
    other = OrganisationFactory()
    foreign = ResourceFactory(title="Fremd", organisation=other, url="https://e.org/f")
    csv = ResourceFactory(title="CSV", import_source="csv", import_id="1")
    text_rows = f"id,title,type,language\n{foreign.public_id},Neu 1,guide,de\n1,Neu 2,guide,de\n"
    client.post(checked(client, text_rows, organisation), {"step": "import"})

    for item in (foreign, csv):
        before = item.title
        item.refresh_from_db()
        assert (item.title, item.latest_revision) == (before, None)
    assert Resource.objects.filter(organisation=organisation).count() == 2


@pytest.mark.parametrize("role", ["member", None])
def test_only_owners_and_editors_import(client, organisation, role):
    user = UserFactory()
    if role:
        MembershipFactory(user=user, organisation=organisation, role=role)
    client.force_login(user)
    assert "Sie betreuen noch keine" in text(client.get(START))
    response = upload(client, GERMAN, organisation=organisation.pk)
    assert response.status_code == 200
    assert not ImportRun.objects.exists()


def test_imports_and_exports_of_others_are_not_found(client, owner, organisation):
    run = uploads.start(
        by=owner, upload=SimpleUploadedFile("a.csv", GERMAN.encode()), kind="resource",
        organisation=organisation,
    )  # fmt: skip
    stranger = MembershipFactory(role="owner").user
    client.force_login(stranger)
    page = reverse("knowledge:import_run", args=[run.public_id])
    assert client.get(page).status_code == 404
    assert client.post(page, {"step": "discard"}).status_code == 404
    export = reverse("knowledge:own_export", args=[organisation.public_id, "csv"])
    assert client.get(export).status_code == 404
    assert ImportRun.objects.filter(pk=run.pk).exists()


def test_who_leaves_the_organisation_loses_the_import(client, owner, organisation):
    response = upload(client, GERMAN, organisation=organisation.pk)
    owner.memberships.all().delete()
    assert client.get(response.url).status_code == 404


def test_extra_fields_change_nothing(client, owner, organisation):
    page = checked(client, text_of(listed(1)), organisation)
    client.post(page, {"step": "import", "publish": "on", "organisation": "99", "state": "done"})
    item = Resource.objects.get()
    assert (item.live, item.organisation) == (False, organisation)


def test_problems_are_named_by_row_and_column_and_nothing_is_imported(client, owner, organisation):
    rows = text_of([*listed(2), {**listed(3)[2], "year": "bald"}])
    page = checked(client, rows, organisation)

    response = client.get(page)
    assert "1 Problem" in text(response)
    assert "Zeile 4, Spalte &quot;year&quot;" in response.content.decode()
    client.post(page, {"step": "import"})
    assert not Resource.objects.exists()


def test_a_problem_is_told_under_the_column_s_own_name(client, owner, organisation):
    page = checked(client, GERMAN.replace("Ada;x\n", "Ada;x\n2;;Film;de;;\n"), organisation)
    assert "Zeile 3, Spalte &quot;Titel&quot;" in client.get(page).content.decode()


def test_probable_duplicates_are_left_out_unless_chosen(client, owner, organisation):
    ResourceFactory(title="Titel eins!", live=True)
    ResourceFactory(title="Anders", url="https://www.example.org/verein/")
    ResourceFactory(title="Geheimer Entwurf", live=False)
    rows = [
        {**resources(1)[0], "id": "a", "title": "titel  EINS", "url": ""},
        {**resources(1)[0], "id": "b", "title": "Ganz neu"},
        {**resources(1)[0], "id": "c", "title": "Geheimer Entwurf", "url": ""},
        {**resources(1)[0], "id": "d", "title": "Geheimer Entwurf", "url": "https://example.org/x"},
    ]
    page = checked(client, text_of(rows), organisation)

    shown = text(client.get(page))
    assert "3 neue Zeilen sind wahrscheinlich schon da" in shown
    assert "Zeile 2, „titel EINS“: fast derselbe Titel wie „Titel eins!“" in shown
    assert "Zeile 3, „Ganz neu“: dieselbe Adresse wie „Anders“" in shown
    assert "Zeile 5, „Geheimer Entwurf“: fast derselbe Titel wie „Zeile 4 dieser Datei“" in shown

    client.post(page, {"step": "import", "keep": ["3"]})
    assert set(
        Resource.objects.filter(organisation=organisation).values_list("import_id", flat=True)
    ) == {
        "b",
        "c",
    }


def test_columns_can_be_corrected_and_are_remembered(client, owner, organisation):
    content = "Kennung,Werk,Sorte,Spr\n1,Satzung für alle,guide,de\n"
    response = upload(client, content, organisation=organisation.pk)
    answer = columns(client, response)
    assert "Welche Spalte ist „Titel“?" in text(answer)
    assert answer.status_code == 200

    twice = columns(client, response, **{"column-1": "title", "column-2": "title"})
    assert "„Titel“ ist doppelt gewählt." in text(twice)

    columns(client, response, **{"column-1": "title", "column-2": "type", "column-3": "language"})
    client.post(response.url, {"step": "import"})
    assert Resource.objects.get().title == "Satzung für alle"

    again = upload(client, content, organisation=organisation.pk)
    assert run_of(again).columns == {
        "Kennung": "id",
        "Werk": "title",
        "Sorte": "type",
        "Spr": "language",
    }


def test_empty_cells_get_the_value_chosen_for_them(client, owner, organisation):
    content = "Titel\nSatzung für alle\n"
    response = upload(client, content, organisation=organisation.pk)
    columns(client, response, **{"default-type": "guide", "default-language": "ar"})
    client.post(response.url, {"step": "import"})
    item = Resource.objects.get()
    assert (item.type.code, item.language.code) == ("guide", "ar")


def test_references_need_no_columns(client, owner, organisation):
    response = upload(client, "TY  - GEN\nTI  - Ein Werk\nER  - \n", organisation=organisation.pk)
    columns(client, response, **{"default-type": "study", "default-language": "de"})
    client.post(response.url, {"step": "import"})
    assert Resource.objects.get().type.code == "study"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "leer.csv"),
        (b"\x00\x01\x02\xff\xfe" * 50, "a.csv"),
        (b"PK\x03\x04broken", "a.xlsx"),
        (b"a,a\n1,2\n", "a.csv"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100, "a.xls"),
        (b"<html><script>alert(1)</script></html>", "a.html"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a.pdf"),
    ],
)
def test_what_is_no_list_never_crashes(client, owner, organisation, content, name):
    response = upload(client, content, name=name, organisation=organisation.pk)
    if response.status_code == 302:  # one cell of text is a list with one column
        response = columns(client, response)
    assert response.status_code == 200
    assert not Resource.objects.exists()


def test_a_file_that_is_too_big_is_refused(client, owner, organisation, monkeypatch):
    monkeypatch.setattr(web_limits, "MAX_BYTES_OF_MEMBERS", 10)
    assert "zu groß" in text(upload(client, GERMAN, organisation=organisation.pk))
    monkeypatch.undo()
    monkeypatch.setattr(web_limits, "MAX_ROWS_OF_MEMBERS", 2)
    page = checked(client, text_of(listed(3)), organisation)
    assert "höchstens 2 Zeilen" in text(client.get(page))


def test_an_import_can_be_thrown_away(client, owner, organisation):
    response = upload(client, GERMAN, organisation=organisation.pk)
    path = import_files.path_of(run_of(response).public_id)
    assert oct(path.stat().st_mode & 0o777) == "0o600"
    client.post(response.url, {"step": "discard"})
    assert not path.exists()
    assert not ImportRun.objects.exists()


def test_a_second_click_imports_nothing_twice(client, owner, organisation):
    page = checked(client, text_of(listed(2)), organisation)
    client.post(page, {"step": "import"})
    assert client.post(page, {"step": "import"}).status_code == 302
    assert Resource.objects.count() == 2


def test_a_file_that_vanished_is_said(client, owner, organisation):
    response = upload(client, GERMAN, organisation=organisation.pk)
    import_files.delete(run_of(response).public_id)
    answer = client.get(response.url, follow=True)
    assert "Die Datei ist nicht mehr da" in text(answer)


def test_an_interrupted_import_can_be_started_again(client, owner, organisation):
    page = checked(client, text_of(listed(2)), organisation)
    ImportRun.objects.update(state="running", started_at="2026-01-01T00:00Z")
    assert "Der Import wurde unterbrochen" in text(client.get(page))
    client.post(page, {"step": "again"})
    columns(client, type("Response", (), {"url": page}))
    client.post(page, {"step": "import"})
    assert Resource.objects.count() == 2


def test_an_import_at_which_a_process_works_is_not_disturbed(client, owner, organisation):
    page = checked(client, text_of(listed(2)), organisation)
    run = ImportRun.objects.get()
    ImportRun.objects.update(state="running", started_at="2026-01-01T00:00Z")
    with import_files.held(import_files.path_of(run.public_id)):
        assert "wird importiert" in text(client.get(page))
        run.refresh_from_db()
        execution.write(run)
    assert not Resource.objects.exists()


def test_a_long_import_is_handed_to_a_task(client, owner, organisation, monkeypatch):
    monkeypatch.setattr(web_limits, "ROWS_AT_ONCE", 1)
    monkeypatch.setattr(web_limits, "BYTES_AT_ONCE", 1)
    page = checked(client, text_of(listed(3)), organisation)
    client.post(page, {"step": "import"})
    assert Resource.objects.count() == 3
    assert ImportRun.objects.get().state == "done"


def test_own_resources_come_back_unchanged(client, owner, organisation):
    ResourceFactory(title="=Online", organisation=organisation)
    draft = ResourceFactory(title="Entwurf", organisation=organisation, live=False)
    draft.title = "Neuerer Entwurf"
    draft.save_revision()
    ResourceFactory(title="Fremd")
    address = reverse("knowledge:own_export", args=[organisation.public_id, "csv"])
    data = b"".join(client.get(address).streaming_content)
    assert b"Neuerer Entwurf" in data
    assert b"Fremd" not in data

    page = checked(client, data.decode("utf-8-sig"), organisation)
    assert "unverändert 2" in text(client.get(page))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_example_can_be_imported(client, owner, organisation, kind):
    response = client.get(reverse("knowledge:import_example", args=[kind]))
    data = b"".join(response) if not response.streaming else b"".join(response.streaming_content)
    answer = upload(client, data, name=f"a.{kind}", organisation=organisation.pk)
    columns(client, answer)
    client.post(answer.url, {"step": "import"})
    assert Resource.objects.filter(organisation=organisation).count() == 2


def test_nul_in_a_cell_is_a_problem_that_can_be_kept(client, owner, organisation):
    """PostgreSQL keeps no NUL, and the report about a list is kept."""
    page = checked(client, GERMAN.replace("Ada", "A\0da"), organisation)
    response = client.get(page)
    assert response.status_code == 200
    assert "NUL" in text(response)
