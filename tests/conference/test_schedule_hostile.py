"""Files that want to do harm, or are no schedule at all: refused in a sentence, nothing written."""

import json
from contextlib import nullcontext

import pytest
from django.core.management import CommandError, call_command

from conference.models import ConferencePage, SessionPage, Venue
from conference.services.schedule_import import MAX_BYTES, ScheduleRefusedError
from tests.conference.schedule_files import event, run, schedule, session
from tests.factories.conference import default_index

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def index(db):
    return default_index()


BOMB = (
    '<!DOCTYPE schedule [<!ENTITY a "xxxxxxxxxx">'
    + "".join(f'<!ENTITY a{n} "&a{n - 1 or ""};&a{n - 1 or ""};">' for n in range(1, 30))
    + "]>"
)
HOSTILE = {
    "bomb": (BOMB.encode() + schedule(event(1, title="&a29;")), "document type or entities"),
    "external entity": (
        b'<!DOCTYPE schedule [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + schedule(event(1)),
        "document type or entities",
    ),
    "external document type": (
        b'<!DOCTYPE schedule SYSTEM "http://127.0.0.1/schedule.dtd">' + schedule(event(1)),
        "document type or entities",
    ),
    "parameter entity": (
        b'<!DOCTYPE schedule [<!ENTITY % x SYSTEM "http://127.0.0.1/">%x;]>' + schedule(event(1)),
        "document type or entities",
    ),
    "unknown entity": (b"<schedule><conference>&nothing;</conference></schedule>", "well-formed"),
    "deep": (b"<schedule>" + b"<a>" * 500_000, "nested deeper than 20"),
    "many": (b"<schedule>" + b"<a/>" * 400_000 + b"</schedule>", "more than 300000 elements"),
    "large": (b"<schedule>" + b" " * 10 * 1024 * 1024, "larger than 8 MiB"),
    "broken": (b"<schedule><conference>", "no well-formed XML"),
    "wrong letters": ("<schedule>ö</schedule>".encode("latin-1"), "no well-formed XML"),
    "unknown encoding": (b'<?xml version="1.0" encoding="klingon"?><schedule/>', "no well-formed"),
    "other XML": (b"<rss/>", "outermost element is <rss>"),
    "no conference": (b"<schedule/>", "no <conference>"),
    "no session": (schedule(), "There is no session"),
    "empty": (b"", "empty"),
    "blank": (b" \n ", "empty"),
    "text": (b"BEGIN:VCALENDAR", "neither schedule.xml nor schedule.json"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0", "neither schedule.xml nor schedule.json"),
    "deep JSON": (b'{"schedule":' + b"[" * 100_000, "nested too deeply"),
    "broken JSON": (b'{"schedule": ', "no well-formed JSON"),
    "JSON in Latin-1": ('{"schedule": "ö"}'.encode("latin-1"), "no well-formed JSON"),
    "endless number": (b'{"schedule": ' + b"9" * 10_000 + b"}", "no well-formed JSON"),
    "other JSON": (b'{"events": []}', "no “schedule”"),
    "a room twice": (
        b'{"schedule": {"conference": {"days": [{"rooms": {"A": [], "A": []}}]}}}',
        "“A” stands twice",
    ),
    **{
        f"{where} is {value!r}": (
            json.dumps({"schedule": {"conference": {where: value}}}).encode(),
            "is not a list|is not an object",
        )
        for where in ("days", "rooms", "meta")
        for value in ("x", 3, [1], [["x"]])
        if not (where == "meta" and value in ("", []))
    },
    "no UUID of the air": (schedule(event(1, title="\x00".join("ab"))), "no well-formed XML"),
}


@pytest.mark.any_database
@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_with_a_reason(name):
    file, reason = HOSTILE[name]

    with pytest.raises(ScheduleRefusedError, match=reason):
        run(file, publish=True)
    assert not ConferencePage.objects.exists()
    assert not Venue.objects.exists()


def test_the_command_says_why_in_words(tmp_path, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    path = tmp_path / "schedule.xml"
    path.write_bytes(HOSTILE["bomb"][0])

    with pytest.raises(CommandError) as refused:
        call_command("import_schedule", str(path))
    assert str(refused.value).splitlines()[0] == "Nothing was written. Problems: 1"


def test_no_more_of_a_large_file_is_read_than_needed(tmp_path):
    path = tmp_path / "schedule.xml"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES * 100)

    with pytest.raises(ScheduleRefusedError, match="larger than 8 MiB"):
        run(path)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "iso-8859-1", "windows-1252"]
)
def test_xml_comes_in_the_encoding_it_declares(encoding):
    declared = {"utf-8-sig": "utf-8", "utf-16-le": "utf-16"}.get(encoding, encoding)
    text = schedule(event(1, title="Größe")).decode()
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    file = f'{mark}<?xml version="1.0" encoding="{declared}"?>{text}'.encode(encoding)

    run(file, publish=True)
    assert session("Größe").slug == "groesse"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
def test_json_comes_in_any_unicode(encoding):
    item = {"id": 1, "title": "Größe", "date": "2025-05-16T10:00:00+02:00"}
    days = [{"date": "2025-05-16", "rooms": {"Saal": [item]}}]
    conference = {"title": "Probe", "acronym": "probe", "days": days}
    file = json.dumps({"schedule": {"conference": conference}}, ensure_ascii=False).encode(encoding)

    run(file, publish=True)
    assert session("Größe").slug == "groesse"


@pytest.mark.parametrize("wrong", [None, 3, "x", [], {}, [None], [[1]], {"a": {"b": []}}, True])
@pytest.mark.parametrize(
    "name", ["id", "guid", "title", "date", "duration", "persons", "links", "recording", "language"]
)
def test_anything_may_stand_anywhere(name, wrong):
    item = {"id": 1, "title": "Vortrag", "date": "2025-05-16T10:00:00+02:00", name: wrong}
    days = [{"date": "2025-05-16", "rooms": {"Saal": [item]}}]
    conference = {"title": "Probe", "acronym": "probe", "days": days}
    file = json.dumps({"schedule": {"conference": conference}}).encode()

    is_no_list = name in {"persons", "links"} and wrong and not isinstance(wrong, list)
    refusal = pytest.raises(ScheduleRefusedError, match="is not a list")
    with refusal if is_no_list else nullcontext():
        assert run(file, dry_run=True).counts["sessions"] == 1


@pytest.mark.parametrize("name", ["id", "guid", "title", "abstract", "language", "track", "url"])
def test_half_characters_and_nul_are_left_out(name):
    item = {"id": 1, "title": "Vortrag", "date": "2025-05-16T10:00:00+02:00", name: "7\ud800\x00"}
    item["persons"] = [{"code": "a\udc00", "public_name": "Ada\ud800"}]
    days = [{"date": "2025-05-16", "rooms": {"Saal": [item]}}]
    conference = {"title": "Probe\ud800", "acronym": "probe", "days": days}

    run(json.dumps({"schedule": {"conference": conference}}).encode(), publish=True)
    assert SessionPage.objects.count() == 1


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+02:00", "9999-12-31T23:00:00-02:00"])
@pytest.mark.parametrize("place", ["date", "day_start"])
def test_a_year_no_calendar_reckons_with_is_no_moment(moment, place):
    item = {"id": 1, "title": "Vortrag", "date": "2025-05-16T10:00:00+02:00", "duration": "48:00"}
    day = {
        "date": "2025-05-16",
        "day_start": "2025-05-16T08:00:00+02:00",
        "rooms": {"Saal": [item]},
    }
    (item if place == "date" else day)[place] = moment
    conference = {"title": "Probe", "acronym": "probe", "days": [day]}

    report = run(json.dumps({"schedule": {"conference": conference}}).encode(), dry_run=True)
    assert report.counts["sessions"] == 1
