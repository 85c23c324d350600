"""Schedules for tests: the example files, and small ones in which one thing is odd."""

from pathlib import Path
from xml.sax.saxutils import escape

from django.utils.translation import override

from conference.models import ConferencePage, PublishedOccurrence, SessionPage, Venue
from conference.services.schedule_import import ImportOptions, import_schedule
from knowledge.models import ImportedRow

DATA = Path(__file__).parent / "data"
GUID = "6f3c1d52-1111-4c77-9d3b-0a2f6a1c1e0{}"

BOUNDS = "<start>2025-05-16</start><end>2025-05-16</end>"


def event(number=1, /, **fields):
    """One <event>: what is not given is as it should be, and None leaves an element out."""
    values = {
        "date": f"2025-05-16T{9 + number:02}:00:00+02:00",
        "start": f"{9 + number:02}:00",
        "duration": "01:00",
        "room": "Saal",
        "title": f"Vortrag {number}",
        "type": "Talk",
        "language": "de",
        **fields,
    }
    identity = values.pop("id", number), values.pop("guid", GUID.format(number))
    inner = values.pop("inner", "")
    elements = "".join(
        f"<{name}>{escape(str(value))}</{name}>"
        for name, value in values.items()
        if value is not None
    )
    names = zip(("id", "guid"), identity, strict=True)
    attributes = "".join(f' {name}="{value}"' for name, value in names if value is not None)
    return f"<event{attributes}>{elements}{inner}</event>"


def schedule(
    *events, head="<time_zone_name>Europe/Berlin</time_zone_name>", day='date="2025-05-16"'
):
    """A whole schedule.xml as bytes, with one day and one room."""
    body = "".join(events)
    return (
        f"<schedule><version/><conference><title>Probe</title><acronym>probe</acronym>{BOUNDS}{head}"
        f'</conference><day index="1" {day}><room name="Saal">{body}</room></day></schedule>'
    ).encode()


def run(source, **options):
    """Import a file of the data folder by name, a path, or bytes."""
    if isinstance(source, str):
        source = DATA / source
    with override("en"):
        return import_schedule(source, ImportOptions(**options))


def repairs(report):
    """What was repaired, as people read it."""
    return [str(finding) for finding in report.repairs]


def only_conference():
    return ConferencePage.objects.get()


def session(title):
    return SessionPage.objects.get(title=title)


def export(client, conference, name):
    response = client.get(conference.get_url() + name)
    assert response.status_code == 200
    return response.content


def forget(conference):
    """Delete a conference and all that is known of it."""
    conference.delete()
    PublishedOccurrence.objects.all().delete()
    ImportedRow.objects.all().delete()
    Venue.objects.all().delete()
