"""The programme editor: one table, one form, drafts through revisions, nothing lost."""

import uuid

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conference.models import (
    ConferencePage,
    Occurrence,
    Participation,
    Round,
    ScheduleItem,
    SessionPage,
)
from tests.factories.accounts import EditorFactory, SuperuserFactory, UserFactory
from tests.factories.base import ContentPageFactory
from tests.factories.conference import (
    ConferencePageFactory,
    RoomFactory,
    SessionPageFactory,
    VenueFactory,
    at,
    publish,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return RoomFactory(name="Saal", venue=VenueFactory())


@pytest.fixture
def conference(room):
    """A published conference with a round, a break and two published sessions."""
    page = ConferencePageFactory(
        venue=room.venue,
        rounds=[Round(label="Runde I", start=at("12:00"))],
        schedule_items=[ScheduleItem(title="Pause", start=at("13:00"))],
    )
    page = publish(page)
    round_ = page.rounds.get()
    for title, row in (
        ("Ankommen", Occurrence(round_uid=round_.uid, label_as_shown="1.", position=1)),
        ("Weggehen", Occurrence(start=at("15:00"))),
    ):
        publish(SessionPageFactory(title=title, parent=page, occurrences=[row]))
    return page


def address(page, name="programme"):
    return reverse(f"nexsm_conference_{name}", args=[page.pk])


def session(title):
    return SessionPage.objects.get(title=title)


def row_of(title):
    return session(title).occurrences.get()


def draft_row(title):
    return session(title).get_latest_revision_as_object().occurrences.all()[0]


def form_of(client, page, query=""):
    """What a browser would send back untouched."""
    response = client.get(address(page) + query)
    assert response.status_code == 200
    return read_form(response)


def read_form(response):
    soup = BeautifulSoup(response.content, "html.parser")
    data = {}
    for field in soup.find("form", attrs={"data-edit-form": True}).find_all(["input", "select"]):
        if field.name == "select":
            chosen = field.find("option", selected=True) or field.find("option")
            data[field["name"]] = chosen["value"]
        elif not field.has_attr("disabled"):
            data[field["name"]] = field.get("value", "")
    return data


def send(client, page, data, action="draft", query=""):
    return client.post(address(page) + query, {**data, f"action-{action}": "1"}, follow=True)


def said(response):
    return [str(message).strip() for message in response.context["messages"]]


def test_the_table_shows_days_rounds_entries_and_times(editor, conference):
    soup = BeautifulSoup(editor.get(address(conference)).content, "html.parser")
    lines = [line.get_text() for line in soup.select(".nexsm-programme th[scope=row] > a")]

    assert lines == ["Runde I", "Ankommen", "Pause", "Weggehen"]
    assert soup.find("h2", id="day-1").get_text(strip=True) == "Dienstag, 4. Juni 2024"
    start = soup.find("input", attrs={"name": f"row-{row_of('Weggehen').uid}-start"})
    assert start["value"] == "2024-06-04T15:00"
    assert start["aria-label"] == "Beginn: Weggehen"
    assert "12:00, wie die Runde" in soup.get_text()


def test_what_nobody_touched_is_not_saved(editor, conference):
    before = {page.pk: page.latest_revision_id for page in SessionPage.objects.all()}

    response = send(editor, conference, form_of(editor, conference))

    assert said(response) == ["Es wurde nichts geändert."]
    assert {page.pk: page.latest_revision_id for page in SessionPage.objects.all()} == before


def test_all_columns_are_saved_as_a_draft_and_nothing_is_public(editor, conference, room):
    uid = row_of("Weggehen").uid
    round_ = conference.rounds.get()
    data = form_of(editor, conference)
    changed = {
        "start": "2024-06-04T16:00",
        "end": "2024-06-04T17:30",
        "room": str(room.pk),
        "round_uid": str(round_.uid),
        "position": "3",
        "label_as_shown": "4.",
        "status": "cancelled",
    }
    data.update({f"row-{uid}-{name}": value for name, value in changed.items()})

    response = send(editor, conference, data)

    row = draft_row("Weggehen")
    assert said(response) == ["Als Entwurf gespeichert: Weggehen"]
    assert (row.uid, row.start, row.end) == (uid, at("16:00"), at("17:30"))
    assert (row.room, row.round_uid, row.position) == (room, round_.uid, 3)
    assert (row.label_as_shown, row.status) == ("4.", "cancelled")
    assert row_of("Weggehen").start == at("15:00")
    assert session("Weggehen").latest_revision.user.email


def test_publishing_tells_the_public_and_keeps_identities(editor, conference):
    uids = {title: row_of(title).uid for title in ("Ankommen", "Weggehen")}
    round_, item = conference.rounds.get(), conference.schedule_items.get()
    data = form_of(editor, conference)
    data[f"row-{round_.uid}-start"] = "2024-06-04T11:00"
    data[f"row-{item.uid}-start"] = "2024-06-04T14:00"
    data[f"row-{uids['Weggehen']}-start"] = "2024-06-04T16:00"

    response = send(editor, conference, data, "publish")

    assert len(said(response)) == 1
    assert said(response)[0].startswith("Veröffentlicht: ")
    page = ConferencePage.objects.get(pk=conference.pk)
    assert page.rounds.get().start == at("11:00")
    assert (page.rounds.get().uid, page.schedule_items.get().uid) == (round_.uid, item.uid)
    assert {title: row_of(title).uid for title in uids} == uids
    log = BeautifulSoup(editor.get(address(conference, "changes")).content, "html.parser")
    moved = [line.get_text(" ", strip=True) for line in log.select(".nexsm-programme tbody tr")]
    assert sum("verschoben" in line for line in moved) == 3
    assert any("Weggehen" in line and "15:00" in line and "16:00" in line for line in moved)


def test_a_time_is_added_to_a_session(editor, conference, room):
    data = form_of(editor, conference)
    data |= {
        "new-0-session": str(session("Ankommen").pk),
        "new-0-start": "2024-06-04T17:00",
        "new-0-room": str(room.pk),
    }

    send(editor, conference, data, "publish")

    rows = list(session("Ankommen").occurrences.order_by("sort_order"))
    assert [row.start for row in rows] == [None, at("17:00")]
    assert rows[0].uid != rows[1].uid
    assert rows[1].status == "confirmed"


def test_bad_input_stays_and_nothing_is_saved(editor, conference):
    one, other = row_of("Weggehen"), row_of("Ankommen")
    data = form_of(editor, conference)
    data[f"row-{one.uid}-start"] = "gegen drei"
    data[f"row-{one.uid}-label_as_shown"] = "7."
    data[f"row-{other.uid}-start"] = "2024-06-04T12:00"
    data[f"row-{other.uid}-end"] = "2024-06-04T11:00"
    data["new-1-start"] = "2024-06-04T18:00"

    response = send(editor, conference, data)

    soup = BeautifulSoup(response.content, "html.parser")
    kept = {name: soup.find(attrs={"name": name})["value"] for name in (
        f"row-{one.uid}-start", f"row-{one.uid}-label_as_shown", "new-1-start",
    )}  # fmt: skip
    assert list(kept.values()) == ["gegen drei", "7.", "2024-06-04T18:00"]
    assert len(soup.find_all(class_="error-message")) == 3
    assert draft_row("Weggehen").label_as_shown == ""
    assert not session("Weggehen").has_unpublished_changes


def test_what_somebody_else_saved_meanwhile_is_kept(editor, conference, room):
    uid = row_of("Weggehen").uid
    data = form_of(editor, conference)
    other = session("Weggehen")
    for row in other.occurrences.all():
        row.room = room
        other.occurrences.add(row)
    publish(other)
    data[f"row-{uid}-start"] = "2024-06-04T16:00"

    send(editor, conference, data)

    assert (draft_row("Weggehen").room, draft_row("Weggehen").start) == (room, at("16:00"))


def test_a_row_that_is_gone_stops_everything(editor, conference):
    gone, other = row_of("Weggehen"), row_of("Ankommen")
    data = form_of(editor, conference)
    data[f"row-{gone.uid}-start"] = "2024-06-04T16:00"
    data["new-0-session"] = str(session("Weggehen").pk)
    data["new-0-start"] = "2024-06-04T18:00"
    data[f"row-{other.uid}-position"] = "9"
    session("Weggehen").delete()

    response = send(editor, conference, data)

    assert "new-0" in response.content.decode()
    assert draft_row("Ankommen").position == 1


def test_publishing_does_not_let_out_what_nobody_looked_at(editor, conference):
    waiting = session("Weggehen")
    waiting.title = "Fortgehen"
    waiting.save_revision()
    hidden = publish(SessionPageFactory(title="Neu", parent=conference, occurrences=[Occurrence()]))
    hidden.unpublish()
    data = form_of(editor, conference)
    for title in ("Weggehen", "Neu"):
        data[f"row-{row_of(title).uid}-start"] = "2024-06-04T16:00"

    response = send(editor, conference, data, "publish")

    assert "Fortgehen" in said(response)[0]
    assert "Neu" in said(response)[0]
    assert session("Weggehen").live
    assert row_of("Weggehen").start == at("15:00")
    assert not session("Neu").live
    assert draft_row("Weggehen").start == at("16:00")


def test_a_locked_session_is_shown_and_left_alone(editor, conference):
    page = session("Weggehen")
    page.locked, page.locked_by = True, SuperuserFactory()
    page.save()
    uid = row_of("Weggehen").uid
    data = form_of(editor, conference)
    assert f"row-{uid}-start" not in data

    data |= {f"row-{uid}-start": "2024-06-04T16:00", f"row-{uid}-seen": "{}"}
    response = send(editor, conference, data)

    assert said(response) == ["Es wurde nichts geändert."]
    assert not session("Weggehen").has_unpublished_changes


def test_one_day_of_a_large_conference_is_edited_alone(editor, conference, monkeypatch):
    monkeypatch.setattr("conference.admin.programme.MOST_ROWS", 2)
    later = SessionPageFactory(
        title="Morgen", parent=conference, occurrences=[Occurrence(start=at("9:00".zfill(5)))]
    )
    SessionPageFactory(title="Irgendwann", parent=conference, occurrences=[Occurrence()])

    first, unknown = form_of(editor, conference), form_of(editor, conference, "?day=ohne")

    assert f"row-{later.occurrences.get().uid}-start" in first
    assert f"row-{row_of('Irgendwann').uid}-start" not in first
    assert f"row-{row_of('Irgendwann').uid}-start" in unknown
    unknown[f"row-{row_of('Irgendwann').uid}-start"] = "2024-06-05T09:00"
    send(editor, conference, unknown, query="?day=ohne")
    assert draft_row("Irgendwann").start is not None


def test_conflicts_are_said_in_the_table_and_on_both_edit_pages_and_stop_nobody(editor, conference):
    for title in ("Ankommen", "Weggehen"):
        page = session(title)
        page.participations.add(Participation(name_as_shown="Ada"))
        publish(page)
    data = form_of(editor, conference)
    data[f"row-{row_of('Weggehen').uid}-start"] = "2024-06-04T12:00"

    table = send(editor, conference, data).content.decode()
    pages = [
        editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        for page in (conference, session("Ankommen"))
    ]

    assert "1 Warnung" in table
    for content in (table, *pages):
        assert "Ada ist an zwei Orten zugleich" in content
        assert reverse("wagtailadmin_pages:edit", args=[session("Weggehen").pk]) in content
    assert draft_row("Weggehen").start == at("12:00")


def test_editor_and_explorer_lead_to_the_table(editor, conference):
    for url in (
        reverse("wagtailadmin_pages:edit", args=[conference.pk]),
        reverse("wagtailadmin_explore", args=[conference.pk]),
        reverse("wagtailadmin_explore", args=[conference.get_parent().pk]),
    ):
        content = editor.get(url).content.decode()
        for name in ("programme", "copy", "changes"):
            assert address(conference, name) in content, url
    other = editor.get(reverse("wagtailadmin_pages:edit", args=[session("Ankommen").pk]))
    assert address(session("Ankommen")) not in other.content.decode()


@pytest.mark.parametrize("name", ["programme", "copy", "changes"])
@pytest.mark.parametrize(
    ("factory", "expected"),
    [(None, {302}), (UserFactory, {302, 403}), (EditorFactory, {200}), (SuperuserFactory, {200})],
)
def test_only_editors_come_in(client, conference, name, factory, expected):
    if factory:
        client.force_login(factory())

    assert client.get(address(conference, name)).status_code in expected
    if expected != {200}:
        assert client.post(address(conference, name), {"title": "x"}).status_code in expected
        assert ConferencePage.objects.count() == 1


@pytest.mark.parametrize("name", ["programme", "copy", "changes"])
def test_other_pages_have_no_programme(editor, name):
    page = ContentPageFactory()

    assert editor.get(address(page, name)).status_code == 404


def test_more_sessions_cost_no_more_queries(editor, conference):
    def queries():
        with CaptureQueriesContext(connection) as made:
            editor.get(address(conference))
        return len(made)

    queries()
    few = queries()
    for number in range(8):
        SessionPageFactory(
            parent=conference, title=str(number), occurrences=[Occurrence(start=at("15:00"))]
        )

    assert queries() == few


@pytest.mark.parametrize("damaged", ["{", "[]", "1", ""])
def test_a_damaged_note_of_what_was_seen_takes_what_was_typed(editor, conference, damaged):
    uid = row_of("Weggehen").uid
    data = form_of(editor, conference)
    data |= {f"row-{uid}-start": "2024-06-04T16:00", f"row-{uid}-seen": damaged}
    data[f"row-{uuid.uuid4()}-start"] = "2024-06-04T16:00"

    send(editor, conference, data)

    assert draft_row("Weggehen").start == at("16:00")
