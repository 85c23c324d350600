"""Sequence numbers, tombstones and the list of changes: what the public was told, and when."""

import pytest

from conference.enums import ChangeKind, OccurrenceStatus
from conference.models import (
    Occurrence,
    PublishedOccurrence,
    Round,
    ScheduleChange,
    ScheduleItem,
    SessionPage,
)
from tests.factories.base import language_locale
from tests.factories.conference import (
    ConferencePageFactory,
    RoomFactory,
    SessionPageFactory,
    at,
    publish,
)
from tests.races import several_writers

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return publish(SessionPageFactory(occurrences=[Occurrence(start=at("12:00"))]))


def told(uid):
    return PublishedOccurrence.objects.get(uid=uid)


def change(session, **values):
    """Publish the session with other values in its first occurrence."""
    row = session.occurrences.first()
    for name, value in values.items():
        setattr(row, name, value)
    session.occurrences.add(row)
    return publish(session)


def kinds():
    return list(ScheduleChange.objects.order_by("pk").values_list("kind", flat=True))


def test_first_publication_starts_at_zero(session):
    row = told(session.occurrences.get().uid)

    assert row.sequence == 0
    assert row.number == 1
    assert row.start == at("12:00")
    assert row.session_id == session.public_id
    assert row.conference_id == session.get_parent().specific.public_id
    assert row.changed_at == row.first_published_at
    assert kinds() == [ChangeKind.NEW]


def test_a_changed_text_is_no_change_for_calendars(session):
    uid = session.occurrences.get().uid
    before = told(uid).changed_at
    session.title = "Neuer Titel"
    session.abstract = "<p>Neu</p>"

    change(session, label_as_shown="4.", position=3, end_is_derived=True)

    row = told(uid)
    assert (row.sequence, row.changed_at) == (0, before)
    assert row.title == "Neuer Titel"
    assert kinds() == [ChangeKind.NEW]


def test_a_draft_tells_nobody_anything(session):
    uid = session.occurrences.get().uid
    session.occurrences.set([Occurrence(uid=uid, start=at("15:00"))])
    session.save_revision()

    assert told(uid).sequence == 0
    assert told(uid).start == at("12:00")


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"start": at("13:00")}, ChangeKind.MOVED),
        ({"end": at("12:45")}, ChangeKind.MOVED),
        ({"start": None}, ChangeKind.MOVED),
        ({"status": OccurrenceStatus.CANCELLED}, ChangeKind.CANCELLED),
        ({"status": OccurrenceStatus.TENTATIVE}, ChangeKind.STATUS),
    ],
)
def test_what_calendars_must_know_raises_the_sequence(session, values, kind):
    uid = session.occurrences.get().uid
    before = told(uid).changed_at

    session = change(session, **values)

    row = told(uid)
    assert row.sequence == 1
    assert row.changed_at > before
    assert kinds() == [ChangeKind.NEW, kind]
    publish(session)
    assert told(uid).sequence == 1


def test_another_room_raises_the_sequence_but_a_new_name_of_the_room_does_not(session):
    uid = session.occurrences.get().uid
    room = RoomFactory(name="Atrium")
    session = change(session, room=room)
    assert (told(uid).sequence, told(uid).room_name) == (1, "Atrium")
    assert kinds()[-1] == ChangeKind.ROOM

    room.name = "Großes Atrium"
    room.save()
    publish(SessionPage.objects.get(pk=session.pk))

    assert (told(uid).sequence, told(uid).room_name) == (1, "Großes Atrium")


def test_cancelling_and_restoring_keep_the_uid_and_count_on(session):
    uid = session.occurrences.get().uid

    session = change(session, status=OccurrenceStatus.CANCELLED)
    session = change(session, status=OccurrenceStatus.CONFIRMED)

    assert told(uid).sequence == 2
    assert kinds() == [ChangeKind.NEW, ChangeKind.CANCELLED, ChangeKind.RESTORED]


def test_a_further_time_leaves_the_others_alone(session):
    first = session.occurrences.get().uid
    session.occurrences.add(Occurrence(start=at("09:00")))
    session = publish(session)

    rows = {row.number: row for row in PublishedOccurrence.objects.all()}
    assert rows[1].uid == first
    assert {row.sequence for row in rows.values()} == {0}
    assert set(rows) == {1, 2}


def test_a_removed_time_is_cancelled_and_remembered(session):
    uid = session.occurrences.get().uid
    session.occurrences.set([Occurrence(start=at("16:00"))])
    session = publish(session)

    row = told(uid)
    assert row.status == OccurrenceStatus.CANCELLED
    assert row.sequence == 1
    assert row.withdrawn_at is not None
    assert set(PublishedOccurrence.objects.values_list("number", flat=True)) == {1, 2}


def test_an_older_revision_brings_the_uid_back_and_counts_on(session):
    uid = session.occurrences.get().uid
    revision = session.latest_revision
    session.occurrences.set([Occurrence(start=at("16:00"))])
    publish(session)

    revision.publish()

    row = told(uid)
    assert row.sequence == 2
    assert row.status == OccurrenceStatus.CONFIRMED
    assert row.withdrawn_at is None
    assert kinds()[-1] in {ChangeKind.RESTORED, ChangeKind.CANCELLED}


def test_withdrawing_a_session_cancels_its_times(session):
    uid = session.occurrences.get().uid

    session.unpublish()

    assert told(uid).status == OccurrenceStatus.CANCELLED
    assert told(uid).sequence == 1
    publish(SessionPage.objects.get(pk=session.pk))
    assert told(uid).status == OccurrenceStatus.CONFIRMED
    assert told(uid).sequence == 2


def test_deleting_a_session_leaves_its_tombstone(session):
    uid = session.occurrences.get().uid

    session.delete()

    assert told(uid).status == OccurrenceStatus.CANCELLED
    assert told(uid).withdrawn_at is not None


def test_moving_a_round_moves_the_times_that_follow_it():
    round_ = Round(start=at("12:00"))
    conference = publish(
        ConferencePageFactory(rounds=[round_], schedule_items=[ScheduleItem(start=at("09:00"))])
    )
    follows, fixed = Occurrence(round_uid=round_.uid), Occurrence(start=at("12:00"))
    publish(SessionPageFactory(parent=conference, occurrences=[follows, fixed]))

    round_ = conference.rounds.get()
    round_.start = at("12:30")
    conference.rounds.add(round_)
    conference = publish(conference)

    assert (told(follows.uid).start, told(follows.uid).sequence) == (at("12:30"), 1)
    assert (told(fixed.uid).start, told(fixed.uid).sequence) == (at("12:00"), 0)
    assert told(conference.schedule_items.get().uid).sequence == 0


def test_nothing_is_told_before_the_conference_is_public():
    conference = ConferencePageFactory(live=False)
    session = publish(SessionPageFactory(parent=conference, occurrences=[Occurrence()]))
    assert not PublishedOccurrence.objects.exists()

    publish(conference)

    assert told(session.occurrences.get().uid).sequence == 0


def test_withdrawing_a_conference_cancels_everything():
    conference = publish(ConferencePageFactory(schedule_items=[ScheduleItem()]))
    publish(SessionPageFactory(parent=conference, occurrences=[Occurrence()]))

    conference.unpublish()

    assert set(PublishedOccurrence.objects.values_list("status", "sequence")) == {
        (OccurrenceStatus.CANCELLED, 1)
    }


def test_a_translation_with_other_times_changes_nothing(session):
    uid = session.occurrences.get().uid
    translated = session.copy_for_translation(language_locale("en"), copy_parents=True)
    translated.occurrences.set([Occurrence(uid=uid, start=at("08:00"))])

    publish(translated)

    assert (told(uid).start, told(uid).sequence) == (at("12:00"), 0)
    translated.unpublish()
    assert told(uid).status == OccurrenceStatus.CONFIRMED


def test_a_copy_does_not_touch_what_was_told_about_the_original(session):
    conference = session.get_parent().specific

    conference.copy(recursive=True, update_attrs={"slug": "kopie"})

    assert told(session.occurrences.get().uid).sequence == 0


def test_a_session_moved_to_another_conference_keeps_its_uid_and_gets_a_free_number(session):
    other = publish(ConferencePageFactory(schedule_items=[ScheduleItem()]))
    uid = session.occurrences.get().uid

    session.move(other, pos="last-child")
    publish(SessionPage.objects.get(pk=session.pk))

    row = told(uid)
    assert row.conference_id == other.public_id
    assert row.number == 2
    assert row.sequence == 0


@pytest.mark.django_db(transaction=True)
def test_sessions_published_at_once_get_a_number_each(tmp_path):
    conference = publish(ConferencePageFactory())
    sessions = [
        SessionPageFactory(
            parent=conference, live=False, occurrences=[Occurrence(start=at("12:00"))]
        )
        for _ in range(6)
    ]
    with several_writers(tmp_path) as race:
        results = race(lambda number: publish(sessions[number]), len(sessions))
        assert [result for result in results if isinstance(result, Exception)] == []
        numbers = PublishedOccurrence.objects.values_list("number", flat=True)
        assert sorted(numbers) == [1, 2, 3, 4, 5, 6]
