"""Forms for resources, organisations and vocabularies: help, validation, drafts, preview."""

import json
import uuid

import pytest
from django.contrib.admin.utils import quote
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, InlinePanel

from knowledge.models import Language, Organisation, Resource, ResourceType, Topic
from knowledge.services.publication import publish
from tests.factories.accounts import EditorFactory, UserFactory
from tests.factories.base import DocumentFactory
from tests.factories.knowledge import (
    LanguageFactory,
    OrganisationFactory,
    ResourceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db

RESOURCE = "wagtailsnippets_knowledge_resource"
ORGANISATION = "wagtailsnippets_knowledge_organisation"


@pytest.fixture
def editor(client):
    user = EditorFactory()
    client.force_login(user)
    return user


def formset(name, *rows):
    data = {
        f"{name}-TOTAL_FORMS": len(rows),
        f"{name}-INITIAL_FORMS": 0,
        f"{name}-MIN_NUM_FORMS": 0,
        f"{name}-MAX_NUM_FORMS": 1000,
    }
    for number, row in enumerate(rows):
        data |= {f"{name}-{number}-{key}": value for key, value in row.items()}
        data |= {f"{name}-{number}-ORDER": number + 1}
    return data


def resource_data(**changes):
    data = {
        "title": "Satzung",
        "type": ResourceType.objects.get(code="guide").pk,
        "language": Language.objects.get(code="de").pk,
        "visibility": "public",
        "change_significance": "medium",
        "body-count": 0,
        **formset("files"),
        **formset("contributors"),
        **formset("publishers"),
    }
    return data | changes


def organisation_data(**changes):
    data = {
        "name": "Frauenverein",
        "kind": "organisation",
        "language": Language.objects.get(code="de").pk,
        "description": json.dumps({"blocks": [], "entityMap": {}}),
        "location_precision": "place",
        "verification": "shadow",
        "visibility": "public",
        **formset("texts"),
        **formset("channels"),
    }
    return data | changes


def add(client, namespace, data):
    return client.post(reverse(f"{namespace}:add"), data)


def field_panels(panel):
    """All field panels below a panel, those of inline rows included."""
    if isinstance(panel, FieldPanel):
        return [panel]
    children = list(getattr(panel, "children", []))
    if isinstance(panel, InlinePanel):
        children = list(panel.child_edit_handler.children)
    return [found for child in children for found in field_panels(child)]


@pytest.mark.parametrize("model", [Resource, Organisation, Topic, ResourceType, Language])
def test_every_field_of_the_form_explains_itself(model):
    panels = field_panels(model.get_edit_handler())
    assert len(panels) > 4
    mute = [
        f"{panel.model.__name__}.{panel.field_name}"
        for panel in panels
        if not (panel.help_text or panel.db_field.help_text)
    ]
    assert mute == []


@pytest.mark.parametrize("model", [Resource, Organisation])
def test_the_form_has_every_field_that_editors_may_change(model):
    offered = {panel.field_name for panel in field_panels(model.get_edit_handler())}
    editable = {
        field.name
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.editable and not field.primary_key
    }
    kept_by_wagtail = {"latest_revision", "locked", "locked_at", "locked_by", "first_published_at"}
    assert editable - offered - kept_by_wagtail == set()


def test_help_is_written_below_the_fields(client, editor):
    page = client.get(reverse(f"{RESOURCE}:add")).content.decode()
    assert "Two or three plain sentences: what it is and whom it helps." in page
    assert "In the order in which they are to be named." in page


def test_a_draft_needs_a_title_only_where_the_database_does(client, editor):
    response = add(client, RESOURCE, resource_data())
    resource = Resource.objects.get()
    assert response.status_code == 302
    assert (resource.title, resource.live, resource.summary) == ("Satzung", False, "")


def test_files_people_and_topics_are_saved_in_order(client, editor):
    organisation = OrganisationFactory()
    topic = TopicFactory()
    data = resource_data(
        topics=[topic.pk],
        tags="Verein, Recht",
        **{
            **formset("files", {"document": DocumentFactory().pk, "label": "Muster"}),
            **formset(
                "contributors",
                {"role": "author", "kind": "person", "name": "Özge Yılmaz"},
                {"role": "editor", "kind": "person", "organisation": organisation.pk},
            ),
            **formset("publishers", {"name": "Verlag"}),
        },
    )
    data["action-publish"] = "1"
    add(client, RESOURCE, data)
    resource = Resource.objects.get()
    assert resource.live
    assert [str(person) for person in resource.contributors.all()] == [
        "Özge Yılmaz",
        organisation.name,
    ]
    assert resource.contributors.last().kind == "organisation"
    assert [file.label for file in resource.files.all()] == ["Muster"]
    assert sorted(tag.name for tag in resource.tags.all()) == ["Recht", "Verein"]
    assert list(resource.topics.all()) == [topic]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"doi": "10/abc"}, "This is not a DOI"),
        ({"isbn": "978-3-16-148410-1"}, "please check the digits"),
        ({"year": "1492"}, "1800"),
        ({"language": ""}, "required"),
        ({"title": ""}, "required"),
        ({"url": "javascript:alert(1)"}, "valid URL"),
        ({"go_live_at": "2099-02-01", "expire_at": "2099-01-01"}, "must be before"),
        ({"topics": ["nonsense"]}, "not a valid value"),
        (formset("contributors", {"role": "author", "kind": "person"}), "Enter a name or choose"),
    ],
)
def test_wrong_entries_are_explained(client, editor, changes, words):
    response = add(client, RESOURCE, resource_data(**changes) | {"action-publish": "1"})
    assert response.status_code == 200
    assert words in response.content.decode()
    assert not Resource.objects.exists()


def test_an_address_is_shown_only_with_consent(client, editor):
    data = organisation_data(contact_email="kontakt@example.org", email_public="on")
    response = add(client, ORGANISATION, data | {"action-publish": "1"})
    assert "Say when the organisation agreed" in response.content.decode()
    assert not Organisation.objects.exists()


def test_the_date_of_verification_follows_the_state(client, editor):
    add(client, ORGANISATION, organisation_data(verification="verified") | {"action-publish": "1"})
    organisation = Organisation.objects.get()
    assert organisation.verified_at is not None
    data = organisation_data(verification="unverified") | {"action-publish": "1"}
    client.post(reverse(f"{ORGANISATION}:edit", args=[organisation.pk]), data)
    organisation.refresh_from_db()
    assert (organisation.verification, organisation.verified_at) == ("unverified", None)


def test_pasted_markup_stays_within_the_features(client, editor):
    pasted = {
        "blocks": [
            {
                "key": "a",
                "text": "Big news",
                "type": "unstyled",
                "depth": 0,
                "inlineStyleRanges": [
                    {"offset": 0, "length": 3, "style": "BOLD"},
                    {"offset": 4, "length": 4, "style": "UNDERLINE"},
                ],
                "entityRanges": [{"offset": 0, "length": 3, "key": 0}],
            }
        ],
        "entityMap": {
            "0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(1)"}}
        },
    }
    data = organisation_data(description=json.dumps(pasted)) | {"action-publish": "1"}
    add(client, ORGANISATION, data)
    description = Organisation.objects.get().description
    assert "<b>Big</b>" in description
    for unwanted in ("<u>", "javascript:"):
        assert unwanted not in description


def test_terms_out_of_use_are_offered_only_where_they_are_used(client, editor):
    old = TopicFactory(code="old", labels={"en": "Old topic"}, is_active=False)
    resource = ResourceFactory(topics=[old])
    assert "Old topic" not in client.get(reverse(f"{RESOURCE}:add")).content.decode()
    edit = client.get(reverse(f"{RESOURCE}:edit", args=[resource.pk])).content.decode()
    assert "Old topic" in edit


def test_the_code_of_a_term_cannot_be_changed(client, editor):
    topic = TopicFactory(code="law")
    data = {"labels_de": "Recht", "labels_en": "Law", "code": "other", "position": 1}
    response = client.post(reverse("wagtailsnippets_knowledge_topic:edit", args=[topic.pk]), data)
    topic.refresh_from_db()
    assert response.status_code == 302
    assert (topic.code, topic.labels) == ("law", {"de": "Recht", "en": "Law"})


def test_a_term_in_use_cannot_be_deleted(client, editor):
    ResourceFactory()
    kind = ResourceType.objects.get(code="guide")
    url = reverse("wagtailsnippets_knowledge_resourcetype:delete", args=[kind.pk])
    assert client.get(url).status_code == 200
    client.post(url)
    assert ResourceType.objects.filter(code="guide").exists()


def test_tombstones_are_for_reading_only(client, editor, django_user_model):
    resource = ResourceFactory(title="Weg")
    resource.unpublish()
    stone = "wagtailsnippets_knowledge_tombstone"
    assert "Weg" in client.get(reverse(f"{stone}:list")).content.decode()
    client.force_login(django_user_model.objects.create_superuser("root@example.org"))
    from knowledge.models import Tombstone

    number = Tombstone.objects.get(title="Weg").pk
    for url in (reverse(f"{stone}:add"), reverse(f"{stone}:delete", args=[number])):
        assert client.post(url).status_code in {302, 403}
    assert Tombstone.objects.filter(title="Weg").exists()


@pytest.mark.parametrize("namespace", [RESOURCE, ORGANISATION])
def test_preview_shows_the_public_page_with_unsaved_words(client, editor, namespace):
    make, data, words = (
        (ResourceFactory, resource_data, {"title": "Ganz neuer Titel"})
        if namespace == RESOURCE
        else (OrganisationFactory, organisation_data, {"name": "Ganz neuer Titel"})
    )
    item = make()
    url = reverse(f"{namespace}:preview_on_edit", args=[quote(item.pk)])
    answer = client.post(url, data(**words))
    assert answer.json()["is_valid"]
    assert "Ganz neuer Titel" in client.get(url).content.decode()
    item.refresh_from_db()
    assert item.heading != "Ganz neuer Titel"


def test_preview_of_a_new_item(client, editor):
    url = reverse(f"{RESOURCE}:preview_on_add")
    assert client.post(url, resource_data(title="Noch nicht da")).json()["is_valid"]
    page = client.get(url)
    assert page.status_code == 200
    assert "Noch nicht da" in page.content.decode()


def test_a_translation_joins_the_work_of_its_source(client, editor):
    source = ResourceFactory(translation_key=uuid.uuid4())
    publish(item=source)
    source.refresh_from_db()
    arabic = LanguageFactory(code="ar").pk
    data = resource_data(language=arabic, source_version=source.pk) | {"action-publish": "1"}
    add(client, RESOURCE, data)
    translation = Resource.objects.exclude(pk=source.pk).get()
    assert translation.translation_key == source.translation_key
    assert translation.source_revision == source.live_revision is not None


def test_a_second_version_in_the_same_language_is_refused_with_a_message(client, editor):
    source = ResourceFactory()
    data = resource_data(language=source.language.pk, source_version=source.pk)
    response = client.post(reverse(f"{RESOURCE}:add"), data)
    assert response.status_code == 200
    assert response.context["form"].non_field_errors()
    assert Resource.objects.get() == source


@pytest.fixture
def edited_meanwhile(client, editor):
    """An editor has opened the form of a resource; then a member's version was published."""
    resource = ResourceFactory(title="Alt", summary="Kurz.")
    resource.save_revision().publish()
    address = reverse(f"{RESOURCE}:edit", args=[quote(resource.pk)])
    shown = client.get(address).context
    opened = {
        "loaded_revision_id": resource.latest_revision_id,
        "loaded_revision_created_at": shown["loaded_revision_created_at"],
    }
    version = resource.get_latest_revision_as_object()
    version.title = "Neu vom Mitglied"
    version.save_revision(user=UserFactory(name="Mona")).publish()

    def save(**changes):
        data = resource_data(title="Alt", summary="Von der Redaktion", **{**opened, **changes})
        return client.post(address, {**data, "action-publish": "1"})

    return Resource.objects.get(pk=resource.pk), opened["loaded_revision_id"], save


def test_an_older_form_does_not_silently_put_back_what_somebody_published(edited_meanwhile):
    resource, opened, save = edited_meanwhile
    answer = save()
    page = answer.content.decode()

    assert answer.status_code == 200
    assert "Mona saved another version meanwhile" in page
    compare = reverse(
        f"{RESOURCE}:revisions_compare", args=[resource.pk, opened, resource.latest_revision_id]
    )
    assert compare in page
    assert "Von der Redaktion" in page
    assert Resource.objects.get().title == "Neu vom Mitglied"

    again = {
        "loaded_revision_id": resource.latest_revision_id,
        "loaded_revision_created_at": answer.context["loaded_revision_created_at"],
    }
    for name, value in again.items():
        assert f'name="{name}" value="{value}"' in page
    assert save(**again).status_code == 302
    assert Resource.objects.get().summary == "Von der Redaktion"


@pytest.mark.parametrize("odd", ["x", "0", "99999999999999999999999", "²"])
def test_an_invented_version_is_refused_without_a_link(edited_meanwhile, odd):
    _resource, _opened, save = edited_meanwhile
    answer = save(loaded_revision_id=odd)

    assert answer.status_code == 200
    assert "/compare/" not in answer.content.decode()


def test_an_older_incomplete_draft_comes_back_without_complaints(edited_meanwhile, client):
    resource, opened, _save = edited_meanwhile
    data = resource_data(title="", loaded_revision_id=opened)
    answer = client.post(reverse(f"{RESOURCE}:edit", args=[quote(resource.pk)]), data)
    page = answer.content.decode()

    assert "Mona saved another version meanwhile" in page
    assert "This field is required" not in page
