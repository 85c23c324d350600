"""What is left of all sessions, on the page of a conference that is over."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup

from conference.models import Occurrence, Round, SessionDocumentation
from conference.queries import programme
from conference.queries.gathered import documented_sessions
from tests.factories.conference import ConferencePageFactory, SessionPageFactory, at

pytestmark = pytest.mark.django_db
SLIDES = "https://example.org/folien.pdf"


def session(conference, title, *times, **values):
    return SessionPageFactory(parent=conference, title=title, occurrences=list(times), **values)


def read(client, conference):
    return BeautifulSoup(client.get(conference.get_url()).content, "html.parser")


def test_slides_and_results_of_all_sessions_stand_in_the_order_of_the_programme(client):
    round_ = Round(title_as_shown="Runde", start=at("12:00"), results="<p>Ein Netz</p>")
    conference = ConferencePageFactory(rounds=[round_])
    late = session(conference, "Spät", Occurrence(start=at("15:00")), results="<p>Gut</p>")
    early = session(
        conference,
        "Früh",
        Occurrence(start=at("09:00")),
        Occurrence(start=at("16:00")),
        documentation=[
            SessionDocumentation(kind="slides", url=SLIDES),
            SessionDocumentation(kind="recording", url="https://example.org/x", is_public=False),
            SessionDocumentation(kind="recording", availability="none"),
        ],
    )
    session(conference, "Nichts", Occurrence(start=at("10:00")))

    gathered = read(client, conference).find(attrs={"aria-labelledby": "documented-sessions"})

    titles = [title.a["href"] for title in gathered.find_all(class_="documented__title")]
    assert titles == [early.get_url(), late.get_url()]
    links = {link["href"] for link in gathered.find_all("a")}
    assert SLIDES in links
    assert f"{late.get_url()}#results" in links
    assert f"#results-{round_.uid}" in links
    assert "https://example.org/x" not in links


def test_the_links_to_results_lead_somewhere(client):
    round_ = Round(title_as_shown="Runde", start=at("12:00"), results="<p>Ein Netz</p>")
    conference = ConferencePageFactory(rounds=[round_])
    documented = session(conference, "S", Occurrence(start=at("15:00")), results="<p>Gut</p>")

    soup = read(client, conference)

    assert soup.find(id=f"results-{round_.uid}")
    assert read(client, documented).find(id="results")


def test_before_a_conference_nothing_is_gathered(client):
    conference = ConferencePageFactory(date_start=dt.date(2999, 1, 1))
    session(conference, "S", documentation=[SessionDocumentation(kind="slides", url=SLIDES)])

    assert not read(client, conference).find(attrs={"aria-labelledby": "documented-sessions"})


@pytest.mark.parametrize("sessions", [1, 3])
def test_the_queries_do_not_depend_on_sessions(sessions, django_assert_num_queries):
    conference = ConferencePageFactory()
    for number in range(sessions):
        slides = SessionDocumentation(kind="slides", url=SLIDES)
        session(conference, f"S{number}", Occurrence(start=at("12:00")), documentation=[slides])
    whole = programme(conference, None)

    with django_assert_num_queries(2):
        found = documented_sessions(whole)

    assert len(found) == sessions
