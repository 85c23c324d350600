"""From a file of another program to a conference that visitors can read."""

import uuid
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision

from conference.models import (
    ConferencePage,
    Occurrence,
    Participation,
    PublishedOccurrence,
    SessionDocumentation,
    SessionPage,
    Venue,
)
from knowledge.models import ImportedRow
from search.models import IndexJob
from tests.conference.schedule_files import DATA, export, only_conference, repairs, run, session
from tests.factories.conference import (
    ConferencePageFactory,
    SessionPageFactory,
    at,
    default_index,
    publish as made,
)
from tests.factories.schedules import counts, write_schedule

pytestmark = pytest.mark.django_db

UID = "0d8f5b52-6a11-5c77-9d3b-0a2f6a1c1e0{}"


@pytest.fixture(autouse=True)
def english_terminal(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture(autouse=True)
def index(db):
    return default_index()


def command(*arguments):
    out = StringIO()
    call_command("import_schedule", *map(str, arguments), stdout=out)
    return out.getvalue().splitlines()


def test_the_command_imports_and_reports():
    lines = command(DATA / "pretalx.xml", "--publish")

    assert lines[:3] == [
        "Read as XML, version 0.3: Beispiel: Forum Zusammenhalt 2025",
        "2 days, 2 rooms, 4 sessions at 5 times, 0 entries without a page, 3 people.",
        "Sessions: 4 created, 0 changed, 0 unchanged.",
    ]
    assert only_conference().live


def test_visitors_read_the_programme(client):
    run("pretalx.xml", publish=True)

    page = client.get(only_conference().url).content.decode()
    for text in ("Förderanträge ohne Angst", "Bogdan Example", "Großer Saal", "09:30"):
        assert text in page
    page = client.get(session("Gemeinsam ankommen: Was Vereine leisten").url).content.decode()
    assert "Mit <b>Beispielen</b> aus drei Städten." in page
    assert "alert(1)" not in page


def test_what_was_repaired_is_told_with_line_and_session():
    told = repairs(run("pretalx.xml"))
    first = "line 22, session 41 “Gemeinsam ankommen: Was Vereine leisten”: "

    assert told == [
        first + "HTML in “description” that is not allowed here → removed: script",
        first
        + "“javascript:alert(1)” is not an address that starts with http:// or https:// → left out",
        first + "the address “/media/forum/folien-41.pdf” is relative → read as "
        "https://pretalx.example.org/media/forum/folien-41.pdf",
    ]


def test_a_session_that_is_given_twice_is_one_page_with_two_times():
    run("pretalx.xml", publish=True)

    rows = session("Förderanträge ohne Angst").occurrences.order_by("start")
    assert [str(row.uid) for row in rows] == [UID.format(2), UID.format(4)]
    assert [row.room.name for row in rows] == ["Großer Saal", "Werkraum"]
    assert [(row.end - row.start).seconds for row in rows] == [5400, 5400]


def test_a_time_after_midnight_belongs_to_the_evening_before():
    assert run("pretalx.xml").counts["days"] == 2


def test_formats_languages_tracks_and_documentation_are_understood():
    run("pretalx.xml", publish=True)

    keynote = session("Gemeinsam ankommen: Was Vereine leisten")
    assert (keynote.format, keynote.format_label, keynote.track) == ("keynote", "", "Vereinsarbeit")
    short = session("Mehrsprachig moderieren")
    assert (short.format, short.format_label) == ("", "Kurzvortrag mit Aussprache")
    workshop = session("Förderanträge ohne Angst")
    assert [language.code for language in workshop.languages.all()] == ["de"]
    assert [(row.kind, row.availability) for row in workshop.documentation.all()] == [
        ("recording", "none")
    ]
    assert {(row.kind, row.url) for row in keynote.documentation.all()} == {
        ("link", "https://example.org/zwanzig-jahre"),
        ("slides", "https://pretalx.example.org/media/forum/folien-41.pdf"),
    }


def test_people_are_names_in_a_programme_and_nothing_more():
    run("pretalx.xml", publish=True)

    rows = Participation.objects.order_by("session__path", "sort_order")
    assert [row.name_as_shown for row in rows] == [
        "Amal Example-Haddad",
        "Bogdan Example",
        "Ceren Muster",
        "Amal Example-Haddad",
    ]
    assert not rows.filter(person__isnull=False).exists()


def test_without_publish_everything_is_a_draft(client):
    run("pretalx.xml")

    assert not Page.objects.filter(live=True, depth__gt=3).exclude(
        pk=only_conference().get_parent().pk
    )
    assert client.get(f"/de/konferenzen/{only_conference().slug}/").status_code == 404
    assert not PublishedOccurrence.objects.exists()


def test_a_trial_writes_nothing():
    report = run("pretalx.xml", publish=True, dry_run=True)

    assert report.outcome.created == 4
    assert not ConferencePage.objects.exists()
    assert not Venue.objects.exists()


@pytest.mark.parametrize("publish", [True, False])
def test_a_trial_says_what_would_come_of_pages_made_by_hand(client, publish):
    conference = made(ConferencePageFactory())
    same, other = (
        made(
            SessionPageFactory(
                parent=conference,
                title=title,
                abstract="<p>Worum <b>es</b> geht.</p>",
                occurrences=[Occurrence(start=at("12:00"), end=at("13:00"))],
            )
        )
        for title in ("Eins", "Zwei")
    )
    source = export(client, conference, "schedule.xml").replace(b"Zwei", b"Drei")
    options = {"conference": conference.slug, "publish": publish}

    trial = run(source, dry_run=True, **options)

    assert (trial.outcome.changed, trial.outcome.unchanged) == (1, 1)
    assert [SessionPage.objects.get(pk=page.pk).title for page in (same, other)] == ["Eins", "Zwei"]
    assert not ImportedRow.objects.exists()
    assert run(source, **options).outcome == trial.outcome


def test_the_same_file_again_changes_nothing():
    run("pretalx.xml", publish=True)
    before = (Revision.objects.count(), PageLogEntry.objects.count())
    stamps = list(Page.objects.order_by("pk").values_list("pk", "last_published_at"))
    uids = set(Occurrence.objects.values_list("pk", "uid"))

    report = run("pretalx.xml", publish=True)

    assert (report.outcome.created, report.outcome.changed, report.outcome.unchanged) == (0, 0, 4)
    assert (Revision.objects.count(), PageLogEntry.objects.count()) == before
    assert list(Page.objects.order_by("pk").values_list("pk", "last_published_at")) == stamps
    assert set(Occurrence.objects.values_list("pk", "uid")) == uids
    assert not PublishedOccurrence.objects.exclude(sequence=0).exists()


def test_calendars_know_the_times_by_the_identity_in_the_file():
    run("pretalx.xml", publish=True)

    known = set(PublishedOccurrence.objects.values_list("uid", flat=True))
    assert known == {uuid.UUID(UID.format(number)) for number in range(1, 6)}


def test_the_search_is_told_of_every_page():
    run("pretalx.xml", publish=True)

    conference = only_conference()
    keys = SessionPage.objects.values_list("translation_key", flat=True)
    assert set(IndexJob.objects.values_list("group", flat=True)) >= {
        f"conference:{conference.translation_key}",
        *(f"session:{key}" for key in keys),
    }


def test_pages_written_in_bulk_are_like_those_written_one_by_one():
    run("pretalx.xml", publish=True)

    assert Page.find_problems() == ([], [], [], [], [])
    for page in SessionPage.objects.all():
        assert page.latest_revision_id == page.live_revision_id is not None
        assert page.latest_revision.as_object().occurrences.count() == page.occurrences.count()
        assert page.url_path == f"{page.get_parent().url_path}{page.slug}/"
        assert page.get_parent().specific == only_conference()
        actions = PageLogEntry.objects.filter(page=page).values_list("action", flat=True)
        assert set(actions) == {"wagtail.create", "wagtail.publish"}
        assert {row.uid for row in page.latest_revision.as_object().documentation.all()} == {
            row.uid for row in SessionDocumentation.objects.filter(session=page)
        }
        references = list(
            ReferenceIndex.get_references_for_object(page).values_list(
                "to_object_id", "content_path"
            )
        )
        ReferenceIndex.create_or_update_for_object(page)
        again = ReferenceIndex.get_references_for_object(page)
        assert sorted(again.values_list("to_object_id", "content_path")) == sorted(references)
        page.save_revision().publish()  # and an editor can go on with them


def test_a_file_that_is_missing_is_an_error_and_no_traceback(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        command(tmp_path / "nothing.xml")


def test_seven_tracks_on_three_days_are_counted_exactly():
    report = run(write_schedule(300), publish=True)

    found = {name: report.counts[name] for name in counts(300)}
    assert found == counts(300)
    assert repairs(report) == []
    assert PublishedOccurrence.objects.count() == 315 + 3


def test_the_number_of_queries_does_not_depend_on_the_number_of_sessions():
    numbers = []
    for sessions in (20, 60):
        file = write_schedule(sessions, acronym=f"kongress-{sessions}")
        with CaptureQueriesContext(connection) as new:
            run(file, publish=True)
        with CaptureQueriesContext(connection) as again:
            run(file, publish=True)
        numbers.append((len(new), len(again)))

    (new_few, again_few), (new_many, again_many) = numbers
    assert again_few == again_many
    assert new_many - new_few < 20  # larger statements are cut in parts by the database's limits
