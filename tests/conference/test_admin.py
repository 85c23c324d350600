"""The editors' side: forms with help in plain words, lists of people and venues."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from conference.models import Person, Venue
from tests.conference.admin_form import read_form
from tests.factories.accounts import EditorFactory, SuperuserFactory, UserFactory
from tests.factories.conference import (
    ConferencePageFactory,
    PersonFactory,
    SessionPageFactory,
    VenueFactory,
    default_index,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(SuperuserFactory())
    return client


def test_the_form_of_a_new_conference_and_session_opens(editor):
    conference = ConferencePageFactory()
    for parent, model in (
        (default_index(), "conferencepage"),
        (conference, "sessionpage"),
    ):
        url = reverse("wagtailadmin_pages:add", args=["conference", model, parent.pk])
        assert editor.get(url).status_code == 200


def test_the_last_day_cannot_be_before_the_first(editor):
    conference = ConferencePageFactory()
    url = reverse("wagtailadmin_pages:edit", args=[conference.pk])

    data = {**read_form(editor, url), "date_start": "2024-06-04", "date_end": "2024-06-03"}
    response = editor.post(url, data)

    assert response.status_code == 200
    assert "date_end" in response.context["form"].errors


def test_an_unknown_time_zone_is_refused(editor):
    conference = ConferencePageFactory()
    url = reverse("wagtailadmin_pages:edit", args=[conference.pk])

    data = read_form(editor, url)

    for name in ("EST", "Etc/GMT+1", "../../etc/passwd", "Europe/Atlantis"):
        response = editor.post(url, {**data, "timezone": name})
        assert "timezone" in response.context["form"].errors


def test_people_are_listed_found_and_filtered(editor):
    PersonFactory(name="Taissyia Sutormina", other_names=["Taissiya Sutormina"])
    PersonFactory(name="Arian Darat", has_consented=True)
    url = reverse("wagtailsnippets_conference_person:list")

    assert "Arian Darat" in editor.get(url).content.decode()
    found = editor.get(url, {"q": "Taissyia"}).content.decode()
    assert "Taissyia Sutormina" in found
    assert "Arian Darat" not in found
    agreed = editor.get(url, {"has_consented": "true"}).content.decode()
    assert "Arian Darat" in agreed
    assert "Taissyia Sutormina" not in agreed


def test_a_person_is_added_with_other_spellings_and_the_date_of_consent(editor):
    url = reverse("wagtailsnippets_conference_person:add")

    response = editor.post(
        url, {"name": "Vira Bushanska", "other_names": "Wira\nVira B.", "has_consented": "on"}
    )

    assert response.status_code == 302
    person = Person.objects.get()
    assert person.other_names == ["Wira", "Vira B."]
    assert person.consented_at is not None
    person.has_consented = False
    person.save()
    assert person.consented_at is None


def test_a_venue_is_added_with_its_rooms(editor):
    url = reverse("wagtailsnippets_conference_venue:add")
    rooms = inline_formset([{"name": "Atrium"}, {"name": "Saal 2", "capacity": "40"}])

    response = editor.post(url, nested_form_data({"name": "Haus", "rooms": rooms}))

    assert response.status_code == 302
    venue = Venue.objects.get()
    assert [room.name for room in venue.rooms.all()] == ["Atrium", "Saal 2"]
    assert venue.place_line == ""
    assert venue.country_code == ""


def test_venues_are_listed(editor):
    venue = VenueFactory(postal_code="10117")

    assert venue.name in (
        editor.get(reverse("wagtailsnippets_conference_venue:list")).content.decode()
    )
    assert venue.place_line == "10117 Berlin"


def test_every_field_of_rows_and_pages_that_needs_it_has_help(editor):
    session = SessionPageFactory()
    page = editor.get(reverse("wagtailadmin_pages:edit", args=[session.pk])).content.decode()

    assert page.count("w-field__help") > 15


@pytest.mark.parametrize("model", ["person", "venue"])
def test_editors_may_keep_people_and_venues_and_members_may_not(client, model):
    url = reverse(f"wagtailsnippets_conference_{model}:add")

    client.force_login(EditorFactory())
    assert client.get(url).status_code == 200

    client.force_login(UserFactory())
    assert client.get(url).status_code in {302, 403}
