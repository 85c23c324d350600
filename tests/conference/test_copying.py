"""The next edition: everything that is work comes along, nothing that was said of this edition."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from conference.models import (
    ConferenceDocumentation,
    ConferencePage,
    Contact,
    Funder,
    Occurrence,
    Organiser,
    Participation,
    PublishedOccurrence,
    Round,
    ScheduleItem,
    SessionDocumentation,
    SessionPage,
)
from conference.queries.drafts import draft_programme
from conference.services.copying import copy_conference, moved
from tests.factories.accounts import EditorFactory
from tests.factories.conference import (
    ConferencePageFactory,
    PersonFactory,
    RoomFactory,
    SessionPageFactory,
    at,
    publish,
)
from tests.factories.knowledge import LanguageFactory

pytestmark = pytest.mark.django_db
NEXT = dt.date(2025, 6, 3)


@pytest.fixture
def source():
    """A documented conference of two days with everything a copy could wrongly take along."""
    round_ = Round(label="I", start=at("12:00"), results="<p>Einigkeit</p>")
    page = ConferencePageFactory(
        title="Tagung 24",
        slug="tagung24",
        date_end=dt.date(2024, 6, 5),
        acronym="tagung24",
        hashtag="#T24",
        state="documented",
        import_id="t24",
        registration_url="https://example.org/",
        results="<p>Alles gut</p>",
        programme_note="Änderungen vorbehalten",
        rounds=[round_],
        schedule_items=[ScheduleItem(title="Gruß", start=at("9:00".zfill(5)), people=["Ada"])],
        organisers=[Organiser(name_as_shown="Verein")],
        funders=[Funder(name_as_shown="Stiftung")],
        contacts=[Contact(name_as_shown="Eva", email="eva@example.org", show_email=True)],
        documentation=[ConferenceDocumentation(url="https://example.org/")],
    )
    session = SessionPageFactory(
        parent=page,
        title="Ankommen",
        results="<p>Viel</p>",
        people_as_shown="Ada",
        languages=[LanguageFactory(code="de")],
        participations=[
            Participation(name_as_shown="Ada", person=PersonFactory(has_consented=True))
        ],
        documentation=[SessionDocumentation(url="https://example.org/")],
        occurrences=[
            Occurrence(round_uid=round_.uid, room=RoomFactory(name="Saal"), label_as_shown="1."),
            Occurrence(start=at("15:00"), end=at("16:00"), status="cancelled"),
        ],
    )
    page = publish(page)
    publish(session)
    return page


def copied(source, **options):
    values = {"title": "Tagung 25", "slug": "tagung25", "date_start": NEXT, "with_people": False}
    copy = copy_conference(source=source, by=EditorFactory(), **{**values, **options})
    (session,) = SessionPage.objects.child_of(copy)
    return ConferencePage.objects.get(pk=copy.pk), session


def test_days_move_and_clocks_stay(source):
    copy, session = copied(source)

    assert (copy.title, copy.slug) == ("Tagung 25", "tagung25")
    assert (copy.date_start, copy.date_end) == (NEXT, dt.date(2025, 6, 4))
    assert copy.rounds.get().start == at("12:00", NEXT)
    second = session.occurrences.get(start__isnull=False)
    assert (second.start, second.end) == (at("15:00", NEXT), at("16:00", NEXT))
    assert second.status == "confirmed"


def test_everything_is_a_draft_and_nobody_is_told(source):
    told = PublishedOccurrence.objects.count()

    copy, session = copied(source)

    assert not copy.live
    assert not session.live
    assert copy.first_published_at is None
    assert PublishedOccurrence.objects.count() == told


def test_rows_are_new_and_rounds_stay_linked(source):
    (old,) = SessionPage.objects.child_of(source)
    before = {row.uid for row in (*old.occurrences.all(), *source.schedule_items.all())}

    copy, session = copied(source)

    after = {row.uid for row in (*session.occurrences.all(), *copy.schedule_items.all())}
    assert len(after) == 3
    assert not before & after
    assert (copy.public_id, session.public_id) != (source.public_id, old.public_id)
    assert session.occurrences.get(start=None).round_uid == copy.rounds.get().uid
    (shown,) = draft_programme(copy).sessions
    assert {row.uid for row in shown.occurrences} == {row.uid for row in session.occurrences.all()}


def test_the_draft_that_editors_open_is_the_same(source):
    copy, session = copied(source)

    draft = session.get_latest_revision_as_object()
    assert {row.uid for row in draft.occurrences.all()} == {
        row.uid for row in session.occurrences.all()
    }
    assert draft.documentation.count() == 0
    assert copy.get_latest_revision_as_object().date_end == dt.date(2025, 6, 4)
    assert copy.revisions.count() == session.revisions.count() == 1


def test_what_was_said_of_this_edition_stays_with_it(source):
    copy, session = copied(source)

    for name in ("acronym", "hashtag", "state", "import_id", "registration_url", "results"):
        assert getattr(copy, name) == "", name
    assert copy.rounds.get().results == session.results == ""
    for manager in (copy.documentation, copy.funders, copy.contacts, session.documentation):
        assert manager.count() == 0
    assert session.participations.count() == 0
    assert (session.people_as_shown, copy.schedule_items.get().people) == ("", [])
    assert copy.programme_note == "Änderungen vorbehalten"
    assert copy.organisers.get().name_as_shown == "Verein"
    assert [language.code for language in session.languages.all()] == ["de"]
    assert session.occurrences.get(start=None).room.name == "Saal"


def test_people_come_along_if_asked_for_and_no_consent_with_them(source):
    copy, session = copied(source, with_people=True)

    assert [row.name_as_shown for row in session.participations.all()] == ["Ada"]
    assert copy.schedule_items.get().people == ["Ada"]
    assert copy.contacts.get().public_email == ""


def test_the_source_is_as_it_was(source):
    (session,) = SessionPage.objects.child_of(source)

    copied(source)

    source.refresh_from_db()
    assert source.documentation.count() == source.funders.count() == 1
    assert session.occurrences.get(status="cancelled").start == at("15:00")
    assert source.rounds.get().start == at("12:00")


def test_an_hour_stays_over_the_change_to_summer_time():
    zone = ZoneInfo("Europe/Berlin")
    winter = dt.datetime(2026, 3, 20, 9, 0, tzinfo=zone)

    summer = moved(winter, 14, zone)

    assert (summer.hour, summer.utcoffset()) == (9, dt.timedelta(hours=2))
    assert moved(None, 14, zone) is None


def test_a_conference_without_a_date_keeps_its_times():
    source = ConferencePageFactory(date_start=None, rounds=[Round(start=at("12:00"))])

    copy = copy_conference(
        source=source,
        title="x",
        slug="x",
        date_start=NEXT,
        with_people=False,
        by=EditorFactory(),
    )

    assert copy.rounds.get().start == at("12:00")


def test_the_form_proposes_a_free_address_and_refuses_a_taken_one(client, source):
    client.force_login(EditorFactory())
    url = reverse("nexsm_conference_copy", args=[source.pk])
    data = {"title": "Tagung 25", "slug": source.slug, "date_start": "2025-06-03"}

    assert client.get(url).context["form"].initial["slug"] == "tagung24-2"
    refused = client.post(url, data)
    assert "slug" in refused.context["form"].errors
    assert "Tagung 25" in refused.content.decode()

    answer = client.post(url, {**data, "slug": "tagung25"})

    copy = ConferencePage.objects.get(slug="tagung25")
    assert answer["Location"] == reverse("nexsm_conference_programme", args=[copy.pk])
    assert client.get(answer["Location"]).status_code == 200
