"""The examples in the database: complete, marked, loaded once, taken away again."""

import copy
import dataclasses

import pypdfium2
import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.core.management.base import CommandError
from wagtail.models import Locale, Page, ReferenceIndex, Revision, Site

from conference.models import ConferencePage, SessionPage
from knowledge.models import Organisation, Resource, Tag, Tombstone
from knowledge.queries import organisations_visible_to, resources_visible_to
from nexsm.accounts.models import User
from nexsm.base.models import ContentPage, Document, HomePage, Image
from nexsm.demo import content
from nexsm.demo.loader import load, remove_examples
from nexsm.demo.loader.resources import in_loading_order
from nexsm.demo.loader.tally import Outcome
from tests.demo.conftest import delete_stored_files


def test_everything_is_created_public_and_marked(loaded):
    assert loaded.tally.of("example resources") == 43
    assert loaded.tally.of("example organisations") == 25
    assert loaded.tally.of("sessions") == 11
    nobody = AnonymousUser()
    assert resources_visible_to(nobody).filter(is_example=True).count() == 43
    assert organisations_visible_to(nobody).filter(is_example=True).count() == 25
    assert organisations_visible_to(nobody).filter(is_example=False).count() == 2
    assert not Resource.objects.filter(is_example=False).exists()


def test_a_second_run_changes_nothing(loaded):
    revisions = Revision.objects.count()
    again = load()
    assert again.tally.total(Outcome.CREATED) == 0
    assert again.tally.total(Outcome.CHANGED) == 0
    assert again.tally.total(Outcome.KEPT) == 0
    assert again.tally.total(Outcome.UNCHANGED) == 120
    assert Revision.objects.count() == revisions


def test_every_resource_holds_what_the_data_says(loaded):
    loaded_resources = {item.import_id: item for item in Resource.objects.all()}
    for data in content.resources():
        resource = loaded_resources[data.id]
        assert resource.title == data.title
        assert resource.language.code == data.language
        assert resource.type.code == data.type
        assert {topic.code for topic in resource.topics.all()} == set(data.topics)
        assert {region.code for region in resource.regions.all()} == set(data.regions)
        assert len(resource.body) == len(data.body)
        assert resource.contributors.count() == len(data.authors)
        assert resource.publishers.count() == len(data.publishers)
        assert {tag.name.casefold() for tag in resource.tags.all()} == {
            tag.casefold() for tag in data.tags
        }
        assert resource.files.count() == int(data.pdf)
        assert (resource.cover_image is not None) == bool(data.cover)


def test_versions_of_a_work_hang_together(loaded):
    source = Resource.objects.get(import_id="r-verein-de")
    versions = Resource.objects.filter(translation_key=source.translation_key)
    assert {item.language.code for item in versions} == {"de", "en", "ar", "uk", "tr"}
    for item in versions.exclude(pk=source.pk):
        assert item.source_version == source
        assert item.source_revision == source.latest_revision


def test_files_are_valid_and_their_addresses_last(loaded):
    addresses = {document.public_id for document in Document.objects.all()}
    assert len(addresses) == 20
    for document in Document.objects.all():
        with document.file.open("rb") as file:
            first_page = pypdfium2.PdfDocument(file.read())[0].get_textpage()
            assert "Beispiel" in first_page.get_text_range()
        assert document.content_type == "application/pdf"
        assert document.language in {"de", "en", "fr"}
    load()
    assert {document.public_id for document in Document.objects.all()} == addresses


def test_covers_have_words_for_those_who_cannot_see_them(loaded):
    covered = Resource.objects.filter(cover_image__isnull=False)
    assert covered.count() == Image.objects.count() >= 8
    assert all(item.cover_alt and item.cover_image.description for item in covered)


def test_exposed_organisations_show_their_district_only(loaded):
    hidden = Organisation.objects.get(import_id="o-frauenwerkstatt-morgenrot")
    assert hidden.location_lines[0] == "Bezirk Nord"
    assert hidden.public_city == ""


def test_use_of_files_and_organisations_can_be_looked_up(loaded):
    document = Document.objects.first()
    assert ReferenceIndex.get_references_to(document).exists()
    partner = Organisation.objects.get(import_id="minor")
    assert ReferenceIndex.get_references_to(partner).exists()


def test_the_site_has_pages_in_both_languages(loaded):
    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port, site.site_name) == ("localhost", 8000, "NexSM")
    assert isinstance(site.root_page.specific, HomePage)
    assert site.root_page.locale == Locale.objects.get(language_code="de")
    homes = HomePage.objects.all()
    assert {page.locale.language_code for page in homes} == {"de", "en"}
    assert len({page.translation_key for page in homes}) == 1
    assert {page.title for page in ContentPage.objects.all()} == {"Über NexSM", "About NexSM"}
    assert not Page.objects.filter(title__startswith="Welcome").exists()
    assert all(page.live for page in Page.objects.filter(depth__gt=1))


def test_a_changed_text_is_brought_up_to_date(loaded, monkeypatch):
    first, *others = content.organisations()
    changed = dataclasses.replace(first, name="Beispielverein mit neuem Namen")
    monkeypatch.setattr(content, "organisations", lambda: (changed, *others))
    tally = load().tally
    assert tally.counts["example organisations"][Outcome.CHANGED] == 1
    assert tally.total(Outcome.CHANGED) == 1
    organisation = Organisation.objects.get(import_id=first.id)
    assert organisation.name == "Beispielverein mit neuem Namen"
    assert organisation.latest_revision.as_object().name == organisation.name


def test_work_of_editors_is_kept(loaded):
    editor = User.objects.create_superuser("somebody@example.org")
    resource = Resource.objects.get(import_id="r-foerdermittel")
    resource.title = "Ein besserer Titel"
    resource.save_revision(user=editor).publish(user=editor)
    withdrawn = Organisation.objects.get(import_id="o-buntspecht")
    withdrawn.unpublish()
    session = SessionPage.objects.get(import_id="nexsm24/s05")
    session.title = "Ein Entwurf"
    session.save_revision(user=editor)
    tally = load().tally
    assert tally.total(Outcome.KEPT) == 3
    assert tally.total(Outcome.CHANGED) == 0
    resource.refresh_from_db()
    assert resource.title == "Ein besserer Titel"
    withdrawn.refresh_from_db()
    assert not withdrawn.live


def test_removing_examples_leaves_facts_and_pages(
    loaded, files_come_back, django_capture_on_commit_callbacks
):
    stored = [(item.file.storage, item.file.name) for item in Document.objects.all()]
    stored += [(item.file.storage, item.file.name) for item in Image.objects.all()]
    pages = set(Page.objects.values_list("pk", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        counts = remove_examples()
    assert counts["resources"] == 43
    assert counts["organisations"] == 25
    assert not Resource.objects.exists()
    assert {item.import_id for item in Organisation.objects.all()} == {"la-red", "minor"}
    assert set(Page.objects.values_list("pk", flat=True)) == pages
    assert ConferencePage.objects.get(import_id="nexsm24").organisers.count() == 2
    assert not Document.objects.exists()
    assert not Image.objects.exists()
    assert not Tag.objects.exists()
    assert not Tombstone.objects.exists()
    assert [name for storage, name in stored if storage.exists(name)] == []


def test_files_that_are_used_elsewhere_stay(loaded):
    document = Document.objects.first()
    language = Resource.objects.first().language
    real = Resource(title="Keine Erfindung", language=language, type=Resource.objects.first().type)
    real.files.create(document=document)
    real.save()
    remove_examples()
    assert list(Document.objects.all()) == [document]
    assert list(Resource.objects.all()) == [real]


def test_examples_can_be_loaded_again_after_removal(loaded):
    remove_examples()
    tally = load().tally
    assert tally.counts["example resources"][Outcome.CREATED] == 43
    assert tally.counts["sessions"][Outcome.UNCHANGED] == 11
    assert not Tombstone.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("topics", ["no-topic"], "Topic: unknown code no-topic"),
        ("language", "xx", "Language: unknown code xx"),
        ("licence", "none", "Licence: unknown code none"),
        ("publishers", ["nobody"], "unknown organisation nobody"),
        ("source", "r-nothing", "unknown source r-nothing"),
    ],
)
def test_what_nobody_knows_stops_the_run(loaded, monkeypatch, field, value, problem):
    first, *others = copy.deepcopy(in_loading_order(content.resources()))
    broken = dataclasses.replace(first, **{field: value})
    monkeypatch.setattr(content, "resources", lambda: (broken, *others))
    with pytest.raises(CommandError, match=problem):
        call_command("load_demo")


def test_no_accounts_without_being_asked(loaded):
    assert not User.objects.exists()
    assert loaded.passwords == {}


def test_the_command_takes_examples_away(loaded, capsys):
    call_command("load_demo", "--remove-examples")
    assert "resources: 43 removed" in capsys.readouterr().out
    delete_stored_files()
