"""Resources and organisations lead back to conferences, sessions and people; only to public ones."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conference.models import (
    ConferenceResource,
    Funder,
    Organiser,
    Participation,
    SessionOrganisation,
    SessionResource,
)
from nexsm.base.linked_from import linked_from
from tests.factories.base import ContentPageFactory, language_locale
from tests.factories.conference import ConferencePageFactory, PersonFactory, SessionPageFactory
from tests.factories.knowledge import LanguageFactory, OrganisationFactory, ResourceFactory

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


def titles(item):
    return {group.key: [link.title for link in group.links] for group in linked_from(item, VISITOR)}


def linked(resource, **fields):
    return SessionPageFactory(resource_links=[SessionResource(resource=resource)], **fields)


def test_a_resource_leads_to_its_conferences_and_sessions(client):
    resource = ResourceFactory()
    conference = ConferencePageFactory(
        title="Tagung", resource_links=[ConferenceResource(resource=resource)]
    )
    session = linked(resource, title="Ankommen", parent=conference)
    linked(resource, title="Geheim", parent=conference, live=False)
    linked(resource, title="Noch nicht", parent=ConferencePageFactory(live=False))

    page = client.get(resource.get_absolute_url()).content.decode()

    assert titles(resource) == {"conferences": ["Tagung"], "sessions": ["Ankommen"]}
    soup = BeautifulSoup(page, "html.parser")
    assert soup.find("a", href=session.get_url())
    assert soup.find("a", href=conference.get_url())
    assert "Geheim" not in page
    assert "Noch nicht" not in page


def test_every_language_of_a_work_leads_there_and_a_translated_session_counts_once():
    original = ResourceFactory()
    turkish = ResourceFactory(
        language=LanguageFactory(code="tr"),
        source_version=original,
        translation_key=original.translation_key,
    )
    session = linked(original, title="Ankommen")
    session.copy_for_translation(language_locale("en"), copy_parents=True).save_revision().publish()

    assert titles(turkish)["sessions"] == ["Ankommen"]


def test_an_organisation_leads_to_what_it_did_and_to_its_people(client):
    organisation = OrganisationFactory()
    conference = ConferencePageFactory(
        title="Tagung",
        date_start=dt.date(2024, 6, 4),
        organisers=[Organiser(organisation=organisation, name_as_shown="V", role="host")],
        funders=[Funder(organisation=organisation, name_as_shown="V", role_as_shown="Gefördert")],
    )
    agreed = PersonFactory(name="Ada", organisation=organisation, has_consented=True)
    silent = PersonFactory(name="Eva", organisation=organisation)
    SessionPageFactory(
        title="Eins",
        parent=conference,
        organisation_links=[SessionOrganisation(organisation=organisation)],
        participations=[
            Participation(name_as_shown=person.name, person=person, organisation=organisation)
            for person in (agreed, silent)
        ],
    )

    page = client.get(organisation.get_absolute_url()).content.decode()

    assert titles(organisation) == {
        "conferences": ["Tagung"],
        "sessions": ["Eins"],
        "people": ["Ada"],
    }
    words = " ".join(BeautifulSoup(page, "html.parser").get_text(" ").split())
    assert "Gefördert" in words
    assert "4. Juni 2024" in words
    assert "Eva" not in words


def test_the_latest_conference_comes_first():
    resource = ResourceFactory()
    for year, title in ((2023, "alt"), (2025, "neu"), (2024, "mittel")):
        conference = ConferencePageFactory(date_start=dt.date(year, 1, 1))
        linked(resource, title=title, parent=conference)
    linked(resource, title="ohne Datum", parent=ConferencePageFactory(date_start=None))

    assert titles(resource)["sessions"] == ["neu", "mittel", "alt", "ohne Datum"]


def test_other_things_belong_to_nothing():
    assert linked_from(ContentPageFactory(), VISITOR) == []
    assert linked_from(ResourceFactory(), VISITOR) == []


def test_more_links_cost_no_more_queries():
    resource, organisation = ResourceFactory(), OrganisationFactory()

    def everything():
        conference = ConferencePageFactory(
            organisers=[Organiser(organisation=organisation, name_as_shown="V")],
            resource_links=[ConferenceResource(resource=resource)],
        )
        person = PersonFactory(organisation=organisation, has_consented=True)
        linked(
            resource,
            parent=conference,
            organisation_links=[SessionOrganisation(organisation=organisation)],
            participations=[Participation(name_as_shown="x", person=person)],
        )

    def queries():
        with CaptureQueriesContext(connection) as made:
            linked_from(resource, VISITOR)
            linked_from(organisation, VISITOR)
        return len(made)

    everything()
    few = queries()
    for _number in range(5):
        everything()

    assert queries() == few
