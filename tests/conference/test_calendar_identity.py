"""Which changes a calendar is told: UID and SEQUENCE after everything that editors do."""

import datetime as dt

import pytest
import time_machine

from conference.models import ConferencePage, Occurrence, ScheduleItem, SessionPage
from tests.conference.calendars import events, fetch
from tests.factories.base import language_locale
from tests.factories.conference import ConferencePageFactory, SessionPageFactory, at, publish

pytestmark = pytest.mark.django_db
MAY, JUNE = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC), dt.datetime(2024, 6, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def session():
    with time_machine.travel(MAY, tick=False):
        conference = publish(ConferencePageFactory())
        page = SessionPageFactory(
            parent=conference,
            title="Beratung",
            occurrences=[
                Occurrence(start=at("12:00"), end=at("13:00"), sort_order=0),
                Occurrence(start=at("14:00"), end=at("15:00"), sort_order=1),
            ],
        )
        return publish(page)


def told(client, conference):
    """What calendars compare: sequence, stamp, status and start by UID."""
    return {
        uid: (
            int(event["sequence"]),
            event["dtstamp"].dt,
            str(event["status"]),
            event["dtstart"].dt,
        )
        for uid, event in events(client, conference).items()
    }


def conference_of(session):
    return session.get_parent().specific


def rows(session):
    return list(session.occurrences.order_by("start"))


def change(session, number, **values):
    with time_machine.travel(JUNE, tick=False):
        page = SessionPage.objects.get(pk=session.pk)
        row = sorted(page.occurrences.all(), key=lambda one: one.start)[number]
        for name, value in values.items():
            setattr(row, name, value)
        page.occurrences.add(row)
        return publish(page)


def test_a_new_entry_begins_at_zero(client, session):
    first, second = rows(session)

    assert told(client, conference_of(session)) == {
        str(first.uid): (0, MAY, "CONFIRMED", at("12:00")),
        str(second.uid): (0, MAY, "CONFIRMED", at("14:00")),
    }


def test_a_new_abstract_is_no_change(client, session):
    before = told(client, conference_of(session))
    session.abstract = "<p>Neu</p>"
    publish(session)

    assert told(client, conference_of(session)) == before


def test_moving_one_time_counts_for_that_one_only(client, session):
    first, second = rows(session)
    before = told(client, conference_of(session))

    change(session, 0, start=at("12:15"))

    after = told(client, conference_of(session))
    assert after[str(first.uid)] == (1, JUNE, "CONFIRMED", at("12:15"))
    assert after[str(second.uid)] == before[str(second.uid)]


def test_cancelling_and_taking_it_back_count_both(client, session):
    first, _second = rows(session)

    change(session, 0, status="cancelled")
    found = events(client, conference_of(session))[str(first.uid)]
    assert (int(found["sequence"]), str(found["status"])) == (1, "CANCELLED")
    assert str(found["summary"]).startswith("Entfällt: Beratung")

    change(session, 0, status="confirmed")
    found = events(client, conference_of(session))[str(first.uid)]
    assert (int(found["sequence"]), str(found["status"])) == (2, "CONFIRMED")


def test_a_third_time_leaves_the_others_alone(client, session):
    before = told(client, conference_of(session))
    session.occurrences.add(Occurrence(start=at("10:00"), sort_order=2))
    publish(session)

    after = told(client, conference_of(session))

    assert {uid: after[uid] for uid in before} == before
    [new] = after.keys() - before.keys()
    assert after[new][0] == 0


def test_a_deleted_time_stays_as_cancelled(client, session):
    first, second = rows(session)
    session.occurrences.remove(first)
    publish(session)

    found = events(client, conference_of(session))

    assert (int(found[str(first.uid)]["sequence"]), str(found[str(first.uid)]["status"])) == (
        1,
        "CANCELLED",
    )
    assert found[str(first.uid)]["dtstart"].dt == at("12:00")
    assert str(found[str(second.uid)]["status"]) == "CONFIRMED"


def test_a_withdrawn_session_is_cancelled_everywhere_it_was(client, session):
    conference = conference_of(session)
    first, second = rows(session)
    session.unpublish()

    for name in (
        "programm.ics",
        "programm.ics?language=en",
        "2024-06-04.ics",
        f"termin/{first.uid}.ics",
        f"{session.slug}/termine.ics",
    ):
        found = events(client, conference, name)
        assert str(found[str(first.uid)]["status"]) == "CANCELLED"
    assert set(events(client, conference)) == {str(first.uid), str(second.uid)}


def test_a_session_that_was_not_chosen_is_no_news_for_a_chosen_part(client, session):
    first, _second = rows(session)
    session.occurrences.remove(first)
    publish(session)

    assert events(client, conference_of(session), "programm.ics?language=en") == {}


def test_a_withdrawn_conference_is_cancelled_in_all_its_calendars(client, session):
    conference = conference_of(session)
    conference.schedule_items.add(ScheduleItem(title="Pause", start=at("11:00")))
    publish(conference)
    first, second = rows(session)
    conference.unpublish()

    for name in (
        "programm.ics",
        "2024-06-04.ics",
        f"termin/{first.uid}.ics",
        f"{session.slug}/termine.ics",
    ):
        found = events(client, conference, name)
        assert {str(event["status"]) for event in found.values()} == {"CANCELLED"}
    assert {str(first.uid), str(second.uid)} < set(events(client, conference))
    for name in ("", "schedule.xml", "programm.ics?nur-konferenz", f"{session.slug}/"):
        assert fetch(client, conference, name).status_code in {404, 410}


def test_calendars_of_what_was_never_public_are_not_there(client, session):
    conference = conference_of(session)
    draft = SessionPageFactory(parent=conference, live=False, slug="entwurf")
    unknown = ConferencePageFactory(live=False, slug="geheim")

    english = conference.copy_for_translation(language_locale("en"), copy_parents=True)
    english.title = "Not yet announced"
    english.save()
    session.unpublish()

    assert fetch(client, conference, f"{draft.slug}/termine.ics").status_code == 404
    assert not english.live
    address = conference.get_url().replace("/de/", "/en/")
    for name in ("programm.ics", "2024-06-04.ics"):
        assert english.title not in client.get(address + name).content.decode()
    for name in ("programm.ics", "2024-06-04.ics"):
        assert fetch(client, unknown, name).status_code == 404


def test_a_copied_conference_has_new_entries(client, session):
    conference = conference_of(session)
    copy = conference.copy(
        recursive=True, update_attrs={"slug": "naechste", "title": "Nächste"}, keep_live=False
    )
    for page in (copy, *copy.get_children().specific()):
        publish(page)

    assert len(told(client, ConferencePage.objects.get(pk=copy.pk))) == 2
    assert (
        told(client, conference)
        .keys()
        .isdisjoint(told(client, ConferencePage.objects.get(pk=copy.pk)))
    )


def test_a_translation_has_the_same_entries(client, session):
    conference = conference_of(session)
    before = told(client, conference)
    english = conference.copy_for_translation(language_locale("en"), copy_parents=True)
    publish(english)
    translated = session.copy_for_translation(language_locale("en"))
    translated.title = "Advice"
    publish(translated)

    found = events(client, ConferencePage.objects.get(pk=english.pk))

    assert told(client, ConferencePage.objects.get(pk=english.pk)) == before
    assert {str(event["summary"])[:6] for event in found.values()} == {"Advice"}


def test_publishing_an_older_revision_keeps_the_uid_and_counts_on(client, session):
    old = session.latest_revision
    first, _second = rows(session)
    change(session, 0, start=at("12:15"))

    old.publish()

    after = told(client, conference_of(session))
    assert after[str(first.uid)][0] == 2
    assert after[str(first.uid)][3] == at("12:00")


def test_a_conference_that_is_called_off_cancels_everything(client, session):
    conference = conference_of(session)
    conference.state = "cancelled"
    with time_machine.travel(JUNE, tick=False):
        publish(conference)

    for sequence, stamp, status, _start in told(client, conference).values():
        assert (sequence, stamp, status) == (1, JUNE, "CANCELLED")
    xml = client.get(conference.get_url() + "schedule.xml").content
    assert b"<event" not in xml

    conference.state = ""
    publish(conference)
    assert {entry[0] for entry in told(client, conference).values()} == {2}
    assert {entry[2] for entry in told(client, conference).values()} == {"CONFIRMED"}
