"""Opens a schedule: how large it may be, and whether it is XML or JSON."""

from __future__ import annotations

import codecs
from pathlib import Path

from django.utils.translation import gettext as _

from conference.services.schedule_import.findings import Findings, ScheduleRefusedError
from conference.services.schedule_import.json_reading import read_json
from conference.services.schedule_import.raw import RawSchedule
from conference.services.schedule_import.xml_reading import read_xml

# The largest real exports (a thousand sessions with long texts) have about half of it.
MAX_BYTES = 8 * 1024 * 1024
MAX_EVENTS = 5_000
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_file(path: Path, findings: Findings) -> RawSchedule:
    """Read schedule.xml or schedule.json, told apart by their content.

    Raises ScheduleRefusedError for a file that is missing, too large, or neither of the two.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = _("The file cannot be read: %(reason)s")
        raise ScheduleRefusedError.because(reason % {"reason": error.strerror}) from error
    return read_bytes(data, findings)


def read_bytes(data: bytes, findings: Findings) -> RawSchedule:
    """The same for what was uploaded. Raises ScheduleRefusedError."""
    if len(data) > MAX_BYTES:
        reason = _("The file is larger than %(size)s MiB.")
        raise ScheduleRefusedError.because(reason % {"size": MAX_BYTES // 1024 // 1024})
    start = data[:200]
    for mark in _MARKS:
        start = start.removeprefix(mark)
    first = start.replace(b"\0", b"").lstrip()[:1]
    if first == b"<":
        schedule = read_xml(data, findings)
    elif first == b"{":
        schedule = read_json(data, findings)
    elif not first:
        raise ScheduleRefusedError.because(_("The file is empty."))
    else:
        raise ScheduleRefusedError.because(_("The file is neither schedule.xml nor schedule.json."))
    if len(schedule.events) > MAX_EVENTS:
        reason = _("The file has more than %(number)s sessions.")
        raise ScheduleRefusedError.because(reason % {"number": MAX_EVENTS})
    if not schedule.events:
        raise ScheduleRefusedError.because(_("There is no session in the file."))
    return schedule
