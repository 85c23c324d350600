"""A file that comes again: it changes what changed in it, and leaves alone what editors did."""

import uuid

import pytest
from django.db import IntegrityError
from wagtail.models import PageLogEntry, Revision

from conference.enums import OccurrenceStatus
from conference.models import (
    ConferencePage,
    Occurrence,
    Participation,
    Person,
    PublishedOccurrence,
    ScheduleChange,
    ScheduleItem,
    SessionDocumentation,
    SessionOrganisation,
    SessionPage,
    Venue,
)
from conference.services.schedule_import import ScheduleRefusedError, writing
from nexsm.base.models import PageTombstone
from search.models import IndexJob
from tests.conference.schedule_files import (
    GUID,
    event,
    only_conference,
    repairs,
    run,
    schedule,
    session,
)
from tests.factories.conference import (
    ConferenceIndexPageFactory,
    ConferencePageFactory,
    PersonFactory,
    default_index,
    publish,
)
from tests.factories.knowledge import OrganisationFactory
from tests.factories.schedules import write_schedule

pytestmark = pytest.mark.django_db

PERSONS = "<persons>{}</persons>"
AMAL = '<person guid="6f3c1d52-2222-4c77-9d3b-0a2f6a1c1e01">Amal Beispiel</person>'
BOGDAN = '<person id="7">Bogdan Beispiel</person>'


@pytest.fixture(autouse=True)
def index(db):
    return default_index()


def first(**fields):
    return schedule(event(1, **fields), event(2))


def test_only_the_session_that_changed_in_the_file_is_written():
    run(first(), publish=True)
    before = Revision.objects.count()

    report = run(first(title="Neuer Titel"), publish=True)

    assert (report.outcome.changed, report.outcome.unchanged) == (1, 1)
    assert Revision.objects.count() == before + 1
    assert session("Neuer Titel").slug == "vortrag-1"
    assert run(first(title="Neuer Titel"), publish=True).outcome.changed == 0


def test_what_an_editor_corrected_stays_until_the_file_changes_there():
    run(first(), publish=True)
    page = session("Vortrag 1")
    page.title, page.abstract = "Vortrag eins", "<p>Von uns.</p>"
    publish(page)

    run(first(subtitle="Neu"), publish=True)

    page = session("Vortrag eins")
    assert (page.abstract, page.subtitle) == ("<p>Von uns.</p>", "Neu")


def test_additions_of_editors_survive_every_change_of_the_file():
    run(first(description="Alt", inner=PERSONS.format(AMAL)), publish=True)
    page = session("Vortrag 1")
    amal, organisation = PersonFactory(name="Amal Beispiel"), OrganisationFactory()
    row = page.participations.get()
    row.person, row.affiliation_as_shown, row.role = amal, "Verein", "moderator"
    page.participations.set([row, Participation(name_as_shown="Ceren Muster")])
    page.documentation.add(SessionDocumentation(kind="photo", url="https://example.org/foto"))
    page.organisation_links.add(SessionOrganisation(organisation=organisation))
    page.results = "<p>Ergebnis</p>"
    page.body = [*page.body.raw_data, {"type": "paragraph", "value": "<p>Dazu</p>", "id": "x"}]
    publish(page)

    link = '<links><link href="https://example.org/neu">Neu</link></links>'
    people = PERSONS.format(BOGDAN + AMAL)
    run(first(title="Anders", description="Neu", inner=people + link), publish=True)

    page = session("Anders")
    rows = page.participations.order_by("sort_order")
    assert [str(row) for row in rows] == ["Bogdan Beispiel", "Amal Beispiel", "Ceren Muster"]
    assert (rows[1].person, rows[1].affiliation_as_shown, rows[1].role) == (
        amal,
        "Verein",
        "moderator",
    )
    assert set(page.documentation.values_list("url", flat=True)) == {
        "https://example.org/foto",
        "https://example.org/neu",
    }
    assert page.organisation_links.get().organisation == organisation
    assert page.results == "<p>Ergebnis</p>"
    assert [block["value"] for block in page.body.raw_data] == ["<p>Neu</p>", "<p>Dazu</p>"]


def test_a_name_or_link_that_is_gone_from_the_file_goes():
    link = '<links><link href="https://example.org/alt">Alt</link></links>'
    run(first(inner=PERSONS.format(AMAL + BOGDAN) + link), publish=True)

    run(first(inner=PERSONS.format(AMAL)), publish=True)

    page = session("Vortrag 1")
    assert [str(row) for row in page.participations.all()] == ["Amal Beispiel"]
    assert not page.documentation.exists()


def test_a_moved_session_keeps_its_identity_and_counts_the_change():
    run(first(), publish=True)

    moved = first(date="2025-05-16T15:00:00+02:00", start="15:00", room="Garten")
    run(moved, publish=True)

    row = session("Vortrag 1").occurrences.get()
    assert (str(row.uid), row.room.name) == (GUID.format(1), "Garten")
    sequences = PublishedOccurrence.objects.order_by("number").values_list("number", "sequence")
    assert list(sequences) == [(1, 1), (2, 0)]
    assert ScheduleChange.objects.filter(kind="moved").count() == 1


def test_guids_that_a_generator_renames_do_not_touch_calendars():
    run(schedule(event(1)), publish=True)
    again = event(1, guid=GUID.format(8), date="2025-05-16T09:00:00+02:00", start="09:00")

    told = repairs(run(schedule(again, event(1, guid=GUID.format(9))), publish=True))

    rows = session("Vortrag 1").occurrences.order_by("start")
    assert [str(row.uid) for row in rows] == [GUID.format(8), GUID.format(1)]
    assert any("the guid is new, time and room are known" in line for line in told)
    assert PublishedOccurrence.objects.get(uid=GUID.format(1)).sequence == 0


def test_computed_identities_are_the_same_at_every_import():
    file = schedule(event(1, guid="x"), event(1, guid="x", date="2025-05-17T10:00:00+02:00"))
    run(file, publish=True)
    uids = set(Occurrence.objects.values_list("uid", flat=True))
    only_conference().delete()

    run(file, publish=True)

    assert len(uids) == 2
    assert set(Occurrence.objects.values_list("uid", flat=True)) == uids


def test_what_is_gone_from_the_file_is_told_and_stays():
    pause = event(3, type="Break", title="Pause")
    run(schedule(event(1), event(2), pause), publish=True)

    for _time in range(2):  # and told again, as long as nobody has decided
        report = run(schedule(event(1)), publish=True)
        assert (report.gone_sessions, report.gone_items) == (["Vortrag 2"], ["Pause"])
    assert session("Vortrag 2").live
    assert session("Vortrag 2").occurrences.get().status == OccurrenceStatus.CONFIRMED


def test_what_is_gone_is_cancelled_on_demand_and_comes_back():
    twice = event(1, guid=GUID.format(5), date="2025-05-17T10:00:00+02:00")
    full = schedule(event(1), twice, event(2), event(3, type="Break", title="Pause"))
    run(full, publish=True)

    report = run(schedule(event(1)), publish=True, cancel_missing=True)

    assert report.outcome.cancelled == 3
    assert session("Vortrag 2").live
    cancelled = {GUID.format(5), GUID.format(2), GUID.format(3)}
    rows = PublishedOccurrence.objects.filter(status=OccurrenceStatus.CANCELLED)
    assert {str(row.uid) for row in rows} == cancelled
    assert set(rows.values_list("sequence", flat=True)) == {1}
    again = run(schedule(event(1)), publish=True, cancel_missing=True)
    assert (again.outcome.cancelled, again.gone_sessions, again.gone_times) == (0, [], [])

    run(full, publish=True)
    assert not PublishedOccurrence.objects.filter(status=OccurrenceStatus.CANCELLED).exists()
    assert ScheduleItem.objects.get().status == OccurrenceStatus.CONFIRMED


def test_locked_pages_stay_as_they_are():
    run(first(), publish=True)
    SessionPage.objects.filter(title="Vortrag 1").update(locked=True)

    report = run(first(title="Anders"), publish=True)

    assert report.outcome.locked == 1
    assert SessionPage.objects.filter(title="Vortrag 1").exists()
    SessionPage.objects.filter(title="Vortrag 1").update(locked=False)
    assert run(first(title="Anders"), publish=True).outcome.changed == 1


def test_what_editors_withdrew_stays_offline():
    run(first(), publish=True)
    session("Vortrag 1").unpublish()
    run(first(title="Anders"), publish=True)
    assert not SessionPage.objects.get(slug="vortrag-1").live

    only_conference().unpublish()
    report = run(schedule(event(1), event(2), event(3)), publish=True)
    assert report.outcome.left_offline == 1
    assert not only_conference().live
    assert not session("Vortrag 3").live


def test_a_draft_of_an_editor_does_not_go_online_with_the_import():
    run(first(), publish=True)
    draft = session("Vortrag 1")
    draft.results = "<p>noch nicht fertig</p>"
    draft.save_revision()

    run(first(subtitle="Neu"), publish=True)

    page = session("Vortrag 1")
    assert (page.subtitle, page.results) == ("Neu", "")
    latest = page.get_latest_revision_as_object()
    assert (latest.subtitle, latest.results) == ("Neu", "<p>noch nicht fertig</p>")


def test_without_publish_changes_of_public_pages_are_drafts():
    run(first(), publish=True)

    run(first(title="Anders", date="2025-05-16T15:00:00+02:00", start="15:00"))

    page = session("Vortrag 1")
    assert page.has_unpublished_changes
    assert page.get_latest_revision_as_object().title == "Anders"
    assert not PublishedOccurrence.objects.exclude(sequence=0).exists()


def test_drafts_go_online_when_the_same_file_is_published():
    run(first())
    run(first(), publish=True)

    assert only_conference().live
    assert SessionPage.objects.live().count() == 2
    assert PublishedOccurrence.objects.count() == 2


def test_a_bad_session_at_the_end_leaves_nothing():
    bad = event(2, date="2026-03-29", start="02:30")

    with pytest.raises(ScheduleRefusedError):
        run(schedule(event(1), bad), publish=True)
    assert not ConferencePage.objects.exists()


def test_a_database_that_fails_at_the_end_leaves_nothing(monkeypatch):
    def fail(*_arguments):
        raise IntegrityError

    monkeypatch.setattr(writing, "remember", fail)

    with pytest.raises(ScheduleRefusedError, match="at the same time"):
        run(first(), publish=True)
    assert not ConferencePage.objects.exists()
    assert not SessionPage.objects.exists()
    assert not Venue.objects.exists()
    assert not PublishedOccurrence.objects.exists()


def test_an_identity_of_another_conference_is_refused():
    run(first(), publish=True)
    other = first().replace(b"<acronym>probe<", b"<acronym>andere<")

    with pytest.raises(ScheduleRefusedError, match="of another conference here already") as refused:
        run(other, publish=True)
    assert refused.value.total == 2


def test_a_conference_made_by_hand_is_taken_only_if_it_is_named():
    page = ConferencePageFactory(slug="probe", title="Von Hand", timezone="Europe/Vienna")

    with pytest.raises(ScheduleRefusedError, match="--conference probe"):
        run(first(), publish=True)
    run(first(), publish=True, conference="probe")

    assert SessionPage.objects.child_of(page).count() == 2
    assert only_conference().import_id == "probe"
    assert run(first(), publish=True).outcome.unchanged == 2


def test_several_lists_of_conferences_ask_for_a_choice():
    ConferenceIndexPageFactory(slug="archiv", title="Archiv")

    with pytest.raises(ScheduleRefusedError, match="--parent"):
        run(first())
    run(first(), parent="archiv")
    assert only_conference().get_parent().slug == "archiv"
    with pytest.raises(ScheduleRefusedError, match="no conference “nichts”"):
        run(first(), conference="nichts", parent="archiv")


def test_the_same_name_alone_is_never_the_same_person():
    PersonFactory(name="Amal Beispiel")

    run(first(inner=PERSONS.format(AMAL)), publish=True)

    assert Participation.objects.get().person is None


def test_a_person_is_known_by_an_earlier_import_or_by_an_editors_link():
    imported = PersonFactory(name="Bogdan B.", import_id="probe/7")
    run(first(inner=PERSONS.format(AMAL + BOGDAN)), publish=True)
    rows = session("Vortrag 1").participations
    assert rows.get(name_as_shown="Bogdan Beispiel").person == imported
    page, amal = session("Vortrag 1"), PersonFactory(name="Amal Beispiel-Neu")
    row = page.participations.get(name_as_shown="Amal Beispiel")
    row.person = amal
    page.participations.add(row)
    publish(page)

    both = PERSONS.format(AMAL + BOGDAN)
    run(schedule(event(1, inner=both), event(3, inner=PERSONS.format(AMAL))), publish=True)

    assert session("Vortrag 3").participations.get().person == amal
    assert not Person.objects.filter(has_consented=True).exists()


def test_a_key_that_stands_for_two_people_stands_for_none():
    PersonFactory(import_id="probe/7")
    PersonFactory(import_id="probe/7")

    run(first(inner=PERSONS.format(BOGDAN)), publish=True)

    assert Participation.objects.get().person is None


def test_rooms_are_known_by_guid_and_keep_the_name_they_have_here():
    room = '<room name="Saal" guid="6f3c1d52-3333-4c77-9d3b-0a2f6a1c1e01">'
    file = first(room=None).replace(b'<room name="Saal">', room.encode())
    run(file, publish=True)
    renamed = file.replace(b'name="Saal"', 'name="Große Halle"'.encode())

    told = repairs(run(renamed, publish=True))

    row = session("Vortrag 1").occurrences.get()
    assert (row.room.name, row.room.public_id) == (
        "Saal",
        uuid.UUID("6f3c1d52-3333-4c77-9d3b-0a2f6a1c1e01"),
    )
    assert "room Große Halle: it is known here as “Saal” → the name here is kept" in told


def test_many_changes_are_written_like_single_ones():
    run(write_schedule(40), publish=True)
    IndexJob.objects.all().delete()
    report = run(write_schedule(40).replace(b"30</duration>", b"20</duration>"), publish=True)

    assert (report.outcome.changed, report.outcome.unchanged) == (40, 0)
    assert set(PublishedOccurrence.objects.values_list("sequence", flat=True)) == {0, 1}
    for page in SessionPage.objects.all():
        assert page.latest_revision_id == page.live_revision_id
        assert not page.has_unpublished_changes
        stored = page.latest_revision.as_object()
        assert [(row.pk, row.uid, row.end) for row in stored.occurrences.all()] == [
            (row.pk, row.uid, row.end) for row in page.occurrences.all()
        ]
        assert stored.participations.count() == page.participations.count() > 0
        actions = PageLogEntry.objects.filter(page=page).values_list("action", flat=True)
        assert sorted(actions) == ["wagtail.create", "wagtail.edit"] + ["wagtail.publish"] * 2
    assert len(set(IndexJob.objects.values_list("group", flat=True))) >= 40


def test_what_was_deleted_and_comes_back_leaves_no_tombstone():
    run(first(), publish=True)
    only_conference().delete()
    assert PageTombstone.objects.count() == 3

    run(first(), publish=True)

    assert not PageTombstone.objects.exists()
