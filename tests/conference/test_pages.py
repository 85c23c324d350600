"""The public pages: whatever is unknown, they answer; personal data stays where it belongs."""

import datetime as dt
import itertools

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from conference.enums import ConferenceState, OccurrenceStatus
from conference.models import (
    ConferenceDocumentation,
    ConferenceResource,
    Contact,
    Funder,
    Occurrence,
    Organiser,
    Participation,
    Round,
    ScheduleItem,
    SessionDocumentation,
    SessionOrganisation,
    SessionResource,
)
from tests.factories.base import DocumentFactory
from tests.factories.conference import (
    ConferenceIndexPageFactory,
    ConferencePageFactory,
    RoomFactory,
    SessionPageFactory,
    VenueFactory,
    at,
)
from tests.factories.knowledge import (
    LanguageFactory,
    LicenceFactory,
    OrganisationFactory,
    ResourceFactory,
)

pytestmark = pytest.mark.django_db


def read(client, page, language="de"):
    """The page as a visitor with this interface language gets it."""
    url = page.get_url().replace("/de/", f"/{language}/", 1)
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def text(soup):
    return " ".join(soup.get_text(" ").split())


@pytest.mark.parametrize("language", ["de", "en"])
def test_pages_answer_with_every_field_empty(client, language):
    conference = ConferencePageFactory(
        date_start=None, rounds=[Round()], schedule_items=[ScheduleItem()]
    )
    session = SessionPageFactory(parent=conference, occurrences=[Occurrence()])
    bare = SessionPageFactory(parent=conference)

    for page in (conference, session, bare, conference.get_parent()):
        assert read(client, page, language).h1.get_text(strip=True) == page.title


def test_an_empty_index_says_so(client):
    soup = read(client, ConferenceIndexPageFactory())

    assert soup.find(class_="empty-state")


def test_the_index_separates_coming_from_past_conferences(client):
    old = ConferencePageFactory(date_start=dt.date(2020, 1, 1), subtitle="Untertitel")
    new = ConferencePageFactory(date_start=dt.date(2999, 1, 1), venue=VenueFactory())
    off = ConferencePageFactory(date_start=dt.date(2999, 2, 1), state="cancelled")

    soup = read(client, old.get_parent())

    def titles(section):
        return [heading.get_text(strip=True) for heading in section.find_all("h3")]

    sections = {section["aria-labelledby"]: titles(section) for section in soup.main("section")}
    assert sections == {"coming": [new.title, off.title], "past": [old.title]}
    assert soup.find(id="coming").get_text(strip=True) == "Demnächst"
    new.state = "live"
    new.save()
    soup = read(client, old.get_parent())
    assert soup.find(id="coming").get_text(strip=True) == "Jetzt und demnächst"


def test_the_programme_says_times_numbers_and_repeats_in_words(client):
    first = Round(title_as_shown="I. Runde", start=at("12:00"), end=at("12:45"))
    second = Round(title_as_shown="II. Runde", start=at("14:00"))
    first.end_is_derived = True
    conference = ConferencePageFactory(
        timezone_is_derived=True,
        programme_note="Änderungen vorbehalten",
        rounds=[first, second],
        schedule_items=[ScheduleItem(title="Pause", start=at("12:45"))],
    )
    SessionPageFactory(
        parent=conference,
        title="Datenanalyse",
        occurrences=[
            Occurrence(round_uid=first.uid, label_as_shown="5.", room=RoomFactory(name="Saal")),
            Occurrence(
                round_uid=second.uid, label_as_shown="4.", status=OccurrenceStatus.CANCELLED
            ),
        ],
    )

    soup = read(client, conference, "en")
    programme = soup.find(class_="programme")
    day = programme.find("h2")
    lines = [text(line) for line in programme.find("ol").find_all("li", recursive=False)]

    assert day.time["datetime"] == "2024-06-04"
    assert len(lines) == 3
    assert "5. Datenanalyse" in lines[0]
    assert "12:45 (calculated)" in lines[0]
    assert "Saal" in lines[0]
    assert "Repeated" not in lines[0]
    assert lines[1] == "12:45 Pause 12:45"
    assert "4. Datenanalyse" in lines[2]
    assert "Cancelled" in lines[2]
    assert "Also offered at: 12:00" in lines[2]
    assert "Änderungen vorbehalten" in text(programme)
    assert "Berlin" in text(programme)
    assert "UTC+2" in text(programme)
    assert "it is concluded from the place" in text(programme)
    times = programme.find_all("time", attrs={"datetime": "2024-06-04T12:00:00+02:00"})
    assert len(times) >= 2
    assert all(line.find("time") for line in programme.find_all("article"))


def test_headings_never_skip_a_level(client):
    round_ = Round(title_as_shown="Runde", start=at("12:00"))
    conference = ConferencePageFactory(
        rounds=[round_],
        contacts=[Contact(name_as_shown="A")],
        documentation=[ConferenceDocumentation(url="https://example.org/")],
        schedule_items=[ScheduleItem()],
    )
    SessionPageFactory(parent=conference, occurrences=[Occurrence(round_uid=round_.uid)])

    headings = read(client, conference).main.find_all(["h1", "h2", "h3", "h4"])
    levels = [int(heading.name[1]) for heading in headings]

    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))


def test_an_address_is_shown_only_where_the_person_wants_it(client):
    conference = ConferencePageFactory(
        contacts=[
            Contact(name_as_shown="A", email="geheim@example.org"),
            Contact(name_as_shown="B", email="offen@example.org", show_email=True),
        ]
    )

    page = client.get(conference.get_url()).content.decode()

    assert "geheim@example.org" not in page
    assert "mailto:offen@example.org" in page


def test_funders_and_organisers_are_missing_where_none_is_named(client):
    soup = read(client, ConferencePageFactory(), "en")

    assert "Funded by" not in text(soup)
    assert "Organised by" not in text(soup)


def test_organisations_are_linked_only_where_their_profile_is_public(client):
    public, hidden = OrganisationFactory(), OrganisationFactory(live=False)
    conference = ConferencePageFactory(
        organisers=[
            Organiser(name_as_shown="Offen e.V.", organisation=public, role="carrier"),
            Organiser(name_as_shown="Verborgen e.V.", organisation=hidden, role="partner"),
        ],
        funders=[Funder(name_as_shown="Stiftung", role_as_shown="Gefördert von:")],
    )

    facts = read(client, conference, "en").find("aside")

    assert facts.find("a", string="Offen e.V.")["href"] == public.get_absolute_url()
    assert "Verborgen e.V." in text(facts)
    assert not facts.find("a", string="Verborgen e.V.")
    assert "A project of Offen e.V." in text(facts)
    assert "Gefördert von: Stiftung" in text(facts)


def test_german_content_is_marked_under_the_english_interface(client):
    conference = ConferencePageFactory(subtitle="Untertitel", programme_note="Hinweis")
    SessionPageFactory(parent=conference, occurrences=[Occurrence(start=at("12:00"))])

    german, english = read(client, conference), read(client, conference, "en")

    assert german.h1.get("lang") is None
    assert english.html["lang"] == "en"
    assert english.h1["lang"] == "de"
    assert english.find("article").h4["lang"] == "de"
    link = english.find("article").a["href"]
    assert link.startswith("/en/konferenzen/")
    assert client.get(link).status_code == 200


def speaker():
    return Participation(
        prefix="Dr.",
        name_as_shown="Vira Bushanska",
        affiliation_as_shown="Verein",
        role_as_shown="Leitung",
    )


def test_a_session_shows_people_times_documentation_and_the_way_back(client):
    conference = ConferencePageFactory()
    document = DocumentFactory()
    resource, draft = ResourceFactory(), ResourceFactory(live=False)
    organisation = OrganisationFactory()
    session = SessionPageFactory(
        parent=conference,
        abstract="<p>Worum es geht</p>",
        results="<p>Was herauskam</p>",
        languages=[LanguageFactory(code="de")],
        interpretation=[LanguageFactory(code="ar")],
        occurrences=[Occurrence(start=at("12:00")), Occurrence(start=at("14:00"))],
        participations=[speaker()],
        documentation=[
            SessionDocumentation(
                title="Folien",
                document=document,
                language=LanguageFactory(code="de"),
                licence=LicenceFactory(url="https://example.org/licence"),
            ),
            SessionDocumentation(kind="recording", availability="none"),
            SessionDocumentation(title="Intern", url="https://example.org/x", is_public=False),
        ],
        resource_links=[SessionResource(resource=resource), SessionResource(resource=draft)],
        organisation_links=[SessionOrganisation(organisation=organisation)],
    )

    soup = read(client, session, "en")
    words = text(soup)

    for expected in (
        "Dr. Vira Bushanska Verein Leitung",
        "Worum es geht",
        "Was herauskam",
        "12:00",
        "14:00",
        "offered twice",
        "does not exist",
        resource.title,
        organisation.name,
    ):
        assert expected in words
    assert soup.find("a", href=document.url)
    assert "Intern" not in words
    assert draft.title not in words
    assert soup.find("a", href=f"/en/konferenzen/{conference.slug}/#programme")


def test_a_conference_shows_its_resources(client):
    resource = ResourceFactory()
    conference = ConferencePageFactory(resource_links=[ConferenceResource(resource=resource)])

    assert resource.title in text(read(client, conference))


def test_markup_in_printed_texts_is_text(client):
    evil = "<script>alert(1)</script>"
    conference = ConferencePageFactory(
        title=evil, subtitle=evil, schedule_items=[ScheduleItem(title=evil, people=[evil])]
    )
    session = SessionPageFactory(
        parent=conference, title=evil, participations=[Participation(name_as_shown=evil)]
    )

    for page in (conference, session):
        assert evil not in client.get(page.get_url()).content.decode()


def test_invented_content_carries_a_mark(client):
    conference = ConferencePageFactory(is_example=True)
    session = SessionPageFactory(parent=conference)

    for page in (conference, session, conference.get_parent()):
        assert read(client, page).find(class_="badge--example")


@pytest.mark.parametrize(
    ("values", "today", "expected"),
    [
        ({"date_start": None}, dt.date(2024, 6, 4), ConferenceState.ANNOUNCED),
        ({}, dt.date(2024, 6, 3), ConferenceState.ANNOUNCED),
        ({}, dt.date(2024, 6, 4), ConferenceState.LIVE),
        ({}, dt.date(2024, 6, 5), ConferenceState.PAST),
        ({"date_end": dt.date(2024, 6, 5)}, dt.date(2024, 6, 5), ConferenceState.LIVE),
        ({"state": "cancelled"}, dt.date(2024, 6, 4), ConferenceState.CANCELLED),
        ({"state": "documented"}, dt.date(2020, 1, 1), ConferenceState.DOCUMENTED),
    ],
)
def test_the_date_decides_on_the_state_unless_an_editor_does(values, today, expected):
    assert ConferencePageFactory.build(**values).current_state(today) == expected


def test_drafts_can_be_previewed():
    conference = ConferencePageFactory(live=False)
    conference.rounds.set([Round(title_as_shown="Ungespeicherte Runde", start=at("12:00"))])
    conference.schedule_items.set([ScheduleItem(title="Ungespeicherte Pause")])
    session = SessionPageFactory(parent=conference, live=False)
    session.participations.set([Participation(name_as_shown="Neue Person")])
    session.occurrences.set([Occurrence(start=at("12:00"))])
    request = RequestFactory().get("/")

    shown = conference.make_preview_request(request, "").render().content.decode()
    assert "Ungespeicherte Runde" in shown
    assert "Ungespeicherte Pause" in shown
    shown = session.make_preview_request(request, "").render().content.decode()
    assert "Neue Person" in shown
    assert "12:00" in shown


@pytest.mark.parametrize(
    ("zone", "offset"),
    [
        ("Europe/Berlin", "UTC+2"),
        ("Asia/Kolkata", "UTC+5:30"),
        ("America/St_Johns", "UTC−2:30"),
        ("Africa/Abidjan", "UTC"),
        ("Not/AZone", "UTC+2"),
    ],
)
def test_the_time_zone_is_named_in_words(client, zone, offset):
    conference = ConferencePageFactory(schedule_items=[ScheduleItem(start=at("12:00"))])
    type(conference).objects.filter(pk=conference.pk).update(timezone=zone)

    words = client.get(conference.get_url()).context["zone_words"]

    assert words.offset == offset
    assert words.city
    assert words.name


def test_the_day_of_the_conference_names_the_zone_where_no_time_is_known(client):
    conference = ConferencePageFactory(date_start=dt.date(2024, 1, 10))
    SessionPageFactory(parent=conference, occurrences=[Occurrence()])

    assert client.get(conference.get_url()).context["zone_words"].offset == "UTC+1"


def test_what_is_not_certain_is_marked(client):
    conference = ConferencePageFactory(
        schedule_items=[ScheduleItem(title="Führung", status=OccurrenceStatus.TENTATIVE)]
    )

    assert "Not yet certain" in text(read(client, conference, "en").find("article"))


def test_an_item_that_can_be_had_needs_a_file_or_an_address():
    with pytest.raises(ValidationError):
        SessionDocumentation(title="Folien").clean()
    SessionDocumentation(title="Folien", availability="expected").clean()
    SessionDocumentation(title="Folien", url="https://example.org/").clean()


def test_rows_have_names_for_the_admin():
    round_ = Round(label="Runde I", start=at("12:00"))

    assert str(round_) == "Runde I"
    assert str(Occurrence(start=at("12:00"))).startswith("2024-06-04")
    assert str(Occurrence())
    assert str(ScheduleItem(kind="break")) == str(ScheduleItem(kind="break").get_kind_display())
    assert str(Participation(prefix="Dr.", name_as_shown="A")) == "Dr. A"
    assert str(Contact(name_as_shown="B")) == "B"
    assert str(Funder(name_as_shown="C")) == "C"
    assert str(RoomFactory(name="Saal", venue__name="Haus")) == "Saal (Haus)"
    assert str(SessionDocumentation(title="Folien")) == "Folien"
