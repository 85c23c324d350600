"""Two people in the programme editor at once."""

import pytest
from bs4 import BeautifulSoup

from conference.models import Occurrence
from tests.conference.test_programme_editor import (
    address,
    draft_row,
    form_of,
    read_form,
    row_of,
    send,
)
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
def conference():
    room = RoomFactory(name="Saal", venue=VenueFactory())
    RoomFactory(name="Kammer", venue=room.venue)
    page = publish(ConferencePageFactory(venue=room.venue))
    publish(
        SessionPageFactory(
            title="Weggehen", parent=page, occurrences=[Occurrence(start=at("15:00"), room=room)]
        )
    )
    return page


def test_the_second_reads_both_values_of_a_cell_and_chooses(editor, conference):
    start = f"row-{row_of('Weggehen').uid}-start"
    older = form_of(editor, conference)
    send(editor, conference, form_of(editor, conference) | {start: "2024-06-04T16:00"})

    refused = send(editor, conference, older | {start: "2024-06-04T17:00"})

    assert "„2024-06-04 16:00“" in refused.content.decode()
    assert draft_row("Weggehen").start == at("16:00")
    again = read_form(refused)
    assert again[start] == "2024-06-04T17:00"
    send(editor, conference, again)
    assert draft_row("Weggehen").start == at("17:00")


def test_a_room_is_named(editor, conference):
    room = f"row-{row_of('Weggehen').uid}-room"
    older = form_of(editor, conference)
    soup = BeautifulSoup(editor.get(address(conference)).content, "html.parser")
    options = {one.text: one["value"] for one in soup.select(f"[name={room}] option")}
    send(editor, conference, older | {room: options["Kammer"]})

    refused = send(editor, conference, older | {room: ""})

    assert "„Kammer“" in refused.content.decode()


def test_other_cells_and_the_same_value_are_no_conflict(editor, conference):
    uid = row_of("Weggehen").uid
    older = form_of(editor, conference)
    send(editor, conference, older | {f"row-{uid}-start": "2024-06-04T16:00"})

    send(
        editor,
        conference,
        older | {f"row-{uid}-start": "2024-06-04T16:00", f"row-{uid}-end": "2024-06-04T18:00"},
    )

    row = draft_row("Weggehen")
    assert (row.start, row.end) == (at("16:00"), at("18:00"))
